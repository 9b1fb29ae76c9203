//! The command line as people use it: transcripts, exit codes, and what stands on disk after each.

mod common;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use common::{TODAY, root};

fn handbill(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_handbill"))
        .args(arguments)
        .current_dir(root())
        .env("NO_COLOR", "1")
        .env_remove("SOURCE_DATE_EPOCH")
        .output()
        .expect("the program runs")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("it ended by itself")
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn build(out: &Path, more: &[&str]) -> Output {
    let out = out.to_str().expect("plain");
    let mut arguments = vec!["build", "campaigns/stearns-county-mn", "-o", out, "--date", TODAY];
    arguments.extend(more);
    handbill(&arguments)
}

#[test]
fn transcripts() {
    // The transcripts name folders as a person in the project sees them.
    std::env::set_current_dir(root()).expect("the project is there");
    trycmd::TestCases::new().case("tests/cli/*.trycmd").env("NO_COLOR", "1").env("SOURCE_DATE_EPOCH", "1795219200");
}

#[test]
fn a_second_run_changes_nothing_and_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(code(&build(folder.path(), &[])), 0);
    let again = build(folder.path(), &[]);
    assert!(String::from_utf8_lossy(&again.stdout).contains("unchanged"));
    assert!(folder.path().join("stearns-county-mn/manifest.json").is_file());
}

#[test]
fn what_we_did_not_make_is_not_overwritten() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("stearns-county-mn");
    fs::create_dir_all(&place).expect("a folder");
    fs::write(place.join("petition.pdf"), "mine").expect("a file");
    let refused = build(folder.path(), &[]);
    assert_eq!(code(&refused), 3);
    assert!(told(&refused).contains("petition.pdf") && told(&refused).contains("--force"), "{}", told(&refused));
    assert_eq!(fs::read(place.join("petition.pdf")).expect("it is there"), b"mine");
    assert_eq!(fs::read_dir(&place).expect("it is there").count(), 1, "nothing else was written");
    assert_eq!(code(&build(folder.path(), &["--force"])), 0);
    assert_ne!(fs::read(place.join("petition.pdf")).expect("it is there"), b"mine");
}

#[test]
fn what_a_person_changed_is_not_overwritten() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(code(&build(folder.path(), &[])), 0);
    let petition = folder.path().join("stearns-county-mn/petition.pdf");
    fs::write(&petition, "annotated").expect("a file");
    assert_eq!(code(&build(folder.path(), &[])), 3);
    assert_eq!(fs::read(&petition).expect("it is there"), b"annotated");
}

#[test]
fn a_folder_that_cannot_be_written_is_said_plainly() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("out");
    fs::write(&file, "a file where a folder should be").expect("a file");
    let refused = build(&file, &[]);
    assert_eq!(code(&refused), 3, "{}", told(&refused));
    assert!(told(&refused).contains("cannot write"), "{}", told(&refused));
}

#[test]
fn a_letter_to_someone_who_left_does_not_stay() {
    let home = tempfile::tempdir().expect("a folder");
    let campaign = home.path().join("kandiyohi-county-mn");
    fs::create_dir_all(&campaign).expect("a folder");
    for name in ["campaign.toml", "officials.csv"] {
        fs::copy(root().join("campaigns/kandiyohi-county-mn").join(name), campaign.join(name)).expect("a copy");
    }
    let run = |documents: &[&str]| {
        let (campaign, out) = (campaign.to_str().expect("plain"), home.path().join("out"));
        let mut arguments = vec!["build", campaign, "-o", out.to_str().expect("plain"), "--date", TODAY];
        arguments.extend(documents);
        let output = handbill(&arguments);
        assert_eq!(code(&output), 0, "{}", told(&output));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    run(&[]);
    let officials = fs::read_to_string(campaign.join("officials.csv")).expect("it is there");
    let without: String =
        officials.lines().filter(|line| !line.contains("Berg")).map(|line| format!("{line}\n")).collect();
    fs::write(campaign.join("officials.csv"), without).expect("a file");
    let letter = home.path().join("out/kandiyohi-county-mn/letter-commissioner-berg.pdf");
    run(&["-d", "petition"]);
    assert!(letter.is_file(), "a run of another document leaves it");
    let said = run(&[]);
    assert!(!letter.exists() && said.contains("letter-commissioner-berg.pdf"), "{said}");
}

#[test]
fn a_dry_run_writes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out");
    let output = build(&out, &["--dry-run"]);
    assert_eq!(code(&output), 0);
    assert!(String::from_utf8_lossy(&output.stdout).contains("would make"));
    assert!(!out.exists());
}

#[test]
fn without_blanks_missing_details_are_errors_that_name_the_key() {
    let home = tempfile::tempdir().expect("a folder");
    let campaign = home.path().join("stearns");
    fs::create_dir_all(&campaign).expect("a folder");
    let text = fs::read_to_string(root().join("campaigns/stearns-county-mn/campaign.toml")).expect("it is there");
    fs::write(campaign.join("campaign.toml"), text.replace("blanks = true", "blanks = false")).expect("a file");
    let (campaign, out) = (campaign.to_str().expect("plain"), home.path().join("out"));
    let arguments = ["build", campaign, "-o", out.to_str().expect("plain"), "--date", TODAY];
    let refused = handbill(&arguments);
    assert_eq!(code(&refused), 1);
    assert!(told(&refused).contains("agency.head.name") && told(&refused).contains("--blanks"), "{}", told(&refused));
    assert!(!out.exists());
    let mut with_blanks = arguments.to_vec();
    with_blanks.push("--blanks");
    assert_eq!(code(&handbill(&with_blanks)), 0);
}

#[test]
fn an_overdue_fact_stops_the_build_unless_the_paper_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().to_str().expect("plain");
    let late = ["build", "campaigns/stearns-county-mn", "-d", "fact-sheet", "-o", out, "--date", "2029-01-01"];
    let refused = handbill(&late);
    assert_eq!(code(&refused), 1);
    assert!(told(&refused).contains("--allow-overdue") && told(&refused).contains("days ago"), "{}", told(&refused));
    let mut allowed = late.to_vec();
    allowed.extend(["--allow-overdue", "--json"]);
    assert_eq!(code(&handbill(&allowed)), 0);
}

#[test]
fn sheets_are_numbered() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = build(folder.path(), &["-d", "petition", "--sheets", "25", "--json"]);
    assert_eq!(code(&output), 0, "{}", told(&output));
    let made: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(made["campaigns"][0]["files"][0]["pages"], 25);
}

#[test]
fn ejected_words_take_the_place_of_the_built_in_ones() {
    let home = tempfile::tempdir().expect("a folder");
    let campaign = home.path().join("stearns");
    fs::create_dir_all(&campaign).expect("a folder");
    fs::copy(root().join("campaigns/stearns-county-mn/campaign.toml"), campaign.join("campaign.toml")).expect("a copy");
    let to = campaign.to_str().expect("plain");
    let ejected = handbill(&["eject", "petition", "--to", to]);
    assert_eq!(code(&ejected), 0, "{}", told(&ejected));
    assert_eq!(code(&handbill(&["eject", "petition", "--to", to])), 3, "never over what stands there");
    let out = home.path().join("out");
    let arguments = ["build", to, "-d", "petition", "-o", out.to_str().expect("plain"), "--date", TODAY];
    let same = handbill(&arguments);
    assert_eq!(code(&same), 0, "{}", told(&same));
    let words = campaign.join("templates/petition/words.en.md");
    let text = fs::read_to_string(&words).expect("it is there");
    fs::write(&words, format!("{text}\n{{{{place.nmae}}}}\n")).expect("a file");
    let refused = handbill(&arguments);
    assert_eq!(code(&refused), 1);
    assert!(told(&refused).contains("did you mean `place.name`?"), "{}", told(&refused));
}

#[test]
fn usage_errors_end_with_2() {
    assert_eq!(code(&handbill(&["build", "campaigns/stearns-county-mn", "--date", "yesterday"])), 2);
    assert_eq!(code(&handbill(&["build", "campaigns/stern-county-mn"])), 2);
    assert_eq!(code(&handbill(&["frobnicate"])), 2);
}

#[test]
fn pictures_are_made_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = build(folder.path(), &["-d", "fact-sheet", "--format", "pdf,png"]);
    assert_eq!(code(&output), 0, "{}", told(&output));
    for name in ["fact-sheet.pdf", "fact-sheet-1.png", "fact-sheet-2.png"] {
        assert!(folder.path().join("stearns-county-mn").join(name).is_file(), "{name}");
    }
}

#[test]
fn a_list_becomes_campaigns_that_build_and_are_never_overwritten() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("campaigns");
    let out = out.to_str().expect("a plain path");
    let list = root().join("tests/data/odd.xlsx");
    let arguments = ["import", "ice", list.to_str().expect("a plain path"), "--as-of", "2026-05-18", "-o", out];
    let first = handbill(&arguments);
    assert_eq!(code(&first), 0, "{}", told(&first));
    let campaigns = handbill::campaign::load::find(Path::new(out)).expect("they are there");
    assert!(!campaigns.is_empty());
    let file = campaigns[0].join("campaign.toml");
    let changed = format!("{}# mine\n", std::fs::read_to_string(&file).expect("it is there"));
    std::fs::write(&file, &changed).expect("it can be written");
    let second = handbill(&arguments);
    assert_eq!(code(&second), 0, "{}", told(&second));
    assert!(String::from_utf8_lossy(&second.stdout).contains("wrote 0 campaigns"));
    assert_eq!(std::fs::read_to_string(&file).expect("it is there"), changed);
    for campaign in &campaigns {
        let check = handbill(&["check", campaign.to_str().expect("a plain path"), "--date", TODAY]);
        assert_eq!(code(&check), 0, "{}", told(&check));
    }
}

#[test]
fn the_minnesota_agencies_of_a_real_list_become_nine_campaigns() {
    let list = root().join("../shared/data/ice/participatingAgencies05182026am.xlsx");
    if !list.is_file() {
        eprintln!("skipped: ICE's lists are not here");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().to_str().expect("a plain path");
    let run = handbill(&["import", "ice", list.to_str().expect("a plain path"), "--state", "MN", "-o", out]);
    assert_eq!(code(&run), 0, "{}", told(&run));
    let campaigns = handbill::campaign::load::find(folder.path()).expect("they are there");
    assert_eq!(campaigns.len(), 9);
    for campaign in &campaigns {
        let dry = handbill(&[
            "build",
            campaign.to_str().expect("a plain path"),
            "--set",
            "all",
            "--date",
            TODAY,
            "--dry-run",
            "-q",
        ]);
        assert_eq!(code(&dry), 0, "{}", told(&dry));
    }
}

#[test]
fn what_is_no_list_is_refused_plainly() {
    let missing = handbill(&["import", "ice", "no-such-list.xlsx"]);
    assert_eq!(code(&missing), 3);
    assert!(told(&missing).contains("no-such-list.xlsx"));
    let other = handbill(&["import", "ice", "README.md"]);
    assert_eq!(code(&other), 1, "{}", told(&other));
}
