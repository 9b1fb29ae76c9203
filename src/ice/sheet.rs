//! Owns the way from a file's bytes to cells: xlsx with its links, xls, and delimited text.

use super::ReadError;
use crate::table::text;
use calamine::{Data, ExcelDateTime, Reader, Xls, Xlsx};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::panic::{UnwindSafe, catch_unwind};
use std::path::Path;

/// ICE's lists are well under a megabyte; anything near this is another file.
const MOST_BYTES: u64 = 64 << 20;

/// One cell as it stands in the file.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Cell {
    /// Its text; for an error cell the error's sign, such as `#N/A`.
    pub text: String,
    /// Its day where the cell holds a date rather than text.
    pub date: Option<Date>,
    /// Where it links to, if anywhere.
    pub link: Option<String>,
}

/// One sheet; only cells that hold something are kept.
#[derive(Debug, Clone, Default)]
pub(super) struct Grid {
    /// The sheet's name.
    pub name: String,
    /// Cells by row and column, both counted from 0.
    pub cells: BTreeMap<u32, BTreeMap<u32, Cell>>,
    /// Whether links apart from the text are read from this kind of file.
    pub links: bool,
}

impl Grid {
    pub(super) fn new(name: &str, links: bool) -> Grid {
        Grid { name: name.to_string(), cells: BTreeMap::new(), links }
    }

    pub(super) fn put(&mut self, row: u32, column: u32, cell: Cell) {
        if !cell.text.trim().is_empty() || cell.date.is_some() {
            self.cells.entry(row).or_default().insert(column, cell);
        }
    }
}

/// Reads a whole file, refusing one that cannot be a list.
pub(super) fn load(path: &Path) -> Result<Vec<u8>, ReadError> {
    let io = |source| ReadError::Io { path: path.to_path_buf(), source };
    let format = |reason: String| ReadError::Format { path: path.to_path_buf(), reason };
    let file = std::fs::File::open(path).map_err(io)?;
    let mut bytes = Vec::new();
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(io)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(format(format!("it is larger than {} MB", MOST_BYTES >> 20)));
    }
    Ok(bytes)
}

/// The sheets of a file. The format is told by the first bytes: archives often save a list, or an error page, under a wrong ending.
pub(super) fn grids(bytes: &[u8], name: &str) -> Result<Vec<Grid>, String> {
    if bytes.starts_with(b"PK") {
        guarded(|| xlsx(bytes))
    } else if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        guarded(|| xls(bytes))
    } else if bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'<') {
        Err("it is a web page, not a table; download the list again".to_string())
    } else {
        Ok(vec![delimited(bytes, name)?])
    }
}

/// Turns a panic of the reading library into a refusal: calamine's arithmetic overflows on some damaged cell references.
fn guarded(read: impl FnOnce() -> Result<Vec<Grid>, String> + UnwindSafe) -> Result<Vec<Grid>, String> {
    catch_unwind(read).unwrap_or_else(|_| Err("the spreadsheet is damaged".to_string()))
}

/// Delimited text as one sheet named after the file.
fn delimited(bytes: &[u8], name: &str) -> Result<Grid, String> {
    let (text, _) = text::decode(bytes.to_vec())?;
    let mut grid = Grid::new(name, false);
    text::rows(&text, false, |row, cells| {
        for (column, field) in (0..).zip(cells) {
            grid.put(row, column, Cell { text: field.to_string(), ..Cell::default() });
        }
        Ok(())
    })?;
    Ok(grid)
}

fn xlsx(bytes: &[u8]) -> Result<Vec<Grid>, String> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let mut grids = Vec::new();
    for name in book.sheet_names() {
        let mut grid = Grid::new(&name, true);
        // Cell by cell and not as a range: a range is as large as its farthest corner, and one stray cell can make that the whole memory.
        let mut reader = match book.worksheet_cells_reader(&name) {
            Ok(reader) => reader,
            // A sheet may hold a chart instead of cells.
            Err(_) => continue,
        };
        while let Some(found) = reader.next_cell().map_err(|error| error.to_string())? {
            let (row, column) = found.get_position();
            grid.put(row, column, cell(&Data::from(found.get_value().clone())));
        }
        drop(reader);
        add_links(&mut book, &mut grid);
        grids.push(grid);
    }
    Ok(grids)
}

/// Puts each link on the cells it covers. Unreadable links leave the cells as they are: the rows then say that their link is missing.
fn add_links(book: &mut Xlsx<Cursor<&[u8]>>, grid: &mut Grid) {
    for link in book.hyperlinks_by_sheet_name(&grid.name).unwrap_or_default() {
        let Some(mut target) = link.target else { continue };
        if let Some(place) = link.location.filter(|place| !place.is_empty()) {
            target = format!("{target}#{place}");
        }
        let (first, last) = (link.range.start, link.range.end);
        if first.0 > last.0 || first.1 > last.1 {
            continue;
        }
        for cells in grid.cells.range_mut(first.0..=last.0).map(|(_, cells)| cells) {
            for cell in cells.range_mut(first.1..=last.1).map(|(_, cell)| cell) {
                cell.link = Some(target.clone());
            }
        }
    }
}

fn xls(bytes: &[u8]) -> Result<Vec<Grid>, String> {
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let mut grids = Vec::new();
    for name in book.sheet_names() {
        let mut grid = Grid::new(&name, false);
        let range = book.worksheet_range(&name).map_err(|error| error.to_string())?;
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, data) in range.used_cells() {
            // The xls format itself stops at 65,536 rows and 256 columns.
            let (Ok(row), Ok(column)) = (u32::try_from(row), u32::try_from(column)) else { continue };
            grid.put(top + row, left + column, cell(data));
        }
        grids.push(grid);
    }
    Ok(grids)
}

fn cell(data: &Data) -> Cell {
    match data {
        Data::DateTime(stamp) => match day(stamp) {
            Some(date) => Cell { text: date.to_string(), date: Some(date), link: None },
            None => Cell { text: stamp.to_string(), ..Cell::default() },
        },
        other => Cell { text: other.to_string(), ..Cell::default() },
    }
}

fn day(stamp: &ExcelDateTime) -> Option<Date> {
    if !stamp.is_datetime() {
        return None;
    }
    let (year, month, day, ..) = stamp.to_ymd_hms_milli();
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
