//! Working hours: when people are there, and when work begun now will be done.
//!
//! ```
//! use canvass::engine::clock::{Span, Time};
//! use canvass::engine::shifts::Shifts;
//!
//! let hour = |h| Time::ZERO + Span::from_hours(h);
//! let office = Shifts::from_intervals(vec![(hour(9), hour(17)), (hour(33), hour(41))])?;
//! assert!(!office.is_open(hour(17)));
//! assert_eq!(office.next_opening(hour(18)), hour(33));
//! // Three hours of work begun at four in the afternoon pause overnight.
//! assert_eq!(office.after_work(hour(16), Span::from_hours(3)), hour(35));
//! # Ok::<(), canvass::engine::shifts::ShiftError>(())
//! ```

use super::clock::{Span, Time};

/// Why a list of intervals is not a set of working hours.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ShiftError {
    /// A shift ends before it begins, or at once.
    #[error("shift {index} must end after it begins")]
    Empty {
        /// Its place in the list, from 0.
        index: usize,
    },
    /// A shift begins before the one in front of it has ended.
    #[error("shift {index} begins before the shift in front of it ends")]
    Overlap {
        /// Its place in the list, from 0.
        index: usize,
    },
}

/// Working hours as sorted, disjoint intervals, open at their start and closed from their end on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shifts {
    intervals: Box<[(Time, Time)]>,
}

impl Shifts {
    /// Round the clock, without end.
    #[must_use]
    pub fn always() -> Shifts {
        Shifts { intervals: Box::new([(Time(i64::MIN), Time::NEVER)]) }
    }

    /// Working hours from intervals (opening, closing) in order of time. Intervals that touch become one. An empty list means never
    /// open; an interval that ends at [`Time::NEVER`] never closes.
    ///
    /// # Errors
    ///
    /// When an interval is empty or reversed, or begins before the one in front of it ends.
    pub fn from_intervals(intervals: Vec<(Time, Time)>) -> Result<Shifts, ShiftError> {
        let mut joined: Vec<(Time, Time)> = Vec::with_capacity(intervals.len());
        for (index, (opening, closing)) in intervals.into_iter().enumerate() {
            if opening >= closing {
                return Err(ShiftError::Empty { index });
            }
            match joined.last_mut() {
                Some(last) if opening < last.1 => return Err(ShiftError::Overlap { index }),
                Some(last) if opening == last.1 => last.1 = closing,
                _ => joined.push((opening, closing)),
            }
        }
        Ok(Shifts { intervals: joined.into() })
    }

    /// Whether people are there at `t`.
    #[must_use]
    #[inline]
    pub fn is_open(&self, t: Time) -> bool {
        self.ending_after(t).first().is_some_and(|&(opening, _)| opening <= t)
    }

    /// The first moment from `t` on at which people are there: `t` itself if they are; [`Time::NEVER`] if they do not come again.
    #[must_use]
    pub fn next_opening(&self, t: Time) -> Time {
        self.ending_after(t).first().map_or(Time::NEVER, |&(opening, _)| opening.max(t))
    }

    /// The first moment after `t` at which people leave; [`Time::NEVER`] if they never do.
    #[must_use]
    pub fn next_closing(&self, t: Time) -> Time {
        self.ending_after(t).first().map_or(Time::NEVER, |&(_, closing)| closing)
    }

    /// The earliest moment by which `work` of open time has passed since `start`; [`Time::NEVER`] if the hours left do not suffice.
    /// Costs a binary search and a step for each closing that the work spans.
    #[must_use]
    #[inline]
    pub fn after_work(&self, start: Time, work: Span) -> Time {
        if work == Span::NEVER {
            return Time::NEVER;
        }
        if work <= Span::ZERO {
            return start;
        }
        let mut left = work;
        for &(opening, closing) in self.ending_after(start) {
            let begin = opening.max(start);
            let room = closing - begin;
            if left <= room {
                return begin + left;
            }
            left = Span(left.0 - room.0);
        }
        Time::NEVER
    }

    /// The intervals that are not over at `t`.
    #[inline]
    fn ending_after(&self, t: Time) -> &[(Time, Time)] {
        // Often there is but one.
        if self.intervals.first().is_some_and(|&(_, closing)| closing > t) {
            return &self.intervals;
        }
        &self.intervals[self.intervals.partition_point(|&(_, closing)| closing <= t)..]
    }
}
