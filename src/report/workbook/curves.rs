//! How values are spread over the runs, and how measures move over time: tables, exceedance curves and bands.

use super::Problem;
use super::chart::{ChartData, Line, Lines, PLANS, Placed};
use super::page::{Kind, Page, Value, heading};
use crate::report::kept::KeptTable;
use crate::report::results::{Outcome, Results, with_unit};
use crate::report::scan::{Role, Scan};
use crate::report::text::short;
use crate::study::sketch::Sketch;
use rust_xlsxwriter::Worksheet;

/// Percentiles in the table; the charts have all from 1 to 99.
const PERCENTILES: [u64; 13] = [1, 5, 10, 20, 25, 30, 40, 50, 60, 75, 90, 95, 99];

/// Charts of a sheet at most.
const CHARTS: usize = 12;

/// A curve needs at least this many runs.
const FEW: u64 = 20;

/// Pixels of a chart, two of which stand side by side.
const HALF: (u32, u32) = (470, 300);

/// The title of the sheet with the series.
pub(super) const SERIES: &str = "Timeline data";

/// Values of an outcome, plan by plan: of a measure, or the onset of a contingency among the runs in which it came about.
fn values<'s>(scan: &'s Scan, outcome: &Outcome) -> Vec<(&'s str, u64, &'s Sketch)> {
    let role = if outcome.contingency { Role::Onset } else { Role::Measure };
    let Some(place) = scan.about(role, &outcome.id) else { return Vec::new() };
    let plans = scan.plans.iter();
    plans.filter_map(|plan| Some((plan.name.as_str(), plan.finished, plan.values[place].as_ref()?))).collect()
}

/// One row an outcome and plan, with its percentiles.
pub(super) fn percentiles(sheet: &mut Worksheet, results: &Results, scan: &Scan) -> Result<(), Problem> {
    let mut headings = vec![
        heading("Outcome", Kind::Text, 34.0),
        heading("Plan", Kind::Text, 18.0),
        heading("Unit", Kind::Text, 6.0),
        heading("Runs with a value", Kind::Whole, 9.0),
        heading("Mean", Kind::Figure, 8.0),
    ];
    headings.extend(PERCENTILES.map(|percentile| heading(&format!("p{percentile}"), Kind::Figure, 7.5)));
    let words = [
        "Value that this percentage of the runs stays at or below: p50 is the middle. Of a contingency, when it first happens, in hours \
         since the start, among the runs in which it does; its odds are on the sheet Odds."
            .to_owned(),
    ];
    let widths: Vec<f64> = headings.iter().map(|heading| heading.width).collect();
    let title = "How values are spread over the runs";
    let mut page = Page::begin(sheet, ("Percentiles", title), results.tlp(), &widths, &words)?;
    let mut rows = Vec::new();
    for outcome in results.measures().chain(results.contingencies()) {
        for (plan, _, sketch) in values(scan, outcome) {
            let unit = if outcome.contingency { "h" } else { outcome.unit.as_str() };
            let title =
                if outcome.contingency { format!("{} – first time", outcome.title) } else { outcome.title.clone() };
            let mean = if outcome.contingency { None } else { results.figure(plan, &outcome.id, "mean").value };
            let mut row: Vec<Value> = vec![title.into(), plan.into(), unit.into()];
            row.push(Value::Number(sketch.count() as f64));
            row.push(mean.into());
            row.extend(PERCENTILES.map(|percentile| Value::from(sketch.quantile(percentile as f64 / 100.0))));
            rows.push(row);
        }
    }
    let first = page.table("Percentiles", &headings, &rows)?;
    page.freeze(first, 2)?;
    page.fit_width();
    Ok(())
}

/// Exceedance curves of measures, and by when contingencies have come about.
pub(super) fn curves(
    sheet: &mut Worksheet,
    results: &Results,
    scan: &Scan,
    data: &mut ChartData,
) -> Result<(), Problem> {
    let mut charts = Vec::new();
    let mut still = Vec::new();
    for outcome in results.contingencies().chain(results.measures()) {
        let found: Vec<_> = values(scan, outcome).into_iter().take(PLANS).collect();
        let moves = found.iter().any(|(_, _, sketch)| sketch.count() >= FEW && sketch.lowest() != sketch.highest());
        if !moves {
            still.push(outcome.title.clone());
        } else if charts.len() < CHARTS {
            charts.push(curve(outcome, &found, data));
        }
    }
    let mut words = vec![
        "By when: the share of runs in which it had happened by that hour. Exceedance: the share of runs in which the measure reached at \
         least that value. Shares are those of simulated runs under these assumptions."
            .to_owned(),
    ];
    if !still.is_empty() {
        words.push(format!("Not drawn, because it varies too little or happens too rarely: {}.", still.join("; ")));
    }
    if charts.len() == CHARTS {
        words.push(format!("At most {CHARTS} charts are drawn; the sheet Percentiles has every outcome."));
    }
    let mut page = Page::begin(sheet, ("Curves", "Curves"), results.tlp(), &[13.0; 10], &words)?;
    page.charts(&charts, 5)?;
    Ok(())
}

fn curve(outcome: &Outcome, plans: &[(&str, u64, &Sketch)], data: &mut ChartData) -> Placed {
    let mut headings = Vec::new();
    let mut columns: Vec<Vec<Value>> = Vec::new();
    for (plan, finished, sketch) in plans {
        // Only some runs have a value: a curve starts, or ends, at their share.
        let part = sketch.count() as f64 / (*finished).max(1) as f64;
        let share = |percent: u64| {
            if outcome.contingency { percent as f64 / 100.0 } else { 1.0 - (percent - 1) as f64 / 100.0 }
        };
        headings.extend([short(plan, 40), "share of runs".to_owned()]);
        let drawn = sketch.count() >= FEW;
        columns
            .push((1..100).map(|percent| sketch.quantile(percent as f64 / 100.0).filter(|_| drawn).into()).collect());
        columns.push((1..100).map(|percent| drawn.then_some(share(percent) * part).into()).collect());
    }
    let kind = if outcome.contingency { "By when" } else { "Exceedance" };
    let title = short(&format!("{kind}: {}", outcome.title), 62);
    let source = data.add(&title, headings, columns);
    let lines = (0..plans.len()).map(|plan| {
        let column = 2 * plan as u16;
        Line::of(source, (column, column + 1), column, plan)
    });
    let axis = if outcome.contingency {
        "Hours since the start".to_owned()
    } else {
        short(&with_unit(&outcome.title, &outcome.unit), 60)
    };
    Lines {
        source,
        lines: lines.collect(),
        axes: [(&axis, "General"), ("Share of simulated runs", "0%")],
        ends: Some((0.0, 1.0)),
        alt: &title,
        size: HALF,
    }
    .draw()
}

/// The series as a table.
pub(super) fn series(sheet: &mut Worksheet, results: &Results, table: &KeptTable) -> Result<(), Problem> {
    let bands = ["p5", "p25", "p50", "p75", "p95", "mean"];
    let mut headings = vec![
        heading("Measure", Kind::Text, 34.0),
        heading("Plan", Kind::Text, 18.0),
        heading("Unit", Kind::Text, 6.0),
        heading("Hours since the start", Kind::Figure, 9.0),
        heading("Clock", Kind::Text, 18.0),
    ];
    headings.extend(bands.map(|band| heading(band, Kind::Figure, 8.0)));
    let words =
        ["Bands over the runs at each moment: half of them lie between p25 and p75, nine in ten between p5 and p95."
            .to_owned()];
    let widths: Vec<f64> = headings.iter().map(|heading| heading.width).collect();
    let mut page = Page::begin(sheet, (SERIES, "How measures move over time"), results.tlp(), &widths, &words)?;
    let rows: Vec<Vec<Value>> = table
        .rows()
        .map(|row| {
            let mut cells: Vec<Value> = vec![results.title(row.text("measure")).into(), row.text("plan").into()];
            cells.extend([row.text("unit").into(), row.number("time_h").into(), row.text("clock").into()]);
            cells.extend(bands.map(|band| Value::from(row.number(band))));
            cells
        })
        .collect();
    let first = page.table("Timeline", &headings, &rows)?;
    page.freeze(first, 2)?;
    page.fit_width();
    Ok(())
}

/// Bands over time, a chart a measure.
pub(super) fn timeline(
    sheet: &mut Worksheet,
    results: &Results,
    table: &KeptTable,
    data: &mut ChartData,
) -> Result<(), Problem> {
    let mut plans: Vec<&str> = Vec::new();
    for row in table.rows() {
        if !plans.contains(&row.text("plan")) {
            plans.push(row.text("plan"));
        }
    }
    plans.truncate(PLANS);
    // With few plans there is room for bands; with more, for the middle and the upper edge.
    let bands: &[&str] = match plans.len() {
        1 => &["p50", "p5", "p25", "p75", "p95"],
        2 | 3 => &["p50", "p5", "p95"],
        _ => &["p50", "p95"],
    };
    let said = match plans.len() {
        1 => "Half of the runs lie between the inner dashed lines, nine in ten between the outer ones.",
        2 | 3 => "Nine in ten runs lie between the dashed lines of a colour.",
        _ => "One run in twenty lies above the dashed line of a colour.",
    };
    let words =
        [format!("Full line: the middle of the runs at each moment. {said} The numbers are on the sheet {SERIES}.")];
    let mut charts = Vec::new();
    for measure in results.measures().take(CHARTS) {
        charts.extend(course(measure, &plans, bands, table, data));
    }
    let title = "How measures move over time";
    let mut page = Page::begin(sheet, ("Timeline", title), results.tlp(), &[13.0; 10], &words)?;
    page.charts(&charts, 5)?;
    Ok(())
}

fn course(
    measure: &Outcome,
    plans: &[&str],
    bands: &[&str],
    table: &KeptTable,
    data: &mut ChartData,
) -> Option<Placed> {
    let of = |plan: &str| -> Vec<_> {
        table.rows().filter(|row| row.text("measure") == measure.id && row.text("plan") == plan).collect()
    };
    let mut headings = vec!["hours".to_owned()];
    let mut columns: Vec<Vec<Value>> = vec![of(plans.first()?).iter().map(|row| row.number("time_h").into()).collect()];
    let mut moves = false;
    for plan in plans {
        let rows = of(plan);
        for band in bands {
            headings.push(if *band == "p50" { short(plan, 40) } else { format!("{} {band}", short(plan, 36)) });
            let numbers: Vec<Option<f64>> = rows.iter().map(|row| row.number(band)).collect();
            moves |= numbers.iter().flatten().any(|number| Some(*number) != numbers.iter().flatten().next().copied());
            columns.push(numbers.into_iter().map(Value::from).collect());
        }
    }
    if !moves {
        return None;
    }
    let title = short(&measure.title, 62);
    let source = data.add(&title, headings, columns);
    let mut lines = Vec::new();
    for plan in 0..plans.len() {
        for band in 0..bands.len() {
            let column = (1 + plan * bands.len() + band) as u16;
            lines.push(Line { edge: band > 0, ..Line::of(source, (0, column), column, plan) });
        }
    }
    let axis = short(&with_unit(&measure.title, &measure.unit), 46);
    let lines = Lines {
        source,
        lines,
        axes: [("Hours since the start", "General"), (&axis, "General")],
        ends: None,
        alt: &title,
        size: HALF,
    };
    Some(lines.draw())
}
