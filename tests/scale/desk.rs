//! What tests of shards and of interruptions have in common.

use crate::program::Desk;
use std::collections::BTreeMap;
use std::path::Path;

/// All files of a folder with their bytes.
pub(crate) fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap()))
        .collect()
}

/// Asserts that two folders hold the same files to the byte.
#[track_caller]
pub(crate) fn same(desk: &Desk, one: &str, other: &str) {
    let (one, other) = (contents(&desk.path(one)), contents(&desk.path(other)));
    assert!(one.keys().eq(other.keys()), "{:?} and {:?}", one.keys(), other.keys());
    for (name, bytes) in &one {
        assert!(*bytes == other[name], "{name} differs");
    }
}

/// Plans the starter in shards, in folder `big`.
pub(crate) fn planned(desk: &Desk, runs: u64, shards: u64) {
    let (runs, shards) = (runs.to_string(), shards.to_string());
    desk.call(&["shard", "plan", "starter.toml", "--runs", &runs, "--shards", &shards, "-o", "big"]).succeeds();
}

/// Runs shards, in this order.
#[track_caller]
pub(crate) fn run_shards(desk: &Desk, shards: impl IntoIterator<Item = u64>) {
    for shard in shards {
        desk.call(&["shard", "run", "big", &shard.to_string(), "-q", "--threads", "1"]).succeeds();
    }
}

/// Numbers below `below` without end, the same in every test.
pub(crate) fn scattered(below: u64) -> impl Iterator<Item = u64> {
    let mut state = 1u64;
    std::iter::repeat_with(move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    })
}
