//! Where files are kept: written under a temporary name in the folder itself, and given their names only when all are whole.

use super::derived;
use super::lock::Lock;
use super::manifest::{FORMAT, MANIFEST};
use super::package::{self, PACKAGE};
use super::table::{Field, Table};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// How the names of unfinished files begin.
pub(super) const UNFINISHED: &str = ".canvass-";

/// Why files could not be kept.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The folder holds files, and no manifest says that they are ours.
    #[error("{} holds files that are not from Canvass, such as {}", path.display(), example.display())]
    Foreign {
        /// The folder.
        path: PathBuf,
        /// One of the files.
        example: PathBuf,
    },
    /// Somebody else is writing to it.
    #[error("another Canvass is writing to {}", path.display())]
    Busy {
        /// The folder.
        path: PathBuf,
    },
    /// Somebody has changed a file since it was made.
    #[error("{} has been changed since it was made", path.display())]
    Edited {
        /// The file.
        path: PathBuf,
    },
    /// A folder or file cannot be made, read or written.
    #[error("cannot {action} {}: {}", path.display(), cause)]
    Io {
        /// What was tried: `write`, `make`, `read`, `remove`.
        action: &'static str,
        /// Where.
        path: PathBuf,
        /// What the system says.
        #[source]
        cause: io::Error,
    },
}

impl FolderError {
    /// Something cannot be written.
    pub fn write(path: &Path, cause: io::Error) -> Self {
        FolderError::Io { action: "write", path: path.to_owned(), cause }
    }
}

/// What the manifest says of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRecord {
    /// Its name in the folder.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// Rows below the header, if it is a table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rows: Option<u64>,
    /// Of its bytes, in hexadecimal.
    pub sha256: String,
}

/// A folder for the results of one batch.
pub struct Folder {
    path: PathBuf,
    lock: Lock,
    finished: Vec<Finished>,
    /// What is needed no more once the results are whole.
    spent: Option<PathBuf>,
}

/// A file that is complete, and not yet published.
struct Finished {
    file: StagedFile,
    /// If it is a table.
    table: Option<(u64, Vec<Field>)>,
}

impl Finished {
    fn record(&self) -> FileRecord {
        self.file.record(self.table.as_ref().map(|(rows, _)| *rows))
    }
}

impl Folder {
    /// Opens a folder for writing, and makes it if need be. It must be empty, or hold the results of an earlier batch,
    /// whose files will be replaced.
    ///
    /// # Errors
    ///
    /// When it holds other files, or cannot be made or read.
    pub fn open(path: &Path) -> Result<Self, FolderError> {
        Folder::open_for(path, FORMAT)
    }

    /// The same for the results of another kind of study, whose manifests say this format.
    ///
    /// # Errors
    ///
    /// When it holds other files, those of another kind of study among them, or cannot be made or read.
    pub fn open_for(path: &Path, format: &str) -> Result<Self, FolderError> {
        let failed = |action| move |cause| FolderError::Io { action, path: path.to_owned(), cause };
        std::fs::create_dir_all(path).map_err(failed("make"))?;
        let ours = match format_of(path) {
            Some(found) => found == format,
            None => Lock::left_behind(path).is_some_and(|found| found == format),
        };
        if !ours {
            for entry in std::fs::read_dir(path).map_err(failed("read"))? {
                let name = entry.map_err(failed("read"))?.file_name();
                if !name.to_string_lossy().starts_with(UNFINISHED) {
                    return Err(FolderError::Foreign { path: path.to_owned(), example: name.into() });
                }
            }
        }
        Ok(Folder { path: path.to_owned(), lock: Lock::take(path, format)?, finished: Vec::new(), spent: None })
    }

    /// Refuses to replace what somebody has worked on: a file that is not as the manifest says it was made.
    ///
    /// # Errors
    ///
    /// When there is such a file.
    pub fn spare_edited(&self) -> Result<(), FolderError> {
        let manifest = manifest_in(&self.path).unwrap_or_default();
        for path in files_of(&self.path) {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            let files = manifest["files"].as_array().into_iter().flatten();
            let made = files.into_iter().find(|file| file["name"].as_str() == name.as_deref());
            let made = made.and_then(|file| file["sha256"].as_str());
            // A file that is gone is in nobody's way.
            let Ok(bytes) = std::fs::read(&path) else { continue };
            if made.is_some_and(|made| made != hexadecimal(Sha256::digest(bytes).as_slice())) {
                return Err(FolderError::Edited { path });
            }
        }
        Ok(())
    }

    /// Names a file of the folder that goes once the results are whole.
    pub fn remove_at_the_end(&mut self, path: PathBuf) {
        self.spent = Some(path);
    }

    /// Begins a table of this name.
    ///
    /// # Errors
    ///
    /// When the folder cannot be written to.
    pub fn table(&self, name: &str, fields: &[Field]) -> Result<Table, FolderError> {
        let path = self.path.join(name);
        Table::new(StagedFile::new(&path)?, &path, fields)
    }

    /// Takes a table that is complete, to be published with the others.
    ///
    /// # Errors
    ///
    /// When the last of it cannot be written.
    pub fn keep(&mut self, table: Table) -> Result<(), FolderError> {
        let fields = table.fields().to_vec();
        let (file, rows) = table.finish()?;
        self.finished.push(Finished { file, table: Some((rows, fields)) });
        Ok(())
    }

    /// Writes a file that is not a table, to be published with the others.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn file(&mut self, name: &str, bytes: &[u8]) -> Result<(), FolderError> {
        let mut file = StagedFile::new(&self.path.join(name))?;
        file.write_all(bytes).map_err(|cause| FolderError::write(file.path(), cause))?;
        self.finished.push(Finished { file, table: None });
        Ok(())
    }

    /// Gives all files their names, and the manifest last: a folder whose manifest fits its files is whole. `manifest` makes
    /// it from the records of the files. What the manifest of an earlier study named and this one does not is taken away then,
    /// so that nobody reads it as a part of this one.
    /// Returns the paths, the manifest's last.
    ///
    /// # Errors
    ///
    /// When the manifest cannot be written, or a file cannot be renamed or taken away.
    pub fn publish<M: Serialize>(self, manifest: impl Fn(Vec<FileRecord>) -> M) -> Result<Vec<PathBuf>, FolderError> {
        let records = || self.finished.iter().map(Finished::record);
        // A package describes the tables, and the manifest lists the package: what it says of the scenario is known without that.
        let draft = serde_json::to_value(manifest(records().collect())).map_err(io::Error::from);
        let draft = draft.map_err(|error| FolderError::write(&self.path.join(MANIFEST), error))?;
        let tables = || self.finished.iter().filter_map(|file| Some((file.record(), &file.table.as_ref()?.1)));
        // A package without a table is none.
        let package = match tables().next() {
            Some(_) => Some(json_file(&self.path.join(PACKAGE), &package::describe(&draft, tables()))?),
            None => None,
        };
        let described = package.as_ref().map(|package| package.record(None));
        let last = json_file(&self.path.join(MANIFEST), &manifest(records().chain(described).collect()))?;
        let Folder { path, mut lock, finished, spent } = self;
        let files: Vec<StagedFile> = finished.into_iter().map(|kept| kept.file).chain(package).chain([last]).collect();
        files.iter().try_for_each(StagedFile::store)?;
        // From here on old and new files stand side by side, and no manifest may vouch for them.
        lock.hold_on();
        let earlier = files_of(&path);
        let old = path.join(MANIFEST);
        if old.exists() {
            std::fs::remove_file(&old).map_err(|cause| FolderError::write(&old, cause))?;
        }
        let paths: Vec<PathBuf> = files.into_iter().map(StagedFile::rename).collect::<Result<_, _>>()?;
        let outdated = derived::made_from(&path, earlier.iter().chain(&paths));
        let stale = earlier.into_iter().chain(outdated).filter(|path| !paths.contains(path) && path.is_file());
        for gone in stale.chain(spent) {
            std::fs::remove_file(&gone).map_err(|cause| FolderError::Io { action: "remove", path: gone, cause })?;
        }
        lock.release();
        Ok(paths)
    }
}

fn json_file(path: &Path, value: &impl Serialize) -> Result<StagedFile, FolderError> {
    let mut file = StagedFile::new(path)?;
    serde_json::to_writer_pretty(&mut file, value)
        .map_err(io::Error::from)
        .and_then(|()| file.write_all(b"\n"))
        .map_err(|error| FolderError::write(path, error))?;
    Ok(file)
}

fn manifest_in(folder: &Path) -> Option<serde_json::Value> {
    serde_json::from_slice(&std::fs::read(folder.join(MANIFEST)).ok()?).ok()
}

/// The format that the manifest of a folder says.
fn format_of(folder: &Path) -> Option<String> {
    manifest_in(folder)?["format"].as_str().map(str::to_owned)
}

/// The files that the manifest in a folder names; only such as lie in the folder itself.
fn files_of(folder: &Path) -> Vec<PathBuf> {
    let manifest = manifest_in(folder).unwrap_or_default();
    let names = manifest["files"].as_array().into_iter().flatten().filter_map(|file| file["name"].as_str());
    let plain = |name: &&str| Path::new(name).file_name().is_some_and(|last| last == *name);
    names.filter(plain).map(|name| folder.join(name)).collect()
}

/// A file that is being written, under a temporary name beside its later place. Dropped, it is gone.
pub struct StagedFile {
    file: NamedTempFile,
    target: PathBuf,
    bytes: u64,
    digest: Sha256,
}

impl StagedFile {
    /// Begins a file that will be called `target`.
    ///
    /// # Errors
    ///
    /// When its folder cannot be written to.
    pub fn new(target: &Path) -> Result<Self, FolderError> {
        let folder = target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(UNFINISHED).suffix(".part");
        #[cfg(unix)]
        {
            // Results are as readable as any other file: the system's mask applies, not the secrecy of temporary files.
            use std::os::unix::fs::PermissionsExt as _;
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        let file = builder.tempfile_in(folder).map_err(|cause| FolderError::write(target, without_path(cause)))?;
        Ok(StagedFile { file, target: target.to_owned(), bytes: 0, digest: Sha256::new() })
    }

    /// Its later place.
    pub fn path(&self) -> &Path {
        &self.target
    }

    /// Gives it its name, replacing what was there.
    ///
    /// # Errors
    ///
    /// When the system cannot store or rename it.
    pub fn publish(self) -> Result<PathBuf, FolderError> {
        self.store()?;
        self.rename()
    }

    /// Gives it its name, unless something has that name already.
    ///
    /// # Errors
    ///
    /// When something has, or the system cannot store or rename it.
    pub fn publish_new(self) -> Result<PathBuf, FolderError> {
        self.store()?;
        let StagedFile { file, target, .. } = self;
        file.persist_noclobber(&target).map_err(|error| FolderError::write(&target, error.error))?;
        Ok(target)
    }

    /// Waits until the system has stored it.
    fn store(&self) -> Result<(), FolderError> {
        self.file.as_file().sync_all().map_err(|cause| FolderError::write(&self.target, cause))
    }

    fn rename(self) -> Result<PathBuf, FolderError> {
        let StagedFile { file, target, .. } = self;
        file.persist(&target).map_err(|error| FolderError::write(&target, error.error))?;
        Ok(target)
    }

    fn record(&self, rows: Option<u64>) -> FileRecord {
        let name = self.target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let sha256 = hexadecimal(self.digest.clone().finalize().as_slice());
        FileRecord { name, bytes: self.bytes, rows, sha256 }
    }
}

impl Write for StagedFile {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let written = self.file.write(buffer)?;
        self.bytes += written as u64;
        self.digest.update(&buffer[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The temporary name means nothing to a reader: only what the system says is kept.
fn without_path(cause: io::Error) -> io::Error {
    io::Error::from(cause.kind())
}
