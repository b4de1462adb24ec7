//! Units and dimensions. Canonical units: time in milliseconds, rates per millisecond, shares as 0 to 1.

use super::expression::TextProblem;
use super::text::closest;
use std::fmt;

/// Milliseconds in a second.
pub(crate) const SECOND: f64 = 1_000.0;
/// Milliseconds in a minute.
pub(crate) const MINUTE: f64 = 60.0 * SECOND;
/// Milliseconds in an hour.
pub(crate) const HOUR: f64 = 60.0 * MINUTE;
/// Milliseconds in a day of 24 hours.
pub(crate) const DAY: f64 = 24.0 * HOUR;
/// Milliseconds in a week.
pub(crate) const WEEK: f64 = 7.0 * DAY;

/// What kind of thing a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// True or false, as 1 or 0.
    Truth,
    /// A number without unit: counts, shares, indices.
    Number,
    /// A length of time, in milliseconds.
    Period,
    /// Something per time, per millisecond.
    Rate,
    /// A moment, in milliseconds since the scenario's start.
    Instant,
    /// One of several named choices, by position.
    Choice,
}

impl fmt::Display for Dimension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Dimension::Truth => "a condition",
            Dimension::Number => "a number",
            Dimension::Period => "a period",
            Dimension::Rate => "a rate",
            Dimension::Instant => "a moment",
            Dimension::Choice => "a choice",
        })
    }
}

/// Every way to write a unit of time: the short form, then the words.
const UNITS: [(&str, f64); 18] = [
    ("ms", 1.0),
    ("s", SECOND),
    ("min", MINUTE),
    ("h", HOUR),
    ("d", DAY),
    ("w", WEEK),
    ("millisecond", 1.0),
    ("milliseconds", 1.0),
    ("second", SECOND),
    ("seconds", SECOND),
    ("minute", MINUTE),
    ("minutes", MINUTE),
    ("hour", HOUR),
    ("hours", HOUR),
    ("day", DAY),
    ("days", DAY),
    ("week", WEEK),
    ("weeks", WEEK),
];

/// Words that may stand after a number without being a unit.
const NOT_UNITS: [&str; 4] = ["to", "and", "or", "not"];

/// A number with its unit, as read from a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Literal {
    /// In canonical units.
    pub(crate) value: f64,
    pub(crate) dimension: Dimension,
    /// Written with `%`.
    pub(crate) percent: bool,
    /// Byte after it.
    pub(crate) end: usize,
}

/// Reads the number, with its unit, that starts with the digit at byte `start`. A wrong unit still gives the number, so that the
/// reader can go on to find what else is wrong.
pub(crate) fn read_literal(text: &str, start: usize) -> (Literal, Option<TextProblem>) {
    let (number, digits_end) = match read_number(text, start) {
        Ok(read) => read,
        Err((end, problem)) => {
            return (Literal { value: 0.0, dimension: Dimension::Number, percent: false, end }, Some(problem));
        }
    };
    let plain = Literal { value: number, dimension: Dimension::Number, percent: false, end: digits_end };
    let written = &text[start..digits_end];
    let after = skip_spaces(text, digits_end);
    let rest = &text[after..];
    if rest.starts_with('%') {
        return (Literal { value: number / 100.0, percent: true, end: after + 1, ..plain }, None);
    }
    if let Some(denominator) = rest.strip_prefix('/') {
        let at = text.len() - denominator.trim_start().len();
        let word = unit_word(text, at);
        if let Some(factor) = factor(word).filter(|_| stands_alone(text, at + word.len())) {
            let end = at + word.len();
            return (Literal { value: number / factor, dimension: Dimension::Rate, end, ..plain }, None);
        }
        return (plain, None);
    }
    let word = unit_word(text, after);
    let end = after + word.len();
    if word.is_empty() || (after > digits_end && (is_keyword(word) || !stands_alone(text, end))) {
        return (plain, None);
    }
    match factor(word) {
        Some(factor) => {
            read_compound(text, Literal { value: number * factor, dimension: Dimension::Period, end, ..plain }, factor)
        }
        None => {
            let problem = unknown_unit(written, word, after);
            (Literal { dimension: Dimension::Period, end, ..plain }, Some(problem))
        }
    }
}

/// Goes on with `30min` after `1h`: each part in a smaller unit than the one before.
fn read_compound(text: &str, first: Literal, first_factor: f64) -> (Literal, Option<TextProblem>) {
    let (mut sum, mut last_factor) = (first, first_factor);
    loop {
        let start = skip_spaces(text, sum.end);
        if !text[start..].starts_with(|c: char| c.is_ascii_digit()) {
            return (sum, None);
        }
        let Ok((number, digits_end)) = read_number(text, start) else {
            return (sum, None);
        };
        let after = skip_spaces(text, digits_end);
        let word = unit_word(text, after);
        let end = after + word.len();
        match factor(word) {
            Some(factor) if factor < last_factor && stands_alone(text, end) => {
                sum.value += number * factor;
                sum.end = end;
                last_factor = factor;
            }
            Some(_) if stands_alone(text, end) => {
                let problem =
                    TextProblem::new(start..end, "a period is written from its largest unit down, each unit once")
                        .help("write it as `1d 12h` or `1h 30min`");
                return (Literal { end, ..sum }, Some(problem));
            }
            _ => return (sum, None),
        }
    }
}

/// Reads digits with `_` between them, a fraction and an exponent.
fn read_number(text: &str, start: usize) -> Result<(f64, usize), (usize, TextProblem)> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let run = |mut at: usize| {
        while digit(at) || (bytes.get(at) == Some(&b'_') && digit(at + 1)) {
            at += 1;
        }
        at
    };
    let mut end = run(start);
    if bytes.get(end) == Some(&b'.') && digit(end + 1) {
        end = run(end + 1);
    }
    if bytes.get(end) == Some(&b'e') {
        let exponent = end + 1 + usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        if digit(exponent) {
            end = run(exponent);
        }
    }
    if bytes.get(end) == Some(&b',') && digit(end + 1) && digit(end + 2) && digit(end + 3) && !digit(end + 4) {
        let wrong = end + 4;
        let mended = text[start..wrong].replace(',', "_");
        return Err((
            wrong,
            TextProblem::new(start..wrong, "thousands are not set apart by commas").help(format!("write `{mended}`")),
        ));
    }
    let digits: String = text[start..end].chars().filter(|&c| c != '_').collect();
    match digits.parse::<f64>() {
        Ok(number) if number.is_finite() && number * WEEK < f64::MAX => Ok((number, end)),
        _ => Err((end, TextProblem::new(start..end, "this number is too large"))),
    }
}

fn skip_spaces(text: &str, at: usize) -> usize {
    text.len() - text[at..].trim_start().len()
}

/// The letters that start at byte `at`.
fn unit_word(text: &str, at: usize) -> &str {
    let rest = &text[at..];
    let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    &rest[..end]
}

/// Whether what ends at byte `end` is a word of its own, not the start of a name or of a call.
fn stands_alone(text: &str, end: usize) -> bool {
    let rest = &text.as_bytes()[end..];
    match rest.first() {
        Some(b'(' | b'.' | b'_') => false,
        Some(b'-') => !rest.get(1).is_some_and(u8::is_ascii_alphabetic),
        _ => true,
    }
}

fn is_keyword(word: &str) -> bool {
    NOT_UNITS.iter().any(|keyword| keyword.eq_ignore_ascii_case(word))
}

fn factor(word: &str) -> Option<f64> {
    UNITS.iter().find(|(name, _)| *name == word).map(|&(_, factor)| factor)
}

fn unknown_unit(number: &str, word: &str, at: usize) -> TextProblem {
    let range = at..at + word.len();
    let problem = TextProblem::new(range, format!("unknown unit `{word}`"));
    match word {
        "m" => {
            return problem
                .help(format!("write `{number}min` for minutes; a month has no fixed length, write it in days"));
        }
        "M" | "mo" | "y" | "yr" => {
            return problem.help("a month or a year has no fixed length; write it in days, as `30d`");
        }
        "k" | "K" => return problem.help(format!("write the number out, as `{number}_000`")),
        _ => {}
    }
    let lower = word.to_lowercase();
    if lower.starts_with("month") || lower.starts_with("year") {
        return problem.help("a month or a year has no fixed length; write it in days, as `30d`");
    }
    let long = UNITS.iter().map(|&(name, _)| name).filter(|name| name.len() > 2);
    match factor(&lower).map(|_| lower.as_str()).or_else(|| closest(&lower, long)) {
        Some(unit) if unit.len() > 3 => problem.help(format!("did you mean `{number} {unit}`?")),
        Some(unit) => problem.help(format!("did you mean `{number}{unit}`?")),
        None => problem.help("units are ms, s, min, h, d, w, and %"),
    }
}

/// A value in canonical units the way a person writes it: `36h`, `3d 12h`, `40/h`, `90_000`.
///
/// Periods are rounded to their two leading units, other numbers to four digits. What is printed reads back as what was rounded.
#[must_use]
pub fn format_value(value: f64, dimension: Dimension) -> String {
    match dimension {
        Dimension::Truth => (if value == 0.0 { "no" } else { "yes" }).to_owned(),
        Dimension::Number | Dimension::Choice => format_number(value),
        Dimension::Period => format_period(value),
        Dimension::Rate => format_rate(value),
        Dimension::Instant if value == 0.0 => "start".to_owned(),
        Dimension::Instant if value < 0.0 => format!("start - {}", format_period(-value)),
        Dimension::Instant => format!("start + {}", format_period(value)),
    }
}

/// A share in per cent: `12 %`, `6.5 %`, `0.042 %`; to a tenth of a per cent, or two digits below one per cent.
#[must_use]
pub fn format_share(value: f64) -> String {
    if !value.is_finite() {
        return format_number(value);
    }
    let percent = value * 100.0;
    let rounded = if percent.abs() >= 1.0 { (percent * 10.0).round() / 10.0 } else { significant(percent, 2) };
    format!("{} %", plain(rounded))
}

fn format_number(value: f64) -> String {
    if value.is_nan() {
        return "not a number".to_owned();
    }
    if value.is_infinite() {
        return (if value > 0.0 { "without end" } else { "minus without end" }).to_owned();
    }
    let rounded = if value.fract() == 0.0 && value.abs() < 1e15 { value } else { significant(value, 4) };
    if rounded.abs() < 10_000.0 {
        return plain(rounded);
    }
    if rounded.abs() >= 1e15 {
        return format!("{rounded:e}");
    }
    let digits = format!("{:.0}", rounded.abs());
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if rounded < 0.0 {
        grouped.push('-');
    }
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            grouped.push('_');
        }
        grouped.push(digit);
    }
    grouped
}

/// A finite number without the sign of a negative zero.
fn plain(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    if value.abs() < 1e-6 { format!("{value:e}") } else { value.to_string() }
}

/// A finite number rounded to some leading digits, in decimal.
fn significant(value: f64, digits: usize) -> f64 {
    format!("{value:.*e}", digits - 1).parse().unwrap_or(value)
}

fn format_period(value: f64) -> String {
    if !value.is_finite() {
        return format_number(value);
    }
    let sign = if value < 0.0 { "-" } else { "" };
    let size = value.abs();
    // Rounding may carry into a larger unit, which is then rounded more coarsely: once is enough, for a carry is a round number.
    let rounded = round_to(round_to(size, grain(size)), grain(round_to(size, grain(size))));
    let (large, large_name, small, small_name) = match rounded {
        r if r >= 2.0 * DAY => (DAY, "d", HOUR, "h"),
        r if r >= HOUR => (HOUR, "h", MINUTE, "min"),
        r if r >= MINUTE => (MINUTE, "min", SECOND, "s"),
        r if r >= SECOND => (SECOND, "s", 1.0, "ms"),
        0.0 => return "0min".to_owned(),
        r => return format!("{sign}{}ms", plain(r)),
    };
    let (many, few) = ((rounded / large).floor(), ((rounded % large) / small).round());
    if many >= 1e15 {
        format!("{sign}{many:e}{large_name}")
    } else if few == 0.0 {
        format!("{sign}{many}{large_name}")
    } else {
        format!("{sign}{many}{large_name} {few}{small_name}")
    }
}

/// The unit to which a period of this length is rounded.
fn grain(size: f64) -> f64 {
    match size {
        s if s >= 2.0 * DAY => HOUR,
        s if s >= HOUR => MINUTE,
        s if s >= MINUTE => SECOND,
        s if s >= 1.0 => 1.0,
        _ => 0.0,
    }
}

fn round_to(size: f64, grain: f64) -> f64 {
    if grain == 0.0 { significant(size, 2) } else { (size / grain).round() * grain }
}

fn format_rate(value: f64) -> String {
    if !value.is_finite() {
        return format_number(value);
    }
    let units = [("h", HOUR), ("d", DAY), ("min", MINUTE), ("s", SECOND), ("w", WEEK)];
    let whole = |factor: f64| {
        let number = (value * factor).abs();
        number >= 1.0 && (number - number.round()).abs() <= number * 1e-12
    };
    let (name, factor) = units
        .into_iter()
        .find(|&(_, factor)| whole(factor))
        .or_else(|| units.into_iter().find(|&(_, factor)| (value * factor).abs() >= 1.0))
        .unwrap_or(if value == 0.0 { ("h", HOUR) } else { ("w", WEEK) });
    let number = value * factor;
    let number = if whole(factor) { number.round() } else { significant(number, 4) };
    format!("{}/{name}", format_number(number))
}
