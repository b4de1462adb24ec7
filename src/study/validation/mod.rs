//! Validation: ordinary scenarios, held against published figures, closed forms and textbook results.
//!
//! A study is a scenario in the language of any other, run by the same engine, and the figures it has to meet. What misses its
//! bound is shown as missed. What is expected to miss says why, and is a surprise if it does not.

mod audits;
mod built_in;
mod desks;
mod effort;
mod findings;
mod replays;
mod rumours;
mod spread;

pub use effort::{Effort, SEED, StudyError, perform};
pub use findings::Findings;

/// A scenario and the figures its results are held against.
pub struct Study {
    /// Its name on the command line.
    pub id: &'static str,
    /// What it is about, in a few words.
    pub title: &'static str,
    /// What is done, what rests on what, and what it does not show.
    pub about: &'static str,
    /// Where the figures come from.
    pub source: &'static str,
    /// The scenario, as an author would write it.
    pub scenario: String,
    /// Runs of every plan, in a quick validation and in a full one.
    pub runs: [u64; 2],
    /// Plans whose figures need more runs than a quick validation makes, and which it leaves out.
    full_only: fn(&str) -> bool,
    judge: fn(&Findings) -> Vec<Figure>,
}

/// No plan is left out.
fn all_plans(_: &str) -> bool {
    false
}

/// A figure of a study: what was published, what the simulation gives, and how far apart they may be.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What it is, in a few words.
    pub what: String,
    /// The published value; nothing where none is at hand, and then nothing is judged.
    pub published: Option<f64>,
    /// The simulated value; nothing where a quick validation leaves it out.
    pub simulated: Option<f64>,
    /// The unit of all its values.
    pub unit: &'static str,
    /// The lowest and the highest value that still agree.
    pub bounds: [f64; 2],
    /// Why it is expected to lie outside its bounds, if it is.
    pub expected_to_miss: Option<&'static str>,
}

impl Figure {
    fn new(what: impl Into<String>, published: f64, simulated: f64, unit: &'static str, bounds: [f64; 2]) -> Figure {
        let (published, simulated) = (Some(published), Some(simulated));
        Figure { what: what.into(), published, simulated, unit, bounds, expected_to_miss: None }
    }

    /// A figure that may differ by so much.
    fn within(what: impl Into<String>, published: f64, simulated: f64, unit: &'static str, by: f64) -> Figure {
        Figure::new(what, published, simulated, unit, [published - by, published + by])
    }

    /// Simulated less published.
    pub fn difference(&self) -> Option<f64> {
        Some(self.simulated? - self.published?)
    }

    /// What becomes of it.
    pub fn verdict(&self) -> Verdict {
        // A value that is not a number lies within no bounds.
        let Some(simulated) = self.simulated else { return Verdict::FullOnly };
        let inside = simulated >= self.bounds[0] && simulated <= self.bounds[1];
        match (self.published, inside, self.expected_to_miss) {
            (None, _, _) => Verdict::NotJudged,
            (Some(_), true, None) => Verdict::Holds,
            (Some(_), false, None) => Verdict::Misses,
            (Some(_), false, Some(_)) => Verdict::MissesAsExpected,
            (Some(_), true, Some(_)) => Verdict::HoldsUnexpectedly,
        }
    }
}

/// What becomes of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It lies within its bounds.
    Holds,
    /// It does not.
    Misses,
    /// It does not, as it is known to.
    MissesAsExpected,
    /// It does, although it is known not to: something has changed.
    HoldsUnexpectedly,
    /// Nothing published is at hand.
    NotJudged,
    /// It needs more runs than a quick validation makes.
    FullOnly,
}

impl Verdict {
    /// The word in tables.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Holds => "holds",
            Verdict::Misses => "MISSES",
            Verdict::MissesAsExpected => "known miss",
            Verdict::HoldsUnexpectedly => "UNEXPECTED",
            Verdict::NotJudged => "-",
            Verdict::FullOnly => "full only",
        }
    }

    /// True for what nobody has to look into.
    pub fn is_expected(self) -> bool {
        !matches!(self, Verdict::Misses | Verdict::HoldsUnexpectedly)
    }
}

/// Every study, in the order of the report.
pub fn studies() -> Vec<Study> {
    let mut all = rumours::studies();
    all.extend(spread::studies());
    all.extend(desks::studies());
    all.extend(audits::studies());
    all.extend(replays::studies());
    all.extend(built_in::studies());
    all
}

/// A share as percentage points.
fn percent(share: f64) -> f64 {
    100.0 * share
}
