//! A plan whose truth is known: a contingency that happens with a given probability, and measures around it.

use canvass::engine::{Span, Time};
use canvass::study::{Columns, Replicable, Replication};
use canvass::world::{Column, ContingencyOutcome, Outcome, Status, Unit};

/// A plan under which things happen with these probabilities.
#[derive(Clone, Debug)]
pub(crate) struct Coin {
    /// The chance of the contingency, on the same draw under every plan.
    pub(crate) chance: f64,
    /// The mean of the measure.
    pub(crate) mean: f64,
    /// How far the measure is moved by noise of the plan's own; that of the world is 1 under every plan.
    pub(crate) noise: f64,
    /// What the plan costs.
    pub(crate) cost: f64,
    /// Distinguishes the noise of plans.
    pub(crate) number: u64,
}

impl Coin {
    pub(crate) fn new(chance: f64) -> Self {
        Coin { chance, mean: 0.0, noise: 0.0, cost: 0.0, number: 0 }
    }
}

pub(crate) struct Toss<'a> {
    coin: &'a Coin,
    seed: u64,
    outcome: Outcome,
}

impl Replicable for Coin {
    type Worker<'a> = Toss<'a>;

    fn worker(&self, seed: u64) -> Toss<'_> {
        Toss { coin: self, seed, outcome: Outcome::default() }
    }
}

impl Replication for Toss<'_> {
    fn run(&mut self, run: u64) -> &Outcome {
        let draw = |stream: u64| uniform(self.seed, run, stream);
        let happened = draw(0) < self.coin.chance;
        let shared = canvass::engine::normal_quantile(draw(1));
        let own = canvass::engine::normal_quantile(draw(100 + self.coin.number));
        let onset = Time((draw(2) * 36_000_000.0) as i64);
        self.outcome.status = Status::Ok;
        self.outcome.drawn.clear();
        self.outcome.measures = vec![self.coin.mean + shared + self.coin.noise * own, self.coin.cost];
        self.outcome.contingencies = vec![ContingencyOutcome {
            onset: happened.then_some(onset),
            duration: Span(3_600_000),
            severity: None,
            cause: None,
        }];
        &self.outcome
    }
}

/// A number between 0 and 1, its ends left out, that is a function of three others (SplitMix64's finaliser).
pub(crate) fn uniform(seed: u64, run: u64, stream: u64) -> f64 {
    let mix = |value: u64| {
        let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        value ^ (value >> 31)
    };
    let bits = mix(seed ^ mix(run ^ mix(stream)));
    ((bits >> 12) as f64 + 0.5) / (1_u64 << 52) as f64
}

fn column(id: &str, title: &str, better_higher: Option<bool>) -> Column {
    Column { id: id.to_owned(), title: title.to_owned(), unit: Unit::Number, source: String::new(), better_higher }
}

/// The columns of every [`Coin`].
pub(crate) fn columns() -> Columns {
    Columns {
        uncertainties: Vec::new(),
        measures: vec![column("level", "The level", Some(true)), column("cost", "The cost", Some(false))],
        contingencies: vec![column("heads", "Heads comes up", None)],
        grid: Vec::new(),
        labels: Vec::new(),
    }
}
