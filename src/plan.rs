//! Owns the plan of a run: which file is made from which document, in which language, for whom.

use crate::campaign::choices::Role;
use crate::campaign::{Campaign, Official};
use crate::contract::OnePer;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::kit::Kit;

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

/// Documents in the order an organizer uses them; any other follows by name.
const ORDER: &[&str] = &["fact-sheet", "petition", "public-comment", "letter-sheriff", "letter-commissioner"];

/// All documents of a kit in the order they are listed and made.
pub fn documents(kit: &Kit) -> Vec<String> {
    let mut all: Vec<String> = kit.contracts.keys().cloned().collect();
    all.sort_by_key(|document| {
        (ORDER.iter().position(|name| name == document).unwrap_or(ORDER.len()), document.clone())
    });
    all
}

/// Plans a campaign's jobs; unknown documents and languages are problems.
pub fn plan(
    kit: &Kit,
    campaign: &Campaign,
    wanted: &[String],
    langs: &[String],
    problems: &mut Diagnostics,
) -> Vec<Job> {
    let langs = if langs.is_empty() { &campaign.languages } else { langs };
    let all = documents(kit);
    for name in wanted {
        // A contract that is there but could not be read has been reported.
        if !all.contains(name) && !kit.library.documents().contains(name) {
            problems.push(
                Diagnostic::error(format!("there is no document `{name}`"))
                    .suggest(name, all.iter().map(String::as_str))
                    .hint(format!("documents: {}", all.join(", "))),
            );
        }
    }
    check_questions(kit, campaign, problems);
    let mut jobs = Vec::new();
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
        for document in all.iter().filter(|name| wanted.is_empty() || wanted.contains(name)) {
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
            let ending = if lang == "en" { String::new() } else { format!(".{lang}") };
            match contract.one_per {
                OnePer::Place => jobs.push(Job {
                    document: document.clone(),
                    lang: lang.clone(),
                    official: None,
                    name: format!("{document}{ending}"),
                }),
                OnePer::Official => {
                    let recipients: Vec<usize> = (0..campaign.officials.len())
                        .filter(|at| contract.roles.contains(&office(campaign, campaign.officials[*at].role)))
                        .collect();
                    if recipients.is_empty() {
                        // One letter with lines for the name and office, if lines are wanted; else the lines are what is missing.
                        jobs.push(Job {
                            document: document.clone(),
                            lang: lang.clone(),
                            official: None,
                            name: format!("{document}{ending}"),
                        });
                    }
                    for at in recipients {
                        let official = &campaign.officials[at];
                        let name = format!("{document}-{}{ending}", recipient_slug(official, at));
                        jobs.push(Job { document: document.clone(), lang: lang.clone(), official: Some(at), name });
                    }
                }
            }
        }
    }
    number_twins(&mut jobs);
    jobs
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
        if !bank.contains(&question.id.as_str()) {
            problems.push(
                Diagnostic::error(format!("there is no cost question `{}`", question.id))
                    .spot(question.spot.clone())
                    .suggest(&question.id, bank.iter().copied())
                    .hint(format!("questions: {}", bank.join(", "))),
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
