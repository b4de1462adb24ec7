//! Everything that can stand on the event list: one kind a process.

use super::{
    adversary, asset, audience, calendar, caller, certification, channel, contest, count, hazard, inject, narrative,
    platform, response,
};

/// What happens at a moment of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// A milestone, a meeting.
    Calendar(calendar::Event),
    /// A system is detected down, recovers.
    Asset(asset::Event),
    /// A narrative's tick.
    Narrative(narrative::Event),
    /// A review ends, a measure takes effect.
    Platform(platform::Event),
    /// A step is tried, noticed.
    Adversary(adversary::Event),
    /// Something goes wrong by itself.
    Hazard(hazard::Event),
    /// Word arrives.
    Channel(channel::Event),
    /// A response is decided, done.
    Response(response::Event),
    /// A scripted event.
    Inject(inject::Event),
    /// Confidence recovers.
    Audience(audience::Event),
    /// Ballots are counted and published.
    Count(count::Event),
    /// A contest is called.
    Caller(caller::Event),
    /// A claim, a concession, a suit.
    Contest(contest::Event),
    /// Canvass, certification and what follows.
    Certification(certification::Event),
    /// A condition has held as long as was asked.
    Held(u32),
    /// Time alone may have changed a condition.
    Recheck(u32),
    /// The board is read for the series.
    Sample(u32),
}
