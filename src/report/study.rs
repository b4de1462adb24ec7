//! The files of a study other than a batch: tables under one manifest, with a dictionary of their columns.

use super::dictionary::write_entries;
use super::folder::{Folder, FolderError};
use super::manifest::StudyManifest;
use super::table::{Cell, Field};
use std::path::{Path, PathBuf};

/// The files of a study, being written.
pub struct StudyFiles {
    folder: Folder,
    tables: Vec<(&'static str, Vec<Field>)>,
}

impl StudyFiles {
    /// Opens the folder before the first run, so that one that will not do is found out early.
    ///
    /// # Errors
    ///
    /// When the folder holds the files of others, or cannot be written to.
    pub fn open(folder: &Path, format: &str) -> Result<Self, FolderError> {
        Ok(StudyFiles { folder: Folder::open_for(folder, format)?, tables: Vec::new() })
    }

    /// Writes a table.
    pub(super) fn write<'c>(
        &mut self,
        name: &'static str,
        fields: Vec<Field>,
        rows: impl IntoIterator<Item = Vec<Cell<'c>>>,
    ) -> Result<(), FolderError> {
        let mut table = self.folder.table(name, &fields)?;
        for row in rows {
            table.row(row)?;
        }
        self.folder.keep(table)?;
        self.tables.push((name, fields));
        Ok(())
    }

    /// Writes the dictionary and gives all files their names. Returns their paths, the manifest's last.
    ///
    /// # Errors
    ///
    /// When a file cannot be written or renamed.
    pub fn publish(mut self, manifest: StudyManifest) -> Result<Vec<PathBuf>, FolderError> {
        write_entries(&mut self.folder, &self.tables)?;
        self.folder.publish(|files| StudyManifest { files, ..manifest.clone() })
    }
}
