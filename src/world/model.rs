//! A compiled scenario, and the world that runs it.

use super::adversary::Adversaries;
use super::asset::Assets;
use super::audience::Audience;
use super::board::{Board, Registry};
use super::calendar::Calendar;
use super::caller::Callers;
use super::certification::Certifications;
use super::channel::Channels;
use super::compile::{self, Bench, Election};
use super::contest::Contests;
use super::contingency::Contingencies;
use super::count::{Counts, OnlineSettled};
use super::deeds::{carry_out, edge};
use super::event::Event;
use super::hazard::Hazards;
use super::inject::Injects;
use super::intervention::Intervention;
use super::ledger::BuiltIn;
use super::lint;
use super::measure::Measures;
use super::narrative::Narratives;
use super::online::OnlineReturns;
use super::outcome::{Column, Entry, Outcome, Status};
use super::platform::Platforms;
use super::polling::Lines;
use super::probe::{Input, Probe};
use super::record::Record;
use super::response::Responses;
use super::run::Run;
use super::uncertainty::Uncertainties;
use super::verb::{Order, Verb};
use super::votes::Poll;
use super::watch::Watches;
use crate::engine::{EventId, EventList, Fault, Fired, Streams, Time, Trace};
use crate::scenario::model::{Deadline, Scenario};
use crate::scenario::{Calendar as WallClock, Problem};
use std::collections::VecDeque;

/// Points in time at which measures are read for the series, the ends included.
const POINTS: usize = 61;

/// Orders that may follow from one event. More can only come from effects that set one another off without end.
const ORDERS_PER_EVENT: u32 = 100_000;

/// A scenario as one plan sees it, compiled.
#[derive(Clone, Debug)]
pub struct Model {
    pub(super) processes: Processes,
    board: Board,
    paths: Vec<String>,
    effects: Vec<Vec<Verb>>,
    end: Time,
    clock: WallClock,
    uncertainties: Vec<Column>,
    measures: Vec<Column>,
    contingencies: Vec<Column>,
    grid: Vec<Time>,
    warnings: Vec<Problem>,
    pub(super) quantities: Registry,
    pub(super) inputs: Vec<Input>,
    pub(super) built_in: Vec<BuiltIn>,
    pub(super) effect_paths: Vec<String>,
    pub(super) watch_paths: Vec<String>,
}

/// The processes, each with its state.
#[derive(Clone, Debug)]
pub(super) struct Processes {
    pub(super) uncertainties: Uncertainties,
    pub(super) calendar: Calendar,
    pub(super) assets: Assets,
    pub(super) narratives: Narratives,
    pub(super) platforms: Platforms,
    pub(super) audience: Audience,
    pub(super) adversaries: Adversaries,
    pub(super) hazards: Hazards,
    pub(super) channels: Channels,
    pub(super) responses: Responses,
    pub(super) injects: Injects,
    pub(super) contingencies: Contingencies,
    pub(super) measures: Measures,
    pub(super) watches: Watches,
    pub(super) counts: Counts,
    pub(super) contests: Contests,
    pub(super) callers: Callers,
    pub(super) certifications: Certifications,
    pub(super) lines: Lines,
    pub(super) online: OnlineReturns,
    /// What is voted by jurisdiction, drawn by the contests for the counts; nothing where no vote is held unless something calls it.
    pub(super) polls: Vec<Option<Poll>>,
}

impl Model {
    /// Compiles a scenario as one plan sees it.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with its conditions, formulas, references and effects, each with its path.
    pub fn compile(scenario: &Scenario) -> Result<Model, Vec<Problem>> {
        let mut bench = Bench::new(scenario);
        let bench = &mut bench;
        // Each process offers its quantities as it is compiled; formulas of measures and severities, and all conditions,
        // are bound at the end, when everything has been offered.
        let (uncertainties, uncertainty_columns) = compile::uncertainties(bench);
        let knows = compile::knowledge(bench);
        compile::offer_contingencies(bench);
        let calendar = compile::calendar(bench);
        let assets = compile::assets(bench);
        let Election { counts, contests, callers, certifications, lines, online } = compile::election(bench);
        let narratives = compile::narratives(bench);
        let platforms = compile::platforms(bench);
        let audience = compile::audience(bench);
        let adversaries = compile::adversaries(bench);
        let hazards = compile::hazards(bench);
        let channels = compile::channels(bench, knows.clone());
        let injects = compile::injects(bench);
        let responses = compile::responses(bench, &knows);
        let (contingencies, contingency_columns) = compile::contingencies(bench);
        let (measures, measure_columns) = compile::measures(bench);
        let watches = bench.watches();
        if !bench.problems.is_empty() {
            return Err(std::mem::take(&mut bench.problems));
        }
        let about = &scenario.scenario;
        let clock = WallClock::new(about.start, about.zone.as_deref(), bench.end.0)
            .map_err(|problem| vec![Problem::error("scenario.zone", problem.message)])?;
        let warnings = lint::lint(scenario, &bench.registry, &watches);
        let slots = bench.registry.offers().count();
        let processes = Processes {
            uncertainties,
            calendar,
            assets,
            narratives,
            platforms,
            audience,
            adversaries,
            hazards,
            channels,
            responses,
            injects,
            contingencies,
            measures,
            watches: Watches::new(watches, slots),
            polls: vec![None; counts.len()],
            counts,
            contests,
            callers,
            certifications,
            lines,
            online,
        };
        let last = POINTS as i64 - 1;
        Ok(Model {
            processes,
            board: bench.registry.board(),
            paths: std::mem::take(&mut bench.paths),
            effects: std::mem::take(&mut bench.effects),
            end: bench.end,
            clock,
            uncertainties: uncertainty_columns,
            measures: measure_columns,
            contingencies: contingency_columns,
            grid: (0..=last)
                .map(|point| Time(bench.end.0 / last * point + bench.end.0 % last * point / last))
                .collect(),
            warnings,
            quantities: std::mem::take(&mut bench.registry),
            inputs: std::mem::take(&mut bench.inputs),
            built_in: std::mem::take(&mut bench.built_in),
            effect_paths: std::mem::take(&mut bench.effect_paths),
            watch_paths: std::mem::take(&mut bench.watch_paths),
        })
    }

    /// The columns of drawn uncertainties.
    pub fn uncertainties(&self) -> &[Column] {
        &self.uncertainties
    }

    /// The columns of measures.
    pub fn measures(&self) -> &[Column] {
        &self.measures
    }

    /// The columns of contingencies; the unit is that of the severity.
    pub fn contingencies(&self) -> &[Column] {
        &self.contingencies
    }

    /// The points in time at which measures are read for the series.
    pub fn grid(&self) -> &[Time] {
        &self.grid
    }

    /// The end of the scenario.
    pub fn end(&self) -> Time {
        self.end
    }

    /// What the clock shows at a moment, as `Tue 3 Nov 20:05`; only the time of day where the scenario fits in a day.
    pub fn label(&self, moment: Time) -> String {
        self.clock.label(moment.0)
    }

    /// What may keep the exercise from working as meant.
    pub fn warnings(&self) -> &[Problem] {
        &self.warnings
    }

    /// Every quantity a condition of this scenario may name, with its meaning.
    pub fn quantities(&self) -> impl Iterator<Item = (&str, &'static str)> {
        self.quantities.offers().map(|(name, offer)| (name, offer.meaning))
    }
}

/// A world that runs a compiled scenario, one run after another, on one thread.
#[derive(Clone, Debug)]
pub struct World<'m> {
    pub(super) model: &'m Model,
    processes: Processes,
    pub(super) run: Run,
    pub(super) trace: Trace<Event>,
    pub(super) outcome: Outcome,
    pub(super) intervention: Intervention,
    pub(super) record: Option<Record>,
}

impl<'m> World<'m> {
    /// A world for a model and a master seed.
    pub fn new(model: &'m Model, seed: u64) -> World<'m> {
        let mut streams = Streams::new(seed);
        for path in &model.paths {
            // The same paths were opened when the model was compiled, so none is refused here.
            let opened = streams.open(path);
            debug_assert!(opened.is_ok(), "{path}");
        }
        World {
            model,
            processes: model.processes.clone(),
            run: Run {
                board: model.board.clone(),
                events: EventList::new(),
                streams,
                orders: VecDeque::new(),
                cause: EventId::NONE,
                end: model.end,
                story: None,
                probe: Probe::default(),
            },
            trace: Trace::off(),
            outcome: Outcome::default(),
            intervention: Intervention::default(),
            record: None,
        }
    }

    /// Runs one run: a pure function of the model, the seed and the number of the run.
    pub fn run(&mut self, number: u64) -> &Outcome {
        let mut status = if self.start(number) { Status::Ok } else { Status::Runaway };
        while status == Status::Ok
            && let Some(fired) = self.run.events.pop()
        {
            self.trace.record(fired);
            self.fire(fired);
            if !self.settle() {
                status = Status::Runaway;
            }
        }
        match self.run.events.fault() {
            None => {}
            Some(
                Fault::Runaway { .. } | Fault::SequenceOverflow | Fault::SlotOverflow | Fault::TimeReversed { .. },
            ) => {
                status = Status::Runaway;
            }
        }
        self.finish(status);
        &self.outcome
    }

    /// The same run, with its story.
    pub fn story(&mut self, number: u64) -> (Outcome, Vec<Entry>) {
        let (outcome, story, _) = self.told(number);
        (outcome, story)
    }

    /// The same run, with its story and the trace of its events.
    pub(super) fn told(&mut self, number: u64) -> (Outcome, Vec<Entry>, Trace<Event>) {
        self.trace = Trace::on();
        self.run.story = Some(Vec::new());
        self.run(number);
        let mut story = self.run.story.take().unwrap_or_default();
        let told: Vec<EventId> = story.iter().map(|entry| entry.id).collect();
        for entry in &mut story {
            // The nearest event up the chain of causes that the story tells of.
            let chain = self.trace.chain(entry.id).skip(1);
            entry.cause = chain.map(|record| record.id).find(|id| told.contains(id)).unwrap_or(EventId::NONE);
        }
        let trace = std::mem::replace(&mut self.trace, Trace::off());
        (self.outcome.clone(), story, trace)
    }

    /// Sets everything to the start of a run. Says whether what happens at once came to an end.
    fn start(&mut self, number: u64) -> bool {
        let run = &mut self.run;
        run.board.reset();
        run.events.clear();
        run.orders.clear();
        run.streams.start_run(number);
        run.cause = EventId::NONE;
        run.probe.start();
        self.trace.clear();
        if let Some((response, at)) = self.intervention.forced {
            run.at(at, Event::Response(super::response::Event::Forced(response)));
        }
        let outcome = &mut self.outcome;
        outcome.drawn.clear();
        outcome.acts.fill(None);
        outcome.measures.clear();
        outcome.series.clear();
        outcome.series.resize(self.model.measures.len() * self.model.grid.len(), f64::NAN);
        let processes = &mut self.processes;
        processes.uncertainties.draw(run, &mut outcome.drawn);
        processes.calendar.start(run);
        processes.assets.reset();
        processes.contests.draw(&mut processes.polls, run);
        processes.counts.start(&processes.polls, run);
        processes.contests.start(|position| processes.counts.closes(position), run);
        processes.callers.start(|position| processes.counts.closes(position), run);
        processes.certifications.start(run);
        processes.lines.start(run);
        processes.online.start(run);
        processes.narratives.start(run);
        processes.platforms.start(run);
        processes.audience.start(run);
        processes.adversaries.start(processes.calendar.highest_weight(), run);
        processes.hazards.start(run);
        processes.channels.reset();
        processes.responses.start(run);
        processes.injects.start(run);
        processes.contingencies.start(&mut outcome.contingencies);
        run.board.told();
        if let Some(record) = &mut self.record {
            record.start(&run.board);
        }
        processes.measures.start(run);
        for (point, time) in self.model.grid.iter().enumerate() {
            run.read_at(*time, Event::Sample(point as u32));
        }
        processes.watches.start(run);
        self.settle()
    }

    fn fire(&mut self, fired: Fired<Event>) {
        let (processes, run) = (&mut self.processes, &mut self.run);
        run.cause = fired.id;
        if fired.time > run.board.now {
            run.board.now = fired.time;
            processes.measures.advance(run);
            processes.contingencies.advance(run);
        }
        match fired.event {
            Event::Calendar(event) => processes.calendar.handle(event, run),
            Event::Asset(event) => processes.assets.handle(event, run),
            Event::Narrative(event) => processes.narratives.handle(event, run),
            Event::Platform(event) => processes.platforms.handle(event, run),
            Event::Adversary(event) => {
                let crowding = processes.calendar.crowding(run.now(), run);
                processes.adversaries.handle(event, crowding, processes.calendar.highest_weight(), run);
            }
            Event::Hazard(event) => processes.hazards.handle(event, run),
            Event::Channel(event) => processes.channels.handle(event, run),
            Event::Response(event) => processes.responses.handle(event, &processes.watches, run),
            Event::Inject(event) => processes.injects.handle(event, run),
            Event::Audience(event) => processes.audience.handle(event, run),
            Event::Count(event) => processes.counts.handle(event, run),
            Event::Caller(event) => processes.callers.handle(event, |position| processes.counts.known(position), run),
            Event::Contest(event) => processes.contests.handle(event, run),
            Event::Certification(event) => processes.certifications.handle(event, run),
            Event::Held(watch) => processes.watches.held(watch, run),
            Event::Recheck(watch) => processes.watches.recheck(watch, run),
            Event::Sample(point) => {
                let points = self.model.grid.len();
                processes.measures.sample(point as usize, points, run, &mut self.outcome.series);
            }
        }
    }

    /// Carries out what has been ordered and asks again whatever has changed, until nothing is left. Says whether that came to
    /// an end.
    #[inline(always)]
    fn settle(&mut self) -> bool {
        for _ in 0..ORDERS_PER_EVENT {
            if !self.run.orders.is_empty() {
                self.obey_first();
                continue;
            }
            let (processes, run) = (&mut self.processes, &mut self.run);
            if run.board.changed().is_empty() {
                return true;
            }
            if let Some(record) = &mut self.record {
                record.note_changes(run);
            }
            processes.measures.change(run);
            processes.watches.settle(run);
            processes.contingencies.change(&processes.watches, run);
            run.board.told();
        }
        false
    }

    /// Carries out the order that was given first. Most events order nothing, so this is kept out of their way.
    #[inline(never)]
    fn obey_first(&mut self) {
        let Some(order) = self.run.orders.pop_front() else { return };
        if let Order::Effect { effect, .. } = order
            && self.intervention.without.contains(&effect)
        {
            return;
        }
        if let Some(record) = &mut self.record {
            record.note_order(&order, &self.run);
        }
        if let Order::Effect { effect, .. } = order
            && let Some(first) = self.outcome.acts.get_mut(effect as usize)
        {
            first.get_or_insert(self.run.now());
        }
        let (processes, run) = (&mut self.processes, &mut self.run);
        match order {
            Order::Effect { effect, by } => {
                for verb in &self.model.effects[effect as usize] {
                    carry_out(verb, by, processes, run);
                }
            }
            Order::Edge { trigger, rising } => edge(trigger, rising, processes, &mut self.outcome, run),
            Order::Learn { responder, subject } => processes.channels.learn(responder, subject, run),
            Order::Learnt { responder } => processes.responses.learnt(responder, &processes.watches, run),
            Order::News { subject } => processes.channels.news(subject, run),
            Order::Public { subject } => processes.channels.publish(subject, run),
            Order::Meet { meeting } => {
                let (responders, when) = processes.calendar.meeting(meeting);
                if when.is_none_or(|watch| processes.watches.holds(watch)) {
                    processes.channels.meet(responders, run);
                }
            }
            Order::Surfaced { narrative } => processes.responses.surfaced(narrative, run),
            Order::Posted { narrative, platform, posts, views, labelled } => {
                processes.audience.exposed(narrative, platform, views, labelled, run);
                if let Some(platform) = platform {
                    processes.platforms.posted(narrative, platform, posts, run);
                }
            }
            Order::Curb { narrative, platform, kind, cut, until } => {
                processes.narratives.curb(narrative, platform, kind, cut, until, run);
            }
            Order::Lift { narrative, platform, kind } => processes.narratives.lift(narrative, platform, kind),
            Order::PollsClosed { jurisdiction } => processes.online.close(jurisdiction, run),
            Order::AllCounted => processes.contests.counted(run),
            Order::ResultsChanged => processes.contests.results_changed(run),
            Order::Poll { jurisdiction, poll } => {
                processes.counts.hold(jurisdiction, poll, run);
                processes.callers.follow(jurisdiction, poll, run);
                processes.certifications.begin(jurisdiction, poll.later, run);
            }
            Order::Round { contest } => processes.contests.begin(contest as usize, run),
            Order::Announced { jurisdiction, later } => processes.online.announce(jurisdiction, later, run),
            Order::Void { jurisdiction } => {
                processes.counts.void(jurisdiction, run);
                processes.callers.void(jurisdiction, run);
                processes.certifications.void(jurisdiction, run);
            }
            Order::CallsChanged => processes.contests.calls_changed(run),
            Order::Published => processes.contests.published(run),
            Order::Outcome { winner } => processes.audience.declare(winner, run),
            Order::HaltCount { jurisdiction, lasts } => processes.counts.halt(jurisdiction, lasts, run),
            Order::Segregate { jurisdiction, modes, ruling, admits } => {
                processes.counts.segregate(jurisdiction, modes, Some(ruling), admits, run);
            }
            Order::Extend { jurisdiction, by } => {
                processes.certifications.extend(jurisdiction, Deadline::State, by, run);
            }
            Order::Ruled { jurisdiction } => {
                processes.certifications.ruled(jurisdiction, run);
                processes.contests.votes_changed(run);
            }
            Order::CloseMoved { jurisdiction, closes } => {
                processes.callers.close_moved(jurisdiction, closes, run);
                processes.contests.close_moved(jurisdiction, closes, run);
            }
            Order::OnlineSettled { jurisdiction, lost, on_paper, altered, for_first, paper } => {
                let settled = OnlineSettled { lost, on_paper, altered, for_first, paper };
                processes.counts.settle_online(jurisdiction, settled, run);
                processes.contests.votes_changed(run);
            }
            Order::FiguresRight { jurisdiction } => processes.counts.put_right(jurisdiction, run),
            Order::Turned { jurisdiction } => processes.callers.reconsider(jurisdiction, run),
            Order::Planted { narrative, platform, posts, lag } => {
                processes.narratives.plant(narrative, platform, posts, lag, run);
            }
        }
    }

    fn finish(&mut self, status: Status) {
        let (processes, run, outcome) = (&mut self.processes, &mut self.run, &mut self.outcome);
        if status == Status::Ok {
            run.board.now = run.end;
        }
        outcome.status = status;
        outcome.events = run.events.fired();
        processes.contingencies.finish(&mut outcome.contingencies, run);
        processes.measures.finish(run, &mut outcome.measures);
        run.probe.values(&self.model.inputs, &mut run.streams, &outcome.drawn, &mut outcome.inputs);
    }
}
