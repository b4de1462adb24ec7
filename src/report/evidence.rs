//! `evidence.csv`: every number the results rest on, and on what that number rests.

use super::folder::{Folder, FolderError, StagedFile};
use super::table::{Cell, Field, Table};
use crate::scenario::Grade;
use crate::world::{Ledger, Origin};
use std::io::Write;
use std::path::{Path, PathBuf};

pub(super) const NAME: &str = "evidence.csv";

/// The headings of `evidence.csv`.
pub(super) fn fields() -> Vec<Field> {
    vec![
        Field::new("plan", "Plans under which the number holds, with `; ` between them; empty for all", ""),
        Field::new(
            "path",
            "Where it stands in the scenario, or would if the scenario said it; a star stands for several names",
            "",
        ),
        Field::new("origin", "`written` in the scenario or its parts, or `built-in` where they say nothing", ""),
        Field::new("place", "File and line of a number that is written, the name of one that is built in", ""),
        Field::new("keys", "How many keys it stands in for: 1 if it is written", "1"),
        Field::new("value", "As it is written", ""),
        Field::new("unit", "Unit of the next three", ""),
        Field::new("p5", "5 % of its draws lie below this; the number itself if it is not uncertain", "unit"),
        Field::new("p50", "Half of its draws lie below this", "unit"),
        Field::new("p95", "95 % of its draws lie below this", "unit"),
        Field::new(
            "basis",
            "On what it rests: `cited`, `estimated`, `assumed`, or `unstated`; `choice` for a decision of the author, which \
             claims nothing about the world",
            "",
        ),
        Field::new(
            "grade",
            "How strong that evidence is: `A` cause and effect in the field, `B` experiments, `C` fits of models and single \
             cases, `D` none; empty if nobody said",
            "",
        ),
        Field::new("source", "Where it comes from, or why it is assumed", ""),
    ]
}

/// Writes `evidence.csv` among other files.
pub(super) fn write_ledger(folder: &mut Folder, ledger: &Ledger) -> Result<(), FolderError> {
    let mut table = folder.table(NAME, &fields())?;
    write_rows(&mut table, ledger)?;
    folder.keep(table)
}

/// Writes the ledger to a file of any name.
///
/// # Errors
///
/// When it cannot be written.
pub fn write_evidence(path: &Path, ledger: &Ledger) -> Result<PathBuf, FolderError> {
    let mut table = Table::new(StagedFile::new(path)?, path, &fields())?;
    write_rows(&mut table, ledger)?;
    let (file, _) = table.finish()?;
    file.publish()
}

/// The file that [`write_evidence`] would write.
///
/// # Errors
///
/// Never in practice: memory does not refuse to be written.
pub fn evidence_text(ledger: &Ledger) -> Result<Vec<u8>, FolderError> {
    let mut table = Table::new(Vec::new(), Path::new(NAME), &fields())?;
    write_rows(&mut table, ledger)?;
    table.finish().map(|(bytes, _)| bytes)
}

fn write_rows<W: Write>(table: &mut Table<W>, ledger: &Ledger) -> Result<(), FolderError> {
    for entry in ledger.entries() {
        let (origin, place, keys) = match &entry.origin {
            Origin::Written(place) => ("written", place.clone(), 1),
            Origin::BuiltIn(name, keys) => ("built-in", name.to_lowercase().replace('_', "-"), *keys),
        };
        let point = |place: usize| Cell::Maybe(entry.points.map(|points| points[place]));
        table.row([
            Cell::Text(&entry.plans.join("; ")),
            Cell::Text(&entry.path),
            Cell::Text(origin),
            Cell::Text(&place),
            Cell::Whole(keys),
            Cell::Text(&entry.written),
            Cell::Text(entry.unit.word()),
            point(0),
            point(1),
            point(2),
            Cell::Text(entry.standing.word()),
            Cell::Text(entry.grade.map_or("", Grade::word)),
            Cell::Text(entry.source.as_deref().unwrap_or_default()),
        ])?;
    }
    Ok(())
}
