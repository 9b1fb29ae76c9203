//! Owns holding campaigns against newer lists of ICE's: what is new, what moved, what is gone, and what of it may be written.

use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;
use serde::Serialize;

use crate::campaign::Campaign;
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::ice::{AgencyRecord, Gathered, ListKind, Note};

pub mod agency;
mod compare;
pub mod edit;
mod fresh;
mod held;
mod kept;
pub mod save;
mod tell;

use agency::Match;
pub use compare::compare;
use edit::{Changes, Entries, Refusal};
pub use tell::{closing, json, text};

/// A list that campaigns are held against.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// What was read.
    pub gathered: Gathered,
    /// The day it stands for.
    pub day: Date,
}

/// The lists of one run; one of the two may be missing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lists {
    /// Agencies with a signed agreement.
    pub participating: Option<List>,
    /// Agencies that asked for one.
    pub pending: Option<List>,
}

/// What a finding says, in one sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sign {
    /// The list says the same.
    Confirmed,
    /// The list has more.
    Added,
    /// The list says something else, and the campaign follows it.
    Changed,
    /// It is no longer on the list.
    Gone,
    /// The list says something else, and the campaign stays as it is.
    Left,
    /// A person has to settle it.
    Open,
}

impl Sign {
    /// The mark before the line.
    pub fn mark(self) -> char {
        match self {
            Sign::Confirmed => '=',
            Sign::Added => '+',
            Sign::Changed => '~',
            Sign::Gone => '-',
            Sign::Left => '!',
            Sign::Open => '?',
        }
    }
}

/// One difference, or one agreement that is as it was.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// What it says, in one sign.
    pub sign: Sign,
    /// What it is about: a model, or the agency.
    pub about: String,
    /// What it says, in words.
    pub text: String,
    /// Where it stands in the campaign's file.
    pub span: Option<Range<usize>>,
    /// Where it stands on a list.
    pub row: Option<(ListKind, u32)>,
    /// Whether writing changes the file for it.
    pub writes: bool,
}

/// What holding one campaign against the lists came to.
#[derive(Debug, Clone)]
pub struct News {
    /// The campaign's file as it was read.
    pub file: Arc<SourceFile>,
    /// The agency as the campaign names it.
    pub agency: String,
    /// The differences, in the order of the file.
    pub findings: Vec<Finding>,
    /// What the reader of the lists corrected or could not settle in the rows concerned.
    pub notes: Vec<(ListKind, Note)>,
    /// The file with the changes made, if there are any.
    pub written: Option<String>,
    /// What stands against it.
    pub problems: Vec<Diagnostic>,
}

impl News {
    /// Whether any finding has this sign.
    pub fn has(&self, sign: Sign) -> bool {
        self.findings.iter().any(|finding| finding.sign == sign)
    }
}

/// Holds one campaign against the lists and makes the changed file, which nobody has written yet.
pub fn refresh(campaign: &Campaign, lists: &Lists, left_is_unknown: bool) -> News {
    let file = campaign.file.clone();
    let mut news = News {
        file: file.clone(),
        agency: campaign.agency.name.clone(),
        findings: Vec::new(),
        notes: Vec::new(),
        written: None,
        problems: Vec::new(),
    };
    let Some(entries) = Entries::read(&file.text) else {
        let problem = Diagnostic::error("the agreements of this file are in a form that cannot be compared");
        news.problems.push(problem.file(&file.path).hint("write each as a table with the heading `[[agreement]]`"));
        return news;
    };
    let changes = compare(campaign, &entries, lists, left_is_unknown, &mut news);
    if !news.problems.is_empty() || changes.is_empty() {
        return news;
    }
    match entries.apply(&changes) {
        Ok(text) => news.written = Some(text),
        Err(Refusal::Form(span)) => news.problems.push(
            Diagnostic::error("this agreement cannot be changed without losing what stands beside it")
                .at(&file, span)
                .hint("write each key of it on a line of its own, or write the change by hand"),
        ),
        Err(Refusal::Meaning) => news.problems.push(not_as_meant(&file, &changes)),
    }
    news
}

/// Our own mistake, said plainly.
fn not_as_meant(file: &SourceFile, changes: &Changes) -> Diagnostic {
    Diagnostic::error(
        "this program made a mistake: the changed file would not say what it should, so nothing is written",
    )
    .file(&file.path)
    .hint(format!("please report it, with the file; {} agreements were to be changed", changes.entries.len()))
}

impl Lists {
    /// The list of this kind.
    pub fn get(&self, kind: ListKind) -> Option<&List> {
        match kind {
            ListKind::Participating => self.participating.as_ref(),
            ListKind::Pending => self.pending.as_ref(),
        }
    }
}

impl List {
    /// Finds a campaign's agency.
    fn find(&self, campaign: &Campaign) -> Match<'_> {
        agency::find(campaign, &self.gathered.agencies)
    }

    /// What was corrected or left open in the rows of some agencies.
    fn notes(&self, agencies: &[&AgencyRecord]) -> Vec<Note> {
        let concerned = |state: &str, name: &str| {
            let name = crate::ice::fold(name);
            agencies.iter().any(|agency| agency.state == state && crate::ice::fold(&agency.name) == name)
        };
        let rows = self.gathered.listing.rows.iter().filter(|row| concerned(row.state, &row.agency));
        let numbers: Vec<u32> = rows.map(|row| row.number).collect();
        self.gathered.notes.iter().filter(|note| numbers.contains(&note.row)).cloned().collect()
    }

    /// What was found odd in the file and its rows that belongs to no agency.
    pub fn own_notes(&self) -> impl Iterator<Item = &Note> {
        let rows = &self.gathered.listing.rows;
        self.gathered.notes.iter().filter(|note| !rows.iter().any(|row| row.number == note.row))
    }
}
