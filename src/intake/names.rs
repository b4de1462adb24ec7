//! Names for things of the scenario, made from what people call them.

use crate::scenario::is_taken;
use std::collections::BTreeSet;

/// A name made of the words of a text: small letters and digits, joined by hyphens, at most `most` letters. Empty if nothing is left,
/// as of a text in another script.
pub(super) fn slug(text: &str, most: usize) -> String {
    let mut name = String::new();
    for word in text.split(|letter: char| !letter.is_alphanumeric() && letter != '\'' && letter != '’') {
        let word: String = word.chars().flat_map(char::to_lowercase).filter_map(plain).flatten().collect();
        if word.is_empty() {
            continue;
        }
        let longer = name.len() + usize::from(!name.is_empty()) + word.len();
        if longer > most {
            if name.is_empty() {
                name.extend(word.chars().take(most));
            }
            break;
        }
        if !name.is_empty() {
            name.push('-');
        }
        name.push_str(&word);
    }
    name
}

/// A letter without its marks, as far as there is one in the alphabet of names.
fn plain(letter: char) -> Option<std::iter::Flatten<std::array::IntoIter<Option<char>, 2>>> {
    let (first, second) = match letter {
        'a'..='z' | '0'..='9' => (letter, None),
        'à' | 'á' | 'â' | 'ã' | 'å' | 'ā' => ('a', None),
        'ä' | 'æ' => ('a', Some('e')),
        'ç' | 'č' | 'ć' => ('c', None),
        'è' | 'é' | 'ê' | 'ë' | 'ě' | 'ę' => ('e', None),
        'ì' | 'í' | 'î' | 'ï' => ('i', None),
        'ł' => ('l', None),
        'ñ' | 'ń' => ('n', None),
        'ò' | 'ó' | 'ô' | 'õ' | 'ø' => ('o', None),
        'ö' | 'œ' => ('o', Some('e')),
        'ß' => ('s', Some('s')),
        'š' | 'ś' => ('s', None),
        'ù' | 'ú' | 'û' => ('u', None),
        'ü' => ('u', Some('e')),
        'ý' => ('y', None),
        'ž' | 'ź' | 'ż' => ('z', None),
        _ => return None,
    };
    Some([Some(first), second].into_iter().flatten())
}

/// Names of one table, each given once.
#[derive(Debug, Default)]
pub(super) struct Names {
    given: BTreeSet<String>,
}

impl Names {
    /// A name that nobody has yet, like `wanted`, which is made fit: it begins with a letter and means nothing else.
    pub(super) fn take(&mut self, wanted: &str, prefix: &str) -> String {
        let fits = wanted.starts_with(|first: char| first.is_ascii_lowercase()) && !is_taken(wanted);
        let wanted = match (fits, wanted.is_empty()) {
            (true, _) => wanted.to_owned(),
            (false, true) => prefix.to_owned(),
            (false, false) => format!("{prefix}-{wanted}"),
        };
        let mut name = wanted.clone();
        let mut count = 1;
        while !self.given.insert(name.clone()) {
            count += 1;
            name = format!("{wanted}-{count}");
        }
        name
    }
}
