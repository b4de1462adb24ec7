//! `stix.json`: one run as a STIX 2.1 bundle, for platforms on which threat intelligence is exchanged.
//!
//! Every object is marked as simulated, three times: by a label, by a statement, and by the word of the Traffic Light Protocol.
//! Identifiers are made from names, moments are those of the story. Whoever acts with intent in the scenario becomes a threat actor; a
//! rumour that nobody planted does not, and neither does anybody who merely talks.

mod actors;
mod bundle;

pub use bundle::Bundle;

use super::folder::{FolderError, StagedFile};
use std::io::Write as _;
use std::path::{Path, PathBuf};

impl Bundle<'_> {
    /// Writes the bundle to a file. Returns its path.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn write(&self, target: &Path) -> Result<PathBuf, FolderError> {
        let mut file = StagedFile::new(target)?;
        let written = serde_json::to_writer_pretty(&mut file, &self.json()).map_err(std::io::Error::from);
        written.and_then(|()| file.write_all(b"\n")).map_err(|error| FolderError::write(target, error))?;
        file.publish()
    }
}
