//! Owns the tests of `rows`.

use super::{letter, listing};
use crate::ice::sheet::{Cell, Grid};
use crate::ice::{CountyCell, DateCell, ListKind, Listing, Model};
use jiff::civil::date;

const NAME: &str = "participatingAgencies05182026am.xlsx";
const TITLES: &str = "STATE|LAW ENFORCEMENT AGENCY|TYPE|COUNTY|SUPPORT TYPE|SIGNED|MOA";

fn grid(lines: &[&str]) -> Grid {
    let mut grid = Grid::new("Sheet1", true);
    for (row, line) in lines.iter().enumerate() {
        for (place, text) in line.split('|').enumerate() {
            grid.put(row as u32, place as u32, Cell { text: text.to_string(), ..Cell::default() });
        }
    }
    grid
}

fn read(lines: &[&str]) -> Listing {
    listing(&[grid(lines)], NAME, None).unwrap()
}

fn said(listing: &Listing) -> Vec<(u32, &str, Option<&str>)> {
    listing.notes.iter().map(|note| (note.row, note.column.as_str(), note.took.as_deref())).collect()
}

#[test]
fn every_cell_is_cleaned_and_every_correction_told() {
    let list = read(&[
        TITLES,
        "PENNSLYVANIA|Bee  County Sheriff's Office |Muncipality |#NA|Jail Enforcment Model|05/082025|link pending",
    ]);
    let row = &list.rows[0];
    assert_eq!((row.number, row.state, row.agency.as_str()), (2, "PA", "Bee County Sheriff’s Office"));
    assert_eq!((&row.county, row.model), (&CountyCell::Missing, Model::Jail));
    assert_eq!(row.signed, DateCell::Day(date(2025, 5, 8)));
    assert_eq!(
        said(&list)[1..],
        [
            (2, "STATE", Some("PA")),
            (2, "SUPPORT TYPE", Some("Jail Enforcement Model")),
            (2, "TYPE", Some("Municipality")),
            (2, "SIGNED", Some("2025-05-08")),
        ]
    );
}

#[test]
fn blank_rows_are_passed_and_unreadable_rows_are_told() {
    let list = read(&[
        "List of agencies",
        "",
        TITLES,
        "TEXAS|Bee County Sheriff’s Office|County|Bee County|Task Force Model|5/17/2026|",
        "",
        "TEXAS|Bell County Sheriff’s Office|County|Bell County|Something|5/17/2026|",
        "Total|1843||||",
        TITLES,
        "updated daily",
        "TEXAS|Hale County Sheriff’s Office|County|Hale County|TFM|5/1/5025||stray",
    ]);
    assert_eq!(list.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [4, 10]);
    assert_eq!(list.left_out, 4);
    let open = DateCell::Unsettled { found: "5/1/5025".to_string(), candidates: vec![date(2025, 5, 1)] };
    assert_eq!(list.rows[1].signed, open);
    let said = said(&list);
    for expected in [
        (10, "column H", None),
        (6, "SUPPORT TYPE", None),
        (7, "STATE", None),
        (8, "STATE", None),
        (9, "LAW ENFORCEMENT AGENCY", None),
        (10, "SIGNED", None),
    ] {
        assert!(said.contains(&expected), "{expected:?} not in {said:?}");
    }
}

#[test]
fn the_oldest_layout_without_counties_is_read() {
    let list = read(&[
        "SIGNED|SUPPORT TYPE|STATE|LAW ENFORCEMENT AGENCY",
        "5/17/2026|Task Force Officer|OHIO|Butler County Sheriff",
    ]);
    assert_eq!((list.rows[0].state, &list.rows[0].county, list.rows[0].kind), ("OH", &CountyCell::Missing, None));
    assert!(said(&list).contains(&(1, "COUNTY", None)));
}

#[test]
fn the_list_is_known_by_its_content_and_not_by_its_name() {
    let pending = read(&["STATE|LAW ENFORCEMENT AGENCY|SUPPORT TYPE", "OHIO|Butler County Sheriff|Task Force Model"]);
    assert_eq!(pending.kind, ListKind::Pending);
    assert!(said(&pending).contains(&(0, "file name", Some("pending"))));
    let signed = grid(&[TITLES, "OHIO|Butler County Sheriff|County||Task Force Model|5/17/2026|"]);
    let signed = listing(&[signed], "pendingAgencies05182026am.xlsx", None).unwrap();
    assert_eq!(signed.kind, ListKind::Participating);
    assert!(said(&signed).contains(&(0, "file name", Some("participating"))));
}

#[test]
fn extra_sheets_are_told_and_not_added() {
    let main =
        grid(&[TITLES, "OHIO|A|County||Task Force Model|5/17/2026|", "OHIO|B|County||Task Force Model|5/17/2026|"]);
    let mut extra = grid(&[TITLES, "OHIO|A|County||Task Force Model|5/17/2026|"]);
    extra.name = "Sheet2".to_string();
    let list = listing(&[extra, main], NAME, None).unwrap();
    assert_eq!(list.rows.len(), 2);
    assert_eq!((list.notes[0].sheet.as_str(), list.notes[0].found.as_str()), ("Sheet2", "2 rows with data"));
}

#[test]
fn a_given_day_replaces_the_names() {
    let lines = grid(&[TITLES, "OHIO|A|County||Task Force Model|5/17/2026|"]);
    let list = listing(std::slice::from_ref(&lines), NAME, Some(date(2026, 5, 1))).unwrap();
    assert_eq!(list.as_of.unwrap().day, Some(date(2026, 5, 1)));
    assert!(matches!(list.rows[0].signed, DateCell::Unsettled { .. }));
    let list = listing(&[lines], "participatingAgencies13452026.xlsx", None).unwrap();
    assert_eq!(list.as_of.unwrap().candidates, [date(2026, 5, 17)]);
    assert_eq!(list.rows[0].signed, DateCell::Day(date(2026, 5, 17)));
}

#[test]
fn one_slip_is_not_the_newest_signature() {
    let mut lines = vec![TITLES.to_string()];
    lines.extend((1..=25).map(|day| format!("OHIO|Agency {day}|County||Task Force Model|3/{day}/2026|")));
    lines.push("OHIO|B|County||Task Force Model|3/1/2052|".to_string());
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let list = listing(&[grid(&lines)], "list.xlsx", None).unwrap();
    assert_eq!(list.as_of.unwrap().newest_signature, Some(date(2026, 3, 25)));
    assert!(
        matches!(&list.rows[25].signed, DateCell::Unsettled { candidates, .. } if candidates.contains(&date(2025, 3, 1)))
    );
}

#[test]
fn links_are_read_from_the_cell_or_its_text() {
    let mut lines = grid(&[
        TITLES,
        "OHIO|A|County||Task Force Model|5/17/2026|link",
        "OHIO|B|County||Task Force Model|5/17/2026|link",
    ]);
    let cell = lines.cells.get_mut(&1).unwrap().get_mut(&6).unwrap();
    cell.link = Some("https:/www.ice.gov/a.pdf".to_string());
    let list = listing(&[lines], NAME, None).unwrap();
    assert_eq!(list.rows[0].moa.as_deref(), Some("https://www.ice.gov/a.pdf"));
    assert_eq!(list.rows[1].moa, None);
    assert!(said(&list).contains(&(3, "MOA", None)));
}

#[test]
fn columns_are_lettered_as_in_a_spreadsheet() {
    assert_eq!([letter(0), letter(7), letter(25), letter(26), letter(701)], ["A", "H", "Z", "AA", "ZZ"]);
}
