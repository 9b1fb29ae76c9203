//! Owns what a person should confirm before printing: names, terms, dates and what a law leaves open.

use std::fmt;

use jiff::civil;

use crate::campaign::choices::EndRule;
use crate::campaign::{Campaign, Person};
use crate::diagnostic::{Diagnostic, Diagnostics};

/// Days after which a name is to be confirmed again.
const NAME_IS_FRESH: i32 = 30;

/// A thing to confirm, told apart from what it concerns, so that many campaigns can say it together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToConfirm {
    /// What is to be confirmed.
    pub what: String,
    /// The names or details it concerns; none if it is said of the campaign.
    pub of: Vec<String>,
    /// What stands between those.
    between: &'static str,
}

impl ToConfirm {
    /// A thing said of the campaign.
    pub fn of_all(what: String) -> ToConfirm {
        ToConfirm { what, of: Vec::new(), between: "" }
    }

    /// A thing said of people.
    fn of_people(what: String, of: Vec<String>) -> ToConfirm {
        ToConfirm { what, of, between: ", " }
    }

    /// A thing said of details, by their keys.
    pub fn of_details(what: &str, of: Vec<String>) -> ToConfirm {
        ToConfirm { what: what.to_string(), of, between: "; " }
    }
}

impl fmt::Display for ToConfirm {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str(&self.what)?;
        if self.of.is_empty() { Ok(()) } else { write!(out, ": {}", self.of.join(self.between)) }
    }
}

/// Each thing to confirm, one line, in the order of the campaign's file.
pub fn to_confirm(campaign: &Campaign, today: civil::Date) -> Vec<ToConfirm> {
    to_confirm_for(campaign, |_| true, today)
}

/// The same where paper goes to some of the officials only, by their places in the campaign's list.
pub fn to_confirm_for(campaign: &Campaign, concerns: impl Fn(usize) -> bool, today: civil::Date) -> Vec<ToConfirm> {
    let mut lines = Vec::new();
    let head = (&campaign.agency.head, campaign.agency.title.as_deref().unwrap_or("head"));
    let officials = campaign.officials.iter().enumerate().filter(|(at, _)| concerns(*at)).map(|(_, official)| {
        let title = official.title.as_deref().or(campaign.body.member.as_deref()).unwrap_or("official");
        (&official.person, title)
    });
    let people: Vec<(&Person, &str)> = std::iter::once(head).chain(officials).collect();
    let stale: Vec<String> = people
        .iter()
        .filter_map(|(person, title)| {
            let name = person.name.as_deref()?;
            let old = person.confirmed.is_none_or(|as_of| (today - as_of.date).get_days() > NAME_IS_FRESH);
            old.then(|| format!("{title} {name}"))
        })
        .collect();
    if !stale.is_empty() {
        let what = format!("names not confirmed in the last {NAME_IS_FRESH} days");
        lines.push(ToConfirm::of_people(what, stale));
    }
    for (person, title) in &people {
        if let (Some(name), Some(end)) = (&person.name, person.term_end)
            && end < today
        {
            let what = format!("the term of {title} {name} ended on {end}: who holds the office now?");
            lines.push(ToConfirm::of_all(what));
        }
    }
    let checked = campaign.current().filter_map(|agreement| agreement.sourced.as_ref()?.as_of).min();
    if let Some(as_of) = checked {
        let days = (today - as_of.date).get_days();
        if days > NAME_IS_FRESH {
            let what = format!("what is said of the agreement is {days} days old: look at ICE's list again");
            lines.push(ToConfirm::of_all(what));
        }
    }
    if let Some(date) = campaign.meeting.date
        && date < today
    {
        lines.push(ToConfirm::of_all(format!("the meeting of {date} is over and is not printed: write the next one")));
    }
    for (what, date) in
        [("the day to reply by", campaign.reply_by), ("the day sheets come back", campaign.petition.return_by)]
    {
        if let Some(date) = date
            && date <= today
        {
            lines.push(ToConfirm::of_all(format!("{what}, {date}, is past")));
        }
    }
    if campaign.petition.statement.is_some() {
        let what = "the petition prints your own statement: nobody but you has checked it against the law";
        lines.push(ToConfirm::of_all(what.to_string()));
    }
    if campaign.state.end == EndRule::Check {
        let state = &campaign.state.name;
        let what = format!("what {state} law says about these agreements is not settled here: ask a lawyer");
        lines.push(ToConfirm::of_all(what));
    }
    lines
}

/// Dates of what has happened must not lie after the date on the paper.
pub fn check_dates(campaign: &Campaign, today: civil::Date, problems: &mut Diagnostics) {
    let mut check = |what: &str, date: Option<civil::Date>| {
        let Some(date) = date.filter(|date| *date > today) else { return };
        let at = campaign.file.text.find(&date.to_string()).unwrap_or(0);
        let span = at..(at + 10).min(campaign.file.text.len());
        problems.push(
            Diagnostic::error(format!("`{what}` is {date}, after the date on the paper, {today}"))
                .at(&campaign.file, span)
                .hint("mend the date, or date the paper later with `--date`"),
        );
    };
    for agreement in &campaign.agreements {
        check("applied", agreement.applied);
        check("signed", agreement.signed);
        check("ended", agreement.ended);
        check("asked_on", agreement.asked_on);
        check("as_of", agreement.sourced.as_ref().and_then(|sourced| sourced.as_of).map(|as_of| as_of.date));
    }
    for question in &campaign.costs.questions {
        check("asked_on", question.asked_on);
    }
}
