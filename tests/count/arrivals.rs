//! Ballots that the law lets come later, and a wrong figure put right: each worked out by hand.

use crate::case::HOUR;
use crate::vale::{Vale, near};

const BOOKS: [(&str, &str); 4] = [
    ("counted", "count.vale.counted"),
    ("rejected", "count.vale.rejected"),
    ("lead", "count.vale.lead"),
    ("done", "count.vale.done"),
];

#[test]
fn mail_postmarked_by_the_day_is_counted_as_it_comes_within_the_grace_and_rejected_without_one() {
    let vale = Vale { margin: "1 %", modes: "late = \"10 %\"", gaps: "late = \"50 %\"", ..Vale::default() };
    let first =
        [("all", "count.vale.done"), ("some", "count.vale.counted > 910_000"), ("day", "count.vale.counted > 900_001")];
    // A quarter of the 100,000 comes on each of four days at the hour of the close, and is worked at 10,000 an hour: 24 hours after the
    // close ten thousand at once, twenty an hour later, all of the day's two hours later. The last come after 96 hours, done after 98.
    let case = Vale { keys: "grace = \"4d\"\npile = \"10h\"", ..vale }.case(&BOOKS, &first);
    let seen = case.run();
    near(seen.measure("day") / HOUR, 10.0 + 24.0);
    near(seen.measure("some") / HOUR, 10.0 + 25.0);
    near(seen.measure("all") / HOUR, 10.0 + 98.0);
    near(seen.measure("counted"), 1_000_000.0);
    near(seen.measure("lead"), 0.01);
    // Without a grace all of it is rejected at the close; the others make the margin, as the file says the final margin is 1 %.
    let seen = vale.case(&BOOKS, &first).run();
    near(seen.measure("all") / HOUR, 12.0);
    near(seen.measure("counted"), 900_000.0);
    near(seen.measure("rejected"), 100_000.0);
    near(seen.measure("lead"), 0.01);
}

#[test]
fn late_and_provisional_ballots_come_when_the_law_lets_them() {
    let vale = Vale {
        margin: "1 %",
        modes: "provisional = \"4 %\", overseas = \"1 %\"",
        gaps: "provisional = \"20 %\", overseas = \"0 %\"",
        keys: "provisional-counted = \"75 %\"\nreview = \"5d\"",
        ..Vale::default()
    };
    let first = [("all", "count.vale.done"), ("more", "count.vale.counted > 950_001")];
    let seen = vale.case(&BOOKS, &first).run();
    // 950,000 in person after two hours; after five days 30,000 of 40,000 provisional ballots and 10,000 from overseas.
    near(seen.measure("more") / HOUR, 10.0 + 120.0);
    near(seen.measure("all") / HOUR, 10.0 + 120.0);
    near(seen.measure("counted"), 990_000.0);
    near(seen.measure("rejected"), 10_000.0);
    near(seen.measure("lead"), 0.01);
    // In person a, provisionally a + 0.2: 960,000 a + 30,000 (a + 0.2) = 9,900, so a = 3,900 / 990,000 leads until the review.
    near(seen.course("lead", 48.0), 3_900.0 / 990_000.0);
}

#[test]
fn a_wrong_figure_stands_until_it_is_corrected_and_no_longer() {
    let vale = Vale { margin: "1 %", keys: "errors = \"100 %\"\nerror-lasts = \"6h\"", ..Vale::default() };
    let last = [("lead", "count.vale.lead"), ("final", "count.vale.final-margin")];
    let night = Vale {
        rest: "[measure.length]\ntitle = \"length\"\nvalue = \"count.vale.wrong\"\ntake = \"time-true\"\n[measure.most]\ntitle = \"most\"\nvalue = \"count.vale.lead\"\ntake = \"highest\"\n[measure.least]\ntitle = \"least\"\nvalue = \"count.vale.lead\"\ntake = \"lowest\"\n",
        ..vale
    };
    let case = night.case(&last, &[("wrong", "count.vale.wrong")]);
    let (mut up, mut down) = (0, 0);
    for seen in case.runs(40) {
        near(seen.measure("wrong") / HOUR, 12.0);
        near(seen.measure("length") / HOUR, 6.0);
        near(seen.measure("lead"), 0.01);
        near(seen.measure("final"), 0.01);
        // From two to thirty per cent of the votes are moved to one candidate or the other: twice that in the lead.
        let (above, below) = (seen.measure("most") - 0.01, 0.01 - seen.measure("least").min(0.01));
        let moved = above.max(below);
        assert!((0.04..=0.6).contains(&moved), "{moved}");
        up += usize::from(above > below);
        down += usize::from(below > above);
    }
    assert!(up > 8 && down > 8, "{up} up, {down} down");
}
