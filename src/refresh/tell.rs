//! Owns telling what was found: for people, campaign by campaign, and as JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Finding, List, Lists, News, Sign};
use crate::diagnostic::Diagnostic;
use crate::ice::{ListKind, Note};

/// Letters of a cell that are shown.
const CELL: usize = 80;

/// What was found, for people.
pub fn text(lists: &Lists, news: &[News]) -> String {
    let mut out = String::new();
    for list in [&lists.participating, &lists.pending].into_iter().flatten() {
        let listing = &list.gathered.listing;
        let what = format!("{} of {}, {} rows", listing.kind.title(), list.day, listing.rows.len());
        let _ = writeln!(out, "{}: {what}", list.gathered.path.display());
        for note in list.own_notes() {
            let _ = writeln!(out, "    {}", note_words(note));
        }
    }
    for one in news {
        let _ = writeln!(out, "{}: {}", one.file.path, one.agency);
        for finding in &one.findings {
            let _ = writeln!(out, "  {} {}", finding.sign.mark(), finding_words(finding, one, lists));
        }
        if !one.problems.is_empty() {
            let _ = writeln!(out, "  not compared to the end: see the problems");
        } else if one.findings.is_empty() {
            let _ = writeln!(out, "  nothing new");
        } else {
            for (kind, note) in &one.notes {
                let list = if lists.get(ListKind::Pending).is_some() { list_word(*kind) } else { "" };
                let _ = writeln!(out, "    {list}{}", note_words(note));
            }
        }
    }
    out
}

fn finding_words(finding: &Finding, news: &News, lists: &Lists) -> String {
    let mut words = finding.about.clone();
    if let Some(line) = line(finding, news) {
        let _ = write!(words, ", line {line}");
    }
    let _ = write!(words, ": {}", finding.text);
    if let Some((kind, row)) = finding.row {
        let list = if lists.get(ListKind::Pending).is_some() { list_word(kind) } else { "" };
        let _ = write!(words, " ({list}row {row})");
    }
    words
}

fn list_word(kind: ListKind) -> &'static str {
    match kind {
        ListKind::Participating => "",
        ListKind::Pending => "pending list, ",
    }
}

fn line(finding: &Finding, news: &News) -> Option<usize> {
    finding.span.as_ref().map(|span| news.file.line_column(span.start).0)
}

/// What the reader corrected or could not settle.
fn note_words(note: &Note) -> String {
    let row = if note.row == 0 { String::new() } else { format!("row {}, ", note.row) };
    let took = note.took.as_ref().map_or(String::new(), |took| format!(", took `{}`", shortened(took)));
    format!("{row}{}: `{}`{took}: {}", note.column, shortened(&note.found), note.why)
}

/// A cell as far as it fits on a line.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(CELL) {
        Some((at, _)) => format!("{}...", &text[..at]),
        None => text.to_string(),
    }
}

/// The same as data; `written` says whether the files were written.
pub fn json(lists: &Lists, news: &[News], others: &[Diagnostic], written: bool) -> Value {
    let list = |list: &List| {
        let listing = &list.gathered.listing;
        json!({
            "file": list.gathered.path.display().to_string(),
            "list": listing.kind,
            "as_of": list.day.to_string(),
            "rows": listing.rows.len(),
            "left_out": listing.left_out,
            "notes": list.own_notes().collect::<Vec<_>>(),
        })
    };
    let campaigns: Vec<Value> = news
        .iter()
        .map(|one| {
            let findings: Vec<Value> = one.findings.iter().map(|finding| finding_json(finding, one)).collect();
            let notes: Vec<Value> =
                one.notes.iter().map(|(kind, note)| json!({ "list": kind, "note": note })).collect();
            json!({
                "file": one.file.path,
                "agency": one.agency,
                "changes": one.written.is_some(),
                "written": written && one.written.is_some(),
                "findings": findings,
                "notes": notes,
            })
        })
        .collect();
    let problems: Vec<Value> =
        others.iter().chain(news.iter().flat_map(|one| &one.problems)).map(Diagnostic::to_json).collect();
    let lists: Vec<Value> = [&lists.participating, &lists.pending].into_iter().flatten().map(list).collect();
    json!({
        "ok": problems.is_empty(),
        "lists": lists,
        "campaigns": campaigns,
        "problems": problems,
    })
}

fn finding_json(finding: &Finding, news: &News) -> Value {
    json!({
        "sign": finding.sign,
        "about": finding.about,
        "text": finding.text,
        "line": line(finding, news),
        "list": finding.row.map(|(kind, _)| kind),
        "row": finding.row.map(|(_, row)| row),
        "changes": finding.writes,
    })
}

/// How it all came out, and what to do next. `written` is the number of files written; `None` if none was to be.
pub fn closing(news: &[News], written: Option<usize>, left_is_unknown: bool) -> String {
    let count = |sign: Sign| news.iter().filter(|one| one.has(sign)).count();
    let quiet = news.iter().filter(|one| one.findings.is_empty()).count();
    let mut parts = vec![campaigns(news.len())];
    for (number, words) in [
        (count(Sign::Added), "with new agreements"),
        (count(Sign::Changed), "with changes"),
        (count(Sign::Gone), "with one that left the list"),
        (count(Sign::Left), "with differences that stay"),
        (count(Sign::Open), "with a question for you"),
        (quiet, "with nothing new"),
    ] {
        if number > 0 {
            parts.push(format!("{number} {words}"));
        }
    }
    let mut out = format!("{}\n", parts.join(", "));
    let changed = news.iter().filter(|one| one.written.is_some()).count();
    let _ = match (written, changed) {
        (Some(0), _) => writeln!(out, "nothing to write"),
        (Some(number), _) => writeln!(out, "wrote {}", campaigns(number)),
        (None, 0) => writeln!(out, "nothing to write"),
        (None, number) => writeln!(out, "nothing is written yet: with `--write`, {} would be", campaigns(number)),
    };
    let gone = news.iter().any(|one| one.findings.iter().any(|finding| finding.sign == Sign::Gone && !finding.writes));
    if gone {
        let _ = writeln!(
            out,
            "Next: ask each agency that left the list whether its agreement has ended. If so, write `status = \"ended\"`, `ended` and the source."
        );
        if !left_is_unknown {
            let _ = writeln!(out, "Until it answers, `--left-is-unknown` with `--write` sets the status to unknown.");
        }
    } else if written.is_some_and(|number| number > 0) {
        let _ = writeln!(
            out,
            "Next: `handbill build` the campaigns that changed; their paper still says what was known before."
        );
    }
    out
}

fn campaigns(number: usize) -> String {
    match number {
        1 => "1 campaign".to_string(),
        number => format!("{number} campaigns"),
    }
}
