//! Owns the record of a mailing's folder: which files are finished and from what, so that an interrupted run goes on where it stopped.
//!
//! A line is written before its file gets its final name: a file with a final name always has its line, whatever kills the program.
//! Lines name nobody: what they hold are digests keyed with a secret that stands beside them, in a file of its own.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

/// The file of the secret keys, one a line; the first is the folder's own.
pub const KEYS: &str = ".handbill-keys";

/// A keyed digest: sixteen bytes of an HMAC with SHA-256.
pub type Digest = [u8; 16];

/// The keys of a folder.
#[derive(Debug, Clone)]
pub struct Keys(Vec<[u8; 32]>);

impl Keys {
    /// Reads a folder's keys, or makes its first; several programs may do so at once.
    pub fn open(folder: &Path) -> io::Result<Keys> {
        let path = folder.join(KEYS);
        match Keys::read(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            read => return read,
        }
        let mut key = [0; 32];
        getrandom::fill(&mut key).map_err(|error| io::Error::other(error.to_string()))?;
        // Written whole beside its place and linked there, so that whoever is second reads the first one's.
        let mut file = tempfile::Builder::new().prefix(".handbill-").tempfile_in(folder)?;
        file.write_all(format!("{}\n", hex(&key)).as_bytes())?;
        match file.persist_noclobber(&path) {
            Ok(_) => Ok(Keys(vec![key])),
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Keys::read(folder),
            Err(error) => Err(error.error),
        }
    }

    /// Reads a folder's keys.
    pub fn read(folder: &Path) -> io::Result<Keys> {
        let text = fs::read_to_string(folder.join(KEYS))?;
        let keys: Option<Vec<[u8; 32]>> = text.lines().map(|line| unhex(line.trim())).collect();
        match keys {
            Some(keys) if !keys.is_empty() => Ok(Keys(keys)),
            _ => Err(io::Error::new(io::ErrorKind::InvalidData, format!("`{KEYS}` is damaged"))),
        }
    }

    /// Takes in the keys of another folder; gives the number each has here.
    pub fn take_in(&mut self, other: &Keys) -> Vec<usize> {
        other
            .0
            .iter()
            .map(|key| match self.0.iter().position(|known| known == key) {
                Some(at) => at,
                None => {
                    self.0.push(*key);
                    self.0.len() - 1
                }
            })
            .collect()
    }

    /// Writes them to a folder.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        let text: String = self.0.iter().map(|key| format!("{}\n", hex(key))).collect();
        let mut file = tempfile::Builder::new().prefix(".handbill-").tempfile_in(folder)?;
        file.write_all(text.as_bytes())?;
        file.persist(folder.join(KEYS)).map_err(|error| error.error)?;
        Ok(())
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The digest of some parts, in order, under a key.
    pub fn digest(&self, key: usize, parts: &[&[u8]]) -> Digest {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0[key]).expect("any key will do");
        for part in parts {
            // With its length before it, no part can pass for the end of another.
            mac.update(&(part.len() as u64).to_le_bytes());
            mac.update(part);
        }
        let full = mac.finalize().into_bytes();
        let mut short = Digest::default();
        short.copy_from_slice(&full[..16]);
        short
    }
}

/// Bytes as hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    if text.len() != N * 2 || !text.is_ascii() {
        return None;
    }
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[at * 2..at * 2 + 2], 16).ok()?;
    }
    Some(bytes)
}

/// What a mailing's folder is being made for: the first line of its record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The record's form; 1.
    pub handbill: u32,
    /// The campaign.
    pub campaign: String,
    /// The document.
    pub document: String,
    /// The language.
    pub lang: String,
    /// The date on the paper.
    pub date: String,
    /// Files the whole plan makes, on all machines together.
    pub files: usize,
    /// Letters in them.
    pub letters: usize,
    /// A digest of the plan: parts of one plan have the same.
    pub plan: String,
    /// Which part this is, from 1, and of how many.
    pub part: (usize, usize),
}

/// A finished file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The number of the key of its digests.
    pub key: usize,
    /// Its place in the plan.
    pub at: u32,
    /// What it was made from.
    pub made_from: Digest,
    /// Its bytes.
    pub bytes: Digest,
    /// How many they are.
    pub size: u64,
}

/// An entry as a line holds it.
#[derive(Serialize, Deserialize)]
struct Line {
    key: usize,
    at: u32,
    name: String,
    made_from: String,
    bytes: String,
    size: u64,
}

/// Finished files by the digest of their name under the entry's key.
pub type Entries = HashMap<Digest, Entry>;

/// A folder's record, open to be added to.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: File,
}

/// The name of the record of a part.
pub fn file_name(part: (usize, usize)) -> String {
    match part {
        (1, 1) => "letters.jsonl".to_string(),
        (at, of) => format!("letters-{at}-of-{of}.jsonl"),
    }
}

/// Reads a record. A last line that was cut off is passed over: its file never got its name. `None` if there is no record.
pub fn read(path: &Path) -> io::Result<Option<(Head, Entries)>> {
    let text = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut lines = text.split_inclusive(|byte| *byte == b'\n').filter(|line| line.ends_with(b"\n"));
    let Some(head) = lines.next().and_then(|line| serde_json::from_slice::<Head>(line).ok()) else { return Ok(None) };
    let mut entries = Entries::new();
    for line in lines {
        let Ok(line) = serde_json::from_slice::<Line>(line) else { continue };
        let digests = (unhex(&line.name), unhex(&line.made_from), unhex(&line.bytes));
        if let (Some(name), Some(made_from), Some(bytes)) = digests {
            entries.insert(name, Entry { key: line.key, at: line.at, made_from, bytes, size: line.size });
        }
    }
    Ok(Some((head, entries)))
}

impl Journal {
    /// Begins a record anew with what stands already, in place of the one before.
    pub fn begin(folder: &Path, head: &Head, kept: &Entries) -> io::Result<Journal> {
        let path = folder.join(file_name(head.part));
        let mut text = serde_json::to_string(head).expect("a head is plain data");
        text.push('\n');
        let mut kept: Vec<(&Digest, &Entry)> = kept.iter().collect();
        kept.sort_by_key(|(_, entry)| entry.at);
        for (name, entry) in kept {
            text.push_str(&line(name, entry));
        }
        let mut file = tempfile::Builder::new().prefix(".handbill-").tempfile_in(folder)?;
        file.write_all(text.as_bytes())?;
        file.persist(&path).map_err(|error| error.error)?;
        let file = OpenOptions::new().append(true).open(&path)?;
        Ok(Journal { path, file })
    }

    /// Adds a finished file, before it gets its name.
    pub fn add(&mut self, name: &Digest, entry: &Entry) -> io::Result<()> {
        self.file.write_all(line(name, entry).as_bytes())
    }

    /// Where it stands.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

fn line(name: &Digest, entry: &Entry) -> String {
    let line = Line {
        key: entry.key,
        at: entry.at,
        name: hex(name),
        made_from: hex(&entry.made_from),
        bytes: hex(&entry.bytes),
        size: entry.size,
    };
    let mut text = serde_json::to_string(&line).expect("a line is plain data");
    text.push('\n');
    text
}
