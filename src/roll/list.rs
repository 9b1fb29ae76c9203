//! Owns the step from ICE's list as read to the roll: which county an agency stands in, and which days are settled.

use jiff::civil::Date;

use super::{Enrolled, Held, Level, Roll};
use crate::campaign::choices::Model;
use crate::counties::{self, Found};
use crate::ice::{self, AgencyRecord, AgencyType, CountyCell};

/// The roll of a list of participating agencies.
pub fn from_list(agencies: &[AgencyRecord], as_of: Date) -> Roll {
    Roll { as_of, agencies: agencies.iter().map(|agency| enrolled(agency, as_of)).collect() }
}

fn enrolled(agency: &AgencyRecord, as_of: Date) -> Enrolled {
    let level = match agency.kind {
        Some(AgencyType::County) => Level::County,
        Some(AgencyType::Municipality) => Level::City,
        Some(AgencyType::State) => Level::State,
        None => Level::Unsaid,
    };
    // For what serves a whole state the list names the county of its head office, or none.
    let county = match (&agency.county, level) {
        (_, Level::State) => None,
        (CountyCell::Named(name), _) => match counties::find(Some(agency.state), name) {
            Found::One(county) => Some(county.fips),
            Found::Several(_) | Found::None { .. } => None,
        },
        (CountyCell::Missing | CountyCell::Unsettled { .. }, _) => None,
    };
    let held = |agreement: &ice::Agreement| Held {
        model: match agreement.model {
            ice::Model::Jail => Model::Jail,
            ice::Model::Warrant => Model::Warrant,
            ice::Model::TaskForce => Model::TaskForce,
        },
        signed: agreement.signed.day().filter(|day| *day <= as_of),
    };
    Enrolled { state: agency.state, county, level, agreements: agency.agreements.iter().map(held).collect() }
}

#[cfg(test)]
mod tests {
    use super::from_list;
    use crate::ice::{AgencyRecord, AgencyType, Agreement, CountyCell, DateCell, Model};

    #[test]
    fn a_state_agency_stands_in_no_county_and_an_open_day_is_none() {
        let agency = |kind, county: CountyCell, signed| AgencyRecord {
            state: "MN",
            name: "Example".to_string(),
            kind: Some(kind),
            county,
            agreements: vec![Agreement { model: Model::Jail, signed, row: 2, moa: None, addendum: None }],
        };
        let hinted = || CountyCell::Named("Crow Wing County".to_string());
        let open = DateCell::Unsettled { found: "7/72025".to_string(), candidates: Vec::new() };
        let late = DateCell::Day(jiff::civil::date(2026, 6, 1));
        let day = DateCell::Day(jiff::civil::date(2026, 5, 1));
        let list = [
            agency(AgencyType::County, hinted(), open),
            agency(AgencyType::State, hinted(), late),
            agency(AgencyType::Municipality, CountyCell::Named("Nowhere".to_string()), day),
        ];
        let roll = from_list(&list, jiff::civil::date(2026, 5, 18));
        let counties: Vec<Option<&str>> = roll.agencies.iter().map(|agency| agency.county).collect();
        assert_eq!(counties, [Some("27035"), None, None]);
        let settled: Vec<bool> = roll.agencies.iter().map(|agency| agency.agreements[0].signed.is_some()).collect();
        assert_eq!(settled, [false, false, true]);
    }
}
