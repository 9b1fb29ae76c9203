//! Owns the plan of a run: which file is made from which document, in which language, for whom.

use jiff::civil;

use crate::campaign::check::table_spot;
use crate::campaign::choices::Role;
use crate::campaign::{Campaign, Official, Question};
use crate::compose::Settings;
use crate::confirm::to_confirm;
use crate::context::{Run, SourceDates, context};
use crate::contract::{Contract, OnePer, Set};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::fields::origin;
use crate::kit::{Kit, Language};

/// One output to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The document.
    pub document: String,
    /// The language.
    pub lang: String,
    /// Which of the campaign's officials it goes to.
    pub official: Option<usize>,
    /// The file's name without its ending.
    pub name: String,
}

/// What a person asked for; nothing asked means the campaign's own sets, or the basics.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Documents by name.
    pub documents: Vec<String>,
    /// Sets of documents.
    pub sets: Vec<Set>,
    /// Languages; none means the campaign's own.
    pub langs: Vec<String>,
}

impl Wanted {
    /// Everything there is.
    pub fn everything() -> Wanted {
        Wanted { sets: vec![Set::All], ..Wanted::default() }
    }
}

/// What a run makes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// The files, in the order an organizer uses them.
    pub jobs: Vec<Job>,
    /// Documents that are asked for with a set but cannot be made yet, each with the values it waits for.
    pub left_out: Vec<(String, Vec<String>)>,
    /// What the organizer's notes say of the run.
    pub run: Run,
}

/// Documents in the order an organizer uses them; any other follows its group, by name.
const ORDER: &[&str] = &[
    "organizer-notes",
    "research-worksheet",
    "timeline",
    "fact-sheet",
    "faq",
    "models",
    "map",
    "growth",
    "know-your-rights",
    "flyer",
    "handbill",
    "quarter-sheet",
    "door-hanger",
    "poster",
    "petition",
    "sign-in",
    "public-comment",
    "talking-points",
    "ask-sheet",
    "cost-questions",
    "call-script",
    "letter-sheriff",
    "letter-commissioner",
    "letter-board",
    "letter-county-attorney",
    "letter-prosecutor",
    "letter-city-council",
    "letter-state-legislator",
    "letter-congress",
    "letter-governor",
    "meeting-request",
    "agenda-request",
    "follow-up",
    "thank-you",
    "coalition-letter",
    "resolution",
    "records-request",
    "records-appeal",
    "foia-request",
    "letter-to-editor",
    "press-release",
    "power-map",
    "coalition-list",
    "story-consent",
    "incident-log",
    "delivery-day",
];

/// All documents of a kit in the order they are listed and made.
pub fn documents(kit: &Kit) -> Vec<String> {
    let mut all: Vec<String> = kit.contracts.keys().cloned().collect();
    all.sort_by_key(|document| {
        let place = ORDER.iter().position(|name| name == document).unwrap_or(ORDER.len());
        (place, kit.contracts[document].group, document.clone())
    });
    all
}

/// Plans a campaign's jobs; unknown documents and languages are problems.
pub fn plan(kit: &Kit, campaign: &Campaign, wanted: &Wanted, settings: &Settings, problems: &mut Diagnostics) -> Plan {
    let today = settings.today;
    let blanks = settings.blanks || campaign.blanks;
    let langs = if wanted.langs.is_empty() { &campaign.languages } else { &wanted.langs };
    let all = documents(kit);
    for name in &wanted.documents {
        // A contract that is there but could not be read has been reported.
        if !all.contains(name) && !kit.library.documents().contains(name) {
            problems.push(
                Diagnostic::error(format!("there is no document `{name}`"))
                    .suggest(name, all.iter().map(String::as_str))
                    .hint("`handbill list documents` shows them all"),
            );
        }
    }
    check_questions(kit, campaign, problems);
    let mut plan = Plan::default();
    for lang in langs {
        let Some(language) = kit.languages.get(lang) else {
            let known: Vec<&str> = kit.languages.keys().map(String::as_str).collect();
            problems.push(
                Diagnostic::error(format!("there are no words in the language `{lang}`"))
                    .suggest(lang, known.iter().copied())
                    .hint(format!("languages: {}", known.join(", "))),
            );
            continue;
        };
        for document in all.iter().filter(|name| is_wanted(&kit.contracts[*name], campaign, wanted)) {
            let contract = &kit.contracts[document];
            if !language.words.contains_key(document) {
                // Words that are there but could not be read have been reported.
                if !kit.library.languages(document).contains(lang) {
                    problems.push(
                        Diagnostic::error(format!("{document} has no words in `{lang}`"))
                            .hint(format!("write templates/{document}/words.{lang}.md")),
                    );
                }
                continue;
            }
            if !contract.statuses.contains(&campaign.status()) {
                continue;
            }
            let waiting = waiting_for(kit, contract, campaign, language, today);
            if !waiting.is_empty() {
                if wanted.documents.contains(document) {
                    for path in &waiting {
                        problems.push(cannot_make(campaign, document, path));
                    }
                } else {
                    plan.left_out.push((document.clone(), waiting.iter().map(|path| path.to_string()).collect()));
                }
                continue;
            }
            // A letter of a set to an office of which nothing is known waits, unless lines to write on are wanted.
            let nobody = contract.one_per == OnePer::Official && recipients(contract, campaign).is_empty();
            if nobody && !blanks && !wanted.documents.contains(document) && !contract.sets.contains(&Set::Basics) {
                let roles: Vec<&str> = contract.roles.iter().map(|role| role.word()).collect();
                plan.left_out
                    .push((document.clone(), vec![format!("an official with the role {}", roles.join(" or "))]));
                continue;
            }
            let before = plan.jobs.len();
            add_jobs(contract, campaign, lang, &mut plan.jobs);
            if plan.jobs.len() > before && !plan.run.paper.iter().any(|(title, ..)| *title == contract.title) {
                plan.run.paper.push((contract.title.clone(), contract.purpose.clone(), contract.group.word()));
            }
        }
    }
    plan.run.confirm = to_confirm(campaign, today).iter().map(ToString::to_string).collect();
    plan.left_out.dedup();
    number_twins(&mut plan.jobs);
    plan
}

/// Whether a document is among those asked for.
pub fn is_wanted(contract: &Contract, campaign: &Campaign, wanted: &Wanted) -> bool {
    let in_set = |sets: &[Set]| sets.iter().any(|set| *set == Set::All || contract.sets.contains(set));
    if wanted.documents.is_empty() && wanted.sets.is_empty() {
        let usual = [Set::Basics];
        return in_set(if campaign.sets.is_empty() { &usual } else { &campaign.sets });
    }
    wanted.documents.contains(&contract.document) || in_set(&wanted.sets)
}

/// The values without which a document is not made at all, as far as they are missing.
fn waiting_for<'a>(
    kit: &Kit,
    contract: &'a Contract,
    campaign: &Campaign,
    language: &Language,
    today: civil::Date,
) -> Vec<&'a str> {
    if contract.must.is_empty() {
        return Vec::new();
    }
    let (counts, dates, run) = (&kit.register.counts, SourceDates::default(), Run::default());
    let values = context(campaign, counts, None, &language.lexicon, today, &dates, &run);
    contract.must.iter().map(String::as_str).filter(|path| values.is_missing(path)).collect()
}

fn cannot_make(campaign: &Campaign, document: &str, path: &str) -> Diagnostic {
    let key = origin(path);
    let table = key.rsplit_once('.').map_or(key, |(table, _)| table);
    Diagnostic::error(format!("{document} is not made without `{path}`"))
        .spot(Some(table_spot(&campaign.file, table)))
        .hint(format!("write it in campaign.toml: {key}"))
        .hint("a write-in line will not do here")
}

/// The jobs of one document in one language.
fn add_jobs(contract: &Contract, campaign: &Campaign, lang: &str, jobs: &mut Vec<Job>) {
    let document = &contract.document;
    let ending = if lang == "en" { String::new() } else { format!(".{lang}") };
    let mut add = |official: Option<usize>, name: String| {
        jobs.push(Job { document: document.clone(), lang: lang.to_string(), official, name });
    };
    match contract.one_per {
        OnePer::Place => add(None, format!("{document}{ending}")),
        OnePer::Official => {
            // In a city the council is the body itself, which has its own letter.
            if contract.roles.iter().all(|role| office(campaign, *role) != *role) {
                return;
            }
            let recipients = recipients(contract, campaign);
            if recipients.is_empty() {
                // One letter with lines for the name and office, if lines are wanted; else the lines are what is missing.
                add(None, format!("{document}{ending}"));
            }
            for at in recipients {
                add(Some(at), format!("{document}-{}{ending}", recipient_slug(&campaign.officials[at], at)));
            }
        }
    }
}

/// Those of the campaign's officials that a letter goes to.
fn recipients(contract: &Contract, campaign: &Campaign) -> Vec<usize> {
    (0..campaign.officials.len())
        .filter(|at| contract.roles.contains(&office(campaign, campaign.officials[*at].role)))
        .collect()
}

/// In a city the council is what the county body is elsewhere.
pub fn office(campaign: &Campaign, role: Role) -> Role {
    match role {
        Role::CityCouncil if campaign.place.kind.suffix().is_none() => Role::CountyBody,
        role => role,
    }
}

/// A cost question must be in the bank.
fn check_questions(kit: &Kit, campaign: &Campaign, problems: &mut Diagnostics) {
    let Some(language) = kit.languages.get("en") else { return };
    let bank: Vec<&str> = language.lexicon.ids().filter_map(|id| id.strip_prefix("question-")).collect();
    for question in &campaign.costs.questions {
        let Question::Banked(id) = &question.question else { continue };
        if !bank.contains(&id.as_str()) {
            problems.push(
                Diagnostic::error(format!("there is no cost question `{id}`"))
                    .spot(question.spot.clone())
                    .suggest(id, bank.iter().copied())
                    .hint(format!("questions: {}; or write your own as `text`", bank.join(", "))),
            );
        }
    }
}

fn recipient_slug(official: &Official, at: usize) -> String {
    let parts = [official.district.as_deref(), official.person.last.as_deref()];
    let joined: Vec<String> = parts.into_iter().flatten().map(slug).filter(|part| !part.is_empty()).collect();
    match (joined.is_empty(), &official.title) {
        (false, _) => joined.join("-"),
        (true, Some(title)) => slug(title),
        (true, None) => (at + 1).to_string(),
    }
}

/// A file name's part: small letters, digits and hyphens; other letters stay as they are.
pub fn slug(text: &str) -> String {
    let mut out = String::new();
    for c in text.to_lowercase().chars() {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') && c != '\'' && c != '\u{2019}' {
            out.push('-');
        }
    }
    out.trim_end_matches('-').chars().take(60).collect()
}

/// Two letters never share a file: the second of a name gets a number.
fn number_twins(jobs: &mut [Job]) {
    for at in 1..jobs.len() {
        let mut name = jobs[at].name.clone();
        let mut number = 2;
        while jobs[..at].iter().any(|job| job.name == name) {
            name = format!("{}-{number}", jobs[at].name);
            number += 1;
        }
        jobs[at].name = name;
    }
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn slugs_are_plain() {
        assert_eq!(slug("District 4"), "district-4");
        assert_eq!(slug("O'Brien"), "obrien");
        assert_eq!(slug("../../etc"), "etc");
        assert_eq!(slug("Núñez"), "núñez");
    }
}
