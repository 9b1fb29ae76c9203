//! Owns `handbill import congress`: a state's senators and the representatives of the place's districts.

use std::path::Path;
use std::sync::Arc;

use super::filling::{Stop, bring, day, end, open};
use super::{ask, asking};
use crate::campaign::load::read_text;
use crate::cli::{ImportCongress, OfficeKind};
use crate::commands::{FILES, PROBLEMS, USAGE};
use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile};
use crate::officials::congress;

/// Runs the command.
pub(super) fn run(options: &ImportCongress) -> u8 {
    end(fill(options))
}

fn fill(options: &ImportCongress) -> Result<u8, Stop> {
    let place = open(&options.filling.to)?;
    let members = yaml(&options.list, congress::members)?;
    let offices = options.offices.as_deref().map(|path| yaml(path, congress::offices)).transpose()?;
    let state = &place.state;
    let offices = match (options.office, offices) {
        (Some(OfficeKind::Home), None) => {
            let problem = Diagnostic::error("home offices stand in a file of their own, and none is given");
            return Err(Stop::one(
                USAGE,
                problem.hint("name it after the list: `import congress MEMBERS.yaml OFFICES.yaml`"),
            ));
        }
        (Some(OfficeKind::Washington), _) => None,
        (_, offices) => offices,
    };
    let known = congress::districts(&members, &state.code);
    let print_of = |district: &u32| if *district == 0 { "AL".to_string() } else { district.to_string() };
    let held: Vec<u32> =
        known.iter().copied().filter(|one| place.holds("us-representative", &congress::district_name(*one))).collect();
    let mut said = Vec::new();
    let districts = if !options.districts.is_empty() {
        if let Some(strange) = options.districts.iter().find(|district| !known.contains(district)) {
            let list = known.iter().map(print_of).collect::<Vec<_>>().join(", ");
            let problem = Diagnostic::error(format!("{} has no House district {}", state.name, print_of(strange)));
            return Err(Stop::one(USAGE, problem.hint(format!("districts: {list}"))));
        }
        options.districts.clone()
    } else if known.len() <= 1 {
        known
    } else if !held.is_empty() {
        said.push(format!(
            "House districts as the campaign has them: {}",
            held.iter().map(print_of).collect::<Vec<_>>().join(", ")
        ));
        held
    } else if asking() {
        let names = known.iter().map(|one| one.to_string()).collect();
        let chosen = ask::districts("In which House districts does the place lie?", names)?;
        chosen.iter().filter_map(|name| name.parse().ok()).collect()
    } else {
        let list = known.iter().map(print_of).collect::<Vec<_>>().join(", ");
        return Err(Stop::one(
            USAGE,
            Diagnostic::error(format!(
                "{} has {} House districts; which does the place lie in?",
                state.name,
                known.len()
            ))
            .hint(format!("type `--district N`, several times if it lies in several; districts: {list}"))
            .hint("https://www.house.gov/representatives/find-your-representative tells it by address"),
        ));
    };
    let day = day(&options.filling, &options.list)?;
    let wanted = congress::Wanted {
        state: &state.code,
        districts: &districts,
        seat: place.seat.as_deref(),
        day,
        offices: offices.as_deref(),
    };
    let mut found = congress::entries(&members, &wanted);
    found.notes.splice(0..0, said);
    bring(place, found, &options.filling, None)
}

fn yaml<T>(path: &Path, read: impl Fn(&str) -> Result<T, serde_yaml_ng::Error>) -> Result<T, Stop> {
    let mut problems = Diagnostics::default();
    let Some(file) = read_text(path, true, &mut problems) else {
        let code = if path.is_file() { PROBLEMS } else { FILES };
        return Err(Stop(code, problems));
    };
    read(&file.text).map_err(|error| Stop::one(PROBLEMS, misread(&file, &error)))
}

fn misread(file: &Arc<SourceFile>, error: &serde_yaml_ng::Error) -> Diagnostic {
    let at = error.location().map_or(0, |place| place.index());
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    Diagnostic::error(format!("cannot read this as a list of Congress: {message}"))
        .at(file, at..at)
        .hint("expected legislators-current.yaml, and legislators-district-offices.yaml after it, from unitedstates/congress-legislators")
}
