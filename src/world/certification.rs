//! After the night: canvass, recount, audit, local and state certification, ascertainment, and the dates that bind.
//!
//! Each jurisdiction walks its chain: counted, canvassed, recounted where the rule says so, certified by its counties, certified
//! as a whole, ascertained. Boards may refuse or tie and be compelled; what is not ready at its date is late, and how late is on
//! the board. Equations E10 to E15: `docs/model.md`, "After the night".

mod nation;
mod review;

use super::board::Slot;
use super::draw::{Draw, Timing};
use super::event::Event as WorldEvent;
use super::run::{Line, Run};
use super::sampling;
use super::verb::Order;
use crate::engine::{Handle, Span, StreamId, Time};
use crate::scenario::model::{AuditMethod, Deadline};
pub(super) use nation::Nation;
use review::Review;

const PROCESS: &str = "certification";

/// What can happen after the night.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// The canvass is done.
    Canvassed(u32),
    /// The date of the counties has come.
    LocalDate(u32),
    /// The date of the whole has come.
    StateDate(u32),
    /// A refusal is resolved.
    Compelled(u32),
    /// A recount is done.
    Recounted(u32),
    /// An audit is done.
    Audited(u32),
    /// A review that was ordered is done.
    Reviewed(u32),
    /// The last day of ascertainment has come.
    AscertainmentDate,
    /// The electors vote.
    ElectorsVote,
    /// The electors' votes are counted.
    JointSession,
}

/// A jurisdiction as the scenario describes it.
#[derive(Clone, Debug)]
pub(super) struct Spec {
    /// What it is called in the story.
    pub(super) title: String,
    /// Its name with its kind.
    pub(super) path: String,
    /// Its counties.
    pub(super) counties: u32,
    /// Time of the canvass.
    pub(super) canvass: Draw,
    /// The date of the counties.
    pub(super) local: Timing,
    /// The date of the whole.
    pub(super) state: Timing,
    /// Chance of a refusal by county, time to its end, chance of its end.
    pub(super) refuses: [Draw; 3],
    /// Stream of refusals.
    pub(super) boards: StreamId,
    /// Margins for an automatic recount and for one on request, and the time it takes.
    pub(super) recount: Option<[Draw; 3]>,
    /// Stream of recounts.
    pub(super) recounting: StreamId,
    /// The audit.
    pub(super) audit: Option<Audit>,
    /// Stream of the audit.
    pub(super) auditing: StreamId,
    /// Stream of ordered reviews.
    pub(super) reviewing: StreamId,
    /// Whether the vote is held only if another calls for it.
    pub(super) later: bool,
    /// Ballots cast.
    pub(super) cast: Slot,
    /// Nothing is outstanding.
    pub(super) done: Slot,
    /// The published margin.
    pub(super) lead: Slot,
    /// A wrong figure is public.
    pub(super) wrong: Slot,
    /// The margin that stands without what is set aside.
    pub(super) standing_margin: Slot,
    /// The margin that paper shows.
    pub(super) paper_margin: Slot,
    /// Time courts take, as a share of what they would take unprepared.
    pub(super) court_delay: Slot,
    /// Ballots that leave no record to audit.
    pub(super) unauditable: Slot,
    /// The quantities it offers.
    pub(super) slots: Slots,
}

/// The audit as the scenario describes it.
#[derive(Clone, Debug)]
pub(super) struct Audit {
    /// How it is done.
    pub(super) method: AuditMethod,
    /// Risk limit, cap in ballots, ballots per millisecond, time to set up.
    pub(super) terms: [Draw; 4],
}

/// The quantities of a jurisdiction after the night.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slots {
    /// The canvass is done.
    pub(super) canvassed: Slot,
    /// A board refuses or ties.
    pub(super) refused: Slot,
    /// The counties have certified.
    pub(super) local: Slot,
    /// The whole is certified.
    pub(super) certified: Slot,
    /// The date of the counties.
    pub(super) local_date: Slot,
    /// The date of the whole.
    pub(super) state_date: Slot,
    /// The counties had not certified at their date.
    pub(super) local_missed: Slot,
    /// Not certified at its date.
    pub(super) missed: Slot,
    /// How late the certification was.
    pub(super) late: Slot,
    /// A recount is under way or done; it turned the result.
    pub(super) recount: Slot,
    /// The recount turned the result.
    pub(super) reversed: Slot,
    /// The margin as canvassed, and as recounted after a recount.
    pub(super) margin: Slot,
    /// The audit is done; ballots it looked at; it went to a full hand count; it found the outcome unprovable.
    pub(super) audited: Slot,
    /// Ballots the audit looked at.
    pub(super) audit_ballots: Slot,
    /// The audit became a full hand count.
    pub(super) escalated: Slot,
    /// A review that was ordered is under way or waits for the count.
    pub(super) review: Slot,
    /// Ballots it looks at.
    pub(super) review_ballots: Slot,
    /// It has confirmed the result.
    pub(super) confirmed: Slot,
    /// It has corrected the figures, not the winner.
    pub(super) corrected: Slot,
    /// It has found that the other candidate has won.
    pub(super) wrong_winner: Slot,
    /// How late the counties were.
    pub(super) local_late: Slot,
    /// Ballots of a jurisdiction whose date has passed.
    pub(super) ballots_at_stake: Slot,
    /// More ballots without a record than the margin holds.
    pub(super) unprovable: Slot,
    /// The outcome is ascertained.
    pub(super) ascertained: Slot,
}

#[derive(Clone, Copy, Debug, Default)]
struct State {
    /// When the boards of the counties meet.
    local: Time,
    /// The last day for them to certify.
    local_last: Time,
    /// Whether they have met.
    met: bool,
    /// When the board of the whole meets.
    meets: Time,
    /// The last day for it to certify.
    state: Time,
    canvassed: bool,
    refused: bool,
    local_done: bool,
    recounting: bool,
    /// The vote has been annulled: nothing more comes of it.
    void: bool,
    margin: f64,
    /// The margin without what is set aside, as it was canvassed or ruled last.
    standing: f64,
    /// What a count by hand has found beyond that.
    on_paper: f64,
    review: Option<Review>,
    /// A recount was asked for before the canvass was done: the time it takes.
    asked: Option<Span>,
    canvass: Handle,
    compelling: Handle,
}

/// Everything after the night.
#[derive(Clone, Debug)]
pub(super) struct Certifications {
    specs: Vec<Option<Spec>>,
    nation: Option<Nation>,
    states: Vec<State>,
}

impl Certifications {
    /// Chains by jurisdiction, nothing where the file gives no dates; and the national chain.
    pub(super) fn new(specs: Vec<Option<Spec>>, nation: Option<Nation>) -> Certifications {
        Certifications { states: vec![State::default(); specs.len()], specs, nation }
    }

    /// Dates are fixed; nothing is certified.
    pub(super) fn start(&mut self, run: &mut Run) {
        for position in 0..self.specs.len() {
            self.states[position] = State::default();
            if self.specs[position].as_ref().is_some_and(|spec| !spec.later) {
                self.begin(position as u32, Span::ZERO, run);
            }
        }
        self.schedule_nation(run);
    }

    /// A vote is held; a later one has its dates as much later.
    pub(super) fn begin(&mut self, position: u32, later: Span, run: &mut Run) {
        let Some(spec) = &self.specs[position as usize] else { return };
        let (local, state) = (spec.local.time(run) + later, spec.state.time(run) + later);
        run.board.set(spec.slots.local_date, local.as_ms_f64());
        run.board.set(spec.slots.state_date, state.as_ms_f64());
        self.states[position as usize] = State { local, local_last: local, meets: state, state, ..State::default() };
        run.at(local, WorldEvent::Certification(Event::LocalDate(position)));
        run.at(state, WorldEvent::Certification(Event::StateDate(position)));
    }

    /// A vote is annulled: its result is certified no longer, and never will be; whoever looks at its ballots again stops.
    pub(super) fn void(&mut self, position: u32, run: &mut Run) {
        let Some(spec) = &self.specs[position as usize] else { return };
        let state = &mut self.states[position as usize];
        let slots = &spec.slots;
        for ended in [slots.certified, slots.ascertained, slots.refused, slots.review] {
            run.board.set_truth(ended, false);
        }
        if state.recounting {
            run.board.set_truth(slots.recount, false);
        }
        state.void = true;
        state.review = None;
        self.show_stakes(position, run);
    }

    /// Nothing more comes of an annulled vote, whatever is ordered.
    fn is_void(&self, position: u32) -> bool {
        self.states[position as usize].void
    }

    /// Nothing is outstanding in a jurisdiction: the canvass ends after its time.
    pub(super) fn counted(&mut self, position: u32, run: &mut Run) {
        if self.is_void(position) {
            return;
        }
        self.begin_review(position, run);
        let Some(spec) = &self.specs[position as usize] else { return };
        let state = &mut self.states[position as usize];
        if state.canvass == Handle::NONE && !state.canvassed {
            let takes = spec.canvass.span(run);
            state.canvass = run.after(takes, WorldEvent::Certification(Event::Canvassed(position)));
        }
    }

    /// A court orders a board to certify.
    pub(super) fn compel(&mut self, position: u32, run: &mut Run) {
        if !self.is_void(position) {
            self.resolve(position, run);
        }
    }

    /// A last day is moved; whoever is ready at the first date need not wait for the second.
    pub(super) fn extend(&mut self, position: u32, date: Deadline, by: Span, run: &mut Run) {
        let Some(spec) = &self.specs[position as usize] else { return };
        let state = &mut self.states[position as usize];
        let (last, slot, missed, event) = match date {
            _ if state.void => return,
            Deadline::State if run.board.holds(spec.slots.certified) => return,
            Deadline::Local if state.local_done => return,
            Deadline::State => (&mut state.state, spec.slots.state_date, spec.slots.missed, Event::StateDate(position)),
            Deadline::Local => {
                (&mut state.local_last, spec.slots.local_date, spec.slots.local_missed, Event::LocalDate(position))
            }
        };
        *last = *last + by;
        let last = *last;
        run.board.set(slot, last.as_ms_f64());
        run.board.set_truth(missed, false);
        run.at(last, WorldEvent::Certification(event));
        self.show_stakes(position, run);
    }

    /// Somebody asks for a recount; it begins with the end of the canvass at the soonest, and not once the result is certified.
    pub(super) fn request_recount(&mut self, position: u32, takes: Span, run: &mut Run) {
        let Some(spec) = &self.specs[position as usize] else { return };
        if run.board.holds(spec.slots.certified) || run.board.holds(spec.slots.recount) || self.is_void(position) {
            return;
        }
        if self.states[position as usize].canvassed {
            self.begin_recount(position, takes, run);
        } else {
            self.states[position as usize].asked = Some(takes);
        }
    }

    /// A court has ruled on ballots that were set aside: what was canvassed without them is amended.
    pub(super) fn ruled(&mut self, position: u32, run: &mut Run) {
        let Some(spec) = &self.specs[position as usize] else { return };
        let state = &mut self.states[position as usize];
        if state.canvassed && !state.void {
            let standing = run.board.get(spec.standing_margin);
            state.margin += standing - state.standing;
            state.standing = standing;
            run.board.set(spec.slots.margin, state.margin);
            self.amended(position, run);
        }
    }

    /// Tells whoever has called it, and whoever adds results up, that a certificate is no longer what it was.
    fn amended(&self, position: u32, run: &mut Run) {
        if let Some(spec) = &self.specs[position as usize]
            && run.board.holds(spec.slots.certified)
        {
            run.order(Order::Turned { jurisdiction: position });
            run.order(Order::ResultsChanged);
        }
    }

    /// Ballots of a jurisdiction are at stake while one of its dates has passed without what was due.
    fn show_stakes(&self, position: u32, run: &mut Run) {
        if let Some(spec) = &self.specs[position as usize] {
            let late = run.board.holds(spec.slots.local_missed) && !run.board.holds(spec.slots.local)
                || run.board.holds(spec.slots.missed) && !run.board.holds(spec.slots.certified);
            let ballots = if late && !self.is_void(position) { run.board.get(spec.cast) } else { 0.0 };
            run.board.set(spec.slots.ballots_at_stake, ballots);
        }
    }

    /// Handles what happens after the night.
    pub(super) fn handle(&mut self, event: Event, run: &mut Run) {
        match event {
            Event::Canvassed(position)
            | Event::LocalDate(position)
            | Event::StateDate(position)
            | Event::Compelled(position)
            | Event::Recounted(position)
            | Event::Audited(position)
            | Event::Reviewed(position)
                if self.is_void(position) => {}
            Event::Canvassed(position) => self.canvassed(position, run),
            Event::LocalDate(position) => self.local_date(position, run),
            Event::StateDate(position) => self.state_date(position, run),
            Event::Compelled(position) => self.resolve(position, run),
            Event::Recounted(position) => self.recounted(position, run),
            Event::Audited(position) => self.audited(position, run),
            Event::Reviewed(position) => self.reviewed(position, run),
            Event::AscertainmentDate => self.ascertainment_date(run),
            Event::ElectorsVote => self.electors_vote(run),
            Event::JointSession => self.joint_session(run),
        }
    }

    fn canvassed(&mut self, position: u32, run: &mut Run) {
        let Some(spec) = &self.specs[position as usize] else { return };
        let state = &mut self.states[position as usize];
        state.canvass = Handle::NONE;
        state.canvassed = true;
        state.standing = run.board.get(spec.standing_margin);
        state.margin = state.standing + state.on_paper;
        run.board.set(spec.slots.margin, state.margin);
        run.board.set_truth(spec.slots.canvassed, true);
        run.tell(PROCESS, || Line::inner(&spec.path, format!("the canvass of {} is done", spec.title)));
        if let Some([automatic, on_request, takes]) = &spec.recount {
            let margin = state.margin.abs();
            let (automatic, on_request) = (automatic.value(run), on_request.value(run));
            // How likely a loser is to ask, by the margin (assumed; docs/model.md).
            let asks = if margin < 0.0025 {
                0.9
            } else if margin <= 0.005 {
                0.4
            } else {
                0.05
            };
            let asked = run.streams.chance(spec.recounting, asks) && margin <= on_request;
            if margin <= automatic || asked {
                state.asked = Some(takes.span(run));
            }
        }
        if let Some(takes) = self.states[position as usize].asked.take() {
            self.begin_recount(position, takes, run);
        }
        self.begin_audit(position, run);
        if run.now() >= self.states[position as usize].local {
            self.certify_locally(position, run);
        }
    }

    fn begin_recount(&mut self, position: u32, takes: Span, run: &mut Run) {
        let Some(spec) = &self.specs[position as usize] else { return };
        self.states[position as usize].recounting = true;
        run.board.set_truth(spec.slots.recount, true);
        run.tell(PROCESS, || Line::aloud(&spec.path, format!("a recount begins in {}", spec.title)));
        run.after(takes, WorldEvent::Certification(Event::Recounted(position)));
    }

    fn begin_audit(&mut self, position: u32, run: &mut Run) {
        let Some(spec) = &self.specs[position as usize] else { return };
        let Some(audit) = &spec.audit else { return };
        let [risk, cap, pace, set_up] = [0, 1, 2, 3].map(|each: usize| audit.terms[each].value(run));
        let cast = run.board.get(spec.cast);
        let margin = self.states[position as usize].margin.abs();
        let drawn = run.uniform(spec.auditing);
        let wanted = match audit.method {
            AuditMethod::Comparison => sampling::comparison_ballots(margin, risk),
            AuditMethod::Polling => sampling::polling_quantile((1.0 + margin) / 2.0, risk, drawn),
            AuditMethod::HandCount => cast,
        };
        let escalates = wanted > cap.min(cast);
        let ballots = if escalates { cast } else { wanted };
        run.board.set(spec.slots.audit_ballots, ballots);
        run.board.set_truth(spec.slots.escalated, escalates);
        let without_record = run.board.get(spec.unauditable);
        run.board.set_truth(spec.slots.unprovable, without_record > 0.0 && without_record >= margin * cast);
        let takes = Span::from_ms_f64(set_up + ballots / pace.max(f64::MIN_POSITIVE));
        run.tell(PROCESS, || Line::inner(&spec.path, format!("the audit of {} begins", spec.title)));
        run.after(takes, WorldEvent::Certification(Event::Audited(position)));
    }

    fn audited(&mut self, position: u32, run: &mut Run) {
        if let Some(spec) = &self.specs[position as usize] {
            run.board.set_truth(spec.slots.audited, true);
            run.tell(PROCESS, || Line::aloud(&spec.path, format!("the audit of {} is done", spec.title)));
        }
    }

    fn recounted(&mut self, position: u32, run: &mut Run) {
        let Some(spec) = &self.specs[position as usize] else { return };
        let state = &mut self.states[position as usize];
        state.recounting = false;
        let shift = sampling::recount_shift(run.uniform(spec.recounting));
        let before = state.margin;
        state.margin += before.signum() * shift;
        let turned = state.margin * before < 0.0;
        run.board.set(spec.slots.margin, state.margin);
        run.board.set_truth(spec.slots.reversed, turned);
        let result = if turned { "turns the result" } else { "confirms the result" };
        run.tell(PROCESS, || Line::aloud(&spec.path, format!("the recount of {} {result}", spec.title)));
        self.certify(position, run);
    }

    fn local_date(&mut self, position: u32, run: &mut Run) {
        let Some(spec) = &self.specs[position as usize] else { return };
        if std::mem::replace(&mut self.states[position as usize].met, true) {
            // The boards have met; this is the end of the time by which their date was moved.
            self.local_last_day(position, run);
            return;
        }
        let [refuses, compelled, resolved] = [0, 1, 2].map(|each: usize| spec.refuses[each].value(run));
        let any = 1.0 - libm::pow(1.0 - refuses, f64::from(spec.counties));
        let refused = run.streams.chance(spec.boards, any);
        let is_resolved = run.streams.chance(spec.boards, resolved);
        let state = &mut self.states[position as usize];
        if refused {
            state.refused = true;
            run.board.set_truth(spec.slots.refused, true);
            run.tell(PROCESS, || Line::aloud(&spec.path, format!("a board in {} refuses to certify", spec.title)));
            if is_resolved {
                let compelled = Span::from_ms_f64(compelled * run.board.get(spec.court_delay));
                state.compelling = run.after(compelled, WorldEvent::Certification(Event::Compelled(position)));
            }
        }
        if state.canvassed {
            self.certify_locally(position, run);
        }
        self.local_last_day(position, run);
    }

    fn local_last_day(&mut self, position: u32, run: &mut Run) {
        let state = &self.states[position as usize];
        if let Some(spec) = &self.specs[position as usize]
            && !state.local_done
            && run.now() >= state.local_last
        {
            run.board.set_truth(spec.slots.local_missed, true);
            self.show_stakes(position, run);
        }
    }

    fn resolve(&mut self, position: u32, run: &mut Run) {
        let Some(spec) = &self.specs[position as usize] else { return };
        let state = &mut self.states[position as usize];
        run.cancel(&mut state.compelling);
        if !std::mem::take(&mut state.refused) {
            return;
        }
        run.board.set_truth(spec.slots.refused, false);
        run.tell(PROCESS, || Line::aloud(&spec.path, format!("the refusal in {} is resolved", spec.title)));
        if state.canvassed {
            self.certify_locally(position, run);
        }
    }

    fn certify_locally(&mut self, position: u32, run: &mut Run) {
        let Some(spec) = &self.specs[position as usize] else { return };
        let state = &mut self.states[position as usize];
        if state.refused || state.local_done {
            return;
        }
        state.local_done = true;
        run.board.set(spec.slots.local_late, (run.now() - state.local_last).as_ms_f64().max(0.0));
        run.board.set_truth(spec.slots.local, true);
        self.show_stakes(position, run);
        self.certify(position, run);
    }

    /// The whole certifies once its counties have, no recount is open, and its date has come or passed.
    fn certify(&mut self, position: u32, run: &mut Run) {
        let Some(spec) = &self.specs[position as usize] else { return };
        let state = &self.states[position as usize];
        let ready = state.local_done && !state.recounting && run.now() >= state.meets;
        if !ready || run.board.holds(spec.slots.certified) {
            return;
        }
        run.board.set(spec.slots.late, (run.now() - state.state).as_ms_f64().max(0.0));
        run.board.set_truth(spec.slots.certified, true);
        run.board.set_truth(spec.slots.ascertained, true);
        self.show_stakes(position, run);
        run.order(Order::ResultsChanged);
        if state.margin * run.board.get(spec.standing_margin) < 0.0 {
            run.order(Order::Turned { jurisdiction: position });
        }
        run.tell(PROCESS, || Line::aloud(&spec.path, format!("{} certifies its result", spec.title)));
    }

    fn state_date(&mut self, position: u32, run: &mut Run) {
        self.certify(position, run);
        if run.now() < self.states[position as usize].state {
            // The last day has been moved; the later one has an event of its own.
            return;
        }
        let Some(spec) = &self.specs[position as usize] else { return };
        if !run.board.holds(spec.slots.certified) {
            run.board.set_truth(spec.slots.missed, true);
            self.show_stakes(position, run);
            run.tell(PROCESS, || Line::aloud(&spec.path, format!("{} misses its date of certification", spec.title)));
        }
    }
}
