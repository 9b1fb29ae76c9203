//! Lists of officials brought into a campaign as a person does it: filled, filled again, and refused.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const CAMPAIGN: &str = r#"format = 1

[place]
state = "MN"
name = "Stearns"
kind = "county"
seat = "St. Cloud"

[agency]
name = "Stearns County Sheriff's Office"
kind = "sheriff"

[[agreement]]
status = "unknown"
"#;

const MEMBERS: &str = r#"
- id: {bioguide: A1}
  name: {first: Ana, last: Ruiz, official_full: Ana M. Ruiz}
  terms:
  - {type: rep, start: '2019-01-03', end: '2021-01-03', state: WI, district: 1, party: Whig}
  - {type: sen, start: '2021-01-03', end: '2027-01-03', state: MN, party: Whig, address: 1 Hart Senate Office Building Washington DC 20510, phone: 202-555-0101}
- id: {bioguide: B2}
  name: {first: Lee, last: Moua}
  terms:
  - {type: sen, start: '2025-01-03', end: '2031-01-03', state: MN, party: Whig, address: 2 Hart Senate Office Building Washington DC 20510}
- id: {bioguide: C3}
  name: {first: Sam, last: Hill, official_full: Sam Hill}
  terms:
  - {type: rep, start: '2025-01-03', end: '2027-01-03', state: MN, district: 7, party: Whig, address: 3 Rayburn House Office Building Washington DC 20515-2307}
- id: {bioguide: D4}
  name: {first: Lee, last: Hill, official_full: Lee Hill}
  terms:
  - {type: rep, start: '2025-01-03', end: '2027-01-03', state: MN, district: 6, party: Whig}
- id: {bioguide: E5}
  name: {first: Ana, last: Moua, official_full: Ana Moua}
  terms:
  - {type: rep, start: '2025-01-03', end: '2027-01-03', state: DC, district: 0, party: Whig}
"#;

const OFFICES: &str = r#"
- id: {bioguide: C3}
  offices:
  - {address: 4 Main St., city: Willmar, state: MN, zip: '56201'}
  - {address: 5 Division St., suite: 350, building: Old Hall, city: St. Cloud, state: MN, zip: '56301', phone: 320-555-0105}
"#;

const HEAD: &str = "role,name,last,title,district,lead,honorific,street,unit,city,state,zip,phone,email,term_end,confirmed,source,as_of\n";

/// A campaign in a folder of its own, with the lists beside it.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Home {
        let home = Home(tempfile::tempdir().expect("a folder"));
        home.write("c/campaign.toml", CAMPAIGN);
        home.write("members-2026-06-15.yaml", MEMBERS);
        home.write("offices.yaml", OFFICES);
        home
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().expect("it has one")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.path().join(name)).unwrap_or_default()
    }

    /// Runs `import` on the campaign: the exit code, and everything told.
    fn import(&self, arguments: &[&str]) -> (i32, String) {
        let run = Command::new(env!("CARGO_BIN_EXE_handbill"))
            .arg("import")
            .args(arguments)
            .args(["--to", "c"])
            .current_dir(self.0.path())
            .env("NO_COLOR", "1")
            .stdin(std::process::Stdio::null())
            .output()
            .expect("the program runs");
        let told = [run.stdout, run.stderr].concat();
        (run.status.code().unwrap_or(-1), String::from_utf8_lossy(&told).into_owned())
    }
}

#[test]
fn congress_is_filled_once_and_confirmed_afterwards() {
    let home = Home::new();
    let (code, told) = home.import(&["congress", "members-2026-06-15.yaml"]);
    assert_eq!((code, told.contains("districts: 6, 7")), (2, true), "{told}");
    assert!(home.read("c/officials.csv").is_empty());

    let fill = ["congress", "members-2026-06-15.yaml", "--district", "7"];
    let (code, told) = home.import(&[&fill[..], &["--dry-run"]].concat());
    assert!(code == 0 && told.contains("added: 3") && told.contains("would write"), "{told}");
    assert!(home.read("c/officials.csv").is_empty());
    let (code, _) = home.import(&fill);
    let rest = ",2026-06-15,\"Congress legislators data, June 15, 2026\",2026-06-15\n";
    let table = format!(
        "{HEAD}us-senator,Ana M. Ruiz,Ruiz,Senator,,,,1 Hart Senate Office Building,,Washington,DC,20510,202-555-0101,,2027-01-03{rest}\
         us-senator,Lee Moua,Moua,Senator,,,,2 Hart Senate Office Building,,Washington,DC,20510,,,2031-01-03{rest}\
         us-representative,Sam Hill,Hill,Representative,District 7,,,3 Rayburn House Office Building,,Washington,DC,20515-2307,,,2027-01-03{rest}"
    );
    assert_eq!((code, home.read("c/officials.csv")), (0, table.clone()));

    // The districts are known now, and nothing has changed.
    let (code, told) = home.import(&fill[..2]);
    assert!(code == 0 && told.contains("confirmed: 3") && told.contains("nothing to write"), "{told}");
    assert_eq!(home.read("c/officials.csv"), table);
    assert!(!(told + &table).contains("Whig"), "a party is never told");

    let home_office = [&fill[..2], &["offices.yaml", "--replace"]].concat();
    let (code, told) = home.import(&home_office);
    assert!(code == 0 && told.contains("in St. Cloud, in the county seat; others: Willmar"), "{told}");
    assert!(
        home.read("c/officials.csv").contains("5 Division St.,\"Suite 350, Old Hall\",St. Cloud,MN,56301,320-555-0105")
    );
}

#[test]
fn who_has_no_vote_and_no_office_is_said() {
    let home = Home::new();
    let (_, told) = home.import(&["congress", "members-2026-06-15.yaml", "--district", "6"]);
    assert!(told.contains("Lee Hill: the list has no Washington office"), "{told}");
    let (code, told) = home.import(&["congress", "members-2026-06-15.yaml", "--district", "AL"]);
    assert!(code == 2 && told.contains("no House district AL"), "{told}");
    home.write("c/campaign.toml", &CAMPAIGN.replace("MN", "DC").replace("county\"", "city\""));
    fs::remove_file(home.0.path().join("c/officials.csv")).expect("it was there");
    let (code, told) = home.import(&["congress", "members-2026-06-15.yaml"]);
    assert!(code == 0 && told.contains("Ana Moua is a delegate") && told.contains("no senators for DC"), "{told}");
    assert!(home.read("c/officials.csv").contains("us-representative,Ana Moua,Moua,Delegate,At Large"));
    let (code, told) = home.import(&["congress", "c/officials.csv"]);
    assert!(code == 1 && told.contains("cannot read this as a list of Congress"), "{told}");
}

#[test]
fn what_a_person_wrote_is_kept_to_the_byte() {
    let home = Home::new();
    let own = "\u{feff}Name;ROLE;Zip Code;Source\r\nAna Ruiz;us-senator;\"56301\";called\r\n\r\nLee Hill;us-representative;;\r\n";
    home.write("c/officials.csv", own);
    home.write("c/campaign.toml", &format!("{CAMPAIGN}\n[[official]]\nrole = \"us-senator\"\nname = \"Lee Moua\"\n"));
    let fill = ["congress", "members-2026-06-15.yaml", "--district", "7"];
    let (code, told) = home.import(&fill);
    assert!(code == 0 && told.contains("left as it is: 2") && told.contains("has Lee Hill"), "{told}");
    assert_eq!(home.read("c/officials.csv"), own);
    let (code, told) = home.import(&[&fill[..], &["--replace"]].concat());
    let table = home.read("c/officials.csv");
    assert!(code == 0 && told.contains("replaced: 1"), "{told}");
    assert!(
        table.starts_with("\u{feff}Name;ROLE;Zip Code;Source;")
            && table.contains("\r\nSam Hill;us-representative;20515-2307;"),
        "{table}"
    );

    home.write("c/officials.csv", "role,nmae,zip\nclerk,Ana Ruiz,4401\n");
    let (code, told) = home.import(&fill);
    assert!(code == 1 && told.contains("did you mean `name`?") && told.contains("row 2, column `zip`"), "{told}");
    home.write("c/officials.tsv", "role\tname\nclerk\tAna Ruiz\n");
    let (code, told) = home.import(&fill);
    assert!(code == 1 && told.contains("two tables of officials"), "{told}");
    fs::remove_file(home.0.path().join("c/officials.csv")).expect("it was there");
    let (code, told) = home.import(&fill);
    assert!(code == 1 && told.contains("save it as officials.csv"), "{told}");
}

#[test]
fn legislators_are_filled_by_district() {
    let home = Home::new();
    let list = "id,name,family_name,state,chamber,district,party,email,address,phone\n\
        1,Ana Ruiz,Ruiz,MN,lower,13A,Whig,ana@example.org,\"Room 5, 1 Hill St., St. Paul, MN 55155\",651-555-0101\n\
        2,Lee Moua,Moua,MN,upper,13,Whig,lee at example,,\n\
        3,Sam Hill,Hill,MN,lower,13B,Whig,,St. Paul,\n";
    home.write("list.csv", list);
    let (code, told) = home.import(&["legislators", "list.csv"]);
    assert!(code == 2 && told.contains("the list has 13A, 13B") && told.contains("--upper N"), "{told}");
    let (code, told) = home.import(&["legislators", "list.csv", "--lower", "13a", "--upper", "13", "--upper", "15"]);
    assert!(code == 2 && told.contains("no district `15` of the upper house"), "{told}");
    let fill = ["legislators", "list.csv", "--lower", "13a", "--upper", "13"];
    let (code, told) = home.import(&fill);
    assert!(code == 2 && told.contains("--as-of"), "{told}");
    let (code, told) = home.import(&[&fill[..], &["--as-of", "2026-08-05"]].concat());
    let table = home.read("c/officials.csv");
    assert_eq!(code, 0, "{told}");
    assert!(told.contains("row 3, column `email`") && told.contains("Lee Moua: the list has no address"), "{told}");
    assert!(!told.contains("Sam Hill") && !told.contains("row 4"), "{told}");
    let source = "2026-08-05,\"Open States data, August 5, 2026\",2026-08-05\n";
    let lower = "state-representative,Ana Ruiz,Ruiz,Representative,District 13A,,,\"Room 5, 1 Hill St.\",,St. Paul,MN,55155,651-555-0101,ana@example.org,,";
    let upper = "state-senator,Lee Moua,Moua,Senator,District 13,,,,,,,,,,,";
    assert_eq!(table, format!("{HEAD}{lower}{source}{upper}{source}"));
    home.write("list.csv", &list.replace("MN,", "WI,"));
    let (code, told) = home.import(&[&fill[..], &["--as-of", "2026-08-05"]].concat());
    assert!(code == 1 && told.contains("the list is of WI"), "{told}");
}

#[test]
fn own_lists_are_mapped_once_and_remembered() {
    let home = Home::new();
    let list = "Office held;First name;Last name;Postal Code;Remarks;term ends\n\
        Supervisor;Ana;Ruiz;4401;x;soon\nGovernor;Lee;Moua;56301;;\n;Sam;Hill;;;\n";
    home.write("board.csv", list);
    let fill = ["officials", "board.csv", "--as-of", "2026-10-01", "--source", "County web site"];
    let (code, told) = home.import(&fill);
    assert!(
        code == 1 && told.contains("--map \"Office held=name\"") && told.contains("unknown column `Remarks`"),
        "{told}"
    );
    let fill = [&fill[..], &["--map", "Office held=role", "--map", "Remarks="]].concat();
    let (code, told) = home.import(&fill);
    let wanted = ["row 2, column `role`", "--role \"Supervisor=county-body\"", "row 4, column `Office held`"];
    assert!(code == 1 && wanted.iter().all(|part| told.contains(part)), "{told}");
    let fill = [&fill[..], &["--role", "Supervisor=county-body"]].concat();
    let (code, told) = home.import(&fill);
    let wanted = ["row 2, column `Postal Code`", "row 2, column `term ends`", "row 4", "3 errors; nothing was written"];
    assert!(code == 1 && wanted.iter().all(|part| told.contains(part)), "{told}");
    assert!(home.read("c/officials.csv").is_empty() && home.read("c/officials-columns.toml").is_empty());

    home.write(
        "board.csv",
        &list.replace("4401", "04401").replace("soon", "2027-01-04").replace("\n;Sam", "\nclerk;Sam"),
    );
    let (code, told) = home.import(&fill);
    assert_eq!(code, 0, "{told}");
    let rest = "2026-10-01,County web site,2026-10-01\n";
    let table = format!(
        "{HEAD}county-body,Ana Ruiz,Ruiz,,,,,,,,,04401,,,2027-01-04,{rest}governor,Lee Moua,Moua,,,,,,,,,56301,,,,{rest}\
         clerk,Sam Hill,Hill,,,,,,,,,,,,,{rest}"
    );
    assert_eq!(home.read("c/officials.csv"), table);
    assert!(home.read("c/officials-columns.toml").contains("\"Office held\" = \"role\""));
    let (code, told) = home.import(&["officials", "board.csv", "--as-of", "2026-10-01", "--source", "County web site"]);
    assert!(
        code == 0 && told.contains("as c/officials-columns.toml says") && told.contains("nothing to write"),
        "{told}"
    );
}

/// The project's samples of public lists; the tests that need them pass where they are missing.
fn samples() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/officials");
    folder.is_dir().then_some(folder)
}

#[test]
fn the_public_lists_fill_every_state() {
    let Some(samples) = samples() else { return };
    let members = samples.join("legislators-current.yaml").display().to_string();
    let offices = samples.join("legislators-district-offices.yaml").display().to_string();
    for (state, district, rows) in [("MN", "7", 3), ("AK", "AL", 3), ("DC", "0", 1), ("CA", "12", 3)] {
        let home = Home::new();
        home.write("c/campaign.toml", &CAMPAIGN.replace("MN", state));
        let (code, told) =
            home.import(&["congress", &members, &offices, "--district", district, "--as-of", "2026-06-15"]);
        assert_eq!(code, 0, "{told}");
        assert_eq!(home.read("c/officials.csv").lines().count(), rows + 1, "{state}: {told}");
    }
    let home = Home::new();
    home.write("c/campaign.toml", &CAMPAIGN.replace("MN", "WI"));
    let list = samples.join("openstates-wi-legislators.csv").display().to_string();
    let all: Vec<String> = (1..=99).flat_map(|n| ["--lower".to_string(), n.to_string()]).collect();
    let upper: Vec<String> = (1..=33).flat_map(|n| ["--upper".to_string(), n.to_string()]).collect();
    let mut arguments = vec!["legislators", &list, "--as-of", "2026-08-05"];
    arguments.extend(all.iter().chain(&upper).map(String::as_str));
    let (code, told) = home.import(&arguments);
    assert!(code == 0 && told.contains("added: 132"), "{told}");
    assert_eq!(told.matches("has no address").count(), 66, "{told}");
}
