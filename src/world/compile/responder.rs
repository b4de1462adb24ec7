//! Responders, the channels between them and their responses, from the scenario.

use super::Bench;
use super::effect::{Author, effect};
use crate::world::board::{Slot, Subject};
use crate::world::channel::{self, Channels, Word};
use crate::world::defaults;
use crate::world::response::{self, Responses, Staff};
use crate::world::watch::Trigger;

/// Who knows what, by responder and then subject, offered before anything that reads it.
pub(in crate::world) fn knowledge(bench: &mut Bench<'_>) -> Vec<Slot> {
    let subjects = bench.subjects();
    let mut slots = Vec::new();
    for name in bench.scenario.responder.keys() {
        for subject in &subjects {
            let slot = bench.truth(format!("responder.{name}.knows.{subject}"), "the responder knows of it", None);
            slots.push(slot);
        }
    }
    slots
}

/// All channels.
pub(in crate::world) fn channels(bench: &mut Bench<'_>, knows: Vec<Slot>) -> Channels {
    let scenario = bench.scenario;
    let subjects = bench.subjects();
    let mut specs = Vec::new();
    for (name, entry) in &scenario.channel {
        let path = format!("channel.{name}");
        let from = bench.position(&format!("{path}.from"), &scenario.responder, &entry.from);
        for target in entry.to.iter() {
            let to = bench.position(&format!("{path}.to"), &scenario.responder, target);
            let mut words = Vec::new();
            for subject in &subjects {
                if !entry.about.is_empty() && !entry.about.contains(subject) {
                    words.push(None);
                    continue;
                }
                let written = |key: &str| format!("{path}.{key}");
                let key = |key: &str| format!("{path}.{key}/{target}/{subject}");
                words.push(Some(Word {
                    latency: bench.or_at(&written("latency"), key("latency"), &entry.latency, &defaults::LATENCY),
                    loss: bench.or_at(&written("loss"), key("loss"), &entry.loss, &defaults::LOSS),
                    lost: bench.roll(key("lost"), &entry.loss, &defaults::LOSS),
                    clearance: bench.optional(key("clearance"), &entry.clearance),
                }));
            }
            specs.push(channel::Spec { from, to, words, forum: entry.forum });
        }
    }
    Channels::new(specs, scenario.responder.keys().cloned().collect(), subjects, knows)
}

/// All responses and the staff who carry them out.
pub(in crate::world) fn responses(bench: &mut Bench<'_>, knows: &[Slot]) -> Responses {
    let scenario = bench.scenario;
    let subjects = bench.subjects().len();
    let mut staff = Vec::new();
    for (name, entry) in &scenario.responder {
        let path = format!("responder.{name}");
        let key = |key: &str| format!("{path}.{key}");
        let notices = scenario
            .narrative
            .keys()
            .map(|narrative| bench.optional(key(&format!("notices/{narrative}")), &entry.notices))
            .collect();
        staff.push(Staff {
            staff: bench.or(key("staff"), &entry.staff, &defaults::STAFF),
            shifts: bench.shifts(&key("hours"), &entry.hours),
            notices,
            waiting: bench.number(key("waiting"), "responses that wait for staff", None),
            busy: bench.number(key("busy"), "staff at work on responses", None),
        });
    }
    // Offered first, all of them, so that any condition may name any response; also one that this plan leaves out.
    for name in &scenario.left_out {
        offer(bench, name);
    }
    let slots: Vec<response::Slots> = scenario.response.keys().map(|name| offer(bench, name)).collect();
    let mut specs = Vec::new();
    for (position, (name, entry)) in scenario.response.iter().enumerate() {
        let path = format!("response.{name}");
        let key = |key: &str| format!("{path}.{key}");
        let owner = bench.position(&key("owner"), &scenario.responder, &entry.owner);
        let hold = bench.optional(key("for"), &entry.hold);
        let when =
            entry.when.as_ref().map(|when| bench.watch(key("when"), when, hold, Trigger::Response(position as u32)));
        specs.push(response::Spec {
            title: entry.title.clone().unwrap_or_else(|| name.replace('-', " ")),
            owner,
            at: entry.at.as_ref().map(|at| bench.timing(&key("at"), at)),
            when,
            must_know: Vec::new(),
            after: bench.positions(&key("after"), &scenario.response, &entry.after),
            decide: bench.optional(key("decide"), &entry.decide),
            clearance: bench.optional(key("clearance"), &entry.clearance),
            takes: bench.optional(key("takes"), &entry.takes),
            settles: bench.optional(key("settles"), &entry.settles),
            success: bench.or(key("success"), &entry.success, &defaults::SUCCESS),
            works: bench.roll(key("works"), &entry.success, &defaults::SUCCESS),
            priority: entry.priority,
            repeats: entry.repeats,
            cost: bench.optional(key("cost"), &entry.cost),
            effect: effect(bench, &key("effect"), &entry.effect, Author::Responder(owner)),
            because: entry.because.clone(),
            slots: slots[position],
            path,
        });
    }
    // Everything a condition can name has been offered by now: what its owner must know follows from what it reads.
    for (position, entry) in scenario.response.values().enumerate() {
        if let Some(when) = &entry.when {
            let owner = specs[position].owner as usize;
            specs[position].must_know = subjects_of(bench, &bench.reads(when))
                .into_iter()
                .map(|subject| knows[owner * subjects + subject.0 as usize])
                .collect();
        }
    }
    let narratives = scenario.narrative.keys().map(|name| {
        let path = format!("narrative.{name}");
        bench.subject(&path, &path)
    });
    let narratives = narratives.collect();
    Responses::new(specs, staff, narratives)
}

/// What a response offers.
fn offer(bench: &mut Bench<'_>, name: &str) -> response::Slots {
    let key = |key: &str| format!("response.{name}.{key}");
    response::Slots {
        begun: bench.truth(key("begun"), "work on it has begun", None),
        done: bench.truth(key("done"), "it has been carried out, with success or in vain", None),
        succeeded: bench.truth(key("succeeded"), "it has taken effect", None),
        cost: bench.number(key("cost"), "what it has cost so far, in the scenario's own points", None),
    }
}

/// The subjects of the quantities in some slots, each once.
fn subjects_of(bench: &Bench<'_>, reads: &[u32]) -> Vec<Subject> {
    let mut subjects: Vec<Subject> =
        reads.iter().filter_map(|slot| bench.registry.get(*slot)).filter_map(|(_, offer)| offer.subject).collect();
    subjects.sort_unstable();
    subjects.dedup();
    subjects
}
