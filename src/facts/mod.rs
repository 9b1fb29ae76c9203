//! Owns the register of facts: every claim that may be printed, with its source, its age and the conditions under which it may be said.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil;

use crate::campaign::choices::{AgencyKind, AgreementRule, Certainty, DetainerRule, EndRule, Model};
use crate::choices;
use crate::decode::decode;
use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile, Spot};
use crate::lexicon::Lexicon;
use crate::roll::Counts;
use crate::values::{AsOf, Count, Field, Url};
use file::{check_fact, check_records, check_state};

mod file;
mod raw;
mod slots;
mod when;

pub(crate) use raw::RawFile;
pub use when::{Situation, When};

/// A claim with its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Unique, kebab-case.
    pub id: String,
    /// Printed wording by language.
    pub text: BTreeMap<String, String>,
    /// Wording to be read aloud, by language.
    pub spoken: BTreeMap<String, String>,
    /// Full citation.
    pub source: String,
    /// For a fact that counts: whose numbers stand in its wording.
    pub counts: Option<Scope>,
    /// For a fact that counts a state: its wording where the state has no agreement, by language.
    pub none: BTreeMap<String, String>,
    /// Where a person can check it.
    pub url: Option<Url>,
    /// When it was last checked; for a fact that counts, the day of the list.
    pub as_of: AsOf,
    /// The last day it may be printed without a new check.
    pub review_by: civil::Date,
    /// How sure it is.
    pub certainty: Certainty,
    /// What a fair opponent answers.
    pub adverse: Option<String>,
    /// For the fact checker.
    pub note: Option<String>,
    /// When it may be said.
    pub when: When,
    /// Where it stands in its file.
    pub spot: Option<Spot>,
}

impl Fact {
    /// Days since its review fell due; `None` while it is in time.
    pub fn days_overdue(&self, today: civil::Date) -> Option<i32> {
        (today > self.review_by).then(|| (today - self.review_by).get_days())
    }
}

choices! {
    /// Whose agreements a fact counts.
    Scope {
        /** All states and territories together. */ Nation = "nation",
        /** The campaign's state. */ State = "state",
    }
}

/// What a state's law does, and what its counties call things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Two letters.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Federal circuit: `1` to `11`, `dc`.
    pub circuit: String,
    /// Usual name of a county's governing body.
    pub body: Option<String>,
    /// What its members are called.
    pub member: Option<String>,
    /// What its head is called.
    pub lead: Option<String>,
    /// What a seat is called.
    pub unit: Option<String>,
    /// Rules about agreements.
    pub rules: Vec<AgreementRule>,
    /// Whether an official may be asked to end one.
    pub end: EndRule,
    /// The agencies a duty falls on.
    pub required_of: Vec<AgencyKind>,
    /// Whether the duty falls on every agency that runs a jail, too.
    pub required_with_jail: bool,
    /// Whether its sheriffs run jails as a rule.
    pub sheriff_jails: bool,
    /// Models that may be asked to end all the same.
    pub may_end: Vec<Model>,
    /// Rule about detainers.
    pub detainers: DetainerRule,
    /// The printable claim about agreements, if there is one; its id is `law-agreements`.
    pub agreements_fact: Option<Fact>,
    /// The printable claim about detainers, if there is one; its id is `law-detainers`.
    pub detainers_fact: Option<Fact>,
    /// Its lower house, if not the House of Representatives.
    pub lower_house: Option<String>,
    /// What a member of it is called, if not Representative.
    pub lower_member: Option<String>,
    /// Its upper house, if not the Senate.
    pub upper_house: Option<String>,
    /// Its public-records law.
    pub records: Option<RecordsLaw>,
}

/// What a state's public-records law asks of an agency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordsLaw {
    /// The law's name.
    pub law: String,
    /// Its sections.
    pub citation: String,
    /// How soon it asks for an answer, to follow "asks for an answer".
    pub response: String,
    /// The same as days, where the law counts them.
    pub due: Option<Due>,
    /// Whether only residents or citizens of the state may ask.
    pub residents: bool,
    /// What it calls who answers.
    pub custodian: String,
    /// What may be done about a denial.
    pub appeal: String,
    /// Its source, as a fact without wording; its id is `law-records`.
    pub fact: Fact,
}

/// A count of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// How many.
    pub days: u32,
    /// Which kind.
    pub kind: Days,
}

impl Due {
    /// The last day, counted from the day after `from`. Holidays are not known and not taken out.
    pub fn after(self, from: civil::Date) -> civil::Date {
        let mut day = from;
        let mut left = self.days;
        while left > 0 {
            let Ok(next) = day.tomorrow() else { return day };
            day = next;
            let weekend = matches!(day.weekday(), civil::Weekday::Saturday | civil::Weekday::Sunday);
            if self.kind == Days::Calendar || !weekend {
                left -= 1;
            }
        }
        day
    }
}

choices! {
    /// How a law counts days.
    Days {
        /** Every day. */ Calendar = "calendar",
        /** Monday to Friday. */ Business = "business",
    }
}

/// Every fact and every state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Register {
    /// Facts by id.
    pub facts: BTreeMap<String, Fact>,
    /// States by code.
    pub states: BTreeMap<String, State>,
    /// What was counted on ICE's list, for the facts that count.
    pub counts: Counts,
}

impl Register {
    /// Reads and checks the register from its files.
    pub fn load(files: &[Arc<SourceFile>], counts: Counts, problems: &mut Diagnostics) -> Register {
        let mut register = Register { counts, ..Register::default() };
        let mut records = BTreeMap::new();
        for file in files {
            let Some(raw) = decode::<RawFile>(file, problems) else { continue };
            let RawFile { format, fact, state, records: laws } = raw;
            // What could not be read would seem to be missing too.
            let mut seeming = Diagnostics::default();
            let problems = if problems.any_in(&file.path) { &mut seeming } else { &mut *problems };
            check_format(file, &format, problems);
            for item in fact {
                let span = item.span();
                if let Some(fact) = check_fact(file, item.into_inner(), span, register.counts.as_of, problems) {
                    let spot = fact.spot.clone();
                    if let Some(twin) = register.facts.insert(fact.id.clone(), fact) {
                        problems.push(
                            Diagnostic::error(format!("the fact `{}` is written twice", twin.id))
                                .spot(spot)
                                .hint("every id stands once in the whole register"),
                        );
                    }
                }
            }
            for item in state {
                let span = item.span();
                if let Some(state) = check_state(file, item.into_inner(), span, problems) {
                    register.states.insert(state.code.clone(), state);
                }
            }
            for item in laws {
                let span = item.span();
                if let Some((state, law)) = check_records(file, item.into_inner(), span, problems) {
                    records.insert(state, law);
                }
            }
        }
        for (code, law) in records {
            match register.states.get_mut(&code) {
                Some(state) => state.records = Some(law),
                None => problems.push(
                    Diagnostic::error(format!("the records law of `{code}` belongs to no state"))
                        .spot(law.fact.spot.clone())
                        .suggest(&code, register.states.keys().map(String::as_str)),
                ),
            }
        }
        register
    }

    /// What a fact says in a language, to be read or spoken, with its numbers; `None` where it has no wording in that language.
    /// Without a state, what counts a state keeps its slots.
    pub fn wording(
        &self,
        fact: &Fact,
        lexicon: &Lexicon,
        (lang, spoken): (&str, bool),
        state: Option<&State>,
    ) -> Option<String> {
        let counted = self.counted(fact, lexicon, state);
        let none = counted.as_ref().is_some_and(slots::Counted::is_none);
        let wording = match (none, spoken) {
            (true, _) => fact.none.get(lang),
            (false, true) => fact.spoken.get(lang).or_else(|| fact.text.get(lang)),
            (false, false) => fact.text.get(lang),
        }?;
        Some(counted.map_or_else(|| wording.clone(), |counted| counted.fill(wording)))
    }

    /// A fact's citation; the list's day stands in that of a fact that counts.
    pub fn source(&self, fact: &Fact, lexicon: &Lexicon, state: Option<&State>) -> String {
        self.counted(fact, lexicon, state).map_or_else(|| fact.source.clone(), |counted| counted.fill(&fact.source))
    }

    fn counted<'a>(
        &'a self,
        fact: &Fact,
        lexicon: &'a Lexicon,
        state: Option<&'a State>,
    ) -> Option<slots::Counted<'a>> {
        let scope = fact.counts.filter(|scope| *scope == Scope::Nation || state.is_some())?;
        Some(slots::Counted { scope, counts: &self.counts, state, lexicon })
    }
}

/// Complains unless the file says `format = 1`.
pub fn check_format(file: &Arc<SourceFile>, format: &Field<Count>, problems: &mut Diagnostics) {
    match format.get() {
        Some(Count(1)) => {}
        Some(Count(other)) => problems.push(
            Diagnostic::error(format!("the file has format {other}, this program reads format 1"))
                .at(file, format.span())
                .hint("a newer handbill may read it"),
        ),
        None => problems.push(
            Diagnostic::error("the file does not say its format")
                .at(file, 0..0)
                .hint("write `format = 1` in the first line"),
        ),
    }
}
