//! `handbill new` as a script runs it: what it writes, what it refuses, and that what it wrote can be used.

mod common;

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use common::{TODAY, root};

fn handbill(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_handbill"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .env_remove("SOURCE_DATE_EPOCH")
        .stdin(Stdio::null())
        .output()
        .expect("the program runs")
}

fn new(folder: &Path, arguments: &[&str]) -> Output {
    handbill(folder, &[&["new", "--date", TODAY], arguments].concat())
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("it ended by itself")
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A list of two agencies in one county, whose name tells its day.
fn list(folder: &Path) -> String {
    let path = folder.join("participatingAgencies05182026am.csv");
    let rows = "STATE,LAW ENFORCEMENT AGENCY,TYPE,COUNTY,SUPPORT TYPE,SIGNED,MOA\n\
        MINNESOTA,Mille Lacs County Sheriff's Office,County,Mille Lacs County,Warrant Service Officer,4/2/2025,\n\
        MINNESOTA,Isle Police Department,Municipality,Mille Lacs County,Task Force Model,5/1/2025,\n";
    fs::write(&path, rows).expect("a file");
    path.display().to_string()
}

#[test]
fn a_campaign_from_options_and_a_list_is_clean_and_builds_everything() {
    let home = tempfile::tempdir().expect("a folder");
    let list = list(home.path());
    let arguments =
        ["--yes", "--state", "MN", "--county", "mille lacs", "--ice", &list, "--organization", "Example Neighbors"];
    let first = new(home.path(), &arguments);
    assert_eq!(code(&first), 0, "{}", told(&first));
    let said = String::from_utf8_lossy(&first.stdout).into_owned();
    assert!(said.contains("Next: handbill build campaigns/mille-lacs-county-mn"), "{said}");
    assert!(said.contains("[agency.head] name") && said.contains("[event] date, time, place\n      flyer"), "{said}");
    assert!(!said.contains("[organization] name"), "{said}");
    let file = home.path().join("campaigns/mille-lacs-county-mn/campaign.toml");
    let text = fs::read_to_string(&file).expect("it is there");
    assert!(text.starts_with("#:schema ../campaign.schema.json\n"), "{text}");
    for line in ["model = \"warrant\"", "signed = 2025-04-02", "as_of = 2026-05-18", "name = \"Example Neighbors\""] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    let check = handbill(home.path(), &["check", "campaigns", "--date", TODAY]);
    assert_eq!(code(&check), 0, "{}", told(&check));
    assert!(!told(&check).contains("campaign.toml"), "{}", told(&check));
    let build = handbill(home.path(), &["build", "campaigns", "--set", "all", "--date", TODAY, "--dry-run", "-q"]);
    assert_eq!(code(&build), 0, "{}", told(&build));

    let again = new(home.path(), &arguments);
    assert_eq!(code(&again), 3, "{}", told(&again));
    assert!(told(&again).contains("already") && told(&again).contains("--name"), "{}", told(&again));
    assert_eq!(fs::read_to_string(&file).expect("it is there"), text);
    let other = new(home.path(), &[&arguments[..], &["--name", "mille-lacs-two"]].concat());
    assert_eq!(code(&other), 0, "{}", told(&other));
    assert!(home.path().join("campaigns/mille-lacs-two/campaign.toml").is_file());
}

#[test]
fn without_a_terminal_it_says_what_is_missing() {
    let home = tempfile::tempdir().expect("a folder");
    let nobody = new(home.path(), &[]);
    assert_eq!(code(&nobody), 2);
    for word in ["no terminal", "--yes", "--state", "--county or --city"] {
        assert!(told(&nobody).contains(word), "{word}: {}", told(&nobody));
    }
    let half = new(home.path(), &["--yes", "--state", "MN"]);
    assert_eq!(code(&half), 2);
    assert!(told(&half).contains("missing: --county or --city"), "{}", told(&half));
    assert_eq!(fs::read_dir(home.path()).expect("it is there").count(), 0, "nothing was written");
}

#[test]
fn every_option_that_will_not_do_is_told_at_once() {
    let home = tempfile::tempdir().expect("a folder");
    let wrong = new(
        home.path(),
        &[
            "--yes",
            "--state",
            "Minesota",
            "--county",
            "Cook",
            "--phone",
            "12",
            "--meeting-date",
            "2026-01-05",
            "--url",
            "our page",
        ],
    );
    assert_eq!(code(&wrong), 2);
    for word in ["did you mean Minnesota?", "--phone", "--meeting-date", "is past", "--url"] {
        assert!(told(&wrong).contains(word), "{word}: {}", told(&wrong));
    }
    for (place, expected) in [
        (["--state", "GU", "--county", "Guam"], "no campaign can be made for Guam"),
        (["--state", "MD", "--county", "Baltimore"], "may be Baltimore County or Baltimore city"),
        (["--state", "MN", "--county", "Kandyohi"], "did you mean Kandiyohi County?"),
        (["--state", "CT", "--county", "Hartford"], "Connecticut's counties have no government"),
    ] {
        let refused = new(home.path(), &[&["--yes"][..], &place].concat());
        assert_eq!(code(&refused), 2, "{place:?}");
        assert!(told(&refused).contains(expected), "{place:?}: {}", told(&refused));
    }
    assert_eq!(fs::read_dir(home.path()).expect("it is there").count(), 0, "nothing was written");
}

#[test]
fn an_agreement_is_written_only_with_its_source() {
    let home = tempfile::tempdir().expect("a folder");
    let said = [
        "--yes",
        "--state",
        "VA",
        "--county",
        "Richmond city",
        "--status",
        "active",
        "--model",
        "jail",
        "--model",
        "warrant",
    ];
    let refused = new(home.path(), &said);
    assert_eq!(code(&refused), 2);
    assert!(told(&refused).contains("--source"), "{}", told(&refused));
    let whole = new(
        home.path(),
        &[&said[..], &["--signed", "3/26/2025", "--source", "Example Tribune", "--as-of", "2026-05"]].concat(),
    );
    assert_eq!(code(&whole), 0, "{}", told(&whole));
    let text = fs::read_to_string(home.path().join("campaigns/richmond-city-va/campaign.toml")).expect("it is there");
    assert!(
        text.contains("kind = \"city\"\nfips = \"51760\"") && text.contains("Richmond City Sheriff's Office"),
        "{text}"
    );
    assert_eq!(text.matches("signed = 2025-03-26").count(), 2, "{text}");
    assert!(text.contains("source = \"Example Tribune\"\nas_of = \"2026-05\""), "{text}");
}

#[test]
fn a_folder_may_be_named_and_one_of_campaigns_is_not_taken_for_one() {
    let home = tempfile::tempdir().expect("a folder");
    let odd = "Say \"yes\" \\ no # [x]\u{1F600}";
    let made = new(
        home.path(),
        &["places/st louis", "--yes", "--state", "MO", "--county", "St. Louis city", "--organization", odd],
    );
    assert_eq!(code(&made), 0, "{}", told(&made));
    assert!(String::from_utf8_lossy(&made.stdout).contains("handbill build 'places/st louis'"));
    let text = fs::read_to_string(home.path().join("places/st louis/campaign.toml")).expect("it is there");
    let file: toml::Table = toml::from_str(&text).expect("it is TOML");
    assert_eq!(file["organization"]["name"].as_str(), Some(odd));
    let there = new(home.path(), &["places/st louis"]);
    assert_eq!(code(&there), 2, "no terminal comes first: {}", told(&there));
    let there = new(home.path(), &["places/st louis", "--yes", "--state", "MN", "--county", "Cook"]);
    assert_eq!(code(&there), 3, "{}", told(&there));
    let folder = new(home.path(), &["places", "--yes", "--state", "MN", "--county", "Cook"]);
    assert_eq!(code(&folder), 2);
    assert!(told(&folder).contains("folder of campaigns"), "{}", told(&folder));
    assert!(!home.path().join("places/campaign.toml").exists());
}

#[test]
fn what_is_no_list_is_refused_plainly() {
    let home = tempfile::tempdir().expect("a folder");
    let place = ["--yes", "--state", "MN", "--county", "Cook", "--ice"];
    let missing = new(home.path(), &[&place[..], &["no-such-list.xlsx"]].concat());
    assert_eq!((code(&missing), told(&missing).contains("no-such-list.xlsx")), (3, true), "{}", told(&missing));
    fs::write(home.path().join("other.csv"), "a,b\n1,2\n").expect("a file");
    let other = new(home.path(), &[&place[..], &["other.csv"]].concat());
    assert_eq!(code(&other), 1, "{}", told(&other));
}

#[test]
fn the_lists_that_ice_publishes_answer_for_counties_and_cities() {
    let folder = root().join("../shared/data/ice");
    let list = folder.join("participatingAgencies05182026am.xlsx").display().to_string();
    if !Path::new(&list).is_file() {
        eprintln!("skipped: ICE's lists are not here");
        return;
    }
    let home = tempfile::tempdir().expect("a folder");
    let read = |place: &[&str], name: &str| {
        let made = new(home.path(), &[&["--yes", "--ice", &list], place].concat());
        assert_eq!(code(&made), 0, "{place:?}: {}", told(&made));
        fs::read_to_string(home.path().join("campaigns").join(name).join("campaign.toml")).expect("it is there")
    };
    let crow_wing = read(&["--state", "MN", "--county", "Crow Wing"], "crow-wing-county-mn");
    assert_eq!(crow_wing.matches("\n[[agreement]]").count(), 2);
    assert!(crow_wing.contains("signed = 2025-03-25") && crow_wing.contains("moa_url = \"https://www.ice.gov/"));
    let stearns = read(&["--state", "MN", "--county", "Stearns"], "stearns-county-mn");
    assert!(stearns.contains("status = \"none\"\nsource = ") && stearns.contains("as_of = 2026-05-18"), "{stearns}");
}
