//! Working hours: `Mon-Fri 08:00-18:00; Sat 09:00-13:00`.

use super::{Calendar, DateTime, Hours, OpenHours};
use crate::scenario::expression::TextProblem;
use std::ops::Range;

const DAYS: [(&str, &str); 7] = [
    ("Mon", "monday"),
    ("Tue", "tuesday"),
    ("Wed", "wednesday"),
    ("Thu", "thursday"),
    ("Fri", "friday"),
    ("Sat", "saturday"),
    ("Sun", "sunday"),
];

/// Minutes in a day.
const DAY: u16 = 1_440;

impl Hours {
    /// Reads working hours: `always`, or days and times parted by semicolons, as `Mon-Fri 08:00-18:00; Sat 09:00-13:00`. Days may be
    /// listed with commas, and so may times; without days, or with `daily`, the times hold every day. `22:00-06:00` runs into the
    /// morning after the day it is written for.
    ///
    /// # Errors
    ///
    /// Every day and time that cannot be read.
    pub fn parse(text: &str) -> Result<Hours, Vec<TextProblem>> {
        if text.trim() == "always" {
            return Ok(Hours::Always);
        }
        let mut reader = Reader { text, open: Vec::new(), problems: Vec::new() };
        for part in text.split(';') {
            reader.part(part);
        }
        if reader.problems.is_empty() { Ok(Hours::Weekly(reader.open)) } else { Err(reader.problems) }
    }

    /// The open intervals from the start, 0, to `horizon_ms`, in milliseconds since the start, in order and apart from each other.
    /// Times are those of the clock in `zone`, through changes to and from summer time, or of the offset of `start` without one.
    ///
    /// # Errors
    ///
    /// When there is no such zone.
    pub fn intervals(
        &self,
        start: DateTime,
        zone: Option<&str>,
        horizon_ms: i64,
    ) -> Result<Vec<(i64, i64)>, TextProblem> {
        let calendar = Calendar::new(start, zone, horizon_ms)?;
        let Hours::Weekly(weekly) = self else {
            return Ok(if horizon_ms > 0 { vec![(0, horizon_ms)] } else { Vec::new() });
        };
        let mut intervals = Vec::new();
        for day in calendar.days() {
            let weekday = usize::from(day.weekday().to_monday_zero_offset().unsigned_abs());
            for open in weekly.iter().filter(|open| open.days[weekday]) {
                let (Some(from), Some(until)) = (calendar.at(day, open.from), calendar.at(day, open.until)) else {
                    continue;
                };
                let (from, until) = (from.max(0), until.min(horizon_ms));
                if from < until {
                    intervals.push((from, until));
                }
            }
        }
        intervals.sort_unstable();
        let mut merged: Vec<(i64, i64)> = Vec::with_capacity(intervals.len());
        for (from, until) in intervals {
            match merged.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(until),
                _ => merged.push((from, until)),
            }
        }
        Ok(merged)
    }
}

struct Reader<'a> {
    text: &'a str,
    open: Vec<OpenHours>,
    problems: Vec<TextProblem>,
}

impl Reader<'_> {
    /// Where a piece of the text stands.
    fn span(&self, piece: &str) -> Range<usize> {
        let start = (piece.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        start..start + piece.len()
    }

    fn problem(&mut self, piece: &str, message: String, help: String) {
        let problem = TextProblem::new(self.span(piece), message).help(help);
        self.problems.push(problem);
    }

    fn part(&mut self, part: &str) {
        let part = part.trim();
        let times_start = part.find(|c: char| c.is_ascii_digit()).unwrap_or(part.len());
        let (days, times) = (part[..times_start].trim_end(), &part[times_start..]);
        let days = self.days(days);
        if times.is_empty() {
            let piece = if part.is_empty() { self.text } else { part };
            self.problem(
                piece,
                "working hours are missing here".to_owned(),
                "write them as `Mon-Fri 08:00-18:00`".to_owned(),
            );
            return;
        }
        for range in times.split(',') {
            if let (Some((from, until)), Some(days)) = (self.times(range.trim()), days) {
                self.add(days, from, until);
            }
        }
    }

    fn add(&mut self, days: [bool; 7], from: u16, until: u16) {
        if from < until {
            self.open.push(OpenHours { days, from, until });
            return;
        }
        self.open.push(OpenHours { days, from, until: DAY });
        if until > 0 {
            let mut next = days;
            next.rotate_right(1);
            self.open.push(OpenHours { days: next, from: 0, until });
        }
    }

    fn days(&mut self, text: &str) -> Option<[bool; 7]> {
        if text.is_empty() || text == "daily" {
            return Some([true; 7]);
        }
        let mut days = [false; 7];
        let mut complete = true;
        for range in text.split(',') {
            let range = range.trim();
            let (first, last) = range.split_once('-').map_or((range, range), |(a, b)| (a.trim(), b.trim()));
            let first = self.day(first);
            let last = if range.contains('-') { self.day(last) } else { first };
            let (Some(mut day), Some(last)) = (first, last) else {
                complete = false;
                continue;
            };
            days[day] = true;
            while day != last {
                day = (day + 1) % 7;
                days[day] = true;
            }
        }
        complete.then_some(days)
    }

    fn day(&mut self, word: &str) -> Option<usize> {
        let found = DAYS.iter().position(|(short, _)| *short == word);
        if found.is_none() {
            let lower = word.to_lowercase();
            let meant = DAYS.iter().find(|(short, long)| {
                lower.starts_with(&short.to_lowercase()) && long.starts_with(&lower) || *long == lower
            });
            let help = match (meant, lower.as_str()) {
                (Some((short, _)), _) => format!("did you mean `{short}`?"),
                (None, "always") => "`always` stands alone".to_owned(),
                (None, "daily") => "did you mean `daily`?".to_owned(),
                (None, _) => "days are Mon, Tue, Wed, Thu, Fri, Sat, Sun, or `daily`".to_owned(),
            };
            self.problem(word, format!("`{word}` is not a day"), help);
        }
        found
    }

    fn times(&mut self, range: &str) -> Option<(u16, u16)> {
        let Some((from, until)) = range.split_once('-') else {
            self.problem(range, format!("`{range}` is not a range of times"), "write it as `08:00-18:00`".to_owned());
            return None;
        };
        let (from, until) = (self.time(from.trim()), self.time(until.trim()));
        let (from, until) = (from?, until?);
        if from == until {
            self.problem(range, format!("`{range}` has no length"), "write `00:00-24:00` for a whole day".to_owned());
            return None;
        }
        if from == DAY {
            self.problem(range, "hours cannot start at 24:00".to_owned(), "write `00:00` of the next day".to_owned());
            return None;
        }
        Some((from, until))
    }

    fn time(&mut self, text: &str) -> Option<u16> {
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse::<u16>().ok()).flatten();
        let read = text.split_once(':').and_then(|(hours, minutes)| {
            let sized = hours.len() == 2 && minutes.len() == 2;
            let (hours, minutes) = (digits(hours)?, digits(minutes)?);
            (sized && minutes < 60 && hours * 60 + minutes <= DAY).then_some(hours * 60 + minutes)
        });
        if read.is_none() {
            let help = "times are hours and minutes from 00:00 to 24:00, as `08:00`".to_owned();
            self.problem(text, format!("`{text}` is not a time of day"), help);
        }
        read
    }
}
