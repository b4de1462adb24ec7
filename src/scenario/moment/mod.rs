//! Moments and working hours: `2026-11-03T20:00:00-05:00`, `"polls-close + 3d"`, `"Mon-Fri 08:00-18:00"`.

mod calendar;
mod hours;
mod read;

pub(crate) use calendar::zone;
pub use calendar::{Calendar, label};

use super::expression::lexer::is_name;
use super::expression::{Kind, Operator, TextProblem};
use super::quantity::{Period, Quantity, Value};
use jiff::civil;
use jiff::tz::Offset;
use std::fmt;

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

impl DateTime {
    /// Reads a date-time with its offset, as `2026-11-03T20:00:00-05:00`.
    ///
    /// # Errors
    ///
    /// When the text is no date-time, has no offset, or names a day or hour that does not exist.
    pub fn parse(text: &str) -> Result<DateTime, TextProblem> {
        const EXAMPLE: &str = "2026-11-03T20:00:00-05:00";
        let problem = |message: String| TextProblem::new(0..text.len(), message);
        let Ok(read) = text.trim().parse::<toml::value::Datetime>() else {
            return Err(problem(format!("`{text}` is not a date and time")).help(format!("write it as `{EXAMPLE}`")));
        };
        let (Some(date), Some(time)) = (read.date, read.time) else {
            let missing = if read.date.is_none() { "date" } else { "time" };
            return Err(problem(format!("`{text}` has no {missing}")).help(format!("write it as `{EXAMPLE}`")));
        };
        let offset_s = match read.offset {
            Some(toml::value::Offset::Z) => 0,
            Some(toml::value::Offset::Custom { minutes }) => i32::from(minutes) * 60,
            None => {
                let help = "give it an offset, as `-05:00`";
                return Err(problem(format!("`{text}` has no offset from universal time")).help(help));
            }
        };
        let unix_ms = i16::try_from(date.year)
            .ok()
            .zip(i8::try_from(date.month).ok())
            .zip(i8::try_from(date.day).ok())
            .and_then(|((year, month), day)| civil::Date::new(year, month, day).ok())
            .zip(i8::try_from(time.hour).ok())
            .zip(i8::try_from(time.minute).ok())
            .zip(i8::try_from(time.second.unwrap_or(0)).ok())
            .zip(i32::try_from(time.nanosecond.unwrap_or(0)).ok())
            .and_then(|((((date, hour), minute), second), nanosecond)| {
                Some(date.to_datetime(civil::Time::new(hour, minute, second, nanosecond).ok()?))
            })
            .and_then(|datetime| Offset::from_seconds(offset_s).ok()?.to_timestamp(datetime).ok())
            .map(jiff::Timestamp::as_millisecond);
        match unix_ms {
            Some(unix_ms) => Ok(DateTime { unix_ms, offset_s }),
            None => Err(problem(format!("there is no such moment as `{text}`"))),
        }
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Ok(offset), Ok(timestamp)) =
            (Offset::from_seconds(self.offset_s), jiff::Timestamp::from_millisecond(self.unix_ms))
        else {
            return write!(f, "{} ms after 1970", self.unix_ms);
        };
        let sign = if self.offset_s < 0 { '-' } else { '+' };
        let minutes = self.offset_s.abs() / 60;
        write!(f, "{}{sign}{:02}:{:02}", offset.to_datetime(timestamp), minutes / 60, minutes % 60)
    }
}

impl Moment {
    /// Reads a moment: a date-time; `start`, `end` or a milestone, with the time before or after it, as `polls-close + 3d`; or a bare
    /// period, as `2h`, which counts from the start. A name alone is a milestone, never an uncertainty.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the text by itself.
    pub fn parse(text: &str) -> Result<Moment, Vec<TextProblem>> {
        let begin = text.len() - text.trim_start().len();
        let body = text.trim();
        if looks_like_date(body) {
            return DateTime::parse(body).map(Moment::At).map_err(|problem| vec![problem.shifted(begin)]);
        }
        let name_end = body.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')).unwrap_or(body.len());
        let (name, rest) = body.split_at(name_end);
        let tail = rest.trim_start();
        if body.is_empty() {
            let problem = TextProblem::new(0..text.len(), "a moment is needed here");
            return Err(vec![problem.help("write it as `polls-close + 3d` or `2026-11-03T20:00:00-05:00`")]);
        }
        let counts_from_start = !name.starts_with(char::is_alphabetic) || tail.starts_with('(');
        if counts_from_start {
            let offset = Quantity::parse(text)?;
            return Ok(Moment::Relative { anchor: Anchor::Start, before: false, offset: Some(offset) });
        }
        if !is_name(name) {
            let mended = name.to_lowercase().replace('_', "-");
            let problem = TextProblem::new(begin..begin + name_end, format!("`{name}` is not a name"));
            return Err(vec![problem.help(format!("names are lower-case letters, digits and dashes: `{mended}`"))]);
        }
        let anchor = match name {
            "start" => Anchor::Start,
            "end" => Anchor::End,
            _ => Anchor::Milestone(name.to_owned()),
        };
        let before = tail.starts_with(['-', '−', '–']);
        let Some(sign) = tail.chars().next() else {
            return Ok(Moment::Relative { anchor, before: false, offset: None });
        };
        if !before && sign != '+' {
            let at = begin + body.len() - tail.len();
            let problem = TextProblem::new(at..begin + body.len(), format!("`+` or `-` is expected after `{name}`"));
            return Err(vec![problem.help(format!("write it as `{name} + 3d`"))]);
        }
        let shown = &tail[sign.len_utf8()..];
        let shift = begin + body.len() - shown.len();
        let offset = Quantity::<Period>::parse(shown)
            .map_err(|problems| problems.into_iter().map(|problem| problem.shifted(shift)).collect::<Vec<_>>())?;
        if before && is_open_sum(shown, &offset.value) {
            let from = begin + body.len() - shown.trim_start().len();
            let problem = TextProblem::new(from..begin + body.len(), "it is not clear what is subtracted here");
            return Err(vec![problem.help(format!("put it in brackets: `{name} - ({})`", shown.trim()))]);
        }
        Ok(Moment::Relative { anchor, before, offset: Some(offset) })
    }
}

/// Whether a text is meant as a date: four digits and a dash.
fn looks_like_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() > 4 && bytes[..4].iter().all(u8::is_ascii_digit) && bytes[4] == b'-'
}

/// Whether an offset is a sum that stands without brackets, so that a minus before it could mean its first part or all of it.
fn is_open_sum(text: &str, value: &Value) -> bool {
    let parsed;
    let expression = match value {
        Value::Formula(expression) => expression,
        _ => match super::Expression::parse(text) {
            Ok(expression) => {
                parsed = expression;
                &parsed
            }
            Err(_) => return false,
        },
    };
    let begin = text.len() - text.trim_start().len();
    matches!(expression.root.kind, Kind::Binary(Operator::Add | Operator::Subtract, ..))
        && expression.root.span.start == begin
}
