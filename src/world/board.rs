//! The board: every quantity a condition may read, by name before a run and by slot within it.

use crate::engine::Time;
use crate::scenario::Dimension;
use crate::scenario::expression::{self, Meaning, Vocabulary};
use indexmap::IndexMap;

/// A cell of the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Slot(pub(super) u32);

/// Something a responder may or may not know of: an asset, a narrative, an adversary, a campaign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Subject(pub(super) u32);

/// What a process offers to the language: a named quantity.
#[derive(Clone, Debug)]
pub(super) struct Offer {
    /// What kind of thing it is.
    pub(super) dimension: Dimension,
    /// Its value when a run starts.
    pub(super) initial: f64,
    /// What it means, for dictionaries and editors.
    pub(super) meaning: &'static str,
    /// Whom a responder must know of before acting on it.
    pub(super) subject: Option<Subject>,
}

/// All offers, in the order in which processes made them.
#[derive(Clone, Debug, Default)]
pub(super) struct Registry {
    offers: IndexMap<String, Offer>,
    constants: IndexMap<String, (f64, Dimension)>,
    labels: Vec<(Slot, Vec<String>)>,
}

impl Registry {
    /// Offers a quantity and says in which slot it stands.
    pub(super) fn offer(
        &mut self,
        name: String,
        dimension: Dimension,
        initial: f64,
        meaning: &'static str,
        subject: Option<Subject>,
    ) -> Slot {
        let offer = Offer { dimension, initial, meaning, subject };
        let (position, _) = self.offers.insert_full(name, offer);
        Slot(position as u32)
    }

    /// Names a value that is known before the run.
    pub(super) fn constant(&mut self, name: &str, value: f64, dimension: Dimension) {
        self.constants.insert(name.to_owned(), (value, dimension));
    }

    /// Gives the named choices of a slot.
    pub(super) fn label(&mut self, slot: Slot, labels: Vec<String>) {
        self.labels.push((slot, labels));
    }

    /// The offer in a slot.
    pub(super) fn get(&self, slot: u32) -> Option<(&str, &Offer)> {
        self.offers.get_index(slot as usize).map(|(name, offer)| (name.as_str(), offer))
    }

    /// All offers by name.
    pub(super) fn offers(&self) -> impl Iterator<Item = (&str, &Offer)> {
        self.offers.iter().map(|(name, offer)| (name.as_str(), offer))
    }

    /// A board on which every quantity has its first value.
    pub(super) fn board(&self) -> Board {
        let initial: Vec<f64> = self.offers.values().map(|offer| offer.initial).collect();
        let cells = initial.len();
        Board {
            values: initial.clone(),
            since: vec![None; cells],
            initial,
            dirty: Vec::with_capacity(cells),
            marked: vec![false; cells],
            now: Time::ZERO,
        }
    }
}

impl Vocabulary for Registry {
    fn meaning(&self, name: &str) -> Option<Meaning> {
        if let Some((value, dimension)) = self.constants.get(name) {
            return Some(Meaning::Constant(*value, *dimension));
        }
        let (slot, _, offer) = self.offers.get_full(name)?;
        Some(Meaning::Slot(slot as u32, offer.dimension))
    }

    fn names(&self) -> Vec<String> {
        self.offers.keys().chain(self.constants.keys()).cloned().collect()
    }

    fn choice(&self, slot: u32, label: &str) -> Option<f64> {
        let (_, labels) = self.labels.iter().find(|(labelled, _)| labelled.0 == slot)?;
        labels.iter().position(|each| each == label).map(|position| position as f64)
    }
}

/// The values of all quantities at the present moment of a run.
#[derive(Clone, Debug)]
pub(super) struct Board {
    values: Vec<f64>,
    initial: Vec<f64>,
    since: Vec<Option<Time>>,
    dirty: Vec<u32>,
    marked: Vec<bool>,
    /// The present moment.
    pub(super) now: Time,
}

impl Board {
    /// Back to the first values.
    pub(super) fn reset(&mut self) {
        self.values.copy_from_slice(&self.initial);
        for (since, value) in self.since.iter_mut().zip(&self.initial) {
            *since = (*value != 0.0).then_some(Time::ZERO);
        }
        self.dirty.clear();
        self.marked.fill(false);
        self.now = Time::ZERO;
    }

    /// The value in a slot.
    pub(super) fn get(&self, slot: Slot) -> f64 {
        self.values[slot.0 as usize]
    }

    /// Whether the truth in a slot holds.
    pub(super) fn holds(&self, slot: Slot) -> bool {
        self.get(slot) != 0.0
    }

    /// Puts a value into a slot; whoever reads it is asked again if it differs.
    #[inline]
    pub(super) fn set(&mut self, slot: Slot, value: f64) {
        let cell = slot.0 as usize;
        let before = self.values[cell];
        if before == value {
            return;
        }
        if before == 0.0 {
            self.since[cell] = Some(self.now);
        }
        self.values[cell] = value;
        if !self.marked[cell] {
            self.marked[cell] = true;
            self.dirty.push(slot.0);
        }
    }

    /// Puts a truth into a slot.
    pub(super) fn set_truth(&mut self, slot: Slot, holds: bool) {
        self.set(slot, f64::from(u8::from(holds)));
    }

    /// Adds to the value in a slot.
    #[inline]
    pub(super) fn add(&mut self, slot: Slot, change: f64) {
        self.set(slot, self.get(slot) + change);
    }

    /// The board as it would read at another moment if nothing changed until then.
    pub(super) fn at(&self, now: Time) -> At<'_> {
        At { board: self, now }
    }

    /// The slots that have changed since everybody was told, each once.
    #[inline]
    pub(super) fn changed(&self) -> &[u32] {
        &self.dirty
    }

    /// Everybody has been told what has changed.
    #[inline]
    pub(super) fn told(&mut self) {
        for slot in &self.dirty {
            self.marked[*slot as usize] = false;
        }
        self.dirty.clear();
    }
}

impl expression::Board for Board {
    fn value(&self, slot: u32) -> f64 {
        self.values[slot as usize]
    }

    fn since_ms(&self, slot: u32) -> Option<i64> {
        self.since[slot as usize].map(|time| time.0)
    }

    fn now_ms(&self) -> i64 {
        self.now.0
    }
}

/// A board as it would read at another moment.
#[derive(Clone, Copy, Debug)]
pub(super) struct At<'b> {
    board: &'b Board,
    now: Time,
}

impl expression::Board for At<'_> {
    fn value(&self, slot: u32) -> f64 {
        self.board.value(slot)
    }

    fn since_ms(&self, slot: u32) -> Option<i64> {
        self.board.since_ms(slot)
    }

    fn now_ms(&self) -> i64 {
        self.now.0
    }
}
