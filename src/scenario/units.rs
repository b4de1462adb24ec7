//! Units and dimensions. Canonical units: time in milliseconds, rates per millisecond, shares as 0 to 1.

/// What kind of thing a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// True or false, as 1 or 0.
    Truth,
    /// A number without unit: counts, shares, indices.
    Number,
    /// A length of time, in milliseconds.
    Period,
    /// Something per time, per millisecond.
    Rate,
    /// A moment, in milliseconds since the scenario's start.
    Instant,
    /// One of several named choices, by position.
    Choice,
}
