//! The workbench on which a scenario is compiled: names to positions, quantities to draws, conditions to watches.

mod actors;
mod calendar;
mod certification;
mod contest;
mod effect;
mod election;
mod exercise;
mod public;
mod responder;
mod rounds;
mod standard;
mod system;

pub(super) use actors::{adversaries, hazards};
pub(super) use calendar::{calendar, evidence, uncertainties, unit};
pub(super) use election::{Election, election};
pub(super) use exercise::{contingencies, injects, measures, offer_contingencies};
pub(super) use public::{audience, narratives, platforms};
pub(super) use responder::{channels, knowledge, responses};
pub(super) use system::assets;

use crate::engine::{Shifts, StreamId, Streams, Time};
use crate::scenario::expression::{Bound, Expression, Term, TextProblem, bind, bind_condition};
use crate::scenario::model::{Named, Scenario};
use crate::scenario::{
    Anchor, Condition, Dimension, Dimensioned, Formula, Hours, Moment, Names, Problem, Quantity, Share, Value,
};
use crate::world::board::{Registry, Slot, Subject};
use crate::world::defaults::Default;
use crate::world::draw::{Draw, Origin, Timing};
use crate::world::ledger::BuiltIn;
use crate::world::probe::Input;
use crate::world::verb::Verb;
use crate::world::watch::{Trigger, Watch};
use std::borrow::Cow;

/// A condition that is bound once every quantity has been offered.
struct Waiting<'a> {
    path: String,
    condition: Cow<'a, Condition>,
    hold: Option<Draw>,
    trigger: Trigger,
}

/// The workbench.
pub(in crate::world) struct Bench<'a> {
    /// The scenario.
    pub(in crate::world) scenario: &'a Scenario,
    /// What has been offered to the language so far.
    pub(in crate::world) registry: Registry,
    /// Every random stream by path, opened in order.
    pub(in crate::world) paths: Vec<String>,
    /// What is wrong.
    pub(in crate::world) problems: Vec<Problem>,
    /// Effects, each a list of verbs.
    pub(in crate::world) effects: Vec<Vec<Verb>>,
    /// Where each effect stands in the file.
    pub(in crate::world) effect_paths: Vec<String>,
    /// What is drawn, and so may differ from run to run.
    pub(in crate::world) inputs: Vec<Input>,
    /// The built-in numbers in force, each with the path it stands in for.
    pub(in crate::world) built_in: Vec<BuiltIn>,
    /// Where each condition stands in the file.
    pub(in crate::world) watch_paths: Vec<String>,
    /// The horizon.
    pub(in crate::world) end: Time,
    streams: Streams,
    waiting: Vec<Waiting<'a>>,
    slot_watches: Vec<Watch>,
    /// Where the paths of the vote begin that is compiled once more, and where the keys of the first one do.
    once_more: Option<(String, String)>,
}

impl<'a> Bench<'a> {
    /// An empty workbench for a scenario.
    pub(in crate::world) fn new(scenario: &'a Scenario) -> Bench<'a> {
        let about = &scenario.scenario;
        let end = Time(about.end.unix_ms - about.start.unix_ms);
        let mut registry = Registry::default();
        registry.constant("start", 0.0, Dimension::Instant);
        registry.constant("end", end.as_ms_f64(), Dimension::Instant);
        Bench {
            scenario,
            registry,
            paths: Vec::new(),
            problems: Vec::new(),
            effects: Vec::new(),
            effect_paths: Vec::new(),
            inputs: Vec::new(),
            built_in: Vec::new(),
            watch_paths: Vec::new(),
            end,
            streams: Streams::new(0),
            waiting: Vec::new(),
            slot_watches: Vec::new(),
            once_more: None,
        }
    }

    /// Opens the random stream of a component, by its name path.
    pub(in crate::world) fn stream(&mut self, path: String) -> StreamId {
        match self.streams.open(&path) {
            Ok(id) => {
                self.paths.push(path);
                id
            }
            Err(error) => {
                self.problems.push(Problem::error(path, error.to_string()));
                // The scenario does not load; this stream only fills the place of the one refused.
                let spare = format!("{}/refused-{}", self.paths.len(), self.problems.len());
                self.stream(spare)
            }
        }
    }

    /// A quantity of the file.
    pub(in crate::world) fn draw<D: Dimensioned>(&mut self, path: &str, quantity: &Quantity<D>) -> Draw {
        let range = quantity.clamp_range();
        match &quantity.value {
            Value::Fixed(value) => Draw::Fixed(*value),
            Value::Distribution(distribution) | Value::Choice(distribution, _) => {
                let stream = self.stream(path.to_owned());
                self.inputs.extend(Input::of_quantity(path, quantity, distribution, stream, range));
                Draw::Sample { distribution: distribution.clone(), stream, range }
            }
            Value::Formula(expression) => match self.bind(path, expression, D::DIMENSION) {
                Some(bound) => Draw::Formula { bound, range },
                None => Draw::Fixed(0.0),
            },
        }
    }

    /// A quantity of the file, or nothing.
    pub(in crate::world) fn optional<D: Dimensioned>(
        &mut self,
        path: String,
        quantity: &Option<Quantity<D>>,
    ) -> Option<Draw> {
        quantity.as_ref().map(|quantity| self.draw(&path, quantity))
    }

    /// A quantity of the file, or the built-in number.
    pub(in crate::world) fn or<D: Dimensioned>(
        &mut self,
        path: String,
        quantity: &Option<Quantity<D>>,
        default: &Default,
    ) -> Draw {
        self.or_at(&path.clone(), path, quantity, default)
    }

    /// Compiles a vote that is held once more. It draws for itself, under paths of its own; but the quantities are those of the first
    /// vote, so that its draws are no inputs, and its built-in numbers stand in for the first vote's keys.
    pub(in crate::world) fn once_more<T>(
        &mut self,
        own: &str,
        first: &str,
        compile: impl FnOnce(&mut Bench<'a>) -> T,
    ) -> T {
        let inputs = self.inputs.len();
        self.once_more = Some((format!("{own}."), format!("{first}.")));
        let compiled = compile(self);
        self.once_more = None;
        self.inputs.truncate(inputs);
        compiled
    }

    /// The key under which an author may say a number.
    fn as_written(&self, key: &str) -> String {
        let first = self.once_more.as_ref().and_then(|(own, first)| Some(format!("{first}{}", key.strip_prefix(own)?)));
        first.unwrap_or_else(|| key.to_owned())
    }

    /// The same for a number that is drawn under another path than that of its key.
    pub(in crate::world) fn or_at<D: Dimensioned>(
        &mut self,
        key: &str,
        path: String,
        quantity: &Option<Quantity<D>>,
        default: &Default,
    ) -> Draw {
        match quantity {
            Some(quantity) => self.draw(&path, quantity),
            None => {
                let quantity = Quantity::<D>::parse(default.value).expect("built-in numbers are read in a test");
                self.built_in.push(BuiltIn {
                    path: self.as_written(key),
                    default: *default,
                    value: quantity.value.clone(),
                    dimension: quantity.dimension,
                    range: quantity.clamp_range(),
                });
                let before = self.inputs.len();
                let draw = self.draw(&path, &quantity);
                for input in &mut self.inputs[before..] {
                    input.rest_on(default.basis, default.source);
                }
                draw
            }
        }
    }

    /// Opens the stream of the roll behind a probability of the file, or of the built-in one.
    pub(in crate::world) fn roll(
        &mut self,
        path: String,
        probability: &Option<Quantity<Share>>,
        default: &Default,
    ) -> StreamId {
        self.drawn(path, probability, default, Input::of_roll)
    }

    /// Opens a stream that a quantity of the file, or the built-in one, is what it rests on; `input` makes it an input, or not.
    pub(in crate::world) fn drawn<D: Dimensioned>(
        &mut self,
        path: String,
        quantity: &Option<Quantity<D>>,
        default: &Default,
        input: impl Fn(&str, &Quantity<D>, StreamId) -> Option<Input>,
    ) -> StreamId {
        let stream = self.stream(path.clone());
        let found = match quantity {
            Some(quantity) => input(&path, quantity, stream),
            None => {
                let built_in = Quantity::parse(default.value).expect("built-in numbers are read in a test");
                input(&path, &built_in, stream).map(|mut input| {
                    input.rest_on(default.basis, default.source);
                    input
                })
            }
        };
        self.inputs.extend(found);
        stream
    }

    fn bind(&mut self, path: &str, expression: &Expression, dimension: Option<Dimension>) -> Option<Bound> {
        let bound = match bind(expression, &self.registry) {
            Ok(bound) => bound,
            Err(problems) => {
                self.report(path, problems);
                return None;
            }
        };
        if dimension.is_some_and(|wanted| wanted != bound.dimension) {
            let problem = Problem::error(path, "this formula gives another kind of quantity than is needed here")
                .help("look at the units of the uncertainties it uses");
            self.problems.push(problem);
            return None;
        }
        Some(bound)
    }

    /// A formula of the file, once every quantity has been offered.
    pub(in crate::world) fn formula(&mut self, path: &str, formula: &Formula) -> Option<Bound> {
        self.bind(path, &formula.0, None)
    }

    fn report(&mut self, path: &str, problems: Vec<TextProblem>) {
        for problem in problems {
            self.problems
                .push(Problem { help: problem.help, ..Problem::error(path, problem.message).within(problem.range) });
        }
    }

    /// Puts a condition under watch; says under which number.
    pub(in crate::world) fn watch(
        &mut self,
        path: String,
        condition: impl Into<Cow<'a, Condition>>,
        hold: Option<Draw>,
        trigger: Trigger,
    ) -> u32 {
        self.waiting.push(Waiting { path, condition: condition.into(), hold, trigger });
        self.waiting.len() as u32 - 1
    }

    /// Puts a truth of the board under watch.
    pub(in crate::world) fn watch_slot(&mut self, slot: Slot, trigger: Trigger) {
        let bound = Bound { root: Term::Slot(slot.0), dimension: Dimension::Truth, reads: vec![slot.0] };
        self.slot_watches.push(Watch { bound, hold: None, trigger });
    }

    /// Binds all conditions, now that every quantity has been offered.
    pub(in crate::world) fn watches(&mut self) -> Vec<Watch> {
        let waiting = std::mem::take(&mut self.waiting);
        let mut watches = Vec::with_capacity(waiting.len());
        self.watch_paths = waiting.iter().map(|each| each.path.clone()).collect();
        for each in waiting {
            match bind_condition(&each.condition.0, &self.registry) {
                Ok(bound) => watches.push(Watch { bound, hold: each.hold, trigger: each.trigger }),
                Err(problems) => self.report(&each.path, problems),
            }
        }
        watches.append(&mut self.slot_watches);
        watches
    }

    /// Binds a condition only to see what it reads; what is wrong with it is reported by its watch.
    pub(in crate::world) fn reads(&self, condition: &Condition) -> Vec<u32> {
        bind_condition(&condition.0, &self.registry).map_or_else(|_| Vec::new(), |bound| bound.reads)
    }

    /// A moment of the file.
    pub(in crate::world) fn timing(&mut self, path: &str, moment: &Moment) -> Timing {
        let start = self.scenario.scenario.start.unix_ms;
        match moment {
            Moment::At(time) => {
                let known = Time(time.unix_ms - start);
                Timing { anchor: Origin::Known(known), offset: None, before: false }
            }
            Moment::Relative { anchor, before, offset } => {
                let anchor = match anchor {
                    Anchor::Start => Origin::Known(Time::ZERO),
                    Anchor::End => Origin::Known(self.end),
                    Anchor::Milestone(name) => self.milestone(path, name),
                };
                Timing { anchor, offset: self.optional(path.to_owned(), offset), before: *before }
            }
        }
    }

    fn milestone(&mut self, path: &str, name: &str) -> Origin {
        match self.slot(name) {
            Some(slot) => Origin::Milestone(slot),
            None => {
                self.problems.push(Problem::error(path, format!("no milestone `{name}`")));
                Origin::Known(Time::ZERO)
            }
        }
    }

    /// The slot of a quantity that has been offered.
    pub(in crate::world) fn slot(&self, name: &str) -> Option<Slot> {
        use crate::scenario::expression::{Meaning, Vocabulary};
        match self.registry.meaning(name) {
            Some(Meaning::Slot(slot, _)) => Some(Slot(slot)),
            _ => None,
        }
    }

    /// Working hours of the file.
    pub(in crate::world) fn shifts(&mut self, path: &str, hours: &Hours) -> Shifts {
        let about = &self.scenario.scenario;
        if *hours == Hours::Always {
            return Shifts::always();
        }
        let intervals = match hours.intervals(about.start, about.zone.as_deref(), self.end.0) {
            Ok(intervals) => intervals.into_iter().map(|(from, until)| (Time(from), Time(until))).collect(),
            Err(error) => {
                self.problems.push(Problem::error("scenario.zone", error.message));
                return Shifts::always();
            }
        };
        Shifts::from_intervals(intervals).unwrap_or_else(|error| {
            self.problems.push(Problem::error(path, error.to_string()));
            Shifts::always()
        })
    }

    /// The position of a name in a table. A dangling reference has been reported by the walk already.
    pub(in crate::world) fn position<T>(&mut self, path: &str, table: &Named<T>, name: &str) -> u32 {
        match table.get_index_of(name) {
            Some(position) => position as u32,
            None => {
                self.problems.push(Problem::error(path, format!("nothing is called `{name}`")));
                0
            }
        }
    }

    /// The positions of several names.
    pub(in crate::world) fn positions<T>(&mut self, path: &str, table: &Named<T>, names: &Names) -> Vec<u32> {
        names.iter().map(|name| self.position(path, table, name)).collect()
    }

    /// The names of all subjects.
    pub(in crate::world) fn subjects(&self) -> Vec<String> {
        subject_names(self.scenario)
    }

    /// The subject of a name with its kind, as `asset.portal`.
    pub(in crate::world) fn subject(&mut self, path: &str, name: &str) -> Subject {
        match self.subjects().iter().position(|subject| subject == name) {
            Some(position) => Subject(position as u32),
            None => {
                self.problems.push(Problem::error(path, format!("nothing is called `{name}`")));
                Subject(0)
            }
        }
    }

    /// Offers a truth that does not hold at first.
    pub(in crate::world) fn truth(&mut self, name: String, meaning: &'static str, subject: Option<Subject>) -> Slot {
        self.registry.offer(name, Dimension::Truth, 0.0, meaning, subject)
    }

    /// Offers a number that is nothing at first.
    pub(in crate::world) fn number(&mut self, name: String, meaning: &'static str, subject: Option<Subject>) -> Slot {
        self.registry.offer(name, Dimension::Number, 0.0, meaning, subject)
    }
}

/// Everything a responder may know of, with its kind: assets, narratives, adversaries, campaigns, in this order.
pub(in crate::world) fn subject_names(scenario: &Scenario) -> Vec<String> {
    let assets = scenario.asset.keys().map(|name| format!("asset.{name}"));
    let narratives = scenario.narrative.keys().map(|name| format!("narrative.{name}"));
    let adversaries = scenario.adversary.keys().map(|name| format!("adversary.{name}"));
    let campaigns = scenario.campaign.keys().map(|name| format!("campaign.{name}"));
    assets.chain(narratives).chain(adversaries).chain(campaigns).collect()
}
