//! The PDFs of every example, judged by other people's programs: poppler, qpdf and veraPDF, where they are installed.

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;

use common::{examples, full, make_all, root, settings, told};
use handbill::diagnostic::Diagnostics;
use handbill::make::Formats;
use handbill::plan::Job;
use handbill::typeset::{LetterForm, Press};
use serde_json::{Value, json};

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
    for example in examples().into_iter().chain([full()]) {
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
        let sizes = ["612 x 792 pts (letter)", "792 x 612 pts (letter)", "792 x 1224 pts"];
        let tabloid = file.to_string_lossy().contains("poster");
        assert!(sizes[..if tabloid { 3 } else { 2 }].contains(&line("Page size:").as_str()), "{}", file.display());
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
        let said = String::from_utf8_lossy(&output.stdout);
        let number = |line: &str, name: &str| -> f64 {
            let from = line.find(&format!("{name}=")).expect("it is there") + name.len() + 2;
            line[from..].split('"').next().and_then(|number| number.parse().ok()).expect("a number")
        };
        let (mut width, mut height) = (0.0, 0.0);
        for line in said.lines() {
            if line.contains("<page ") {
                (width, height) = (number(line, "width"), number(line, "height"));
            } else if line.contains("<word") {
                let edges = [number(line, "xMin"), number(line, "yMin")];
                let far = [width - number(line, "xMax"), height - number(line, "yMax")];
                assert!(edges.into_iter().chain(far).all(|edge| edge >= 18.0), "{}: {line}", file.display());
            }
        }
    }
}

#[test]
fn a_packet_is_one_accessible_document() {
    if !installed("pdfinfo") || !installed("qpdf") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let (workshop, made, file) = packet(folder.path());
    let info = run("pdfinfo", &[], &file);
    assert!(info.contains("The 287(g) packet for Example County, Minnesota"), "{info}");
    let text = run_to_stdout("pdftotext", &file);
    let json: serde_json::Value = serde_json::from_str(&run("qpdf", &["--json=2"], &file)).expect("JSON");
    let bookmarks = json["outlines"].as_array().expect("bookmarks").len();
    // The cover, and each document.
    assert_eq!(bookmarks, made.len() + 1);
    let pages: usize = made.iter().map(|made| made.pages.count()).sum();
    let all: usize =
        info.lines().find_map(|line| line.strip_prefix("Pages:")).expect("a count").trim().parse().expect("a number");
    assert!(all > pages && all <= pages + 2, "{all} pages of {pages} and a cover");
    for made in &made {
        let title = &workshop.kit.contracts[&made.job.document].title;
        assert!(text.contains(title.as_str()), "{title} is not in the contents");
    }
}

/// The packet of everything for the county that does not exist, written to a file.
fn packet(folder: &Path) -> (handbill::make::Workshop, Vec<handbill::make::Made>, PathBuf) {
    let (mut workshop, made) = make_all(&full());
    let mut problems = Diagnostics::default();
    let output = workshop.packet(&made, &settings(), &mut problems);
    let output = output.unwrap_or_else(|| panic!("{}", told(&problems)));
    let path = folder.join(output.name);
    std::fs::write(&path, &output.bytes).expect("it can be written");
    (workshop, made, path)
}

fn run_to_stdout(program: &str, file: &Path) -> String {
    let output = Command::new(program).arg(file).arg("-").output().expect("it runs");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn qr_codes_say_the_address() {
    if !installed("pdftoppm") || !installed("zbarimg") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let (mut workshop, _) = make_all(&full());
    for (document, copies) in [("flyer", 1), ("handbill", 2), ("quarter-sheet", 4), ("door-hanger", 2), ("poster", 1)] {
        let mut problems = Diagnostics::default();
        let job = Job { document: document.into(), lang: "en".into(), official: None, name: document.into() };
        let made = workshop.make(&job, &settings(), &mut problems).unwrap_or_else(|| panic!("{}", told(&problems)));
        let picture = folder.path().join(format!("{document}.png"));
        std::fs::write(&picture, &made.pages.png(150.0)[0]).expect("it can be written");
        let output = Command::new("zbarimg").args(["-q", "--raw"]).arg(&picture).output().expect("it runs");
        let said = String::from_utf8_lossy(&output.stdout);
        let codes: Vec<&str> = said.lines().collect();
        assert_eq!(codes, vec!["https://example.org/287g"; copies], "{document}");
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
    let mut files: Vec<PathBuf> = print_all(folder.path()).into_iter().map(|(file, _)| file).collect();
    files.push(packet(folder.path()).2);
    let output = Command::new(&tool).args(&files).output().expect("it runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}

/// What one signer has of their own in a letter.
fn signer(name: &str, own: Option<&str>) -> Value {
    let line = |text: &str| json!([{ "t": "text", "text": text }]);
    json!({ "from": [line(name), line("1 Example Street")], "name": [line(name)], "own": own, "bookmark": null })
}

#[test]
fn letters_exported_together_are_the_letters_exported_alone() {
    if !installed("pdftoppm") || !installed("pdfinfo") || !installed("qpdf") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let (workshop, made) = make_all(&full());
    let mut press = Press::new(&workshop.kit.library);
    let signers =
        [signer("Signer One", None), signer("Señora Dos (2)", Some("Words of my own.")), signer("Signer ŷ", None)];
    let mut compared = 0;
    for made in made.iter().filter(|made| workshop.kit.contracts[&made.job.document].signers) {
        let form = LetterForm::new(&made.job.document, &made.composed.data);
        let letters: Vec<_> =
            signers.iter().map(|signer| press.set_letter(&form, signer).expect("it can be set")).collect();
        let together = press.pdfs(&form, &letters.iter().collect::<Vec<_>>());
        for (at, (together, letter)) in together.into_iter().zip(&letters).enumerate() {
            let (together, alone) = (together.expect("a PDF"), press.pdf(letter).expect("a PDF"));
            // The last has a character for which it needs fonts of its own.
            assert_eq!(together == alone, at == 2);
            let judged = [together, alone].map(|bytes| {
                let file = folder.path().join("letter.pdf");
                std::fs::write(&file, bytes).expect("it can be written");
                run("qpdf", &["--check"], &file);
                let picture =
                    Command::new("pdftoppm").args(["-r", "60", "-gray"]).arg(&file).output().expect("it runs");
                (
                    run("pdfinfo", &["-struct-text"], &file),
                    run("pdfinfo", &[], &file).replace(char::is_numeric, ""),
                    picture.stdout,
                )
            });
            assert!(judged[0] == judged[1], "{}: {} {}", made.job.name, judged[0].0, judged[1].0);
            compared += 1;
        }
    }
    assert!(compared >= 9 * signers.len(), "{compared}");
}
