//! Paired statistics against SciPy 1.x and statsmodels 0.14, and against published examples.

use canvass::study::paired::{Pairs, holm, mcnemar, tango};
use canvass::study::student::{two_sided, two_sided_quantile};

#[track_caller]
fn close(found: f64, wanted: f64, relative: f64) {
    assert!((found - wanted).abs() <= relative * wanted.abs().max(1e-300), "{found} is not {wanted}");
}

/// `2 * scipy.stats.t.sf(t, df)`.
#[test]
fn tails_of_students_t_are_those_of_scipy() {
    for (t, freedom, wanted) in [
        (2.0, 1, 0.2951672353008665),
        (2.5, 2, 0.12961172022151082),
        (1.3, 5, 0.2503006341706771),
        (3.7, 12, 0.0030357709644811513),
        (0.2, 49, 0.8423083182660996),
        (2.2, 199, 0.02895809478363557),
        (2.2, 200, 0.028952309207328747),
        (4.5, 1_000, 7.593071026498249e-06),
        (1.96, 50_000, 0.05000133611343098),
    ] {
        close(two_sided(t, freedom), wanted, 1e-8);
        close(two_sided(-t, freedom), wanted, 1e-8);
    }
    assert_eq!(two_sided(0.0, 7), 1.0);
    assert!(two_sided(1.0, 0).is_nan());
}

/// `scipy.stats.t.isf(outside / 2, df)`.
#[test]
fn quantiles_of_students_t_are_those_of_scipy() {
    for (outside, freedom, wanted) in [
        (0.05, 1, 12.706204736174705),
        (0.05, 2, 4.302652729749464),
        (0.05, 5, 2.5705818356363155),
        (0.05, 30, 2.042272456301238),
        (0.01, 99, 2.6264054572808275),
        (0.05, 200, 1.9718962236339093),
        (0.05, 999, 1.9623414611334498),
        (0.00625, 1_999, 2.737270432307125),
    ] {
        close(two_sided_quantile(outside, freedom), wanted, 1e-8);
    }
}

/// `statsmodels.stats.contingency_tables.mcnemar(…, exact=True)`, and the mid-p value from `scipy.stats.binom`.
#[test]
fn mcnemars_test_is_that_of_statsmodels() {
    for (above, below, exact, mid_p) in [
        (1, 7, 0.0703125, 0.0390625),
        (7, 1, 0.0703125, 0.0390625),
        (10, 25, 0.016673847800120715, 0.011330984183587134),
        (0, 6, 0.03125, 0.015625),
        (5, 5, 1.0, 1.0),
        (0, 0, 1.0, 1.0),
        (120, 180, 0.0006342200069283566, 0.0005224207099608604),
        (3_000, 3_200, 0.011488253770871584, 0.011085759458587028),
    ] {
        let found = mcnemar(above, below);
        close(found.exact, exact, 1e-9);
        close(found.mid_p, mid_p, 1e-9);
    }
}

/// The first row is in print: Fagerland, Lydersen and Laake 2014, doi:10.1002/sim.6148, give -0.517 to -0.026. All four come
/// from the score statistic with its nuisance parameter found by maximising the likelihood numerically in SciPy.
#[test]
fn the_score_interval_is_tangos() {
    for (above, below, n, low, high) in [
        (1, 7, 21, -0.5172322772712976, -0.02600303413777614),
        (10, 25, 200, -0.13551458995414845, -0.017912008129397913),
        (3, 0, 1_000, -0.0008382384423668958, 0.008783014053509107),
        (120, 180, 2_000, -0.04710087203349084, -0.013107918215155664),
    ] {
        let found = tango(above, below, n, 1.959963984540054).unwrap();
        assert!((found.low - low).abs() < 1e-7 && (found.high - high).abs() < 1e-7, "{found:?}");
        let mirrored = tango(below, above, n, 1.959963984540054).unwrap();
        assert!((mirrored.low + high).abs() < 1e-7 && (mirrored.high + low).abs() < 1e-7, "{mirrored:?}");
    }
}

/// With no disagreement at all the score equation solves to z² / (n + z²) on either side.
#[test]
fn plans_that_never_disagree_still_leave_some_doubt() {
    let z = 1.959963984540054;
    let found = tango(0, 0, 500, z).unwrap();
    let wanted = z * z / (500.0 + z * z);
    assert!((found.high - wanted).abs() < 1e-9 && (found.low + wanted).abs() < 1e-9, "{found:?}");
    assert_eq!(tango(0, 0, 0, z), None);
}

/// `statsmodels.stats.multitest.multipletests(…, method="holm")`.
#[test]
fn holms_adjustment_is_that_of_statsmodels() {
    let found = holm(&[0.01, 0.04, 0.03, 0.005, 0.5]);
    for (found, wanted) in found.iter().zip([0.04, 0.09, 0.09, 0.025, 0.5]) {
        close(*found, wanted, 1e-12);
    }
    assert_eq!(holm(&[]), Vec::<f64>::new());
    assert_eq!(holm(&[0.4, 0.9]), [0.8, 0.9]);
}

/// `scipy.stats.ttest_rel` with its confidence interval.
#[test]
fn the_paired_t_test_is_that_of_scipy() {
    let first = [5.1, 4.9, 6.2, 5.8, 6.0, 5.5, 5.3, 6.7];
    let second = [4.8, 5.0, 5.9, 5.1, 5.7, 5.6, 4.9, 6.1];
    let mut pairs = Pairs::default();
    first.iter().zip(second).for_each(|(&first, second)| pairs.push(first, second));
    pairs.push(f64::NAN, 3.0);
    assert_eq!((pairs.n(), pairs.above, pairs.below, pairs.same()), (8, 2, 6, 0));
    close(pairs.t_test().unwrap(), 0.021473207620087895, 1e-9);
    let interval = pairs.t_interval(0.05).unwrap();
    close(interval.low, -0.5406479257615939, 1e-9);
    close(interval.high, -0.059352074238406216, 1e-9);
    close(pairs.standard_error().unwrap(), 0.10177004891982144, 1e-9);
    close(pairs.unpaired_error().unwrap(), 0.27637642549868213, 1e-9);
}

#[test]
fn a_difference_that_never_varies_is_certain_and_none_shows_none() {
    let mut constant = Pairs::default();
    let mut none = Pairs::default();
    for value in [1.0, 2.0, 5.0] {
        constant.push(value, value + 1.0);
        none.push(value, value);
    }
    assert_eq!((constant.t_test(), none.t_test()), (Some(0.0), Some(1.0)));
}
