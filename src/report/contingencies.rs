//! `contingencies.csv`: one row for each contingency that happened in a run, written as the runs come in.

use super::folder::{Folder, FolderError};
use super::table::{Cell, Field, Table};
use crate::study::Columns;
use crate::world::Outcome;

pub(super) const NAME: &str = "contingencies.csv";

/// The headings of `contingencies.csv`.
pub(super) fn fields() -> Vec<Field> {
    vec![
        Field::new("plan", "Name of the plan", ""),
        Field::new("run", "Number of the run, from 0", "1"),
        Field::new("contingency", "Id of the contingency that happened", ""),
        Field::new("onset_h", "When it first happened, since the start", "h"),
        Field::new("duration_h", "How long it held in all", "h"),
        Field::new("severity", "How bad it was at its worst", "unit"),
        Field::new("unit", "Unit of the severity", ""),
    ]
}

/// `contingencies.csv` being written.
pub(super) struct ContingenciesFile {
    table: Table,
}

impl ContingenciesFile {
    /// Begins the file.
    pub(super) fn new(folder: &Folder) -> Result<Self, FolderError> {
        Ok(ContingenciesFile { table: folder.table(NAME, &fields())? })
    }

    /// Writes the rows of one run under one plan.
    pub(super) fn write(
        &mut self,
        columns: &Columns,
        plan: &str,
        run: u64,
        outcome: &Outcome,
    ) -> Result<(), FolderError> {
        for (column, found) in columns.contingencies.iter().zip(&outcome.contingencies) {
            let Some(onset) = found.onset else { continue };
            self.table.row([
                Cell::Text(plan),
                Cell::Whole(run),
                Cell::Text(&column.id),
                Cell::Number(onset.hours()),
                Cell::Number(found.duration.hours()),
                Cell::Maybe(found.severity.map(|severity| column.unit.external(severity))),
                Cell::Text(column.unit.word()),
            ])?;
        }
        Ok(())
    }

    /// Ends the file.
    pub(super) fn finish(self, folder: &mut Folder) -> Result<(), FolderError> {
        folder.keep(self.table)
    }
}
