//! Owns preparing one mailing, which is one document of one campaign in one language for many signers: its forms composed, its rows
//! checked, its letters in order and in files.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::Options;
use super::journal::hex;
use super::names::Pattern;
use super::signers::{Rules, Signer, Signers};
use crate::campaign::Official;
use crate::compose::Settings;
use crate::context::official_title;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::library::Library;
use crate::make::Workshop;
use crate::plan::Job;
use crate::typeset::{LetterForm, Press};

/// Whom one form of a letter goes to, and what its letters share.
pub struct Recipient {
    /// The shared part.
    pub form: LetterForm,
    /// What files to this official are called otherwise.
    pub slug: String,
    /// What stands before the signer's name in a stack's bookmarks.
    pub called: String,
    /// Their place in the list, from 1.
    pub number: usize,
    /// What conditions may ask about, in the order of `pick::OFFICIAL`.
    pub asked: [String; 5],
    digest: [u8; 32],
}

/// One letter: to whom, and by whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Letter {
    /// The recipient.
    pub to: u32,
    /// The signer's place in the table.
    pub by: u32,
}

/// One file to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its name with its ending.
    pub name: String,
    /// Its letters.
    pub letters: Range<usize>,
}

/// A mailing, checked and ready to be made.
pub struct Mailing {
    /// The campaign's id.
    pub campaign: String,
    /// The document.
    pub document: String,
    /// The language.
    pub lang: String,
    /// Where its files go.
    pub folder: PathBuf,
    /// What it is set with.
    pub press: Press,
    /// Sides a letter may fill.
    pub allowed_pages: usize,
    /// Whom letters go to.
    pub recipients: Vec<Recipient>,
    /// Every letter, in the order of the files.
    pub letters: Vec<Letter>,
    /// Every file, in order.
    pub units: Vec<Unit>,
    /// Rows left out because something is wrong with them, with what it is.
    pub bad: Vec<(u32, Vec<String>)>,
    /// A digest of the plan.
    pub plan: String,
    blanks: bool,
    state: String,
    labels: [String; 2],
}

impl Mailing {
    /// The rules of its signers.
    pub fn rules<'a>(&'a self, can_draw: &'a dyn Fn(char) -> bool) -> Rules<'a> {
        Rules { blanks: self.blanks, state: &self.state, labels: [&self.labels[0], &self.labels[1]], can_draw }
    }

    /// What a letter is made from besides its signer: its form, and the look they all share.
    pub fn made_from(&self, to: u32) -> &[u8] {
        &self.recipients[to as usize].digest
    }

    /// Prepares the mailing of some jobs, which are one document's in one language. Problems are noted by row and column; with
    /// `skip_bad` those of rows only leave the row out.
    pub fn prepare(
        workshop: &mut Workshop,
        jobs: &[Job],
        signers: &Signers,
        options: &Options,
        settings: &Settings,
        out: &Path,
        problems: &mut Diagnostics,
    ) -> Option<Mailing> {
        let first = jobs.first()?;
        let look = look(&workshop.kit.library);
        let mut allowed_pages = 1;
        let mut recipients = Vec::new();
        for (at, job) in jobs.iter().enumerate() {
            let mut own = Diagnostics::default();
            let composed = workshop.compose(job, settings, &mut own);
            let failed = own.has_errors();
            problems.extend(own);
            let Some(composed) = composed.filter(|_| !failed) else { continue };
            allowed_pages = composed.allowed_pages;
            let form = LetterForm::new(&job.document, &composed.data);
            let official = job.official.and_then(|at| workshop.campaign.officials.get(at));
            let mut digest = Sha256::new();
            digest.update(look);
            digest.update(form.data());
            let slug = job.name.strip_prefix(&format!("{}-", job.document)).unwrap_or("letter");
            recipients.push(Recipient {
                slug: slug.to_string(),
                called: called(workshop, official),
                number: at + 1,
                asked: asked(workshop, official),
                digest: digest.finalize().into(),
                form,
            });
        }
        let campaign = &workshop.campaign;
        let ending = if first.lang == "en" { String::new() } else { format!(".{}", first.lang) };
        let lexicon = &workshop.kit.languages.get(&first.lang)?.lexicon;
        let mut mailing = Mailing {
            campaign: campaign.id.clone(),
            document: first.document.clone(),
            lang: first.lang.clone(),
            folder: out.join(&campaign.id).join(format!("{}{ending}", first.document)),
            press: Press::for_letters(&workshop.kit.library),
            allowed_pages,
            recipients,
            letters: Vec::new(),
            units: Vec::new(),
            bad: Vec::new(),
            plan: String::new(),
            blanks: settings.blanks || campaign.blanks,
            state: campaign.state.code.clone(),
            labels: ["signer-street", "signer-city"].map(|id| lexicon.label(id).to_string()),
        };
        // Without its forms nothing can be set; what else is wrong by now is told together with what is wrong in the rows.
        if mailing.recipients.len() < jobs.len() {
            return None;
        }
        mailing.pick(signers, options, problems);
        mailing.order(signers, options, problems);
        mailing.cut(signers, options, problems);
        mailing.plan = mailing.digest(signers);
        Some(mailing)
    }

    /// Picks the rows asked for, checks them, and sets those that may not fit.
    fn pick(&mut self, signers: &Signers, options: &Options, problems: &mut Diagnostics) {
        let mut press = self.press.another();
        let asked: Vec<usize> = (0..signers.len())
            .filter(|index| {
                let campaign = signers.campaign(*index);
                let number = signers.table.row(*index).number();
                (campaign.is_empty() || campaign.eq_ignore_ascii_case(&self.campaign))
                    && (options.rows.is_empty() || options.rows.iter().any(|rows| rows.contains(&number)))
                    && options.filter.as_ref().is_none_or(|filter| {
                        self.recipients.iter().any(|recipient| filter.holds(signers, *index, &recipient.asked))
                    })
            })
            .take(options.limit.unwrap_or(usize::MAX))
            .collect();
        let mut bad: HashMap<usize, Vec<String>> = HashMap::new();
        let mut good: Vec<(usize, Signer)> = Vec::new();
        {
            let can_draw = |c: char| press.can_draw(c);
            let rules = self.rules(&can_draw);
            signers.check_columns(&rules, problems);
            let mut heavy: Vec<(usize, usize)> = Vec::new();
            for index in asked.iter().copied() {
                let mut own = Diagnostics::default();
                signers.check(index, &rules, &mut own);
                if own.has_errors() {
                    bad.insert(index, own.iter().map(|problem| problem.message.clone()).collect());
                    if !options.skip_bad {
                        problems.extend(own);
                    }
                    continue;
                }
                heavy.push((signers.weight(index), index));
            }
            // The longest letters are set before anything is written; once several fit, so do all that are shorter.
            heavy.sort_unstable_by(|one, other| other.cmp(one));
            good.extend(heavy.into_iter().map(|(_, index)| (index, signers.signer(index, &rules))).take(TRIED));
        }
        let Some(first) = self.recipients.first() else { return };
        let mut slips =
            press.slips(&first.form, &good.iter().take(ENOUGH).map(|(_, signer)| &signer.data).collect::<Vec<_>>());
        slips.resize_with(good.len(), || None);
        for recipient in &self.recipients {
            let mut fitting = 0;
            for ((index, signer), slip) in good.iter().zip(&slips) {
                if fitting == ENOUGH {
                    break;
                }
                if bad.contains_key(index) {
                    continue;
                }
                match press.set_signed(&recipient.form, &signer.data, slip.as_ref()) {
                    Ok(pages) => match pages.overflows(self.allowed_pages).first() {
                        None => fitting += 1,
                        Some(_) => {
                            fitting = 0;
                            let message = "the letter runs over its page with this paragraph";
                            bad.insert(*index, vec![message.to_string()]);
                            if !options.skip_bad {
                                problems.push(
                                    Diagnostic::error(message)
                                        .spot(Some(signers.spot(*index, "paragraph")))
                                        .hint("shorten it, or leave it out with this document: how much room there is differs from letter to letter"),
                                );
                            }
                        }
                    },
                    Err(errors) => {
                        problems.extend(errors);
                        return;
                    }
                }
            }
        }
        let mut bad: Vec<(u32, Vec<String>)> = bad.into_iter().map(|(index, why)| (index as u32, why)).collect();
        bad.sort();
        let left_out: BTreeSet<u32> = bad.iter().map(|(index, _)| *index).collect();
        self.bad = bad;
        let kept: Vec<u32> = asked.into_iter().map(|index| index as u32).filter(|by| !left_out.contains(by)).collect();
        for (to, recipient) in self.recipients.iter().enumerate() {
            let holds = |by: &&u32| {
                options.filter.as_ref().is_none_or(|filter| filter.holds(signers, **by as usize, &recipient.asked))
            };
            self.letters.extend(kept.iter().filter(holds).map(|by| Letter { to: to as u32, by: *by }));
        }
        if options.sample {
            self.sample(signers);
        }
        if self.letters.is_empty() && !problems.has_errors() {
            problems.push(
                Diagnostic::error(format!("no letter is left to make of {}", self.document))
                    .file(&signers.table.file)
                    .hint("look at `--where`, `--rows` and the column `campaign`"),
            );
        }
    }

    /// One letter of each kind: the longest with and without words of one's own, to each recipient in turn.
    fn sample(&mut self, signers: &Signers) {
        let kind = |letter: &Letter| signers.kind(letter.by as usize);
        let mut chosen: Vec<Letter> = Vec::new();
        let kinds: BTreeSet<[bool; 3]> = self.letters.iter().map(kind).collect();
        for (at, wanted) in kinds.iter().enumerate() {
            let to = (at % self.recipients.len()) as u32;
            let of_kind = || self.letters.iter().filter(|letter| kind(letter) == *wanted);
            let longest = |letters: &mut dyn Iterator<Item = &Letter>| {
                letters.max_by_key(|letter| signers.weight(letter.by as usize)).copied()
            };
            chosen.extend(longest(&mut of_kind().filter(|letter| letter.to == to)).or_else(|| longest(&mut of_kind())));
        }
        self.letters = chosen;
    }

    /// Puts the letters in the order asked for; as given, those to one official are neighbours.
    fn order(&mut self, signers: &Signers, options: &Options, problems: &mut Diagnostics) {
        for key in options.sort.iter().rev() {
            match key.as_str() {
                "official" => self.letters.sort_by_key(|letter| letter.to),
                "signer" => self.letters.sort_by_key(|letter| letter.by),
                key => match signers.column(key) {
                    Some(column) => self.letters.sort_by(|one, other| {
                        signers.cell(one.by as usize, column).cmp(signers.cell(other.by as usize, column))
                    }),
                    None => {
                        let titles: Vec<&str> = signers.titles().chain(["official", "signer"]).collect();
                        problems.push(
                            Diagnostic::error(format!("there is no column `{key}` to sort by"))
                                .suggest(key, titles.iter().copied())
                                .hint(format!("columns: {}", titles.join(", "))),
                        );
                    }
                },
            }
        }
        if options.by_official {
            self.letters.sort_by_key(|letter| letter.to);
        }
    }

    /// Cuts the letters into files and names them; two files of one name are a problem.
    fn cut(&mut self, signers: &Signers, options: &Options, problems: &mut Diagnostics) {
        if let Some(size) = options.stack {
            let mut start = 0;
            while start < self.letters.len() {
                let to = self.letters[start].to;
                let end = (start..self.letters.len().min(start + size))
                    .find(|at| options.by_official && self.letters[*at].to != to)
                    .unwrap_or(self.letters.len().min(start + size));
                let name = match options.by_official {
                    true if options.anonymous => format!("stack-{:02}", self.recipients[to as usize].number),
                    true => format!("stack-{}", self.recipients[to as usize].slug),
                    false => "stack".to_string(),
                };
                self.units.push(Unit { name, letters: start..end });
                start = end;
            }
            let mut counts: HashMap<String, usize> = HashMap::new();
            for unit in &self.units {
                *counts.entry(unit.name.clone()).or_default() += 1;
            }
            let mut seen: HashMap<String, usize> = HashMap::new();
            for unit in &mut self.units {
                let nth = seen.entry(unit.name.clone()).or_default();
                *nth += 1;
                let number =
                    if counts[&unit.name] > 1 || !options.by_official { format!("-{nth:03}") } else { String::new() };
                unit.name = format!("{}{number}.pdf", unit.name);
            }
            return;
        }
        let pattern = match Pattern::parse(&options.name, signers) {
            Ok(pattern) => pattern,
            Err(problem) => {
                problems.push(*problem);
                return;
            }
        };
        for (at, letter) in self.letters.iter().enumerate() {
            let name = pattern.name(&self.recipients[letter.to as usize], signers, letter.by as usize);
            self.units.push(Unit { name: format!("{name}.pdf"), letters: at..at + 1 });
        }
        let mut first: HashMap<String, u32> = HashMap::with_capacity(self.units.len());
        let mut twins = 0;
        for unit in &self.units {
            let by = self.letters[unit.letters.start].by;
            let row = signers.table.row(by as usize).number();
            // Where upper and lower case are one, such names would be one file.
            if let Some(other) = first.insert(unit.name.to_lowercase(), row) {
                twins += 1;
                if twins <= TOLD {
                    problems.push(
                        Diagnostic::error(format!(
                            "two letters would have the same name: those of rows {other} and {row}"
                        ))
                        .file(&signers.table.file)
                        .hint("put `{row}` into `--name`, which no two share, and `{official}`"),
                    );
                }
            }
        }
        if twins > TOLD {
            problems.push(Diagnostic::error(format!("{} more letters share a name with another", twins - TOLD)));
        }
    }

    /// What tells this plan from another: all that its letters are made from, and their order.
    fn digest(&self, signers: &Signers) -> String {
        let mut digest = Sha256::new();
        for recipient in &self.recipients {
            digest.update(recipient.digest);
        }
        let rows: BTreeSet<u32> = self.letters.iter().map(|letter| letter.by).collect();
        for by in rows {
            for column in 0..signers.table.columns().len() {
                let cell = signers.cell(by as usize, column);
                digest.update((cell.len() as u64).to_le_bytes());
                digest.update(cell.as_bytes());
            }
        }
        for unit in &self.units {
            digest.update(unit.name.as_bytes());
            for letter in &self.letters[unit.letters.clone()] {
                digest.update(letter.to.to_le_bytes());
                digest.update(letter.by.to_le_bytes());
            }
        }
        hex(&digest.finalize()[..16])
    }
}

/// Letters that are set to see what fits, at most, to each recipient.
const TRIED: usize = 2000;
/// Letters in a row that fit, of the longest, after which the rest is taken to.
const ENOUGH: usize = 3;
/// Letters of the same name that are told one by one.
const TOLD: usize = 10;

/// A digest of everything that decides how a letter looks: layouts, fonts, and the program that sets them.
fn look(library: &Library) -> [u8; 32] {
    let mut digest = Sha256::new();
    digest.update(env!("CARGO_PKG_VERSION"));
    for (key, bytes) in library.under("templates/").filter(|(key, _)| key.ends_with(".typ") || key.contains("/fonts/"))
    {
        digest.update(key);
        digest.update((bytes.len() as u64).to_le_bytes());
        digest.update(bytes);
    }
    digest.finalize().into()
}

/// `Commissioner Gardner`, or the document's title where nobody is named.
fn called(workshop: &Workshop, official: Option<&Official>) -> String {
    let campaign = &workshop.campaign;
    match official {
        Some(official) => {
            let title = official_title(campaign, official).unwrap_or_default();
            let last = official.person.last.clone().or_else(|| official.district.clone()).unwrap_or_default();
            format!("{title} {last}").trim().to_string()
        }
        None => {
            let head = &campaign.agency;
            format!("{} {}", head.title.as_deref().unwrap_or_default(), head.head.last.as_deref().unwrap_or_default())
                .trim()
                .to_string()
        }
    }
}

fn asked(workshop: &Workshop, official: Option<&Official>) -> [String; 5] {
    let Some(official) = official else { return Default::default() };
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    [
        official.role.word().to_string(),
        text(&official.person.name),
        text(&official.person.last),
        official_title(&workshop.campaign, official).unwrap_or_default(),
        text(&official.district),
    ]
}
