//! `indices.csv` and `points.csv`: what a design says, and what it ran.

use super::folder::FolderError;
use super::runs::column_cell;
use super::study::StudyFiles;
use super::table::{Cell, Field, heading};
use crate::study::sensitivity::design::{Estimate, Point};
use crate::world::{Column, Input};

/// The format of the folders that `canvass sweep` writes.
pub const SWEEP_FORMAT: &str = "canvass-sweep-1";

/// One figure of one input for one outcome.
#[derive(Clone, Debug)]
pub struct SweepRow {
    /// Id of the outcome.
    pub outcome: String,
    /// Id of the input.
    pub input: String,
    /// `first`, `total`, `mu_star`, `mu` or `sigma`.
    pub stat: &'static str,
    /// The figure.
    pub estimate: Estimate,
}

/// Writes `indices.csv`.
///
/// # Errors
///
/// When it cannot be written.
pub fn write_indices(files: &mut StudyFiles, plan: &str, found: &[SweepRow]) -> Result<(), FolderError> {
    let fields = vec![
        Field::new("plan", "Name of the plan", ""),
        Field::new("outcome", "Id of the contingency or measure", ""),
        Field::new("input", "Name of the uncertainty, or path of the number in the scenario", ""),
        Field::new(
            "stat",
            "`first` and `total`: Sobol's indices; `mu_star`, `mu` and `sigma`: mean size, mean and standard deviation of Morris's \
             effects over the whole range of the input",
            "",
        ),
        Field::new("value", "The figure", "unit"),
        Field::new(
            "ci_lo",
            "Lower end of its interval at 95 %: Student's t over scrambles, or normal over walks",
            "unit",
        ),
        Field::new("ci_hi", "Upper end of its interval at 95 %", "unit"),
    ];
    let rows = found.iter().map(|row| {
        vec![
            Cell::Text(plan),
            Cell::Text(&row.outcome),
            Cell::Text(&row.input),
            Cell::Text(row.stat),
            Cell::Number(row.estimate.value),
            Cell::Maybe(row.estimate.interval.map(|interval| interval.low)),
            Cell::Maybe(row.estimate.interval.map(|interval| interval.high)),
        ]
    });
    files.write("indices.csv", fields, rows)
}

/// Writes `points.csv`: one row a point, with the value of every chosen input and every outcome.
///
/// # Errors
///
/// When it cannot be written.
pub fn write_points(
    files: &mut StudyFiles,
    inputs: &[&Input],
    points: &[Point],
    outcomes: &[(&Column, bool)],
    answers: &[Vec<f64>],
) -> Result<(), FolderError> {
    let mut fields = vec![
        Field::new("point", "Number of the point, from 0", "1"),
        Field::new("run", "Number of the run for everything that is not chosen", "1"),
    ];
    for input in inputs {
        let column = &input.column;
        fields
            .push(Field::new(heading("u_", &column.id), &column.title, column.unit.word()).from_source(&column.source));
    }
    for (column, contingency) in outcomes {
        let (prefix, unit) = if *contingency { ("k_", "0/1") } else { ("m_", column.unit.word()) };
        fields.push(Field::new(heading(prefix, &column.id), &column.title, unit).from_source(&column.source));
    }
    let rows = points.iter().enumerate().map(|(place, point)| {
        let chosen = inputs.iter().zip(&point.uniforms);
        let chosen = chosen.map(|(input, &uniform)| column_cell(&input.column.unit, input.quantile(uniform)));
        let found = answers.iter().map(|answers| Cell::Number(answers[place]));
        [Cell::Whole(place as u64), Cell::Whole(point.run)].into_iter().chain(chosen).chain(found).collect()
    });
    files.write("points.csv", fields, rows)
}
