//! Owns workbooks (xlsx, xls, ods): which sheet is meant, and what each cell says.

use std::fmt::Write as _;
use std::io::Cursor;

use calamine::{Data, DataRef, ExcelDateTime, Ods, Range, Reader, SheetVisible, Xls, Xlsx};

use super::build::Builder;
use super::columns::{Column, fits};
use super::{Table, Trouble};

/// A workbook, by how its sheets are read.
enum Book<'a> {
    /// Cell by cell: as a range a sheet is as large as its farthest corner, and one stray cell can make that the whole memory.
    Streamed(Box<Xlsx<Cursor<&'a [u8]>>>),
    /// Sheet by sheet; these formats end at 65,536 rows or are read whole in any case.
    Whole(Vec<(String, Range<Data>)>),
}

/// Reads the sheet that is meant.
pub(super) fn read(bytes: &[u8], sheet: Option<&str>, known: &[Column]) -> Result<Table, Trouble> {
    let (mut book, names) = open(bytes)?;
    let mut others = Vec::new();
    let name = match sheet {
        Some(wanted) => {
            let same = |name: &&String| name.trim().to_lowercase() == wanted.trim().to_lowercase();
            let found = names.iter().find(|name| *name == wanted).or_else(|| names.iter().find(same));
            found.ok_or_else(|| Trouble::NoSheet(names.clone()))?.clone()
        }
        None => {
            let mut filled: Vec<(String, bool)> = Vec::new();
            for name in &names {
                let mut builder = Builder::default();
                // The titles and one row beneath them tell enough.
                each_cell(&mut book, name, |row, column, text| {
                    builder.cell(row, column, text)?;
                    Ok(!builder.has_row())
                })?;
                let fits = fits(builder.titles(), known);
                if builder.has_row() || builder.finish().is_ok_and(|table| !table.is_empty()) {
                    filled.push((name.clone(), fits));
                }
            }
            let chosen = match filled.as_slice() {
                [(only, _)] => only.clone(),
                [] => names.first().cloned().ok_or_else(|| "the workbook has no sheet with cells".to_string())?,
                several => match several.iter().find(|(_, fits)| *fits) {
                    Some((name, _)) => name.clone(),
                    None => return Err(Trouble::Sheets(filled.into_iter().map(|(name, _)| name).collect())),
                },
            };
            others.extend(filled.into_iter().map(|(name, _)| name).filter(|name| *name != chosen));
            chosen
        }
    };
    let mut builder = Builder::default();
    each_cell(&mut book, &name, |row, column, text| builder.cell(row, column, text).map(|()| true))?;
    let mut table = builder.finish()?;
    if !others.is_empty() {
        let list = others.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        table.notes.push(format!("the sheet `{name}` is read; data stand in {list} too"));
    }
    table.sheet = Some(name);
    Ok(table)
}

/// Opens a workbook and names its sheets that can be seen, or all if none can.
fn open(bytes: &[u8]) -> Result<(Book<'_>, Vec<String>), String> {
    fn sheets<'a, R: Reader<Cursor<&'a [u8]>>>(book: &R) -> Vec<String> {
        let seen = book.sheets_metadata().iter().filter(|sheet| sheet.visible == SheetVisible::Visible);
        let seen: Vec<String> = seen.map(|sheet| sheet.name.clone()).collect();
        if seen.is_empty() { book.sheet_names() } else { seen }
    }
    let broken = |error: &dyn std::fmt::Display| format!("the workbook cannot be read: {error}");
    if holds(bytes, b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet") {
        let mut book: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
        let names = sheets(&book);
        return Ok((Book::Whole(book.worksheets()), names));
    }
    if bytes.starts_with(b"PK") {
        let book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
        let names = sheets(&book);
        return Ok((Book::Streamed(Box::new(book)), names));
    }
    // A workbook under a password is wrapped in the older format, and says so in UTF-16.
    let locked: Vec<u8> = "EncryptedPackage".bytes().flat_map(|byte| [byte, 0]).collect();
    if bytes.windows(locked.len()).any(|part| part == locked) {
        return Err("the workbook is under a password; save it without one".to_string());
    }
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let names = sheets(&book);
    Ok((Book::Whole(book.worksheets()), names))
}

/// Whether the first entry of a zip file is this.
fn holds(bytes: &[u8], start: &[u8]) -> bool {
    bytes.starts_with(b"PK") && bytes.get(30..30 + start.len()) == Some(start)
}

/// Gives every filled cell of a sheet to `take`, in order, until it says no.
fn each_cell(
    book: &mut Book,
    name: &str,
    mut take: impl FnMut(u32, u32, &str) -> Result<bool, String>,
) -> Result<(), String> {
    let mut shown = String::new();
    match book {
        Book::Streamed(book) => {
            // A sheet may hold a chart instead of cells.
            let Ok(mut reader) = book.worksheet_cells_reader(name) else { return Ok(()) };
            let masks: Vec<Option<String>> =
                reader.styles().iter().map(|style| zeros(&style.number_format.as_ref()?.format_code)).collect();
            while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(|error| error.to_string())? {
                let (row, column) = cell.get_position();
                let more = match cell.get_value() {
                    DataRef::Empty => true,
                    DataRef::SharedString(text) => take(row, column, text)?,
                    DataRef::String(text) => take(row, column, text)?,
                    other => {
                        shown.clear();
                        show(&Data::from(other.clone()), masks.get(style).and_then(Option::as_deref), &mut shown);
                        take(row, column, &shown)?
                    }
                };
                if !more {
                    return Ok(());
                }
            }
        }
        Book::Whole(sheets) => {
            let Some((_, range)) = sheets.iter().find(|(sheet, _)| sheet == name) else { return Ok(()) };
            let (top, left) = range.start().unwrap_or_default();
            for (row, column, data) in range.used_cells() {
                let (Ok(row), Ok(column)) = (u32::try_from(row), u32::try_from(column)) else { continue };
                shown.clear();
                show(data, None, &mut shown);
                if !take(top + row, left + column, &shown)? {
                    return Ok(());
                }
            }
        }
    }
    Ok(())
}

/// Writes what a cell says, as near as can be to what a person sees.
fn show(data: &Data, mask: Option<&str>, out: &mut String) {
    match data {
        Data::Float(number) => number_text(*number, mask, out),
        Data::Int(number) => number_text(*number as f64, mask, out),
        Data::DateTime(stamp) if stamp.is_datetime() => stamp_text(stamp, out),
        Data::DateTimeIso(text) => {
            let (day, time) = text.split_once('T').unwrap_or((text, ""));
            out.push_str(day);
            if let Some(time) = time.get(..5).filter(|time| *time != "00:00") {
                let _ = write!(out, " {time}");
            }
        }
        other => {
            let _ = write!(out, "{other}");
        }
    }
}

fn number_text(number: f64, mask: Option<&str>, out: &mut String) {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        let whole = number as i64;
        let width = mask.map_or(0, |mask| mask.matches('0').count());
        let Some(mask) = mask.filter(|_| whole >= 0) else {
            let _ = write!(out, "{whole}");
            return;
        };
        let digits = format!("{whole:0width$}");
        // Digits that the mask has no place for stand in front, as in a spreadsheet.
        let (ahead, rest) = digits.split_at(digits.len() - width);
        out.push_str(ahead);
        let mut rest = rest.chars();
        out.extend(mask.chars().filter_map(|place| if place == '0' { rest.next() } else { Some(place) }));
    } else {
        // Fifteen digits, as a spreadsheet shows; the sixteenth is an artefact of the arithmetic.
        let rounded = format!("{number:.14e}").parse::<f64>().unwrap_or(number);
        let _ = write!(out, "{rounded}");
    }
}

/// The places of a number's form that fills with zeros, as ZIP codes have: `00000`, `00000-0000`.
fn zeros(form: &str) -> Option<String> {
    let plain: String = form.chars().filter(|c| !matches!(c, '\\' | '"')).collect();
    (plain.matches('0').count() > 1 && plain.chars().all(|c| c == '0' || c == '-')).then_some(plain)
}

fn stamp_text(stamp: &ExcelDateTime, out: &mut String) {
    let (year, month, day, hour, minute, ..) = stamp.to_ymd_hms_milli();
    let number = stamp.as_f64();
    if number >= 1.0 {
        let _ = write!(out, "{year:04}-{month:02}-{day:02}");
    }
    if number.fract() != 0.0 {
        let _ = write!(out, "{}{hour:02}:{minute:02}", if out.is_empty() { "" } else { " " });
    }
}
