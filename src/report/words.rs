//! Numbers as people say them: with as many digits as matter, and a unit.

use crate::study::statistics::Interval;
use crate::world::{Shares, Unit};

/// A whole number with thousands apart: `20,000`.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 run`, `2 runs`.
pub fn plural(number: u64, noun: &str) -> String {
    format!("{} {noun}{}", count(number), if number == 1 { "" } else { "s" })
}

/// A share in percent without the sign.
fn points(share: f64, digits: usize) -> String {
    let percent = share * 100.0;
    // A share that is not zero must not look like it.
    let least = [0.5, 0.05, 0.005][digits.min(2)];
    if percent > 0.0 && percent < least {
        return format!("< {}", ["1", "0.1", "0.01"][digits.min(2)]);
    }
    format!("{percent:.digits$}")
}

/// `37 % (35 to 39 %)`: as many digits as the interval has use for, and at least one below ten.
pub fn share(share: f64, interval: Interval) -> String {
    let digits = match interval.high - interval.low {
        width if width < 0.002 => 2,
        width if width < 0.02 || share < 0.0995 => 1,
        _ => 0,
    };
    format!("{} % ({})", points(share, digits), percent_interval(interval, digits))
}

/// `37.0 %`, for columns.
pub fn percent_in_column(share: f64) -> String {
    format!("{} %", points(share, 1))
}

/// `34.9 to 39.1 %`.
pub fn percent_interval(interval: Interval, digits: usize) -> String {
    format!("{} to {} %", points(interval.low, digits), points(interval.high, digits))
}

/// What share of some numbers is cited, estimated and assumed; nothing if there are none.
pub fn rests_on(shares: &Shares) -> Option<String> {
    let all = shares.all();
    let parts = [
        (shares.cited, "cited"),
        (shares.estimated, "estimated"),
        (shares.assumed, "assumed"),
        (shares.unstated, "unstated"),
    ];
    let said: Vec<String> = parts
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| format!("{:.0} % {word}", *number as f64 * 100.0 / all as f64))
        .collect();
    let (numbers, built_in) = (plural(all, "number"), count(shares.built_in));
    (all > 0).then(|| format!("This rests on {numbers} ({built_in} built in): {}.", said.join(", ")))
}

/// A number with three digits that matter, and thousands apart.
pub fn number(value: f64) -> String {
    let size = value.abs();
    if size >= 1e15 {
        return format!("{value:.2e}");
    }
    if size >= 1_000.0 {
        let sign = if value < 0.0 { "-" } else { "" };
        return format!("{sign}{}", count(size.round() as u64));
    }
    // What is not zero must not look like it.
    if size > 0.0 && size < 1e-6 {
        return format!("{value:.2e}");
    }
    let digits = match size {
        _ if size >= 100.0 || value == value.trunc() => 0,
        _ if size >= 10.0 => 1,
        _ if size >= 1.0 => 2,
        _ if size >= 0.01 => 3,
        _ if size >= 0.001 => 4,
        _ if size >= 0.000_1 => 5,
        _ => 7,
    };
    format!("{value:.digits$}")
}

/// Hours as people say them: `40 min`, `5.2 h`, `3.5 d`.
pub fn hours(value: f64) -> String {
    match value.abs() {
        0.0 => "0 h".to_owned(),
        size if size < 1.0 / 60.0 => format!("{:.0} s", value * 3_600.0),
        size if size < 1.5 => format!("{:.0} min", value * 60.0),
        size if size < 72.0 => format!("{} h", short(value)),
        _ => format!("{} d", short(value / 24.0)),
    }
}

/// A number with at most one digit after the point.
fn short(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

/// A value in its written unit.
pub fn value(value: f64, unit: &Unit) -> String {
    match unit {
        Unit::Hours => hours(value),
        Unit::PerHour => format!("{}/h", number(value)),
        Unit::Number => number(value),
        Unit::Truth => if value == 1.0 { "yes" } else { "no" }.to_owned(),
        Unit::Choice(names) => names.get(value as usize).cloned().unwrap_or_else(|| number(value)),
    }
}
