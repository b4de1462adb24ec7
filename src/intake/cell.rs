//! What a cell of a sheet holds.

use jiff::civil::{Date, DateTime};

/// Milliseconds of a day.
pub(super) const DAY_MS: i64 = 86_400_000;

/// A cell that holds something.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    /// Text, without blanks around it, with line feeds as its only line breaks.
    Text(String),
    /// A number that is not shown as a date or a time.
    Number(f64),
    /// A date.
    Date(Date),
    /// A time of day, or a length of time; milliseconds.
    Clock(i64),
    /// A date with a time of day.
    Moment(DateTime),
    /// A truth value.
    Truth(bool),
    /// An error in place of a value, as `#REF!`.
    Broken(String),
}

impl Cell {
    /// A text cell, or nothing if the text is blank.
    pub(super) fn of_text(text: &str) -> Option<Cell> {
        let text = text.trim_matches(is_blank);
        if text.is_empty() {
            return None;
        }
        Some(Cell::Text(if text.contains('\r') {
            text.replace("\r\n", "\n").replace('\r', "\n")
        } else {
            text.to_owned()
        }))
    }

    /// What the cell says, as a person would write it.
    pub(super) fn text(&self) -> String {
        match self {
            Cell::Text(text) | Cell::Broken(text) => text.clone(),
            Cell::Number(number) => number.to_string(),
            Cell::Date(date) => date.to_string(),
            Cell::Clock(ms) => clock_text(*ms),
            Cell::Moment(moment) => moment.to_string().replace('T', " "),
            Cell::Truth(true) => "yes".to_owned(),
            Cell::Truth(false) => "no".to_owned(),
        }
    }
}

/// `09:05`, or `09:05:30` if there are seconds.
pub(super) fn clock_text(ms: i64) -> String {
    let seconds = ms / 1000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if seconds == 0 { format!("{hours:02}:{minutes:02}") } else { format!("{hours:02}:{minutes:02}:{seconds:02}") }
}

/// Whether a letter shows nothing: a space of any kind, a mark for the order of bytes, a joiner of no width.
pub(super) fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{feff}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\0')
}

/// The day a serial number of a spreadsheet stands for, with the milliseconds after midnight, rounded to seconds. Days are counted
/// from 1899-12-30, as Excel has counted since March 1900.
pub(super) fn from_serial(serial: f64) -> Option<(Date, i64)> {
    let seconds = (serial * 86_400.0).round();
    if !(0.0..3.0e11).contains(&seconds) {
        return None;
    }
    let (days, seconds) = ((seconds / 86_400.0).floor(), seconds % 86_400.0);
    let days = jiff::Span::new().try_days(days as i64).ok()?;
    let date = Date::new(1899, 12, 30).ok()?.checked_add(days).ok()?;
    Some((date, seconds as i64 * 1000))
}
