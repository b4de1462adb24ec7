//! Seven states of 2020, with what was known of them before the night, against what was published through it (acceptance 1 of the count).
//!
//! `cargo test --release --test count validation -- --ignored --nocapture` writes the table anew into `docs/validation.md`.

use crate::case::{Case, HOUR, Seen, median, taken};
use std::fmt::Write as _;
use std::fs::read_to_string;

const STATES: [&str; 7] = ["pa", "mi", "wi", "ga", "az", "nc", "fl"];
const RUNS: u64 = 40;
/// Marks up to here are read from runs that end here, whose readings lie twelve minutes apart.
const FIRST_NIGHT: f64 = 12.0;

/// What was published.
struct Record {
    leads: Vec<(f64, f64)>,
    peak: f64,
    last_change: Option<f64>,
    to_95: f64,
    call: Option<f64>,
}

/// What the model gives, in the middle of its runs.
struct Modelled {
    final_margin: f64,
    mirage: f64,
    last_change: f64,
    to_95: f64,
    call: f64,
    /// Lead at the first mark of the record.
    early_lead: f64,
    /// Root mean square of the lead's difference from the record, in points of the final vote.
    path: f64,
}

fn record(state: &str) -> Record {
    let text = read_to_string("tests/published/record-2020.csv").expect("a file of this repository");
    let mut record = Record { leads: Vec::new(), peak: 0.0, last_change: None, to_95: 0.0, call: None };
    for line in text.lines().filter(|line| line.starts_with(state)) {
        let fields: Vec<&str> = line.split(',').collect();
        let hours: f64 = fields[2].parse().expect("hours");
        let value = || fields[3].parse::<f64>().expect("a value");
        match fields[1] {
            "lead" => record.leads.push((hours, value())),
            "peak-of-loser" => record.peak = value() / 100.0,
            "last-lead-change" => record.last_change = Some(hours),
            "time-to-95" => record.to_95 = hours,
            "call" => record.call = Some(hours),
            other => panic!("{other}"),
        }
    }
    record
}

/// The scenario of a state, with the readings the comparison needs, as it is and cut off after the first night.
fn cases(state: &str) -> [Case; 2] {
    let text = read_to_string(format!("tests/published/{state}-2020.toml")).expect("a file of this repository");
    let name = |key: &str| format!("count.{state}.{key}");
    let (published, final_margin, mirage) = (name("published"), name("final-margin"), name("mirage"));
    let (change, to_95, call) = (name("last-lead-change"), name("time-to-95"), format!("call.{state}.time"));
    let lead = format!("{published} * {}", name("lead"));
    let text = text
        + &taken(
            "last",
            &[
                ("lead", &lead),
                ("final-margin", &final_margin),
                ("mirage", &mirage),
                ("change", &change),
                ("to-95", &to_95),
                ("call", &call),
            ],
        );
    let start = text.lines().find_map(|line| line.strip_prefix("start = ")).expect("a start").to_owned();
    let end = text.lines().find_map(|line| line.strip_prefix("end = ")).expect("an end").to_owned();
    let parse = |moment: &str| moment.parse::<jiff::Timestamp>().expect("a literal moment");
    let night = parse(&start) + jiff::SignedDuration::from_hours(FIRST_NIGHT as i64);
    [Case::of(&text.replace(&end, &night.to_string())), Case::of(&text)]
}

fn modelled(state: &str, record: &Record) -> Modelled {
    let [night, whole] = cases(state);
    let (first, runs) = (night.runs(RUNS), whole.runs(RUNS));
    let middle = |id: &str| median(runs.iter().map(|seen| seen.measure(id)));
    let ballots = ballots(state);
    let lead = |hours: f64| {
        let from: &[Seen] = if hours <= FIRST_NIGHT { &first } else { &runs };
        median(from.iter().map(|seen| seen.course("lead", hours)))
    };
    let square = |(hours, published): &(f64, f64)| {
        let miss = 100.0 * (lead(*hours) - published) / ballots;
        miss * miss
    };
    let squares: Vec<f64> = record.leads.iter().map(square).collect();
    Modelled {
        final_margin: middle("final-margin"),
        mirage: middle("mirage"),
        last_change: middle("change") / HOUR,
        to_95: middle("to-95") / HOUR,
        call: middle("call") / HOUR,
        early_lead: lead(record.leads[0].0),
        path: (squares.iter().sum::<f64>() / squares.len() as f64).sqrt(),
    }
}

fn ballots(state: &str) -> f64 {
    let text = read_to_string(format!("tests/published/{state}-2020.toml")).expect("a file of this repository");
    let ballots = text.lines().find_map(|line| line.strip_prefix("ballots = ")).expect("ballots");
    ballots.replace('_', "").parse().expect("a number")
}

const OPENING: &str = "<!-- count: written by `cargo test --release --test count validation -- --ignored` -->";
const CLOSING: &str = "<!-- /count -->";

/// The table of all states, each figure as model / record, and what the acceptance asks of it.
fn table() -> (String, Vec<String>) {
    let mut text = String::from(
        "| state | loser's highest lead, % | last lead change, h | 95 % published, h | call, h | path, points |\n|---|---|---|---|---|---|\n",
    );
    let mut missed = Vec::new();
    let mut signs = 0;
    for state in STATES {
        let record = record(state);
        let model = modelled(state, &record);
        let hours = |hours: Option<f64>| hours.map_or("-".to_owned(), |hours| format!("{hours:.1}"));
        writeln!(
            text,
            "| {} | {:.1} / {} | {:.1} / {} | {:.1} / {:.1} | {} / {} | {:.2} |",
            state.to_uppercase(),
            100.0 * model.mirage,
            if record.peak > 0.0 { format!("{:.1}", 100.0 * record.peak) } else { "none".to_owned() },
            model.last_change,
            hours(record.last_change),
            model.to_95,
            record.to_95,
            hours(Some(model.call).filter(|hours| *hours > 0.0)),
            hours(record.call),
            model.path,
        )
        .expect("a string takes everything");
        signs += usize::from(model.early_lead * record.leads[0].1 > 0.0);
        let twofold = |model: f64, record: f64| model / record <= 2.0 && record / model <= 2.0;
        if model.path > 3.5 {
            missed.push(format!("{state}: path {:.2}", model.path));
        }
        if !twofold(model.to_95, record.to_95) {
            missed.push(format!("{state}: 95 % after {:.1}", model.to_95));
        }
        if let Some(change) = record.last_change.filter(|_| model.final_margin.abs() > 0.005)
            && !twofold(model.last_change, change)
        {
            missed.push(format!("{state}: last change after {:.1}", model.last_change));
        }
    }
    if signs < 6 {
        missed.push(format!("early leads: {signs} of 7"));
    }
    (text, missed)
}

#[test]
fn the_night_of_2020_takes_its_course_in_seven_states() {
    let (text, missed) = table();
    assert!(missed.is_empty(), "{missed:#?}\n{text}");
    let page = read_to_string("docs/validation.md").expect("a page of this repository");
    let shown = page.split_once(OPENING).and_then(|(_, rest)| rest.split_once(CLOSING)).expect("the table of the count").0;
    assert_eq!(shown.trim(), text.trim(), "docs/validation.md is stale: run the command that it names");
}

#[test]
#[ignore = "writes the table of the count into docs/validation.md"]
fn validation() {
    let (text, _) = table();
    println!("{text}");
    let page = read_to_string("docs/validation.md").expect("a page of this repository");
    let (before, rest) = page.split_once(OPENING).expect("where the table begins");
    let (_, after) = rest.split_once(CLOSING).expect("where it ends");
    let page = format!("{before}{OPENING}\n\n{text}\n{CLOSING}{after}");
    std::fs::write("docs/validation.md", page).expect("a page that can be written");
}
