//! The model document and the built-in numbers say the same.

use canvass::scenario::{Basis, Grade, Quantity, Unbound, Value};
use canvass::world::defaults::{self, Default};
use std::fmt::Write;

const BEGIN: &str = "<!-- defaults: begin -->";
const END: &str = "<!-- defaults: end -->";

#[test]
fn every_built_in_number_stands_in_the_model_document() {
    let document = std::fs::read_to_string("docs/model.md").expect("docs/model.md is there");
    let (before, rest) = document.split_once(BEGIN).expect("the table of defaults");
    let (table, after) = rest.split_once(END).expect("its end");
    let mut fresh =
        "| built-in number | value | range | basis | grade | source or reason |\n| --- | --- | --- | --- | --- | --- |\n"
            .to_owned();
    for default in defaults::ALL {
        let name = default.name.to_lowercase().replace('_', "-");
        let Default { value, range, basis, grade, source, .. } = default;
        let range = range.map_or_else(|| "-".to_owned(), |[low, high]| format!("{low} … {high}"));
        writeln!(fresh, "| `{name}` | {value} | {range} | {} | {} | {source} |", basis.word(), grade.word())
            .expect("a string takes any text");
        assert!(!source.contains('|'), "{name}: a bar would break the table");
        assert!(!source.trim().is_empty(), "{name}: says nothing about where it comes from");
        // An assumption is no evidence, and a citation is more than that.
        assert_eq!(*basis == Basis::Assumed, *grade == Grade::D, "{name}: assumed, and nothing else, is grade D");
    }
    if std::env::var_os("UPDATE").is_some() {
        let page = format!("{before}{BEGIN}\n\n{fresh}\n{END}{after}");
        return std::fs::write("docs/model.md", page).expect("a page that can be written");
    }
    assert!(table.trim() == fresh.trim(), "run UPDATE=1 cargo test --test world document, or write:\n\n{fresh}");
}

/// A range is one of the same kind of number, and the number lies in it: in the middle, where both are uncertain.
#[test]
fn every_built_in_number_lies_in_its_range() {
    let middle = |text: &str| {
        let quantity = Quantity::<Unbound>::parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
        let value = match quantity.value {
            Value::Fixed(value) => value,
            Value::Distribution(law) => law.quantile(0.5),
            Value::Choice(..) | Value::Formula(_) => panic!("{text} is no number"),
        };
        (quantity.dimension, value)
    };
    for default in defaults::ALL {
        let Some(range) = default.range else {
            assert!(default.grade == Grade::D || default.name == "HALF", "{}: evidence has a range", default.name);
            continue;
        };
        let [(low_is, low), (high_is, high)] = range.map(middle);
        let (is, value) = middle(default.value);
        assert_eq!((low_is, high_is), (is, is), "{}", default.name);
        // The swings of later votes are symmetrical, and their ranges are of their spread.
        let swing = default.name.ends_with("_SWING");
        assert!((low <= value && value <= high && low < high) || swing, "{}: {low}, {value}, {high}", default.name);
    }
}

#[test]
fn the_document_names_only_what_exists() {
    let document = std::fs::read_to_string("docs/model.md").expect("docs/model.md is there");
    for section in [
        "Systems",
        "Narratives",
        "Platforms",
        "The public",
        "Adversaries",
        "Responders",
        "Contingencies and measures",
        "Random draws",
        "Limits",
    ] {
        assert!(document.contains(&format!("\n## {section}\n")), "no section {section}");
    }
}

/// Numbers that stand in the equations: the file, how it says them, and the row of the document.
const FIXED: [(&str, &str, &str); 16] = [
    ("spread.rs", "TICK_MS: i64 = 300_000;", "| tick of the spread models | 5 min |"),
    ("spread.rs", "BREAKER_REACH: f64 = 0.126;", "| reach of the published circuit breaker | 0.126 |"),
    ("narrative.rs", "DISPLACED: Span = Span::from_days(1);", "| displacement lasts | 1 day |"),
    ("audience.rs", "KAPPA: f64 = 0.15;", "| κ, concentration of views | 0.15 |"),
    ("audience.rs", "ETA: f64 = 0.3;", "| η, belief by the logarithm of views | 0.3 |"),
    ("audience.rs", "SATURATED: f64 = 50.0;", "| saturation of belief | 50 views |"),
    ("audience.rs", "LABEL: f64 = 0.323;", "| label's effect on belief | 0.323 |"),
    ("audience.rs", "ANSWER: f64 = 0.16;", "| answer's effect on belief | 0.16 |"),
    ("audience.rs", "WINNERS: f64 = 0.22;", "| outcome's effect on the winning camp | +0.22 |"),
    ("audience.rs", "LOSERS: f64 = -0.29;", "| outcome's effect on the others | −0.29 |"),
    ("channel.rs", "Forum::Weekly => (0.35,", "| what a forum leaves of latency | 0.5, 0.35, 0.2 |"),
    ("calendar.rs", "CROWDING: Span = Span::from_days(3);", "| crowding of campaigns at milestones | 3 days |"),
    ("adversary.rs", "TEMPO: (f64, f64) = (0.1, 10.0);", "| bounds of an adversary's tempo | 0.1 to 10 |"),
    ("count/ballots.rs", "MAIL_LEAN: f64 = 0.2;", "| growth of mail with a county's lean | 0.2 |"),
    ("count.rs", "FIRST_NIGHT: f64 = 12.0;", "| first night of work | 12 h |"),
    ("sampling.rs", "SHIFT_SCALE: f64 = 0.0003;", "| shift of a recount | 0.0003, widening 0.6 |"),
];

#[test]
fn fixed_numbers_are_those_of_the_document() {
    let document = std::fs::read_to_string("docs/model.md").expect("docs/model.md is there");
    for (file, code, row) in FIXED {
        let source = std::fs::read_to_string(format!("src/world/{file}")).expect("a process of the world");
        assert!(source.contains(code), "{file} does not say `{code}`");
        assert!(document.contains(row), "docs/model.md has no row `{row}`");
    }
}
