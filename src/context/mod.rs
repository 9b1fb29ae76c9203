//! Owns what words are filled with: every value of `fields`, worked out from a campaign for one job.

use std::collections::BTreeMap;

use jiff::civil;
use serde_json::{Map, Value, json};

use crate::address::one_line;
use crate::campaign::{Campaign, Official};
use crate::contract::Picture;
use crate::fields::{FieldSpec, Kind, find};
use crate::lexicon::Lexicon;
use crate::roll::Counts;
use crate::values::thousands;

mod agency;
mod body;
pub mod listed;
mod organizing;

pub use body::{default_questions, official_title};

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
    agency::agency(c, campaign, lexicon);
    agency::agreements(c, campaign, lexicon);
    agency::law(c, campaign);
    body::body(c, campaign);
    body::recipient(c, campaign, official);
    body::meeting(c, campaign, lexicon, today);
    body::costs(c, campaign, lexicon);
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

/// A title and a name, with a write-in line for what is missing.
fn titled(title: Option<&str>, title_path: &'static str, name: Option<&str>, name_path: &'static str) -> Vec<Piece> {
    let mut pieces = vec![title.map_or(Piece::Blank { path: title_path }, |title| Piece::Text(format!("{title} ")))];
    if title.is_none() {
        pieces.push(Piece::Text(" ".into()));
    }
    pieces.push(name.map_or(Piece::Blank { path: name_path }, |name| Piece::Text(name.to_string())));
    pieces
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
