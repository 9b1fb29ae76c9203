//! Owns writing a changed campaign file in the place of the one that was read, whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Whether a file still holds what was read from it.
pub fn is_as_read(path: &Path, read: &str) -> io::Result<bool> {
    Ok(fs::read(path)? == read.as_bytes())
}

/// Puts `text` in the place of `read`; a file that was changed meanwhile, or may not be written, stays as it is.
pub fn save(path: &Path, read: &str, text: &str) -> io::Result<()> {
    // A link stays a link: what it leads to is written.
    let path: PathBuf = path.canonicalize()?;
    let rights = fs::metadata(&path)?.permissions();
    if rights.readonly() {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file may only be read"));
    }
    let folder = path.parent().ok_or_else(|| io::Error::other("the file has no folder"))?;
    let mut file = tempfile::Builder::new().prefix(".handbill-").tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().set_permissions(rights)?;
    file.as_file().sync_all()?;
    if !is_as_read(&path, read)? {
        return Err(io::Error::other("the file was changed since it was read"));
    }
    file.persist(&path).map_err(|error| error.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::save;
    use std::fs;

    #[test]
    fn a_file_changed_meanwhile_is_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("campaign.toml");
        fs::write(&path, "theirs").unwrap();
        assert!(save(&path, "read before", "ours").is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "theirs");
        save(&path, "theirs", "ours").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "ours");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
