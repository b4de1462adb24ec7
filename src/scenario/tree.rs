//! The values of a scenario's files, each with its place, and the merging of parts into the scenario.

use super::problem::Place;
use indexmap::IndexMap;
use std::borrow::Cow;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use toml::value::Datetime;

/// One file of a scenario.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The path as it is shown to people.
    pub name: String,
    /// What the file holds.
    pub text: String,
}

/// A value with its place.
#[derive(Clone, Debug)]
pub(super) struct Node {
    /// Where its key stands; nothing for the root and for entries of a list.
    pub(super) key: Option<Place>,
    /// Where the value stands; for a table with a header, the header.
    pub(super) place: Place,
    pub(super) kind: Kind,
}

/// What a value is.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    Text(String),
    /// A whole number; nothing if it is too large to be held.
    Whole(Option<i64>),
    /// A decimal number; nothing if it is too large to be held.
    Decimal(Option<f64>),
    Truth(bool),
    Moment(Datetime),
    List(Vec<Node>),
    Table(IndexMap<String, Node>),
}

impl Node {
    /// The tree of one parsed file.
    pub(super) fn from_document(document: &Spanned<DeTable<'_>>, file: usize) -> Node {
        let place = Place { file, span: document.span() };
        Node { key: None, place, kind: Kind::Table(table(document.get_ref(), file)) }
    }

    /// A single value from outside any file: a number or truth where it reads as one, words otherwise.
    pub(super) fn from_words(written: &str) -> Node {
        let number = written.parse().map(|whole| Kind::Whole(Some(whole)));
        let decimal = || match written.parse() {
            Ok(decimal) if f64::is_finite(decimal) => Ok(Kind::Decimal(Some(decimal))),
            _ => Err(()),
        };
        let truth = || written.parse().map(Kind::Truth);
        let kind = number.or_else(|_| decimal()).or_else(|_| truth());
        Node {
            key: None,
            place: Place { file: 0, span: 0..0 },
            kind: kind.unwrap_or_else(|_| Kind::Text(written.to_owned())),
        }
    }

    /// Entries of a table; nothing for any other value.
    pub(super) fn entries(&self) -> Option<&IndexMap<String, Node>> {
        match &self.kind {
            Kind::Table(entries) => Some(entries),
            _ => None,
        }
    }

    /// The value of a key, if this is a table that has it.
    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        self.entries()?.get(key)
    }

    /// The text, if this is text.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Where a reader looks for this value: the key of a table, the value itself otherwise.
    pub(super) fn best_place(&self) -> Place {
        match (&self.kind, &self.key) {
            (Kind::Table(_), Some(key)) => key.clone(),
            _ => self.place.clone(),
        }
    }

    /// The step below this value that a path segment names: a key or a position.
    pub(super) fn child(&self, segment: &Segment) -> Option<&Node> {
        match (&self.kind, segment) {
            (Kind::Table(entries), Segment::Key(key)) => entries.get(key),
            (Kind::List(items), Segment::Position(position)) => items.get(*position),
            _ => None,
        }
    }

    /// Puts a value at a path, making tables on the way; false if the path runs through something that is no table.
    pub(super) fn put(&mut self, segments: &[Segment], value: Node) -> bool {
        let Some((first, rest)) = segments.split_first() else {
            *self = value;
            return true;
        };
        match (&mut self.kind, first) {
            (Kind::Table(entries), Segment::Key(key)) => {
                let below = entries.entry(key.clone()).or_insert_with(|| Node {
                    key: value.key.clone(),
                    place: value.place.clone(),
                    kind: Kind::Table(IndexMap::new()),
                });
                below.put(rest, value)
            }
            (Kind::List(items), Segment::Position(position)) => {
                items.get_mut(*position).is_some_and(|item| item.put(rest, value))
            }
            _ => false,
        }
    }

    /// Takes from a part what this file does not say itself, table by table and key by key. Lists are not joined.
    pub(super) fn fill_from(&mut self, part: Node) {
        if let (Kind::Table(own), Kind::Table(others)) = (&mut self.kind, part.kind) {
            for (key, other) in others {
                match own.get_mut(&key) {
                    Some(value) => value.fill_from(other),
                    None => {
                        own.insert(key, other);
                    }
                }
            }
        }
    }

    /// The value without its places, for `serde`.
    pub(super) fn to_value(&self) -> toml::Value {
        match &self.kind {
            Kind::Text(text) => toml::Value::String(text.clone()),
            Kind::Whole(number) => toml::Value::Integer(number.unwrap_or(i64::MAX)),
            Kind::Decimal(number) => toml::Value::Float(number.unwrap_or(f64::INFINITY)),
            Kind::Truth(truth) => toml::Value::Boolean(*truth),
            Kind::Moment(moment) => toml::Value::Datetime(*moment),
            Kind::List(items) => toml::Value::Array(items.iter().map(Node::to_value).collect()),
            Kind::Table(entries) => {
                toml::Value::Table(entries.iter().map(|(key, node)| (key.clone(), node.to_value())).collect())
            }
        }
    }
}

fn table(entries: &DeTable<'_>, file: usize) -> IndexMap<String, Node> {
    entries
        .iter()
        .map(|(key, value)| {
            let mut node = node(value, file);
            node.key = Some(Place { file, span: key.span() });
            (key.get_ref().to_string(), node)
        })
        .collect()
}

fn node(value: &Spanned<DeValue<'_>>, file: usize) -> Node {
    let kind = match value.get_ref() {
        DeValue::String(text) => Kind::Text(text.to_string()),
        DeValue::Integer(number) => Kind::Whole(i64::from_str_radix(number.as_str(), number.radix()).ok()),
        DeValue::Float(number) => Kind::Decimal(number.as_str().parse().ok().filter(|number: &f64| number.is_finite())),
        DeValue::Boolean(truth) => Kind::Truth(*truth),
        DeValue::Datetime(moment) => Kind::Moment(*moment),
        DeValue::Array(items) => Kind::List(items.iter().map(|item| node(item, file)).collect()),
        DeValue::Table(entries) => Kind::Table(table(entries, file)),
    };
    Node { key: None, place: Place { file, span: value.span() }, kind }
}

/// One step of a path: `asset` and `portal` in `asset.portal`, `0` in `step[0]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Segment {
    Key(String),
    Position(usize),
}

/// The path of a key below a path; keys with other characters than a bare TOML key are quoted.
pub(super) fn join(path: &str, key: &str) -> String {
    let bare = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    let key = if bare { Cow::Borrowed(key) } else { Cow::Owned(format!("{key:?}")) };
    if path.is_empty() { key.into_owned() } else { format!("{path}.{key}") }
}

/// The steps of a path as [`join`] writes it; nothing if it is not one.
pub(super) fn segments(path: &str) -> Option<Vec<Segment>> {
    let mut found = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('[') {
            let (digits, after) = after.split_once(']')?;
            found.push(Segment::Position(digits.parse().ok()?));
            rest = after;
            continue;
        }
        if !found.is_empty() {
            rest = rest.strip_prefix('.')?;
        }
        if rest.starts_with('"') {
            let end = closing_quote(rest)?;
            let key: String = serde_json::from_str(&rest[..=end]).ok()?;
            found.push(Segment::Key(key));
            rest = &rest[end + 1..];
        } else {
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            if end == 0 {
                return None;
            }
            found.push(Segment::Key(rest[..end].to_owned()));
            rest = &rest[end..];
        }
    }
    Some(found)
}

fn closing_quote(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Some(at),
            _ => {}
        }
    }
    None
}

/// Where some bytes of a text value stand in its file; nothing when escapes shift them.
pub(super) fn inside(source: &str, span: &Range<usize>, value: &str, range: &Range<usize>) -> Option<Range<usize>> {
    let raw = source.get(span.clone())?;
    let quote = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|quote| raw.starts_with(quote))?;
    let inner = raw.strip_prefix(quote)?.strip_suffix(quote)?;
    let offset = span.start + quote.len();
    let skipped = if quote.len() == 3 { inner.len() - inner.trim_start_matches(['\r', '\n']).len() } else { 0 };
    if inner.get(skipped..)? != value || range.end > value.len() {
        return None;
    }
    Some(offset + skipped + range.start..offset + skipped + range.end)
}
