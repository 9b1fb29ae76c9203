//! Owns putting a table together from its cells, given row by row: finds the titles, leaves blank rows out, keeps their numbers.

use super::{Mark, Stray, Table};

/// Titles may stand under a heading, but not far down.
const FURTHEST: usize = 40;
/// Cells without a title that are remembered; one is enough to tell a person.
const MOST_STRAYS: usize = 20;
/// The farthest column any spreadsheet has.
const MOST_COLUMNS: u32 = 16_384;

/// A table in the making.
#[derive(Debug, Default)]
pub(super) struct Builder {
    table: Table,
    /// Whether the titles are found.
    titled: bool,
    /// Rows with a single cell above the titles: a heading, or the titles of a table with one column.
    early: Vec<(u32, u32, String)>,
    /// The row in hand: its number from 0, and where its cells begin in the text and in the ends.
    row: Option<u32>,
    text_start: usize,
    ends_start: usize,
}

impl Builder {
    /// Whether the titles and a row beneath them are there.
    pub(super) fn has_row(&self) -> bool {
        !self.table.rows.is_empty()
    }

    /// The titles so far.
    pub(super) fn titles(&self) -> &[String] {
        &self.table.columns
    }

    /// The column of a title that an entry itself names; a new one if it is the first.
    pub(super) fn title(&mut self, name: &str) -> usize {
        self.titled = true;
        self.table.header_row = 1;
        if let Some(at) = self.table.columns.iter().position(|column| column == name) {
            return at;
        }
        self.table.columns.push(name.to_string());
        self.table.columns.len() - 1
    }

    /// Takes one cell; rows and columns are counted from 0 and come in order.
    pub(super) fn cell(&mut self, row: u32, column: u32, text: &str) -> Result<(), String> {
        if self.row != Some(row) {
            self.end_row()?;
            if self.row.is_some_and(|last| last > row) {
                return Err("its rows are out of order; open it in a spreadsheet program and save it again".to_string());
            }
            self.row = Some(row);
        }
        let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'));
        if text.is_empty() {
            return Ok(());
        }
        if column >= MOST_COLUMNS {
            return Err(format!("row {} has more than {MOST_COLUMNS} columns", row + 1));
        }
        if self.titled && column as usize >= self.table.columns.len() {
            if self.table.strays.len() < MOST_STRAYS {
                self.table.strays.push(Stray { row: row + 1, column });
            }
            return Ok(());
        }
        let end = |length: usize| u32::try_from(length).map_err(|_| "it holds more than 4 GB of text".to_string());
        let before = end(self.table.text.len())?;
        let place = self.ends_start + column as usize;
        if place < self.table.ends.len() {
            return Err(format!("row {} has its cells out of order", row + 1));
        }
        self.table.ends.resize(place, before);
        self.table.text.push_str(text);
        self.table.ends.push(end(self.table.text.len())?);
        Ok(())
    }

    /// Ends the row in hand.
    fn end_row(&mut self) -> Result<(), String> {
        let cells = self.table.ends.len() - self.ends_start;
        if let Some(row) = self.row
            && cells > 0
        {
            if self.titled {
                let first = u32::try_from(self.ends_start).map_err(|_| "it has too many cells".to_string())?;
                self.table.rows.push(Mark { number: row + 1, first });
            } else {
                self.untitled(row);
            }
        }
        self.text_start = self.table.text.len();
        self.ends_start = self.table.ends.len();
        if !self.titled && self.early.len() > FURTHEST {
            self.one_column()?;
        }
        Ok(())
    }

    /// A row before the titles are found: they themselves if it has two filled cells.
    fn untitled(&mut self, row: u32) {
        let mut start = self.text_start;
        let mut cells: Vec<String> = Vec::new();
        for end in self.table.ends.drain(self.ends_start..) {
            cells.push(self.table.text[start..end as usize].to_string());
            start = end as usize;
        }
        self.table.text.truncate(self.text_start);
        if cells.iter().filter(|cell| !cell.is_empty()).count() >= 2 {
            self.table.columns = cells;
            self.table.header_row = row + 1;
            self.titled = true;
            self.early.clear();
        } else if let Some(text) = cells.pop() {
            self.early.push((row, cells.len() as u32, text));
        }
    }

    /// No row has two cells: the table has one column, and its first cell is the title.
    fn one_column(&mut self) -> Result<(), String> {
        let mut early = std::mem::take(&mut self.early).into_iter();
        let Some((row, column, title)) = early.next() else { return Ok(()) };
        self.table.columns = vec![String::new(); column as usize];
        self.table.columns.push(title);
        self.table.header_row = row + 1;
        self.titled = true;
        let last = self.row;
        for (row, column, text) in early {
            self.row = Some(row);
            self.cell(row, column, &text)?;
            self.end_row()?;
        }
        self.row = last;
        Ok(())
    }

    /// The table, once all cells are in.
    pub(super) fn finish(mut self) -> Result<Table, String> {
        self.end_row()?;
        if !self.titled {
            self.one_column()?;
        }
        if self.table.columns.is_empty() {
            return Err("it is empty".to_string());
        }
        Ok(self.table)
    }
}
