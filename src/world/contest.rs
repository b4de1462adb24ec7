//! Contests: who wins in truth, who has been called, who claims, and what the award makes of it.
//!
//! The final margin of a jurisdiction is its expected one plus errors at three levels, shared by all, by a region, and its own;
//! or errors with correlations given in the file. The shared part is what makes upsets come together (equation E1 of
//! `docs/model.md`, "The count").

use super::board::Slot;
use super::draw::Draw;
use super::event::Event as WorldEvent;
use super::run::{Line, Run};
use super::verb::Order;
use crate::engine::{Handle, Span, StreamId, Time, exponential_quantile, normal_quantile};
use crate::scenario::model::Award;

const PROCESS: &str = "contest";

/// What can happen to a contest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// The leader of the published count may claim victory.
    MayClaim(u32),
    /// The loser concedes.
    Concedes(u32),
    /// Somebody goes to court against a close count.
    Sues(u32, u32),
    /// A court decides.
    Decides(u32, u32),
}

/// A contest as the scenario describes it.
#[derive(Clone, Debug)]
pub(super) struct Spec {
    /// What it is called in the story.
    pub(super) title: String,
    /// Its name with its kind.
    pub(super) path: String,
    /// The two candidates.
    pub(super) candidates: [String; 2],
    /// The camps of the public that hope for them, where there are any.
    pub(super) camps: [Option<u32>; 2],
    /// How votes become a winner.
    pub(super) award: Award,
    /// Electors needed to win; more than half, without this.
    pub(super) to_win: Option<Draw>,
    /// Share needed to win outright.
    pub(super) threshold: Draw,
    /// Errors shared by all, by a region, and own.
    pub(super) errors: [Draw; 3],
    /// Mean of the error shared by all.
    pub(super) miss: Draw,
    /// The lower Cholesky factor of given correlations, row by row; empty where regions are used.
    pub(super) factor: Vec<f64>,
    /// Its jurisdictions.
    pub(super) jurisdictions: Vec<Jurisdiction>,
    /// Stream of the shared error.
    pub(super) shared: StreamId,
    /// Regions, each with its stream.
    pub(super) regions: Vec<StreamId>,
    /// Chance of a claim, when, and its stream.
    pub(super) claims: (Draw, Draw, StreamId),
    /// Chance of a concession, when, and its stream.
    pub(super) concedes: (Draw, Draw, StreamId),
    /// Suits per millisecond, chance of a halt, time to a decision.
    pub(super) suits: Option<(Draw, Draw, Draw)>,
    /// What else courts may grant.
    pub(super) remedies: Remedies,
    /// The quantities it offers.
    pub(super) slots: Slots,
}

/// What a suit may bring besides a halt.
#[derive(Clone, Debug)]
pub(super) struct Remedies {
    /// Chance that ballots are set aside.
    pub(super) segregates: Draw,
    /// Which ballots: a bit for each mode.
    pub(super) modes: u8,
    /// Chance that they are admitted in the end.
    pub(super) admits: Draw,
    /// Chance that the last day of certification is moved.
    pub(super) extends: Draw,
    /// By how much.
    pub(super) extends_by: Draw,
}

/// A jurisdiction of a contest.
#[derive(Clone, Debug)]
pub(super) struct Jurisdiction {
    /// Its position among all counts.
    pub(super) count: u32,
    /// Its expected margin.
    pub(super) margin: Draw,
    /// Share of votes for other candidates.
    pub(super) others: Draw,
    /// Its electors.
    pub(super) electors: Draw,
    /// Its region.
    pub(super) region: Option<usize>,
    /// Stream of its own error.
    pub(super) own: StreamId,
    /// Stream of suits.
    pub(super) suing: StreamId,
    /// Stream of what suits bring besides a halt.
    pub(super) granting: StreamId,
    /// Time courts take, as a share of what they would take unprepared.
    pub(super) court_delay: Slot,
    /// Its quantities that the contest reads: called for each, published, lead, done, final margin.
    pub(super) called: [Slot; 2],
    /// Published votes.
    pub(super) published: Slot,
    /// Published lead.
    pub(super) lead: Slot,
    /// Ballots cast.
    pub(super) cast: Slot,
    /// The final margin.
    pub(super) final_margin: Slot,
    /// Nothing is outstanding.
    pub(super) done: Slot,
}

/// The quantities a contest offers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slots {
    /// Somebody has been named the winner by those who count along.
    pub(super) called: Slot,
    /// Time from the last close to that.
    pub(super) to_call: Slot,
    /// Electors, or shares of votes, called for each.
    pub(super) awarded: [Slot; 2],
    /// Published lead over all jurisdictions.
    pub(super) lead: Slot,
    /// Somebody has claimed victory.
    pub(super) claimed: Slot,
    /// The claim came before any call.
    pub(super) premature: Slot,
    /// The claim came from the one who loses.
    pub(super) false_claim: Slot,
    /// The loser has conceded.
    pub(super) conceded: Slot,
    /// The final margin over all jurisdictions; electors won in truth by the first.
    pub(super) final_margin: Slot,
    /// Electors, or votes, won in truth by each.
    pub(super) won: [Slot; 2],
    /// The moment of the last close.
    pub(super) last_close: Slot,
    /// Nothing is outstanding anywhere.
    pub(super) all_counted: Slot,
    /// Nobody reaches what is needed.
    pub(super) undecided: Slot,
    /// Suits filed.
    pub(super) suits: Slot,
    /// Courts have halted a count.
    pub(super) halted: Slot,
    /// Courts have had ballots set aside.
    pub(super) segregated: Slot,
    /// Courts have moved a last day of certification.
    pub(super) extended: Slot,
}

#[derive(Clone, Copy, Debug, Default)]
struct State {
    to_win: f64,
    last_close: Time,
    /// 1 for the first, -1 for the second, 0 for nobody.
    winner: f64,
    concession: Handle,
}

/// All contests of a scenario.
#[derive(Clone, Debug)]
pub(super) struct Contests {
    specs: Vec<Spec>,
    states: Vec<State>,
}

impl Contests {
    /// Contests as the scenario describes them.
    pub(super) fn new(specs: Vec<Spec>) -> Contests {
        Contests { states: vec![State::default(); specs.len()], specs }
    }

    /// Draws the final margin of every jurisdiction.
    pub(super) fn draw(&mut self, margins: &mut [f64], run: &mut Run) {
        for spec in &self.specs {
            let [shared_sd, region_sd, own_sd] = [0, 1, 2].map(|each: usize| spec.errors[each].value(run));
            let miss = spec.miss.value(run);
            let shared = normal_quantile(run.uniform(spec.shared));
            let regions: Vec<f64> = spec.regions.iter().map(|region| normal_quantile(run.uniform(*region))).collect();
            let own: Vec<f64> = spec.jurisdictions.iter().map(|each| normal_quantile(run.uniform(each.own))).collect();
            let size = spec.jurisdictions.len();
            for (row, each) in spec.jurisdictions.iter().enumerate() {
                let error = if spec.factor.is_empty() {
                    let region = each.region.map_or(0.0, |region| regions[region]);
                    shared_sd * shared + region_sd * region + own_sd * own[row]
                } else {
                    let total = libm::sqrt(shared_sd * shared_sd + region_sd * region_sd + own_sd * own_sd);
                    let factors = &spec.factor[row * size..row * size + row + 1];
                    total * factors.iter().zip(&own).map(|(l, z)| l * z).sum::<f64>()
                };
                margins[each.count as usize] = (each.margin.value(run) + miss + error).clamp(-0.98, 0.98);
            }
        }
    }

    /// Nothing is called or claimed; what may come is scheduled.
    pub(super) fn start(&mut self, closes: impl Fn(usize) -> Time, run: &mut Run) {
        for (position, spec) in self.specs.iter().enumerate() {
            let electors: f64 = spec.jurisdictions.iter().map(|each| each.electors.value(run)).sum();
            let half = match spec.award {
                Award::Electors => libm::floor(electors / 2.0) + 1.0,
                Award::Plurality => 0.5,
                Award::Majority => spec.threshold.value(run),
            };
            let last_close = spec.jurisdictions.iter().map(|each| closes(each.count as usize)).max();
            let last_close = last_close.unwrap_or(Time::ZERO);
            run.board.set(spec.slots.last_close, last_close.as_ms_f64());
            let state = &mut self.states[position];
            *state = State {
                to_win: spec.to_win.as_ref().map_or(half, |needed| needed.value(run)),
                last_close,
                ..State::default()
            };
            let (chance, after, stream) = &spec.claims;
            let (chance, after) = (chance.value(run), after.span(run));
            if run.chance(*stream, chance) {
                run.at(last_close + after, WorldEvent::Contest(Event::MayClaim(position as u32)));
            }
        }
        for position in 0..self.specs.len() {
            self.settle_truth(position, run);
            self.schedule_suits(position, run);
        }
    }

    /// Handles what happens to contests.
    pub(super) fn handle(&mut self, event: Event, run: &mut Run) {
        match event {
            Event::MayClaim(contest) => self.claim(contest as usize, run),
            Event::Concedes(contest) => {
                let spec = &self.specs[contest as usize];
                run.board.set_truth(spec.slots.conceded, true);
                run.tell(PROCESS, || Line::aloud(&spec.path, format!("the loser of {} concedes", spec.title)));
            }
            Event::Sues(contest, place) => self.sue(contest as usize, place as usize, run),
            Event::Decides(contest, place) => self.decide(contest as usize, place as usize, run),
        }
    }

    /// Calls have changed: who is ahead by calls is added up anew.
    pub(super) fn calls_changed(&mut self, run: &mut Run) {
        for position in 0..self.specs.len() {
            let spec = &self.specs[position];
            let mut awarded = [0.0, 0.0];
            let mut open = 0.0;
            for each in &spec.jurisdictions {
                let weight = match spec.award {
                    Award::Electors => each.electors.value(run),
                    Award::Plurality | Award::Majority => run.board.get(each.cast),
                };
                match each.called.map(|slot| run.board.holds(slot)) {
                    [true, _] => awarded[0] += weight,
                    [_, true] => awarded[1] += weight,
                    _ => open += weight,
                }
            }
            let total = awarded[0] + awarded[1] + open;
            let needed = match spec.award {
                Award::Electors => self.states[position].to_win,
                Award::Plurality | Award::Majority => 0.5 * total,
            };
            run.board.set(spec.slots.awarded[0], awarded[0]);
            run.board.set(spec.slots.awarded[1], awarded[1]);
            let called = awarded[0] >= needed || awarded[1] >= needed;
            if called && !run.board.holds(spec.slots.called) {
                self.called(position, awarded[0] >= needed, run);
            } else if !called {
                run.board.set_truth(spec.slots.called, false);
                // Nobody concedes what is open again.
                run.cancel(&mut self.states[position].concession);
            }
        }
    }

    /// Votes have been admitted, rejected or altered: who wins in the end is worked out anew.
    pub(super) fn votes_changed(&mut self, run: &mut Run) {
        for position in 0..self.specs.len() {
            self.settle_truth(position, run);
        }
    }

    /// Polls close later than planned in a jurisdiction.
    pub(super) fn close_moved(&mut self, jurisdiction: u32, closes: Time, run: &mut Run) {
        for (spec, state) in self.specs.iter().zip(&mut self.states) {
            if closes > state.last_close && spec.jurisdictions.iter().any(|each| each.count == jurisdiction) {
                state.last_close = closes;
                run.board.set(spec.slots.last_close, closes.as_ms_f64());
            }
        }
    }

    /// Something was published: the lead over all jurisdictions is added up anew.
    pub(super) fn published(&mut self, run: &mut Run) {
        for spec in &self.specs {
            let (mut lead, mut total) = (0.0, 0.0);
            for each in &spec.jurisdictions {
                let votes = run.board.get(each.published);
                lead += votes * run.board.get(each.lead);
                total += votes;
            }
            if total > 0.0 {
                run.board.set(spec.slots.lead, lead / total);
            }
        }
    }

    /// A jurisdiction has nothing outstanding any more.
    pub(super) fn counted(&mut self, run: &mut Run) {
        for spec in &self.specs {
            let all = spec.jurisdictions.iter().all(|each| run.board.holds(each.done));
            run.board.set_truth(spec.slots.all_counted, all);
        }
    }

    fn called(&mut self, position: usize, first: bool, run: &mut Run) {
        let spec = &self.specs[position];
        run.board.set_truth(spec.slots.called, true);
        let waited = (run.now() - self.states[position].last_close).as_ms_f64().max(1.0);
        run.board.set(spec.slots.to_call, waited);
        let winner = &spec.candidates[usize::from(!first)];
        run.tell(PROCESS, || Line::aloud(&spec.path, format!("{} is called for {winner}", spec.title)));
        if let Some(winner) = spec.camps[usize::from(!first)] {
            run.order(Order::Outcome { winner });
        }
        let (chance, after, stream) = &spec.concedes;
        let (chance, after) = (chance.value(run), after.span(run));
        if run.chance(*stream, chance) && self.states[position].concession == Handle::NONE {
            self.states[position].concession = run.after(after, WorldEvent::Contest(Event::Concedes(position as u32)));
        }
    }

    fn claim(&mut self, position: usize, run: &mut Run) {
        let spec = &self.specs[position];
        let lead = run.board.get(spec.slots.lead);
        if lead == 0.0 || run.board.holds(spec.slots.claimed) {
            return;
        }
        run.board.set_truth(spec.slots.claimed, true);
        let claimant = &spec.candidates[usize::from(lead < 0.0)];
        run.tell(PROCESS, || Line::aloud(&spec.path, format!("{claimant} claims victory")));
        if !run.board.holds(spec.slots.called) {
            run.board.set_truth(spec.slots.premature, true);
        }
        if lead * self.states[position].winner < 0.0 {
            run.board.set_truth(spec.slots.false_claim, true);
        }
    }

    /// What the votes will turn out to be: known to nobody, but a claim can be judged by it.
    fn settle_truth(&mut self, position: usize, run: &mut Run) {
        let spec = &self.specs[position];
        let (mut lead, mut cast, mut others) = (0.0, 0.0, 0.0);
        let mut won = [0.0, 0.0];
        for each in &spec.jurisdictions {
            let margin = run.board.get(each.final_margin);
            let ballots = run.board.get(each.cast);
            lead += margin * ballots;
            cast += ballots;
            others += each.others.value(run) * ballots;
            let weight = match spec.award {
                Award::Electors => each.electors.value(run),
                Award::Plurality | Award::Majority => ballots,
            };
            won[usize::from(margin < 0.0)] += weight;
        }
        let (margin, others) = if cast > 0.0 { (lead / cast, others / cast) } else { (0.0, 0.0) };
        let state = &mut self.states[position];
        state.winner = match spec.award {
            Award::Electors if won[0] >= state.to_win => 1.0,
            Award::Electors if won[1] >= state.to_win => -1.0,
            Award::Electors => 0.0,
            Award::Majority if (1.0 - others + margin.abs()) / 2.0 < state.to_win => 0.0,
            Award::Plurality | Award::Majority => margin.signum(),
        };
        run.board.set(spec.slots.final_margin, margin);
        run.board.set(spec.slots.won[0], won[0]);
        run.board.set(spec.slots.won[1], won[1]);
        run.board.set_truth(spec.slots.undecided, state.winner == 0.0);
    }

    fn schedule_suits(&mut self, position: usize, run: &mut Run) {
        let last_close = self.states[position].last_close;
        for place in 0..self.specs[position].jurisdictions.len() {
            self.schedule_suit(position, place, last_close, run);
        }
    }

    fn schedule_suit(&mut self, position: usize, place: usize, from: Time, run: &mut Run) {
        let spec = &self.specs[position];
        let each = &spec.jurisdictions[place];
        let Some((rate, _, _)) = &spec.suits else { return };
        let rate = rate.value(run);
        // Only what is close is worth a suit: within two points.
        if rate > 0.0 && run.board.get(each.final_margin).abs() <= 0.02 {
            let wait = Span::from_ms_f64(exponential_quantile(run.uniform(each.suing), 1.0 / rate));
            run.at(from + wait, WorldEvent::Contest(Event::Sues(position as u32, place as u32)));
        }
    }

    fn sue(&mut self, position: usize, place: usize, run: &mut Run) {
        let spec = &self.specs[position];
        run.board.add(spec.slots.suits, 1.0);
        run.tell(PROCESS, || Line::inner(&spec.path, "somebody goes to court against a count"));
        if let Some((_, _, decides)) = &spec.suits {
            let delay = run.board.get(spec.jurisdictions[place].court_delay);
            let decides = Span::from_ms_f64(decides.value(run) * delay);
            run.after(decides, WorldEvent::Contest(Event::Decides(position as u32, place as u32)));
        }
        self.schedule_suit(position, place, run.now(), run);
    }

    fn decide(&mut self, position: usize, place: usize, run: &mut Run) {
        let spec = &self.specs[position];
        let each = &spec.jurisdictions[place];
        let Some((_, halts, decides)) = &spec.suits else { return };
        let (halts, lasts) = (halts.value(run), decides.span(run));
        // What is counted can be neither halted nor set aside.
        let open = !run.board.holds(each.done);
        if run.streams.chance(each.suing, halts) && open {
            run.board.set_truth(spec.slots.halted, true);
            run.tell(PROCESS, || Line::aloud(&spec.path, "a court halts a count"));
            run.order(Order::HaltCount { jurisdiction: each.count, lasts });
        }
        let remedies = &spec.remedies;
        let [segregates, admits, extends] =
            [&remedies.segregates, &remedies.admits, &remedies.extends].map(|chance| chance.value(run));
        if run.streams.chance(each.granting, segregates) && open {
            run.board.set_truth(spec.slots.segregated, true);
            run.order(Order::Segregate { jurisdiction: each.count, modes: remedies.modes, ruling: lasts, admits });
        }
        if run.streams.chance(each.granting, extends) {
            let by = remedies.extends_by.span(run);
            run.board.set_truth(spec.slots.extended, true);
            run.tell(PROCESS, || Line::aloud(&spec.path, "a court moves a last day of certification"));
            run.order(Order::Extend { jurisdiction: each.count, by });
        }
    }
}
