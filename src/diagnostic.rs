//! Owns the one kind of problem report: what is wrong, where, and what to do about it.

use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;

/// A text file that was read, kept so that problems can show its lines.
#[derive(Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// The path as the person gave it, or `built-in/...` for an embedded file.
    pub path: String,
    /// The whole text.
    pub text: String,
}

impl SourceFile {
    /// Keeps `text` under the name `path`.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(SourceFile { path: path.into(), text: text.into() })
    }

    /// The 1-based line and column (in characters) of a byte offset.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let mut end = offset.min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let before = &self.text[..end];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }

    /// The byte offset of a 1-based line and column; the end of the text if it has no such place.
    pub fn offset(&self, line: usize, column: usize) -> usize {
        let start: usize = self.text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let rest = &self.text[start.min(self.text.len())..];
        let within = rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at);
        start + within
    }
}

/// Where a problem stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    /// A byte range of a text file.
    Text(Arc<SourceFile>, Range<usize>),
    /// A cell of a table, numbered as a spreadsheet shows it (the header is row 1).
    Cell {
        /// The table's path.
        file: String,
        /// The sheet, if the table is a workbook's.
        sheet: Option<String>,
        /// Row, from 1.
        row: usize,
        /// The column's heading.
        column: String,
    },
    /// A file as a whole.
    File(String),
}

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Something a person should look at; paper is still made.
    Warning,
    /// Nothing is written while it stands.
    Error,
}

/// One problem, with its place and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// What is wrong, lower case, names in backticks.
    pub message: String,
    /// Where.
    pub spot: Option<Spot>,
    /// A few words set beside the marked text.
    pub label: String,
    /// What was expected, or how to mend it; one sentence each.
    pub hints: Vec<String>,
}

impl Diagnostic {
    /// An error without a place yet.
    pub fn error(message: impl Into<String>) -> Self {
        Diagnostic {
            severity: Severity::Error,
            message: message.into(),
            spot: None,
            label: String::new(),
            hints: Vec::new(),
        }
    }

    /// A warning without a place yet.
    pub fn warning(message: impl Into<String>) -> Self {
        Diagnostic { severity: Severity::Warning, ..Self::error(message) }
    }

    /// Puts the problem at a byte range of a file.
    pub fn at(mut self, file: &Arc<SourceFile>, span: Range<usize>) -> Self {
        self.spot = Some(Spot::Text(file.clone(), span));
        self
    }

    /// Puts the problem at a place found elsewhere.
    pub fn spot(mut self, spot: Option<Spot>) -> Self {
        self.spot = spot;
        self
    }

    /// Puts the problem at a file as a whole.
    pub fn file(mut self, path: impl Into<String>) -> Self {
        self.spot = Some(Spot::File(path.into()));
        self
    }

    /// Says a few words beside the marked text.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Adds what was expected or how to mend it.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Adds "did you mean" when one of `known` is close to `found`.
    pub fn suggest<'a>(self, found: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match nearest(found, known) {
            Some(near) => self.hint(format!("did you mean `{near}`?")),
            None => self,
        }
    }

    /// The path of the file it stands in, if any.
    pub fn path(&self) -> Option<&str> {
        match self.spot.as_ref()? {
            Spot::Text(file, _) => Some(&file.path),
            Spot::Cell { file, .. } | Spot::File(file) => Some(file),
        }
    }

    /// The problem as text for people, with the marked line; coloured if `styled`.
    pub fn render(&self, styled: bool) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let mut message = self.message.clone();
        match &self.spot {
            Some(Spot::Cell { file, sheet, row, column }) => {
                let sheet = sheet.as_ref().map_or(String::new(), |sheet| format!(", sheet {sheet}"));
                let _ = write!(message, "\n  in {file}{sheet}, row {row}, column `{column}`");
            }
            Some(Spot::File(file)) => {
                let _ = write!(message, "\n  in {file}");
            }
            _ => {}
        }
        let mut group = Group::with_title(level.primary_title(message));
        if let Some(Spot::Text(file, span)) = &self.spot {
            let end = span.end.max(span.start).min(file.text.len());
            let start = span.start.min(end);
            let mut mark = AnnotationKind::Primary.span(start..end);
            if !self.label.is_empty() {
                mark = mark.label(self.label.clone());
            }
            group = group.element(Snippet::source(file.text.as_str()).path(file.path.as_str()).annotation(mark));
        }
        for hint in &self.hints {
            group = group.element(Level::HELP.message(hint.clone()));
        }
        let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&[group]).to_string()
    }

    /// The problem as data for other programs.
    pub fn to_json(&self) -> serde_json::Value {
        let (line, column) = match &self.spot {
            Some(Spot::Text(file, span)) => {
                let (line, column) = file.line_column(span.start);
                (Some(line), serde_json::json!(column))
            }
            Some(Spot::Cell { row, column, .. }) => (Some(*row), serde_json::json!(column)),
            _ => (None, serde_json::Value::Null),
        };
        let sheet = match &self.spot {
            Some(Spot::Cell { sheet, .. }) => sheet.as_deref(),
            _ => None,
        };
        serde_json::json!({
            "severity": self.severity,
            "message": self.message,
            "file": self.path(),
            "sheet": sheet,
            "line": line,
            "column": column,
            "hints": self.hints,
        })
    }
}

/// The entry of `known` that `found` most likely meant, if one is close enough.
pub fn nearest<'a>(found: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let found = found.to_lowercase();
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&found, &name.to_lowercase()), name))
        .filter(|(distance, name)| *distance <= 1 + name.chars().count().min(found.chars().count()) / 4)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// The problems of a run, gathered to its end.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Adds one, unless the very same was said before.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if !self.0.contains(&diagnostic) {
            self.0.push(diagnostic);
        }
    }

    /// Adds all of `other`.
    pub fn extend(&mut self, other: impl IntoIterator<Item = Diagnostic>) {
        other.into_iter().for_each(|diagnostic| self.push(diagnostic));
    }

    /// Whether an error is among them.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// How many are of `severity`.
    pub fn count(&self, severity: Severity) -> usize {
        self.0.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// All of them, in the order they were found.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }

    /// Whether one of them stands in the file with this path.
    pub fn any_in(&self, path: &str) -> bool {
        self.0.iter().any(|diagnostic| diagnostic.path() == Some(path))
    }

    /// Whether an error stands in the file with this path.
    pub fn errors_in(&self, path: &str) -> bool {
        self.0.iter().any(|diagnostic| diagnostic.severity == Severity::Error && diagnostic.path() == Some(path))
    }

    /// Puts them in the order of their places, file by file as the files first came up.
    pub fn sort(&mut self) {
        let mut paths: Vec<Option<String>> = Vec::new();
        for diagnostic in &self.0 {
            let path = diagnostic.path().map(str::to_string);
            if !paths.contains(&path) {
                paths.push(path);
            }
        }
        self.0.sort_by_key(|diagnostic| {
            let file = paths.iter().position(|path| path.as_deref() == diagnostic.path());
            let place = match &diagnostic.spot {
                Some(Spot::Text(_, span)) => span.start,
                Some(Spot::Cell { row, .. }) => *row,
                _ => usize::MAX,
            };
            (file, place)
        });
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::{SourceFile, nearest};

    #[test]
    fn lines_and_columns_count_characters() {
        let file = SourceFile::new("a", "é = 1\nnoño = 2\n");
        let offset = file.text.find('=').unwrap();
        assert_eq!(file.line_column(offset), (1, 3));
        let second = file.text.rfind('=').unwrap();
        assert_eq!(file.line_column(second), (2, 6));
        assert_eq!(file.offset(2, 6), second);
    }

    #[test]
    fn suggests_only_what_is_near() {
        assert_eq!(nearest("coutny", ["county", "kind"]), Some("county"));
        assert_eq!(nearest("zebra", ["county", "kind"]), None);
    }
}
