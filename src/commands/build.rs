//! Owns `handbill build`: everything is made and checked in memory, and only then written.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::{DONE, FILES, PROBLEMS, USAGE, campaigns, count, fail, print, report, settings};
use crate::campaign::Campaign;
use crate::campaign::choices::{ContactColumn, Status};
use crate::cli::{Build, Format};
use crate::compose::Settings;
use crate::confirm::check_dates;
use crate::contract::{Print, Set};
use crate::deliver::{Delivered, Output, Refusal, deliver};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::fields::origin;
use crate::make::{Formats, Workshop};
use crate::plan::{Plan, Wanted};

/// One campaign's paper, ready to be written.
struct Batch {
    campaign: Campaign,
    outputs: Vec<Output>,
    whole: Vec<(String, String)>,
    confirm: Vec<String>,
    /// How each document is printed, in the order of the plan.
    printing: Vec<(String, Print)>,
}

/// Runs the command.
pub fn run(options: &Build) -> u8 {
    let settings = match settings(&options.making) {
        Ok(settings) => settings,
        Err(problem) => {
            report([&*problem]);
            return USAGE;
        }
    };
    let folders = match campaigns(&options.campaigns) {
        Ok(folders) => folders,
        Err(problem) => {
            report([&*problem]);
            return USAGE;
        }
    };
    if options.merge.signers.is_some() {
        return super::merge::run(options, &folders, &settings);
    }
    let mut problems = Diagnostics::default();
    let made = on_all_cores(&folders, |folder| {
        let mut own = Diagnostics::default();
        (make(folder, options, &settings, &mut own), own)
    });
    let mut batches: Vec<Batch> = Vec::new();
    for (batch, own) in made {
        batches.extend(batch);
        problems.extend(own);
    }
    twins(&batches, &mut problems);
    problems.sort();
    if problems.has_errors() {
        if options.json {
            print(&format!("{:#}\n", json(&[], &problems)));
        } else {
            report(problems.iter());
            eprintln!("{}; nothing was written", count(&problems));
        }
        return PROBLEMS;
    }
    if !options.quiet && !options.json {
        report(problems.iter());
    }

    let mut done = Vec::new();
    for batch in &batches {
        let folder = options.out.join(&batch.campaign.id);
        let delivered = if options.dry_run {
            Delivered {
                written: batch.outputs.iter().map(|output| folder.join(&output.name)).collect(),
                ..Delivered::default()
            }
        } else {
            let date = settings.today.to_string();
            match deliver(&folder, &batch.campaign.id, &date, batch.outputs.clone(), &batch.whole, options.force) {
                Ok(delivered) => delivered,
                Err(refusal) => return refuse(refusal),
            }
        };
        done.push((batch, folder, delivered));
    }
    if options.json {
        return print(&format!("{:#}\n", json(&done, &problems)));
    }
    if options.quiet {
        return DONE;
    }
    let mut text = String::new();
    for (batch, folder, delivered) in &done {
        summary(batch, folder, delivered, options, &mut text);
    }
    print(&text)
}

/// Bytes of a thread's stack: what the first thread of a program usually has, for tables within tables.
const STACK: usize = 8 << 20;

/// Does something with every folder, several at a time; the results stand in the order of the folders.
///
/// Plain threads: inside a pool of rayon's, which the engine uses itself, one job would begin inside another.
fn on_all_cores<T: Send>(folders: &[PathBuf], work: impl Fn(&Path) -> T + Sync) -> Vec<T> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from).min(folders.len());
    let next = AtomicUsize::new(0);
    let mut done: Vec<(usize, T)> = std::thread::scope(|scope| {
        let mine = || {
            let mut mine = Vec::new();
            while let Some((at, folder)) = {
                let at = next.fetch_add(1, Ordering::Relaxed);
                folders.get(at).map(|folder| (at, folder))
            } {
                mine.push((at, work(folder)));
            }
            mine
        };
        let start = |_| {
            let thread = std::thread::Builder::new().stack_size(STACK);
            thread.spawn_scoped(scope, mine).expect("the system gives a thread")
        };
        let running: Vec<_> = (0..cores).map(start).collect();
        running.into_iter().flat_map(|thread| thread.join().expect("making paper does not panic")).collect()
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, made)| made).collect()
}

fn make(folder: &Path, options: &Build, settings: &Settings, problems: &mut Diagnostics) -> Option<Batch> {
    let wanted =
        Wanted { documents: options.documents.clone(), sets: options.sets.clone(), langs: options.lang.clone() };
    let mut workshop = Workshop::open_for(folder, &wanted, problems)?;
    check_dates(&workshop.campaign, settings.today, problems);
    let Plan { jobs, left_out, run } = workshop.plan(&wanted, settings, problems);
    let formats = Formats { pdf: options.format.contains(&Format::Pdf), png: options.format.contains(&Format::Png) };
    let mut outputs = Vec::new();
    let mut confirm = run.confirm;
    for (document, waiting) in left_out {
        let keys: Vec<&str> = waiting.iter().map(|path| origin(path)).collect();
        confirm.push(format!("{document} is not made without {}", keys.join(" and ")));
    }
    let mut blanks: BTreeSet<&str> = BTreeSet::new();
    let mut bound = Vec::new();
    for job in &jobs {
        let mut own = Diagnostics::default();
        let made = workshop.make(job, settings, &mut own);
        if let Some(made) = made
            && !own.has_errors()
        {
            blanks.extend(&made.composed.blanks);
            match options.packet {
                true => bound.push(made),
                false => outputs.extend(workshop.outputs(&made, formats, &mut own)),
            }
        }
        problems.extend(own);
    }
    // A packet of half its documents is none.
    if !problems.has_errors() {
        for lang in jobs.iter().map(|job| job.lang.as_str()).collect::<BTreeSet<_>>() {
            let (same, rest) = bound.into_iter().partition::<Vec<_>, _>(|made| made.job.lang == lang);
            bound = rest;
            outputs.extend(workshop.packet(&same, settings, problems));
        }
    }
    if !blanks.is_empty() {
        let mut keys: Vec<&str> = blanks.iter().map(|path| origin(path)).collect();
        keys.sort_unstable();
        keys.dedup();
        confirm.push(format!("left as lines to write on, for want of: {}", keys.join("; ")));
    }
    // Beside a packet, the files of single documents stay as they are.
    let whole = match options.packet {
        true => Vec::new(),
        false => jobs.iter().map(|job| (job.document.clone(), job.lang.clone())).collect(),
    };
    let mut printing: Vec<(String, Print)> = Vec::new();
    for job in &jobs {
        if let Some(contract) = workshop.kit.contracts.get(&job.document)
            && !printing.iter().any(|(document, _)| *document == job.document)
        {
            printing.push((job.document.clone(), contract.print));
        }
    }
    Some(Batch { campaign: workshop.campaign, outputs, whole, confirm, printing })
}

/// Two campaigns of one name would write into one folder.
fn twins(batches: &[Batch], problems: &mut Diagnostics) {
    for (at, batch) in batches.iter().enumerate() {
        if let Some(twin) = batches[..at].iter().find(|earlier| earlier.campaign.id == batch.campaign.id) {
            problems.push(
                Diagnostic::error(format!("two campaigns are named `{}`", batch.campaign.id))
                    .file(batch.campaign.folder.display().to_string())
                    .hint(format!(
                        "rename this folder or `{}`, or build them one by one",
                        twin.campaign.folder.display()
                    )),
            );
        }
    }
}

fn refuse(refusal: Refusal) -> u8 {
    match refusal {
        Refusal::NotOurs(paths) => {
            let mut problem =
                Diagnostic::error("files stand there that this program did not make, or that were changed since");
            for path in paths {
                problem = problem.hint(path.display().to_string());
            }
            report(
                [&problem.hint("move them away, choose another folder with `-o`, or overwrite them with `--force`")],
            );
            FILES
        }
        Refusal::Io { path, error } => fail(
            &Diagnostic::error(format!("cannot write `{}`: {error}", path.display()))
                .hint("choose a folder you may write to with `-o DIR`; what stood there is unchanged"),
        ),
    }
}

/// What a run made, for people.
fn summary(batch: &Batch, folder: &Path, delivered: &Delivered, options: &Build, text: &mut String) {
    let campaign = &batch.campaign;
    let verb = if options.dry_run { "would make" } else { "made" };
    let _ = writeln!(text, "{}, {}: {verb} in {}", campaign.place.name, campaign.state.name, folder.display());
    let width = batch.outputs.iter().map(|output| output.name.chars().count()).max().unwrap_or(0);
    for output in &batch.outputs {
        let path = folder.join(&output.name);
        let pages = match output.made_from.pages {
            0 => "picture".to_string(),
            1 => "1 side".to_string(),
            pages => format!("{pages} sides"),
        };
        let same = if delivered.unchanged.contains(&path) { ", unchanged" } else { "" };
        let padding = " ".repeat(width - output.name.chars().count());
        let _ = writeln!(text, "  {}{padding}  {pages}{same}", output.name);
    }
    for path in &delivered.removed {
        let _ = writeln!(text, "  took away {}: nobody gets it any more", name(path));
    }
    if !batch.confirm.is_empty() {
        let _ = writeln!(text, "Confirm before you print:");
        for line in &batch.confirm {
            let _ = writeln!(text, "  - {line}");
        }
    }
    let steps = next_steps(batch);
    if !steps.is_empty() {
        let _ = writeln!(text, "Print next:");
        for line in steps {
            let _ = writeln!(text, "  - {line}");
        }
    }
    if options.documents.is_empty() && options.sets.is_empty() && batch.campaign.sets.is_empty() {
        let sets = &Set::WORDS[1..];
        let _ = writeln!(text, "More paper: `--set` with {}; `handbill list documents`", sets.join(", "));
    }
    text.push('\n');
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// How each kind of paper is printed, for what was made.
fn next_steps(batch: &Batch) -> Vec<String> {
    let made = |document: &str| batch.outputs.iter().any(|output| output.made_from.document == document);
    let mut steps = Vec::new();
    for print in Print::ALL {
        let documents: Vec<&str> = batch
            .printing
            .iter()
            .filter(|(document, how)| how == print && made(document))
            .map(|(document, _)| document.as_str())
            .collect();
        // Letters differ in whom they go to, not in how they are printed.
        let named = match (print, documents.len()) {
            (_, 0) => continue,
            (Print::Letter, 1..) => "letters".to_string(),
            _ => documents.join(", "),
        };
        steps.push(format!("{named}: {}", how_to_print(*print)));
    }
    if made("petition") {
        let contact = match batch.campaign.petition.contact {
            ContactColumn::Nothing => "",
            _ => "; use the contact column only if you will call",
        };
        let numbered = if batch.campaign.petition.sheets.is_some() { "" } else { "; `--sheets 25` numbers them" };
        if !numbered.is_empty() || !contact.is_empty() {
            steps.push(format!("petition{numbered}{contact}").replacen("; ", ": ", 1));
        }
    }
    if batch.campaign.status() == Status::Unknown {
        steps
            .push("ask the agency in writing whether it has an agreement, and note the date as `asked_on`".to_string());
    }
    steps
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
fn json(done: &[(&Batch, PathBuf, Delivered)], problems: &Diagnostics) -> serde_json::Value {
    let campaigns: Vec<serde_json::Value> = done
        .iter()
        .map(|(batch, folder, delivered)| {
            let files: Vec<serde_json::Value> = batch
                .outputs
                .iter()
                .map(|output| {
                    serde_json::json!({
                        "path": folder.join(&output.name),
                        "document": output.made_from.document,
                        "lang": output.made_from.lang,
                        "pages": output.made_from.pages,
                        "blanks": output.made_from.blanks,
                        "sources": output.made_from.sources,
                    })
                })
                .collect();
            serde_json::json!({
                "campaign": batch.campaign.id,
                "files": files,
                "removed": delivered.removed,
                "confirm": batch.confirm,
            })
        })
        .collect();
    serde_json::json!({
        "ok": problems.count(Severity::Error) == 0,
        "campaigns": campaigns,
        "problems": problems.iter().map(Diagnostic::to_json).collect::<Vec<_>>(),
    })
}
