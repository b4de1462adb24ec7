//! Until when a response would have prevented a contingency, to the minute.
//!
//! The run is made again with the response taking effect at a chosen minute. Earlier is not always better: a
//! restored system can be disrupted again, and what is done once may be spent too soon. So a grid of minutes is looked at
//! before the last moment is narrowed down between two of them.

use super::{happens, nodes};
use crate::engine::Time;
use crate::world::{Account, Cause, World};

const MINUTE: i64 = 60_000;

/// Up to this many minutes every single one is tried.
const EXHAUSTIVE: i64 = 360;

/// Beyond, this many are, and those around everything the chain of causes names.
const GRID: i64 = 200;

/// When a response would have prevented a contingency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first minute of the last stretch of minutes in which it would have.
    pub from: Time,
    /// The last minute in which it would have.
    pub until: Time,
    /// Whether it would have in some minutes before that stretch as well.
    pub also_earlier: bool,
}

/// What a response could have done about a contingency.
#[derive(Clone, Debug, PartialEq)]
pub struct LastMoment {
    /// Its name with its kind, as `response.mirror`.
    pub path: String,
    /// What it is called.
    pub title: String,
    /// When it last took effect by itself before the contingency, if it did.
    pub done: Option<Time>,
    /// When it would have prevented the contingency; nothing if at no minute.
    pub window: Option<Window>,
    /// Whether every minute was tried, and not only a grid of them.
    pub exhaustive: bool,
}

/// For every response, until when it would have prevented a contingency of a run. A response that is done once
/// is moved no later than it was done.
pub fn last_moments(
    world: &mut World,
    run: u64,
    contingency: usize,
    account: &Account,
    tree: &Cause,
) -> Vec<LastMoment> {
    let moments: Vec<Time> =
        nodes(tree).iter().map(|cause| cause.time).chain(account.effects.iter().map(|(time, _)| *time)).collect();
    let responses = world.responses();
    let mut found = Vec::with_capacity(responses.len());
    for (position, (path, title, repeats)) in responses.into_iter().enumerate() {
        let done = account.responses[position].iter().copied().rfind(|&done| done <= tree.time);
        let limit = if repeats { tree.time } else { done.unwrap_or(tree.time) };
        let last = limit.0 / MINUTE;
        let minutes = grid(last, &moments);
        let mut prevents = |minute: i64| !happens(world.run_forced(run, position, Time(minute * MINUTE)), contingency);
        let tried: Vec<(i64, bool)> = minutes.iter().map(|&minute| (minute, prevents(minute))).collect();
        found.push(LastMoment {
            path,
            title,
            done,
            window: window(&tried, &mut prevents),
            exhaustive: last <= EXHAUSTIVE,
        });
    }
    found
}

/// The minutes to try, in order.
fn grid(last: i64, moments: &[Time]) -> Vec<i64> {
    if last <= EXHAUSTIVE {
        return (0..=last).collect();
    }
    let around = moments.iter().flat_map(|moment| (-1..=1).map(move |near| moment.0 / MINUTE + near));
    let even = (0..=GRID).map(|step| last / GRID * step + last % GRID * step / GRID);
    let mut minutes: Vec<i64> = even.chain(around).filter(|minute| (0..=last).contains(minute)).collect();
    minutes.sort_unstable();
    minutes.dedup();
    minutes
}

fn window(tried: &[(i64, bool)], prevents: &mut impl FnMut(i64) -> bool) -> Option<Window> {
    let last = tried.iter().rposition(|(_, prevented)| *prevented)?;
    let first = tried[..last].iter().rposition(|(_, prevented)| !prevented).map_or(0, |before| before + 1);
    let until = match tried.get(last + 1) {
        Some(&(not, _)) => border(tried[last].0, not, prevents),
        None => tried[last].0,
    };
    let from = match first.checked_sub(1) {
        Some(before) => border(tried[first].0, tried[before].0, prevents),
        None => tried[first].0,
    };
    let also_earlier = tried[..first].iter().any(|(_, prevented)| *prevented);
    Some(Window { from: Time(from * MINUTE), until: Time(until * MINUTE), also_earlier })
}

/// The minute closest to `not` that still prevents, between one that does and one that does not, on either side.
fn border(mut does: i64, mut not: i64, prevents: &mut impl FnMut(i64) -> bool) -> i64 {
    while (does - not).abs() > 1 {
        let middle = does.midpoint(not);
        if prevents(middle) {
            does = middle;
        } else {
            not = middle;
        }
    }
    does
}
