//! Measures: numbers read from every run, at its end, at their worst or on average; and their course over time.

use super::run::Run;
use super::track::Track;
use crate::engine::Time;
use crate::scenario::model::Take;

/// A measure as the scenario describes it.
#[derive(Clone, Debug)]
pub(super) struct Spec {
    /// What is followed.
    pub(super) track: Track,
    /// When it is read.
    pub(super) take: Take,
}

/// All measures of a scenario.
#[derive(Clone, Debug)]
pub(super) struct Measures {
    specs: Vec<Spec>,
    /// For each slot, the measures that read it, and whether they are followed.
    readers: Vec<Vec<(u32, bool)>>,
    /// Measures that are followed and that time alone moves.
    with_time: Vec<u32>,
    /// The value of each measure that is not followed when it was last put into the series; nothing if something it reads has
    /// changed since.
    shown: Vec<Option<f64>>,
}

impl Measures {
    /// Measures over a board with `slots` cells.
    pub(super) fn new(specs: Vec<Spec>, slots: usize) -> Measures {
        let mut readers = vec![Vec::new(); slots];
        let mut with_time = Vec::new();
        for (position, spec) in specs.iter().enumerate() {
            // What is read only at the end need not be followed.
            let followed = spec.take != Take::Last;
            for slot in spec.track.reads() {
                readers[*slot as usize].push((position as u32, followed));
            }
            if followed && spec.track.with_time() {
                with_time.push(position as u32);
            }
        }
        Measures { shown: vec![None; specs.len()], specs, readers, with_time }
    }

    /// Begins to follow.
    pub(super) fn start(&mut self, run: &Run) {
        self.shown.fill(None);
        for spec in &mut self.specs {
            spec.track.start(&run.board);
        }
    }

    /// Time moves on: measures that move with it are brought up to date before anything changes.
    #[inline]
    pub(super) fn advance(&mut self, run: &Run) {
        for position in &self.with_time {
            self.specs[*position as usize].track.advance(&run.board);
        }
    }

    /// Slots have changed.
    #[inline]
    pub(super) fn change(&mut self, run: &Run) {
        for slot in run.board.changed() {
            for (position, followed) in &self.readers[*slot as usize] {
                if *followed {
                    self.specs[*position as usize].track.change(&run.board);
                } else {
                    self.shown[*position as usize] = None;
                }
            }
        }
    }

    /// Reads all measures at the end of a run.
    pub(super) fn finish(&mut self, run: &Run, values: &mut Vec<f64>) {
        let length = run.end.as_ms_f64();
        for spec in &mut self.specs {
            if spec.take != Take::Last {
                spec.track.advance(&run.board);
            }
            values.push(match spec.take {
                Take::Last => spec.track.value(&run.board),
                Take::Highest => spec.track.highest(),
                Take::Lowest => spec.track.lowest(),
                Take::Mean => spec.track.area() / length,
                Take::TimeTrue => spec.track.area(),
                Take::FirstTime => spec.track.first_true().map_or(f64::NAN, Time::as_ms_f64),
            });
        }
    }

    /// Reads the present value of every measure into its place of the series.
    pub(super) fn sample(&mut self, point: usize, points: usize, run: &Run, series: &mut [f64]) {
        for (position, (spec, shown)) in self.specs.iter().zip(&mut self.shown).enumerate() {
            series[position * points + point] = match *shown {
                _ if spec.take != Take::Last => spec.track.followed(),
                Some(value) if !spec.track.with_time() => value,
                _ => *shown.insert(spec.track.value(&run.board)),
            };
        }
    }
}
