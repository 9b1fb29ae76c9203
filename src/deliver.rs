//! Owns giving finished files their names: whole or not at all, nothing overwritten that we did not make, and a manifest of what was
//! made from what.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::stage::Stage;

/// The manifest's name in an output folder.
pub const MANIFEST: &str = "manifest.json";

/// A file made, with its bytes.
#[derive(Debug, Clone)]
pub struct Output {
    /// Its name in the folder.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What it was made from.
    pub made_from: MadeFrom,
}

impl Output {
    /// What stays known of it without its bytes.
    pub fn finished(self) -> Finished {
        Finished { sha256: digest(&self.bytes), name: self.name, made_from: self.made_from }
    }
}

/// A file made whose bytes are elsewhere: on the stage, or nowhere in a dry run.
#[derive(Debug, Clone)]
pub struct Finished {
    /// Its name in the folder.
    pub name: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
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

/// A campaign's files, looked at against what stands in its folder, ready to be named. Nothing has been touched yet.
pub struct Delivery<'a> {
    stage: &'a Stage,
    place: usize,
    folder: PathBuf,
    /// Files that are new or changed, by name.
    moves: Vec<String>,
    delivered: Delivered,
}

/// What a campaign's folder gets.
pub struct Parcel<'a> {
    /// The number of the campaign on the stage.
    pub place: usize,
    /// The folder.
    pub folder: &'a Path,
    /// The campaign's name.
    pub campaign: &'a str,
    /// The date on the paper.
    pub date: &'a str,
    /// The finished files.
    pub files: &'a [Finished],
    /// The documents that were made whole, by language, so that a letter to someone who left office does not stay behind.
    pub all_of: &'a [(String, String)],
    /// Whether files that we did not make may be overwritten.
    pub force: bool,
}

/// Looks at what a folder has and what it gets, and writes its manifest on the stage.
pub fn prepare<'a>(stage: &'a Stage, parcel: &Parcel) -> Result<Delivery<'a>, Refusal> {
    let &Parcel { place, folder, campaign, date, files: finished, all_of, force } = parcel;
    let io = |path: &Path| {
        let path = path.to_path_buf();
        move |error| Refusal::Io { path, error }
    };
    may_write(folder).map_err(io(folder))?;
    let before = read_manifest(folder);
    let ours = |name: &str, sha256: &str| {
        before.as_ref().and_then(|manifest| manifest.files.get(name)).is_some_and(|entry| entry.sha256 == sha256)
    };

    let mut delivered = Delivered::default();
    let mut strangers = Vec::new();
    let mut files = before.as_ref().map(|manifest| manifest.files.clone()).unwrap_or_default();
    let mut moves = Vec::new();
    for Finished { name, sha256, made_from } in finished {
        let path = folder.join(name);
        let standing = match fs::read(&path) {
            Ok(bytes) => Some(digest(&bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(Refusal::Io { path, error }),
        };
        match standing {
            Some(standing) if standing == *sha256 => delivered.unchanged.push(path),
            Some(standing) if !force && !ours(name, &standing) => {
                strangers.push(path);
                continue;
            }
            _ => {
                moves.push(name.clone());
                delivered.written.push(path);
            }
        }
        files.insert(name.clone(), Entry { sha256: sha256.clone(), made_from: made_from.clone() });
    }
    if !strangers.is_empty() {
        return Err(Refusal::NotOurs(strangers));
    }

    let gone: Vec<String> = files
        .iter()
        .filter(|(name, entry)| {
            let whole = all_of.contains(&(entry.made_from.document.clone(), entry.made_from.lang.clone()));
            whole && !finished.iter().any(|file| file.name == **name) && !name.ends_with(".png")
        })
        .map(|(name, _)| name.clone())
        .collect();
    for name in gone {
        let path = folder.join(&name);
        files.remove(&name);
        if fs::read(&path).is_ok_and(|bytes| ours(&name, &digest(&bytes))) {
            delivered.removed.push(path);
        }
    }

    let manifest = Manifest { format: 1, campaign: campaign.to_string(), date: date.to_string(), files };
    let mut text = serde_json::to_string_pretty(&manifest).expect("a manifest is plain data");
    text.push('\n');
    stage.write(place, MANIFEST, text.as_bytes())?;
    moves.push(MANIFEST.to_string());
    Ok(Delivery { stage, place, folder: folder.to_path_buf(), moves, delivered })
}

impl Delivery<'_> {
    /// Gives the files their names, the manifest last, and takes away those that no longer belong.
    pub fn finish(self) -> Result<Delivered, Refusal> {
        let io = |path: &Path| {
            let path = path.to_path_buf();
            move |error| Refusal::Io { path, error }
        };
        fs::create_dir_all(&self.folder).map_err(io(&self.folder))?;
        let (manifest, files) = self.moves.split_last().expect("there is always a manifest");
        for name in files {
            let path = self.folder.join(name);
            fs::rename(self.stage.path(self.place, name), &path).map_err(io(&path))?;
        }
        for path in &self.delivered.removed {
            fs::remove_file(path).map_err(io(path))?;
        }
        let path = self.folder.join(manifest);
        fs::rename(self.stage.path(self.place, manifest), &path).map_err(io(&path))?;
        Ok(self.delivered)
    }
}

/// Finds out whether files can be put into a folder, before any is put into any: a folder that is not there can be made where the
/// stage could.
fn may_write(folder: &Path) -> io::Result<()> {
    match fs::metadata(folder) {
        Ok(data) if data.is_dir() => tempfile::Builder::new().prefix(".handbill-").tempfile_in(folder).map(drop),
        Ok(_) => Err(io::ErrorKind::NotADirectory.into()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
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
