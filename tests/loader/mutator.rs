//! Ways to spoil a scenario file, by accident or by a slip of the author.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// Spoils texts, each time in another way.
pub(crate) struct Mutator(ChaCha8Rng);

/// Numbers that people write, and some that nobody should.
const NUMBERS: [&str; 20] = [
    "0",
    "-1",
    "1",
    "0.5",
    "1e308",
    "1e-308",
    "nan",
    "inf",
    "-0",
    "9223372036854775807",
    "\"0 %\"",
    "\"100 %\"",
    "\"150 %\"",
    "\"0h\"",
    "\"1ms to 1000d\"",
    "\"1h to 1h\"",
    "\"pert(1h, 1h, 1h)\"",
    "\"beta(0, 0)\"",
    "\"1000000/h\"",
    "\"choice(a 1 %)\"",
];

const UNITS: [&str; 10] = ["ms", "s", "min", "h", "d", "w", "%", "/h", "/d", "/min"];

const LETTERS: &[char] = &[
    '"', '\'', '[', ']', '{', '}', '=', '.', ',', '-', '#', '\n', '\r', '\\', '9', 'e', 'ß', '日', '\u{202e}', '\0',
    '%', '(', ')', '<',
];

impl Mutator {
    pub(crate) fn new(seed: u64) -> Self {
        Mutator(ChaCha8Rng::seed_from_u64(seed))
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.0.next_u64() % limit.max(1) as u64) as usize
    }

    /// A text of the corpus, spoilt once as a rule, and up to three times.
    pub(crate) fn mutant(&mut self, corpus: &[String]) -> String {
        let mut text = corpus[self.below(corpus.len())].clone();
        for _ in 0..=self.below(3) * self.below(2) {
            text = match self.below(4) {
                0 => {
                    let other = self.below(corpus.len());
                    self.splice(&text, &corpus[other])
                }
                1 => self.swap_numbers(&text),
                _ => self.mutate(&text),
            };
        }
        text
    }

    /// One of the simpler ways.
    pub(crate) fn mutate(&mut self, text: &str) -> String {
        if text.is_empty() {
            return text.to_owned();
        }
        match self.below(6) {
            0 => self.change_letters(text),
            1 => self.change_bytes(text),
            2 => self.drop_lines(text),
            3 => self.move_lines(text),
            4 => self.swap_words(text),
            _ => self.repeat_a_part(text),
        }
    }

    fn change_letters(&mut self, text: &str) -> String {
        let mut letters: Vec<char> = text.chars().collect();
        for _ in 0..=self.below(3) {
            let at = self.below(letters.len());
            letters[at] = LETTERS[self.below(LETTERS.len())];
        }
        letters.into_iter().collect()
    }

    fn change_bytes(&mut self, text: &str) -> String {
        let mut bytes = text.as_bytes().to_vec();
        for _ in 0..=self.below(3) {
            let at = self.below(bytes.len());
            bytes[at] ^= 1 << self.below(8);
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn drop_lines(&mut self, text: &str) -> String {
        let mut lines: Vec<&str> = text.lines().collect();
        for _ in 0..=self.below(4) {
            let at = self.below(lines.len());
            if at < lines.len() {
                lines.remove(at);
            }
        }
        lines.join("\n")
    }

    /// Lines that are doubled or change places.
    fn move_lines(&mut self, text: &str) -> String {
        let mut lines: Vec<&str> = text.lines().collect();
        let (one, other) = (self.below(lines.len()), self.below(lines.len()));
        if self.below(2) == 0 {
            lines.swap(one, other);
        } else {
            lines.insert(one, lines[other]);
        }
        lines.join("\n")
    }

    fn swap_words(&mut self, text: &str) -> String {
        let mut words: Vec<&str> = text.split_inclusive([' ', '\n', '.']).collect();
        let (one, other) = (self.below(words.len()), self.below(words.len()));
        words.swap(one, other);
        words.concat()
    }

    fn repeat_a_part(&mut self, text: &str) -> String {
        let letters: Vec<char> = text.chars().collect();
        let from = self.below(letters.len());
        let until = (from + self.below(60)).min(letters.len());
        let mut copy = letters.clone();
        let at = self.below(letters.len());
        copy.splice(at..at, letters[from..until].iter().copied());
        copy.into_iter().collect()
    }

    /// The value of a line, or a whole table, that comes from another file.
    fn splice(&mut self, text: &str, other: &str) -> String {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        if lines.is_empty() {
            return other.to_owned();
        }
        let at = self.below(lines.len());
        if self.below(2) == 0 {
            let tables: Vec<&str> = other.split("\n\n").collect();
            lines.insert(at, format!("\n{}\n", tables[self.below(tables.len())]));
        } else {
            let values: Vec<&str> = other.lines().filter_map(|line| line.split_once('=')).map(|pair| pair.1).collect();
            if let (Some((key, _)), false) = (lines[at].clone().split_once('='), values.is_empty()) {
                lines[at] = format!("{key}={}", values[self.below(values.len())]);
            }
        }
        lines.join("\n")
    }

    /// A number or unit in the place of another.
    fn swap_numbers(&mut self, text: &str) -> String {
        let lines: Vec<&str> = text.lines().collect();
        let with_numbers: Vec<usize> =
            (0..lines.len()).filter(|&at| lines[at].contains(|letter: char| letter.is_ascii_digit())).collect();
        if with_numbers.is_empty() {
            return text.to_owned();
        }
        let at = with_numbers[self.below(with_numbers.len())];
        let changed = if self.below(2) == 0 {
            let (key, _) = lines[at].split_once('=').unwrap_or((lines[at], ""));
            format!("{key}= {}", NUMBERS[self.below(NUMBERS.len())])
        } else {
            let (from, to) = (UNITS[self.below(UNITS.len())], UNITS[self.below(UNITS.len())]);
            lines[at].replace(from, to)
        };
        let mut lines: Vec<String> = lines.into_iter().map(str::to_owned).collect();
        lines[at] = changed;
        lines.join("\n")
    }
}
