//! Dates: in figures, by the names of months, as date-time groups, and as days of the exercise.

use super::super::{Day, zone};
use super::Scan;
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

impl Scan<'_> {
    /// A date-time group: `210905ZAUG2026`, `21 0905Z AUG 26`, `210905`.
    pub(super) fn group(&mut self) -> Option<()> {
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
    pub(super) fn numeric_date(&mut self) -> Option<()> {
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
    pub(super) fn named_date(&mut self) -> Option<()> {
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
    pub(super) fn month_day(&mut self, month: i8, day: i8, mut used: usize) -> Option<()> {
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

    /// `Day 2`, `Day two`, `D+1`, `D-Day`, `D1`.
    pub(super) fn day_word(&mut self) -> Option<()> {
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
}

/// A month by its name or the first three letters or more of it.
pub(super) fn month(word: &str) -> Option<i8> {
    if word == "sept" {
        return Some(9);
    }
    (1..).zip(MONTHS).find(|(_, name)| begins(word, name)).map(|(number, _)| number)
}

/// A day of the week by its name or the first three letters or more of it.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    WEEKDAYS.iter().find(|(name, _)| begins(word, name)).map(|(_, weekday)| *weekday)
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
