//! The script: all injects with their numbers, the same in the papers of an exercise and on its lists of events.

use crate::scenario::model::{Inject, Scenario};
use crate::scenario::{Anchor, Moment, Value};
use crate::study::exemplar::Happening;

/// An inject with its number.
pub(super) struct Numbered<'a> {
    /// `3` for one that stands by itself, `3-A` for one that lies on its branch.
    pub(super) number: String,
    pub(super) name: &'a str,
    pub(super) inject: &'a Inject,
    /// How often it was given and when; nothing if no run says.
    pub(super) seen: Option<&'a Happening>,
}

impl Numbered<'_> {
    /// Whether it is given on a branch only.
    pub(super) fn is_contingent(&self) -> bool {
        self.inject.branch_of.is_some()
    }
}

/// A scenario's injects, and how often and when they were given.
#[derive(Clone, Copy)]
pub(super) struct Script<'a> {
    /// The scenario.
    pub(super) scenario: &'a Scenario,
    /// What the runs showed.
    pub(super) happenings: &'a [Happening],
}

impl<'a> Script<'a> {
    fn happening(&self, name: &str) -> Option<&'a Happening> {
        let path = format!("inject.{name}");
        self.happenings.iter().find(|happening| happening.path == path)
    }

    /// All injects as they are given: by when they are in the middle run that has them, each followed by those on its branch.
    pub(super) fn injects(&self) -> Vec<Numbered<'a>> {
        let mut heads: Vec<(f64, &str, &Inject)> = self
            .scenario
            .inject
            .iter()
            .filter(|(_, inject)| {
                inject.branch_of.as_ref().is_none_or(|parent| !self.scenario.inject.contains_key(parent))
            })
            .map(|(name, inject)| (self.due(name, inject), name.as_str(), inject))
            .collect();
        heads.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut all = Vec::new();
        for (position, (_, name, inject)) in heads.into_iter().enumerate() {
            self.follow((position + 1).to_string(), name, inject, &mut all);
        }
        all
    }

    fn follow(&self, number: String, name: &'a str, inject: &'a Inject, all: &mut Vec<Numbered<'a>>) {
        // A circle of branches does not load, and a number that is already there ends one all the same.
        if all.iter().any(|known| known.name == name) {
            return;
        }
        let seen = self.happening(name);
        all.push(Numbered { number: number.clone(), name, inject, seen });
        let children = self.scenario.inject.iter().filter(|(_, child)| child.branch_of.as_deref() == Some(name));
        for (position, (child, inject)) in children.enumerate() {
            self.follow(format!("{number}-{}", letters(position)), child, inject, all);
        }
    }

    /// When an inject is due, in milliseconds since the start; after all others if nobody can say.
    fn due(&self, name: &str, inject: &Inject) -> f64 {
        let seen = self.happening(name).and_then(|seen| seen.offset);
        let planned = || inject.at.as_ref().and_then(|at| self.fixed(at)).map(|ms| ms as f64);
        seen.map(|seen| seen.median.0 as f64).or_else(planned).unwrap_or(f64::INFINITY)
    }

    /// A moment that is the same in every run, in milliseconds since the start.
    pub(super) fn fixed(&self, moment: &Moment) -> Option<i64> {
        self.fixed_within(moment, 0)
    }

    fn fixed_within(&self, moment: &Moment, depth: u32) -> Option<i64> {
        let about = &self.scenario.scenario;
        match moment {
            Moment::At(at) => Some(at.unix_ms - about.start.unix_ms),
            // A circle of milestones does not load; the depth ends one all the same.
            Moment::Relative { .. } if depth > 20 => None,
            Moment::Relative { anchor, before, offset } => {
                let from = match anchor {
                    Anchor::Start => 0,
                    Anchor::End => about.end.unix_ms - about.start.unix_ms,
                    Anchor::Milestone(name) => self.fixed_within(&self.scenario.milestone.get(name)?.at, depth + 1)?,
                };
                let by = match offset.as_ref().map(|offset| &offset.value) {
                    None => 0.0,
                    Some(Value::Fixed(ms)) => *ms,
                    Some(_) => return None,
                };
                // Beyond nine quadrillion milliseconds nobody holds an exercise.
                Some(from + if *before { -(by as i64) } else { by as i64 })
            }
        }
    }
}

/// `A`, `B`, … `Z`, `AA`: what tells the branches of one parent apart.
pub(super) fn letters(position: usize) -> String {
    let letter = |place: usize| char::from(b'A' + (place % 26) as u8).to_string();
    if position < 26 { letter(position) } else { letters(position / 26 - 1) + &letter(position) }
}
