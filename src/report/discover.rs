//! `prim.csv`, `tradeoff.csv` and `tree.csv`: where the bad runs live.

use super::folder::FolderError;
use super::study::StudyFiles;
use super::table::{Cell, Field};
use crate::study::discover::{PrimBox, Restriction, Search, Tree};
use crate::study::sensitivity::InputColumn;
use crate::study::statistics::Share;
use crate::world::Unit;

/// The format of the folders that `canvass discover` writes.
pub const DISCOVER_FORMAT: &str = "canvass-discover-1";

fn share_fields(name: &str, meaning: &str) -> Vec<Field> {
    vec![
        Field::new(name.to_owned(), meaning.to_owned(), "1"),
        Field::new(format!("{name}_lo"), "Lower end of its interval at 95 % (Wilson)", "1"),
        Field::new(format!("{name}_hi"), "Upper end of its interval at 95 % (Wilson)", "1"),
        Field::new(format!("{name}_n"), "Number of runs it rests on", "1"),
    ]
}

fn share_cells(share: Share) -> [Cell<'static>; 4] {
    let interval = share.wilson();
    [
        Cell::Maybe((share.n > 0).then(|| share.value())),
        Cell::Maybe(interval.map(|interval| interval.low)),
        Cell::Maybe(interval.map(|interval| interval.high)),
        Cell::Whole(share.n),
    ]
}

fn restriction_fields() -> Vec<Field> {
    vec![
        Field::new("input", "Name of the uncertainty, or path of the number in the scenario", ""),
        Field::new("from", "Least value inside; empty for no limit", "unit"),
        Field::new("to", "Greatest value inside; empty for no limit", "unit"),
        Field::new("not", "Choices that are left out", ""),
        Field::new("unit", "Unit of the values", ""),
    ]
}

fn restriction_cells<'a>(column: &'a InputColumn, restriction: &Restriction, names: &'a str) -> [Cell<'a>; 5] {
    let (from, to) = match restriction {
        Restriction::Between(from, to) => (from.is_finite().then_some(*from), to.is_finite().then_some(*to)),
        Restriction::Not(_) => (None, None),
    };
    [
        Cell::Text(&column.column.id),
        Cell::Maybe(from),
        Cell::Maybe(to),
        Cell::Text(names),
        Cell::Text(column.column.unit.word()),
    ]
}

fn left_out(column: &InputColumn, restriction: &Restriction) -> String {
    match (restriction, &column.column.unit) {
        (Restriction::Not(values), Unit::Choice(names)) => {
            let known = values.iter().filter_map(|value| names.get(*value as usize).cloned());
            known.collect::<Vec<_>>().join(" ")
        }
        _ => String::new(),
    }
}

/// Writes all three tables.
///
/// # Errors
///
/// When one cannot be written.
pub fn write_discovery(
    files: &mut StudyFiles,
    plan: &str,
    outcome: &str,
    inputs: &[InputColumn],
    search: &Search,
    tree: &Tree,
) -> Result<(), FolderError> {
    let head = || {
        vec![
            Field::new("plan", "Name of the plan", ""),
            Field::new("contingency", "Id of the contingency whose runs are bad", ""),
        ]
    };
    let restrictions = |bounds: &PrimBox| -> Vec<(usize, Restriction, String)> {
        let named = |(input, restriction): &(usize, Restriction)| {
            (*input, restriction.clone(), left_out(&inputs[*input], restriction))
        };
        bounds.restrictions.iter().map(named).collect()
    };

    let mut fields = head();
    fields.extend(restriction_fields());
    fields.push(Field::new("quasi_p", "Chance that leaving this input to itself gives as dense a box", "1"));
    let found = search.found.as_ref();
    let bounds = found.map(|found| restrictions(&found.bounds)).unwrap_or_default();
    let quasi_p = found.map(|found| found.quasi_p.clone()).unwrap_or_default();
    let rows = bounds.iter().zip(quasi_p).map(|((input, restriction, names), p)| {
        let mut row = vec![Cell::Text(plan), Cell::Text(outcome)];
        row.extend(restriction_cells(&inputs[*input], restriction, names));
        row.push(Cell::Number(p));
        row
    });
    files.write("prim.csv", fields, rows)?;

    let mut fields = head();
    fields.push(Field::new("step", "Place on the way from all runs to the smallest box, from 0", "1"));
    fields.push(Field::new("restricted", "How many inputs are restricted", "1"));
    fields.extend(share_fields("coverage", "Share of the bad runs in the box, among the runs kept back"));
    fields.extend(share_fields("density", "Share of the box's runs that are bad, among the runs kept back"));
    fields.push(Field::new("fit_coverage", "Coverage on the runs from which the box was made", "1"));
    fields.push(Field::new("fit_density", "Density on the runs from which the box was made", "1"));
    let rows = search.trajectory.iter().enumerate().map(|(place, step)| {
        let mut row = vec![
            Cell::Text(plan),
            Cell::Text(outcome),
            Cell::Whole(place as u64),
            Cell::Whole(step.bounds.restrictions.len() as u64),
        ];
        row.extend(share_cells(step.held_coverage));
        row.extend(share_cells(step.held_density));
        row.extend([Cell::Number(step.coverage.value()), Cell::Number(step.density.value())]);
        row
    });
    files.write("tradeoff.csv", fields, rows)?;

    let mut fields = head();
    fields.push(Field::new("leaf", "Number of the leaf, from 1", "1"));
    fields.extend(restriction_fields());
    fields.extend(share_fields("share", "Share of the leaf's runs that are bad, among the runs kept back"));
    fields.extend(share_fields("coverage", "Share of the bad runs in the leaf, among the runs kept back"));
    let leaves: Vec<_> = tree.leaves.iter().map(|leaf| (leaf, restrictions(&leaf.bounds))).collect();
    let rows = leaves.iter().enumerate().flat_map(|(place, (leaf, bounds))| {
        bounds.iter().map(move |(input, restriction, names)| {
            let mut row = vec![Cell::Text(plan), Cell::Text(outcome), Cell::Whole(place as u64 + 1)];
            row.extend(restriction_cells(&inputs[*input], restriction, names));
            row.extend(share_cells(leaf.share));
            row.extend(share_cells(leaf.coverage));
            row
        })
    });
    files.write("tree.csv", fields, rows)
}
