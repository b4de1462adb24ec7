//! Why a contingency came about: the chain of causes as a tree.
//!
//! The event that completes a condition is not its only cause. For every truth a condition needed, the tree names the
//! event that last made it true: both parts of an `and`, the first part of an `or` to hold. A truth that had held before
//! and ceased again does not count, so a cause whose effect was undone is not named.

use super::board::{Board, Slot};
use super::event::Event;
use super::model::World;
use super::outcome::Entry;
use super::record::{Change, Record, Rise};
use super::watch::{Trigger, Watches};
use super::{adversary, hazard, inject, response};
use crate::engine::{EventId, Time, Trace};
use crate::scenario::Dimension;
use crate::scenario::expression::{Operator, Term};
use crate::scenario::format_value;

/// No chain is followed further than this.
const DEEPEST: usize = 24;

/// Something that happened, and what brought it about.
#[derive(Clone, Debug, PartialEq)]
pub struct Cause {
    /// When.
    pub time: Time,
    /// The event's number within the run.
    pub event: EventId,
    /// Whom or what it concerns, as `asset.results-page`.
    pub subject: String,
    /// What happened, in a sentence without a full stop.
    pub text: String,
    /// The effect that was carried out here, by its position in [`super::Model::effects`].
    pub effect: Option<usize>,
    /// What brought it about; all of them were needed, as far as conditions say.
    pub causes: Vec<Cause>,
}

/// A run that can be explained.
#[derive(Clone, Debug)]
pub struct Account {
    /// The tree of each contingency; nothing for one that did not happen.
    pub contingencies: Vec<Option<Cause>>,
    /// Every effect that was carried out, by its position in [`super::Model::effects`], with its moment.
    pub effects: Vec<(Time, usize)>,
    /// When each response took effect by itself, each time.
    pub responses: Vec<Vec<Time>>,
}

impl World<'_> {
    /// Runs a run and explains every contingency that happened in it, by its first occurrence.
    pub fn account(&mut self, number: u64) -> Account {
        self.record = Some(Record::default());
        let (outcome, story, trace) = self.told(number);
        let record = self.record.take().unwrap_or_default();
        let mut inquiry = Inquiry {
            world: self,
            watches: &self.model.processes.watches,
            record: &record,
            story: &story,
            trace: &trace,
            visited: Vec::new(),
            depth: 0,
        };
        let contingencies = (0..outcome.contingencies.len() as u32)
            .map(|contingency| {
                let first = record.rises.iter().find(|rise| rise.trigger == Trigger::Contingency(contingency))?;
                inquiry.visited.clear();
                Some(inquiry.contingency(first))
            })
            .collect();
        let responses = self.model.responses().map(|(path, ..)| {
            let own = format!("{path}.effect");
            let carried = record.effects.iter().filter(|(.., effect)| self.model.effects()[*effect as usize] == own);
            carried.map(|(_, time, _)| *time).collect()
        });
        Account {
            contingencies,
            responses: responses.collect(),
            effects: record.effects.iter().map(|(_, time, effect)| (*time, *effect as usize)).collect(),
        }
    }
}

/// A part of a condition that cannot be taken apart further, and whether it had to hold or not to hold.
#[derive(Clone, Copy)]
struct Leaf<'t> {
    term: &'t Term,
    wanted: bool,
}

struct Inquiry<'a> {
    world: &'a World<'a>,
    watches: &'a Watches,
    record: &'a Record,
    story: &'a [Entry],
    trace: &'a Trace<Event>,
    /// Changes that stand in the tree already, so that nothing is its own cause and nothing is told twice.
    visited: Vec<usize>,
    depth: usize,
}

impl<'a> Inquiry<'a> {
    fn contingency(&mut self, rise: &Rise) -> Cause {
        let position = match rise.trigger {
            Trigger::Contingency(position) => position as usize,
            _ => 0,
        };
        let subject = format!("contingency.{}", self.world.model.contingencies()[position].id);
        let text = self.world.model.contingencies()[position].title.clone();
        Cause { time: rise.time, event: rise.event, subject, text, effect: None, causes: self.condition(rise) }
    }

    /// For every truth the condition of a watch needed when it was told to hold: what made it true.
    fn condition(&mut self, rise: &Rise) -> Vec<Cause> {
        let Some((_, watch)) = self.watches.of(rise.trigger) else { return Vec::new() };
        let board = self.board_at(rise.changes, rise.time);
        let mut found: Vec<usize> = self.witnesses(&watch.bound.root, true, &board, rise.changes);
        if let Trigger::Response(response) = rise.trigger {
            let needs = self.world.model.processes.responses.needs(response);
            found.extend(needs.into_iter().filter_map(|slot| self.last_rise(slot.0, rise.changes)));
        }
        found.sort_unstable();
        found.dedup();
        // A quantity that two parts of the condition name, as a fall and a rise in one event, is one cause.
        let causes: Vec<Cause> = found.into_iter().filter_map(|change| self.change(change)).collect();
        merged(causes)
    }

    /// The changes by which a term came to be as wanted; nothing for what has been so from the start or follows the clock alone.
    fn witnesses(&self, term: &Term, wanted: bool, board: &Board, until: usize) -> Vec<usize> {
        match term {
            Term::Not(inner) => self.witnesses(inner, !wanted, board, until),
            Term::Binary(operator @ (Operator::And | Operator::Or), left, right) => {
                let sides = [left, right].map(|side| {
                    let holds = value(side, board) != 0.0;
                    (holds == wanted).then(|| self.witnesses(side, wanted, board, until))
                });
                let all_needed = (*operator == Operator::And) == wanted;
                match sides {
                    [Some(left), Some(right)] if all_needed => [left, right].concat(),
                    // One would have done: the one that was complete first.
                    [Some(left), Some(right)] => {
                        if left.iter().max() <= right.iter().max() {
                            left
                        } else {
                            right
                        }
                    }
                    [Some(one), None] | [None, Some(one)] => one,
                    [None, None] => Vec::new(),
                }
            }
            leaf => self.leaf(Leaf { term: leaf, wanted }, until).into_iter().collect(),
        }
    }

    /// The change by which a leaf last came to be as wanted, among the first `until`.
    fn leaf(&self, leaf: Leaf, until: usize) -> Option<usize> {
        if let Some((slot, first)) = timed_slot(leaf.term) {
            return if first { self.first_rise(slot, until) } else { self.last_rise(slot, until) };
        }
        let mut reads = Vec::new();
        slots(leaf.term, &mut reads);
        let mut board = self.record.initial.clone()?;
        let mut as_wanted = (value(leaf.term, &board) != 0.0) == leaf.wanted;
        let mut flipped = None;
        for (position, change) in self.record.changes[..until].iter().enumerate() {
            if !reads.contains(&change.slot) {
                continue;
            }
            apply(&mut board, change);
            let now = (value(leaf.term, &board) != 0.0) == leaf.wanted;
            if now != as_wanted {
                flipped = now.then_some(position);
                as_wanted = now;
            }
        }
        flipped
    }

    fn last_rise(&self, slot: u32, until: usize) -> Option<usize> {
        let mut before = self.record.initial.as_ref()?.get(Slot(slot)) != 0.0;
        let mut last = None;
        for (position, change) in self.record.changes[..until].iter().enumerate().filter(|(_, each)| each.slot == slot)
        {
            let now = change.value != 0.0;
            if now && !before {
                last = Some(position);
            }
            before = now;
        }
        last
    }

    fn first_rise(&self, slot: u32, until: usize) -> Option<usize> {
        self.record.changes[..until].iter().position(|change| change.slot == slot && change.value != 0.0)
    }

    fn board_at(&self, until: usize, now: Time) -> Board {
        // A recorded run has a board from its start.
        let mut board = self.record.initial.clone().unwrap_or_else(|| self.world.run.board.clone());
        self.record.changes[..until].iter().for_each(|change| apply(&mut board, change));
        board.now = now;
        board
    }

    /// A change of the board, and what brought it about; nothing if it is being explained already.
    fn change(&mut self, position: usize) -> Option<Cause> {
        if self.visited.contains(&position) || self.depth >= DEEPEST {
            return None;
        }
        self.visited.push(position);
        self.depth += 1;
        let cause = self.explained(self.record.changes[position]);
        self.depth -= 1;
        Some(cause)
    }

    fn explained(&mut self, change: Change) -> Cause {
        if let Some(rise) = self.contingency_of(&change) {
            return self.contingency(&rise);
        }
        let (name, dimension) = self
            .world
            .model
            .quantities
            .get(change.slot)
            .map_or(("", Dimension::Number), |(name, offer)| (name, offer.dimension));
        let line = self.line_about(change.event, name);
        let mut causes = self.acts(change.event, change.time);
        if causes.is_empty() {
            causes = self.before(change.event);
        }
        // What an actor does shows on its own quantities, as the count of a hazard: that is one happening, not two.
        let own = causes.len() == 1 && causes[0].event == change.event && belongs(name, &causes[0].subject);
        if own {
            return causes.swap_remove(0);
        }
        let (subject, text) = match line {
            Some(entry) => (entry.subject.clone(), entry.text.clone()),
            None => (owner_of(name), in_words(name, dimension, change.value)),
        };
        Cause { time: change.time, event: change.event, subject, text, effect: None, causes }
    }

    /// The rise of a contingency that a change of its own quantity stands for.
    fn contingency_of(&self, change: &Change) -> Option<Rise> {
        let (name, _) = self.world.model.quantities.get(change.slot)?;
        let id = name.strip_prefix("contingency.")?;
        let position = self.world.model.contingencies().iter().position(|column| column.id == id)?;
        let trigger = Trigger::Contingency(position as u32);
        self.record.rises.iter().rfind(|rise| rise.trigger == trigger && rise.event == change.event).copied()
    }

    /// Those whose effects were carried out in an event, each with what made it act.
    fn acts(&mut self, event: EventId, time: Time) -> Vec<Cause> {
        let effects: Vec<u32> =
            self.record.effects.iter().filter(|(id, ..)| *id == event).map(|(.., effect)| *effect).collect();
        let mut acts = Vec::new();
        for effect in effects {
            let path = self.world.model.effects()[effect as usize].clone();
            let entry = self.story.iter().find(|entry| entry.id == event && belongs(&path, &entry.subject));
            let owner = path.strip_suffix(".effect").unwrap_or(&path);
            let (subject, text) = match entry {
                Some(entry) => (entry.subject.clone(), entry.text.clone()),
                None => (owner_of(&path), owner.replace('-', " ")),
            };
            let called =
                self.record.rises.iter().find(|rise| rise.event == event && self.path_of(rise.trigger) == Some(owner));
            let causes = match called.copied() {
                Some(rise) => self.condition(&rise),
                None => self.before(event),
            };
            acts.push(Cause { time, event, subject, text, effect: Some(effect as usize), causes });
        }
        acts
    }

    /// What led to an event: up the chain of causes to the first that can be told.
    fn before(&mut self, event: EventId) -> Vec<Cause> {
        let chain: Vec<(EventId, Time, Event)> =
            self.trace.chain(event).map(|record| (record.id, record.time, record.event)).collect();
        for pair in chain.windows(2) {
            let ((_, _, effect), (id, time, _)) = (pair[0], pair[1]);
            let called: Vec<Rise> = self
                .record
                .rises
                .iter()
                .filter(|rise| rise.event == id && sets_off(rise.trigger, effect))
                .copied()
                .collect();
            if !called.is_empty() {
                return merged(called.iter().flat_map(|rise| self.condition(rise)).collect());
            }
            let acts = self.acts(id, time);
            if !acts.is_empty() {
                return acts;
            }
            // One that only comes before itself, as the tries of one step, or one tick of a narrative before the next, is passed over.
            let subject = self.story.iter().find(|entry| entry.id == event).map(|entry| entry.subject.as_str());
            let told = self.story.iter().find(|entry| entry.id == id && Some(entry.subject.as_str()) != subject);
            if let Some(entry) = told {
                let (subject, text) = (entry.subject.clone(), entry.text.clone());
                let causes = self.before(id);
                return vec![Cause { time, event: id, subject, text, effect: None, causes }];
            }
        }
        // The oldest event of the chain may stand at the very start, where conditions that hold at once are told.
        let Some(&(_, _, effect)) = chain.last() else { return Vec::new() };
        let called: Vec<Rise> = self
            .record
            .rises
            .iter()
            .filter(|rise| rise.event == EventId::NONE && sets_off(rise.trigger, effect))
            .copied()
            .collect();
        merged(called.iter().flat_map(|rise| self.condition(rise)).collect())
    }

    /// The line of the story in an event that is about a quantity.
    fn line_about(&self, event: EventId, name: &str) -> Option<&'a Entry> {
        self.story.iter().find(|entry| entry.id == event && belongs(name, &entry.subject))
    }

    /// Whose condition a trigger stands for, as `hazard.overload`.
    fn path_of(&self, trigger: Trigger) -> Option<&str> {
        let (position, _) = self.watches.of(trigger)?;
        self.world.model.watch_paths[position].strip_suffix(".when")
    }
}

/// Whether an event is the doing of what a trigger sets off.
fn sets_off(trigger: Trigger, event: Event) -> bool {
    match (trigger, event) {
        (Trigger::Step(step), Event::Adversary(adversary::Event::Due(due) | adversary::Event::Tried(due))) => {
            step == due
        }
        (Trigger::Hazard(hazard), Event::Hazard(hazard::Event::Due(due) | hazard::Event::Arrives(due))) => {
            hazard == due
        }
        (Trigger::Inject(inject), Event::Inject(inject::Event::Due(due))) => inject == due,
        (Trigger::Response(response), Event::Response(response::Event::Decided(due))) => response == due,
        // A fuel's narrative is not told apart here: what was fed at the same moment had the same reason.
        (Trigger::Fuel(_) | Trigger::Narrative(_), Event::Narrative(_) | Event::Platform(_)) => true,
        _ => false,
    }
}

/// Causes, each event about one subject once.
fn merged(causes: Vec<Cause>) -> Vec<Cause> {
    let mut kept: Vec<Cause> = Vec::new();
    for cause in causes {
        if !kept.iter().any(|each| each.event == cause.event && each.subject == cause.subject) {
            kept.push(cause);
        }
    }
    kept
}

fn apply(board: &mut Board, change: &Change) {
    board.now = change.time;
    board.set(Slot(change.slot), change.value);
}

/// The value of a term that has been bound as part of a condition.
fn value(term: &Term, board: &Board) -> f64 {
    term.value(board)
}

/// The slot whose time a term reads, and whether its first rise counts rather than its last.
fn timed_slot(term: &Term) -> Option<(u32, bool)> {
    match term {
        Term::Held(slot) | Term::Since(slot) => Some((*slot, false)),
        Term::Ever(slot) => Some((*slot, true)),
        Term::Constant(_) | Term::Now | Term::Slot(_) => None,
        Term::Not(inner) | Term::Negate(inner) => timed_slot(inner),
        Term::Binary(_, left, right) => timed_slot(left).or_else(|| timed_slot(right)),
        Term::Min(terms) | Term::Max(terms) | Term::Count(terms) => terms.iter().find_map(timed_slot),
    }
}

fn slots(term: &Term, found: &mut Vec<u32>) {
    match term {
        Term::Constant(_) | Term::Now => {}
        Term::Slot(slot) | Term::Held(slot) | Term::Since(slot) | Term::Ever(slot) => found.push(*slot),
        Term::Not(inner) | Term::Negate(inner) => slots(inner, found),
        Term::Binary(_, left, right) => {
            slots(left, found);
            slots(right, found);
        }
        Term::Min(terms) | Term::Max(terms) | Term::Count(terms) => terms.iter().for_each(|each| slots(each, found)),
    }
}

/// Whether a name is that of a subject or lies below it.
fn belongs(name: &str, subject: &str) -> bool {
    name.strip_prefix(subject).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// The thing a quantity or effect belongs to: the first two parts of its name.
fn owner_of(name: &str) -> String {
    name.splitn(3, '.').take(2).collect::<Vec<_>>().join(".")
}

fn in_words(name: &str, dimension: Dimension, value: f64) -> String {
    match dimension {
        Dimension::Truth if value != 0.0 => format!("`{name}` comes to hold"),
        Dimension::Truth => format!("`{name}` ceases to hold"),
        _ => format!("`{name}` comes to {}", format_value(value, dimension)),
    }
}
