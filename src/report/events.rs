//! `events.csv`: the events of one run, each with its cause, as `canvass run --events` writes them.

use super::folder::{FolderError, StagedFile};
use super::table::{Cell, Field, Table};
use crate::engine::EventId;
use crate::world::Entry;
use std::io::Write;
use std::path::{Path, PathBuf};

pub(super) const NAME: &str = "events.csv";

/// The headings of `events.csv`.
pub(super) fn fields() -> Vec<Field> {
    vec![
        Field::new("run", "Number of the run, from 0", "1"),
        Field::new("id", "Number of the event within the run", "1"),
        Field::new("cause", "Number of the event that caused it; empty for none", "1"),
        Field::new("time_h", "Moment, since the start", "h"),
        Field::new("clock", "The same moment as a clock shows it", ""),
        Field::new("process", "What kind of thing happens: `asset`, `narrative`, `response` and so on", ""),
        Field::new("subject", "Whom or what it concerns", ""),
        Field::new("text", "What happens", ""),
        Field::new("because", "Why it matters, in the author's words", ""),
    ]
}

/// Writes the events of a run to a file of any name.
///
/// # Errors
///
/// When it cannot be written.
pub fn write_events(
    path: &Path,
    run: u64,
    entries: &[Entry],
    clock: impl Fn(&Entry) -> String,
) -> Result<PathBuf, FolderError> {
    let mut table = Table::new(StagedFile::new(path)?, path, &fields())?;
    write_rows(&mut table, run, entries, clock)?;
    let (file, _) = table.finish()?;
    file.publish()
}

/// The file that [`write_events`] would write, line by line, to be compared with one that is stored.
///
/// # Errors
///
/// Never in practice: memory does not refuse to be written.
pub fn event_lines(run: u64, entries: &[Entry], clock: impl Fn(&Entry) -> String) -> Result<Vec<String>, FolderError> {
    let mut table = Table::new(Vec::new(), Path::new(NAME), &fields())?;
    write_rows(&mut table, run, entries, clock)?;
    let (bytes, _) = table.finish()?;
    Ok(String::from_utf8_lossy(&bytes).lines().map(str::to_owned).collect())
}

fn write_rows<W: Write>(
    table: &mut Table<W>,
    run: u64,
    entries: &[Entry],
    clock: impl Fn(&Entry) -> String,
) -> Result<(), FolderError> {
    entries.iter().try_for_each(|entry| {
        table.row([
            Cell::Whole(run),
            Cell::Whole(u64::from(entry.id.0)),
            if entry.cause == EventId::NONE { Cell::Maybe(None) } else { Cell::Whole(u64::from(entry.cause.0)) },
            Cell::Number(entry.time.hours()),
            Cell::Text(&clock(entry)),
            Cell::Text(entry.process),
            Cell::Text(&entry.subject),
            Cell::Text(&entry.text),
            Cell::Text(entry.because.as_deref().unwrap_or_default()),
        ])
    })
}
