//! Owns tables as people have them (CSV, spreadsheets, JSON): read compactly, every cell with the place a person finds it by.

use std::fs::File;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Spot};
use build::Builder;

mod book;
mod build;
mod columns;
mod json;
pub mod text;

pub use columns::{Column, Matched, Unknown, is_error_sign, loosely, match_columns};

/// Larger than the largest list of members anyone has; what is beyond it is another file.
const MOST_BYTES: u64 = 512 << 20;

/// A table: a row of titles, and the rows beneath it that hold something.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// The path as the person gave it.
    pub file: String,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// What a person should know of how it was read, each a sentence without its stop.
    pub notes: Vec<String>,
    columns: Vec<String>,
    header_row: u32,
    /// Every cell's text, one after the other; a `String` for each of a million cells would take many times the memory.
    text: String,
    /// Where each cell ends in it.
    ends: Vec<u32>,
    rows: Vec<Mark>,
    /// Cells to the right of the last title.
    strays: Vec<Stray>,
}

/// Where a row begins.
#[derive(Debug, Clone, Copy)]
struct Mark {
    number: u32,
    first: u32,
}

/// A cell that no title stands above.
#[derive(Debug, Clone)]
struct Stray {
    row: u32,
    column: u32,
}

impl Table {
    /// The titles, trimmed; a column without a title has an empty one.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The row of the titles, as the spreadsheet numbers it.
    pub fn header_row(&self) -> u32 {
        self.header_row
    }

    /// How many rows hold something.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether no row holds anything.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The row at `index`, counted from 0 among those that hold something.
    pub fn row(&self, index: usize) -> RowRef<'_> {
        RowRef { table: self, index }
    }

    /// Every row that holds something.
    pub fn rows(&self) -> impl Iterator<Item = RowRef<'_>> {
        (0..self.len()).map(|index| self.row(index))
    }

    /// A cell's place; the row as the spreadsheet numbers it.
    pub fn spot(&self, row: u32, column: &str) -> Spot {
        Spot::Cell { file: self.file.clone(), sheet: self.sheet.clone(), row: row as usize, column: column.to_string() }
    }
}

/// A row of a table.
#[derive(Debug, Clone, Copy)]
pub struct RowRef<'a> {
    table: &'a Table,
    index: usize,
}

impl<'a> RowRef<'a> {
    /// Its number as the spreadsheet shows it; of JSON, the entry's number from 1.
    pub fn number(self) -> u32 {
        self.table.rows[self.index].number
    }

    /// The text of a cell, trimmed; empty if there is none.
    pub fn cell(self, column: usize) -> &'a str {
        let Table { rows, ends, text, .. } = self.table;
        let at = rows[self.index].first as usize + column;
        let next = rows.get(self.index + 1).map_or(ends.len(), |row| row.first as usize);
        if at >= next {
            return "";
        }
        let start = if at == 0 { 0 } else { ends[at - 1] as usize };
        &text[start..ends[at] as usize]
    }

    /// The place of its cell under the title `column`.
    pub fn spot(self, column: &str) -> Spot {
        self.table.spot(self.number(), column)
    }
}

/// Why a table of a person's own could not be read, in which any sheet and any titles may stand, so that a person may have to say which
/// sheet is meant.
///
/// `ReadError` of `ice` is why one of ICE's lists could not be read.
#[derive(Debug)]
pub enum TableError {
    /// The file could not be opened or read.
    Io {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// It is no table, or a damaged one.
    Format {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// Several sheets hold data, and which is meant cannot be told.
    Sheets {
        /// The file.
        path: PathBuf,
        /// Their names.
        sheets: Vec<String>,
    },
    /// There is no sheet of the name asked for.
    NoSheet {
        /// The file.
        path: PathBuf,
        /// The name.
        wanted: String,
        /// The names there are.
        sheets: Vec<String>,
    },
}

impl TableError {
    /// The problem as it is told to a person.
    pub fn diagnostic(&self) -> Diagnostic {
        let list = |sheets: &[String]| sheets.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        match self {
            TableError::Io { path, source } => {
                Diagnostic::error(format!("cannot read the file: {source}")).file(path.display().to_string())
            }
            TableError::Format { path, reason } => {
                Diagnostic::error(format!("cannot read this as a table: {reason}")).file(path.display().to_string())
            }
            TableError::Sheets { path, sheets } => Diagnostic::error("several sheets hold data")
                .file(path.display().to_string())
                .hint(format!("say which is meant: `--sheet \"{}\"`", sheets.first().map_or("", String::as_str)))
                .hint(format!("sheets: {}", list(sheets))),
            TableError::NoSheet { path, wanted, sheets } => {
                Diagnostic::error(format!("the workbook has no sheet `{wanted}`"))
                    .file(path.display().to_string())
                    .suggest(wanted, sheets.iter().map(String::as_str))
                    .hint(format!("sheets: {}", list(sheets)))
            }
        }
    }

    /// Whether the file or the disk failed, and not what stands in it.
    pub fn is_disk(&self) -> bool {
        matches!(self, TableError::Io { .. })
    }
}

/// What goes wrong inside a reader, before the file's name is put to it.
enum Trouble {
    Reason(String),
    Sheets(Vec<String>),
    NoSheet(Vec<String>),
}

impl From<String> for Trouble {
    fn from(reason: String) -> Self {
        Trouble::Reason(reason)
    }
}

/// Reads a table; of a workbook the sheet named, or the only one that holds data.
pub fn read(path: &Path, sheet: Option<&str>) -> Result<Table, TableError> {
    read_known(path, sheet, &[])
}

/// The same; if several sheets hold data and none is named, the first whose titles fit `known` is taken.
pub fn read_known(path: &Path, sheet: Option<&str>, known: &[Column]) -> Result<Table, TableError> {
    let io = |source| TableError::Io { path: path.to_path_buf(), source };
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(io)?;
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(io)?;
    read_bytes(bytes, path, sheet, known)
}

/// The same from a file's bytes; `path` names them.
pub fn read_bytes(bytes: Vec<u8>, path: &Path, sheet: Option<&str>, known: &[Column]) -> Result<Table, TableError> {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    let mut table = table(bytes, &name, sheet, known).map_err(|trouble| {
        let path = path.to_path_buf();
        match trouble {
            Trouble::Reason(reason) => TableError::Format { path, reason },
            Trouble::Sheets(sheets) => TableError::Sheets { path, sheets },
            Trouble::NoSheet(sheets) => {
                TableError::NoSheet { path, wanted: sheet.unwrap_or_default().to_string(), sheets }
            }
        }
    })?;
    table.file = path.display().to_string();
    Ok(table)
}

/// Tells the format by the first bytes, for files are often saved under a wrong ending, and reads it.
fn table(bytes: Vec<u8>, name: &str, sheet: Option<&str>, known: &[Column]) -> Result<Table, Trouble> {
    let reason = |text: &str| Err(Trouble::Reason(text.to_string()));
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Trouble::Reason(format!("it is larger than {} MB", MOST_BYTES >> 20)));
    }
    if bytes.starts_with(b"PK") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        // The reading library's arithmetic overflows on some damaged cell references.
        return catch_unwind(AssertUnwindSafe(|| book::read(&bytes, sheet, known)))
            .unwrap_or_else(|_| reason("the workbook is damaged"));
    }
    if bytes.starts_with(b"%PDF") {
        return reason("it is a PDF; ask for the spreadsheet it was printed from");
    }
    let (text, note) = text::decode(bytes)?;
    let first = text.trim_start().chars().next();
    let delimited = [".csv", ".tsv", ".txt"].iter().any(|ending| name.ends_with(ending));
    let mut builder = Builder::default();
    match first {
        None => return reason("it is empty"),
        Some('<') => return reason("it is a web page, not a table; download or export it again"),
        Some('[' | '{') if !delimited => json::read(&text, &mut builder)?,
        Some(_) => text::rows(&text, name.ends_with(".tsv"), |row, cells| {
            cells.enumerate().try_for_each(|(column, cell)| builder.cell(row, column as u32, cell))
        })?,
    }
    let mut table = builder.finish()?;
    table.notes.extend(note);
    Ok(table)
}

#[cfg(test)]
mod tests;
