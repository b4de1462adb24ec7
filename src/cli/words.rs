//! Text that fits a screen. Numbers as people say them come from the reports, which say them in the same way.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

pub(super) use crate::report::words::{
    count, hours, number, percent_in_column, percent_interval, plural, rests_on, share, value,
};

/// The width for which everything is laid out.
pub(super) const WIDTH: usize = 80;

/// How many columns of the screen a text takes.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// A text cut to a width, with a sign that it was.
pub(super) fn cut(text: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 0;
    for letter in text.chars() {
        used += letter.width().unwrap_or(0);
        if used >= room {
            break;
        }
        kept.push(letter);
    }
    kept + "…"
}

/// A text filled up to a width on the right.
pub(super) fn padded(text: &str, room: usize) -> String {
    format!("{text}{}", " ".repeat(room.saturating_sub(text.width())))
}

/// A text filled up to a width on the left.
pub(super) fn padded_left(text: &str, room: usize) -> String {
    format!("{}{text}", " ".repeat(room.saturating_sub(text.width())))
}

/// A text broken between words into lines of a width. A word that is longer stays whole, and so does a number with its sign.
pub(super) fn wrapped(text: &str, room: usize) -> Vec<String> {
    const GLUE: char = '\u{a0}';
    let glued = text.replace(" %", &format!("{GLUE}%"));
    let mut lines: Vec<String> = Vec::new();
    for word in glued.split([' ', '\n', '\t']).filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if line.width() + 1 + word.width() <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines.into_iter().map(|line| line.replace(GLUE, " ")).collect()
}
