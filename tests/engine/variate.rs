use canvass::engine::variate::{
    BetaTable, Distribution, exponential_quantile, lognormal_cdf, normal_cdf, normal_quantile,
};
use statrs::distribution::{Beta, ContinuousCDF, Exp, LogNormal, Normal, Triangular};

/// Probabilities from the far lower to the far upper tail.
fn probabilities() -> Vec<f64> {
    let tails = [1e-12, 1e-9, 1e-7, 1e-6, 5e-6, 2e-5, 1e-4, 1e-3];
    let middle = (1..200).map(|n| f64::from(n) / 200.0);
    tails.into_iter().chain(middle).chain(tails.into_iter().rev().map(|tail| 1.0 - tail)).collect()
}

fn relative(found: f64, expected: f64) -> f64 {
    (found - expected).abs() / expected.abs().max(1e-3)
}

fn assert_agrees(law: &Distribution, exact: &impl ContinuousCDF<f64, f64>) {
    for u in probabilities() {
        let (found, expected) = (law.quantile(u), exact.inverse_cdf(u));
        assert!(relative(found, expected) < 1e-6, "{law:?} at {u}: {found}, not {expected}");
    }
}

#[test]
fn closed_forms_agree_with_another_library() {
    assert_agrees(&Distribution::normal(3.0, 2.0).unwrap(), &Normal::new(3.0, 2.0).unwrap());
    assert_agrees(&Distribution::lognormal(1.0, 0.8).unwrap(), &LogNormal::new(1.0, 0.8).unwrap());
    assert_agrees(&Distribution::exponential(4.0).unwrap(), &Exp::new(0.25).unwrap());
    assert_agrees(&Distribution::triangular(2.0, 3.0, 9.0).unwrap(), &Triangular::new(2.0, 9.0, 3.0).unwrap());
}

/// The worked example of the algorithm's publication, and values from 50-digit arithmetic.
#[test]
fn normal_quantiles_have_sixteen_digits() {
    let known = [
        (0.25, -0.674_489_750_196_081_7),
        (0.001, -3.090_232_306_167_813_5),
        (1e-20, -9.262_340_089_798_408),
        (0.975, 1.959_963_984_540_054),
    ];
    for (u, expected) in known {
        assert!((normal_quantile(u) / expected - 1.0).abs() < 4e-16 * 4.0, "{u}: {}", normal_quantile(u));
    }
    assert_eq!(normal_quantile(0.5), 0.0);
    assert_eq!((normal_quantile(0.0), normal_quantile(1.0)), (f64::NEG_INFINITY, f64::INFINITY));
    assert!(normal_quantile(-0.1).is_nan() && normal_quantile(1.1).is_nan() && normal_quantile(f64::NAN).is_nan());
}

#[test]
fn distribution_functions_undo_quantiles() {
    for u in probabilities() {
        assert!((normal_cdf(normal_quantile(u)) - u).abs() < 1e-15);
        let x = Distribution::lognormal(libm::log(5.0), 0.7).unwrap().quantile(u);
        assert!((lognormal_cdf(x, 5.0, 0.7) - u).abs() < 1e-14);
    }
    assert_eq!((lognormal_cdf(-1.0, 5.0, 0.7), lognormal_cdf(0.0, 5.0, 0.7)), (0.0, 0.0));
    assert_eq!((lognormal_cdf(4.9, 5.0, 0.0), lognormal_cdf(5.0, 5.0, 0.0)), (0.0, 1.0));
}

#[test]
fn exponential_quantiles_are_exact_in_both_tails() {
    assert!(relative(exponential_quantile(1e-18, 2e18), 2.0) < 1e-15);
    assert!(relative(exponential_quantile(0.5, 1.0), std::f64::consts::LN_2) < 1e-15);
}

#[test]
fn tables_of_the_beta_law_stay_within_their_bound() {
    let shapes = [
        (1.0, 1.0),
        (2.0, 3.0),
        (0.5, 0.5),
        (5.0, 1.0),
        (1.0, 5.0),
        (0.3, 4.0),
        (0.05, 0.05),
        (0.01, 0.01),
        (0.01, 5.0),
        (50.0, 50.0),
        (900.0, 100.0),
        (1.8, 20_000.0),
        (100_000.0, 100_000.0),
        (0.01, 100_000.0),
    ];
    for (a, b) in shapes {
        let law = Distribution::beta(a, b).unwrap();
        let exact = Beta::new(a, b).unwrap();
        let mut worst = (0.0, 0.0);
        for u in probabilities() {
            let x = law.quantile(u);
            // The distance to the exact quantile, by a bracket of the exact distribution function.
            let reach = 1e-5;
            let below = if x - reach <= 0.0 { 0.0 } else { exact.cdf(x - reach) };
            let above = if x + reach >= 1.0 { 1.0 } else { exact.cdf(x + reach) };
            let slack = 1e-11;
            if !(below - slack <= u && u <= above + slack) {
                worst = (u, x);
            }
        }
        assert_eq!(worst, (0.0, 0.0), "beta({a}, {b})");
    }
}

#[test]
fn pert_agrees_with_another_library() {
    for (low, likely, high) in [(2.0, 8.0, 30.0), (0.0, 0.0, 1.0), (-5.0, 5.0, 5.0), (10.0, 20.0, 30.0)] {
        let law = Distribution::pert(low, likely, high).unwrap();
        let range = high - low;
        let exact = Beta::new(1.0 + 4.0 * (likely - low) / range, 1.0 + 4.0 * (high - likely) / range).unwrap();
        for u in probabilities() {
            let expected = low + range * exact.inverse_cdf(u);
            assert!((law.quantile(u) - expected).abs() < 1e-4 * range, "pert({low}, {likely}, {high}) at {u}");
        }
        assert!(relative(law.mean(), (low + 4.0 * likely + high) / 6.0) < 1e-12);
    }
}

fn laws() -> Vec<Distribution> {
    vec![
        Distribution::Fixed(4.0),
        Distribution::uniform(-2.0, 6.0).unwrap(),
        Distribution::triangular(2.0, 3.0, 9.0).unwrap(),
        Distribution::triangular(2.0, 2.0, 9.0).unwrap(),
        Distribution::triangular(2.0, 9.0, 9.0).unwrap(),
        Distribution::pert(2.0, 8.0, 30.0).unwrap(),
        Distribution::normal(3.0, 2.0).unwrap(),
        Distribution::lognormal(1.0, 0.5).unwrap(),
        Distribution::exponential(4.0).unwrap(),
        Distribution::beta(0.5, 0.7).unwrap(),
        Distribution::beta(0.01, 0.02).unwrap(),
        Distribution::beta(300.0, 2.0).unwrap(),
        Distribution::poisson(0.2).unwrap(),
        Distribution::poisson(70.0).unwrap(),
        Distribution::choice(&[(5.0, 1.0), (-1.0, 2.0), (2.0, 1.0)]).unwrap(),
    ]
}

#[test]
fn quantiles_never_fall_and_stay_in_the_support() {
    for law in laws() {
        let (low, high) = law.support();
        let mut before = f64::NEG_INFINITY;
        for n in 0..40_000 {
            let u = (f64::from(n) + 0.5) / 40_000.0;
            let x = law.quantile(u);
            assert!(x >= before - 1e-12, "{law:?} at {u}");
            assert!(low <= x && x <= high, "{law:?} at {u}");
            before = x;
        }
    }
}

#[test]
fn moments_are_those_of_the_quantiles() {
    let n = 20_000;
    for law in laws() {
        let values: Vec<f64> = (0..n).map(|k| law.quantile((f64::from(k) + 0.5) / f64::from(n))).collect();
        let mean = values.iter().sum::<f64>() / f64::from(n);
        let variance = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / f64::from(n);
        assert!((mean - law.mean()).abs() < 2e-3 * (1.0 + law.mean().abs()), "{law:?}: {mean} {}", law.mean());
        assert!(
            (variance - law.variance()).abs() < 1e-2 * law.variance().max(0.01),
            "{law:?}: {variance} {}",
            law.variance()
        );
    }
}

#[test]
fn ranges_and_percentiles_are_met() {
    let range = Distribution::lognormal_interval(2.0, 30.0).unwrap();
    assert!(relative(range.quantile(0.5), libm::sqrt(60.0)) < 1e-12);
    assert!(relative(range.quantile(0.05), 2.0) < 1e-12);
    assert!(relative(range.quantile(0.95), 30.0) < 1e-12);
    for law in [
        Distribution::lognormal_quantiles(0.5, 1.0, 0.9, 4.0).unwrap(),
        Distribution::lognormal_quantiles(0.9, 4.0, 0.5, 1.0).unwrap(),
    ] {
        assert!(relative(law.quantile(0.5), 1.0) < 1e-12);
        assert!(relative(law.quantile(0.9), 4.0) < 1e-12);
    }
}

#[test]
fn choices_fall_by_weight_in_order_of_value() {
    let law = Distribution::choice(&[(5.0, 1.0), (-1.0, 2.0), (2.0, 1.0), (9.0, 0.0)]).unwrap();
    let at = |u| law.quantile(u);
    assert_eq!([at(1e-9), at(0.5), at(0.51), at(0.75), at(0.76), at(1.0 - 1e-16)], [-1.0, -1.0, 2.0, 2.0, 5.0, 5.0]);
    assert_eq!((law.mean(), law.variance(), law.support()), (1.25, 6.1875, (-1.0, 5.0)));
}

#[test]
fn laws_without_spread_are_fixed() {
    let fixed = [
        (Distribution::uniform(3.0, 3.0), 3.0),
        (Distribution::triangular(3.0, 3.0, 3.0), 3.0),
        (Distribution::pert(3.0, 3.0, 3.0), 3.0),
        (Distribution::normal(3.0, 0.0), 3.0),
        (Distribution::lognormal(0.0, 0.0), 1.0),
        (Distribution::lognormal_interval(3.0, 3.0), 3.0),
        (Distribution::lognormal_quantiles(0.5, 3.0, 0.9, 3.0), 3.0),
        (Distribution::exponential(0.0), 0.0),
        (Distribution::poisson(0.0), 0.0),
        (Distribution::choice(&[(3.0, 0.1)]), 3.0),
    ];
    for (law, value) in fixed {
        assert_eq!(law, Ok(Distribution::Fixed(value)));
    }
}

#[test]
fn wrong_parameters_are_refused_in_words() {
    let refused = [
        (Distribution::uniform(2.0, 1.0), "low must not exceed high"),
        (Distribution::uniform(f64::NAN, 1.0), "every number must be finite"),
        (Distribution::uniform(-1e308, 1e308), "the range is too wide"),
        (Distribution::triangular(3.0, 2.0, 5.0), "low must not exceed likely"),
        (Distribution::pert(1.0, 6.0, 5.0), "likely must not exceed high"),
        (Distribution::normal(0.0, -1.0), "the standard deviation must not be negative"),
        (Distribution::lognormal(0.0, -1.0), "sigma must not be negative"),
        (Distribution::lognormal_interval(0.0, 1.0), "the lower end of a range must be above zero"),
        (Distribution::lognormal_interval(2.0, 1.0), "the lower end of a range must not exceed the upper end"),
        (Distribution::lognormal_quantiles(0.5, 1.0, 1.0, 2.0), "a percentile must lie between 0 and 100"),
        (Distribution::lognormal_quantiles(0.5, 1.0, 0.5, 2.0), "the two percentiles must differ"),
        (Distribution::lognormal_quantiles(0.5, 2.0, 0.9, 1.0), "the higher percentile must have the larger value"),
        (Distribution::exponential(-1.0), "the mean must not be negative"),
        (Distribution::poisson(f64::INFINITY), "every number must be finite"),
        (Distribution::beta(0.0, 1.0), "the shapes of a beta distribution must lie between 0.01 and 100000"),
        (Distribution::choice(&[]), "at least one weight must be above zero"),
        (Distribution::choice(&[(1.0, -1.0)]), "a weight must not be negative"),
    ];
    for (law, reason) in refused {
        assert_eq!(law.unwrap_err().reason(), reason);
    }
}

#[test]
fn a_table_says_what_it_is_without_listing_itself() {
    assert_eq!(format!("{:?}", BetaTable::new(2.0, 3.0).unwrap()), "BetaTable { a: 2.0, b: 3.0, .. }");
}
