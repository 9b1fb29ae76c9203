//! Owns the values of what organizers plan: the event, the hotline, the press, records, partners, bills, and the weeks counted back.

use jiff::civil;
use serde_json::{Value, json};

use super::{Context, Piece};
use crate::campaign::Campaign;
use crate::campaign::choices::{Answer, EventKind};
use crate::campaign::organizing::Partner;
use crate::lexicon::Lexicon;

/// Weeks of the timeline, and the one in which the goal lies; the last is for looking back.
const WEEKS: i64 = 12;
const GOAL_WEEK: i64 = 11;
/// The values of the weeks, first to last.
const WEEK_PATHS: [&str; WEEKS as usize] = [
    "timeline.week_1",
    "timeline.week_2",
    "timeline.week_3",
    "timeline.week_4",
    "timeline.week_5",
    "timeline.week_6",
    "timeline.week_7",
    "timeline.week_8",
    "timeline.week_9",
    "timeline.week_10",
    "timeline.week_11",
    "timeline.week_12",
];

/// Puts them all.
pub(super) fn organizing(c: &mut Context, campaign: &Campaign, lexicon: &Lexicon, today: civil::Date) {
    let date = |date: Option<civil::Date>| date.map(|date| lexicon.date(date));
    let all = &campaign.organizing;

    let event = &all.event;
    // An event that is over is not announced.
    let ahead = event.date.filter(|date| *date >= today);
    let text = |value: &Option<String>| value.clone().filter(|_| ahead.is_some());
    c.flag("event.known", ahead.is_some());
    c.choice("event.kind", event.kind.unwrap_or(EventKind::Forum).word());
    c.optional("event.name", text(&event.name));
    c.optional("event.date", ahead.map(|date| lexicon.weekday_date(date)));
    c.optional("event.time", text(&event.time));
    c.optional("event.place", text(&event.place));
    c.optional("event.address", text(&event.address));
    c.optional("event.access", text(&event.access));
    c.optional("event.childcare", text(&event.childcare));
    c.optional("event.interpretation", text(&event.interpretation));
    c.optional("event.rides", text(&event.rides));

    let hotline = &all.hotline;
    c.flag("hotline.known", hotline.phone.is_some());
    c.optional("hotline.name", hotline.name.clone());
    c.optional("hotline.phone", hotline.phone.clone());
    c.optional("hotline.hours", hotline.hours.clone());
    c.optional("hotline.languages", hotline.languages.clone());

    c.text("legal.reviewer", all.legal.reviewer.clone());
    c.text("legal.reviewed_on", date(all.legal.reviewed_on));
    c.optional("legal.resolution_cleared", date(all.legal.resolution_cleared));

    c.optional("media.outlet", all.media.outlet.clone());
    c.optional("media.article", all.media.article.clone());
    c.optional("media.limit", Some(all.media.word_limit.to_string()));

    c.optional("talk.date", date(all.talk.date));
    c.optional("talk.place", all.talk.place.clone());
    c.optional("talk.said", all.talk.said.clone());

    c.optional("budget.year", all.budget.year.clone());
    c.optional("budget.hearing", date(all.budget.hearing.filter(|date| *date >= today)));
    c.optional("budget.adoption", date(all.budget.adoption.filter(|date| *date >= today)));

    records(c, campaign, lexicon);

    let partners = |c: &mut Context, list: Vec<&Partner>| -> Value {
        list.into_iter()
            .map(|partner| {
                json!({
                    "name": c.token("coalition.name", vec![Piece::Text(partner.name.clone())]),
                    "city": c.maybe("coalition.city", partner.city.clone()),
                    "contact": c.maybe("coalition.contact", partner.contact.clone()),
                    "answer": partner.answer.word(),
                    "logo": partner.logo == Some(true),
                })
            })
            .collect()
    };
    let signed: Vec<&Partner> = all.coalition.iter().filter(|partner| partner.answer == Answer::Signed).collect();
    c.flag("coalition.any", !signed.is_empty());
    let value = partners(c, signed);
    c.put("coalition.signed", value);
    let value = partners(c, all.coalition.iter().collect());
    c.put("coalition.all", value);

    c.flag("bills_known", !all.bills.is_empty());
    let mut bills = Vec::new();
    for bill in &all.bills {
        bills.push(json!({
            "number": c.token("bill.number", vec![Piece::Text(bill.number.clone())]),
            "title": c.token("bill.title", vec![Piece::Text(bill.title.clone())]),
            "position": bill.position.word(),
        }));
    }
    c.put("bills", Value::Array(bills));
    timeline(c, campaign, lexicon, today);
}

fn records(c: &mut Context, campaign: &Campaign, lexicon: &Lexicon) {
    let law = campaign.state.records.as_ref();
    let own = &campaign.organizing.records;
    c.text("records.law", law.map(|law| law.law.clone()));
    c.text("records.citation", law.map(|law| law.citation.clone()));
    c.text("records.response", own.response.clone().or_else(|| law.map(|law| law.response.clone())));
    c.flag("records.residents", law.is_some_and(|law| law.residents));
    c.text("records.custodian", law.map(|law| law.custodian.clone()));
    c.text("records.appeal", law.map(|law| law.appeal.clone()));
    c.optional("records.requested_on", own.requested_on.map(|date| lexicon.date(date)));
    c.optional("records.denied_on", own.denied_on.map(|date| lexicon.date(date)));
    // A campaign that knows the time better than the register counts its days itself.
    let counted = law.filter(|_| own.response.is_none()).and_then(|law| law.due);
    let due = own.requested_on.zip(counted).map(|(sent, due)| due.after(sent));
    c.optional("records.due", due.map(|date| lexicon.date(date)));
}

/// The weeks counted back from the goal: the meeting, the handing over, or the decision on money.
fn timeline(c: &mut Context, campaign: &Campaign, lexicon: &Lexicon, today: civil::Date) {
    let budget = &campaign.organizing.budget;
    let goal = [campaign.meeting.date, campaign.petition.deliver_on, budget.hearing, budget.adoption]
        .into_iter()
        .flatten()
        .find(|date| *date >= today);
    let monday = |date: civil::Date| {
        date.saturating_sub(jiff::Span::new().days(i64::from(date.weekday().to_monday_zero_offset())))
    };
    let begins = |week: i64| goal.map(|goal| monday(goal).saturating_sub(jiff::Span::new().weeks(GOAL_WEEK - week)));
    c.flag("timeline.known", goal.is_some());
    c.flag("timeline.short", begins(1).is_some_and(|first| first < monday(today)));
    c.optional("timeline.goal", goal.map(|date| lexicon.weekday_date(date)));
    for (week, path) in (1..=WEEKS).zip(WEEK_PATHS) {
        let begin = begins(week).map(|date| match date <= monday(today) {
            true => lexicon.label("now").to_string(),
            false => lexicon.date(date),
        });
        c.optional(path, begin);
    }
}
