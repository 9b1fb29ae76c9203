//! Owns finding and reading campaign folders.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Campaign, check, officials, raw};
use crate::decode::decode;
use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile};
use crate::facts::Register;

/// The file that makes a folder a campaign.
pub const CAMPAIGN_FILE: &str = "campaign.toml";

/// The campaign folders under `folder`, by name; `folder` itself if it is one.
pub fn find(folder: &Path) -> io::Result<Vec<PathBuf>> {
    if folder.is_file() && folder.file_name().is_some_and(|name| name == CAMPAIGN_FILE) {
        let folder = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        return Ok(vec![folder.to_path_buf()]);
    }
    if folder.join(CAMPAIGN_FILE).is_file() {
        return Ok(vec![folder.to_path_buf()]);
    }
    let mut found: Vec<PathBuf> = fs::read_dir(folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.join(CAMPAIGN_FILE).is_file())
        .collect();
    found.sort();
    Ok(found)
}

/// Reads a text file, or notes why not. A missing file that need not be there is no problem.
pub fn read_text(path: &Path, must_exist: bool, problems: &mut Diagnostics) -> Option<Arc<SourceFile>> {
    match fs::read(path) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => Some(SourceFile::new(path.display().to_string(), text)),
            Err(error) => {
                problems.push(
                    Diagnostic::error(format!("the text is not UTF-8 at byte {}", error.utf8_error().valid_up_to()))
                        .file(path.display().to_string())
                        .hint("save the file again with the encoding UTF-8"),
                );
                None
            }
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound && !must_exist => None,
        Err(error) => {
            problems.push(Diagnostic::error(format!("cannot read the file: {error}")).file(path.display().to_string()));
            None
        }
    }
}

/// Loads and checks the campaign in a folder.
pub fn load(folder: &Path, register: &Register, problems: &mut Diagnostics) -> Option<Campaign> {
    let file = read_text(&folder.join(CAMPAIGN_FILE), true, problems)?;
    load_text(folder, &file, register, problems)
}

/// Checks the campaign of a folder by a text of its file, which need not be the one that is written there.
pub fn load_text(
    folder: &Path,
    file: &Arc<SourceFile>,
    register: &Register,
    problems: &mut Diagnostics,
) -> Option<Campaign> {
    let raw: raw::Campaign = decode(file, problems)?;
    let state = raw.place.state.get().map(|code| code.0.to_uppercase());
    let officials = officials::read(folder, state.as_deref(), problems);
    check::check(folder, file, raw, officials, register, problems)
}
