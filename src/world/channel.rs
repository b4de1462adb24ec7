//! Who knows what, and how word travels.
//!
//! Word of a subject moves only along channels. Each hop takes its latency, may wait for clearance, and may be lost. Where both
//! sides meet in a standing forum the latency is shorter, and what is waiting is handed over at the next meeting if that is sooner.
//! Factors of the latency by how often a forum meets, within the range of 0.2 to 0.5 assumed in `docs/model.md`, "Responders".

use super::board::{Slot, Subject};
use super::draw::Draw;
use super::event::Event as WorldEvent;
use super::run::{Line, Run};
use super::verb::Order;
use crate::engine::{Span, StreamId, Time};
use crate::scenario::model::Forum;

const PROCESS: &str = "channel";

/// What can happen on a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// Word arrives, of what was news when it set out.
    Arrives {
        /// At whom.
        responder: u32,
        /// Of what.
        subject: Subject,
        /// Which news of it.
        edition: u32,
    },
}

/// One way from one responder to another.
#[derive(Clone, Debug)]
pub(super) struct Spec {
    /// Who tells.
    pub(super) from: u32,
    /// Who is told.
    pub(super) to: u32,
    /// What word takes, waits for and loses, by subject; nothing for subjects it does not carry.
    pub(super) words: Vec<Option<Word>>,
    /// How often both sides meet.
    pub(super) forum: Forum,
}

/// How word of one subject travels on one channel.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// Time on the way.
    pub(super) latency: Draw,
    /// Chance of loss.
    pub(super) loss: Draw,
    /// Stream of that chance.
    pub(super) lost: StreamId,
    /// Time until it may set out.
    pub(super) clearance: Option<Draw>,
}

/// Channels, and the knowledge they carry.
#[derive(Clone, Debug)]
pub(super) struct Channels {
    specs: Vec<Spec>,
    /// For each responder, the channels from it.
    outgoing: Vec<Vec<u32>>,
    /// For each responder and subject, whether it knows.
    knows: Vec<Slot>,
    subjects: usize,
    editions: Vec<u32>,
    names: Vec<String>,
    subject_names: Vec<String>,
}

impl Channels {
    /// Channels among `names`, about `subject_names`; `knows` are the slots, responder by responder.
    pub(super) fn new(specs: Vec<Spec>, names: Vec<String>, subject_names: Vec<String>, knows: Vec<Slot>) -> Channels {
        let mut outgoing = vec![Vec::new(); names.len()];
        for (position, spec) in specs.iter().enumerate() {
            outgoing[spec.from as usize].push(position as u32);
        }
        let subjects = subject_names.len();
        Channels { specs, outgoing, knows, subjects, editions: vec![0; subjects], names, subject_names }
    }

    /// Nobody knows anything.
    pub(super) fn reset(&mut self) {
        self.editions.fill(0);
    }

    /// Word arrives.
    pub(super) fn handle(&mut self, event: Event, run: &mut Run) {
        let Event::Arrives { responder, subject, edition } = event;
        if self.editions[subject.0 as usize] == edition {
            self.learn(responder, subject, run);
        }
    }

    /// Something new happens: what was known of the subject before is not knowledge of this.
    pub(super) fn news(&mut self, subject: Subject, run: &mut Run) {
        self.editions[subject.0 as usize] += 1;
        for responder in 0..self.names.len() {
            run.board.set_truth(self.knows[responder * self.subjects + subject.0 as usize], false);
        }
    }

    /// A responder learns of something and passes it on.
    pub(super) fn learn(&mut self, responder: u32, subject: Subject, run: &mut Run) {
        let slot = self.slot(responder, subject);
        if run.board.holds(slot) {
            return;
        }
        run.board.set_truth(slot, true);
        run.tell(PROCESS, || {
            let (name, what) = (&self.names[responder as usize], &self.subject_names[subject.0 as usize]);
            Line::inner(format!("responder.{name}"), format!("word of {what} reaches {name}")).about(what)
        });
        run.order(Order::Learnt { responder });
        for channel in &self.outgoing[responder as usize] {
            let spec = &self.specs[*channel as usize];
            let Some(word) = &spec.words[subject.0 as usize] else { continue };
            let latency = word.latency.span(run);
            let cleared = word.clearance.as_ref().map_or(Span::ZERO, |clearance| clearance.span(run));
            let loss = word.loss.value(run);
            let lost = run.chance(word.lost, loss);
            let arrives = arrival(run.now() + cleared, latency, spec.forum, lost);
            let edition = self.editions[subject.0 as usize];
            run.at(arrives, WorldEvent::Channel(Event::Arrives { responder: spec.to, subject, edition }));
        }
    }

    /// Everybody learns of something.
    pub(super) fn publish(&mut self, subject: Subject, run: &mut Run) {
        for responder in 0..self.names.len() as u32 {
            self.learn(responder, subject, run);
        }
    }

    /// What one of them knows, all who meet know.
    pub(super) fn meet(&mut self, responders: &[u32], run: &mut Run) {
        for subject in 0..self.subjects as u32 {
            let subject = Subject(subject);
            if responders.iter().any(|each| run.board.holds(self.slot(*each, subject))) {
                for responder in responders {
                    self.learn(*responder, subject, run);
                }
            }
        }
    }

    fn slot(&self, responder: u32, subject: Subject) -> Slot {
        self.knows[responder as usize * self.subjects + subject.0 as usize]
    }
}

/// When word that may set out at `ready` arrives: after its latency, which a forum shortens, or at the next meeting if that is
/// sooner. What is lost on the way can still be handed over at a meeting.
fn arrival(ready: Time, latency: Span, forum: Forum, lost: bool) -> Time {
    let (factor, period) = match forum {
        Forum::None => (1.0, None),
        Forum::Monthly => (0.5, Some(Span::from_days(30))),
        Forum::Weekly => (0.35, Some(Span::from_days(7))),
        Forum::Daily => (0.2, Some(Span::from_days(1))),
    };
    let direct = if lost { Time::NEVER } else { ready + Span::from_ms_f64(latency.as_ms_f64() * factor) };
    // Meetings recur from the start of the scenario; the first is one period in.
    let meeting = period.map_or(Time::NEVER, |period| Time((ready.0 / period.0 + 1) * period.0));
    direct.min(meeting)
}
