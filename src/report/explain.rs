//! `causes.csv`, `last_moments.csv`, `patterns.csv` and `together.csv`: why contingencies came about.

use super::folder::FolderError;
use super::study::StudyFiles;
use super::table::{Cell, Field};
use crate::study::explain::{Explanation, Patterns, Survey};
use crate::study::statistics::Share;
use crate::world::{Cause, Column};

/// The format of the folders that `canvass explain` writes.
pub const EXPLAIN_FORMAT: &str = "canvass-explain-1";

/// Writes `causes.csv`: the trees of the runs that were explained, a line a cause.
///
/// # Errors
///
/// When it cannot be written.
pub fn write_causes(files: &mut StudyFiles, contingency: &str, explained: &[Explanation]) -> Result<(), FolderError> {
    let fields = vec![
        Field::new("run", "Number of the run", "1"),
        Field::new("contingency", "Id of the contingency", ""),
        Field::new("line", "Number of the cause within the tree, from 1", "1"),
        Field::new("leads_to", "Line of what it brought about; empty for the contingency", "1"),
        Field::new("time_h", "When, since the start", "h"),
        Field::new("subject", "Whom or what it concerns", ""),
        Field::new("text", "What happened", ""),
        Field::new(
            "needed",
            "Whether the contingency would not have happened without this act; empty for what is no act",
            "0/1",
        ),
    ];
    let mut rows = Vec::new();
    for explanation in explained {
        let mut lines = Vec::new();
        lay_out(&explanation.tree, None, &mut lines);
        for (place, (above, cause)) in lines.into_iter().enumerate() {
            let sources = &explanation.necessity.sources;
            let source = cause.effect.and_then(|effect| sources.iter().find(|source| source.effect == effect));
            rows.push(vec![
                Cell::Whole(explanation.run),
                Cell::Text(contingency),
                Cell::Whole(place as u64 + 1),
                above.map_or(Cell::Maybe(None), |above| Cell::Whole(above as u64 + 1)),
                Cell::Number(cause.time.hours()),
                Cell::Text(&cause.subject),
                Cell::Text(&cause.text),
                source.map_or(Cell::Maybe(None), |source| Cell::Whole(u64::from(source.needed))),
            ]);
        }
    }
    files.write("causes.csv", fields, rows)
}

fn lay_out<'c>(cause: &'c Cause, above: Option<usize>, lines: &mut Vec<(Option<usize>, &'c Cause)>) {
    lines.push((above, cause));
    let place = lines.len() - 1;
    cause.causes.iter().for_each(|below| lay_out(below, Some(place), lines));
}

/// Writes `last_moments.csv`.
///
/// # Errors
///
/// When it cannot be written.
pub fn write_last_moments(
    files: &mut StudyFiles,
    contingency: &str,
    explained: &[Explanation],
) -> Result<(), FolderError> {
    let fields = vec![
        Field::new("run", "Number of the run", "1"),
        Field::new("contingency", "Id of the contingency", ""),
        Field::new("onset_h", "When it first happened, since the start", "h"),
        Field::new("response", "Name of the response", ""),
        Field::new("done_h", "When it took effect by itself before; empty if it did not", "h"),
        Field::new("from_h", "First minute of the last stretch in which it would have prevented it", "h"),
        Field::new("until_h", "Last minute in which it would have prevented it; empty for none", "h"),
        Field::new("also_earlier", "Whether it would have in some minutes before that stretch too", "0/1"),
        Field::new("every_minute", "Whether every minute was tried, and not only a grid of them", "0/1"),
    ];
    let rows = explained.iter().flat_map(|explanation| {
        explanation.last_moments.iter().map(move |found| {
            let window = found.window;
            vec![
                Cell::Whole(explanation.run),
                Cell::Text(contingency),
                Cell::Number(explanation.onset.hours()),
                Cell::Text(&found.path),
                Cell::Maybe(found.done.map(|done| done.hours())),
                Cell::Maybe(window.map(|window| window.from.hours())),
                Cell::Maybe(window.map(|window| window.until.hours())),
                Cell::Whole(u64::from(window.is_some_and(|window| window.also_earlier))),
                Cell::Whole(u64::from(found.exhaustive)),
            ]
        })
    });
    files.write("last_moments.csv", fields, rows)
}

fn share_cells(share: Share) -> [Cell<'static>; 4] {
    let interval = share.wilson();
    [
        Cell::Maybe((share.n > 0).then(|| share.value())),
        Cell::Maybe(interval.map(|interval| interval.low)),
        Cell::Maybe(interval.map(|interval| interval.high)),
        Cell::Whole(share.n),
    ]
}

fn share_fields(meaning: &str) -> Vec<Field> {
    vec![
        Field::new("share", meaning.to_owned(), "1"),
        Field::new("ci_lo", "Lower end of its interval at 95 % (Wilson)", "1"),
        Field::new("ci_hi", "Upper end of its interval at 95 % (Wilson)", "1"),
        Field::new("n", "Number of runs it rests on", "1"),
    ]
}

/// Writes `patterns.csv`.
///
/// # Errors
///
/// When it cannot be written.
pub fn write_patterns(files: &mut StudyFiles, contingency: &str, patterns: &Patterns) -> Result<(), FolderError> {
    let mut fields = vec![
        Field::new("contingency", "Id of the contingency", ""),
        Field::new("chain", "Its causes, nearest first; what was needed together stands in brackets", ""),
    ];
    fields.extend(share_fields("Share of the explained runs with this chain"));
    let rows = patterns.chains.iter().map(|(chain, hits)| {
        let mut row = vec![Cell::Text(contingency), Cell::Text(chain)];
        row.extend(share_cells(Share { hits: *hits, n: patterns.n }));
        row
    });
    files.write("patterns.csv", fields, rows)
}

/// Writes `together.csv`: which contingencies come together.
///
/// # Errors
///
/// When it cannot be written.
pub fn write_together(files: &mut StudyFiles, columns: &[Column], survey: &Survey) -> Result<(), FolderError> {
    let mut fields = vec![
        Field::new("given", "Id of the contingency that happened", ""),
        Field::new("also", "Id of the contingency looked for in the same runs", ""),
    ];
    fields.extend(share_fields("Share of the runs with the first in which the second happened too"));
    let rows = (0..columns.len()).flat_map(|given| {
        (0..columns.len()).map(move |also| {
            let mut row = vec![Cell::Text(&columns[given].id), Cell::Text(&columns[also].id)];
            row.extend(share_cells(survey.conditional(also, given)));
            row
        })
    });
    files.write("together.csv", fields, rows)
}
