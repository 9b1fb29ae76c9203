//! Owns the one table of templates, facts and fonts: embedded in the program, each replaceable by a file at the same path in a campaign's folder.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use include_dir::{Dir, include_dir};

use crate::contract::Contract;
use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile};
use crate::schema::ENDING;

static TEMPLATES: Dir = include_dir!("$CARGO_MANIFEST_DIR/templates");
static FACTS: Dir = include_dir!("$CARGO_MANIFEST_DIR/facts");

/// The states and DC, for which there is law in `facts/states.toml`, by their two letters.
pub const STATES: &[&str] = &[
    "AK", "AL", "AR", "AZ", "CA", "CO", "CT", "DC", "DE", "FL", "GA", "HI", "IA", "ID", "IL", "IN", "KS", "KY", "LA",
    "MA", "MD", "ME", "MI", "MN", "MO", "MS", "MT", "NC", "ND", "NE", "NH", "NJ", "NM", "NV", "NY", "OH", "OK", "OR",
    "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VA", "VT", "WA", "WI", "WV", "WY",
];

/// The folder of everything that documents share.
pub const SHARED: &str = "shared";

/// Where a file of the library comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Inside the program.
    BuiltIn,
    /// A file of the campaign.
    Campaign(PathBuf),
}

#[derive(Debug, Clone)]
struct Entry {
    bytes: Cow<'static, [u8]>,
    origin: Origin,
}

/// Templates, facts and fonts by path: `templates/petition/words.en.md`.
#[derive(Debug, Clone)]
pub struct Library {
    entries: BTreeMap<String, Entry>,
}

impl Library {
    /// The embedded files.
    pub fn built_in() -> Library {
        let mut entries = BTreeMap::new();
        for (root, dir) in [("templates", &TEMPLATES), ("facts", &FACTS)] {
            collect(root, dir, &mut entries);
        }
        Library { entries }
    }

    /// The embedded files, with those that the campaign in `folder` has in their place or beside them.
    pub fn for_campaign(folder: &Path, problems: &mut Diagnostics) -> Library {
        let mut library = Library::built_in();
        for root in ["templates", "facts"] {
            library.take_in(&folder.join(root), root, problems);
        }
        library.check_overrides(problems);
        library
    }

    fn take_in(&mut self, dir: &Path, prefix: &str, problems: &mut Diagnostics) {
        let listing = match fs::read_dir(dir) {
            Ok(listing) => listing,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return,
            Err(error) => {
                problems.push(
                    Diagnostic::error(format!("cannot read the folder: {error}")).file(dir.display().to_string()),
                );
                return;
            }
        };
        let mut paths: Vec<PathBuf> = listing.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.sort();
        for path in paths {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            // Hidden files, editors' leavings and the schemas that editors read are nobody's override.
            if name.starts_with('.') || name.ends_with('~') || name.ends_with(ENDING) {
                continue;
            }
            let key = format!("{prefix}/{name}");
            if path.is_dir() {
                self.take_in(&path, &key, problems);
                continue;
            }
            match fs::read(&path) {
                Ok(bytes) => {
                    self.entries.insert(key, Entry { bytes: Cow::Owned(bytes), origin: Origin::Campaign(path) });
                }
                Err(error) => problems.push(
                    Diagnostic::error(format!("cannot read the file that replaces `{key}`: {error}"))
                        .file(path.display().to_string()),
                ),
            }
        }
    }

    /// An override that no document would ever read is a slip of the pen.
    fn check_overrides(&self, problems: &mut Diagnostics) {
        let documents = self.documents();
        for (key, path) in self.overrides() {
            let mut parts = key.split('/');
            let (root, folder) = (parts.next(), parts.next().unwrap_or_default());
            if root == Some("templates") && folder != SHARED && !documents.iter().any(|document| document == folder) {
                problems.push(
                    Diagnostic::error(format!("there is no document `{folder}`"))
                        .file(path.display().to_string())
                        .suggest(folder, documents.iter().map(String::as_str))
                        .hint("a new document needs its own template.toml"),
                );
            }
        }
    }

    /// The files that come from the campaign, with their paths.
    pub fn overrides(&self) -> impl Iterator<Item = (&str, &Path)> {
        self.entries.iter().filter_map(|(key, entry)| match &entry.origin {
            Origin::BuiltIn => None,
            Origin::Campaign(path) => Some((key.as_str(), path.as_path())),
        })
    }

    /// Every file whose path starts with `prefix`, in order.
    pub fn under<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a [u8])> {
        self.entries
            .range(prefix.to_string()..)
            .take_while(move |(key, _)| key.starts_with(prefix))
            .map(|(key, entry)| (key.as_str(), entry.bytes.as_ref()))
    }

    /// The bytes of a file.
    pub fn bytes(&self, key: &str) -> Option<&[u8]> {
        self.entries.get(key).map(|entry| entry.bytes.as_ref())
    }

    /// A text file, under the name a person knows it by; a file that is not UTF-8 is a problem.
    pub fn text(&self, key: &str, problems: &mut Diagnostics) -> Option<Arc<SourceFile>> {
        let entry = self.entries.get(key)?;
        let name = match &entry.origin {
            Origin::BuiltIn => format!("built-in/{key}"),
            Origin::Campaign(path) => path.display().to_string(),
        };
        match std::str::from_utf8(&entry.bytes) {
            Ok(text) => Some(SourceFile::new(name, text)),
            Err(_) => {
                problems.push(
                    Diagnostic::error("the text is not UTF-8")
                        .file(name)
                        .hint("save the file again with the encoding UTF-8"),
                );
                None
            }
        }
    }

    /// The documents: every folder with a contract.
    pub fn documents(&self) -> Vec<String> {
        self.under("templates/")
            .filter_map(|(key, _)| {
                let document = key.strip_prefix("templates/")?.strip_suffix("/template.toml")?;
                Some(document.to_string())
            })
            .collect()
    }

    /// The languages a document has words in.
    pub fn languages(&self, document: &str) -> Vec<String> {
        self.under(&format!("templates/{document}/words."))
            .filter_map(|(key, _)| Some(key.rsplit_once("words.")?.1.strip_suffix(".md")?.to_string()))
            .collect()
    }

    /// Reads a document's contract.
    pub fn contract(&self, document: &str, problems: &mut Diagnostics) -> Option<Contract> {
        let file = self.text(&format!("templates/{document}/template.toml"), problems)?;
        Contract::load(document, &file, problems)
    }

    /// The text files of the facts.
    pub fn fact_files(&self, problems: &mut Diagnostics) -> Vec<Arc<SourceFile>> {
        let keys: Vec<String> =
            self.under("facts/").map(|(key, _)| key.to_string()).filter(|key| key.ends_with(".toml")).collect();
        keys.iter().filter_map(|key| self.text(key, problems)).collect()
    }
}

fn collect(root: &str, dir: &'static Dir, entries: &mut BTreeMap<String, Entry>) {
    for file in dir.files().filter(|file| !file.path().to_string_lossy().ends_with(ENDING)) {
        entries.insert(
            format!("{root}/{}", file.path().display()),
            Entry { bytes: Cow::Borrowed(file.contents()), origin: Origin::BuiltIn },
        );
    }
    for inner in dir.dirs() {
        collect(root, inner, entries);
    }
}
