//! Owns the people who sign letters: a table of them matched and checked by row and column, and what a letter prints of each.
//!
//! What is told of a row names its place and never what stands there: messages end in logs, and signers' details do not.

use std::path::Path;

use serde_json::{Value, json};

use crate::blocks::{typographic, typographic_prose};
use crate::diagnostic::{Diagnostic, Diagnostics, Spot};
use crate::library::STATES;
use crate::table::{Column, Matched, Table, TableError, Unknown, is_error_sign, loosely, match_columns, read_known};
use crate::values::{Email, Leaf, Phone, Zip};

const fn column(name: &'static str, also: &'static [&'static str]) -> Column {
    Column { name, also, required: false }
}

/// The columns, in the order an empty sheet has them.
pub const COLUMNS: &[Column] = &[
    column("name", &["full name", "signer"]),
    column("first", &["first name", "given name"]),
    column("last", &["last name", "family name", "surname"]),
    column("title", &[]),
    column("organization", &["congregation"]),
    column("street", &["address", "street address", "address 1", "address line 1", "mailing address"]),
    column("unit", &["address 2", "address line 2", "apartment", "apt"]),
    column("city", &["town"]),
    column("state", &["st"]),
    column("zip", &["zip code", "postal code"]),
    column("phone", &["phone number", "telephone"]),
    column("email", &["email address"]),
    column("paragraph", &["own words", "own paragraph"]),
    column("campaign", &[]),
];

/// Letters of a line of the address or under the signature: two printed lines at most, for which there is room.
const LINE: usize = 70;
/// Letters of a signer's own paragraph that can fit beside no letter; what fits beside this one is seen when it is set.
const PARAGRAPH: usize = 1200;
/// What an address cannot do without.
const ADDRESS: &[&str] = &["street", "city", "zip"];
/// Columns printed on a line.
const ON_A_LINE: &[&str] = &["name", "first", "last", "title", "organization", "street", "unit", "city"];

/// A table of signers.
#[derive(Debug)]
pub struct Signers {
    /// The table.
    pub table: Table,
    matched: Matched,
    /// Titles that fit no column: they can be picked and sorted by, and are not printed.
    pub unused: Vec<String>,
}

/// What holds for all signers of one document and campaign.
pub struct Rules<'a> {
    /// Whether a missing address becomes lines to write on.
    pub blanks: bool,
    /// The state of an address that names none, by its two letters.
    pub state: &'a str,
    /// What to write on the line for the street, and for the city.
    pub labels: [&'a str; 2],
    /// Whether some font can draw a character.
    pub can_draw: &'a dyn Fn(char) -> bool,
}

/// One signer, as a letter prints them.
#[derive(Debug, Clone, PartialEq)]
pub struct Signer {
    /// The row as the spreadsheet numbers it.
    pub row: u32,
    /// Full name.
    pub name: String,
    /// What the layout gets.
    pub data: Value,
}

impl Signers {
    /// Reads a table of signers; of a workbook the sheet named, or the one with fitting titles.
    pub fn read(path: &Path, sheet: Option<&str>, problems: &mut Diagnostics) -> Result<Signers, TableError> {
        let table = read_known(path, sheet, COLUMNS)?;
        let matched = match_columns(&table, COLUMNS, Unknown::Near, problems);
        let known: Vec<usize> = matched.names().filter_map(|name| matched.index(name)).collect();
        let unused = (0..table.columns().len())
            .filter(|at| !known.contains(at) && !table.columns()[*at].is_empty())
            .map(|at| table.columns()[at].clone())
            .collect();
        if matched.index("name").is_none() && (matched.index("first").is_none() || matched.index("last").is_none()) {
            problems.push(
                Diagnostic::error("the table names nobody")
                    .file(&table.file)
                    .hint("it needs a column `name`, or `first` and `last`")
                    .hint("`handbill fields letter-commissioner --csv` writes an empty sheet with the right titles"),
            );
        }
        Ok(Signers { table, matched, unused })
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.table.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.table.is_empty()
    }

    /// The column of a name or title, however it is written.
    pub fn column(&self, name: &str) -> Option<usize> {
        let wanted = loosely(name.strip_prefix("signer.").unwrap_or(name));
        let known = COLUMNS.iter().find(|column| loosely(column.name) == wanted);
        known
            .and_then(|column| self.matched.index(column.name))
            .or_else(|| self.table.columns().iter().position(|title| loosely(title) == wanted))
    }

    /// The titles a person can pick and sort by.
    pub fn titles(&self) -> impl Iterator<Item = &str> {
        self.table.columns().iter().map(String::as_str).filter(|title| !title.is_empty())
    }

    /// The text of a cell.
    pub fn cell(&self, index: usize, column: usize) -> &str {
        self.table.row(index).cell(column)
    }

    /// The place of a cell, with the title the table itself gives its column.
    pub fn spot(&self, index: usize, name: &str) -> Spot {
        self.matched.spot(self.table.row(index), name)
    }

    /// The campaign a row is for; empty if it is for all.
    pub fn campaign(&self, index: usize) -> &str {
        self.named(index, "campaign")
    }

    fn named(&self, index: usize, name: &str) -> &str {
        self.matched.cell(self.table.row(index), name)
    }

    /// The family name: the column of that name, or the last word of the whole.
    pub fn last_name(&self, index: usize) -> String {
        match self.named(index, "last") {
            "" => self.full_name(index).rsplit(' ').next().unwrap_or_default().to_string(),
            last => last.to_string(),
        }
    }

    /// The full name: the column of that name, or first and last.
    pub fn full_name(&self, index: usize) -> String {
        match self.named(index, "name") {
            "" => [self.named(index, "first"), self.named(index, "last")]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" "),
            name => name.to_string(),
        }
    }

    /// Notes the columns of an address that the table lacks altogether: a problem of the table, not of each of its rows.
    pub fn check_columns(&self, rules: &Rules, problems: &mut Diagnostics) {
        for name in ADDRESS.iter().filter(|name| !rules.blanks && self.matched.index(name).is_none()) {
            problems.push(
                Diagnostic::error(format!("the table has no column `{name}`"))
                    .file(&self.table.file)
                    .hint("officials answer to an address; with `--blanks` it becomes a line to write on"),
            );
        }
    }

    /// Notes everything that is wrong with a row.
    pub fn check(&self, index: usize, rules: &Rules, problems: &mut Diagnostics) {
        let mut tell = |column: &str, message: &str, hint: &str| {
            let problem = Diagnostic::error(message).spot(Some(self.spot(index, column)));
            problems.push(if hint.is_empty() { problem } else { problem.hint(hint) });
        };
        if self.full_name(index).is_empty() {
            tell("name", "nobody is named", "each row needs a name; delete rows that are not signers");
        }
        for name in self.matched.names() {
            let text = self.named(index, name);
            if text.is_ascii() && text.len() <= LINE && !text.starts_with('#') {
                continue;
            }
            if is_error_sign(text) {
                tell(name, "the cell holds a spreadsheet's error", "type the text itself");
                continue;
            }
            if let Some(c) = text.chars().find(|c| c.is_control() && !c.is_whitespace() || !(rules.can_draw)(*c)) {
                let message = format!("no font can draw the character U+{:04X}", c as u32);
                tell(name, &message, "write it another way");
            }
            let most = if name == "paragraph" { PARAGRAPH } else { LINE };
            if (ON_A_LINE.contains(&name) || name == "paragraph") && text.chars().count() > most {
                tell(name, &format!("the text has more than {most} letters"), "shorten it");
            }
        }
        match self.named(index, "zip") {
            "" => {}
            zip if zip.len() < 5 && zip.bytes().all(|byte| byte.is_ascii_digit()) => tell(
                "zip",
                "the ZIP code has fewer than five digits: a spreadsheet drops the zero it begins with",
                "format the column as text and type the zero again",
            ),
            zip if Zip::parse(zip).is_err() => tell("zip", "this is no ZIP code", "five digits, or nine as 56201-1234"),
            _ => {}
        }
        let state = self.named(index, "state");
        if !state.is_empty() && !STATES.contains(&state.to_uppercase().as_str()) {
            tell("state", "this is no state", "two letters, as on an envelope: MN");
        }
        if !self.named(index, "phone").is_empty() && Phone::parse(self.named(index, "phone")).is_err() {
            tell("phone", "this is no phone number", "write it as 218-555-0100, or leave it empty");
        }
        if !self.named(index, "email").is_empty() && Email::parse(self.named(index, "email")).is_err() {
            tell("email", "this is no e-mail address", "write it as name@example.org, or leave it empty");
        }
        if !rules.blanks {
            let empty = |name: &&str| self.matched.index(name).is_some() && self.named(index, name).is_empty();
            for name in ADDRESS.iter().copied().filter(empty) {
                let message = format!("the {name} is missing");
                tell(name, &message, "officials answer to an address; with `--blanks` it becomes a line to write on");
            }
        }
    }

    /// About how much room a letter takes more than one without words of the signer's own, in letters.
    pub fn weight(&self, index: usize) -> usize {
        let office =
            usize::from(!self.named(index, "title").is_empty() || !self.named(index, "organization").is_empty());
        self.named(index, "paragraph").len() + 60 * office
    }

    /// What kind of letter it becomes: with words of one's own, with an office or organization, with lines to write an address on.
    pub fn kind(&self, index: usize) -> [bool; 3] {
        let has = |name: &str| !self.named(index, name).is_empty();
        [has("paragraph"), has("title") || has("organization"), !(has("street") && has("city") && has("zip"))]
    }

    /// A signer whose row has been checked.
    pub fn signer(&self, index: usize, rules: &Rules) -> Signer {
        let named = |name: &str| self.named(index, name);
        let name = typographic(&self.full_name(index));
        let print = |text: &str| json!([{ "t": "text", "text": typographic(text) }]);
        let write = |label: &str| json!([{ "t": "blank", "label": label, "width": 2.6 }]);
        let street = match (named("street"), named("unit")) {
            ("", _) => write(rules.labels[0]),
            (street, "") => print(street),
            (street, unit) => print(&format!("{street}, {unit}")),
        };
        let state = if named("state").is_empty() { rules.state.to_string() } else { named("state").to_uppercase() };
        let city = match (named("city"), named("zip")) {
            ("", _) | (_, "") => write(rules.labels[1]),
            (city, zip) => print(&format!("{city}, {state} {zip}")),
        };
        let own = named("paragraph").split_whitespace().collect::<Vec<_>>().join(" ");
        let office = [named("title"), named("organization")];
        let office = office.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        let mut under = vec![print(&name)];
        if !office.is_empty() {
            under.push(print(&office));
        }
        let own = if own.is_empty() { Value::Null } else { json!(typographic_prose(&own)) };
        let from = [print(&name), street, city];
        Signer {
            row: self.table.row(index).number(),
            data: json!({ "from": from, "name": under, "own": own, "bookmark": Value::Null }),
            name,
        }
    }
}
