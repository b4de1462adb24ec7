//! Where courts, reviews and later votes meet: what becomes of ballots set aside, of looks at the ballots and of suits when a vote is
//! annulled, and of a winner when a certificate is amended.

use crate::case::HOUR;
use crate::vale::{DATES, Vale, inject, near};

const DAY: f64 = 24.0 * HOUR;
const ANNUL: &str = "annul = { contest = \"seat\" }";

/// A tenth comes by late mail within two days: in person -3 %, late 47 %, together 2 %.
fn late<'t>(keys: &'t str, contest: &'t str, rest: &'t str) -> Vale<'t> {
    Vale { margin: "2 %", modes: "late = \"10 %\"", gaps: "late = \"50 %\"", keys, contest, rest }
}

fn keys() -> String {
    format!("grace = \"2d\"\npile = \"1h\"\n{DATES}")
}

fn set_aside(ruling: &str) -> String {
    inject(
        "order",
        "1h",
        &format!("segregate = {{ jurisdiction = \"vale\", modes = [\"late\"], {ruling} admits = \"100 %\" }}"),
    )
}

#[test]
fn what_is_set_aside_goes_with_the_vote_that_is_annulled() {
    // The court would admit them on day 8, and sets aside once more on day 9: both come too late.
    let again = "segregate = { jurisdiction = \"vale\", modes = [\"late\"] }";
    let rest = set_aside("ruling = \"8d\",") + &inject("annulment", "6d", ANNUL) + &inject("again", "9d", again);
    let books = [
        ("counted", "count.vale.counted"),
        ("rejected", "count.vale.rejected"),
        ("segregated", "count.vale.segregated"),
        ("outstanding", "count.vale.outstanding"),
        ("aside", "count.vale.set-aside"),
        ("decides", "count.vale.segregation-decides"),
        ("final", "count.vale.final-margin"),
    ];
    let seen = late(&keys(), "", &rest).case(&books, &[]).run();
    near(seen.measure("counted"), 900_000.0);
    near(seen.measure("rejected"), 100_000.0);
    for nothing in ["segregated", "outstanding", "aside", "decides"] {
        assert_eq!(seen.measure(nothing), 0.0, "{nothing}");
    }
    near(seen.measure("final"), -0.03);
}

#[test]
fn nobody_looks_again_at_the_ballots_of_an_annulled_vote() {
    let look = "order-audit = { jurisdiction = \"vale\", method = \"hand-count\", teams = 50, pace = \"2_000/h\", day = 12, set-up = \"1d\" }";
    let ask = "request-recount = { jurisdiction = \"vale\", takes = \"9d\" }";
    let last = [
        ("review", "result.vale.review"),
        ("recount", "result.vale.recount"),
        ("certified", "result.vale.certified"),
        ("stake", "result.vale.ballots-at-stake"),
    ];
    let first = [
        ("began", "result.vale.review"),
        ("recounted", "result.vale.recount"),
        ("found", "result.vale.corrected"),
        ("same", "result.vale.confirmed"),
    ];
    let orders = inject("look", "4d", look) + &inject("ask", "4d", ask);
    let keys = keys();
    let stands = late(&keys, "", &orders).case(&last, &first).run();
    assert!(
        stands.measure("found").max(stands.measure("same")) > 5.0 * DAY && stands.measure("certified") == 1.0,
        "it is done where the vote stands"
    );
    // Annulled while both go on; and ordered once more after that.
    let rest =
        orders + &inject("annulment", "5d", ANNUL) + &inject("more", "12d", look) + &inject("ask-more", "12d", ask);
    let seen = late(&keys, "", &rest).case(&last, &first).run();
    near(seen.measure("began") / DAY, 4.0);
    assert!(seen.measure("recounted") < 5.0 * DAY && seen.measure("found").is_nan() && seen.measure("same").is_nan());
    for id in ["review", "recount", "certified", "stake"] {
        assert_eq!(seen.measure(id), 0.0, "{id}");
    }
}

#[test]
fn nobody_goes_to_court_over_an_annulled_vote() {
    let suits = "lawsuits = \"0.2/h\"\ndecides = \"1d\"\nhalts = \"0 %\"\nextends = \"100 %\"\nextends-by = \"5d\"\n";
    let rest = inject("annulment", "2d", ANNUL);
    let last = [("suits", "contest.seat.suits"), ("date", "result.vale.state-date")];
    for seen in late(&keys(), suits, &rest).case(&last, &[("late", "contest.seat.suits >= 60")]).runs(10) {
        assert!(seen.measure("suits") < 40.0 && seen.measure("late").is_nan(), "some eight in 38 hours");
        let moved = (seen.measure("date") - 20.0 * DAY) / (5.0 * DAY);
        assert!(moved <= seen.measure("suits"), "{moved}");
    }
}

#[test]
fn a_rerun_with_ballots_set_aside_keeps_its_books() {
    let contest = "rerun = { after = \"14d\", swing = \"5 %\", turnout = \"50 %\" }\nlawsuits = \"5/h\"\nsegregates = \"100 %\"\nadmits = \"0 %\"\ndecides = \"20h\"\nhalts = \"0 %\"\n";
    let rest = inject("annulment", "6d", ANNUL);
    let books = [
        ("cast", "count.vale-rerun.cast"),
        ("counted", "count.vale-rerun.counted"),
        ("rejected", "count.vale-rerun.rejected"),
        ("segregated", "count.vale-rerun.segregated"),
        ("outstanding", "count.vale-rerun.outstanding"),
        (
            "sum",
            "count.vale-rerun.counted + count.vale-rerun.rejected + count.vale-rerun.segregated + count.vale-rerun.outstanding - count.vale-rerun.cast",
        ),
        ("rounds", "contest.seat.rounds"),
        ("winner", "contest.seat.winner"),
    ];
    let first = [("apart", "count.vale-rerun.segregated > 0")];
    let mut apart = 0;
    for seen in (Vale { margin: "1 %", ..late(&keys(), contest, &rest) }).case(&books, &first).runs(10) {
        near(seen.measure("cast"), 500_000.0);
        assert!(seen.measure("sum").abs() < 1e-3, "{}", seen.measure("sum"));
        assert_eq!((seen.measure("rounds"), seen.measure("winner")), (2.0, 2.0));
        near(seen.measure("rejected"), 50_000.0);
        apart += u32::from(!seen.measure("apart").is_nan());
    }
    assert!(apart > 0);
}

#[test]
fn an_amended_certificate_may_have_another_winner() {
    let rest = set_aside("") + &inject("ruling", "30d", "rule = { jurisdiction = \"vale\", admits = \"100 %\" }");
    let last = [
        ("winner", "contest.seat.winner"),
        ("until", "contest.seat.time-to-winner"),
        ("decided", "contest.seat.decided"),
    ];
    let first = [("second", "contest.seat.winner > 1.5"), ("back", "call.vale.retracted")];
    let seen = late(&keys(), "", &rest).case(&last, &first).run();
    near(seen.measure("second") / DAY, 20.0);
    near(seen.measure("back") / DAY, 30.0);
    near(seen.measure("until") / HOUR, 30.0 * 24.0 - 10.0);
    assert_eq!((seen.measure("winner"), seen.measure("decided")), (1.0, 1.0));
}
