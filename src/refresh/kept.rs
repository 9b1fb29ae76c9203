//! Owns what becomes of an agreement that the campaign has: confirmed, moved, mended, or gone from its list.

use jiff::civil::Date;

use super::Sign;
use super::compare::{Comparison, Side, first};
use super::edit::Change;
use super::held::Held;
use crate::campaign::choices::Status;
use crate::diagnostic::Diagnostic;
use crate::ice::{Agreement, DateCell, ListKind, agreement_fields};
use crate::starter::quoted;
use crate::values::{self, Url};

/// Keys that may stand beside `unknown`; all others speak of an agreement.
const STAND_WITH_UNKNOWN: &[&str] = &["status", "asked_on", "source", "url", "as_of"];
/// Keys that a pending agreement cannot have: it is not signed.
const ONLY_SIGNED: &[&str] = &["signed", "signed_by", "moa_url"];

impl Comparison<'_> {
    pub(super) fn active(&mut self, one: &Held, signed: Option<&Side>, asked: Option<&Side>) {
        let asked = asked.and_then(|side| Some((side, side.row(one.at)?)));
        let Some(side) = signed else {
            if let Some((side, row)) = asked {
                let text = format!(
                    "on the {} too; give the list of participating agencies to see where it stands",
                    side.name()
                );
                self.say(Sign::Open, one.about(), Some(one.spot("status")), text).row = Some((side.kind, row.row));
            }
            return;
        };
        match (side.row(one.at), asked) {
            (Some(row), _) => self.confirm(one, side, row),
            (None, Some((pending, row)))
                if one.ices && !one.is_after(pending.list.day) && !one.is_after(side.list.day) =>
            {
                self.moved_back(one, pending, row)
            }
            (None, _) => self.gone(one, side, None),
        }
    }

    pub(super) fn pending(&mut self, one: &Held, signed: Option<&Side>, asked: Option<&Side>) {
        if let Some((side, row)) = signed.and_then(|side| Some((side, side.row(one.at)?))) {
            return self.now_active(one, side, row);
        }
        match (asked, asked.and_then(|side| side.row(one.at))) {
            (Some(side), Some(row)) => self.confirm(one, side, row),
            (Some(side), None) => self.gone(one, side, signed),
            (None, _) => {
                let Some(side) = signed.filter(|_| !self.pending_given) else { return };
                let text = format!(
                    "not on the {}; whether it is still asked for stands on the list of pending agencies: give it with `--pending`",
                    side.name()
                );
                self.say(Sign::Open, one.about(), Some(one.spot("status")), text);
            }
        }
    }

    pub(super) fn ended(&mut self, one: &Held, signed: Option<&Side>) {
        let Some((side, row)) = signed.and_then(|side| Some((side, side.row(one.at)?))) else { return };
        if one.is_after(side.list.day) {
            return;
        }
        let text = format!("the campaign says it has ended; the {} still has it: ask the agency", side.name());
        self.say(Sign::Left, one.about(), Some(one.spot("status")), text).row = Some((side.kind, row.row));
    }

    /// An older list must not take back what a newer one said.
    pub(super) fn backwards(&mut self, one: &Held, side: &Side) {
        let message = format!(
            "the {} is older than this agreement, which is as of {}, and says otherwise",
            side.name(),
            one.as_of_words()
        );
        let problem = Diagnostic::error(message).at(&self.news.file, one.spot("as_of"));
        self.news.problems.push(problem.hint("take a newer list, or leave this campaign out of the run"));
    }

    pub(super) fn change(&mut self, one: &Held) -> &mut Change {
        self.changes.entries.entry(one.at).or_default()
    }

    /// A row says of an agreement what the campaign says, or nearly.
    fn confirm(&mut self, one: &Held, side: &Side, row: &Agreement) {
        let place = Some((side.kind, row.row));
        let mut set = Vec::new();
        if side.kind == ListKind::Participating {
            match (&row.signed, one.says.signed) {
                (DateCell::Day(day), None) => set.push(("signed", day.to_string(), format!("signed {day}, now given"))),
                (DateCell::Day(day), Some(here)) if *day != here => {
                    set.push(("signed", day.to_string(), format!("signed {day}, here {here}")));
                }
                (cell @ DateCell::Unsettled { .. }, here) => self.open_day(one, cell, here, place),
                _ => {}
            }
        }
        let here = one.says.moa_url.as_ref().map(|url| url.0.as_str());
        match (moa(row), here) {
            (Some(url), None) => set.push(("moa_url", quoted(url), format!("the signed paper is published, {url}"))),
            (Some(url), Some(here)) if url != here => {
                set.push(("moa_url", quoted(url), format!("the signed paper is now at {url}, here {here}")));
            }
            (None, Some(_)) if side.list.gathered.listing.rows.iter().any(|row| row.moa.is_some()) => {
                let text = "the list has no link to the signed paper; yours stays".to_string();
                self.say(Sign::Left, one.about(), Some(one.spot("moa_url")), text).row = place;
            }
            _ => {}
        }
        if !one.ices {
            for (key, _, text) in set {
                let text =
                    format!("{text}; left as it is, because your source is your own (as of {})", one.as_of_words());
                self.say(Sign::Left, one.about(), Some(one.spot(key)), text).row = place;
            }
            return;
        }
        if one.is_after(side.list.day) {
            if !set.is_empty() {
                self.backwards(one, side);
            }
            return;
        }
        let resigned = one.says.signed.is_some() && set.iter().any(|(key, ..)| *key == "signed");
        for (key, value, text) in set {
            let finding = self.say(Sign::Changed, one.about(), Some(one.spot(key)), text);
            (finding.row, finding.writes) = (place, true);
            self.change(one).set.insert(key, value);
        }
        if resigned
            && one
                .entry
                .keys()
                .any(|key| key.starts_with("board_") || key.starts_with("officers_") || key == "signed_by")
        {
            let text = "the day of signing is another: look whether what you wrote of the board, the officers and the signer still fits";
            self.say(Sign::Open, one.about(), Some(one.entry.span.clone()), text).row = place;
        }
        if one.is_before(side.list.day) {
            let text = format!("confirmed {}, before {}", side.list.day, one.as_of_words());
            let finding = self.say(Sign::Confirmed, one.about(), Some(one.spot("as_of")), text);
            (finding.row, finding.writes) = (place, true);
            self.change(one).set.insert("as_of", side.list.day.to_string());
        }
    }

    /// The list's day of signing cannot be read for certain.
    pub(super) fn open_day(&mut self, one: &Held, cell: &DateCell, here: Option<Date>, place: Option<(ListKind, u32)>) {
        let DateCell::Unsettled { found, candidates } = cell else { return };
        if here.is_some_and(|here| candidates.contains(&here)) {
            return;
        }
        let days: Vec<String> = candidates.iter().map(Date::to_string).collect();
        let may = if days.is_empty() { String::new() } else { format!(", perhaps {}", days.join(" or ")) };
        let then = match here {
            Some(here) => format!("; {here} stays"),
            None => ": ask which day is meant, and write `signed`".to_string(),
        };
        let text = format!("the list's day of signing is `{found}`{may}{then}");
        self.say(Sign::Open, one.about(), Some(one.spot("signed")), text).row = place;
    }

    /// From asked for to signed.
    fn now_active(&mut self, one: &Held, side: &Side, row: &Agreement) {
        let place = Some((side.kind, row.row));
        let when = row.signed.day().map_or_else(String::new, |day| format!(", signed {day}"));
        if !one.ices {
            let text = format!(
                "on the {}{when}; left pending, because your source is your own (as of {})",
                side.name(),
                one.as_of_words()
            );
            self.say(Sign::Left, one.about(), Some(one.spot("status")), text).row = place;
            return;
        }
        if one.is_after(side.list.day) {
            return self.backwards(one, side);
        }
        let finding =
            self.say(Sign::Changed, one.about(), Some(one.spot("status")), format!("from pending to active{when}"));
        (finding.row, finding.writes) = (place, true);
        self.open_day(one, &row.signed, one.says.signed, place);
        let fields = agreement_fields(row, side.kind, Some(side.list.day));
        let keep_url = one.entry.value("url").is_some();
        self.change(one).set =
            fields.into_iter().filter(|(key, _)| *key != "model" && !(keep_url && *key == "url")).collect();
    }

    /// From signed to asked for, which happens when an agreement is made anew.
    fn moved_back(&mut self, one: &Held, side: &Side, row: &Agreement) {
        let text = format!(
            "from active to pending: no longer among the participating agencies, on the {}: ask the agency",
            side.name()
        );
        let finding = self.say(Sign::Changed, one.about(), Some(one.spot("status")), text);
        (finding.row, finding.writes) = (Some((side.kind, row.row)), true);
        let retire = one.entry.keys().filter(|key| ONLY_SIGNED.contains(key)).map(str::to_string).collect();
        let remark = Some(format!("active as of {}; on ICE's {}", one.as_of_words(), side.name()));
        let set = [
            ("status", quoted(Status::Pending.word())),
            ("source", quoted(&side.kind.source())),
            ("as_of", side.list.day.to_string()),
        ];
        *self.change(one) = Change { set: set.into_iter().collect(), retire, remark };
    }

    /// An agreement that its list does not have. It is not known to have ended.
    fn gone(&mut self, one: &Held, side: &Side, nor: Option<&Side>) {
        let nor = nor.map_or_else(String::new, |other| format!(", nor on the {}", other.name()));
        let name = format!("{}{nor}", side.name());
        let spot = Some(one.spot("status"));
        let twin = side
            .alike
            .iter()
            .find(|other| other.agreements.iter().any(|row| one.is(row.model.word(), one.says.status)));
        if let Some(other) = twin {
            let text = format!(
                "not under this name on the {name}, but under `{}`: left as it is until you say whether they are one",
                other.name
            );
            self.say(Sign::Open, one.about(), spot, text).row = first(side.kind, other);
            return;
        }
        if !one.ices {
            if !one.is_after(side.list.day) {
                let text = format!(
                    "not on the {name}; left as it is, because your source is your own (as of {}): ask the agency whether it still stands",
                    one.as_of_words()
                );
                self.say(Sign::Gone, one.about(), spot, text);
            }
            return;
        }
        if one.is_after(side.list.day) {
            return self.backwards(one, side);
        }
        let unread = match side.list.gathered.listing.left_out {
            0 => "",
            _ => ", after a look at the rows that could not be read",
        };
        let text = format!("no longer on the {name}: ask the agency{unread}");
        if !self.left_is_unknown {
            self.say(Sign::Gone, one.about(), spot, text);
            return;
        }
        self.say(Sign::Gone, one.about(), spot, format!("{text}; its status becomes unknown")).writes = true;
        let retire = one.entry.keys().filter(|key| !STAND_WITH_UNKNOWN.contains(key)).map(str::to_string).collect();
        let remark = Some(format!(
            "{} as of {}; not on ICE's {name}: ask the agency",
            one.says.status.word(),
            one.as_of_words()
        ));
        let set = [("status", quoted(Status::Unknown.word())), ("as_of", side.list.day.to_string())];
        *self.change(one) = Change { set: set.into_iter().collect(), retire, remark };
    }
}

/// The link to the signed paper, where it can be written into a campaign.
fn moa(row: &Agreement) -> Option<&str> {
    row.moa.as_deref().filter(|url| values::read::<Url>(url).is_ok())
}
