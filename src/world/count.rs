//! The count: ballots by mode of voting, from the close of the polls to the last pile.
//!
//! Each county holds its ballots by mode. In-person votes are reported at a log-normal time that grows with the county; mail
//! that came before the day has been processed up to the share min(1, H / B), with H working hours allowed before the close and
//! a pile of B working hours; the rest flows at 1 / B per working hour. When processed mail is published follows from the
//! release policy. An early lead and its reversal are in no equation: they emerge from piles, partisan gaps between modes and
//! release. A mode's gap never changes the final result: a county's in-person margin a solves sum w_k (a + g_k) = m. Mail handed in
//! on the day and late mail are piles of their own, which flow at their own 1 / B from the close: they go through the same checks,
//! and no staff of an earlier pile is waiting for them.
//! Equations E2 to E8, parameters and sources: `docs/model.md`, "The count".

mod ballots;
mod counties;
mod orders;
mod publication;
mod spec;

pub(super) use orders::OnlineSettled;
pub(super) use spec::{Counties, Slots, Spec};

use super::event::Event as WorldEvent;
use super::run::{Line, Run};
use super::verb::Order;
use super::votes::{LaterPoll, MODES, Poll, Votes};
use crate::engine::{Handle, Span, Time, normal_quantile};
use crate::scenario::model::Release;
use ballots::{leaning, level, splits};
use counties::{County, populate};
use orders::Apart;

const PROCESS: &str = "count";

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

/// A county this large reports at the median time of the file.
const TYPICAL_COUNTY: f64 = 50_000.0;
/// Length of the first night, in hours after the close: counting goes on through it.
const FIRST_NIGHT: f64 = 12.0;
/// Spread of the time of release around its median: the standard deviation of its logarithm (2020 counts).
const RELEASE_SPREAD: f64 = 0.5;
/// Piles that are processed by working hours, in the order in which they came.
const PILES: [usize; 3] = [MAIL, DROP_OFF, LATE];
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
    /// The wrong figure of a county is put right.
    Corrected(u32, u32),
    /// A halt ends.
    Resumes(u32),
    /// A court rules on ballots that are set aside.
    Ruled(u32),
}

#[derive(Clone, Debug, Default)]
struct State {
    closes: Time,
    cast: f64,
    /// What the sizes of counties add up to: ballots cast, with those that were lost.
    sizes: f64,
    counted: f64,
    rejected: f64,
    /// Neither counted nor rejected, by mode: kept by every movement of ballots, not as what is left over.
    open: [f64; MODES],
    arriving: f64,
    arrivals_left: u32,
    /// Share of ballots of each mode that count.
    valid: [f64; MODES],
    day: f64,
    speed: f64,
    /// When a halt ends.
    resumes: Time,
    release: Release,
    published: [Votes; MODES],
    held: [Votes; MODES],
    /// Votes that wrong figures now move, over all counties.
    errors: f64,
    /// Who leads what is published: 1 for the first, -1 for the second.
    leader: f64,
    final_margin: f64,
    /// The vote has been annulled: courts have nothing to say about its ballots any more.
    void: bool,
    apart: Apart,
    work: Handle,
    resumption: Handle,
}

impl State {
    /// Ballots of a county are counted.
    fn count(&mut self, county: &mut County, mode: usize, ballots: f64) {
        county.ready[mode] -= ballots;
        self.open[mode] -= ballots;
        self.settle(county, mode, ballots);
    }

    /// Ballots of a county leave the pile: some are ready, some are rejected for good.
    fn process(&mut self, county: &mut County, mode: usize, ballots: f64) {
        county.waiting[mode] -= ballots;
        let valid = ballots * self.valid[mode];
        county.ready[mode] += valid;
        self.reject(mode, ballots - valid);
    }

    fn reject(&mut self, mode: usize, ballots: f64) {
        self.rejected += ballots;
        self.open[mode] -= ballots;
    }

    /// A county's processed mail and early votes are counted.
    fn release(&mut self, county: &mut County) {
        county.released = true;
        for mode in [EARLY, MAIL, DROP_OFF, LATE, ONLINE] {
            // Hour after hour, most counties have nothing new.
            if county.ready[mode] != 0.0 {
                self.count(county, mode, county.ready[mode]);
            }
        }
    }
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

    /// Ballots are cast wherever a vote is held.
    pub(super) fn start(&mut self, polls: &[Option<Poll>], run: &mut Run) {
        for (position, poll) in polls.iter().enumerate() {
            self.states[position] = State::default();
            let Some(poll) = poll else { continue };
            let spec = &self.specs[position];
            let (closes, ballots) = (spec.closes.time(run), spec.ballots.value(run));
            let others = poll.others.unwrap_or_else(|| spec.others.value(run));
            self.cast(position, closes, ballots, (poll.margin, others), run);
        }
    }

    /// A later vote is held.
    pub(super) fn hold(&mut self, position: u32, poll: LaterPoll, run: &mut Run) {
        self.cast(position as usize, poll.closes, poll.ballots, (poll.margin, poll.others), run);
    }

    /// How many jurisdictions count.
    pub(super) fn len(&self) -> usize {
        self.specs.len()
    }

    /// Handles what happens in a count.
    pub(super) fn handle(&mut self, event: Event, run: &mut Run) {
        match event {
            Event::Closes(position) if run.now() < self.states[position as usize].closes => {}
            Event::Closes(position) => self.close(position as usize, run),
            Event::Reports(position, county) => self.report(position as usize, county as usize, run),
            Event::Releases(position, county) => self.release(position as usize, county as usize, run),
            Event::Works(position) => self.work(position as usize, run),
            Event::Arrives(position) => self.arrive(position as usize, run),
            Event::Reviewed(position) => self.review(position as usize, run),
            Event::Corrected(position, county) => self.correct(position as usize, county as usize, run),
            Event::Ruled(position) => self.ruled(position as usize, run),
            Event::Resumes(position) => {
                let spec = &self.specs[position as usize];
                self.states[position as usize].resumption = Handle::NONE;
                run.board.set_truth(spec.slots.halted, false);
                run.tell(PROCESS, || Line::aloud(&spec.path, format!("{} counts again", spec.title)));
            }
        }
    }

    /// A results page came back or went dark: what was held back is published.
    pub(super) fn feed_changed(&mut self, position: u32, run: &mut Run) {
        self.publish(position as usize, run);
    }

    /// A count stops for a while; a second halt cannot end an earlier one sooner.
    pub(super) fn halt(&mut self, position: u32, lasts: Span, run: &mut Run) {
        let spec = &self.specs[position as usize];
        let state = &mut self.states[position as usize];
        let already = run.board.holds(spec.slots.halted);
        let until = run.now() + lasts;
        if already && until <= state.resumes {
            return;
        }
        state.resumes = until;
        run.board.set_truth(spec.slots.halted, true);
        run.tell(PROCESS, || Line::aloud(&spec.path, format!("{} stops counting", spec.title)));
        run.cancel(&mut state.resumption);
        state.resumption = run.at(until, WorldEvent::Count(Event::Resumes(position)));
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

    /// Another release policy holds from now on: what is not yet released follows it.
    pub(super) fn set_release(&mut self, position: u32, release: Release, run: &mut Run) {
        let position = position as usize;
        self.states[position].release = release;
        if run.board.holds(self.specs[position].slots.closed) {
            self.schedule_releases(position, run);
            self.keep_working(position, run);
        }
    }

    /// Mail is processed ahead of the close for some working hours more; before the close only.
    pub(super) fn process_ahead(&mut self, position: u32, hours: f64, run: &mut Run) {
        let position = position as usize;
        if run.now() >= self.states[position].closes {
            return;
        }
        let state = &mut self.states[position];
        for county in &mut self.counties[self.first[position]..self.first[position + 1]] {
            let done = county.waiting[MAIL].min(county.rate[MAIL] * hours);
            state.process(county, MAIL, done);
        }
        self.show_books(position, run);
    }

    /// What is outstanding is explained by mode.
    pub(super) fn explain(&mut self, position: u32, run: &mut Run) {
        run.board.set_truth(self.specs[position as usize].slots.explained, true);
    }

    /// The time its polls close.
    pub(super) fn closes(&self, position: usize) -> Time {
        self.states[position].closes
    }

    /// What news media know: everything counted, by mode, whatever the results page shows; and what may yet come, by mode, with what
    /// is set aside.
    pub(super) fn known(&self, position: usize) -> ([Votes; MODES], [f64; MODES]) {
        let state = &self.states[position];
        let mut known = state.published;
        for (known, held) in known.iter_mut().zip(&state.held) {
            known.add(*held, 1.0);
        }
        let mut open = state.open;
        for (open, apart) in open.iter_mut().zip(&state.apart.ballots) {
            *open += apart;
        }
        (known, open)
    }

    /// So many ballots are cast, with this margin and share for others in the end.
    fn cast(&mut self, position: usize, closes: Time, total: f64, (margin, others): (f64, f64), run: &mut Run) {
        let spec = &self.specs[position];
        let mut shares = [0, 1, 2, 3, 4, 5, 6, 7].map(|mode: usize| spec.shares[mode].value(run));
        let gaps = [0, 1, 2, 3, 4, 5, 6, 7].map(|mode: usize| spec.gaps[mode].value(run));
        let given: f64 = shares[1..].iter().sum();
        // Drawn shares may come to more than all ballots; then nobody votes in person on the day.
        shares = shares.map(|share| share / given.max(1.0));
        shares[IN_PERSON] = (1.0 - given).max(0.0);
        let pre = spec.pre_processing.value(run);
        let pile = spec.pile.value(run).max(1.0);
        let days = libm::ceil(spec.grace.value(run) / Span::from_days(1).as_ms_f64()) as u32;
        let mut valid = [1.0; MODES];
        let rejected = spec.rejected.value(run);
        for mode in PILES {
            valid[mode] = 1.0 - rejected;
        }
        valid[PROVISIONAL] = spec.provisional_counted.value(run);
        if days == 0 {
            valid[LATE] = 0.0;
        }
        let state = &mut self.states[position];
        *state = State {
            closes,
            cast: total,
            sizes: total,
            valid,
            day: spec.day.value(run),
            speed: 1.0,
            release: spec.release,
            arrivals_left: days,
            ..State::default()
        };
        let counties = &mut self.counties[self.first[position]..self.first[position + 1]];
        populate(spec, counties, total, run);
        for county in counties.iter_mut() {
            let shares = leaning(shares, county.lean, gaps[MAIL]);
            for (mode, share) in shares.iter().enumerate() {
                county.waiting[mode] = share * county.size;
            }
        }
        let votes = |county: &County| [0, 1, 2, 3, 4, 5, 6, 7].map(|mode: usize| county.waiting[mode] * valid[mode]);
        let limit = 1.0 - others;
        let weights = counties.iter().map(|county| (votes(county).iter().sum::<f64>(), county.lean));
        let lift = level(margin, limit, weights);
        let mut final_votes = Votes::default();
        for county in counties.iter_mut() {
            let votes = votes(county);
            county.split = splits((county.lean + lift).clamp(-limit, limit), &votes, &gaps, others);
            for (mode, votes) in votes.into_iter().enumerate() {
                final_votes.add(county.split[mode], votes);
                county.lead += county.split[mode].lead() * votes;
                let ballots = county.waiting[mode];
                state.open[mode] += ballots;
                county.rate[mode] = ballots / (pile * county.slower);
                match mode {
                    MAIL => state.process(county, MAIL, ballots * (pre / (pile * county.slower)).min(1.0)),
                    LATE => state.arriving += std::mem::take(&mut county.waiting[LATE]),
                    DROP_OFF | PROVISIONAL | OVERSEAS => {}
                    _ => state.process(county, mode, ballots),
                }
            }
        }
        state.apart.all = final_votes;
        run.board.set(spec.slots.cast, total);
        run.board.set(spec.slots.online, state.open[ONLINE]);
        run.at(closes, WorldEvent::Count(Event::Closes(position as u32)));
        self.show_margins(position, run);
        self.show_districts(position, run);
        self.show_books(position, run);
    }

    fn close(&mut self, position: usize, run: &mut Run) {
        let spec = &self.specs[position];
        run.board.set_truth(spec.slots.closed, true);
        run.board.set(spec.slots.last_publication, run.now().as_ms_f64());
        run.order(Order::PollsClosed { jurisdiction: position as u32 });
        run.tell(PROCESS, || Line::aloud(&spec.path, format!("the polls close in {}", spec.title)));
        let [median, growth, spread] = [0, 1, 2].map(|each: usize| spec.reports[each].value(run));
        let errors = spec.errors.value(run);
        let range = self.first[position]..self.first[position + 1];
        let portions = (PORTIONS / range.len()).max(1) as u32;
        for (place, county) in self.counties[range].iter_mut().enumerate() {
            let place = place as u32;
            county.portions = portions;
            let typical = median * libm::pow(county.size / TYPICAL_COUNTY, growth);
            for portion in 0..portions {
                let normal = normal_quantile(run.streams.uniform_at(spec.streams[1], place * portions + portion));
                let report = Span::from_ms_f64(typical * libm::exp(spread * normal));
                let delay = spec.publication.span(run);
                run.after(report + delay, WorldEvent::Count(Event::Reports(position as u32, place)));
            }
            // A wrong figure swaps part of a county's votes: two to thirty per cent of them.
            let fault = run.streams.uniform_at(spec.streams[3], 2 * place);
            if fault < errors {
                let size = run.streams.uniform_at(spec.streams[3], 2 * place + 1);
                let sign = if fault < errors / 2.0 { 1.0 } else { -1.0 };
                county.fault = sign * (0.02 + 0.28 * size);
            }
        }
        let review = spec.review.span(run);
        run.after(review, WorldEvent::Count(Event::Reviewed(position as u32)));
        let state = &mut self.states[position];
        if state.arrivals_left > 0 && state.arriving > 0.0 {
            run.after(Span::from_days(1), WorldEvent::Count(Event::Arrives(position as u32)));
        } else {
            // Without a grace nothing that comes late is accepted.
            let late = std::mem::take(&mut state.arriving);
            state.reject(LATE, late);
        }
        self.schedule_releases(position, run);
        self.keep_working(position, run);
        self.publish(position, run);
    }

    /// Fixes when each county releases what it has not yet released, by the policy that now holds.
    fn schedule_releases(&mut self, position: usize, run: &mut Run) {
        let spec = &self.specs[position];
        let state = &self.states[position];
        let (start, median) = match state.release {
            Release::First => (Span::ZERO, Span::from_minutes(30)),
            Release::Middle => (Span::ZERO, Span::from_hours(5)),
            Release::AfterNight => (Span::from_hours(FIRST_NIGHT as i64), Span::from_hours(2)),
            // With the in-person votes; or when the pile is done.
            Release::Merged | Release::End => (Span::ZERO, Span::ZERO),
        };
        let range = self.first[position]..self.first[position + 1];
        for (place, county) in self.counties[range].iter_mut().enumerate() {
            run.cancel(&mut county.release);
            if !county.released && median > Span::ZERO {
                let normal = normal_quantile(run.streams.uniform_at(spec.streams[2], place as u32));
                let wait = Span::from_ms_f64(median.as_ms_f64() * libm::exp(RELEASE_SPREAD * normal));
                let event = WorldEvent::Count(Event::Releases(position as u32, place as u32));
                county.release = run.at(state.closes + start + wait, event);
            }
        }
    }

    /// True if the count is halted; then the event comes again when the halt ends.
    fn defer(&self, position: usize, event: Event, run: &mut Run) -> bool {
        let halted = run.board.holds(self.specs[position].slots.halted);
        if halted {
            run.at(self.states[position].resumes, WorldEvent::Count(event));
        }
        halted
    }

    fn release(&mut self, position: usize, place: usize, run: &mut Run) {
        if self.defer(position, Event::Releases(position as u32, place as u32), run) {
            return;
        }
        let county = &mut self.counties[self.first[position] + place];
        county.release = Handle::NONE;
        self.states[position].release(county);
        self.publish(position, run);
    }

    fn report(&mut self, position: usize, place: usize, run: &mut Run) {
        if self.defer(position, Event::Reports(position as u32, place as u32), run) {
            return;
        }
        let state = &mut self.states[position];
        let merged = state.release == Release::Merged;
        let county = &mut self.counties[self.first[position] + place];
        let portion = 1.0 / f64::from(county.portions.max(1));
        county.portions = county.portions.saturating_sub(1);
        for mode in [IN_PERSON, EARLY, MAIL, ONLINE] {
            if mode == IN_PERSON || merged {
                state.count(county, mode, county.ready[mode] * portion);
            }
        }
        if county.portions == 0 {
            if merged {
                state.release(county);
            }
            self.err(position, place, run);
        }
        self.publish(position, run);
    }

    /// A county's figures are all in: if one of them is wrong, this is when it is public.
    fn err(&mut self, position: usize, place: usize, run: &mut Run) {
        let county = &mut self.counties[self.first[position] + place];
        county.error = county.fault * county.size;
        if county.error != 0.0 {
            self.add_up_errors(position);
            let spec = &self.specs[position];
            run.board.set_truth(spec.slots.wrong, true);
            run.tell(PROCESS, || Line::aloud(&spec.path, format!("{} publishes a wrong figure", spec.title)));
            let lasts = spec.error_lasts.span(run);
            run.after(lasts, WorldEvent::Count(Event::Corrected(position as u32, place as u32)));
        }
    }

    fn correct(&mut self, position: usize, place: usize, run: &mut Run) {
        let spec = &self.specs[position];
        let counties = &mut self.counties[self.first[position]..self.first[position + 1]];
        counties[place].error = 0.0;
        run.board.set_truth(spec.slots.wrong, counties.iter().any(|county| county.error != 0.0));
        self.add_up_errors(position);
        let spec = &self.specs[position];
        run.tell(PROCESS, || Line::aloud(&spec.path, format!("{} corrects a wrong figure", spec.title)));
        self.publish(position, run);
    }

    /// Wrong figures come and go seldom, and are published with every portion: so they are added up when they change.
    fn add_up_errors(&mut self, position: usize) {
        let counties = &self.counties[self.first[position]..self.first[position + 1]];
        self.states[position].errors = counties.iter().map(|county| county.error).sum();
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
        let halted = run.board.holds(spec.slots.halted);
        let hour = if at_work { Span::from_hours(1).as_ms_f64() * state.speed } else { 0.0 };
        let mut left = state.arriving > 0.0;
        for county in &mut self.counties[self.first[position]..self.first[position + 1]] {
            if halted {
                left = true;
                break;
            }
            let mut piles = 0.0;
            for mode in PILES {
                let done = county.waiting[mode].min(county.rate[mode] * hour);
                if done != 0.0 {
                    state.process(county, mode, done);
                }
                piles += county.waiting[mode];
            }
            let with_reports = state.release == Release::Merged && county.portions == 0;
            let at_the_end = state.release == Release::End && piles <= 0.0;
            if county.released || with_reports || at_the_end {
                state.release(county);
            }
            left |= piles > 0.0 || !county.released;
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
        let counties = &mut self.counties[self.first[position]..self.first[position + 1]];
        for county in counties {
            county.waiting[LATE] += ballots * county.size / state.sizes;
        }
        if state.arrivals_left > 0 {
            run.after(Span::from_days(1), WorldEvent::Count(Event::Arrives(position as u32)));
        }
        self.keep_working(position, run);
    }

    fn review(&mut self, position: usize, run: &mut Run) {
        if self.defer(position, Event::Reviewed(position as u32), run) {
            return;
        }
        let state = &mut self.states[position];
        for county in &mut self.counties[self.first[position]..self.first[position + 1]] {
            for mode in [PROVISIONAL, OVERSEAS] {
                state.process(county, mode, county.waiting[mode]);
                state.count(county, mode, county.ready[mode]);
            }
        }
        self.publish(position, run);
    }
}
