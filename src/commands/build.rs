//! Owns `handbill build`: everything is made and checked, on as many cores as there are, and only then given its name.

use std::collections::{BTreeSet, HashMap};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Instant;

use super::long::{Progress, stop_on_interrupt, stopped};
use super::problems::Problems;
use super::summary::{self, Batch};
use super::{DONE, PROBLEMS, STOPPED, USAGE, campaigns, fail, not_ours, print, report, settings};
use crate::campaign::choices::{ContactColumn, Status};
use crate::cli::{Build, Format};
use crate::compose::Settings;
use crate::confirm::{ToConfirm, check_dates, to_confirm};
use crate::contract::Print;
use crate::deliver::{Delivered, Delivery, Output, Parcel, Refusal, prepare};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::fields::origin;
use crate::make::{Formats, Workshop};
use crate::plan::{Plan, Wanted};
use crate::stage::Stage;

/// What making one campaign came to.
struct Attempt {
    /// `None` if there is nothing to be made of it.
    batch: Option<Batch>,
    problems: Diagnostics,
    /// What the disk had against it.
    refusal: Option<Refusal>,
}

/// Where finished files go while others are made.
struct Bench<'a> {
    /// `None` in a dry run.
    stage: Option<&'a Stage>,
    /// Set once nothing will be written, for something is wrong with some campaign: the rest is made only to be checked.
    spoilt: AtomicBool,
}

/// Runs the command.
pub fn run(options: &Build) -> u8 {
    let start = Instant::now();
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
    let stage = match options.dry_run {
        true => None,
        false => match Stage::open(&options.out) {
            Ok(stage) => Some(stage),
            Err(refusal) => return refuse(refusal, false),
        },
    };
    stop_on_interrupt("stopping");
    let bench = Bench { stage: stage.as_ref(), spoilt: AtomicBool::new(false) };
    let mut problems = Problems::of(folders.len());
    let mut batches: Vec<(usize, Batch)> = Vec::new();
    for (place, made) in make_all(&folders, options, &settings, &bench) {
        if let Some(refusal) = made.refusal {
            return refuse(refusal, false);
        }
        problems.add(Some(&folders[place]), made.problems);
        batches.extend(made.batch.map(|batch| (place, batch)));
    }
    twins(&batches, &mut problems);
    if problems.has_errors() || stopped() {
        return end(&problems, options);
    }
    if !options.quiet && !options.json {
        problems.tell();
    }

    let delivered = match &stage {
        None => batches.iter().map(|(_, batch)| would_deliver(batch)).collect(),
        Some(stage) => match deliver(stage, &batches, options, &settings) {
            Ok(Some(delivered)) => delivered,
            Ok(None) => return end(&problems, options),
            Err(code) => return code,
        },
    };
    // Taking the stage away is a part of the run, and of its time.
    drop(stage);
    let done: Vec<(Batch, Delivered)> = batches.into_iter().map(|(_, batch)| batch).zip(delivered).collect();
    if options.json {
        return print(&format!("{:#}\n", summary::json(&done, &problems)));
    }
    if options.quiet {
        return DONE;
    }
    print(&summary::text(&done, options, start.elapsed()))
}

/// Ends a run that wrote nothing, for it has problems or a person stopped it.
fn end(problems: &Problems, options: &Build) -> u8 {
    if options.json {
        print(&format!("{:#}\n", summary::json(&[], problems)));
    } else if problems.has_errors() {
        problems.tell();
    }
    match (stopped(), problems.has_errors()) {
        (true, true) => eprintln!("stopped; {} so far; nothing was written", problems.count()),
        (true, false) => eprintln!("stopped; nothing was written"),
        (false, _) if options.json => {}
        (false, _) => eprintln!("{}; nothing was written", problems.count()),
    }
    if stopped() { STOPPED } else { PROBLEMS }
}

/// Bytes of a thread's stack: what the first thread of a program usually has, for tables within tables.
const STACK: usize = 8 << 20;

/// Makes every campaign, several at a time; what was made stands in the order of the folders, each with its place there.
///
/// Plain threads: inside a pool of rayon's, which the engine uses itself, one job would begin inside another.
fn make_all(folders: &[PathBuf], options: &Build, settings: &Settings, bench: &Bench) -> Vec<(usize, Attempt)> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from).min(folders.len());
    let silent = options.quiet || options.json || folders.len() < 2;
    let progress = Progress::new("making", "making", "campaigns", silent);
    progress.at(0, folders.len());
    let [next, done, bad] = [(); 3].map(|()| AtomicUsize::new(0));
    let broken = AtomicBool::new(false);
    let mut made: Vec<(usize, Attempt)> = std::thread::scope(|scope| {
        let mine = || {
            let mut mine = Vec::new();
            while !stopped() && !broken.load(Ordering::Relaxed) {
                let place = next.fetch_add(1, Ordering::Relaxed);
                let Some(folder) = folders.get(place) else { break };
                let attempt = attempt(place, folder, options, settings, bench);
                if attempt.refusal.is_some() {
                    broken.store(true, Ordering::Relaxed);
                }
                if attempt.problems.has_errors() {
                    bench.spoilt.store(true, Ordering::Relaxed);
                    bad.fetch_add(1, Ordering::Relaxed);
                }
                mine.push((place, attempt));
                let done = done.fetch_add(1, Ordering::Relaxed) + 1;
                let note = match bad.load(Ordering::Relaxed) {
                    0 => String::new(),
                    bad => format!("; {bad} with errors"),
                };
                progress.with_note(done, folders.len(), &note);
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
    made.sort_by_key(|(place, _)| *place);
    made
}

fn attempt(place: usize, folder: &Path, options: &Build, settings: &Settings, bench: &Bench) -> Attempt {
    let mut problems = Diagnostics::default();
    match make(place, folder, options, settings, bench, &mut problems) {
        Ok(batch) => Attempt { batch, problems, refusal: None },
        Err(refusal) => Attempt { batch: None, problems, refusal: Some(refusal) },
    }
}

fn make(
    place: usize,
    folder: &Path,
    options: &Build,
    settings: &Settings,
    bench: &Bench,
    problems: &mut Diagnostics,
) -> Result<Option<Batch>, Refusal> {
    let wanted =
        Wanted { documents: options.documents.clone(), sets: options.sets.clone(), langs: options.lang.clone() };
    let Some(mut workshop) = Workshop::open_for(folder, &wanted, problems) else { return Ok(None) };
    check_dates(&workshop.campaign, settings.today, problems);
    let Plan { jobs, left_out, run: _ } = workshop.plan(&wanted, settings, problems);
    let formats = Formats { pdf: options.format.contains(&Format::Pdf), png: options.format.contains(&Format::Png) };
    let keep = |output: Output| match bench.stage {
        Some(stage) if !bench.spoilt.load(Ordering::Relaxed) => stage.put(place, output),
        _ => Ok(output.finished()),
    };
    let mut files = Vec::new();
    let mut blanks: BTreeSet<&str> = BTreeSet::new();
    let mut bound = Vec::new();
    for job in &jobs {
        if stopped() {
            return Ok(None);
        }
        let mut own = Diagnostics::default();
        let made = workshop.make(job, settings, &mut own);
        if let Some(made) = made
            && !own.has_errors()
        {
            blanks.extend(&made.composed.blanks);
            match options.packet {
                true => bound.push(made),
                false => {
                    for output in workshop.outputs(&made, formats, &mut own) {
                        files.push(keep(output)?);
                    }
                }
            }
        }
        problems.extend(own);
    }
    // A packet of half its documents is none.
    if !problems.has_errors() {
        for lang in jobs.iter().map(|job| job.lang.as_str()).collect::<BTreeSet<_>>() {
            let (same, rest) = bound.into_iter().partition::<Vec<_>, _>(|made| made.job.lang == lang);
            bound = rest;
            if let Some(output) = workshop.packet(&same, settings, problems) {
                files.push(keep(output)?);
            }
        }
    }
    let campaign = &workshop.campaign;
    let mut confirm = to_confirm(campaign, settings.today);
    for (document, waiting) in left_out {
        let keys: Vec<&str> = waiting.iter().map(|path| origin(path)).collect();
        confirm.push(ToConfirm::of_all(format!("{document} is not made without {}", keys.join(" and "))));
    }
    if !blanks.is_empty() {
        let keys: BTreeSet<String> = blanks.iter().map(|path| origin(path).to_string()).collect();
        confirm.push(ToConfirm::of_details("left as lines to write on, for want of", keys.into_iter().collect()));
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
    Ok(Some(Batch {
        id: campaign.id.clone(),
        source: campaign.folder.clone(),
        folder: options.out.join(&campaign.id),
        place: format!("{}, {}", campaign.place.name, campaign.state.name),
        has_sets: !campaign.sets.is_empty(),
        unknown: campaign.status() == Status::Unknown,
        asks_contact: campaign.petition.contact != ContactColumn::Nothing,
        numbered: campaign.petition.sheets.is_some(),
        files,
        whole,
        confirm,
        printing,
    }))
}

/// Two campaigns of one name would write into one folder.
fn twins(batches: &[(usize, Batch)], problems: &mut Problems) {
    let mut first: HashMap<&str, &Path> = HashMap::new();
    for (_, batch) in batches {
        let Some(twin) = first.insert(&batch.id, &batch.source) else { continue };
        let mut found = Diagnostics::default();
        found.push(
            Diagnostic::error(format!("two campaigns are named `{}`", batch.id))
                .file(batch.source.display().to_string())
                .hint(format!("rename this folder or `{}`, or build them one by one", twin.display())),
        );
        problems.add(Some(&batch.source), found);
    }
}

/// What a dry run would write.
fn would_deliver(batch: &Batch) -> Delivered {
    Delivered {
        written: batch.files.iter().map(|file| batch.folder.join(&file.name)).collect(),
        ..Delivered::default()
    }
}

/// Looks at where everything goes, and only then gives it its name; `None` if a person stopped it before.
fn deliver(
    stage: &Stage,
    batches: &[(usize, Batch)],
    options: &Build,
    settings: &Settings,
) -> Result<Option<Vec<Delivered>>, u8> {
    let silent = options.quiet || options.json || batches.len() < 2;
    let date = settings.today.to_string();
    let progress = Progress::new("looking at what stands there", "looking at what stands there", "campaigns", silent);
    let mut ready: Vec<Delivery> = Vec::new();
    let mut strangers = Vec::new();
    for (at, (place, batch)) in batches.iter().enumerate() {
        if stopped() {
            return Ok(None);
        }
        let parcel = Parcel {
            place: *place,
            folder: &batch.folder,
            campaign: &batch.id,
            date: &date,
            files: &batch.files,
            all_of: &batch.whole,
            force: options.force,
        };
        match prepare(stage, &parcel) {
            Ok(delivery) => ready.push(delivery),
            Err(Refusal::NotOurs(paths)) => strangers.extend(paths),
            Err(refusal) => {
                drop(progress);
                return Err(refuse(refusal, false));
            }
        }
        progress.at(at + 1, batches.len());
    }
    drop(progress);
    if !strangers.is_empty() {
        return Err(refuse(Refusal::NotOurs(strangers), false));
    }
    // From here on it takes a moment, and half of it would be worse than all.
    let delivered: Result<Vec<Delivered>, Refusal> = ready.into_iter().map(Delivery::finish).collect();
    match delivered {
        Ok(_) if stopped() => eprintln!("it was too late to stop: everything is written"),
        _ => {}
    }
    delivered.map(Some).map_err(|refusal| refuse(refusal, true))
}

/// Says why files could not be written; `begun` if some were given their names already.
fn refuse(refusal: Refusal, begun: bool) -> u8 {
    match refusal {
        Refusal::NotOurs(paths) => fail(&not_ours(&paths)),
        Refusal::Io { path, error } => {
            let mend = match error.kind() {
                _ if begun => {
                    "some files are written, each of them whole; once this is mended the same command makes the rest"
                }
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                    "make room, or choose a folder on another disk with `-o DIR`; what stood there is unchanged"
                }
                _ => "choose a folder you may write to with `-o DIR`; what stood there is unchanged",
            };
            fail(&Diagnostic::error(format!("cannot write `{}`: {error}", path.display())).hint(mend))
        }
    }
}
