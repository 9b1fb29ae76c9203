//! Owns the open list of members of Congress and of their home offices, as published in YAML.

use jiff::civil::Date;
use serde::Deserialize;

use super::{Entry, Found, printed};
use crate::campaign::choices::Role;
use crate::campaign::officials::leaf;
use crate::values::{Phone, Zip};

/// How the source of every row from this list begins.
pub const SOURCE: &str = "Congress legislators data";

/// A member; parties stand in the file too, and are not read.
#[derive(Debug, Deserialize)]
pub struct Member {
    id: Id,
    name: Name,
    terms: Vec<Term>,
}

#[derive(Debug, Deserialize)]
struct Id {
    bioguide: String,
}

#[derive(Debug, Deserialize)]
struct Name {
    first: String,
    last: String,
    official_full: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
struct Term {
    #[serde(rename = "type")]
    house: House,
    end: String,
    state: String,
    district: Option<u32>,
    address: Option<String>,
    phone: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
enum House {
    #[serde(rename = "sen")]
    Senate,
    #[serde(rename = "rep")]
    Representatives,
}

/// The home offices of one member.
#[derive(Debug, Deserialize)]
pub struct HomeOffices {
    id: Id,
    offices: Vec<Office>,
}

#[derive(Debug, Deserialize)]
struct Office {
    address: Option<Loose>,
    suite: Option<Loose>,
    building: Option<Loose>,
    city: String,
    state: String,
    zip: Option<Loose>,
    phone: Option<Loose>,
}

/// Text that the file sometimes leaves without quotes, so that it is read as a number.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Loose {
    Text(String),
    Number(u64),
}

impl Loose {
    fn text(field: Option<&Loose>) -> String {
        match field {
            Some(Loose::Text(text)) => text.trim().to_string(),
            Some(Loose::Number(number)) => number.to_string(),
            None => String::new(),
        }
    }
}

/// What is wanted of the list.
#[derive(Debug)]
pub struct Wanted<'a> {
    /// The state's two letters.
    pub state: &'a str,
    /// House districts; 0 is the state's only one.
    pub districts: &'a [u32],
    /// The county seat, near which a home office is looked for.
    pub seat: Option<&'a str>,
    /// The day the list is from.
    pub day: Date,
    /// Home offices, if letters are to go there.
    pub offices: Option<&'a [HomeOffices]>,
}

/// Reads the list of members.
pub fn members(text: &str) -> Result<Vec<Member>, serde_yaml_ng::Error> {
    serde_yaml_ng::from_str(text)
}

/// Reads the list of home offices.
pub fn offices(text: &str) -> Result<Vec<HomeOffices>, serde_yaml_ng::Error> {
    serde_yaml_ng::from_str(text)
}

/// The House districts of a state, in order.
pub fn districts(members: &[Member], state: &str) -> Vec<u32> {
    let mut found: Vec<u32> = members
        .iter()
        .filter_map(|member| member.terms.last())
        .filter(|term| term.state == state && term.house == House::Representatives)
        .map(|term| term.district.unwrap_or(0))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// A district as it is printed.
pub fn district_name(district: u32) -> String {
    if district == 0 { "At Large".to_string() } else { format!("District {district}") }
}

/// The state's senators and the representatives of the districts.
pub fn entries(members: &[Member], wanted: &Wanted) -> Found {
    let mut found = Found { tag: SOURCE.to_string(), ..Found::default() };
    let source = format!("{SOURCE}, {}", printed(wanted.day));
    let mut senators = 0;
    for district in std::iter::once(None).chain(wanted.districts.iter().copied().map(Some)) {
        for member in members {
            let Some(term) = member.terms.last().filter(|term| term.state == wanted.state) else { continue };
            let here = match district {
                None => term.house == House::Senate,
                Some(district) => term.house == House::Representatives && term.district.unwrap_or(0) == district,
            };
            if !here {
                continue;
            }
            let name = &member.name;
            let full = name.official_full.clone().unwrap_or_else(|| format!("{} {}", name.first, name.last));
            if term.end.parse::<Date>().is_ok_and(|end| end < wanted.day) {
                found.notes.push(format!("left out: {full}, whose term ended on {}", term.end));
                continue;
            }
            senators += usize::from(district.is_none());
            let mut entry = person(term, &full, &name.last);
            if let Some(title) = without_vote(wanted.state).filter(|_| district.is_some()) {
                entry.set("title", title);
                found.notes.push(format!(
                    "{full} is a {}: heard in the House, without a vote on the floor",
                    title.to_lowercase()
                ));
            }
            let home =
                wanted.offices.and_then(|offices| offices.iter().find(|found| found.id.bioguide == member.id.bioguide));
            match wanted.offices {
                Some(_) => found.notes.extend(at_home(&mut entry, home, wanted)),
                None => found.notes.extend(in_washington(&mut entry, term)),
            }
            if let Some(phone) = term.phone.as_deref().filter(|_| entry.get("phone").is_empty())
                && leaf::<Phone>(phone).is_ok()
            {
                entry.set("phone", phone);
            }
            entry.stamp(&source, wanted.day);
            found.entries.push(entry);
        }
    }
    if senators == 0 {
        found.notes.push(format!("the list has no senators for {}", wanted.state));
    }
    found
}

fn person(term: &Term, full: &str, last: &str) -> Entry {
    let (role, title) = match term.house {
        House::Senate => (Role::UsSenator, "Senator"),
        House::Representatives => (Role::UsRepresentative, "Representative"),
    };
    let mut entry = Entry::new(role);
    entry.set("name", full);
    entry.set("last", last);
    entry.set("title", title);
    if term.house == House::Representatives {
        entry.set("district", district_name(term.district.unwrap_or(0)));
    }
    entry.set("term_end", term.end.clone());
    entry
}

/// What a member of the House is called who has no vote there.
fn without_vote(state: &str) -> Option<&'static str> {
    match state {
        "DC" | "AS" | "GU" | "MP" | "VI" => Some("Delegate"),
        "PR" => Some("Resident Commissioner"),
        _ => None,
    }
}

/// Sets the Washington office, or says that the list has none.
fn in_washington(entry: &mut Entry, term: &Term) -> Option<String> {
    let Some((street, zip)) = term.address.as_deref().and_then(washington) else {
        return Some(format!("{}: the list has no Washington office", entry.get("name")));
    };
    let usual = if term.house == House::Senate { "20510" } else { "20515" };
    entry.set("street", street);
    entry.set("city", "Washington");
    entry.set("state", "DC");
    entry.set("zip", if zip.is_empty() { usual } else { zip });
    None
}

/// The street and the ZIP code of `511 Hart Senate Office Building Washington DC 20510`.
fn washington(address: &str) -> Option<(&str, &str)> {
    let at = address.to_lowercase().rfind("washington")?;
    let street = address.get(..at)?.trim_end_matches([' ', ',', ';']);
    let zip = address.rsplit([' ', ',']).next().filter(|zip| matches!(leaf::<Zip>(zip), Ok(Some(_))));
    (!street.is_empty()).then_some((street, zip.unwrap_or_default()))
}

/// Sets the home office nearest by name, and says which was taken and which there are.
fn at_home(entry: &mut Entry, home: Option<&HomeOffices>, wanted: &Wanted) -> Option<String> {
    let name = entry.get("name").to_string();
    let usable: Vec<&Office> = home
        .into_iter()
        .flat_map(|home| &home.offices)
        .filter(|office| office.state == wanted.state && !Loose::text(office.address.as_ref()).is_empty())
        .collect();
    let at_seat = wanted.seat.and_then(|seat| usable.iter().find(|office| office.city.eq_ignore_ascii_case(seat)));
    let Some(office) = at_seat.or(usable.first()) else {
        return Some(format!("{name}: the list of offices has none in {} with an address", wanted.state));
    };
    let suite = Loose::text(office.suite.as_ref());
    let suite =
        if suite.chars().all(|c| c.is_ascii_digit()) && !suite.is_empty() { format!("Suite {suite}") } else { suite };
    let unit = [suite, Loose::text(office.building.as_ref())].into_iter().filter(|part| !part.is_empty());
    entry.set("street", Loose::text(office.address.as_ref()));
    entry.set("unit", unit.collect::<Vec<_>>().join(", "));
    entry.set("city", office.city.clone());
    entry.set("state", office.state.clone());
    for (column, text) in [("zip", Loose::text(office.zip.as_ref())), ("phone", Loose::text(office.phone.as_ref()))] {
        if crate::campaign::officials::problem_in(column, &text).is_none() {
            entry.set(column, text);
        }
    }
    let others: Vec<&str> =
        usable.iter().filter(|other| !std::ptr::eq(**other, *office)).map(|other| other.city.as_str()).collect();
    let why = if at_seat.is_some() { "in the county seat" } else { "the first in the state" };
    let rest = if others.is_empty() { String::new() } else { format!("; others: {}", others.join(", ")) };
    Some(format!("{name}: the office in {}, {why}{rest}", office.city))
}

#[cfg(test)]
mod tests {
    use super::washington;

    #[test]
    fn washington_addresses_are_parted() {
        let good = [
            ("511 Hart Senate Office Building Washington DC 20510", ("511 Hart Senate Office Building", "20510")),
            (
                "2229 Rayburn House Office Building, Washington, DC 20515-2307",
                ("2229 Rayburn House Office Building", "20515-2307"),
            ),
            ("1 Washington Court Washington DC", ("1 Washington Court", "")),
        ];
        for (text, parts) in good {
            assert_eq!(washington(text), Some(parts), "{text}");
        }
        assert_eq!(washington("10 Main St Willmar MN 56201"), None);
    }
}
