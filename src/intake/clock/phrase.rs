//! The reading of a phrase, piece by piece.

use super::token::{Piece, Token, pieces};
use super::{Day, Expect, Reading, zone};
use crate::intake::cell::DAY_MS;
use jiff::civil::{Date, Weekday};

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

const COUNTS: [&str; 11] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/// Words that change nothing.
const FILLERS: [&str; 23] = [
    "at",
    "on",
    "the",
    "of",
    "approx",
    "approximately",
    "about",
    "around",
    "circa",
    "ca",
    "by",
    "nlt",
    "net",
    "from",
    "hrs",
    "hours",
    "hr",
    "time",
    "uhr",
    "in",
    "into",
    "exercise",
    "play",
];

/// What relative times are counted from.
const ANCHORS: [&str; 9] = ["startex", "start", "stex", "t", "h", "e", "s", "m", "ex"];

/// Whether a text says that an inject is given when a controller sees fit.
pub(super) fn on_order(text: &str) -> bool {
    const PHRASES: [&str; 26] = [
        "tbd",
        "tba",
        "tbc",
        "on order",
        "o/o",
        "on call",
        "on demand",
        "as needed",
        "as required",
        "as necessary",
        "if needed",
        "if required",
        "if necessary",
        "when needed",
        "when required",
        "contingency",
        "contingent",
        "conditional",
        "ad hoc",
        "n/a",
        "na",
        "none",
        "any time",
        "anytime",
        "variable",
        "floating",
    ];
    let text = text.to_lowercase();
    let text = text.trim_matches(|letter: char| !letter.is_alphanumeric());
    text.is_empty() || PHRASES.contains(&text)
}

/// Reads a phrase; nothing if a part of it is not understood.
pub(super) fn read(text: &str, expect: Expect) -> Option<Reading> {
    let pieces = pieces(text);
    let mut scan = Scan { pieces: &pieces, at: 0, expect, signed: false, days: None, reading: Reading::default() };
    while scan.at < scan.pieces.len() {
        scan.step()?;
    }
    scan.finish()
}

struct Scan<'p> {
    pieces: &'p [Piece],
    at: usize,
    expect: Expect,
    /// An anchor or a sign was read: what follows is time since the start.
    signed: bool,
    /// Days after the start, of `D+1`.
    days: Option<i64>,
    reading: Reading,
}

impl Scan<'_> {
    fn digits(&self, ahead: usize) -> Option<&str> {
        match &self.pieces.get(self.at + ahead)?.token {
            Token::Digits(digits) => Some(digits),
            _ => None,
        }
    }

    fn number(&self, ahead: usize) -> Option<i64> {
        self.digits(ahead)?.parse().ok()
    }

    /// A number of at most so many digits.
    fn short(&self, ahead: usize, most: usize) -> Option<i64> {
        self.digits(ahead).filter(|digits| digits.len() <= most)?.parse().ok()
    }

    fn word(&self, ahead: usize) -> Option<&str> {
        match &self.pieces.get(self.at + ahead)?.token {
            Token::Word(word) => Some(word),
            _ => None,
        }
    }

    fn sign(&self, ahead: usize) -> Option<char> {
        match self.pieces.get(self.at + ahead)?.token {
            Token::Sign(sign) => Some(sign),
            _ => None,
        }
    }

    /// Whether a blank stands before a piece, or there is none.
    fn apart(&self, ahead: usize) -> bool {
        self.pieces.get(self.at + ahead).is_none_or(|piece| piece.apart)
    }

    fn step(&mut self) -> Option<()> {
        match self.pieces[self.at].token {
            Token::Digits(_) => self.after_digits(),
            Token::Word(_) => self.after_word(),
            Token::Sign(_) => self.after_sign(),
        }
    }

    fn after_digits(&mut self) -> Option<()> {
        self.group().or_else(|| self.numeric_date()).or_else(|| self.named_date()).or_else(|| self.time())
    }

    /// A date-time group: `210905ZAUG2026`, `21 0905Z AUG 26`, `210905`.
    fn group(&mut self) -> Option<()> {
        let first = self.digits(0)?;
        let (digits, mut used) = match first.len() {
            6 => (first.to_owned(), 1),
            1 | 2 if self.digits(1).is_some_and(|next| next.len() == 4) => {
                (format!("{first:0>2}{}", self.digits(1)?), 2)
            }
            _ => return None,
        };
        let (zone, month) = match self.word(used) {
            Some(word) => match (month(word), zone::offset(word)) {
                (Some(month), _) => {
                    used += 1;
                    (None, Some(month))
                }
                (None, Some(zone)) => {
                    used += 1;
                    let month = self.word(used).and_then(month);
                    used += usize::from(month.is_some());
                    (zone, month)
                }
                // `raug`: the letter of the zone and the month in one.
                (None, None) => {
                    let mut letters = word.chars();
                    let zone = zone::offset(&letters.next()?.to_string())?;
                    let month = month(letters.as_str())?;
                    used += 1;
                    (zone, Some(month))
                }
            },
            None => (None, None),
        };
        if used == 2 && month.is_none() && first.len() < 6 {
            return None;
        }
        let value = |range: std::ops::Range<usize>| digits[range].parse::<i8>().ok();
        let (day, hour, minute) = (value(0..2)?, value(2..4)?, value(4..6)?);
        let ms = (i64::from(hour) * 60 + i64::from(minute)) * 60_000;
        if minute > 59 || ms > DAY_MS || !(1..=31).contains(&day) {
            return None;
        }
        let mut at = Day::OfMonth(day);
        if let Some(month) = month {
            at = Day::Yearless(month, day);
            if let Some(year) = self.digits(used).and_then(year) {
                at = Day::Date(Date::new(year, month, day).ok()?);
                used += 1;
            }
        }
        self.at += used;
        self.set_day(at)?;
        self.set_clock(ms)?;
        self.reading.offset = zone.or(self.reading.offset);
        Some(())
    }

    /// `2026-11-03`, `11/3/2026`, `3.11.2026`, `11/3`.
    fn numeric_date(&mut self) -> Option<()> {
        let sign = self.sign(1).filter(|sign| matches!(sign, '/' | '-' | '.'))?;
        let (first, second) = (self.number(0)?, self.short(2, 2)?);
        let third = self.digits(3 + 1).filter(|_| self.sign(3) == Some(sign));
        let long = self.digits(0)?.len() == 4;
        let day = match third {
            Some(third) if long => Day::Date(Date::new(first as i16, second as i8, third.parse().ok()?).ok()?),
            Some(third) if self.digits(0)?.len() <= 2 => {
                let year = year(third)?;
                if sign == '.' {
                    Day::Date(Date::new(year, second as i8, first as i8).ok()?)
                } else {
                    Day::Slashes { first: first as i8, second: second as i8, year: Some(year) }
                }
            }
            None if sign == '/' && self.digits(0)?.len() <= 2 => {
                Day::Slashes { first: first as i8, second: second as i8, year: None }
            }
            _ => return None,
        };
        if let Day::Slashes { first, second, .. } = day
            && !((1..=12).contains(&first.min(second)) && (1..=31).contains(&first.max(second)))
        {
            return None;
        }
        self.at += if third.is_some() { 5 } else { 3 };
        self.set_day(day)
    }

    /// `3 Nov 2026`, `3rd of November`, `3-Nov-26`.
    fn named_date(&mut self) -> Option<()> {
        let day = self.short(0, 2).filter(|day| (1..=31).contains(day))?;
        let mut used = 1;
        if !self.apart(used) && matches!(self.word(used), Some("st" | "nd" | "rd" | "th")) {
            used += 1;
        }
        // Of `3-4 November` the first day counts.
        if self.sign(used) == Some('-')
            && self.short(used + 1, 2).is_some()
            && self.word(used + 2).and_then(month).is_some()
        {
            used += 2;
        }
        if self.word(used) == Some("of") || matches!(self.sign(used), Some('-' | '/' | '.')) {
            used += 1;
        }
        let month = self.word(used).and_then(month)?;
        used += 1;
        self.month_day(month, day as i8, used)
    }

    /// A month and a day, and the year if it follows.
    fn month_day(&mut self, month: i8, day: i8, mut used: usize) -> Option<()> {
        if self.sign(used) == Some('-')
            && self.short(used + 1, 2).is_some()
            && self.digits(used + 2).is_some_and(|year| year.len() == 4)
        {
            used += 2;
        }
        let mark = usize::from(matches!(self.sign(used), Some('-' | '/' | '.' | '\'')));
        let clock_follows = self.sign(used + mark + 1) == Some(':')
            || matches!(self.word(used + mark + 1), Some("h" | "hrs" | "hours" | "z" | "l" | "am" | "pm"));
        let mut at = Day::Yearless(month, day);
        if !clock_follows && let Some(year) = self.digits(used + mark).and_then(year) {
            at = Day::Date(Date::new(year, month, day).ok()?);
            used += mark + 1;
        } else if Date::new(2024, month, day).is_err() {
            return None;
        }
        self.at += used;
        self.set_day(at)
    }

    /// A time of day or a length of time that begins with digits.
    fn time(&mut self) -> Option<()> {
        let length = self.digits(0)?.len();
        let elapsed = self.signed || matches!(self.expect, Expect::Elapsed(_));
        if length <= 3
            && self.sign(1) == Some(':')
            && let Some(minutes) = self.short(2, 2)
        {
            let hours = self.number(0)?;
            let seconds = self.short(4, 2).filter(|_| self.sign(3) == Some(':'));
            let mut used = if seconds.is_some() { 5 } else { 3 };
            // A part of a second is of no use to an exercise.
            if seconds.is_some() && self.sign(5) == Some('.') && self.digits(6).is_some() && !self.apart(5) {
                used += 2;
            }
            if minutes > 59 || seconds.is_some_and(|seconds| seconds > 59) {
                return None;
            }
            let ms = ((hours * 60 + minutes) * 60 + seconds.unwrap_or(0)) * 1000;
            self.at += used;
            return if elapsed { self.add_elapsed(ms) } else { self.clock_with_halves(ms) };
        }
        if length <= 2 && matches!(self.word(1), Some("am" | "pm" | "a" | "p" | "noon")) {
            let ms = self.number(0)? * 3_600_000;
            self.at += 1;
            return self.clock_with_halves(ms);
        }
        if let Some(()) = self.amount(elapsed) {
            return Some(());
        }
        // `9.30`, `09h30`, `9h`.
        if length <= 2 && !elapsed {
            let hours = self.number(0)?;
            let minutes = match (self.sign(1), self.word(1)) {
                (Some('.'), _) if self.digits(2).is_some_and(|digits| digits.len() == 2) => Some((self.number(2)?, 3)),
                (_, Some("h")) if self.digits(2).is_some_and(|digits| digits.len() == 2) && !self.apart(2) => {
                    Some((self.number(2)?, 3))
                }
                (_, Some("h")) if !self.apart(1) => Some((0, 2)),
                _ => None,
            };
            if let Some((minutes, used)) = minutes {
                self.at += used;
                return if minutes < 60 { self.clock_with_halves((hours * 60 + minutes) * 60_000) } else { None };
            }
        }
        if (3..=4).contains(&length) && !elapsed {
            let number = self.number(0)?;
            let (hours, minutes) = (number / 100, number % 100);
            self.at += 1;
            if matches!(self.word(0), Some("h" | "hrs" | "hours" | "hr" | "hour")) {
                self.at += 1;
            }
            return if minutes < 60 { self.clock_with_halves((hours * 60 + minutes) * 60_000) } else { None };
        }
        match self.expect {
            Expect::Elapsed(unit) => {
                let ms = self.number(0)?.checked_mul(unit)?;
                self.at += 1;
                self.add_elapsed(ms)
            }
            Expect::Day if length <= 3 && self.reading.day.is_none() => {
                let day = Day::Number(self.number(0)?);
                self.at += 1;
                self.set_day(day)
            }
            _ => None,
        }
    }

    /// `90 min`, `1.5 h`, `2 days`. A sign before it, or an anchor, makes `30m` of it too.
    fn amount(&mut self, elapsed: bool) -> Option<()> {
        let fraction = self.digits(2).filter(|_| self.sign(1) == Some('.')).map(str::to_owned);
        let mut used = if fraction.is_some() { 3 } else { 1 };
        // In `H+2 M+30` the letter belongs to what follows.
        if matches!(self.sign(used + 1), Some('+' | '-')) && self.apart(used) {
            return None;
        }
        let unit = match self.word(used)? {
            "min" | "mins" | "minute" | "minutes" => 60_000,
            "hour" | "hours" | "hr" | "hrs" if self.digits(0)?.len() <= 2 || elapsed => 3_600_000,
            "sec" | "secs" | "second" | "seconds" => 1000,
            "day" | "days" => DAY_MS,
            "h" if elapsed || self.digits(used + 1).is_some() && matches!(self.word(used + 2), Some("m" | "min")) => {
                3_600_000
            }
            "m" if elapsed || self.reading.elapsed.is_some() => 60_000,
            "d" if elapsed => DAY_MS,
            "s" if elapsed => 1000,
            _ => return None,
        };
        used += 1;
        let whole: f64 = format!("{}.{}", self.digits(0)?, fraction.unwrap_or_default()).parse().ok()?;
        let ms = (whole * unit as f64).round();
        if ms >= 1e15 {
            return None;
        }
        self.at += used;
        // `1h30`
        if unit == 3_600_000
            && self.digits(0).is_some_and(|digits| digits.len() == 2)
            && !self.apart(0)
            && self.word(1).is_none()
        {
            let minutes = self.number(0)?;
            self.at += 1;
            return self.add_elapsed(ms as i64 + minutes * 60_000);
        }
        self.add_elapsed(ms as i64)
    }

    /// A clock time that may be followed by a half of the day, a zone, or the end of a span.
    fn clock_with_halves(&mut self, mut ms: i64) -> Option<()> {
        let dotted = |scan: &Self| scan.sign(1) == Some('.') && scan.word(2) == Some("m");
        let half = match self.word(0) {
            Some("am") => Some((false, 1)),
            Some("pm") => Some((true, 1)),
            Some("a") if dotted(self) => Some((false, 3)),
            Some("p") if dotted(self) => Some((true, 3)),
            Some("a") => Some((false, 1)),
            Some("p") => Some((true, 1)),
            _ => None,
        };
        if let Some((after_noon, used)) = half {
            if !(3_600_000..13 * 3_600_000).contains(&ms) {
                return None;
            }
            ms = ms % (12 * 3_600_000) + if after_noon { 12 * 3_600_000 } else { 0 };
            self.at += used;
            if used == 3 && self.sign(0) == Some('.') {
                self.at += 1;
            }
        }
        if ms > DAY_MS {
            return None;
        }
        if self.reading.clock.is_some() {
            return None;
        }
        self.reading.clock = Some(ms);
        if let Some(offset) = self.word(0).and_then(zone::offset) {
            self.reading.offset = offset;
            self.at += 1;
        }
        // `09:00+01:00`
        if self.sign(0) == Some('+')
            && !self.apart(0)
            && let Some(hours) = self.short(1, 2).filter(|hours| *hours <= 14)
        {
            let minutes = self.short(3, 2).filter(|_| self.sign(2) == Some(':'));
            self.at += if minutes.is_some() { 4 } else { 2 };
            self.reading.offset = i32::try_from(hours * 3600 + minutes.unwrap_or(0) * 60).ok();
        }
        self.span()
    }

    /// The end of a span, which is left out: `0900-0915`, `9 to 10 am`.
    fn span(&mut self) -> Option<()> {
        let joined =
            self.sign(0) == Some('-') || matches!(self.word(0), Some("to" | "until" | "till" | "thru" | "through"));
        if !joined || self.digits(1).is_none() || self.reading.span {
            return Some(());
        }
        let begin = std::mem::take(&mut self.reading);
        self.at += 1;
        let end = self.time();
        let end_half = std::mem::take(&mut self.reading);
        self.reading = Reading { span: true, offset: begin.offset.or(end_half.offset), ..begin };
        end
    }

    fn after_word(&mut self) -> Option<()> {
        let word = self.word(0)?.to_owned();
        if word == "day" || word == "d" || word == "j" {
            return self.day_word();
        }
        if let Some(month) = month(&word)
            && let Some(day) = self.short(1, 2).filter(|day| (1..=31).contains(day))
            && self.sign(2) != Some(':')
        {
            let mut used = 2;
            if !self.apart(used) && matches!(self.word(used), Some("st" | "nd" | "rd" | "th")) {
                used += 1;
            }
            return self.month_day(month, day as i8, used);
        }
        if let Some((_, weekday)) = WEEKDAYS.iter().find(|(name, _)| begins(&word, name)) {
            self.at += 1;
            if self.sign(0) == Some('.') {
                self.at += 1;
            }
            if self.reading.day.is_none() {
                self.reading.day = Some(Day::Weekday(*weekday));
            }
            return Some(());
        }
        if ANCHORS.contains(&word.as_str()) && matches!(self.sign(1), Some('+' | '-')) && self.digits(2).is_some() {
            let unit = match word.as_str() {
                "h" => 3_600_000,
                _ => 60_000,
            };
            self.at += 1;
            return self.relative(unit);
        }
        if word == "startex" || word == "h" && self.sign(1) == Some('-') && self.word(2) == Some("hour") {
            self.at += if word == "h" { 3 } else { 1 };
            return self.add_elapsed(0);
        }
        let clock = match word.as_str() {
            "noon" | "midday" => Some(12 * 3_600_000),
            "midnight" => Some(0),
            _ => None,
        };
        if let Some(ms) = clock {
            self.at += 1;
            // `12:00 noon` says it twice.
            return if self.reading.clock.is_some() { Some(()) } else { self.set_clock(ms) };
        }
        if let Some(offset) = zone::offset(&word)
            && self.reading.clock.is_some()
        {
            self.reading.offset = offset;
            self.at += 1;
            return Some(());
        }
        if word == "after" && matches!(self.word(1), Some("startex" | "start")) && self.reading.elapsed.is_some() {
            self.at += 2;
            return Some(());
        }
        // `2026-11-03T09:05`
        let fills = FILLERS.contains(&word.as_str()) || word == "t" && self.reading.day.is_some();
        self.at += 1;
        fills.then_some(())
    }

    /// `Day 2`, `Day two`, `D+1`, `D-Day`, `D1`.
    fn day_word(&mut self) -> Option<()> {
        let long = self.word(0) == Some("day");
        self.at += 1;
        let sign = self.sign(0).filter(|sign| matches!(sign, '+' | '-' | '#' | '.' | ':'));
        if sign == Some('-') && self.word(1) == Some("day") {
            self.at += 2;
            self.days = Some(self.days.unwrap_or(0));
            return self.reading.day.is_none().then_some(());
        }
        if let Some(sign) = sign {
            self.at += 1;
            let relative = sign == '+' || sign == '-' && !long;
            if relative {
                let days = self.short(0, 3)?;
                self.at += 1;
                self.days = Some(self.days.unwrap_or(0) + if sign == '-' { -days } else { days });
                return self.reading.day.is_none().then_some(());
            }
        }
        let number = match (self.short(0, 3), self.word(0)) {
            (Some(number), _) => number,
            (None, Some(word)) => COUNTS.iter().position(|count| *count == word)? as i64,
            (None, None) => return None,
        };
        self.at += 1;
        if self.sign(0) == Some(':') {
            self.at += 1;
        }
        self.set_day(Day::Number(number))
    }

    fn after_sign(&mut self) -> Option<()> {
        match self.sign(0)? {
            '+' => self.relative(60_000),
            '-' if self.at == 0 && self.digits(1).is_some() => self.relative(60_000),
            // Signs that change nothing.
            '~' | '@' | '.' | ';' | '-' | '(' | ')' | '[' | ']' | '|' | '≈' => {
                self.at += 1;
                Some(())
            }
            '/' if self.reading.day.is_some() || self.reading.clock.is_some() => {
                self.at += 1;
                Some(())
            }
            _ => None,
        }
    }

    /// What follows a sign: `+00:30`, `+ 1 02:00:00` (a day and two hours), `+90`, `+2h`. A bare number counts `unit`.
    fn relative(&mut self, unit: i64) -> Option<()> {
        let before = self.sign(0) == Some('-');
        self.at += 1;
        let outer = (std::mem::replace(&mut self.signed, true), self.reading.elapsed.take());
        if self.digits(1).is_some() && self.sign(2) == Some(':') && self.apart(1) {
            let days = self.short(0, 4)?;
            self.at += 1;
            self.add_elapsed(days * DAY_MS)?;
            self.time()?;
        } else if self.sign(1) == Some(':') || self.word(1).is_some() || self.sign(1) == Some('.') {
            if self.time().is_none() {
                self.plain(unit)?;
            }
        } else {
            self.plain(unit)?;
        }
        self.signed = outer.0;
        let found = self.reading.elapsed.take()?;
        self.reading.elapsed = Some(outer.1.unwrap_or(0) + if before { -found } else { found });
        Some(())
    }

    fn plain(&mut self, unit: i64) -> Option<()> {
        let ms = self.short(0, 6)?.checked_mul(unit)?;
        self.at += 1;
        self.add_elapsed(ms)
    }

    fn add_elapsed(&mut self, ms: i64) -> Option<()> {
        self.reading.elapsed = Some(self.reading.elapsed.unwrap_or(0).checked_add(ms)?);
        Some(())
    }

    fn set_day(&mut self, day: Day) -> Option<()> {
        let free = matches!(self.reading.day, None | Some(Day::Weekday(_) | Day::Number(_)));
        // `Day 2 (4 Nov 2026)`: the date says more.
        if free {
            self.reading.day = Some(day);
        }
        free.then_some(())
    }

    fn set_clock(&mut self, ms: i64) -> Option<()> {
        let free = self.reading.clock.is_none();
        self.reading.clock = Some(ms);
        free.then_some(())
    }

    fn finish(mut self) -> Option<Reading> {
        if let Some(days) = self.days {
            // `D+1 08:00` is a clock time of a day, `D+1 H+2` a length of time.
            match self.reading.elapsed {
                Some(elapsed) if self.reading.clock.is_none() => {
                    self.reading.elapsed = Some(elapsed.checked_add(days.checked_mul(DAY_MS)?)?);
                }
                _ => self.reading.day = Some(Day::After(days)),
            }
        }
        (!self.reading.is_empty()).then_some(self.reading)
    }
}

/// A month by its name or the first three letters or more of it.
fn month(word: &str) -> Option<i8> {
    if word == "sept" {
        return Some(9);
    }
    (1..).zip(MONTHS).find(|(_, name)| begins(word, name)).map(|(number, _)| number)
}

fn begins(word: &str, name: &str) -> bool {
    word.len() >= 3 && name.starts_with(word)
        || matches!((word, name), ("tues", "tuesday") | ("thurs" | "thur", "thursday"))
}

/// A year of four or two digits; two digits are of this century.
fn year(digits: &str) -> Option<i16> {
    let number: i16 = digits.parse().ok()?;
    match digits.len() {
        4 if (1900..=2199).contains(&number) => Some(number),
        2 => Some(2000 + number),
        _ => None,
    }
}
