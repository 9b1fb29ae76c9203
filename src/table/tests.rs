use std::io::Write as _;

use super::{Column, Table, TableError, Unknown, is_error_sign, match_columns, read};
use crate::diagnostic::Diagnostics;

fn given(name: &str, bytes: &[u8]) -> Result<Table, TableError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::File::create(&path).unwrap().write_all(bytes).unwrap();
    read(&path, None)
}

fn refused(name: &str, bytes: &[u8]) -> String {
    given(name, bytes).unwrap_err().diagnostic().message
}

fn shown(table: &Table) -> Vec<(u32, Vec<&str>)> {
    table
        .rows()
        .map(|row| (row.number(), (0..table.columns().len()).map(|column| row.cell(column)).collect()))
        .collect()
}

#[test]
fn rows_have_the_numbers_of_the_spreadsheet() {
    let text = b"\nMembers as of May\r\n\r\n Name ,Zip\r\nAna,\"56201\"\r\n,\r\n\r\n\"Le\r\ne\", 04401 \n\nSam";
    let table = given("list.csv", text).unwrap();
    assert_eq!((table.columns(), table.header_row()), (&["Name".to_string(), "Zip".to_string()][..], 4));
    assert_eq!(shown(&table), [(5, vec!["Ana", "56201"]), (8, vec!["Le\r\ne", "04401"]), (10, vec!["Sam", ""])]);
    assert_eq!(table.row(1).cell(7), "");
}

#[test]
fn separators_and_character_sets_are_recognized() {
    let semicolons = given("list.csv", b"name;street\nAna;1 Main St, Apt 2\nLee;3 Oak St, Apt 4\n").unwrap();
    assert_eq!(shown(&semicolons)[1], (3, vec!["Lee", "3 Oak St, Apt 4"]));
    let said = given("list.csv", b"sep=|\nname|town\nAna|St. Cloud\n").unwrap();
    assert_eq!(shown(&said), [(2, vec!["Ana", "St. Cloud"])]);
    let tabs = given("list.txt", b"name\ttown\nAna\tSt. Cloud, MN\n").unwrap();
    assert_eq!(tabs.columns(), ["name", "town"]);
    let wide: Vec<u8> = "\u{feff}name,town\nJosé,Peña\n".encode_utf16().flat_map(|unit| unit.to_le_bytes()).collect();
    assert_eq!(shown(&given("list.csv", &wide).unwrap()), [(2, vec!["José", "Peña"])]);
    let windows = given("list.csv", b"name,town\nJos\xe9,O\x92Neill\n").unwrap();
    assert_eq!(shown(&windows), [(2, vec!["José", "O’Neill"])]);
    assert!(windows.notes[0].contains("Windows-1252") && windows.notes[0].contains("José"));
    assert!(given("list.csv", "\u{feff}a,b\né,1\n".as_bytes()).unwrap().notes.is_empty());
}

#[test]
fn json_keeps_numbers_as_written() {
    let text =
        br#"[{"name": "Ana", "zip": 04401, "sum": 1.50}, {}, {"sum": -2e3, "name": "A \"12\" B\\", "member": true}]"#;
    let table = given("list.json", text).unwrap();
    assert_eq!(table.columns(), ["name", "zip", "sum", "member"]);
    assert_eq!(shown(&table), [(1, vec!["Ana", "04401", "1.50", ""]), (3, vec!["A \"12\" B\\", "", "-2e3", "true"])]);
    let rows = given("list.json", br#"[["name", "zip"], ["Ana", null], ["Lee", "56201"]]"#).unwrap();
    assert_eq!(shown(&rows), [(2, vec!["Ana", ""]), (3, vec!["Lee", "56201"])]);
    assert!(refused("list.json", br#"[{"name": "Ana", "mail": {"zip": 1}}]"#).contains("entry 1: `mail`"));
    assert!(refused("list.json", b"[{\"name\": \"Ana\",\n}]").contains("line 2"));
}

#[test]
fn a_table_of_one_column_has_its_first_cell_as_title() {
    let text: String = std::iter::once("town\n".to_string()).chain((0..100).map(|n| format!("Town {n}\n"))).collect();
    let table = given("towns.txt", text.as_bytes()).unwrap();
    assert_eq!((table.columns(), table.len()), (&["town".to_string()][..], 100));
    assert_eq!(shown(&table)[99], (101, vec!["Town 99"]));
}

#[test]
fn what_is_no_table_is_refused_with_a_reason() {
    assert!(refused("list.csv", b"").contains("empty"));
    assert!(refused("list.csv", b"a\0b").contains("neither"));
    assert!(refused("list.xls", b" <html>").contains("web page"));
    assert!(refused("list.xlsx", b"PK\x03\x04 and no more").contains("workbook"));
    assert!(refused("list.csv", b"a,b\n1,\"2\n3,4\n").contains("row 2: a quotation mark"));
    assert!(given("list.csv", b"a,b\n1,2\"\n3,\"4\"\"\"\n").is_ok());
}

const KNOWN: &[Column] = &[
    Column { name: "name", also: &["full name"], required: true },
    Column { name: "zip", also: &["postal code"], required: false },
    Column { name: "term_end", also: &[], required: true },
];

#[test]
fn titles_are_matched_loosely_and_every_problem_is_told() {
    let table = given("list.csv", b"FULL-NAME,Term End,Postal.Code\nAna,2027,56201\n").unwrap();
    let mut problems = Diagnostics::default();
    let matched = match_columns(&table, KNOWN, Unknown::Refuse, &mut problems);
    assert!(problems.is_empty());
    assert_eq!((matched.index("term_end"), matched.cell(table.row(0), "zip")), (Some(1), "56201"));

    let table = given("list.csv", b"name,Full Name,Zpi,,party\nAna,,1,lost,,1 Main St\n").unwrap();
    let mut problems = Diagnostics::default();
    match_columns(&table, KNOWN, Unknown::Refuse, &mut problems);
    let told: Vec<String> = problems.iter().map(|problem| problem.render(false)).collect();
    assert_eq!(told.len(), 6, "{told:?}");
    assert!(told[0].contains("two columns mean `name`") && told[1].contains("did you mean `zip`?"));
    assert!(told[2].contains("row 2, column `column D`") && told[3].contains("`party`"));
    assert!(
        told[4].contains("no column `term_end`")
            && told[5].contains("right of the last title")
            && !told[5].contains("1 Main St")
    );
    let mut problems = Diagnostics::default();
    match_columns(&table, &KNOWN[1..2], Unknown::Ignore, &mut problems);
    assert_eq!(problems.iter().count(), 2, "what stands under no title is told all the same");
}

#[test]
fn signs_of_errors_are_known() {
    assert!(is_error_sign("#N/A") && !is_error_sign("#4") && !is_error_sign("N/A"));
}
