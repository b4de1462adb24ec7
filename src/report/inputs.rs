//! `inputs.csv`: what every uncertain number was drawn as in each run, and what came of the run. Studies read it again.

use super::folder::{Folder, FolderError};
use super::runs::column_cell;
use super::study::StudyFiles;
use super::table::{Cell, Field, Table, heading};
use crate::study::Columns;
use crate::study::sensitivity::{Drawn, Sample};
use crate::world::{Column, Outcome, Status, Unit};

pub(super) const NAME: &str = "inputs.csv";

fn fields<'c>(
    inputs: impl Iterator<Item = &'c Column>,
    outcomes: impl Iterator<Item = (bool, &'c Column)>,
) -> Vec<Field> {
    let mut fields = vec![
        Field::new("plan", "Name of the plan", ""),
        Field::new("run", "Number of the run, from 0; runs that were stopped are left out", "1"),
    ];
    fields.extend(inputs.map(|column| {
        let meaning = format!("{}: as it is first drawn in the run, or would be if it is not used", column.title);
        Field::new(heading("u_", &column.id), meaning, column.unit.word()).from_source(&column.source)
    }));
    fields.extend(outcomes.map(|(contingency, column)| {
        let (prefix, unit) = if contingency { ("k_", &Unit::Truth) } else { ("m_", &column.unit) };
        Field::new(heading(prefix, &column.id), &column.title, unit.word()).from_source(&column.source)
    }));
    fields
}

/// Writes `inputs.csv` of one plan: one row a run.
///
/// # Errors
///
/// When it cannot be written.
pub fn write_inputs(files: &mut StudyFiles, sample: &Sample) -> Result<(), FolderError> {
    let rows = sample.runs.iter().enumerate().map(|(place, &run)| {
        let inputs = sample
            .inputs
            .iter()
            .map(|input| column_cell(&input.column.unit, input.column.unit.canonical(input.values[place])));
        let outcomes = sample.outcomes.iter().map(|outcome| Cell::Number(outcome.values[place]));
        [Cell::Text(&sample.plan), Cell::Whole(run)].into_iter().chain(inputs).chain(outcomes).collect()
    });
    let inputs = sample.inputs.iter().map(|input| &input.column);
    let outcomes = sample.outcomes.iter().map(|outcome| (outcome.contingency, &outcome.column));
    files.write(NAME, fields(inputs, outcomes), rows)
}

/// `inputs.csv` of a batch, being written run by run.
pub(super) struct InputsFile {
    table: Table,
    drawn: Drawn,
}

impl InputsFile {
    /// Begins the file.
    pub(super) fn new(folder: &Folder, columns: &Columns, drawn: Drawn) -> Result<Self, FolderError> {
        Ok(InputsFile { table: folder.table(NAME, &InputsFile::fields(columns, &drawn))?, drawn })
    }

    fn fields(columns: &Columns, drawn: &Drawn) -> Vec<Field> {
        let contingencies = columns.contingencies.iter().map(|column| (true, column));
        let measures = columns.measures.iter().map(|column| (false, column));
        fields(drawn.columns.iter(), contingencies.chain(measures))
    }

    /// Writes the row of one run under one plan, by its position.
    pub(super) fn write(
        &mut self,
        columns: &Columns,
        (position, plan): (usize, &str),
        run: u64,
        outcome: &Outcome,
    ) -> Result<(), FolderError> {
        if outcome.status != Status::Ok {
            return Ok(());
        }
        let table = &mut self.table;
        table.cell(Cell::Text(plan))?;
        table.cell(Cell::Whole(run))?;
        for (column, value) in self.drawn.columns.iter().zip(self.drawn.values(position, outcome)) {
            table.cell(column_cell(&column.unit, value))?;
        }
        for found in &outcome.contingencies {
            table.cell(Cell::Whole(u64::from(found.onset.is_some())))?;
        }
        for (column, &value) in columns.measures.iter().zip(&outcome.measures) {
            table.cell(column_cell(&column.unit, value))?;
        }
        table.end_row()
    }

    /// Ends the file. Returns what the dictionary says of it.
    pub(super) fn finish(
        self,
        folder: &mut Folder,
        columns: &Columns,
    ) -> Result<(&'static str, Vec<Field>), FolderError> {
        folder.keep(self.table)?;
        Ok((NAME, InputsFile::fields(columns, &self.drawn)))
    }
}
