//! Owns delimited text: its character set, its separator, and row numbers as a spreadsheet program would show them.

use encoding_rs::{Encoding, WINDOWS_1252};

/// The text of a file, and a note if its character set had to be guessed.
pub fn decode(bytes: Vec<u8>) -> Result<(String, Option<String>), String> {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        let (text, broken) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return match broken {
            true => Err(format!("its first bytes say that it is {}, but it is not", encoding.name())),
            false => Ok((text.into_owned(), None)),
        };
    }
    if bytes.contains(&0) {
        return Err("it is neither a spreadsheet nor text".to_string());
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok((text, None)),
        // What Excel writes on Windows unless it is asked for UTF-8; every byte means something in it.
        Err(error) => {
            let bytes = error.into_bytes();
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(&bytes);
            let sample = text.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_ascii()).unwrap_or_default();
            let seen = if sample.is_empty() { String::new() } else { format!(", for example `{sample}`") };
            let note =
                "the text is not UTF-8 and was read as Windows-1252, as Excel writes it: look at names with accents";
            Ok((text.into_owned(), Some(format!("{note}{seen}"))))
        }
    }
}

/// Gives each row that holds something to `row`, with its number from 0: blank lines count, line ends inside quotes do not.
pub fn rows(
    text: &str,
    tabs: bool,
    mut row: impl FnMut(u32, &mut dyn Iterator<Item = &str>) -> Result<(), String>,
) -> Result<(), String> {
    let (text, separator) = separator(text, tabs);
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut number = 0;
    loop {
        let start = reader.position().byte() as usize;
        if !reader.read_record(&mut record).map_err(|error| error.to_string())? {
            return Ok(());
        }
        // The reader passes over blank lines without a word, and every row after one would get a wrong number.
        let blank = blank_lines(text.as_bytes(), start);
        number += blank;
        if reader.position().byte() as usize >= text.len() && open_quote(&text[start..], separator) {
            return Err(format!("row {}: a quotation mark is opened and never closed", number + 1));
        }
        row(number, &mut record.iter())?;
        number = number.checked_add(1).ok_or("it has too many rows")?;
    }
}

/// How many blank lines stand at `start`, where a row has just ended.
fn blank_lines(bytes: &[u8], start: usize) -> u32 {
    let mut at = start;
    // The reader ends a row at `\r` and leaves the `\n` of the same line end for the next.
    if at > 0 && bytes[at - 1] == b'\r' && bytes.get(at) == Some(&b'\n') {
        at += 1;
    }
    let mut lines = 0;
    loop {
        at += match (bytes.get(at), bytes.get(at + 1)) {
            (Some(b'\r'), Some(b'\n')) => 2,
            (Some(b'\r' | b'\n'), _) => 1,
            _ => return lines,
        };
        lines += 1;
    }
}

/// Whether the last row ends inside quotes.
fn open_quote(row: &str, separator: u8) -> bool {
    let mut fresh = true;
    let mut quoted = false;
    let mut bytes = row.bytes().peekable();
    while let Some(byte) = bytes.next() {
        match (byte, quoted) {
            (b'"', true) if bytes.peek() == Some(&b'"') => {
                bytes.next();
            }
            (b'"', true) => quoted = false,
            (b'"', false) if fresh => quoted = true,
            _ => {}
        }
        fresh = !quoted && (byte == separator || matches!(byte, b'\n' | b'\r'));
    }
    quoted
}

/// The mark that parts the columns: the one that most of the first lines have in the same number. Also the text after Excel's own `sep=;` line.
pub(crate) fn separator(text: &str, tabs: bool) -> (&str, u8) {
    if let Some((first, rest)) = text.split_once('\n')
        && let [mark @ (b',' | b';' | b'\t' | b'|')] =
            first.trim_end_matches('\r').strip_prefix("sep=").unwrap_or_default().as_bytes()
    {
        return (rest, *mark);
    }
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(20).collect();
    let score = |mark: u8| {
        let counts: Vec<usize> =
            lines.iter().map(|line| outside_quotes(line, mark)).filter(|count| *count > 0).collect();
        let usual = counts.iter().copied().max_by_key(|count| counts.iter().filter(|other| *other == count).count());
        usual.map_or((0, 0), |usual| (counts.iter().filter(|count| **count == usual).count(), usual))
    };
    let marks = if tabs { [b'\t', b',', b';', b'|'] } else { [b',', b';', b'\t', b'|'] };
    // The first of equals, for which `max_by_key` alone would take the last.
    let mark = marks.into_iter().rev().max_by_key(|mark| score(*mark)).unwrap_or(b',');
    (text, mark)
}

fn outside_quotes(line: &str, mark: u8) -> usize {
    let mut quoted = false;
    line.bytes()
        .filter(|byte| {
            quoted ^= *byte == b'"';
            !quoted && *byte == mark
        })
        .count()
}
