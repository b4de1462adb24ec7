//! `drivers.csv`, `one_at_a_time.csv` and `assumptions.csv`: what drives an outcome.

use super::folder::FolderError;
use super::study::StudyFiles;
use super::table::{Cell, Field};
use crate::scenario::{Basis, Grade};
use crate::study::assumptions::{Doubt, Doubts};
use crate::study::drivers::Drivers;
use crate::study::one_at_a_time::Swing;
use crate::study::statistics::{Interval, Moments};
use crate::world::{Assumption, Origin};

/// The format of the folders that `canvass drivers` writes.
pub const DRIVERS_FORMAT: &str = "canvass-drivers-1";

fn ends(interval: Option<Interval>) -> [Cell<'static>; 2] {
    [Cell::Maybe(interval.map(|interval| interval.low)), Cell::Maybe(interval.map(|interval| interval.high))]
}

fn basis_word(basis: Option<Basis>) -> &'static str {
    match basis {
        Some(Basis::Cited) => "cited",
        Some(Basis::Estimated) => "estimated",
        Some(Basis::Assumed) => "assumed",
        None => "",
    }
}

fn drivers_fields() -> Vec<Field> {
    vec![
        Field::new("plan", "Name of the plan", ""),
        Field::new("outcome", "Id of the contingency or measure", ""),
        Field::new("input", "Name of the uncertainty, or path of the number in the scenario", ""),
        Field::new("rank", "Place by the index of first order, from 1", "1"),
        Field::new("basis", "`cited`, `estimated` or `assumed`; empty if the scenario does not say", ""),
        Field::new("correlation", "Spearman's rank correlation with the outcome", "1"),
        Field::new("correlation_lo", "Lower end of its interval at 95 % (Bonett and Wright 2000)", "1"),
        Field::new("correlation_hi", "Upper end of its interval at 95 %", "1"),
        Field::new("correlation_bar", "Size that chance alone passes for any input in one of twenty batches", "1"),
        Field::new(
            "index",
            "Share of the outcome's variance that goes with the input alone, from bins; not below 0 but by chance",
            "1",
        ),
        Field::new("index_lo", "Lower end of its interval at 95 % (bootstrap, normal)", "1"),
        Field::new("index_hi", "Upper end of its interval at 95 %", "1"),
        Field::new(
            "index_bar",
            "Index that chance alone passes for any input in one of twenty batches (shuffles)",
            "1",
        ),
        Field::new("index_even", "Index in the runs with an even place", "1"),
        Field::new("index_odd", "Index in the runs with an odd place", "1"),
        Field::new("above_noise", "Whether index or correlation pass what chance alone would show", "0/1"),
        Field::new("not_monotone", "Whether it works, but not in one direction", "0/1"),
        Field::new("n", "Number of runs", "1"),
        Field::new("written", "The number as written, with its evidence", ""),
    ]
}

/// Writes `drivers.csv`.
///
/// # Errors
///
/// When it cannot be written.
pub fn write_drivers(files: &mut StudyFiles, found: &[Drivers]) -> Result<(), FolderError> {
    let rows = found.iter().flat_map(|drivers| {
        drivers.drivers.iter().enumerate().map(move |(place, driver)| {
            let [correlation_lo, correlation_hi] = ends(driver.correlation_interval);
            let [index_lo, index_hi] = ends(driver.index_interval);
            vec![
                Cell::Text(&drivers.plan),
                Cell::Text(&drivers.outcome.id),
                Cell::Text(&driver.column.id),
                Cell::Whole(place as u64 + 1),
                Cell::Text(basis_word(driver.basis)),
                Cell::Maybe(driver.correlation),
                correlation_lo,
                correlation_hi,
                Cell::Number(drivers.correlation_bar),
                Cell::Maybe(driver.index),
                index_lo,
                index_hi,
                Cell::Maybe(drivers.index_bar),
                Cell::Maybe(driver.halves[0]),
                Cell::Maybe(driver.halves[1]),
                Cell::Whole(u64::from(driver.above_noise)),
                Cell::Whole(u64::from(driver.not_monotone)),
                Cell::Whole(drivers.n as u64),
                Cell::Text(&driver.column.source),
            ]
        })
    });
    files.write("drivers.csv", drivers_fields(), rows)
}

/// Writes `one_at_a_time.csv`.
///
/// # Errors
///
/// When it cannot be written.
pub fn write_swings(files: &mut StudyFiles, plan: &str, outcome: &str, swings: &[Swing]) -> Result<(), FolderError> {
    let level = |name: &str, place: &str| {
        vec![
            Field::new(name.to_owned(), format!("Mean of the outcome with the input held at {place}"), "unit"),
            Field::new(format!("{name}_lo"), "Lower end of its interval at 95 %", "unit"),
            Field::new(format!("{name}_hi"), "Upper end of its interval at 95 %", "unit"),
        ]
    };
    let mut fields = vec![
        Field::new("plan", "Name of the plan", ""),
        Field::new("outcome", "Id of the contingency or measure", ""),
        Field::new("input", "Name of the uncertainty, or path of the number in the scenario", ""),
    ];
    fields.extend(level("at_p5", "its 5th percentile"));
    fields.extend(level("at_p50", "its median"));
    fields.extend(level("at_p95", "its 95th percentile"));
    fields.push(Field::new("swing", "Mean difference between p95 and p5 on the same runs", "unit"));
    fields.push(Field::new("swing_lo", "Lower end of its interval at 95 % (paired, normal)", "unit"));
    fields.push(Field::new("swing_hi", "Upper end of its interval at 95 %", "unit"));
    fields.push(Field::new("n", "Number of runs at each level", "1"));
    let rows = swings.iter().map(|swing| {
        let mut row = vec![Cell::Text(plan), Cell::Text(outcome), Cell::Text(&swing.column.id)];
        for moments in swing.levels.iter().chain([&swing.difference]) {
            row.push(Cell::Maybe(moments.mean()));
            row.extend(ends(moments.interval()));
        }
        row.push(Cell::Whole(swing.difference.n()));
        row
    });
    files.write("one_at_a_time.csv", fields, rows)
}

fn assumptions_fields() -> Vec<Field> {
    let mut fields = vec![
        Field::new("plan", "Name of the plan", ""),
        Field::new("outcome", "Id of the contingency or measure", ""),
        Field::new("path", "Where the number stands in the scenario, or would; a star stands for several names", ""),
        Field::new("origin", "`written` in the scenario or its parts, or `built-in` where they say nothing", ""),
        Field::new("keys", "How many keys were changed together: 1 if it is written", "1"),
        Field::new("value", "As it is written", ""),
        Field::new("low", "Low end of its range", ""),
        Field::new("high", "High end of its range", ""),
    ];
    let means = [
        ("at_low", "Mean of the outcome with the number at the low end"),
        ("as_is", "Mean of the outcome as the scenario stands"),
        ("at_high", "Mean of the outcome with the number at the high end"),
        ("move_low", "Mean difference between the low end and the scenario as it stands, on the same runs"),
        ("move_high", "Mean difference between the high end and the scenario as it stands, on the same runs"),
    ];
    for (name, meaning) in means {
        fields.push(Field::new(name, meaning, "unit"));
        fields.push(Field::new(format!("{name}_lo"), "Lower end of its interval at 95 %", "unit"));
        fields.push(Field::new(format!("{name}_hi"), "Upper end of its interval at 95 %", "unit"));
    }
    fields.extend([
        Field::new("clear", "Whether the interval of a move leaves out 0", "0/1"),
        Field::new("n", "Number of runs at each end", "1"),
        Field::new("basis", "`assumed` or `unstated`, or what the scenario calls it beside the grade D", ""),
        Field::new("grade", "How strong its evidence is; empty if nobody said", ""),
        Field::new("source", "Where it comes from, or why it is assumed", ""),
        Field::new("reason", "Why it was left as it is, if it was", ""),
    ]);
    fields
}

/// Writes `assumptions.csv`: what was varied, the largest move first, and what could not be.
///
/// # Errors
///
/// When it cannot be written.
pub fn write_assumptions(
    files: &mut StudyFiles,
    plan: &str,
    outcome: &str,
    doubts: &Doubts,
) -> Result<(), FolderError> {
    let tried = doubts.tried.iter().map(|doubt| (&doubt.assumption, Some(doubt), ""));
    let untried = doubts.untried.iter().map(|untried| (&untried.assumption, None, untried.reason.as_str()));
    let rows = tried.chain(untried).map(|(assumption, found, reason)| {
        let mut row = vec![Cell::Text(plan), Cell::Text(outcome)];
        row.extend(assumption_cells(assumption));
        row.extend(doubt_cells(found));
        let entry = &assumption.entry;
        row.extend([
            Cell::Text(entry.standing.word()),
            Cell::Text(entry.grade.map_or("", Grade::word)),
            Cell::Text(entry.source.as_deref().unwrap_or_default()),
            Cell::Text(reason),
        ]);
        row
    });
    files.write("assumptions.csv", assumptions_fields(), rows)
}

fn assumption_cells(assumption: &Assumption) -> [Cell<'_>; 6] {
    let entry = &assumption.entry;
    let end = |place: usize| Cell::Text(assumption.ends.as_ref().map_or("", |ends| &ends[place]));
    let origin = if matches!(entry.origin, Origin::Written(_)) { "written" } else { "built-in" };
    [
        Cell::Text(&entry.path),
        Cell::Text(origin),
        Cell::Whole(assumption.keys.len() as u64),
        Cell::Text(&entry.written),
        end(0),
        end(1),
    ]
}

fn doubt_cells(found: Option<&Doubt>) -> Vec<Cell<'static>> {
    let mut cells = Vec::new();
    for place in 0..5 {
        let moments = found.map(|doubt| if place < 3 { &doubt.levels[place] } else { &doubt.moves[place - 3] });
        cells.push(Cell::Maybe(moments.and_then(Moments::mean)));
        cells.extend(ends(moments.and_then(Moments::interval)));
    }
    cells.push(Cell::Maybe(found.map(|doubt| f64::from(u8::from(doubt.is_clear())))));
    cells.push(Cell::Maybe(found.map(|doubt| doubt.levels[1].n() as f64)));
    cells
}
