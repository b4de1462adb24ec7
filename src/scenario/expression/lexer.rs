//! From a text to its words: numbers with units, names, operators.

use super::{Operator, TextProblem};
use crate::scenario::units::{Dimension, read_literal};
use std::ops::Range;

/// A word of the language with its position.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) span: Range<usize>,
}

/// What a word of the language is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum TokenKind {
    /// A value in canonical units; true if it was written with `%`.
    Literal(f64, Dimension, bool),
    /// A name; its letters are those of the span.
    Name,
    Not,
    Operator(Operator),
    Open,
    Close,
    Comma,
}

/// The words of a text.
#[derive(Debug)]
pub(crate) struct Tokens {
    pub(crate) list: Vec<Token>,
    pub(crate) problems: Vec<TextProblem>,
    /// True if a part could not be read at all, so that what the rest means is a guess.
    pub(crate) broken: bool,
}

/// Longest text that is read; beyond it something else than an expression was pasted.
pub(crate) const LONGEST: usize = 2_000;

/// Signs of other languages: sign, what it was read as, what to write.
const FOREIGN: [(&str, TokenKind, &str); 14] = [
    ("&&", TokenKind::Operator(Operator::And), "and"),
    ("||", TokenKind::Operator(Operator::Or), "or"),
    ("<>", TokenKind::Operator(Operator::NotEqual), "!="),
    ("=>", TokenKind::Operator(Operator::GreaterOrEqual), ">="),
    ("=<", TokenKind::Operator(Operator::LessOrEqual), "<="),
    ("!", TokenKind::Not, "not"),
    ("=", TokenKind::Operator(Operator::Equal), "=="),
    ("≤", TokenKind::Operator(Operator::LessOrEqual), "<="),
    ("≥", TokenKind::Operator(Operator::GreaterOrEqual), ">="),
    ("≠", TokenKind::Operator(Operator::NotEqual), "!="),
    ("×", TokenKind::Operator(Operator::Multiply), "*"),
    ("÷", TokenKind::Operator(Operator::Divide), "/"),
    ("−", TokenKind::Operator(Operator::Subtract), "-"),
    ("–", TokenKind::Operator(Operator::Subtract), "-"),
];

const SIGNS: [(&str, TokenKind); 13] = [
    ("==", TokenKind::Operator(Operator::Equal)),
    ("!=", TokenKind::Operator(Operator::NotEqual)),
    ("<=", TokenKind::Operator(Operator::LessOrEqual)),
    (">=", TokenKind::Operator(Operator::GreaterOrEqual)),
    ("<", TokenKind::Operator(Operator::Less)),
    (">", TokenKind::Operator(Operator::Greater)),
    ("+", TokenKind::Operator(Operator::Add)),
    ("-", TokenKind::Operator(Operator::Subtract)),
    ("*", TokenKind::Operator(Operator::Multiply)),
    ("/", TokenKind::Operator(Operator::Divide)),
    ("(", TokenKind::Open),
    (")", TokenKind::Close),
    (",", TokenKind::Comma),
];

/// Takes a text apart.
pub(crate) fn tokens(text: &str) -> Tokens {
    let mut tokens = Tokens { list: Vec::new(), problems: Vec::new(), broken: false };
    if text.len() > LONGEST {
        let message = format!("this text is {} bytes long; at most {LONGEST} are read", text.len());
        tokens.problems.push(TextProblem::new(0..text.len(), message).help("split it into several"));
        tokens.broken = true;
        return tokens;
    }
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        at = if c.is_whitespace() {
            at + c.len_utf8()
        } else if c.is_ascii_digit() {
            let (literal, problem) = read_literal(text, at);
            tokens.problems.extend(problem);
            tokens.push(TokenKind::Literal(literal.value, literal.dimension, literal.percent), at..literal.end)
        } else if c.is_alphabetic() || (c == '*' && starts_pattern(&text[at..])) {
            tokens.word(text, at)
        } else {
            tokens.sign(text, at, c)
        };
    }
    tokens
}

impl Tokens {
    fn push(&mut self, kind: TokenKind, span: Range<usize>) -> usize {
        let end = span.end;
        self.list.push(Token { kind, span });
        end
    }

    fn word(&mut self, text: &str, start: usize) -> usize {
        let end = start + word_length(&text[start..]);
        let word = &text[start..end];
        let kind = match word {
            "and" => TokenKind::Operator(Operator::And),
            "or" => TokenKind::Operator(Operator::Or),
            "not" => TokenKind::Not,
            "true" => TokenKind::Literal(1.0, Dimension::Truth, false),
            "false" => TokenKind::Literal(0.0, Dimension::Truth, false),
            _ => {
                let lower = word.to_lowercase();
                let kind = match lower.as_str() {
                    "and" => TokenKind::Operator(Operator::And),
                    "or" => TokenKind::Operator(Operator::Or),
                    "not" => TokenKind::Not,
                    _ => TokenKind::Name,
                };
                if kind != TokenKind::Name {
                    let problem = TextProblem::new(start..end, format!("`{word}` is written in lower case"));
                    self.problems.push(problem.help(format!("write `{lower}`")));
                } else if !is_name(word) {
                    let mended = lower.replace('_', "-");
                    let problem = TextProblem::new(start..end, format!("`{word}` is not a name"));
                    self.problems.push(if is_name(&mended) {
                        problem.help(format!("names are lower-case letters, digits and dashes: `{mended}`"))
                    } else {
                        problem.help("names are lower-case letters, digits and dashes, with dots between their parts")
                    });
                }
                kind
            }
        };
        self.push(kind, start..end)
    }

    fn sign(&mut self, text: &str, at: usize, c: char) -> usize {
        let rest = &text[at..];
        // `==` before `=`, but `=>` and `=<` before both.
        let foreign = FOREIGN.iter().find(|(sign, ..)| rest.starts_with(sign));
        let own = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign));
        match (own, foreign) {
            (Some((sign, kind)), foreign)
                if foreign.is_none_or(|(other, ..)| other.len() < sign.len() || *other == "=") =>
            {
                self.push(*kind, at..at + sign.len())
            }
            (_, Some((sign, kind, instead))) => {
                let range = at..at + sign.len();
                let problem = TextProblem::new(range.clone(), format!("`{sign}` is not part of this language"));
                self.problems.push(problem.help(format!("write `{instead}`")));
                self.push(*kind, range)
            }
            _ => {
                let end = at + c.len_utf8();
                let problem = TextProblem::new(at..end, format!("`{}` has no meaning here", c.escape_debug()));
                self.problems.push(match c {
                    '"' | '\'' | '`' | '“' | '”' | '‘' | '’' => problem.help("names stand without quotes"),
                    '[' | '{' => problem.help("use `(` and `)`"),
                    '.' => problem.help("a number starts with a digit, as `0.5`"),
                    '%' => problem.help("a per cent sign follows a number, as `12 %`"),
                    _ => problem,
                });
                self.broken = true;
                end
            }
        }
    }
}

/// Whether a text starts with `*.`, the first part of a pattern.
fn starts_pattern(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.get(1) == Some(&b'.') && bytes.get(2).is_some_and(|b| b.is_ascii_lowercase() || *b == b'*')
}

/// Length of the name a text starts with. Dashes and dots belong to it if a letter or digit follows at once.
fn word_length(text: &str) -> usize {
    let mut letters = text.char_indices().peekable();
    let mut before = None;
    while let Some((at, c)) = letters.next() {
        let next = letters.peek().map(|&(_, c)| c);
        let belongs = match c {
            '_' => true,
            '-' => next.is_some_and(char::is_alphanumeric),
            '.' => next.is_some_and(|c| c.is_alphanumeric() || c == '*'),
            '*' => matches!(before, None | Some('.')),
            c => c.is_alphanumeric() && before != Some('*'),
        };
        if !belongs {
            return at;
        }
        before = Some(c);
    }
    text.len()
}

/// Whether a text is a name: parts of lower-case letters, digits and dashes that start with a letter, or `*`, joined by dots.
pub(crate) fn is_name(text: &str) -> bool {
    text.split('.').all(|part| {
        part == "*"
            || (part.starts_with(|c: char| c.is_ascii_lowercase())
                && !part.ends_with('-')
                && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'))
    })
}
