//! Owns where a build's finished files wait until all are clean: a hidden folder under the output folder, gone whatever happens.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::deliver::{Finished, Output, Refusal, open_to_all};

/// What the folders of all runs begin with.
const PREFIX: &str = ".handbill-staged-";
/// The file that a run at work holds locked.
const LOCK: &str = "lock";
/// Times to try again when another run takes our new folder for a leaving.
const TRIES: usize = 16;

/// A folder of finished files, on the file system they go to: giving them their names moves no bytes.
///
/// It goes when this is dropped. What a killed run left goes when the next one begins: nobody holds its lock any more.
pub struct Stage {
    out: PathBuf,
    // The lock is let go before the folder is taken away, which some systems insist on.
    _lock: File,
    folder: Option<TempDir>,
    /// Folders that were not there before, outermost first.
    made: Vec<PathBuf>,
}

impl Stage {
    /// Makes a stage under the output folder, which is made too if it is not there.
    pub fn open(out: &Path) -> Result<Stage, Refusal> {
        let io = |error| Refusal::Io { path: out.to_path_buf(), error };
        let mut made: Vec<PathBuf> = out
            .ancestors()
            .filter(|folder| !folder.as_os_str().is_empty() && !folder.exists())
            .map(Path::to_path_buf)
            .collect();
        made.reverse();
        let opened = fs::create_dir_all(out).and_then(|()| {
            clear_leavings(out)?;
            locked(out)
        });
        match opened {
            Ok((folder, lock)) => Ok(Stage { out: out.to_path_buf(), _lock: lock, folder: Some(folder), made }),
            Err(error) => {
                remove_empty(&made);
                Err(io(error))
            }
        }
    }

    /// Keeps a finished file; `place` is the number of its campaign, for two may have one name.
    pub fn put(&self, place: usize, output: Output) -> Result<Finished, Refusal> {
        self.write(place, &output.name, &output.bytes)?;
        Ok(output.finished())
    }

    /// Writes a file of a campaign, whole and on the disk.
    pub fn write(&self, place: usize, name: &str, bytes: &[u8]) -> Result<(), Refusal> {
        let path = self.path(place, name);
        let write = || {
            fs::create_dir_all(path.parent().unwrap_or(&path))?;
            let mut file = File::create(&path)?;
            file.write_all(bytes)?;
            open_to_all(&file)?;
            file.sync_all()
        };
        // The hidden folder's name would tell a person nothing.
        write().map_err(|error| Refusal::Io { path: self.out.clone(), error })
    }

    /// Where a file waits.
    pub fn path(&self, place: usize, name: &str) -> PathBuf {
        let folder = self.folder.as_ref().expect("it is there until it is dropped").path();
        folder.join(place.to_string()).join(name)
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // Nothing better can be done about a folder that will not go: the next run tries again.
        drop(self.folder.take());
        remove_empty(&self.made);
    }
}

/// Takes away folders of ours that nothing was put into.
fn remove_empty(folders: &[PathBuf]) {
    for folder in folders.iter().rev() {
        let _ = fs::remove_dir(folder);
    }
}

/// A new folder whose lock we hold.
fn locked(out: &Path) -> io::Result<(TempDir, File)> {
    for _ in 0..TRIES {
        let folder = tempfile::Builder::new().prefix(PREFIX).tempdir_in(out)?;
        let path = folder.path().join(LOCK);
        // Between these steps another run may see a folder without an owner and clear it away.
        match File::create(&path) {
            Ok(lock) if lock.try_lock().is_ok() && path.exists() => return Ok((folder, lock)),
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Err(io::Error::other("other runs keep taking away the folder for unfinished files"))
}

/// Takes away what killed runs left; what another run is at work on stays, and so does what we may not touch.
fn clear_leavings(out: &Path) -> io::Result<()> {
    for entry in fs::read_dir(out)? {
        let path = entry?.path();
        let named = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(PREFIX));
        if !named || !path.is_dir() {
            continue;
        }
        match File::options().write(true).open(path.join(LOCK)) {
            Ok(lock) if lock.try_lock().is_ok() => {
                let _ = fs::remove_dir_all(&path);
            }
            // It was killed before it had anything.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let _ = fs::remove_dir(&path);
            }
            _ => {}
        }
    }
    Ok(())
}
