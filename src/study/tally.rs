//! The statistics of one plan, taken up run by run.

use super::columns::Columns;
use super::sketch::Sketch;
use super::statistics::{Moments, Share};
use crate::world::{Outcome, Status, Unit};

/// What the runs of one plan add up to, in the units in which files are written.
///
/// Runs that did not reach the end of the scenario are counted in [`Tally::unfinished`] and nowhere else.
#[derive(Clone, Debug)]
pub struct Tally {
    /// Runs that count.
    pub runs: u64,
    /// Runs that were stopped because events bred events without end.
    pub unfinished: u64,
    /// By contingency.
    pub contingencies: Vec<ContingencyTally>,
    /// By measure.
    pub measures: Vec<MeasureTally>,
    /// Measures over time: measure by measure, each at every point of the grid.
    pub series: Vec<MeasureTally>,
}

/// What became of one contingency over the runs. Onset, duration and severity are those of the runs in which it happened.
#[derive(Clone, Debug)]
pub struct ContingencyTally {
    /// In how many runs it happened.
    pub share: Share,
    /// When it first happened, in hours since the start.
    pub onset: Sketch,
    /// How long it held in all, in hours.
    pub duration: Moments,
    /// How bad it was at its worst.
    pub severity: Sketch,
}

/// Values of a measure over the runs in which it has one.
#[derive(Clone, Debug)]
pub struct MeasureTally {
    /// For the mean.
    pub moments: Moments,
    /// For quantiles.
    pub values: Sketch,
}

impl MeasureTally {
    fn new(values: Sketch) -> Self {
        MeasureTally { moments: Moments::default(), values }
    }

    fn push(&mut self, unit: &Unit, canonical: f64) {
        let value = unit.external(canonical);
        self.moments.push(value);
        self.values.push(value);
    }
}

impl Tally {
    /// A tally of no runs.
    pub fn new(columns: &Columns) -> Self {
        let contingency = ContingencyTally {
            share: Share::default(),
            onset: Sketch::fine(),
            duration: Moments::default(),
            severity: Sketch::fine(),
        };
        Tally {
            runs: 0,
            unfinished: 0,
            contingencies: vec![contingency; columns.contingencies.len()],
            measures: vec![MeasureTally::new(Sketch::fine()); columns.measures.len()],
            series: vec![MeasureTally::new(Sketch::coarse()); columns.measures.len() * columns.grid.len()],
        }
    }

    /// Takes up a run. Means depend on the order of the runs in their last digits, so runs come in the order of their numbers.
    pub fn push(&mut self, columns: &Columns, outcome: &Outcome) {
        if outcome.status != Status::Ok {
            self.unfinished += 1;
            return;
        }
        self.runs += 1;
        for ((tally, column), found) in
            self.contingencies.iter_mut().zip(&columns.contingencies).zip(&outcome.contingencies)
        {
            tally.share.push(found.onset.is_some());
            if let Some(onset) = found.onset {
                tally.onset.push(onset.hours());
                tally.duration.push(found.duration.hours());
                tally.severity.push(found.severity.map_or(f64::NAN, |severity| column.unit.external(severity)));
            }
        }
        for ((tally, column), &value) in self.measures.iter_mut().zip(&columns.measures).zip(&outcome.measures) {
            tally.push(&column.unit, value);
        }
        if columns.grid.is_empty() {
            return;
        }
        let points = columns.grid.len();
        for ((tallies, values), column) in
            self.series.chunks_exact_mut(points).zip(outcome.series.chunks_exact(points)).zip(&columns.measures)
        {
            for (tally, &value) in tallies.iter_mut().zip(values) {
                tally.push(&column.unit, value);
            }
        }
    }
}
