//! Owns the table of the counties of the United States and what stands in their place, with their full names.

use std::fmt;
use std::sync::LazyLock;

mod lookup;
mod spelling;

pub use lookup::{Found, find};

/// The table as it stands in the repository; its head says where it comes from.
const TEXT: &str = include_str!("../../data/counties.tsv");

static TABLE: LazyLock<Vec<County>> = LazyLock::new(|| read(TEXT));

/// A county or what stands in its place: a parish, an independent city, a planning region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct County {
    /// Five digits; the first two are the state's.
    pub fips: &'static str,
    /// The state's or territory's two letters.
    pub state: &'static str,
    /// Its name without its right word: Kandiyohi.
    pub name: &'static str,
    /// What it is, which gives its right word.
    pub kind: Kind,
    /// The Census Bureau's estimate for July 1, 2023; none for territories and former counties.
    pub population: Option<u32>,
    /// Whether the Census Bureau no longer counts by it: Connecticut's eight counties, since 2022.
    pub former: bool,
}

impl County {
    /// Its name with its right word: Kandiyohi County, Orleans Parish, Anchorage Municipality, Baltimore city.
    pub fn full_name(&self) -> String {
        match self.kind {
            Kind::Whole => self.name.to_string(),
            // Carson City, Nevada, is the one that has the word in its name.
            Kind::City if self.name.ends_with(" City") => self.name.to_string(),
            kind => format!("{} {}", self.name, kind.word()),
        }
    }
}

/// Writes the full name and the state: Kandiyohi County, MN.
impl fmt::Display for County {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.full_name(), self.state)
    }
}

/// What a county or its equivalent is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A county.
    County,
    /// A Louisiana parish.
    Parish,
    /// An Alaska borough.
    Borough,
    /// An Alaska borough that is one with its city: Juneau.
    CityAndBorough,
    /// A part of Alaska that has no borough.
    CensusArea,
    /// A municipality of Alaska or the Northern Mariana Islands.
    Municipality,
    /// A city that belongs to no county: Baltimore, St. Louis, Carson City and 38 in Virginia.
    City,
    /// A Connecticut planning region, which the Census Bureau counts by since 2022.
    PlanningRegion,
    /// A Puerto Rico municipio.
    Municipio,
    /// An island of American Samoa or the U.S. Virgin Islands.
    Island,
    /// A district of American Samoa.
    District,
    /// The whole of the District of Columbia or of Guam.
    Whole,
}

impl Kind {
    /// The word that follows the name; empty for a whole district or territory.
    pub fn word(self) -> &'static str {
        match self {
            Kind::County => "County",
            Kind::Parish => "Parish",
            Kind::Borough => "Borough",
            Kind::CityAndBorough => "City and Borough",
            Kind::CensusArea => "Census Area",
            Kind::Municipality => "Municipality",
            Kind::City => "city",
            Kind::PlanningRegion => "Planning Region",
            Kind::Municipio => "Municipio",
            Kind::Island => "Island",
            Kind::District => "District",
            Kind::Whole => "",
        }
    }

    fn from_letter(letter: &str) -> Option<Kind> {
        Some(match letter {
            "c" => Kind::County,
            "p" => Kind::Parish,
            "b" => Kind::Borough,
            "u" => Kind::CityAndBorough,
            "a" => Kind::CensusArea,
            "m" => Kind::Municipality,
            "i" => Kind::City,
            "r" => Kind::PlanningRegion,
            "o" => Kind::Municipio,
            "l" => Kind::Island,
            "d" => Kind::District,
            "w" => Kind::Whole,
            _ => return None,
        })
    }
}

/// Every county and equivalent, former ones and the territories' included, sorted by FIPS code.
pub fn all() -> &'static [County] {
    &TABLE
}

/// The county with these five digits.
pub fn by_fips(fips: &str) -> Option<&'static County> {
    TABLE.binary_search_by_key(&fips, |county| county.fips).ok().and_then(|at| TABLE.get(at))
}

/// Reads the table; a row it cannot read is left out, and a test sees to it that there is none.
fn read(text: &'static str) -> Vec<County> {
    let mut state = ("", "");
    let mut counties = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        match line.split_once('\t') {
            Some((digits, letters)) if digits.len() == 2 => state = (digits, letters),
            _ => counties.extend(read_county(line, state)),
        }
    }
    counties
}

/// Reads one county's row, which must belong to the state that was opened last.
fn read_county(line: &'static str, (digits, letters): (&str, &'static str)) -> Option<County> {
    let mut columns = line.split('\t');
    let fips = columns.next().filter(|fips| fips.len() == 5 && fips.starts_with(digits))?;
    let name = columns.next()?;
    let kind = Kind::from_letter(columns.next()?)?;
    let population = match columns.next().unwrap_or_default() {
        "" => None,
        digits => Some(digits.parse().ok()?),
    };
    let former = match columns.next() {
        None => false,
        Some("former") => true,
        Some(_) => return None,
    };
    Some(County { fips, state: letters, name, kind, population, former })
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::{County, Kind, TEXT, all, by_fips, read, read_county};

    const TERRITORIES: [&str; 5] = ["AS", "GU", "MP", "PR", "VI"];

    fn count(kind: Kind) -> usize {
        all().iter().filter(|county| county.kind == kind).count()
    }

    #[test]
    fn every_row_is_read() {
        let rows = TEXT.lines().filter(|line| !line.starts_with('#')).count();
        let states: BTreeSet<&str> = all().iter().map(|county| county.state).collect();
        assert_eq!(states.len(), 50 + 1 + TERRITORIES.len());
        assert_eq!(rows, all().len() + states.len());
    }

    #[test]
    fn all_are_there() {
        let (territories, states): (Vec<&County>, Vec<&County>) =
            all().iter().partition(|county| TERRITORIES.contains(&county.state));
        assert_eq!(states.iter().filter(|county| !county.former).count(), 3_144);
        assert_eq!(states.iter().filter(|county| county.former).count(), 8);
        assert_eq!(territories.len(), 91);

        let mut by_state: BTreeMap<&str, usize> = BTreeMap::new();
        for county in all().iter().filter(|county| !county.former) {
            *by_state.entry(county.state).or_default() += 1;
        }
        let expected = [
            ("AK", 30),
            ("CT", 9),
            ("DC", 1),
            ("LA", 64),
            ("MD", 24),
            ("MN", 87),
            ("MO", 115),
            ("NV", 17),
            ("TX", 254),
            ("VA", 133),
            ("AS", 5),
            ("GU", 1),
            ("MP", 4),
            ("PR", 78),
            ("VI", 3),
        ];
        for (state, number) in expected {
            assert_eq!(by_state.get(state), Some(&number), "{state}");
        }
    }

    #[test]
    fn kinds_add_up() {
        // 2,999 counties today and Connecticut's eight.
        assert_eq!(count(Kind::County), 3_007);
        assert_eq!(count(Kind::Parish), 64);
        assert_eq!(count(Kind::City), 41);
        assert_eq!(
            count(Kind::Borough) + count(Kind::CityAndBorough) + count(Kind::CensusArea) + count(Kind::Municipality),
            30 + 4,
        );
        assert_eq!(count(Kind::PlanningRegion), 9);
        assert_eq!(count(Kind::Municipio), 78);
        assert_eq!(count(Kind::Island) + count(Kind::District), 8);
        assert_eq!(count(Kind::Whole), 2);
    }

    #[test]
    fn fips_codes_are_unique_sorted_and_their_states() {
        assert!(all().windows(2).all(|pair| pair[0].fips < pair[1].fips));
        let mut states: BTreeMap<&str, &str> = BTreeMap::new();
        for county in all() {
            assert!(county.fips.len() == 5 && county.fips.bytes().all(|byte| byte.is_ascii_digit()), "{county}");
            assert_eq!(*states.entry(&county.fips[..2]).or_insert(county.state), county.state, "{county}");
            assert_eq!(by_fips(county.fips), Some(county));
        }
        for (digits, letters) in [("01", "AL"), ("09", "CT"), ("27", "MN"), ("51", "VA"), ("56", "WY"), ("72", "PR")] {
            assert_eq!(states.get(digits), Some(&letters));
        }
        assert_eq!(by_fips("27"), None);
        assert_eq!(by_fips(""), None);
    }

    #[test]
    fn populations_are_the_nations() {
        // The sum of the vintage 2023 estimates is the Census Bureau's figure for the United States.
        assert_eq!(all().iter().filter_map(|county| county.population).map(u64::from).sum::<u64>(), 334_914_895);
        for county in all() {
            let unknown = county.former || TERRITORIES.contains(&county.state);
            assert_eq!(county.population.is_none(), unknown, "{county}");
        }
    }

    #[test]
    fn full_names_have_their_right_word() {
        let expected = [
            ("27067", "Kandiyohi County, MN"),
            ("22071", "Orleans Parish, LA"),
            ("02020", "Anchorage Municipality, AK"),
            ("02110", "Juneau City and Borough, AK"),
            ("02050", "Bethel Census Area, AK"),
            ("24510", "Baltimore city, MD"),
            ("32510", "Carson City, NV"),
            ("51036", "Charles City County, VA"),
            ("09110", "Capitol Planning Region, CT"),
            ("09001", "Fairfield County, CT"),
            ("11001", "District of Columbia, DC"),
            ("35013", "Doña Ana County, NM"),
            ("72127", "San Juan Municipio, PR"),
            ("78010", "St. Croix Island, VI"),
        ];
        for (fips, name) in expected {
            assert_eq!(by_fips(fips).map(ToString::to_string).as_deref(), Some(name));
        }
    }

    #[test]
    fn a_broken_row_is_left_out() {
        let rows =
            ["27067\tKandiyohi\tc\t44000", "55067\tLanglade\tc", "27067\tKandiyohi\tz", "27067", "27067\tA\tc\tx", ""];
        let counties: Vec<_> = rows.iter().filter_map(|row| read_county(row, ("27", "MN"))).collect();
        assert_eq!(counties.len(), 1);
        assert!(read("\n\t\n27\n").is_empty());
    }
}
