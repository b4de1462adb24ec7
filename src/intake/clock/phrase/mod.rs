//! The reading of a phrase, piece by piece.

mod dates;
mod times;

use super::token::{Piece, Token, pieces};
use super::{Day, Expect, Reading, zone};
use crate::intake::cell::DAY_MS;
use dates::{month, weekday};

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
        if let Some(weekday) = weekday(&word) {
            self.at += 1;
            if self.sign(0) == Some('.') {
                self.at += 1;
            }
            if self.reading.day.is_none() {
                self.reading.day = Some(Day::Weekday(weekday));
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
