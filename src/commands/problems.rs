//! Owns telling the problems of many campaigns: what is wrong with hundreds in the same way is said once.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use super::{SHOWN, report, tally};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};

/// From so many campaigns on the same problem is shown with the first, and the others are named.
const SAME: usize = 4;
/// Campaigns that are named after a problem they share with another.
const NAMED: usize = 5;

/// The problems of a run, by campaign.
#[derive(Debug)]
pub struct Problems {
    found: Vec<(Option<PathBuf>, Diagnostic)>,
    /// Whether there are several campaigns, so that each problem must say whose it is.
    several: bool,
}

/// The same problem in one campaign or many.
struct Group<'a> {
    first: &'a Diagnostic,
    all: Vec<(Option<&'a Path>, &'a Diagnostic)>,
}

impl Problems {
    /// None yet, of so many campaigns.
    pub fn of(campaigns: usize) -> Problems {
        Problems { found: Vec::new(), several: campaigns > 1 }
    }

    /// Adds what was found in a campaign's folder, in the order of its places; `None` is what belongs to no campaign.
    pub fn add(&mut self, folder: Option<&Path>, mut found: Diagnostics) {
        found.sort();
        self.found.extend(found.into_iter().map(|problem| (folder.map(Path::to_path_buf), problem)));
    }

    /// Whether an error is among them.
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|(_, problem)| problem.severity == Severity::Error)
    }

    /// `3 errors, 1 warning`, and in how many campaigns if there are several.
    pub fn count(&self) -> String {
        let groups = self.groups();
        let distinct: Vec<&Diagnostic> = groups.iter().flat_map(Group::distinct).map(|(_, problem)| problem).collect();
        let errors = distinct.iter().filter(|problem| problem.severity == Severity::Error).count();
        let count = tally(errors, distinct.len() - errors);
        let campaigns: BTreeSet<&PathBuf> = self.found.iter().filter_map(|(folder, _)| folder.as_ref()).collect();
        match campaigns.len() {
            0 | 1 => count,
            number => format!("{count} in {number} campaigns"),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// All of them as data.
    pub fn to_json(&self) -> Vec<serde_json::Value> {
        let each = self.found.iter().map(|(folder, problem)| {
            let mut data = problem.to_json();
            data["campaign"] = serde_json::json!(folder);
            data
        });
        each.collect()
    }

    /// Prints them for people: errors first if not all can be shown.
    pub fn tell(&self) {
        let mut shown: Vec<Diagnostic> = self.groups().iter().flat_map(|group| group.told(self.several)).collect();
        if shown.len() > SHOWN {
            shown.sort_by_key(|problem| problem.severity != Severity::Error);
        }
        report(shown.iter().take(SHOWN));
        if shown.len() > SHOWN {
            eprintln!("and {} more; `--json` has them all", shown.len() - SHOWN);
        }
    }

    /// What was found, the same of several campaigns together.
    fn groups(&self) -> Vec<Group<'_>> {
        let mut groups: Vec<Group> = Vec::new();
        // What one campaign has twice is two problems: its first is of a kind with the first of others.
        let mut times: HashMap<(Option<&Path>, Kind), usize> = HashMap::new();
        let mut known: HashMap<(Kind, usize), usize> = HashMap::new();
        for (folder, problem) in &self.found {
            let folder = folder.as_deref();
            let kind = kind(problem);
            let time = times.entry((folder, kind)).or_default();
            *time += 1;
            match known.get(&(kind, *time)) {
                Some(at) => groups[*at].all.push((folder, problem)),
                None => {
                    known.insert((kind, *time), groups.len());
                    groups.push(Group { first: problem, all: vec![(folder, problem)] });
                }
            }
        }
        groups
    }
}

type Kind<'a> = (bool, &'a str, &'a str, &'a [String]);

/// All of a problem but its place.
fn kind(problem: &Diagnostic) -> Kind<'_> {
    (problem.severity == Severity::Error, &problem.message, &problem.label, &problem.hints)
}

impl<'a> Group<'a> {
    /// Its problems without those that stand at the very same place, as in a built-in file that every campaign reads.
    fn distinct(&self) -> Vec<(Option<&'a Path>, &'a Diagnostic)> {
        let mut distinct: Vec<(Option<&Path>, &Diagnostic)> = Vec::new();
        for (folder, problem) in &self.all {
            // Only what stands outside the campaign's folder can be what another campaign has too.
            let own =
                folder.is_some_and(|folder| problem.path().is_some_and(|path| Path::new(path).starts_with(folder)));
            if own || !distinct.iter().any(|(_, other)| other == problem) {
                distinct.push((*folder, problem));
            }
        }
        distinct
    }

    /// What is told of it.
    fn told(&self, several: bool) -> Vec<Diagnostic> {
        let distinct = self.distinct();
        if !several || (self.all.len() < SAME && distinct.len() > 1) {
            return distinct.into_iter().map(|(_, problem)| problem.clone()).collect();
        }
        let others: Vec<String> =
            self.all[1..].iter().filter_map(|(folder, _)| Some(folder.as_ref()?.display().to_string())).collect();
        let mut told = self.first.clone();
        let inside = |folder: &Path| told.path().is_some_and(|path| Path::new(path).starts_with(folder));
        if let Some(folder) = self.all[0].0
            && !inside(folder)
        {
            told = told.hint(format!("found in {}", folder.display()));
        }
        match others.len() {
            0 => {}
            number @ 1..=NAMED => told = told.hint(format!("the same in {}: {}", campaigns(number), others.join(", "))),
            number => {
                let (named, rest) = (others[..NAMED].join(", "), number - NAMED);
                told = told.hint(format!("the same in {}: {named} and {rest} more", campaigns(number)));
            }
        }
        vec![told]
    }
}

fn campaigns(others: usize) -> String {
    if others == 1 { "1 other campaign".to_string() } else { format!("{others} other campaigns") }
}
