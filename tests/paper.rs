//! The PDFs of every example, judged by other people's programs: poppler, qpdf and veraPDF, where they are installed.

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;

use common::{examples, make_all, root, told};
use handbill::diagnostic::Diagnostics;
use handbill::make::Formats;

fn installed(program: &str) -> bool {
    let there = Command::new(program).arg("--version").output().is_ok();
    if !there {
        // CI installs them, and says so by this variable: there, a missing program is a failure and not a skip.
        assert!(std::env::var_os("HANDBILL_CI").is_none(), "{program} is not installed");
        eprintln!("skipped: {program} is not installed");
    }
    there
}

fn run(program: &str, arguments: &[&str], file: &Path) -> String {
    let output = Command::new(program).args(arguments).arg(file).output().expect("it runs");
    assert!(output.status.success(), "{program} {}: {}", file.display(), String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Writes every PDF of every example into a folder.
fn print_all(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    for example in examples() {
        let (workshop, made) = make_all(&example);
        for made in &made {
            let mut problems = Diagnostics::default();
            for output in workshop.outputs(made, Formats { pdf: true, png: false }, &mut problems) {
                let path = folder.join(format!("{}-{}", workshop.campaign.id, output.name));
                std::fs::write(&path, &output.bytes).expect("it can be written");
                files.push((path, made.composed.data["title"].as_str().expect("a title").to_string()));
            }
            assert!(!problems.has_errors(), "{}", told(&problems));
        }
    }
    files
}

#[test]
fn pdfs_are_tagged_titled_letter_sized_and_say_nothing_of_the_machine() {
    if !installed("pdfinfo") || !installed("qpdf") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    for (file, title) in print_all(folder.path()) {
        let info = run("pdfinfo", &[], &file);
        let line = |name: &str| {
            info.lines()
                .find_map(|line| line.strip_prefix(name))
                .map(|value| value.trim().to_string())
                .unwrap_or_default()
        };
        assert_eq!(line("Tagged:"), "yes", "{}", file.display());
        assert_eq!(line("Title:"), title, "{}", file.display());
        assert_eq!(line("Page size:"), "612 x 792 pts (letter)", "{}", file.display());
        for trace in ["Creator:", "Producer:", "Author:", "CreationDate:", "ModDate:"] {
            assert_eq!(line(trace), "", "{} tells its {trace}", file.display());
        }
        run("qpdf", &["--check"], &file);
        let structure = run("pdfinfo", &["-struct"], &file);
        assert!(structure.contains("H1"), "{} has no heading", file.display());
        let json = run("qpdf", &["--json"], &file);
        assert!(json.contains("\"/Lang\": \"u:en-US\"") || json.contains("\"/Lang\": \"u:en\""), "{}", file.display());
        let fonts = run("pdffonts", &[], &file);
        for font in fonts.lines().skip(2) {
            let columns: Vec<&str> = font.split_whitespace().rev().collect();
            assert_eq!(columns.get(4), Some(&"yes"), "{} does not embed: {font}", file.display());
        }
    }
}

#[test]
fn nothing_stands_in_the_edge_that_printers_leave_white() {
    if !installed("pdftotext") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    for (file, _) in print_all(folder.path()) {
        let output = Command::new("pdftotext").arg("-bbox").arg(&file).arg("-").output().expect("it runs");
        for word in String::from_utf8_lossy(&output.stdout).lines().filter(|line| line.contains("<word")) {
            let edge = |name: &str| -> f64 {
                let from = word.find(name).expect("it is there") + name.len() + 2;
                word[from..].split('"').next().and_then(|number| number.parse().ok()).expect("a number")
            };
            let fits = edge("xMin") >= 18.0 && edge("yMin") >= 18.0 && edge("xMax") <= 594.0 && edge("yMax") <= 774.0;
            assert!(fits, "{}: {word}", file.display());
        }
    }
}

#[test]
fn every_pdf_passes_verapdf() {
    let tool = root().join("../shared/tools/pdfua-check");
    if !tool.is_file() {
        eprintln!("skipped: the PDF/UA checker is not here");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let files: Vec<PathBuf> = print_all(folder.path()).into_iter().map(|(file, _)| file).collect();
    let output = Command::new(&tool).args(&files).output().expect("it runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}
