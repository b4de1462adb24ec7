//! What all processes share within one run: the clock and event list, the board, the streams, the outbox, the story.

use super::board::{Board, Subject};
use super::event::Event;
use super::outcome::Entry;
use super::probe::Probe;
use super::verb::Order;
use crate::engine::{EventId, EventList, Handle, Phase, Span, StreamId, Streams, Time, exponential_quantile};
use std::collections::VecDeque;

/// The tie class of ordinary events.
const ORDINARY: Phase = Phase(0);
/// The tie class of reading the board: after everything else at the same moment.
const READING: Phase = Phase(200);

/// What all processes share within one run.
#[derive(Clone, Debug)]
pub(super) struct Run {
    /// Every quantity that conditions may read.
    pub(super) board: Board,
    /// What is yet to happen.
    pub(super) events: EventList<Event>,
    /// The random streams, by name.
    pub(super) streams: Streams,
    /// What processes ask of one another, in the order of asking.
    pub(super) orders: VecDeque<Order>,
    /// The event being handled.
    pub(super) cause: EventId,
    /// The end of the scenario.
    pub(super) end: Time,
    /// The timeline, where one is wanted.
    pub(super) story: Option<Vec<Entry>>,
    /// What a study wants of the draws.
    pub(super) probe: Probe,
}

impl Run {
    /// The present moment.
    pub(super) fn now(&self) -> Time {
        self.board.now
    }

    /// Schedules an event after some time, caused by the present one.
    #[inline]
    pub(super) fn after(&mut self, span: Span, event: Event) -> Handle {
        self.at(self.now() + span, event)
    }

    /// Schedules an event at a moment, caused by the present one. What lies past the end never happens.
    #[inline]
    pub(super) fn at(&mut self, time: Time, event: Event) -> Handle {
        self.schedule(time.max(self.now()), ORDINARY, event)
    }

    /// Schedules a reading of the board, after everything else at that moment.
    pub(super) fn read_at(&mut self, time: Time, event: Event) -> Handle {
        self.schedule(time, READING, event)
    }

    fn schedule(&mut self, time: Time, phase: Phase, event: Event) -> Handle {
        if time > self.end {
            return Handle::NONE;
        }
        self.events.schedule(time, phase, event, self.cause)
    }

    /// Takes an event back and clears its handle.
    pub(super) fn cancel(&mut self, handle: &mut Handle) {
        self.events.cancel(*handle);
        *handle = Handle::NONE;
    }

    /// Asks something of another process.
    pub(super) fn order(&mut self, order: Order) {
        self.orders.push_back(order);
    }

    /// Asks something of another process before anything that has been asked already.
    pub(super) fn order_first(&mut self, order: Order) {
        self.orders.push_front(order);
    }

    /// A uniform draw from a stream.
    pub(super) fn uniform(&mut self, stream: StreamId) -> f64 {
        let drawn = self.streams.uniform(stream);
        self.probe.pass(stream, drawn)
    }

    /// A waiting time with this mean, from a stream: what [`exponential_quantile`] makes of a uniform draw.
    pub(super) fn exponential(&mut self, stream: StreamId, mean: f64) -> f64 {
        if self.probe.minds(stream) {
            return exponential_quantile(self.uniform(stream), mean);
        }
        self.streams.exponential(stream, mean)
    }

    /// A yes with this probability, from a stream.
    pub(super) fn chance(&mut self, stream: StreamId, probability: f64) -> bool {
        let (yes, drawn) = self.streams.chance_and_draw(stream, probability);
        match self.probe.pass_roll(stream, drawn) {
            None => yes,
            Some(held) => held < probability,
        }
    }

    /// Lets a responder learn of something.
    pub(super) fn learn(&mut self, responder: u32, subject: Subject) {
        self.order(Order::Learn { responder, subject });
    }

    /// Adds a line to the story, where one is wanted; the words are made only then.
    pub(super) fn tell(&mut self, process: &'static str, line: impl FnOnce() -> Line) {
        let (id, time) = (self.cause, self.now());
        if let Some(story) = &mut self.story {
            let line = line();
            // An entry's cause is filled in at the end, from the trace of events.
            story.push(Entry {
                id,
                cause: EventId::NONE,
                time,
                process,
                subject: line.subject,
                text: sentence(&line.text),
                about: line.about,
                because: line.because,
                story: line.aloud,
            });
        }
    }
}

/// A text as the beginning of a sentence.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A title as it stands within a sentence: `The results page` as `the results page`.
pub(super) fn within_sentence(title: &str) -> String {
    let article = ["The ", "A ", "An "].into_iter().any(|article| title.starts_with(article));
    let mut letters = title.chars();
    match letters.next() {
        Some(first) if article => first.to_lowercase().chain(letters).collect(),
        _ => title.to_owned(),
    }
}

/// A line of the story as a process words it. It begins with a capital when it is told.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Whom or what it concerns.
    pub(super) subject: String,
    /// What happens.
    pub(super) text: String,
    /// For word that arrives: what it is about.
    pub(super) about: Option<String>,
    /// Why it matters, in the author's words.
    pub(super) because: Option<String>,
    /// Whether a facilitator would read it aloud.
    pub(super) aloud: bool,
}

impl Line {
    /// A line a facilitator would read aloud.
    pub(super) fn aloud(subject: impl Into<String>, text: impl Into<String>) -> Line {
        Line { subject: subject.into(), text: text.into(), about: None, because: None, aloud: true }
    }

    /// A line about inner workings.
    pub(super) fn inner(subject: impl Into<String>, text: impl Into<String>) -> Line {
        Line { aloud: false, ..Line::aloud(subject, text) }
    }

    /// The same line as word of something.
    pub(super) fn about(mut self, subject: &str) -> Line {
        self.about = Some(subject.to_owned());
        self
    }

    /// The same line with the author's reason.
    pub(super) fn because(mut self, because: &Option<String>) -> Line {
        self.because.clone_from(because);
        self
    }
}
