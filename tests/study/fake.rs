//! A plan whose runs are a fixed function of the seed and the run's number.

use canvass::engine::{EventId, Span, Time};
use canvass::study::{Columns, Replicable, Replication};
use canvass::world::{Column, ContingencyOutcome, Outcome, Status, Unit};
use std::time::Duration;

/// Milliseconds in an hour.
pub(crate) const HOUR: i64 = 3_600_000;

/// A plan with one uncertainty, two measures and one contingency.
pub(crate) struct Fake {
    /// How much later everything is under this plan, in hours.
    pub(crate) delay: i64,
    /// The run in which a worker falls.
    pub(crate) falls: Option<u64>,
    /// True if some runs take longer than others, so that blocks are finished out of order.
    pub(crate) uneven: bool,
}

impl Fake {
    pub(crate) fn new(delay: i64) -> Self {
        Fake { delay, falls: None, uneven: false }
    }
}

pub(crate) struct Worker<'a> {
    plan: &'a Fake,
    seed: u64,
    outcome: Outcome,
}

impl Replicable for Fake {
    type Worker<'a> = Worker<'a>;

    fn worker(&self, seed: u64) -> Worker<'_> {
        Worker { plan: self, seed, outcome: Outcome::default() }
    }
}

impl Replication for Worker<'_> {
    fn run(&mut self, run: u64) -> &Outcome {
        assert_ne!(Some(run), self.plan.falls, "the fake falls here");
        let bits = mix(self.seed ^ mix(run));
        if self.plan.uneven && bits.is_multiple_of(37) {
            std::thread::sleep(Duration::from_micros(bits % 700));
        }
        let uniform = (bits >> 11) as f64 / (1u64 << 53) as f64;
        let happened = bits.is_multiple_of(4);
        let onset = Time((bits % 48) as i64 * HOUR / 2 + self.plan.delay * HOUR);
        self.outcome.status = if run == 13 { Status::Runaway } else { Status::Ok };
        self.outcome.drawn = vec![uniform * 10.0 * HOUR as f64];
        self.outcome.measures = vec![uniform - 0.5, if happened { onset.as_ms_f64() } else { f64::NAN }];
        self.outcome.contingencies = vec![ContingencyOutcome {
            onset: happened.then_some(onset),
            duration: Span(HOUR),
            severity: happened.then_some(uniform),
            cause: Some(EventId(7)),
        }];
        self.outcome.series = vec![0.0, uniform, 0.0, onset.as_ms_f64()];
        self.outcome.events = 3;
        &self.outcome
    }
}

/// SplitMix64's finaliser (Steele, Lea and Flood 2014).
fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

fn column(id: &str, unit: Unit) -> Column {
    Column { id: id.to_owned(), title: format!("Title of {id}"), unit, source: String::new(), better_higher: None }
}

/// The columns of every [`Fake`].
pub(crate) fn columns() -> Columns {
    Columns {
        uncertainties: vec![column("outage-length", Unit::Hours)],
        measures: vec![column("swing", Unit::Number), column("first-dark", Unit::Hours)],
        contingencies: vec![column("dark-page", Unit::Number)],
        grid: vec![Time(0), Time(HOUR)],
        labels: vec!["19:00".to_owned(), "20:00".to_owned()],
    }
}
