//! A shallow classification tree (Breiman, Friedman, Olshen and Stone 1984), as a second view of where bad runs live.

use super::{Cases, PrimBox, Restriction};
use crate::study::statistics::Share;

/// How many questions lie between the root and a leaf, at most.
const DEEPEST: usize = 3;

/// A leaf holds at least this share of the runs it was made from.
const SMALLEST: f64 = 0.05;

/// A split must take at least this share of the root's impurity away.
const WORTH: f64 = 0.01;

/// A leaf of the tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaf {
    /// What holds for its runs.
    pub bounds: PrimBox,
    /// The share of its runs that are bad, on the runs kept back.
    pub share: Share,
    /// The share of all bad runs that are in it, on the runs kept back.
    pub coverage: Share,
}

/// A tree, as its leaves from left to right.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    /// Its leaves. A single one means that no question was worth asking.
    pub leaves: Vec<Leaf>,
}

impl Tree {
    /// Grows a tree from one half of the runs, and judges it on the other.
    pub fn grow(cases: &Cases) -> Tree {
        let (fit, held) = (cases.half(false), cases.half(true));
        let all: Vec<usize> = (0..fit.len()).collect();
        let worth = WORTH * impurity(fit.count_bad(), fit.len());
        let smallest = ((SMALLEST * fit.len() as f64) as usize).max(1);
        let mut boxes = Vec::new();
        split(&fit, &all, PrimBox::default(), DEEPEST, smallest, worth, &mut boxes);
        let leaf = |bounds: PrimBox| Leaf { share: bounds.density(&held), coverage: bounds.coverage(&held), bounds };
        Tree { leaves: boxes.into_iter().map(leaf).collect() }
    }
}

/// Gini's impurity times the number of runs.
fn impurity(bad: usize, n: usize) -> f64 {
    if n == 0 { 0.0 } else { 2.0 * bad as f64 * (n - bad) as f64 / n as f64 }
}

fn split(
    cases: &Cases,
    runs: &[usize],
    bounds: PrimBox,
    depth: usize,
    smallest: usize,
    worth: f64,
    leaves: &mut Vec<PrimBox>,
) {
    let question = if depth == 0 { None } else { best_question(cases, runs, smallest, worth) };
    let Some((input, threshold)) = question else {
        leaves.push(bounds);
        return;
    };
    let (left, right): (Vec<usize>, Vec<usize>) = runs.iter().partition(|&&run| cases.inputs[input][run] <= threshold);
    split(cases, &left, narrowed(&bounds, input, f64::NEG_INFINITY, threshold), depth - 1, smallest, worth, leaves);
    split(
        cases,
        &right,
        narrowed(&bounds, input, threshold.next_up(), f64::INFINITY),
        depth - 1,
        smallest,
        worth,
        leaves,
    );
}

fn narrowed(bounds: &PrimBox, input: usize, low: f64, high: f64) -> PrimBox {
    let mut narrowed = bounds.clone();
    match narrowed.restrictions.iter_mut().find(|(each, _)| *each == input) {
        Some((_, Restriction::Between(from, to))) => (*from, *to) = (from.max(low), to.min(high)),
        _ => narrowed.restrictions.push((input, Restriction::Between(low, high))),
    }
    narrowed
}

/// The input and the greatest value of the left side, half-way to the next, that take most impurity away.
fn best_question(cases: &Cases, runs: &[usize], smallest: usize, worth: f64) -> Option<(usize, f64)> {
    let n = runs.len();
    let bad = runs.iter().filter(|&&run| cases.bad[run]).count();
    let before = impurity(bad, n);
    let mut best = None;
    let mut most = worth;
    for (input, values) in cases.inputs.iter().enumerate() {
        let mut order = runs.to_vec();
        order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
        let mut bad_left = 0;
        for place in 1..n {
            bad_left += usize::from(cases.bad[order[place - 1]]);
            let (low, high) = (values[order[place - 1]], values[order[place]]);
            if low == high || place < smallest || n - place < smallest {
                continue;
            }
            let gain = before - impurity(bad_left, place) - impurity(bad - bad_left, n - place);
            if gain > most {
                most = gain;
                best = Some((input, low.midpoint(high)));
            }
        }
    }
    best
}
