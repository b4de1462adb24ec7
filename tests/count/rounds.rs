//! Run-offs, annulments and reruns, on one jurisdiction whose every figure is worked out by hand.

use crate::case::{Case, HOUR, Seen, taken};
use canvass::scenario::Loaded;

const DAY: f64 = 24.0 * HOUR;

/// One country without errors, certified five days after its vote.
fn land(contest: &str, place: &str, rest: &str, later: &[(&str, &str)]) -> Case {
    let award = if contest.contains("further") { "majority" } else { "plurality" };
    let text = format!(
        "[scenario]\ntitle = \"Two rounds\"\nquestion = \"Who wins in the end?\"\nstart = 2026-11-22T20:00:00Z\nend = 2027-06-30T00:00:00Z\n\
         [contest.top]\ncandidates = [\"ash\", \"birch\"]\nshared-error = \"0 %\"\nregion-error = \"0 %\"\nown-error = \"0 %\"\n\
         office-from = \"start + 45d\"\naward = \"{award}\"\n{contest}\n\
         [jurisdiction.land]\ncontest = \"top\"\ncloses = \"start\"\nballots = 1_000_000\nerrors = \"0 %\"\nreview = \"1d\"\n{place}\n{rest}\n"
    );
    let first = [
        ("certified", "result.land.certified"),
        ("runoff-called", "contest.top.runoff-called"),
        ("annulled", "contest.top.annulled"),
        ("vacant", "contest.top.vacant"),
    ];
    let mut last = vec![
        ("winner", "contest.top.winner"),
        ("decided", "contest.top.decided"),
        ("called", "contest.top.called"),
        ("rounds", "contest.top.rounds"),
        ("late", "contest.top.runoff-late"),
        ("until", "contest.top.time-to-winner"),
        ("vacant-now", "contest.top.vacant"),
    ];
    last.extend(later);
    Case::of(&(text + &taken("first-time", &first) + &taken("last", &last)))
}

const CERTIFIED: &str =
    "certification = { canvass = \"1d\", local = \"start + 3d\", state = \"start + 5d\", refuses = \"0 %\" }";
const RUNOFF: [(&str, &str); 4] = [
    ("margin", "count.land-runoff.final-margin"),
    ("ballots", "count.land-runoff.cast"),
    ("counted", "count.land-runoff.done"),
    ("close", "contest.top-runoff.last-close"),
];

fn near(seen: &Seen, id: &str, wanted: f64) {
    let value = seen.measure(id);
    assert!((value - wanted).abs() < 1e-9, "{id} is {value}, not {wanted}");
}

#[test]
fn nobody_passes_the_threshold_and_two_go_on() {
    // Ash 42, birch 38, cedar 20 %. Of cedar's voters 45 % go to ash: 51 to 49; 30 %: 48 to 52.
    for (transfer, margin, winner) in [(45, 0.02, 1.0), (30, -0.04, 2.0)] {
        let contest = format!(
            "further = {{ cedar = \"20 %\" }}\nrunoff = {{ after = \"14d\", turnout = \"90 %\", swing = \"0 %\", transfers = {{ cedar = \"{transfer} %\" }} }}"
        );
        let case = land(&contest, &format!("margin = \"4 %\"\n{CERTIFIED}"), "", &RUNOFF);
        let seen = case.run();
        near(&seen, "margin", margin);
        near(&seen, "ballots", 900_000.0);
        assert_eq!(seen.measure("certified"), 5.0 * DAY);
        assert_eq!(seen.measure("runoff-called"), 5.0 * DAY, "as soon as the first round is certified");
        assert_eq!(seen.measure("close"), 14.0 * DAY);
        // The second round is counted and certified as the first was: five days after its vote.
        assert_eq!((seen.measure("counted"), seen.measure("until")), (1.0, 19.0 * DAY));
        assert_eq!((seen.measure("winner"), seen.measure("rounds"), seen.measure("late")), (winner, 2.0, 0.0));
        assert!(seen.measure("vacant").is_nan() && seen.measure("annulled").is_nan());
        assert_eq!(seen.measure("called"), 1.0);
    }
}

#[test]
fn the_third_of_the_file_may_be_the_first_of_the_voters() {
    // Ash 30, birch 25, cedar 45 %: ash and cedar go on. Of birch's voters 90 % go to ash: 52.5 to 47.5; 50 %: 42.5 to 57.5.
    for (transfer, margin, winner) in [(90, 0.05, 1.0), (50, -0.15, 3.0)] {
        let contest = format!(
            "further = {{ cedar = \"45 %\" }}\nrunoff = {{ swing = \"0 %\", transfers = {{ birch = \"{transfer} %\" }} }}"
        );
        let seen = land(&contest, &format!("margin = \"5 %\"\n{CERTIFIED}"), "", &RUNOFF).run();
        near(&seen, "margin", margin);
        assert_eq!(seen.measure("winner"), winner);
    }
}

#[test]
fn whoever_passes_the_threshold_needs_no_second_round() {
    for (threshold, rounds) in [("50 %", 1.0), ("60 %", 2.0)] {
        // Ash has 55 of 100.
        let contest =
            format!("further = {{ cedar = \"10 %\" }}\nthreshold = \"{threshold}\"\nrunoff = {{ swing = \"0 %\" }}");
        let seen = land(&contest, &format!("margin = \"20 %\"\n{CERTIFIED}"), "", &[]).run();
        assert_eq!((seen.measure("rounds"), seen.measure("winner")), (rounds, 1.0), "{threshold}");
    }
    // Without a run-off nobody wins.
    let seen = land("further = { cedar = \"30 %\" }", &format!("margin = \"10 %\"\n{CERTIFIED}"), "", &[]).run();
    assert_eq!((seen.measure("winner"), seen.measure("rounds"), seen.measure("called")), (0.0, 1.0, 0.0));
    assert_eq!(seen.measure("vacant"), 45.0 * DAY);
}

#[test]
fn a_run_off_waits_for_the_result_of_the_first_round_and_keeps_a_date_of_the_calendar() {
    let late = CERTIFIED.replace("start + 5d", "start + 20d");
    let contest = "further = { cedar = \"20 %\" }\nrunoff = { after = \"14d\", swing = \"0 %\" }";
    let seen = land(contest, &format!("margin = \"4 %\"\n{late}"), "", &RUNOFF).run();
    assert_eq!((seen.measure("close"), seen.measure("late")), (20.0 * DAY, 6.0 * DAY));
    let dated = "further = { cedar = \"20 %\" }\nrunoff = { at = \"start + 28d\", swing = \"0 %\" }";
    let seen = land(dated, &format!("margin = \"4 %\"\n{CERTIFIED}"), "", &RUNOFF).run();
    assert_eq!((seen.measure("close"), seen.measure("late")), (28.0 * DAY, 0.0));
}

const ORDER: &str = "[responder.court]\nkind = \"court\"\n[inject.order]\ntitle = \"the court annuls\"\nat = \"start + 24d\"\neffect = { annul = { contest = \"top\" } }\n\
     [contingency.annulled]\nstandard = \"C26\"\n[contingency.vacant]\nstandard = \"C27\"\n";

#[test]
fn an_annulled_vote_is_held_again_and_the_office_is_vacant_meanwhile() {
    // Two points ahead, and six fewer the second time.
    let contest = "rerun = { after = \"60d\", turnout = \"50 %\", swing = \"-6 %\" }";
    let place = format!("margin = \"2 %\"\nothers = \"0 %\"\n{CERTIFIED}");
    let again = [
        ("margin", "count.land-rerun.final-margin"),
        ("ballots", "count.land-rerun.cast"),
        ("close", "contest.top-rerun.last-close"),
    ];
    let seen = land(contest, &place, ORDER, &again).run();
    near(&seen, "margin", -0.04);
    near(&seen, "ballots", 500_000.0);
    assert_eq!((seen.measure("certified"), seen.measure("annulled")), (5.0 * DAY, 24.0 * DAY));
    assert_eq!((seen.measure("close"), seen.measure("until")), (84.0 * DAY, 89.0 * DAY));
    assert_eq!((seen.measure("winner"), seen.measure("rounds")), (2.0, 2.0));
    assert_eq!((seen.measure("vacant"), seen.measure("vacant-now")), (45.0 * DAY, 0.0));
    assert!(seen.contingency("annulled").onset.is_some() && seen.contingency("vacant").onset.is_some());
}

#[test]
fn what_is_annulled_and_not_held_again_leaves_nobody_elected() {
    let place = format!("margin = \"2 %\"\n{CERTIFIED}");
    let seen = land("", &place, ORDER, &[("stands", "result.land.certified"), ("stake", "contest.top.at-stake")]).run();
    assert_eq!((seen.measure("winner"), seen.measure("decided"), seen.measure("called")), (0.0, 0.0, 0.0));
    assert_eq!((seen.measure("vacant"), seen.measure("vacant-now")), (45.0 * DAY, 1.0));
    assert_eq!((seen.measure("stands"), seen.measure("stake")), (0.0, 1_000_000.0));
}

#[test]
fn the_round_last_held_is_the_one_annulled() {
    // The run-off of day 14 is annulled on day 24 and held again on day 84, as in Austria in 2016: ash and birch, 51 to 49, and six fewer.
    let contest = "further = { cedar = \"20 %\" }\nrunoff = { after = \"14d\", swing = \"0 %\", transfers = { cedar = \"45 %\" } }\nrerun = { after = \"60d\", swing = \"-6 %\" }";
    let again = [("margin", "count.land-runoff-rerun.final-margin"), ("close", "contest.top-runoff-rerun.last-close")];
    let place = format!("margin = \"4 %\"\n{CERTIFIED}");
    let seen = land(contest, &place, ORDER, &again).run();
    near(&seen, "margin", -0.04);
    assert_eq!((seen.measure("close"), seen.measure("until")), (84.0 * DAY, 89.0 * DAY));
    assert_eq!((seen.measure("winner"), seen.measure("rounds")), (2.0, 3.0));
    // Annulled on day 10, two days before the run-off as in Romania in 2024: no run-off is held; the first round is, on day 70,
    // with six points fewer (36 to 44), and its own run-off follows on day 84: 45 % of cedar's make it 45 to 55.
    let early = ORDER.replace("start + 24d", "start + 10d");
    let again = [
        ("first", "count.land-rerun.final-margin"),
        ("margin", "count.land-runoff.final-margin"),
        ("close", "contest.top-runoff.last-close"),
    ];
    let seen = land(contest, &place, &early, &again).run();
    near(&seen, "first", -0.02);
    near(&seen, "margin", -0.04);
    assert_eq!((seen.measure("close"), seen.measure("until")), (84.0 * DAY, 89.0 * DAY));
    assert_eq!((seen.measure("winner"), seen.measure("rounds")), (2.0, 3.0));
}

#[test]
fn a_rerun_is_correlated_with_the_vote_it_replaces() {
    // Errors of 3 points in both and a swing of 4: the correlation is 3 / 5.
    let contest = "rerun = { after = \"60d\", swing = \"normal(0 %, 4 %)\" }\npolls-miss = \"normal(0 %, 3 %)\"";
    let place = format!("margin = \"2 %\"\n{CERTIFIED}");
    let both = [("one", "count.land.final-margin"), ("two", "count.land-rerun.final-margin")];
    let pairs: Vec<(f64, f64)> = land(contest, &place, ORDER, &both)
        .runs(600)
        .iter()
        .map(|seen| (seen.measure("one"), seen.measure("two")))
        .collect();
    let correlation = crate::correlations::pearson(&pairs);
    assert!((correlation - 0.6).abs() < 0.09, "{correlation}");
}

#[test]
fn only_a_court_or_the_commission_annuls() {
    let text = |kind: &str| {
        format!(
            "[scenario]\ntitle = \"t\"\nquestion = \"q\"\nstart = 2026-11-22T20:00:00Z\nend = 2027-06-30T00:00:00Z\n\
             [contest.top]\ncandidates = [\"ash\", \"birch\"]\n\
             [responder.somebody]\nkind = \"{kind}\"\n\
             [response.annulment]\nowner = \"somebody\"\nwhen = \"contest.top.decided\"\neffect = {{ annul = {{ contest = \"top\" }} }}\n"
        )
    };
    for kind in ["court", "state-election-office"] {
        assert!(Loaded::from_text("case.toml", &text(kind)).scenario().is_some(), "{kind}");
    }
    for kind in ["media", "legislature", "canvass-board", "local-election-office"] {
        let loaded = Loaded::from_text("case.toml", &text(kind));
        let said = format!("{:?}", loaded.problems());
        assert!(loaded.scenario().is_none() && said.contains("may not annul votes"), "{kind}: {said}");
    }
}

#[test]
fn the_example_of_the_documents_is_played() {
    let text = std::fs::read_to_string("tests/good/two-rounds.toml").expect("a file of this repository");
    let runs = Case::of(&text).runs(100);
    let annulled = runs.iter().filter(|seen| seen.contingency("annulled").onset.is_some()).count();
    assert!((2..=25).contains(&annulled), "{annulled} of 100, a tenth on the whole");
    assert!(runs.iter().all(|seen| seen.measure("rounds") >= 2.0), "nobody wins in the first round");
}
