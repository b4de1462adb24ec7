//! The order of delivery, the stop, and what happens when somebody falls.

use crate::fake::{Fake, columns};
use canvass::study::batch::{self, BatchError, Settings};
use canvass::study::{Replicable, Replication, Tally};
use canvass::world::Outcome;
use std::convert::Infallible;
use std::num::NonZeroUsize;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

fn settings(runs: Range<u64>, threads: usize) -> Settings {
    Settings { seed: 7, runs, threads: NonZeroUsize::new(threads).unwrap() }
}

fn uneven() -> Vec<Fake> {
    [0, 2].map(|delay| Fake { uneven: true, ..Fake::new(delay) }).into()
}

fn collect(runs: Range<u64>, threads: usize) -> Vec<(u64, Vec<Outcome>)> {
    let mut rows = Vec::new();
    let stop = AtomicBool::new(false);
    let done = batch::run(&uneven(), &settings(runs.clone(), threads), &stop, |run, outcomes| {
        rows.push((run, outcomes.to_vec()));
        Ok::<_, Infallible>(())
    });
    assert_eq!(done.unwrap(), runs);
    rows
}

/// NaN is not equal to itself, so rows are compared as they print.
fn printed(rows: &[(u64, Vec<Outcome>)]) -> Vec<String> {
    rows.iter().map(|row| format!("{row:?}")).collect()
}

#[test]
fn any_number_of_threads_delivers_the_same_runs_in_order() {
    let one = printed(&collect(0..1_000, 1));
    assert_eq!(one.len(), 1_000);
    for threads in [2, 3, 8] {
        assert_eq!(printed(&collect(0..1_000, threads)), one, "{threads} threads");
    }
}

#[test]
fn a_shorter_batch_is_the_beginning_of_a_longer_one_and_the_rest_can_be_run_alone() {
    let whole = printed(&collect(0..500, 4));
    assert_eq!(printed(&collect(0..100, 2)), whole[..100]);
    assert_eq!(printed(&collect(100..500, 3)), whole[100..]);
}

#[test]
fn each_run_is_what_a_fresh_worker_makes_of_it() {
    let plans = uneven();
    for (run, outcomes) in collect(60..70, 2) {
        for (plan, outcome) in plans.iter().zip(outcomes) {
            assert_eq!(format!("{outcome:?}"), format!("{:?}", plan.worker(7).run(run)));
        }
    }
}

#[test]
fn means_have_the_same_bits_on_any_number_of_threads() {
    let tally = |threads| {
        let columns = columns();
        let mut tally = Tally::new(&columns);
        let stop = AtomicBool::new(false);
        batch::run(&uneven(), &settings(0..3_000, threads), &stop, |_, outcomes| {
            tally.push(&columns, &outcomes[1]);
            Ok::<_, Infallible>(())
        })
        .unwrap();
        format!("{tally:?}")
    };
    assert_eq!(tally(1), tally(8));
}

#[test]
fn a_stop_keeps_an_unbroken_beginning() {
    let stop = AtomicBool::new(false);
    let mut last = None;
    let done = batch::run(&uneven(), &settings(0..1_000_000, 4), &stop, |run, _| {
        assert_eq!(run, last.map_or(0, |last: u64| last + 1));
        last = Some(run);
        if run == 1_000 {
            stop.store(true, Ordering::Relaxed);
        }
        Ok::<_, Infallible>(())
    })
    .unwrap();
    assert_eq!(done, 0..last.unwrap() + 1);
    assert!(done.end > 1_000 && done.end < 10_000, "{done:?}");
}

#[test]
fn no_runs_are_no_trouble() {
    assert!(collect(5..5, 3).is_empty());
}

#[test]
fn a_fallen_worker_ends_the_batch_with_an_error() {
    let plans = [Fake { falls: Some(700), ..Fake::new(0) }];
    let stop = AtomicBool::new(false);
    for threads in [1, 4] {
        let result = batch::run(&plans, &settings(0..100_000, threads), &stop, |_, _| Ok::<_, Infallible>(()));
        assert!(matches!(result, Err(BatchError::Worker { first: 640 })), "{result:?}");
    }
}

#[test]
fn a_consumer_that_cannot_go_on_ends_the_batch() {
    let stop = AtomicBool::new(false);
    let result = batch::run(&uneven(), &settings(0..100_000, 4), &stop, |run, _| {
        if run == 300 { Err("the disk is full") } else { Ok(()) }
    });
    assert!(matches!(result, Err(BatchError::Consumer("the disk is full"))), "{result:?}");
}
