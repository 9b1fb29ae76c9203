//! Owns the rules a document's filled words are held to: its sections, its scripts' seconds, its limits of words, its pages.

use serde_json::{Value, json};

use super::Settings;
use crate::blocks::{Block, Body, plain, spoken_words};
use crate::campaign::Campaign;
use crate::contract::Contract;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::words::Words;

/// Every section the contract names must be there, and none that it does not know.
pub(super) fn check_sections(contract: &Contract, words: &Words, body: &Body, problems: &mut Diagnostics) {
    for id in &contract.sections {
        if !body.sections.iter().any(|section| section.id == *id) {
            problems.push(
                Diagnostic::error(format!("the section `{id}` is missing"))
                    .file(&words.file.path)
                    .hint(format!("add `## Heading {{#{id}}}`; {} asks for it", contract.file.path)),
            );
        }
    }
    for section in &body.sections {
        if !contract.sections.contains(&section.id) {
            let mark = format!("{{#{}}}", section.id);
            let at = words.file.text.find(&mark).unwrap_or(0);
            problems.push(
                Diagnostic::error(format!("the layout has no place for a section `{}`", section.id))
                    .at(&words.file, at..at + mark.len())
                    .suggest(&section.id, contract.sections.iter().map(String::as_str)),
            );
        }
    }
    if body.heading.is_empty() {
        problems.push(Diagnostic::error("the words have no title").file(&words.file.path).hint("begin with `# Title`"));
    }
}

/// Counts each script's words against its time; scripts longer than the board allows are left out.
pub(super) fn check_scripts(
    contract: &Contract,
    words: &Words,
    campaign: &Campaign,
    body: &Body,
    problems: &mut Diagnostics,
) -> Vec<Value> {
    let shortest = contract.scripts.iter().map(|script| script.seconds).min();
    let limit = campaign.rules.time_limit.unwrap_or(u32::MAX);
    let mut kept = Vec::new();
    for script in &contract.scripts {
        let Some(section) = body.sections.iter().find(|section| section.id == script.section) else { continue };
        if script.seconds > limit && Some(script.seconds) != shortest {
            continue;
        }
        let count = spoken_words(&section.blocks);
        let most = (campaign.rules.pace * script.seconds / 60) as usize;
        if count > most {
            let mark = format!("{{#{}}}", section.id);
            let at = words.file.text.find(&mark).unwrap_or(0);
            problems.push(
                Diagnostic::error(format!("the script `{}` has {count} words", plain(&section.heading)))
                    .at(&words.file, at..at + mark.len())
                    .label(format!("{most} words can be said in {} seconds", script.seconds))
                    .hint(format!(
                        "cut {} words, or set `pace` under [comment_rules] if people there read faster than {} words a minute",
                        count - most,
                        campaign.rules.pace
                    )),
            );
        }
        kept.push(json!({ "section": script.section, "seconds": script.seconds, "words": count }));
    }
    kept
}

/// Counts the words of what has a limit, as they are printed.
pub(super) fn check_limits(contract: &Contract, words: &Words, body: &Body, problems: &mut Diagnostics) {
    for limit in &contract.limits {
        let counted = body.sections.iter().filter(|section| limit.sections.contains(&section.id));
        let mut texts: Vec<(String, usize)> = Vec::new();
        if limit.each {
            for section in counted {
                for block in &section.blocks {
                    match block {
                        Block::Heading { inlines, .. } => texts.push((plain(inlines), 0)),
                        other => {
                            if let Some(last) = texts.last_mut() {
                                last.1 += spoken_words(std::slice::from_ref(other));
                            }
                        }
                    }
                }
            }
        } else {
            let count = counted.map(|section| spoken_words(&section.blocks)).sum();
            texts.push((limit.sections.join(", "), count));
        }
        for (what, count) in texts {
            // A section that says nothing here has no length either.
            if count <= limit.most && (count >= limit.least || count == 0) {
                continue;
            }
            let mark = limit.sections.first().map(|id| format!("{{#{id}}}")).unwrap_or_default();
            let at = words.file.text.find(&mark).unwrap_or(0);
            let (problem, hint) = match count > limit.most {
                true => (format!("at most {} are meant", limit.most), format!("cut {} words", count - limit.most)),
                false => {
                    (format!("at least {} are meant", limit.least), format!("{} are missing", limit.least - count))
                }
            };
            problems.push(
                Diagnostic::error(format!("`{what}` has {count} words"))
                    .at(&words.file, at..at + mark.len())
                    .label(problem)
                    .hint(hint),
            );
        }
    }
}

/// Whether a section is printed: a script only if it is among those kept.
pub(super) fn wanted(contract: &Contract, kept: &[Value], id: &str) -> bool {
    let is_script = contract.scripts.iter().any(|script| script.section == id);
    !is_script || kept.iter().any(|script| script["section"] == id)
}

/// Sides a document may fill: scripts left out leave their page out, petition sheets count each.
pub(super) fn allowed_pages(contract: &Contract, campaign: &Campaign, settings: &Settings, scripts: usize) -> usize {
    let pages = contract.pages as usize - (contract.scripts.len() - scripts);
    let sheets = settings.sheets.or(campaign.petition.sheets).unwrap_or(1) as usize;
    if contract.document == "petition" { pages * sheets } else { pages }
}
