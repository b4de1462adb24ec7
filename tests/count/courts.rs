//! Courts: ballots set aside and ruled on, longer hours, moved dates, orders that come sooner; each worked out by hand.

use crate::case::{HOUR, Seen};
use crate::vale::{DATES, Vale, inject, near};
use canvass::scenario::Loaded;

const DAY: f64 = 24.0 * HOUR;

const BOOKS: [(&str, &str); 10] = [
    ("counted", "count.vale.counted"),
    ("rejected", "count.vale.rejected"),
    ("segregated", "count.vale.segregated"),
    ("outstanding", "count.vale.outstanding"),
    ("excluded", "count.vale.excluded"),
    ("lead", "count.vale.lead"),
    ("final", "count.vale.final-margin"),
    ("standing", "count.vale.standing-margin"),
    ("second", "contest.seat.won-by-second"),
    ("decides", "count.vale.segregation-decides"),
];

/// A tenth comes by late mail within two days: in person -3 %, late 47 %, together 2 %.
fn late() -> Vale<'static> {
    Vale {
        margin: "2 %",
        modes: "late = \"10 %\"",
        gaps: "late = \"50 %\"",
        keys: "grace = \"2d\"\npile = \"1h\"",
        ..Vale::default()
    }
}

fn set_aside(at: &str, more: &str) -> String {
    inject("order", at, &format!("segregate = {{ jurisdiction = \"vale\", modes = [\"late\"]{more} }}"))
}

#[test]
fn ballots_set_aside_are_in_no_total_until_a_court_rules() {
    let seen = Vale { rest: &set_aside("1h", ""), ..late() }.case(&BOOKS, &[("done", "count.vale.done")]).run();
    near(seen.measure("counted"), 900_000.0);
    near(seen.measure("segregated"), 100_000.0);
    near(seen.measure("outstanding"), 0.0);
    near(seen.measure("rejected"), 0.0);
    near(seen.measure("lead"), -0.03);
    near(seen.measure("standing"), -0.03);
    near(seen.measure("final"), 0.02);
    assert_eq!(seen.measure("decides"), 1.0, "100,000 ballots against a margin of 20,000");
    // What came on the second day after the close is the last.
    near(seen.measure("done") / HOUR, 10.0 + 48.0);
}

#[test]
fn a_ruling_admits_them_or_rejects_them_and_the_result_follows() {
    let ruled = |admits: &str, days: u32| -> Seen {
        let order = set_aside("1h", &format!(", ruling = \"{days}d\", admits = \"{admits}\""));
        Vale { rest: &order, ..late() }.case(&BOOKS, &[]).run()
    };
    // Before the first of them came, between the two days, and after all of them: the end is the same.
    for days in [1, 2, 9] {
        let admitted = ruled("100 %", days);
        near(admitted.measure("counted"), 1_000_000.0);
        near(admitted.measure("lead"), 0.02);
        near(admitted.measure("second"), 0.0);
        let excluded = ruled("0 %", days);
        near(excluded.measure("counted"), 900_000.0);
        near(excluded.measure("rejected"), 100_000.0);
        near(excluded.measure("lead"), -0.03);
        near(excluded.measure("final"), -0.03);
        near(excluded.measure("second"), 1_000_000.0);
        near(excluded.measure("segregated"), 0.0);
        // What is rejected as it comes after the ruling was never set aside.
        let apart = match days {
            1 => 0.0,
            2 => 50_000.0,
            _ => 100_000.0,
        };
        near(excluded.measure("excluded"), apart);
    }
}

#[test]
fn what_lies_among_the_others_can_no_longer_be_set_aside() {
    let order = inject("order", "20h", "segregate = { jurisdiction = \"vale\", modes = [\"in-person\"] }");
    let seen = Vale { rest: &order, ..late() }.case(&BOOKS, &[]).run();
    near(seen.measure("counted"), 1_000_000.0);
    near(seen.measure("segregated"), 0.0);
    assert_eq!(seen.measure("decides"), 0.0);
}

#[test]
fn a_ruling_after_certification_amends_the_certificate_and_takes_the_call_back() {
    let rest = set_aside("1h", "") + &inject("ruling", "30d", "rule = { jurisdiction = \"vale\", admits = \"100 %\" }");
    let keys = format!("{}\n{DATES}", late().keys);
    let vale = Vale { rest: &rest, keys: &keys, ..late() };
    let last = [("margin", "result.vale.margin"), ("retracted", "call.vale.retracted"), ("first", "call.vale.first")];
    let first =
        [("certified", "result.vale.certified"), ("other", "call.vale.second"), ("back", "call.vale.retracted")];
    let seen = vale.case(&last, &first).run();
    near(seen.measure("certified") / DAY, 20.0);
    assert!(seen.measure("other") < 30.0 * DAY, "called for the second while late mail is out of the total");
    near(seen.measure("margin"), 0.02);
    near(seen.measure("back") / DAY, 30.0);
    assert_eq!((seen.measure("retracted"), seen.measure("first")), (1.0, 1.0));
}

#[test]
fn a_suit_may_bring_the_same_with_the_chance_the_file_gives() {
    let vale = |contest: &'static str| {
        let certified = "grace = \"2d\"\npile = \"1h\"\ncertification = { canvass = \"2d\", local = \"start + 10d\", state = \"start + 20d\", refuses = \"0 %\" }";
        let vale = Vale { margin: "1 %", keys: certified, contest, ..late() };
        let date = [("date", "result.vale.state-date"), ("extended", "contest.seat.extended-by-court")];
        let last: Vec<(&str, &str)> = BOOKS.into_iter().chain(date).collect();
        vale.case(&last, &[("suit", "contest.seat.suits > 0")]).runs(20)
    };
    for seen in vale("lawsuits = \"1/h\"\nsegregates = \"100 %\"\nadmits = \"0 %\"\ndecides = \"1h\"\n") {
        assert!(seen.measure("suit") > 10.0 * HOUR);
        near(seen.measure("rejected"), 100_000.0);
        assert!(seen.measure("lead") < 0.0);
    }
    for seen in vale("lawsuits = \"1/h\"\ndecides = \"1h\"\nhalts = \"0 %\"\n") {
        near(seen.measure("counted"), 1_000_000.0);
        assert_eq!(seen.measure("extended"), 0.0);
    }
    for seen in
        vale("lawsuits = \"0.02/h\"\nextends = \"100 %\"\nextends-by = \"5d\"\ndecides = \"1h\"\nhalts = \"0 %\"\n")
    {
        let moved = (seen.measure("date") - 20.0 * DAY) / (5.0 * DAY);
        assert!(moved >= 1.0 && (moved - moved.round()).abs() < 1e-9 && seen.measure("extended") == 1.0, "{moved}");
    }
}

#[test]
fn longer_hours_move_the_close_while_polls_are_open() {
    let at = |at: &str| {
        let order = inject("hours", at, "extend-hours = { jurisdiction = \"vale\", by = \"2h\" }");
        let vale = Vale { margin: "40 %", rest: &order, ..Vale::default() };
        let first = [
            ("closed", "count.vale.closed"),
            ("figures", "count.vale.published > 0"),
            ("called", "call.vale.made"),
            ("last-close", "contest.seat.last-close >= start + 12h"),
        ];
        let seen = vale.case(&[("more", "count.vale.extended")], &first).run();
        ["closed", "figures", "called", "last-close", "more"].map(|id| seen.measure(id) / HOUR)
    };
    assert_eq!(at("5h"), [12.0, 14.0, 12.0, 5.0, 2.0], "and nobody calls before the close");
    let late = at("11h");
    assert_eq!(late[..3], [10.0, 12.0, 10.0]);
    assert_eq!(late[4], 0.0);
}

#[test]
fn papers_that_lie_ready_halve_the_time_of_the_court() {
    let certified = |rest: &str| {
        let keys = "certification = { canvass = \"2d\", local = \"start + 10d\", state = \"start + 12d\", refuses = \"100 %\", compelled = \"8d\", resolved = \"100 %\" }";
        let vale = Vale { margin: "9 %", keys, rest, ..Vale::default() };
        vale.case(&[], &[("certified", "result.vale.certified")]).run().measure("certified") / DAY
    };
    near(certified(""), 18.0);
    let plans = inject("plans", "1h", "court-plans = { jurisdiction = \"vale\", cut = \"50 %\" }");
    near(certified(&plans), 14.0);
    let order = set_aside("1h", ", ruling = \"8d\", admits = \"0 %\"");
    let ruled = |rest: &str| {
        Vale { rest, ..late() }.case(&[], &[("ruled", "count.vale.excluded > 0")]).run().measure("ruled") / HOUR
    };
    near(ruled(&order), 1.0 + 192.0);
    near(
        ruled(&(inject("plans", "0h", "court-plans = { jurisdiction = \"vale\", cut = \"50 %\" }") + &order)),
        1.0 + 96.0,
    );
}

#[test]
fn the_date_of_the_counties_can_be_moved_too() {
    let dates = "certification = { canvass = \"2d\", local = \"start + 10d\", state = \"start + 20d\", refuses = \"100 %\", compelled = \"2d\", resolved = \"100 %\" }";
    let seen = |rest: &str| {
        let vale = Vale { margin: "9 %", keys: dates, rest, ..Vale::default() };
        let last = [("late", "result.vale.local-late"), ("at-stake", "result.vale.ballots-at-stake")];
        let first = [
            ("local", "result.vale.local"),
            ("missed", "result.vale.local-missed"),
            ("stake", "result.vale.ballots-at-stake >= 1_000_000"),
        ];
        vale.case(&last, &first).run()
    };
    let plain = seen("");
    near(plain.measure("missed") / DAY, 10.0);
    near(plain.measure("stake") / DAY, 10.0);
    near(plain.measure("local") / DAY, 12.0);
    near(plain.measure("late") / DAY, 2.0);
    near(plain.measure("at-stake"), 0.0);
    let moved = seen(&inject("more", "5d", "extend = { jurisdiction = \"vale\", date = \"local\", by = \"3d\" }"));
    assert!(moved.measure("missed").is_nan() && moved.measure("stake").is_nan());
    near(moved.measure("local") / DAY, 12.0);
    near(moved.measure("late"), 0.0);
}

#[test]
fn nobody_orders_what_is_not_his_to_order() {
    let problems = |owner: &str, effect: &str| {
        let text = format!(
            "[scenario]\ntitle = \"t\"\nquestion = \"q\"\nstart = 2026-11-03T10:00:00Z\nend = 2026-12-15T10:00:00Z\n\
             [responder.clerk]\nkind = \"local-election-office\"\n[responder.court]\nkind = \"court\"\n[responder.ash]\nkind = \"party\"\n\
             [contest.seat]\ncandidates = [\"ash\", \"birch\"]\n\
             [jurisdiction.vale]\ncontest = \"seat\"\nballots = 1000\nmargin = \"1 %\"\ncloses = \"start + 1h\"\ncertification = {{ local = \"start + 10d\", state = \"start + 20d\" }}\n\
             [response.act]\nowner = \"{owner}\"\nat = \"start\"\neffect = {{ {effect} }}\n"
        );
        Loaded::from_text("authority.toml", &text)
            .problems()
            .iter()
            .map(|problem| problem.message.clone())
            .collect::<Vec<_>>()
    };
    let cases = [
        ("segregate = { jurisdiction = \"vale\", modes = [\"late\"] }", ["clerk", "court"], "ash"),
        ("rule = { jurisdiction = \"vale\" }", ["court", "court"], "clerk"),
        ("extend-hours = { jurisdiction = \"vale\", by = \"1h\" }", ["court", "court"], "clerk"),
        ("compel = { jurisdiction = \"vale\" }", ["court", "court"], "clerk"),
        ("order-audit = { jurisdiction = \"vale\" }", ["clerk", "court"], "ash"),
        ("request-recount = { jurisdiction = \"vale\" }", ["ash", "court"], "clerk"),
        ("court-plans = { jurisdiction = \"vale\" }", ["ash", "clerk"], "court"),
    ];
    for (effect, may, may_not) in cases {
        for owner in may {
            assert_eq!(problems(owner, effect), Vec::<String>::new(), "{owner}: {effect}");
        }
        let refused = problems(may_not, effect);
        assert!(refused.len() == 1 && refused[0].contains("may not"), "{may_not}: {effect}: {refused:?}");
    }
}
