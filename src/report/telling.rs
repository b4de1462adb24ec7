//! Which line of a story caused which.

use crate::engine::EventId;
use crate::world::Entry;
use std::collections::BTreeMap;

/// For each line that is told, the place of the line that caused it, past whatever is not told; nothing where that is none, or the line
/// itself.
pub fn told_causes(told: &[&Entry], all: &[Entry]) -> Vec<Option<usize>> {
    let causes: BTreeMap<EventId, EventId> = all.iter().map(|entry| (entry.id, entry.cause)).collect();
    // Two lines may tell of one event; whoever refers to it means the first.
    let mut lines: BTreeMap<EventId, usize> = BTreeMap::new();
    for (line, entry) in told.iter().enumerate() {
        lines.entry(entry.id).or_insert(line);
    }
    let cause = |(line, entry): (usize, &&Entry)| {
        std::iter::successors(Some(entry.cause), |id| causes.get(id).copied())
            .take(all.len())
            .find_map(|id| lines.get(&id).copied())
            .filter(|cause| *cause != line)
    };
    told.iter().enumerate().map(cause).collect()
}
