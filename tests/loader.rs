//! Reading scenario files: what is said when they are wrong, and what is read when they are right.

#[path = "loader/authority.rs"]
mod authority;
#[path = "loader/fuzz.rs"]
mod fuzz;
#[path = "loader/malformed.rs"]
mod malformed;
#[path = "loader/mutation.rs"]
mod mutation;
#[path = "loader/mutator.rs"]
mod mutator;
#[path = "loader/parts_and_plans.rs"]
mod parts_and_plans;
#[path = "loader/schema.rs"]
mod schema;

use canvass::scenario::{Loaded, Severity};
use std::path::Path;

/// A scenario of the horizon and one election office, and the tables given.
fn scenario_with(tables: &str) -> Loaded {
    let head = r#"[scenario]
title = "A test"
question = "Does it load?"
start = 2026-11-03T19:00:00-05:00
end = 2026-11-04T19:00:00-05:00

"#;
    Loaded::from_text("a-test.toml", &format!("{head}{tables}"))
}

fn good(name: &str) -> Loaded {
    Loaded::read(&Path::new("tests/good").join(name)).unwrap()
}

fn errors(loaded: &Loaded) -> Vec<&str> {
    loaded
        .problems()
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .map(|problem| problem.message.as_str())
        .collect()
}
