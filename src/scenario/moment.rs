//! Moments and working hours: `2026-11-03T20:00:00-05:00`, `"polls-close + 3d"`, `"Mon-Fri 08:00-18:00"`.

use super::quantity::{Period, Quantity};

/// A date-time with its offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DateTime {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub unix_ms: i64,
    /// Offset from UTC in seconds, east positive.
    pub offset_s: i32,
}

/// From where a relative moment is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The scenario's start.
    Start,
    /// The scenario's end.
    End,
    /// A milestone.
    Milestone(String),
}

/// A moment: a date-time, or an anchor and the time before or after it.
#[derive(Clone, Debug)]
pub enum Moment {
    /// A date-time.
    At(DateTime),
    /// Relative to an anchor. A bare period, as `"2h"`, counts from the start.
    Relative {
        /// From where it is counted.
        anchor: Anchor,
        /// True for a moment before the anchor.
        before: bool,
        /// How far; nothing for the anchor itself.
        offset: Option<Quantity<Period>>,
    },
}

/// When a responder or platform works.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Hours {
    /// Day and night.
    #[default]
    Always,
    /// Weekly hours.
    Weekly(Vec<OpenHours>),
}

/// Some hours of some weekdays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenHours {
    /// Monday first.
    pub days: [bool; 7],
    /// Minutes after midnight, from.
    pub from: u16,
    /// Minutes after midnight, until; larger than `from`, at most 1,440.
    pub until: u16,
}
