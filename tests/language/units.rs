//! Numbers with units, read and written back.

use crate::said;
use canvass::scenario::{
    Amount, Dimension, Frequency, Period, Plain, Quantity, Share, Value, format_share, format_value,
};
use proptest::prelude::*;

fn fixed(value: &Value) -> f64 {
    match value {
        Value::Fixed(value) => *value,
        other => panic!("not a fixed value: {other:?}"),
    }
}

#[test]
fn periods_are_read_in_milliseconds() {
    for (text, ms) in [
        ("500ms", 500.0),
        ("45s", 45_000.0),
        ("90min", 5_400_000.0),
        ("36h", 129_600_000.0),
        ("36 h", 129_600_000.0),
        ("36 hours", 129_600_000.0),
        ("1 hour", 3_600_000.0),
        ("1.5d", 129_600_000.0),
        ("2w", 1_209_600_000.0),
        ("2 weeks", 1_209_600_000.0),
        ("1h 30min", 5_400_000.0),
        ("1h30min", 5_400_000.0),
        ("3d 12h", 302_400_000.0),
        ("1d 2h 3min 4s 5ms", 93_784_005.0),
        ("1_000min", 60_000_000.0),
        ("0", 0.0),
        ("2 * 30min", 3_600_000.0),
        ("max(2h, 90min)", 7_200_000.0),
    ] {
        let quantity = Quantity::<Period>::parse(text).unwrap_or_else(|problems| panic!("{text}: {problems:?}"));
        assert_eq!(fixed(&quantity.value), ms, "{text}");
        assert_eq!(quantity.dimension, Dimension::Period);
        assert_eq!(quantity.written, text);
    }
}

#[test]
fn shares_counts_and_rates_are_read() {
    for (text, value) in
        [("12 %", 0.12), ("12%", 0.12), ("0.35", 0.35), ("0", 0.0), ("100 %", 1.0), ("12\u{a0}%", 0.12)]
    {
        assert_eq!(fixed(&Quantity::<Share>::parse(text).expect(text).value), value, "{text}");
    }
    for (text, value) in [("1_000", 1_000.0), ("12", 12.0), ("1e6", 1e6), ("2.5e-3", 0.0025)] {
        assert_eq!(fixed(&Quantity::<Amount>::parse(text).expect(text).value), value, "{text}");
    }
    assert_eq!(fixed(&Quantity::<Plain>::parse("-0.3").expect("a number").value), -0.3);
    for (text, a_day) in
        [("40/h", 960.0), ("40 / h", 960.0), ("3/d", 3.0), ("3/day", 3.0), ("1/min", 1_440.0), ("7/w", 1.0)]
    {
        let rate = fixed(&Quantity::<Frequency>::parse(text).expect(text).value);
        assert!((rate * 86_400_000.0 - a_day).abs() < 1e-9, "{text}");
    }
}

#[test]
fn wrong_units_are_shown_with_the_mend() {
    for (text, words) in [
        ("36H", "H: unknown unit `H` | did you mean `36h`?"),
        ("36 hrs", "hrs: unknown unit `hrs` | did you mean `36 hours`?"),
        ("3M", "M: unknown unit `M` | a month or a year has no fixed length; write it in days, as `30d`"),
        (
            "2 months",
            "months: unknown unit `months` | a month or a year has no fixed length; write it in days, as `30d`",
        ),
        ("90m", "m: unknown unit `m` | write `90min` for minutes; a month has no fixed length, write it in days"),
        ("2k", "k: unknown unit `k` | write the number out, as `2_000`"),
        ("8x", "x: unknown unit `x` | units are ms, s, min, h, d, w, and %"),
        (
            "30min 1h",
            "1h: a period is written from its largest unit down, each unit once | write it as `1d 12h` or `1h 30min`",
        ),
        ("1,000h", "1,000: thousands are not set apart by commas | write `1_000`"),
        ("1e999h", "1e999: this number is too large"),
    ] {
        let problems = Quantity::<Period>::parse(text).expect_err(text);
        assert_eq!(said(text, &problems), words, "{text}");
    }
}

#[test]
fn values_are_written_as_people_write_them() {
    const HOUR: f64 = 3_600_000.0;
    for (value, dimension, words) in [
        (0.0, Dimension::Period, "0min"),
        (500.0, Dimension::Period, "500ms"),
        (12_500.0, Dimension::Period, "12s 500ms"),
        (90_000.0, Dimension::Period, "1min 30s"),
        (1.5 * HOUR, Dimension::Period, "1h 30min"),
        (36.0 * HOUR, Dimension::Period, "36h"),
        (84.0 * HOUR, Dimension::Period, "3d 12h"),
        (168.0 * HOUR, Dimension::Period, "7d"),
        (48.0 * HOUR - 1.0, Dimension::Period, "2d"),
        (HOUR - 1.0, Dimension::Period, "1h"),
        (-2.0 * HOUR, Dimension::Period, "-2h"),
        (f64::INFINITY, Dimension::Period, "without end"),
        (40.0 / HOUR, Dimension::Rate, "40/h"),
        (3.0 / (24.0 * HOUR), Dimension::Rate, "3/d"),
        (0.0, Dimension::Rate, "0/h"),
        (0.5 / (168.0 * HOUR), Dimension::Rate, "0.5/w"),
        (12.0, Dimension::Number, "12"),
        (90_000.0, Dimension::Number, "90_000"),
        (-1_234_567.0, Dimension::Number, "-1_234_567"),
        (0.123_456, Dimension::Number, "0.1235"),
        (1.0, Dimension::Truth, "yes"),
        (2.0 * HOUR, Dimension::Instant, "start + 2h"),
    ] {
        assert_eq!(format_value(value, dimension), words);
    }
    for (share, words) in
        [(0.12, "12 %"), (0.065, "6.5 %"), (1.0 / 3.0, "33.3 %"), (0.000_416, "0.042 %"), (0.0, "0 %"), (-0.03, "-3 %")]
    {
        assert_eq!(format_share(share), words);
    }
}

proptest! {
    #[test]
    fn a_printed_period_reads_back_and_prints_the_same(ms in 0.001_f64..1e13) {
        let printed = format_value(ms, Dimension::Period);
        let read = fixed(&Quantity::<Period>::parse(&printed).expect("what was printed can be read").value);
        prop_assert!((read - ms).abs() <= ms * 0.05, "{ms} was printed as {printed}");
        prop_assert_eq!(format_value(read, Dimension::Period), printed);
    }

    #[test]
    fn whole_minutes_below_two_days_survive_printing(minutes in 0_u32..2_880) {
        let ms = f64::from(minutes) * 60_000.0;
        let printed = format_value(ms, Dimension::Period);
        prop_assert_eq!(fixed(&Quantity::<Period>::parse(&printed).expect("readable").value), ms);
    }

    #[test]
    fn a_printed_number_reads_back(number in -1e12_f64..1e12) {
        let printed = format_value(number, Dimension::Number);
        let read = fixed(&Quantity::<Plain>::parse(&printed).expect("readable").value);
        prop_assert!((read - number).abs() <= number.abs() * 0.001);
        prop_assert_eq!(format_value(read, Dimension::Number), printed);
    }

    #[test]
    fn a_printed_rate_reads_back(a_day in 0.01_f64..1e6) {
        let rate = a_day / 86_400_000.0;
        let printed = format_value(rate, Dimension::Rate);
        let read = fixed(&Quantity::<Frequency>::parse(&printed).expect("readable").value);
        prop_assert!((read - rate).abs() <= rate * 0.001, "{printed}");
    }
}
