//! Owns an agreement as a campaign holds it: what the comparison needs of it, and whose word it is.

use std::ops::Range;

use jiff::civil::Date;

use super::edit::Entry;
use crate::campaign::Agreement;
use crate::campaign::choices::{Model, Status};
use crate::values::{self, AsOf};

/// One agreement of a campaign.
#[derive(Debug, Clone)]
pub struct Held<'a> {
    /// Its place among the campaign's agreements.
    pub at: usize,
    /// What it says.
    pub says: &'a Agreement,
    /// Where it stands.
    pub entry: &'a Entry,
    /// Whether it stands on ICE's word: its source is one of ICE's lists, or it has none.
    pub ices: bool,
    /// When it was so.
    pub as_of: Option<AsOf>,
}

impl<'a> Held<'a> {
    /// Puts together what was loaded and where it stands.
    pub fn new(at: usize, says: &'a Agreement, entry: &'a Entry) -> Held<'a> {
        let as_of = entry.value("as_of").and_then(|text| values::read::<AsOf>(text).ok().flatten());
        Held { at, says, entry, ices: entry.value("source").is_none_or(is_ices_list), as_of }
    }

    /// What it is called in a finding: its model, or that there is none.
    pub fn about(&self) -> String {
        match (self.says.model, self.says.status) {
            (Some(model), _) => model.word().to_string(),
            (None, status) => format!("status {}", status.word()),
        }
    }

    /// Whether it is of this model and status.
    pub fn is(&self, model: &str, status: Status) -> bool {
        self.says.status == status && self.says.model.map(Model::word) == Some(model)
    }

    /// Whether a list of this day is older than what it says. A month counts as its first day.
    pub fn is_after(&self, day: Date) -> bool {
        self.as_of.is_some_and(|as_of| as_of.date > day)
    }

    /// Whether a list of this day is newer than what it says. A month counts as its last day.
    pub fn is_before(&self, day: Date) -> bool {
        self.as_of
            .is_none_or(|as_of| if as_of.month_only { as_of.date.last_of_month() < day } else { as_of.date < day })
    }

    /// The day it has, as it is written.
    pub fn as_of_words(&self) -> String {
        self.entry.value("as_of").unwrap_or("no day").to_string()
    }

    /// Where the reader should look: the value of this key, or the agreement's heading.
    pub fn spot(&self, key: &str) -> Range<usize> {
        self.entry.value_span(key).unwrap_or_else(|| self.entry.span.clone())
    }
}

/// Whether a source names one of ICE's lists itself, and not someone who cites it.
fn is_ices_list(source: &str) -> bool {
    let source = source.to_lowercase();
    let words: Vec<&str> = source.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let rest = match words.as_slice() {
        ["the", rest @ ..] => rest,
        all => all,
    };
    let rest = match rest {
        ["u", "s", rest @ ..] | ["united", "states", rest @ ..] | ["us", rest @ ..] => rest,
        all => all,
    };
    let named = matches!(rest, ["ice", ..] | ["immigration", "and", "customs", "enforcement", ..]);
    named && rest.iter().any(|word| matches!(*word, "list" | "lists" | "participating" | "pending" | "spreadsheet"))
}

#[cfg(test)]
mod tests {
    use super::is_ices_list;

    #[test]
    fn only_ices_own_list_is_ices_word() {
        for source in [
            "U.S. Immigration and Customs Enforcement, list of participating agencies",
            "ICE, list of participating agencies",
            "ICE's list of pending agencies, May 2026",
            "US ICE participating agencies spreadsheet",
        ] {
            assert!(is_ices_list(source), "{source}");
        }
        for source in [
            "Star Tribune, citing ICE's list",
            "asked the sheriff",
            "ICE press release, May 3, 2026",
            "Price list of the jail",
            "",
        ] {
            assert!(!is_ices_list(source), "{source}");
        }
    }
}
