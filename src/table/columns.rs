//! Owns which column is which: titles matched without case, spaces and small marks, and what to say of those that match nothing.

use super::{RowRef, Table};
use crate::diagnostic::{Diagnostic, Diagnostics, Spot, nearest};

/// A column that is looked for.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// Other titles it may have.
    pub also: &'static [&'static str],
    /// Whether a table without it is of no use.
    pub required: bool,
}

impl Column {
    fn titles(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.also.iter().copied())
    }

    fn is(&self, title: &str) -> bool {
        self.titles().any(|known| loosely(known) == title)
    }
}

/// What becomes of a column that matches nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unknown {
    /// It is an error: a misspelt title must not lose a column.
    Refuse,
    /// It is an error if it is nearly a title that is known and missing; else it is passed over.
    Near,
    /// It is passed over.
    Ignore,
}

/// Where the columns that are looked for stand.
#[derive(Debug, Clone, Default)]
pub struct Matched {
    places: Vec<(&'static str, usize)>,
}

impl Matched {
    /// The column of this name, if the table has it.
    pub fn index(&self, name: &str) -> Option<usize> {
        self.places.iter().find(|(known, _)| *known == name).map(|(_, place)| *place)
    }

    /// The text under the column of this name; empty if there is none.
    pub fn cell<'a>(&self, row: RowRef<'a>, name: &str) -> &'a str {
        self.index(name).map_or("", |place| row.cell(place))
    }

    /// The place of the cell under the column of this name, with the title the table itself gives it.
    pub fn spot(&self, row: RowRef, name: &str) -> Spot {
        row.spot(self.index(name).map_or(name, |place| row.table.columns()[place].as_str()))
    }

    /// The names that were found.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.places.iter().map(|(name, _)| *name)
    }
}

/// Whether two titles differ as a slip of the pen makes them differ.
fn slips(one: &str, other: &str) -> bool {
    let most = if one.len().min(other.len()) < 7 { 1 } else { 2 };
    one.len().min(other.len()) > 2 && strsim::damerau_levenshtein(one, other) <= most
}

/// A title without case, spaces, underscores, hyphens and dots: `Zip Code`, `ZIP_CODE` and `zipcode` are the same.
pub fn loosely(title: &str) -> String {
    title
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-' | '.' | '\u{2010}' | '\u{2011}' | '\u{2013}'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Whether a cell holds the sign of a spreadsheet's error in place of a value.
pub fn is_error_sign(text: &str) -> bool {
    const SIGNS: &[&str] = &["#N/A", "#NA", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#DATA!"];
    text.starts_with('#') && SIGNS.contains(&text)
}

/// Whether titles have all the columns that must be there, and one that is known at all.
pub(super) fn fits(titles: &[String], known: &[Column]) -> bool {
    let titles: Vec<String> = titles.iter().map(|title| loosely(title)).collect();
    let has = |column: &Column| titles.iter().any(|title| column.is(title));
    known.iter().filter(|column| column.required).all(has) && known.iter().any(has)
}

/// Finds the columns that are looked for, and notes every title that fits none, that fits one twice, and every one that is missing.
pub fn match_columns(table: &Table, known: &[Column], unknown: Unknown, problems: &mut Diagnostics) -> Matched {
    let mut matched = Matched::default();
    let list = known.iter().map(|column| column.name).collect::<Vec<_>>().join(", ");
    let at = |title: &str| Some(table.spot(table.header_row(), title));
    for (place, title) in table.columns().iter().enumerate() {
        let loose = loosely(title);
        if loose.is_empty() {
            nameless(table, place, problems);
            continue;
        }
        let Some(column) = known.iter().find(|column| column.is(&loose)) else {
            let missed = |column: &&Column| {
                let near = column.titles().any(|known| slips(&loosely(known), &loose));
                near && !table.columns().iter().any(|title| column.is(&loosely(title)))
            };
            if unknown == Unknown::Refuse || unknown == Unknown::Near && known.iter().any(|column| missed(&column)) {
                let problem = Diagnostic::error(format!("unknown column `{title}`")).spot(at(title));
                // A title that some other column has already would only be found twice.
                let near = known.iter().find(|column| nearest(title, column.titles()).is_some());
                let problem = match near {
                    Some(column) => problem.hint(format!("did you mean `{}`?", column.name)),
                    None => problem,
                };
                problems.push(problem.hint(format!("columns: {list}")));
            }
            continue;
        };
        match matched.index(column.name) {
            Some(first) => problems.push(
                Diagnostic::error(format!(
                    "two columns mean `{}`: `{}` and `{title}`",
                    column.name,
                    table.columns()[first]
                ))
                .spot(at(title))
                .hint("keep one, or rename the other"),
            ),
            None => matched.places.push((column.name, place)),
        }
    }
    for column in known.iter().filter(|column| column.required && matched.index(column.name).is_none()) {
        problems.push(
            Diagnostic::error(format!("the table has no column `{}`", column.name))
                .file(table.sheet.as_ref().map_or(table.file.clone(), |sheet| format!("{}, sheet {sheet}", table.file)))
                .hint(format!("columns: {list}")),
        );
    }
    strays(table, problems);
    matched
}

/// Says that a column without a title is not read, if it holds anything.
fn nameless(table: &Table, place: usize, problems: &mut Diagnostics) {
    if let Some(row) = table.rows().find(|row| !row.cell(place).is_empty()) {
        let shown = format!("column {}", letter(place as u32));
        problems.push(
            Diagnostic::warning("a column without a title is not read")
                .spot(Some(row.spot(&shown)))
                .hint("give it a title, or empty it"),
        );
    }
}

/// Cells to the right of all titles: in delimited text a comma that should stand in quotes, in a workbook a jotting.
fn strays(table: &Table, problems: &mut Diagnostics) {
    for stray in &table.strays {
        let spot = Some(table.spot(stray.row, &format!("column {}", letter(stray.column))));
        let said = "a cell stands to the right of the last title";
        problems.push(if table.sheet.is_some() {
            Diagnostic::warning(said).spot(spot).hint("it is not read")
        } else {
            Diagnostic::error(said)
                .spot(spot)
                .hint("set text that holds a comma in quotation marks: \"Suite 4, Main Street\"")
        });
    }
}

/// A column's letters as a spreadsheet shows them.
fn letter(place: u32) -> String {
    let mut rest = place + 1;
    let mut letters = String::new();
    while rest > 0 {
        letters.insert(0, char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters
}
