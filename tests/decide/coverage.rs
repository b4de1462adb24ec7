//! Do intervals at 95 % cover the truth in 95 of 100 cases? A thousand small studies of plans whose truth is known.

use crate::coin::{Coin, columns};
use canvass::study::NoPast;
use canvass::study::batch::{self, Settings};
use canvass::study::compare::Comparison;
use canvass::study::findings::Stat;
use canvass::study::precision::Precision;
use canvass::study::statistics::Interval;
use std::convert::Infallible;
use std::num::NonZeroUsize;
use std::sync::atomic::AtomicBool;

const STUDIES: u64 = 1_000;

fn settings(seed: u64, runs: u64) -> Settings {
    Settings { seed, runs: 0..runs, threads: NonZeroUsize::MIN }
}

fn covers(interval: Option<Interval>, truth: f64) -> bool {
    interval.is_some_and(|interval| interval.low <= truth && truth <= interval.high)
}

/// Share of runs 12 % and 9 % on the same draw, so the paired difference is -3 points; mean of the measure 0 and 0.2.
#[test]
fn intervals_of_odds_and_of_paired_differences_cover_in_93_to_97_of_100_studies() {
    let plans = [Coin::new(0.12), Coin { mean: 0.2, noise: 0.5, number: 1, ..Coin::new(0.09) }];
    let columns = columns();
    let (mut odds, mut shares, mut means, mut medians) = (0, 0, 0, 0);
    for seed in 0..STUDIES {
        let mut comparison = Comparison::new(&[("first", &columns), ("second", &columns)], 0);
        batch::run(&plans, &settings(seed, 400), &AtomicBool::new(false), |_, outcomes| {
            comparison.push(outcomes);
            Ok::<_, Infallible>(())
        })
        .unwrap();
        let findings = comparison.findings();
        odds += u64::from(covers(findings.plans[1].levels[0].share.wilson(), 0.09));
        for difference in &findings.plans[1].differences {
            let counted = match (difference.subject, difference.stat) {
                (0, Stat::Share) => (&mut shares, -0.03),
                (1, Stat::Mean) => (&mut means, 0.2),
                (1, Stat::Median) => (&mut medians, 0.2),
                _ => continue,
            };
            *counted.0 += u64::from(covers(difference.interval, counted.1));
        }
    }
    for (figure, covered) in [("odds", odds), ("shares", shares), ("means", means), ("medians", medians)] {
        println!("{figure}: {covered} of {STUDIES}");
        assert!((930..=970).contains(&covered), "{figure}: {covered} of {STUDIES}");
    }
}

/// Stopping as soon as the figure is known well enough must not make the interval promise too much.
#[test]
fn stopping_early_keeps_the_promise_of_the_interval() {
    let plans = [Coin::new(0.05), Coin::new(0.02)];
    let columns = columns();
    let mut covered = 0;
    for seed in 0..STUDIES {
        let precision = Precision::parse(
            "share(heads, second) - share(heads, first) within 1.5 %",
            &[("first", &columns), ("second", &columns)],
        )
        .unwrap();
        let ending = precision
            .run(&plans, &settings(seed, 250), 16_000, &mut NoPast, &AtomicBool::new(false), |_, _| {
                Ok::<_, Infallible>(())
            })
            .unwrap();
        assert!(ending.reached);
        covered += u64::from(covers(ending.known[0].interval, -0.03));
    }
    println!("after stopping: {covered} of {STUDIES}");
    assert!(covered >= 950, "{covered} of {STUDIES}");
}
