//! Owns reading TOML into the structs that mirror it, with every problem of a file found in one pass.

use std::ops::Range;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile};

/// Reads a file into `T`; `None` if its syntax is broken or nothing of it could be read.
///
/// serde stops at the first problem, so each problem is noted, the value that caused it is taken out, and the rest is read again.
pub fn decode<T: DeserializeOwned>(file: &Arc<SourceFile>, problems: &mut Diagnostics) -> Option<T> {
    let (tree, errors) = DeTable::parse_recoverable(&file.text);
    if !errors.is_empty() {
        problems.extend(errors.iter().map(|error| {
            Diagnostic::error(format!("cannot read this as TOML: {}", one_line(error.message())))
                .at(file, error.span().unwrap_or(0..0))
                .hint("text stands in quotes, a date is written 2026-11-21, a list stands in [brackets]")
        }));
        return None;
    }
    if let Ok(value) = T::deserialize(toml::de::Deserializer::from(tree)) {
        return Some(value);
    }
    // Most files have no problem: only one that has is parsed again, to be kept while values are taken out.
    let (mut tree, _) = DeTable::parse_recoverable(&file.text);
    loop {
        match T::deserialize(toml::de::Deserializer::from(tree.clone())) {
            Ok(value) => return Some(value),
            Err(error) => {
                let span = error.span().unwrap_or(0..0);
                problems.push(explain(error.message()).at(file, span.clone()));
                if !prune(tree.get_mut(), &span) {
                    return None;
                }
            }
        }
    }
}

/// Turns serde's words into ours, with a suggestion where it lists what it knows.
fn explain(message: &str) -> Diagnostic {
    let message = one_line(message);
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    if let Some((found, known)) = quoted.split_first() {
        let list = || known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        if message.starts_with("unknown field") {
            return Diagnostic::error(format!("unknown key `{found}`")).suggest(found, known.iter().copied()).hint(
                if known.is_empty() { "no keys are known here".to_string() } else { format!("known here: {}", list()) },
            );
        }
        if message.starts_with("unknown variant") {
            return Diagnostic::error(format!("`{found}` is not one of the choices"))
                .suggest(found, known.iter().copied())
                .hint(format!("expected {}", list()));
        }
        if message.starts_with("missing field") {
            return Diagnostic::error(format!("the key `{found}` is missing")).label("needed in this table");
        }
    }
    // serde names our structs; a person knows tables and lists.
    let (found, expected) = message.split_once(", expected ").unwrap_or((&message, ""));
    let expected = match expected {
        _ if expected.starts_with("struct ") => {
            "a table: its name in `[brackets]`, or `[[double brackets]]` if there can be several"
        }
        "a sequence" => "a list: `[\"one\", \"two\"]`, or tables in `[[double brackets]]`",
        other => other,
    };
    Diagnostic::error(if expected.is_empty() { found.to_string() } else { format!("{found}, expected {expected}") })
}

/// The message on one line, as our messages are.
fn one_line(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Takes the innermost entry that covers `span` out of the tree; false if there is none.
fn prune(table: &mut DeTable, span: &Range<usize>) -> bool {
    let covers = |range: Range<usize>| range.start <= span.start && span.end <= range.end;
    let inside = table.iter_mut().any(|(_, value)| prune_within(value, span));
    if inside {
        return true;
    }
    let hit = table
        .iter()
        .find(|(key, value)| covers(key.span()) || covers(value.span()))
        .map(|(key, _)| key.get_ref().to_string());
    hit.is_some_and(|key| table.remove(key.as_str()).is_some())
}

/// Prunes inside a value; false if `span` is the value itself or stands elsewhere.
fn prune_within(value: &mut Spanned<DeValue>, span: &Range<usize>) -> bool {
    match value.get_mut() {
        DeValue::Table(table) => prune(table, span),
        DeValue::Array(items) => {
            if items.iter_mut().any(|item| prune_within(item, span)) {
                return true;
            }
            let hit = items.iter().position(|item| {
                let range = item.span();
                range.start <= span.start && span.end <= range.end
            });
            match hit {
                Some(at) => {
                    let mut rest = DeArray::new();
                    items
                        .iter()
                        .enumerate()
                        .filter(|(other, _)| *other != at)
                        .for_each(|(_, item)| rest.push(item.clone()));
                    *items = rest;
                    true
                }
                None => false,
            }
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::decode;
    use crate::diagnostic::{Diagnostics, SourceFile};
    use crate::values::{Date, Field, Zip};

    #[derive(Debug, Default, Deserialize)]
    #[serde(default, deny_unknown_fields)]
    struct Sample {
        day: Field<Date>,
        zip: Field<Zip>,
        part: Vec<Part>,
    }

    #[derive(Debug, Default, Deserialize)]
    #[serde(default, deny_unknown_fields)]
    struct Part {
        day: Field<Date>,
    }

    #[test]
    fn every_problem_of_a_file_is_found() {
        let file = SourceFile::new("x.toml", "day = 2026-13-01x\n");
        let mut problems = Diagnostics::default();
        assert!(decode::<Sample>(&file, &mut problems).is_none());
        assert!(problems.has_errors());

        let file = SourceFile::new(
            "x.toml",
            "dya = 2026-01-01\nzip = 56201\n[[part]]\nday = 2026-05-06\n[[part]]\nday = \"May\"\n[[part]]\nnight = 3\n",
        );
        let mut problems = Diagnostics::default();
        let sample: Sample = decode(&file, &mut problems).unwrap();
        let messages: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
        assert_eq!(messages.len(), 4, "{messages:?}");
        assert!(problems.iter().any(|problem| problem.hints.contains(&"did you mean `day`?".to_string())));
        assert_eq!(sample.part.len(), 3);
        assert!(sample.part[0].day.get().is_some());
    }
}
