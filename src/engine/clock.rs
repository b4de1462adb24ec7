//! Simulated time as an integer count of milliseconds.
//!
//! Integers make "at the same moment" a defined thing: sums of floating-point delays make ties a matter of rounding.
//!
//! ```
//! use canvass::engine::clock::{Span, Time};
//!
//! let close = Time::ZERO + Span::from_hours(2);
//! assert_eq!(close - Time::ZERO, Span::from_minutes(120));
//! assert_eq!(close + Span::NEVER, Time::NEVER);
//! ```

use std::ops::{Add, AddAssign, Sub};

const MS_PER_MINUTE: i64 = 60_000;
const MS_PER_HOUR: i64 = 60 * MS_PER_MINUTE;
const MS_PER_DAY: i64 = 24 * MS_PER_HOUR;
const TWO_51: f64 = (1_u64 << 51) as f64;
const TWO_52: f64 = (1_u64 << 52) as f64;

/// A moment: milliseconds since the scenario's start.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Time(pub i64);

/// A length of time in milliseconds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Span(pub i64);

impl Time {
    /// The scenario's start.
    pub const ZERO: Time = Time(0);
    /// Later than every moment of any run; sums with it stay at it.
    pub const NEVER: Time = Time(i64::MAX);

    /// Milliseconds since the start, as a real number.
    #[must_use]
    pub fn as_ms_f64(self) -> f64 {
        self.0 as f64
    }

    /// Hours since the start.
    #[must_use]
    pub fn hours(self) -> f64 {
        self.0 as f64 / MS_PER_HOUR as f64
    }
}

impl Span {
    /// No time at all.
    pub const ZERO: Span = Span(0);
    /// Longer than any run; sums with it stay at it.
    pub const NEVER: Span = Span(i64::MAX);

    /// Rounds a real number of milliseconds to the nearest whole one, halves away from zero. A delay cannot be negative or
    /// undefined, so negative numbers and NaN become zero; what does not fit becomes [`Span::NEVER`].
    #[must_use]
    #[inline]
    pub fn from_ms_f64(ms: f64) -> Span {
        if ms > 0.0 && ms < TWO_51 {
            // So near to 2^52 there is no place for a fraction: the sum rounds to a whole number, a half to the even one, and
            // shows that number in its last bits.
            let shifted = ms + TWO_52;
            let half_lost = ms - (shifted - TWO_52) == 0.5;
            Span((shifted.to_bits() - TWO_52.to_bits()) as i64 + i64::from(half_lost))
        } else if ms > 0.0 {
            // The conversion saturates at i64::MAX, which is NEVER.
            Span(libm::round(ms) as i64)
        } else {
            Span::ZERO
        }
    }

    /// Whole minutes, saturating.
    #[must_use]
    pub const fn from_minutes(minutes: i64) -> Span {
        Span(minutes.saturating_mul(MS_PER_MINUTE))
    }

    /// Whole hours, saturating.
    #[must_use]
    pub const fn from_hours(hours: i64) -> Span {
        Span(hours.saturating_mul(MS_PER_HOUR))
    }

    /// Whole days of 24 hours, saturating.
    #[must_use]
    pub const fn from_days(days: i64) -> Span {
        Span(days.saturating_mul(MS_PER_DAY))
    }

    /// The length in milliseconds, as a real number.
    #[must_use]
    pub fn as_ms_f64(self) -> f64 {
        self.0 as f64
    }

    /// The length in hours.
    #[must_use]
    pub fn hours(self) -> f64 {
        self.0 as f64 / MS_PER_HOUR as f64
    }
}

impl Add<Span> for Time {
    type Output = Time;

    /// Saturates; [`Time::NEVER`] and [`Span::NEVER`] absorb whatever is added.
    #[inline]
    fn add(self, span: Span) -> Time {
        match self.0.checked_add(span.0) {
            Some(sum) if self != Time::NEVER && span != Span::NEVER => Time(sum),
            _ => add_at_an_end(self, span),
        }
    }
}

/// A sum with the end of time, or one that reaches an end.
#[cold]
fn add_at_an_end(time: Time, span: Span) -> Time {
    if time == Time::NEVER || span == Span::NEVER { Time::NEVER } else { Time(time.0.saturating_add(span.0)) }
}

impl Sub for Time {
    type Output = Span;

    /// Saturates; from [`Time::NEVER`] back to anything is [`Span::NEVER`].
    fn sub(self, earlier: Time) -> Span {
        if self == Time::NEVER { Span::NEVER } else { Span(self.0.saturating_sub(earlier.0)) }
    }
}

impl Add for Span {
    type Output = Span;

    /// Saturates; [`Span::NEVER`] absorbs whatever is added.
    fn add(self, other: Span) -> Span {
        if self == Span::NEVER || other == Span::NEVER { Span::NEVER } else { Span(self.0.saturating_add(other.0)) }
    }
}

impl AddAssign for Span {
    fn add_assign(&mut self, other: Span) {
        *self = *self + other;
    }
}
