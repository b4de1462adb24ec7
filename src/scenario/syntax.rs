//! Mistakes in the TOML itself, said in sentences, with the mend.

use super::problem::{Place, Problem};
use super::tree::{Node, SourceFile};
use std::ops::Range;
use toml::de::DeTable;

/// Lines that could not be read. Nothing else is said about them.
#[derive(Clone, Debug, Default)]
pub(super) struct BrokenLines {
    lines: Vec<(usize, Range<usize>, String)>,
}

impl BrokenLines {
    /// True if the place stands on a line that could not be read.
    pub(super) fn covers(&self, place: &Place) -> bool {
        self.lines.iter().any(|(file, line, _)| {
            *file == place.file && line.start <= place.span.start && place.span.start <= line.end
        })
    }

    /// True if a line that could not be read holds this word, so that it may well be what is missed elsewhere.
    pub(super) fn mention(&self, word: &str) -> bool {
        let part = |byte: char| byte.is_ascii_alphanumeric() || byte == '-' || byte == '_';
        self.lines.iter().any(|(_, _, text)| text.split(|byte| !part(byte)).any(|found| found == word))
    }
}

/// Reads one file as far as it goes.
pub(super) fn parse(file: usize, source: &SourceFile, problems: &mut Vec<Problem>, broken: &mut BrokenLines) -> Node {
    let (document, errors) = DeTable::parse_recoverable(&source.text);
    let mut said = Vec::new();
    for error in &errors {
        let span = error.span().unwrap_or(0..0);
        let span = span.start.min(source.text.len())..span.end.min(source.text.len());
        let line = line_of(&source.text, span.start);
        if said.contains(&line.start) {
            continue;
        }
        said.push(line.start);
        let text = &source.text[line.clone()];
        let (message, help) = words(error.message(), source.text.get(span.clone()).unwrap_or_default(), text);
        let mut problem = Problem::error("", message);
        problem.help = help;
        problem.place = Some(Place { file, span });
        problems.push(problem);
        broken.lines.push((file, line.clone(), text.to_owned()));
    }
    Node::from_document(&document, file)
}

/// The bytes of the line around a position, without its end.
pub(super) fn line_of(text: &str, at: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let start = bytes[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |found| found + 1);
    let end = bytes[at..].iter().position(|byte| *byte == b'\n').map_or(text.len(), |found| at + found);
    start..end
}

fn words(message: &str, found: &str, line: &str) -> (String, Option<String>) {
    let (what, expected) = message.split_once(", expected ").map_or((message, ""), |(what, expected)| (what, expected));
    let key = line.split('=').next().unwrap_or_default().trim();
    let say = |message: &str, help: &str| (message.to_owned(), Some(help.to_owned()));
    match what {
        "duplicate key" => (
            format!("`{found}` is given twice"),
            Some("keep one of the two; a table or key may stand in a file only once".to_owned()),
        ),
        "string values must be quoted" if found.is_empty() => {
            (format!("there is no value after `{key} =`"), Some("write a value, or delete the line".to_owned()))
        }
        "string values must be quoted" => unquoted(found, line),
        "missing value" => say("there is no value after the `=`", "write a value, or delete the line"),
        "key with no value" if line.contains(": ") || line.trim_end().ends_with(':') => {
            say("a key and its value are joined by `=`, not by `:`", "write `key = value`")
        }
        "key with no value" if line.trim().contains(' ') => say(
            "this line is no `key = value`",
            "a key has no spaces; write it with hyphens, then `=` and the value, or begin a comment with `#`",
        ),
        "key with no value" => say("this key has no value", "write `key = value`"),
        "unquoted keys cannot be empty" => say("there is no key before the `=`", "write `key = value`"),
        "invalid unquoted key" => (
            format!("`{found}` cannot stand in a key"),
            Some("keys are made of letters, digits and hyphens".to_owned()),
        ),
        "unclosed array" => say("this list is not closed", "end it with `]`, with commas between its values"),
        "unclosed table" | "unclosed array of tables" => say(
            "this table header is not closed",
            "write `[kind.name]`, or `[[kind.name.list]]` for an entry of a list",
        ),
        "unclosed inline table" => say("this table is not closed", "end it with `}`"),
        "missing comma between key-value pairs" | "extra assignment between key-value pairs" => {
            say("a comma is missing between two keys", "write `{ a = 1, b = 2 }`")
        }
        "missing comma between array elements" => say("a comma is missing between two values", "write `[1, 2]`"),
        "unexpected key or value" => say(
            "something is left over at the end of this line",
            "every key needs its own line; put text with an apostrophe in double quotes",
        ),
        "invalid boolean" => (
            format!("`{found}` is neither `true` nor `false`"),
            Some("write `true` or `false`, in small letters".to_owned()),
        ),
        "unexpected leading zero" => {
            say("a number cannot begin with 0", "leave out the zero, or put the value in quotes")
        }
        "invalid mantissa" => say("a number needs a digit before the point", "write `0.5`, not `.5`"),
        "recursion limit" | "cannot recurse further; max recursion depth met" => {
            say("tables and lists are nested too deeply", "nothing in a scenario is deeper than a handful of levels")
        }
        _ if what.starts_with("missing escaped value") => say(
            "a backslash inside double quotes begins an escape",
            "write two backslashes, or put the text in single quotes",
        ),
        _ if what.starts_with("invalid date")
            || what.starts_with("invalid time")
            || what.starts_with("invalid offset") =>
        {
            let reason = if expected.is_empty() { String::new() } else { format!(": expected {expected}") };
            (
                format!("`{found}` is not a date and time{reason}"),
                Some("write year, month, day, time and offset, as `2026-11-03T19:00:00-05:00`".to_owned()),
            )
        }
        _ if what.starts_with("invalid") && what.ends_with("string") => {
            say("this text is not closed", "end it with the same quote it begins with, on the same line")
        }
        _ if what.starts_with("cannot extend value") => (
            format!("`{found}` already has a value and cannot hold keys as well"),
            Some("rename one of the two".to_owned()),
        ),
        _ if expected.is_empty() || expected == "nothing" => (lower(what), None),
        _ => (lower(what), Some(format!("expected {expected}"))),
    }
}

fn unquoted(found: &str, line: &str) -> (String, Option<String>) {
    if found.contains(['“', '”', '„', '‘', '’']) {
        return ("typographic quotes do not mark text".to_owned(), Some("use straight quotes: \"…\"".to_owned()));
    }
    if line.trim_start().matches('=').count() > 1 && found.contains(' ') && line.contains('{') {
        return ("a comma is missing between two keys".to_owned(), Some("write `{ a = 1, b = 2 }`".to_owned()));
    }
    let listed = line.contains('[') && found.split_whitespace().all(|word| word.parse::<f64>().is_ok());
    if listed && found.contains(' ') {
        return ("a comma is missing between two values".to_owned(), Some("write `[1, 2]`".to_owned()));
    }
    if found.eq_ignore_ascii_case("yes") || found.eq_ignore_ascii_case("no") {
        let meant = if found.eq_ignore_ascii_case("yes") { "true" } else { "false" };
        return (format!("`{found}` must stand in quotes, or be `true` or `false`"), Some(format!("write `{meant}`")));
    }
    (format!("`{found}` must stand in quotes"), Some(format!("write \"{found}\"")))
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().collect::<String>() + letters.as_str())
}
