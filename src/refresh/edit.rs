//! Owns editing the agreements of a `campaign.toml` as text: what is changed is spliced in, every other byte stays.

use std::collections::BTreeMap;
use std::ops::Range;

use toml_edit::{Document, Item, Value};

/// The order in which an agreement's keys are written.
const ORDER: &[&str] = &[
    "model",
    "status",
    "applied",
    "signed",
    "ended",
    "signed_by",
    "board_approved",
    "board_source",
    "board_as_of",
    "asked_on",
    "officers_authorized",
    "officers_trained",
    "officers_active",
    "moa_url",
    "source",
    "url",
    "as_of",
];

/// The key under which agreements stand.
const AGREEMENT: &str = "agreement";

/// The agreements of a file, with the place of everything in them.
#[derive(Debug, Clone)]
pub struct Entries {
    text: String,
    /// Each agreement in the file's order.
    pub entries: Vec<Entry>,
    /// Where the file names the agency.
    pub agency: Option<Range<usize>>,
    /// Whether they are inline tables in a list rather than tables with a heading.
    inline: bool,
}

/// One agreement in the file.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The heading's bytes; for an inline table all of it.
    pub span: Range<usize>,
    pairs: Vec<Pair>,
}

/// One key with its value.
#[derive(Debug, Clone)]
struct Pair {
    name: String,
    key: Range<usize>,
    value: Range<usize>,
    text: String,
}

/// What is to become of one agreement in the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// Keys and the values they get, as TOML writes them.
    pub set: BTreeMap<&'static str, String>,
    /// Keys that may not stand any longer and are kept as comments.
    pub retire: Vec<String>,
    /// A line of comment that says why.
    pub remark: Option<String>,
}

/// An agreement to be added, in both forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// Its lines as a table with a heading.
    pub lines: String,
    /// Its keys and values, as TOML writes them.
    pub fields: Vec<(&'static str, String)>,
}

/// Everything that is to become of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Changes by the agreement's place among the agreements.
    pub entries: BTreeMap<usize, Change>,
    /// Agreements to be added after the last one.
    pub added: Vec<Added>,
}

impl Changes {
    /// Whether nothing is to be changed.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.added.is_empty()
    }
}

/// Why a file was not edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The agreement is written in a form that cannot be changed without losing something beside it.
    Form(Range<usize>),
    /// The edited text does not say what it should; this is our own mistake.
    Meaning,
}

/// A piece of text put in place of some bytes. At one place the lower rank comes first.
struct Splice {
    at: Range<usize>,
    rank: u8,
    text: String,
}

impl Entry {
    fn pair(&self, key: &str) -> Option<&Pair> {
        self.pairs.iter().find(|pair| pair.name == key)
    }

    /// The bytes of a key's value, if the agreement has the key.
    pub fn value_span(&self, key: &str) -> Option<Range<usize>> {
        self.pair(key).map(|pair| pair.value.clone())
    }

    /// A key's value as text without quotes; `None` where it is absent or empty.
    pub fn value(&self, key: &str) -> Option<&str> {
        self.pair(key).map(|pair| pair.text.trim()).filter(|text| !text.is_empty())
    }

    /// The keys the agreement has, in the file's order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.pairs.iter().map(|pair| pair.name.as_str())
    }
}

impl Entries {
    /// Finds the agreements of a file; `None` where it has none or they are in no form the loader takes.
    pub fn read(text: &str) -> Option<Entries> {
        let document = Document::parse(text).ok()?;
        let item = document.as_table().get(AGREEMENT)?;
        let (entries, inline) = if let Some(tables) = item.as_array_of_tables() {
            let entry = |table: &toml_edit::Table| {
                let pairs = table.iter().map(|(key, item)| pair(text, key, table.key(key)?.span()?, item));
                entry(table.span()?, pairs.collect::<Option<Vec<Pair>>>()?)
            };
            (tables.iter().map(entry).collect::<Option<Vec<Entry>>>()?, false)
        } else {
            let entry = |value: &Value| {
                let table = value.as_inline_table()?;
                let pairs = table.get_values().into_iter().map(|(path, value)| match path.as_slice() {
                    [key] => pair(text, key.get(), key.span()?, &Item::Value(value.clone())),
                    _ => None,
                });
                entry(value.span()?, pairs.collect::<Option<Vec<Pair>>>()?)
            };
            (item.as_array()?.iter().map(entry).collect::<Option<Vec<Entry>>>()?, true)
        };
        let agency = document.as_table().get("agency").and_then(|agency| agency.get("name")?.span());
        (!entries.is_empty()).then(|| Entries { text: text.to_string(), entries, agency, inline })
    }

    /// The file with the changes made. The result is read again and must mean what it should.
    pub fn apply(&self, changes: &Changes) -> Result<String, Refusal> {
        let mut splices = Vec::new();
        for (at, change) in &changes.entries {
            let entry = self.entries.get(*at).ok_or(Refusal::Meaning)?;
            match self.inline {
                false => self.change_table(entry, change, &mut splices),
                true => self.change_inline(entry, change, &mut splices)?,
            }
        }
        if !changes.added.is_empty() {
            let last = self.entries.iter().max_by_key(|entry| entry.span.start).ok_or(Refusal::Meaning)?;
            match self.inline {
                false => self.add_tables(last, &changes.added, &mut splices),
                true => self.add_inline(last, &changes.added, &mut splices),
            }
        }
        splices.sort_by_key(|splice| (splice.at.start, splice.at.end, splice.rank));
        let mut text = String::with_capacity(self.text.len() + 512);
        let mut done = 0;
        for splice in &splices {
            text.push_str(self.text.get(done..splice.at.start).ok_or(Refusal::Meaning)?);
            text.push_str(&splice.text);
            done = splice.at.end;
        }
        text.push_str(&self.text[done..]);
        if means(&self.text, &text, changes) { Ok(text) } else { Err(Refusal::Meaning) }
    }

    /// How the line that a byte stands in ends; for a last line without an end, how the first line does.
    fn eol(&self, at: usize) -> &'static str {
        let end = self.text[at..].find('\n').map(|newline| at + newline).or_else(|| self.text.find('\n'));
        match end {
            Some(end) if self.text[..end].ends_with('\r') => "\r\n",
            _ => "\n",
        }
    }

    /// The start of the line that a byte stands in.
    fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |newline| newline + 1)
    }

    /// The start of the line after; the end of the text if there is none.
    fn next_line(&self, at: usize) -> usize {
        self.text[at..].find('\n').map_or(self.text.len(), |newline| at + newline + 1)
    }

    /// A whole line put after the one that `at` stands in. The last line of a file may have no end; then the new one has none either.
    fn line_after(&self, at: usize, line: &str) -> Splice {
        let place = self.next_line(at);
        let open = place == self.text.len() && !self.text.ends_with('\n');
        let text = if open { format!("{}{line}", self.eol(at)) } else { format!("{line}{}", self.eol(at)) };
        Splice { at: place..place, rank: 0, text }
    }

    fn change_table(&self, entry: &Entry, change: &Change, splices: &mut Vec<Splice>) {
        if let Some(remark) = &change.remark {
            splices.push(self.line_after(entry.span.end, &format!("# {remark}")));
        }
        for (key, value) in in_order(&change.set) {
            match entry.pair(key) {
                Some(pair) => splices.push(replace(pair, value)),
                None => {
                    let after = before(entry, key, &[]).map_or(entry.span.end, |pair| pair.value.end);
                    splices.push(self.line_after(after, &format!("{key} = {value}")));
                }
            }
        }
        for pair in change.retire.iter().filter_map(|key| entry.pair(key)) {
            self.comment_out(pair, splices);
        }
    }

    /// Makes comments of the lines of a key and its value.
    fn comment_out(&self, pair: &Pair, splices: &mut Vec<Splice>) {
        let mut line = self.line_start(pair.key.start);
        while line < pair.value.end {
            splices.push(Splice { at: line..line, rank: 1, text: "# ".to_string() });
            line = self.next_line(line);
        }
    }

    fn change_inline(&self, entry: &Entry, change: &Change, splices: &mut Vec<Splice>) -> Result<(), Refusal> {
        for (key, value) in in_order(&change.set) {
            match (entry.pair(key), before(entry, key, &change.retire)) {
                (Some(pair), _) => splices.push(replace(pair, value)),
                (None, Some(pair)) => {
                    let at = pair.value.end;
                    splices.push(Splice { at: at..at, rank: 0, text: format!(", {key} = {value}") });
                }
                (None, None) => {
                    let kept = entry.pairs.iter().find(|pair| !change.retire.contains(&pair.name));
                    let at = kept.ok_or(Refusal::Meaning)?.key.start;
                    splices.push(Splice { at: at..at, rank: 0, text: format!("{key} = {value}, ") });
                }
            }
        }
        let mut kept_as = Vec::new();
        for (at, pair) in entry.pairs.iter().enumerate() {
            if !change.retire.contains(&pair.name) {
                continue;
            }
            if self.alone(pair) {
                self.comment_out(pair, splices);
                continue;
            }
            let earlier = entry.pairs[..at].iter().any(|other| !change.retire.contains(&other.name));
            let range = match (earlier, entry.pairs[..at].last(), entry.pairs.get(at + 1)) {
                (true, Some(previous), _) => previous.value.end..pair.value.end,
                (_, _, Some(next)) => pair.key.start..next.key.start,
                _ => return Err(Refusal::Form(entry.span.clone())),
            };
            if self.text[range.clone()].contains('\n') {
                return Err(Refusal::Form(entry.span.clone()));
            }
            kept_as.push(self.text[pair.key.start..pair.value.end].to_string());
            splices.push(Splice { at: range, rank: 2, text: String::new() });
        }
        if change.remark.is_some() || !kept_as.is_empty() {
            let line = self.line_start(entry.span.start);
            let indent: String = self.text[line..].chars().take_while(|c| matches!(c, ' ' | '\t')).collect();
            let remark = change.remark.as_deref().unwrap_or_default();
            let stood =
                if kept_as.is_empty() { String::new() } else { format!("; here stood: {}", kept_as.join(", ")) };
            let text = format!("{indent}# {remark}{stood}{}", self.eol(line));
            splices.push(Splice { at: line..line, rank: 0, text });
        }
        Ok(())
    }

    /// Whether a key of an inline table has its line for itself.
    fn alone(&self, pair: &Pair) -> bool {
        let before = &self.text[self.line_start(pair.key.start)..pair.key.start];
        let rest = self.text[pair.value.end..self.next_line(pair.value.end)].trim_start();
        let rest = rest.strip_prefix(',').unwrap_or(rest).trim();
        before.trim().is_empty() && (rest.is_empty() || rest.starts_with('#'))
    }

    fn add_tables(&self, last: &Entry, added: &[Added], splices: &mut Vec<Splice>) {
        let end = last.pairs.iter().map(|pair| pair.value.end).max().unwrap_or(last.span.end);
        let eol = self.eol(end);
        let mut place = self.next_line(end);
        // Comments right below the last key belong to the agreement, unless the next heading follows them at once.
        let mut below = place;
        while self.text[below..self.next_line(below)].trim_start().starts_with('#') {
            below = self.next_line(below);
        }
        if self.text[below..self.next_line(below)].trim().is_empty() {
            place = below;
        }
        let blocks: Vec<String> = added.iter().map(|added| added.lines.replace('\n', eol)).collect();
        let mut text = format!("{eol}{}", blocks.join(eol));
        if !self.text[..place].ends_with('\n') {
            text = format!("{eol}{}", text.strip_suffix(eol).unwrap_or(&text));
        } else if !self.text[place..self.next_line(place)].trim().is_empty() {
            text.push_str(eol);
        }
        splices.push(Splice { at: place..place, rank: 0, text });
    }

    fn add_inline(&self, last: &Entry, added: &[Added], splices: &mut Vec<Splice>) {
        let tables: Vec<String> = added.iter().map(|added| inline(&added.fields)).collect();
        let end = last.span.end;
        let line = self.line_start(last.span.start);
        let indent = &self.text[line..last.span.start];
        let rest = self.text[end..self.next_line(end)].trim_start();
        let comma = rest.starts_with(',');
        let rest = rest.strip_prefix(',').unwrap_or(rest).trim();
        let lines = indent.trim().is_empty() && (rest.is_empty() || rest.starts_with('#'));
        if !lines {
            let text: String = tables.iter().map(|table| format!(", {table}")).collect();
            splices.push(Splice { at: end..end, rank: 3, text });
            return;
        }
        if !comma {
            splices.push(Splice { at: end..end, rank: 3, text: ",".to_string() });
        }
        let joined = tables.join(&format!(",{}{indent}", self.eol(end)));
        let place = self.next_line(end);
        let text = format!("{indent}{joined}{}{}", if comma { "," } else { "" }, self.eol(end));
        splices.push(Splice { at: place..place, rank: 0, text });
    }
}

fn entry(span: Range<usize>, mut pairs: Vec<Pair>) -> Option<Entry> {
    pairs.sort_by_key(|pair| pair.key.start);
    Some(Entry { span, pairs })
}

fn pair(text: &str, name: &str, key: Range<usize>, item: &Item) -> Option<Pair> {
    let value = item.as_value()?.span()?;
    let plain = item.as_str().unwrap_or(text.get(value.clone())?).to_string();
    Some(Pair { name: name.to_string(), key, value, text: plain })
}

fn replace(pair: &Pair, value: &str) -> Splice {
    Splice { at: pair.value.clone(), rank: 2, text: value.to_string() }
}

fn rank(key: &str) -> usize {
    ORDER.iter().position(|known| *known == key).unwrap_or(ORDER.len())
}

fn in_order<'a>(set: &'a BTreeMap<&'static str, String>) -> Vec<(&'static str, &'a str)> {
    let mut keys: Vec<(&'static str, &str)> = set.iter().map(|(key, value)| (*key, value.as_str())).collect();
    keys.sort_by_key(|(key, _)| rank(key));
    keys
}

/// The key that a new one is written after: the nearest of those that come before it by custom.
fn before<'a>(entry: &'a Entry, key: &str, not: &[String]) -> Option<&'a Pair> {
    let earlier = entry.pairs.iter().filter(|pair| rank(&pair.name) < rank(key) && !not.contains(&pair.name));
    earlier.max_by_key(|pair| rank(&pair.name))
}

/// An agreement as an inline table.
fn inline(fields: &[(&'static str, String)]) -> String {
    let fields: Vec<String> = fields.iter().map(|(key, value)| format!("{key} = {value}")).collect();
    format!("{{ {} }}", fields.join(", "))
}

/// Whether the new text says what the old one said with the changes made, found by another way than the splices.
fn means(old: &str, new: &str, changes: &Changes) -> bool {
    let (Ok(mut expected), Ok(found)) = (old.parse::<toml::Table>(), new.parse::<toml::Table>()) else { return false };
    let Some(toml::Value::Array(agreements)) = expected.get_mut(AGREEMENT) else { return false };
    let value = |text: &str| format!("v = {text}").parse::<toml::Table>().ok()?.remove("v");
    for (at, change) in &changes.entries {
        let Some(toml::Value::Table(table)) = agreements.get_mut(*at) else { return false };
        for key in &change.retire {
            table.remove(key);
        }
        for (key, text) in &change.set {
            let Some(value) = value(text) else { return false };
            table.insert((*key).to_string(), value);
        }
    }
    for added in &changes.added {
        let fields = added.fields.iter().map(|(key, text)| Some(((*key).to_string(), value(text)?)));
        let Some(table) = fields.collect::<Option<toml::Table>>() else { return false };
        agreements.push(toml::Value::Table(table));
    }
    expected == found
}

#[cfg(test)]
#[path = "edit_tests.rs"]
mod tests;
