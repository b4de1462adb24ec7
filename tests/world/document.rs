//! The model document and the built-in numbers say the same.

use canvass::scenario::Basis;
use canvass::world::defaults;
use std::fmt::Write;

const BEGIN: &str = "<!-- defaults: begin -->";
const END: &str = "<!-- defaults: end -->";

fn word(basis: Basis) -> &'static str {
    match basis {
        Basis::Cited => "cited",
        Basis::Estimated => "estimated",
        Basis::Assumed => "assumed",
    }
}

#[test]
fn every_built_in_number_stands_in_the_model_document() {
    let document = std::fs::read_to_string("docs/model.md").expect("docs/model.md is there");
    let table = document.split(BEGIN).nth(1).and_then(|rest| rest.split(END).next()).expect("the table of defaults");
    let rows: Vec<Vec<&str>> = table
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    let mut fresh =
        "| built-in number | value | basis | grade | source or reason |\n| --- | --- | --- | --- | --- |\n".to_owned();
    for (name, default) in defaults::ALL {
        let name = name.to_lowercase().replace('_', "-");
        let known = rows.iter().find(|row| row[0].trim_matches('`') == name);
        let grade = known.and_then(|row| row.get(3)).copied().unwrap_or("?");
        writeln!(fresh, "| `{name}` | {} | {} | {grade} | {} |", default.value, word(default.basis), default.source)
            .expect("a string takes any text");
        assert!(!default.source.contains('|'), "{name}: a bar would break the table");
    }
    assert!(
        table.trim() == fresh.trim(),
        "put this between the marks in docs/model.md, each with its grade:\n\n{fresh}"
    );
    let graded = rows.iter().all(|row| ["A", "B", "C", "D"].contains(&row[3]));
    assert!(graded, "every built-in number has a grade from A to D");
    // An assumption is no evidence, and a citation is more than that.
    for row in &rows {
        assert_eq!(row[2] == "assumed", row[3] == "D", "{row:?}: assumed, and nothing else, is grade D");
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
