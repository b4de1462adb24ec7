//! Audits and recounts against published sample sizes and the record of recounts (acceptance 3 of the count).

use crate::case::{Case, taken};
use canvass::world::sampling::{
    comparison_ballots, comparison_ballots_expecting, polling_mean, polling_quantile, recount_reverses, recount_shift,
};

#[test]
fn comparison_audits_look_at_as_many_ballots_as_published() {
    // Test values of the Arlo software, made with Stark's tool; risk limit 10 %.
    for (margin, ballots) in [(0.2, 27.0), (0.1, 54.0), (0.15, 36.0), (2.0 / 15.0, 40.0), (1.0, 6.0)] {
        assert_eq!(comparison_ballots(margin, 0.1), ballots, "margin {margin}");
    }
    for (margin, ballots) in [(0.04, 134.0), (0.02, 267.0), (0.01, 534.0), (0.003, 2_143.0)] {
        assert_eq!(comparison_ballots(margin, 0.1), ballots, "margin {margin}");
    }
    assert_eq!(comparison_ballots(0.0, 0.1), f64::INFINITY);
}

#[test]
fn comparison_audits_without_errors_look_at_as_many_ballots_as_their_formula_says() {
    // n = ceil(-2 x 1.03905 x ln(risk) / margin), Stark 2010; worked out beside the model.
    let rows = [
        (0.1, [(0.2, 24.0), (0.1, 48.0), (0.05, 96.0), (0.02, 240.0), (0.01, 479.0), (0.003, 1_596.0)]),
        (0.05, [(0.2, 32.0), (0.1, 63.0), (0.05, 125.0), (0.02, 312.0), (0.01, 623.0), (0.003, 2_076.0)]),
    ];
    for (risk, rows) in rows {
        for (margin, ballots) in rows {
            let n = comparison_ballots_expecting(margin, risk, 0.0, 0.0);
            assert_eq!(n, ballots, "margin {margin}, risk {risk}");
            assert!(comparison_ballots(margin, risk) > n, "expecting errors asks for more");
        }
    }
}

#[test]
fn polling_audits_look_at_as_many_ballots_as_published() {
    // Mean sample numbers: test values of the Arlo software.
    for (winner, loser, ballots) in [(0.6, 0.4, 119.0), (600.0 / 900.0, 200.0 / 900.0, 22.0), (0.3, 0.2, 238.0)] {
        assert_eq!(polling_mean(winner, loser, 0.1), ballots, "{winner} to {loser}");
    }
    // Lindeman, Stark and Yates 2012, table 1: quantiles at 25, 50, 75, 90 and 99 %, risk limit 10 %.
    let table = [
        (0.70, [12.0, 22.0, 38.0, 60.0, 131.0]),
        (0.65, [23.0, 38.0, 66.0, 108.0, 236.0]),
        (0.60, [49.0, 84.0, 149.0, 244.0, 538.0]),
        (0.58, [77.0, 131.0, 231.0, 381.0, 842.0]),
        (0.55, [193.0, 332.0, 587.0, 974.0, 2_157.0]),
        (0.52, [1_188.0, 2_051.0, 3_637.0, 6_053.0, 13_455.0]),
        (0.51, [4_725.0, 8_157.0, 14_486.0, 24_149.0, 53_640.0]),
    ];
    for (share, quantiles) in table {
        for (u, published) in [0.25, 0.5, 0.75, 0.9, 0.99].into_iter().zip(quantiles) {
            let ballots = polling_quantile(share, 0.1, u);
            // Three per cent, and one ballot where a ballot is more than that.
            assert!(
                (ballots - published).abs() <= (0.03 * published).max(1.0),
                "{share} at {u}: {ballots} for {published}"
            );
        }
    }
    assert_eq!(polling_quantile(0.5, 0.1, 0.5), f64::INFINITY);
    // All ballots for the winner: ln 10 / ln 2 = 3.3 of them.
    assert_eq!(polling_quantile(1.0, 0.1, 0.9), 4.0);
    // The followed walk and the limit law meet where one takes over from the other.
    let (near, far) = (polling_quantile(0.5198, 0.1, 0.5), polling_quantile(0.5197, 0.1, 0.5));
    assert!((near / far - 1.0).abs() < 0.02, "{near} and {far}");
}

#[test]
fn the_first_step_that_can_end_a_polling_audit_has_its_own_chance() {
    // With a share of 0.7 the walk gains ln 1.4 a vote for the winner and loses ln 0.6 otherwise: seven for the winner in a row
    // (7 x 0.336 = 2.36 > ln 10) are the soonest end, with chance 0.7^7 = 0.0824.
    assert_eq!(polling_quantile(0.7, 0.1, 0.0823), 7.0);
    assert_eq!(polling_quantile(0.7, 0.1, 0.0824), 10.0);
}

#[test]
fn recounts_shift_and_reverse_as_on_record() {
    // Statewide recounts 2000 to 2023: three of 36 reversed, all below 0.06 %; mean shift 0.03 % of the two leading.
    for (margin, chance) in [(0.0001, 0.29), (0.0005, 0.0755), (0.001, 0.0143)] {
        assert!((recount_reverses(margin) / chance - 1.0).abs() < 0.02, "{margin}");
    }
    assert!(recount_reverses(0.005) < 1e-7);
    let count = 100_000;
    let shifts: Vec<f64> = (0..count).map(|step| recount_shift((f64::from(step) + 0.5) / f64::from(count))).collect();
    let mean = shifts.iter().map(|shift| shift.abs()).sum::<f64>() / f64::from(count);
    assert!((mean / 0.0003 - 1.0).abs() < 0.001, "{mean}");
    let wider = shifts.iter().filter(|shift| **shift > 0.0).count();
    assert_eq!(wider, 60_000, "six in ten widen the lead");
    for margin in [0.0001, 0.0005] {
        let reversed = shifts.iter().filter(|shift| margin + **shift < 0.0).count() as f64 / f64::from(count);
        assert!((reversed - recount_reverses(margin)).abs() < 1e-4, "{margin}: {reversed}");
    }
}

/// One small jurisdiction with a recount, an audit and dates.
fn contested(margin: &str, more: &str) -> String {
    format!(
        "[scenario]\ntitle = \"A close one\"\nquestion = \"Does it hold?\"\nstart = 2026-11-03T20:00:00Z\nend = 2026-12-31T20:00:00Z\n\
         [contest.seat]\ncandidates = [\"ash\", \"birch\"]\nshared-error = \"0 %\"\nregion-error = \"0 %\"\nown-error = \"0 %\"\n\
         [jurisdiction.vale]\ncontest = \"seat\"\nballots = 1_000_000\nmargin = \"{margin}\"\nothers = \"0 %\"\ncloses = \"start\"\n\
         certification = {{ canvass = \"2d\", local = \"start + 10d\", state = \"start + 20d\", refuses = \"0 %\" }}\n{more}\n"
    ) + &taken(
        "last",
        &[
            ("certified", "result.vale.certified"),
            ("late", "result.vale.late"),
            ("missed", "result.vale.missed"),
            ("recount", "result.vale.recount"),
            ("reversed", "result.vale.reversed"),
            ("ballots", "result.vale.audit-ballots"),
            ("escalated", "result.vale.escalated"),
            ("called", "call.vale.made"),
            ("retracted", "call.vale.retracted"),
            ("for-first", "call.vale.first"),
        ],
    )
}

#[test]
fn a_recount_turns_as_many_close_results_as_its_law_says() {
    let case = Case::of(&contested("0.01 %", "recount = { automatic = \"0.5 %\", takes = \"8d\" }\n"));
    let runs = 2_000;
    let mut turned = 0.0;
    for seen in case.runs(runs) {
        assert_eq!(seen.measure("recount"), 1.0);
        assert_eq!(seen.measure("certified"), 1.0);
        turned += seen.measure("reversed");
        // Nobody calls below the bar; what is certified is called.
        assert_eq!(seen.measure("called"), 1.0);
        assert_eq!(seen.measure("retracted"), 0.0);
        assert_eq!(seen.measure("for-first"), 1.0 - seen.measure("reversed"));
    }
    let expected = recount_reverses(0.0001);
    let error = (expected * (1.0 - expected) / runs as f64).sqrt();
    assert!((turned / runs as f64 - expected).abs() < 4.5 * error, "{turned} of {runs}");
}

#[test]
fn a_recount_keeps_a_result_from_being_certified_until_it_is_done() {
    // Counted after seven days (provisional ballots), canvassed after nine, recounted for 16: certified on day 25, five late.
    let case = Case::of(&contested("0.4 %", "recount = { automatic = \"0.5 %\", takes = \"16d\" }\n"));
    let seen = case.run();
    assert_eq!((seen.measure("missed"), seen.measure("certified")), (1.0, 1.0));
    assert!((seen.measure("late") - 5.0 * 24.0 * crate::case::HOUR).abs() < 1.0, "{}", seen.measure("late"));
}

#[test]
fn an_audit_looks_at_what_its_method_asks_or_at_everything() {
    let audit = |margin: &str, audit: &str| {
        Case::of(&contested(margin, &format!("audit = {{ {audit} }}\n"))).run().measures().to_vec()
    };
    assert_eq!(audit("4 %", "method = \"comparison\"")[5..7], [134.0, 0.0]);
    assert_eq!(audit("4 %", "method = \"hand-count\", cap = 2_000_000")[5..7], [1_000_000.0, 0.0]);
    // 0.003 % needs some 300,000 comparisons: more than the cap, so everything is counted by hand.
    assert_eq!(audit("0.003 %", "method = \"comparison\"")[5..7], [1_000_000.0, 1.0]);
}
