//! The charts of a workbook: which must be there follows from the tables, chart by chart.

use crate::program::Desk;
use crate::{parts, with_batch};
use calamine::{Reader, Xlsx, open_workbook};
use std::collections::BTreeMap;

/// A curve of fewer values is not drawn.
const FEW: usize = 20;

/// Rows of a stored table, each by heading.
fn stored(desk: &Desk, path: &str) -> Vec<BTreeMap<String, String>> {
    let text = desk.read(path);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headings = reader.headers().unwrap().clone();
    let by_heading = |row: csv::StringRecord| headings.iter().zip(&row).map(|(a, b)| (a.into(), b.into())).collect();
    reader.records().map(|row| by_heading(row.unwrap())).collect()
}

/// Titles of the columns of `runs.csv` that begin with this, by id.
fn titles(desk: &Desk, prefix: &str) -> Vec<(String, String)> {
    let rows = stored(desk, "outputs/starter/dictionary.csv");
    let own = |row: &&BTreeMap<String, String>| {
        row["file"] == "runs.csv" && row["column"].starts_with(prefix) && !row["column"].ends_with("_onset_h")
    };
    rows.iter().filter(own).map(|row| (row["column"][2..].to_owned(), row["meaning"].clone())).collect()
}

/// Different values among those of a plan, and whether there are enough of them for a curve.
fn varies(rows: &[BTreeMap<String, String>], column: &str) -> bool {
    let mut of_plan: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for row in rows.iter().filter(|row| !row[column].is_empty()) {
        of_plan.entry(&row["plan"]).or_default().push(&row[column]);
    }
    of_plan.values().any(|values| values.len() >= FEW && values.iter().any(|value| value != &values[0]))
}

fn outcomes_of(rows: &[BTreeMap<String, String>], fits: impl Fn(&BTreeMap<String, String>) -> bool) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for row in rows.iter().filter(|row| fits(row)) {
        if !found.contains(&row["outcome"]) {
            found.push(row["outcome"].clone());
        }
    }
    found
}

/// The charts that the tables call for, sheet after sheet.
fn wanted(desk: &Desk) -> Vec<String> {
    let (contingencies, measures) = (titles(desk, "k_"), titles(desk, "m_"));
    let title = |id: &String| {
        let known = contingencies.iter().chain(&measures).find(|(column, _)| column.replace('_', "-") == *id);
        known.expect("an outcome of a study is one of the batch").1.clone()
    };
    let mut wanted = vec!["Odds of each contingency, with intervals at 95 %".to_owned()];
    let swings = stored(desk, "outputs/starter-drivers/one_at_a_time.csv");
    let moved = |row: &BTreeMap<String, String>| row["swing"].parse().is_ok_and(|swing: f64| swing != 0.0);
    wanted.extend(outcomes_of(&swings, moved).iter().map(|id| format!("One at a time: {}", title(id))));
    let drivers = stored(desk, "outputs/starter-drivers/drivers.csv");
    wanted.extend(outcomes_of(&drivers, |row| row["above_noise"] == "1").iter().map(title));
    let runs = stored(desk, "outputs/starter/runs.csv");
    let came = contingencies.iter().filter(|(id, _)| varies(&runs, &format!("k_{id}_onset_h")));
    wanted.extend(came.map(|(_, title)| format!("By when: {title}")));
    let spread = measures.iter().filter(|(id, _)| varies(&runs, &format!("m_{id}")));
    wanted.extend(spread.map(|(_, title)| format!("Exceedance: {title}")));
    let series = stored(desk, "outputs/starter/series.csv");
    let moves = |id: &str| {
        let of = |plan: &str, band: &str| -> Vec<String> {
            let own = series.iter().filter(|row| row["measure"] == id.replace('_', "-") && row["plan"] == plan);
            own.map(|row| row[band].clone()).collect()
        };
        let mut bands =
            ["today", "with-mirror"].iter().flat_map(|plan| ["p5", "p50", "p95"].map(|band| of(plan, band)));
        bands.any(|values| values.iter().any(|value| value != &values[0]))
    };
    wanted.extend(measures.iter().filter(|(id, _)| moves(id)).map(|(_, title)| title.clone()));
    wanted
}

#[test]
fn every_chart_that_the_tables_call_for_is_drawn_with_its_title_and_axes() {
    let desk = with_batch("300");
    let drivers = ["drivers", "starter.toml", "--runs", "300", "-q", "--for", "dark-page", "--one-at-a-time"];
    desk.call(&drivers).succeeds();
    desk.call(&["export", "outputs/starter", "outputs/starter-drivers", "--xlsx"]).succeeds();
    let path = desk.path("outputs/starter/report.xlsx");
    let mut book: Xlsx<_> = open_workbook(&path).unwrap();
    let data = book.worksheet_range("Chart data").unwrap();
    let mut charts: Vec<(u32, String)> = Vec::new();
    for (name, text) in parts(&path) {
        let Some(number) = name.strip_prefix("xl/charts/chart").and_then(|rest| rest.strip_suffix(".xml")) else {
            continue;
        };
        // The names beside bars say themselves what they are.
        let axes = if text.contains("<c:barChart>") { 1 } else { 2 };
        assert_eq!(text.matches("<c:title>").count(), 1 + axes, "{name}: the chart and its axes have titles");
        let (_, cell) = text.split_once("<c:f>'Chart data'!$A$").unwrap();
        let row: u32 = cell.split('<').next().unwrap().parse().unwrap();
        charts.push((number.parse().unwrap(), data.get_value((row - 1, 0)).unwrap().to_string()));
    }
    charts.sort();
    let shown: Vec<&str> = charts.iter().map(|(_, title)| title.as_str()).collect();
    let wanted = wanted(&desk);
    assert_eq!(shown.len(), wanted.len(), "drawn: {shown:#?}\ncalled for: {wanted:#?}");
    for (shown, wanted) in shown.iter().zip(&wanted) {
        assert!(wanted.starts_with(shown.trim_end_matches('…')), "{shown:?} where {wanted:?} should be");
    }
}
