//! Adversaries and their campaigns: steps that wait, are tried, succeed or fail, are noticed, and change their author.
//!
//! Abstract by design: a step is a time, a chance and an effect. Taking down a network cuts what its owner can publish until it
//! is back, weaker; being named in public lowers tempo; success raises it. Sources: `docs/model.md`, "Adversaries".

use super::board::{Slot, Subject};
use super::draw::{Draw, Timing, optional, optional_span};
use super::event::Event as WorldEvent;
use super::run::{Line, Run};
use super::verb::{Actor, Order};
use crate::engine::{Handle, Shifts, Span, StaffedQueue, StreamId, exponential_quantile};

const PROCESS: &str = "campaign";

/// Tempo stays within a tenth and ten times of the planned one, however many reasons there are to change it.
const TEMPO: (f64, f64) = (0.1, 10.0);

/// What can happen to an adversary and its campaigns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// A campaign that comes back may be launched.
    Launch(u32),
    /// A step is due.
    Due(u32),
    /// An attempt is over.
    Tried(u32),
    /// An attempt is noticed.
    Noticed(u32),
    /// A network that was taken down is back.
    Returned(u32),
    /// An adversary is named.
    Attributed(u32),
    /// Means that were reduced are back.
    Recovered(u32),
}

/// An adversary as the scenario describes it.
#[derive(Clone, Debug)]
pub(super) struct Spec {
    /// What it is called in the story.
    pub(super) title: String,
    /// Its name with its kind.
    pub(super) path: String,
    /// What a responder knows once it is named.
    pub(super) subject: Subject,
    /// How many steps it can work on at once.
    pub(super) operators: Draw,
    /// Time until a network is back.
    pub(super) returns: Draw,
    /// Capacity with which it is back.
    pub(super) returns_at: Draw,
    /// Tempo after it has been named.
    pub(super) after_attribution: Draw,
    /// Tempo after a success.
    pub(super) after_success: Draw,
    /// It has been named in public.
    pub(super) attributed: Slot,
    /// Its capacity to publish.
    pub(super) capacity: Slot,
    /// Its tempo.
    pub(super) tempo: Slot,
}

/// A proxy as the scenario describes it.
#[derive(Clone, Debug)]
pub(super) struct Proxy {
    /// What it is called in the story.
    pub(super) title: String,
    /// How many times longer attribution takes.
    pub(super) delays_attribution: Draw,
    /// Its volume.
    pub(super) capacity: Draw,
    /// Chance that it is exposed at a step.
    pub(super) burns: Draw,
    /// Stream of that chance.
    pub(super) burning: StreamId,
}

/// A campaign as the scenario describes it.
#[derive(Clone, Debug)]
pub(super) struct Campaign {
    /// Its name with its kind.
    pub(super) path: String,
    /// Whose it is.
    pub(super) by: u32,
    /// What a responder knows once it has noticed.
    pub(super) subject: Subject,
    /// How often it is launched.
    pub(super) rate: Option<Draw>,
    /// Stream of the launches.
    pub(super) launches: StreamId,
    /// Chance that it takes place at all.
    pub(super) chance: Draw,
    /// Stream of that chance.
    pub(super) happens: StreamId,
    /// Its first step and the one after its last, in the list of all steps.
    pub(super) steps: (u32, u32),
    /// Its first attempt has been made.
    pub(super) begun: Slot,
    /// Somebody has noticed.
    pub(super) noticed: Slot,
    /// Its last step has succeeded.
    pub(super) succeeded: Slot,
    /// Attempts so far.
    pub(super) attempts: Slot,
    /// Successful attempts so far.
    pub(super) successes: Slot,
}

/// A step as the scenario describes it.
#[derive(Clone, Debug)]
pub(super) struct Step {
    /// What it is called in the story.
    pub(super) title: String,
    /// Its campaign.
    pub(super) campaign: u32,
    /// The proxy it goes through.
    pub(super) through: Option<u32>,
    /// When it starts.
    pub(super) at: Option<Timing>,
    /// Whether it waits for a condition.
    pub(super) waits: bool,
    /// Time it takes.
    pub(super) takes: Option<Draw>,
    /// Chance of success.
    pub(super) success: Draw,
    /// Stream of that chance.
    pub(super) succeeds: StreamId,
    /// Further attempts after a failure.
    pub(super) retries: u32,
    /// Time to the next attempt.
    pub(super) retry_after: Draw,
    /// Chance of being noticed.
    pub(super) noticed: Draw,
    /// Stream of that chance.
    pub(super) notices: StreamId,
    /// Time until it is noticed.
    pub(super) noticed_after: Option<Draw>,
    /// Who notices.
    pub(super) noticed_by: Vec<u32>,
    /// What it does.
    pub(super) effect: u32,
    /// The author's reason.
    pub(super) because: Option<String>,
}

#[derive(Clone, Copy, Debug, Default)]
struct State {
    /// Tempo but for deterrence.
    pace: f64,
    deterrence: f64,
    attribution: Handle,
    recovery: Handle,
}

/// All adversaries, proxies, campaigns and steps of a scenario.
#[derive(Clone, Debug)]
pub(super) struct Adversaries {
    specs: Vec<Spec>,
    proxies: Vec<Proxy>,
    campaigns: Vec<Campaign>,
    steps: Vec<Step>,
    states: Vec<State>,
    /// How many times longer attribution takes by what has been done so far.
    cover: Vec<f64>,
    burned: Vec<bool>,
    active: Vec<bool>,
    tries: Vec<u32>,
    queues: Vec<StaffedQueue<u32>>,
}

impl Adversaries {
    /// Adversaries as the scenario describes them.
    pub(super) fn new(
        specs: Vec<Spec>,
        proxies: Vec<Proxy>,
        campaigns: Vec<Campaign>,
        steps: Vec<Step>,
    ) -> Adversaries {
        Adversaries {
            states: vec![State::default(); specs.len()],
            cover: vec![1.0; specs.len()],
            burned: vec![false; proxies.len()],
            active: vec![false; campaigns.len()],
            tries: vec![0; steps.len()],
            queues: specs.iter().map(|_| StaffedQueue::new(0, Shifts::always())).collect(),
            specs,
            proxies,
            campaigns,
            steps,
        }
    }

    /// Nothing has been done yet; first launches and dated steps are scheduled.
    pub(super) fn start(&mut self, highest_weight: f64, run: &mut Run) {
        self.states.fill(State { pace: 1.0, ..State::default() });
        self.cover.fill(1.0);
        self.burned.fill(false);
        self.tries.fill(0);
        for position in 0..self.specs.len() {
            let operators = self.specs[position].operators.count(run);
            self.queues[position].clear();
            self.queues[position].set_servers(operators);
        }
        for position in 0..self.campaigns.len() {
            let campaign = &self.campaigns[position];
            let chance = campaign.chance.value(run);
            self.active[position] = run.chance(campaign.happens, chance);
            if !self.active[position] {
                continue;
            }
            if campaign.rate.is_some() {
                self.schedule_launch(position as u32, highest_weight, run);
                continue;
            }
            let (first, end) = campaign.steps;
            for step in first..end {
                let spec = &self.steps[step as usize];
                if let Some(at) = &spec.at {
                    let due = at.time(run);
                    run.at(due, WorldEvent::Adversary(Event::Due(step)));
                } else if step == first && !spec.waits {
                    run.after(Span::ZERO, WorldEvent::Adversary(Event::Due(step)));
                }
            }
        }
    }

    /// Handles what happens to adversaries. `crowding` is the weight of the present moment, `highest_weight` its bound.
    pub(super) fn handle(&mut self, event: Event, crowding: f64, highest_weight: f64, run: &mut Run) {
        match event {
            Event::Launch(campaign) => {
                let spec = &self.campaigns[campaign as usize];
                // Thinning (Lewis and Shedler 1979): candidates at the bound's rate, kept with the present weight's share.
                if run.chance(spec.launches, crowding / highest_weight) {
                    let first = spec.steps.0;
                    self.begin(first, run);
                }
                self.schedule_launch(campaign, highest_weight, run);
            }
            Event::Due(step) => self.begin(step, run),
            Event::Tried(step) => self.tried(step, run),
            Event::Noticed(step) => self.noticed(step, run),
            Event::Returned(adversary) => {
                let spec = &self.specs[adversary as usize];
                // A takedown that hit little leaves more than a new network would bring.
                let back = spec.returns_at.value(run).max(run.board.get(spec.capacity));
                run.board.set(spec.capacity, back);
                run.tell("adversary", || Line::inner(&spec.path, format!("a new network appears: {}", spec.title)));
            }
            Event::Attributed(adversary) => self.attributed(adversary, run),
            Event::Recovered(adversary) => {
                self.states[adversary as usize].deterrence = 0.0;
                self.scale_tempo(adversary, 1.0, run);
            }
        }
    }

    /// The condition of a step came to hold.
    pub(super) fn called(&mut self, step: u32, run: &mut Run) {
        if self.active[self.steps[step as usize].campaign as usize] {
            self.begin(step, run);
        }
    }

    /// A network of accounts is taken down.
    pub(super) fn takedown(&mut self, adversary: u32, cut: f64, run: &mut Run) {
        let spec = &self.specs[adversary as usize];
        let capacity = run.board.get(spec.capacity) * (1.0 - cut);
        run.board.set(spec.capacity, capacity);
        let returns = spec.returns.span(run);
        run.after(returns, WorldEvent::Adversary(Event::Returned(adversary)));
        run.tell("adversary", || Line::aloud(&spec.path, format!("a network is taken down: {}", spec.title)));
    }

    /// An adversary is to be named; a proxy makes the assessment longer.
    pub(super) fn attribute(&mut self, adversary: u32, takes: f64, run: &mut Run) {
        let state = &mut self.states[adversary as usize];
        let known = run.board.holds(self.specs[adversary as usize].attributed);
        if known || state.attribution != Handle::NONE {
            return;
        }
        let takes = Span::from_ms_f64(takes * self.cover[adversary as usize]);
        state.attribution = run.after(takes, WorldEvent::Adversary(Event::Attributed(adversary)));
    }

    /// An adversary's tempo is cut, for a while or to the end.
    pub(super) fn deter(&mut self, adversary: u32, cut: f64, lasts: Option<f64>, run: &mut Run) {
        let state = &mut self.states[adversary as usize];
        let before = state.deterrence;
        state.deterrence = 1.0 - (1.0 - before) * (1.0 - cut);
        run.cancel(&mut state.recovery);
        if let Some(lasts) = lasts {
            let lasts = Span::from_ms_f64(lasts);
            state.recovery = run.after(lasts, WorldEvent::Adversary(Event::Recovered(adversary)));
        }
        self.scale_tempo(adversary, 1.0, run);
    }

    fn schedule_launch(&mut self, campaign: u32, highest_weight: f64, run: &mut Run) {
        let spec = &self.campaigns[campaign as usize];
        let Some(rate) = optional(&spec.rate, run) else { return };
        let rate = rate * highest_weight * run.board.get(self.specs[spec.by as usize].tempo);
        if rate > 0.0 {
            let wait = Span::from_ms_f64(exponential_quantile(run.uniform(spec.launches), 1.0 / rate));
            run.after(wait, WorldEvent::Adversary(Event::Launch(campaign)));
        }
    }

    fn begin(&mut self, step: u32, run: &mut Run) {
        let spec = &self.steps[step as usize];
        let by = self.campaigns[spec.campaign as usize].by;
        let tempo = run.board.get(self.specs[by as usize].tempo);
        let takes = optional(&spec.takes, run).unwrap_or(0.0) / tempo;
        self.queues[by as usize].enqueue(run.now(), step, 0, Span::from_ms_f64(takes));
        self.assign(by, run);
    }

    fn assign(&mut self, adversary: u32, run: &mut Run) {
        while let Some(started) = self.queues[adversary as usize].start_next(run.now()) {
            let campaign = &self.campaigns[self.steps[started.job as usize].campaign as usize];
            run.board.set_truth(campaign.begun, true);
            run.at(started.finish, WorldEvent::Adversary(Event::Tried(started.job)));
        }
    }

    fn tried(&mut self, step: u32, run: &mut Run) {
        let spec = &self.steps[step as usize];
        let campaign = &self.campaigns[spec.campaign as usize];
        let by = campaign.by;
        run.board.add(campaign.attempts, 1.0);
        let noticed = spec.noticed.value(run);
        let is_noticed = run.chance(spec.notices, noticed);
        if is_noticed {
            let after = optional_span(&spec.noticed_after, run).unwrap_or(Span::ZERO);
            run.after(after, WorldEvent::Adversary(Event::Noticed(step)));
        }
        let proxy_works = self.goes_through_proxy(step, run);
        let spec = &self.steps[step as usize];
        let success = spec.success.value(run);
        let succeeded = run.chance(spec.succeeds, success) && proxy_works.is_some();
        if let (true, Some(volume)) = (succeeded, proxy_works) {
            self.succeeded(step, volume, run);
        } else {
            self.failed(step, run);
        }
        self.queues[by as usize].release(run.now());
        self.assign(by, run);
    }

    /// The share of its volume that a step has, or nothing if its proxy is of no use any more.
    fn goes_through_proxy(&mut self, step: u32, run: &mut Run) -> Option<f64> {
        let Some(through) = self.steps[step as usize].through else { return Some(1.0) };
        let proxy = &self.proxies[through as usize];
        let by = self.campaigns[self.steps[step as usize].campaign as usize].by as usize;
        self.cover[by] = self.cover[by].max(proxy.delays_attribution.value(run));
        let usable = !self.burned[through as usize];
        let capacity = proxy.capacity.value(run);
        let burns = proxy.burns.value(run);
        if run.chance(proxy.burning, burns) && usable {
            self.burned[through as usize] = true;
            let path = &self.specs[by].path;
            run.tell("adversary", || Line::aloud(path, format!("a proxy is exposed: {}", proxy.title)));
        }
        usable.then_some(capacity)
    }

    fn succeeded(&mut self, step: u32, volume: f64, run: &mut Run) {
        let spec = &self.steps[step as usize];
        let campaign = &self.campaigns[spec.campaign as usize];
        let by = campaign.by;
        run.tell(PROCESS, || Line::aloud(&campaign.path, spec.title.clone()).because(&spec.because));
        run.board.add(campaign.successes, 1.0);
        let volume = volume * run.board.get(self.specs[by as usize].capacity);
        // Saturating by definition of `as`.
        let volume_permille = libm::round(volume * 1_000.0) as u32;
        run.order(Order::Effect { effect: spec.effect, by: Actor::Adversary { volume_permille } });
        let next = step + 1;
        if next == campaign.steps.1 {
            run.board.set_truth(campaign.succeeded, true);
        } else if self.steps[next as usize].at.is_none() && !self.steps[next as usize].waits {
            run.after(Span::ZERO, WorldEvent::Adversary(Event::Due(next)));
        }
        self.tries[step as usize] = 0;
        let faster = self.specs[by as usize].after_success.value(run);
        self.scale_tempo(by, faster, run);
    }

    fn failed(&mut self, step: u32, run: &mut Run) {
        let spec = &self.steps[step as usize];
        let campaign = &self.campaigns[spec.campaign as usize];
        run.tell(PROCESS, || Line::inner(&campaign.path, format!("tried in vain: {}", spec.title)));
        let tries = &mut self.tries[step as usize];
        if *tries < spec.retries {
            *tries += 1;
            let tempo = run.board.get(self.specs[campaign.by as usize].tempo);
            let wait = Span::from_ms_f64(spec.retry_after.value(run) / tempo);
            run.after(wait, WorldEvent::Adversary(Event::Due(step)));
        } else {
            *tries = 0;
        }
    }

    fn noticed(&mut self, step: u32, run: &mut Run) {
        let spec = &self.steps[step as usize];
        let campaign = &self.campaigns[spec.campaign as usize];
        run.board.set_truth(campaign.noticed, true);
        run.tell(PROCESS, || Line::aloud(&campaign.path, format!("this is noticed: {}", spec.title)));
        for responder in &spec.noticed_by {
            run.learn(*responder, campaign.subject);
        }
    }

    fn attributed(&mut self, adversary: u32, run: &mut Run) {
        let spec = &self.specs[adversary as usize];
        run.board.set_truth(spec.attributed, true);
        run.tell("adversary", || Line::aloud(&spec.path, format!("named in public: {}", spec.title)));
        run.order(Order::Public { subject: spec.subject });
        let slower = spec.after_attribution.value(run);
        self.scale_tempo(adversary, slower, run);
    }

    fn scale_tempo(&mut self, adversary: u32, factor: f64, run: &mut Run) {
        let state = &mut self.states[adversary as usize];
        state.pace = (state.pace * factor).clamp(TEMPO.0, TEMPO.1);
        // Deterrence is kept apart, so that what it took comes back whole however deep the cut was.
        let tempo = (state.pace * (1.0 - state.deterrence)).max(TEMPO.0);
        run.board.set(self.specs[adversary as usize].tempo, tempo);
    }
}
