//! All files of a batch together: those written run by run, and those written at the end.

use super::contingencies::ContingenciesFile;
use super::dictionary::write_dictionary;
use super::folder::{Folder, FolderError};
use super::manifest::Manifest;
use super::runs::RunsFile;
use super::series::write_series;
use super::summary::write_summary;
use crate::study::{Columns, Tally};
use crate::world::Outcome;
use std::path::{Path, PathBuf};

/// The files of a batch, being written.
pub struct BatchFiles<'a> {
    columns: &'a Columns,
    plans: &'a [String],
    folder: Folder,
    runs: RunsFile,
    contingencies: ContingenciesFile,
}

impl<'a> BatchFiles<'a> {
    /// Begins the files in a folder, before the first run, so that a folder that will not do is found out early.
    ///
    /// # Errors
    ///
    /// When the folder holds the files of others, or cannot be written to.
    pub fn open(folder: &Path, columns: &'a Columns, plans: &'a [String]) -> Result<Self, FolderError> {
        let folder = Folder::open(folder)?;
        let runs = RunsFile::new(&folder, columns)?;
        let contingencies = ContingenciesFile::new(&folder)?;
        Ok(BatchFiles { columns, plans, folder, runs, contingencies })
    }

    /// Writes what became of one run under each plan.
    ///
    /// # Errors
    ///
    /// When a file cannot be written.
    pub fn write(&mut self, run: u64, outcomes: &[Outcome]) -> Result<(), FolderError> {
        for (plan, outcome) in self.plans.iter().zip(outcomes) {
            self.runs.write(self.columns, plan, run, outcome)?;
            self.contingencies.write(self.columns, plan, run, outcome)?;
        }
        Ok(())
    }

    /// Writes what the runs add up to, and gives all files their names. Returns their paths, the manifest's last.
    ///
    /// # Errors
    ///
    /// When a file cannot be written or renamed.
    pub fn publish(mut self, tallies: &[Tally], manifest: Manifest) -> Result<Vec<PathBuf>, FolderError> {
        let tallied: Vec<(&str, &Tally)> = self.plans.iter().map(String::as_str).zip(tallies).collect();
        write_summary(&mut self.folder, self.columns, &tallied)?;
        self.runs.finish(&mut self.folder)?;
        self.contingencies.finish(&mut self.folder)?;
        write_series(&mut self.folder, self.columns, &tallied)?;
        write_dictionary(&mut self.folder, self.columns)?;
        self.folder.publish(|files| Manifest { files, ..manifest.clone() })
    }
}
