//! Owns the slots in a fact's wording where numbers of ICE's list go: `{agreements}`, `{agencies:agency|agencies}`, `{day}`.

use std::sync::Arc;

use super::{Scope, State};
use crate::campaign::choices::Model;
use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile};
use crate::lexicon::Lexicon;
use crate::roll::{Counts, Level, Tally};
use crate::values::{AsOf, Field, Text};

/// A slot that prints a number.
type Number = (&'static str, fn(&Tally) -> usize);

/// The slots that print numbers; after a colon stand the noun for one and for several.
const NUMBERS: &[Number] = &[
    ("agreements", |tally| tally.agreements),
    ("agencies", |tally| tally.agencies),
    ("several", |tally| tally.several),
    ("counties", |tally| tally.counties.len()),
    ("jail", |tally| tally.agreements_of(Model::Jail)),
    ("warrant", |tally| tally.agreements_of(Model::Warrant)),
    ("task_force", |tally| tally.agreements_of(Model::TaskForce)),
    ("county_agencies", |tally| tally.at(Level::County)),
    ("city_agencies", |tally| tally.at(Level::City)),
    ("state_agencies", |tally| tally.at(Level::State)),
    ("city_task_force", |tally| tally.task_force_at(Level::City)),
];
/// The slots that print words, with whose counts they go.
const WORDS: &[(&str, Option<Scope>)] =
    &[("day", None), ("month", None), ("models", None), ("state", Some(Scope::State)), ("where", Some(Scope::Nation))];
/// The district and the territories, which are no states, in the order of their names.
const NO_STATES: &[&str] = &["AS", "DC", "GU", "MP", "PR", "VI"];

/// What the slots of one fact are filled from.
pub(super) struct Counted<'a> {
    pub(super) scope: Scope,
    pub(super) counts: &'a Counts,
    pub(super) state: Option<&'a State>,
    pub(super) lexicon: &'a Lexicon,
}

impl Counted<'_> {
    fn tally(&self) -> &Tally {
        match self.scope {
            Scope::Nation => &self.counts.nation,
            Scope::State => self.counts.state(self.state.map_or("", |state| &state.code)),
        }
    }

    /// Whether a state is counted that has no agreement.
    pub(super) fn is_none(&self) -> bool {
        self.scope == Scope::State && self.tally().agreements == 0
    }

    /// The wording with its slots filled.
    pub(super) fn fill(&self, wording: &str) -> String {
        let mut out = String::new();
        for piece in pieces(wording) {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Slot { name, nouns } => out.push_str(&self.slot(name, nouns)),
            }
        }
        out
    }

    fn slot(&self, name: &str, nouns: Option<(&str, &str)>) -> String {
        if let Some((_, number)) = NUMBERS.iter().find(|(known, _)| *known == name) {
            let number = number(self.tally());
            let said = self.lexicon.number(number);
            return match nouns {
                Some((one, _)) if number == 1 => format!("{said} {one}"),
                Some((_, several)) => format!("{said} {several}"),
                None => said,
            };
        }
        let day = |month_only| self.lexicon.as_of(AsOf { date: self.counts.as_of, month_only });
        match name {
            "day" => day(false),
            "month" => day(true),
            "state" => self.state.map(|state| state.name.clone()).unwrap_or_default(),
            "models" => self.models(),
            _ => self.places(),
        }
    }

    /// The models with their agreements, the most first: four for the Task Force Model and one for the Jail Enforcement Model.
    fn models(&self) -> String {
        let mut held: Vec<(usize, Model)> =
            Model::ALL.iter().map(|model| (self.tally().agreements_of(*model), *model)).collect();
        held.retain(|(count, _)| *count > 0);
        held.sort_by_key(|one| std::cmp::Reverse(one.0));
        let one = |(count, model): &(usize, Model)| {
            let pattern = self.lexicon.label("count-for-model");
            pattern.replace("{count}", &self.lexicon.number(*count)).replace("{model}", self.lexicon.model(*model))
        };
        self.lexicon.join(&held.iter().map(one).collect::<Vec<_>>(), "and")
    }

    /// Where there are agreements: 38 states, Guam and the Northern Mariana Islands.
    fn places(&self) -> String {
        let is_state = |code: &str| !NO_STATES.contains(&code);
        let states = self.counts.states.keys().filter(|code| is_state(code)).count();
        let mut items = vec![self.lexicon.label("count-states").replace("{count}", &self.lexicon.number(states))];
        let others = NO_STATES.iter().filter(|code| self.counts.states.contains_key(*code));
        items.extend(others.map(|code| self.lexicon.label(&format!("place-{}", code.to_lowercase())).to_string()));
        self.lexicon.join(&items, "and")
    }
}

/// A stretch of a wording.
enum Piece<'a> {
    Text(&'a str),
    Slot { name: &'a str, nouns: Option<(&'a str, &'a str)> },
}

/// Takes a wording apart; a brace that is never closed is text.
fn pieces(wording: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = wording;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((slot, behind)) = after.split_once('}') else { break };
        let (name, nouns) = match slot.split_once(':') {
            Some((name, nouns)) => (name, Some(nouns.split_once('|').unwrap_or((nouns, nouns)))),
            None => (slot, None),
        };
        found.push(Piece::Text(before));
        found.push(Piece::Slot { name, nouns });
        rest = behind;
    }
    found.push(Piece::Text(rest));
    found
}

/// Checks the slots of a wording: each known, and none in a fact that does not count.
pub(super) fn check_slots(
    file: &Arc<SourceFile>,
    wording: &Field<Text>,
    scope: Option<Scope>,
    problems: &mut Diagnostics,
) {
    let Some(text) = wording.get() else { return };
    let inside = wording.span();
    for piece in pieces(&text.0) {
        let Piece::Slot { name, .. } = piece else { continue };
        let slot = format!("{{{name}");
        let at = file.text[inside.clone()].find(&slot).map_or(inside.start, |at| inside.start + at);
        let words = WORDS.iter().filter(|(_, of)| of.is_none() || *of == scope).map(|(name, _)| *name);
        let known: Vec<&str> = NUMBERS.iter().map(|(name, _)| *name).chain(words).collect();
        let problem = match scope {
            None => Diagnostic::error(format!("`{slot}}}` stands in a fact that does not count"))
                .hint("write `counts = \"nation\"` or `counts = \"state\"`, and leave `as_of` and `review_by` out"),
            Some(_) if known.contains(&name) => continue,
            Some(scope) => {
                Diagnostic::error(format!("there is no slot `{slot}}}` for `counts = \"{}\"`", scope.word()))
                    .suggest(name, known.iter().copied())
                    .hint(format!("known here: {}", known.join(", ")))
            }
        };
        problems.push(problem.at(file, at..at + slot.len()));
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::{Diagnostics, SourceFile};
    use crate::facts::{Fact, Register};
    use crate::kit::Kit;
    use crate::roll::read;

    fn register(roll: &str, facts: &str) -> (Register, Vec<String>) {
        let mut problems = Diagnostics::default();
        let roll = read(&SourceFile::new("agreements.tsv", roll), &mut problems).expect("the roll is whole");
        let register = Register::load(&[SourceFile::new("facts.toml", facts)], roll.counts(), &mut problems);
        (register, problems.iter().map(|problem| problem.message.clone()).collect())
    }

    const ROLL: &str = "as_of\t2027-02-03\nMN\t27035\tc\ttask-force:2025-03-25 warrant:2025-06-01\nGU\t\ts\tjail:\n";
    const FACT: &str = "format = 1\n[[fact]]\nid = \"here\"\ncounts = \"state\"\n\
        text.en = \"On {day} ICE listed {agreements:agreement|agreements} of {agencies:agency|agencies} in {state}: {models}.\"\n\
        none.en = \"On {day} ICE listed no agreement in {state}.\"\nsource = \"ICE, {day}\"\ncertainty = \"primary\"\n";

    fn said(register: &Register, state: &str) -> String {
        let kit = Kit::built_in(&mut Diagnostics::default());
        let lexicon = &kit.languages["en"].lexicon;
        let fact: &Fact = &register.facts["here"];
        register.wording(fact, lexicon, ("en", false), Some(&kit.register.states[state])).expect("there is a wording")
    }

    #[test]
    fn numbers_nouns_and_days_are_filled_in() {
        let (register, told) = register(ROLL, FACT);
        assert!(told.is_empty(), "{told:?}");
        assert_eq!(
            said(&register, "MN"),
            "On February\u{a0}3, 2027 ICE listed two agreements of one agency in Minnesota: one for the Warrant Service Officer \
             Model and one for the Task Force Model."
        );
        assert_eq!(said(&register, "IA"), "On February\u{a0}3, 2027 ICE listed no agreement in Iowa.");
        let fact = &register.facts["here"];
        assert_eq!(
            (fact.as_of.date.to_string(), fact.review_by.to_string()),
            ("2027-02-03".into(), "2027-10-31".into())
        );
    }

    #[test]
    fn what_does_not_count_right_is_told() {
        let slips = FACT
            .replace("{agreements:", "{agrements:")
            .replace("none.en", "#")
            .replace("certainty", "as_of = 2026-01-01\ncertainty");
        let (_, told) = register(ROLL, &slips);
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(told[0].contains("no slot `{agrements}`") && told[1].contains("has no agreement"), "{told:?}");
        assert!(told[2].contains("follows the list"));
        let (_, told) = register(ROLL, &FACT.replace("counts = \"state\"\n", ""));
        assert!(told.iter().any(|told| told.contains("does not count")), "{told:?}");
    }
}
