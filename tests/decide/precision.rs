//! Runs in waves, until a figure is known well enough.

use crate::coin::{Coin, columns};
use canvass::study::NoPast;
use canvass::study::batch::Settings;
use canvass::study::precision::{Ending, Precision, waves};
use std::convert::Infallible;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};

fn ending(text: &str, most: u64, threads: usize) -> Ending {
    let columns = columns();
    let plans = [Coin::new(0.3), Coin::new(0.28)];
    let precision = Precision::parse(text, &[("first", &columns), ("second", &columns)]).unwrap();
    let settings = Settings { seed: 11, runs: 0..500, threads: NonZeroUsize::new(threads).unwrap() };
    let mut next = 0;
    precision
        .run(&plans, &settings, most, &mut NoPast, &AtomicBool::new(false), |run, _| {
            assert_eq!(run, next);
            next += 1;
            Ok::<_, Infallible>(())
        })
        .unwrap()
}

#[test]
fn waves_double_and_end_at_the_most() {
    assert_eq!(waves(1_000, 8_000), [1_000, 2_000, 4_000, 8_000]);
    assert_eq!(waves(1_000, 5_000), [1_000, 2_000, 4_000, 5_000]);
    assert_eq!(waves(1_000, 10), [1_000]);
}

/// At a share of 30 % a Wilson interval reaches 2.9 points at 2,000 runs and 2.0 at 4,000, widened for six looks
/// (z = 2.638): 2.638 * sqrt(0.21 / 2000) = 2.7 %, / 4000 = 1.9 %.
#[test]
fn runs_go_on_until_the_figure_is_known() {
    let found = ending("share(heads, first) within 2 %", 16_000, 1);
    assert_eq!((found.made.clone(), found.waves, found.looks, found.reached), (0..4_000, 4, 6, true));
    let figure = &found.known[0];
    assert_eq!(figure.text, "share(heads, first)");
    assert!(figure.interval.unwrap().high - figure.value.unwrap() <= 0.02);
}

/// The difference is known with a quarter of the runs: the plans differ only where the draw lies between 28 % and 30 %. At 500
/// runs, ten or so of them, Tango's interval reaches 2.638 * sqrt(0.02 / 500) = 1.7 % and its skew beyond; at 1,000 it is 1.2 %
/// and its skew.
#[test]
fn a_paired_difference_is_known_sooner_than_a_share() {
    let difference = ending("share(heads, second) - share(heads, first) within 2 %", 16_000, 1);
    assert_eq!((difference.made, difference.reached), (0..1_000, true));
}

#[test]
fn a_wish_that_is_too_much_ends_at_the_most_runs() {
    let found = ending("heads ± 0.1 %", 3_000, 1);
    assert_eq!((found.made.clone(), found.reached, found.whole), (0..3_000, false, true));
    assert_eq!(found.known.len(), 2, "a name alone means every plan");
}

#[test]
fn threads_do_not_change_when_it_ends() {
    assert_eq!(
        ending("mean(level, second) within 0.05", 64_000, 1),
        ending("mean(level, second) within 0.05", 64_000, 4)
    );
}

#[test]
fn an_interruption_keeps_the_beginning() {
    let columns = columns();
    let precision = Precision::parse("heads within 0.01 %", &[("first", &columns)]).unwrap();
    let settings = Settings { seed: 1, runs: 0..100, threads: NonZeroUsize::MIN };
    let stop = AtomicBool::new(false);
    let found = precision
        .run(&[Coin::new(0.5)], &settings, 1_000_000, &mut NoPast, &stop, |run, _| {
            stop.fetch_or(run == 1_000, Ordering::Relaxed);
            Ok::<_, Infallible>(())
        })
        .unwrap();
    assert!(!found.whole && !found.reached && found.made.end > 1_000 && found.made.end < 5_000, "{found:?}");
}

#[test]
fn a_wish_that_cannot_be_read_says_how_to_mend_it() {
    let columns = columns();
    let plans = [("first", &columns), ("second", &columns)];
    for (text, message, help) in [
        ("heads", "does not say how precisely", "within 1 %"),
        ("haeds within 1 %", "no contingency or measure `haeds`", "did you mean `heads`?"),
        ("share(heads, frist) within 1 %", "no plan `frist`", "did you mean `first`?"),
        ("share(level) within 1 %", "no contingency `level`", "there is `heads`"),
        ("median(level) within 1", "`median` cannot be waited for", "take `share` or `mean`"),
        ("heads within 15min", "does not fit the figure", "as 1 %"),
        ("heads within 0 %", "does not fit the figure", "above zero"),
        ("share(heads, first) - share(heads, first) within 1 %", "no paired difference", "under two plans"),
        ("share(heads, first) - mean(level, second) within 1 %", "no paired difference", "under two plans"),
        ("share(heads within 1 %", "share(heads", ""),
    ] {
        let error = Precision::parse(text, &plans).unwrap_err();
        assert!(error.message.contains(message) && error.help.contains(help), "{text}: {error:?}");
    }
}
