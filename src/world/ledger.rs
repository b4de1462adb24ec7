//! The ledger of evidence: every number a scenario rests on, written or built in, and on what that number rests.

use super::compile::unit;
use super::defaults::Default;
use super::model::Model;
use super::outcome::Unit;
use crate::scenario::{Basis, Dimension, Grade, Number, Value};
use std::collections::{BTreeMap, BTreeSet};

/// A built-in number in force, because the file says nothing in its place.
#[derive(Clone, Debug)]
pub(super) struct BuiltIn {
    /// The name of its draw, which is the path of the key with the names of what it acts on after slashes.
    pub(super) path: String,
    /// The number.
    pub(super) default: Default,
    /// What it means.
    pub(super) value: Value,
    /// What kind of thing it is.
    pub(super) dimension: Dimension,
    /// The range its draws are kept to.
    pub(super) range: (f64, f64),
}

/// On what a number rests, or why it rests on nothing. In the order in which a reader should doubt them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// The file does not say.
    Unstated,
    /// An assumption.
    Assumed,
    /// Worked out from evidence.
    Estimated,
    /// Read in a named source.
    Cited,
    /// A decision of the author, which claims nothing about the world.
    Choice,
}

impl Standing {
    /// The word in the ledger.
    pub fn word(self) -> &'static str {
        match self {
            Standing::Unstated => "unstated",
            Standing::Assumed => "assumed",
            Standing::Estimated => "estimated",
            Standing::Cited => "cited",
            Standing::Choice => "choice",
        }
    }

    fn of(basis: Option<Basis>) -> Self {
        match basis {
            None => Standing::Unstated,
            Some(Basis::Assumed) => Standing::Assumed,
            Some(Basis::Estimated) => Standing::Estimated,
            Some(Basis::Cited) => Standing::Cited,
        }
    }
}

/// Where a number comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Written, in this file and line.
    Written(String),
    /// Built in, under this name, and in force in so many places.
    BuiltIn(&'static str, u64),
}

/// A number a scenario rests on.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Where it stands, or would: `asset.portal.recover`. A star stands for several names.
    pub path: String,
    /// Where it comes from.
    pub origin: Origin,
    /// As it is written.
    pub written: String,
    /// Its unit in the next field.
    pub unit: Unit,
    /// Where 5, 50 and 95 % of its draws lie below, in that unit; nothing for a choice of names.
    pub points: Option<[f64; 3]>,
    /// On what it rests.
    pub standing: Standing,
    /// How strong that evidence is, if anybody said.
    pub grade: Option<Grade>,
    /// Where it comes from, or why it is assumed.
    pub source: Option<String>,
    /// The plans under which it holds; nothing for all of them.
    pub plans: Vec<String>,
}

/// How many numbers rest on what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shares {
    /// Numbers read in a source.
    pub cited: u64,
    /// Numbers worked out from evidence.
    pub estimated: u64,
    /// Assumptions.
    pub assumed: u64,
    /// Numbers of which nothing is said.
    pub unstated: u64,
    /// How many of all these are built in.
    pub built_in: u64,
    /// Decisions of the author, which are not counted above.
    pub choices: u64,
}

impl Shares {
    /// Numbers that claim something about the world.
    pub fn all(&self) -> u64 {
        self.cited + self.estimated + self.assumed + self.unstated
    }
}

/// Every number the plans of a scenario rest on. A built-in number counts once for the key it stands in for, in however many
/// places: it is one figure with one source.
#[derive(Clone, Debug, std::default::Default)]
pub struct Ledger {
    /// By path, place and value.
    written: BTreeMap<(String, String, String), Entry>,
    /// By path with stars, and name.
    built_in: BTreeMap<(String, &'static str), InForce>,
    plans: usize,
}

/// A built-in number, the keys it stands in for, and the plans under which it does.
#[derive(Clone, Debug)]
struct InForce {
    number: BuiltIn,
    keys: BTreeSet<String>,
    plans: Vec<String>,
}

impl Ledger {
    /// Adds what a plan rests on: the numbers written for it, and the built-in ones of its model.
    pub fn add(&mut self, plan: &str, written: &[Number], model: &Model) {
        self.plans += 1;
        for number in written {
            let key = (number.path.clone(), number.place.clone(), number.written.clone());
            self.written.entry(key).or_insert_with(|| written_entry(number)).plans.push(plan.to_owned());
        }
        for number in &model.built_in {
            let key = key_of(&number.path);
            let known = self.built_in.entry((starred(&key), number.default.name)).or_insert_with(|| InForce {
                number: number.clone(),
                keys: BTreeSet::new(),
                plans: Vec::new(),
            });
            known.keys.insert(key);
            if known.plans.last().is_none_or(|last| last != plan) {
                known.plans.push(plan.to_owned());
            }
        }
    }

    /// The numbers: what is least certain first, and within that by path. Those that hold under all plans name none.
    pub fn entries(&self) -> Vec<Entry> {
        let built_in = self.built_in.iter().map(|((pattern, _), known)| built_in_entry(pattern, known));
        let mut entries: Vec<Entry> = self.written.values().cloned().chain(built_in).collect();
        for entry in &mut entries {
            if entry.plans.len() == self.plans {
                entry.plans.clear();
            }
        }
        entries.sort_by(|one, other| (one.standing, &one.path).cmp(&(other.standing, &other.path)));
        entries
    }

    /// How many of them rest on what.
    pub fn shares(&self) -> Shares {
        let mut shares = Shares::default();
        let mut add = |standing, built_in| {
            let counter = match standing {
                Standing::Unstated => &mut shares.unstated,
                Standing::Assumed => &mut shares.assumed,
                Standing::Estimated => &mut shares.estimated,
                Standing::Cited => &mut shares.cited,
                Standing::Choice => &mut shares.choices,
            };
            *counter += 1;
            shares.built_in += u64::from(built_in);
        };
        self.written.values().for_each(|entry| add(entry.standing, false));
        self.built_in.values().for_each(|known| add(Standing::of(Some(known.number.default.basis)), true));
        shares
    }
}

fn written_entry(number: &Number) -> Entry {
    let standing = if number.choice { Standing::Choice } else { Standing::of(number.basis) };
    let (unit, points) = measured(&number.value, number.dimension, number.range);
    Entry {
        path: number.path.clone(),
        origin: Origin::Written(number.place.clone()),
        written: number.written.clone(),
        unit,
        points,
        standing,
        // An assumption is of grade D by what the grades mean.
        grade: number.grade.or((standing == Standing::Assumed).then_some(Grade::D)),
        source: number.source.clone(),
        plans: Vec::new(),
    }
}

fn built_in_entry(pattern: &str, known: &InForce) -> Entry {
    let InForce { number, keys, plans } = known;
    let (unit, points) = measured(&number.value, number.dimension, number.range);
    let only = keys.first().filter(|_| keys.len() == 1);
    Entry {
        path: only.map_or(pattern, String::as_str).to_owned(),
        origin: Origin::BuiltIn(number.default.name, keys.len() as u64),
        written: number.default.value.to_owned(),
        unit,
        points,
        standing: Standing::of(Some(number.default.basis)),
        grade: Some(number.default.grade),
        source: Some(number.default.source.to_owned()),
        plans: plans.clone(),
    }
}

fn measured(value: &Value, dimension: Dimension, (low, high): (f64, f64)) -> (Unit, Option<[f64; 3]>) {
    let unit_of = unit(dimension, Vec::new());
    match value {
        Value::Fixed(value) => {
            let value = unit_of.external(*value);
            (unit_of, Some([value; 3]))
        }
        Value::Distribution(law) => {
            let points = [0.05, 0.5, 0.95].map(|place| unit_of.external(law.quantile(place).clamp(low, high)));
            (unit_of, Some(points))
        }
        Value::Choice(_, names) => (unit(Dimension::Choice, names.clone()), None),
        Value::Formula(_) => (unit_of, None),
    }
}

/// The key of a draw: `response.reply.effect.debunk.cut/rigged` is drawn for `response.reply.effect.debunk.cut`.
fn key_of(path: &str) -> String {
    let mut key = String::new();
    let mut within_name = false;
    for letter in path.chars() {
        within_name = letter == '/' || (within_name && letter != '.');
        if !within_name {
            key.push(letter);
        }
    }
    key
}

/// The key with stars for the name of the thing and for positions in lists.
fn starred(key: &str) -> String {
    let mut steps = key.split('.').map(|step| match step.split_once('[') {
        Some((list, _)) => format!("{list}[*]"),
        None => step.to_owned(),
    });
    let mut pattern: Vec<String> = steps.by_ref().take(1).collect();
    let named = pattern.first().is_some_and(|kind| kind != "scenario");
    if named && steps.next().is_some() {
        pattern.push("*".to_owned());
    }
    pattern.extend(steps);
    pattern.join(".")
}
