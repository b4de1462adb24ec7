//! The catalogue of the library, `scenarios/README.md`. Its words stand in `catalogue.md` beside this file, where an expression in
//! double braces stands for each figure, and a statement after `if` for each claim that has none:
//!
//!     half are over within {{median(outage, mirror) in min}} minutes
//!     The count is right in every run{{if highest(count-wrong, mirror) == 0h}}.
//!
//! The page is made from full batches, so it is asked for by name:
//! `UPDATE=1 DATE=$(date +%F) cargo test --release --test library the_catalogue -- --ignored`. Each scenario's own rows are held against
//! its batch by the tests of its expectations.

use crate::expectations::batch;
use crate::shelf::files;
use canvass::scenario::Loaded;
use canvass::scenario::Statement;
use canvass::scenario::model::Check;
use canvass::study::expectation::{Verdict, read_checks};
use canvass::study::{Columns, Tally};
use std::fmt::Write;
use std::path::PathBuf;

const PAGE: &str = "scenarios/README.md";
const WORDS: &str = "tests/library/catalogue.md";
/// Made beside the words, and not in them.
const VERSION: &str = "{{version}}";
const ODDS: &str = "{{odds}}";

fn read(path: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(path).unwrap().replace("\r\n", "\n")
}

/// The rows of the words that speak of a scenario.
fn rows<'w>(words: &'w str, id: &str) -> impl Iterator<Item = &'w str> {
    let head = format!("| `{id}` |");
    words.lines().filter(move |line| line.starts_with(&head))
}

/// A text with each blank, which is what stands in double braces, replaced by what `fill` makes of it.
fn filled(text: &str, mut fill: impl FnMut(&str) -> String) -> String {
    let mut made = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let (blank, after) = after.split_once("}}").unwrap_or_else(|| panic!("braces are open: {after}"));
        made += before;
        made += &fill(blank);
        rest = after;
    }
    made + rest
}

/// A scenario and what its batch gave.
struct Batch<'b> {
    loaded: &'b Loaded,
    columns: &'b Columns,
    tallies: &'b [Tally],
}

impl Batch<'_> {
    fn judge(&self, statement: &str) -> Verdict {
        let mut scenario = self.loaded.scenario().unwrap().clone();
        let that = Statement::parse(statement).unwrap_or_else(|problems| panic!("{statement}: {problems:?}"));
        scenario.checks = vec![Check { that, because: None }];
        let read = read_checks(&scenario, &self.columns.measures);
        let tallies: Vec<Option<&Tally>> = self.tallies.iter().map(Some).collect();
        read.unwrap_or_else(|problems| panic!("{statement}: {problems:?}"))[0].judge(&tallies).unwrap()
    }

    /// What belongs into a blank: nothing for a claim that holds, or a figure in the unit it asks for.
    fn fill(&self, blank: &str) -> String {
        if let Some(claim) = blank.strip_prefix("if ") {
            let verdict = self.judge(claim);
            assert!(verdict.holds, "{}: {verdict:#?}", self.loaded.id());
            return String::new();
        }
        let (expression, form) = blank.rsplit_once(" in ").unwrap_or_else(|| panic!("no unit: {blank}"));
        let figures = self.judge(&format!("{expression} == {expression}")).figures;
        let mut sum = expression.to_owned();
        for figure in &figures {
            let value = figure.value.unwrap_or_else(|| panic!("{}: no run has {}", self.loaded.id(), figure.text));
            sum = sum.replace(&figure.text, &format!("({value})"));
        }
        let value = Sum(&sum).value();
        let (unit, digits) = form.split_once(" .").map_or((form, 0), |(unit, digits)| (unit, digits.parse().unwrap()));
        match unit {
            "%" => format!("{:.digits$}", value * 100.0),
            "min" => format!("{:.digits$}", value * 60.0),
            "h" | "times" => format!("{value:.digits$}"),
            "d" => format!("{:.digits$}", value / 24.0),
            "posts" => thousands(value),
            other => panic!("unknown unit {other} in {blank}"),
        }
    }
}

fn thousands(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut made = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            made.push(',');
        }
        made.push(digit);
    }
    made
}

/// Arithmetic over numbers, with parentheses.
struct Sum<'t>(&'t str);

impl Sum<'_> {
    fn value(mut self) -> f64 {
        let value = self.sum();
        assert!(self.0.trim().is_empty(), "left over: {}", self.0);
        value
    }

    fn taken(&mut self, sign: char) -> bool {
        self.0 = self.0.trim_start();
        self.0.strip_prefix(sign).map(|rest| self.0 = rest).is_some()
    }

    fn sum(&mut self) -> f64 {
        let mut value = self.product();
        loop {
            if self.taken('+') {
                value += self.product();
            } else if self.taken('-') {
                value -= self.product();
            } else {
                return value;
            }
        }
    }

    fn product(&mut self) -> f64 {
        let mut value = self.atom();
        loop {
            if self.taken('*') {
                value *= self.atom();
            } else if self.taken('/') {
                value /= self.atom();
            } else {
                return value;
            }
        }
    }

    fn atom(&mut self) -> f64 {
        if self.taken('(') {
            let value = self.sum();
            assert!(self.taken(')'), "open: {}", self.0);
            return value;
        }
        let minus = self.taken('-');
        let length = self.0.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(self.0.len());
        let (number, rest) = self.0.split_at(length);
        self.0 = rest;
        let number: f64 = number.parse().unwrap_or_else(|_| panic!("no number: {number}{rest}"));
        if minus { -number } else { number }
    }
}

/// Holds what the catalogue says of a scenario against its batch.
pub(crate) fn says_what_the_batch_says(loaded: &Loaded, columns: &Columns, tallies: &[Tally]) {
    let batch = Batch { loaded, columns, tallies };
    let (words, page) = (read(WORDS), read(PAGE));
    for row in rows(&words, loaded.id()) {
        let made = filled(row, |blank| batch.fill(blank));
        assert!(page.lines().any(|line| line == made), "{PAGE} does not say:\n{made}");
    }
}

/// The table of odds: of each contingency that the plans move, the best and the worst plan.
fn odds(batch: &Batch<'_>, table: &mut String) {
    let (id, plans) = (batch.loaded.id(), batch.loaded.plans());
    for (position, column) in batch.columns.contingencies.iter().enumerate() {
        let share = |plan: &usize| batch.tallies[*plan].contingencies[position].share.value();
        let order = |a: &usize, b: &usize| share(a).total_cmp(&share(b));
        let (Some(least), Some(most)) = ((0..plans.len()).min_by(order), (0..plans.len()).max_by(order)) else {
            continue;
        };
        // What no plan moves says nothing about plans.
        if share(&most) - share(&least) > 0.02 {
            let cell = |plan: usize| format!("{:.0} % `{}`", share(&plan) * 100.0, plans[plan]);
            let _ = writeln!(table, "| `{id}` | {} | {} | {} |", column.title, cell(least), cell(most));
        }
    }
}

#[test]
#[ignore = "full batches of the whole library: cargo test --release --test library the_catalogue -- --ignored"]
fn the_catalogue_is_what_the_batches_say() {
    let mut page = read(WORDS);
    let mut table = String::from("| scenario | what is feared | least | most |\n|---|---|---|---|\n");
    for path in files("scenarios") {
        let loaded = Loaded::read(&path).unwrap();
        let (columns, tallies) = batch(&loaded);
        let batch = Batch { loaded: &loaded, columns: &columns, tallies: &tallies };
        odds(&batch, &mut table);
        for row in rows(&read(WORDS), loaded.id()) {
            page = page.replace(row, &filled(row, |blank| batch.fill(blank)));
        }
    }
    page = page.replace(ODDS, table.trim_end());
    let known = read(PAGE);
    if std::env::var_os("UPDATE").is_some() {
        let dated = std::env::var("DATE").map(|date| format!(", {date}")).unwrap_or_default();
        let version = format!("Canvass {}{dated}", env!("CARGO_PKG_VERSION"));
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(PAGE);
        std::fs::write(path, page.replace(VERSION, &version)).unwrap();
        return;
    }
    // The date is that of the last time the page was made.
    for (made, known) in page.lines().zip(known.lines()) {
        assert!(made.contains(VERSION) || made == known, "the catalogue is stale:\n{made}");
    }
    assert_eq!(page.lines().count(), known.lines().count());
}

/// Whether a line of the page may have been made from one of the words: the same but for what stands in the blanks.
fn fits(words: &str, line: &str) -> bool {
    const BLANK: &str = "\u{0}";
    let fixed = filled(words, |_| BLANK.to_owned());
    let mut rest = line;
    for (place, part) in fixed.split(BLANK).enumerate() {
        match rest.find(part) {
            Some(at) if at == 0 || place > 0 => rest = &rest[at + part.len()..],
            _ => return false,
        }
    }
    rest.is_empty() || words.ends_with("}}")
}

#[test]
fn the_words_of_the_catalogue_are_those_that_it_is_made_from() {
    let (words, page) = (read(WORDS), read(PAGE));
    for line in words.lines().filter(|line| *line != ODDS) {
        assert!(page.lines().any(|known| fits(line, known)), "{PAGE} has no line made from\n{line}");
    }
}

#[test]
fn a_figure_is_worked_out_from_what_the_runs_gave() {
    assert_eq!(Sum("1 - (0.25) / (0.5)").value(), 0.5);
    assert_eq!(Sum("((4) - (1)) * 2 - -1").value(), 7.0);
    assert_eq!((thousands(59_000.4), thousands(49.0)), ("59,000".to_owned(), "49".to_owned()));
    assert!(fits("within {{a in min}} minutes{{if b}}.", "within 57 minutes."));
    assert!(!fits("within {{a in min}} minutes.", "after 57 minutes."));
}
