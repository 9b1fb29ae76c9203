//! Owns finding a county by a name as people write it: forgiving about its form, never about which county is meant.

use std::cmp::Reverse;
use std::sync::{LazyLock, OnceLock};

use super::spelling::{Asked, key, take_apart};
use super::{County, Kind, all};

/// How many suggestions are worth reading.
const SUGGESTIONS: usize = 5;

/// Every county, with room for its keys.
static INDEX: LazyLock<Vec<Entry>> =
    LazyLock::new(|| all().iter().map(|county| Entry { county, keys: OnceLock::new() }).collect());

/// What a look-up came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// The name says this county and no other.
    One(&'static County),
    /// The name fits all of these, sorted by FIPS code: ask which is meant.
    Several(Vec<&'static County>),
    /// The name fits none.
    None {
        /// Up to five that may have been meant, the likeliest first; never to be taken without asking.
        near: Vec<&'static County>,
    },
}

/// A county and the two names it goes by. Their keys are made once, and only for counties that are looked at: mostly those of one state.
struct Entry {
    county: &'static County,
    keys: OnceLock<[String; 2]>,
}

impl Entry {
    /// The key of its name alone.
    fn bare(&self) -> &str {
        &self.keys()[0]
    }

    /// The key of its name with its right word.
    fn full(&self) -> &str {
        &self.keys()[1]
    }

    fn keys(&self) -> &[String; 2] {
        self.keys.get_or_init(|| [key(self.county.name), key(&self.county.full_name())])
    }
}

/// Finds a county by its name, within a state's two letters if they are given; a blank state counts as none.
///
/// Forgiven are case, accents, punctuation, spaces, "Saint", "&", "City of" before the name, a state's letters after it ("Cook, IL"),
/// and a missing, shortened or needless "County", "Parish" and so on. A former county is found like any other and says that it is one.
/// The word "city" is not forgiven: who writes it of a place that is only a county probably means a city within some county.
pub fn find(state: Option<&str>, name: &str) -> Found {
    let given = state.map(str::trim).filter(|state| !state.is_empty());
    let (name, tail) = split_state(name, given);
    let asked = take_apart(name);
    let state = given.or(tail);
    let scope: Vec<&Entry> = INDEX.iter().filter(|entry| in_state(entry, state)).collect();
    let matching = exact(&scope, &asked);
    match matching.as_slice() {
        [] => Found::None { near: near(&scope, &asked, state) },
        [one] => Found::One(one),
        _ => Found::Several(matching),
    }
}

fn in_state(entry: &Entry, state: Option<&str>) -> bool {
    state.is_none_or(|state| entry.county.state.eq_ignore_ascii_case(state))
}

/// Takes a state's letters off the end of a name, after a comma or in brackets, unless another state was given: then "Co." may be a
/// county, and a contradiction must not go unseen.
fn split_state<'a>(name: &'a str, given: Option<&str>) -> (&'a str, Option<&'static str>) {
    let Some((before, tail)) = name.trim_end().trim_end_matches(')').rsplit_once([',', '(']) else {
        return (name, None);
    };
    let letters: String = tail.chars().filter(|c| c.is_alphanumeric()).collect();
    let state = all().iter().map(|county| county.state).find(|state| state.eq_ignore_ascii_case(&letters));
    match state {
        Some(state) if given.is_none_or(|given| given.eq_ignore_ascii_case(state)) => (before, Some(state)),
        _ => (name, None),
    }
}

/// Those whose name it is: the full name before the bare one, so that "Baltimore city" and "Charles City" are both understood, and
/// only then the name without the word behind it.
fn exact(scope: &[&Entry], asked: &Asked) -> Vec<&'static County> {
    let pick = |fits: &dyn Fn(&Entry) -> bool| -> Vec<&'static County> {
        scope.iter().filter(|entry| fits(entry)).map(|entry| entry.county).collect()
    };
    let mut found = pick(&|entry| entry.full() == asked.whole);
    if found.is_empty() {
        found = pick(&|entry| entry.bare() == asked.whole);
    }
    if let Some((name, said)) = &asked.stripped
        && found.is_empty()
    {
        let named = pick(&|entry| entry.bare() == *name || entry.full() == *name);
        let best = named.iter().filter_map(|county| misfit(*said, county.kind)).min();
        found = named.into_iter().filter(|county| best.is_some() && misfit(*said, county.kind) == best).collect();
    }
    found
}

/// How badly the word that was written fits what a place is, 0 being its right word; `None` if it can't be meant.
fn misfit(said: Option<Kind>, is: Kind) -> Option<u8> {
    match (said, is) {
        (None, _) => Some(0),
        (Some(said), is) if said == is => Some(0),
        (Some(Kind::City), Kind::CityAndBorough) => Some(1),
        (Some(Kind::City | Kind::PlanningRegion | Kind::Island | Kind::District), _) => None,
        // "County" is written behind everything; a city is meant by it only where there is nothing else: Hopewell, Virginia.
        (Some(_), Kind::City) => Some(2),
        (Some(_), _) => Some(1),
    }
}

/// Those that may have been meant: names that differ by few letters or are a part of one another, the closest and largest first;
/// failing these, the same name in other states, if they are few.
fn near(scope: &[&Entry], asked: &Asked, state: Option<&str>) -> Vec<&'static County> {
    let said = asked.stripped.as_ref().and_then(|(_, kind)| *kind);
    let mut close: Vec<(usize, &'static County)> =
        scope.iter().filter_map(|entry| distance(entry, asked).map(|distance| (distance, entry.county))).collect();
    close.sort_by_key(|(distance, county)| (*distance, said != Some(county.kind), Reverse(county.population)));
    let best = close.first().map_or(0, |(distance, _)| *distance);
    let mut near: Vec<&'static County> =
        close.into_iter().filter(|(distance, _)| *distance <= best + 1).map(|(_, county)| county).collect();
    near.truncate(SUGGESTIONS);
    if near.is_empty() && state.is_some() {
        // A state of one county leaves no doubt what to offer. Elsewhere the state may be the mistake.
        near = match scope {
            [only] => vec![only.county],
            _ => exact(&INDEX.iter().collect::<Vec<_>>(), asked),
        };
        // Five of thirty Washington Counties would be no help.
        if near.len() > SUGGESTIONS {
            near.clear();
        }
    }
    near
}

/// How many letters apart a county and what was asked for are; `None` if too many.
fn distance(entry: &Entry, asked: &Asked) -> Option<usize> {
    let whole = asked.whole.as_str();
    let stripped = asked.stripped.as_ref().map_or(whole, |(name, _)| name);
    let typed = [(whole, entry.full()), (whole, entry.bare()), (stripped, entry.bare())];
    typed
        .into_iter()
        .filter_map(|(asked, name)| letters_apart(asked, name))
        .min()
        .or_else(|| part_of(stripped, entry.bare()))
}

/// The letters to change, if they are at most about one in four.
fn letters_apart(a: &str, b: &str) -> Option<usize> {
    let limit = ((a.len().min(b.len()) + 2) / 4).max(1);
    // What is much longer is not compared, so that a text of any length costs nothing.
    (a.len() > 2 && a.len().abs_diff(b.len()) <= limit)
        .then(|| strsim::osa_distance(a, b))
        .filter(|distance| *distance <= limit)
}

/// Counts as far apart, but worth offering: Dade and Miami-Dade, Fairbanks and Fairbanks North Star.
fn part_of(a: &str, b: &str) -> Option<usize> {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    (short.len() >= 4 && short.len() * 3 >= long.len() && long.contains(short)).then_some(4)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Found, INDEX, find};
    use crate::counties::{County, all};

    /// What was found, on one line: a name, `ask:` and names, or `near:` and names.
    fn said(state: &str, name: &str) -> String {
        let list = |counties: &[&County]| counties.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
        match find(Some(state), name) {
            Found::One(county) => county.to_string(),
            Found::Several(counties) => format!("ask: {}", list(&counties)),
            Found::None { near } => format!("near: {}", list(&near)),
        }
    }

    #[track_caller]
    fn check(cases: &[(&str, &str, &str)]) {
        for (state, name, expected) in cases {
            assert_eq!(said(state, name), *expected, "{name:?} in {state:?}");
        }
    }

    #[test]
    fn every_county_is_found_by_its_names() {
        let mut ambiguous = BTreeSet::new();
        for entry in INDEX.iter() {
            let county = entry.county;
            assert_eq!(find(Some(county.state), &county.full_name()), Found::One(county));
            assert_eq!(find(None, &county.to_string()), Found::One(county), "{county}");
            let same = |other: &&super::Entry| other.county.state == county.state && other.bare() == entry.bare();
            let namesakes: Vec<&County> = INDEX.iter().filter(same).map(|entry| entry.county).collect();
            if namesakes.len() == 1 {
                assert_eq!(find(Some(county.state), county.name), Found::One(county));
            } else {
                assert_eq!(find(Some(county.state), county.name), Found::Several(namesakes));
                ambiguous.insert(format!("{} {}", county.state, county.name));
            }
        }
        let known = ["MD Baltimore", "MO St. Louis", "VA Fairfax", "VA Franklin", "VA Richmond", "VA Roanoke"];
        assert_eq!(ambiguous, known.map(String::from).into());
    }

    #[test]
    fn every_county_is_found_in_any_dress() {
        for county in all() {
            let full = county.full_name();
            let dresses = [
                full.to_uppercase(),
                full.to_lowercase().replace(['\'', '.'], ""),
                full.replace(['-', '.'], " "),
                full.replace(' ', "  ").replace('\'', "’"),
                full.replace("St. ", "Saint ").replace("Ste. ", "Sainte "),
                full.replace('ñ', "n\u{303}"),
                full.replace(" County", " Co."),
            ];
            for dress in dresses {
                assert_eq!(find(Some(&county.state.to_lowercase()), &dress), Found::One(county), "{dress}");
            }
        }
    }

    #[test]
    fn a_typing_error_is_never_taken_silently() {
        for entry in INDEX.iter().filter(|entry| entry.bare().len() >= 6) {
            let mut name = entry.bare().to_string();
            name.remove(3);
            match find(Some(entry.county.state), &name) {
                Found::None { near } => assert!(near.contains(&entry.county), "{name} for {}", entry.county),
                // Another's name, to the letter.
                Found::One(other) => assert!(INDEX.iter().any(|e| e.county == other && e.bare() == name), "{name}"),
                Found::Several(_) => panic!("{name}"),
            }
        }
    }

    #[test]
    fn ambiguous_names_ask_and_the_word_settles_it() {
        check(&[
            ("MD", "Baltimore", "ask: Baltimore County, MD; Baltimore city, MD"),
            ("MD", "Baltimore County", "Baltimore County, MD"),
            ("MD", "baltimore co.", "Baltimore County, MD"),
            ("MD", "Baltimore City", "Baltimore city, MD"),
            ("MD", "City of Baltimore", "Baltimore city, MD"),
            ("MD", "Baltimore, City of", "Baltimore city, MD"),
            ("MD", "Baltimore (city)", "Baltimore city, MD"),
            ("MD", "Baltimore Parish", "Baltimore County, MD"),
            ("MO", "Saint Louis", "ask: St. Louis County, MO; St. Louis city, MO"),
            ("MO", "St Louis city", "St. Louis city, MO"),
            ("MN", "St. Louis", "St. Louis County, MN"),
            ("", "St. Louis", "ask: St. Louis County, MN; St. Louis County, MO; St. Louis city, MO"),
            ("", "St. Louis County", "ask: St. Louis County, MN; St. Louis County, MO"),
            ("", "St. Louis city", "St. Louis city, MO"),
            ("VA", "Fairfax", "ask: Fairfax County, VA; Fairfax city, VA"),
            ("VA", "Franklin", "ask: Franklin County, VA; Franklin city, VA"),
            ("VA", "Richmond", "ask: Richmond County, VA; Richmond city, VA"),
            ("VA", "Roanoke", "ask: Roanoke County, VA; Roanoke city, VA"),
            ("VA", "County of Roanoke", "Roanoke County, VA"),
            ("VA", "Charles City", "Charles City County, VA"),
            ("VA", "James City County", "James City County, VA"),
        ]);
        assert!(matches!(find(None, "Washington County"), Found::Several(counties) if counties.len() == 30));
    }

    #[test]
    fn form_is_forgiven() {
        check(&[
            ("mn", " kandiyohi ", "Kandiyohi County, MN"),
            ("", "Kandiyohi", "Kandiyohi County, MN"),
            ("", "Cook County, IL", "Cook County, IL"),
            ("", "Cook (Minn.) (MN)", "near: Cook County, MN"),
            ("CO", "Weld, Co.", "Weld County, CO"),
            ("NM", "DOÑA ANA", "Doña Ana County, NM"),
            ("NM", "Dona Ana County", "Doña Ana County, NM"),
            ("MO", "Sainte Genevieve", "Ste. Genevieve County, MO"),
            ("MO", "St. Genevieve Cnty", "Ste. Genevieve County, MO"),
            ("LA", "St.John the Baptist", "St. John the Baptist Parish, LA"),
            ("LA", "Orleans County", "Orleans Parish, LA"),
            ("LA", "Parish of Orleans", "Orleans Parish, LA"),
            ("IL", "De Kalb", "DeKalb County, IL"),
            ("IL", "La Salle", "LaSalle County, IL"),
            ("LA", "La Salle", "LaSalle Parish, LA"),
            ("MS", "De Soto", "DeSoto County, MS"),
            ("IA", "OBrien", "O'Brien County, IA"),
            ("IA", "O’Brien", "O'Brien County, IA"),
            ("MD", "Prince Georges", "Prince George's County, MD"),
            ("FL", "Miami Dade", "Miami-Dade County, FL"),
            ("VA", "King & Queen", "King and Queen County, VA"),
            ("TX", "Ft. Bend", "Fort Bend County, TX"),
            ("AK", "Juneau", "Juneau City and Borough, AK"),
            ("AK", "City of Juneau", "Juneau City and Borough, AK"),
            ("AK", "Municipality of Anchorage", "Anchorage Municipality, AK"),
            ("AK", "Bethel", "Bethel Census Area, AK"),
            ("CO", "City and County of Denver", "Denver County, CO"),
            ("IL", "Rock Island", "Rock Island County, IL"),
            ("NV", "Carson City County", "Carson City, NV"),
            ("VA", "Hopewell County", "Hopewell city, VA"),
            ("PR", "Municipio de Bayamón", "Bayamon Municipio, PR"),
            ("DC", "district of columbia", "District of Columbia, DC"),
            ("CT", "Hartford", "Hartford County, CT"),
            ("CT", "Capitol Region", "Capitol Planning Region, CT"),
        ]);
        assert!(matches!(find(Some("CT"), "Hartford County"), Found::One(county) if county.former));
    }

    #[test]
    fn what_is_not_found_is_suggested() {
        check(&[
            ("MN", "Kandyohi", "near: Kandiyohi County, MN"),
            ("MN", "Kandiyohi Conty", "near: Kandiyohi County, MN"),
            ("", "Kandiyohi Conty", "near: Kandiyohi County, MN"),
            ("OK", "Custer Countey", "near: Custer County, OK"),
            ("MD", "Batimore County", "near: Baltimore County, MD; Baltimore city, MD"),
            ("FL", "Dade", "near: Miami-Dade County, FL"),
            ("AK", "Fairbanks", "near: Fairbanks North Star Borough, AK; Southeast Fairbanks Census Area, AK"),
            ("CA", "City of Orange", "near: Orange County, CA"),
            ("WI", "Kandiyohi", "near: Kandiyohi County, MN"),
            ("WV", "Washington County", "near: "),
            ("", "Washington, DC", "near: District of Columbia, DC"),
            ("GU", "Kattan District", "near: Guam, GU"),
            ("MN", "#N/A", "near: "),
            ("MN", "County", "near: "),
            ("MN", "", "near: "),
            ("ZZ", "Kandiyohi", "near: Kandiyohi County, MN"),
            ("MN", &"Lake ".repeat(100_000), "near: "),
            ("MN", "(,) of \u{301}’ß東", "near: "),
        ]);
    }
}
