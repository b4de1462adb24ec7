//! What a run leaves behind, and what each number of it means.

use crate::engine::{EventId, Span, Time};

/// How a run ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// It reached the end of the scenario.
    #[default]
    Ok,
    /// It was stopped because events bred events without end.
    Runaway,
}

impl Status {
    /// The word in `runs.csv`.
    pub fn word(self) -> &'static str {
        match self {
            Status::Ok => "ok",
            Status::Runaway => "runaway",
        }
    }
}

/// The unit in which a column is written. Times are hours in every file.
#[derive(Clone, Debug, PartialEq)]
pub enum Unit {
    /// A number or share.
    Number,
    /// Hours; the model counts milliseconds, and [`Unit::external`] converts.
    Hours,
    /// Per hour; the model counts per millisecond.
    PerHour,
    /// 0 or 1.
    Truth,
    /// One of these names, by position.
    Choice(Vec<String>),
}

/// Milliseconds in an hour.
const HOUR_MS: f64 = 3_600_000.0;

impl Unit {
    /// The word in the dictionary and in `summary.csv`.
    pub fn word(&self) -> &'static str {
        match self {
            Unit::Number => "1",
            Unit::Hours => "h",
            Unit::PerHour => "1/h",
            Unit::Truth => "0/1",
            Unit::Choice(_) => "name",
        }
    }

    /// A value in the model's canonical units, as it is written.
    pub fn external(&self, canonical: f64) -> f64 {
        match self {
            Unit::Hours => canonical / HOUR_MS,
            Unit::PerHour => canonical * HOUR_MS,
            Unit::Number | Unit::Truth | Unit::Choice(_) => canonical,
        }
    }

    /// A value in written units, in the model's canonical ones.
    pub fn canonical(&self, external: f64) -> f64 {
        match self {
            Unit::Hours => external * HOUR_MS,
            Unit::PerHour => external / HOUR_MS,
            Unit::Number | Unit::Truth | Unit::Choice(_) => external,
        }
    }
}

/// A column of the outputs: an uncertainty, a measure or a contingency.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// The id in the scenario file, with dashes.
    pub id: String,
    /// What it means, in words for a reader.
    pub title: String,
    /// The unit in which it is written.
    pub unit: Unit,
    /// Where it comes from: the formula, condition or distribution as written, with basis and source where given.
    pub source: String,
    /// For a measure: true if more is better, false if less is, nothing if neither was said.
    pub better_higher: Option<bool>,
}

/// What became of one contingency in one run.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ContingencyOutcome {
    /// When it first happened.
    pub onset: Option<Time>,
    /// How long it held in all.
    pub duration: Span,
    /// How bad it was at its worst, in the units of its severity formula, or hours; nothing if it did not happen.
    pub severity: Option<f64>,
    /// The event that first brought it about.
    pub cause: Option<EventId>,
}

/// What a run leaves behind. Reused from run to run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// How it ended.
    pub status: Status,
    /// Drawn uncertainties, in the order of the model's columns, in canonical units.
    pub drawn: Vec<f64>,
    /// What every input of the model was drawn as when first used, in canonical units; empty unless inputs are recorded.
    pub inputs: Vec<f64>,
    /// When each effect was first carried out, by its position in [`Model::effects`](super::Model::effects); empty unless acts are
    /// recorded.
    pub acts: Vec<Option<Time>>,
    /// Measures, in canonical units; NaN where there is none.
    pub measures: Vec<f64>,
    /// Contingencies.
    pub contingencies: Vec<ContingencyOutcome>,
    /// Measures over time, measure by measure, each at every point of the model's grid, in canonical units.
    pub series: Vec<f64>,
    /// How many events it took.
    pub events: u32,
}

/// A line of one run's timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The event's number within the run.
    pub id: EventId,
    /// The event that caused it; `EventId::NONE` for none.
    pub cause: EventId,
    /// When.
    pub time: Time,
    /// Which process it belongs to: `asset`, `narrative`, `response` and so on.
    pub process: &'static str,
    /// Whom or what it concerns, as `asset.results-page`.
    pub subject: String,
    /// What happens, in a sentence without a full stop.
    pub text: String,
    /// For word that arrives: what it is about, as `asset.results-page`.
    pub about: Option<String>,
    /// Why it matters, in the author's words.
    pub because: Option<String>,
    /// True for what a facilitator would read aloud; false for inner workings.
    pub story: bool,
}
