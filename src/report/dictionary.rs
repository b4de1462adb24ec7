//! `dictionary.csv`: every column of every file, with its meaning, unit and source.

use super::folder::{Folder, FolderError};
use super::table::{Cell, Field};
use super::{contingencies, events, evidence, runs, series, summary};
use crate::study::Columns;

pub(super) const NAME: &str = "dictionary.csv";

fn fields() -> Vec<Field> {
    vec![
        Field::new("file", "Name of the file", ""),
        Field::new("column", "Heading of the column", ""),
        Field::new("meaning", "What it means", ""),
        Field::new(
            "unit",
            "Its unit: `h` for hours, `1` for numbers and shares, `0/1` for no and yes, `unit` for that of the row",
            "",
        ),
        Field::new("source", "Where it comes from, as the scenario says", ""),
    ]
}

/// Writes `dictionary.csv` of a batch, with a file that not every batch has.
pub(super) fn write_dictionary(
    folder: &mut Folder,
    columns: &Columns,
    inputs: Option<(&'static str, Vec<Field>)>,
) -> Result<(), FolderError> {
    let mut files = vec![
        (runs::NAME, runs::fields(columns)),
        (summary::NAME, summary::fields()),
        (series::NAME, series::fields()),
        (contingencies::NAME, contingencies::fields()),
        (evidence::NAME, evidence::fields()),
        (events::NAME, events::fields()),
    ];
    files.extend(inputs);
    write_entries(folder, &files)
}

/// Writes the entries of some files, and those of the dictionary itself.
pub(super) fn write_entries(folder: &mut Folder, files: &[(&str, Vec<Field>)]) -> Result<(), FolderError> {
    let mut table = folder.table(NAME, &fields())?;
    let own = (NAME, fields());
    for (file, fields) in files.iter().chain([&own]) {
        for field in fields {
            table.row([file, field.name.as_str(), &field.meaning, &field.unit, &field.source].map(Cell::Text))?;
        }
    }
    folder.keep(table)
}
