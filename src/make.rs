//! Owns making one campaign's paper in memory: every job composed and set, every problem found, nothing written.

use std::path::Path;

use crate::campaign::Campaign;
use crate::campaign::load;
use crate::compose::{Composed, Settings, compose, shared_labels};
use crate::context::Run;
use crate::contract::Contract;
use crate::deliver::{MadeFrom, Output, digest};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::kit::Kit;
use crate::plan::{Job, Plan, Wanted, is_wanted, plan};
use crate::typeset::{Overflow, Pages, Press};

/// What files are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Formats {
    /// PDF.
    pub pdf: bool,
    /// A picture of each page.
    pub png: bool,
}

/// Dots to the inch of pictures.
const PICTURE_DPI: f64 = 150.0;

/// A campaign with everything to print it from.
pub struct Workshop {
    /// What is printed from.
    pub kit: Kit,
    /// The campaign.
    pub campaign: Campaign,
    press: Press,
    run: Run,
}

/// One job made.
pub struct Made {
    /// The job.
    pub job: Job,
    /// What its layout got.
    pub composed: Composed,
    /// Its pages.
    pub pages: Pages,
}

impl Workshop {
    /// Opens a campaign's folder; `None` if what every document needs is missing.
    pub fn open(folder: &Path, problems: &mut Diagnostics) -> Option<Workshop> {
        let kit = Kit::for_campaign(folder, problems);
        let campaign = load::load(folder, &kit.register, problems)?;
        let press = Press::new(&kit.library);
        Some(Workshop { kit, campaign, press, run: Run::default() })
    }

    /// Opens a campaign's folder for what is wanted: only the words of those documents are read, and can be made.
    pub fn open_for(folder: &Path, wanted: &Wanted, problems: &mut Diagnostics) -> Option<Workshop> {
        let mut kit = Kit::without_words(folder, problems);
        let campaign = load::load(folder, &kit.register, problems);
        // What cannot be loaded may want anything.
        kit.read_words(
            |contract| campaign.as_ref().is_none_or(|campaign| is_wanted(contract, campaign, wanted)),
            problems,
        );
        let press = Press::new(&kit.library);
        Some(Workshop { kit, campaign: campaign?, press, run: Run::default() })
    }

    /// Puts a workshop together from parts, for tests and other front ends.
    pub fn new(kit: Kit, campaign: Campaign) -> Workshop {
        let press = Press::new(&kit.library);
        Workshop { kit, campaign, press, run: Run::default() }
    }

    /// Plans what was asked for; what is made afterwards belongs to this plan.
    pub fn plan(&mut self, wanted: &Wanted, settings: &Settings, problems: &mut Diagnostics) -> Plan {
        let plan = plan(&self.kit, &self.campaign, wanted, settings, problems);
        self.run = plan.run.clone();
        plan
    }

    /// Composes one job without setting it.
    pub fn compose(&self, job: &Job, settings: &Settings, problems: &mut Diagnostics) -> Option<Composed> {
        let press = &self.press;
        compose(&self.kit, &self.campaign, job, settings, &self.run, &|c| press.can_draw(c), problems)
    }

    /// Makes one job; what is wrong with it is noted, and a page that runs over is an error.
    pub fn make(&mut self, job: &Job, settings: &Settings, problems: &mut Diagnostics) -> Option<Made> {
        let composed = self.compose(job, settings, problems)?;
        match self.press.set(&job.document, &composed.data) {
            Ok(pages) => {
                let contract = self.kit.contracts.get(&job.document)?;
                for overflow in pages.overflows(composed.allowed_pages) {
                    let mut problem = explain_overflow(contract, job, &overflow);
                    if !composed.data["values"]["picture"].is_null() {
                        problem = problem.hint("or take the picture out: `picture` under `[output]` of campaign.toml");
                    }
                    problems.push(problem);
                }
                Some(Made { job: job.clone(), composed, pages })
            }
            Err(errors) => {
                problems.extend(errors);
                None
            }
        }
    }

    /// The files of a made job.
    pub fn outputs(&self, made: &Made, formats: Formats, problems: &mut Diagnostics) -> Vec<Output> {
        let job = &made.job;
        let made_from = self.made_from(made);
        let mut outputs = Vec::new();
        if formats.pdf {
            match self.press.pdf(&made.pages) {
                Ok(bytes) => {
                    outputs.push(Output { name: format!("{}.pdf", job.name), bytes, made_from: made_from.clone() })
                }
                Err(errors) => problems.extend(errors),
            }
        }
        if formats.png {
            for (at, bytes) in made.pages.png(PICTURE_DPI).into_iter().enumerate() {
                let name = format!("{}-{}.png", job.name, at + 1);
                outputs.push(Output { name, bytes, made_from: MadeFrom { pages: 0, ..made_from.clone() } });
            }
        }
        outputs
    }

    /// Binds made jobs into one PDF with a cover, contents, running heads and bookmarks.
    pub fn packet(&mut self, made: &[Made], settings: &Settings, problems: &mut Diagnostics) -> Option<Output> {
        let first = made.first()?;
        let mut packet = first.composed.data.clone();
        let labels = shared_labels(&self.kit, &self.campaign, &first.job.lang, settings, problems)?;
        let jobs: Vec<serde_json::Value> = made
            .iter()
            .map(|made| {
                let mut job = made.composed.data.clone();
                job["name"] = serde_json::json!(self.name_in_packet(&made.job));
                job
            })
            .collect();
        packet["id"] = serde_json::json!("packet");
        packet["title"] = serde_json::json!(format!("{}, {}", labels.1, self.campaign.state.name));
        packet["labels"] = labels.0;
        packet["notes"] = serde_json::json!([]);
        packet["jobs"] = serde_json::json!(jobs);
        let documents: Vec<&str> = made.iter().map(|made| made.job.document.as_str()).collect();
        let pages = match self.press.set_packet(&documents, &packet) {
            Ok(pages) => pages,
            Err(errors) => {
                problems.extend(errors);
                return None;
            }
        };
        let bytes = match self.press.pdf(&pages) {
            Ok(bytes) => bytes,
            Err(errors) => {
                problems.extend(errors);
                return None;
            }
        };
        let mut sources: Vec<String> = made.iter().flat_map(|made| made.composed.cited.clone()).collect();
        let mut blanks: Vec<String> =
            made.iter().flat_map(|made| made.composed.blanks.iter().map(|path| path.to_string())).collect();
        for list in [&mut sources, &mut blanks] {
            list.sort();
            list.dedup();
        }
        let from = self.made_from(first);
        let all = |part: fn(&MadeFrom) -> &String| {
            digest(made.iter().map(|made| part(&self.made_from(made)).clone()).collect::<String>().as_bytes())
        };
        let made_from = MadeFrom {
            document: "packet".to_string(),
            pages: pages.count(),
            words: all(|from| &from.words),
            layout: all(|from| &from.layout),
            sources,
            blanks,
            ..from
        };
        let ending = if first.job.lang == "en" { String::new() } else { format!(".{}", first.job.lang) };
        Some(Output { name: format!("packet{ending}.pdf"), bytes, made_from })
    }

    /// What a document is called in a packet's contents: its title, and whom it goes to.
    fn name_in_packet(&self, job: &Job) -> String {
        let title = self.kit.contracts.get(&job.document).map_or("", |contract| contract.title.as_str());
        let official = job.official.and_then(|at| self.campaign.officials.get(at));
        match official.and_then(|official| official.person.name.as_deref()) {
            Some(name) => format!("{title}: {name}"),
            None => title.to_string(),
        }
    }

    fn made_from(&self, made: &Made) -> MadeFrom {
        let job = &made.job;
        let hash = |key: &str| self.kit.library.bytes(key).map(digest).unwrap_or_default();
        MadeFrom {
            document: job.document.clone(),
            lang: job.lang.clone(),
            pages: made.pages.count(),
            campaign: digest(self.campaign.file.text.as_bytes()),
            words: hash(&format!("templates/{}/words.{}.md", job.document, job.lang)),
            layout: hash(&format!("templates/{}/layout.typ", job.document)),
            sources: made.composed.cited.clone(),
            blanks: made.composed.blanks.iter().map(|path| path.to_string()).collect(),
        }
    }
}

/// Says how far a document runs over, and what helps.
fn explain_overflow(contract: &Contract, job: &Job, overflow: &Overflow) -> Diagnostic {
    let name = &job.name;
    match overflow {
        Overflow::Down { side, inches } => {
            Diagnostic::error(format!("{name} runs over: side {side} is {inches:.1} in too long"))
                .file(&contract.file.path)
                .hint("shorten the words, or the longest details of the campaign")
        }
        Overflow::Pages { pages, allowed } => {
            Diagnostic::error(format!("{name} runs over: it fills {pages} sides, {allowed} are allowed"))
                .file(&contract.file.path)
                .hint("shorten the words, or the longest details of the campaign")
        }
        Overflow::Edge { page, inches, text } => {
            let what = if text.is_empty() { "a rule or box".to_string() } else { format!("`{text}...`") };
            Diagnostic::error(format!(
                "{name}, page {page}: {what} stands {inches:.1} in past what a printer can print"
            ))
            .file(&contract.file.path)
            .hint("a very long word or name cannot be broken; shorten it")
        }
    }
}
