//! Owns the numbered sources of one document: which facts may be said here, and the note printed for each one cited.

use std::sync::Arc;

use jiff::civil;
use serde::Serialize;

use crate::blocks::{Inline, typographic};
use crate::campaign::choices::Certainty;
use crate::campaign::{Campaign, Sourced};
use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile};
use crate::facts::{Fact, Register, Situation};
use crate::lexicon::Lexicon;
use crate::markdown::Sources;
use crate::values::{AsOf, Url};

/// A numbered source, as a layout gets it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Note {
    /// Its number, from 1.
    pub n: usize,
    /// What is printed.
    pub inlines: Vec<Inline>,
    /// Whether its review was overdue.
    pub stale: bool,
}

/// A source as it was cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// The fact or detail it stands for.
    pub id: String,
    /// The full citation.
    pub source: String,
    /// Where a person can check it.
    pub url: Option<Url>,
    /// When it was so.
    pub as_of: Option<AsOf>,
    /// Whether its review is overdue.
    pub stale: bool,
    /// Other facts and details that stand on the same source.
    pub also: Vec<String>,
}

/// The date that most of the sources share, which their heading says once; `None` if no two do.
pub fn shared_date(cited: &[Cited]) -> Option<AsOf> {
    let dates = || cited.iter().filter(|cited| !cited.stale).filter_map(|cited| cited.as_of);
    let count = |date: AsOf| dates().filter(|other| *other == date).count();
    dates().max_by_key(|date| (count(*date), *date)).filter(|date| count(*date) > 1)
}

/// The notes as printed: each source in full, a web address the first time it comes up, and its date unless the heading has it.
pub fn notes(cited: &[Cited], lexicon: &Lexicon) -> Vec<Note> {
    let shared = shared_date(cited);
    cited
        .iter()
        .enumerate()
        .map(|(at, source)| {
            let mut text = source.source.trim_end_matches('.').to_string();
            if let Some(url) = &source.url
                && !cited[..at].iter().any(|earlier| earlier.url.as_ref() == Some(url))
            {
                text.push_str(&format!(", {}", url.printed()));
            }
            if let Some(as_of) = source.as_of
                && (source.stale || shared != Some(as_of))
                // A newspaper's date is its own.
                && (source.stale || !text.contains(&lexicon.as_of(as_of)))
            {
                let label = lexicon.label(if source.stale { "stale" } else { "as-of" });
                text.push_str(&format!(", {label} {}", lexicon.as_of(as_of)));
            }
            text.push('.');
            let origin = format!("source:{}", source.id);
            let inlines = vec![Inline::Text { text: typographic(&text), strong: false, emph: false, origin }];
            Note { n: at + 1, inlines, stale: source.stale }
        })
        .collect()
}

/// Finds a fact by its id, the state's own claims among them.
pub fn find_fact<'a>(register: &'a Register, campaign: &'a Campaign, id: &str) -> Option<&'a Fact> {
    match id {
        "law-agreements" => campaign.state.agreements_fact.as_ref(),
        "law-detainers" => campaign.state.detainers_fact.as_ref(),
        "law-records" => campaign.state.records.as_ref().map(|law| &law.fact),
        _ => register.facts.get(id),
    }
}

/// Why a fact may not be said here; `None` if it may.
fn barred(fact: &Fact, campaign: &Campaign, situation: &Situation) -> Option<String> {
    if campaign.facts_off.contains(&fact.id) {
        return Some("the campaign has turned it off".to_string());
    }
    if fact.certainty == Certainty::Unconfirmed {
        return Some("it is not confirmed".to_string());
    }
    fact.when.broken_by(situation)
}

/// The ids of all facts that may be said in a campaign.
pub fn may_say(register: &Register, campaign: &Campaign) -> Vec<String> {
    let situation = campaign.situation();
    let state = ["law-agreements", "law-detainers", "law-records"];
    register
        .facts
        .values()
        .chain(state.into_iter().filter_map(|id| find_fact(register, campaign, id)))
        .filter(|fact| barred(fact, campaign, &situation).is_none())
        .map(|fact| fact.id.clone())
        .collect()
}

/// The sources of one document, numbered as they are first cited.
pub struct Ledger<'a> {
    /// The register.
    pub register: &'a Register,
    /// The campaign.
    pub campaign: &'a Campaign,
    /// The language's small words.
    pub lexicon: &'a Lexicon,
    /// The language.
    pub lang: &'a str,
    /// The date on the paper.
    pub today: civil::Date,
    /// Whether a fact past its review may be printed, marked as such.
    pub allow_overdue: bool,
    /// The words that cite.
    pub words: &'a Arc<SourceFile>,
    /// What was cited so far; the first is number 1.
    pub cited: Vec<Cited>,
    /// What went wrong.
    pub problems: Diagnostics,
}

impl Ledger<'_> {
    /// A problem at the place in the words where `id` is called.
    fn at_call(&self, id: &str, message: String) -> Diagnostic {
        let quoted = format!("\"{id}\"");
        let diagnostic = Diagnostic::error(message);
        match self.words.text.find(&quoted) {
            Some(at) => diagnostic.at(self.words, at..at + quoted.len()),
            None => diagnostic.file(&self.words.path),
        }
    }

    /// Cites a source and gives its number; one paper that stands behind several claims is listed once.
    fn add(&mut self, id: &str, source: &str, url: Option<&Url>, as_of: Option<AsOf>, stale: bool) -> usize {
        let also = Vec::new();
        let cited = Cited { id: id.to_string(), source: source.to_string(), url: url.cloned(), as_of, stale, also };
        let same = |other: &Cited| {
            other.id == cited.id
                || (&other.source, &other.url, other.as_of, other.stale)
                    == (&cited.source, &cited.url, cited.as_of, cited.stale)
        };
        if let Some(at) = self.cited.iter().position(same) {
            let known = &mut self.cited[at];
            if known.id != id && !known.also.iter().any(|other| other == id) {
                known.also.push(id.to_string());
            }
            return at + 1;
        }
        self.cited.push(cited);
        self.cited.len()
    }

    fn local(&mut self, id: &str) -> Option<usize> {
        let campaign = self.campaign;
        let sourced: Option<Sourced> = match id {
            "local:agreement" => campaign.current().find_map(|agreement| agreement.sourced.clone()),
            "local:board" => campaign.current().find_map(|agreement| agreement.approval_sourced.clone()),
            "local:head" => campaign.agency.head.sourced.clone(),
            "local:body" => campaign.body.sourced.clone(),
            "local:meeting" => campaign.meeting.sourced.clone(),
            "local:rules" => campaign.rules.sourced.clone(),
            "local:costs" => campaign.costs.known.iter().find_map(|cost| cost.sourced.clone()),
            "local:budget" => campaign.organizing.budget.sourced.clone(),
            "local:records" => campaign.organizing.records.sourced.clone(),
            "local:bills" => campaign.organizing.bills.iter().find_map(|bill| bill.sourced.clone()),
            _ => campaign.ties.sourced.clone(),
        };
        let Sourced { source, url, as_of } = sourced?;
        Some(self.add(id, &source, url.as_ref(), as_of, false))
    }
}

impl Sources for Ledger<'_> {
    fn note(&mut self, id: &str) -> Option<usize> {
        if id.starts_with("local:") {
            return self.local(id);
        }
        // What the campaign knows better is cited in place of the register.
        if id == "law-records" && self.campaign.organizing.records.response.is_some() {
            return self.local("local:records");
        }
        let (register, campaign) = (self.register, self.campaign);
        let Some(fact) = find_fact(register, campaign, id) else {
            let state = &campaign.state.name;
            let problem = self.at_call(id, format!("nothing is known for {state} that `{id}` could say"));
            self.problems.push(problem.hint(format!("guard it with `{{{{#if (may \"{id}\")}}}}`")));
            return None;
        };
        let overdue = fact.days_overdue(self.today);
        if let Some(days) = overdue
            && !self.allow_overdue
        {
            let age = self.lexicon.as_of(fact.as_of);
            let mut problem = Diagnostic::error(format!(
                "the fact `{id}` was to be reviewed by {}, {days} days ago; it was last checked in {age}",
                fact.review_by
            ))
            .spot(fact.spot.clone());
            problem = problem
                .hint(match fact.counts {
                    Some(_) => {
                        "get ICE's newest list and run `handbill import ice LIST`: it counts with that list's numbers"
                    }
                    None => "check it against its source and move `as_of` and `review_by`",
                })
                .hint("or build with `--allow-overdue`: the paper then says that it was not re-checked");
            self.problems.push(problem);
        }
        let source = register.source(fact, self.lexicon, Some(&campaign.state));
        let (url, as_of) = (fact.url.clone(), fact.as_of);
        Some(self.add(id, &source, url.as_ref(), Some(as_of), overdue.is_some()))
    }

    fn wording(&mut self, id: &str, spoken: bool) -> Option<String> {
        let (register, campaign) = (self.register, self.campaign);
        let Some(fact) = find_fact(register, campaign, id) else {
            // `note` reports it.
            return Some(String::new());
        };
        if let Some(reason) = barred(fact, campaign, &campaign.situation()) {
            let problem = self.at_call(id, format!("the fact `{id}` may not be said for {}", campaign.id));
            self.problems.push(
                problem.label(reason).hint(format!("guard it with `{{{{#if (may \"{id}\")}}}} ... {{{{/if}}}}`")),
            );
        }
        let wording = register.wording(fact, self.lexicon, (self.lang, spoken), Some(&campaign.state));
        if wording.is_none() {
            let problem =
                Diagnostic::error(format!("the fact `{id}` has no wording in `{}`", self.lang)).spot(fact.spot.clone());
            self.problems.push(problem.hint(format!("add `text.{} = \"...\"`", self.lang)));
        }
        wording
    }

    fn label(&mut self, id: &str) -> String {
        if !self.lexicon.has(id) {
            self.problems.push(
                Diagnostic::error(format!("the label `{id}` is missing in the shared words"))
                    .hint(format!("add `## {{#{id}}}` with what to write on the line")),
            );
        }
        self.lexicon.label(id).to_string()
    }
}
