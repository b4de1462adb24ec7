//! All files of a batch together: those written run by run, and those written at the end.

use super::contingencies::ContingenciesFile;
use super::dictionary::write_dictionary;
use super::evidence::write_ledger;
use super::folder::{Folder, FolderError};
use super::inputs::InputsFile;
use super::manifest::Manifest;
use super::runs::RunsFile;
use super::series::write_series;
use super::summary::write_summary;
use crate::study::sensitivity::Drawn;
use crate::study::{Columns, Tally};
use crate::world::{Ledger, Outcome};
use std::path::{Path, PathBuf};

/// The files of a batch, being written.
pub struct BatchFiles<'a> {
    columns: &'a Columns,
    plans: &'a [String],
    folder: Folder,
    runs: RunsFile,
    contingencies: ContingenciesFile,
    inputs: Option<InputsFile>,
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
        Ok(BatchFiles { columns, plans, folder, runs, contingencies, inputs: None })
    }

    /// Keeps what every uncertain number is drawn as, too. The runs must have recorded it.
    ///
    /// # Errors
    ///
    /// When the file cannot be begun.
    pub fn keep_inputs(&mut self, drawn: Drawn) -> Result<(), FolderError> {
        self.inputs = Some(InputsFile::new(&self.folder, self.columns, drawn)?);
        Ok(())
    }

    /// Writes what became of one run under each plan.
    ///
    /// # Errors
    ///
    /// When a file cannot be written.
    pub fn write(&mut self, run: u64, outcomes: &[Outcome]) -> Result<(), FolderError> {
        for (position, (plan, outcome)) in self.plans.iter().zip(outcomes).enumerate() {
            self.runs.write(self.columns, plan, run, outcome)?;
            self.contingencies.write(self.columns, plan, run, outcome)?;
            if let Some(inputs) = &mut self.inputs {
                inputs.write(self.columns, (position, plan), run, outcome)?;
            }
        }
        Ok(())
    }

    /// Names a file of the folder that goes once the results are whole.
    pub fn remove_at_the_end(&mut self, path: PathBuf) {
        self.folder.remove_at_the_end(path);
    }

    /// Writes what the runs add up to and the scenario as it was run, and gives all files their names. Returns their paths,
    /// the manifest's last.
    ///
    /// # Errors
    ///
    /// When a file cannot be written or renamed.
    pub fn publish(
        mut self,
        tallies: &[Tally],
        scenario: &str,
        ledger: &Ledger,
        manifest: Manifest,
    ) -> Result<Vec<PathBuf>, FolderError> {
        let tallied: Vec<(&str, &Tally)> = self.plans.iter().map(String::as_str).zip(tallies).collect();
        write_summary(&mut self.folder, self.columns, &tallied)?;
        self.runs.finish(&mut self.folder)?;
        self.contingencies.finish(&mut self.folder)?;
        write_series(&mut self.folder, self.columns, &tallied)?;
        write_ledger(&mut self.folder, ledger)?;
        let inputs = self.inputs.map(|inputs| inputs.finish(&mut self.folder, self.columns)).transpose()?;
        write_dictionary(&mut self.folder, self.columns, inputs)?;
        self.folder.file(&format!("{}.toml", manifest.scenario.id), scenario.as_bytes())?;
        self.folder.publish(|files| Manifest { files, ..manifest.clone() })
    }
}
