//! Owns `handbill build --signers`: every mailing prepared and checked, then made, one after the other.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::long::{Progress, STOP, stop_on_interrupt, stopped};
use super::{DONE, FILES, PROBLEMS, SHOWN, SOME, STOPPED, USAGE, count, fail, not_ours, print, report};
use crate::cli::{Build, Format, Merge, StackBy};
use crate::compose::Settings;
use crate::confirm::{check_dates, to_confirm_for};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Spot};
use crate::make::Workshop;
use crate::merge::mailing::Mailing;
use crate::merge::pick::Filter;
use crate::merge::run::{Outcome, Trouble, run as make};
use crate::merge::signers::Signers;
use crate::merge::{ANONYMOUS, Options, USUAL};
use crate::plan::{Job, Wanted};
use crate::values::thousands;

/// Runs the command.
pub fn run(options: &Build, folders: &[PathBuf], settings: &Settings) -> u8 {
    let Some(path) = &options.merge.signers else { return USAGE };
    if options.format != [Format::Pdf] {
        report([&Diagnostic::error("letters for many signers are made as PDF only").hint("leave out `--format`")]);
        return USAGE;
    }
    let start = Instant::now();
    let mut problems = Diagnostics::default();
    let signers = match Signers::read(path, options.merge.sheet.as_deref(), &mut problems) {
        Ok(signers) => signers,
        Err(error) => {
            report([&error.diagnostic()]);
            return if error.is_disk() { FILES } else { PROBLEMS };
        }
    };
    let merge = match choices(options, &signers) {
        Ok(merge) => merge,
        Err(problem) => {
            report([&*problem]);
            return USAGE;
        }
    };
    let mut mailings = Vec::new();
    let mut confirm = BTreeSet::new();
    for folder in folders {
        mailings.extend(prepare(folder, options, &merge, &signers, settings, &mut problems, &mut confirm));
    }
    if problems.has_errors() {
        return refuse(&mut problems, options, &signers);
    }
    if !options.quiet && !options.json {
        report(problems.iter());
        let notes = signers.table.notes.iter().cloned();
        let unused = (!signers.unused.is_empty()).then(|| format!("not printed: {}", signers.unused.join(", ")));
        notes.chain(unused).for_each(|note| eprintln!("{}: {note}", path.display()));
    }
    let bad: usize = mailings.iter().map(|mailing| mailing.bad.len()).sum();
    if options.dry_run {
        return plan_only(&mailings, &merge, options, bad);
    }
    if bad > 0 {
        match write_bad(&mailings, &signers, options) {
            Ok(written) => eprintln!("{bad} bad rows left out, written with the reasons to {}", written.display()),
            Err(problem) => return fail(&problem),
        }
    }
    stop_on_interrupt("stopping after the letters in hand; the same command goes on from here");
    let mut done = Vec::new();
    for mailing in &mailings {
        let what = format!("{}, {}", mailing.campaign, mailing.document);
        let progress = Progress::new(&mailing.document, what, "letters", options.quiet || options.json);
        let show = |made, all| progress.at(made, all);
        let outcome = make(mailing, &signers, &merge, &settings.today.to_string(), &STOP, &show);
        drop(progress);
        match outcome {
            Ok(outcome) => done.push((mailing, outcome)),
            Err(trouble) => return explain(trouble),
        }
        if stopped() {
            break;
        }
    }
    finish(&done, &confirm, bad, options, &merge, start.elapsed())
}

/// The options of a merge, read against the table.
fn choices(options: &Build, signers: &Signers) -> Result<Options, Box<Diagnostic>> {
    let Merge { filter, rows, limit, sample, skip_bad, name, anonymous_names, .. } = &options.merge;
    let Merge { stack, stack_size, stack_by, sort, duplex, zip, fresh, shard, jobs, .. } = &options.merge;
    let filter = filter.as_ref().map(|text| Filter::parse(text, signers)).transpose()?;
    let usual = if *anonymous_names { ANONYMOUS } else { USUAL };
    Ok(Options {
        rows: rows.clone().unwrap_or_default(),
        filter,
        limit: *limit,
        sample: *sample,
        skip_bad: *skip_bad,
        name: name.clone().unwrap_or_else(|| usual.to_string()),
        anonymous: *anonymous_names,
        stack: stack.then_some(*stack_size),
        by_official: *stack && *stack_by == StackBy::Official,
        sort: sort.clone(),
        even: *duplex,
        zip: *zip,
        fresh: *fresh,
        force: options.force,
        part: shard.unwrap_or((1, 1)),
        threads: jobs.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from),
    })
}

/// Prepares the mailings of one campaign.
fn prepare(
    folder: &Path,
    options: &Build,
    merge: &Options,
    signers: &Signers,
    settings: &Settings,
    problems: &mut Diagnostics,
    confirm: &mut BTreeSet<String>,
) -> Vec<Mailing> {
    let wanted =
        Wanted { documents: options.documents.clone(), sets: options.sets.clone(), langs: options.lang.clone() };
    let Some(mut workshop) = Workshop::open_for(folder, &wanted, problems) else { return Vec::new() };
    check_dates(&workshop.campaign, settings.today, problems);
    let jobs = workshop.plan(&wanted, settings, problems).jobs;
    let signed = |document: &str| workshop.kit.contracts.get(document).is_some_and(|contract| contract.signers);
    for document in options.documents.iter().filter(|document| !signed(document)) {
        let signed: Vec<&str> = workshop
            .kit
            .contracts
            .values()
            .filter(|contract| contract.signers)
            .map(|contract| contract.document.as_str())
            .collect();
        problems.push(
            Diagnostic::error(format!("{document} is not signed by residents, so there is none for each signer"))
                .hint(format!("signed by residents: {}", signed.join(", ")))
                .hint("build the rest without `--signers`"),
        );
    }
    let mut groups: BTreeMap<(String, String), Vec<Job>> = BTreeMap::new();
    let jobs: Vec<Job> = jobs.into_iter().filter(|job| signed(&job.document)).collect();
    let concerns = |official| jobs.iter().any(|job| job.official == Some(official));
    confirm.extend(to_confirm_for(&workshop.campaign, concerns, settings.today).iter().map(ToString::to_string));
    for job in jobs {
        groups.entry((job.document.clone(), job.lang.clone())).or_default().push(job);
    }
    groups
        .values()
        .filter_map(|jobs| Mailing::prepare(&mut workshop, jobs, signers, merge, settings, &options.out, problems))
        .collect()
}

/// Tells what keeps the run from beginning; of many rows, the first.
fn refuse(problems: &mut Diagnostics, options: &Build, signers: &Signers) -> u8 {
    problems.sort();
    if options.json {
        let list: Vec<serde_json::Value> = problems.iter().map(Diagnostic::to_json).collect();
        print(&format!("{:#}\n", serde_json::json!({ "ok": false, "problems": list })));
        return PROBLEMS;
    }
    report(problems.iter().take(SHOWN));
    let rest = problems.iter().count().saturating_sub(SHOWN);
    if rest > 0 {
        eprintln!("and {rest} more; `--json` has them all");
    }
    eprintln!("{}; nothing was written", count(problems));
    // Only what is wrong with single rows can be left out.
    let in_a_row = |problem: &Diagnostic| match &problem.spot {
        Some(Spot::Cell { row, .. }) => *row as u64 > u64::from(signers.table.header_row()),
        _ => false,
    };
    if problems.iter().filter(|problem| problem.severity == Severity::Error).all(in_a_row) {
        eprintln!("`--skip-bad` makes the letters of all other rows");
    }
    PROBLEMS
}

/// Says what a run would make.
fn plan_only(mailings: &[Mailing], merge: &Options, options: &Build, bad: usize) -> u8 {
    if options.json {
        let list: Vec<serde_json::Value> = mailings
            .iter()
            .map(|mailing| {
                serde_json::json!({
                    "campaign": mailing.campaign,
                    "document": mailing.document,
                    "lang": mailing.lang,
                    "letters": mailing.letters.len(),
                    "files": mailing.units.len(),
                    "folder": mailing.folder,
                })
            })
            .collect();
        return print(&format!("{:#}\n", serde_json::json!({ "ok": true, "mailings": list, "bad_rows": bad })));
    }
    let mut text = String::new();
    for mailing in mailings {
        let signers: BTreeSet<u32> = mailing.letters.iter().map(|letter| letter.by).collect();
        let recipients: BTreeSet<u32> = mailing.letters.iter().map(|letter| letter.to).collect();
        let part = crate::merge::run::part_of(mailing.units.len(), merge.part);
        let sheets: usize = mailing.units[part.clone()].iter().map(|unit| unit.letters.len()).sum();
        let _ = writeln!(
            text,
            "{}, {}: would make {} letters, {} from {} to {}, on {} sheets, as {} in {}",
            mailing.campaign,
            mailing.document,
            thousands(sheets as u64),
            if merge.part == (1, 1) { "all" } else { "a part of those" },
            plural(signers.len(), "signer"),
            plural(recipients.len(), "official"),
            thousands((sheets * mailing.allowed_pages.div_ceil(2)) as u64),
            plural(part.len(), "file"),
            mailing.folder.display()
        );
    }
    if bad > 0 {
        let _ = writeln!(text, "{bad} bad rows would be left out");
    }
    print(&text)
}

fn plural(number: usize, word: &str) -> String {
    match number {
        1 => format!("1 {word}"),
        number => format!("{} {word}s", thousands(number as u64)),
    }
}

/// Writes the rows that were left out, whole, with what is wrong, so that they can be mended and run again.
fn write_bad(mailings: &[Mailing], signers: &Signers, options: &Build) -> Result<PathBuf, Box<Diagnostic>> {
    let mut rows: BTreeMap<u32, BTreeSet<&str>> = BTreeMap::new();
    for (index, why) in mailings.iter().flat_map(|mailing| &mailing.bad) {
        rows.entry(*index).or_default().extend(why.iter().map(String::as_str));
    }
    let path = options.out.join("bad-rows.csv");
    let trouble = |error: &dyn std::fmt::Display| {
        Box::new(Diagnostic::error(format!("cannot write `{}`: {error}", path.display())))
    };
    let mut out = csv::Writer::from_writer(Vec::new());
    let columns = signers.table.columns();
    let head = columns.iter().map(String::as_str).chain(["row", "problem"]);
    out.write_record(head).map_err(|error| trouble(&error))?;
    for (index, why) in rows {
        let row = signers.table.row(index as usize);
        let number = row.number().to_string();
        let why = why.into_iter().collect::<Vec<_>>().join("; ");
        let cells = (0..columns.len()).map(|column| row.cell(column)).chain([number.as_str(), why.as_str()]);
        out.write_record(cells).map_err(|error| trouble(&error))?;
    }
    let bytes = out.into_inner().map_err(|error| trouble(&error))?;
    std::fs::create_dir_all(&options.out).map_err(|error| trouble(&error))?;
    // Made private: it holds what stands about people in the list.
    let mut file =
        tempfile::Builder::new().prefix(".handbill-").tempfile_in(&options.out).map_err(|error| trouble(&error))?;
    file.write_all(&bytes).map_err(|error| trouble(&error))?;
    file.persist(&path).map_err(|error| trouble(&error.error))?;
    Ok(path)
}

fn explain(trouble: Trouble) -> u8 {
    match trouble {
        Trouble::NotOurs(paths) => fail(&not_ours(&paths)),
        Trouble::Io { path, error } => {
            let mend = match error.kind() {
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                    "choose a folder you may write to with `-o DIR`; what stood there is unchanged"
                }
                _ => "what is finished stays; once this is mended or there is room, the same command makes the rest",
            };
            fail(&Diagnostic::error(format!("cannot write `{}`: {error}", path.display())).hint(mend))
        }
    }
}

/// Tells what was made, and gives the exit code.
fn finish(
    done: &[(&Mailing, Outcome)],
    confirm: &BTreeSet<String>,
    bad: usize,
    options: &Build,
    merge: &Options,
    took: Duration,
) -> u8 {
    let stopped = stopped();
    let failed: usize = done.iter().map(|(_, outcome)| outcome.failed.len()).sum();
    let code = match (stopped, failed) {
        (true, _) => STOPPED,
        (false, 0) => DONE,
        (false, _) => SOME,
    };
    if options.json {
        let list: Vec<serde_json::Value> = done
            .iter()
            .map(|(mailing, outcome)| {
                serde_json::json!({
                    "campaign": mailing.campaign,
                    "document": mailing.document,
                    "lang": mailing.lang,
                    "folder": mailing.folder,
                    "letters": outcome.letters,
                    "files": outcome.files,
                    "unchanged": outcome.kept,
                    "sides": outcome.pages,
                    "removed": outcome.removed,
                    "failed": outcome.failed.iter().map(|(row, why)| serde_json::json!({ "row": row, "why": why })).collect::<Vec<_>>(),
                })
            })
            .collect();
        print(&format!(
            "{:#}\n",
            serde_json::json!({ "ok": code == DONE, "stopped": stopped, "seconds": took.as_secs_f64(), "bad_rows": bad, "mailings": list })
        ));
        return code;
    }
    for (mailing, outcome) in done {
        for (row, why) in outcome.failed.iter().take(SHOWN) {
            eprintln!("{}, row {row}: not made, {why}", mailing.document);
        }
    }
    if options.quiet {
        return code;
    }
    let mut text = String::new();
    for (mailing, outcome) in done {
        let sheets = if merge.even { outcome.pages.div_ceil(2) } else { outcome.pages };
        let _ = write!(
            text,
            "{}, {}: {} letters on {} sheets, in {}",
            mailing.campaign,
            mailing.document,
            thousands(outcome.letters as u64),
            thousands(sheets as u64),
            mailing.folder.display()
        );
        for (number, word) in [(outcome.kept_letters, "there already"), (outcome.failed.len(), "not made")] {
            if number > 0 {
                let _ = write!(text, "; {} {word}", thousands(number as u64));
            }
        }
        if outcome.removed > 0 {
            let _ = write!(text, "; took away {} that nobody signs any more", plural(outcome.removed, "file"));
        }
        text.push('\n');
    }
    if bad > 0 {
        let _ = writeln!(text, "{bad} bad rows left out");
    }
    let letters: usize = done.iter().map(|(_, outcome)| outcome.letters).sum();
    let seconds = took.as_secs_f64();
    let _ = writeln!(text, "{} letters in {seconds:.1} seconds", thousands(letters as u64));
    if stopped {
        let _ = writeln!(text, "Stopped. The same command goes on from here.");
    } else {
        if !confirm.is_empty() {
            let _ = writeln!(text, "Confirm before you print:");
            confirm.iter().for_each(|line| {
                let _ = writeln!(text, "  - {line}");
            });
        }
        let _ =
            writeln!(text, "Print next:\n  - one side; each is signed by hand; they fold into #10 window envelopes");
    }
    print(&text);
    code
}
