//! `handbill refresh` as people use it: campaigns held against newer lists, and what stands in their files afterwards.

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use common::root;
use handbill::refresh::edit::{Change, Changes, Entries};
use proptest::prelude::*;
use serde_json::Value;
use tempfile::TempDir;

const TITLES: &str = "STATE,LAW ENFORCEMENT AGENCY,TYPE,COUNTY,SUPPORT TYPE,SIGNED,MOA";
const OLD: &str = "participatingAgencies06172025pm.csv";
const NEW: &str = "participatingAgencies05182026am.csv";
const ASKED: &str = "pendingAgencies05182026am.csv";
const CROW_WING: &str = "MINNESOTA,Crow Wing County Sheriff's Office,County,Crow Wing County";

/// A folder with lists and campaigns.
struct Desk(TempDir);

impl Desk {
    fn new() -> Desk {
        Desk(tempfile::tempdir().expect("a folder"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn list(&self, name: &str, rows: &[String]) -> String {
        let text = format!("{TITLES}\r\n{}\r\n", rows.join("\r\n"));
        fs::write(self.path(name), text).expect("it can be written");
        name.to_string()
    }

    /// A campaign of Crow Wing County with these agreements.
    fn campaign(&self, agreements: &str) -> PathBuf {
        let text = format!(
            "format = 1\n\n[place]\nstate = \"MN\"\nname = \"Crow Wing\"\nkind = \"county\"\nfips = \"27035\"\n\n\
             [agency]\nname = \"Crow Wing County Sheriff's Office\"\nkind = \"sheriff\"\n\n{agreements}\n\
             # how it is printed\n[output]\nblanks = true   # lines to write on\n"
        );
        self.file("crow-wing", &text)
    }

    fn file(&self, folder: &str, text: &str) -> PathBuf {
        fs::create_dir_all(self.path(folder)).expect("a folder");
        let path = self.path(folder).join("campaign.toml");
        fs::write(&path, text).expect("it can be written");
        path
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_handbill"))
            .args(arguments)
            .current_dir(self.0.path())
            .env("NO_COLOR", "1")
            .env("SOURCE_DATE_EPOCH", "1795219200")
            .output()
            .expect("the program runs")
    }

    /// Runs a command that has to go well; gives what it said.
    fn said(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{told}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

fn row(agency: &str, model: &str, signed: &str) -> String {
    format!("{agency},{model},{signed},")
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("it is there")
}

/// An agreement as `import ice` writes it.
fn held(model: &str, status: &str, signed: &str, as_of: &str) -> String {
    let list = if status == "pending" { "pending" } else { "participating" };
    format!(
        "[[agreement]]                  # row 7 of the list\nmodel = \"{model}\"\nstatus = \"{status}\"\n{signed}\
         source = \"U.S. Immigration and Customs Enforcement, list of {list} agencies\"\n\
         url = \"https://www.ice.gov/identify-and-arrest/287g\"\nas_of = {as_of}\n"
    )
}

#[test]
fn a_newer_list_adds_confirms_and_mends_and_every_other_line_stays() {
    let desk = Desk::new();
    let old = desk.list(
        OLD,
        &[row(CROW_WING, "Task Force Model", "3/25/2025"), row(CROW_WING, "Warrant Service Officer", "3/26/2025")],
    );
    desk.said(&["import", "ice", &old, "-o", "campaigns"]);
    let path = desk.path("campaigns/crow-wing-county-mn/campaign.toml");
    let before = format!("# mine\n{}# the end", read(&path));
    fs::write(&path, &before).expect("it can be written");
    let link = "https://www.ice.gov/doclib/287gMOA/CrowWing.pdf";
    let new = desk.list(
        NEW,
        &[
            row(CROW_WING, "Jail Enforcement Model", "3/2/2026"),
            format!("{CROW_WING},Task Force Model,3/25/2025,{link}"),
            row(CROW_WING, "Warrant Service Officer", "3/27/2025"),
        ],
    );
    let said = desk.said(&["refresh", "campaigns", "--ice", &new]);
    assert_eq!(read(&path), before, "nothing is written without `--write`");
    for line in [
        "+ jail: agreement signed 2026-03-02 (row 2)",
        ": confirmed 2026-05-18, before 2025-06-17 (row 3)",
        &format!("the signed paper is published, {link} (row 3)"),
        ": signed 2025-03-27, here 2025-03-26 (row 4)",
        "with `--write`, 1 campaign would be",
    ] {
        assert!(said.contains(line), "`{line}` is not in\n{said}");
    }

    desk.said(&["refresh", "campaigns", "--ice", &new, "--write"]);
    // What an import of the newer list writes for the new agreement is what is added, after the last one.
    desk.said(&["import", "ice", &new, "-o", "fresh"]);
    let fresh = read(&desk.path("fresh/crow-wing-county-mn/campaign.toml"));
    let jail = fresh.split("[[agreement]]").find(|part| part.contains("model = \"jail\"")).expect("the new agreement");
    let jail = &jail[..jail.find("as_of = 2026-05-18\n").expect("its day") + "as_of = 2026-05-18\n".len()];
    let expected = read(&path);
    assert!(expected.contains(&format!("as_of = 2026-05-18\n\n[[agreement]]{jail}")), "{expected}");
    let rest =
        expected.replacen(&format!("\n[[agreement]]{jail}"), "", 1).replace(&format!("moa_url = \"{link}\"\n"), "");
    let mended = before.replace("as_of = 2025-06-17", "as_of = 2026-05-18");
    let mended = mended.replace("signed = 2025-03-26", "signed = 2025-03-27");
    assert_eq!(
        rest.lines().filter(|line| !line.starts_with("#moa_url")).collect::<Vec<_>>(),
        mended.lines().filter(|line| !line.starts_with("#moa_url")).collect::<Vec<_>>()
    );
    let task_force = expected.split("[[agreement]]").find(|part| part.contains("task-force")).expect("it stays");
    assert!(task_force.contains(&format!("moa_url = \"{link}\"")), "{expected}");
    assert_eq!(read(&path), expected);
    let check = desk.run(&["check", "campaigns", "--date", "2026-11-21"]);
    assert_eq!(check.status.code(), Some(0), "{}", told(&check));

    // The same list again has nothing new, and the file is not touched.
    let stamp = fs::metadata(&path).and_then(|data| data.modified()).expect("a time");
    let again = desk.said(&["refresh", "campaigns", "--ice", &new, "--write"]);
    assert!(again.contains("nothing new") && again.contains("nothing to write"), "{again}");
    assert_eq!(read(&path), expected);
    assert_eq!(fs::metadata(&path).and_then(|data| data.modified()).expect("a time"), stamp);
}

#[test]
fn what_left_the_list_is_reported_and_unknown_only_when_asked() {
    let desk = Desk::new();
    let agreement = held("warrant", "active", "signed = 2025-03-26   # said the clerk\n", "2025-06-17");
    let path = desk.campaign(&agreement.replace('\n', "\r\n"));
    let before = read(&path);
    let new = desk
        .list(NEW, &[row("MINNESOTA,Cass County Sheriff's Office,County,Cass County", "Task Force Model", "5/1/2025")]);
    let said = desk.said(&["refresh", "crow-wing", "--ice", &new, "--write"]);
    assert!(
        said.contains("- warrant, line 15: no longer on the list of participating agencies of 2026-05-18"),
        "{said}"
    );
    assert_eq!(read(&path), before);

    let said = desk.said(&["refresh", "crow-wing", "--ice", &new, "--write", "--left-is-unknown"]);
    assert!(said.contains("becomes unknown"), "{said}");
    let after = read(&path);
    for line in [
        "# model = \"warrant\"",
        "status = \"unknown\"",
        "# signed = 2025-03-26   # said the clerk",
        "as_of = 2026-05-18",
    ] {
        assert!(after.lines().any(|found| found == line), "`{line}` is not in\n{after}");
    }
    let listed = desk.said(&["list", "campaigns", ".", "--json"]);
    assert!(listed.contains("\"agreement\": \"unknown\""), "{listed}");
    assert!(
        desk.said(&["refresh", "crow-wing", "--ice", &new, "--write", "--left-is-unknown"]).contains("nothing new")
    );

    // It comes back: the entry is the agreement's again, and what was kept as comments stays.
    let back = desk.list(
        "participatingAgencies08182026am.csv",
        &[row(CROW_WING, "Warrant Service Officer", "3/26/2025"), row(CROW_WING, "Task Force Model", "8/3/2026")],
    );
    desk.said(&["refresh", "crow-wing", "--ice", &back, "--write"]);
    let after = read(&path);
    assert_eq!(after.matches("[[agreement]]").count(), 2);
    assert!(
        after.contains("\nmodel = \"warrant\"\r\n") && after.contains("# signed = 2025-03-26   # said the clerk\r\n"),
        "{after}"
    );
    assert!(after.contains("as_of = 2026-08-18\r\n") && !after.contains("unknown\"\r\nsource"), "{after}");
}

#[test]
fn from_pending_to_active_and_back() {
    let desk = Desk::new();
    let path = desk.campaign(&held("jail", "pending", "applied = 2025-05-01\n", "2025-06-17"));
    let new = desk.list(NEW, &[row(CROW_WING, "Jail Enforcement Model", "9/9/2025")]);
    let said = desk.said(&["refresh", "crow-wing", "--ice", &new, "--write"]);
    assert!(said.contains("~ jail, line 15: from pending to active, signed 2025-09-09 (row 2)"), "{said}");
    let after = read(&path);
    assert!(after.contains("status = \"active\"\napplied = 2025-05-01\nsigned = 2025-09-09\nsource = \"U.S. Immigration and Customs Enforcement, list of participating agencies\""), "{after}");

    let empty = desk.list(
        "participatingAgencies08182026am.csv",
        &[row("OHIO,Butler County Sheriff,County,Butler County", "Task Force Model", "5/1/2025")],
    );
    let asked = desk.list("pendingAgencies08182026am.csv", &[row(CROW_WING, "Jail Enforcement Model", "")]);
    let said = desk.said(&["refresh", "crow-wing", "--ice", &empty, "--pending", &asked, "--write"]);
    assert!(said.contains("from active to pending"), "{said}");
    let after = read(&path);
    assert!(after.contains("status = \"pending\"\napplied = 2025-05-01\n# signed = 2025-09-09\n"), "{after}");
}

#[test]
fn a_persons_own_source_is_left_and_the_difference_told() {
    let desk = Desk::new();
    let own = "[[agreement]]\nmodel = \"warrant\"\nstatus = \"active\"\nsigned = 2025-03-20\nsource = \"Star Tribune, citing ICE's list\"\nas_of = 2025-06-17\n";
    let path = desk.campaign(own);
    let before = read(&path);
    let new = desk.list(NEW, &[row(CROW_WING, "Warrant Service Officer", "3/26/2025")]);
    let said = desk.said(&["refresh", "crow-wing", "--ice", &new, "--write"]);
    assert!(said.contains("! warrant, line 16: signed 2025-03-26, here 2025-03-20; left as it is"), "{said}");
    assert_eq!(read(&path), before);

    desk.campaign("[[agreement]]\nstatus = \"none\"\nsource = \"asked the sheriff\"\nas_of = 2025-06-17\n");
    let before = read(&path);
    let said = desk.said(&["refresh", "crow-wing", "--ice", &new, "--write"]);
    assert!(said.contains("the campaign says there is none (as of 2025-06-17)"), "{said}");
    assert_eq!(read(&path), before);

    // Not to know is no word against the list; the person's source stays as a comment.
    desk.campaign(
        "[[agreement]]   # open\nstatus = \"unknown\"\nasked_on = 2025-06-01\nsource = \"asked the sheriff\"\n",
    );
    desk.said(&["refresh", "crow-wing", "--ice", &new, "--write"]);
    let after = read(&path);
    let expected = "[[agreement]]   # open\n# unknown until 2026-05-18: asked the sheriff\nmodel = \"warrant\"\nstatus = \"active\"\nsigned = 2025-03-26\nasked_on = 2025-06-01\n";
    assert!(after.contains(expected), "{after}");
}

#[test]
fn an_older_list_is_refused_and_then_nothing_is_written_anywhere() {
    let desk = Desk::new();
    let path = desk.campaign(&held("warrant", "active", "signed = 2025-03-26\n", "2026-05-18"));
    let other = read(&path).replace("Crow Wing", "Cass").replace("27035", "27021").replace("2026-05-18", "2025-01-01");
    let other = desk.file("cass", &other);
    let before = (read(&path), read(&other));
    let cass = row("MINNESOTA,Cass County Sheriff's Office,County,Cass County", "Warrant Service Officer", "3/26/2025");
    let old = desk.list(OLD, &[row(CROW_WING, "Warrant Service Officer", "3/1/2025"), cass.clone()]);
    let run = desk.run(&["refresh", "crow-wing", "cass", "--ice", &old, "--write"]);
    assert_eq!(run.status.code(), Some(1));
    assert!(
        told(&run).contains("of 2025-06-17 is older than this agreement, which is as of 2026-05-18"),
        "{}",
        told(&run)
    );
    assert_eq!((read(&path), read(&other)), before);
    // One that agrees takes nothing back.
    let old = desk.list(OLD, &[row(CROW_WING, "Warrant Service Officer", "3/26/2025"), cass]);
    desk.said(&["refresh", "crow-wing", "cass", "--ice", &old, "--write"]);
    assert_eq!(read(&path), before.0);
    assert!(read(&other).contains("as_of = 2025-06-17"));
}

#[test]
fn who_the_agency_is_is_never_guessed() {
    let desk = Desk::new();
    let path = desk.campaign(&held("warrant", "active", "signed = 2025-03-26\n", "2025-06-17"));
    let before = read(&path);
    let said_of = |agency: &str| {
        let new = desk.list(NEW, &[row(agency, "Warrant Service Officer", "3/26/2025")]);
        desk.said(&["refresh", "crow-wing", "--ice", &new])
    };
    // Written otherwise, in the same county: taken, and said.
    let said = said_of("MINNESOTA,Crow Wing Sheriff’s Department,County,Crow Wing County");
    assert!(said.contains("taken for the same agency") && said.contains("= warrant"), "{said}");
    // The sheriff of the county under another name: asked.
    let said = said_of("MINNESOTA,Brainerd Lakes Sheriff,County,Crow Wing County");
    assert!(said.contains("? agency, line 10:") && said.contains("`Brainerd Lakes Sheriff`"), "{said}");
    assert!(!said.contains("no longer on the list"), "{said}");
    // The same name in another county contradicts itself.
    let said = said_of("MINNESOTA,Crow Wing Sheriff's Office,County,Cass County");
    assert!(said.contains("no longer on the list"), "{said}");
    // Another state's is another agency.
    let said = said_of("OHIO,Crow Wing County Sheriff's Office,County,Butler County");
    assert!(said.contains("no longer on the list"), "{said}");
    assert_eq!(read(&path), before);
}

#[test]
fn json_says_the_same_and_wrong_lists_are_refused() {
    let desk = Desk::new();
    desk.campaign(&held("warrant", "active", "", "2025-06-17"));
    let new = desk.list(NEW, &[row(CROW_WING, "Warrant Services Officer", "7/72025")]);
    let said = desk.said(&["refresh", "crow-wing", "--ice", &new, "--json"]);
    let data: Value = serde_json::from_str(&said).expect("it is JSON");
    let campaign = &data["campaigns"][0];
    assert_eq!((&data["ok"], &campaign["changes"], &campaign["written"]), (&true.into(), &true.into(), &false.into()));
    let finding = &campaign["findings"][0];
    assert_eq!((&finding["about"], &finding["row"], &finding["changes"]), (&"warrant".into(), &2.into(), &true.into()));
    let why = campaign["notes"].to_string();
    assert!(why.contains("the model is misspelt") && why.contains("the date is broken"), "{why}");

    let asked = desk.list(ASKED, &[row(CROW_WING, "Jail Enforcement Model", "")]);
    let twice = desk.run(&["refresh", "crow-wing", "--ice", &asked, "--pending", &asked]);
    assert_eq!(twice.status.code(), Some(1));
    assert!(told(&twice).contains("are lists of pending agencies"), "{}", told(&twice));
    let ahead = desk.run(&["refresh", "crow-wing", "--ice", &new, "--as-of", "2027-01-01"]);
    assert_eq!(ahead.status.code(), Some(1), "{}", told(&ahead));
    assert_eq!(desk.run(&["refresh", "crow-wing", "--ice", "missing.xlsx"]).status.code(), Some(3));
    assert_eq!(desk.run(&["refresh", "no-such-folder", "--ice", &new]).status.code(), Some(2));
}

/// What may stand on a line between or beside the keys.
fn aside() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), Just("   ".to_string()), "# [a-z\"'=\\[\\]é ]{0,12}".prop_map(|text| text)]
}

/// A file of campaigns, its lines as they may be written; the number of its agreements.
fn campaign_file() -> impl Strategy<Value = (String, usize)> {
    let agreement = (aside(), aside(), aside(), "[ \t]{0,2}");
    (prop::collection::vec(agreement, 1..4), any::<bool>(), any::<bool>(), aside()).prop_map(
        |(agreements, crlf, open, last)| {
            let number = agreements.len();
            let mut text = "# first\nformat = 1\n\n[body]\nname = \"x\"   # as_of = 1\n".to_string();
            for (one, two, three, indent) in agreements {
                text += &format!(
                    "{one}\n[[agreement]] {two}\n{indent}model = \"jail\" {three}\n{one}\n{indent}status = \"active\"\n\
                     {three}\n{indent}as_of  =  2025-06-17 {two}\n{three}\n"
                );
            }
            text += &format!("[output]\n{last}\nblanks = true");
            let text = if crlf { text.replace('\n', "\r\n") } else { text };
            (if open { text } else { format!("{text}\n") }, number)
        },
    )
}

proptest! {
    #[test]
    fn every_line_that_is_not_changed_stays_byte_for_byte((text, number) in campaign_file()) {
        let set = [("as_of", "2026-05-18".to_string()), ("moa_url", "\"https://www.ice.gov/a.pdf\"".to_string())];
        let change = Change { set: set.into_iter().collect(), ..Change::default() };
        let changes = Changes { entries: (0..number).map(|at| (at, change.clone())).collect(), added: Vec::new() };
        let after = Entries::read(&text).expect("it has agreements").apply(&changes).expect("it can be edited");
        let others = |text: &str| -> Vec<String> {
            let key = |line: &&str| !["as_of ", "moa_url "].iter().any(|key| line.trim_start().starts_with(key));
            text.split_inclusive('\n').filter(key).map(str::to_string).collect()
        };
        prop_assert_eq!(others(&after), others(&text));
        prop_assert_eq!(after.replace("2026-05-18", "2025-06-17").matches("as_of  =  2025-06-17").count(), number);
        prop_assert_eq!(after.matches("moa_url = ").count(), number);
    }
}

/// ICE's own lists, where they are at hand.
fn real(name: &str) -> Option<String> {
    let path = root().join("../shared/data/ice").join(name);
    path.is_file().then(|| path.to_str().expect("a plain path").to_string())
}

#[test]
fn campaigns_from_the_lists_of_june_2025_are_brought_to_may_2026() {
    let (Some(old), Some(asked), Some(new)) = (
        real("participatingAgencies06172025pm.xlsx"),
        real("pendingAgencies06172025pm.xlsx"),
        real("participatingAgencies05182026am.xlsx"),
    ) else {
        eprintln!("skipped: ICE's lists are not here");
        return;
    };
    let desk = Desk::new();
    desk.said(&["import", "ice", &old, "--pending", &asked, "-o", "campaigns"]);
    let said = desk.said(&["refresh", "campaigns", "--ice", &new, "--write", "--json"]);
    let data: Value = serde_json::from_str(&said).expect("it is JSON");
    let campaigns = data["campaigns"].as_array().expect("a list");
    assert!(campaigns.len() > 400, "{}", campaigns.len());
    let count = |sign: &str| {
        let findings = campaigns.iter().flat_map(|one| one["findings"].as_array().into_iter().flatten());
        findings.filter(|finding| finding["sign"] == sign).count()
    };
    for (sign, least) in [("confirmed", 400), ("added", 20), ("changed", 30), ("gone", 1)] {
        assert!(count(sign) >= least, "{sign}: {}", count(sign));
    }
    // Once more: whatever could be taken over was.
    let said = desk.said(&["refresh", "campaigns", "--ice", &new, "--write", "--json"]);
    let data: Value = serde_json::from_str(&said).expect("it is JSON");
    let campaigns = data["campaigns"].as_array().expect("a list");
    let again: Vec<&Value> = campaigns.iter().filter(|one| one["changes"] == true).collect();
    assert!(again.is_empty(), "{again:#?}");
}
