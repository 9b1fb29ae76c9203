//! Owns the values of the governing body: its members, whom a letter goes to, its meetings, and what it is asked about costs.

use jiff::civil;
use serde_json::{Value, json};

use super::agency::lower_title;
use super::{Context, Piece, titled};
use crate::campaign::choices::{Model, Role, Status};
use crate::campaign::{Campaign, Official, Person, Question};
use crate::lexicon::Lexicon;

/// Puts what the body and its people are called.
pub(super) fn body(c: &mut Context, campaign: &Campaign) {
    let body = &campaign.body;
    c.text("body.name", body.name.clone());
    c.text("body.short", body.short.clone());
    c.text("body.member", body.member.as_deref().map(lower_title));
    c.text("body.members", body.members.as_deref().map(lower_title));
    c.text("body.lead", body.lead.clone());
    let chair = campaign.officials.iter().find(|official| official.lead).and_then(|official| {
        let title = official.title.as_deref().or(body.lead.as_deref())?;
        Some(format!("{title} {}", official.person.name.as_deref()?))
    });
    c.optional("body.chair", chair);
    let clerk = campaign.officials.iter().find(|official| official.role == Role::Clerk).and_then(|official| {
        let title = official_title(campaign, official)?;
        Some(format!("{title} {}", official.person.name.as_deref()?))
    });
    c.optional("body.clerk", clerk);
    c.flag("body.may_limit", campaign.body_may_limit());
}

/// Puts whom a letter goes to.
pub(super) fn recipient(c: &mut Context, campaign: &Campaign, official: Option<&Official>) {
    let person: Option<&Person> = official.map(|official| &official.person);
    let title = official.and_then(|official| official_title(campaign, official));
    c.text("official.name", person.and_then(|person| person.name.clone()));
    c.text("official.title", title.clone());
    let last = person.and_then(|person| person.last.as_deref());
    c.pieces("official.salutation", titled(title.as_deref(), "official.title", last, "official.name"));
    c.optional("official.district", official.and_then(|official| official.district.clone()));
    c.choice("official.role", official.map_or(Role::CountyBody, |official| official.role).word());
    c.flag("official.is_lead", official.is_some_and(|official| official.lead));
}

/// What an official is called: the title given, or the usual one of the office.
pub fn official_title(campaign: &Campaign, official: &Official) -> Option<String> {
    let usual = match official.role {
        Role::CountyBody => return official.title.clone().or_else(|| campaign.body.member.clone()),
        // Who answers for records has a different title in every office.
        Role::RecordsCustodian => return official.title.clone(),
        Role::CityCouncil if campaign.place.kind.suffix().is_none() => {
            return official.title.clone().or_else(|| campaign.body.member.clone());
        }
        Role::CityCouncil => "Council Member",
        Role::CountyAttorney if campaign.place.kind.suffix().is_none() => "City Attorney",
        Role::CountyAttorney => "County Attorney",
        Role::Prosecutor => "Prosecutor",
        Role::StateSenator | Role::UsSenator => "Senator",
        Role::StateRepresentative => campaign.state.lower_member.as_deref().unwrap_or("Representative"),
        Role::UsRepresentative => "Representative",
        Role::Governor => "Governor",
        Role::AttorneyGeneral => "Attorney General",
        Role::Clerk => "Clerk",
    };
    official.title.clone().or_else(|| Some(usual.to_string()))
}

/// Puts its next meeting and the rules for who speaks there.
pub(super) fn meeting(c: &mut Context, campaign: &Campaign, lexicon: &Lexicon, today: civil::Date) {
    let meeting = &campaign.meeting;
    // A meeting that is over is not announced.
    let date = meeting.date.filter(|date| *date >= today);
    let ahead = |value: &Option<String>| value.clone().filter(|_| date.is_some());
    c.flag("meeting.upcoming", date.is_some());
    c.optional("meeting.date", date.map(|date| lexicon.weekday_date(date)));
    c.optional("meeting.time", ahead(&meeting.time));
    c.optional("meeting.place", meeting.place.clone());
    c.optional("meeting.address", meeting.address.clone());
    c.optional("meeting.regular", meeting.regular.clone());

    let rules = &campaign.rules;
    let known = rules.time_limit.is_some()
        || rules.sign_up.is_some()
        || rules.sign_up_by.is_some()
        || !rules.must_state.is_empty()
        || rules.agenda_items_only.is_some()
        || rules.copies.is_some()
        || rules.remote.is_some()
        || rules.interpreter_by.is_some()
        || rules.notes.is_some();
    c.flag("rules.known", known);
    c.optional("rules.limit", rules.time_limit.map(|seconds| lexicon.duration(seconds)));
    c.optional("rules.sign_up", rules.sign_up.clone());
    c.optional("rules.sign_up_by", rules.sign_up_by.clone());
    let must = (!rules.must_state.is_empty()).then(|| lexicon.must_state(&rules.must_state));
    c.optional("rules.must_state", must);
    c.flag("rules.agenda_only", rules.agenda_items_only == Some(true));
    c.optional("rules.copies", rules.copies.map(|copies| copies.to_string()));
    c.optional("rules.remote", rules.remote.clone());
    c.optional("rules.interpreter_by", rules.interpreter_by.clone());
    c.optional("rules.notes", rules.notes.clone());
}

/// The questions asked when a campaign names none: what its models make worth asking first.
pub fn default_questions(campaign: &Campaign) -> Vec<&'static str> {
    let models = campaign.models();
    match campaign.status() {
        Status::Active | Status::Pending | Status::Ended if models.contains(&Model::TaskForce) => {
            vec!["training", "hours", "reimbursement", "stops", "claims"]
        }
        _ => vec!["training", "hours", "screened", "reimbursement", "claims"],
    }
}

/// Puts the costs that are known, the questions about those that are not, and what else ties the place to ICE.
pub(super) fn costs(c: &mut Context, campaign: &Campaign, lexicon: &Lexicon) {
    let mut known = Vec::new();
    for cost in &campaign.costs.known {
        let what = c.token("costs.known.what", vec![Piece::Text(cost.what.clone())]);
        let amount = c.token("costs.known.amount", vec![Piece::Text(cost.amount.clone())]);
        known.push(json!({ "what": what, "amount": amount }));
    }
    c.put("costs.known", Value::Array(known));
    let mut questions = Vec::new();
    let mut ask = |question: String,
                   own: bool,
                   asked_on: Option<civil::Date>,
                   answer: Option<&String>,
                   source: Option<&String>| {
        let text = c.token("costs.questions.text", vec![Piece::Text(question)]);
        questions.push(json!({
            "text": text,
            "own": own,
            "asked_on": c.maybe("costs.questions.asked_on", asked_on.map(|date| lexicon.date(date))),
            "answer": c.maybe("costs.questions.answer", answer.cloned()),
            "source": c.maybe("costs.questions.source", source.cloned()),
        }));
    };
    let banked = |id: &str| lexicon.label(&format!("question-{id}")).to_string();
    match campaign.costs.questions.as_slice() {
        [] => default_questions(campaign).into_iter().for_each(|id| ask(banked(id), false, None, None, None)),
        asked => asked.iter().for_each(|cost| {
            let (text, own) = match &cost.question {
                Question::Banked(id) => (banked(id), false),
                Question::Own(text) => (text.clone(), true),
            };
            ask(text, own, cost.asked_on, cost.answer.as_ref(), cost.source.as_ref())
        }),
    }
    c.put("costs.questions", Value::Array(questions));
    c.flag("ties.detention", campaign.ties.detention);
    c.optional(
        "ties.per_diem",
        campaign.ties.per_diem.as_ref().map(|money| format!("{} {}", money.0, lexicon.label("per-person-day"))),
    );
}
