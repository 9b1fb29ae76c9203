//! Owns `officials.csv`: people letters go to, one a row, checked by row and column.

use std::collections::BTreeMap;

use super::choices::{Honorific, Role};
use super::people::family_name;
use super::{Address, Official, Person, Sourced};
use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile, Spot, nearest};
use crate::values::{AsOf, Date, Email, Leaf, Phone, Text, YesNo, Zip, read};

/// The columns, in the order an empty sheet should have them.
pub const COLUMNS: &[&str] = &[
    "role",
    "name",
    "last",
    "title",
    "district",
    "lead",
    "honorific",
    "street",
    "unit",
    "city",
    "state",
    "zip",
    "phone",
    "email",
    "term_end",
    "confirmed",
    "source",
    "as_of",
];

/// Reads the table; every problem is noted with its row as a spreadsheet numbers it.
pub fn read_table(file: &SourceFile, state: Option<&str>, problems: &mut Diagnostics) -> Vec<Official> {
    let text = file.text.strip_prefix('\u{feff}').unwrap_or(&file.text);
    // A spreadsheet set to another language parts its columns with semicolons.
    let first = text.lines().next().unwrap_or_default();
    let delimiter = if first.contains(';') && !first.contains(',') { b';' } else { b',' };
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let headers = match reader.headers() {
        Ok(headers) => headers.clone(),
        Err(error) => {
            problems.push(Diagnostic::error(format!("cannot read the table: {error}")).file(&file.path));
            return Vec::new();
        }
    };
    let columns: Vec<Option<&str>> = headers.iter().map(|header| match_column(&file.path, header, problems)).collect();
    if !columns.contains(&Some("role")) {
        problems.push(
            Diagnostic::error("the table has no column `role`")
                .file(&file.path)
                .hint(format!("columns: {}", COLUMNS.join(", "))),
        );
        return Vec::new();
    }
    let mut officials = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                problems.push(Diagnostic::error(format!("cannot read the table: {error}")).file(&file.path));
                break;
            }
        };
        if record.iter().all(str::is_empty) {
            continue;
        }
        let mut row = Row {
            file: &file.path,
            number: record.position().map_or(0, |position| row_number(text, position.byte() as usize)),
            cells: columns.iter().zip(record.iter()).filter_map(|(name, cell)| Some(((*name)?, cell))).collect(),
            problems,
        };
        officials.extend(row.official(state));
    }
    officials
}

/// The row a spreadsheet shows for the record that begins at `byte`, or after the empty rows there.
fn row_number(text: &str, byte: usize) -> usize {
    let rest = &text[byte.min(text.len())..];
    let start = text.len() - rest.trim_start_matches(['\r', '\n']).len();
    text[..start].matches('\n').count() + 1
}

/// Finds which column a heading means, without regard to case, spaces, hyphens and underscores.
fn match_column<'a>(path: &str, header: &str, problems: &mut Diagnostics) -> Option<&'a str> {
    let plain = |text: &str| text.to_lowercase().replace([' ', '_', '-'], "");
    let found = COLUMNS.iter().copied().find(|column| plain(column) == plain(header));
    if found.is_none() && !header.trim().is_empty() {
        let problem = Diagnostic::error(format!("unknown column `{header}`")).spot(Some(Spot::Cell {
            file: path.to_string(),
            sheet: None,
            row: 1,
            column: header.to_string(),
        }));
        problems.push(match nearest(header, COLUMNS.iter().copied()) {
            Some(near) => problem.hint(format!("did you mean `{near}`?")),
            None => problem.hint(format!("columns: {}", COLUMNS.join(", "))),
        });
    }
    found
}

/// One row, as it is read.
struct Row<'a> {
    file: &'a str,
    number: usize,
    cells: BTreeMap<&'a str, &'a str>,
    problems: &'a mut Diagnostics,
}

impl Row<'_> {
    fn spot(&self, column: &str) -> Option<Spot> {
        Some(Spot::Cell { file: self.file.to_string(), sheet: None, row: self.number, column: column.to_string() })
    }

    fn cell<T: Leaf>(&mut self, column: &str) -> Option<T> {
        let text = self.cells.get(column).copied().unwrap_or_default();
        match read::<T>(text) {
            Ok(value) => value,
            Err(message) => {
                let mut problem = match T::choices() {
                    [] => Diagnostic::error(message),
                    choices => Diagnostic::error(format!("`{}` is not one of the choices", text.trim()))
                        .suggest(text.trim(), choices.iter().copied())
                        .hint(format!("expected {}", choices.join(", "))),
                };
                problem = problem.spot(self.spot(column));
                self.problems.push(problem);
                None
            }
        }
    }

    fn text(&mut self, column: &str) -> Option<String> {
        self.cell::<Text>(column).map(|text| text.0)
    }

    fn official(&mut self, state: Option<&str>) -> Option<Official> {
        let role = self.cell::<Role>("role");
        if role.is_none() && self.cells.get("role").is_none_or(|cell| cell.is_empty()) {
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
    use super::read_table;
    use crate::diagnostic::{Diagnostics, SourceFile, Spot};

    #[test]
    fn headings_are_matched_loosely_and_problems_name_the_row() {
        let file = SourceFile::new(
            "officials.csv",
            "\u{feff}Role,NAME,Zip,Term End\ncounty-body,Ana Ruiz,04401,2027-01-04\n\ncounty-bodi,X,4401,soon\n",
        );
        let mut problems = Diagnostics::default();
        let officials = read_table(&file, Some("ME"), &mut problems);
        assert_eq!(officials.len(), 1);
        assert_eq!(officials[0].person.last.as_deref(), Some("Ruiz"));
        let rows: Vec<usize> = problems
            .iter()
            .filter_map(|problem| match problem.spot.as_ref()? {
                Spot::Cell { row, .. } => Some(*row),
                _ => None,
            })
            .collect();
        assert_eq!(rows, [4, 4, 4]);
    }
}
