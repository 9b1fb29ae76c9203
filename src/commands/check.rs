//! Owns `handbill check`: every problem of campaigns and templates, and where each file comes from; nothing is written.

use std::fmt::Write as _;

use super::problems::Problems;
use super::{DONE, PROBLEMS, USAGE, campaigns, print, report, settings};
use crate::cli::Check;
use crate::compose::{Composed, Settings};
use crate::confirm::{check_dates, to_confirm};
use crate::contract::Contract;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::kit::Kit;
use crate::make::{Formats, Workshop};
use crate::plan::Wanted;
use crate::reading::{avoided, grade};

/// Runs the command.
pub fn run(options: &Check) -> u8 {
    let settings = match settings(&options.making) {
        Ok(settings) => settings,
        Err(problem) => {
            report([&*problem]);
            return USAGE;
        }
    };
    let folders = match options.campaigns.is_empty() {
        true => Vec::new(),
        false => match campaigns(&options.campaigns) {
            Ok(folders) => folders,
            Err(problem) => {
                report([&*problem]);
                return USAGE;
            }
        },
    };
    let mut problems = Problems::of(folders.len());
    let mut built_in = Diagnostics::default();
    let mut text = String::new();
    let kit = Kit::built_in(&mut built_in);
    let overdue: Vec<&str> = kit
        .register
        .facts
        .values()
        .filter(|fact| fact.days_overdue(settings.today).is_some())
        .map(|fact| fact.id.as_str())
        .collect();
    let _ = writeln!(
        text,
        "built in: {} documents, {} facts, {} states",
        kit.contracts.len(),
        kit.register.facts.len(),
        kit.register.states.len()
    );
    if !overdue.is_empty() {
        let _ = writeln!(text, "  due for review: {}", overdue.join(", "));
    }
    for folder in &folders {
        let mut own = Diagnostics::default();
        let opened = Workshop::open(folder, &mut own);
        let made = opened.map(|mut workshop| (make_all(&mut workshop, &settings, &mut own), workshop));
        problems.add(Some(folder), own);
        let Some((made, workshop)) = made else { continue };
        let campaign = &workshop.campaign;
        let _ = writeln!(text, "{}: {made} files, {}", folder.display(), campaign.stance().word());
        for (key, path) in workshop.kit.library.overrides() {
            let _ = writeln!(text, "  own {key}: {}", path.display());
        }
        for line in to_confirm(campaign, settings.today) {
            let _ = writeln!(text, "  confirm: {line}");
        }
    }
    super::eject::check_ejected(&folders, &mut built_in);
    problems.add(None, built_in);
    if options.json {
        let found = problems.to_json();
        print(&format!("{:#}\n", serde_json::json!({ "ok": !problems.has_errors(), "problems": found })));
    } else {
        problems.tell();
        print(&text);
        if !problems.is_empty() {
            eprintln!("{}", problems.count());
        }
    }
    if problems.has_errors() { PROBLEMS } else { DONE }
}

/// Grades above a document's target that are let pass: the formula is no finer.
const GRADE_LEEWAY: f64 = 1.0;
/// From this target on a document is exempt: a resolution and a records request are as plain as their form allows.
const EXEMPT: u32 = 14;
/// Words beyond which a sentence is hard to follow.
const LONG_SENTENCE: usize = 32;

/// Says where a document is harder to read than it should be.
fn check_reading(contract: &Contract, composed: &Composed, problems: &mut Diagnostics) {
    let document = &contract.document;
    let file = format!("templates/{document}/words");
    if contract.grade < EXEMPT {
        if let Some(grade) = grade(&composed.sentences)
            && grade > f64::from(contract.grade) + GRADE_LEEWAY
        {
            problems.push(
                Diagnostic::warning(format!("{document} reads at grade {grade:.1}, and aims at {}", contract.grade))
                    .file(&file)
                    .hint("shorter sentences and shorter words bring it down"),
            );
        }
        for sentence in composed.sentences.iter().filter(|sentence| sentence.words > LONG_SENTENCE) {
            problems.push(
                Diagnostic::warning(format!("{document} has a sentence of {} words", sentence.words))
                    .file(&file)
                    .hint(sentence.text.clone()),
            );
        }
    }
    for sentence in &composed.sentences {
        for (word, better) in avoided(&sentence.text) {
            problems.push(
                Diagnostic::warning(format!("{document} says `{word}`"))
                    .file(&file)
                    .hint(format!("better: {better}"))
                    .hint(sentence.text.clone()),
            );
        }
    }
}

/// Makes every job and throws it away; gives the number of files there would be.
fn make_all(workshop: &mut Workshop, settings: &Settings, problems: &mut Diagnostics) -> usize {
    check_dates(&workshop.campaign, settings.today, problems);
    let jobs = workshop.plan(&Wanted::everything(), settings, problems).jobs;
    let formats = Formats { pdf: true, png: false };
    let mut files = 0;
    for job in &jobs {
        let mut own = Diagnostics::default();
        if let Some(made) = workshop.make(job, settings, &mut own)
            && !own.has_errors()
        {
            if let Some(contract) = workshop.kit.contracts.get(&job.document) {
                check_reading(contract, &made.composed, &mut own);
            }
            files += workshop.outputs(&made, formats, &mut own).len();
        }
        problems.extend(own);
    }
    files
}
