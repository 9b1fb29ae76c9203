//! Owns writing: files whole or not at all, nothing overwritten that we did not make, and a manifest of what was made from what.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The manifest's name in an output folder.
pub const MANIFEST: &str = "manifest.json";

/// A file ready to be written.
#[derive(Debug, Clone)]
pub struct Output {
    /// Its name in the folder.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What it was made from.
    pub made_from: MadeFrom,
}

/// What a file was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadeFrom {
    /// The document.
    pub document: String,
    /// The language.
    pub lang: String,
    /// Sides of paper; 0 for a picture.
    pub pages: usize,
    /// SHA-256 of campaign.toml as it was read.
    pub campaign: String,
    /// SHA-256 of the words.
    pub words: String,
    /// SHA-256 of the layout.
    pub layout: String,
    /// The facts and sourced details cited.
    pub sources: Vec<String>,
    /// The details left as write-in lines.
    pub blanks: Vec<String>,
}

/// An output folder's manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// 1.
    pub format: u32,
    /// The campaign.
    pub campaign: String,
    /// The date on the paper.
    pub date: String,
    /// Each file.
    pub files: BTreeMap<String, Entry>,
}

/// One file of a manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// SHA-256 of the file.
    pub sha256: String,
    /// What it was made from.
    pub made_from: MadeFrom,
}

/// What delivering a folder did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Delivered {
    /// Files written, by path.
    pub written: Vec<PathBuf>,
    /// Files that were already just so.
    pub unchanged: Vec<PathBuf>,
    /// Files of an earlier run that no longer belong, taken away.
    pub removed: Vec<PathBuf>,
}

/// Why a folder could not be delivered.
#[derive(Debug)]
pub enum Refusal {
    /// Files stand there that we did not make, or that were changed since.
    NotOurs(Vec<PathBuf>),
    /// The disk or folder failed.
    Io {
        /// What was being written.
        path: PathBuf,
        /// What went wrong.
        error: io::Error,
    },
}

/// SHA-256 of some bytes, as hexadecimal.
pub fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// Reads a folder's manifest; one that cannot be read counts as none.
fn read_manifest(folder: &Path) -> Option<Manifest> {
    serde_json::from_slice(&fs::read(folder.join(MANIFEST)).ok()?).ok()
}

/// Puts files into a folder: all of them written beside their places first, then moved in, then the manifest.
///
/// `all_of` names the documents that were made whole, so that a letter to someone who left office does not stay behind.
pub fn deliver(
    folder: &Path,
    campaign: &str,
    date: &str,
    outputs: Vec<Output>,
    all_of: &[(String, String)],
    force: bool,
) -> Result<Delivered, Refusal> {
    let io = |path: &Path| {
        let path = path.to_path_buf();
        move |error| Refusal::Io { path, error }
    };
    fs::create_dir_all(folder).map_err(io(folder))?;
    let before = read_manifest(folder);
    let ours = |name: &str, bytes: &[u8]| {
        before.as_ref().and_then(|manifest| manifest.files.get(name)).is_some_and(|entry| entry.sha256 == digest(bytes))
    };

    let mut delivered = Delivered::default();
    let mut strangers = Vec::new();
    let mut files = before.as_ref().map(|manifest| manifest.files.clone()).unwrap_or_default();
    let mut staged = Vec::new();
    for output in outputs {
        let path = folder.join(&output.name);
        let sha256 = digest(&output.bytes);
        let standing = match fs::read(&path) {
            Ok(bytes) => Some(bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(Refusal::Io { path, error }),
        };
        let entry = Entry { sha256, made_from: output.made_from };
        match standing {
            Some(bytes) if bytes == output.bytes => delivered.unchanged.push(path),
            Some(bytes) if !force && !ours(&output.name, &bytes) => {
                strangers.push(path);
                continue;
            }
            _ => staged.push((path, output.bytes)),
        }
        files.insert(output.name, entry);
    }
    if !strangers.is_empty() {
        return Err(Refusal::NotOurs(strangers));
    }

    let mut waiting = Vec::new();
    for (path, bytes) in staged {
        let mut file = tempfile::Builder::new().prefix(".handbill-").tempfile_in(folder).map_err(io(&path))?;
        file.write_all(&bytes).map_err(io(&path))?;
        file.as_file().sync_all().map_err(io(&path))?;
        open_to_all(file.as_file()).map_err(io(&path))?;
        waiting.push((path, file));
    }
    for (path, file) in waiting {
        file.persist(&path).map_err(|error| Refusal::Io { path: path.clone(), error: error.error })?;
        delivered.written.push(path);
    }

    let made: Vec<PathBuf> = delivered.written.iter().chain(&delivered.unchanged).cloned().collect();
    let gone: Vec<String> = files
        .iter()
        .filter(|(name, entry)| {
            let whole = all_of.contains(&(entry.made_from.document.clone(), entry.made_from.lang.clone()));
            whole && !made.contains(&folder.join(name)) && !name.ends_with(".png")
        })
        .map(|(name, _)| name.clone())
        .collect();
    for name in gone {
        let path = folder.join(&name);
        let untouched = fs::read(&path).is_ok_and(|bytes| ours(&name, &bytes));
        files.remove(&name);
        if untouched {
            fs::remove_file(&path).map_err(io(&path))?;
            delivered.removed.push(path);
        }
    }

    let manifest = Manifest { format: 1, campaign: campaign.to_string(), date: date.to_string(), files };
    let path = folder.join(MANIFEST);
    let mut text = serde_json::to_string_pretty(&manifest).expect("a manifest is plain data");
    text.push('\n');
    let mut file = tempfile::Builder::new().prefix(".handbill-").tempfile_in(folder).map_err(io(&path))?;
    file.write_all(text.as_bytes()).map_err(io(&path))?;
    open_to_all(file.as_file()).map_err(io(&path))?;
    file.persist(&path).map_err(|error| Refusal::Io { path: path.clone(), error: error.error })?;
    Ok(delivered)
}

/// Gives a file the rights a new file has; a temporary one is private to its maker.
#[cfg(unix)]
pub(crate) fn open_to_all(file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

/// Elsewhere a temporary file has the folder's own rights.
#[cfg(not(unix))]
pub(crate) fn open_to_all(_: &fs::File) -> io::Result<()> {
    Ok(())
}
