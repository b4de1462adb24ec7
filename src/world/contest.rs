//! Contests: who wins in truth, who has been called, who claims, and what the award makes of it.
//!
//! The final margin of a jurisdiction is its expected one plus errors at three levels, shared by all, by a region, and its own;
//! or errors with correlations given in the file. The shared part is what makes upsets come together (equation E1 of
//! `docs/model.md`, "The count").

mod award;
mod rounds;

use super::board::Slot;
use super::draw::Draw;
use super::event::Event as WorldEvent;
use super::run::{Line, Run};
use super::verb::Order;
use super::votes::Poll;
use crate::engine::{Handle, Span, StreamId, Time, exponential_quantile, normal_quantile};
use crate::scenario::model::Award;
pub(super) use award::{AtLarge, Awards, Prizes};
pub(super) use rounds::{Later, Round};

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
    /// A run-off or a rerun is held.
    Held(u32),
    /// The office or chamber must be filled.
    OfficeBegins(u32),
}

/// A contest as the scenario describes it.
#[derive(Clone, Debug)]
pub(super) struct Spec {
    /// What it is called in the story.
    pub(super) title: String,
    /// Its name with its kind.
    pub(super) path: String,
    /// The candidates, the two leading ones first.
    pub(super) candidates: Vec<String>,
    /// The camps of the public that hope for them, where there are any.
    pub(super) camps: Vec<Option<u32>>,
    /// Expected shares of the further ones, and the quantities that hold what they come to.
    pub(super) further: Vec<(Draw, Slot)>,
    /// What is given away, and how votes become a winner.
    pub(super) prizes: Prizes,
    /// Which vote of its contest this is.
    pub(super) round: Round,
    /// What becomes of the results of a contest; nothing for a vote that follows another.
    pub(super) awards: Option<Awards>,
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
    /// Its electors or seats.
    pub(super) prize: Draw,
    /// Its share for others is that of the further candidates.
    pub(super) others_are_further: bool,
    /// Share of votes for other candidates, counties, and counties where the first leads.
    pub(super) final_others: Slot,
    /// Counties where the first leads in the end.
    pub(super) districts_first: Slot,
    /// How many counties there are.
    pub(super) districts: f64,
    /// Ballots rejected.
    pub(super) rejected: Slot,
    /// Ballots set aside until a court rules.
    pub(super) segregated: Slot,
    /// Its result is certified, and the margin of that result; nothing where nothing is certified.
    pub(super) certified: Option<(Slot, Slot)>,
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
    /// The final margin without what is set aside.
    pub(super) standing_margin: Slot,
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

#[derive(Clone, Debug, Default)]
struct State {
    to_win: f64,
    threshold: f64,
    /// Electors or seats by jurisdiction, and of several jurisdictions together.
    prizes: Vec<f64>,
    at_large: Vec<f64>,
    /// When the polls close, by jurisdiction; the first and the last of these.
    closes: Vec<Time>,
    first_close: Time,
    last_close: Time,
    /// 1 for the first, -1 for the second, 0 for nobody or somebody else.
    winner: f64,
    /// Nobody reaches what is needed.
    undecided: bool,
    concession: Handle,
    /// The vote is held.
    open: bool,
    /// The vote has been annulled.
    annulled: bool,
    /// The two candidates whose margin it is.
    sides: [usize; 2],
    /// Which vote counts at present, and the next one where it has been called.
    counts: usize,
    next: Handle,
    /// A run-off has been called or held.
    runoff: bool,
    /// When the office must be filled.
    office: Option<Time>,
}

/// All contests of a scenario.
#[derive(Clone, Debug)]
pub(super) struct Contests {
    specs: Vec<Spec>,
    states: Vec<State>,
    /// Where results are added up.
    tally: award::Tally,
    /// Standard normal errors of a contest's regions and jurisdictions.
    regions: Vec<f64>,
    own: Vec<f64>,
}

impl Contests {
    /// Contests as the scenario describes them.
    pub(super) fn new(specs: Vec<Spec>) -> Contests {
        Contests {
            states: vec![State::default(); specs.len()],
            specs,
            tally: award::Tally::default(),
            regions: Vec::new(),
            own: Vec::new(),
        }
    }

    /// Draws the final margin of every jurisdiction in which a vote is held.
    pub(super) fn draw(&mut self, polls: &mut [Option<Poll>], run: &mut Run) {
        polls.fill(None);
        for spec in self.specs.iter().filter(|spec| spec.awards.is_some()) {
            let mut further = 0.0;
            for (expected, slot) in &spec.further {
                let share = expected.value(run);
                run.board.set(*slot, share);
                further += share;
            }
            let [shared_sd, region_sd, own_sd] = [0, 1, 2].map(|each: usize| spec.errors[each].value(run));
            let miss = spec.miss.value(run);
            let shared = normal_quantile(run.uniform(spec.shared));
            let (regions, own) = (&mut self.regions, &mut self.own);
            regions.clear();
            regions.extend(spec.regions.iter().map(|region| normal_quantile(run.uniform(*region))));
            own.clear();
            own.extend(spec.jurisdictions.iter().map(|each| normal_quantile(run.uniform(each.own))));
            let size = spec.jurisdictions.len();
            for (row, each) in spec.jurisdictions.iter().enumerate() {
                let error = if spec.factor.is_empty() {
                    let region = each.region.map_or(0.0, |region| regions[region]);
                    shared_sd * shared + region_sd * region + own_sd * own[row]
                } else {
                    let total = libm::sqrt(shared_sd * shared_sd + region_sd * region_sd + own_sd * own_sd);
                    let factors = &spec.factor[row * size..row * size + row + 1];
                    total * factors.iter().zip(&*own).map(|(l, z)| l * z).sum::<f64>()
                };
                let margin = (each.margin.value(run) + miss + error).clamp(-0.98, 0.98);
                let others = each.others_are_further.then_some(further.min(0.98));
                polls[each.count as usize] = Some(Poll { margin, others });
            }
        }
    }

    /// Nothing is called or claimed; what may come is scheduled.
    pub(super) fn start(&mut self, closes: impl Fn(usize) -> Time, run: &mut Run) {
        for position in 0..self.specs.len() {
            self.reset(position, run);
            let spec = &self.specs[position];
            if spec.awards.is_some() {
                let state = &mut self.states[position];
                state.closes.clear();
                state.closes.extend(spec.jurisdictions.iter().map(|each| closes(each.count as usize)));
                state.first_close = state.closes.iter().copied().min().unwrap_or(Time::ZERO);
                state.last_close = state.closes.iter().copied().max().unwrap_or(Time::ZERO);
                self.begin(position, run);
                self.begin_awards(position, run);
            }
        }
    }

    /// A vote is held: what will come of it is settled, though nobody knows; claims and suits may come.
    pub(super) fn begin(&mut self, position: usize, run: &mut Run) {
        let spec = &self.specs[position];
        let state = &mut self.states[position];
        state.open = true;
        run.board.set(spec.slots.last_close, state.last_close.as_ms_f64());
        let (chance, after, stream) = &spec.claims;
        let (chance, after) = (chance.value(run), after.span(run));
        if run.chance(*stream, chance) {
            run.at(state.last_close + after, WorldEvent::Contest(Event::MayClaim(position as u32)));
        }
        self.settle_truth(position, run);
        self.schedule_suits(position, run);
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
            Event::Held(contest) => self.hold(contest as usize, run),
            Event::OfficeBegins(contest) => self.office_begins(contest as usize, run),
        }
    }

    /// Calls have changed: who is ahead by calls is added up anew.
    pub(super) fn calls_changed(&mut self, run: &mut Run) {
        for position in 0..self.specs.len() {
            let (spec, state) = (&self.specs[position], &self.states[position]);
            let replaced = spec.awards.is_some() && state.counts != position;
            if !state.open || state.annulled || replaced || !spec.prizes.called_by_jurisdiction() {
                continue;
            }
            let [first, second, open] = award::called(spec, state, run);
            let total = first + second + open;
            let needed = match spec.prizes.award {
                Award::Electors | Award::Seats => state.to_win,
                Award::Plurality | Award::Majority => 0.5 * total,
            };
            run.board.set(spec.slots.awarded[0], first);
            run.board.set(spec.slots.awarded[1], second);
            // Whoever counts along sees whether anybody passes the threshold.
            let run_off = spec.prizes.award == Award::Majority && state.undecided;
            let called = (first >= needed || second >= needed) && !run_off;
            if called && !run.board.holds(spec.slots.called) {
                self.called(position, first >= needed, run);
            } else if !called {
                run.board.set_truth(spec.slots.called, false);
                if let Round::Later(later) = &spec.round {
                    run.board.set_truth(self.specs[later.of].slots.called, false);
                }
                // Nobody concedes what is open again.
                run.cancel(&mut self.states[position].concession);
            }
        }
    }

    /// Votes have been admitted, rejected or altered: who wins in the end is worked out anew, and what results make of it.
    pub(super) fn votes_changed(&mut self, run: &mut Run) {
        for position in 0..self.specs.len() {
            if self.states[position].open {
                self.settle_truth(position, run);
            }
        }
        self.results_changed(run);
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
        // Electors at large are called by what is left, not by whoever calls jurisdictions.
        if self.specs.iter().any(|spec| !spec.prizes.at_large.is_empty()) {
            self.calls_changed(run);
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
        let side = self.states[position].sides[usize::from(!first)];
        self.called_for(position, side, run);
        if let Round::Later(later) = &self.specs[position].round {
            // The contest has a winner when its last vote has.
            self.call_whole(later.of, run);
        }
    }

    fn call_whole(&mut self, position: usize, run: &mut Run) {
        let slots = &self.specs[position].slots;
        run.board.set_truth(slots.called, true);
        let waited = (run.now() - self.states[position].last_close).as_ms_f64().max(1.0);
        run.board.set(slots.to_call, waited);
    }

    /// The whole is called for a candidate.
    fn called_for(&mut self, position: usize, side: usize, run: &mut Run) {
        self.call_whole(position, run);
        let spec = &self.specs[position];
        let winner = &spec.candidates[side];
        run.tell(PROCESS, || Line::aloud(&spec.path, format!("{} is called for {winner}", spec.title)));
        if let Some(winner) = spec.camps[side] {
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
        if lead == 0.0 || run.board.holds(spec.slots.claimed) || self.states[position].annulled {
            return;
        }
        run.board.set_truth(spec.slots.claimed, true);
        let claimant = &spec.candidates[self.states[position].sides[usize::from(lead < 0.0)]];
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
        let state = &mut self.states[position];
        let (mut lead, mut cast) = (0.0, 0.0);
        let mut won = [0.0, 0.0];
        for each in &spec.jurisdictions {
            let margin = run.board.get(each.final_margin);
            let ballots = run.board.get(each.cast);
            lead += margin * ballots;
            cast += ballots;
            won[usize::from(margin < 0.0)] += ballots;
        }
        let margin = if cast > 0.0 { lead / cast } else { 0.0 };
        let tally = &mut self.tally;
        award::tally(spec, state, false, run, tally);
        if matches!(spec.prizes.award, Award::Electors | Award::Seats) {
            won = [tally.awarded[0], tally.awarded[1]];
        }
        let winner = award::winner(spec.prizes.award, state, tally);
        state.undecided = winner.is_none();
        state.winner = match winner.and_then(|winner| state.sides.iter().position(|side| *side == winner)) {
            Some(0) => 1.0,
            Some(_) => -1.0,
            None => 0.0,
        };
        run.board.set(spec.slots.final_margin, margin);
        run.board.set(spec.slots.won[0], won[0]);
        run.board.set(spec.slots.won[1], won[1]);
        run.board.set_truth(spec.slots.undecided, state.undecided);
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
        if self.states[position].annulled {
            return;
        }
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
        if self.states[position].annulled {
            return;
        }
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
