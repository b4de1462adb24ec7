//! Where files are kept: written under a temporary name in the folder itself, and given their names only when all are whole.

use super::manifest::{FORMAT, MANIFEST};
use super::package::{self, PACKAGE};
use super::table::{Field, Table};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// How the names of unfinished files begin.
const UNFINISHED: &str = ".canvass-";

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
    /// A folder or file cannot be made, read or written.
    #[error("cannot {action} {}: {}", path.display(), cause)]
    Io {
        /// What was tried: `write`, `make`, `read`.
        action: &'static str,
        /// Where.
        path: PathBuf,
        /// What the system says.
        #[source]
        cause: io::Error,
    },
}

impl FolderError {
    pub(super) fn write(path: &Path, cause: io::Error) -> Self {
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<u64>,
    /// Of its bytes, in hexadecimal.
    pub sha256: String,
}

/// A folder for the results of one batch.
pub struct Folder {
    path: PathBuf,
    finished: Vec<Finished>,
}

/// A table that is complete, and not yet published.
struct Finished {
    file: StagedFile,
    rows: u64,
    fields: Vec<Field>,
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
        if !has_manifest_of(path, format) {
            for entry in std::fs::read_dir(path).map_err(failed("read"))? {
                let name = entry.map_err(failed("read"))?.file_name();
                if !name.to_string_lossy().starts_with(UNFINISHED) {
                    return Err(FolderError::Foreign { path: path.to_owned(), example: name.into() });
                }
            }
        }
        Ok(Folder { path: path.to_owned(), finished: Vec::new() })
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
        self.finished.push(Finished { file, rows, fields });
        Ok(())
    }

    /// Gives all files their names, and the manifest last: a folder whose manifest fits its files is whole. `manifest` makes
    /// it from the records of the files.
    /// Returns the paths, the manifest's last.
    ///
    /// # Errors
    ///
    /// When the manifest cannot be written or a file cannot be renamed.
    pub fn publish<M: Serialize>(self, manifest: impl Fn(Vec<FileRecord>) -> M) -> Result<Vec<PathBuf>, FolderError> {
        let records = || self.finished.iter().map(|table| table.file.record(Some(table.rows)));
        // A package describes the tables, and the manifest lists the package: what it says of the scenario is known without that.
        let draft = serde_json::to_value(manifest(records().collect())).map_err(io::Error::from);
        let draft = draft.map_err(|error| FolderError::write(&self.path.join(MANIFEST), error))?;
        let fields = self.finished.iter().map(|table| table.fields.clone());
        let described = package::describe(&draft, &records().zip(fields).collect::<Vec<_>>());
        let package = json_file(&self.path.join(PACKAGE), &described)?;
        let last = json_file(&self.path.join(MANIFEST), &manifest(records().chain([package.record(None)]).collect()))?;
        remove_outdated(&self.path)?;
        self.finished.into_iter().map(|table| table.file).chain([package, last]).map(StagedFile::publish).collect()
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

/// How the names of files end that are made from the tables of a folder.
const DERIVED: [&str; 5] = ["report.xlsx", "sipmath.xlsx", ".excel.csv", ".excel-eu.csv", ".parquet"];

/// Removes what was made from earlier tables of this folder: beside new tables it would speak of others.
fn remove_outdated(folder: &Path) -> Result<(), FolderError> {
    let failed = |action| move |cause| FolderError::Io { action, path: folder.to_owned(), cause };
    for entry in std::fs::read_dir(folder).map_err(failed("read"))? {
        let entry = entry.map_err(failed("read"))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if DERIVED.iter().any(|end| name.ends_with(end)) {
            std::fs::remove_file(entry.path()).map_err(failed("write"))?;
        }
    }
    Ok(())
}

fn has_manifest_of(folder: &Path, format: &str) -> bool {
    std::fs::read(folder.join(MANIFEST))
        .ok()
        .and_then(|bytes| serde_json::from_slice::<serde_json::Value>(&bytes).ok())
        .is_some_and(|manifest| manifest["format"].as_str() == Some(format))
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
        let StagedFile { file, target, .. } = self;
        file.as_file()
            .sync_all()
            .and_then(|()| file.persist(&target).map_err(|error| error.error))
            .map_err(|cause| FolderError::write(&target, cause))?;
        Ok(target)
    }

    fn record(&self, rows: Option<u64>) -> FileRecord {
        let name = self.target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let sha256 = self.digest.clone().finalize().iter().map(|byte| format!("{byte:02x}")).collect();
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

/// The temporary name means nothing to a reader: only what the system says is kept.
fn without_path(cause: io::Error) -> io::Error {
    io::Error::from(cause.kind())
}
