//! What a caller may say about a list that the list does not say itself.

use crate::scenario::zone;
use jiff::civil::DateTime;
use jiff::fmt::temporal::Pieces;

/// Answers to what a list of events leaves open.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// When the exercise begins: the first day, and the moment from which relative times are counted.
    pub start: Option<Start>,
    /// The time zone of its clocks, as `America/Detroit`.
    pub zone: Option<String>,
    /// Whether 12/05 is the twelfth of May; without it the list decides, and if it does not, it is not.
    pub day_first: Option<bool>,
    /// Names of the sheets to read; without any, those that hold a list of events.
    pub sheets: Vec<String>,
    /// Which clock counts, where a list has one for the story and one for the delivery.
    pub clock: Clock,
}

/// One of the two clocks of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clock {
    /// The time in the story.
    #[default]
    Story,
    /// The time at which injects are handed out.
    Delivery,
}

/// When an exercise begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Start {
    /// Date and time on the clock.
    pub(super) at: DateTime,
    /// Seconds east of universal time, if they are said.
    pub(super) offset: Option<i32>,
}

impl Start {
    /// Reads a date with its time, and perhaps an offset: `2026-11-03T08:00-05:00`.
    ///
    /// # Errors
    ///
    /// When the text is something else, in words that say how to write it.
    pub fn parse(text: &str) -> Result<Start, String> {
        let problem = || "write it as 2026-11-03T08:00 or 2026-11-03T08:00-05:00".to_owned();
        let pieces = Pieces::parse(text).map_err(|_| problem())?;
        let time = pieces.time().ok_or_else(problem)?;
        let offset = pieces.to_numeric_offset().map(jiff::tz::Offset::seconds);
        if !(1900..=2200).contains(&pieces.date().year()) {
            return Err("a year between 1900 and 2200 is needed".to_owned());
        }
        Ok(Start { at: pieces.date().to_datetime(time), offset })
    }
}

/// Checks the name of a time zone.
///
/// # Errors
///
/// When there is no such zone; with the one that was probably meant.
pub fn check_zone(name: &str) -> Result<String, String> {
    match zone(name) {
        Ok(_) => Ok(name.to_owned()),
        Err(problem) => Err(match problem.help {
            Some(help) => format!("{}; {help}", problem.message),
            None => problem.message,
        }),
    }
}
