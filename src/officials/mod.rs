//! Owns lists of officials that others keep: what each says of a person, and how that comes into a campaign's own table.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::campaign::choices::Role;
use crate::diagnostic::Diagnostics;

pub mod congress;
pub mod legislators;
pub mod mapping;
pub mod merge;
pub mod own;
pub mod sheet;

/// A person as a list states it, by the columns of `officials.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The office.
    pub role: Role,
    /// What else is known, by column; nothing empty.
    pub cells: BTreeMap<&'static str, String>,
}

impl Entry {
    /// An entry of which only the office is known.
    pub fn new(role: Role) -> Entry {
        let mut entry = Entry { role, cells: BTreeMap::new() };
        entry.set("role", role.word());
        entry
    }

    /// Sets a cell, unless there is nothing to set.
    pub fn set(&mut self, column: &'static str, text: impl Into<String>) {
        let text = text.into();
        if !text.trim().is_empty() {
            self.cells.insert(column, text.trim().to_string());
        }
    }

    /// A cell; empty if nothing is known.
    pub fn get(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    /// Notes where it comes from and of what day it is.
    pub fn stamp(&mut self, source: &str, day: Date) {
        self.set("source", source);
        self.set("as_of", day.to_string());
        self.set("confirmed", day.to_string());
    }
}

/// What a list gives for a campaign.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// The people.
    pub entries: Vec<Entry>,
    /// How the sources of rows begin that this importer wrote before.
    pub tag: String,
    /// What a person should know of them.
    pub notes: Vec<String>,
    /// What is wrong with single values of theirs, which are left out.
    pub problems: Diagnostics,
}

/// The day in a file's name, if it has one: `legislators-2026-06-15.yaml`, `list_20260615.csv`.
pub fn day_in(name: &str) -> Option<Date> {
    let digits: Vec<&str> = name.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let day = |year: &str, month: &str, day: &str| {
        let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
        (2000..2100).contains(&date.year()).then_some(date)
    };
    let apart = digits.windows(3).find_map(|parts| match parts {
        [year, month, rest] if (year.len(), month.len(), rest.len()) == (4, 2, 2) => day(year, month, rest),
        _ => None,
    });
    apart.or_else(|| {
        digits.iter().filter(|part| part.len() == 8).find_map(|part| day(&part[..4], &part[4..6], &part[6..]))
    })
}

/// The day as a source prints it: June 15, 2026.
pub fn printed(day: Date) -> String {
    day.strftime("%B %-d, %Y").to_string()
}

/// A district without the words around it, to compare: `District 7`, `7th` and `07` are the same.
pub fn district_key(text: &str) -> String {
    let lower = text.to_lowercase().replace(['-', '.', ','], " ");
    let words = lower.split_whitespace().filter(|word| {
        !matches!(
            *word,
            "district" | "dist" | "congressional" | "legislative" | "house" | "senate" | "assembly" | "cd" | "no"
        )
    });
    let bare: Vec<String> = words
        .map(|word| {
            let digits = word.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']);
            let number = digits.parse::<u32>().ok().filter(|_| !digits.is_empty());
            number.map_or_else(|| word.to_string(), |number| number.to_string())
        })
        .collect();
    match bare.join(" ").as_str() {
        "at large" | "al" | "0" => "at large".to_string(),
        other => other.to_string(),
    }
}

/// Whether two names are most likely one person's: the same family name, and first names that agree as far as they go.
pub fn same_person(one: &str, other: &str) -> bool {
    let parts = |name: &str| -> Vec<String> {
        let plain: String =
            crate::ice::fold(name).chars().map(unaccented).filter(|c| !matches!(c, '.' | ',' | '"')).collect();
        let words = plain.split_whitespace().map(str::to_string);
        words.filter(|word| !matches!(word.as_str(), "jr" | "sr" | "ii" | "iii" | "iv")).collect()
    };
    let (one, other) = (parts(one), parts(other));
    let (Some(first), Some(second)) = (one.first(), other.first()) else { return false };
    one == other
        || (one.last() == other.last()
            && one.len().min(other.len()) > 1
            && (first.starts_with(second.as_str()) || second.starts_with(first.as_str())))
}

/// A letter without the accents that lists write or leave out.
fn unaccented(letter: char) -> char {
    match letter {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{day_in, district_key, same_person};

    #[test]
    fn days_districts_and_names_are_told_apart() {
        assert_eq!(day_in("legislators-2026-06-15.yaml"), Some(date(2026, 6, 15)));
        assert_eq!(day_in("list20260615.csv"), Some(date(2026, 6, 15)));
        assert_eq!(day_in("members-119.yaml"), None);
        for text in ["District 7", "7", "07", "7th District", "Congressional District 7", "CD 7"] {
            assert_eq!(district_key(text), "7", "{text}");
        }
        assert_eq!(district_key("First Essex"), "first essex");
        assert_eq!(district_key("At-Large"), district_key("AL"));
        assert!(same_person("Ana Ruiz", "Ana M. Ruiz") && same_person("José Peña Jr.", "Jose Pena"));
        assert!(!same_person("Ana Ruiz", "Luis Ruiz") && !same_person("Ana Ruiz", "Ana Moua"));
    }
}
