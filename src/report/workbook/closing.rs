//! What the numbers rest on: assumptions, the meaning of every column, and checks of the batch itself.

use super::Problem;
use super::page::{Kind, Page, Value, heading};
use super::results::Results;
use super::scan::{PlanScan, Role, Scan};
use crate::report::kept::KeptTable;
use crate::report::runs;
use crate::study::statistics::Share;
use rust_xlsxwriter::Worksheet;

/// Whether there is anything for the sheet of assumptions.
pub(super) fn has_assumptions(results: &Results, scan: Option<&Scan>) -> bool {
    results.with("drivers.csv").is_some() || scan.is_some_and(|scan| scan.of(Role::Input).next().is_some())
}

/// Every uncertain number: how it is written, on what basis, and what was drawn.
pub(super) fn assumptions(sheet: &mut Worksheet, results: &Results, scan: Option<&Scan>) -> Result<(), Problem> {
    let headings = [
        heading("Uncertain number", Kind::Text, 38.0),
        heading("Basis", Kind::Text, 11.0),
        heading("As written, with its source", Kind::Text, 58.0),
        heading("Unit", Kind::Text, 7.0),
        heading("Drawn: p5", Kind::Figure, 10.0),
        heading("p50", Kind::Figure, 10.0),
        heading("p95", Kind::Figure, 10.0),
    ];
    let words = [
        "The results rest on these. Cited numbers have a source, estimated ones an argument, assumed ones neither: ask whether the answer \
         would change with them (sheet Drivers)."
            .to_owned(),
    ];
    let widths: Vec<f64> = headings.iter().map(|heading| heading.width).collect();
    let mut page = Page::begin(sheet, ("Assumptions", "What the results rest on"), results.tlp(), &widths, &words)?;
    let mut rows: Vec<Vec<Value>> = Vec::new();
    let mut named: Vec<String> = Vec::new();
    let drivers = results.table("drivers.csv")?;
    let batch = results.with(runs::NAME);
    for (place, column) in scan.iter().flat_map(|scan| scan.of(Role::Input)) {
        let meaning = batch.and_then(|folder| folder.meaning(runs::NAME, &column.heading)).cloned().unwrap_or_default();
        let drawn = scan.and_then(|scan| scan.plans.first()).and_then(|plan| plan.values[place].as_ref());
        let basis = ["cited", "estimated", "assumed"]
            .into_iter()
            .find(|basis| meaning.source.split("; ").any(|part| part == *basis));
        let mut row: Vec<Value> = vec![meaning.meaning.into(), basis.unwrap_or_default().into(), meaning.source.into()];
        row.push(meaning.unit.into());
        row.extend([0.05, 0.5, 0.95].map(|q| Value::from(drawn.and_then(|drawn| drawn.quantile(q)))));
        rows.push(row);
        named.push(column.id.clone());
    }
    for row in drivers.iter().flat_map(KeptTable::rows) {
        let input = row.text("input").to_owned();
        if !named.contains(&input) {
            let basis = row.text("basis");
            rows.push(vec![
                input.as_str().into(),
                basis.into(),
                row.text("written").into(),
                "".into(),
                Value::None,
                Value::None,
                Value::None,
            ]);
            named.push(input);
        }
    }
    let first = page.table("Assumptions", &headings, &rows)?;
    page.freeze(first, 1)?;
    page.fit_width();
    Ok(())
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
