//! Owns joining the parts of a mailing that several machines made: all there, none twice, each file as it was written.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::journal::{self, Digest, Entries, Entry, Head, Journal, Keys};
use super::run::part_of;
use crate::diagnostic::Diagnostic;

/// The parts of one mailing, found.
#[derive(Debug)]
struct Part {
    folder: PathBuf,
    head: Head,
    entries: Entries,
}

/// What gathering came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gathered {
    /// The campaign and the document.
    pub mailing: String,
    /// Parts joined.
    pub parts: usize,
    /// Files, all of them looked at.
    pub files: usize,
    /// Letters in them.
    pub letters: usize,
    /// Where they are.
    pub folder: PathBuf,
}

/// Finds the parts in some folders, or in folders inside them.
fn find(folder: &Path, depth: usize, parts: &mut Vec<Part>) -> io::Result<()> {
    let mut inside: Vec<PathBuf> =
        fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?.into_iter().map(|entry| entry.path()).collect();
    inside.sort();
    for path in inside {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            if depth > 0 {
                find(&path, depth - 1, parts)?;
            }
        } else if name.starts_with("letters")
            && name.ends_with(".jsonl")
            && let Some((head, entries)) = journal::read(&path)?
        {
            parts.push(Part { folder: folder.to_path_buf(), head, entries });
        }
    }
    Ok(())
}

/// Joins the mailings whose parts stand in some folders. With `out`, their files are put there; otherwise they must stand in one folder
/// already. Nothing is joined unless everything is there.
pub fn gather(folders: &[PathBuf], out: Option<&Path>) -> Result<Vec<Gathered>, Vec<Diagnostic>> {
    let mut parts = Vec::new();
    for folder in folders {
        find(folder, 5, &mut parts)
            .map_err(|error| vec![Diagnostic::error(format!("cannot read `{}`: {error}", folder.display()))])?;
    }
    let mut mailings: BTreeMap<(String, String, String), Vec<Part>> = BTreeMap::new();
    for part in parts {
        let Head { campaign, document, lang, .. } = &part.head;
        mailings.entry((campaign.clone(), document.clone(), lang.clone())).or_default().push(part);
    }
    if mailings.is_empty() {
        return Err(vec![
            Diagnostic::error("no part of a mailing was found")
                .hint("give the folders that `handbill build --signers ... --shard I/N` wrote to"),
        ]);
    }
    let mut problems = Vec::new();
    let mut checked = Vec::new();
    for ((campaign, document, lang), parts) in mailings {
        match check(parts, &format!("{campaign}, {document}")) {
            Ok(files) => checked.push((campaign, document, lang, files)),
            Err(found) => problems.extend(found),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    checked
        .into_iter()
        .map(|(campaign, document, lang, files)| {
            let ending = if lang == "en" { String::new() } else { format!(".{lang}") };
            let folder = out.map(|out| out.join(&campaign).join(format!("{document}{ending}")));
            join(files, folder, format!("{campaign}, {document}")).map_err(|error| {
                vec![Diagnostic::error(format!("cannot join the parts of {campaign}, {document}: {error}"))]
            })
        })
        .collect()
}

/// A file that was looked at and is as it was written.
struct Sound {
    path: PathBuf,
    name: String,
    folder: usize,
    entry: Entry,
}

/// The files of a mailing, all looked at, with the folders they stand in.
struct Files {
    head: Head,
    parts: usize,
    folders: Vec<(PathBuf, Keys)>,
    sound: Vec<Sound>,
}

/// Holds the parts against each other and every file against its record.
fn check(parts: Vec<Part>, mailing: &str) -> Result<Files, Vec<Diagnostic>> {
    let mut problems = Vec::new();
    let mut head = parts[0].head.clone();
    let (plan, of) = (head.plan.clone(), head.part.1);
    for part in &parts {
        if part.head.plan != plan || part.head.part.1 != of {
            problems.push(
                Diagnostic::error(format!("{mailing}: the parts are not of one plan"))
                    .file(part.folder.display().to_string())
                    .hint("build every part with the same command, campaign and list; only `--shard` may differ"),
            );
            return Err(problems);
        }
    }
    for at in 1..=of {
        match parts.iter().filter(|part| part.head.part.0 == at).count() {
            1 => {}
            0 => problems.push(
                Diagnostic::error(format!("{mailing}: part {at} of {of} is missing"))
                    .hint(format!("build it with `--shard {at}/{of}`")),
            ),
            count => problems.push(Diagnostic::error(format!("{mailing}: part {at} of {of} is there {count} times"))),
        }
    }
    let mut folders: Vec<(PathBuf, Keys)> = Vec::new();
    let mut sound: Vec<Sound> = Vec::new();
    for part in &parts {
        let at = match folders.iter().position(|(folder, _)| *folder == part.folder) {
            Some(at) => at,
            None => match Keys::read(&part.folder) {
                Ok(keys) => {
                    folders.push((part.folder.clone(), keys));
                    folders.len() - 1
                }
                Err(error) => {
                    problems.push(
                        Diagnostic::error(format!("{mailing}: cannot read the keys of a part: {error}"))
                            .file(part.folder.join(journal::KEYS).display().to_string())
                            .hint("copy the folder with its hidden files"),
                    );
                    continue;
                }
            },
        };
        match look(part, at, &folders[at].1) {
            Ok(found) => {
                let wanted = part_of(part.head.files, part.head.part);
                let there = found.iter().filter(|file| wanted.contains(&(file.entry.at as usize))).count();
                if there < wanted.len() {
                    problems.push(
                        Diagnostic::error(format!(
                            "{mailing}: part {} of {of} has {there} of its {} files, or some were changed",
                            part.head.part.0,
                            wanted.len()
                        ))
                        .file(part.folder.display().to_string())
                        .hint("build the part again: what is there already is not made twice"),
                    );
                }
                sound.extend(found);
            }
            Err(error) => problems.push(
                Diagnostic::error(format!("{mailing}: cannot read a file of a part: {error}"))
                    .file(part.folder.display().to_string()),
            ),
        }
    }
    let mut names: HashMap<&str, usize> = HashMap::new();
    for file in &sound {
        *names.entry(file.name.as_str()).or_default() += 1;
    }
    let twice = names.values().filter(|count| **count > 1).count();
    if twice > 0 {
        problems.push(Diagnostic::error(format!("{mailing}: {twice} files stand in more than one part")));
    }
    head.part = (1, 1);
    if problems.is_empty() { Ok(Files { head, parts: parts.len(), folders, sound }) } else { Err(problems) }
}

/// The files of a part that are as its record says.
fn look(part: &Part, folder: usize, keys: &Keys) -> io::Result<Vec<Sound>> {
    let mut sound = Vec::new();
    for entry in fs::read_dir(&part.folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let found = (0..keys.count())
            .find_map(|key| part.entries.get(&keys.digest(key, &[name.as_bytes()])).filter(|entry| entry.key == key));
        let Some(entry) = found.filter(|entry| entry.at != u32::MAX) else { continue };
        let bytes = fs::read(&path)?;
        if keys.digest(entry.key, &[&bytes]) == entry.bytes {
            sound.push(Sound { path, name, folder, entry: *entry });
        }
    }
    Ok(sound)
}

/// Puts sound files into one folder, under one record.
fn join(files: Files, out: Option<PathBuf>, mailing: String) -> io::Result<Gathered> {
    let Files { head, parts, folders, sound } = files;
    let target = match (&out, folders.as_slice()) {
        (Some(out), _) => out.clone(),
        (None, [(folder, _)]) => folder.clone(),
        (None, _) => {
            return Err(io::Error::other("they stand in several folders: say with `--out` where all of them go"));
        }
    };
    fs::create_dir_all(&target)?;
    let mut keys = Keys::open(&target)?;
    let numbers: Vec<Vec<usize>> = folders.iter().map(|(_, other)| keys.take_in(other)).collect();
    keys.write(&target)?;
    let mut entries = Entries::new();
    let (mut count, letters) = (0, head.letters);
    for file in sound {
        let to = target.join(&file.name);
        if to != file.path {
            put(&file.path, &to)?;
        }
        let key = numbers[file.folder][file.entry.key];
        let name: Digest = keys.digest(key, &[file.name.as_bytes()]);
        entries.insert(name, Entry { key, ..file.entry });
        count += 1;
    }
    let journal = Journal::begin(&target, &head, &entries)?;
    // The records of the parts have gone into this one.
    for entry in fs::read_dir(&target)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with("letters-") && name.ends_with(".jsonl") && path != journal.path() {
            fs::remove_file(path)?;
        }
    }
    Ok(Gathered { mailing, parts, files: count, letters, folder: target })
}

/// A file at another place: whole or not at all; one that is there with other bytes is not overwritten.
fn put(from: &Path, to: &Path) -> io::Result<()> {
    if let Ok(standing) = fs::read(to) {
        return match standing == fs::read(from)? {
            true => Ok(()),
            false => Err(io::Error::other(format!("`{}` is there already and is another file", to.display()))),
        };
    }
    // A link takes no room; where there can be none, the bytes are copied.
    if fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    let folder = to.parent().unwrap_or(Path::new("."));
    let file = tempfile::Builder::new().prefix(".handbill-").tempfile_in(folder)?;
    fs::copy(from, file.path())?;
    file.persist(to).map_err(|error| error.error)?;
    Ok(())
}
