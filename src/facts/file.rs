//! Owns `facts/*.toml` as written, and the step from there to facts and states that cannot be wrong.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;

use super::slots::check_slots;
use super::{Days, Due, Fact, RecordsLaw, Scope, State, When};
use crate::campaign::choices::{AgencyKind, AgreementRule, Certainty, DetainerRule, EndRule, Model};
use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile, Spot};
use crate::values::{AsOf, Count, Date, Field, Leaf, Text, Url, YesNo};

/// `facts/*.toml` as written.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RawFile {
    pub format: Field<Count>,
    pub fact: Vec<toml::Spanned<RawFact>>,
    pub state: Vec<toml::Spanned<RawState>>,
    pub records: Vec<toml::Spanned<RawRecords>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RawRecords {
    state: Field<Text>,
    law: Field<Text>,
    citation: Field<Text>,
    response: Field<Text>,
    due: Option<RawDue>,
    residents: bool,
    custodian: Field<Text>,
    appeal: Field<Text>,
    source: Field<Text>,
    url: Field<Url>,
    as_of: Field<AsOf>,
    review_by: Field<Date>,
    certainty: Field<Certainty>,
    note: Field<Text>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RawDue {
    days: Field<Count>,
    kind: Field<Days>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RawFact {
    id: Field<Text>,
    text: BTreeMap<String, Field<Text>>,
    spoken: BTreeMap<String, Field<Text>>,
    counts: Field<Scope>,
    none: BTreeMap<String, Field<Text>>,
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
pub struct RawState {
    code: Field<Text>,
    name: Field<Text>,
    circuit: Field<Text>,
    body: Field<Text>,
    member: Field<Text>,
    lead: Field<Text>,
    unit: Field<Text>,
    sheriff_jails: Field<YesNo>,
    lower_house: Field<Text>,
    lower_member: Field<Text>,
    upper_house: Field<Text>,
    agreements: RawAgreements,
    detainers: RawDetainers,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RawAgreements {
    rules: Vec<AgreementRule>,
    end: Field<EndRule>,
    required_of: Vec<AgencyKind>,
    required_with_jail: bool,
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

pub fn check_fact(
    file: &Arc<SourceFile>,
    mut raw: RawFact,
    span: Range<usize>,
    list: jiff::civil::Date,
    problems: &mut Diagnostics,
) -> Option<Fact> {
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
    check_counts(file, &id, &place, &mut raw, list, problems);
    check_claim(file, id, place, raw, problems)
}

/// A fact that counts has the day of the list, and the wording for a state that has none; no other has slots for numbers.
fn check_counts(
    file: &Arc<SourceFile>,
    id: &str,
    place: &Range<usize>,
    raw: &mut RawFact,
    list: jiff::civil::Date,
    problems: &mut Diagnostics,
) {
    let scope = raw.counts.get().copied();
    let wordings = [&raw.text, &raw.spoken, &raw.none].into_iter().flat_map(BTreeMap::values).chain([&raw.source]);
    for wording in wordings {
        check_slots(file, wording, scope, problems);
    }
    let missing: Vec<&String> = raw.text.keys().filter(|lang| !raw.none.contains_key(*lang)).collect();
    if scope == Some(Scope::State)
        && let Some(lang) = missing.first()
    {
        problems.push(
            Diagnostic::error(format!("`{id}` does not say what is printed where a state has no agreement"))
                .at(file, place.clone())
                .hint(format!("write it as `none.{lang} = \"...\"`")),
        );
    }
    if scope != Some(Scope::State) && !raw.none.is_empty() {
        problems.push(
            Diagnostic::error(format!("`{id}` has a wording for none, but counts no state"))
                .at(file, place.clone())
                .hint("write `counts = \"state\"`, or take `none` out"),
        );
    }
    if scope.is_none() {
        return;
    }
    for (key, span, given) in [
        ("as_of", raw.as_of.span(), raw.as_of.get().is_some()),
        ("review_by", raw.review_by.span(), raw.review_by.get().is_some()),
    ] {
        if given {
            problems.push(
                Diagnostic::error(format!("`{id}` counts, and so its `{key}` follows the list"))
                    .at(file, span)
                    .hint("take the line out"),
            );
        }
    }
    raw.as_of = Field::of(AsOf { date: list, month_only: false });
    raw.review_by = Field::of(Date(review_of(list)));
}

/// The last day a list may be counted without looking for a newer one: the end of the eighth month after its own.
fn review_of(list: jiff::civil::Date) -> jiff::civil::Date {
    list.first_of_month().saturating_add(jiff::Span::new().months(8)).last_of_month()
}

/// Checks everything of a claim but its id.
fn check_claim(
    file: &Arc<SourceFile>,
    id: String,
    place: Range<usize>,
    raw: RawFact,
    problems: &mut Diagnostics,
) -> Option<Fact> {
    let RawFact { id: _, text, spoken, counts, none, source, url, as_of, review_by, certainty, adverse, note, when } =
        raw;
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
        counts: counts.take(),
        none: texts(none),
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

pub fn check_state(
    file: &Arc<SourceFile>,
    raw: RawState,
    span: Range<usize>,
    problems: &mut Diagnostics,
) -> Option<State> {
    let RawState {
        code,
        name,
        circuit,
        body,
        member,
        lead,
        unit,
        sheriff_jails,
        lower_house,
        lower_member,
        upper_house,
        agreements,
        detainers,
    } = raw;
    let place = if code.get().is_some() { code.span() } else { span.clone() };
    let code = needed(file, &span, "code", code, problems)?.0;
    let name = needed(file, &place, "name", name, problems);
    let circuit = needed(file, &place, "circuit", circuit, problems);
    let RawAgreements {
        rules,
        end,
        required_of,
        required_with_jail,
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
    let raw = RawFact { text, source, url, as_of, review_by, certainty, adverse, note, ..RawFact::default() };
    let agreements_fact = check_state_claim(file, "law-agreements", &place, raw, problems);

    let RawDetainers { rule, text, source, url, as_of, review_by, certainty, adverse, note } = detainers;
    let rule = needed(file, &place, "detainers.rule", rule, problems);
    let raw = RawFact { text, source, url, as_of, review_by, certainty, adverse, note, ..RawFact::default() };
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
        required_with_jail,
        sheriff_jails: sheriff_jails.take() != Some(YesNo::No),
        may_end,
        detainers: rule?,
        agreements_fact,
        detainers_fact,
        lower_house: lower_house.take().map(|text| text.0),
        lower_member: lower_member.take().map(|text| text.0),
        upper_house: upper_house.take().map(|text| text.0),
        records: None,
    })
}

/// Checks a state's records law; gives the state's code with it.
pub fn check_records(
    file: &Arc<SourceFile>,
    raw: RawRecords,
    span: Range<usize>,
    problems: &mut Diagnostics,
) -> Option<(String, RecordsLaw)> {
    let RawRecords {
        state,
        law,
        citation,
        response,
        due,
        residents,
        custodian,
        appeal,
        source,
        url,
        as_of,
        review_by,
        certainty,
        note,
    } = raw;
    let place = if state.get().is_some() { state.span() } else { span.clone() };
    let state = needed(file, &span, "state", state, problems)?.0;
    let law = needed(file, &place, "law", law, problems);
    let citation = needed(file, &place, "citation", citation, problems);
    let response = needed(file, &place, "response", response, problems);
    let custodian = needed(file, &place, "custodian", custodian, problems);
    let appeal = needed(file, &place, "appeal", appeal, problems);
    let due = due.and_then(|due| Some(Due { days: due.days.take()?.0, kind: due.kind.take()? }));
    let claim = RawFact { source, url, as_of, review_by, certainty, note, ..RawFact::default() };
    let fact = check_claim(file, "law-records".to_string(), place, claim, problems);
    let law = RecordsLaw {
        law: law?.0,
        citation: citation?.0,
        response: response?.0,
        due,
        residents,
        custodian: custodian?.0,
        appeal: appeal?.0,
        fact: fact?,
    };
    Some((state, law))
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
