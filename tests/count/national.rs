//! A national night: 51 jurisdictions that call their winners one by one (acceptance 4 of the count).

use crate::case::{Case, HOUR, Seen, taken};
use std::fmt::Write as _;
use std::fs::read_to_string;

/// Share of ballots early, by mail, dropped off, provisional; counties; pre-processing, pile, release: what is known of a state, or else its kind.
struct Rules {
    shares: [f64; 4],
    counties: u32,
    gaps: [f64; 4],
    ahead: u32,
    pile: u32,
    release: &'static str,
}

/// A night as it was in 2020, or with the habits and rules of 2024.
#[derive(Clone, Copy, PartialEq)]
enum Profile {
    Y2020,
    Y2024,
}

fn rules(state: &str, profile: Profile) -> Rules {
    let of = |shares, counties, gaps, ahead, pile, release| Rules { shares, counties, gaps, ahead, pile, release };
    let known = match state {
        // As in the files of tests/published/.
        "PA" => of([0.0, 36.0, 1.5, 1.5], 67, [20.0, 83.0, 70.0, 40.0], 13, 50, "first"),
        "MI" => of([0.0, 53.0, 3.5, 0.5], 83, [20.0, 42.0, 42.0, 20.0], 13, 27, "merged"),
        "WI" => of([0.0, 59.0, 1.0, 0.0], 72, [20.0, 45.0, 45.0, 20.0], 14, 21, "merged"),
        "GA" => of([54.0, 21.5, 4.0, 1.0], 159, [13.0, 52.0, 50.0, 30.0], 150, 90, "first"),
        "AZ" => of([0.0, 74.0, 14.0, 2.0], 15, [20.0, 42.0, 20.0, 20.0], 140, 90, "first"),
        "NC" => of([65.0, 16.5, 1.5, 1.0], 100, [27.0, 70.0, 50.0, 20.0], 140, 60, "first"),
        "FL" => of([39.0, 42.0, 2.0, 0.0], 67, [25.0, 55.0, 30.0, 20.0], 220, 60, "first"),
        // Votes by mail for all: processed on receipt, much of it handed in on the day; grace in Nevada.
        "NV" => of([0.0, 60.0, 20.0, 1.1], 17, [20.0, 40.0, 25.0, 30.0], 140, 90, "merged"),
        "CA" | "CO" | "HI" | "OR" | "UT" | "WA" | "NJ" | "VT" | "DC" => {
            of([0.0, 75.0, 15.0, 1.1], 40, [20.0, 40.0, 25.0, 30.0], 140, 60, "first")
        }
        // The rest: what mail and the day left of the national shares, a week ahead.
        _ => of([25.0, 38.0, 3.5, 1.1], 40, [20.0, 50.0, 30.0, 30.0], 70, 60, "first"),
    };
    match profile {
        Profile::Y2020 => known,
        // Half the mail and half the gap; a week ahead everywhere.
        Profile::Y2024 => Rules {
            shares: [
                known.shares[0] + known.shares[1] / 4.0,
                known.shares[1] / 2.0,
                known.shares[2] / 2.0,
                known.shares[3],
            ],
            gaps: known.gaps.map(|gap| gap / 2.0),
            ahead: known.ahead.max(70),
            ..known
        },
    }
}

/// The whole nation; expectations are off by what the polls of 2020 were off, in both profiles' favour of nobody but the first.
fn nation(profile: Profile) -> String {
    let mut text = format!(
        "[scenario]\ntitle = \"A national night\"\nquestion = \"When is it called?\"\nstart = 2020-11-03T20:00:00Z\nend = 2020-11-17T20:00:00Z\n\
         [milestone.election-day]\nat = \"start\"\n\
         [contest.president]\ncandidates = [\"first\", \"second\"]\naward = \"electors\"\nrules = \"us-2020\"\nto-win = 270\n\
         polls-miss = \"{} %\"\nshared-error = \"0.1 %\"\nregion-error = \"0.1 %\"\nown-error = \"0.1 %\"\n",
        if profile == Profile::Y2020 { -3.9 } else { -2.9 }
    );
    // 2024: the whole nation six points to the second candidate, and polls that missed by less.
    let shift = if profile == Profile::Y2020 { 0.0 } else { -5.9 };
    let miss = if profile == Profile::Y2020 { 3.9 } else { 2.9 };
    let regions = read_to_string("tests/published/state-regions.csv").expect("a file of this repository");
    let results = read_to_string("tests/published/states-2020-results.csv").expect("a file of this repository");
    for line in results.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let state = fields[0];
        let number = |field: usize| fields[field].parse::<f64>().expect("a number");
        let region = regions.lines().find_map(|line| line.strip_prefix(state)?.strip_prefix(',')).expect("a region");
        let closes = if fields[3].is_empty() { "2020-11-04T01:00Z" } else { fields[3] };
        let Rules { shares: [early, mail, drop, provisional], counties, gaps, ahead, pile, release } =
            rules(state, profile);
        let electors = if profile == Profile::Y2020 { fields[1] } else { fields[2] };
        writeln!(
            text,
            "[jurisdiction.us-{}]\ncontest = \"president\"\nregion = \"{region}\"\nelectors = {electors}\nballots = {}\nmargin = \"{:.3} %\"\nothers = \"{:.3} %\"\n\
             closes = {}:00Z\nrelease = \"{release}\"\npre-processing = \"{ahead}h\"\npile = \"{pile}h\"\nreports = \"51min\"\nreports-spread = \"0.9\"\n\
             modes = {{ early = \"{early} %\", mail = \"{mail} %\", drop-off = \"{drop} %\", provisional = \"{provisional} %\" }}\ngaps = {{ early = \"{} %\", mail = \"{} %\", drop-off = \"{} %\", provisional = \"{} %\" }}\n\
             grace = \"{}d\"\ncounties = {{ number = {counties}, size-spread = \"1.35\", lean-by-size = \"5 %\", slower-by-size = \"1.75\" }}\n\
             recount = {{ automatic = \"{} %\" }}",
            state.to_lowercase(),
            fields[4],
            (number(8) + shift + miss).clamp(-95.0, 95.0),
            100.0 * number(7) / number(4),
            closes.trim_end_matches('Z'),
            gaps[0],
            gaps[1],
            gaps[2],
            gaps[3],
            // Receipt after the day in 2020 by a court's order in Pennsylvania and by law in the other two.
            match state {
                "PA" if profile == Profile::Y2020 => 3,
                "NC" if profile == Profile::Y2020 => 9,
                "NV" if profile == Profile::Y2020 => 7,
                "NV" => 4,
                _ => 0,
            },
            if matches!(state, "PA" | "FL" | "GA") { 0.5 } else { 0.1 },
        )
        .expect("a string takes everything");
    }
    let calls: Vec<(String, String)> = results
        .lines()
        .skip(1)
        .map(|line| line[..2].to_lowercase())
        .map(|state| (format!("call-{state}"), format!("call.us-{state}.time")))
        .collect();
    let calls: Vec<(&str, &str)> = calls.iter().map(|(id, value)| (id.as_str(), value.as_str())).collect();
    text + &taken(
        "last",
        &[
            ("called", "contest.president.called"),
            ("time", "contest.president.time-to-call"),
            ("won", "contest.president.won-by-first"),
        ],
    ) + &taken("last", &calls)
}

/// Hours from 20:00 in the east, five before the last polls close, as the calls of 2020 and 2024 are counted on record.
fn hours(seen: &Seen) -> f64 {
    if seen.measure("called") > 0.0 { seen.measure("time") / HOUR + 5.0 } else { f64::INFINITY }
}

const RUNS: u64 = 24;

#[test]
fn a_night_like_2020_takes_three_to_five_days_to_call() {
    let runs = Case::of(&nation(Profile::Y2020)).runs(RUNS);
    let times: Vec<f64> = runs.iter().map(hours).collect();
    let within = times.iter().filter(|time| (72.0..=120.0).contains(*time)).count();
    assert!(2 * within as u64 >= RUNS, "{times:.1?}");
    // On record: of 48 states 23 were called within six minutes, 30 within an hour, 42 within six.
    let states = |limit: f64| {
        let called =
            |seen: &Seen| seen.measures()[3..].iter().filter(|time| **time > 0.0 && **time <= limit * HOUR).count();
        let mut counts: Vec<usize> = runs.iter().map(called).collect();
        counts.sort_unstable();
        counts[counts.len() / 2]
    };
    let counts = [states(0.1), states(1.0), states(6.0)];
    assert!(
        (20..=40).contains(&counts[0]) && (25..=42).contains(&counts[1]) && (35..=47).contains(&counts[2]),
        "{counts:?}"
    );
}

#[test]
fn a_night_like_2024_is_called_within_a_day() {
    let runs = Case::of(&nation(Profile::Y2024)).runs(RUNS);
    let times: Vec<f64> = runs.iter().map(hours).collect();
    let within = times.iter().filter(|time| **time < 24.0).count();
    assert!(2 * within as u64 >= RUNS, "{times:.1?}");
}

#[test]
#[ignore = "measures time: cargo test --release --test count pace -- --ignored --nocapture"]
fn pace() {
    let case = Case::of(&nation(Profile::Y2020));
    case.runs(2);
    let begin = std::time::Instant::now();
    let runs = 50;
    let seen = case.runs(runs);
    let each = begin.elapsed().as_secs_f64() * 1e3 / runs as f64;
    println!("{each:.2} ms a run, {} events", seen[0].outcome.events);
    assert!(each < 20.0);
}
