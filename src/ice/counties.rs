//! Owns holding the list's counties against a table of the real ones.

use super::clean::{slips, tidy};
use super::{CountyCell, Listing, Note};
use std::collections::BTreeMap;

/// Settles every row's county against the full names (`Adams County`, `Acadia Parish`) that `known` gives for a state's postal code.
///
/// A name is corrected, with a note, only where one county fits: its word is missing or wrong, the agency's own name confirms it,
/// or a long name is one slip away from a single county. Everything else becomes `Unsettled`, with candidates.
pub fn check_counties<'a>(listing: &mut Listing, known: impl Fn(&'static str) -> Vec<&'a str>) {
    let mut tables: BTreeMap<&'static str, Vec<Known>> = BTreeMap::new();
    for row in &mut listing.rows {
        let table = tables.entry(row.state).or_insert_with(|| {
            known(row.state).into_iter().map(|name| Known { name: name.to_string(), parts: parts(name) }).collect()
        });
        let found = match &row.county {
            CountyCell::Named(found) => found.clone(),
            CountyCell::Missing => String::new(),
            CountyCell::Unsettled { .. } => continue,
        };
        let (county, took, why) = match settle(&found, &row.agency, table) {
            Settled::Plain => continue,
            Settled::Took(name, why) => (CountyCell::Named(name.clone()), Some(name), why),
            Settled::Open(candidates, why) => (CountyCell::Unsettled { found: found.clone(), candidates }, None, why),
        };
        row.county = county;
        let (sheet, number) = (row.sheet.clone(), row.number);
        listing.notes.push(Note {
            sheet,
            row: number,
            column: "COUNTY".to_string(),
            found,
            took,
            why: why.to_string(),
        });
    }
}

struct Known {
    name: String,
    parts: Parts,
}

/// A county's name in the form in which it is compared: its own part and its word.
#[derive(Debug, PartialEq)]
struct Parts {
    base: String,
    word: String,
}

enum Settled {
    Plain,
    Took(String, &'static str),
    Open(Vec<String>, &'static str),
}

const FROM_NAME: &str = "the county stands in the agency's name";
const SPELT: &str = "the county is written otherwise in the table of counties";
const MISSPELT: &str = "the county is misspelt and one fits";
const SEVERAL: &str = "several counties or cities have this name";
const CONTRADICTED: &str = "the agency's name says another county";
const UNKNOWN: &str = "the state has no such county";

fn settle(found: &str, agency: &str, table: &[Known]) -> Settled {
    let own = in_name(agency, table);
    if found.is_empty() {
        return match own {
            Some(own) => Settled::Took(own.name.clone(), FROM_NAME),
            None => Settled::Plain,
        };
    }
    let sought = parts(found);
    let same: Vec<&Known> = table.iter().filter(|known| known.parts.base == sought.base).collect();
    let exact = same.iter().find(|known| known.parts.word == sought.word);
    let fits = match (exact, same.as_slice()) {
        (Some(known), _) => Some(*known),
        (None, [known]) => Some(*known),
        (None, []) => None,
        (None, _) => match own.filter(|own| same.iter().any(|known| known.name == own.name)) {
            Some(own) => return Settled::Took(own.name.clone(), FROM_NAME),
            None => return Settled::Open(same.iter().map(|known| known.name.clone()).collect(), SEVERAL),
        },
    };
    if let Some(known) = fits {
        return match own {
            Some(own) if own.name != known.name => {
                Settled::Open(vec![known.name.clone(), own.name.clone()], CONTRADICTED)
            }
            _ if known.name == found => Settled::Plain,
            _ => Settled::Took(known.name.clone(), SPELT),
        };
    }
    let away = |known: &Known| slips(&known.parts.base, &sought.base);
    if let Some(own) = own {
        return if away(own) <= 2 {
            Settled::Took(own.name.clone(), MISSPELT)
        } else {
            Settled::Open(vec![own.name.clone()], UNKNOWN)
        };
    }
    let most = if sought.base.len() >= 6 { 2 } else { 1 };
    let mut near: Vec<(usize, &Known)> =
        table.iter().map(|known| (away(known), known)).filter(|(slips, _)| *slips <= most).collect();
    near.sort_by_key(|(slips, _)| *slips);
    let closest: Vec<&Known> = near.iter().filter(|(slips, _)| *slips == 1).map(|(_, known)| *known).collect();
    // Short names are all near each other (North and Worth, Fall and Hall), and people seldom miss the first letter.
    if let [known] = closest.as_slice()
        && sought.base.len() >= 6
        && known.parts.base.chars().next() == sought.base.chars().next()
    {
        return Settled::Took(known.name.clone(), MISSPELT);
    }
    let mut candidates: Vec<String> = near.iter().map(|(_, known)| known.name.clone()).take(4).collect();
    if candidates.is_empty() {
        let within = |known: &&Known| sought.base.split(' ').any(|word| word == known.parts.base);
        candidates = table.iter().filter(within).map(|known| known.name.clone()).collect();
    }
    if let ([only], true) = (table, candidates.is_empty()) {
        candidates = vec![only.name.clone()];
    }
    Settled::Open(candidates, UNKNOWN)
}

/// The county whose full name opens the agency's name; the longest where several do.
fn in_name<'a>(agency: &str, table: &'a [Known]) -> Option<&'a Known> {
    let agency = plain(agency);
    table
        .iter()
        .filter(|known| {
            let name = format!("{} {}", known.parts.base, known.parts.word);
            agency.strip_prefix(name.trim_end()).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        })
        .max_by_key(|known| known.parts.base.len())
}

/// Lower case, without accents and points, `saint` as `st`.
fn plain(text: &str) -> String {
    let text: String = tidy(text)
        .to_lowercase()
        .chars()
        .filter(|letter| !matches!(letter, '.' | ',' | '\'' | '’'))
        .map(|letter| match letter {
            'á' | 'à' | 'â' => 'a',
            'é' | 'è' | 'ê' => 'e',
            'í' => 'i',
            'ó' => 'o',
            'ú' | 'ü' => 'u',
            'ñ' => 'n',
            '-' | '–' => ' ',
            other => other,
        })
        .collect();
    let words = text.split_whitespace().map(|word| match word {
        "saint" => "st",
        "sainte" => "ste",
        other => other,
    });
    words.collect::<Vec<_>>().join(" ")
}

fn parts(name: &str) -> Parts {
    let name = plain(name);
    for word in [
        "census area",
        "planning region",
        "city and borough",
        "county",
        "parish",
        "borough",
        "municipality",
        "municipio",
        "city",
        "island",
        "district",
    ] {
        if let Some(base) = name.strip_suffix(word).and_then(|rest| rest.strip_suffix(' ')) {
            return Parts { base: base.to_string(), word: word.to_string() };
        }
    }
    if let Some((base, last)) = name.rsplit_once(' ')
        && last.starts_with("co")
        && slips(last, "county") <= 2
    {
        return Parts { base: base.to_string(), word: "county".to_string() };
    }
    Parts { base: name, word: String::new() }
}

#[cfg(test)]
mod tests {
    use super::{Known, Settled, parts, settle};

    fn tried(found: &str, agency: &str, table: &[&str]) -> Result<String, Vec<String>> {
        let table: Vec<Known> = table.iter().map(|name| Known { name: name.to_string(), parts: parts(name) }).collect();
        match settle(found, agency, &table) {
            Settled::Plain => Ok(found.to_string()),
            Settled::Took(name, _) => Ok(format!("took {name}")),
            Settled::Open(candidates, _) => Err(candidates),
        }
    }

    fn took(name: &str) -> Result<String, Vec<String>> {
        Ok(format!("took {name}"))
    }

    #[test]
    fn words_and_slips_are_corrected_where_one_county_fits() {
        assert_eq!(tried("Lake County", "Lake City Police", &["Lake County"]), Ok("Lake County".to_string()));
        assert_eq!(tried("Lake Conty", "Howey Police", &["Lake County", "Lee County"]), took("Lake County"));
        assert_eq!(tried("Decatur", "A", &["Decatur County"]), took("Decatur County"));
        assert_eq!(tried("Saint Landry County", "A", &["St. Landry Parish"]), took("St. Landry Parish"));
        assert_eq!(tried("St. Luice County", "A", &["St. Lucie County"]), took("St. Lucie County"));
        assert_eq!(tried("Dekalb County", "A", &["DeKalb County"]), took("DeKalb County"));
        assert_eq!(
            tried("Pop County", "Pope County Sheriff’s Office", &["Pope County", "Polk County"]),
            took("Pope County")
        );
        assert_eq!(tried("", "Bradley County Sheriff’s Office", &["Bradley County"]), took("Bradley County"));
        let richmond = tried("Richmond", "Richmond City Sheriff’s Office", &["Richmond County", "Richmond city"]);
        assert_eq!(richmond, took("Richmond city"));
        assert_eq!(tried("", "Level Plains Police Department", &["Dale County"]), Ok(String::new()));
    }

    #[test]
    fn what_is_uncertain_is_left_with_candidates() {
        let list = |names: &[&str]| Err(names.iter().map(|name| name.to_string()).collect::<Vec<_>>());
        assert_eq!(
            tried("Richmond", "A", &["Richmond County", "Richmond city"]),
            list(&["Richmond County", "Richmond city"])
        );
        assert_eq!(tried("North County", "A", &["Worth County", "Scott County"]), list(&["Worth County"]));
        assert_eq!(tried("Fall County", "A", &["Falls County", "Hall County"]), list(&["Falls County", "Hall County"]));
        assert_eq!(tried("Sparta-White County", "A", &["White County"]), list(&["White County"]));
        let chalmette =
            tried("Chalmette Parish", "St. Bernard Parish Sheriff’s Office", &["St. Bernard Parish", "Caddo Parish"]);
        assert_eq!(chalmette, list(&["St. Bernard Parish"]));
        let moved = tried("Bell County", "Bee County Sheriff’s Office", &["Bee County", "Bell County"]);
        assert_eq!(moved, list(&["Bell County", "Bee County"]));
        assert_eq!(
            tried("Washington County", "West Virginia State Police", &["Wood County", "Wayne County"]),
            list(&[])
        );
    }
}
