//! Owns what words are filled with: every value of `fields`, worked out from a campaign for one job.

use std::collections::BTreeMap;

use jiff::civil;
use serde_json::{Map, Value, json};

use crate::address::one_line;
use crate::campaign::choices::{AgencyKind, AgreementRule, Approval, Model, Role, Selected, Status};
use crate::campaign::{Campaign, Official, Person, Question};
use crate::contract::Picture;
use crate::fields::{FieldSpec, Kind, find};
use crate::lexicon::Lexicon;
use crate::roll::Counts;
use crate::values::thousands;

pub mod listed;
mod organizing;

/// A stretch of what a value prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text as it is.
    Text(String),
    /// A write-in line for a value that is missing.
    Blank {
        /// The missing value's name.
        path: &'static str,
    },
}

/// Opens a token in filled words; what follows says which.
pub const OPEN: char = '\u{E000}';
/// Closes a token.
pub const CLOSE: char = '\u{E001}';
/// Parts the label from the width inside a blank's token.
pub const PART: char = '\u{E002}';

/// A value that can be printed, where it came from and what it prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// Its name.
    pub path: String,
    /// What it prints.
    pub pieces: Vec<Piece>,
}

/// What one job's words are filled with.
///
/// Text never enters the template: it stands in `printed`, and the template sees a token with its number. So nothing a person typed is
/// ever read as Markdown or Handlebars, and every character on paper is known to come from the words, a fact or a field.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// The values by name, as Handlebars sees them.
    pub data: Map<String, Value>,
    /// What the tokens stand for.
    pub printed: Vec<Printed>,
}

impl Context {
    fn spec(path: &str) -> &'static FieldSpec {
        find(path).unwrap_or_else(|| panic!("`{path}` is not in the list of fields"))
    }

    fn put(&mut self, path: &str, value: Value) {
        let mut at = &mut self.data;
        let mut parts = path.split('.').peekable();
        while let Some(part) = parts.next() {
            if parts.peek().is_none() {
                at.insert(part.to_string(), value);
                return;
            }
            let inner = at.entry(part).or_insert_with(|| json!({}));
            at = inner.as_object_mut().expect("a value's name is never the beginning of another's");
        }
    }

    /// A token for what `path` prints.
    fn token(&mut self, path: &str, pieces: Vec<Piece>) -> Value {
        self.printed.push(Printed { path: path.to_string(), pieces });
        Value::String(format!("{OPEN}v{}{CLOSE}", self.printed.len() - 1))
    }

    /// Whether a value is not known: absent, or a line to write on.
    pub fn is_missing(&self, path: &str) -> bool {
        let mut parts = path.split('.');
        let first = parts.next().and_then(|part| self.data.get(part));
        let value = parts.fold(first, |at, part| at.and_then(|value| value.get(part)));
        let blank = self.printed.iter().any(|printed| {
            printed.path == path && printed.pieces.iter().any(|piece| matches!(piece, Piece::Blank { .. }))
        });
        blank || value.is_none_or(Value::is_null)
    }

    /// A token for a text that may be absent.
    fn maybe(&mut self, path: &str, value: Option<String>) -> Value {
        value.map_or(Value::Null, |value| self.token(path, vec![Piece::Text(value)]))
    }

    fn pieces(&mut self, path: &'static str, pieces: Vec<Piece>) {
        let token = self.token(path, pieces);
        self.put(path, token);
    }

    /// Text that every campaign may be asked for: missing, it is a write-in line.
    fn text(&mut self, path: &'static str, value: Option<String>) {
        debug_assert!(matches!(Self::spec(path).kind, Kind::Text(_)), "{path}");
        self.pieces(path, vec![value.map_or(Piece::Blank { path }, Piece::Text)]);
    }

    fn optional(&mut self, path: &'static str, value: Option<String>) {
        debug_assert!(matches!(Self::spec(path).kind, Kind::Optional), "{path}");
        if let Some(value) = value {
            self.pieces(path, vec![Piece::Text(value)]);
        } else {
            self.put(path, Value::Null);
        }
    }

    fn choice(&mut self, path: &'static str, word: &'static str) {
        debug_assert!(Self::spec(path).kind.choices().contains(&word), "{path} {word}");
        self.put(path, json!(word));
    }

    fn flag(&mut self, path: &'static str, value: bool) {
        debug_assert!(matches!(Self::spec(path).kind, Kind::Flag), "{path}");
        self.put(path, json!(value));
    }
}

/// Days an official has to answer, unless the campaign says when.
const REPLY_DAYS: i64 = 30;

/// Dates of a document's sources, in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceDates {
    /// The oldest among the claims.
    pub oldest: Option<String>,
    /// The one that most sources share.
    pub shared: Option<String>,
}

/// What a run as a whole makes, for the organizer's notes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Run {
    /// Title and purpose of each document with the group it serves.
    pub paper: Vec<(String, String, &'static str)>,
    /// What to confirm before printing.
    pub confirm: Vec<String>,
}

/// Works out every value for one job.
///
/// `official` is whom a letter goes to; `dates` are known only once the document's sources are.
pub fn context(
    campaign: &Campaign,
    counts: &Counts,
    official: Option<&Official>,
    lexicon: &Lexicon,
    today: civil::Date,
    dates: &SourceDates,
    run: &Run,
) -> Context {
    let mut context = Context::default();
    let c = &mut context;
    place(c, campaign, lexicon);
    agency(c, campaign, lexicon);
    agreements(c, campaign, lexicon);
    law(c, campaign);
    body(c, campaign);
    recipient(c, campaign, official);
    meeting(c, campaign, lexicon, today);
    costs(c, campaign, lexicon);
    organization(c, campaign, lexicon);
    c.optional("petition.return_by", campaign.petition.return_by.map(|date| lexicon.date(date)));
    c.optional("petition.goal", campaign.petition.goal.map(|goal| thousands(goal.into())));
    c.optional("petition.statement", campaign.petition.statement.clone());
    c.optional("petition.deliver_on", campaign.petition.deliver_on.map(|date| lexicon.date(date)));
    c.optional("petition.signatures", campaign.petition.signatures.map(|count| thousands(count.into())));
    organizing::organizing(c, campaign, lexicon, today);
    listed::listed(c, campaign, counts, lexicon);
    c.choice("picture", campaign.picture.map_or("none", Picture::word));
    let mut paper = Vec::new();
    for (title, purpose, group) in &run.paper {
        let title = c.token("paper.title", vec![Piece::Text(title.clone())]);
        let purpose = c.token("paper.purpose", vec![Piece::Text(purpose.clone())]);
        paper.push(json!({ "title": title, "purpose": purpose, "group": group }));
    }
    c.put("paper", Value::Array(paper));
    let mut confirm = Vec::new();
    for line in &run.confirm {
        confirm.push(json!({ "text": c.token("confirm.text", vec![Piece::Text(line.clone())]) }));
    }
    c.put("confirm", Value::Array(confirm));
    // A letter without a day to answer by is not answered.
    let reply_by = campaign
        .reply_by
        .filter(|date| *date > today)
        .unwrap_or_else(|| today.saturating_add(jiff::Span::new().days(REPLY_DAYS)));
    c.optional("asks.reply_by", Some(lexicon.date(reply_by)));
    c.text("today", Some(lexicon.date(today)));
    c.optional("facts_as_of", dates.oldest.clone());
    c.optional("sources_as_of", dates.shared.clone());
    context
}

fn place(c: &mut Context, campaign: &Campaign, lexicon: &Lexicon) {
    let place = &campaign.place;
    c.text("place.name", Some(place.name.clone()));
    c.choice("place.kind", place.kind.word());
    c.text("place.kind_word", Some(lexicon.label(&format!("kind-{}", place.kind.word())).to_string()));
    c.text("place.state", Some(campaign.state.name.clone()));
    c.text("place.state_code", Some(campaign.state.code.clone()));
    c.optional("place.seat", place.seat.clone());
}

fn agency(c: &mut Context, campaign: &Campaign, lexicon: &Lexicon) {
    let agency = &campaign.agency;
    c.text("agency.name", Some(agency.name.clone()));
    c.choice("agency.kind", agency.kind.word());
    let deputies = matches!(agency.kind, AgencyKind::Sheriff | AgencyKind::Constable);
    let (one, several) = match deputies {
        true => ("officer-deputies", "officers-deputies"),
        false => ("officer-officers", "officers-officers"),
    };
    c.text("agency.officer", Some(lexicon.label(one).to_string()));
    c.text("agency.officers", Some(lexicon.label(several).to_string()));
    c.flag("agency.has_jail", agency.jail);
    c.text("agency.phone", agency.phone.as_ref().map(|phone| phone.0.clone()));
    c.text("head.title", agency.title.clone());
    c.text("head.title_lower", agency.title.as_deref().map(lower_title));
    c.text("head.name", agency.head.name.clone());
    c.pieces("head.full", titled(agency.title.as_deref(), "head.title", agency.head.name.as_deref(), "head.name"));
    // A chief of police is spoken to as Chief.
    let spoken_title = agency.title.as_deref().map(|title| if title.contains("Chief") { "Chief" } else { title });
    c.pieces("head.salutation", titled(spoken_title, "head.title", agency.head.last.as_deref(), "head.name"));
    c.flag("head.elected", agency.selected == Some(Selected::Elected));
}

/// A title and a name, with a write-in line for what is missing.
fn titled(title: Option<&str>, title_path: &'static str, name: Option<&str>, name_path: &'static str) -> Vec<Piece> {
    let mut pieces = vec![title.map_or(Piece::Blank { path: title_path }, |title| Piece::Text(format!("{title} ")))];
    if title.is_none() {
        pieces.push(Piece::Text(" ".into()));
    }
    pieces.push(name.map_or(Piece::Blank { path: name_path }, |name| Piece::Text(name.to_string())));
    pieces
}

/// A title inside a sentence: sheriff, chief of police.
fn lower_title(title: &str) -> String {
    title.to_lowercase()
}

fn agreements(c: &mut Context, campaign: &Campaign, lexicon: &Lexicon) {
    let models = campaign.models();
    let current: Vec<_> = campaign.current().collect();
    c.choice("agreement.status", campaign.status().word());
    c.put("agreement.models", json!(models.iter().map(|model| model.word()).collect::<Vec<_>>()));
    c.optional("agreement.model_names", (!models.is_empty()).then(|| lexicon.models(&models)));
    c.flag("agreement.several", models.len() > 1);
    c.flag("agreement.task_force", models.contains(&Model::TaskForce));
    c.flag("agreement.jail_only", !models.is_empty() && !models.contains(&Model::TaskForce));
    let date = |date: Option<civil::Date>| date.map(|date| lexicon.date(date));
    c.optional("agreement.signed", date(current.iter().filter_map(|agreement| agreement.signed).min()));
    c.optional("agreement.ended", date(current.iter().filter_map(|agreement| agreement.ended).max()));
    c.optional("agreement.applied", date(current.iter().filter_map(|agreement| agreement.applied).min()));
    c.optional("agreement.asked_on", date(current.iter().filter_map(|agreement| agreement.asked_on).max()));
    let checked = current.iter().filter_map(|agreement| agreement.sourced.as_ref()?.as_of).min();
    c.optional("agreement.checked", checked.map(|as_of| lexicon.as_of(as_of)));
    // The least that is known of all of them: one unapproved agreement is not made good by another.
    let approved = [Approval::No, Approval::Unknown, Approval::Later, Approval::Yes]
        .into_iter()
        .find(|answer| current.iter().any(|agreement| agreement.approved == *answer))
        .unwrap_or(Approval::Unknown);
    c.choice("agreement.board_approved", approved.word());
    let approval_known = current.iter().filter_map(|agreement| agreement.approval_sourced.as_ref()?.as_of).min();
    c.optional("agreement.board_as_of", approval_known.map(|as_of| lexicon.as_of(as_of)));
    c.optional("agreement.signer", current.iter().find_map(|agreement| agreement.signed_by.clone()));
    let published = current.iter().find_map(|agreement| agreement.moa_url.as_ref());
    c.optional("agreement.moa_url", published.map(|url| url.printed().to_string()));
    let officers = ["agreement.officers_authorized", "agreement.officers_trained", "agreement.officers_active"];
    for (at, path) in officers.into_iter().enumerate() {
        // Officers are counted together where there are several agreements, if each says how many.
        let counts: Option<Vec<u32>> = current.iter().map(|agreement| agreement.officers[at]).collect();
        let sum = counts.filter(|counts| !counts.is_empty()).map(|counts| counts.into_iter().map(u64::from).sum());
        c.optional(path, sum.map(thousands));
    }
    let mut list = Vec::new();
    for agreement in &campaign.agreements {
        let Some(model) = agreement.model else { continue };
        let name = c.token("agreements.model_name", vec![Piece::Text(lexicon.model(model).to_string())]);
        let mut dated = |path: &str, day: Option<civil::Date>| match day {
            Some(day) => c.token(path, vec![Piece::Text(lexicon.date(day))]),
            None => Value::Null,
        };
        list.push(json!({
            "model": model.word(),
            "model_name": name,
            "status": agreement.status.word(),
            "signed": dated("agreements.signed", agreement.signed),
            "ended": dated("agreements.ended", agreement.ended),
        }));
    }
    c.put("agreements", Value::Array(list));
}

fn law(c: &mut Context, campaign: &Campaign) {
    let rules = &campaign.state.rules;
    c.choice("law.end", campaign.state.end.word());
    c.flag("law.requires", campaign.required());
    c.flag("law.prohibits", rules.contains(&AgreementRule::Prohibits));
    c.flag("law.board", rules.contains(&AgreementRule::Board));
    c.flag("law.limits", rules.contains(&AgreementRule::Limits));
    c.flag("law.known", !rules.contains(&AgreementRule::Unknown));
    c.choice("law.detainers", campaign.state.detainers.word());
    c.choice("stance", campaign.stance().word());
}

fn body(c: &mut Context, campaign: &Campaign) {
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

fn recipient(c: &mut Context, campaign: &Campaign, official: Option<&Official>) {
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

fn meeting(c: &mut Context, campaign: &Campaign, lexicon: &Lexicon, today: civil::Date) {
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

fn costs(c: &mut Context, campaign: &Campaign, lexicon: &Lexicon) {
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

fn organization(c: &mut Context, campaign: &Campaign, lexicon: &Lexicon) {
    let organization = &campaign.organization;
    c.text("organization.name", organization.name.clone());
    c.choice("organization.kind", organization.kind.word());
    let ways: Vec<String> = [
        organization.phone.as_ref().map(|phone| phone.0.clone()),
        organization.email.as_ref().map(|email| email.0.clone()),
    ]
    .into_iter()
    .flatten()
    .collect();
    let reach = (!ways.is_empty()).then(|| lexicon.join(&ways, "or"));
    let contact = match (&organization.contact, reach) {
        (Some(who), Some(reach)) => Some(format!("{who}, {reach}")),
        (who, reach) => reach.or_else(|| who.clone()),
    };
    c.text("organization.contact", contact);
    c.optional("organization.url", organization.url.as_ref().map(|url| url.printed().to_string()));
    let address = one_line(&organization.mail);
    c.optional("organization.address", address.clone());
    c.optional("organization.disclaimer", organization.disclaimer.clone());
    c.text("petition.return_to", address);
}

/// Every value's name with the number of inches its write-in line needs.
pub fn blank_width(path: &str) -> f32 {
    match find(path).map(|field| field.kind) {
        Some(Kind::Text(width)) => width,
        // The parts of an address, which only the address block uses.
        _ => 2.6,
    }
}

/// All the values of a context by name, for a test that none is forgotten.
pub fn names(context: &Context) -> BTreeMap<String, bool> {
    fn walk(prefix: &str, map: &Map<String, Value>, out: &mut BTreeMap<String, bool>) {
        for (key, value) in map {
            let path = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
            match value {
                Value::Object(inner) => walk(&path, inner, out),
                _ => {
                    out.insert(path, true);
                }
            }
        }
    }
    let mut out = BTreeMap::new();
    walk("", &context.data, &mut out);
    out
}
