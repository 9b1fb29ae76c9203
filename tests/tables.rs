//! Owns the tests of workbooks: the sheet that is meant, and cells as a person sees them.

use std::path::{Path, PathBuf};

use handbill::diagnostic::{Diagnostics, Spot};
use handbill::table::{Column, Table, TableError, Unknown, match_columns, read, read_known};

const KNOWN: &[Column] =
    &[Column { name: "name", also: &[], required: true }, Column { name: "zip", also: &["zip code"], required: true }];

fn book(ending: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/members").with_extension(ending)
}

fn cells(table: &Table) -> Vec<(u32, Vec<&str>)> {
    table.rows().map(|row| (row.number(), (0..7).map(|column| row.cell(column)).collect())).collect()
}

#[test]
fn cells_say_what_a_person_sees() {
    for ending in ["xlsx", "ods"] {
        let table = read(&book(ending), Some("members")).unwrap();
        assert_eq!((table.sheet.as_deref(), table.header_row()), (Some("Members"), 3), "{ending}");
        assert_eq!(table.columns(), ["", "Name", "ZIP Code", "Since", "Dues", "Active", "District"]);
        // Only xlsx tells how a number is shown.
        let zip = if ending == "xlsx" { "04401" } else { "4401" };
        assert_eq!(
            cells(&table),
            [
                (4, vec!["", "Ana Ruiz", zip, "2019-11-22", "12.5", "true", "4"]),
                (5, vec!["", "Lee Moua", "56301", "2020-02-29", "0.3", "false", "#N/A"]),
                (7, vec!["", "Sam Hill", "04401", "", "30", "", "7"]),
            ],
            "{ending}"
        );
    }
    for ending in ["xlsx", "ods"] {
        let calls = read(&book(ending), Some("Calls")).unwrap();
        assert_eq!(calls.row(0).cell(0), "2026-05-01 14:30");
    }
}

#[test]
fn the_sheet_that_fits_is_read_and_the_others_are_named() {
    let table = read_known(&book("xlsx"), None, KNOWN).unwrap();
    assert_eq!(table.sheet.as_deref(), Some("Members"));
    assert_eq!(table.notes, ["the sheet `Members` is read; data stand in `Calls` too"]);
    let mut problems = Diagnostics::default();
    let matched = match_columns(&table, KNOWN, Unknown::Ignore, &mut problems);
    assert!(problems.is_empty());
    let spot = matched.spot(table.row(1), "zip");
    assert!(
        matches!(&spot, Spot::Cell { sheet: Some(sheet), row: 5, column, .. } if sheet == "Members" && column == "ZIP Code")
    );
    let TableError::Sheets { sheets, .. } = read(&book("xlsx"), None).unwrap_err() else {
        panic!("two sheets hold data")
    };
    assert_eq!(sheets, ["Calls", "Members"]);
    let error = read(&book("ods"), Some("Member")).unwrap_err().diagnostic();
    assert_eq!(error.hints, ["did you mean `Members`?", "sheets: `Read me`, `Calls`, `Members`"]);
}
