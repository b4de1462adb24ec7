//! Kept runs come back bit for bit, and what is not as it was written is never taken for a run.

use crate::fake::{Fake, columns};
use canvass::engine::{EventId, Span, Time};
use canvass::report::{Origin, PART_FORMAT, PartHead, PartReader, PartWriter, same_bits};
use canvass::study::shards::{Shards, as_array};
use canvass::study::{Replicable as _, Replication as _};
use canvass::world::{Outcome, Status};
use proptest::prelude::*;
use std::path::Path;

fn head(first: u64, requested: u64) -> PartHead {
    let origin = Origin {
        canvass: "0".into(),
        scenario: "fake".into(),
        scenario_sha256: "00".into(),
        seed: 7,
        generator: "none".into(),
        plans: vec!["today".into(), "later".into()],
        columns_sha256: "11".into(),
    };
    PartHead { format: PART_FORMAT.into(), origin, first, requested, until: None }
}

fn part(runs: &[Vec<Outcome>], first: u64) -> Vec<u8> {
    let mut writer = PartWriter::new(Vec::new(), Path::new("part"), &head(first, runs.len() as u64)).unwrap();
    for (run, outcomes) in (first..).zip(runs) {
        writer.push(run, outcomes).unwrap();
    }
    writer.finish().unwrap()
}

/// All runs of a part, or what is wrong with it.
fn read(bytes: &[u8]) -> Result<Vec<(u64, Vec<Outcome>)>, String> {
    let columns = columns();
    let mut reader = PartReader::new(bytes, Path::new("part"), &columns).map_err(|error| error.to_string())?;
    let mut runs = Vec::new();
    while let Some((run, outcomes)) = reader.next_run().map_err(|error| error.to_string())? {
        runs.push((run, outcomes.to_vec()));
    }
    Ok(runs)
}

fn fakes(count: u64) -> Vec<Vec<Outcome>> {
    let plans = [Fake::new(0), Fake::new(2)];
    let mut workers: Vec<_> = plans.iter().map(|plan| plan.worker(7)).collect();
    (0..count).map(|run| workers.iter_mut().map(|worker| worker.run(run).clone()).collect()).collect()
}

fn numbers(length: usize) -> impl Strategy<Value = Vec<f64>> {
    let number = prop_oneof![
        any::<u64>().prop_map(f64::from_bits),
        Just(0.0),
        Just(-0.0),
        Just(f64::NAN),
        (0..1_000_000_i64).prop_map(|value| value as f64),
    ];
    proptest::collection::vec(number, length)
}

prop_compose! {
    fn outcome()(
        runaway: bool, events: u32, drawn in numbers(1), measures in numbers(2), series in numbers(4),
        onset in any::<Option<i64>>(), duration: i64, severity in any::<Option<u64>>(), cause in any::<Option<u32>>(),
    ) -> Outcome {
        let mut outcome = Outcome { drawn, measures, series, events, ..Outcome::default() };
        outcome.status = if runaway { Status::Runaway } else { Status::Ok };
        outcome.contingencies.push(Default::default());
        let found = &mut outcome.contingencies[0];
        (found.onset, found.duration) = (onset.map(Time), Span(duration));
        (found.severity, found.cause) = (severity.map(f64::from_bits), cause.map(EventId));
        outcome
    }
}

proptest! {
    #[test]
    fn outcomes_come_back_bit_for_bit(runs in proptest::collection::vec([outcome(), outcome()], 0..200), first in 0..u64::MAX / 2) {
        let runs: Vec<Vec<Outcome>> = runs.into_iter().map(Vec::from).collect();
        let found = read(&part(&runs, first)).unwrap();
        prop_assert_eq!(found.len(), runs.len());
        for ((number, (run, found)), kept) in (first..).zip(&found).zip(&runs) {
            prop_assert_eq!(number, *run);
            for (found, kept) in found.iter().zip(kept) {
                prop_assert!(same_bits(found, kept));
                // NaN is not equal to itself, so bits are compared as they print.
                let bits = |outcome: &Outcome| outcome.series.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
                prop_assert_eq!(bits(found), bits(kept));
                prop_assert_eq!(found.contingencies[0].onset, kept.contingencies[0].onset);
                prop_assert_eq!((found.status, found.events), (kept.status, kept.events));
            }
        }
    }

    #[test]
    fn bytes_of_a_stranger_are_refused(mut bytes in proptest::collection::vec(any::<u8>(), 0..2_000), with_head: bool) {
        if with_head {
            let line = part(&[], 0);
            let end = line.iter().position(|byte| *byte == b'\n').unwrap();
            bytes = [&line[..=end], &bytes].concat();
        }
        prop_assert!(read(&bytes).is_err());
    }
}

#[test]
fn no_byte_can_be_changed_and_no_end_cut_off_unnoticed() {
    let whole = part(&fakes(150), 0);
    assert_eq!(read(&whole).unwrap().len(), 150);
    for place in (0..whole.len()).step_by(7) {
        let mut changed = whole.clone();
        changed[place] ^= 1 << (place % 8);
        // The first line says what the runs are of, and is compared as a whole by whoever asks for the part.
        let found = read(&changed);
        assert!(found.is_err(), "byte {place}");
        assert!(read(&whole[..place]).is_err(), "cut at {place}");
    }
}

#[test]
fn a_block_of_another_part_does_not_fit() {
    let runs = fakes(64);
    let (one, other) = (part(&runs, 0), part(&runs, 64));
    let body = |bytes: &[u8]| bytes[bytes.iter().position(|byte| *byte == b'\n').unwrap() + 1..].to_vec();
    let head = one[..one.len() - body(&one).len()].to_vec();
    assert!(read(&[head, body(&other)].concat()).is_err());
}

#[test]
fn shards_cover_every_run_once_and_are_even() {
    for (runs, count) in [(0..10, 3), (5..6, 1), (100..1_100, 64), (0..u64::MAX, 1_000), (7..71, 64)] {
        let shards = Shards { runs: runs.clone(), count };
        let mut next = runs.start;
        for shard in 0..count {
            let part = shards.runs_of(shard);
            assert_eq!(part.start, next);
            let even = (runs.end - runs.start) / count;
            assert!((even..=even + 1).contains(&(part.end - part.start)));
            assert_eq!(shards.shard_of(part.start), shard);
            next = part.end;
        }
        assert_eq!(next, runs.end);
        let sample = shards.sample(20);
        assert_eq!(sample.len() as u64, (runs.end - runs.start).min(20));
        assert!(sample.is_sorted_by(|one, other| one < other) && sample.iter().all(|run| runs.contains(run)));
    }
}

#[test]
fn numbers_are_written_as_arrays() {
    for (numbers, text) in [(&[][..], ""), (&[4], "4"), (&[3, 17, 18, 19], "3,17-19"), (&[0, 1, 3, 4, 9], "0-1,3-4,9")]
    {
        assert_eq!(as_array(numbers), text);
    }
}
