//! Owns `handbill eject`: built-in files copied into a campaign, with a note of what they were copied from.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::{USAGE, fail, print, report};
use crate::campaign::load::CAMPAIGN_FILE;
use crate::cli::{Eject, Part};
use crate::deliver::digest;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::library::{Library, SHARED};

/// What an ejected file's first line holds before the hash of its original.
const MARK: &str = "ejected from handbill, original sha256 ";

/// How a line begins that names a file's schema to editors.
const SCHEMA: &str = "#:schema ";

/// Runs the command.
pub fn run(options: &Eject) -> u8 {
    let library = Library::built_in();
    let document = &options.document;
    let mut known = library.documents();
    known.push(SHARED.to_string());
    if !known.contains(document) {
        report([&Diagnostic::error(format!("there is no document `{document}`"))
            .suggest(document, known.iter().map(String::as_str))
            .hint(format!("documents: {}", known.join(", ")))]);
        return USAGE;
    }
    if !options.to.join(CAMPAIGN_FILE).is_file() {
        report([&Diagnostic::error(format!(
            "`{}` is not a campaign: it has no {CAMPAIGN_FILE}",
            options.to.display()
        ))
        .hint("name the campaign's folder with `--to`")]);
        return USAGE;
    }
    let prefix = format!("templates/{document}/");
    let files: Vec<(&str, &[u8])> =
        library.under(&prefix).filter(|(key, _)| part(key).is_some_and(|part| wanted(options, part))).collect();
    let standing: Vec<PathBuf> =
        files.iter().map(|(key, _)| options.to.join(key)).filter(|path| path.exists()).collect();
    if !standing.is_empty() {
        let mut problem = Diagnostic::error("the campaign has such files already; nothing was copied");
        for path in &standing {
            problem = problem.hint(path.display().to_string());
        }
        return fail(&problem);
    }
    let mut text = String::new();
    for (key, bytes) in files {
        let path = options.to.join(key);
        if let Err(error) = write_new(&path, &marked(key, bytes)) {
            return fail(&Diagnostic::error(format!("cannot write `{}`: {error}", path.display())));
        }
        text.push_str(&format!("{}\n", path.display()));
    }
    text.push_str("These now stand in place of the built-in files. Delete one to go back.\n");
    print(&text)
}

fn wanted(options: &Eject, part: Part) -> bool {
    options.only.is_empty() || options.only.contains(&part)
}

/// Which part of a document a file is; fonts are none.
fn part(key: &str) -> Option<Part> {
    let name = key.rsplit('/').next()?;
    match name {
        "template.toml" => Some(Part::Contract),
        _ if name.ends_with(".typ") => Some(Part::Layout),
        _ if name.starts_with("words.") && name.ends_with(".md") => Some(Part::Words),
        _ => None,
    }
}

/// The file with a first line that says what it was copied from, as a comment of its kind.
///
/// The line that names a contract's schema to editors is left out: the schema stands beside the built-in templates alone.
fn marked(key: &str, bytes: &[u8]) -> Vec<u8> {
    let hash = digest(bytes);
    let line = match key.rsplit('.').next() {
        Some("md") => format!("{{{{!-- {MARK}{hash} --}}}}\n"),
        Some("typ") => format!("// {MARK}{hash}\n"),
        _ => format!("# {MARK}{hash}\n"),
    };
    let mut out = line.into_bytes();
    let schema_line =
        bytes.starts_with(SCHEMA.as_bytes()).then(|| bytes.iter().position(|byte| *byte == b'\n')).flatten();
    out.extend_from_slice(schema_line.map_or(bytes, |end| &bytes[end + 1..]));
    out
}

fn write_new(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new().prefix(".handbill-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.persist_noclobber(path).map_err(|error| error.error)?;
    Ok(())
}

/// Warns of ejected files whose original has changed since they were copied.
pub fn check_ejected(folders: &[PathBuf], problems: &mut Diagnostics) {
    let library = Library::built_in();
    for folder in folders {
        let own = Library::for_campaign(folder, &mut Diagnostics::default());
        for (key, path) in own.overrides() {
            let first = own.bytes(key).and_then(|bytes| bytes.split(|byte| *byte == b'\n').next()).unwrap_or_default();
            let first = String::from_utf8_lossy(first);
            let Some((_, rest)) = first.split_once(MARK) else { continue };
            let hash = rest.split_whitespace().next().unwrap_or_default();
            let now = library.bytes(key).map(digest).unwrap_or_default();
            if hash != now {
                problems.push(
                    Diagnostic::warning(format!("the built-in `{key}` has changed since it was copied"))
                        .file(path.display().to_string())
                        .hint("compare the two, then write the new hash into the first line")
                        .hint(format!("new hash: {now}")),
                );
            }
        }
    }
}
