//! `summary.csv`: one row a figure, with its interval at 95 % and how it was found.

use super::folder::{Folder, FolderError};
use super::table::{Cell, Field, Table};
use crate::study::sketch::Sketch;
use crate::study::statistics::{Interval, Moments, quantile_interval};
use crate::study::{Columns, Tally};
use crate::world::Unit;

pub(super) const NAME: &str = "summary.csv";

/// The headings of `summary.csv`.
pub(super) fn fields() -> Vec<Field> {
    vec![
        Field::new("plan", "Name of the plan", ""),
        Field::new("outcome", "Id of the contingency or measure", ""),
        Field::new("unit", "Unit of the value and its interval", ""),
        Field::new(
            "stat",
            "Which figure: the share of runs in which a contingency happened; onset, duration and severity among those runs; \
             mean and percentiles of a measure",
            "",
        ),
        Field::new("value", "The figure; empty if no run has one", "unit"),
        Field::new("ci_lo", "Lower end of its interval at 95 %; empty if there are too few runs for one", "unit"),
        Field::new("ci_hi", "Upper end of its interval at 95 %; empty if there are too few runs for one", "unit"),
        Field::new("n", "Number of runs it rests on", "1"),
        Field::new(
            "method",
            "How the interval was found: `wilson` score, `normal` approximation of a mean, or `order-statistic` for a \
             percentile, which is itself exact to 0.1 %",
            "",
        ),
    ]
}

/// Percentiles that are given, with their names.
const PERCENTILES: [(&str, f64); 3] = [("p5", 0.05), ("p50", 0.5), ("p95", 0.95)];

/// Writes `summary.csv`.
pub(super) fn write_summary(
    folder: &mut Folder,
    columns: &Columns,
    plans: &[(&str, &Tally)],
) -> Result<(), FolderError> {
    let mut table = folder.table(NAME, &fields())?;
    for (plan, tally) in plans {
        for (column, found) in columns.contingencies.iter().zip(&tally.contingencies) {
            let mut rows = Rows { table: &mut table, plan, outcome: &column.id };
            let share = (found.share.n > 0).then(|| found.share.value());
            rows.write(&Unit::Number, "share", share, found.share.wilson(), found.share.n, "wilson")?;
            for (name, q) in PERCENTILES {
                rows.percentile(&Unit::Hours, &format!("onset_{name}"), &found.onset, q)?;
            }
            rows.mean(&Unit::Hours, "duration_mean", &found.duration)?;
            for (name, q) in PERCENTILES {
                rows.percentile(&column.unit, &format!("severity_{name}"), &found.severity, q)?;
            }
        }
        for (column, found) in columns.measures.iter().zip(&tally.measures) {
            let mut rows = Rows { table: &mut table, plan, outcome: &column.id };
            rows.mean(&column.unit, "mean", &found.moments)?;
            for (name, q) in PERCENTILES {
                rows.percentile(&column.unit, name, &found.values, q)?;
            }
        }
    }
    folder.keep(table)
}

/// Rows about one outcome of one plan.
struct Rows<'a> {
    table: &'a mut Table,
    plan: &'a str,
    outcome: &'a str,
}

impl Rows<'_> {
    fn mean(&mut self, unit: &Unit, stat: &str, moments: &Moments) -> Result<(), FolderError> {
        self.write(unit, stat, moments.mean(), moments.interval(), moments.n(), "normal")
    }

    fn percentile(&mut self, unit: &Unit, stat: &str, values: &Sketch, q: f64) -> Result<(), FolderError> {
        self.write(unit, stat, values.quantile(q), quantile_interval(values, q), values.count(), "order-statistic")
    }

    fn write(
        &mut self,
        unit: &Unit,
        stat: &str,
        value: Option<f64>,
        interval: Option<Interval>,
        n: u64,
        method: &str,
    ) -> Result<(), FolderError> {
        self.table.row([
            Cell::Text(self.plan),
            Cell::Text(self.outcome),
            Cell::Text(unit.word()),
            Cell::Text(stat),
            Cell::Maybe(value),
            Cell::Maybe(interval.map(|interval| interval.low)),
            Cell::Maybe(interval.map(|interval| interval.high)),
            Cell::Whole(n),
            Cell::Text(method),
        ])
    }
}
