//! Lines at polling places: each place an M/M/c queue in its busiest hour, or a fluid one where it cannot keep up.
//!
//! With arrivals at rate l, c stations and service time s: P(wait > t) = C exp(-(c/s - l) t), C Erlang's second formula; where
//! l s >= c the line grows by l - c/s an hour for as long as the places are open (`docs/model.md`, "Lines"). Places are alike;
//! a run draws its numbers, and the result is on the board from the start.

use super::board::Slot;
use super::draw::Draw;
use super::run::Run;

/// The wait that counts as long: half an hour (Presidential Commission on Election Administration 2014).
const LONG_MS: f64 = 30.0 * 60_000.0;

/// Lines of a jurisdiction as the scenario describes them.
#[derive(Clone, Debug)]
pub(super) struct Spec {
    /// Polling places.
    pub(super) places: Draw,
    /// Stations at each.
    pub(super) stations: Draw,
    /// Time of a check-in.
    pub(super) check_in: Draw,
    /// Time the places are open.
    pub(super) open: Draw,
    /// How much busier the busiest hour is.
    pub(super) peak: Draw,
    /// Staff at work, as a share of those needed.
    pub(super) staffing: Draw,
    /// In-person ballots of the jurisdiction.
    pub(super) in_person: (Slot, Draw),
    /// Staff at work, on the board.
    pub(super) staffed: Slot,
    /// Mean wait in the busiest hour.
    pub(super) wait: Slot,
    /// Share of voters who then wait more than half an hour.
    pub(super) long_waits: Slot,
}

/// Lines of all jurisdictions.
#[derive(Clone, Debug)]
pub(super) struct Lines {
    specs: Vec<Spec>,
}

impl Lines {
    /// Lines as the scenario describes them.
    pub(super) fn new(specs: Vec<Spec>) -> Lines {
        Lines { specs }
    }

    /// Works out the lines of a run.
    pub(super) fn start(&mut self, run: &mut Run) {
        for spec in &self.specs {
            let share = spec.in_person.1.value(run);
            let voters = run.board.get(spec.in_person.0) * share;
            let (places, open) = (spec.places.value(run).max(1.0), spec.open.value(run).max(1.0));
            let arrivals = voters / places / open * spec.peak.value(run);
            let staffing = spec.staffing.value(run);
            run.board.set(spec.staffed, staffing);
            let stations = libm::floor(spec.stations.value(run) * staffing).max(1.0) as u32;
            let (wait, long) = busiest_hour(arrivals, stations, spec.check_in.value(run), open);
            run.board.set(spec.wait, wait);
            run.board.set(spec.long_waits, long);
        }
    }
}

/// Mean wait, and share of voters who wait more than half an hour, with `arrivals` per millisecond, for the time `open`.
fn busiest_hour(arrivals: f64, stations: u32, service: f64, open: f64) -> (f64, f64) {
    let load = arrivals * service;
    let servers = f64::from(stations);
    if service <= 0.0 || load <= 0.0 {
        return (0.0, 0.0);
    }
    if load >= servers {
        // The line grows from nothing; whoever comes at time t waits for those ahead. The mean is at half time.
        let growth = (arrivals - servers / service) * service / servers;
        let last = growth * open;
        let long = if last > LONG_MS { 1.0 - LONG_MS / last } else { 0.0 };
        return (last / 2.0, long);
    }
    let waiting = erlang_c(servers, load);
    let rate = servers / service - arrivals;
    (waiting / rate, waiting * libm::exp(-rate * LONG_MS))
}

/// Erlang's second formula: the chance of having to wait, by the recursion of his first.
fn erlang_c(servers: f64, load: f64) -> f64 {
    let mut blocked = 1.0;
    for server in 1..=servers as u32 {
        blocked = load * blocked / (f64::from(server) + load * blocked);
    }
    let free = 1.0 - load / servers;
    blocked / (free + blocked * (1.0 - free))
}
