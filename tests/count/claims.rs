//! Claims of victory, calls that are taken back, and what an outcome does to the camps: each worked out by hand.

use crate::case::HOUR;
use crate::vale::{Vale, inject, near};

#[test]
fn a_claim_is_premature_before_a_call_and_false_from_whoever_loses() {
    let last = [
        ("claimed", "contest.seat.claimed"),
        ("premature", "contest.seat.premature-claim"),
        ("was-false", "contest.seat.false-claim"),
    ];
    let claim = |margin: &str, after: &str| {
        let vale = Vale {
            margin,
            modes: "mail = \"50 %\"",
            gaps: "mail = \"40 %\"",
            keys: "pile = \"40h\"\npre-processing = \"0h\"",
            contest: &format!("claims = \"100 %\"\nclaims-after = \"{after}\""),
            ..Vale::default()
        };
        let seen = vale.case(&last, &[]).run();
        ["claimed", "premature", "was-false"].map(|id| seen.measure(id))
    };
    // In person -16 % for a final margin of 4 %: four hours after the close the second leads what is published, and loses.
    assert_eq!(claim("4 %", "4h"), [1.0, 1.0, 1.0]);
    // After all is counted and called the winner claims: neither premature nor false.
    assert_eq!(claim("4 %", "10d"), [1.0, 0.0, 0.0]);
    // In person -24 % for a final margin of -4 %: the leader of the night wins in the end, before anybody could know.
    assert_eq!(claim("-4 %", "3h"), [1.0, 1.0, 0.0]);
    // Nothing is published before the polls report: nobody leads, nobody claims.
    assert_eq!(claim("4 %", "1h"), [0.0, 0.0, 0.0]);
}

#[test]
fn a_call_made_on_a_wrong_expectation_is_taken_back_when_the_count_shows_it() {
    let vale = Vale {
        margin: "5 %",
        contest: "polls-miss = \"-10 %\"\ncaller = { prior = \"0.5 %\", deliberates = \"0min\" }",
        ..Vale::default()
    };
    let last = [("second", "call.vale.second"), ("first", "call.vale.first"), ("time", "call.vale.time")];
    let first = [
        ("wrongly", "call.vale.first"),
        ("back", "call.vale.retracted"),
        ("rightly", "call.vale.second"),
        ("contest", "contest.seat.called"),
    ];
    let seen = vale.case(&last, &first).run();
    // Five points ahead in expectation, ten deviations of half a point: called at the close. Five behind in truth, seen with the first
    // figures two hours later; called again at the next look, a quarter of an hour on.
    near(seen.measure("wrongly") / HOUR, 10.0);
    near(seen.measure("contest") / HOUR, 10.0);
    near(seen.measure("back") / HOUR, 12.0);
    near(seen.measure("rightly") / HOUR, 12.25);
    assert_eq!((seen.measure("first"), seen.measure("second")), (0.0, 1.0));
    near(seen.measure("time") / HOUR, 2.25);
}

const CAMPS: &str = "[segment.ash]\nshare = \"40 %\"\ncamp = \"ash\"\nconfidence = \"60 %\"\n\
    [segment.birch]\nshare = \"40 %\"\ncamp = \"birch\"\nconfidence = \"60 %\"\n\
    [segment.rest]\nshare = \"20 %\"\nconfidence = \"50 %\"\n";

#[test]
fn a_declared_outcome_moves_the_camps_and_nobody_else() {
    let last = [
        ("ash", "confidence.ash"),
        ("birch", "confidence.birch"),
        ("rest", "confidence.rest"),
        ("all", "confidence.all"),
        ("gap", "confidence.gap"),
    ];
    let camps = |rest: &str| {
        // Within the bar of an automatic recount nobody calls.
        let keys = "recount = { automatic = \"5 %\" }";
        let seen = Vale { margin: "1 %", keys, rest, ..Vale::default() }.case(&last, &[]).run();
        ["ash", "birch", "rest", "all", "gap"].map(|id| seen.measure(id))
    };
    let close =
        |seen: [f64; 5], wanted: [f64; 5]| seen.into_iter().zip(wanted).for_each(|(seen, wanted)| near(seen, wanted));
    let declare = |winner: &str, at: &str| inject(winner, at, &format!("declare = {{ winner = \"{winner}\" }}"));
    // Nobody calls and nothing is certified: nobody is moved until a court or an office declares. Winners gain 22 points, losers lose 29.
    close(camps(CAMPS), [0.6, 0.6, 0.5, 0.58, 0.1]);
    close(camps(&(CAMPS.to_owned() + &declare("birch", "1h"))), [0.31, 0.82, 0.5, 0.552, 0.51]);
    // What is declared last holds: the first outcome leaves no trace.
    let both = CAMPS.to_owned() + &declare("birch", "1h") + &declare("ash", "40d");
    close(camps(&both), [0.82, 0.31, 0.5, 0.552, 0.51]);
}
