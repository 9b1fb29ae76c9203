//! Owns what the lists have that the campaign has not: agreements to add, or to put in the place of none or unknown.

use super::Sign;
use super::compare::{Comparison, Side};
use super::edit::{Added, Change};
use super::held::Held;
use crate::campaign::choices::Status;
use crate::ice::{Agreement, DateCell, ListKind, agreement_fields, agreement_lines};

impl Comparison<'_> {
    /// The rows that no agreement of the campaign is, and that are therefore new.
    pub(super) fn new_ones<'a>(
        &mut self,
        signed: Option<&'a Side<'a>>,
        asked: Option<&'a Side<'a>>,
    ) -> Vec<(&'a Side<'a>, &'a Agreement)> {
        let mut found = Vec::new();
        for side in signed.into_iter().chain(asked) {
            for row in side.left_over() {
                let model = row.model.word();
                let is_signed = signed
                    .is_some_and(|signed| signed.rows.iter().any(|(other, _)| other.model == row.model))
                    || self.held.iter().any(|one| one.is(model, Status::Active));
                if side.kind == ListKind::Pending && is_signed {
                    continue;
                }
                let ended = self.held.iter().find(|one| one.is(model, Status::Ended));
                let end = ended.and_then(|one| one.says.ended.or(one.as_of.map(|as_of| as_of.date)));
                let begin = match side.kind {
                    ListKind::Participating => row.signed.day(),
                    ListKind::Pending => Some(side.list.day),
                };
                match (ended, end, begin) {
                    (Some(one), Some(end), begin) if begin.is_none_or(|begin| begin <= end) => {
                        if !one.is_after(side.list.day) {
                            let text =
                                format!("the campaign says it has ended; the {} has it: ask the agency", side.name());
                            let spot = Some(one.spot("status"));
                            self.say(Sign::Left, model, spot, text).row = Some((side.kind, row.row));
                        }
                    }
                    _ => found.push((side, row)),
                }
            }
        }
        found
    }

    /// Puts new agreements in the place of entries that say none or unknown, and the others after the last one.
    pub(super) fn vacant(&mut self, found: Vec<(&Side, &Agreement)>, signed: Option<&Side>) {
        let mut found = found.into_iter();
        let held = self.held;
        let vacant = held.iter().filter(|one| matches!(one.says.status, Status::None | Status::Unknown));
        let mut refused = false;
        for one in vacant {
            if one.says.status == Status::None && !one.ices {
                refused |= self.own_none(one, found.as_slice());
                continue;
            }
            match (found.next(), signed) {
                (Some((side, _)), _) if one.is_after(side.list.day) => {
                    refused = true;
                    self.backwards(one, side);
                }
                (Some((side, row)), _) => self.replaces(one, side, row),
                (None, Some(side)) => self.still_vacant(one, side),
                (None, None) => {}
            }
        }
        if refused {
            return;
        }
        for (side, row) in found {
            let of_this_list =
                |one: &&Held| one.ices && (one.says.status == Status::Pending) == (side.kind == ListKind::Pending);
            if let Some(newer) = held.iter().filter(of_this_list).find(|one| one.is_after(side.list.day)) {
                self.backwards(newer, side);
                continue;
            }
            let finding = self.say(Sign::Added, row.model.word(), None, new_words(side, row));
            (finding.row, finding.writes) = (Some((side.kind, row.row)), true);
            let day = Some(side.list.day);
            let lines = agreement_lines(row, side.kind, day);
            self.changes.added.push(Added { lines, fields: agreement_fields(row, side.kind, day) });
        }
    }

    /// The campaign's own word is that there is none. Returns whether the lists contradict it.
    fn own_none(&mut self, one: &Held, found: &[(&Side, &Agreement)]) -> bool {
        for (side, row) in found.iter().filter(|(side, _)| !one.is_after(side.list.day)) {
            let text = format!(
                "the campaign says there is none (as of {}), the {} has: {}; left as it is, because your source is your own",
                one.as_of_words(),
                side.name(),
                new_words(side, row)
            );
            self.say(Sign::Left, row.model.word(), Some(one.spot("status")), text).row = Some((side.kind, row.row));
        }
        !found.is_empty()
    }

    fn replaces(&mut self, one: &Held, side: &Side, row: &Agreement) {
        let text = format!("{}; here it was `{}`", new_words(side, row), one.says.status.word());
        let finding = self.say(Sign::Added, row.model.word(), Some(one.spot("status")), text);
        (finding.row, finding.writes) = (Some((side.kind, row.row)), true);
        let own = one.entry.value("source").filter(|_| !one.ices);
        // The person's own source is not lost.
        let remark = own.map(|source| {
            let source = source.split_whitespace().collect::<Vec<_>>().join(" ");
            let when = one.as_of.map_or_else(String::new, |_| format!(", as of {}", one.as_of_words()));
            format!("{} until {}: {source}{when}", one.says.status.word(), side.list.day)
        });
        let set = agreement_fields(row, side.kind, Some(side.list.day)).into_iter().collect();
        *self.change(one) = Change { set, retire: Vec::new(), remark };
        self.open_day(one, &row.signed, one.says.signed, Some((side.kind, row.row)));
    }

    /// The list has nothing new for an entry that says none or unknown.
    fn still_vacant(&mut self, one: &Held, side: &Side) {
        let on_list = !side.rows.is_empty();
        if one.says.status == Status::None && on_list {
            let text = "other agreements stand in this campaign: take this entry out if it no longer holds";
            self.say(Sign::Open, one.about(), Some(one.spot("status")), text);
        } else if one.ices && !on_list && one.as_of.is_some() && one.is_before(side.list.day) {
            let text = format!("not on the list of {} either, before {}", side.list.day, one.as_of_words());
            self.say(Sign::Confirmed, one.about(), Some(one.spot("as_of")), text).writes = true;
            self.change(one).set.insert("as_of", side.list.day.to_string());
        }
    }
}

/// What a row has that is new: `agreement signed 2026-03-02`.
fn new_words(side: &Side, row: &Agreement) -> String {
    match (side.kind, &row.signed) {
        (ListKind::Pending, _) => format!("asked for, on the list of pending agencies of {}", side.list.day),
        (_, DateCell::Day(day)) => format!("agreement signed {day}"),
        (_, DateCell::Unsettled { found, .. }) => {
            format!("agreement with the day of signing `{found}`: ask which day is meant")
        }
        (_, DateCell::Missing) => "agreement without a day of signing".to_string(),
    }
}
