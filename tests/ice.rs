//! Owns the tests that read whole files: a small workbook with every oddity, and ICE's own lists where they are at hand.

use handbill::ice::{
    AgencyRecord, Counts, CountyCell, DateCell, DayPart, ListKind, Listing, Model, Note, ReadError, by_agency,
    check_counties, counts, read, read_as_of,
};
use jiff::civil::date;
use std::path::{Path, PathBuf};

/// The folder with ICE's lists; the tests that need it pass where it is missing.
fn lists() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/ice");
    folder.is_dir().then_some(folder)
}

/// Full names of counties by postal code, from the project's table.
fn table() -> Option<Vec<(String, String)>> {
    let mut reader =
        csv::Reader::from_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/counties/us_counties.csv"))
            .ok()?;
    Some(reader.records().flatten().map(|record| (record[1].to_string(), record[3].to_string())).collect())
}

fn counted(list: &Listing) -> (Vec<AgencyRecord>, Vec<Note>, Counts) {
    let (agencies, notes) = by_agency(&list.rows);
    let counts = counts(&agencies);
    (agencies, notes, counts)
}

fn odd() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/odd.xlsx")
}

#[test]
fn a_workbook_with_every_oddity_is_read() {
    let list = read_as_of(&odd(), Some(date(2026, 5, 18))).unwrap();
    let numbers: Vec<u32> = list.rows.iter().map(|row| row.number).collect();
    assert_eq!((numbers, list.kind, list.left_out), (vec![2, 3, 5, 6], ListKind::Participating, 0));
    assert_eq!(list.rows[0].moa.as_deref(), Some("https://www.ice.gov/doclib/A.pdf"));
    assert_eq!(
        (&list.rows[1].moa, list.rows[1].addendum.as_deref()),
        (&None, Some("https://www.ice.gov/doclib/B.pdf"))
    );
    assert_eq!(list.rows[1].county, CountyCell::Missing);
    assert!(
        matches!(&list.rows[1].signed, DateCell::Unsettled { candidates, .. } if candidates == &[date(2025, 5, 8)])
    );
    assert_eq!(list.rows[2].signed, DateCell::Day(date(2025, 7, 7)));
    let told: Vec<(&str, u32, &str)> =
        list.notes.iter().map(|note| (note.sheet.as_str(), note.row, note.column.as_str())).collect();
    assert_eq!(
        told,
        [
            ("Notes", 0, "sheet"),
            ("Sheet1", 5, "column G"),
            ("Sheet1", 2, "MOA"),
            ("Sheet1", 3, "SUPPORT TYPE"),
            ("Sheet1", 3, "SIGNED"),
            ("Sheet1", 3, "MOA"),
            ("Sheet1", 5, "TYPE"),
            ("Sheet1", 5, "SIGNED"),
        ]
    );
    let (agencies, notes, counts) = counted(&list);
    assert_eq!((agencies.len(), counts.nation.agreements), (2, 3));
    assert!(notes.iter().any(|note| note.row == 6 && note.took.as_deref() == Some("row 5")));
}

#[test]
fn files_that_are_no_lists_are_refused_with_a_reason() {
    let folder = std::env::temp_dir().join(format!("handbill-ice-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let refuse = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        read(&path).unwrap_err()
    };
    let whole = std::fs::read(odd()).unwrap();
    assert!(matches!(refuse("page.xlsx", b"<!doctype html>"), ReadError::Format { .. }));
    assert!(matches!(refuse("empty.xlsx", b""), ReadError::NoHeader { .. }));
    assert!(matches!(refuse("zip.xlsx", b"PK\x03\x04nothing"), ReadError::Format { .. }));
    assert!(matches!(refuse("old.xls", b"\xd0\xcf\x11\xe0nothing"), ReadError::Format { .. }));
    assert!(matches!(refuse("other.csv", b"a,b\n1,2\n"), ReadError::NoHeader { .. }));
    for length in (0..whole.len()).step_by(97) {
        refuse("cut.xlsx", &whole[..length]);
    }
    assert!(matches!(read(&folder.join("missing.xlsx")), Err(ReadError::Io { .. })));
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn the_list_of_may_2026_counts_as_published() {
    let Some(folder) = lists() else { return };
    let list = read(&folder.join("participatingAgencies05182026am.xlsx")).unwrap();
    assert_eq!((list.kind, list.rows.len(), list.left_out), (ListKind::Participating, 1843, 0));
    let as_of = list.as_of.clone().unwrap();
    assert_eq!((as_of.day, as_of.part), (Some(date(2026, 5, 18)), Some(DayPart::Am)));
    assert_eq!(as_of.newest_signature, Some(date(2026, 5, 17)));
    let (_, _, counts) = counted(&list);
    let nation = counts.nation;
    assert_eq!((nation.agreements, nation.agencies, nation.with_several), (1843, 1551, 242));
    let models = nation.agreements_by_model;
    assert_eq!((models.task_force, models.warrant, models.jail), (1162, 499, 182));
    assert_eq!((counts.states["MN"].agreements, counts.states["MN"].agencies), (10, 9));
    assert_eq!(counts.states.len(), 40);
    assert_eq!(list.rows.iter().filter(|row| row.moa.is_some()).count(), 1680);
    assert_eq!(list.rows.iter().filter(|row| row.addendum.is_some()).count(), 45);
    assert!(list.rows.iter().all(|row| row.moa.as_ref().is_none_or(|link| link.contains("://www.ice.gov/"))));
}

#[test]
fn the_lists_of_june_2025_and_the_pending_ones_are_read() {
    let Some(folder) = lists() else { return };
    let list = read(&folder.join("participatingAgencies06172025pm.xlsx")).unwrap();
    assert_eq!((list.kind, list.rows.len(), list.left_out), (ListKind::Participating, 706, 0));
    let broken = list.rows.iter().find(|row| row.number == 662).unwrap();
    assert_eq!(broken.signed, DateCell::Day(date(2025, 5, 8)));
    assert!(list.notes.iter().any(|note| note.row == 662 && note.found == "05/082025" && note.took.is_some()));
    let models = counted(&list).2.nation.agreements_by_model;
    assert_eq!((models.jail, models.warrant, models.task_force), (110, 257, 339));

    let list = read(&folder.join("pendingAgencies06172025pm.xlsx")).unwrap();
    assert_eq!((list.kind, list.rows.len(), list.left_out), (ListKind::Pending, 69, 0));
    assert_eq!(list.as_of.unwrap().day, Some(date(2025, 6, 17)));
    assert!(list.notes.is_empty(), "{:?}", list.notes);
    let list = read(&folder.join("pendingAgencies02272026am.xlsx")).unwrap();
    assert_eq!((list.kind, list.rows.len()), (ListKind::Pending, 2));
}

#[test]
fn swapped_lists_are_known_by_their_content() {
    let Some(folder) = lists() else { return };
    let swapped = std::env::temp_dir().join(format!("handbill-swapped-{}", std::process::id()));
    std::fs::create_dir_all(&swapped).unwrap();
    for (from, to, kind) in [
        ("participatingAgencies06172025pm.xlsx", "pendingAgencies06172025pm.xlsx", ListKind::Participating),
        ("pendingAgencies06172025pm.xlsx", "participatingAgencies06172025pm.xlsx", ListKind::Pending),
    ] {
        std::fs::write(swapped.join(to), std::fs::read(folder.join(from)).unwrap()).unwrap();
        let list = read(&swapped.join(to)).unwrap();
        assert_eq!(list.kind, kind);
        assert!(list.notes.iter().any(|note| note.column == "file name" && note.took.is_some()));
    }
    std::fs::remove_dir_all(&swapped).unwrap();
}

#[test]
fn counties_of_may_2026_are_settled_or_left_with_candidates() {
    let (Some(folder), Some(table)) = (lists(), table()) else { return };
    let mut list = read(&folder.join("participatingAgencies05182026am.xlsx")).unwrap();
    check_counties(&mut list, |state| {
        table.iter().filter(|(code, _)| code == state).map(|(_, name)| name.as_str()).collect()
    });
    let county = |number: u32| &list.rows.iter().find(|row| row.number == number).unwrap().county;
    for (number, name) in [
        (28, "Franklin County"),
        (147, "Pope County"),
        (188, "Flagler County"),
        (430, "St. Lucie County"),
        (702, "St. Landry Parish"),
        (823, "DeKalb County"),
        (1040, "Bryan County"),
        (1666, "San Patricio County"),
    ] {
        assert_eq!(county(number), &CountyCell::Named(name.to_string()), "row {number}");
    }
    for (number, candidates) in
        [(156, vec![]), (740, vec!["St. Bernard Parish"]), (861, vec!["Worth County"]), (1322, vec!["White County"])]
    {
        let CountyCell::Unsettled { candidates: found, .. } = county(number) else {
            panic!("row {number}: {:?}", county(number))
        };
        assert_eq!(*found, candidates, "row {number}");
    }
    let (agencies, ..) = counted(&list);
    assert_eq!(agencies.len(), 1551);
    let crow_wing = agencies.iter().find(|agency| agency.name.starts_with("Crow Wing")).unwrap();
    let models: Vec<Model> = crow_wing.agreements.iter().map(|held| held.model).collect();
    assert_eq!((crow_wing.county.clone(), models.len()), (CountyCell::Named("Crow Wing County".to_string()), 2));
}
