//! Owns gathering rows into agencies: one agency with all its agreements, duplicates dropped, look-alikes reported.

use super::clean::{fold, model_title, slips};
use super::{AgencyType, CountyCell, DateCell, Model, Note, Row};
use serde::Serialize;
use std::collections::BTreeMap;

/// One agency with all its agreements on a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AgencyRecord {
    /// The state's or territory's postal code.
    pub state: &'static str,
    /// The agency's name as its first row spells it.
    pub name: String,
    /// The level of government, where its rows say it.
    pub kind: Option<AgencyType>,
    /// The county on which its rows agree; `Unsettled` where they do not.
    pub county: CountyCell,
    /// Its agreements in the list's order.
    pub agreements: Vec<Agreement>,
}

/// One agreement of an agency.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Agreement {
    /// The model.
    pub model: Model,
    /// The day of signature.
    pub signed: DateCell,
    /// The row as the spreadsheet numbers it.
    pub row: u32,
    /// Address of the memorandum of agreement.
    pub moa: Option<String>,
    /// Address of the addendum.
    pub addendum: Option<String>,
}

/// Gathers rows by state and agency's name, whatever its case and style of apostrophe; agencies come in the list's order.
///
/// A row that says again what an earlier one says is dropped with a note. The same model on another day, and names that look alike,
/// are noted and kept apart.
pub fn by_agency(rows: &[Row]) -> (Vec<AgencyRecord>, Vec<Note>) {
    let mut places: BTreeMap<(&'static str, String), usize> = BTreeMap::new();
    let mut records: Vec<AgencyRecord> = Vec::new();
    let mut counties: Vec<Vec<&Row>> = Vec::new();
    let mut notes = Vec::new();
    for row in rows {
        let place = *places.entry((row.state, fold(&row.agency))).or_insert(records.len());
        match records.get_mut(place) {
            None => {
                records.push(AgencyRecord {
                    state: row.state,
                    name: row.agency.clone(),
                    kind: row.kind,
                    county: row.county.clone(),
                    agreements: vec![agreement(row)],
                });
                counties.push(vec![row]);
            }
            Some(record) => {
                notes.extend(join(record, row));
                if let Some(rows) = counties.get_mut(place) {
                    rows.push(row);
                }
            }
        }
    }
    for (record, rows) in records.iter_mut().zip(&counties) {
        let (county, note) = county(rows);
        record.county = county;
        notes.extend(note);
    }
    notes.extend(look_alikes(&records, rows));
    (records, notes)
}

fn agreement(row: &Row) -> Agreement {
    let Row { model, signed, number, moa, addendum, .. } = row.clone();
    Agreement { model, signed, row: number, moa, addendum }
}

fn note(row: &Row, column: &str, found: String, took: Option<String>, why: &str) -> Note {
    Note { sheet: row.sheet.clone(), row: row.number, column: column.to_string(), found, took, why: why.to_string() }
}

/// Adds a further row to its agency, and says what was found odd in doing so.
fn join(record: &mut AgencyRecord, row: &Row) -> Vec<Note> {
    let mut notes = Vec::new();
    if record.name != row.agency {
        let took = Some(record.name.clone());
        notes.push(note(row, "LAW ENFORCEMENT AGENCY", row.agency.clone(), took, "the agency is spelt in two ways"));
    }
    match (record.kind, row.kind) {
        (Some(known), Some(found)) if known != found => {
            notes.push(note(row, "TYPE", format!("{found:?}"), None, "the agency has another type in an earlier row"));
        }
        (None, found) => record.kind = found,
        _ => {}
    }
    let same_model = record.agreements.iter_mut().find(|held| held.model == row.model);
    let Some(held) = same_model else {
        record.agreements.push(agreement(row));
        return notes;
    };
    let found = format!("{}, {}", row.agency, model_title(row.model));
    let agree = |one: &Option<String>, other: &Option<String>| one.is_none() || other.is_none() || one == other;
    if held.signed == row.signed && agree(&held.moa, &row.moa) && agree(&held.addendum, &row.addendum) {
        held.moa = held.moa.take().or_else(|| row.moa.clone());
        held.addendum = held.addendum.take().or_else(|| row.addendum.clone());
        let took = Some(format!("row {}", held.row));
        notes.push(note(row, "row", found, took, "the row says again what an earlier one says and is dropped"));
    } else {
        let why = "an earlier row gives the agency this model with another day or link; both are kept";
        notes.push(note(row, "row", format!("{found} (also row {})", held.row), None, why));
        record.agreements.push(agreement(row));
    }
    notes
}

/// The county on which an agency's rows agree. Rows that give none do not disagree; an open one is settled by a sibling among its candidates.
fn county(rows: &[&Row]) -> (CountyCell, Option<Note>) {
    let Some(first) = rows.first() else { return (CountyCell::Missing, None) };
    let mut named: Vec<&String> = Vec::new();
    let mut open: Option<(&Row, &String, &Vec<String>)> = None;
    for row in rows {
        match &row.county {
            CountyCell::Named(name) if !named.contains(&name) => named.push(name),
            CountyCell::Unsettled { found, candidates } => open = Some((*row, found, candidates)),
            CountyCell::Named(_) | CountyCell::Missing => {}
        }
    }
    let why = "the agency's rows name different counties";
    match (named.as_slice(), open) {
        ([], None) => (CountyCell::Missing, None),
        ([], Some((_, found, candidates))) => {
            (CountyCell::Unsettled { found: found.clone(), candidates: candidates.clone() }, None)
        }
        ([name], None) => (CountyCell::Named((*name).clone()), None),
        ([name], Some((row, found, candidates))) if candidates.contains(name) => {
            let took = Some((*name).clone());
            let why = "another row of the agency names one of the candidates";
            (CountyCell::Named((*name).clone()), Some(note(row, "COUNTY", found.clone(), took, why)))
        }
        (names, open) => {
            let mut candidates: Vec<String> = names.iter().map(|name| (*name).clone()).collect();
            for candidate in open.iter().flat_map(|(_, _, candidates)| candidates.iter()) {
                if !candidates.contains(candidate) {
                    candidates.push(candidate.clone());
                }
            }
            let mut written: Vec<&str> = names.iter().map(|name| name.as_str()).collect();
            written.extend(open.iter().map(|(_, found, _)| found.as_str()));
            let found = written.join(" / ");
            (CountyCell::Unsettled { found: found.clone(), candidates }, Some(note(first, "COUNTY", found, None, why)))
        }
    }
}

/// What is compared of an agency: its skeleton, its numbers, itself.
type Face<'a> = (String, Vec<&'a str>, &'a AgencyRecord);

/// Pairs of agencies of one state whose names differ by one slip or only in small words, unless their counties or numbers tell them apart.
fn look_alikes(records: &[AgencyRecord], rows: &[Row]) -> Vec<Note> {
    let mut states: BTreeMap<&str, Vec<Face<'_>>> = BTreeMap::new();
    for record in records {
        states.entry(record.state).or_default().push((skeleton(&record.name), numbers(&record.name), record));
    }
    let mut notes = Vec::new();
    for agencies in states.values() {
        for (at, (name, numbers, record)) in agencies.iter().enumerate() {
            for (other_name, other_numbers, other) in &agencies[at + 1..] {
                let apart = match (&record.county, &other.county) {
                    (CountyCell::Named(one), CountyCell::Named(another)) => one != another,
                    _ => false,
                };
                if apart || numbers != other_numbers || slips(name, other_name) > 1 {
                    continue;
                }
                let Some(held) = other.agreements.first() else { continue };
                let first = record.agreements.first().map_or(0, |agreement| agreement.row);
                let sheet =
                    rows.iter().find(|row| row.number == held.row).map(|row| row.sheet.clone()).unwrap_or_default();
                notes.push(Note {
                    sheet,
                    row: held.row,
                    column: "LAW ENFORCEMENT AGENCY".to_string(),
                    found: format!("{}; row {first}: {}", other.name, record.name),
                    took: None,
                    why: "two agencies look alike and are kept apart".to_string(),
                });
            }
        }
    }
    notes
}

/// The letters that tell agencies apart: without small words, possessives and the many ways to say department and office.
pub(crate) fn skeleton(name: &str) -> String {
    let name = fold(name).replace("’s", "").replace('’', "").replace('&', " and ");
    let words = name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let words =
        words.filter(|word| !matches!(*word, "the" | "of" | "and" | "office" | "department" | "dept" | "county"));
    words
        .map(|word| match word {
            "saint" => "st",
            "sheriffs" => "sheriff",
            "constables" => "constable",
            "marshals" => "marshal",
            "twp" => "township",
            "pct" => "precinct",
            "pd" => "police",
            other => other,
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// The numbers in a name, which tell one precinct's constable from another's.
pub(crate) fn numbers(name: &str) -> Vec<&str> {
    let words = name.split(|letter: char| !letter.is_ascii_digit());
    words.filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
#[path = "agency_tests.rs"]
mod tests;
