//! Owns `handbill check`: every problem of campaigns and templates, and where each file comes from; nothing is written.

use std::fmt::Write as _;

use super::{DONE, PROBLEMS, USAGE, campaigns, count, print, report, settings};
use crate::cli::Check;
use crate::compose::Settings;
use crate::confirm::{check_dates, to_confirm};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::kit::Kit;
use crate::make::{Formats, Workshop};

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
    let mut problems = Diagnostics::default();
    let mut text = String::new();
    let kit = Kit::built_in(&mut problems);
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
        let Some(mut workshop) = Workshop::open(folder, &mut problems) else { continue };
        let made = make_all(&mut workshop, &settings, &mut problems);
        let campaign = &workshop.campaign;
        let _ = writeln!(text, "{}: {made} files, {}", folder.display(), campaign.stance().word());
        for (key, path) in workshop.kit.library.overrides() {
            let _ = writeln!(text, "  own {key}: {}", path.display());
        }
        for line in to_confirm(campaign, settings.today) {
            let _ = writeln!(text, "  confirm: {line}");
        }
    }
    super::eject::check_ejected(&folders, &mut problems);
    problems.sort();
    if options.json {
        let found: Vec<serde_json::Value> = problems.iter().map(Diagnostic::to_json).collect();
        print(&format!("{:#}\n", serde_json::json!({ "ok": !problems.has_errors(), "problems": found })));
    } else {
        report(problems.iter());
        print(&text);
        if !problems.is_empty() {
            eprintln!("{}", count(&problems));
        }
    }
    if problems.has_errors() { PROBLEMS } else { DONE }
}

/// Makes every job and throws it away; gives the number of files there would be.
fn make_all(workshop: &mut Workshop, settings: &Settings, problems: &mut Diagnostics) -> usize {
    check_dates(&workshop.campaign, settings.today, problems);
    let jobs = workshop.plan(&[], &[], problems);
    let formats = Formats { pdf: true, png: false };
    let mut files = 0;
    for job in &jobs {
        let mut own = Diagnostics::default();
        if let Some(made) = workshop.make(job, settings, &mut own)
            && !own.has_errors()
        {
            files += workshop.outputs(&made, formats, &mut own).len();
        }
        problems.extend(own);
    }
    files
}
