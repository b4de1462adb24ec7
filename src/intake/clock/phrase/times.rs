//! Times of day, lengths of time, and times before or after the start.

use super::super::{Day, Expect, Reading, zone};
use super::Scan;
use crate::intake::cell::DAY_MS;

impl Scan<'_> {
    /// A time of day or a length of time that begins with digits.
    pub(super) fn time(&mut self) -> Option<()> {
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
    pub(super) fn amount(&mut self, elapsed: bool) -> Option<()> {
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
    pub(super) fn clock_with_halves(&mut self, mut ms: i64) -> Option<()> {
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
    pub(super) fn span(&mut self) -> Option<()> {
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

    /// What follows a sign: `+00:30`, `+ 1 02:00:00` (a day and two hours), `+90`, `+2h`. A bare number counts `unit`.
    pub(super) fn relative(&mut self, unit: i64) -> Option<()> {
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

    pub(super) fn plain(&mut self, unit: i64) -> Option<()> {
        let ms = self.short(0, 6)?.checked_mul(unit)?;
        self.at += 1;
        self.add_elapsed(ms)
    }
}
