//! A vocabulary and a board small enough to reckon with by hand.

use canvass::scenario::Dimension;
use canvass::scenario::expression::{Board, Meaning, Vocabulary};
use std::cell::Cell;

const SLOTS: [(&str, Dimension); 11] = [
    ("asset.results-page.down", Dimension::Truth),
    ("asset.portal.down", Dimension::Truth),
    ("asset.mail.down", Dimension::Truth),
    ("narrative.rigged.reach", Dimension::Number),
    ("reporting.delay", Dimension::Period),
    ("narrative.rigged.rate", Dimension::Rate),
    ("polls-close", Dimension::Instant),
    ("environment", Dimension::Choice),
    ("asset.portal.posts", Dimension::Number),
    ("a", Dimension::Number),
    ("b", Dimension::Number),
];

pub(crate) struct Names;

impl Vocabulary for Names {
    fn meaning(&self, name: &str) -> Option<Meaning> {
        if name == "strict" {
            return Some(Meaning::Constant(1.0, Dimension::Truth));
        }
        let slot = SLOTS.iter().position(|(known, _)| *known == name)?;
        Some(Meaning::Slot(slot as u32, SLOTS[slot].1))
    }
    fn names(&self) -> Vec<String> {
        SLOTS.iter().map(|(name, _)| (*name).to_owned()).collect()
    }
    fn choice(&self, slot: u32, label: &str) -> Option<f64> {
        (slot == 7).then(|| ["wide", "narrow"].iter().position(|known| *known == label)).flatten().map(|at| at as f64)
    }
    fn choices(&self, slot: u32) -> Vec<String> {
        if slot == 7 { vec!["wide".to_owned(), "narrow".to_owned()] } else { Vec::new() }
    }
}

/// Values by slot, and when the truths last became true.
pub(crate) struct Fixed {
    pub(crate) values: [f64; 11],
    pub(crate) since: [Option<i64>; 3],
    pub(crate) now: Cell<i64>,
}

impl Board for Fixed {
    fn value(&self, slot: u32) -> f64 {
        self.values[slot as usize]
    }
    fn since_ms(&self, slot: u32) -> Option<i64> {
        self.since.get(slot as usize).copied().flatten()
    }
    fn now_ms(&self) -> i64 {
        self.now.get()
    }
}
