//! Owns `officials.csv` as text to be written to: rows changed or added in place, every other byte of the file kept.

use std::collections::BTreeMap;

use crate::campaign::officials::COLUMNS;
use crate::table::{Column, loosely, text};

/// The table as it stands, row by row.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// What stands before the titles.
    lead: String,
    header: Line,
    rows: Vec<Line>,
    /// Where each column of ours stands.
    places: BTreeMap<&'static str, usize>,
    separator: u8,
    newline: &'static str,
    marked: bool,
}

/// One row: as it stands in the file, and what its cells say.
#[derive(Debug, Clone, Default)]
struct Line {
    raw: String,
    cells: Vec<String>,
    changed: bool,
}

impl Sheet {
    /// A table with all columns and no rows.
    pub fn new() -> Sheet {
        let cells = COLUMNS.iter().map(|column| column.name.to_string()).collect();
        let header = Line { raw: String::new(), cells, changed: true };
        let places = places(&header);
        Sheet { lead: String::new(), header, rows: Vec::new(), places, separator: b',', newline: "\n", marked: false }
    }

    /// Reads a table that is known to be sound. The second value says what of the file cannot be kept.
    pub fn open(bytes: Vec<u8>) -> Result<(Sheet, Option<String>), String> {
        let marked = bytes.starts_with(b"\xef\xbb\xbf");
        let (whole, note) = text::decode(bytes)?;
        let note = note.map(|_| "officials.csv was not UTF-8 and is written as UTF-8 now".to_string());
        let (rest, separator) = text::separator(&whole, false);
        let newline = if rest.contains("\r\n") { "\r\n" } else { "\n" };
        let mut lines = Vec::new();
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator)
            .from_reader(rest.as_bytes());
        let mut record = csv::StringRecord::new();
        let mut read = 0;
        loop {
            let start = reader.position().byte() as usize;
            if !reader.read_record(&mut record).map_err(|error| error.to_string())? {
                break;
            }
            let end = reader.position().byte() as usize;
            let cells = record.iter().map(|cell| cell.trim().to_string()).collect();
            lines.push(Line { raw: rest[start..end].to_string(), cells, changed: false });
            read = end;
        }
        // The end of the last line, and blank ones after it.
        if let Some(last) = lines.last_mut() {
            last.raw.push_str(&rest[read..]);
        }
        let filled = |line: &Line| line.cells.iter().filter(|cell| !cell.is_empty()).count();
        let at =
            lines.iter().position(|line| filled(line) >= 2).or_else(|| lines.iter().position(|line| filled(line) > 0));
        let at = at.ok_or("it is empty")?;
        let rows = lines.split_off(at + 1);
        let header = lines.pop().ok_or("it is empty")?;
        let mut lead = whole[..whole.len() - rest.len()].to_string();
        lead.extend(lines.into_iter().map(|line| line.raw));
        let places = places(&header);
        Ok((Sheet { lead, header, rows, places, separator, newline, marked }, note))
    }

    /// How many rows it has.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it has no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Whether anything was changed.
    pub fn changed(&self) -> bool {
        self.header.changed || self.rows.iter().any(|row| row.changed)
    }

    /// The text of a cell.
    pub fn get(&self, row: usize, column: &str) -> &str {
        self.places.get(column).and_then(|place| self.rows[row].cells.get(*place)).map_or("", String::as_str)
    }

    /// Sets a cell; a column that the table does not have is added at the right.
    pub fn set(&mut self, row: usize, column: &'static str, text: &str) {
        if self.get(row, column) == text {
            return;
        }
        let place = *self.places.entry(column).or_insert_with(|| {
            self.header.cells.push(column.to_string());
            self.header.changed = true;
            self.header.cells.len() - 1
        });
        let line = &mut self.rows[row];
        if line.cells.len() <= place {
            line.cells.resize(place + 1, String::new());
        }
        line.cells[place] = text.to_string();
        line.changed = true;
    }

    /// Adds an empty row and gives its index.
    pub fn add(&mut self) -> usize {
        self.rows.push(Line { cells: vec![String::new(); self.header.cells.len()], ..Line::default() });
        self.rows.len() - 1
    }

    /// The file's bytes.
    pub fn bytes(&self) -> Vec<u8> {
        let mut out = if self.marked { "\u{feff}".to_string() } else { String::new() };
        out.push_str(&self.lead);
        for line in std::iter::once(&self.header).chain(&self.rows) {
            let ends = |c: char| matches!(c, '\n' | '\r');
            if !line.changed {
                out.push_str(&line.raw);
                continue;
            }
            let body = line.raw.trim_start_matches(ends);
            out.push_str(&line.raw[..line.raw.len() - body.len()]);
            if !(out.is_empty() || out == "\u{feff}" || out.ends_with(ends)) {
                out.push_str(self.newline);
            }
            let cells: Vec<String> = line.cells.iter().map(|cell| self.quoted(cell)).collect();
            out.push_str(&cells.join(char::from(self.separator).encode_utf8(&mut [0; 4])));
            let end = &body[body.trim_end_matches(ends).len()..];
            out.push_str(if end.is_empty() { self.newline } else { end });
        }
        out.into_bytes()
    }

    fn quoted(&self, cell: &str) -> String {
        match cell.contains([char::from(self.separator), '"', '\n', '\r']) {
            true => format!("\"{}\"", cell.replace('"', "\"\"")),
            false => cell.to_string(),
        }
    }
}

fn places(header: &Line) -> BTreeMap<&'static str, usize> {
    let titles: Vec<String> = header.cells.iter().map(|title| loosely(title)).collect();
    let place = |column: &Column| {
        let is = |title: &String| std::iter::once(&column.name).chain(column.also).any(|name| loosely(name) == *title);
        Some((column.name, titles.iter().position(is)?))
    };
    COLUMNS.iter().filter_map(place).collect()
}

impl Default for Sheet {
    fn default() -> Self {
        Sheet::new()
    }
}

#[cfg(test)]
mod tests {
    use super::Sheet;

    #[test]
    fn what_is_not_touched_keeps_its_bytes() {
        let text = "\u{feff}\r\n Role ;\"NAME\";note\r\nclerk;\"Ana; Ruiz\";x\r\n\r\ngovernor;Lee;\"a\"\"b\"";
        let (mut sheet, note) = Sheet::open(text.as_bytes().to_vec()).unwrap();
        assert_eq!((note, sheet.changed(), sheet.len()), (None, false, 2));
        assert_eq!(String::from_utf8(sheet.bytes()).unwrap(), text);
        sheet.set(0, "name", "Ana Ruiz");
        let row = sheet.add();
        sheet.set(row, "role", "us-senator");
        sheet.set(row, "zip", "20510");
        let new = text.replace("NAME\";note", "NAME;note;zip").replace("\"NAME;", "NAME;").replace(" Role ", "Role");
        let new = new.replace("clerk;\"Ana; Ruiz\";x", "clerk;Ana Ruiz;x");
        assert_eq!(String::from_utf8(sheet.bytes()).unwrap(), format!("{new}\r\nus-senator;;;20510\r\n"));
    }
}
