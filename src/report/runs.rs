//! `runs.csv`: one row a plan and run, written as the runs come in.

use super::folder::{Folder, FolderError};
use super::table::{Cell, Field, Table, heading};
use crate::study::Columns;
use crate::world::{Column, Outcome, Unit};

pub(super) const NAME: &str = "runs.csv";

/// The headings of `runs.csv`.
pub(super) fn fields(columns: &Columns) -> Vec<Field> {
    let mut fields = vec![
        Field::new("plan", "Name of the plan", ""),
        Field::new("run", "Number of the run, from 0; one number is the same world under every plan", "1"),
        Field::new(
            "status",
            "`ok`, or `runaway` for a run that was stopped because events bred events without end",
            "",
        ),
    ];
    let own = |prefix: &str, column: &Column| {
        Field::new(heading(prefix, &column.id), &column.title, column.unit.word()).from_source(&column.source)
    };
    fields.extend(columns.uncertainties.iter().map(|column| own("u_", column)));
    fields.extend(columns.measures.iter().map(|column| own("m_", column)));
    for column in &columns.contingencies {
        let name = heading("k_", &column.id);
        let onset = format!("{}: when it first happened, since the start; empty if it did not", column.title);
        fields.push(Field::new(&name, &column.title, Unit::Truth.word()).from_source(&column.source));
        fields.push(Field::new(format!("{name}_onset_h"), onset, Unit::Hours.word()).from_source(&column.source));
    }
    fields
}

/// `runs.csv` being written.
pub(super) struct RunsFile {
    table: Table,
}

impl RunsFile {
    /// Begins the file.
    pub(super) fn new(folder: &Folder, columns: &Columns) -> Result<Self, FolderError> {
        Ok(RunsFile { table: folder.table(NAME, &fields(columns))? })
    }

    /// Writes the row of one run under one plan.
    pub(super) fn write(
        &mut self,
        columns: &Columns,
        plan: &str,
        run: u64,
        outcome: &Outcome,
    ) -> Result<(), FolderError> {
        let table = &mut self.table;
        table.cell(Cell::Text(plan))?;
        table.cell(Cell::Whole(run))?;
        table.cell(Cell::Text(outcome.status.word()))?;
        let numbers = columns.uncertainties.iter().zip(&outcome.drawn);
        for (column, &value) in numbers.chain(columns.measures.iter().zip(&outcome.measures)) {
            table.cell(column_cell(&column.unit, value))?;
        }
        for found in &outcome.contingencies {
            table.cell(Cell::Whole(u64::from(found.onset.is_some())))?;
            table.cell(Cell::Maybe(found.onset.map(|onset| onset.hours())))?;
        }
        table.end_row()
    }

    /// Ends the file.
    pub(super) fn finish(self, folder: &mut Folder) -> Result<(), FolderError> {
        folder.keep(self.table)
    }
}

/// A value in canonical units as its column writes it: the name of a choice, or a number.
pub(super) fn column_cell(unit: &Unit, canonical: f64) -> Cell<'_> {
    match unit {
        Unit::Choice(names) if canonical >= 0.0 => {
            names.get(canonical as usize).map_or(Cell::Number(canonical), |name| Cell::Text(name))
        }
        _ => Cell::Number(unit.external(canonical)),
    }
}
