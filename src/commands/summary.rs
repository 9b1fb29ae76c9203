//! Owns what a build tells of what it made: each file of a few campaigns, a line for each of many, everything as JSON.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::long::stopped;
use super::problems::Problems;
use crate::cli::Build;
use crate::confirm::ToConfirm;
use crate::contract::{Print, Set};
use crate::deliver::{Delivered, Finished};
use crate::values::thousands;

/// Campaigns up to which each is told in full.
const FEW: usize = 3;
/// Campaigns that have a line of their own: the counties of most states.
const LINES: usize = 100;
/// Things to confirm that are told of many campaigns, and names or details that are told with each.
const CONFIRMED: usize = 20;
const NAMED: usize = 6;

/// What is kept of a campaign once its paper is made: little, for there may be thousands.
pub struct Batch {
    /// The campaign's name, which names its folder.
    pub id: String,
    /// The campaign's folder.
    pub source: PathBuf,
    /// The folder its paper goes to.
    pub folder: PathBuf,
    /// `Kandiyohi County, Minnesota`.
    pub place: String,
    /// Whether it names sets of its own.
    pub has_sets: bool,
    /// Whether nobody knows if there is an agreement.
    pub unknown: bool,
    /// Whether its petition has a column for how to reach the signer.
    pub asks_contact: bool,
    /// Whether its petition sheets are numbered.
    pub numbered: bool,
    /// Its files.
    pub files: Vec<Finished>,
    /// The documents that were made whole, by language.
    pub whole: Vec<(String, String)>,
    /// What is to be confirmed before printing.
    pub confirm: Vec<ToConfirm>,
    /// How each document is printed, in the order of the plan.
    pub printing: Vec<(String, Print)>,
}

impl Batch {
    fn made(&self, document: &str) -> bool {
        self.files.iter().any(|file| file.made_from.document == document)
    }

    fn sides(&self) -> usize {
        self.files.iter().map(|file| file.made_from.pages).sum()
    }

    /// Sheets of paper for one copy of everything; `None` if it depends on how it is printed, as a packet's do.
    fn sheets(&self) -> Option<usize> {
        let of = |file: &Finished| {
            let pages = file.made_from.pages;
            let (_, print) = self.printing.iter().find(|(document, _)| *document == file.made_from.document)?;
            Some(match print {
                Print::LongEdge | Print::ShortEdge => pages.div_ceil(2),
                Print::OneSide | Print::Cut | Print::Tabloid | Print::Letter => pages,
            })
        };
        self.files.iter().map(of).sum()
    }
}

/// What a run made, for people.
pub fn text(done: &[(Batch, Delivered)], options: &Build, took: Duration) -> String {
    let mut text = String::new();
    if done.len() > FEW {
        many(done, options, took, &mut text);
        return text;
    }
    for (batch, delivered) in done {
        one(batch, delivered, options, &mut text);
    }
    text
}

fn one(batch: &Batch, delivered: &Delivered, options: &Build, text: &mut String) {
    let _ = writeln!(text, "{}: {} in {}", batch.place, verb(options), batch.folder.display());
    let width = batch.files.iter().map(|file| file.name.chars().count()).max().unwrap_or(0);
    for file in &batch.files {
        let pages = match file.made_from.pages {
            0 => "picture".to_string(),
            pages => plural(pages, "side"),
        };
        let same = if delivered.unchanged.contains(&batch.folder.join(&file.name)) { ", unchanged" } else { "" };
        let _ = writeln!(text, "  {:width$}  {pages}{same}", file.name);
    }
    for path in &delivered.removed {
        let _ = writeln!(text, "  took away {}: nobody gets it any more", name(path));
    }
    let confirm: Vec<String> = batch.confirm.iter().map(ToString::to_string).collect();
    list("Confirm before you print:", &confirm, text);
    list("Print next:", &next_steps(&[batch]), text);
    more_paper(&[batch], options, text);
    text.push('\n');
}

fn many(done: &[(Batch, Delivered)], options: &Build, took: Duration, text: &mut String) {
    let batches: Vec<&Batch> = done.iter().map(|(batch, _)| batch).collect();
    let changed: Vec<&Batch> = done
        .iter()
        .filter(|(_, delivered)| !delivered.written.is_empty() || !delivered.removed.is_empty())
        .map(|(batch, _)| batch)
        .collect();
    if !changed.is_empty() {
        let _ = writeln!(text, "{} in {}:", verb(options), options.out.display());
    }
    let rows: Vec<[String; 4]> = changed
        .iter()
        .take(LINES)
        .map(|batch| {
            let (files, sides) = (plural(batch.files.len(), "file"), plural(batch.sides(), "side"));
            [batch.place.clone(), files, sides, batch.id.clone()]
        })
        .collect();
    let [place, files, sides] =
        [0, 1, 2].map(|column| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0));
    for row in &rows {
        let _ = writeln!(text, "  {:place$}  {:>files$}  {:>sides$}  {}", row[0], row[1], row[2], row[3]);
    }
    if changed.len() > LINES {
        let _ = writeln!(text, "  and {} more; `--json` has them all", thousands((changed.len() - LINES) as u64));
    }
    if changed.len() < done.len() {
        let _ = writeln!(text, "{} as they were", plural(done.len() - changed.len(), "campaign"));
    }
    let sum = |of: fn(&Batch) -> usize| batches.iter().map(|batch| of(batch)).sum::<usize>();
    let (files, sides) = (sum(|batch| batch.files.len()), sum(Batch::sides));
    let sheets: Option<usize> = batches.iter().map(|batch| batch.sheets()).sum();
    let _ = write!(text, "{}: {}", plural(done.len(), "campaign"), plural(files, "file"));
    if sides > 0 {
        let _ = write!(text, ", {}", plural(sides, "side"));
    }
    if let Some(sheets) = sheets.filter(|sheets| *sheets > 0) {
        let _ = write!(text, " on {}, one copy of each", plural(sheets, "sheet"));
    }
    let _ = writeln!(text, "; {:.1} seconds", took.as_secs_f64());
    let removed: usize = done.iter().map(|(_, delivered)| delivered.removed.len()).sum();
    if removed > 0 {
        let _ = writeln!(text, "took away {} that nobody gets any more", plural(removed, "file"));
    }
    list("Confirm before you print, with the number of campaigns:", &to_confirm(&batches), text);
    if let Some(batch) = batches.iter().find(|batch| !batch.confirm.is_empty()) {
        let _ = writeln!(text, "What to confirm for one: `handbill build {} --dry-run`", batch.source.display());
    }
    list("Print next:", &next_steps(&batches), text);
    more_paper(&batches, options, text);
}

fn verb(options: &Build) -> &'static str {
    if options.dry_run { "would make" } else { "made" }
}

fn list(heading: &str, lines: &[String], text: &mut String) {
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(text, "{heading}");
    for line in lines {
        let _ = writeln!(text, "  - {line}");
    }
}

fn plural(number: usize, word: &str) -> String {
    match number {
        1 => format!("1 {word}"),
        number => format!("{} {word}s", thousands(number as u64)),
    }
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// What is to be confirmed for many campaigns: each thing once, what concerns the most of them first.
fn to_confirm(batches: &[&Batch]) -> Vec<String> {
    let mut things: Vec<(&str, usize, Counted)> = Vec::new();
    let mut at: HashMap<&str, usize> = HashMap::new();
    for thing in batches.iter().flat_map(|batch| &batch.confirm) {
        let place = *at.entry(&thing.what).or_insert(things.len());
        if place == things.len() {
            things.push((&thing.what, 0, Counted::default()));
        }
        things[place].1 += 1;
        thing.of.iter().for_each(|one| things[place].2.add(one));
    }
    things.sort_by_key(|(_, number, _)| std::cmp::Reverse(*number));
    let rest = things.len().saturating_sub(CONFIRMED);
    let mut lines: Vec<String> = things
        .into_iter()
        .take(CONFIRMED)
        .map(|(what, number, of)| {
            let all = if number == batches.len() { "all " } else { "" };
            let of = of.told(number).map(|of| format!(": {of}")).unwrap_or_default();
            format!("{all}{}: {what}{of}", thousands(number as u64))
        })
        .collect();
    if rest > 0 {
        lines.push(format!("and {rest} more; `--json` has them all"));
    }
    lines
}

/// Names or details, each with the number of campaigns that it concerns.
#[derive(Default)]
struct Counted<'a> {
    all: Vec<(&'a str, usize)>,
    at: HashMap<&'a str, usize>,
}

impl<'a> Counted<'a> {
    fn add(&mut self, one: &'a str) {
        let at = *self.at.entry(one).or_insert(self.all.len());
        if at == self.all.len() {
            self.all.push((one, 0));
        }
        self.all[at].1 += 1;
    }

    /// The most frequent, with their numbers where those differ from that of the whole.
    fn told(mut self, whole: usize) -> Option<String> {
        if self.all.is_empty() {
            return None;
        }
        self.all.sort_by_key(|(_, number)| std::cmp::Reverse(*number));
        let named = self.all.iter().take(NAMED).map(|(one, number)| match *number == whole {
            true => one.to_string(),
            false => format!("{one} ({})", thousands(*number as u64)),
        });
        let mut told = named.collect::<Vec<_>>().join("; ");
        if self.all.len() > NAMED {
            let _ = write!(told, "; and {} more", thousands((self.all.len() - NAMED) as u64));
        }
        Some(told)
    }
}

/// How each kind of paper is printed, for what was made.
fn next_steps(batches: &[&Batch]) -> Vec<String> {
    let mut steps = Vec::new();
    for print in Print::ALL {
        let mut documents: Vec<&str> = Vec::new();
        for batch in batches {
            for (document, how) in &batch.printing {
                if how == print && !documents.contains(&document.as_str()) && batch.made(document) {
                    documents.push(document);
                }
            }
        }
        // Letters differ in whom they go to, not in how they are printed.
        let named = match (print, documents.len()) {
            (_, 0) => continue,
            (Print::Letter, 1..) => "letters".to_string(),
            _ => documents.join(", "),
        };
        steps.push(format!("{named}: {}", how_to_print(*print)));
    }
    let petitions: Vec<&&Batch> = batches.iter().filter(|batch| batch.made("petition")).collect();
    if !petitions.is_empty() {
        let numbered = petitions.iter().any(|batch| !batch.numbered).then_some("`--sheets 25` numbers them");
        let contact = petitions.iter().any(|batch| batch.asks_contact);
        let contact = contact.then_some("use the contact column only if you will call");
        let hints: Vec<&str> = numbered.into_iter().chain(contact).collect();
        if !hints.is_empty() {
            steps.push(format!("petition: {}", hints.join("; ")));
        }
    }
    let unknown = batches.iter().filter(|batch| batch.unknown).count();
    if unknown > 0 {
        let of = if batches.len() > 1 { format!("in {}: ", plural(unknown, "campaign")) } else { String::new() };
        steps.push(format!(
            "{of}ask the agency in writing whether it has an agreement, and note the date as `asked_on`"
        ));
    }
    steps
}

/// Tells of the sets, to those who asked for nothing by name.
fn more_paper(batches: &[&Batch], options: &Build, text: &mut String) {
    if options.documents.is_empty() && options.sets.is_empty() && batches.iter().any(|batch| !batch.has_sets) {
        let sets = &Set::WORDS[1..];
        let _ = writeln!(text, "More paper: `--set` with {}; `handbill list documents`", sets.join(", "));
    }
}

fn how_to_print(print: Print) -> &'static str {
    match print {
        Print::OneSide => "one side, scale 100%",
        Print::LongEdge => "both sides, flip on the long edge, scale 100%",
        Print::ShortEdge => "both sides, flip on the short edge, scale 100%",
        Print::Cut => "one side, scale 100%, cut at the ticks",
        Print::Tabloid => "11 by 17 inch paper, at a print shop",
        Print::Letter => "one side; sign each by hand; they fold into #10 window envelopes",
    }
}

/// What a run made, for other programs.
pub fn json(done: &[(Batch, Delivered)], problems: &Problems) -> serde_json::Value {
    let campaigns: Vec<serde_json::Value> = done
        .iter()
        .map(|(batch, delivered)| {
            let files: Vec<serde_json::Value> = batch
                .files
                .iter()
                .map(|file| {
                    serde_json::json!({
                        "path": batch.folder.join(&file.name),
                        "document": file.made_from.document,
                        "lang": file.made_from.lang,
                        "pages": file.made_from.pages,
                        "blanks": file.made_from.blanks,
                        "sources": file.made_from.sources,
                    })
                })
                .collect();
            serde_json::json!({
                "campaign": batch.id,
                "files": files,
                "removed": delivered.removed,
                "confirm": batch.confirm.iter().map(ToString::to_string).collect::<Vec<_>>(),
            })
        })
        .collect();
    serde_json::json!({
        "ok": !problems.has_errors() && !stopped(),
        "campaigns": campaigns,
        "problems": problems.to_json(),
    })
}
