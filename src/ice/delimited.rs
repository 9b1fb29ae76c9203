//! Owns CSV: its character set, its separator, and row numbers as a spreadsheet program would show them.

use super::sheet::{Cell, Grid};

/// Reads a CSV file as one sheet named after the file.
pub(super) fn grid(bytes: &[u8], name: &str) -> Result<Grid, String> {
    if bytes.contains(&0) {
        return Err("it is neither a spreadsheet nor text".to_string());
    }
    let text = decode(bytes);
    let separator = separator(&text);
    let text = keep_blank_rows(&text, separator);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator as u8)
        .from_reader(text.as_bytes());
    let mut grid = Grid::new(name, false);
    for (row, record) in reader.records().enumerate() {
        let record = record.map_err(|error| error.to_string())?;
        let row = u32::try_from(row).map_err(|_| "it has too many rows".to_string())?;
        for (column, field) in record.iter().enumerate() {
            let column = u32::try_from(column).map_err(|_| "it has too many columns".to_string())?;
            grid.put(row, column, Cell { text: field.to_string(), ..Cell::default() });
        }
    }
    Ok(grid)
}

/// UTF-8, or else Windows-1252, which Excel writes on Windows and in which every byte means something.
fn decode(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_string(),
        Err(_) => bytes.iter().map(|byte| windows(*byte)).collect(),
    }
}

fn windows(byte: u8) -> char {
    match byte {
        0x91 => '‘',
        0x92 => '’',
        0x93 => '“',
        0x94 => '”',
        0x96 => '–',
        0x97 => '—',
        0x80..=0x9f => '\u{fffd}',
        other => char::from(other),
    }
}

fn separator(text: &str) -> char {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    [',', ';', '\t'].into_iter().rev().max_by_key(|mark| first.matches(*mark).count()).unwrap_or(',')
}

/// Puts a separator on every blank line outside quotes. The CSV reader drops blank lines, and every row after one would get a wrong number.
fn keep_blank_rows(text: &str, separator: char) -> String {
    let mut kept = String::with_capacity(text.len() + 64);
    let mut quoted = false;
    let mut blank = true;
    let plain = text.replace("\r\n", "\n").replace('\r', "\n");
    for letter in plain.chars() {
        match letter {
            '\n' if !quoted => {
                if blank {
                    kept.push(separator);
                }
                blank = true;
            }
            '"' => {
                quoted = !quoted;
                blank = false;
            }
            _ => blank = false,
        }
        kept.push(letter);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::grid;

    #[test]
    fn blank_lines_and_quoted_line_ends_keep_the_numbers_of_the_spreadsheet() {
        let sheet = grid(b"A,B\r\n\r\n\"x\r\ny\",2\n\n\nz,3\n", "list.csv").unwrap();
        assert_eq!(sheet.cells.keys().copied().collect::<Vec<_>>(), [0, 2, 5]);
        assert_eq!(sheet.cells[&2][&0].text, "x\ny");
    }

    #[test]
    fn excels_own_characters_and_separators_are_read() {
        let sheet = grid(b"STATE;AGENCY\nTEXAS;Bee County Sheriff\x92s Office\n", "list.csv").unwrap();
        assert_eq!(sheet.cells[&1][&1].text, "Bee County Sheriff’s Office");
        assert!(grid(b"ab\0cd", "list.csv").is_err());
    }
}
