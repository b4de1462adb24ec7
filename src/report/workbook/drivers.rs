//! What moves the outcomes: tornado charts with their captions, and the table behind them.

use super::Problem;
use super::chart::{Bars, ChartData, Placed};
use super::page::{Kind, Page, Value, heading};
use crate::report::kept::{KeptRow, KeptTable};
use crate::report::results::{Results, with_unit};
use crate::report::text::short;
use crate::report::verdict::driver_in_words;
use rust_xlsxwriter::Worksheet;

/// Inputs in a chart, and charts, at most.
const INPUTS: usize = 10;
const CHARTS: usize = 12;

/// Pixels across half a landscape page.
const HALF: u32 = 470;

/// Outcomes of a table, each once, in its order.
fn outcomes<'a>(table: &'a KeptTable, column: &str) -> Vec<&'a str> {
    let mut found: Vec<&str> = Vec::new();
    for row in table.rows() {
        if !found.contains(&row.text(column)) {
            found.push(row.text(column));
        }
    }
    found
}

/// The charts.
pub(super) fn charts(
    sheet: &mut Worksheet,
    results: &Results,
    table: &KeptTable,
    swings: Option<&KeptTable>,
    data: &mut ChartData,
) -> Result<(), Problem> {
    let plan = table.rows().next().map(|row| row.text("plan").to_owned()).unwrap_or_default();
    let mut words = vec![format!(
        "Plan {plan}. Bars are rank correlations with the outcome: to the right, more of the input goes with more of the outcome. The \
         whisker is the 95 % interval. Only inputs above what chance alone would show are drawn."
    )];
    let mut drawn = Vec::new();
    for swing in swings.iter().flat_map(|table| outcomes(table, "outcome")) {
        drawn.extend(swings.and_then(|table| swing_chart(results, table, swing, data)));
    }
    let all = outcomes(table, "outcome");
    let mut silent = Vec::new();
    for outcome in &all {
        let above = |row: &KeptRow| row.text("outcome") == *outcome && row.number("above_noise") == Some(1.0);
        let rows: Vec<KeptRow> = table.rows().filter(above).take(INPUTS).collect();
        match rows.first() {
            Some(first) if drawn.len() < CHARTS => {
                words.push(driver_in_words(results, outcome, first));
                drawn.push(tornado(results, outcome, &rows, data));
            }
            Some(_) => {}
            None => silent.push(results.title(outcome).to_owned()),
        }
    }
    if !silent.is_empty() {
        words.push(format!("No input stands out for: {}.", silent.join("; ")));
    }
    if drawn.len() == CHARTS {
        words.push(format!("At most {CHARTS} charts are drawn; the sheet Drivers data has every outcome."));
    }
    let mut page = Page::begin(sheet, ("Drivers", "What moves the outcomes"), results.tlp(), &[13.0; 10], &words)?;
    page.charts(&drawn, 5)?;
    Ok(())
}

fn tornado(results: &Results, outcome: &str, rows: &[KeptRow], data: &mut ChartData) -> Placed {
    let reach = |row: &KeptRow, low: &str, high: &str| {
        Value::from(row.number(low).zip(row.number(high)).map(|(low, high)| (high - low).max(0.0)))
    };
    let columns = vec![
        rows.iter().map(|row| short(row.text("input"), 44).into()).collect(),
        rows.iter().map(|row| row.number("correlation").into()).collect(),
        rows.iter().map(|row| reach(row, "correlation_lo", "correlation")).collect(),
        rows.iter().map(|row| reach(row, "correlation", "correlation_hi")).collect(),
    ];
    let headings = ["Input", "Rank correlation", "interval below", "interval above"].map(str::to_owned).to_vec();
    let title = short(results.title(outcome), 60);
    let source = data.add(&title, headings, columns);
    Bars {
        source,
        series: 1,
        names: rows.len(),
        axis: "Rank correlation with the outcome",
        ends: (-1.0, 1.0),
        format: "0.0",
        on_one_line: true,
        alt: &format!("Tornado chart of what moves {title}"),
        width: HALF,
    }
    .draw()
}

/// One input at a time, at its 5th and 95th percentile, against the middle.
fn swing_chart(results: &Results, table: &KeptTable, outcome: &str, data: &mut ChartData) -> Option<Placed> {
    let size = |row: &KeptRow| row.number("swing").unwrap_or_default().abs();
    let mut rows: Vec<KeptRow> = table.rows().filter(|row| row.text("outcome") == outcome && size(row) > 0.0).collect();
    rows.sort_by(|a, b| size(b).total_cmp(&size(a)));
    rows.truncate(INPUTS);
    let ends =
        |at: &str| rows.iter().filter_map(|row| Some(row.number(at)? - row.number("at_p50")?)).collect::<Vec<f64>>();
    let widest = ends("at_p5").into_iter().chain(ends("at_p95")).fold(0.0, |widest: f64, end| widest.max(end.abs()));
    if widest == 0.0 {
        return None;
    }
    let moved = |at: &'static str| -> Vec<Value> {
        rows.iter()
            .map(|row| row.number(at).zip(row.number("at_p50")).map(|(value, middle)| value - middle).into())
            .collect()
    };
    // Differences of this chart carry no whiskers: the intervals of the table are those of the levels, not of their differences.
    let none = || vec![Value::Number(0.0); rows.len()];
    let columns = vec![
        rows.iter().map(|row| short(row.text("input"), 44).into()).collect(),
        moved("at_p5"),
        none(),
        none(),
        moved("at_p95"),
        none(),
        none(),
    ];
    let headings =
        ["Input", "at its 5th percentile", "", "", "at its 95th percentile", "", ""].map(str::to_owned).to_vec();
    let title = short(&format!("One at a time: {}", results.title(outcome)), 60);
    let names = rows.len();
    let step = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0].into_iter().find(|step| widest <= *step);
    let end = step.unwrap_or_else(|| widest.ceil());
    let source = data.add(&title, headings, columns);
    let unit = results.outcomes.iter().find(|known| known.id == outcome).map_or("", |known| known.unit.as_str());
    let share = results.contingencies().any(|known| known.id == outcome);
    let axis = with_unit("Change of the mean against the input's middle", if share { "" } else { unit });
    let bars = Bars {
        source,
        series: 2,
        names,
        axis: &axis,
        ends: (-end, end),
        format: if share { "0%" } else { "General" },
        on_one_line: true,
        alt: &title,
        width: HALF,
    };
    Some(bars.draw())
}

/// The table.
pub(super) fn table(sheet: &mut Worksheet, results: &Results, table: &KeptTable) -> Result<(), Problem> {
    let headings = [
        heading("Outcome", Kind::Text, 30.0),
        heading("Rank", Kind::Whole, 6.0),
        heading("Input", Kind::Text, 34.0),
        heading("Rank correlation", Kind::Figure, 11.0),
        heading("95 % interval, from", Kind::Figure, 9.0),
        heading("to", Kind::Figure, 8.0),
        heading("Share of variance it explains alone", Kind::Share, 12.0),
        heading("what chance alone would show", Kind::Share, 10.0),
        heading("Stands out", Kind::Text, 8.0),
        heading("One direction", Kind::Text, 10.0),
        heading("Basis", Kind::Text, 10.0),
        heading("As written in the scenario", Kind::Text, 44.0),
    ];
    let words = ["The share of variance is Sobol's index of first order, estimated from the runs at hand.".to_owned()];
    let widths: Vec<f64> = headings.iter().map(|heading| heading.width).collect();
    let title = "Every input and every outcome";
    let mut page = Page::begin(sheet, ("Drivers data", title), results.tlp(), &widths, &words)?;
    let yes = |number: Option<f64>| if number == Some(1.0) { "yes" } else { "no" };
    let rows: Vec<Vec<Value>> = table
        .rows()
        .map(|row| {
            vec![
                results.title(row.text("outcome")).into(),
                row.number("rank").into(),
                row.text("input").into(),
                row.number("correlation").into(),
                row.number("correlation_lo").into(),
                row.number("correlation_hi").into(),
                row.number("index").map(|index| index.max(0.0)).into(),
                row.number("index_bar").into(),
                yes(row.number("above_noise")).into(),
                if row.number("not_monotone") == Some(1.0) { "no" } else { "yes" }.into(),
                row.text("basis").into(),
                row.text("written").into(),
            ]
        })
        .collect();
    let first = page.table("Drivers", &headings, &rows)?;
    page.freeze(first, 1)?;
    page.fit_width();
    Ok(())
}
