//! Owns turning a sheet's cells into rows, with a note for everything corrected, left out or unsettled.

use super::clean::{self, Reading};
use super::dates::{self, How};
use super::header::{self, Column, Header};
use super::links::{self, Link};
use super::sheet::{Cell, Grid};
use super::{AsOfGuess, CountyCell, DateCell, ListKind, Listing, Note, Row};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use std::collections::{BTreeMap, BTreeSet};

/// Reads the sheet with the most rows; `None` where no sheet has a header.
pub(super) fn listing(grids: &[Grid], name: &str, as_of: Option<Date>) -> Option<Listing> {
    let tables: Vec<(&Grid, Header)> = grids.iter().filter_map(|grid| Some((grid, header::find(grid)?))).collect();
    let size = |grid: &Grid, header: &Header| grid.cells.range(header.row + 1..).count();
    // The first of equals: `max_by_key` alone would take the last.
    let (grid, header) = tables.iter().rev().max_by_key(|(grid, header)| size(grid, header))?;
    let mut notes = Vec::new();
    for other in grids.iter().filter(|other| other.name != grid.name && !other.cells.is_empty()) {
        let rows = other.cells.len();
        let found = format!("{rows} {} with data", if rows == 1 { "row" } else { "rows" });
        // Extra sheets have been scratch copies; adding them up would count agreements twice.
        notes.push(note(&other.name, 0, "sheet", &found, None, "another sheet is not read"));
    }
    notes.extend(header_notes(grid, header));

    let (as_of, latest) = list_day(grid, header, name, as_of, &mut notes);
    let mut reader = RowReader { grid, header, latest, notes, rows: Vec::new(), left_out: 0 };
    for (row, cells) in grid.cells.range(header.row + 1..) {
        reader.row(*row, cells);
    }
    let RowReader { mut notes, rows, left_out, .. } = reader;
    let kind = kind(header, &rows);
    notes.extend(name_note(name, kind));
    if kind == ListKind::Participating && header.place(Column::Signed).is_none() {
        notes.push(note(
            &grid.name,
            header.row + 1,
            "SIGNED",
            "",
            None,
            "the list has no column for the day of signature",
        ));
    } else if kind == ListKind::Participating {
        for row in rows.iter().filter(|row| row.signed == DateCell::Missing) {
            notes.push(note(&row.sheet, row.number, &header.title(Column::Signed), "", None, "no day of signature"));
        }
    }
    Some(Listing { kind, as_of, rows, left_out, notes })
}

fn note(sheet: &str, row: u32, column: &str, found: &str, took: Option<String>, why: &str) -> Note {
    let (sheet, column, found) = (sheet.to_string(), column.to_string(), found.to_string());
    Note { sheet, row, column, found, took, why: why.to_string() }
}

fn header_notes(grid: &Grid, header: &Header) -> Vec<Note> {
    let mut notes = Vec::new();
    let row = header.row + 1;
    for (column, _, title, guessed) in &header.columns {
        if *guessed {
            let took = Some(column.title().to_string());
            notes.push(note(&grid.name, row, title, title, took, "the column's title is misspelt"));
        }
    }
    for (_, title) in &header.strange {
        notes.push(note(&grid.name, row, title, title, None, "a column that this program does not know is not read"));
    }
    if header.place(Column::County).is_none() {
        notes.push(note(&grid.name, row, "COUNTY", "", None, "the list has no column for the county"));
    }
    if !grid.links && header.place(Column::Moa).is_some() {
        let why = "links are read from xlsx files only; here only addresses that stand in the cell";
        notes.push(note(&grid.name, row, &header.title(Column::Moa), "", None, why));
    }
    let mut nameless: BTreeMap<u32, (u32, &str)> = BTreeMap::new();
    let titled: BTreeSet<u32> = header
        .columns
        .iter()
        .map(|(_, place, ..)| *place)
        .chain(header.strange.iter().map(|(place, _)| *place))
        .collect();
    for (row, cells) in grid.cells.range(header.row + 1..) {
        for (place, cell) in cells.iter().filter(|(place, _)| !titled.contains(place)) {
            nameless.entry(*place).or_insert((*row, cell.text.as_str()));
        }
    }
    for (place, (row, text)) in nameless {
        let why = "a column without a title is not read; this is its first cell";
        notes.push(note(&grid.name, row + 1, &format!("column {}", letter(place)), &clean::tidy(text), None, why));
    }
    notes
}

/// A column's letters as a spreadsheet shows them.
fn letter(place: u32) -> String {
    let mut rest = place.saturating_add(1);
    let mut letters = Vec::new();
    while rest > 0 {
        let digit = (rest - 1) % 26;
        letters.push(char::from(b'A' + u8::try_from(digit).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

const NO_LIMIT: Date = date(2099, 12, 31);

/// The list's day, and the last day on which an agreement on it can have been signed.
fn list_day(
    grid: &Grid,
    header: &Header,
    name: &str,
    given: Option<Date>,
    notes: &mut Vec<Note>,
) -> (Option<AsOfGuess>, Date) {
    let column = header.place(Column::Signed);
    let mut signatures: Vec<Date> = grid
        .cells
        .range(header.row + 1..)
        .filter_map(|(_, cells)| dates::signed(cells.get(&column?), NO_LIMIT).0.day())
        .collect();
    signatures.sort();
    if let Some(day) = given {
        let newest_signature = signatures.iter().rev().find(|signature| **signature <= day).copied();
        return (Some(AsOfGuess { day: Some(day), part: None, candidates: vec![], newest_signature }), day);
    }
    let named = dates::named(name);
    if signatures.len() >= 20
        && let Some(usual) = signatures.get(signatures.len() - 2 - signatures.len() / 50)
    {
        // One slip such as 2052 would otherwise pass for the newest signature. A short list may really have such a gap.
        let limit = usual.saturating_add(1.year());
        signatures.retain(|signature| *signature <= limit);
    }
    let (guess, why) = dates::as_of(&named, &signatures);
    if let Some(why) = why {
        let took = guess.as_ref().and_then(|guess| guess.day).map(|day| day.to_string());
        notes.push(note("", 0, "file name", name, took, why));
    }
    let newest = signatures.last().copied();
    let latest = guess.as_ref().and_then(|guess| guess.day).or(newest).unwrap_or(NO_LIMIT);
    (guess, latest)
}

/// A list whose rows are signed is the participating one; so is an empty one that has a place for signatures.
fn kind(header: &Header, rows: &[Row]) -> ListKind {
    let signed = rows.iter().any(|row| row.signed != DateCell::Missing || row.moa.is_some());
    if signed || (rows.is_empty() && header.place(Column::Signed).is_some()) {
        ListKind::Participating
    } else {
        ListKind::Pending
    }
}

fn name_note(name: &str, kind: ListKind) -> Option<Note> {
    let lower = name.to_lowercase();
    let (other, took) = match kind {
        ListKind::Participating => ("pending", "participating"),
        ListKind::Pending => ("participating", "pending"),
    };
    (lower.contains(other) && !lower.contains(took)).then(|| {
        note("", 0, "file name", name, Some(took.to_string()), "the name says one list, the content is the other")
    })
}

struct RowReader<'a> {
    grid: &'a Grid,
    header: &'a Header,
    latest: Date,
    notes: Vec<Note>,
    rows: Vec<Row>,
    left_out: usize,
}

impl RowReader<'_> {
    fn say(&mut self, row: u32, column: Column, found: &str, took: Option<String>, why: &str) {
        let title = self.header.title(column);
        self.notes.push(note(&self.grid.name, row + 1, &title, found, took, why));
    }

    fn leave_out(&mut self, row: u32, column: Column, found: &str, why: &str) {
        self.left_out += 1;
        self.say(row, column, found, None, why);
    }

    fn row(&mut self, row: u32, cells: &BTreeMap<u32, Cell>) {
        let header = self.header;
        let cell = |column: Column| header.place(column).and_then(|place| cells.get(&place));
        let text = |column: Column| cell(column).map(|cell| clean::tidy(&cell.text)).unwrap_or_default();
        if header.columns.iter().all(|(_, place, ..)| !cells.contains_key(place)) {
            // What stands in nameless columns has its note already.
            return;
        }
        let state_text = text(Column::State);
        let name = clean::agency_name(&text(Column::Agency));
        if name.is_empty() {
            return self.leave_out(row, Column::Agency, &state_text, "the row is left out: it names no agency");
        }
        if header.title(Column::State) == state_text {
            return self.leave_out(row, Column::State, &state_text, "the row is left out: it repeats the header");
        }
        let state = match clean::state(&state_text) {
            Reading::Plain(code) => code,
            Reading::Corrected(code) => {
                self.say(row, Column::State, &state_text, Some(code.to_string()), "the state is misspelt");
                code
            }
            Reading::Unknown => {
                return self.leave_out(row, Column::State, &state_text, "the row is left out: the state is not known");
            }
        };
        let model_text = text(Column::Model);
        let models = match clean::models(&model_text) {
            Reading::Plain(models) => models,
            Reading::Corrected(models) => {
                let took: Vec<&str> = models.iter().map(|model| clean::model_title(*model)).collect();
                let why = if models.len() > 1 { "one row names several models" } else { "the model is misspelt" };
                self.say(row, Column::Model, &model_text, Some(took.join(", ")), why);
                models
            }
            Reading::Unknown => {
                return self.leave_out(row, Column::Model, &model_text, "the row is left out: the model is not known");
            }
        };
        let kind = self.kind(row, &text(Column::Kind));
        let county_text = text(Column::County);
        let county =
            if clean::says_nothing(&county_text) { CountyCell::Missing } else { CountyCell::Named(county_text) };
        let mut signed = self.signed(row, cell(Column::Signed));
        let moa = self.link(row, Column::Moa, cell(Column::Moa));
        if let Some(moa) = &moa {
            dates::suggest(&mut signed, moa, self.latest);
        }
        let addendum = self.link(row, Column::Addendum, cell(Column::Addendum));
        for model in models {
            self.rows.push(Row {
                sheet: self.grid.name.clone(),
                number: row + 1,
                state,
                agency: name.clone(),
                kind,
                county: county.clone(),
                model,
                signed: signed.clone(),
                moa: moa.clone(),
                addendum: addendum.clone(),
            });
        }
    }

    fn kind(&mut self, row: u32, found: &str) -> Option<super::AgencyType> {
        match clean::kind(found) {
            Reading::Plain(kind) => Some(kind),
            Reading::Corrected(kind) => {
                let took = match kind {
                    super::AgencyType::County => "County",
                    super::AgencyType::Municipality => "Municipality",
                    super::AgencyType::State => "State Agency",
                };
                self.say(row, Column::Kind, found, Some(took.to_string()), "the type is misspelt");
                Some(kind)
            }
            Reading::Unknown => {
                if !clean::says_nothing(found) {
                    self.say(row, Column::Kind, found, None, "the type is not known");
                }
                None
            }
        }
    }

    fn signed(&mut self, row: u32, cell: Option<&Cell>) -> DateCell {
        let (signed, how) = dates::signed(cell, self.latest);
        let found = cell.map(|cell| clean::tidy(&cell.text)).unwrap_or_default();
        match how {
            How::Plain => {}
            How::Corrected => {
                let took = signed.day().map(|day| day.to_string());
                self.say(row, Column::Signed, &found, took, "the date is broken and has one reading");
            }
            How::Unreadable => self.say(row, Column::Signed, &found, None, "the date cannot be read for certain"),
            How::Impossible => {
                self.say(row, Column::Signed, &found, None, "the date is before 2002 or after the list's own");
            }
        }
        signed
    }

    fn link(&mut self, row: u32, column: Column, cell: Option<&Cell>) -> Option<String> {
        let cell = cell?;
        let text = clean::tidy(&cell.text);
        let lower = text.to_lowercase();
        let address = match &cell.link {
            Some(link) => link.as_str(),
            None if lower.starts_with("http") || lower.starts_with("www.") => &text,
            None => {
                if self.grid.links && lower.contains("link") && !lower.contains("pending") {
                    self.say(row, column, &text, None, "the cell says that there is a link, but holds none");
                }
                return None;
            }
        };
        if column == Column::Moa && lower.contains("addendum") {
            self.say(row, column, &text, None, "the cell names an addendum too, but can hold one link only");
        }
        match links::link(address) {
            Link::Plain(address) => Some(address),
            Link::Mended(mended, why) => {
                self.say(row, column, address, Some(mended.clone()), why);
                Some(mended)
            }
            Link::Broken(why) => {
                self.say(row, column, address, None, why);
                None
            }
        }
    }
}

#[cfg(test)]
#[path = "rows_tests.rs"]
mod tests;
