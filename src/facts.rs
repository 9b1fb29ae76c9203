//! Owns the register of facts: every claim that may be printed, with its source, its age and the conditions under which it may be said.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil;
use serde::Deserialize;

use crate::campaign::choices::{
    AgencyKind, AgreementRule, Certainty, DetainerRule, EndRule, Model, OrganizationKind, Status,
};
use crate::decode::decode;
use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile, Spot};
use crate::values::{AsOf, Count, Date, Field, Leaf, Text, Url};

/// `facts/*.toml` as written.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RawFile {
    format: Field<Count>,
    fact: Vec<toml::Spanned<RawFact>>,
    state: Vec<toml::Spanned<RawState>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RawFact {
    id: Field<Text>,
    text: BTreeMap<String, Field<Text>>,
    spoken: BTreeMap<String, Field<Text>>,
    source: Field<Text>,
    url: Field<Url>,
    as_of: Field<AsOf>,
    review_by: Field<Date>,
    certainty: Field<Certainty>,
    adverse: Field<Text>,
    note: Field<Text>,
    when: When,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RawState {
    code: Field<Text>,
    name: Field<Text>,
    circuit: Field<Text>,
    body: Field<Text>,
    member: Field<Text>,
    lead: Field<Text>,
    unit: Field<Text>,
    agreements: RawAgreements,
    detainers: RawDetainers,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RawAgreements {
    rules: Vec<AgreementRule>,
    end: Field<EndRule>,
    required_of: Vec<AgencyKind>,
    may_end: Vec<Model>,
    text: BTreeMap<String, Field<Text>>,
    source: Field<Text>,
    url: Field<Url>,
    as_of: Field<AsOf>,
    review_by: Field<Date>,
    certainty: Field<Certainty>,
    adverse: Field<Text>,
    note: Field<Text>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RawDetainers {
    rule: Field<DetainerRule>,
    text: BTreeMap<String, Field<Text>>,
    source: Field<Text>,
    url: Field<Url>,
    as_of: Field<AsOf>,
    review_by: Field<Date>,
    certainty: Field<Certainty>,
    adverse: Field<Text>,
    note: Field<Text>,
}

/// The conditions of a fact; each that is given must hold, by any of its values.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct When {
    /// The agency holds one of these models.
    pub models: Option<Vec<Model>>,
    /// The agency holds none of these models.
    pub without_models: Option<Vec<Model>>,
    /// The agreements stand so.
    pub status: Option<Vec<Status>>,
    /// The agreements do not stand so.
    pub not_status: Option<Vec<Status>>,
    /// The place is in one of these states.
    pub states: Option<Vec<String>>,
    /// The place is in none of these states.
    pub not_states: Option<Vec<String>>,
    /// The place is in one of these federal circuits: `1` to `11`, `dc`.
    pub circuits: Option<Vec<String>>,
    /// The place is in none of these federal circuits.
    pub not_circuits: Option<Vec<String>>,
    /// The state has one of these rules about agreements.
    pub agreements: Option<Vec<AgreementRule>>,
    /// The state has none of these rules about agreements.
    pub not_agreements: Option<Vec<AgreementRule>>,
    /// The state's rule about detainers.
    pub detainers: Option<Vec<DetainerRule>>,
    /// Not the state's rule about detainers.
    pub not_detainers: Option<Vec<DetainerRule>>,
    /// The kind of organization that speaks.
    pub organization: Option<Vec<OrganizationKind>>,
    /// Not the kind of organization that speaks.
    pub not_organization: Option<Vec<OrganizationKind>>,
}

/// What conditions are held against: one campaign, seen from its facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Situation {
    /// Models held.
    pub models: Vec<Model>,
    /// Where the agreements stand.
    pub status: Status,
    /// Two-letter code.
    pub state: String,
    /// `1` to `11`, `dc`.
    pub circuit: String,
    /// The state's rules about agreements.
    pub agreements: Vec<AgreementRule>,
    /// The state's rule about detainers.
    pub detainers: DetainerRule,
    /// Who speaks.
    pub organization: OrganizationKind,
}

impl When {
    /// The first condition that does not hold, in words; `None` if all hold.
    pub fn broken_by(&self, here: &Situation) -> Option<String> {
        // Without `..`, so that a new condition does not compile until it is held against something.
        let When {
            models,
            without_models,
            status,
            not_status,
            states,
            not_states,
            circuits,
            not_circuits,
            agreements,
            not_agreements,
            detainers,
            not_detainers,
            organization,
            not_organization,
        } = self;
        [
            any("models", models, &here.models, Model::word),
            none("models", without_models, &here.models, Model::word),
            any("status", status, &[here.status], Status::word),
            none("status", not_status, &[here.status], Status::word),
            any_name("states", states, &here.state),
            none_name("states", not_states, &here.state),
            any_name("circuits", circuits, &here.circuit),
            none_name("circuits", not_circuits, &here.circuit),
            any("agreements", agreements, &here.agreements, AgreementRule::word),
            none("agreements", not_agreements, &here.agreements, AgreementRule::word),
            any("detainers", detainers, &[here.detainers], DetainerRule::word),
            none("detainers", not_detainers, &[here.detainers], DetainerRule::word),
            any("organization", organization, &[here.organization], OrganizationKind::word),
            none("organization", not_organization, &[here.organization], OrganizationKind::word),
        ]
        .into_iter()
        .flatten()
        .next()
    }
}

fn list<T: Copy>(items: &[T], word: fn(T) -> &'static str) -> String {
    match items {
        [] => "none".to_string(),
        _ => items.iter().map(|item| word(*item)).collect::<Vec<_>>().join(", "),
    }
}

fn any<T: Copy + PartialEq>(
    name: &str,
    wanted: &Option<Vec<T>>,
    found: &[T],
    word: fn(T) -> &'static str,
) -> Option<String> {
    let wanted = wanted.as_ref()?;
    let holds = wanted.iter().any(|item| found.contains(item));
    (!holds).then(|| format!("{name}: needs {}, here {}", list(wanted, word), list(found, word)))
}

fn none<T: Copy + PartialEq>(
    name: &str,
    barred: &Option<Vec<T>>,
    found: &[T],
    word: fn(T) -> &'static str,
) -> Option<String> {
    let barred = barred.as_ref()?;
    let broken = barred.iter().any(|item| found.contains(item));
    broken.then(|| format!("{name}: not with {}, here {}", list(barred, word), list(found, word)))
}

fn any_name(name: &str, wanted: &Option<Vec<String>>, found: &str) -> Option<String> {
    let wanted = wanted.as_ref()?;
    let holds = wanted.iter().any(|item| item == found);
    (!holds).then(|| format!("{name}: needs {}, here {found}", wanted.join(", ")))
}

fn none_name(name: &str, barred: &Option<Vec<String>>, found: &str) -> Option<String> {
    let barred = barred.as_ref()?;
    barred.iter().any(|item| item == found).then(|| format!("{name}: not in {found}"))
}

/// A claim with its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Unique, kebab-case.
    pub id: String,
    /// Printed wording by language.
    pub text: BTreeMap<String, String>,
    /// Wording to be read aloud, by language.
    pub spoken: BTreeMap<String, String>,
    /// Full citation.
    pub source: String,
    /// Where a person can check it.
    pub url: Option<Url>,
    /// When it was last checked.
    pub as_of: AsOf,
    /// The last day it may be printed without a new check.
    pub review_by: civil::Date,
    /// How sure it is.
    pub certainty: Certainty,
    /// What a fair opponent answers.
    pub adverse: Option<String>,
    /// For the fact checker.
    pub note: Option<String>,
    /// When it may be said.
    pub when: When,
    /// Where it stands in its file.
    pub spot: Option<Spot>,
}

impl Fact {
    /// Days since its review fell due; `None` while it is in time.
    pub fn days_overdue(&self, today: civil::Date) -> Option<i32> {
        (today > self.review_by).then(|| (today - self.review_by).get_days())
    }
}

/// What a state's law does, and what its counties call things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Two letters.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Federal circuit: `1` to `11`, `dc`.
    pub circuit: String,
    /// Usual name of a county's governing body.
    pub body: Option<String>,
    /// What its members are called.
    pub member: Option<String>,
    /// What its head is called.
    pub lead: Option<String>,
    /// What a seat is called.
    pub unit: Option<String>,
    /// Rules about agreements.
    pub rules: Vec<AgreementRule>,
    /// Whether an official may be asked to end one.
    pub end: EndRule,
    /// The agencies a duty falls on.
    pub required_of: Vec<AgencyKind>,
    /// Models that may be asked to end all the same.
    pub may_end: Vec<Model>,
    /// Rule about detainers.
    pub detainers: DetainerRule,
    /// The printable claim about agreements, if there is one; its id is `law-agreements`.
    pub agreements_fact: Option<Fact>,
    /// The printable claim about detainers, if there is one; its id is `law-detainers`.
    pub detainers_fact: Option<Fact>,
}

/// Every fact and every state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Register {
    /// Facts by id.
    pub facts: BTreeMap<String, Fact>,
    /// States by code.
    pub states: BTreeMap<String, State>,
}

impl Register {
    /// Reads and checks the register from its files.
    pub fn load(files: &[Arc<SourceFile>], problems: &mut Diagnostics) -> Register {
        let mut register = Register::default();
        for file in files {
            let Some(raw) = decode::<RawFile>(file, problems) else { continue };
            let RawFile { format, fact, state } = raw;
            check_format(file, &format, problems);
            for item in fact {
                let span = item.span();
                if let Some(fact) = check_fact(file, item.into_inner(), span, problems) {
                    let spot = fact.spot.clone();
                    if let Some(twin) = register.facts.insert(fact.id.clone(), fact) {
                        problems.push(
                            Diagnostic::error(format!("the fact `{}` is written twice", twin.id))
                                .spot(spot)
                                .hint("every id stands once in the whole register"),
                        );
                    }
                }
            }
            for item in state {
                let span = item.span();
                if let Some(state) = check_state(file, item.into_inner(), span, problems) {
                    register.states.insert(state.code.clone(), state);
                }
            }
        }
        register
    }
}

/// Complains unless the file says `format = 1`.
pub fn check_format(file: &Arc<SourceFile>, format: &Field<Count>, problems: &mut Diagnostics) {
    match format.get() {
        Some(Count(1)) => {}
        Some(Count(other)) => problems.push(
            Diagnostic::error(format!("the file has format {other}, this program reads format 1"))
                .at(file, format.span())
                .hint("a newer handbill may read it"),
        ),
        None => problems.push(
            Diagnostic::error("the file does not say its format")
                .at(file, 0..0)
                .hint("write `format = 1` in the first line"),
        ),
    }
}

/// Takes a value that must be there, or notes that it is missing.
fn needed<T: Leaf>(
    file: &Arc<SourceFile>,
    span: &Range<usize>,
    name: &str,
    field: Field<T>,
    problems: &mut Diagnostics,
) -> Option<T> {
    let value = field.take();
    if value.is_none() {
        problems.push(
            Diagnostic::error(format!("`{name}` is missing"))
                .at(file, span.clone())
                .hint(format!("expected {}", T::EXPECTED)),
        );
    }
    value
}

fn texts(map: BTreeMap<String, Field<Text>>) -> BTreeMap<String, String> {
    map.into_iter().filter_map(|(lang, field)| Some((lang, field.take()?.0))).collect()
}

fn check_fact(file: &Arc<SourceFile>, raw: RawFact, span: Range<usize>, problems: &mut Diagnostics) -> Option<Fact> {
    let place = if raw.id.get().is_some() { raw.id.span() } else { span.clone() };
    let id = needed(file, &span, "id", raw.id.clone(), problems)?.0;
    let tidy = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !id.chars().all(tidy) || id.starts_with("law-") {
        problems.push(
            Diagnostic::error(format!("`{id}` cannot be a fact's id"))
                .at(file, place.clone())
                .hint("expected small letters, digits and hyphens; `law-` is kept for the states"),
        );
    }
    if texts(raw.text.clone()).is_empty() {
        problems.push(
            Diagnostic::error(format!("the fact `{id}` has no wording"))
                .at(file, place.clone())
                .hint("write it as `text.en = \"...\"`"),
        );
    }
    check_claim(file, id, place, raw, problems)
}

/// Checks everything of a claim but its id.
fn check_claim(
    file: &Arc<SourceFile>,
    id: String,
    place: Range<usize>,
    raw: RawFact,
    problems: &mut Diagnostics,
) -> Option<Fact> {
    let RawFact { id: _, text, spoken, source, url, as_of, review_by, certainty, adverse, note, when } = raw;
    let source = needed(file, &place, "source", source, problems);
    let as_of = needed(file, &place, "as_of", as_of, problems);
    let review_by = needed(file, &place, "review_by", review_by, problems);
    let certainty = needed(file, &place, "certainty", certainty, problems);
    if let (Some(as_of), Some(review_by)) = (as_of, review_by)
        && review_by.0 < as_of.date
    {
        problems
            .push(Diagnostic::error(format!("`{id}` is due for review before it was checked")).at(file, place.clone()));
    }
    Some(Fact {
        id,
        text: texts(text),
        spoken: texts(spoken),
        source: source?.0,
        url: url.take(),
        as_of: as_of?,
        review_by: review_by?.0,
        certainty: certainty?,
        adverse: adverse.take().map(|text| text.0),
        note: note.take().map(|text| text.0),
        when,
        spot: Some(Spot::Text(file.clone(), place)),
    })
}

fn check_state(file: &Arc<SourceFile>, raw: RawState, span: Range<usize>, problems: &mut Diagnostics) -> Option<State> {
    let RawState { code, name, circuit, body, member, lead, unit, agreements, detainers } = raw;
    let place = if code.get().is_some() { code.span() } else { span.clone() };
    let code = needed(file, &span, "code", code, problems)?.0;
    let name = needed(file, &place, "name", name, problems);
    let circuit = needed(file, &place, "circuit", circuit, problems);
    let RawAgreements {
        rules,
        end,
        required_of,
        may_end,
        text,
        source,
        url,
        as_of,
        review_by,
        certainty,
        adverse,
        note,
    } = agreements;
    let end = needed(file, &place, "agreements.end", end, problems);
    if rules.is_empty() {
        problems.push(
            Diagnostic::error(format!("{code} has no `agreements.rules`"))
                .at(file, place.clone())
                .hint("write `rules = [\"unknown\"]` if it is not known"),
        );
    }
    let (spoken, when) = (BTreeMap::new(), When::default());
    let id = Field::default();
    let raw = RawFact { id, text, spoken, source, url, as_of, review_by, certainty, adverse, note, when };
    let agreements_fact = check_state_claim(file, "law-agreements", &place, raw, problems);

    let RawDetainers { rule, text, source, url, as_of, review_by, certainty, adverse, note } = detainers;
    let rule = needed(file, &place, "detainers.rule", rule, problems);
    let (spoken, when) = (BTreeMap::new(), When::default());
    let id = Field::default();
    let raw = RawFact { id, text, spoken, source, url, as_of, review_by, certainty, adverse, note, when };
    let detainers_fact = check_state_claim(file, "law-detainers", &place, raw, problems);

    Some(State {
        code,
        name: name?.0,
        circuit: circuit?.0,
        body: body.take().map(|text| text.0),
        member: member.take().map(|text| text.0),
        lead: lead.take().map(|text| text.0),
        unit: unit.take().map(|text| text.0),
        rules,
        end: end?,
        required_of,
        may_end,
        detainers: rule?,
        agreements_fact,
        detainers_fact,
    })
}

/// A state's printable claim; `None` when it has no wording, which is how a state says "not known".
fn check_state_claim(
    file: &Arc<SourceFile>,
    id: &str,
    place: &Range<usize>,
    raw: RawFact,
    problems: &mut Diagnostics,
) -> Option<Fact> {
    if texts(raw.text.clone()).is_empty() {
        return None;
    }
    check_claim(file, id.to_string(), place.clone(), raw, problems)
}
