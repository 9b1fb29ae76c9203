//! Owns `handbill refresh`: campaigns held against newer lists of ICE's, and the agreements written that are ICE's own word.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::{DONE, FILES, PROBLEMS, USAGE, campaigns, count, fail, print, report, today};
use crate::campaign::load;
use crate::cli::Refresh;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, SourceFile};
use crate::facts::Register;
use crate::ice::{Gathered, ListKind, gather};
use crate::kit::Kit;
use crate::refresh::{List, Lists, News, closing, json, refresh, save, text};
use crate::roll::keep_list;

/// Runs the command.
pub fn run(options: &Refresh) -> u8 {
    let folders = match campaigns(&options.campaigns) {
        Ok(folders) => folders,
        Err(problem) => {
            report([&*problem]);
            return USAGE;
        }
    };
    let today = match today(None) {
        Ok(today) => today,
        Err(problem) => {
            report([&*problem]);
            return USAGE;
        }
    };
    let mut problems = Diagnostics::default();
    let lists = match lists(options, today, &mut problems) {
        Ok(lists) => lists,
        Err(code) => return code,
    };
    let mut news = Vec::new();
    if !problems.has_errors() {
        news = compare(&folders, &lists, options, &mut problems);
    }
    let failed = problems.has_errors() || news.iter().any(|one| !one.problems.is_empty());
    let mut written = None;
    if options.write && !failed {
        match write(&news) {
            Ok(number) => written = Some(number),
            Err(problem) => return fail(&problem),
        }
    }
    let code = tell(options, &lists, &news, problems, written);
    match written.map(|_| keep_counts(&folders, &lists, options.json)) {
        Some(Err(problem)) => fail(&problem),
        Some(Ok(())) | None => code,
    }
}

/// Keeps what the list counts in the folders that hold the campaigns, where their words and pictures look for it.
fn keep_counts(folders: &[PathBuf], lists: &Lists, silent: bool) -> Result<(), Box<Diagnostic>> {
    let Some(list) = &lists.participating else { return Ok(()) };
    let beside = |folder: &PathBuf| folder.canonicalize().ok()?.parent().map(Path::to_path_buf);
    let parents: BTreeSet<PathBuf> = folders.iter().filter_map(beside).collect();
    for parent in parents {
        let Gathered { listing, agencies, .. } = &list.gathered;
        match keep_list(&parent, listing, agencies, false) {
            Ok(Some(told)) if !silent => eprintln!("{told}"),
            Ok(_) => {}
            Err(error) => {
                let shown = parent.display();
                let message = format!("cannot keep the list's counts in `{shown}`: {error}");
                return Err(Box::new(Diagnostic::error(message)));
            }
        }
    }
    Ok(())
}

/// Reads the lists; an exit code where a file cannot be read at all.
fn lists(options: &Refresh, today: Date, problems: &mut Diagnostics) -> Result<Lists, u8> {
    let mut lists = Lists::default();
    for (path, given) in std::iter::once((&options.ice, true)).chain(options.pending.as_ref().map(|path| (path, false)))
    {
        let as_of = options.as_of.map(|date| date.0);
        let read = |as_of| gather(path, as_of).map_err(|error| super::import::ice::refuse(&error));
        // The day given is that of the first list; the other has its own, if its name says it.
        let mut found = if given { read(as_of)? } else { read(None)? };
        if !given && as_of.is_some() && day(&found).is_none() {
            found = read(as_of)?;
        }
        let shown = path.display().to_string();
        let Some(day) = day(&found) else {
            let candidates = found.listing.as_of.as_ref().map(|guess| guess.candidates.clone()).unwrap_or_default();
            let days: Vec<String> = candidates.iter().map(Date::to_string).collect();
            let mut problem = Diagnostic::error("the day of this list cannot be told from its name").file(shown);
            if !days.is_empty() {
                problem = problem.hint(format!("it may be {}", days.join(" or ")));
            }
            problems.push(problem.hint("give the day with `--as-of`"));
            continue;
        };
        if day > today {
            let problem = Diagnostic::error(format!("the list is of {day}, which is after today, {today}"));
            problems.push(problem.file(shown).hint("give its day with `--as-of`"));
            continue;
        }
        let kind = found.listing.kind;
        let slot = match kind {
            ListKind::Participating => &mut lists.participating,
            ListKind::Pending => &mut lists.pending,
        };
        if let Some(other) = slot {
            let message = format!("both this and `{}` are lists of {}", other.gathered.path.display(), kind.title());
            problems.push(Diagnostic::error(message).file(shown).hint("give one list of each kind"));
            continue;
        }
        *slot = Some(List { gathered: found, day });
    }
    Ok(lists)
}

fn day(list: &Gathered) -> Option<Date> {
    list.listing.as_of.as_ref().and_then(|guess| guess.day)
}

/// Reads every campaign and holds it against the lists; what would be written is loaded again as if it were there.
fn compare(folders: &[PathBuf], lists: &Lists, options: &Refresh, problems: &mut Diagnostics) -> Vec<News> {
    let built_in = Kit::built_in_register(problems);
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for folder in folders {
        // The same campaign may have been named twice.
        if !seen.insert(folder.canonicalize().unwrap_or_else(|_| folder.clone())) {
            continue;
        }
        let mut own = Diagnostics::default();
        // Reading the facts costs more than all the rest, and few campaigns have their own.
        let kit = folder.join("facts").is_dir().then(|| Kit::without_words(folder, &mut own));
        let register = kit.as_ref().map_or(&built_in, |kit| &kit.register);
        let campaign = load::load(folder, register, &mut own);
        // What is only worth a look is for `check` to say.
        problems.extend(own.into_iter().filter(|problem| problem.severity == Severity::Error));
        let Some(campaign) = campaign else { continue };
        let mut news = refresh(&campaign, lists, options.left_is_unknown);
        if let Some(text) = &news.written {
            news.problems.extend(unloadable(folder, &news.file, text, register));
        }
        all.push(news);
    }
    all
}

/// Why a changed file would not load, which would be our own mistake.
fn unloadable(folder: &Path, read: &SourceFile, text: &str, register: &Register) -> Option<Diagnostic> {
    let mut found = Diagnostics::default();
    let changed = SourceFile::new(read.path.clone(), text);
    let loaded = load::load_text(folder, &changed, register, &mut found);
    let first = found.iter().find(|problem| problem.severity == Severity::Error);
    if loaded.is_some() && first.is_none() {
        return None;
    }
    let why = first.map_or("no campaign", |problem| problem.message.as_str());
    let message = "this program made a mistake: the changed file would not load, so nothing is written";
    Some(Diagnostic::error(message).file(&read.path).hint(format!("please report it, with the file: {why}")))
}

/// Writes what changed, after a look that every file is as it was read.
fn write(news: &[News]) -> Result<usize, Box<Diagnostic>> {
    let changed: Vec<(&News, &String)> = news.iter().filter_map(|one| Some((one, one.written.as_ref()?))).collect();
    let cannot =
        |one: &News, why: &str| Diagnostic::error(format!("cannot write the file: {why}")).file(&one.file.path);
    for (one, _) in &changed {
        match save::is_as_read(Path::new(&one.file.path), &one.file.text) {
            Ok(true) => {}
            Ok(false) => {
                let problem = cannot(one, "it was changed since it was read");
                return Err(Box::new(problem.hint("nothing was written; run the command again")));
            }
            Err(error) => return Err(Box::new(cannot(one, &error.to_string()).hint("nothing was written"))),
        }
    }
    for (at, (one, text)) in changed.iter().enumerate() {
        if let Err(error) = save::save(Path::new(&one.file.path), &one.file.text, text) {
            let done = format!("{at} of {} files were written before it; run the command again", changed.len());
            return Err(Box::new(cannot(one, &error.to_string()).hint(done)));
        }
    }
    Ok(changed.len())
}

fn tell(options: &Refresh, lists: &Lists, news: &[News], mut problems: Diagnostics, written: Option<usize>) -> u8 {
    let code = if options.json {
        let others: Vec<Diagnostic> = problems.iter().cloned().collect();
        problems.extend(news.iter().flat_map(|one| one.problems.clone()));
        print(&format!("{:#}\n", json(lists, news, &others, written.is_some())))
    } else {
        problems.extend(news.iter().flat_map(|one| one.problems.clone()));
        let mut told = text(lists, news);
        if !problems.has_errors() {
            told.push_str(&closing(news, written, options.left_is_unknown));
        }
        let code = print(&told);
        report(problems.iter());
        code
    };
    if !problems.has_errors() {
        return code;
    }
    if !options.json {
        let nothing = if options.write { "; nothing was written" } else { "" };
        eprintln!("{}{nothing}", count(&problems));
    }
    if code == DONE { PROBLEMS } else { FILES }
}
