//! Owns ICE's lists at hand: the agencies of a place on them, and what they say of each.

use std::path::PathBuf;

use jiff::civil::Date;

use crate::counties::{self, County, Found};
use crate::ice::{
    AgencyRecord, AgencyType, Agreement, CountyCell, ListKind, Note, ReadError, city_of, fold, gather, skeleton,
};

/// One of ICE's lists, read.
#[derive(Debug, Clone)]
pub struct List {
    /// Which it is, by its content.
    pub kind: ListKind,
    /// The file's name.
    pub name: String,
    /// Its day, where it is known.
    pub day: Option<Date>,
    agencies: Vec<AgencyRecord>,
    notes: Vec<Note>,
}

/// The lists at hand.
#[derive(Debug, Clone, Default)]
pub struct Lists(pub Vec<List>);

/// An agency on the lists.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// What its first list says of it.
    pub record: AgencyRecord,
    /// Its agreements, each with the list it stands on and that list's day.
    pub held: Vec<(ListKind, Option<Date>, Agreement)>,
    /// Whether the list says that it is in the county that was asked for; else its name alone speaks for it.
    pub sure: bool,
    /// What the lists leave for a person.
    pub open: Vec<String>,
}

impl Lists {
    /// Reads the files; `as_of` is the day of those whose names do not say one.
    pub fn read(paths: &[PathBuf], as_of: Option<Date>) -> Result<Lists, ReadError> {
        let lists = paths.iter().map(|path| {
            let read = gather(path, as_of)?;
            Ok(List {
                kind: read.listing.kind,
                name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
                day: read.listing.as_of.and_then(|guess| guess.day),
                agencies: read.agencies,
                notes: read.notes,
            })
        });
        Ok(Lists(lists.collect::<Result<_, _>>()?))
    }

    /// The list of signed agreements, whose silence means that there is none.
    pub fn participating(&self) -> Option<&List> {
        self.0.iter().find(|list| list.kind == ListKind::Participating)
    }

    /// The agencies of a county, those that the list is sure of first, its sheriff before others.
    pub fn in_county(&self, county: &County) -> Vec<Listed> {
        let bare = fold(county.name);
        let mut found = self.gather(county.state, |record| match &record.county {
            CountyCell::Named(name) => same_county(county, name).then_some(true),
            CountyCell::Unsettled { candidates, .. } => {
                candidates.iter().any(|name| same_county(county, name)).then_some(false)
            }
            CountyCell::Missing => fold(&record.name).contains(&bare).then_some(false),
        });
        found.retain(|listed| listed.record.kind != Some(AgencyType::State));
        found.sort_by_key(|listed| (!listed.sure, !is_sheriff(&listed.record.name), listed.record.name.clone()));
        found
    }

    /// The agencies of a city, by their names.
    pub fn in_city(&self, state: &str, city: &str) -> Vec<Listed> {
        let city = fold(city);
        self.gather(state, |record| {
            let own = city_of(&record.name).is_some_and(|name| fold(&name) == city);
            let part = record.kind == Some(AgencyType::Municipality) && fold(&record.name).contains(&city);
            (own || part).then_some(own)
        })
    }

    /// The agency of exactly this name.
    pub fn named(&self, state: &str, name: &str) -> Option<Listed> {
        let name = fold(name);
        self.gather(state, |record| (fold(&record.name) == name).then_some(true)).into_iter().next()
    }

    /// Agencies whose names may be this one written otherwise, unless the list has them in another county.
    pub fn alike(&self, state: &str, name: &str, county: Option<&County>) -> Vec<Listed> {
        let asked = skeleton(name);
        self.gather(state, |record| {
            let elsewhere = match (&record.county, county) {
                (CountyCell::Named(named), Some(county)) => !same_county(county, named),
                _ => false,
            };
            let near = strsim::osa_distance(&skeleton(&record.name), &asked) <= 1;
            (near && !elsewhere).then_some(false)
        })
    }

    /// The agencies of a state that pass, each once, whichever lists it stands on.
    fn gather(&self, state: &str, pass: impl Fn(&AgencyRecord) -> Option<bool>) -> Vec<Listed> {
        let mut found: Vec<Listed> = Vec::new();
        for list in &self.0 {
            for record in list.agencies.iter().filter(|record| record.state == state) {
                let Some(sure) = pass(record) else { continue };
                let held = record.agreements.iter().map(|agreement| (list.kind, list.day, agreement.clone()));
                let open = open_notes(list, record);
                match found.iter_mut().find(|listed| fold(&listed.record.name) == fold(&record.name)) {
                    Some(listed) => {
                        // What is signed is no longer pending.
                        let known: Vec<_> = listed.held.iter().map(|(_, _, agreement)| agreement.model).collect();
                        listed.held.extend(held.filter(|(_, _, agreement)| !known.contains(&agreement.model)));
                        listed.open.extend(open);
                        listed.sure |= sure;
                    }
                    None => found.push(Listed { record: record.clone(), held: held.collect(), sure, open }),
                }
            }
        }
        found
    }
}

/// What a list's reader could not settle in an agency's rows.
fn open_notes(list: &List, record: &AgencyRecord) -> Vec<String> {
    let rows: Vec<u32> = record.agreements.iter().map(|agreement| agreement.row).collect();
    let open = list.notes.iter().filter(|note| note.took.is_none() && rows.contains(&note.row));
    open.map(|note| format!("row {} of {}, {}: `{}`, {}", note.row, list.name, note.column, note.found, note.why))
        .collect()
}

fn same_county(county: &County, name: &str) -> bool {
    matches!(counties::find(Some(county.state), name), Found::One(found) if found.fips == county.fips)
}

/// Whether an agency is a sheriff's office, by its name.
pub fn is_sheriff(name: &str) -> bool {
    fold(name).contains("sheriff")
}
