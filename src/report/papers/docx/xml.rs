//! Words of a stranger's scenario, made fit for XML.

use super::super::printable;

/// A text as it may stand between tags or in an attribute.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in printable(text).chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            letter => out.push(letter),
        }
    }
    out
}

/// Whether a text runs from right to left: its first letter that has a direction does.
pub(super) fn runs_leftwards(text: &str) -> bool {
    text.chars().find(|letter| letter.is_alphabetic()).is_some_and(|letter| {
        matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}')
    })
}
