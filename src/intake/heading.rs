//! The row of headings of a sheet, and what its columns hold.

use super::book::{Row, letters};
use super::cell::Cell;
use super::field::{FIELDS, Field};
use crate::scenario::closest;
use std::collections::BTreeMap;

/// In how many rows from the top the headings are looked for: a title block may stand above them.
pub(super) const TOP_ROWS: usize = 25;

/// A heading that is longer is a sentence.
const LONGEST_HEADING: usize = 80;

/// Quality of a match: the whole heading is a known one.
const WHOLE: u32 = 100;
/// The heading is a known one, what stands in brackets left out.
const WITHOUT_BRACKETS: u32 = 95;
/// One of its parts, between slashes, is a known one.
const PART: u32 = 85;
/// A known heading stands among its words.
const WITHIN: u32 = 60;
/// It is a known one but for a slip of the hand.
const SLIP: u32 = 40;

/// What the columns of a table hold.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Columns {
    /// What each column that is understood holds.
    pub(super) fields: BTreeMap<u32, Field>,
    /// The headings, as they stand there.
    pub(super) headings: BTreeMap<u32, String>,
    /// Columns that were understood although their heading is misspelt.
    pub(super) slips: Vec<u32>,
}

impl Columns {
    /// The columns of a field, from the left.
    pub(super) fn of(&self, field: Field) -> impl Iterator<Item = u32> + '_ {
        self.fields.iter().filter(move |(_, own)| **own == field).map(|(column, _)| *column)
    }

    pub(super) fn has(&self, field: Field) -> bool {
        self.of(field).next().is_some()
    }

    /// A column as a person finds it: its letter, and its heading if it has one.
    pub(super) fn name(&self, column: u32) -> String {
        match self.headings.get(&column) {
            Some(heading) => format!("{} ({})", letters(column), one_line(heading)),
            None => letters(column),
        }
    }

    /// Whether these are columns of a list of events: there must be something to say, and a time, a recipient or the like.
    pub(super) fn is_events(&self) -> bool {
        const OTHER: [Field; 12] = [
            Field::Time,
            Field::Date,
            Field::Day,
            Field::Dtg,
            Field::StoryTime,
            Field::Elapsed,
            Field::To,
            Field::Unit,
            Field::From,
            Field::Method,
            Field::Type,
            Field::Expected,
        ];
        self.has_words() && OTHER.into_iter().any(|field| self.has(field))
    }

    /// Whether there is a column that says what happens.
    fn has_words(&self) -> bool {
        self.has(Field::Title) || self.has(Field::Text)
    }
}

/// The row of headings: of the first rows, the one with the most known ones. Its place among the rows, and its columns.
pub(super) fn find(rows: &[Row]) -> Option<(usize, Columns)> {
    let mut best: Option<(u32, usize, Columns)> = None;
    for (place, row) in rows.iter().take(TOP_ROWS).enumerate() {
        let (quality, columns) = columns(row, &rows[place + 1..]);
        if columns.fields.len() >= 2
            && columns.has_words()
            && quality > best.as_ref().map_or(0, |(quality, ..)| *quality)
        {
            best = Some((quality, place, columns));
        }
    }
    best.map(|(_, place, columns)| (place, columns))
}

/// How well the best row of headings is understood: for choosing among several ways to read a file.
pub(super) fn score(rows: &[Row]) -> u32 {
    let tops = rows.iter().take(TOP_ROWS);
    tops.map(|row| columns(row, &[]))
        .filter(|(_, columns)| columns.fields.len() >= 2)
        .map(|(quality, _)| quality)
        .max()
        .unwrap_or(0)
}

/// Whether a row further down is a row of headings once more: most of its cells are known headings, letter for letter.
pub(super) fn again(row: &Row, below: &[Row]) -> Option<Columns> {
    let whole = row.cells.values().filter(|cell| matches!(cell, Cell::Text(text) if is_whole(text))).count();
    if whole < 3 || whole * 5 < row.cells.len() * 3 {
        return None;
    }
    let (_, columns) = columns(row, below);
    columns.has_words().then_some(columns)
}

fn is_whole(text: &str) -> bool {
    text.chars().count() <= LONGEST_HEADING && known(text).iter().any(|(_, quality)| *quality >= PART)
}

/// The columns that a row of headings describes, and how well. `below` decides what a heading means that may mean several things.
fn columns(row: &Row, below: &[Row]) -> (u32, Columns) {
    let mut headings = BTreeMap::new();
    let mut matches: Vec<(u32, u32, Field)> = Vec::new();
    for (&column, cell) in &row.cells {
        let Cell::Text(text) = cell else {
            continue;
        };
        headings.insert(column, text.clone());
        if text.chars().count() <= LONGEST_HEADING {
            let found = bare(text, column, below).map_or_else(|| candidates(text), |field| vec![(field, PART)]);
            matches.extend(found.into_iter().map(|(field, quality)| (quality, column, field)));
        }
    }
    // The best match first; of equal ones, the one further left.
    matches.sort_by_key(|&(quality, column, field)| (std::cmp::Reverse(quality), column, field));
    let mut columns = Columns { fields: BTreeMap::new(), headings, slips: Vec::new() };
    let mut total = 0;
    for (quality, column, field) in matches {
        let several = matches!(field, Field::Objective | Field::Unit);
        if columns.fields.contains_key(&column) || (columns.has(field) && !several) {
            continue;
        }
        columns.fields.insert(column, field);
        total += quality;
        if quality == SLIP {
            columns.slips.push(column);
        }
    }
    columns.slips.sort_unstable();
    (total, columns)
}

/// The bare words `inject` and `event` may stand above numbers, titles or whole texts: the cells below say which.
fn bare(heading: &str, column: u32, below: &[Row]) -> Option<Field> {
    if !matches!(normal(heading).as_str(), "inject" | "event" | "injects" | "events") {
        return None;
    }
    let lengths: Vec<usize> = below
        .iter()
        .take(200)
        .filter_map(|row| row.cells.get(&column))
        .map(|cell| cell.text().chars().count())
        .collect();
    let mean = lengths.iter().sum::<usize>().checked_div(lengths.len())?;
    Some(match mean {
        0..=7 => Field::Number,
        8..=80 => Field::Title,
        _ => Field::Text,
    })
}

/// What a heading may mean, each with the quality of the match; if it is none that is known, what it may be a slip for.
fn candidates(heading: &str) -> Vec<(Field, u32)> {
    let found = known(heading);
    if !found.is_empty() {
        return found;
    }
    slip(&normal(heading)).into_iter().map(|field| (field, SLIP)).collect()
}

/// The field whose heading was meant: nearly all letters are right.
fn slip(heading: &str) -> Option<Field> {
    const SHORTEST: usize = 5;
    const LONGEST: usize = 40;
    let length = heading.chars().count();
    if !(SHORTEST..=LONGEST).contains(&length) {
        return None;
    }
    let all =
        FIELDS.iter().flat_map(|known| known.headings.iter().map(move |known_heading| (known.field, *known_heading)));
    let long: Vec<(Field, &str)> = all.filter(|(_, known)| known.len() >= SHORTEST).collect();
    let meant = closest(heading, long.iter().map(|(_, known)| *known))?;
    let near = strsim::damerau_levenshtein(meant, heading) <= 1 + length / 10;
    long.into_iter().find(|(_, known)| near && *known == meant).map(|(field, _)| field)
}

/// What a heading means that is known, each with the quality of the match.
fn known(heading: &str) -> Vec<(Field, u32)> {
    let whole = normal(heading);
    if whole.is_empty() {
        return Vec::new();
    }
    let short = normal(&without_brackets(heading));
    let parts: Vec<String> = heading.split(['/', '\n', '|', '(', ')']).map(normal).collect();
    let mut found: Vec<(Field, u32)> = Vec::new();
    for known in FIELDS {
        let is = |text: &str| known.headings.contains(&text);
        let quality = if is(&whole) || is(&without_ordinals(&whole)) {
            WHOLE
        } else if is(&short) {
            WITHOUT_BRACKETS
        } else if parts.iter().any(|part| is(part)) {
            PART
        } else if let Some(covered) = known.headings.iter().filter_map(|known| within(known, &whole)).max() {
            WITHIN + covered
        } else {
            0
        };
        if quality > 0 {
            found.push((known.field, quality));
        }
    }
    found
}

/// How much of a heading a known one covers, in tenths of its words and at most 9, if it stands in it as words of their own. Words that
/// say little by themselves do not count.
fn within(known: &str, heading: &str) -> Option<u32> {
    const VAGUE: [&str; 22] = [
        "id", "to", "for", "if", "t", "day", "name", "event", "inject", "how", "when", "row", "item", "ref", "state",
        "text", "team", "mode", "means", "media", "owner", "source",
    ];
    if VAGUE.contains(&known) {
        return None;
    }
    format!(" {heading} ").find(&format!(" {known} "))?;
    let words = |text: &str| text.split(' ').count() as u32;
    Some((10 * words(known) / words(heading).max(1)).min(9))
}

/// A heading in lower case, `number` for its signs and abbreviations, and a blank for anything else that is no letter or digit.
pub(super) fn normal(heading: &str) -> String {
    let spread: String = heading
        .to_lowercase()
        .chars()
        .map(|letter| if letter == '#' || letter == '№' { " number ".to_owned() } else { letter.to_string() })
        .collect();
    let words: Vec<&str> = spread
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| if matches!(word, "no" | "num" | "nr" | "nbr") { "number" } else { word })
        .collect();
    words.join(" ")
}

/// `1st objective supported` and `unit 2 affected` without their counts.
fn without_ordinals(normal: &str) -> String {
    let counts = |word: &&str| word.starts_with(|first: char| first.is_ascii_digit());
    normal.split(' ').filter(|word| !counts(word)).collect::<Vec<_>>().join(" ")
}

fn without_brackets(heading: &str) -> String {
    let mut depth = 0_u32;
    let mut kept = String::new();
    for letter in heading.chars() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(letter),
            _ => {}
        }
    }
    kept
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
