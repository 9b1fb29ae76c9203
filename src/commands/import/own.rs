//! Owns `handbill import officials`: any list of officials, its columns and offices as a person says they are meant.

use super::filling::{Stop, bring, end, open, unread};
use super::{ask, asking};
use crate::campaign::officials::COLUMNS;
use crate::cli::ImportOfficials;
use crate::commands::{PROBLEMS, report};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::officials::mapping::{Mapping, role_of, target_column};
use crate::officials::own::{Common, columns, entries};
use crate::officials::{Found, day_in};
use crate::table;

/// Runs the command.
pub(super) fn run(options: &ImportOfficials) -> u8 {
    end(fill(options))
}

fn fill(options: &ImportOfficials) -> Result<u8, Stop> {
    let place = open(&options.filling.to)?;
    let mut problems = Diagnostics::default();
    let mut mapping = Mapping::load(&options.filling.to, &mut problems);
    let remembered = !mapping.is_empty();
    for (title, target) in &options.map {
        match target_column(target) {
            Ok(column) => mapping.learn_column(title, column),
            Err(problem) => problems.push(*problem),
        }
    }
    for (word, role) in &options.role {
        match role_of(role) {
            Ok(role) => mapping.learn_role(word, role),
            Err(problem) => problems.push(*problem),
        }
    }
    let list = table::read_known(&options.list, options.sheet.as_deref(), COLUMNS).map_err(unread)?;
    let mut places = columns(&list, &mapping, &mut problems);
    if !places.strange.is_empty() && asking() && !problems.has_errors() {
        for title in &places.strange {
            let at = list.columns().iter().position(|column| column == title).unwrap_or_default();
            let sample = list.rows().map(|row| row.cell(at)).find(|cell| !cell.is_empty()).unwrap_or_default();
            mapping.learn_column(title, ask::column(title, sample)?);
        }
        places = columns(&list, &mapping, &mut problems);
    }
    for title in &places.strange {
        problems.push(
            Diagnostic::error(format!("unknown column `{title}`"))
                .spot(Some(list.spot(list.header_row(), title)))
                .suggest(title, COLUMNS.iter().map(|column| column.name))
                .hint(format!(
                    "say what it is, `--map \"{title}=name\"`, or leave it out, `--map \"{title}=\"`; it is remembered"
                ))
                .hint(format!(
                    "columns: {}, first",
                    COLUMNS.iter().map(|column| column.name).collect::<Vec<_>>().join(", ")
                )),
        );
    }
    if options.role_for_all.is_none() {
        if !places.has_role() && places.strange.is_empty() {
            problems.push(
                Diagnostic::error("the list has no column for the office, `role`")
                    .file(&list.file)
                    .hint("if all are of one office, say so: `--role-for-all county-body`"),
            );
        }
        for (word, row) in places.strange_roles(&list, &mapping) {
            if asking() && !problems.has_errors() {
                mapping.learn_role(&word, ask::role(&word)?);
                continue;
            }
            let problem = role_of(&word)
                .err()
                .map_or_else(|| Diagnostic::error(format!("`{word}` is no role")), |problem| *problem);
            problems.push(
                problem
                    .spot(Some(list.spot(row, "role")))
                    .hint(format!("say what it is: `--role \"{word}=county-body\"`; it is remembered")),
            );
        }
    }
    let day = options.filling.as_of.map(|day| day.0).or_else(|| day_in(&options.list.to_string_lossy()));
    let name = options.list.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let source = options.source.clone().unwrap_or(name);
    let common = Common { role: options.role_for_all, source: &source, day };
    let mut found = if places.has_role() || options.role_for_all.is_some() {
        entries(&list, &places, &mapping, &common, &mut problems)
    } else {
        Found::default()
    };
    if problems.has_errors() {
        return Err(Stop(PROBLEMS, problems));
    }
    report(problems.iter());
    found.notes.extend(list.notes.iter().cloned());
    if remembered {
        found.notes.push(format!("columns and offices are read as {} says", mapping.path().display()));
    }
    bring(place, found, &options.filling, Some(&mapping))
}
