//! Counties: their sizes and leans, and the ballots each of them holds.

use super::MODES;
use super::spec::Spec;
use crate::engine::{Handle, normal_quantile};
use crate::world::run::Run;
use crate::world::votes::Votes;

/// A county within a run.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct County {
    /// Ballots.
    pub(super) size: f64,
    /// How much better than the whole the first candidate does here.
    pub(super) lean: f64,
    /// Votes per ballot by mode.
    pub(super) split: [Votes; MODES],
    /// Ballots by mode that are processed but not yet counted.
    pub(super) ready: [f64; MODES],
    /// Ballots by mode waiting to be processed.
    pub(super) waiting: [f64; MODES],
    /// Ballots processed per millisecond of work, by mode.
    pub(super) rate: [f64; MODES],
    /// Portions of in-person votes yet to be reported.
    pub(super) portions: u32,
    /// Whether its processed mail has been released.
    pub(super) released: bool,
    /// When it will be.
    pub(super) release: Handle,
    /// Share of its votes that a wrong figure will move to the first candidate, or away if negative.
    pub(super) fault: f64,
    /// Votes that a wrong figure now moves.
    pub(super) error: f64,
    /// The first candidate's lead in the end, in votes.
    pub(super) lead: f64,
    /// Ballots set aside until a court rules, by mode.
    pub(super) apart: [f64; MODES],
    /// By how much longer than the typical county it processes its mail.
    pub(super) slower: f64,
}

/// Gives the counties of a run their sizes and leans, and the time they take for their mail.
pub(super) fn populate(spec: &Spec, counties: &mut [County], total: f64, run: &mut Run) {
    let [size_spread, lean_spread, lean_by_size, slower_by_size] =
        [0, 1, 2, 3].map(|each: usize| spec.counties.spreads[each].value(run));
    let mut weights = 0.0;
    for (place, county) in counties.iter_mut().enumerate() {
        let normal = normal_quantile(run.streams.uniform_at(spec.streams[0], 2 * place as u32));
        *county = County { size: libm::exp(size_spread * normal), ..County::default() };
        weights += county.size;
    }
    let typical = total / counties.len() as f64;
    let mut mean = 0.0;
    for (place, county) in counties.iter_mut().enumerate() {
        county.size *= total / weights;
        let normal = normal_quantile(run.streams.uniform_at(spec.streams[0], 2 * place as u32 + 1));
        let tens = libm::log10(county.size / typical);
        county.lean = lean_spread * normal + lean_by_size * tens;
        mean += county.lean * county.size / total;
        county.slower = libm::pow(slower_by_size.max(f64::MIN_POSITIVE), tens);
    }
    for county in counties {
        county.lean -= mean;
    }
}
