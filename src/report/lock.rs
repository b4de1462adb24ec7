//! One writer a folder: whoever writes results holds a lock on it, so that the files of two batches never mix.

use super::folder::{FolderError, UNFINISHED};
use std::fs::{File, TryLockError};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

/// Its name in the folder. Left behind by a writer that was killed, it says that the folder is ours, and bars nobody.
const LOCK: &str = ".canvass-lock";

/// The right to write to a folder, for as long as this lives.
pub(super) struct Lock {
    path: PathBuf,
    /// Closing it ends the lock.
    _file: File,
    stays: bool,
}

impl Lock {
    /// The format of the results that were being written to a folder when the writer was killed, if one was.
    pub(super) fn left_behind(folder: &Path) -> Option<String> {
        let mut word = String::new();
        File::open(folder.join(LOCK)).ok()?.take(100).read_to_string(&mut word).ok()?;
        Some(word)
    }

    /// Takes the lock of a folder for results of a format.
    ///
    /// # Errors
    ///
    /// When somebody else holds it, or it cannot be written.
    pub(super) fn take(folder: &Path, format: &str) -> Result<Lock, FolderError> {
        let path = folder.join(LOCK);
        loop {
            let opened = File::options().write(true).create(true).truncate(false).open(&path);
            let mut file = opened.map_err(|cause| FolderError::write(folder, cause))?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(FolderError::Busy { path: folder.to_owned() }),
                // Some network file systems know no locks: then users have to take care themselves, as ever.
                Err(TryLockError::Error(_)) => {}
            }
            if is_still_at(&file, &path) {
                // A writer that was killed may have left the folder between its old results and its new: its mark must outlive
                // whatever becomes of this writer, and must not be empty for a moment.
                let stays = Lock::left_behind(folder).is_some_and(|mark| mark == format);
                let written = match stays {
                    true => Ok(()),
                    false => file.write_all(format.as_bytes()).and_then(|()| file.set_len(format.len() as u64)),
                };
                let lock = Lock { path, _file: file, stays };
                written.map_err(|cause| FolderError::write(folder, cause))?;
                lock.clear(folder);
                return Ok(lock);
            }
        }
    }

    /// Removes what a killed writer left unfinished: nobody else is writing now.
    fn clear(&self, folder: &Path) {
        let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
        for entry in entries {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with(UNFINISHED) && name.ends_with(".part") {
                // What cannot be removed does no harm.
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }

    /// From now on until [`Lock::release`] the folder holds neither the old results nor the new; it stays marked as ours.
    pub(super) fn hold_on(&mut self) {
        self.stays = true;
    }

    /// The results are whole: the mark goes.
    pub(super) fn release(mut self) {
        self.stays = false;
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if !self.stays {
            // A mark that stays does no harm.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// Whether the file that was locked is the one in the folder, and not one that its last holder has just removed.
#[cfg(unix)]
fn is_still_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let identity = |metadata: std::io::Result<std::fs::Metadata>| metadata.ok().map(|found| (found.dev(), found.ino()));
    identity(file.metadata()) == identity(std::fs::metadata(path))
}

/// Elsewhere a file cannot be removed while it is open.
#[cfg(not(unix))]
fn is_still_at(_: &File, path: &Path) -> bool {
    path.exists()
}
