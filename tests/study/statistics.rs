//! Intervals and quantiles against values computed with SciPy 1.17.1.

use canvass::study::sketch::Sketch;
use canvass::study::statistics::{Moments, Share, quantile_interval, quantile_ranks};
use proptest::prelude::*;

fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-12 * expected.abs().max(1.0), "{found} is not {expected}");
}

/// `scipy.stats.binomtest(k, n).proportion_ci(method="wilson")`.
#[test]
fn wilson_intervals_are_those_of_scipy() {
    for (hits, n, low, high) in [
        (0, 1_000, 0.0, 0.0038267584855551234),
        (1, 10, 0.017876213095072896, 0.4041500267952385),
        (37, 100, 0.28182360534324535, 0.4677947041905709),
        (740, 2_000, 0.3491085957690109, 0.39138983652411485),
        (10, 10, 0.7224672001371109, 1.0),
        (5, 100_000, 2.1357194468385736e-05, 0.0001170520768033956),
    ] {
        let interval = Share { hits, n }.wilson().unwrap();
        near(interval.low, low);
        near(interval.high, high);
    }
    assert_eq!(Share { hits: 0, n: 1_000 }.wilson().unwrap().low, 0.0);
    assert_eq!(Share { hits: 10, n: 10 }.wilson().unwrap().high, 1.0);
    assert_eq!(Share::default().wilson(), None);
}

#[test]
fn the_mean_has_a_normal_interval() {
    let mut moments = Moments::default();
    for value in [3.5, -1.25, f64::NAN, 8.0, 2.0, 2.0, 17.75] {
        moments.push(value);
    }
    assert_eq!(moments.n(), 6);
    near(moments.mean().unwrap(), 5.333333333333333);
    near(moments.variance().unwrap(), 46.041666666666664);
    near(moments.interval().unwrap().low, -0.09601847782739004);
    near(moments.interval().unwrap().high, 10.762685144494057);
    assert_eq!(Moments::default().mean(), None);
    let mut one = Moments::default();
    one.push(4.0);
    assert_eq!((one.mean(), one.interval()), (Some(4.0), None));
}

/// From `scipy.stats.binom.cdf` below fifty values, from the normal approximation above.
#[test]
fn ranks_around_a_quantile_are_those_of_the_binomial() {
    for (n, q, ranks) in [
        (5, 0.5, None),
        (6, 0.5, Some((1, 6))),
        (10, 0.5, Some((2, 9))),
        (20, 0.5, Some((6, 15))),
        (20, 0.95, None),
        (49, 0.5, Some((18, 32))),
        (49, 0.25, Some((7, 19))),
        (40, 0.1, Some((1, 9))),
        (49, 0.05, None),
        (50, 0.5, Some((19, 32))),
        (100, 0.5, Some((41, 60))),
        (1_000, 0.95, Some((937, 964))),
        (2_000, 0.05, Some((81, 120))),
        (0, 0.5, None),
    ] {
        assert_eq!(quantile_ranks(n, q), ranks, "of {n} values at {q}");
    }
}

/// The interval of the 90th percentile of 200 values, in many samples of known distribution, holds the true one as often as promised.
#[test]
fn intervals_of_quantiles_cover_the_truth() {
    let mut state: u64 = 20_261_103;
    let mut uniform = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1u64 << 53) as f64
    };
    let samples = 2_000;
    let covered = (0..samples)
        .filter(|_| {
            let mut sketch = Sketch::fine();
            (0..200).for_each(|_| sketch.push(uniform()));
            let interval = quantile_interval(&sketch, 0.9).unwrap();
            interval.low <= 0.9 && 0.9 <= interval.high
        })
        .count();
    // 95 % of 2,000 with a standard deviation of 9.7; the discrete ranks may cover a little more.
    assert!((1_850..=1_970).contains(&covered), "{covered}");
}

#[test]
fn whole_numbers_have_exact_quantiles() {
    let mut sketch = Sketch::coarse();
    for value in [0.0, -0.0, 3.0, 3.0, 3.0, 12.0, 12.0, 250.0, f64::NAN, -7.0] {
        sketch.push(value);
    }
    assert_eq!((sketch.count(), sketch.absent()), (9, 1));
    assert_eq!((sketch.lowest(), sketch.highest()), (Some(-7.0), Some(250.0)));
    assert_eq!(sketch.quantile(0.0), Some(-7.0));
    assert_eq!(sketch.quantile(0.25).map(f64::to_bits), Some(0.0f64.to_bits()));
    assert_eq!(sketch.quantile(0.5), Some(3.0));
    assert_eq!(sketch.quantile(0.7), Some(12.0));
    assert_eq!(sketch.quantile(1.0), Some(250.0));
    assert_eq!(sketch.ranked(10), None);
    assert_eq!(Sketch::fine().quantile(0.5), None);
}

proptest! {
    /// Against the sorted values themselves, over twenty orders of magnitude and both signs.
    #[test]
    fn a_quantile_is_within_its_promised_error(
        values in prop::collection::vec(prop_oneof![-1e10..1e10, -1e-6..1e-6, -1.0..1.0, Just(0.0)], 1..400),
        q in 0.0..=1.0f64,
    ) {
        let mut sorted = values.clone();
        sorted.sort_by(f64::total_cmp);
        let mut fine = Sketch::fine();
        let mut coarse = Sketch::coarse();
        for &value in &values {
            fine.push(value);
            coarse.push(value);
        }
        let exact = sorted[((q * values.len() as f64).ceil() as usize).clamp(1, values.len()) - 1];
        prop_assert!((fine.quantile(q).unwrap() - exact).abs() <= 0.001 * exact.abs());
        prop_assert!((coarse.quantile(q).unwrap() - exact).abs() <= 0.004 * exact.abs());
    }
}
