//! Distributions, ranges and formulas, and what is said when they are wrong.

use crate::said;
use canvass::engine::variate::Distribution;
use canvass::scenario::{
    Dimension, Period, Quantity, Share, Unbound, Value, check_number, check_quantity, describe, parse_quantity,
};
use statrs::distribution::{Beta, ContinuousCDF};

const HOUR: f64 = 3_600_000.0;

fn law(value: &Value) -> &Distribution {
    match value {
        Value::Distribution(law) => law,
        other => panic!("not a distribution: {other:?}"),
    }
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= b.abs() * 1e-9
}

#[test]
fn every_distribution_is_read_in_canonical_units() {
    let of =
        |text: &str| Quantity::<Period>::parse(text).unwrap_or_else(|problems| panic!("{text}: {problems:?}")).value;
    let range = of("2h to 30h");
    assert!(near(law(&range).quantile(0.05), 2.0 * HOUR) && near(law(&range).quantile(0.95), 30.0 * HOUR));
    assert!(near(law(&range).quantile(0.5), 60_f64.sqrt() * HOUR));
    assert_eq!(*law(&of("uniform(1h, 3h)")), Distribution::uniform(HOUR, 3.0 * HOUR).expect("in order"));
    assert_eq!(
        *law(&of("triangular(0, 30min, 2h)")),
        Distribution::triangular(0.0, HOUR / 2.0, 2.0 * HOUR).expect("in order")
    );
    assert_eq!(
        *law(&of("pert(2h, 8h, 30h)")),
        Distribution::pert(2.0 * HOUR, 8.0 * HOUR, 30.0 * HOUR).expect("in order")
    );
    assert_eq!(*law(&of("normal(10h, 2h)")), Distribution::normal(10.0 * HOUR, 2.0 * HOUR).expect("positive"));
    assert_eq!(*law(&of("exponential(mean 12h)")), Distribution::exponential(12.0 * HOUR).expect("positive"));
    let quantiles = of("lognormal(p50 1h, p90 4h)");
    assert!(near(law(&quantiles).quantile(0.5), HOUR) && near(law(&quantiles).quantile(0.9), 4.0 * HOUR));
    let median = of("lognormal(sigma 0.8, median 1h)");
    assert!(near(law(&median).quantile(0.5), HOUR));
    assert!(matches!(law(&median), Distribution::LogNormal { sigma, .. } if *sigma == 0.8));
    let choice = of("choice(8h 40 %, 2h 60 %)");
    assert_eq!((law(&choice).quantile(0.59), law(&choice).quantile(0.61)), (2.0 * HOUR, 8.0 * HOUR));
}

#[test]
fn a_choice_of_names_keeps_their_order() {
    let quantity = Quantity::<Unbound>::parse("choice(low 60 %, mid 0 %, high 40 %)").expect("a choice");
    assert_eq!(quantity.dimension, Dimension::Choice);
    let Value::Choice(law, names) = &quantity.value else { panic!("not a choice") };
    assert_eq!(names, &["low", "mid", "high"]);
    assert_eq!((law.quantile(0.59), law.quantile(0.61)), (0.0, 2.0));
    assert_eq!(quantity.describe(), "low (60 %), high (40 %)");
}

#[test]
fn a_range_of_shares_is_a_beta_law_with_the_two_quantiles() {
    for (text, low, high) in [
        ("20 % to 50 %", 0.2, 0.5),
        ("0.2 to 0.5", 0.2, 0.5),
        ("1 % to 3 %", 0.01, 0.03),
        ("0.01 % to 5 %", 0.0001, 0.05),
        ("5 % to 95 %", 0.05, 0.95),
        ("1 % to 99 %", 0.01, 0.99),
        ("90 % to 99.9 %", 0.9, 0.999),
        ("49 % to 51 %", 0.49, 0.51),
    ] {
        let quantity = Quantity::<Share>::parse(text).unwrap_or_else(|problems| panic!("{text}: {problems:?}"));
        let Distribution::Beta { table } = law(&quantity.value) else { panic!("{text} is no beta law") };
        let oracle = Beta::new(table.a(), table.b()).expect("shapes above zero");
        assert!((oracle.cdf(low) - 0.05).abs() < 1e-7, "{text}: {}", oracle.cdf(low));
        assert!((oracle.cdf(high) - 0.95).abs() < 1e-7, "{text}: {}", oracle.cdf(high));
    }
}

#[test]
fn a_number_field_takes_the_lognormal_law_unless_both_ends_are_shares() {
    let kind = |text: &str| match parse_quantity(text, Some(Dimension::Number), 0.0, f64::INFINITY).expect(text).0 {
        Value::Distribution(Distribution::Beta { .. }) => "beta",
        Value::Distribution(Distribution::LogNormal { .. }) => "lognormal",
        _ => "other",
    };
    assert_eq!(kind("0.2 to 0.5"), "lognormal");
    assert_eq!(kind("20 % to 50 %"), "beta");
    assert_eq!(kind("50 % to 150 %"), "lognormal");
}

#[test]
fn a_formula_over_names_is_kept_for_the_binder() {
    for text in ["outage-length", "2 * outage-length + 15min", "max(outage-length, 2h)"] {
        let quantity = Quantity::<Period>::parse(text).expect(text);
        assert!(matches!(&quantity.value, Value::Formula(expression) if expression.text == text), "{text}");
        assert_eq!(quantity.dimension, Dimension::Period);
    }
}

#[test]
fn a_poisson_rate_is_the_rate() {
    let (value, dimension) = parse_quantity("poisson(3/d)", Some(Dimension::Rate), 0.0, f64::INFINITY).expect("a rate");
    assert!(matches!(value, Value::Fixed(rate) if rate == 3.0 / 86_400_000.0));
    assert_eq!(dimension, Dimension::Rate);
}

#[test]
fn a_reading_is_told_back_in_words() {
    let words = |text: &str| {
        let quantity = Quantity::<Period>::parse(text).expect(text);
        describe(&quantity.value, quantity.dimension)
    };
    assert_eq!(words("2h to 30h"), "lognormal: 5 % below 2h, half below 7h 45min, 5 % above 30h");
    assert_eq!(words("choice(2h 60 %, 8h 40 %)"), "2h (60 %), 8h (40 %)");
    assert_eq!(words("90min"), "1h 30min");
    assert_eq!(words("2 * x"), "worked out as `2 * x`");
    let share = Quantity::<Share>::parse("uniform(10 %, 50 %)").expect("a share");
    assert_eq!(share.describe(), "uniform: 5 % below 12 %, half below 30 %, 5 % above 48 %");
    assert_eq!(share.clamp_range(), (0.0, 1.0));
}

#[test]
fn what_is_wrong_is_said_in_words() {
    for (name, text, words) in [
        ("period", "20 %", "20 %: a period is needed here, but `20 %` is a share | write it with a unit, as `36h`"),
        ("period", "35", "35: a period is needed here, but `35` has no unit | write it with a unit, as `36h`"),
        ("period", "40/h", "40/h: a period is needed here, but `40/h` is a rate | write it with a unit, as `36h`"),
        ("period", "-2h", "-2h: `-2h` is less than 0 | a period must not be negative"),
        ("period", "", ": a period is needed here | write it as `36h`"),
        ("frequency", "12", "12: a frequency is needed here, but `12` has no unit | write it with a unit, as `40/h`"),
        (
            "amount",
            "12h",
            "12h: an amount is needed here, but `12h` is a period | write it without a unit of time, as `12`",
        ),
        ("share", "35", "35: `35` is more than 100 % | write `35 %` or `0.35`"),
        ("share", "120 %", "120 %: `120 %` is more than 100 % | a share lies between 0 % and 100 %"),
        ("share", "-3 %", "-3 %: `-3 %` is less than 0 % | a share lies between 0 % and 100 %"),
        ("shift", "-650 %", "-650 %: `-650 %` is less than -100 % | a shift lies between -100 % and 100 %"),
        (
            "share",
            "uniform(-1, 2)",
            "-1: `-1` is less than 0 % | a share lies between 0 % and 100 %\n2: `2` is more than 100 % | write `2 %` or `0.02`",
        ),
        ("period", "30h to 2h", "30h to 2h: `30h` is more than `2h` | write `2h to 30h`"),
        ("period", "2h to 2h", "2h to 2h: both ends of this range are the same | write `2h`"),
        ("period", "0h to 2h", "0h: a range with `to` needs numbers above zero, not `0h` | write `uniform(0h, 2h)`"),
        ("period", "2h to", "to: a number is missing after `to` | write it as `2h to 30h`"),
        (
            "share",
            "20 % to 100 %",
            "100 %: a range of shares with `to` needs its upper end below 100 % | 5 % of the draws lie above it; write `uniform(20 %, 100 %)`",
        ),
        (
            "period",
            "pert(8h, 2h, 30h)",
            "2h: the most likely value `2h` is less than the lowest, `8h` | the order is low, most likely, high: `pert(2h, 8h, 30h)`",
        ),
        (
            "period",
            "pert(2h, 30h, 8h)",
            "30h: the most likely value `30h` is more than the highest, `8h` | the order is low, most likely, high: `pert(2h, 8h, 30h)`",
        ),
        (
            "period",
            "triangular(30h, 8h, 2h)",
            "30h: the lowest value `30h` is more than the most likely, `8h` | the order is low, most likely, high: `triangular(2h, 8h, 30h)`",
        ),
        (
            "period",
            "uniform(3h, 1h)",
            "3h: the lowest value `3h` is more than the highest, `1h` | write `uniform(1h, 3h)`",
        ),
        ("period", "pert(2h, 8x, 30h)", "x: unknown unit `x` | units are ms, s, min, h, d, w, and %"),
        (
            "period",
            "pert(2h, 8, 30h)",
            "8: a period is needed here, but `8` has no unit | write it with a unit, as `36h`",
        ),
        (
            "period",
            "pert(2h, 8h)",
            "pert(2h, 8h): `pert` takes three numbers: low, most likely, high, but 2 stand here | write it as `pert(2h, 8h, 30h)`",
        ),
        ("period", "pret(2h, 8h, 9h)", "pret: no distribution `pret` | did you mean `pert`?"),
        ("period", "uniform(0min, 30min", "(: this bracket is never closed | add a `)`"),
        (
            "share",
            "normal(50 %, -2 %)",
            "-2 %: the standard deviation must not be negative | write it as `normal(50 %, 5 %)`",
        ),
        ("period", "exponential(12h)", "12h: `exponential` takes its mean | write `exponential(mean 12h)`"),
        ("period", "beta(2, 5)", "beta(2, 5): a period is needed here, but `beta` gives a share | write it as `36h`"),
        ("share", "poisson(3)", "poisson(3): a share is needed here, but `poisson` gives a count | write it as `35 %`"),
        ("period", "choice(2h 60 %, 8h 30 %)", "choice(2h 60 %, 8h 30 %): the chances sum to 90 %, not 100 %"),
        (
            "period",
            "choice(low 60 %, high 40 %)",
            "choice(low 60 %, high 40 %): a period is needed here, but this chooses among names | named choices stand under [uncertainty] and are compared, as `environment == low`",
        ),
        (
            "quantity",
            "choice(a 60 %, b 40)",
            "40: `40` is not a chance | a chance lies between 0 % and 100 %, as `60 %`",
        ),
        (
            "quantity",
            "pert(2h, 8h, 30 %)",
            "30 %: `30 %` is a number, but the number before it is a period | write all in one kind of unit",
        ),
        (
            "period",
            "2 * pert(1h, 2h, 3h)",
            "pert: `pert(…)` must stand alone | name it under [uncertainty] and use that name in the formula",
        ),
        (
            "period",
            "pert(1h, 2h, 3h) * 2",
            "*: nothing may follow `pert(…)` | name the distribution under [uncertainty] and use that name in a formula",
        ),
        ("period", "a > b", "a > b: a period is needed here, not a condition | write it as `36h`"),
        ("period", "now", "now: a quantity is drawn once and cannot depend on `now`"),
        ("period", "1h / 0", "0: this divides by zero"),
        (
            "amount",
            "1,000 to 90,000",
            "1,000: thousands are not set apart by commas | write `1_000`\n90,000: thousands are not set apart by commas | write `90_000`",
        ),
    ] {
        let problems = check_quantity(name, text).expect_err(text);
        assert_eq!(said(text, &problems), words, "{name} {text}");
    }
}

#[test]
fn bare_numbers_are_checked_as_well() {
    assert!(
        check_number("share", 0.35).is_ok()
            && check_number("period", 0.0).is_ok()
            && check_number("amount", 12.0).is_ok()
    );
    let message = |name, number| check_number(name, number).expect_err("out of range").message;
    assert_eq!(message("share", 35.0), "`35` is more than 100 %");
    assert_eq!(message("period", 35.0), "a period is needed here, but `35` has no unit");
    assert_eq!(message("amount", -1.0), "`-1` is less than 0");
    assert_eq!(message("number", f64::NAN), "`NaN` is not a number to reckon with");
}
