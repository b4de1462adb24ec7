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

/// A number without evidence, and between which ends it may lie.
#[derive(Clone, Debug)]
pub struct Assumption {
    /// Its entry in the ledger.
    pub entry: Entry,
    /// The keys that say it, every one of which it stands for.
    pub keys: Vec<String>,
    /// The least and the most it may be, as an author would write them; nothing where that cannot be said.
    pub ends: Option<[String; 2]>,
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
    written: BTreeMap<(String, String, String), (Number, Entry)>,
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
            let (_, entry) = self.written.entry(key).or_insert_with(|| (number.clone(), written_entry(number)));
            entry.plans.push(plan.to_owned());
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
        let mut entries: Vec<Entry> = self.written.values().map(|(_, entry)| entry.clone()).chain(built_in).collect();
        for entry in &mut entries {
            if entry.plans.len() == self.plans {
                entry.plans.clear();
            }
        }
        entries.sort_by(|one, other| (one.standing, &one.path).cmp(&(other.standing, &other.path)));
        entries
    }

    /// The numbers without evidence, of grade D or unstated, in the order of the entries. A built-in one has the range it came
    /// with, and if it came with none it is a convention and not there. One that is written has the points below which 5 and 95 %
    /// of its draws lie, or, if it is certain, its half and its double.
    pub fn assumptions(&self) -> Vec<Assumption> {
        let in_doubt = |entry: &Entry| match entry.standing {
            Standing::Choice => false,
            Standing::Unstated => true,
            _ => entry.grade == Some(Grade::D),
        };
        let written = self.written.values().map(|(number, entry)| Assumption {
            entry: entry.clone(),
            keys: vec![number.path.clone()],
            ends: ends(number),
        });
        let built_in = self.built_in.iter().filter_map(|((pattern, _), known)| {
            Some(Assumption {
                entry: built_in_entry(pattern, known),
                keys: known.keys.iter().cloned().collect(),
                ends: Some(known.number.default.range?.map(str::to_owned)),
            })
        });
        let mut all: Vec<Assumption> = written.chain(built_in).filter(|found| in_doubt(&found.entry)).collect();
        all.sort_by(|one, other| (one.entry.standing, &one.entry.path).cmp(&(other.entry.standing, &other.entry.path)));
        all
    }

    /// The built-in numbers in force, each by its name, with every key that would say it.
    pub fn built_in_keys(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.built_in.iter().flat_map(|((_, name), known)| known.keys.iter().map(move |key| (*name, key.as_str())))
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
        self.written.values().for_each(|(_, entry)| add(entry.standing, false));
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

/// The ends between which a written number is varied, kept to what its key allows and written in the unit of the number.
fn ends(number: &Number) -> Option<[String; 2]> {
    let ends = match &number.value {
        Value::Distribution(law) => [law.quantile(0.05), law.quantile(0.95)],
        Value::Fixed(value) if *value != 0.0 => [value / 2.0, value * 2.0],
        Value::Fixed(_) | Value::Choice(..) | Value::Formula(_) => return None,
    };
    let (low, high) = number.range;
    let unit = unit(number.dimension, Vec::new());
    Some(ends.map(|end| {
        let end = unit.external(end.clamp(low, high));
        match unit {
            Unit::Hours if end.abs() < 1.0 => format!("{}min", rounded(60.0 * end)),
            Unit::Hours => format!("{}h", rounded(end)),
            Unit::PerHour => format!("{}/h", rounded(end)),
            _ if number.written.contains('%') => format!("{} %", rounded(100.0 * end)),
            _ => rounded(end).to_string(),
        }
    }))
}

/// A number with four digits that count.
fn rounded(value: f64) -> f64 {
    format!("{value:.3e}").parse().unwrap_or(value)
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
