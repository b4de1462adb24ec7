//! `[[checks]]`: what may be stated, what is said of mistakes, and how a verdict comes about.

use crate::fake::columns;
use canvass::engine::{Span, Time};
use canvass::scenario::{Loaded, Problem};
use canvass::study::Tally;
use canvass::study::expectation::{Expectation, Verdict, read_checks};
use canvass::world::{ContingencyOutcome, Outcome};

const HOUR: i64 = 3_600_000;

/// A scenario with the contingency and measures of the fake, the plans `today` and `later`, and this statement.
fn read(statement: &str) -> Result<Expectation, Vec<Problem>> {
    let text = format!(
        r#"
        [scenario]
        title = "T"
        question = "Q?"
        start = 2026-11-03T19:00:00-05:00
        end = 2026-11-04T01:00:00-05:00
        [asset.page]
        [contingency.dark-page]
        title = "Dark"
        when = "asset.page.down"
        [measure.swing]
        title = "S"
        value = "1"
        [measure.first-dark]
        title = "F"
        value = "asset.page.down"
        take = "first-time"
        [plan.today]
        [plan.later]
        [[checks]]
        that = "{statement}"
        because = "we say so"
        "#
    );
    let loaded = Loaded::from_text("fake.toml", &text);
    let scenario = loaded.scenario().unwrap_or_else(|| panic!("{:#?}", loaded.problems()));
    read_checks(scenario, &columns().measures).map(|mut read| read.remove(0))
}

/// A tally of `n` runs of which the first `hits` have the contingency, at 1 h, 2 h, 3 h and so on.
fn tally(hits: u64, n: u64) -> Tally {
    let columns = columns();
    let mut tally = Tally::new(&columns);
    for run in 0..n {
        let onset = (run < hits).then_some(Time((run as i64 + 1) * HOUR));
        tally.push(
            &columns,
            &Outcome {
                measures: vec![run as f64, onset.map_or(f64::NAN, Time::as_ms_f64)],
                contingencies: vec![ContingencyOutcome {
                    onset,
                    duration: Span(HOUR),
                    severity: Some(1.0),
                    cause: None,
                }],
                ..Outcome::default()
            },
        );
    }
    tally
}

/// Judges a statement for 100 of 1,000 runs today and 50 of 1,000 later.
fn judge(statement: &str) -> Verdict {
    let expectation = read(statement).unwrap_or_else(|problems| panic!("{problems:#?}"));
    expectation.judge(&[Some(&tally(100, 1_000)), Some(&tally(50, 1_000))]).unwrap()
}

fn message(statement: &str) -> (String, Option<String>) {
    let problem = read(statement).unwrap_err().remove(0);
    assert_eq!(problem.path, "checks[0].that");
    assert!(problem.within.is_some());
    (problem.message, problem.help)
}

#[test]
fn statements_hold_or_do_not() {
    for (statement, holds) in [
        ("share(dark-page) == 10 %", true),
        ("share(dark-page, later) == 0.05", true),
        ("share(dark-page, later) < share(dark-page, today)", true),
        ("share(dark-page, later) > share(dark-page, today)", false),
        ("share(dark-page) / share(dark-page, later) == 2", true),
        ("1 - share(dark-page) >= 90 %", true),
        ("share(dark-page) < 5 % or share(dark-page, later) < 6 %", true),
        ("not share(dark-page) < 5 %", true),
        ("share(dark-page) < 50 % and share(dark-page, later) > 6 %", false),
        ("onset(dark-page) == 50h", true),
        ("onset(dark-page) - onset(dark-page, later) == 25h", true),
        ("lowest(first-dark) == 60min and highest(first-dark) == 100h", true),
        ("mean(swing) == 499.5", true),
        ("median(swing) == 499 and p95(swing) == 949 and p5(swing) == 49", true),
        ("max(p75(swing), 2000) == 2_000 and -p25(swing) < 0", true),
    ] {
        assert_eq!(judge(statement).holds, holds, "{statement}");
    }
}

#[test]
fn a_verdict_carries_its_figures_and_its_reason() {
    let verdict = judge("share(dark-page, later) < share(dark-page)");
    assert_eq!(verdict.because.as_deref(), Some("we say so"));
    let texts: Vec<&str> = verdict.figures.iter().map(|figure| figure.text.as_str()).collect();
    assert_eq!(texts, ["share(dark-page, later)", "share(dark-page)"]);
    assert_eq!(verdict.figures[1].value, Some(0.1));
    // scipy.stats.binomtest(100, 1000).proportion_ci(method="wilson")
    let interval = verdict.figures[1].interval.unwrap();
    assert!((interval.low - 0.08290944359309571).abs() < 1e-12 && (interval.high - 0.1201519631953484).abs() < 1e-12);
    assert_eq!(judge("onset(dark-page) > 1h").figures[0].value, Some(50.0), "hours, as files are written");
}

#[test]
fn doubt_is_spoken_where_the_interval_reaches_over_the_bound() {
    for (statement, close) in [
        ("share(dark-page) < 11 %", true),
        ("share(dark-page) > 11 %", true),
        ("share(dark-page) < 15 %", false),
        ("share(dark-page) > 15 %", false),
        ("share(dark-page, later) < share(dark-page, today)", false),
        ("share(dark-page, later) + 5 % < share(dark-page, today)", true),
        ("share(dark-page) < 11 % and share(dark-page) > 50 %", false),
        ("share(dark-page) < 11 % or share(dark-page) < 50 %", false),
        ("not share(dark-page) < 11 %", true),
        ("share(dark-page) == 10 %", false),
        ("median(swing) > 480", true),
        ("median(swing) > 400", false),
    ] {
        assert_eq!(judge(statement).close, close, "{statement}");
    }
}

#[test]
fn what_never_happened_has_no_figure_and_holds_no_statement() {
    let expectation = read("onset(dark-page) > 1h").unwrap();
    let verdict = expectation.judge(&[Some(&tally(0, 1_000)), None]).unwrap();
    assert!(!verdict.holds && verdict.close);
    assert_eq!(verdict.figures[0].value, None);
    let verdict = read("share(dark-page) < 1 %").unwrap().judge(&[Some(&tally(0, 1_000)), None]).unwrap();
    assert!(verdict.holds && !verdict.close);
}

#[test]
fn a_statement_about_a_plan_that_was_not_run_is_not_judged() {
    let expectation = read("share(dark-page, later) < 1 %").unwrap();
    assert_eq!(expectation.judge(&[Some(&tally(0, 10)), None]), None);
}

#[test]
fn mistakes_are_pointed_out_with_their_mend() {
    let with_help = |message: &str, help: &str| (message.to_owned(), Some(help.to_owned()));
    assert_eq!(
        message("share(drak-page) < 5 %"),
        with_help("there is no contingency `drak-page`", "did you mean `dark-page`?")
    );
    assert_eq!(
        message("share(dark-page, toady) < 5 %"),
        with_help("there is no plan `toady`", "did you mean `today`?")
    );
    assert_eq!(
        message("median(first-drak) < 5h"),
        with_help("there is no measure `first-drak`", "did you mean `first-dark`?")
    );
    assert_eq!(message("meadian(swing) < 5"), with_help("there is no figure `meadian`", "did you mean `median`?"));
    assert_eq!(
        message("dark-page < 5 %"),
        with_help("`dark-page` alone is not a figure", "write `share(dark-page)` or `onset(dark-page)`")
    );
    assert_eq!(message("share(dark-page, today, later) < 5 %").0, "`share` takes a contingency and a plan, no more");
    assert_eq!(message("1 < 2").0, "this says nothing about the results");
    assert_eq!(read("share(a) < 5 % and share(b) < 5 %").unwrap_err().len(), 2, "all mistakes at once");
}

#[test]
fn dimensions_are_kept_apart() {
    for statement in ["onset(dark-page) < 5 %", "share(dark-page) < 2h", "median(first-dark) < 3", "share(dark-page)"] {
        assert!(read(statement).is_err(), "{statement}");
    }
}
