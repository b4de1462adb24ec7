//! What results say in words, for the first sheet and the first screen alike: the verdict, what drives an outcome, where the bad runs
//! live, and which commands would add what is not there.

use super::kept::{KeptRow, KeptTable};
use super::results::Results;
use super::stored::StoredError;
use super::words::{self, number};
use crate::study::statistics::Interval;

/// The verdict in words: what a person can read out.
pub(super) fn verdict(results: &Results) -> Result<Vec<String>, StoredError> {
    let mut words = Vec::new();
    if let Some(first) = results.contingencies().next().filter(|_| results.has_batch()) {
        let share = |plan: &&String| results.figure(plan, &first.id, "share");
        let level = |plan: &&String| share(plan).value.unwrap_or_default();
        let by_level = |a: &&String, b: &&String| level(a).total_cmp(&level(b));
        // Of plans that do equally well, the one named first.
        let best = results.plans.iter().min_by(by_level);
        let worst = results.plans.iter().rev().max_by(by_level);
        let said = |plan: &String| {
            let figure = share(&plan);
            let (value, low, high) = (figure.value?, figure.low?, figure.high?);
            Some((words::share(value, Interval { low, high }), figure.n? as u64))
        };
        if let (Some(best), Some(worst)) = (best, worst)
            && let (Some((low, _)), Some((high, n))) = (said(best), said(worst))
        {
            let title = first.title.trim_end_matches('.');
            let runs = words::plural(n, "simulated run");
            let mut text = format!("In {high} of {runs} under these assumptions, “{title}” came true");
            if best != worst {
                text += &format!(
                    " with plan {worst} (the worst of {}); with plan {best} (the best) it was {low}",
                    results.plans.len()
                );
            }
            words.push(text + ".");
        }
    }
    for row in results.table("verdicts.csv")?.iter().flat_map(KeptTable::rows) {
        if row.text("against").is_empty() {
            continue;
        }
        let list = |name: &str| row.text(name).split_whitespace().collect::<Vec<_>>().join(", ");
        let parts = [("better on", list("better")), ("worse on", list("worse")), ("different on", list("changed"))];
        let said: Vec<String> =
            parts.iter().filter(|(_, ids)| !ids.is_empty()).map(|(words, ids)| format!("{words} {ids}")).collect();
        let said =
            if said.is_empty() { "no difference shown at this number of runs".to_owned() } else { said.join("; ") };
        words.push(format!("Plan {} against plan {}: {said}.", row.text("plan"), row.text("against")));
    }
    if results.scenario().illustrative {
        words.push("The scenario is illustrative: its numbers are examples, not findings.".to_owned());
    }
    Ok(words)
}

/// What stands out for an outcome: the first of its drivers.
pub(super) fn driver_in_words(results: &Results, outcome: &str, first: &KeptRow) -> String {
    let correlation = first.number("correlation").unwrap_or_default();
    let direction = match first.number("not_monotone") {
        Some(1.0) => "works on it, but not in one direction",
        _ if correlation > 0.0 => "goes with more of it",
        _ => "goes with less of it",
    };
    let basis = match first.text("basis") {
        "" => "its evidence is not stated".to_owned(),
        basis => format!("its value is {basis}"),
    };
    format!(
        "“{}”: more of {} {direction} (rank correlation {correlation:+.2}); {basis}.",
        results.title(outcome),
        first.text("input")
    )
}

/// The bounds of a box or a rule on one input: `asset.results-page.recover at least 0.61 h`.
fn bounds(row: &KeptRow) -> String {
    let unit = match row.text("unit") {
        "" | "1" | "0/1" | "name" => String::new(),
        unit => format!(" {unit}"),
    };
    let (input, not) = (row.text("input"), row.text("not"));
    let named = |name: &str| row.number(name).map(|value| format!("{}{unit}", number(value)));
    match (named("from"), named("to")) {
        (Some(from), Some(to)) => format!("{input} from {from} to {to}"),
        (Some(from), None) => format!("{input} at least {from}"),
        (None, Some(to)) => format!("{input} at most {to}"),
        (None, None) if !not.is_empty() => format!("{input} other than {not}"),
        (None, None) => input.to_owned(),
    }
}

fn percent(row: &KeptRow, name: &str) -> String {
    row.number(name).map_or("an unknown share".to_owned(), |share| format!("{:.0} %", share * 100.0))
}

/// Where the bad runs live, in a sentence; nothing if no box was found.
pub(super) fn box_in_words(results: &Results, prim: &KeptTable) -> Result<Option<String>, StoredError> {
    let Some(first) = prim.rows().next() else { return Ok(None) };
    let box_of: Vec<String> = prim.rows().map(|row| bounds(&row)).collect();
    let trade = results.table("tradeoff.csv")?;
    let steps: Vec<KeptRow> = trade.iter().flat_map(KeptTable::rows).collect();
    let all = steps.first().map(|row| percent(row, "density"));
    let fits = |row: &&KeptRow| row.number("restricted") == Some(box_of.len() as f64);
    let chosen = steps.iter().rev().find(fits);
    let mut text = format!("“{}” lives where {}", results.title(first.text("contingency")), box_of.join(" and "));
    if let (Some(row), Some(all)) = (chosen, all) {
        let (density, coverage) = (percent(row, "density"), percent(row, "coverage"));
        text += &format!(
            ". The smallest box with these bounds holds {coverage} of the bad runs, and {density} of its runs are bad, against {all} of \
             all runs (on the half of the runs kept back)"
        );
    }
    Ok(Some(text + "."))
}

/// The rules of a tree, each with a row of its leaf, the one with most bad runs first.
pub(super) fn rules_of(tree: &KeptTable) -> Vec<(KeptRow<'_>, String)> {
    let mut rules: Vec<(&str, KeptRow, Vec<String>)> = Vec::new();
    for row in tree.rows() {
        match rules.last_mut() {
            Some((known, _, parts)) if *known == row.text("leaf") => parts.push(bounds(&row)),
            _ => rules.push((row.text("leaf"), row, vec![bounds(&row)])),
        }
    }
    rules.sort_by(|a, b| b.1.number("share").unwrap_or(0.0).total_cmp(&a.1.number("share").unwrap_or(0.0)));
    rules.into_iter().map(|(_, row, parts)| (row, parts.join(" and "))).collect()
}

/// What folders of results may hold, and which command makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Batch,
    Comparison,
    Drivers,
    Boxes,
    Chains,
}

impl Part {
    /// The command that makes it.
    pub(super) fn command(self) -> &'static str {
        match self {
            Part::Batch => "canvass batch FILE",
            Part::Comparison => "canvass compare FILE",
            Part::Drivers => "canvass drivers FILE",
            Part::Boxes => "canvass discover FILE --for CONTINGENCY",
            Part::Chains => "canvass explain FILE --contingency CONTINGENCY",
        }
    }
}

/// What the folders lack.
pub(super) fn missing(results: &Results) -> Vec<Part> {
    let has = |table| results.with(table).is_some();
    let lacks = [
        (Part::Batch, !results.has_batch()),
        (Part::Comparison, !has("compare.csv") && (results.plans.len() > 1 || !results.has_batch())),
        (Part::Drivers, !has("drivers.csv")),
        (Part::Boxes, !has("prim.csv")),
        (Part::Chains, !has("patterns.csv")),
    ];
    lacks.into_iter().filter(|(_, lacking)| *lacking).map(|(part, _)| part).collect()
}
