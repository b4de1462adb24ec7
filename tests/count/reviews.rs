//! Audits, hand counts and recounts that are ordered: how long they take, what they find, and what follows; worked out by hand.

use crate::case::HOUR;
use crate::vale::{DATES, Vale, inject, near};

const DAY: f64 = 24.0 * HOUR;

const FOUND: [(&str, &str); 6] = [
    ("ballots", "result.vale.review-ballots"),
    ("confirmed", "result.vale.confirmed"),
    ("corrected", "result.vale.corrected"),
    ("wrong-winner", "result.vale.wrong-winner"),
    ("lead", "count.vale.lead"),
    ("under-way", "result.vale.review"),
];
const ENDS: [(&str, &str); 2] = [
    ("ends", "result.vale.confirmed or result.vale.corrected or result.vale.wrong-winner"),
    ("begins", "result.vale.review"),
];

fn ordered(at: &str, how: &str) -> String {
    inject("order", at, &format!("order-audit = {{ jurisdiction = \"vale\", {how} }}"))
}

/// All ballots by 50 teams of 2,000 an hour, twelve hours a day: 50,000 an hour, twenty hours, after a day.
const BY_HAND: &str = "method = \"hand-count\", teams = 50, pace = \"2_000/h\", day = 12, set-up = \"1d\"";

#[test]
fn a_hand_count_takes_as_long_as_its_teams_need_and_confirms_what_is_right() {
    let rest = ordered("20h", BY_HAND);
    let seen = Vale { margin: "3 %", keys: DATES, rest: &rest, ..Vale::default() }.case(&FOUND, &ENDS).run();
    near(seen.measure("ballots"), 1_000_000.0);
    near(seen.measure("ends") / HOUR, 20.0 + 24.0 + 20.0);
    assert_eq!(
        ["confirmed", "corrected", "wrong-winner", "under-way"].map(|id| seen.measure(id)),
        [1.0, 0.0, 0.0, 0.0]
    );
    // Ordered before anything is counted, it waits: counted at twelve hours.
    let rest = ordered("1h", BY_HAND);
    let seen = Vale { margin: "3 %", keys: DATES, rest: &rest, ..Vale::default() }.case(&FOUND, &ENDS).run();
    near(seen.measure("begins") / HOUR, 1.0);
    near(seen.measure("ends") / HOUR, 12.0 + 24.0 + 20.0);
}

#[test]
fn an_ordered_comparison_looks_at_what_its_method_asks() {
    // 134 ballots at 4 %; twenty teams of 30 an hour, ten hours a day: 250 an hour, after two days.
    let rest = ordered("20h", "method = \"comparison\"");
    let seen = Vale { margin: "4 %", keys: DATES, rest: &rest, ..Vale::default() }.case(&FOUND, &ENDS).run();
    near(seen.measure("ballots"), 134.0);
    assert!((seen.measure("ends") / HOUR - (20.0 + 48.0 + 134.0 / 250.0)).abs() < 1e-6);
    assert_eq!(seen.measure("confirmed"), 1.0);
}

#[test]
fn a_hand_count_corrects_a_wrong_figure_or_finds_the_other_winner() {
    let keys = format!("errors = \"100 %\"\nerror-lasts = \"900h\"\n{DATES}");
    let rest = ordered("20h", BY_HAND);
    let (mut corrected, mut turned) = (0, 0);
    for seen in (Vale { margin: "3 %", keys: &keys, rest: &rest, ..Vale::default() }).case(&FOUND, &ENDS).runs(60) {
        // The figure moves the lead by 4 to 60 points one way or the other: a lead of 3 turns when it goes down.
        let before = seen.course("lead", 30.0);
        assert!((before - 0.03).abs() > 0.0399, "{before}");
        let found = ["confirmed", "corrected", "wrong-winner"].map(|id| seen.measure(id));
        assert_eq!(found, if before < 0.0 { [0.0, 0.0, 1.0] } else { [0.0, 1.0, 0.0] }, "lead {before}");
        near(seen.measure("lead"), 0.03);
        turned += usize::from(before < 0.0);
        corrected += usize::from(before > 0.0);
    }
    assert!(turned > 10 && corrected > 10, "{turned} and {corrected}");
}

#[test]
fn a_sample_audit_lets_a_wrong_winner_pass_no_more_often_than_its_risk_limit() {
    let keys = format!("errors = \"100 %\"\nerror-lasts = \"900h\"\n{DATES}");
    let rest = ordered("20h", "method = \"comparison\", risk-limit = \"10 %\", teams = 1_000");
    let (mut wrong, mut passed) = (0.0, 0.0);
    for seen in (Vale { margin: "1 %", keys: &keys, rest: &rest, ..Vale::default() }).case(&FOUND, &ENDS).runs(800) {
        if seen.course("lead", 30.0) < 0.0 {
            wrong += 1.0;
            passed += seen.measure("confirmed");
            assert_eq!(seen.measure("confirmed") + seen.measure("wrong-winner"), 1.0);
        }
    }
    assert!(wrong > 300.0, "{wrong}");
    let error = (0.1f64 * 0.9 / wrong).sqrt();
    assert!((passed / wrong - 0.1).abs() < 4.5 * error, "{passed} of {wrong}");
}

#[test]
fn a_recount_is_held_where_somebody_asks_for_one() {
    let last = [("recount", "result.vale.recount"), ("margin", "result.vale.margin")];
    let first =
        [("begins", "result.vale.recount"), ("certified", "result.vale.certified"), ("missed", "result.vale.missed")];
    let case = |at: &str, takes: &str| {
        let rest = inject("ask", at, &format!("request-recount = {{ jurisdiction = \"vale\", takes = \"{takes}\" }}"));
        Vale { margin: "3 %", keys: DATES, rest: &rest, ..Vale::default() }.case(&last, &first).run()
    };
    // Counted after twelve hours, canvassed after two days more: it begins then, or when it is asked for later.
    let seen = case("1d", "5d");
    near(seen.measure("begins") / HOUR, 60.0);
    near(seen.measure("certified") / DAY, 20.0);
    assert!(seen.measure("margin") != 0.03 && (seen.measure("margin") - 0.03).abs() < 0.01);
    let seen = case("4d", "20d");
    near(seen.measure("begins") / DAY, 4.0);
    near(seen.measure("missed") / DAY, 20.0);
    near(seen.measure("certified") / DAY, 24.0);
    let seen = case("25d", "5d");
    assert_eq!(seen.measure("recount"), 0.0, "what is certified is not recounted");
}

#[test]
fn what_a_count_by_hand_finds_can_feed_and_answer_a_rumour() {
    let rest = ordered("20h", BY_HAND)
        + "[platform.forum]\n[narrative.rigged]\nabout = \"r\"\n[narrative.rigged.on]\nforum = \"100 %\"\n\
           [[narrative.rigged.fuel]]\nwhen = \"result.vale.review\"\nrate = \"40/h\"\n\
           [response.show]\nowner = \"clerk\"\nwhen = \"result.vale.confirmed\"\ndecide = \"0h\"\ntakes = \"1h\"\neffect = { debunk = { narrative = \"rigged\" } }\n";
    let first = [("talk", "narrative.rigged.surfaced"), ("shown", "response.show.done")];
    let seen = Vale { margin: "3 %", keys: DATES, rest: &rest, ..Vale::default() }.case(&FOUND, &first).run();
    assert!((20.0..64.0).contains(&(seen.measure("talk") / HOUR)), "{}", seen.measure("talk") / HOUR);
    assert!(seen.measure("shown") / HOUR >= 65.0, "{}", seen.measure("shown") / HOUR);
}
