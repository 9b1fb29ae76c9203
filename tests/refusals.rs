//! Bad input, one folder each: the program says what is wrong, where, and what to do, and writes nothing.

mod common;

use std::fs;
use std::process::Command;

use common::{Kept, TODAY, files, root};

#[test]
fn every_message_is_as_kept() {
    let home = root().join("tests/refusals");
    let mut kept = Kept::new("refusals");
    let mut cases: Vec<_> = fs::read_dir(&home).expect("there are cases").flatten().map(|entry| entry.path()).collect();
    cases.sort();
    for case in cases.iter().filter(|path| path.is_dir()) {
        let name = case.file_name().expect("it has one").to_string_lossy().into_owned();
        let before = files(case);
        for path in before.iter().filter(|path| !path.ends_with("expected.txt")) {
            kept.path(&format!("{name}/{}", path.strip_prefix(case).expect("it is inside").display()));
        }
        let arguments = fs::read_to_string(case.join("arguments.txt")).unwrap_or_else(|_| "build .".to_string());
        let out = tempfile::tempdir().expect("a folder");
        let run = Command::new(env!("CARGO_BIN_EXE_handbill"))
            .args(arguments.split_whitespace())
            .args(["--date", TODAY])
            .args(if arguments.starts_with("build") { vec!["-o".into(), out.path().join("out")] } else { Vec::new() })
            .current_dir(case)
            .env("NO_COLOR", "1")
            .env_remove("SOURCE_DATE_EPOCH")
            .output()
            .expect("the program runs");
        let told = String::from_utf8_lossy(&run.stderr).replace('\\', "/");
        let code = run.status.code();
        kept.text(&format!("{name}/expected.txt"), &format!("{told}exit code {}\n", code.unwrap_or(-1)));
        if code == Some(0) {
            kept.wrong(format!("{name} was not refused"));
        }
        if out.path().join("out").exists() {
            kept.wrong(format!("{name} was refused, but something was written"));
        }
        if files(case).len() > before.len() + 1 {
            kept.wrong(format!("{name} left files behind"));
        }
    }
    kept.finish();
}
