//! Owns making a mailing's files: on several threads, each file whole or absent, and only what is missing or changed.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use serde_json::json;

use super::Options;
use super::journal::{self, Digest, Entries, Entry, Head, Journal, Keys};
use super::mailing::{Letter, Mailing, Unit};
use super::signers::{Signer, Signers};
use crate::diagnostic::Diagnostic;
use crate::typeset::{Pages, Press, Slip, stack};

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

/// Letters a worker makes at a time: as many as make doing it together pay, few enough that all workers end together, and that one told
/// to stop ends soon.
const BLOCK: usize = 32;
/// The archive's name.
const ARCHIVE: &str = "letters.zip";

/// What all workers of a run share.
struct Room<'a> {
    mailing: &'a Mailing,
    signers: &'a Signers,
    options: &'a Options,
    keys: &'a Keys,
    /// Units to make, by their place in the plan.
    todo: &'a [usize],
    next: AtomicUsize,
    stop: &'a AtomicBool,
    journal: Mutex<Journal>,
    outcome: Mutex<Outcome>,
    trouble: Mutex<Option<Trouble>>,
}

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
                work(room, thread);
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

/// A lock whose last holder panicked still holds what it guards.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poison| poison.into_inner())
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

/// What a unit is made from, under a key.
fn made_from(room: (&Mailing, &Signers, &Options), keys: &Keys, key: usize, unit: &Unit) -> Digest {
    let (mailing, signers, options) = room;
    let rules = mailing.rules(&|_| true);
    let mut parts: Vec<Vec<u8>> = vec![vec![u8::from(options.stack.is_some()), u8::from(options.even)]];
    for letter in &mailing.letters[unit.letters.clone()] {
        parts.push(mailing.made_from(letter.to).to_vec());
        parts.push(signers.signer(letter.by as usize, &rules).data.to_string().into_bytes());
    }
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    keys.digest(key, &parts)
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
                && made_from((mailing, signers, options), keys, entry.key, unit) == entry.made_from
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

/// One worker: takes units until there are none, or it is told to stop.
fn work(room: &Room, thread: usize) {
    let mut press = Press::new(&room.mailing.library);
    let block = if room.options.stack.is_some() { 1 } else { BLOCK };
    let half_written = room.mailing.folder.join(leaving(room.options.part, &thread.to_string()));
    loop {
        let first = room.next.fetch_add(block, Ordering::Relaxed).min(room.todo.len());
        let units = &room.todo[first..(first + block).min(room.todo.len())];
        if units.is_empty() || room.stop.load(Ordering::Relaxed) || lock(&room.trouble).is_some() {
            break;
        }
        let made = match room.options.stack {
            Some(_) => make_stack(room, &mut press, units[0]).into_iter().collect(),
            None => make_letters(room, &mut press, units),
        };
        for made in made {
            if let Err(trouble) = file(room, &made, &half_written) {
                lock(&room.trouble).get_or_insert(trouble);
                break;
            }
        }
    }
    let _ = fs::remove_file(&half_written);
}

/// A file made and not yet written.
struct Made {
    /// Its unit's place in the plan.
    at: usize,
    pages: usize,
    bytes: Vec<u8>,
}

/// A letter of a unit with who signs it.
struct Signed {
    letter: Letter,
    signer: Signer,
    slip: Option<Slip>,
}

/// Who signs the letters of some units, with what is their own set.
fn sign(room: &Room, press: &mut Press, units: &[usize]) -> Vec<Signed> {
    let Mailing { letters, units: all, recipients, .. } = room.mailing;
    let rules = room.mailing.rules(&|_| true);
    let letters: Vec<Letter> = units.iter().flat_map(|at| &letters[all[*at].letters.clone()]).copied().collect();
    let signers: Vec<Signer> = letters.iter().map(|letter| room.signers.signer(letter.by as usize, &rules)).collect();
    let data: Vec<&serde_json::Value> = signers.iter().map(|signer| &signer.data).collect();
    let slips = press.slips(&recipients[letters[0].to as usize].form, &data);
    let signed = letters.into_iter().zip(signers).zip(slips);
    signed.map(|((letter, signer), slip)| Signed { letter, signer, slip }).collect()
}

/// Sets one letter; what is wrong is noted with its row.
fn set(room: &Room, press: &mut Press, signed: &Signed, bookmark: bool) -> Option<Pages> {
    let Mailing { recipients, allowed_pages, .. } = room.mailing;
    let recipient = &recipients[signed.letter.to as usize];
    let mut data = Cow::Borrowed(&signed.signer.data);
    if bookmark {
        data.to_mut()["bookmark"] = json!(format!("{}: {}", recipient.called, signed.signer.name));
    }
    let why = match press.set_signed(&recipient.form, &data, signed.slip.as_ref()) {
        Ok(pages) if pages.count() <= *allowed_pages => return Some(pages),
        Ok(_) => "the letter runs over its page".to_string(),
        Err(errors) => first_of(&errors),
    };
    lock(&room.outcome).failed.push((signed.signer.row, why));
    None
}

fn first_of(errors: &[Diagnostic]) -> String {
    errors.first().map_or(String::new(), |error| error.message.clone())
}

/// Makes the files of units that are a letter each; those to one official together.
fn make_letters(room: &Room, press: &mut Press, units: &[usize]) -> Vec<Made> {
    let signed = sign(room, press, units);
    let mut made = Vec::new();
    for run in
        units.iter().zip(&signed).collect::<Vec<_>>().chunk_by(|(_, one), (_, next)| one.letter.to == next.letter.to)
    {
        let set: Vec<_> = run.iter().filter_map(|(at, own)| Some((**at, own, set(room, press, own, false)?))).collect();
        let form = &room.mailing.recipients[run[0].1.letter.to as usize].form;
        let (places, pages): (Vec<_>, Vec<Pages>) = set.into_iter().map(|(at, own, pages)| ((at, own), pages)).unzip();
        for (((at, own), bytes), pages) in places.into_iter().zip(press.pdfs(form, &pages)).zip(&pages) {
            match bytes {
                Ok(bytes) => made.push(Made { at, pages: pages.count(), bytes }),
                Err(errors) => lock(&room.outcome).failed.push((own.signer.row, first_of(&errors))),
            }
        }
    }
    made
}

/// Makes a stack; none if something is wrong with one of its letters, or if told to stop halfway.
fn make_stack(room: &Room, press: &mut Press, at: usize) -> Option<Made> {
    let signed = sign(room, press, &[at]);
    let mut order: Vec<usize> = (0..signed.len()).collect();
    // Those to one official one after another, whatever their order on paper.
    order.sort_by_key(|at| signed[*at].letter.to);
    let mut letters: Vec<Option<Pages>> = signed.iter().map(|_| None).collect();
    for at in order {
        if room.stop.load(Ordering::Relaxed) {
            return None;
        }
        letters[at] = set(room, press, &signed[at], true);
    }
    let pages = stack::bind(letters.into_iter().collect::<Option<_>>()?, room.options.even)?;
    match press.pdf(&pages) {
        Ok(bytes) => Some(Made { at, pages: pages.count(), bytes }),
        Err(errors) => {
            let why = first_of(&errors);
            lock(&room.outcome).failed.extend(signed.iter().map(|own| (own.signer.row, why.clone())));
            None
        }
    }
}

/// Writes a file beside its place, notes it, and gives it its name.
fn file(room: &Room, made: &Made, half_written: &Path) -> Result<(), Trouble> {
    let unit = &room.mailing.units[made.at];
    let path = room.mailing.folder.join(&unit.name);
    let name = room.keys.digest(0, &[unit.name.as_bytes()]);
    let entry = Entry {
        key: 0,
        at: made.at as u32,
        made_from: made_from((room.mailing, room.signers, room.options), room.keys, 0, unit),
        bytes: room.keys.digest(0, &[&made.bytes]),
        size: made.bytes.len() as u64,
    };
    let io = |error| Trouble::Io { path: path.clone(), error };
    fs::write(half_written, &made.bytes).map_err(io)?;
    lock(&room.journal).add(&name, &entry).map_err(io)?;
    fs::rename(half_written, &path).map_err(io)?;
    let mut outcome = lock(&room.outcome);
    outcome.files += 1;
    outcome.letters += unit.letters.len();
    outcome.pages += made.pages;
    Ok(())
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
