//! ICE's list as counts: kept beside the campaigns by an import, printed from there, told when it is wrong, drawn where a layout wants it.

mod common;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use common::{TODAY, root, settings, told};
use handbill::campaign::Campaign;
use handbill::compose::{Composed, compose};
use handbill::contract::Picture;
use handbill::diagnostic::Diagnostics;
use handbill::ice::{by_agency, check_counties, read_as_of};
use handbill::kit::Kit;
use handbill::make::Workshop;
use handbill::plan::{Job, Wanted};
use handbill::roll::{Roll, from_list, write};

fn handbill(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_handbill"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .env_remove("SOURCE_DATE_EPOCH")
        .output()
        .expect("the program runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// A list as ICE publishes it, as CSV.
const LIST: &str = "STATE,LAW ENFORCEMENT AGENCY,TYPE,COUNTY,SUPPORT TYPE,SIGNED,MOA\n\
    MINNESOTA,Kandiyohi County Sheriff's Office,County,Kandiyohi County,Warrant Service Officer,5/22/2025,\n\
    MINNESOTA,Example State Patrol,State Agency,#N/A,Task Force Model,6/2/2025,\n\
    TEXAS,Example City Police Department,Municipality,Galveston County,Task Force Model,10/1/2026,\n";

/// A folder with a list in it.
fn with_list() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("list.csv"), LIST).expect("a file");
    folder
}

/// The text of one document of a campaign.
fn text_of(folder: &Path, document: &str) -> String {
    let mut problems = Diagnostics::default();
    let mut workshop = Workshop::open(folder, &mut problems).unwrap_or_else(|| panic!("{}", told(&problems)));
    let wanted = Wanted { documents: vec![document.to_string()], ..Wanted::default() };
    let settings = handbill::compose::Settings { blanks: true, ..settings() };
    let jobs = workshop.plan(&wanted, &settings, &mut problems).jobs;
    let made = workshop.make(&jobs[0], &settings, &mut problems).unwrap_or_else(|| panic!("{}", told(&problems)));
    assert!(!problems.has_errors(), "{}", told(&problems));
    made.pages.text().join("\n").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_newer_list_is_counted_by_every_campaign_beside_it() {
    let folder = with_list();
    let output = handbill(folder.path(), &["import", "ice", "list.csv", "--as-of", "2026-11-02", "--state", "MN"]);
    assert!(said(&output).contains("wrote campaigns/agreements.tsv"), "{}", said(&output));
    let growth = text_of(&folder.path().join("campaigns/kandiyohi-county-mn"), "growth");
    assert!(growth.contains("In November 2026 ICE listed three."), "{growth}");
    assert!(
        growth.contains("On November 2, 2026 ICE listed two agreements in Minnesota, held by two agencies."),
        "{growth}"
    );
    assert!(growth.contains("one in May 2025 and one in June 2025"), "{growth}");

    let older = handbill(folder.path(), &["import", "ice", "list.csv", "--as-of", "2026-11-01"]);
    assert!(said(&older).contains("it is of 2026-11-02, newer than this list"), "{}", said(&older));
    // A campaign's own is nearer than the one beside it.
    let kept = fs::read_to_string(folder.path().join("campaigns/agreements.tsv")).expect("it is kept");
    let own = folder.path().join("campaigns/kandiyohi-county-mn/agreements.tsv");
    fs::write(&own, kept.replace("2026-11-02", "2026-11-09")).expect("a file");
    let growth = text_of(&folder.path().join("campaigns/kandiyohi-county-mn"), "growth");
    assert!(growth.contains("On November 9, 2026 ICE listed"), "{growth}");
}

#[test]
fn an_older_list_than_the_programs_is_not_kept() {
    let folder = with_list();
    let arguments = ["import", "ice", "list.csv", "--as-of", "2026-04-30", "--dry-run"];
    let output = handbill(folder.path(), &arguments);
    assert!(said(&output).contains("the program has those of 2026-05-18"), "{}", said(&output));
    let unknown = handbill(folder.path(), &["import", "ice", "list.csv", "--as-of", "2026-11-02", "--dry-run"]);
    assert!(said(&unknown).contains("would write campaigns/agreements.tsv"), "{}", said(&unknown));
    assert!(!folder.path().join("campaigns").exists());
}

#[test]
fn a_list_that_is_wrong_or_old_is_told_at_its_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("stearns-county-mn");
    fs::create_dir(&place).expect("a folder");
    let example = root().join("campaigns/stearns-county-mn/campaign.toml");
    fs::copy(example, place.join("campaign.toml")).expect("a file");
    let kept = folder.path().join("agreements.tsv");
    let build = || {
        let arguments = ["build", "stearns-county-mn", "-d", "growth", "--date", TODAY, "--blanks", "--dry-run"];
        handbill(folder.path(), &arguments)
    };
    fs::write(&kept, "as_of\t2026-11-02\nMN\t27035\tc\tjial:2025-01-01\nMN\t01001\tc\tjail:\n").expect("a file");
    let output = build();
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    for part in ["agreements.tsv:2:1", "agreements.tsv:3:1", "`jial:2025-01-01` is not an agreement"] {
        assert!(said(&output).contains(part), "{part}\n{}", said(&output));
    }
    fs::write(&kept, "as_of\t2026-04-30\nMN\t27035\tc\tjail:2025-01-01\n").expect("a file");
    let output = build();
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).contains("is of 2026-04-30; the program has one of 2026-05-18"), "{}", said(&output));
}

/// What the layout of a document gets for a campaign.
fn composed(kit: &Kit, campaign: &Campaign, document: &str) -> Composed {
    let job = Job { document: document.into(), lang: "en".into(), official: None, name: document.into() };
    let settings = handbill::compose::Settings { blanks: true, ..settings() };
    let mut problems = Diagnostics::default();
    compose(kit, campaign, &job, &settings, &Default::default(), &|_| true, &mut problems)
        .unwrap_or_else(|| panic!("{}", told(&problems)))
}

#[test]
fn only_a_layout_that_wants_a_picture_gets_its_data() {
    let mut problems = Diagnostics::default();
    let Workshop { kit, mut campaign, .. } =
        Workshop::open(&root().join("campaigns/crow-wing-county-mn"), &mut problems).expect("the example opens");
    let has = |campaign: &Campaign, document: &str| {
        let values = &composed(&kit, campaign, document).data["values"];
        (values.get("map").is_some(), values.get("growth").is_some())
    };
    assert_eq!(has(&campaign, "growth"), (false, true));
    assert_eq!(has(&campaign, "petition"), (false, false));
    assert_eq!(has(&campaign, "fact-sheet"), (false, false));
    campaign.picture = Some(Picture::Map);
    assert_eq!(has(&campaign, "fact-sheet"), (true, false));
    assert_eq!(has(&campaign, "petition"), (false, false));
    campaign.picture = Some(Picture::Growth);
    assert_eq!(has(&campaign, "poster"), (false, true));
}

#[test]
fn a_picture_has_its_place_in_the_fact_sheet_and_the_poster() {
    for name in ["crow-wing-county-mn", "galveston-county-tx"] {
        let mut problems = Diagnostics::default();
        let mut workshop = Workshop::open(&root().join("campaigns").join(name), &mut problems).expect("it opens");
        for picture in [Picture::Map, Picture::Growth] {
            workshop.campaign.picture = Some(picture);
            for document in ["fact-sheet", "poster"] {
                let job = Job { document: document.into(), lang: "en".into(), official: None, name: document.into() };
                let settings = handbill::compose::Settings { blanks: true, ..settings() };
                let made = workshop.make(&job, &settings, &mut problems);
                assert!(!problems.has_errors(), "{name} {document}\n{}", told(&problems));
                let made = made.expect("it is made");
                let drawing = if picture == Picture::Map { "Where the agreements are" } else { "United States" };
                let shown = document == "poster" && picture == Picture::Map;
                assert!(shown || made.pages.text().join("\n").contains(drawing), "{name} {document}");
                workshop.outputs(&made, handbill::make::Formats { pdf: true, png: false }, &mut problems);
                assert!(!problems.has_errors(), "{name} {document}\n{}", told(&problems));
            }
        }
    }
}

#[test]
fn the_list_in_the_program_is_that_of_its_day() {
    let list = root().join("../shared/data/ice/participatingAgencies05182026am.xlsx");
    if !list.is_file() {
        return;
    }
    let mut listing = read_as_of(&list, None).expect("the list can be read");
    let current = handbill::counties::all().iter().filter(|county| !county.former);
    let names: Vec<(&str, String)> = current.map(|county| (county.state, county.full_name())).collect();
    check_counties(&mut listing, |code| {
        names.iter().filter(|(state, _)| *state == code).map(|(_, name)| name.as_str()).collect()
    });
    let day = listing.as_of.as_ref().and_then(|guess| guess.day).expect("its name has the day");
    let roll = from_list(&by_agency(&listing.rows).0, day);
    let mut problems = Diagnostics::default();
    let built_in = Roll::built_in(&handbill::library::Library::built_in(), &mut problems);
    assert!(write(&built_in) == write(&roll), "`handbill import ice` on the list writes another agreements.tsv");
}
