//! Owns the table of officials beside `campaign.toml`: people letters go to, one a row, checked by row and column.

use std::path::{Path, PathBuf};

use super::choices::{Honorific, Role};
use super::people::family_name;
use super::{Address, Official, Person, Sourced};
use crate::diagnostic::{Diagnostic, Diagnostics, Spot};
use crate::table::{self, Column, Matched, RowRef, Table, Unknown, is_error_sign, match_columns};
use crate::values::{AsOf, Date, Email, Leaf, Phone, Text, YesNo, Zip, read as read_leaf};

/// The columns, in the order an empty sheet should have them.
pub const COLUMNS: &[Column] = &[
    Column { name: "role", also: &[], required: true },
    Column { name: "name", also: &["full name", "official"], required: false },
    Column { name: "last", also: &["last name", "family name", "surname"], required: false },
    Column { name: "title", also: &[], required: false },
    Column { name: "district", also: &[], required: false },
    Column { name: "lead", also: &[], required: false },
    Column { name: "honorific", also: &[], required: false },
    Column { name: "street", also: &["street address", "address", "address 1", "address line 1"], required: false },
    Column { name: "unit", also: &["suite", "address 2", "address line 2"], required: false },
    Column { name: "city", also: &["town"], required: false },
    Column { name: "state", also: &[], required: false },
    Column { name: "zip", also: &["zip code", "postal code"], required: false },
    Column { name: "phone", also: &["phone number", "telephone"], required: false },
    Column { name: "email", also: &["email address"], required: false },
    Column { name: "term_end", also: &["term ends", "term expires"], required: false },
    Column { name: "confirmed", also: &[], required: false },
    Column { name: "source", also: &[], required: false },
    Column { name: "as_of", also: &[], required: false },
];

/// The names the table may have; a campaign has one of them at most.
pub const FILES: &[&str] =
    &["officials.csv", "officials.tsv", "officials.xlsx", "officials.xls", "officials.ods", "officials.json"];

/// The table of a campaign, if it has one. Two are an error: nobody could say which counts.
pub fn find(folder: &Path, problems: &mut Diagnostics) -> Option<PathBuf> {
    let mut found = FILES.iter().map(|name| folder.join(name)).filter(|path| path.exists());
    let first = found.next()?;
    for other in found {
        problems.push(
            Diagnostic::error("the campaign has two tables of officials")
                .file(other.display().to_string())
                .hint(format!("keep this one or {}, and move the other away", first.display())),
        );
    }
    Some(first)
}

/// Reads the table of a campaign, if it has one.
pub fn read(folder: &Path, state: Option<&str>, problems: &mut Diagnostics) -> Vec<Official> {
    let Some(path) = find(folder, problems) else { return Vec::new() };
    match table::read_known(&path, None, COLUMNS) {
        Ok(table) => read_table(&table, state, problems),
        Err(error) => {
            problems.push(error.diagnostic());
            Vec::new()
        }
    }
}

/// Reads the rows; every problem is noted with its row as a spreadsheet numbers it.
pub fn read_table(table: &Table, state: Option<&str>, problems: &mut Diagnostics) -> Vec<Official> {
    problems.extend(table.notes.iter().map(|note| Diagnostic::warning(note).file(&table.file)));
    let columns = match_columns(table, COLUMNS, Unknown::Refuse, problems);
    if columns.index("role").is_none() {
        return Vec::new();
    }
    table.rows().filter_map(|row| Row { row, columns: &columns, problems }.official(state)).collect()
}

/// Reads one value from a cell; the problem has no place yet.
pub fn leaf<T: Leaf>(text: &str) -> Result<Option<T>, Box<Diagnostic>> {
    if is_error_sign(text) {
        let message = format!("the spreadsheet has an error here, `{text}`, in place of a value");
        return Err(Box::new(Diagnostic::error(message)));
    }
    read_leaf::<T>(text).map_err(|message| {
        Box::new(match T::choices() {
            [] => Diagnostic::error(message),
            choices => Diagnostic::error(format!("`{}` is not one of the choices", text.trim()))
                .suggest(text.trim(), choices.iter().copied())
                .hint(format!("expected {}", choices.join(", "))),
        })
    })
}

/// What is wrong with the text of a cell under one of `COLUMNS`, if anything.
pub fn problem_in(column: &str, text: &str) -> Option<Diagnostic> {
    let problem = match column {
        "role" => leaf::<Role>(text).err(),
        "lead" => leaf::<YesNo>(text).err(),
        "honorific" => leaf::<Honorific>(text).err(),
        "zip" => leaf::<Zip>(text).err(),
        "phone" => leaf::<Phone>(text).err(),
        "email" => leaf::<Email>(text).err(),
        "term_end" => leaf::<Date>(text).err(),
        "confirmed" | "as_of" => leaf::<AsOf>(text).err(),
        _ => leaf::<Text>(text).err(),
    };
    problem.map(|problem| *problem)
}

/// One row, as it is read.
struct Row<'a> {
    row: RowRef<'a>,
    columns: &'a Matched,
    problems: &'a mut Diagnostics,
}

impl Row<'_> {
    fn spot(&self, column: &str) -> Option<Spot> {
        Some(self.columns.spot(self.row, column))
    }

    fn cell<T: Leaf>(&mut self, column: &str) -> Option<T> {
        leaf::<T>(self.columns.cell(self.row, column)).unwrap_or_else(|problem| {
            let spot = self.spot(column);
            self.problems.push(problem.spot(spot));
            None
        })
    }

    fn text(&mut self, column: &str) -> Option<String> {
        self.cell::<Text>(column).map(|text| text.0)
    }

    fn official(&mut self, state: Option<&str>) -> Option<Official> {
        let role = self.cell::<Role>("role");
        if role.is_none() && self.columns.cell(self.row, "role").is_empty() {
            let spot = self.spot("role");
            self.problems.push(
                Diagnostic::error("the row does not say the person's role")
                    .spot(spot)
                    .hint(format!("expected {}", Role::WORDS.join(", "))),
            );
        }
        let name = self.text("name");
        let last = self.text("last");
        let source = self.text("source");
        let as_of = self.cell::<AsOf>("as_of");
        let (street, unit) = (self.text("street"), self.text("unit"));
        let (city, zip) = (self.text("city"), self.cell::<Zip>("zip"));
        let state = self.text("state").or_else(|| state.map(str::to_string)).unwrap_or_default();
        let mail = Address {
            street: match (street, unit) {
                (Some(street), Some(unit)) => Some(format!("{street}, {unit}")),
                (street, unit) => street.or(unit),
            },
            city_line: city.map(|city| match zip {
                Some(zip) => format!("{city}, {state} {}", zip.0),
                None => format!("{city}, {state}"),
            }),
        };
        let person = Person {
            last: family_name(name.as_deref(), last),
            name,
            honorable: self.cell::<Honorific>("honorific").unwrap_or(Honorific::Honorable) == Honorific::Honorable,
            term_end: self.cell::<Date>("term_end").map(|date| date.0),
            confirmed: self.cell::<AsOf>("confirmed"),
            sourced: source.map(|source| Sourced { source, url: None, as_of }),
            spot: self.spot("name"),
        };
        Some(Official {
            title: self.text("title"),
            district: self.text("district"),
            lead: self.cell::<YesNo>("lead") == Some(YesNo::Yes),
            mail,
            phone: self.cell::<Phone>("phone"),
            email: self.cell::<Email>("email"),
            role: role?,
            person,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{find, read};
    use crate::diagnostic::{Diagnostics, Spot};

    #[test]
    fn headings_are_matched_loosely_and_problems_name_the_row() {
        let folder = tempfile::tempdir().unwrap();
        let text = "\u{feff}Role,NAME,Zip Code,Term End\ncounty-body,Ana Ruiz,04401,2027-01-04\n\ncounty-bodi,#N/A,4401,soon\n";
        std::fs::write(folder.path().join("officials.csv"), text).unwrap();
        let mut problems = Diagnostics::default();
        let officials = read(folder.path(), Some("ME"), &mut problems);
        assert_eq!(officials.len(), 1);
        assert_eq!(officials[0].person.last.as_deref(), Some("Ruiz"));
        let rows: Vec<usize> = problems
            .iter()
            .filter_map(|problem| match problem.spot.as_ref()? {
                Spot::Cell { row, .. } => Some(*row),
                _ => None,
            })
            .collect();
        assert_eq!(rows, [4, 4, 4, 4]);
    }

    #[test]
    fn a_campaign_has_one_table_in_any_form() {
        let folder = tempfile::tempdir().unwrap();
        let text = r#"[{"role": "clerk", "name": "Ana Ruiz", "zip": 56201}]"#;
        std::fs::write(folder.path().join("officials.json"), text).unwrap();
        let mut problems = Diagnostics::default();
        assert_eq!(read(folder.path(), Some("MN"), &mut problems).len(), 1);
        assert!(problems.is_empty());
        std::fs::write(folder.path().join("officials.tsv"), "role\tname\n").unwrap();
        assert!(find(folder.path(), &mut problems).is_some_and(|path| path.ends_with("officials.tsv")));
        assert!(problems.has_errors());
    }
}
