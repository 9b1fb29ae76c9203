//! Owns the comparison of one campaign with the lists: what each agreement's row says now, and what the file should say then.

use std::ops::Range;

use super::agency::Match;
use super::edit::{Changes, Entries};
use super::held::Held;
use super::{Finding, List, Lists, News, Sign};
use crate::campaign::Campaign;
use crate::campaign::choices::{Model, Status};
use crate::ice::{AgencyRecord, Agreement, ListKind};

/// What one list says of the campaign's agency.
pub(super) struct Side<'a> {
    pub(super) list: &'a List,
    pub(super) kind: ListKind,
    /// The agency's agreements, each with the campaign's agreement it was found to be.
    pub(super) rows: Vec<(&'a Agreement, Option<usize>)>,
    /// Agencies that look like it.
    pub(super) alike: Vec<&'a AgencyRecord>,
}

impl<'a> Side<'a> {
    /// Gives rows that have none yet to agreements that have none yet, where they fit.
    fn pair(&mut self, held: &[Held], fits: impl Fn(&Held, &Agreement) -> bool) {
        for one in held {
            if self.row(one.at).is_some() {
                continue;
            }
            let row = self.rows.iter_mut().find(|(row, holder)| {
                holder.is_none() && one.says.model.map(Model::word) == Some(row.model.word()) && fits(one, row)
            });
            if let Some((_, holder)) = row {
                *holder = Some(one.at);
            }
        }
    }

    /// The row that an agreement of the campaign was found to be.
    pub(super) fn row(&self, at: usize) -> Option<&'a Agreement> {
        self.rows.iter().find(|(_, holder)| *holder == Some(at)).map(|(row, _)| *row)
    }

    pub(super) fn left_over(&self) -> Vec<&'a Agreement> {
        self.rows.iter().filter(|(_, holder)| holder.is_none()).map(|(row, _)| *row).collect()
    }

    /// `list of participating agencies of 2026-05-18`.
    pub(super) fn name(&self) -> String {
        format!("list of {} of {}", self.kind.title(), self.list.day)
    }
}

/// Holds a campaign against the lists: findings, notes and problems go to `news`, what the file should say is returned.
pub fn compare(
    campaign: &Campaign,
    entries: &Entries,
    lists: &Lists,
    left_is_unknown: bool,
    news: &mut News,
) -> Changes {
    let held: Vec<Held> = campaign
        .agreements
        .iter()
        .zip(&entries.entries)
        .enumerate()
        .map(|(at, (says, entry))| Held::new(at, says, entry))
        .collect();
    let mut work = Comparison {
        held: &held,
        agency: entries.agency.clone(),
        pending_given: lists.pending.is_some(),
        left_is_unknown,
        news,
        changes: Changes::default(),
    };
    let mut signed = match lists.participating.as_ref().map(|list| work.side(campaign, list)) {
        // Who the agency is on the one list is open: then nothing can be concluded from the other either.
        Some(None) => return Changes::default(),
        found => found.flatten(),
    };
    let mut asked = lists.pending.as_ref().and_then(|list| work.side(campaign, list));
    pair(&held, signed.as_mut(), asked.as_mut());
    for one in &held {
        match one.says.status {
            Status::Active => work.active(one, signed.as_ref(), asked.as_ref()),
            Status::Pending => work.pending(one, signed.as_ref(), asked.as_ref()),
            Status::Ended => work.ended(one, signed.as_ref()),
            Status::None | Status::Unknown => {}
        }
    }
    let found = work.new_ones(signed.as_ref(), asked.as_ref());
    work.vacant(found, signed.as_ref());
    work.changes
}

fn pair(held: &[Held], signed: Option<&mut Side>, asked: Option<&mut Side>) {
    let active = |one: &Held| one.says.status == Status::Active;
    let pending = |one: &Held| one.says.status == Status::Pending;
    let mut on_signed = Vec::new();
    if let Some(side) = signed {
        let same_day = |one: &Held, row: &Agreement| one.says.signed.is_some() && one.says.signed == row.signed.day();
        side.pair(held, |one, row| (active(one) || one.says.status == Status::Ended) && same_day(one, row));
        side.pair(held, |one, row| active(one) && (one.says.signed.is_none() || row.signed.day().is_none()));
        side.pair(held, |one, _| active(one));
        side.pair(held, |one, _| pending(one));
        on_signed = held.iter().map(|one| one.at).filter(|at| side.row(*at).is_some()).collect();
    }
    if let Some(side) = asked {
        side.pair(held, |one, _| pending(one));
        side.pair(held, |one, _| active(one) && !on_signed.contains(&one.at));
    }
}

pub(super) struct Comparison<'c> {
    pub(super) held: &'c [Held<'c>],
    /// Where the campaign names its agency.
    pub(super) agency: Option<Range<usize>>,
    pub(super) pending_given: bool,
    pub(super) left_is_unknown: bool,
    pub(super) news: &'c mut News,
    pub(super) changes: Changes,
}

impl<'c> Comparison<'c> {
    pub(super) fn say(
        &mut self,
        sign: Sign,
        about: impl Into<String>,
        span: Option<Range<usize>>,
        text: impl Into<String>,
    ) -> &mut Finding {
        let finding = Finding { sign, about: about.into(), text: text.into(), span, row: None, writes: false };
        self.news.findings.push(finding);
        self.news.findings.last_mut().expect("one was pushed just now")
    }

    /// What a list says of the campaign's agency; `None` where it is open which agency that is.
    fn side<'a>(&mut self, campaign: &Campaign, list: &'a List) -> Option<Side<'a>> {
        let kind = list.gathered.listing.kind;
        let name = self.agency.clone();
        let (agency, alike) = match list.find(campaign) {
            Match::Absent => (None, Vec::new()),
            Match::Found { agency, exact, alike } => {
                if !exact {
                    let text = format!("the list writes `{}`; taken for the same agency", agency.name);
                    self.say(Sign::Confirmed, "agency", name.clone(), text).row = first(kind, agency);
                }
                (Some(agency), alike)
            }
            Match::Unclear(candidates) => {
                let names: Vec<String> = candidates.iter().map(|agency| told(agency)).collect();
                let text = format!(
                    "the {} has no agency that is this one for certain; it may be {}. Nothing is changed; write the list's name in `agency.name` if it is the same",
                    kind.title().replace("agencies", "list"),
                    names.join(" or ")
                );
                self.say(Sign::Open, "agency", name, text);
                let notes = list.notes(&candidates);
                self.news.notes.extend(notes.into_iter().map(|note| (kind, note)));
                return None;
            }
        };
        let concerned: Vec<&AgencyRecord> = agency.into_iter().chain(alike.iter().copied()).collect();
        self.news.notes.extend(list.notes(&concerned).into_iter().map(|note| (kind, note)));
        for other in &alike {
            let text =
                format!("the list also has {}: if that is this agency, its agreements belong here too", told(other));
            self.say(Sign::Open, "agency", name.clone(), text).row = first(kind, other);
        }
        let rows = agency.into_iter().flat_map(|agency| &agency.agreements).map(|row| (row, None)).collect();
        Some(Side { list, kind, rows, alike })
    }
}

/// An agency as it is told to a person: its name, county and first row.
fn told(agency: &AgencyRecord) -> String {
    let county = match &agency.county {
        crate::ice::CountyCell::Named(name) => format!(", {name}"),
        crate::ice::CountyCell::Missing | crate::ice::CountyCell::Unsettled { .. } => String::new(),
    };
    let row = agency.agreements.first().map_or(0, |row| row.row);
    format!("`{}`{county} (row {row})", agency.name)
}

pub(super) fn first(kind: ListKind, agency: &AgencyRecord) -> Option<(ListKind, u32)> {
    agency.agreements.first().map(|row| (kind, row.row))
}
