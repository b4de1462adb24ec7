//! Voting online: when the portal fails, who votes on paper instead, who votes again, what is altered and what can be proved; worked out
//! by hand.

use crate::case::Seen;
use crate::vale::{DATES, Vale, inject, near};

const LAST: [(&str, &str); 15] = [
    ("cast", "count.vale.cast"),
    ("counted", "count.vale.counted"),
    ("in-person", "count.vale.in-person.published"),
    ("final", "count.vale.final-margin"),
    ("paper", "count.vale.paper-margin"),
    ("turned", "count.vale.outcome-altered"),
    ("unauditable", "result.vale.unauditable"),
    ("unprovable", "result.vale.unprovable"),
    ("unavailable", "online.vale.unavailable"),
    ("lost", "online.vale.lost"),
    ("on-paper", "online.vale.on-paper"),
    ("altered", "online.vale.altered"),
    ("replaced", "online.vale.replaced"),
    ("wrong-winner", "result.vale.wrong-winner"),
    ("confirmed", "result.vale.confirmed"),
];

/// Four in ten vote online, from the start to the close ten hours later: in person -18 %, online 32 %, together 2 %.
fn seen(online: &str, rest: &str) -> Seen {
    let keys =
        format!("online = {{ portal = \"portal\", {online} }}\n{DATES}\naudit = {{ method = \"comparison\" }}\n");
    let vale = Vale {
        margin: "2 %",
        modes: "online = \"40 %\"",
        gaps: "online = \"50 %\"",
        keys: &keys,
        rest,
        ..Vale::default()
    };
    vale.case(&LAST, &[]).run()
}

fn dark(at: &str, lasts: &str) -> String {
    inject("dark", at, &format!("disrupt = {{ asset = \"portal\", lasts = \"{lasts}\" }}"))
}

#[test]
fn a_portal_that_is_there_loses_nobody_and_leaves_no_record_without_paper() {
    let whole = seen("paper = false", "");
    near(whole.measure("cast"), 1_000_000.0);
    near(whole.measure("counted"), 1_000_000.0);
    near(whole.measure("unauditable"), 400_000.0);
    assert_eq!((whole.measure("unavailable"), whole.measure("lost"), whole.measure("unprovable")), (0.0, 0.0, 1.0));
    near(whole.measure("final"), 0.02);
    let paper = seen("paper = true", "");
    assert_eq!((paper.measure("unauditable"), paper.measure("unprovable")), (0.0, 0.0));
}

#[test]
fn whom_the_portal_fails_at_the_end_votes_on_paper_or_not_at_all() {
    // Dark for the last two of ten hours: 80,000 are turned away for good, a quarter of them go to a polling place.
    let seen = seen("paper-fallback = \"25 %\"", &dark("8h", "20h"));
    near(seen.measure("unavailable"), 0.2);
    near(seen.measure("on-paper"), 20_000.0);
    near(seen.measure("lost"), 60_000.0);
    near(seen.measure("cast"), 940_000.0);
    near(seen.measure("counted"), 940_000.0);
    near(seen.measure("in-person"), 620_000.0);
    near(seen.measure("unauditable"), 320_000.0);
    // 60,000 votes with a margin of 32 % are missing from a lead of 20,000.
    near(seen.measure("final"), (20_000.0 - 0.32 * 60_000.0) / 940_000.0);
}

#[test]
fn who_can_come_back_mostly_does() {
    // Dark for four hours in between: 160,000 are turned away, nine in ten try again.
    let seen = seen("retry = \"90 %\", paper-fallback = \"50 %\"", &dark("2h", "4h"));
    near(seen.measure("unavailable"), 0.4);
    near(seen.measure("on-paper"), 8_000.0);
    near(seen.measure("lost"), 8_000.0);
    // Open for a week before, the same four hours are a thirtieth of the time: here voting opens at the sixth hour, after the outage.
    let later = self::seen("opens = \"start + 6h\"", &dark("2h", "4h"));
    assert_eq!((later.measure("unavailable"), later.measure("lost")), (0.0, 0.0));
}

#[test]
fn altered_ballots_turn_a_close_result_and_only_paper_shows_it() {
    let alter = inject("wrong", "1h", "alter = { asset = \"portal\" }");
    let review =
        inject("order", "20h", "order-audit = { jurisdiction = \"vale\", method = \"hand-count\", teams = 1_000 }");
    let rest = alter.clone() + &review;
    // A tenth of 400,000 is recorded for the loser: 80,000 votes of lead, from 20,000 ahead to 60,000 behind.
    let blind = seen("altered = \"10 %\"", &rest);
    near(blind.measure("altered"), 40_000.0);
    near(blind.measure("final"), -0.06);
    near(blind.measure("paper"), -0.06);
    assert_eq!(["turned", "unprovable", "confirmed", "wrong-winner"].map(|id| blind.measure(id)), [1.0, 1.0, 1.0, 0.0]);
    let shown = seen("altered = \"10 %\", paper = true", &rest);
    near(shown.measure("final"), -0.06);
    near(shown.measure("paper"), 0.02);
    assert_eq!(["turned", "unprovable", "confirmed", "wrong-winner"].map(|id| shown.measure(id)), [1.0, 0.0, 0.0, 1.0]);
    // For the first candidate, who leads anyway: no other winner.
    let ahead = seen("altered = \"10 %\", altered-for = \"first\"", &alter);
    near(ahead.measure("final"), 0.10);
    assert_eq!(ahead.measure("turned"), 0.0);
}

#[test]
fn voting_again_on_paper_replaces_online_ballots_and_mends_what_voters_find() {
    let again = seen("revote = \"paper\", revotes = \"10 %\"", "");
    near(again.measure("replaced"), 40_000.0);
    near(again.measure("unauditable"), 360_000.0);
    near(again.measure("in-person"), 640_000.0);
    near(again.measure("final"), 0.02);
    let online = seen("revote = \"online\", revotes = \"10 %\"", "");
    near(online.measure("replaced"), 40_000.0);
    near(online.measure("unauditable"), 400_000.0);
    // Of 40,000 altered ballots a quarter is checked, and cast again on paper.
    let alter = inject("wrong", "1h", "alter = { asset = \"portal\" }");
    let mended = seen("altered = \"10 %\", verify = \"25 %\", revote = \"paper\", revotes = \"0 %\"", &alter);
    near(mended.measure("altered"), 30_000.0);
    near(mended.measure("replaced"), 10_000.0);
    near(mended.measure("final"), 0.02 - 0.06);
    let blocked = seen("altered = \"10 %\", verify = \"25 %\"", &alter);
    near(blocked.measure("altered"), 40_000.0);
}
