//! Owns reading a list all the way: its rows, their counties held against the table, and its agencies.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::{AgencyRecord, Listing, Note, ReadError, by_agency, check_counties, read_as_of};
use crate::counties;

/// A list with its agencies.
#[derive(Debug, Clone, PartialEq)]
pub struct Gathered {
    /// The file.
    pub path: PathBuf,
    /// The list as read, its counties settled where they can be.
    pub listing: Listing,
    /// Its agencies.
    pub agencies: Vec<AgencyRecord>,
    /// Everything that was corrected or is left for a person, in reading and in gathering.
    pub notes: Vec<Note>,
}

/// Reads a list with its agencies; `as_of` is the day a person gives it.
pub fn gather(path: &Path, as_of: Option<Date>) -> Result<Gathered, ReadError> {
    let mut listing = read_as_of(path, as_of)?;
    let mut names: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for county in counties::all().iter().filter(|county| !county.former) {
        names.entry(county.state).or_default().push(county.full_name());
    }
    check_counties(&mut listing, |code| names.get(code).into_iter().flatten().map(String::as_str).collect());
    let (agencies, notes) = by_agency(&listing.rows);
    let notes = listing.notes.iter().cloned().chain(notes).collect();
    Ok(Gathered { path: path.to_path_buf(), listing, agencies, notes })
}

/// Files in a folder that by their names are ICE's lists, the newest first.
pub fn beside(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
            let kind = ["participatingagencies", "pendingagencies"].iter().any(|word| name.contains(word));
            kind && [".xlsx", ".xls", ".csv"].iter().any(|ending| name.ends_with(ending)) && path.is_file()
        })
        .collect();
    found.sort_by_key(|path| std::cmp::Reverse(by_day(path)));
    found
}

/// A file's name with its day put so that later ones sort later: ICE writes the month, the day, the year.
fn by_day(path: &Path) -> (String, PathBuf) {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let digits: String = name.chars().filter(char::is_ascii_digit).take(8).collect();
    let day = match (digits.get(..4), digits.get(4..8)) {
        (Some(day), Some(year)) => format!("{year}{day}"),
        _ => String::new(),
    };
    (day, path.to_path_buf())
}
