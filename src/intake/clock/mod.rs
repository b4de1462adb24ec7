//! Times as planners write them: `09:05`, `9.05 pm`, `0905Z`, `210905ZAUG2026`, `3 Nov 2026 0905`, `D+1 H+2`, `+00:30`, `Day 2, 14:00`,
//! serial numbers of spreadsheets.
//!
//! A text is read by itself: which date a clock time belongs to, the schedule finds.

mod phrase;
mod token;
mod zone;

use super::cell::{Cell, DAY_MS, from_serial};
use jiff::civil::{Date, Weekday};
use jiff::fmt::temporal::Pieces;

/// What a cell says about when an inject is given. Any part may be missing.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Reading {
    /// The day.
    pub(super) day: Option<Day>,
    /// The time of day, in milliseconds after midnight.
    pub(super) clock: Option<i64>,
    /// Seconds east of universal time, if the text says so.
    pub(super) offset: Option<i32>,
    /// Milliseconds after the start.
    pub(super) elapsed: Option<i64>,
    /// True if it is given when a controller sees fit.
    pub(super) on_order: bool,
    /// True if the text is a span, of which the end is left out.
    pub(super) span: bool,
}

/// A day, as far as a text says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Day {
    /// A date.
    Date(Date),
    /// A date whose first two numbers may be day and month or month and day.
    Slashes {
        /// The first number.
        first: i8,
        /// The second number.
        second: i8,
        /// The year.
        year: Option<i16>,
    },
    /// A month and a day of it, without the year.
    Yearless(i8, i8),
    /// A day of a month that is not said.
    OfMonth(i8),
    /// A day of the exercise: the first is 1.
    Number(i64),
    /// So many days after the first day of the exercise.
    After(i64),
    /// A day of the week.
    Weekday(Weekday),
}

/// What a bare number or a bare clock time in a column means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expect {
    /// A time of day.
    Time,
    /// A day.
    Day,
    /// Time since the start; a bare number counts units of so many milliseconds.
    Elapsed(i64),
}

/// Serial numbers that are taken for dates: 1954 to 2119.
const SERIALS: std::ops::Range<f64> = 20_000.0..80_000.0;

/// Reads a cell.
pub(super) fn read(cell: &Cell, expect: Expect) -> Option<Reading> {
    match cell {
        Cell::Text(text) => read_text(text, expect),
        Cell::Number(number) => read_number(*number, expect),
        Cell::Date(date) => Some(Reading { day: Some(Day::Date(*date)), ..Reading::default() }),
        Cell::Moment(moment) => {
            let time = moment.time();
            let seconds = i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second());
            Some(Reading { day: Some(Day::Date(moment.date())), clock: Some(seconds * 1000), ..Reading::default() })
        }
        Cell::Clock(ms) => match expect {
            Expect::Elapsed(_) => Some(Reading { elapsed: Some(*ms), ..Reading::default() }),
            _ if (0..=DAY_MS).contains(ms) => Some(Reading { clock: Some(*ms), ..Reading::default() }),
            _ => None,
        },
        Cell::Truth(_) | Cell::Broken(_) => None,
    }
}

/// Reads a text.
pub(super) fn read_text(text: &str, expect: Expect) -> Option<Reading> {
    const LONGEST: usize = 80;
    let text = text.trim();
    if text.chars().count() > LONGEST {
        return None;
    }
    if phrase::on_order(text) {
        return Some(Reading { on_order: true, ..Reading::default() });
    }
    if let Some(reading) = iso(text) {
        return Some(reading);
    }
    if let Ok(number) = text.parse::<f64>()
        && is_plain_number(text, expect)
    {
        return read_number(number, expect);
    }
    phrase::read(text, expect)
}

/// Whether digits with a point are a number rather than a clock time, as `9.30`, and digits alone rather than `0930`.
fn is_plain_number(text: &str, expect: Expect) -> bool {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    match text.split_once('.') {
        _ if !plain => false,
        Some((_, decimals)) => matches!(expect, Expect::Elapsed(_)) || decimals.len() != 2 || text.len() > 5,
        None => !matches!(expect, Expect::Time) || text.len() == 5,
    }
}

/// `2026-11-03T09:05:00-05:00`, and less of it.
fn iso(text: &str) -> Option<Reading> {
    let head = text.as_bytes();
    if head.len() < 10 || !head[..4].iter().all(u8::is_ascii_digit) || head[4] != b'-' {
        return None;
    }
    let pieces = Pieces::parse(text).ok()?;
    let clock = pieces.time().map(|time| {
        let seconds = i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second());
        seconds * 1000
    });
    let offset = pieces.to_numeric_offset().map(jiff::tz::Offset::seconds);
    Some(Reading { day: Some(Day::Date(pieces.date())), clock, offset, ..Reading::default() })
}

fn read_number(number: f64, expect: Expect) -> Option<Reading> {
    let whole = number == number.trunc();
    match expect {
        Expect::Elapsed(unit) => {
            let ms = (number * unit as f64).round();
            (ms.abs() < 1e15).then_some(Reading { elapsed: Some(ms as i64), ..Reading::default() })
        }
        Expect::Day if whole && (0.0..=999.0).contains(&number) => {
            Some(Reading { day: Some(Day::Number(number as i64)), ..Reading::default() })
        }
        Expect::Time if whole && (25.0..=2400.0).contains(&number) => {
            let (hours, minutes) = (number as i64 / 100, number as i64 % 100);
            let ms = (hours * 60 + minutes) * 60_000;
            (minutes < 60 && ms <= DAY_MS).then_some(Reading { clock: Some(ms), ..Reading::default() })
        }
        _ if SERIALS.contains(&number) => {
            let (date, ms) = from_serial(number)?;
            let clock = (!whole).then_some(ms);
            Some(Reading { day: Some(Day::Date(date)), clock, ..Reading::default() })
        }
        Expect::Time if (0.0..1.0).contains(&number) => {
            let (_, ms) = from_serial(number)?;
            Some(Reading { clock: Some(ms), ..Reading::default() })
        }
        _ => None,
    }
}

impl Reading {
    /// Whether it says anything about when.
    pub(super) fn is_empty(&self) -> bool {
        self.day.is_none() && self.clock.is_none() && self.elapsed.is_none() && !self.on_order
    }
}

/// A date anywhere in a longer text, as the name of a sheet or a title: `Day 2 - 4 Nov 2026`.
pub(super) fn day_within(text: &str) -> Option<Day> {
    let words: Vec<&str> = text
        .split(|letter: char| letter.is_whitespace() || matches!(letter, '(' | ')' | ':' | ',' | '_' | '|' | '–' | '—'))
        .filter(|word| !word.is_empty())
        .collect();
    let mut found: Option<Day> = None;
    for length in (1..=4).rev() {
        for part in words.windows(length) {
            let Some(Reading { day: Some(day), clock: None, elapsed: None, .. }) =
                phrase::read(&part.join(" "), Expect::Day).or_else(|| iso(&part.join(" ")))
            else {
                continue;
            };
            let better = |old: &Day| rank(&day) < rank(old);
            if found.as_ref().is_none_or(better) {
                found = Some(day);
            }
        }
    }
    found.filter(|day| !matches!(day, Day::OfMonth(_)))
}

/// How little a day says: a date says most.
fn rank(day: &Day) -> u8 {
    match day {
        Day::Date(_) => 0,
        Day::Slashes { year: Some(_), .. } => 1,
        Day::Yearless(..) => 2,
        Day::Number(_) | Day::After(_) => 3,
        Day::Slashes { .. } => 4,
        Day::Weekday(_) => 5,
        Day::OfMonth(_) => 6,
    }
}
