//! Owns finding a campaign's agency on a list: by state and name, the county as second evidence, and never by a silent guess.

use crate::campaign::Campaign;
use crate::campaign::choices::{AgencyKind, PlaceKind};
use crate::counties::{self, Found, Kind};
use crate::ice::{AgencyRecord, CountyCell, fold, numbers, office_of, skeleton, slips};

/// What a look for a campaign's agency came to.
#[derive(Debug, Clone, PartialEq)]
pub enum Match<'a> {
    /// The list has it.
    Found {
        /// The agency.
        agency: &'a AgencyRecord,
        /// Whether its name is the campaign's to the letter, but for case and apostrophes.
        exact: bool,
        /// Other agencies on the list that look like the same one.
        alike: Vec<&'a AgencyRecord>,
    },
    /// It may be one of these; a person has to say.
    Unclear(Vec<&'a AgencyRecord>),
    /// The list has neither it nor one that looks like it.
    Absent,
}

/// How a county on the list stands to the campaign's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum County {
    Same,
    Other,
    Open,
}

/// Finds the campaign's agency among those of a list.
pub fn find<'a>(campaign: &Campaign, agencies: &'a [AgencyRecord]) -> Match<'a> {
    let own = county(campaign);
    let name = fold(&campaign.agency.name);
    let mut exact = None;
    let mut close = Vec::new();
    let mut doubtful = Vec::new();
    for agency in agencies.iter().filter(|agency| agency.state == campaign.state.code) {
        let county = evidence(own.as_deref(), &agency.county);
        if fold(&agency.name) == name {
            exact = Some((agency, county));
        } else if county != County::Other && same_kind(campaign.agency.kind, office_of(agency)) {
            match likeness(&campaign.agency.name, &agency.name) {
                Likeness::Same => close.push(agency),
                Likeness::Near(_) if county == County::Same => close.push(agency),
                Likeness::Near(1) => doubtful.push(agency),
                // A county has one sheriff, whatever the list calls the office.
                Likeness::None if county == County::Same && campaign.agency.kind == AgencyKind::Sheriff => {
                    doubtful.push(agency);
                }
                Likeness::Near(_) | Likeness::None => {}
            }
        }
    }
    match (exact, close.as_slice()) {
        (Some((agency, County::Other)), _) => Match::Unclear(vec![agency]),
        (Some((agency, _)), _) => Match::Found { agency, exact: true, alike: close },
        (None, [agency]) => Match::Found { agency, exact: false, alike: Vec::new() },
        (None, []) if doubtful.is_empty() => Match::Absent,
        (None, _) => Match::Unclear(close.into_iter().chain(doubtful).collect()),
    }
}

/// The full name of the campaign's county, where it can be told.
fn county(campaign: &Campaign) -> Option<String> {
    let by_code = campaign.place.fips.as_ref().and_then(|fips| counties::by_fips(&fips.0));
    let by_name = || match (campaign.place.kind, campaign.agency.kind) {
        // Only a city that belongs to no county has a sheriff of its own.
        (PlaceKind::City, AgencyKind::Sheriff) => {
            match counties::find(Some(&campaign.state.code), &format!("{} city", campaign.place.bare)) {
                Found::One(county) if county.kind == Kind::City => Some(county),
                _ => None,
            }
        }
        (PlaceKind::City | PlaceKind::Municipality, _) => None,
        _ => match counties::find(Some(&campaign.state.code), &campaign.place.name) {
            Found::One(county) => Some(county),
            _ => None,
        },
    };
    by_code.or_else(by_name).map(|county| county.full_name())
}

fn evidence(own: Option<&str>, found: &CountyCell) -> County {
    match (own, found) {
        (Some(own), CountyCell::Named(name)) if own == name => County::Same,
        (Some(_), CountyCell::Named(_)) => County::Other,
        (Some(own), CountyCell::Unsettled { candidates, .. })
            if !candidates.is_empty() && !candidates.iter().any(|candidate| candidate == own) =>
        {
            County::Other
        }
        _ => County::Open,
    }
}

fn same_kind(own: AgencyKind, found: AgencyKind) -> bool {
    own == found || own == AgencyKind::Other || found == AgencyKind::Other
}

/// How alike two names are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Likeness {
    /// The same but for small words, possessives and the many ways to write an office.
    Same,
    /// A slip or two of the finger apart.
    Near(usize),
    /// Two names.
    None,
}

fn likeness(one: &str, other: &str) -> Likeness {
    if numbers(&fold(one)) != numbers(&fold(other)) {
        return Likeness::None;
    }
    let (bare, other_bare) = (skeleton(one), skeleton(other));
    let is = |name: &str, word: &str| fold(name).split(|c: char| !c.is_alphanumeric()).any(|found| found == word);
    let sheriffs = bare.contains("sheriff") && other_bare.contains("sheriff");
    // The police of Franklin and of Franklin County are two; a sheriff is a county's with the word or without.
    let apart = !sheriffs && is(one, "county") != is(other, "county");
    match slips(&bare, &other_bare) {
        0 if !apart => Likeness::Same,
        // Short names are all near each other.
        _ if !apart && loose(&bare) == loose(&other_bare) => Likeness::Near(1),
        slips @ 1..=2 if !apart && bare.chars().count() >= 8 => Likeness::Near(slips),
        _ => Likeness::None,
    }
}

/// A name without the words that cities' names go with or without, so that a person is asked and not told that it is gone.
fn loose(bare: &str) -> Vec<&str> {
    let words = bare.split(' ').filter(|word| !matches!(*word, "city" | "town" | "village" | "township"));
    words
        .map(|word| match word {
            "ft" => "fort",
            "mt" => "mount",
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{County, Likeness, evidence, likeness};
    use crate::ice::CountyCell;

    #[test]
    fn names_are_told_apart_by_what_matters() {
        for (one, other, expected) in [
            ("Kandiyohi County Sheriff's Office", "Kandiyohi Sheriffs Department", Likeness::Same),
            ("Kandiyohi County Sheriff's Office", "Kandiohi County Sheriff’s Office", Likeness::Near(1)),
            ("St. Clair Police Department", "Saint Clair Police Dept.", Likeness::Same),
            ("City of Zephyrhills Police Department", "Zephyrhills Police Department", Likeness::Near(1)),
            ("Ft. Myers Police Department", "Fort Myers Police Department", Likeness::Near(1)),
            ("Franklin Police Department", "Franklin County Police Department", Likeness::None),
            ("Bee County Constable Precinct 1", "Bee County Constable Precinct 2", Likeness::None),
            ("Lake County Sheriff's Office", "Polk County Sheriff's Office", Likeness::None),
        ] {
            assert_eq!(likeness(one, other), expected, "{one} / {other}");
        }
    }

    #[test]
    fn a_county_speaks_for_against_or_not_at_all() {
        let open = |candidates: &[&str]| CountyCell::Unsettled {
            found: "Crow".to_string(),
            candidates: candidates.iter().map(|name| name.to_string()).collect(),
        };
        let named = CountyCell::Named("Cass County".to_string());
        assert_eq!(evidence(Some("Cass County"), &named), County::Same);
        assert_eq!(evidence(Some("Crow Wing County"), &named), County::Other);
        assert_eq!(evidence(None, &named), County::Open);
        assert_eq!(evidence(Some("Cass County"), &open(&["Crow Wing County"])), County::Other);
        assert_eq!(evidence(Some("Cass County"), &open(&["Crow Wing County", "Cass County"])), County::Open);
    }
}
