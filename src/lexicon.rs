//! Owns how a language writes dates, lists and model names: read from the shared words, so that a translator can change it.

use std::collections::BTreeMap;

use jiff::civil;

use crate::campaign::choices::{Model, MustState};
use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile};
use crate::values::{AsOf, thousands};

/// Labels that the program itself puts together, and so must find.
const NEEDED: &[&str] = &[
    "months",
    "weekdays",
    "date",
    "weekday-date",
    "month-year",
    "and",
    "or",
    "as-of",
    "stale",
    "the-honorable",
    "now",
    "clerk",
    "records-custodian",
    "senate",
    "house",
    "us-senate",
    "us-house",
    "us-senate-city",
    "us-house-city",
    "title-of-state",
    "ice-foia-address",
    "model-jail",
    "model-warrant",
    "model-task-force",
    "model-jail-short",
    "model-warrant-short",
    "model-task-force-short",
    "model-one",
    "model-many",
    "minute",
    "minutes",
    "seconds",
    "must-name",
    "must-city",
    "must-address",
    "must-agenda-item",
    "must-group",
    "officer-deputies",
    "officers-deputies",
    "officer-officers",
    "officers-officers",
    "kind-county",
    "kind-parish",
    "kind-borough",
    "kind-census-area",
    "kind-city",
    "kind-municipality",
    "per-person-day",
    "number-words",
    "count-for-model",
    "count-states",
    "count-agreements",
    "count-agencies",
    "count-counties",
    "count-parishes",
    "count-boroughs",
    "count-in-month",
    "place-as",
    "place-dc",
    "place-gu",
    "place-mp",
    "place-nation",
    "place-pr",
    "place-vi",
];

/// A language's small words and patterns.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    labels: BTreeMap<String, String>,
}

impl Lexicon {
    /// Reads the labels that hold no placeholder out of the shared words.
    pub fn read(file: &SourceFile, problems: &mut Diagnostics) -> Lexicon {
        let mut labels: BTreeMap<String, String> = BTreeMap::new();
        let mut id = None;
        for line in file.text.lines() {
            if let Some(heading) = line.strip_prefix("## ") {
                id = heading.split_once("{#").and_then(|(_, rest)| rest.split_once('}')).map(|(id, _)| id.to_string());
            } else if let Some(id) = &id
                && !line.trim().is_empty()
            {
                let text = labels.entry(id.clone()).or_default();
                if !text.is_empty() {
                    text.push(' ');
                }
                text.push_str(line.trim());
            }
        }
        for id in NEEDED {
            if !labels.contains_key(*id) {
                problems.push(
                    Diagnostic::error(format!("the label `{id}` is missing"))
                        .file(&file.path)
                        .hint(format!("add `## {{#{id}}}` and its wording")),
                );
            }
        }
        Lexicon { labels }
    }

    /// A label's wording; empty if it is missing, which `read` has reported.
    pub fn label(&self, id: &str) -> &str {
        self.labels.get(id).map_or("", String::as_str)
    }

    /// Whether there is such a label.
    pub fn has(&self, id: &str) -> bool {
        self.labels.contains_key(id)
    }

    /// The names of all labels.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.labels.keys().map(String::as_str)
    }

    fn nth(&self, id: &str, at: usize) -> &str {
        self.label(id).split(',').nth(at).unwrap_or_default().trim()
    }

    fn fill_date(&self, pattern: &str, date: civil::Date) -> String {
        self.label(pattern)
            .replace(
                "{weekday}",
                self.nth("weekdays", usize::from(date.weekday().to_monday_zero_offset().unsigned_abs())),
            )
            .replace("{month}", self.nth("months", usize::from(date.month().unsigned_abs()) - 1))
            .replace("{day}", &date.day().to_string())
            .replace("{year}", &date.year().to_string())
    }

    /// A day in words: November 21, 2026.
    pub fn date(&self, date: civil::Date) -> String {
        self.fill_date("date", date)
    }

    /// A day with its weekday: Tuesday, December 1, 2026.
    pub fn weekday_date(&self, date: civil::Date) -> String {
        self.fill_date("weekday-date", date)
    }

    /// A day, or a month when only that is known.
    pub fn as_of(&self, as_of: AsOf) -> String {
        self.fill_date(if as_of.month_only { "month-year" } else { "date" }, as_of.date)
    }

    /// Items joined as a list: one; one and two; one, two and three.
    pub fn join(&self, items: &[String], word: &str) -> String {
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => format!("{} {} {last}", first.join(", "), self.label(word)),
        }
    }

    /// A month of a year: May 2026.
    pub fn month(&self, (year, month): (i16, i8)) -> String {
        civil::Date::new(year, month, 1).map_or_else(|_| String::new(), |day| self.fill_date("month-year", day))
    }

    /// A number inside a sentence: the small ones as words, the others with commas.
    pub fn number(&self, number: usize) -> String {
        let words = self.label("number-words").split(',').nth(number).map(str::trim);
        words.map_or_else(|| thousands(number as u64), str::to_string)
    }

    /// A number with its noun: no agreements, one agreement, 12 agreements. The label has the noun for one and for several.
    pub fn counted(&self, label: &str, number: usize) -> String {
        let (one, several) = self.label(label).split_once('|').unwrap_or_default();
        format!("{} {}", self.number(number), if number == 1 { one.trim() } else { several.trim() })
    }

    /// A model's official name: Task Force Model.
    pub fn model(&self, model: Model) -> &str {
        self.label(&format!("model-{}", model.word()))
    }

    /// Several models with the word "model" once: Task Force and Warrant Service Officer models.
    pub fn models(&self, models: &[Model]) -> String {
        let names: Vec<String> =
            models.iter().map(|model| self.label(&format!("model-{}-short", model.word())).to_string()).collect();
        let pattern = if names.len() == 1 { "model-one" } else { "model-many" };
        self.label(pattern).replace("{names}", &self.join(&names, "and"))
    }

    /// A span of time: 90 seconds, 3 minutes.
    pub fn duration(&self, seconds: u32) -> String {
        match (seconds, seconds % 60) {
            (60, _) => format!("1 {}", self.label("minute")),
            (_, 0) => format!("{} {}", seconds / 60, self.label("minutes")),
            _ => format!("{seconds} {}", self.label("seconds")),
        }
    }

    /// What speakers must state, as a phrase: your name and city.
    pub fn must_state(&self, items: &[MustState]) -> String {
        let words: Vec<String> =
            items.iter().map(|item| self.label(&format!("must-{}", item.word())).to_string()).collect();
        self.join(&words, "and")
    }
}
