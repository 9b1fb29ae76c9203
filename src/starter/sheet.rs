//! Owns the lines of a commented TOML file: headings, keys with their values, and keys that wait for one.

use std::fmt::Write as _;

/// The column at which what explains a key begins.
const COLUMN: usize = 34;

/// A commented TOML file as it grows.
///
/// What waits for a person is a comment without a space after its `#`, with its example behind it: take the `#` away, write between
/// the quotes. Prose has a space after the `#`.
#[derive(Debug, Default)]
pub struct Sheet {
    text: String,
}

impl Sheet {
    /// The whole text.
    pub fn finish(self) -> String {
        self.text
    }

    /// A line of prose.
    pub fn say(&mut self, prose: &str) {
        let _ = writeln!(self.text, "# {}", one_line(prose));
    }

    /// A line as it is.
    pub fn line(&mut self, line: &str) {
        let _ = writeln!(self.text, "{line}");
    }

    /// An empty line.
    pub fn gap(&mut self) {
        self.text.push('\n');
    }

    /// A table with one line on what it is for.
    pub fn table(&mut self, name: &str, why: &str) {
        self.gap();
        if !why.is_empty() {
            self.say(why);
        }
        self.line(&format!("[{name}]"));
    }

    /// One of several tables of a name, which waits to be used.
    pub fn open_entry(&mut self, name: &str, why: &str) {
        self.gap();
        if !why.is_empty() {
            self.say(why);
        }
        self.line(&format!("#[[{name}]]"));
    }

    /// A key with its value, written as TOML has it.
    pub fn set(&mut self, key: &str, value: &str) {
        let _ = writeln!(self.text, "{key} = {}", quoted(value));
    }

    /// The same for a value that needs no quotes: a day, a choice of yes or no.
    pub fn bare(&mut self, key: &str, value: impl std::fmt::Display) {
        let _ = writeln!(self.text, "{key} = {value}");
    }

    /// A key that waits for a value; `example` may carry a note behind a semicolon.
    pub fn open(&mut self, key: &str, example: &str) {
        self.waiting(&format!("#{key} = \"\""), example);
    }

    /// A key that waits for a list.
    pub fn open_list(&mut self, key: &str, example: &str) {
        self.waiting(&format!("#{key} = []"), example);
    }

    /// A key with its value if there is one, else one that waits.
    pub fn known(&mut self, key: &str, value: Option<&str>, example: &str) {
        match value {
            Some(value) => self.set(key, value),
            None => self.open(key, example),
        }
    }

    fn waiting(&mut self, key: &str, example: &str) {
        let _ = writeln!(self.text, "{key:<COLUMN$}# {example}");
    }
}

/// A text as TOML writes it.
pub fn quoted(text: &str) -> String {
    toml_edit::Value::from(text).to_string()
}

/// A text that may stand in a comment: on one line, without what TOML forbids there.
fn one_line(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

#[cfg(test)]
mod tests {
    use super::{Sheet, quoted};

    #[test]
    fn any_text_is_read_back_as_it_was() {
        for text in ["O'Brien \"Bud\" \\ Co.", "two\nlines", "\u{1F600} #[x]", "'''", "\"\"\"\r\n", "", "\u{7f}\t"] {
            let file = format!("key = {}\n", quoted(text));
            let read: toml::Table = toml::from_str(&file).unwrap_or_else(|error| panic!("{file}: {error}"));
            assert_eq!(read["key"].as_str(), Some(text));
        }
    }

    #[test]
    fn prose_never_leaves_its_line() {
        let mut sheet = Sheet::default();
        sheet.say("a\nformat = 2\u{0}");
        let text = sheet.finish();
        assert_eq!(text, "# a format = 2 \n");
    }
}
