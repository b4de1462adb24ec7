//! Conditions and formulas: what they mean, and what is said when they are wrong.

use crate::board::{Fixed, Names};
use crate::said;
use canvass::scenario::expression::{bind, bind_condition};
use canvass::scenario::{Condition, Dimension, Expression};
use std::cell::Cell;

const MINUTE: i64 = 60_000;

fn board() -> Fixed {
    Fixed {
        // The results page has been down for 20 minutes; the portal was, an hour ago; polls close at 2 h, now is 3 h.
        values: [1.0, 0.0, 0.0, 0.3, 7_200_000.0, 40.0 / 3_600_000.0, 7_200_000.0, 1.0, 12.0, 6.0, 4.0],
        since: [Some(160 * MINUTE), Some(120 * MINUTE), None],
        now: Cell::new(180 * MINUTE),
    }
}

fn value(text: &str) -> f64 {
    let expression = Expression::parse(text).unwrap_or_else(|problems| panic!("{text}: {problems:?}"));
    bind(&expression, &Names).unwrap_or_else(|problems| panic!("{text}: {problems:?}")).value(&board())
}

#[test]
fn expressions_have_the_value_they_read_as() {
    for (text, expected) in [
        ("2 + 3 * 4", 14.0),
        ("(2 + 3) * 4", 20.0),
        ("10 - 4 - 3", 3.0),
        ("-a + b", -2.0),
        ("a - b", 2.0),
        ("a / b", 1.5),
        ("min(a, b, 5)", 4.0),
        ("max(a, b) - min(a, b)", 2.0),
        ("not true or true", 1.0),
        ("not (true or true)", 0.0),
        ("not a > 7 and b == 4", 1.0),
        ("a > 7 or b <= 4 and a != 6", 0.0),
        ("narrative.rigged.reach > 20 %", 1.0),
        ("reporting.delay >= 2h", 1.0),
        ("reporting.delay > 0", 1.0),
        ("reporting.delay / 1h", 2.0),
        ("narrative.rigged.rate * 30min", 20.0),
        ("now - polls-close", 3_600_000.0),
        ("since(polls-close)", 3_600_000.0),
        ("now < polls-close + 6h", 1.0),
        ("held(asset.results-page.down)", 1_200_000.0),
        ("asset.results-page.down > 15min", 1.0),
        ("20min < asset.results-page.down", 0.0),
        ("held(asset.portal.down)", 0.0),
        ("since(asset.portal.down)", 3_600_000.0),
        ("since(asset.mail.down)", f64::INFINITY),
        ("since(asset.mail.down) > 100w", 1.0),
        ("ever(asset.portal.down) and not asset.portal.down", 1.0),
        ("ever(asset.mail.down)", 0.0),
        ("count(asset.*.down)", 1.0),
        ("count(asset.results-page.down, a > b, false)", 2.0),
        ("environment == narrow", 1.0),
        ("wide == environment", 0.0),
        ("environment != wide", 1.0),
        ("strict and a > b", 1.0),
        ("held(strict)", 10_800_000.0),
    ] {
        assert!((value(text) - expected).abs() < 1e-9 || value(text) == expected, "{text} gave {}", value(text));
    }
}

#[test]
fn dimensions_follow_from_the_parts_and_reads_are_listed_once() {
    for (text, dimension, reads) in [
        ("now - polls-close", Dimension::Period, &[6_u32][..]),
        ("polls-close + 6h", Dimension::Instant, &[6]),
        ("a / reporting.delay", Dimension::Rate, &[4, 9]),
        ("a / narrative.rigged.rate", Dimension::Period, &[5, 9]),
        ("count(asset.*.down) + a + a", Dimension::Number, &[0, 1, 2, 9]),
        ("asset.portal.down > 15min", Dimension::Truth, &[1]),
        ("2 * 3 > 5", Dimension::Truth, &[]),
    ] {
        let bound = bind(&Expression::parse(text).expect(text), &Names).expect(text);
        assert_eq!((bound.dimension, bound.reads.as_slice()), (dimension, reads), "{text}");
    }
}

#[test]
fn what_does_not_parse_is_said_in_words() {
    for (text, words) in [
        ("a && b", "&&: `&&` is not part of this language | write `and`"),
        (
            "a || !b",
            "||: `||` is not part of this language | write `or`\n!: `!` is not part of this language | write `not`",
        ),
        ("a = b", "=: `=` is not part of this language | write `==`"),
        ("a <> 3", "<>: `<>` is not part of this language | write `!=`"),
        ("a ≥ 3", "≥: `≥` is not part of this language | write `>=`"),
        ("a => 3", "=>: `=>` is not part of this language | write `>=`"),
        ("a − b > 0", "−: `−` is not part of this language | write `-`"),
        ("a AND b", "AND: `AND` is written in lower case | write `and`"),
        ("a > 1 and", "and: a name or a number is missing after `and`"),
        ("a > * 3", "*: a name or a number is missing before `*`"),
        ("1 < a < 5", "<: comparisons do not chain | write `1 < a and a < …`"),
        ("(a > 3", "(: this bracket is never closed | add a `)`"),
        ("a > 3)", "): `)` is not expected here | it closes no bracket"),
        ("a b", "b: `b` is not expected here | an operator is missing before it, as `and`, `+` or `>`"),
        (
            "Asset.x > 3",
            "Asset.x: `Asset.x` is not a name | names are lower-case letters, digits and dashes: `asset.x`",
        ),
        (
            "asset.results_page.down",
            "asset.results_page.down: `asset.results_page.down` is not a name | names are lower-case letters, digits and dashes: `asset.results-page.down`",
        ),
        (
            "a == 'x'",
            "': `\\'` has no meaning here | names stand without quotes\n': `\\'` has no meaning here | names stand without quotes",
        ),
        ("", ": there is nothing here"),
        ("hold(x)", "hold: no function `hold` | did you mean `held`?"),
        ("max(a) > 3", "max: `max` takes at least two values | write it as `max(a, b)`"),
        ("held(x, y) > 1h", "held: `held` takes one name | write it as `held(asset.portal.down)`"),
        ("5 + 3", "5 + 3: this is neither true nor false | compare it, as `… > 0`"),
        ("a > 24 hrs", "hrs: unknown unit `hrs` | did you mean `24 hours`?"),
    ] {
        let problems = Condition::parse(text).expect_err(text);
        assert_eq!(said(text, &problems), words, "{text}");
    }
}

#[test]
fn what_does_not_bind_is_said_in_words() {
    for (text, words) in [
        (
            "asset.results-pge.down",
            "asset.results-pge.down: no quantity `asset.results-pge.down` | did you mean `asset.results-page.down`?",
        ),
        (
            "asset.portal.exploded-twice",
            "asset.portal.exploded-twice: no quantity `asset.portal.exploded-twice` | under `asset.portal` there is `down`, `posts`",
        ),
        (
            "weather > 3",
            "weather: no quantity `weather` | there is `a`, `asset`, `b`, `environment`, `narrative`, `polls-close`, `reporting`",
        ),
        ("a-b > 3", "a-b: no quantity `a-b` | to subtract, put spaces around the minus: `a - b`"),
        (
            "reporting.delay > 24",
            "reporting.delay > 24: cannot compare a period with a number | give the number a unit, as `24h`",
        ),
        (
            "narrative.rigged.rate > 40",
            "narrative.rigged.rate > 40: cannot compare a rate with a number | give the number a unit, as `40/h`",
        ),
        (
            "reporting.delay + 3 > 1h",
            "reporting.delay + 3: cannot add a number to a period | give the number a unit, as `24h`",
        ),
        ("now > 2h", "now > 2h: cannot compare a moment with a period | count from a moment, as `start + 2h`"),
        (
            "now + polls-close > 2h",
            "now + polls-close: cannot add a moment to a moment | subtract them for the time between",
        ),
        ("a", "a: a condition is needed here, but this is a number | compare it, as `a > 0`"),
        (
            "reporting.delay and a > 3",
            "reporting.delay: a condition is needed here, but this is a period | compare it, as `reporting.delay > 15min`",
        ),
        ("not a", "a: a condition is needed here, but this is a number | compare it, as `a > 0`"),
        (
            "asset.portal.down > 0",
            "asset.portal.down > 0: cannot compare a condition with a number | a condition is already true or false: write it alone, or with `not`",
        ),
        ("-asset.portal.down", "-asset.portal.down: cannot put `-` before a condition | write `not`"),
        ("environment == narow", "narow: `narow` is not one of the choices of `environment` | did you mean `narrow`?"),
        (
            "environment > 3",
            "environment > 3: cannot compare a choice with a number | a choice is compared with one of its names, as `== low`",
        ),
        ("a / 0 > 1", "0: this divides by zero"),
        ("a / (2 - 2) > 1", "2 - 2: this divides by zero"),
        (
            "asset.*.down",
            "asset.*.down: `*` stands for several quantities, so it needs `count` | write `count(asset.*.down) > 0`",
        ),
        ("count(asset.*.up) > 1", "asset.*.up: no quantity matches `asset.*.up`"),
        ("count(asset.*.posts) > 1", "asset.*.posts: `count` counts conditions, but `asset.portal.posts` is a number"),
        (
            "held(asset.portal.down and a > 3) > 1h",
            "asset.portal.down and a > 3: `held` takes one name, not a condition made of several | write the condition under `when` and the time under `for`",
        ),
        ("held(a) > 1h", "a: `held` takes a condition, but this is a number"),
        ("min(a, 2h) > 3", "2h: cannot compare a number with a period | all values must be of one kind"),
        (
            "2 / held(asset.portal.down) > 3/h",
            "held(asset.portal.down: cannot divide by a time that keeps changing | compare the time itself, as `held(x) > 2h`",
        ),
        (
            "x > 3 and y < 2",
            "x: no quantity `x` | there is `a`, `asset`, `b`, `environment`, `narrative`, `polls-close`, `reporting`\ny: no quantity `y` | there is `a`, `asset`, `b`, `environment`, `narrative`, `polls-close`, `reporting`",
        ),
    ] {
        let expression = Expression::parse(text).unwrap_or_else(|problems| panic!("{text}: {problems:?}"));
        let problems = bind_condition(&expression, &Names).expect_err(text);
        assert_eq!(said(text, &problems), words, "{text}");
    }
}

#[test]
fn no_depth_or_length_is_too_much() {
    for text in [
        "(".repeat(1_000),
        "not ".repeat(400),
        "-".repeat(1_999),
        format!("{}a{}", "(".repeat(900), ")".repeat(900)),
        format!("a{}", " + a".repeat(490)),
        format!("{}a", "max(".repeat(400)),
        format!("{}a{}", "max(a,".repeat(200), ")".repeat(200)),
    ] {
        assert!(Expression::parse(&text).is_err(), "{text}");
    }
    let long = format!("a{}", " or a".repeat(500));
    let problems = Expression::parse(&long).expect_err("too long");
    assert_eq!(problems[0].message, "this text is 2501 bytes long; at most 2000 are read");
    assert!(Expression::parse(&format!("a{}", " + a".repeat(100))).is_ok());
    assert!(Expression::parse(&format!("{}a{}", "(".repeat(50), ")".repeat(50))).is_ok());
}
