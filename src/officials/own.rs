//! Owns a person's own list of officials: its columns and offices brought to ours, every cell checked where it stands.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::mapping::{FIRST, Mapping, role_of, target_column};
use super::{Entry, Found, district_key, same_person};
use crate::campaign::choices::Role;
use crate::campaign::officials::{COLUMNS, problem_in};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::table::{RowRef, Table, loosely};

/// More officials than any place has; a longer list is one of members.
const MOST: usize = 2_000;

/// Titles that lists use for first names.
const FIRST_TITLES: &[&str] = &["first", "firstname", "givenname"];

/// What each column of a list means.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    /// The place of each column of ours.
    places: BTreeMap<&'static str, usize>,
    /// Titles that nothing is known of.
    pub strange: Vec<String>,
}

/// Finds what each title means: what a person said first, then our own names.
pub fn columns(table: &Table, mapping: &Mapping, problems: &mut Diagnostics) -> Columns {
    let mut found = Columns::default();
    for (place, title) in table.columns().iter().enumerate().filter(|(_, title)| !title.is_empty()) {
        let loose = loosely(title);
        let known = || {
            COLUMNS
                .iter()
                .find(|column| std::iter::once(&column.name).chain(column.also).any(|name| loosely(name) == loose))
        };
        let column = match mapping.column(title) {
            Some(said) => target_column(said).unwrap_or_default(),
            None if FIRST_TITLES.contains(&loose.as_str()) => FIRST,
            None => match known() {
                Some(column) => column.name,
                None => {
                    found.strange.push(title.clone());
                    continue;
                }
            },
        };
        if column.is_empty() {
            continue;
        }
        if let Some(other) = found.places.insert(column, place) {
            problems.push(
                Diagnostic::error(format!("two columns mean `{column}`: `{}` and `{title}`", table.columns()[other]))
                    .spot(Some(table.spot(table.header_row(), title)))
                    .hint(format!("leave one out with `--map \"{title}=\"`")),
            );
        }
    }
    found
}

impl Columns {
    /// Whether the list says who holds which office.
    pub fn has_role(&self) -> bool {
        self.places.contains_key("role")
    }

    fn cell<'a>(&self, row: RowRef<'a>, column: &str) -> &'a str {
        self.places.get(column).map_or("", |place| row.cell(*place))
    }

    /// The words for offices that mean none of ours, with the first row each stands in.
    pub fn strange_roles(&self, table: &Table, mapping: &Mapping) -> Vec<(String, u32)> {
        let mut found: Vec<(String, u32)> = Vec::new();
        for row in table.rows() {
            let word = self.cell(row, "role");
            let known = word.is_empty() || mapping.role(word).is_some() || role_of(word).is_ok();
            if !known && !found.iter().any(|(other, _)| loosely(other) == loosely(word)) {
                found.push((word.to_string(), row.number()));
            }
        }
        found
    }
}

/// What holds for every row.
#[derive(Debug)]
pub struct Common<'a> {
    /// The office, if all hold the same.
    pub role: Option<Role>,
    /// The source, where a row has none.
    pub source: &'a str,
    /// The day of the list, where a row has none.
    pub day: Option<Date>,
}

/// Every row as an entry; each problem is noted with its row and the list's own title.
pub fn entries(
    table: &Table,
    columns: &Columns,
    mapping: &Mapping,
    common: &Common,
    problems: &mut Diagnostics,
) -> Found {
    let mut found = Found { tag: common.source.to_string(), ..Found::default() };
    if table.len() > MOST {
        problems.push(
            Diagnostic::error(format!("the list has {} rows, more than a place has officials", table.len()))
                .file(&table.file)
                .hint("officials are those whom letters go to, not those who sign them"),
        );
        return found;
    }
    let mut rows: Vec<u32> = Vec::new();
    let mut dayless = None;
    for row in table.rows() {
        let spot = |column: &str| {
            let title = columns.places.get(column).map_or(column, |place| table.columns()[*place].as_str());
            Some(row.spot(title))
        };
        let word = columns.cell(row, "role");
        let role = common.role.or_else(|| mapping.role(word)).or_else(|| role_of(word).ok());
        let Some(role) = role else {
            if word.is_empty() {
                problems.push(
                    Diagnostic::error("the row does not say the person's role")
                        .spot(spot("role"))
                        .hint(format!("expected {}", Role::WORDS.join(", ")))
                        .hint("if all rows are of one office, say so: `--role-for-all county-body`"),
                );
            }
            continue;
        };
        let mut entry = Entry::new(role);
        for column in COLUMNS.iter().map(|column| column.name).filter(|column| *column != "role") {
            let text = columns.cell(row, column);
            match problem_in(column, text) {
                Some(problem) => problems.push(problem.spot(spot(column))),
                None => entry.set(column, text),
            }
        }
        let first = columns.cell(row, FIRST);
        if entry.get("name").is_empty() && !first.is_empty() {
            entry.set("name", format!("{first} {}", entry.get("last")));
        }
        if entry.get("source").is_empty() {
            entry.set("source", common.source);
        }
        match common.day {
            Some(day) if entry.get("as_of").is_empty() => entry.set("as_of", day.to_string()),
            None if entry.get("as_of").is_empty() => dayless = dayless.or(Some(row.number())),
            _ => {}
        }
        if entry.get("confirmed").is_empty() {
            let day = entry.get("as_of").to_string();
            entry.set("confirmed", day);
        }
        let twin = found.entries.iter().position(|other| {
            let one = |entry: &Entry| (entry.role, district_key(entry.get("district")));
            one(other) == one(&entry) && same_person(other.get("name"), entry.get("name"))
        });
        if let Some(at) = twin {
            problems.push(
                Diagnostic::error(format!("{} stands twice, with the same office", entry.get("name")))
                    .spot(spot("name"))
                    .hint(format!("the other is in row {}", rows[at]))
                    .hint("take one out, or tell two people apart by `district`"),
            );
        }
        found.entries.push(entry);
        rows.push(row.number());
    }
    if let Some(row) = dayless {
        problems.push(
            Diagnostic::error("nothing says which day the list is of")
                .spot(Some(row_spot(table, row)))
                .hint("give it with `--as-of 2026-06-15`, or in a column `as_of`"),
        );
    }
    found
}

fn row_spot(table: &Table, row: u32) -> crate::diagnostic::Spot {
    table.spot(row, "as_of")
}
