//! The workbook: its sheets, what stands in them, and that it is always the same.

use crate::{parts, with_batch};
use calamine::{Data, DataType, Range, Reader, Xlsx, open_workbook};
use std::path::Path;

fn open(path: &Path) -> Xlsx<std::io::BufReader<std::fs::File>> {
    open_workbook(path).unwrap()
}

/// Where a text stands, and the sheet below and right of it.
fn find(sheet: &Range<Data>, text: &str) -> (u32, u32) {
    let cell = sheet.used_cells().find(|(_, _, cell)| cell.get_string() == Some(text));
    let (row, column, _) = cell.unwrap_or_else(|| panic!("no {text:?}"));
    let (top, left) = sheet.start().unwrap();
    (top + row as u32, left + column as u32)
}

/// The rows of a table whose first heading is this, as texts, up to the first row that is empty.
fn table(sheet: &Range<Data>, heading: &str) -> Vec<Vec<String>> {
    let (top, left) = find(sheet, heading);
    let (last, right) = sheet.end().unwrap();
    let text = |row, column| sheet.get_value((row, column)).map(Data::to_string).unwrap_or_default();
    (top + 1..=last)
        .map(|row| (left..=right).map(|column| text(row, column)).collect::<Vec<String>>())
        .take_while(|row| !row[0].is_empty())
        .collect()
}

#[test]
fn a_batch_alone_has_its_sheets_in_order_and_says_what_is_missing() {
    let desk = with_batch("300");
    let said = desk.call(&["export", "outputs/starter", "--xlsx"]).succeeds().out_has("outputs/starter/report.xlsx");
    assert_eq!(said.out.lines().count(), 1);
    let mut book = open(&desk.path("outputs/starter/report.xlsx"));
    let names = book.sheet_names();
    let expected = [
        "Read me",
        "Summary",
        "Odds",
        "Percentiles",
        "Curves",
        "Timeline",
        "Timeline data",
        "Runs",
        "Worst cases",
        "Assumptions",
        "Data dictionary",
        "Checks",
        "Chart data",
    ];
    assert_eq!(names, expected);
    let first = book.worksheet_range("Read me").unwrap();
    let words: String = first.used_cells().map(|(_, _, cell)| format!("{cell} ")).collect();
    for part in [
        "TLP:CLEAR · simulated, exercise data",
        "share of simulated runs under these assumptions",
        "no forecast",
        "canvass compare FILE",
        "canvass drivers FILE",
        "300 runs (0 to 299) each",
    ] {
        assert!(words.contains(part), "no {part:?} in {words}");
    }
    assert!(words.contains(desk.read("starter.toml").split("question").nth(1).unwrap().split('"').nth(1).unwrap()));
}

#[test]
fn the_odds_and_percentiles_are_those_of_the_tables() {
    let desk = with_batch("400");
    desk.call(&["export", "outputs/starter", "--xlsx"]).succeeds();
    let mut book = open(&desk.path("outputs/starter/report.xlsx"));
    let odds = table(&book.worksheet_range("Odds").unwrap(), "Contingency");
    let summary = desk.read("outputs/starter/summary.csv");
    let mut reader = csv::Reader::from_reader(summary.as_bytes());
    let shares: Vec<csv::StringRecord> =
        reader.records().map(Result::unwrap).filter(|row| &row[3] == "share").collect();
    assert_eq!(odds.len(), shares.len());
    for share in &shares {
        let row = odds.iter().find(|row| row[1] == share[0] && row[2..5] == [&share[4], &share[5], &share[6]]);
        assert!(row.is_some(), "{share:?} is not in {odds:?}");
    }
    // A percentile is the value at or below which that share of the runs lies, to the 0.1 % that is promised.
    let runs = desk.read("outputs/starter/runs.csv");
    let mut reader = csv::Reader::from_reader(runs.as_bytes());
    let headings = reader.headers().unwrap().clone();
    let place = headings.iter().position(|heading| heading.starts_with("m_")).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let percentiles = table(&book.worksheet_range("Percentiles").unwrap(), "Outcome");
    for row in percentiles.iter().filter(|row| row[0] == percentiles[0][0]) {
        let mut values: Vec<f64> =
            rows.iter().filter(|run| run[0] == row[1]).filter_map(|run| run[place].parse().ok()).collect();
        values.sort_by(f64::total_cmp);
        assert_eq!(row[3].parse::<usize>().unwrap(), values.len());
        let middle = values[(values.len() as f64 * 0.5).ceil() as usize - 1];
        let shown: f64 = row[12].parse().unwrap();
        assert!((shown - middle).abs() <= middle.abs() * 0.001, "p50 {shown} against {middle}");
    }
}

#[test]
fn the_assumptions_are_all_numbers_of_the_ledger() {
    let desk = with_batch("50");
    desk.call(&["export", "outputs/starter", "--xlsx"]).succeeds();
    let mut book = open(&desk.path("outputs/starter/report.xlsx"));
    let shown = table(&book.worksheet_range("Assumptions").unwrap(), "Where it stands");
    let ledger = desk.read("outputs/starter/evidence.csv");
    let mut reader = csv::Reader::from_reader(ledger.as_bytes());
    let headings = reader.headers().unwrap().clone();
    let places = ["path", "basis", "grade", "value", "p5", "p50", "p95", "unit", "source", "plan", "place"]
        .map(|heading| headings.iter().position(|known| known == heading).unwrap());
    let stored: Vec<Vec<String>> = reader
        .records()
        .map(|row| {
            let row = row.unwrap();
            places.map(|place| row[place].strip_prefix('\'').unwrap_or(&row[place]).to_owned()).to_vec()
        })
        .collect();
    assert!(stored.len() > 20);
    assert_eq!(shown, stored);
}

#[test]
fn single_runs_stop_where_they_are_told_to_and_say_so() {
    let desk = with_batch("50");
    desk.call(&["export", "outputs/starter", "--xlsx", "--xlsx-rows", "30"]).succeeds();
    let mut book = open(&desk.path("outputs/starter/report.xlsx"));
    let sheet = book.worksheet_range("Runs").unwrap();
    assert_eq!(table(&sheet, "plan").len(), 30);
    let all = crate::program::rows(&desk.read("outputs/starter/runs.csv"));
    find(&sheet, &format!("The first 30 of {all} rows; all of them are in runs.csv."));
    let shown = table(&sheet, "plan");
    let runs = desk.read("outputs/starter/runs.csv");
    let mut reader = csv::Reader::from_reader(runs.as_bytes());
    for (row, stored) in shown.iter().zip(reader.records()) {
        assert_eq!(row.iter().map(String::as_str).collect::<Vec<_>>(), stored.unwrap().iter().collect::<Vec<_>>());
    }
    desk.call(&["export", "outputs/starter", "--xlsx", "--xlsx-rows", "2000000"]).ends_with(2).err_has("at most");
}

#[test]
fn the_worst_runs_are_those_with_most_contingencies() {
    let desk = with_batch("300");
    desk.call(&["export", "outputs/starter", "--xlsx"]).succeeds();
    let mut book = open(&desk.path("outputs/starter/report.xlsx"));
    let worst = table(&book.worksheet_range("Worst cases").unwrap(), "Plan");
    let runs = desk.read("outputs/starter/runs.csv");
    let mut reader = csv::Reader::from_reader(runs.as_bytes());
    let headings = reader.headers().unwrap().clone();
    let happened: Vec<usize> = headings
        .iter()
        .enumerate()
        .filter(|(_, heading)| heading.starts_with("k_") && !heading.ends_with("_onset_h"))
        .map(|(place, _)| place)
        .collect();
    let count = |row: &csv::StringRecord| happened.iter().filter(|place| &row[**place] == "1").count();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let plan = &worst[0][0];
    let most = rows.iter().filter(|row| row[0] == **plan).map(count).max().unwrap();
    assert_eq!(worst[0][3], most.to_string());
    for row in &worst {
        let run = rows.iter().find(|run| run[0] == *row[0] && run[1] == *row[2]).unwrap();
        assert_eq!(row[3], count(run).to_string(), "{row:?}");
        assert!(row[6].contains(&format!("--run {}", &row[2])), "{row:?}");
    }
}

#[test]
fn folders_of_one_scenario_make_one_workbook() {
    let desk = with_batch("300");
    let common = ["starter.toml", "--runs", "300", "-q"];
    desk.call(&[&["compare"][..], &common].concat()).succeeds();
    desk.call(&[&["drivers", "--for", "dark-page", "--one-at-a-time"][..], &common].concat()).succeeds();
    desk.call(&[&["discover", "--for", "dark-page"][..], &common].concat()).succeeds();
    desk.call(&[&["explain", "--contingency", "dark-page"][..], &common].concat()).succeeds();
    let folders = ["", "-compare", "-drivers", "-discover", "-explain"].map(|end| format!("outputs/starter{end}"));
    let folders: Vec<&str> = folders.iter().map(String::as_str).collect();
    desk.call(&[&["export"], &folders[..], &["--xlsx"]].concat()).succeeds();
    let path = desk.path("outputs/starter/report.xlsx");
    let names = open(&path).sheet_names();
    let expected = [
        "Read me",
        "Summary",
        "Odds",
        "Compare",
        "Drivers",
        "Drivers data",
        "Bad outcomes",
        "Percentiles",
        "Curves",
        "Timeline",
        "Timeline data",
        "Runs",
        "Worst cases",
        "Assumptions",
        "Data dictionary",
        "Checks",
        "Chart data",
    ];
    assert_eq!(names, expected);
    let mut book = open(&path);
    let shown = table(&book.worksheet_range("Compare").unwrap(), "Outcome");
    assert_eq!(shown.len(), crate::program::rows(&desk.read("outputs/starter-compare/compare.csv")));
}

#[test]
fn the_same_results_make_the_same_bytes_then_and_later() {
    let desk = with_batch("200");
    desk.call(&["batch", "starter.toml", "-q", "--runs", "200", "-o", "again", "--xlsx"]).succeeds();
    desk.call(&["export", "outputs/starter", "--xlsx"]).succeeds();
    let read = |name: &str| std::fs::read(desk.path(name)).unwrap();
    assert!(read("again/report.xlsx") == read("outputs/starter/report.xlsx"));
    desk.call(&["export", "outputs/starter", "--xlsx"]).succeeds();
    assert!(read("again/report.xlsx") == read("outputs/starter/report.xlsx"));
}

#[test]
fn a_new_batch_takes_away_the_workbook_of_the_old_one() {
    let desk = with_batch("50");
    desk.call(&["export", "outputs/starter", "--xlsx", "--csv", "excel"]).succeeds();
    assert!(desk.path("outputs/starter/runs.excel.csv").is_file());
    desk.call(&["batch", "starter.toml", "-q", "--runs", "60"]).succeeds();
    crate::program::is_whole(&desk.path("outputs/starter"));
    // What the user put there stays, even where its name is alike.
    let own = ["our-report.xlsx", "votes.parquet", "notes.excel.csv"];
    own.iter().for_each(|name| desk.write(&format!("outputs/starter/{name}"), "ours"));
    desk.call(&["batch", "starter.toml", "-q", "--runs", "50"]).succeeds();
    own.iter().for_each(|name| assert_eq!(desk.read(&format!("outputs/starter/{name}")), "ours"));
}

#[test]
fn what_does_not_belong_together_is_refused() {
    let desk = with_batch("50");
    desk.call(&["export", "outputs/starter"]).ends_with(2).err_has("nothing to export").err_has("--xlsx");
    desk.call(&["export", "nowhere", "--xlsx"]).ends_with(2).err_has("manifest.json");
    desk.call(&["batch", "starter.toml", "-q", "--runs", "50", "-o", "twin"]).succeeds();
    desk.call(&["export", "outputs/starter", "twin", "--xlsx"]).ends_with(2).err_has("same kind");
    desk.write("other.toml", &desk.read("starter.toml").replacen("title", "title ", 1));
    desk.call(&["compare", "other.toml", "-q", "--runs", "50"]).succeeds();
    let said = desk.call(&["export", "outputs/starter", "outputs/other-compare", "--xlsx"]);
    said.ends_with(2).err_has("not of the same scenario");
}

#[test]
fn the_marking_of_the_scenario_is_on_every_sheet() {
    let desk = with_batch("50");
    let text = desk.read("starter.toml").replacen("[scenario]", "[scenario]\ntlp = \"amber+strict\"", 1);
    desk.write("marked.toml", &text);
    desk.call(&["batch", "marked.toml", "-q", "--runs", "50", "--xlsx", "--sipmath"]).succeeds();
    let path = desk.path("outputs/marked/report.xlsx");
    let mut book = open(&path);
    for name in book.sheet_names() {
        find(&book.worksheet_range(&name).unwrap(), "TLP:AMBER+STRICT · simulated, exercise data");
    }
    for (name, text) in parts(&path).iter().filter(|(name, _)| name.starts_with("xl/worksheets/sheet")) {
        assert!(text.contains("<oddHeader>&amp;LTLP:AMBER+STRICT&amp;Rsimulated, exercise data"), "{name}");
    }
    let provenance = open(&desk.path("outputs/marked/sipmath.xlsx")).worksheet_range("Library").unwrap();
    assert!(
        provenance.get_value((1, 1)).unwrap().to_string().starts_with("TLP:AMBER+STRICT, simulated, exercise data")
    );
    assert!(desk.read("outputs/marked/datapackage.json").contains("\"tlp\": \"amber+strict\""));
    desk.write("marked.toml", &text.replace("amber+strict", "pink"));
    desk.call(&["check", "marked.toml"]).ends_with(2).out_has("amber+strict");
}
