//! Owns making a mailing's files: on several threads, each file whole or absent, and only what is missing or changed.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::Options;
use super::journal::{self, Digest, Entries, Entry, Head, Journal, Keys};
use super::mailing::Mailing;
use super::signers::Signers;
use super::work::{Room, lock, made_from, work};

/// What making a mailing came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Letters made.
    pub letters: usize,
    /// Files made.
    pub files: usize,
    /// Files that were there already, made from the same.
    pub kept: usize,
    /// Letters in those.
    pub kept_letters: usize,
    /// Sides printed of the letters made.
    pub pages: usize,
    /// Files of an earlier run that no longer belong, taken away.
    pub removed: usize,
    /// Rows whose letter could not be made, with why.
    pub failed: Vec<(u32, String)>,
    /// Whether it was told to stop before the end.
    pub stopped: bool,
}

/// Why a mailing could not be made.
#[derive(Debug)]
pub enum Trouble {
    /// Files stand there that we did not make, or that were changed since.
    NotOurs(Vec<PathBuf>),
    /// The disk or a folder failed.
    Io {
        /// What was being read or written.
        path: PathBuf,
        /// What went wrong.
        error: io::Error,
    },
}

/// The archive's name.
const ARCHIVE: &str = "letters.zip";

/// The units of a part: as many as of every other, give or take one, and neighbours.
pub fn part_of(units: usize, (at, of): (usize, usize)) -> std::ops::Range<usize> {
    (at - 1) * units / of..at * units / of
}

/// Makes a mailing. `stop` asks for an end after the letters in hand; `progress` is told how many letters are made of how many.
pub fn run(
    mailing: &Mailing,
    signers: &Signers,
    options: &Options,
    date: &str,
    stop: &AtomicBool,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Outcome, Trouble> {
    let folder = &mailing.folder;
    let io = |path: &Path| {
        let path = path.to_path_buf();
        move |error| Trouble::Io { path, error }
    };
    fs::create_dir_all(folder).map_err(io(folder))?;
    clear_leavings(folder, options.part).map_err(io(folder))?;
    let keys = Keys::open(folder).map_err(io(folder))?;
    let before = read_records(folder).map_err(io(folder))?;
    let mut outcome = Outcome::default();
    let (todo, mut kept) = look(mailing, signers, options, &keys, &before, &mut outcome).map_err(io(folder))?;
    let strangers = strangers(mailing, options, &keys, &before, &todo).map_err(io(folder))?;
    if !strangers.is_empty() {
        return Err(Trouble::NotOurs(strangers));
    }
    if options.is_whole() {
        outcome.removed = remove_stale(mailing, &keys, &before).map_err(io(folder))?;
    } else {
        // What another choice of letters made stays known, without a place in this plan.
        for (name, entry) in before {
            kept.entry(name).or_insert(Entry { at: u32::MAX, ..entry });
        }
    }
    let head = Head {
        handbill: 1,
        campaign: mailing.campaign.clone(),
        document: mailing.document.clone(),
        lang: mailing.lang.clone(),
        date: date.to_string(),
        files: mailing.units.len(),
        letters: mailing.letters.len(),
        plan: mailing.plan.clone(),
        part: options.part,
    };
    let journal = Journal::begin(folder, &head, &kept).map_err(io(folder))?;
    let all: usize = todo.iter().map(|at| mailing.units[*at].letters.len()).sum();
    let room = Room {
        mailing,
        signers,
        options,
        keys: &keys,
        todo: &todo,
        next: AtomicUsize::new(0),
        stop,
        signed: Mutex::default(),
        journal: Mutex::new(journal),
        outcome: Mutex::new(outcome),
        trouble: Mutex::new(None),
    };
    let working = AtomicUsize::new(options.threads);
    std::thread::scope(|scope| {
        for thread in 0..options.threads {
            let (room, working) = (&room, &working);
            scope.spawn(move || {
                // However a worker ends, it is counted out: the watcher below waits for the last.
                struct Leave<'a>(&'a AtomicUsize);
                impl Drop for Leave<'_> {
                    fn drop(&mut self) {
                        self.0.fetch_sub(1, Ordering::Release);
                    }
                }
                let _leave = Leave(working);
                work(room, &folder.join(leaving(options.part, &thread.to_string())));
            });
        }
        while working.load(Ordering::Acquire) > 0 {
            std::thread::sleep(std::time::Duration::from_millis(40));
            progress(lock(&room.outcome).letters, all);
        }
    });
    let Room { journal, outcome, trouble, .. } = room;
    if let Some(trouble) = trouble.into_inner().unwrap_or_else(|poison| poison.into_inner()) {
        return Err(trouble);
    }
    let mut outcome = outcome.into_inner().unwrap_or_else(|poison| poison.into_inner());
    outcome.failed.sort();
    outcome.stopped =
        stop.load(Ordering::Relaxed) && outcome.files + outcome.kept < part_of(mailing.units.len(), options.part).len();
    if options.zip && !outcome.stopped && outcome.failed.is_empty() {
        let mut journal = journal.into_inner().unwrap_or_else(|poison| poison.into_inner());
        pack(mailing, options, &keys, &mut journal).map_err(io(&folder.join(ARCHIVE)))?;
    }
    Ok(outcome)
}

fn leaving(part: (usize, usize), thread: &str) -> String {
    format!(".handbill-{}-of-{}-{thread}", part.0, part.1)
}

/// Takes away what a killed run of this part left half written.
fn clear_leavings(folder: &Path, part: (usize, usize)) -> io::Result<()> {
    let prefix = leaving(part, "");
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(&prefix) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Everything the folder's records know, of whatever part.
fn read_records(folder: &Path) -> io::Result<Entries> {
    let mut entries = Entries::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "jsonl")
            && let Some((_, found)) = journal::read(&path)?
        {
            entries.extend(found);
        }
    }
    Ok(entries)
}

/// The entry of a name, under whichever key it was written.
fn known<'a>(keys: &Keys, entries: &'a Entries, name: &str) -> Option<(Digest, &'a Entry)> {
    if entries.is_empty() {
        return None;
    }
    (0..keys.count()).find_map(|key| {
        let digest = keys.digest(key, &[name.as_bytes()]);
        entries.get(&digest).filter(|entry| entry.key == key).map(|entry| (digest, entry))
    })
}

/// Parts the units of this run into those to make and those that stand already.
fn look(
    mailing: &Mailing,
    signers: &Signers,
    options: &Options,
    keys: &Keys,
    before: &Entries,
    outcome: &mut Outcome,
) -> io::Result<(Vec<usize>, Entries)> {
    let mut todo = Vec::new();
    let mut kept = Entries::new();
    for at in part_of(mailing.units.len(), options.part) {
        let unit = &mailing.units[at];
        let found = known(keys, before, &unit.name).filter(|(_, entry)| {
            !options.fresh
                && fs::metadata(mailing.folder.join(&unit.name)).is_ok_and(|data| data.len() == entry.size)
                && made_from(mailing, signers, options, keys, entry.key, unit) == entry.made_from
        });
        match found {
            Some((name, entry)) => {
                kept.insert(name, Entry { at: at as u32, ..*entry });
                outcome.kept += 1;
                outcome.kept_letters += unit.letters.len();
            }
            None => todo.push(at),
        }
    }
    Ok((todo, kept))
}

/// Files in the way that we did not make, or that somebody changed.
fn strangers(
    mailing: &Mailing,
    options: &Options,
    keys: &Keys,
    before: &Entries,
    todo: &[usize],
) -> io::Result<Vec<PathBuf>> {
    let mut strangers = Vec::new();
    if options.force {
        return Ok(strangers);
    }
    for at in todo {
        let path = mailing.folder.join(&mailing.units[*at].name);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        let ours = known(keys, before, &mailing.units[*at].name)
            .is_some_and(|(_, entry)| keys.digest(entry.key, &[&bytes]) == entry.bytes);
        if !ours {
            strangers.push(path);
        }
    }
    Ok(strangers)
}

/// Takes away letters that are in no plan any more, if nobody changed them.
fn remove_stale(mailing: &Mailing, keys: &Keys, before: &Entries) -> io::Result<usize> {
    let planned: HashSet<&str> = mailing.units.iter().map(|unit| unit.name.as_str()).collect();
    let mut removed = 0;
    if before.is_empty() {
        return Ok(removed);
    }
    for entry in fs::read_dir(&mailing.folder)? {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if planned.contains(name.as_str()) || name == ARCHIVE {
            continue;
        }
        if let Some((_, entry)) = known(keys, before, &name)
            && fs::read(&path).is_ok_and(|bytes| keys.digest(entry.key, &[&bytes]) == entry.bytes)
        {
            fs::remove_file(&path)?;
            removed += 1;
        }
    }
    Ok(removed)
}

/// Packs the files of this part into one archive, uncompressed, for PDF files are compressed already.
fn pack(mailing: &Mailing, options: &Options, keys: &Keys, journal: &mut Journal) -> io::Result<()> {
    let path = mailing.folder.join(ARCHIVE);
    let half_written = mailing.folder.join(leaving(options.part, "zip"));
    let mut archive = zip::ZipWriter::new(io::BufWriter::new(File::create(&half_written)?));
    let stored = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Stored)
        .unix_permissions(0o644);
    for at in part_of(mailing.units.len(), options.part) {
        let unit = &mailing.units[at];
        archive.start_file(&unit.name, stored).map_err(io::Error::other)?;
        archive.write_all(&fs::read(mailing.folder.join(&unit.name))?)?;
    }
    archive.finish().map_err(io::Error::other)?.flush()?;
    let size = fs::metadata(&half_written)?.len();
    let name = keys.digest(0, &[ARCHIVE.as_bytes()]);
    let made_from = keys.digest(0, &[mailing.plan.as_bytes()]);
    journal.add(&name, &Entry { key: 0, at: u32::MAX, made_from, bytes: Digest::default(), size })?;
    fs::rename(&half_written, &path)
}
