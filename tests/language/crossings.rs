//! The next moment at which time alone changes a condition, against asking at every millisecond.

use crate::board::{Fixed, Names};
use canvass::scenario::Expression;
use canvass::scenario::expression::bind_condition;
use proptest::prelude::*;
use std::cell::Cell;

fn read_at(text: &str, since: Option<i64>, now: i64) -> (bool, i64) {
    let bound = bind_condition(&Expression::parse(text).expect(text), &Names).expect(text);
    let down = f64::from(u8::from(since.is_some()));
    let values = [down, 0.0, 0.0, 0.3, 0.0, 0.001, 100.0, 0.0, 0.0, 6.0, 4.0];
    let reading = bound.read(&Fixed { values, since: [since, None, None], now: Cell::new(now) });
    (reading.value == 1.0, reading.next_ms)
}

#[test]
fn strict_and_loose_comparisons_turn_over_a_millisecond_apart() {
    const NEVER: i64 = i64::MAX;
    for (text, since, now, expected) in [
        ("asset.results-page.down > 15ms", Some(10), 12, (false, 26)),
        ("asset.results-page.down >= 15ms", Some(10), 12, (false, 25)),
        ("asset.results-page.down < 15ms", Some(10), 12, (true, 25)),
        ("asset.results-page.down <= 15ms", Some(10), 12, (true, 26)),
        ("asset.results-page.down > 15ms", Some(10), 26, (true, NEVER)),
        ("asset.results-page.down > 15ms", None, 26, (false, NEVER)),
        ("now > polls-close", None, 0, (false, 101)),
        ("now >= polls-close", None, 0, (false, 100)),
        ("now > polls-close", None, 100, (false, 101)),
        ("now > polls-close", None, 101, (true, NEVER)),
        ("now == polls-close", None, 0, (false, 100)),
        ("now == polls-close", None, 100, (true, 101)),
        ("now == polls-close", None, 101, (false, NEVER)),
        ("now != polls-close", None, 0, (true, 100)),
        ("2 * held(asset.results-page.down) == 15ms", Some(0), 0, (false, NEVER)),
        ("3 * held(asset.results-page.down) > 10ms", Some(0), 0, (false, 4)),
        ("now > polls-close and asset.portal.down", None, 0, (false, NEVER)),
        ("now > polls-close or a > b", None, 0, (true, NEVER)),
        ("a > b and now < polls-close", None, 7, (true, 100)),
        ("now > polls-close and now < polls-close + 20ms", None, 0, (false, 101)),
        ("now > polls-close and now < polls-close + 20ms", None, 105, (true, 120)),
        ("narrative.rigged.rate * held(asset.results-page.down) >= 0.05", Some(0), 0, (false, 50)),
    ] {
        assert_eq!(read_at(text, since, now), expected, "{text} at {now}");
    }
}

fn period() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        (0..300_u32).prop_map(|ms| format!("{ms}ms")),
        Just("held(asset.results-page.down)".to_owned()),
        Just("held(asset.portal.down)".to_owned()),
        Just("since(asset.results-page.down)".to_owned()),
        Just("since(asset.mail.down)".to_owned()),
        Just("(now - polls-close)".to_owned()),
        Just("reporting.delay".to_owned()),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} + {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} - {b})")),
            (inner.clone(), prop::sample::select(vec!["2", "0.5", "3", "0.1", "0.37"]))
                .prop_map(|(a, k)| format!("({k} * {a})")),
            (inner.clone(), prop::sample::select(vec!["2", "7"])).prop_map(|(a, k)| format!("({a} / {k})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("min({a}, {b})")),
            (inner.clone(), inner.clone(), inner.clone()).prop_map(|(a, b, c)| format!("max({a}, {b}, {c})")),
            inner.prop_map(|a| format!("(-{a})")),
        ]
    })
}

fn condition() -> impl Strategy<Value = String> {
    let signs = || prop::sample::select(vec!["<", "<=", ">", ">=", "==", "!="]);
    let leaf = prop_oneof![
        6 => (period(), signs(), period()).prop_map(|(a, sign, b)| format!("{a} {sign} {b}")),
        1 => Just("asset.results-page.down".to_owned()),
        1 => (signs(), 0..300_u32).prop_map(|(sign, ms)| format!("now {sign} polls-close + {ms}ms")),
        1 => (period(), signs(), 0..300_u32).prop_map(|(a, sign, n)| format!("narrative.rigged.rate * {a} {sign} {n} / 1000")),
    ];
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} and {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} or {b})")),
            inner.clone().prop_map(|a| format!("(not ({a}))")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("(({a}) == ({b}))")),
            (inner.clone(), inner.clone(), inner, 1..4_u32)
                .prop_map(|(a, b, c, n)| format!("count({a}, {b}, {c}) >= {n}")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn nothing_changes_before_the_next_moment(
        text in condition(),
        down in any::<bool>(),
        since in -200..=0_i64,
        portal in any::<bool>(),
        mail in prop::option::of(-100..=0_i64),
        polls_close in -50..300_i64,
        delay in 0..200_u32,
    ) {
        const END: i64 = 700;
        let Ok(expression) = Expression::parse(&text) else { return Err(TestCaseError::fail(text)) };
        let bound = bind_condition(&expression, &Names).map_err(|problems| TestCaseError::fail(format!("{text}: {problems:?}")))?;
        let truth = |holds: bool| f64::from(u8::from(holds));
        let values = [truth(down), truth(portal), 0.0, 0.3, f64::from(delay), 0.001, polls_close as f64, 0.0, 0.0, 6.0, 4.0];
        let board = Fixed { values, since: [Some(since), Some(since / 2), mail], now: Cell::new(0) };
        let mut readings = 0;
        let mut now = 0;
        while now < END {
            board.now.set(now);
            let reading = bound.read(&board);
            readings += 1;
            prop_assert_eq!(reading.value, bound.value(&board));
            prop_assert!(reading.next_ms > now, "{} stands still at {}", text, now);
            for at in now..reading.next_ms.min(END) {
                board.now.set(at);
                prop_assert_eq!(bound.value(&board), reading.value, "{} changed at {}, said {} at {}", text, at, reading.next_ms, now);
            }
            now = reading.next_ms;
        }
        prop_assert!(readings < 80, "{} was asked {} times", text, readings);
    }
}
