//! The list as CSV.

use super::Msel;
use super::columns::COLUMNS;
use crate::report::folder::FolderError;
use crate::report::table::{Cell, Field, Table};
use std::path::Path;

/// The bytes of the table. `target` is for errors.
pub(super) fn csv(msel: &Msel, target: &Path) -> Result<Vec<u8>, FolderError> {
    let fields: Vec<Field> = COLUMNS.iter().map(|column| Field::new(column.heading, column.meaning, "")).collect();
    let mut table = Table::new(Vec::new(), target, &fields)?;
    for row in &msel.rows {
        let cells: Vec<String> = COLUMNS.iter().map(|column| (column.cell)(msel, row)).collect();
        table.row(cells.iter().map(|cell| Cell::Text(cell)))?;
    }
    Ok(table.finish()?.0)
}
