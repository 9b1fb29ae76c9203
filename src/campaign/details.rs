//! Owns checking the details around an agreement: the meeting and its rules, costs, other ties, the petition.

use super::check::{Check, count, date, sourced, text, yes};
use super::choices::{ContactColumn, OrganizationKind};
use super::raw;
use super::{AskedCost, CommentRules, Costs, KnownCost, Meeting, Petition, Question, Ties};
use crate::diagnostic::{Diagnostic, Spot};
use crate::values::{Count, Field, Text};

/// Words a minute that a nervous reader keeps.
const PACE: u32 = 125;

/// Words of elections, which a charity must keep away from an official's name.
const ELECTION_WORDS: &[&str] =
    &["vote", "votes", "voting", "elect", "election", "reelect", "candidate", "opponent", "challenger", "ballot"];

/// Whether a text has a word, whatever its case.
fn has_word(text: &str, word: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|found| found.eq_ignore_ascii_case(word))
}

impl Check<'_> {
    pub(super) fn meeting(&mut self, raw: raw::Meeting) -> Meeting {
        let raw::Meeting { regular, date: day, time, place, address, source, as_of } = raw;
        Meeting {
            regular: text(regular),
            date: date(day),
            time: text(time),
            place: text(place),
            address: text(address),
            sourced: sourced(source, Field::default(), as_of),
        }
    }

    pub(super) fn comment_rules(&mut self, raw: raw::CommentRules) -> CommentRules {
        let raw::CommentRules {
            time_limit,
            pace,
            sign_up,
            sign_up_by,
            must_state,
            agenda_items_only,
            copies,
            remote,
            interpreter_by,
            notes,
            source,
            as_of,
        } = raw;
        if let Some(Count(words)) = pace.get()
            && !(60..=200).contains(words)
        {
            self.problems.push(
                Diagnostic::error(format!("nobody reads {words} words a minute at a meeting"))
                    .at(self.file, pace.span())
                    .hint("expected 60 to 200; 125 is usual"),
            );
        }
        if let Some(Count(seconds)) = time_limit.get()
            && *seconds < 30
        {
            self.problems.push(
                Diagnostic::error(format!("a time limit of {seconds} seconds is too short for any script"))
                    .at(self.file, time_limit.span())
                    .hint("the limit is given in seconds: three minutes are 180"),
            );
        }
        CommentRules {
            time_limit: count(time_limit),
            pace: count(pace).unwrap_or(PACE),
            sign_up: text(sign_up),
            sign_up_by: text(sign_up_by),
            must_state,
            agenda_items_only: yes(agenda_items_only),
            copies: count(copies),
            remote: text(remote),
            interpreter_by: text(interpreter_by),
            notes: text(notes),
            sourced: sourced(source, Field::default(), as_of),
        }
    }

    pub(super) fn costs(&mut self, raw: raw::Costs) -> Costs {
        let raw::Costs { known, questions } = raw;
        let known = known.into_iter().filter_map(|cost| {
            let raw::KnownCost { what, amount, per, source, url, as_of } = cost;
            if source.get().is_none() {
                let spot = match what.get() {
                    Some(_) => Some(Spot::Text(self.file.clone(), what.span())),
                    None => self.table_spot("costs.known"),
                };
                self.problems.push(
                    Diagnostic::error("a known cost needs its `source`")
                        .spot(spot)
                        .hint("say where the figure comes from, or ask it as a question instead"),
                );
            }
            let what = self.needed(what, "costs.known", "what", "\"ICE pays the county\"")?;
            let amount = self.needed(amount, "costs.known", "amount", "\"$102\"")?;
            let amount = match text(per) {
                // "year" means "per year"; "a year" and "per year" say so already.
                Some(per) if ["per ", "a ", "an ", "each ", "for "].iter().any(|start| per.starts_with(start)) => {
                    format!("{} {per}", amount.0)
                }
                Some(per) => format!("{} per {per}", amount.0),
                None => amount.0,
            };
            Some(KnownCost { what: what.0, amount, sourced: sourced(source, url, as_of) })
        });
        let known = known.collect();
        let questions = questions.into_iter().filter_map(|asked| {
            let raw::AskedCost { id, text: own, asked_on, answer, source } = asked;
            let spot = Some(Spot::Text(self.file.clone(), id.span()));
            let question = match text(own) {
                Some(own) => Question::Own(own),
                None => Question::Banked(self.needed(id, "costs.questions", "id", "\"overtime\"")?.0),
            };
            if answer.get().is_some() && source.get().is_none() {
                let (Question::Banked(id) | Question::Own(id)) = &question;
                self.problems.push(
                    Diagnostic::error(format!("the answer to `{id}` needs its `source`"))
                        .at(self.file, answer.span())
                        .hint("say who gave it and when: `source = \"letter of the sheriff, June 2026\"`"),
                );
            }
            Some(AskedCost { question, spot, asked_on: date(asked_on), answer: text(answer), source: text(source) })
        });
        Costs { questions: questions.collect(), known }
    }

    pub(super) fn ties(&mut self, raw: raw::Ties) -> Ties {
        let raw::Ties { detention, per_diem, source, url, as_of } = raw;
        if (detention.get().is_some() || per_diem.get().is_some()) && source.get().is_none() {
            let spot = self.table_spot("ties");
            self.problems.push(
                Diagnostic::error("what is said of other arrangements with ICE needs its `source`")
                    .spot(spot)
                    .hint("write `source = \"...\"` and `as_of = ...` under `[ties]`"),
            );
        }
        Ties {
            detention: yes(detention).unwrap_or(false),
            per_diem: per_diem.take(),
            sourced: sourced(source, url, as_of),
        }
    }

    pub(super) fn petition(&mut self, raw: raw::Petition, kind: OrganizationKind) -> Petition {
        let raw::Petition { statement, goal, return_by, sheets, lines, contact, deliver_on, signatures } = raw;
        if let Some(Count(lines_wanted)) = lines.get()
            && !(5..=12).contains(lines_wanted)
        {
            self.problems.push(
                Diagnostic::error(format!("a petition sheet cannot have {lines_wanted} lines"))
                    .at(self.file, lines.span())
                    .hint("expected 5 to 12, so that each is high enough to write on"),
            );
        }
        if let Some(Count(wanted)) = sheets.get()
            && !(1..=500).contains(wanted)
        {
            self.problems.push(
                Diagnostic::error(format!("cannot number {wanted} sheets in one file"))
                    .at(self.file, sheets.span())
                    .hint("expected 1 to 500"),
            );
        }
        if let Some(Text(own)) = statement.get()
            && kind == OrganizationKind::C3
            && let Some(word) = ELECTION_WORDS.iter().find(|word| has_word(own, word))
        {
            self.problems.push(
                Diagnostic::error(format!("the statement says `{word}`, which a 501(c)(3) cannot say of an official"))
                    .at(self.file, statement.span())
                    .hint("ask for an act of the office, not for or against a person; or say what your organization is under `[organization]`"),
            );
        }
        Petition {
            statement: text(statement),
            goal: count(goal),
            return_by: date(return_by),
            sheets: count(sheets),
            lines: count(lines).filter(|lines| (5..=12).contains(lines)),
            contact: contact.take().unwrap_or(ContactColumn::Nothing),
            deliver_on: date(deliver_on),
            signatures: count(signatures),
        }
    }
}
