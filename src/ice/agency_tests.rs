//! Owns the tests of `agency` and `counts`.

use super::by_agency;
use crate::ice::{AgencyType, CountyCell, DateCell, Model, Row, counts};
use jiff::civil::date;

fn row(number: u32, state: &'static str, agency: &str, county: &str, model: Model) -> Row {
    Row {
        sheet: "Sheet1".to_string(),
        number,
        state,
        agency: agency.to_string(),
        kind: Some(AgencyType::County),
        county: if county.is_empty() { CountyCell::Missing } else { CountyCell::Named(county.to_string()) },
        model,
        signed: DateCell::Day(date(2025, 5, 8)),
        moa: None,
        addendum: None,
    }
}

#[test]
fn one_agency_is_one_record_per_state_whatever_its_apostrophe() {
    let rows = [
        row(2, "MN", "Washington County Sheriff’s Office", "Washington County", Model::Jail),
        row(3, "MN", "WASHINGTON County Sheriff’s Office", "", Model::Warrant),
        row(4, "WI", "Washington County Sheriff’s Office", "Washington County", Model::Jail),
    ];
    let (agencies, notes) = by_agency(&rows);
    assert_eq!(agencies.len(), 2);
    assert_eq!(agencies[0].agreements.iter().map(|held| held.row).collect::<Vec<_>>(), [2, 3]);
    assert_eq!(agencies[0].county, CountyCell::Named("Washington County".to_string()));
    assert_eq!(notes.iter().map(|note| note.row).collect::<Vec<_>>(), [3]);
    let counts = counts(&agencies);
    assert_eq!((counts.nation.agreements, counts.nation.agencies, counts.nation.with_several), (3, 2, 1));
    assert_eq!((counts.states["MN"].agreements_by_model.jail, counts.nation.agencies_by_model.jail), (1, 2));
}

#[test]
fn a_repeated_row_is_dropped_and_keeps_its_link() {
    let mut again = row(9, "TX", "Bee County Sheriff’s Office", "Bee County", Model::Jail);
    again.moa = Some("https://www.ice.gov/a.pdf".to_string());
    let mut later = again.clone();
    later.number = 10;
    later.signed = DateCell::Day(date(2025, 6, 1));
    let rows = [row(2, "TX", "Bee County Sheriff’s Office", "Bee County", Model::Jail), again, later];
    let (agencies, notes) = by_agency(&rows);
    assert_eq!(agencies[0].agreements.len(), 2);
    assert_eq!(agencies[0].agreements[0].moa.as_deref(), Some("https://www.ice.gov/a.pdf"));
    assert_eq!((notes[0].row, notes[0].took.as_deref()), (9, Some("row 2")));
    assert_eq!((notes[1].row, notes[1].took.as_deref()), (10, None));
}

#[test]
fn look_alikes_are_told_and_kept_apart() {
    let rows = [
        row(2, "TX", "Marion Police Department", "Guadalupe County", Model::TaskForce),
        row(3, "TX", "Marlin Police Department", "Falls County", Model::TaskForce),
        row(4, "TX", "Liberty County Constable Precinct 2", "Liberty County", Model::TaskForce),
        row(5, "TX", "Liberty County Constable Precinct 6", "Liberty County", Model::TaskForce),
        row(6, "TX", "Taft Police Department", "", Model::TaskForce),
        row(7, "TX", "Taft Police Dept.", "San Patricio County", Model::TaskForce),
    ];
    let (agencies, notes) = by_agency(&rows);
    assert_eq!(agencies.len(), 6);
    assert_eq!(notes.iter().map(|note| (note.row, note.took.clone())).collect::<Vec<_>>(), [(7, None)]);
}

#[test]
fn counties_that_disagree_are_left_for_a_person() {
    let mut open = row(3, "AL", "Franklin County Sheriff’s Office", "", Model::Warrant);
    open.county = CountyCell::Unsettled { found: "Frankin".into(), candidates: vec!["Franklin County".into()] };
    let known = row(2, "AL", "Franklin County Sheriff’s Office", "Franklin County", Model::Jail);
    let (agencies, _) = by_agency(&[known.clone(), open]);
    assert_eq!(agencies[0].county, CountyCell::Named("Franklin County".to_string()));
    let other = row(4, "AL", "Franklin County Sheriff’s Office", "Dale County", Model::Warrant);
    let (agencies, notes) = by_agency(&[known, other]);
    assert!(matches!(&agencies[0].county, CountyCell::Unsettled { candidates, .. } if candidates.len() == 2));
    assert_eq!(notes.len(), 1);
}
