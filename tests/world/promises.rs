//! The promises: a run is a pure function of the scenario, the plan, the seed and its number; and names, not places, decide
//! what is drawn.

use crate::rich::{pieces, rich};
use crate::trial::{SEED, Seen, Trial, text};
use canvass::world::{Column, Outcome, World};

const HOURS: i64 = 48;

/// Everything an outcome holds, to the bit.
fn bits(outcome: &Outcome) -> (Vec<u64>, String) {
    let numbers = [&outcome.drawn, &outcome.measures, &outcome.series];
    let bits = numbers.iter().flat_map(|list| list.iter().map(|value| value.to_bits())).collect();
    (bits, format!("{:?} {:?} {}", outcome.status, outcome.contingencies, outcome.events))
}

#[test]
fn a_run_does_not_depend_on_what_ran_before_it() {
    let trial = Trial::new(HOURS, &rich());
    let mut veteran = World::new(&trial.model, SEED);
    for number in 0..50 {
        veteran.run(number);
    }
    let mut copy = veteran.clone();
    let mut other = World::new(&trial.model, SEED);
    for number in [3, 17, 49, 812] {
        let alone = bits(&trial.run(number).outcome);
        assert_eq!(bits(veteran.run(number)), alone, "run {number} after fifty others");
        assert_eq!(bits(copy.run(number)), alone, "run {number} in a copy");
        assert_eq!(bits(other.run(number)), alone, "run {number} in another world");
        let (told, story) = other.story(number);
        assert_eq!(bits(&told), alone, "run {number} with its story");
        assert!(!story.is_empty());
        assert_eq!(bits(other.run(number)), alone, "run {number} after its story");
    }
}

#[test]
fn another_seed_and_another_run_are_other_draws() {
    let trial = Trial::new(HOURS, &rich());
    let first = bits(&trial.run(0).outcome);
    assert_ne!(bits(&trial.run(1).outcome), first);
    assert_ne!(bits(World::new(&trial.model, SEED + 1).run(0)), first);
}

#[test]
fn a_story_is_in_order_and_its_causes_lie_before_it() {
    let trial = Trial::new(HOURS, &rich());
    for number in 0..10 {
        let (_, story) = World::new(&trial.model, SEED).story(number);
        assert!(story.windows(2).all(|pair| pair[0].time <= pair[1].time), "run {number}");
        for entry in &story {
            let cause = story.iter().find(|other| other.id == entry.cause);
            assert!(cause.is_none_or(|cause| cause.time <= entry.time), "run {number}: {entry:?}");
            assert!(entry.cause != entry.id, "run {number}: {entry:?}");
        }
    }
}

/// What the columns say that both have, to within a share of `slack`; event numbers are no column.
fn assert_same_columns(base: &Trial, wanted: &[Seen<'_>], more: &Trial, slack: f64, what: &str) {
    for (number, (a, b)) in wanted.iter().zip(more.runs(wanted.len() as u64)).enumerate() {
        let (a, b) = (&a.outcome, b.outcome);
        assert_eq!(a.status, b.status);
        let compare = |kind: &str, ours: &[Column], theirs: &[Column], same: &dyn Fn(usize, usize) -> bool| {
            for (position, column) in ours.iter().enumerate() {
                let other = theirs.iter().position(|other| other.id == column.id);
                let other = other.unwrap_or_else(|| panic!("{what}: {kind} {} is gone", column.id));
                assert!(same(position, other), "{what}: {kind} {} of run {number} has changed", column.id);
            }
        };
        let near = |a: f64, b: f64| a.to_bits() == b.to_bits() || (a - b).abs() <= slack * a.abs().max(1.0);
        let same = |a: &[f64], b: &[f64]| a.iter().zip(b).all(|(a, b)| near(*a, *b));
        let points = base.model.grid().len();
        compare("uncertainty", base.model.uncertainties(), more.model.uncertainties(), &|i, j| {
            same(&a.drawn[i..=i], &b.drawn[j..=j])
        });
        compare("measure", base.model.measures(), more.model.measures(), &|i, j| {
            same(&a.measures[i..=i], &b.measures[j..=j])
                && same(&a.series[i * points..(i + 1) * points], &b.series[j * points..(j + 1) * points])
        });
        compare("contingency", base.model.contingencies(), more.model.contingencies(), &|i, j| {
            let (a, b) = (a.contingencies[i], b.contingencies[j]);
            let severe = near(a.severity.unwrap_or(f64::NAN), b.severity.unwrap_or(f64::NAN));
            (a.onset, a.duration) == (b.onset, b.duration) && severe
        });
    }
}

#[test]
fn what_never_acts_changes_no_bit_of_anything_else() {
    let additions = [
        (
            "a response that never acts",
            "[response.never]\nowner = \"county\"\nwhen = \"asset.power.outages > 1000\"\ntakes = \"1h to 9h\"\neffect = { restore = { asset = \"power\" } }\n",
        ),
        ("an adversary without a campaign", "[adversary.idle]\nkind = \"criminal\"\n"),
        (
            "a platform nobody uses",
            "[platform.desert]\nreach = \"0 %\"\nreviewers = \"5 to 50\"\nother-reports = \"100/h\"\n",
        ),
        ("a milestone nobody names", "[milestone.deadline]\nat = \"start + uniform(2h, 40h)\"\n"),
        ("a measure", "[measure.another]\ntitle = \"another\"\nvalue = \"asset.power.down\"\ntake = \"time-true\"\n"),
        (
            "a measure that moves with time",
            "[measure.another]\ntitle = \"another\"\nvalue = \"asset.power.down > 20min\"\ntake = \"time-true\"\n",
        ),
        (
            "a contingency",
            "[contingency.another]\ntitle = \"another\"\nwhen = \"asset.power.down > 20min\"\nseverity = \"held(asset.power.down)\"\n",
        ),
        ("an uncertainty", "[uncertainty.another]\nvalue = \"1 to 5\"\n"),
        ("a system", "[asset.spare]\nowner = \"county\"\n"),
        ("a responder", "[responder.newsroom]\nkind = \"media\"\nnotices = \"1h to 5h\"\n"),
        ("a narrative nobody tells", "[narrative.untold]\nabout = \"nothing at all\"\non = { chirp = \"100 %\" }\n"),
        (
            "a hazard that never happens",
            "[hazard.never]\nat = \"start + 1h\"\nchance = \"0 %\"\neffect = { disrupt = { asset = \"power\" } }\n",
        ),
        (
            "an inject that is never given",
            "[inject.never]\ntitle = \"never\"\nat = \"start + 1h\"\nchance = \"0 %\"\neffect = { declare = { winner = \"blue\" } }\n",
        ),
    ];
    let base = Trial::new(HOURS, &rich());
    let wanted = base.runs(12);
    for (what, addition) in additions {
        let after = Trial::new(HOURS, &(rich() + addition));
        assert_same_columns(&base, &wanted, &after, 0.0, &format!("{what}, at the end"));
        let before = Trial::new(HOURS, &(addition.to_owned() + &rich()));
        assert_same_columns(&base, &wanted, &before, 0.0, &format!("{what}, at the beginning"));
    }
}

#[test]
fn the_order_of_tables_changes_nothing_but_the_order_of_columns() {
    let base = Trial::new(HOURS, &rich());
    let wanted = base.runs(40);
    let backwards: String = pieces().into_iter().rev().collect();
    assert_same_columns(&base, &wanted, &Trial::new(HOURS, &backwards), 0.0, "kinds reversed");
    // Within each kind as well: tables begin at a bracket in the first column, steps and fuels stay with theirs.
    let reversed: String = pieces().iter().map(|piece| reversed(piece)).collect();
    // Sums over the segments of the public then run in another order, which may cost the last bits.
    assert_same_columns(&base, &wanted, &Trial::new(HOURS, &reversed), 1e-12, "tables reversed");
}

/// The tables of a piece, last first; what belongs to a table stays behind it.
fn reversed(piece: &str) -> String {
    let mut tables: Vec<String> = Vec::new();
    for line in piece.lines() {
        let opens = line.starts_with('[')
            && !line.starts_with("[[campaign")
            && !line.starts_with("[[narrative")
            && !line.contains(".proxy.");
        if opens || tables.is_empty() {
            tables.push(String::new());
        }
        let table = tables.last_mut().expect("a table has been opened");
        table.push_str(line);
        table.push('\n');
    }
    tables.reverse();
    tables.concat()
}

#[test]
fn a_plan_leaves_the_draws_of_everything_else_alone() {
    let plans = "[plan.all-of-it]\n[plan.no-audit]\nwithout = \"audit\"\n[plan.nothing]\nonly = []\n[plan.slower]\nset = { \"response.mirror.takes\" = \"20min to 200min\" }\n";
    let whole = text(HOURS, &(rich() + plans));
    let all = Trial::planned(&whole, "all-of-it");
    for plan in ["no-audit", "nothing", "slower"] {
        let other = Trial::planned(&whole, plan);
        let mut moved = 0;
        for (a, b) in all.runs(40).iter().zip(other.runs(40)) {
            assert_eq!(a.outcome.drawn, b.outcome.drawn, "{plan}");
            moved += usize::from(a.outcome.measures != b.outcome.measures);
        }
        assert!(moved > 0, "{plan} does something");
    }
    // What a response does not touch is the same with it and without: the audit looks into the tabulator only.
    let without = Trial::planned(&whole, "no-audit");
    for (a, b) in all.runs(40).iter().zip(without.runs(40)) {
        for id in ["posts", "reach", "attempts", "true-posts"] {
            assert_eq!(a.measure(id).to_bits(), b.measure(id).to_bits(), "{id}");
        }
    }
}
