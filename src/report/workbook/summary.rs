//! The sheets that are opened first: a plan a row, the odds of every contingency, and plan against plan.

use super::Problem;
use super::chart::{Bars, ChartData, PLANS};
use super::page::{Heading, Kind, Page, Value, heading};
use crate::report::kept::{KeptRow, KeptTable};
use crate::report::results::{Outcome, Results};
use crate::report::scan::Scan;
use crate::report::text::short;
use rust_xlsxwriter::Worksheet;

/// Contingencies that a chart shows at most.
const SHOWN: usize = 10;

/// Pixels across a landscape page.
const ACROSS: u32 = 940;

fn widths(headings: &[Heading]) -> Vec<f64> {
    headings.iter().map(|heading| heading.width).collect()
}

/// One row a plan: how often nothing that is feared happens, what it costs, and what the comparison shows.
pub(super) fn summary(
    sheet: &mut Worksheet,
    results: &Results,
    scan: Option<&Scan>,
    verdicts: &[String],
    data: &mut ChartData,
) -> Result<(), Problem> {
    let mut headings = vec![
        heading("Plan", Kind::Text, 26.0),
        heading("Runs in which nothing feared happens", Kind::Bar, 18.0),
        heading("95 % interval, from", Kind::Share, 11.0),
        heading("to", Kind::Share, 9.0),
        heading("Runs", Kind::Whole, 10.0),
    ];
    let with_cost = results.measures().any(|measure| measure.id == "cost");
    if with_cost {
        headings.push(heading("Mean cost, in points", Kind::Figure, 11.0));
    }
    let shown = results.table("verdicts.csv")?;
    if shown.is_some() {
        headings.push(heading("Shown to be better on", Kind::Text, 28.0));
        headings.push(heading("Shown to be worse on", Kind::Text, 22.0));
        headings.push(heading("Beaten by", Kind::Text, 18.0));
    }
    let levels = results.table("plans.csv")?;
    let mut page =
        Page::begin(sheet, ("Summary", &results.scenario().title), results.tlp(), &widths(&headings), verdicts)?;
    let mut rows = Vec::new();
    for plan in &results.plans {
        let level = |outcome: &str, stat: &str| {
            let fits =
                |row: &KeptRow| row.text("plan") == plan && row.text("outcome") == outcome && row.text("stat") == stat;
            levels.as_ref().and_then(|table| table.rows().find(fits))
        };
        let mut row = vec![Value::from(plan.as_str())];
        match scan.and_then(|scan| scan.plans.iter().find(|known| known.name == *plan)) {
            Some(found) => {
                let interval = found.spared.wilson();
                row.push(Value::from((found.spared.n > 0).then(|| found.spared.value())));
                row.push(Value::from(interval.map(|interval| interval.low)));
                row.push(Value::from(interval.map(|interval| interval.high)));
                row.push(Value::Number(found.spared.n as f64));
            }
            None => {
                let found = level("all", "satisficing");
                row.extend(
                    ["value", "ci_lo", "ci_hi", "n"].map(|name| Value::from(found.and_then(|row| row.number(name)))),
                );
            }
        }
        if with_cost {
            let mean = results.figure(plan, "cost", "mean").value;
            row.push(Value::from(mean.or_else(|| level("cost", "mean").and_then(|row| row.number("value")))));
        }
        if let Some(shown) = &shown {
            let found = shown.rows().find(|row| row.text("plan") == plan);
            let text = |name| found.map(|row| row.text(name).replace(' ', ", ")).unwrap_or_default();
            let reference = found.is_some_and(|row| row.text("against").is_empty());
            row.push(if reference { "(the others are held against this plan)".into() } else { text("better").into() });
            row.push(text("worse").into());
            row.push(found.map(|row| row.text("dominated_by")).unwrap_or_default().into());
        }
        rows.push(row);
    }
    page.table("Summary", &headings, &rows)?;
    if results.has_batch() && results.contingencies().next().is_some() {
        page.chart(&odds_chart(results, data))?;
        let all = results.contingencies().count();
        if all > SHOWN || results.plans.len() > PLANS {
            page.words(&format!(
                "The chart shows the first {SHOWN} contingencies and {PLANS} plans; the sheet Odds has all."
            ))?;
        }
    }
    // A chart must not be cut by the end of a page.
    page.sheet.set_print_fit_to_pages(1, 1);
    Ok(())
}

fn odds_chart(results: &Results, data: &mut ChartData) -> super::chart::Placed {
    let shown: Vec<&Outcome> = results.contingencies().take(SHOWN).collect();
    let plans: Vec<&String> = results.plans.iter().take(PLANS).collect();
    let mut headings = vec!["Contingency".to_owned()];
    let mut columns = vec![shown.iter().map(|outcome| short(&outcome.title, 70).into()).collect::<Vec<Value>>()];
    for plan in &plans {
        headings.extend([short(plan, 40), "interval below".to_owned(), "interval above".to_owned()]);
        let found = || shown.iter().map(|outcome| results.figure(plan, &outcome.id, "share"));
        columns.push(found().map(|figure| figure.value.into()).collect());
        let reach =
            |from: Option<f64>, to: Option<f64>| Value::from(from.zip(to).map(|(from, to)| (to - from).max(0.0)));
        columns.push(found().map(|figure| reach(figure.low, figure.value)).collect());
        columns.push(found().map(|figure| reach(figure.value, figure.high)).collect());
    }
    let highest =
        plans.iter().flat_map(|plan| shown.iter().map(|outcome| results.figure(plan, &outcome.id, "share").high));
    let highest = highest.flatten().fold(0.0, f64::max);
    let source = data.add("Odds of each contingency, with intervals at 95 %", headings, columns);
    Bars {
        source,
        series: plans.len(),
        names: shown.len(),
        axis: "Share of simulated runs",
        ends: (0.0, if highest > 0.5 { 1.0 } else { (highest * 10.0).ceil().max(1.0) / 10.0 }),
        format: "0%",
        on_one_line: false,
        alt: "Bar chart of the share of simulated runs in which each contingency came about, by plan",
        width: ACROSS,
    }
    .draw()
}

/// One row a contingency and plan.
pub(super) fn odds(sheet: &mut Worksheet, results: &Results) -> Result<(), Problem> {
    let differences = results.table("compare.csv")?;
    let mut headings = vec![
        heading("Contingency", Kind::Text, 42.0),
        heading("Plan", Kind::Text, 20.0),
        heading("Share of runs", Kind::Bar, 14.0),
        heading("95 % interval, from", Kind::Share, 10.0),
        heading("to", Kind::Share, 9.0),
        heading("First happens: median [h]", Kind::Figure, 11.0),
        heading("earliest 5 % by [h]", Kind::Figure, 11.0),
        heading("latest 5 % from [h]", Kind::Figure, 11.0),
        heading("Lasts: mean [h]", Kind::Figure, 9.0),
        heading("Runs", Kind::Whole, 9.0),
    ];
    if differences.is_some() {
        headings.push(heading("Against the reference", Kind::Text, 14.0));
    }
    let words = [
        "Share of simulated runs under these assumptions. Times are hours since the start, among the runs in which it happened.",
    ];
    let mut page = Page::begin(
        sheet,
        ("Odds", "What the planner fears"),
        results.tlp(),
        &widths(&headings),
        &words.map(str::to_owned),
    )?;
    let mut rows = Vec::new();
    for outcome in results.contingencies() {
        for plan in &results.plans {
            let figure = |stat| results.figure(plan, &outcome.id, stat);
            let share = figure("share");
            let mut row =
                vec![outcome.title.as_str().into(), plan.as_str().into(), share.value.into(), share.low.into()];
            row.push(share.high.into());
            row.extend(["onset_p50", "onset_p5", "onset_p95", "duration_mean"].map(|stat| figure(stat).value.into()));
            row.push(share.n.into());
            if let Some(table) = &differences {
                let fits = |row: &KeptRow| {
                    row.text("plan") == plan && row.text("outcome") == outcome.id && row.text("stat") == "share"
                };
                row.push(table.rows().find(fits).map_or("(reference)", |row| row.text("shown")).into());
            }
            rows.push(row);
        }
    }
    let first = page.table("Odds", &headings, &rows)?;
    page.freeze(first, 2)?;
    page.fit_width();
    Ok(())
}

/// Plan against plan, on the same runs.
pub(super) fn compare(sheet: &mut Worksheet, results: &Results, differences: &KeptTable) -> Result<(), Problem> {
    let headings = [
        heading("Outcome", Kind::Text, 34.0),
        heading("Figure", Kind::Text, 13.0),
        heading("Plan", Kind::Text, 18.0),
        heading("Difference", Kind::Figure, 11.0),
        heading("95 % interval, from", Kind::Figure, 10.0),
        heading("to", Kind::Figure, 10.0),
        heading("Unit", Kind::Text, 7.0),
        heading("Shown", Kind::Text, 11.0),
        heading("p, adjusted", Kind::Chance, 9.0),
        heading("Runs better", Kind::Share, 8.0),
        heading("Runs same", Kind::Share, 8.0),
        heading("Runs worse", Kind::Share, 8.0),
        heading("Runs", Kind::Whole, 8.0),
    ];
    let against = differences.rows().next().map(|row| row.text("against").to_owned()).unwrap_or_default();
    let words = [
        format!(
            "Each plan is held against plan {against} on the same simulated runs; what both share cancels out. The difference is the \
             plan's figure less that of {against}; shares are in points of percent."
        ),
        "A difference is called shown if it holds at 5 % for all tests together (Holm). No difference shown is not no difference: the \
         interval says how large one could be."
            .to_owned(),
    ];
    let mut page = Page::begin(sheet, ("Compare", "Which plan is better"), results.tlp(), &widths(&headings), &words)?;
    let mut rows = Vec::new();
    for row in differences.rows() {
        let share = row.text("stat") == "share";
        let amount = |name: &str| Value::from(row.number(name).map(|value| if share { value * 100.0 } else { value }));
        let stat = match row.text("stat") {
            "share" => "share of runs",
            "onset_mean" => "mean onset",
            "median_of_differences" => "median of differences",
            other => other,
        };
        rows.push(vec![
            results.title(row.text("outcome")).into(),
            stat.into(),
            row.text("plan").into(),
            amount("difference"),
            amount("ci_lo"),
            amount("ci_hi"),
            if share { "points" } else { row.text("unit") }.into(),
            row.text("shown").into(),
            row.number("p_holm").into(),
            row.number("runs_better").into(),
            row.number("runs_same").into(),
            row.number("runs_worse").into(),
            row.number("n").into(),
        ]);
    }
    let first = page.table("Compare", &headings, &rows)?;
    page.freeze(first, 1)?;
    page.fit_width();
    Ok(())
}
