//! Words of a stranger's scenario, made fit to be shown; and what every artefact says of itself.

use std::borrow::Cow;

/// What every artefact says of itself, beside its marking.
pub(super) const SIMULATED: &str = "simulated, exercise data";

/// Characters (as a spreadsheet counts them, in UTF-16) that a cell holds at most; a little below the limit of 32,767.
const ROOM: usize = 32_000;

/// A text that any spreadsheet can hold: no character that XML forbids, and not too long. It is always written as a string, never as
/// a formula or a link, so nothing in it needs to be guarded.
pub(super) fn fit(text: &str) -> Cow<'_, str> {
    fit_to(text, ROOM)
}

/// The same with room for so many characters, counted in UTF-16.
pub(super) fn fit_to(text: &str, room: usize) -> Cow<'_, str> {
    let long = text.len() > room && text.encode_utf16().count() > room;
    if !long && !text.contains(forbidden) {
        return Cow::Borrowed(text);
    }
    let mut fitting = String::new();
    let mut used = 0;
    for letter in text.chars() {
        used += letter.len_utf16();
        if long && used > room {
            let all = text.chars().count();
            fitting += &format!(" … (cut here: {all} characters in all)");
            break;
        }
        fitting.push(if forbidden(letter) { char::REPLACEMENT_CHARACTER } else { letter });
    }
    Cow::Owned(fitting)
}

fn forbidden(letter: char) -> bool {
    matches!(letter, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\r' | '\u{e}'..='\u{1f}' | '\u{7f}' | '\u{fffe}' | '\u{ffff}')
}

/// A text of at most this many characters, on one line.
pub(super) fn short(text: &str, room: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= room {
        return line;
    }
    let kept: String = line.chars().take(room.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// A text broken between words into lines of about this many characters.
pub(in crate::report) fn lines(text: &str, room: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
