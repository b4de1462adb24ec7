//! The count: ballots by mode of voting, from the close of the polls to the last pile.
//!
//! Each county holds its ballots by mode. In-person votes are reported at a log-normal time that grows with the county; mail
//! that came before the day has been processed up to the share min(1, H / B), with H working hours allowed before the close and
//! a pile of B working hours; the rest flows at 1 / B per working hour. When processed mail is published follows from the
//! release policy. An early lead and its reversal are in no equation: they emerge from piles, partisan gaps between modes and
//! release. A mode's gap never changes the final result: a county's in-person margin a solves sum w_k (a + g_k) = m.
//! Equations E2 to E8, parameters and sources: `docs/model.md`, "The count".

use super::board::Slot;
use super::draw::{Draw, Timing};
use super::event::Event as WorldEvent;
use super::run::{Line, Run};
use super::verb::Order;
use crate::engine::{Handle, Span, StreamId, Time, normal_quantile};
use crate::scenario::model::Release;

const PROCESS: &str = "count";

/// Modes of voting. In person on the day comes first.
pub(super) const MODES: usize = 8;
/// In person on the day.
pub(super) const IN_PERSON: usize = 0;
/// In person before the day.
pub(super) const EARLY: usize = 1;
/// Mail received before the day.
pub(super) const MAIL: usize = 2;
/// Mail handed in on the day.
pub(super) const DROP_OFF: usize = 3;
/// Mail received within the grace.
pub(super) const LATE: usize = 4;
/// Provisional ballots.
pub(super) const PROVISIONAL: usize = 5;
/// Overseas and military ballots.
pub(super) const OVERSEAS: usize = 6;
/// Ballots returned online.
pub(super) const ONLINE: usize = 7;

/// Share of voters who lean towards a county's camp that shifts with its lean into mail: kappa of equation E2 [assumed].
const MAIL_LEAN: f64 = 0.2;
/// Half of the mail that is at fault can be cured within the review [assumed].
const CURED: f64 = 0.5;
/// A county this large reports at the median time of the file.
const TYPICAL_COUNTY: f64 = 50_000.0;
/// Length of the first night, in hours after the close: counting goes on through it.
const FIRST_NIGHT: f64 = 12.0;
/// A batch of this share of all ballots, with this lead, from this hour after the close on, makes news (contingency C7).
const BATCH_SHARE: f64 = 0.02;
const BATCH_LEAD: f64 = 0.5;
const NIGHT_BATCH_H: f64 = 4.0;
/// In-person votes of a jurisdiction with few counties come in so many portions in all.
const PORTIONS: usize = 24;

/// What can happen in a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// The polls close.
    Closes(u32),
    /// A portion of a county's in-person votes is reported.
    Reports(u32, u32),
    /// A county publishes its processed mail and early votes as one batch.
    Releases(u32, u32),
    /// An hour of work.
    Works(u32),
    /// Late mail of one day arrives.
    Arrives(u32),
    /// Provisional, overseas and cured ballots are decided.
    Reviewed(u32),
    /// A wrong figure is put right.
    Corrected(u32),
    /// A halt ends.
    Resumes(u32),
}

/// A jurisdiction as the scenario describes it.
#[derive(Clone, Debug)]
pub(super) struct Spec {
    /// What it is called in the story.
    pub(super) title: String,
    /// Its name with its kind.
    pub(super) path: String,
    /// Ballots cast.
    pub(super) ballots: Draw,
    /// Share for others.
    pub(super) others: Draw,
    /// When the polls close.
    pub(super) closes: Timing,
    /// Share by mode; in person takes what is left.
    pub(super) shares: [Draw; MODES],
    /// Gap by mode.
    pub(super) gaps: [Draw; MODES],
    /// Its counties.
    pub(super) counties: Counties,
    /// Working hours before the close, in milliseconds.
    pub(super) pre_processing: Draw,
    /// Working hours of the whole pile, in milliseconds.
    pub(super) pile: Draw,
    /// Working hours a day after the first night.
    pub(super) day: Draw,
    /// When processed mail is published.
    pub(super) release: Release,
    /// Median report time, its growth and its spread.
    pub(super) reports: [Draw; 3],
    /// From count to publication.
    pub(super) publication: Draw,
    /// Whether results stand on a system of the scenario.
    pub(super) feed: Option<Slot>,
    /// How long ballots still come in.
    pub(super) grace: Draw,
    /// When provisional and overseas ballots are decided.
    pub(super) review: Draw,
    /// Share of mail rejected before cure.
    pub(super) rejected: Draw,
    /// Share of provisional ballots that count.
    pub(super) provisional_counted: Draw,
    /// Chance of a wrong figure by county.
    pub(super) errors: Draw,
    /// How long it stands.
    pub(super) error_lasts: Draw,
    /// Streams: counties, report times, release times, errors.
    pub(super) streams: [StreamId; 4],
    /// The quantities it offers.
    pub(super) slots: Slots,
}

/// The counties of a jurisdiction.
#[derive(Clone, Debug)]
pub(super) struct Counties {
    /// How many.
    pub(super) number: u32,
    /// Spread of sizes, spread of leans, lean by size, slowness by size.
    pub(super) spreads: [Draw; 4],
}

/// The quantities a count offers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slots {
    /// The polls have closed.
    pub(super) closed: Slot,
    /// Ballots cast.
    pub(super) cast: Slot,
    /// Ballots counted.
    pub(super) counted: Slot,
    /// Ballots rejected.
    pub(super) rejected: Slot,
    /// Ballots neither counted nor rejected.
    pub(super) outstanding: Slot,
    /// Votes published.
    pub(super) published: Slot,
    /// Published votes as a share of all that will count.
    pub(super) share: Slot,
    /// Published margin of the first candidate, as a share of published votes.
    pub(super) lead: Slot,
    /// Highest published lead of the candidate who loses in the end, once a tenth is published.
    pub(super) mirage: Slot,
    /// Time from the close to the last change of the published lead.
    pub(super) last_lead_change: Slot,
    /// Time from the close until 95 % were published.
    pub(super) to_95: Slot,
    /// The moment at which something was last published.
    pub(super) last_publication: Slot,
    /// The final margin, known to nobody until the count is over.
    pub(super) final_margin: Slot,
    /// A wrong figure is public.
    pub(super) wrong: Slot,
    /// The count is halted.
    pub(super) halted: Slot,
    /// What is outstanding is explained by mode.
    pub(super) explained: Slot,
    /// A large lopsided batch came in the night.
    pub(super) lopsided: Slot,
    /// Nothing is outstanding.
    pub(super) done: Slot,
    /// Published votes by mode.
    pub(super) by_mode: [Slot; MODES],
}

/// Votes for the two leading candidates and for others.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Votes {
    /// For the first.
    pub(super) first: f64,
    /// For the second.
    pub(super) second: f64,
    /// For others.
    pub(super) others: f64,
}

impl Votes {
    /// All of them.
    pub(super) fn total(self) -> f64 {
        self.first + self.second + self.others
    }

    /// The first candidate's lead in votes.
    pub(super) fn lead(self) -> f64 {
        self.first - self.second
    }

    fn add(&mut self, other: Votes, times: f64) {
        self.first += other.first * times;
        self.second += other.second * times;
        self.others += other.others * times;
    }
}

/// A county within a run.
#[derive(Clone, Copy, Debug, Default)]
struct County {
    /// Ballots.
    size: f64,
    /// Votes per ballot by mode.
    split: [Votes; MODES],
    /// Ballots by mode that are processed but not yet counted as published.
    ready: [f64; MODES],
    /// Ballots by mode waiting to be processed.
    waiting: [f64; MODES],
    /// Ballots an hour.
    rate: f64,
    /// Portions of in-person votes yet to be reported.
    portions: u32,
    /// Whether its processed mail has been released.
    released: bool,
}

#[derive(Clone, Debug, Default)]
struct State {
    closes: Time,
    cast: f64,
    counted: f64,
    rejected: f64,
    /// Neither counted nor rejected: kept by every movement of ballots, not as what is left over.
    open: f64,
    arriving: f64,
    arrivals_left: u32,
    provisional_counted: f64,
    day: f64,
    speed: f64,
    release: Option<Release>,
    published: [Votes; MODES],
    held: [Votes; MODES],
    /// A wrong figure: votes shown too many for the first candidate.
    error: f64,
    leader: f64,
    final_margin: f64,
    work: Handle,
    resumption: Handle,
}

/// All counts of a scenario.
#[derive(Clone, Debug)]
pub(super) struct Counts {
    specs: Vec<Spec>,
    states: Vec<State>,
    /// Counties of all jurisdictions, in order.
    counties: Vec<County>,
    first: Vec<usize>,
}

impl Counts {
    /// Counts as the scenario describes them.
    pub(super) fn new(specs: Vec<Spec>) -> Counts {
        let mut first = vec![0];
        for spec in &specs {
            first.push(first[first.len() - 1] + spec.counties.number as usize);
        }
        Counts {
            states: vec![State::default(); specs.len()],
            counties: vec![County::default(); first[specs.len()]],
            first,
            specs,
        }
    }

    /// Ballots are cast; `margins` are the final margins by jurisdiction.
    pub(super) fn start(&mut self, margins: &[f64], run: &mut Run) {
        for position in 0..self.specs.len() {
            self.cast(position, margins[position], run);
            let closes = self.states[position].closes;
            run.at(closes, WorldEvent::Count(Event::Closes(position as u32)));
        }
    }

    /// How many jurisdictions count.
    pub(super) fn len(&self) -> usize {
        self.specs.len()
    }

    /// Handles what happens in a count.
    pub(super) fn handle(&mut self, event: Event, run: &mut Run) {
        match event {
            Event::Closes(position) => self.close(position as usize, run),
            Event::Reports(position, county) => self.report(position as usize, county as usize, run),
            Event::Releases(position, county) => {
                self.release_county(position as usize, county as usize);
                self.publish(position as usize, run);
            }
            Event::Works(position) => self.work(position as usize, run),
            Event::Arrives(position) => self.arrive(position as usize, run),
            Event::Reviewed(position) => self.review(position as usize, run),
            Event::Corrected(position) => {
                self.states[position as usize].error = 0.0;
                let spec = &self.specs[position as usize];
                run.board.set_truth(spec.slots.wrong, false);
                run.tell(PROCESS, || Line::aloud(&spec.path, format!("{} corrects a wrong figure", spec.title)));
                self.publish(position as usize, run);
            }
            Event::Resumes(position) => {
                let spec = &self.specs[position as usize];
                self.states[position as usize].resumption = Handle::NONE;
                run.board.set_truth(spec.slots.halted, false);
                run.tell(PROCESS, || Line::aloud(&spec.path, format!("{} counts again", spec.title)));
                self.keep_working(position as usize, run);
            }
        }
    }

    /// A results page came back or went dark: what was held back is published.
    pub(super) fn feed_changed(&mut self, position: u32, run: &mut Run) {
        self.publish(position as usize, run);
    }

    /// A count stops for a while.
    pub(super) fn halt(&mut self, position: u32, lasts: Span, run: &mut Run) {
        let spec = &self.specs[position as usize];
        let state = &mut self.states[position as usize];
        run.board.set_truth(spec.slots.halted, true);
        run.tell(PROCESS, || Line::aloud(&spec.path, format!("{} stops counting", spec.title)));
        run.cancel(&mut state.resumption);
        state.resumption = run.after(lasts, WorldEvent::Count(Event::Resumes(position)));
    }

    /// A count is sped up by a factor, perhaps round the clock.
    pub(super) fn speed_up(&mut self, position: u32, factor: f64, round_the_clock: bool, run: &mut Run) {
        let spec = &self.specs[position as usize];
        let state = &mut self.states[position as usize];
        state.speed *= factor;
        if round_the_clock {
            state.day = 24.0;
        }
        run.tell(PROCESS, || Line::aloud(&spec.path, format!("{} counts faster", spec.title)));
    }

    /// Another release policy holds from now on.
    pub(super) fn set_release(&mut self, position: u32, release: Release) {
        self.states[position as usize].release = Some(release);
    }

    /// Mail is processed ahead of the close for some working hours more; before the close only.
    pub(super) fn process_ahead(&mut self, position: u32, hours: f64, run: &Run) {
        let position = position as usize;
        if run.now() >= self.states[position].closes {
            return;
        }
        for county in &mut self.counties[self.first[position]..self.first[position + 1]] {
            let done = county.waiting[MAIL].min(county.rate * hours);
            county.waiting[MAIL] -= done;
            county.ready[MAIL] += done;
        }
    }

    /// What is outstanding is explained by mode.
    pub(super) fn explain(&mut self, position: u32, run: &mut Run) {
        run.board.set_truth(self.specs[position as usize].slots.explained, true);
    }

    /// Who counts, and the time its polls close.
    pub(super) fn closes(&self, position: usize) -> Time {
        self.states[position].closes
    }

    /// What news media know: everything counted, by mode, whatever the results page shows; and what is yet to come, by mode.
    pub(super) fn known(&self, position: usize) -> ([Votes; MODES], [f64; MODES]) {
        let state = &self.states[position];
        let mut known = state.published;
        let mut open = [0.0; MODES];
        for mode in 0..MODES {
            known[mode].add(state.held[mode], 1.0);
        }
        for county in &self.counties[self.first[position]..self.first[position + 1]] {
            for (mode, open) in open.iter_mut().enumerate() {
                *open += county.waiting[mode] + county.ready[mode];
            }
        }
        open[LATE] += state.arriving;
        (known, open)
    }

    fn cast(&mut self, position: usize, margin: f64, run: &mut Run) {
        let spec = &self.specs[position];
        let closes = spec.closes.time(run);
        let total = spec.ballots.value(run);
        let others = spec.others.value(run);
        let mut shares = [0, 1, 2, 3, 4, 5, 6, 7].map(|mode: usize| spec.shares[mode].value(run));
        let gaps = [0, 1, 2, 3, 4, 5, 6, 7].map(|mode: usize| spec.gaps[mode].value(run));
        shares[IN_PERSON] = (1.0 - shares[1..].iter().sum::<f64>()).max(0.0);
        let [size_spread, lean_spread, lean_by_size, slower_by_size] =
            [0, 1, 2, 3].map(|each: usize| spec.counties.spreads[each].value(run));
        let (pre, pile) = (spec.pre_processing.value(run), spec.pile.value(run).max(1.0));
        let rejected = spec.rejected.value(run);
        let provisional_counted = spec.provisional_counted.value(run);
        let days = libm::ceil(spec.grace.value(run) / Span::from_days(1).as_ms_f64()) as u32;
        let range = self.first[position]..self.first[position + 1];
        let number = range.len();
        let mut weights = 0.0;
        for (place, county) in self.counties[range.clone()].iter_mut().enumerate() {
            let normal = normal_quantile(run.streams.uniform_at(spec.streams[0], 2 * place as u32));
            *county = County { size: libm::exp(size_spread * normal), ..County::default() };
            weights += county.size;
        }
        let mut drift = 0.0;
        let mut leans = Vec::with_capacity(number);
        for (place, county) in self.counties[range.clone()].iter_mut().enumerate() {
            county.size *= total / weights;
            let normal = normal_quantile(run.streams.uniform_at(spec.streams[0], 2 * place as u32 + 1));
            let tens = libm::log10(county.size * number as f64 / total);
            let lean = if number > 1 { lean_spread * normal + lean_by_size * tens } else { 0.0 };
            leans.push(lean);
            drift += lean * county.size / total;
            let slowness = libm::pow(slower_by_size.max(f64::MIN_POSITIVE), tens);
            county.rate = (shares[MAIL] + shares[DROP_OFF] + shares[LATE]) * county.size / (pile * slowness);
        }
        let state = &mut self.states[position];
        *state = State {
            closes,
            cast: total,
            day: spec.day.value(run),
            speed: 1.0,
            provisional_counted,
            arrivals_left: days,
            ..State::default()
        };
        let mut final_votes = Votes::default();
        for (county, lean) in self.counties[range].iter_mut().zip(&leans) {
            let lean = lean - drift;
            let shares = leaning(shares, lean);
            let splits = splits(margin + lean, &shares, &gaps, others);
            county.split = splits;
            let ready = if county.rate > 0.0 {
                let pile = shares[MAIL] * county.size / county.rate;
                if pile > 0.0 { (pre / pile).min(1.0) } else { 1.0 }
            } else {
                1.0
            };
            for (mode, share) in shares.iter().enumerate() {
                let ballots = share * county.size;
                match mode {
                    MAIL => {
                        // Mail that is rejected for good leaves the pile where it is processed, without a vote.
                        let valid = ballots * (1.0 - rejected * (1.0 - CURED));
                        state.rejected += ballots - valid;
                        county.ready[MAIL] = valid * ready;
                        county.waiting[MAIL] = valid - valid * ready;
                    }
                    LATE => state.arriving += ballots,
                    DROP_OFF | PROVISIONAL | OVERSEAS => county.waiting[mode] = ballots,
                    _ => county.ready[mode] = ballots,
                }
            }
            for mode in 0..MODES {
                let ballots = county.ready[mode] + county.waiting[mode];
                state.open += ballots;
                let counts = if mode == PROVISIONAL { provisional_counted } else { 1.0 };
                final_votes.add(county.split[mode], ballots * counts);
            }
            if days > 0 {
                final_votes.add(county.split[LATE], shares[LATE] * county.size);
            }
        }
        state.open += state.arriving;
        state.final_margin = final_votes.lead() / final_votes.total().max(1.0);
        let slots = spec.slots;
        run.board.set(slots.cast, total);
        run.board.set(slots.rejected, state.rejected);
        run.board.set(slots.outstanding, state.open);
        run.board.set(slots.final_margin, state.final_margin);
    }

    fn close(&mut self, position: usize, run: &mut Run) {
        let spec = &self.specs[position];
        run.board.set_truth(spec.slots.closed, true);
        run.board.set(spec.slots.last_publication, run.now().as_ms_f64());
        run.order(Order::PollsClosed { jurisdiction: position as u32 });
        run.tell(PROCESS, || Line::aloud(&spec.path, format!("the polls close in {}", spec.title)));
        let release = self.states[position].release.unwrap_or(spec.release);
        self.states[position].release = Some(release);
        let [median, growth, spread] = [0, 1, 2].map(|each: usize| spec.reports[each].value(run));
        let errors = spec.errors.value(run);
        let range = self.first[position]..self.first[position + 1];
        let portions = (PORTIONS / range.len()).max(1) as u32;
        for (place, county) in self.counties[range].iter_mut().enumerate() {
            county.portions = portions;
            let typical = median * libm::pow(county.size / TYPICAL_COUNTY, growth);
            for portion in 0..portions {
                let normal = normal_quantile(run.streams.uniform_at(spec.streams[1], place as u32 * portions + portion));
                let report = Span::from_ms_f64(typical * libm::exp(spread * normal));
                let delay = spec.publication.span(run);
                run.after(report + delay, WorldEvent::Count(Event::Reports(position as u32, place as u32)));
            }
            let normal = normal_quantile(run.streams.uniform_at(spec.streams[2], place as u32));
            let median = match release {
                Release::First => Some(Span::from_minutes(30)),
                Release::Middle => Some(Span::from_hours(5)),
                Release::AfterNight => Some(Span::from_hours(FIRST_NIGHT as i64)),
                Release::Merged | Release::End => None,
            };
            if let Some(median) = median {
                let at = Span::from_ms_f64(median.as_ms_f64() * libm::exp(0.5 * normal));
                run.after(at, WorldEvent::Count(Event::Releases(position as u32, place as u32)));
            }
            // A wrong figure swaps part of a county's votes: two to thirty per cent of them.
            let fault = run.streams.uniform_at(spec.streams[3], 2 * place as u32);
            if fault < errors {
                let size = run.streams.uniform_at(spec.streams[3], 2 * place as u32 + 1);
                let sign = if fault < errors / 2.0 { 1.0 } else { -1.0 };
                self.states[position].error += sign * (0.02 + 0.28 * size) * county.size;
            }
        }
        if self.states[position].error != 0.0 {
            let spec = &self.specs[position];
            run.board.set_truth(spec.slots.wrong, true);
            run.tell(PROCESS, || Line::aloud(&spec.path, format!("{} publishes a wrong figure", spec.title)));
            let lasts = spec.error_lasts.span(run);
            run.after(lasts, WorldEvent::Count(Event::Corrected(position as u32)));
        }
        let review = self.specs[position].review.span(run);
        run.after(review, WorldEvent::Count(Event::Reviewed(position as u32)));
        let state = &mut self.states[position];
        if state.arrivals_left > 0 && state.arriving > 0.0 {
            run.after(Span::from_days(1), WorldEvent::Count(Event::Arrives(position as u32)));
        } else {
            // Without a grace nothing that comes late is accepted.
            let late = std::mem::take(&mut state.arriving);
            state.rejected += late;
            state.open -= late;
        }
        self.keep_working(position, run);
        self.publish(position, run);
    }

    fn report(&mut self, position: usize, place: usize, run: &mut Run) {
        let merged = self.states[position].release == Some(Release::Merged);
        let county = &mut self.counties[self.first[position] + place];
        let left = f64::from(county.portions);
        county.portions = county.portions.saturating_sub(1);
        let portion = if left > 0.0 { 1.0 / left } else { 0.0 };
        for mode in [IN_PERSON, EARLY, MAIL, ONLINE] {
            if mode == IN_PERSON || merged {
                let ballots = county.ready[mode] * portion;
                count(county, &mut self.states[position], mode, ballots);
            }
        }
        let county = &mut self.counties[self.first[position] + place];
        if merged && county.portions == 0 {
            county.released = true;
        }
        self.publish(position, run);
    }

    fn release_county(&mut self, position: usize, place: usize) {
        let county = &mut self.counties[self.first[position] + place];
        county.released = true;
        for mode in [EARLY, MAIL, DROP_OFF, LATE, ONLINE] {
            let ballots = county.ready[mode];
            count(county, &mut self.states[position], mode, ballots);
        }
    }

    fn keep_working(&mut self, position: usize, run: &mut Run) {
        let state = &mut self.states[position];
        if state.work == Handle::NONE {
            state.work = run.after(Span::from_hours(1), WorldEvent::Count(Event::Works(position as u32)));
        }
    }

    fn work(&mut self, position: usize, run: &mut Run) {
        let spec = &self.specs[position];
        let state = &mut self.states[position];
        state.work = Handle::NONE;
        let since_close = (run.now() - state.closes).hours();
        let at_work = since_close <= FIRST_NIGHT || (since_close - FIRST_NIGHT).rem_euclid(24.0) < state.day;
        let busy = at_work && !run.board.holds(spec.slots.halted);
        let policy = state.release;
        let mut left = state.arriving > 0.0;
        for place in 0..self.first[position + 1] - self.first[position] {
            let county = &mut self.counties[self.first[position] + place];
            if busy {
                let mut capacity = county.rate * 3_600_000.0 * self.states[position].speed;
                for mode in [MAIL, DROP_OFF, LATE] {
                    let done = county.waiting[mode].min(capacity);
                    capacity -= done;
                    county.waiting[mode] -= done;
                    county.ready[mode] += done;
                }
            }
            let piles = county.waiting[MAIL] + county.waiting[DROP_OFF] + county.waiting[LATE];
            let ready = county.ready[MAIL] + county.ready[DROP_OFF] + county.ready[LATE] + county.ready[EARLY];
            let released = match policy {
                Some(Release::End) => piles <= 0.0,
                _ => county.released,
            };
            if released && ready > 0.0 {
                self.release_county(position, place);
            }
            left |= piles > 0.0 || (ready > 0.0 && !released);
        }
        self.publish(position, run);
        if left {
            self.keep_working(position, run);
        }
    }

    fn arrive(&mut self, position: usize, run: &mut Run) {
        let state = &mut self.states[position];
        let share = 1.0 / f64::from(state.arrivals_left.max(1));
        let ballots = state.arriving * share;
        state.arriving -= ballots;
        state.arrivals_left = state.arrivals_left.saturating_sub(1);
        if state.arrivals_left == 0 {
            state.arriving = 0.0;
        }
        let total: f64 = state.cast;
        let range = self.first[position]..self.first[position + 1];
        for county in &mut self.counties[range] {
            county.waiting[LATE] += ballots * county.size / total;
        }
        if self.states[position].arrivals_left > 0 {
            run.after(Span::from_days(1), WorldEvent::Count(Event::Arrives(position as u32)));
        }
        self.keep_working(position, run);
    }

    fn review(&mut self, position: usize, run: &mut Run) {
        let counts = self.states[position].provisional_counted;
        let range = self.first[position]..self.first[position + 1];
        for county in &mut self.counties[range] {
            let provisional = std::mem::take(&mut county.waiting[PROVISIONAL]);
            county.ready[PROVISIONAL] = provisional * counts;
            let refused = provisional - provisional * counts;
            self.states[position].rejected += refused;
            self.states[position].open -= refused;
            county.ready[OVERSEAS] += std::mem::take(&mut county.waiting[OVERSEAS]);
            for mode in [PROVISIONAL, OVERSEAS] {
                let ballots = county.ready[mode];
                count(county, &mut self.states[position], mode, ballots);
            }
        }
        self.publish(position, run);
    }

    /// Shows what has been counted, unless the results page is dark; and keeps the books.
    fn publish(&mut self, position: usize, run: &mut Run) {
        let spec = &self.specs[position];
        let state = &mut self.states[position];
        let slots = spec.slots;
        run.board.set(slots.counted, state.counted);
        run.board.set(slots.rejected, state.rejected);
        // Sums of many portions end a hair beside nothing.
        let over = state.open < 1e-6 * state.cast;
        run.board.set(slots.outstanding, if over { 0.0 } else { state.open });
        run.board.set_truth(slots.done, over);
        if spec.feed.is_some_and(|dark| run.board.holds(dark)) {
            return;
        }
        let mut shown = Votes::default();
        let mut new = Votes::default();
        for mode in 0..MODES {
            let held = std::mem::take(&mut state.held[mode]);
            new.add(held, 1.0);
            state.published[mode].add(held, 1.0);
            shown.add(state.published[mode], 1.0);
            run.board.set(slots.by_mode[mode], state.published[mode].total());
        }
        let since_close = (run.now() - state.closes).as_ms_f64();
        let total = shown.total();
        if total <= 0.0 {
            return;
        }
        let share = total / (state.cast - state.rejected).max(1.0);
        let lead = (shown.lead() + 2.0 * state.error) / total;
        run.board.set(slots.published, total);
        run.board.set(slots.share, share);
        run.board.set(slots.lead, lead);
        if new.total() > 0.0 {
            run.order(Order::Published);
            run.board.set(slots.last_publication, run.now().as_ms_f64());
        }
        let night = (NIGHT_BATCH_H..=FIRST_NIGHT).contains(&(since_close / Span::from_hours(1).as_ms_f64()));
        let batch = new.total() >= BATCH_SHARE * state.cast && new.lead().abs() >= BATCH_LEAD * new.total();
        if night && batch && !run.board.holds(slots.lopsided) {
            run.board.set_truth(slots.lopsided, true);
            run.tell(PROCESS, || Line::aloud(&spec.path, format!("A large lopsided batch is published in {}", spec.title)));
        }
        if lead * state.leader < 0.0 {
            run.board.set(slots.last_lead_change, since_close);
            run.tell(PROCESS, || Line::inner(&spec.path, format!("the lead changes in {}", spec.title)));
        }
        state.leader = lead.signum();
        if share >= 0.1 && lead * state.final_margin < 0.0 {
            let mirage = run.board.get(slots.mirage).max(lead.abs());
            run.board.set(slots.mirage, mirage);
        }
        if share >= 0.95 && run.board.get(slots.to_95) == 0.0 {
            run.board.set(slots.to_95, since_close);
        }
    }
}

/// Ballots of a mode are counted.
fn count(county: &mut County, state: &mut State, mode: usize, ballots: f64) {
    county.ready[mode] -= ballots;
    state.counted += ballots;
    state.open -= ballots;
    state.held[mode].add(county.split[mode], ballots);
}

/// Shares by mode in a county that leans: more mail where the first candidate is stronger.
fn leaning(mut shares: [f64; MODES], lean: f64) -> [f64; MODES] {
    if shares[MAIL] > 0.0 {
        let moved = (MAIL_LEAN * lean).clamp(-shares[MAIL], shares[IN_PERSON]);
        shares[MAIL] += moved;
        shares[IN_PERSON] -= moved;
    }
    shares
}

/// Votes per ballot by mode, such that all modes together give the margin. Where a gap would ask for more than all votes of a
/// mode, what is too much goes to in-person votes.
fn splits(margin: f64, shares: &[f64; MODES], gaps: &[f64; MODES], others: f64) -> [Votes; MODES] {
    let limit = 1.0 - others;
    let gap: f64 = (0..MODES).map(|mode| shares[mode] * gaps[mode]).sum();
    let base = margin - gap;
    let mut margins = [0.0; MODES];
    let mut given = 0.0;
    for mode in 1..MODES {
        margins[mode] = (base + gaps[mode]).clamp(-limit, limit);
        given += shares[mode] * margins[mode];
    }
    margins[IN_PERSON] = if shares[IN_PERSON] > 0.0 { (margin - given) / shares[IN_PERSON] } else { base };
    margins[IN_PERSON] = margins[IN_PERSON].clamp(-limit, limit);
    margins.map(|margin| Votes {
        first: (limit + margin) / 2.0,
        second: (limit - margin) / 2.0,
        others,
    })
}
