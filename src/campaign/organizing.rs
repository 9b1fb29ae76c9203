//! Owns what organizers plan and keep themselves: the event, the hotline, who read what, the press, the talk, the budget, records, partners, bills.

use jiff::civil;

use super::check::{Check, date, sourced, text, yes};
use super::choices::{Answer, BillPosition, EventKind};
use super::{Sourced, raw};
use crate::diagnostic::Diagnostic;
use crate::values::{Count, Field};

/// Words a newspaper takes in a letter, unless the campaign says.
const LETTER_WORDS: u32 = 200;

/// What organizers plan and keep.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Organizing {
    /// What they invite to.
    pub event: Event,
    /// Whom to call for help.
    pub hotline: Hotline,
    /// Who has read what.
    pub legal: Legal,
    /// The paper or station written to.
    pub media: Media,
    /// The last talk with the agency's head.
    pub talk: Talk,
    /// When the body decides on money.
    pub budget: Budget,
    /// The public-records request.
    pub records: Records,
    /// Organizations asked to join, by name.
    pub coalition: Vec<Partner>,
    /// Bills in the state's legislature.
    pub bills: Vec<Bill>,
}

/// What organizers invite to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Event {
    /// Its name.
    pub name: Option<String>,
    /// What it is.
    pub kind: Option<EventKind>,
    /// The day.
    pub date: Option<civil::Date>,
    /// The time as printed.
    pub time: Option<String>,
    /// Building and room.
    pub place: Option<String>,
    /// Street address.
    pub address: Option<String>,
    /// Access, as a phrase.
    pub access: Option<String>,
    /// Childcare, as a phrase.
    pub childcare: Option<String>,
    /// Interpretation, as a phrase.
    pub interpretation: Option<String>,
    /// Rides, as a phrase.
    pub rides: Option<String>,
}

/// Whom to call for help.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hotline {
    /// Whose it is.
    pub name: Option<String>,
    /// Its number.
    pub phone: Option<String>,
    /// When it is answered.
    pub hours: Option<String>,
    /// In which languages.
    pub languages: Option<String>,
}

/// Who has read what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Legal {
    /// Who approved the piece on rights.
    pub reviewer: Option<String>,
    /// When.
    pub reviewed_on: Option<civil::Date>,
    /// When a lawyer cleared the resolution.
    pub resolution_cleared: Option<civil::Date>,
}

/// The paper or station written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    /// Its name.
    pub outlet: Option<String>,
    /// What is answered.
    pub article: Option<String>,
    /// The most words it takes in a letter.
    pub word_limit: u32,
}

impl Default for Media {
    fn default() -> Self {
        Media { outlet: None, article: None, word_limit: LETTER_WORDS }
    }
}

/// The last talk with the agency's head.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Talk {
    /// The day.
    pub date: Option<civil::Date>,
    /// Where.
    pub place: Option<String>,
    /// What was said.
    pub said: Option<String>,
}

/// When the body decides on money.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Budget {
    /// The year it is for.
    pub year: Option<String>,
    /// The public hearing.
    pub hearing: Option<civil::Date>,
    /// The decision.
    pub adoption: Option<civil::Date>,
    /// Where this comes from.
    pub sourced: Option<Sourced>,
}

/// The public-records request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Records {
    /// The day it was sent.
    pub requested_on: Option<civil::Date>,
    /// The day it was denied.
    pub denied_on: Option<civil::Date>,
    /// How soon the law asks for an answer, in place of what the register says.
    pub response: Option<String>,
    /// Where that comes from.
    pub sourced: Option<Sourced>,
}

/// An organization asked to join.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partner {
    /// Its name.
    pub name: String,
    /// Its city or town.
    pub city: Option<String>,
    /// Who speaks for it.
    pub contact: Option<String>,
    /// What it answered.
    pub answer: Answer,
    /// Whether its logo may be used; `None` if it was not asked.
    pub logo: Option<bool>,
}

/// A bill in the state's legislature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bill {
    /// Its number.
    pub number: String,
    /// What it would do.
    pub title: String,
    /// For or against.
    pub position: BillPosition,
    /// Where it was looked up, and when.
    pub sourced: Option<Sourced>,
}

/// The tables of `campaign.toml` that this module owns.
pub(super) struct Raw {
    pub(super) event: raw::Event,
    pub(super) hotline: raw::Hotline,
    pub(super) legal: raw::Legal,
    pub(super) media: raw::Media,
    pub(super) talk: raw::Talk,
    pub(super) budget: raw::Budget,
    pub(super) records: raw::Records,
    pub(super) coalition: Vec<raw::Partner>,
    pub(super) bill: Vec<raw::Bill>,
}

impl Check<'_> {
    pub(super) fn organizing(&mut self, raw: Raw) -> Organizing {
        let Raw { event, hotline, legal, media, talk, budget, records, coalition, bill } = raw;
        Organizing {
            event: event_of(event),
            hotline: hotline_of(hotline),
            legal: self.legal(legal),
            media: self.media(media),
            talk: Talk { date: date(talk.date), place: text(talk.place), said: text(talk.said) },
            budget: Budget {
                year: text(budget.year),
                hearing: date(budget.hearing),
                adoption: date(budget.adoption),
                sourced: sourced(budget.source, Field::default(), budget.as_of),
            },
            records: self.records(records),
            coalition: self.coalition(coalition),
            bills: bill.into_iter().filter_map(|bill| self.bill(bill)).collect(),
        }
    }

    fn legal(&mut self, raw: raw::Legal) -> Legal {
        let raw::Legal { reviewer, reviewed_on, resolution_cleared } = raw;
        if reviewer.get().is_some() != reviewed_on.get().is_some() {
            let given = if reviewer.get().is_some() { reviewer.span() } else { reviewed_on.span() };
            self.problems.push(
                Diagnostic::error("a legal review needs both the reviewer's name and the day")
                    .at(self.file, given)
                    .hint("write `reviewer = \"...\"` and `reviewed_on = 2026-11-21` under `[legal]`, or neither"),
            );
        }
        Legal { reviewer: text(reviewer), reviewed_on: date(reviewed_on), resolution_cleared: date(resolution_cleared) }
    }

    fn media(&mut self, raw: raw::Media) -> Media {
        let raw::Media { outlet, article, word_limit } = raw;
        if let Some(Count(words)) = word_limit.get()
            && !(50..=1000).contains(words)
        {
            self.problems.push(
                Diagnostic::error(format!("no paper asks for letters of {words} words"))
                    .at(self.file, word_limit.span())
                    .hint("expected 50 to 1,000; 200 is usual"),
            );
        }
        Media {
            outlet: text(outlet),
            article: text(article),
            word_limit: word_limit.take().map_or(LETTER_WORDS, |count| count.0),
        }
    }

    fn records(&mut self, raw: raw::Records) -> Records {
        let raw::Records { requested_on, denied_on, response, source, as_of } = raw;
        if response.get().is_some() && source.get().is_none() {
            self.problems.push(
                Diagnostic::error("what is said of the records law needs its `source`")
                    .at(self.file, response.span())
                    .hint("write `source = \"...\"` and `as_of = ...` under `[records]`, or take `response` out"),
            );
        }
        if let (Some(asked), Some(denied)) = (requested_on.get(), denied_on.get())
            && denied < asked
        {
            self.problems.push(
                Diagnostic::error(format!("the request was denied on {} before it was sent on {}", denied.0, asked.0))
                    .at(self.file, denied_on.span()),
            );
        }
        Records {
            requested_on: date(requested_on),
            denied_on: date(denied_on),
            response: text(response),
            sourced: sourced(source, Field::default(), as_of),
        }
    }

    fn coalition(&mut self, raw: Vec<raw::Partner>) -> Vec<Partner> {
        let mut partners: Vec<Partner> = Vec::new();
        for partner in raw {
            let raw::Partner { name, city, contact, answer, logo } = partner;
            let span = name.span();
            let Some(name) = self.needed(name, "coalition", "name", "\"First Lutheran Church\"") else { continue };
            if partners.iter().any(|other| other.name.eq_ignore_ascii_case(&name.0)) {
                self.problems.push(
                    Diagnostic::error(format!("`{}` stands twice in the coalition", name.0))
                        .at(self.file, span)
                        .hint("take one of the two out"),
                );
            }
            partners.push(Partner {
                name: name.0,
                city: text(city),
                contact: text(contact),
                answer: answer.take().unwrap_or(Answer::Asked),
                logo: yes(logo),
            });
        }
        // "The" at the head of a name does not count, as in a library's catalogue.
        partners.sort_by_key(|partner| {
            let name = partner.name.to_lowercase();
            name.strip_prefix("the ").map(str::to_string).unwrap_or(name)
        });
        partners
    }

    fn bill(&mut self, raw: raw::Bill) -> Option<Bill> {
        let raw::Bill { number, title, position, source, as_of } = raw;
        let span = number.span();
        if number.get().is_some() && (source.get().is_none() || as_of.get().is_none()) {
            self.problems.push(
                Diagnostic::error("a bill needs its `source` and `as_of`, the day it was looked up")
                    .at(self.file, span)
                    .hint("look it up at the legislature's own site: numbers and texts change"),
            );
        }
        let number = self.needed(number, "bill", "number", "\"HF 3413\"");
        let title = self.needed(title, "bill", "title", "\"to end 287(g) agreements\"");
        let position = self.needed(position, "bill", "position", "\"support\"");
        let sourced = sourced(source, Field::default(), as_of);
        Some(Bill { number: number?.0, title: title?.0, position: position?, sourced })
    }
}

fn event_of(raw: raw::Event) -> Event {
    let raw::Event { name, kind, date: day, time, place, address, access, childcare, interpretation, rides } = raw;
    Event {
        name: text(name),
        kind: kind.take(),
        date: date(day),
        time: text(time),
        place: text(place),
        address: text(address),
        access: text(access),
        childcare: text(childcare),
        interpretation: text(interpretation),
        rides: text(rides),
    }
}

fn hotline_of(raw: raw::Hotline) -> Hotline {
    let raw::Hotline { name, phone, hours, languages } = raw;
    Hotline {
        name: text(name),
        phone: phone.take().map(|phone| phone.0),
        hours: text(hours),
        languages: text(languages),
    }
}
