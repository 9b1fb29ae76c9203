//! Owns keeping a roll beside campaigns: written whole, and never in place of a newer one.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::{ROLL_FILE, Roll, from_list, read, write};
use crate::campaign::load::read_text;
use crate::diagnostic::Diagnostics;
use crate::ice::{AgencyRecord, ListKind, Listing};
use crate::library::Library;

/// What became of a roll that was to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// It was written, or would be.
    Written(PathBuf),
    /// The same stands there already.
    Same(PathBuf),
    /// A newer one stands there and was left.
    NewerThere(PathBuf, Date),
    /// The one in the program is newer.
    NewerBuiltIn(Date),
    /// What stands there cannot be read and was left.
    Unreadable(PathBuf),
}

impl Kept {
    /// What became of it, in a sentence.
    fn told(&self, as_of: Date, dry_run: bool) -> String {
        let verb = if dry_run { "would write" } else { "wrote" };
        match self {
            Kept::Written(path) => {
                format!("{verb} {}: what ICE's list of {as_of} counts, for the campaigns beside it", path.display())
            }
            Kept::Same(path) => format!("{} has the counts of this list already", path.display()),
            Kept::NewerThere(path, day) => {
                format!("left {} as it is: it is of {day}, newer than this list", path.display())
            }
            Kept::NewerBuiltIn(day) => {
                format!("kept no counts of this list: the program has those of {day}, which are newer")
            }
            Kept::Unreadable(path) => {
                format!("left {} as it is: it cannot be read, so this list's counts are not kept", path.display())
            }
        }
    }
}

/// Keeps the counts of ICE's list in a folder, for every campaign in it, and says what became of them; `None` for a list of
/// pending agencies, which counts nothing.
pub fn keep_list(
    folder: &Path,
    listing: &Listing,
    agencies: &[AgencyRecord],
    dry_run: bool,
) -> io::Result<Option<String>> {
    if listing.kind != ListKind::Participating {
        return Ok(None);
    }
    let Some(as_of) = listing.as_of.as_ref().and_then(|guess| guess.day) else {
        let why = "kept no counts of this list: its day is not known; give it with `--as-of`";
        return Ok(Some(why.to_string()));
    };
    let kept = keep(folder, &from_list(agencies, as_of), dry_run)?;
    Ok(Some(kept.told(as_of, dry_run)))
}

/// Keeps a roll in a folder, for every campaign in it; with `dry_run` it says what would become of it.
pub fn keep(folder: &Path, roll: &Roll, dry_run: bool) -> io::Result<Kept> {
    let path = folder.join(ROLL_FILE);
    let mut problems = Diagnostics::default();
    let built_in = Roll::built_in(&Library::built_in(), &mut problems);
    if built_in.as_of > roll.as_of {
        return Ok(Kept::NewerBuiltIn(built_in.as_of));
    }
    let text = write(roll);
    if let Some(there) = read_text(&path, false, &mut problems) {
        match read(&there, &mut problems) {
            Some(old) if old.as_of > roll.as_of => return Ok(Kept::NewerThere(path, old.as_of)),
            Some(_) if there.text == text => return Ok(Kept::Same(path)),
            Some(_) => {}
            None => return Ok(Kept::Unreadable(path)),
        }
    } else if problems.has_errors() {
        return Ok(Kept::Unreadable(path));
    }
    if !dry_run {
        fs::create_dir_all(folder)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(text.as_bytes())?;
        file.persist(&path).map_err(|error| error.error)?;
    }
    Ok(Kept::Written(path))
}

#[cfg(test)]
mod tests {
    use super::{Kept, keep};
    use crate::roll::{ROLL_FILE, Roll};

    fn of(day: &str) -> Roll {
        Roll { as_of: day.parse().expect("a date"), agencies: Vec::new() }
    }

    #[test]
    fn a_newer_one_is_never_written_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(ROLL_FILE);
        assert_eq!(keep(folder.path(), &of("2090-02-01"), false).expect("kept"), Kept::Written(path.clone()));
        assert_eq!(keep(folder.path(), &of("2090-02-01"), false).expect("kept"), Kept::Same(path.clone()));
        let newer = Kept::NewerThere(path.clone(), "2090-02-01".parse().expect("a date"));
        assert_eq!(keep(folder.path(), &of("2090-01-01"), false).expect("kept"), newer);
        assert!(matches!(keep(folder.path(), &of("2020-01-01"), false).expect("kept"), Kept::NewerBuiltIn(_)));
        std::fs::write(&path, "somebody's own\n").expect("written");
        assert_eq!(keep(folder.path(), &of("2090-03-01"), false).expect("kept"), Kept::Unreadable(path));
    }
}
