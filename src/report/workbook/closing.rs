//! What the numbers rest on: assumptions, the meaning of every column, and checks of the batch itself.

use super::Problem;
use super::page::{Kind, Page, Value, heading};
use crate::report::evidence;
use crate::report::kept::{KeptRow, KeptTable};
use crate::report::results::Results;
use crate::report::scan::{PlanScan, Role, Scan};
use crate::study::statistics::Share;
use rust_xlsxwriter::Worksheet;

const DRIVERS: &str = "drivers.csv";

/// Whether there is anything for the sheet of assumptions.
pub(super) fn has_assumptions(results: &Results) -> bool {
    [evidence::NAME, DRIVERS].iter().any(|table| results.with(table).is_some())
}

/// Every number the results rest on, and on what that number rests; of a study of drivers alone, the uncertain ones.
pub(super) fn assumptions(sheet: &mut Worksheet, results: &Results) -> Result<(), Problem> {
    let headings = [
        heading("Where it stands", Kind::Text, 42.0),
        heading("Basis", Kind::Text, 11.0),
        heading("Grade", Kind::Text, 7.0),
        heading("As written", Kind::Text, 24.0),
        heading("p5", Kind::Figure, 10.0),
        heading("p50", Kind::Figure, 10.0),
        heading("p95", Kind::Figure, 10.0),
        heading("Unit", Kind::Text, 7.0),
        heading("Where it comes from, or why it is assumed", Kind::Text, 60.0),
        heading("Plans", Kind::Text, 18.0),
        heading("File and line, or built in as", Kind::Text, 30.0),
    ];
    let words = [
        "The results rest on these. Cited numbers have a source, estimated ones an argument, assumed ones neither: ask whether the answer \
         would change with them (sheet Drivers). A choice is the author's own and claims nothing about the world."
            .to_owned(),
        "Grade: A cause and effect in the field, B experiments, C fits of models and single cases, D none. p5, p50 and p95: 5 %, half and \
         95 % of what is drawn lie below. No plan named: it holds under all."
            .to_owned(),
    ];
    let widths: Vec<f64> = headings.iter().map(|heading| heading.width).collect();
    let mut page = Page::begin(sheet, ("Assumptions", "What the results rest on"), results.tlp(), &widths, &words)?;
    let numbers = results.table(evidence::NAME)?;
    let drivers = if numbers.is_none() { results.table(DRIVERS)? } else { None };
    let mut rows: Vec<Vec<Value>> = numbers.iter().flat_map(KeptTable::rows).map(|row| number(&row)).collect();
    let mut named: Vec<&str> = Vec::new();
    for row in drivers.iter().flat_map(KeptTable::rows) {
        let input = row.text("input");
        if !named.contains(&input) {
            let mut cells: Vec<Value> = [input, row.text("basis"), "", row.text("written")].map(Value::from).to_vec();
            cells.resize_with(headings.len(), || Value::None);
            rows.push(cells);
            named.push(input);
        }
    }
    let first = page.table("Assumptions", &headings, &rows)?;
    page.freeze(first, 1)?;
    page.fit_width();
    Ok(())
}

fn number(row: &KeptRow) -> Vec<Value> {
    let mut cells: Vec<Value> = ["path", "basis", "grade", "value"].map(|name| row.text(name).into()).to_vec();
    cells.extend(["p5", "p50", "p95"].map(|name| Value::from(row.number(name))));
    cells.extend(["unit", "source", "plan", "place"].map(|name| Value::from(row.text(name))));
    cells
}

/// Every column of every table.
pub(super) fn dictionary(sheet: &mut Worksheet, results: &Results) -> Result<(), Problem> {
    let headings = [
        heading("Table", Kind::Text, 20.0),
        heading("Column", Kind::Text, 30.0),
        heading("Type", Kind::Text, 10.0),
        heading("Unit", Kind::Text, 8.0),
        heading("Meaning", Kind::Text, 62.0),
        heading("Where it comes from", Kind::Text, 40.0),
    ];
    let words = [
        "Unit: h for hours, 1 for numbers and shares, 0/1 for no and yes, name for one of several names, unit for that of the row."
            .to_owned(),
    ];
    let widths: Vec<f64> = headings.iter().map(|heading| heading.width).collect();
    let title = "What every column means";
    let mut page = Page::begin(sheet, ("Data dictionary", title), results.tlp(), &widths, &words)?;
    let rows: Vec<Vec<Value>> = results
        .described()
        .into_iter()
        .map(|(file, column, meaning)| {
            let kind = if meaning.is_text() { "text" } else { "number" };
            [file, column, kind, &meaning.unit, &meaning.meaning, &meaning.source].map(Value::from).to_vec()
        })
        .collect();
    let first = page.table("Dictionary", &headings, &rows)?;
    page.freeze(first, 2)?;
    page.fit_width();
    Ok(())
}

/// How the odds settled, whether both halves of the runs agree, and what the files are.
pub(super) fn checks(sheet: &mut Worksheet, results: &Results, scan: Option<&Scan>) -> Result<(), Problem> {
    let widths = [40.0, 20.0, 13.0, 13.0, 13.0, 13.0, 13.0];
    let words = [
        "Odds that still wander, or halves of the runs that disagree by more than their intervals, call for more runs. They say nothing \
         about whether the assumptions are right."
            .to_owned(),
    ];
    let mut page = Page::begin(sheet, ("Checks", "Checks of the batch itself"), results.tlp(), &widths, &words)?;
    if let Some(scan) = scan {
        halves(&mut page, results, scan)?;
        settling(&mut page, results, scan)?;
    }
    page.subtitle("Files")?;
    let headings = [
        heading("SHA-256", Kind::Text, 40.0),
        heading("File", Kind::Text, 20.0),
        heading("Rows", Kind::Whole, 13.0),
        heading("Complete", Kind::Text, 13.0),
    ];
    let mut rows: Vec<Vec<Value>> = Vec::new();
    for folder in results.folders {
        let complete = if folder.manifest.complete { "yes" } else { "no: interrupted" };
        let of = |file: &crate::report::FileRecord| {
            let rows = Value::from(file.rows.map(|rows| rows as f64));
            vec![file.sha256.as_str().into(), file.name.as_str().into(), rows, complete.into()]
        };
        rows.extend(folder.manifest.files.iter().map(of));
    }
    page.table("Files", &headings, &rows)?;
    page.fit_width();
    Ok(())
}

fn halves(page: &mut Page, results: &Results, scan: &Scan) -> Result<(), Problem> {
    page.subtitle("Runs with even numbers against runs with odd numbers")?;
    let headings = [
        heading("Contingency", Kind::Text, 40.0),
        heading("Plan", Kind::Text, 20.0),
        heading("Even runs", Kind::Share, 13.0),
        heading("Odd runs", Kind::Share, 13.0),
        heading("Intervals overlap", Kind::Text, 13.0),
        heading("Runs finished", Kind::Whole, 13.0),
        heading("Runs stopped", Kind::Whole, 13.0),
    ];
    let mut rows: Vec<Vec<Value>> = Vec::new();
    for (place, column) in scan.of(Role::Happened) {
        for plan in &scan.plans {
            let (even, odd) = parts(plan, place);
            let value = |share: Share| Value::from((share.n > 0).then(|| share.value()));
            let overlap = even.wilson().zip(odd.wilson()).map(|(a, b)| a.low <= b.high && b.low <= a.high);
            rows.push(vec![
                results.title(&column.id).into(),
                plan.name.as_str().into(),
                value(even),
                value(odd),
                overlap.map_or("", |overlap| if overlap { "yes" } else { "no" }).into(),
                Value::Number(plan.finished as f64),
                Value::Number(plan.stopped as f64),
            ]);
        }
    }
    page.table("Halves", &headings, &rows)?;
    Ok(())
}

fn parts(plan: &PlanScan, place: usize) -> (Share, Share) {
    let (all, even) = plan.hits[place];
    (Share { hits: even, n: plan.even }, Share { hits: all - even, n: plan.finished - plan.even })
}

fn settling(page: &mut Page, results: &Results, scan: &Scan) -> Result<(), Problem> {
    page.subtitle("How the odds settled as runs were added")?;
    let headings = [
        heading("Contingency", Kind::Text, 40.0),
        heading("Plan", Kind::Text, 20.0),
        heading("Runs", Kind::Whole, 13.0),
        heading("Share of runs", Kind::Share, 13.0),
        heading("95 % interval, from", Kind::Share, 13.0),
        heading("to", Kind::Share, 13.0),
    ];
    let mut rows: Vec<Vec<Value>> = Vec::new();
    for (place, column) in scan.of(Role::Happened) {
        for plan in &scan.plans {
            for (runs, hits) in &plan.waves {
                let share = Share { hits: hits[place], n: *runs };
                let interval = share.wilson();
                rows.push(vec![
                    results.title(&column.id).into(),
                    plan.name.as_str().into(),
                    Value::Number(*runs as f64),
                    Value::from((share.n > 0).then(|| share.value())),
                    interval.map(|interval| interval.low).into(),
                    interval.map(|interval| interval.high).into(),
                ]);
            }
        }
    }
    page.table("Settling", &headings, &rows)?;
    Ok(())
}
