//! A text taken apart: runs of digits, runs of letters, single signs.

/// A piece of a text, in lower case.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// Digits.
    Digits(String),
    /// Letters.
    Word(String),
    /// Any other sign. Dashes of all lengths are `-`.
    Sign(char),
}

/// A token, and whether a blank stands before it.
pub(super) struct Piece {
    pub(super) token: Token,
    pub(super) apart: bool,
}

pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut apart = false;
    for letter in text.chars().flat_map(char::to_lowercase) {
        if letter.is_whitespace() || letter == ',' || letter == '\u{feff}' {
            apart = true;
            continue;
        }
        let sign = match letter {
            '–' | '—' | '−' | '‐' | '‑' => '-',
            '：' => ':',
            other => other,
        };
        match pieces.last_mut() {
            Some(Piece { token: Token::Digits(digits), .. }) if sign.is_ascii_digit() && !apart => digits.push(sign),
            Some(Piece { token: Token::Word(word), .. }) if sign.is_alphabetic() && !apart => word.push(sign),
            _ => {
                let token = if sign.is_ascii_digit() {
                    Token::Digits(sign.to_string())
                } else if sign.is_alphabetic() {
                    Token::Word(sign.to_string())
                } else {
                    Token::Sign(sign)
                };
                pieces.push(Piece { token, apart });
            }
        }
        apart = false;
    }
    pieces
}
