use canvass::engine::variate::{negative_binomial_quantile, poisson_quantile};
use statrs::distribution::{DiscreteCDF, NegativeBinomial, Poisson};

const PROBABILITIES: [f64; 15] =
    [1e-9, 1e-6, 1e-4, 0.001, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999, 0.9999, 0.999_999, 1.0 - 1e-9];

/// Whether `k` is the least count whose cumulative probability reaches `u`, up to the rounding of the other library.
fn is_quantile(law: &impl DiscreteCDF<u64, f64>, k: f64, u: f64) -> bool {
    const SLACK: f64 = 1e-9;
    let slack = SLACK * u.min(1.0 - u);
    let below = if k == 0.0 { 0.0 } else { law.cdf(k as u64 - 1) };
    law.cdf(k as u64) + slack >= u && below < u + slack
}

#[test]
fn poisson_counts_are_exact_up_to_a_thousand() {
    for mean in [1e-9, 0.01, 0.7, 3.0, 12.0, 80.9, 81.1, 300.0, 745.0, 999.9] {
        let law = Poisson::new(mean).unwrap();
        for u in PROBABILITIES {
            let k = poisson_quantile(mean, u);
            assert!(is_quantile(&law, k, u), "mean {mean}, u {u}: {k}");
        }
    }
}

#[test]
fn large_poisson_counts_miss_by_one_at_most() {
    for mean in [1_000.1, 4_321.0, 250_000.0] {
        let law = Poisson::new(mean).unwrap();
        for u in PROBABILITIES {
            let k = poisson_quantile(mean, u);
            let near = [k - 1.0, k, k + 1.0].into_iter().any(|k| is_quantile(&law, k, u));
            assert!(near, "mean {mean}, u {u}: {k}");
        }
    }
}

fn negative_binomial(mean: f64, dispersion: f64) -> NegativeBinomial {
    NegativeBinomial::new(dispersion, dispersion / (dispersion + mean)).unwrap()
}

#[test]
fn negative_binomial_counts_are_exact_up_to_five_hundred() {
    for mean in [0.01, 2.0, 30.0, 150.0, 499.0] {
        for dispersion in [0.05, 0.5, 1.0, 4.0, 60.0, 999.0, 1_001.0, 30_000.0] {
            let law = negative_binomial(mean, dispersion);
            for u in PROBABILITIES {
                let k = negative_binomial_quantile(mean, dispersion, u);
                assert!(is_quantile(&law, k, u), "mean {mean}, dispersion {dispersion}, u {u}: {k}");
            }
        }
    }
}

#[test]
fn large_negative_binomial_counts_miss_by_one_at_most() {
    for mean in [500.1, 2_000.0, 40_000.0, 300_000.0] {
        for dispersion in [0.1, 0.5, 1.0, 4.0, 60.0, 1_000.0, 30_000.0, 1e7] {
            let law = negative_binomial(mean, dispersion);
            for u in PROBABILITIES {
                let k = negative_binomial_quantile(mean, dispersion, u);
                let near = [k - 1.0, k, k + 1.0].into_iter().any(|k| k >= 0.0 && is_quantile(&law, k, u));
                assert!(near, "mean {mean}, dispersion {dispersion}, u {u}: {k}");
            }
        }
    }
}

#[test]
fn moments_of_large_negative_binomial_counts() {
    let n = 20_000;
    for (mean, dispersion) in [(800.0, 0.5), (800.0, 10.0), (5_000.0, 400.0)] {
        let counts: Vec<f64> =
            (0..n).map(|k| negative_binomial_quantile(mean, dispersion, (f64::from(k) + 0.5) / f64::from(n))).collect();
        let found = counts.iter().sum::<f64>() / f64::from(n);
        let spread = counts.iter().map(|x| (x - found) * (x - found)).sum::<f64>() / f64::from(n);
        assert!((found / mean - 1.0).abs() < 2e-3, "{found}");
        assert!((spread / (mean + mean * mean / dispersion) - 1.0).abs() < 1e-2, "{spread}");
    }
}

#[test]
fn counts_never_fall_as_the_draw_rises_across_both_methods() {
    for mean in [3.0, 900.0, 1_100.0] {
        for dispersion in [0.3, 20.0, f64::INFINITY] {
            let counts: Vec<f64> =
                (1..2_000).map(|k| negative_binomial_quantile(mean, dispersion, f64::from(k) / 2_000.0)).collect();
            assert!(counts.is_sorted(), "mean {mean}, dispersion {dispersion}");
        }
    }
}

#[test]
fn a_large_dispersion_is_a_poisson_count() {
    for u in PROBABILITIES {
        assert_eq!(negative_binomial_quantile(90.0, f64::INFINITY, u), poisson_quantile(90.0, u));
        let nearly = negative_binomial_quantile(90.0, 1e12, u);
        assert!((nearly - poisson_quantile(90.0, u)).abs() <= 1.0);
    }
}

#[test]
fn odd_input_ends_in_a_count() {
    for mean in [0.0, -3.0, f64::NAN] {
        assert_eq!(poisson_quantile(mean, 0.5), 0.0);
        assert_eq!(negative_binomial_quantile(mean, 2.0, 0.5), 0.0);
    }
    assert_eq!(negative_binomial_quantile(5.0, 0.0, 0.5), 0.0);
    assert!(poisson_quantile(5.0, 1.0).is_finite());
    assert!(poisson_quantile(900.0, 1.0).is_finite());
    assert!(negative_binomial_quantile(5.0, 2.0, 1.0).is_finite());
}
