//! Numbers of injects, and which of them branch: 5-A lies on a branch of 5.

use super::cell::Cell;

/// A number as the list writes it; whole numbers without their decimals.
pub(super) fn number_text(cell: &Cell) -> String {
    cell.text().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Two spellings of one number have this in common: `5-A`, `5a`, `#5 A` and `Inject 5.a`; `007` and `7`.
pub(super) fn key(number: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut last = None;
    for letter in number.chars().flat_map(char::to_lowercase) {
        let class = if letter.is_numeric() {
            Some(true)
        } else if letter.is_alphabetic() {
            Some(false)
        } else {
            None
        };
        match (class, parts.last_mut()) {
            (Some(_), Some(part)) if class == last => part.push(letter),
            (Some(_), _) => parts.push(letter.to_string()),
            (None, _) => {}
        }
        last = class;
    }
    let words = ["inject", "number", "no", "msel", "event", "nr"];
    let kept = parts
        .iter()
        .enumerate()
        .filter(|(place, part)| *place > 0 || parts.len() == 1 || !words.contains(&part.as_str()));
    let kept: Vec<&str> = kept
        .map(|(_, part)| part.trim_start_matches('0'))
        .map(|part| if part.is_empty() { "0" } else { part })
        .collect();
    kept.join("-")
}

/// The number a branch lies behind, as a key: `5` for `5-A`, `5-a` for `5-A-1`. `lettered` tells whether the last part is a letter,
/// which makes a branch of it by itself.
pub(super) fn parent(number: &str) -> Option<(String, bool)> {
    let key = key(number);
    let (parent, last) = key.rsplit_once('-')?;
    let lettered = last.chars().count() <= 2 && last.chars().all(char::is_alphabetic);
    let behind_a_digit = parent.ends_with(|letter: char| letter.is_numeric());
    Some((parent.to_owned(), lettered && behind_a_digit))
}
