//! What `canvass batch` writes down as it goes, so that `--resume` can go on where it stopped.

use super::failure::Failure;
use super::until::Until;
use crate::report::{
    FolderError, Origin, PART_FORMAT, PartError, PartHead, PartReader, PartWriter, ResumeError, Resumption,
};
use crate::study::Columns;
use crate::study::batch::Settings;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

/// Its name in the folder of the results.
const NAME: &str = ".canvass-unfinished";

/// What to say when a batch fails, the journal of which is kept.
pub(super) const GO_ON: &str = "the runs that were made are kept: the same command with --resume goes on from them";

/// What the journal of an earlier batch says of it.
pub(super) struct Found {
    path: PathBuf,
    pub(super) head: PartHead,
}

impl Found {
    /// Looks for the journal of a batch that was cut short.
    pub(super) fn look(folder: &Path, columns: &Columns) -> Result<Option<Found>, Failure> {
        let path = folder.join(NAME);
        match PartReader::open(&path, columns) {
            Ok(reader) => Ok(Some(Found { head: reader.head().clone(), path })),
            Err(PartError::Io { cause, .. }) if cause.kind() == std::io::ErrorKind::NotFound => Ok(None),
            // It was cut short before it had begun: there is nothing in it to lose.
            Err(PartError::Damaged { .. }) => Ok(None),
            Err(error) => Err(Failure::failed(error.to_string())),
        }
    }

    /// Refuses runs that depend on anything else.
    pub(super) fn is_of(&self, origin: &Origin) -> Result<(), Failure> {
        let differences = origin.differences(&self.head.origin, "in the interrupted batch");
        if differences.is_empty() {
            return Ok(());
        }
        let refused = Failure::bad_input(format!(
            "this is not the batch that was interrupted in {}: {}",
            self.path.parent().unwrap_or(Path::new(".")).display(),
            differences.join("; ")
        ));
        Err(refused.hint("make it the same again, or leave out --resume to begin anew"))
    }
}

/// The journal of a batch that is under way. It stays until the results are whole.
pub(super) struct Journal<'a> {
    pub(super) path: PathBuf,
    pub(super) past: Option<PartReader<'a, BufReader<File>>>,
    pub(super) writer: PartWriter<File>,
    /// How many runs were found in it.
    pub(super) found: u64,
    /// Whether the journal of another batch was overwritten.
    pub(super) replaced: bool,
}

impl<'a> Journal<'a> {
    /// Begins a journal. One that is there is overwritten.
    pub(super) fn begin(folder: &Path, origin: Origin, settings: &Settings, until: &Until) -> Result<Self, Failure> {
        let path = folder.join(NAME);
        let runs = &settings.runs;
        let head = PartHead {
            format: PART_FORMAT.to_owned(),
            origin,
            first: runs.start,
            requested: runs.end - runs.start,
            until: until.waiting(),
        };
        let replaced = path.exists();
        let file = File::create(&path).map_err(|cause| FolderError::write(&path, cause))?;
        let writer = PartWriter::new(file, &path, &head)?;
        Ok(Journal { path, past: None, writer, found: 0, replaced })
    }

    /// Goes on with a journal.
    pub(super) fn go_on(found: Found, columns: &'a Columns) -> Result<Self, Failure> {
        let Found { path, .. } = found;
        let resumed = Resumption::open(&path, columns).map_err(|error| match error {
            ResumeError::Part(error) => Failure::failed(error.to_string()),
            ResumeError::Folder(error) => error.into(),
        })?;
        let Resumption { past, writer, runs } = resumed;
        Ok(Journal { path, past: Some(past), writer, found: runs, replaced: false })
    }

    /// Throws it away.
    pub(super) fn discard(self) {
        // One that stays is overwritten by the next batch.
        let _ = std::fs::remove_file(&self.path);
    }
}
