//! Owns `handbill import legislators`: the state's legislators of the place's districts.

use super::filling::{Stop, bring, day, end, open, unread};
use super::{ask, asking};
use crate::cli::ImportLegislators;
use crate::commands::{PROBLEMS, USAGE, report};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::officials::{district_key, legislators as chambers};
use crate::table;

/// Runs the command.
pub(super) fn run(options: &ImportLegislators) -> u8 {
    end(fill(options))
}

fn fill(options: &ImportLegislators) -> Result<u8, Stop> {
    let place = open(&options.filling.to)?;
    let mut problems = Diagnostics::default();
    let list = table::read_known(&options.list, options.sheet.as_deref(), chambers::COLUMNS).map_err(unread)?;
    let all = chambers::read(&list, &place.state, &mut problems);
    if problems.has_errors() {
        return Err(Stop(PROBLEMS, problems));
    }
    let (mut lower, mut upper) = (options.lower.clone(), options.upper.clone());
    let known = |is_upper: bool| -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for person in all.iter().filter(|person| person.upper == is_upper) {
            if !names.contains(&person.district) {
                names.push(person.district.clone());
            }
        }
        names
    };
    let mut said = Vec::new();
    if lower.is_empty() && upper.is_empty() {
        for (is_upper, role, districts) in
            [(false, "state-representative", &mut lower), (true, "state-senator", &mut upper)]
        {
            districts.extend(known(is_upper).into_iter().filter(|name| place.holds(role, name)));
        }
        if !(lower.is_empty() && upper.is_empty()) {
            said.push(format!(
                "districts as the campaign has them: lower {}; upper {}",
                or_none(&lower),
                or_none(&upper)
            ));
        } else if asking() {
            for (is_upper, house, districts) in [(false, "lower", &mut lower), (true, "upper", &mut upper)] {
                let names = known(is_upper);
                if !names.is_empty() {
                    *districts =
                        ask::districts(&format!("In which districts of the {house} house does the place lie?"), names)?;
                }
            }
        } else {
            return Err(Stop::one(
                USAGE,
                Diagnostic::error(format!(
                    "which districts of {}'s legislature does the place lie in?",
                    place.state.name
                ))
                .hint(format!(
                    "type `--lower N`, several times if it lies in several; the list has {}",
                    span(&known(false))
                ))
                .hint(format!("type `--upper N` likewise; the list has {}", span(&known(true)))),
            ));
        }
    }
    for (is_upper, districts) in [(false, &lower), (true, &upper)] {
        let names = known(is_upper);
        for district in districts {
            let key = district_key(district);
            if !names.iter().any(|name| district_key(name) == key) {
                let house = if is_upper { "upper" } else { "lower" };
                problems.push(
                    Diagnostic::error(format!("the list has no district `{district}` of the {house} house"))
                        .suggest(district, names.iter().map(String::as_str))
                        .hint(format!("it has {}", span(&names))),
                );
            }
        }
    }
    if problems.has_errors() {
        return Err(Stop(USAGE, problems));
    }
    let day = day(&options.filling, &options.list)?;
    let mut found = chambers::entries(&all, &lower, &upper, day);
    report(problems.iter());
    found.notes.splice(0..0, list.notes.iter().cloned().chain(said));
    bring(place, found, &options.filling, None)
}

fn or_none(names: &[String]) -> String {
    if names.is_empty() { "none".to_string() } else { names.join(", ") }
}

/// Names in short: `1 to 99`, or as many as fit.
fn span(names: &[String]) -> String {
    let mut numbers: Vec<u32> = names.iter().filter_map(|name| name.parse().ok()).collect();
    numbers.sort_unstable();
    match numbers.as_slice() {
        [first, .., last] if numbers.len() == names.len() => format!("{first} to {last}"),
        _ if names.is_empty() => "none".to_string(),
        _ => names.join(", "),
    }
}
