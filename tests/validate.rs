//! `canvass validate`: what is published holds, and a number that is wrong by a fifth is noticed.

use std::process::{Command, Output};
use tempfile::TempDir;

fn validate(desk: &TempDir, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_canvass"))
        .arg("validate")
        .args(arguments)
        .current_dir(desk.path())
        .env("NO_COLOR", "1")
        .output()
        .expect("the program starts")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_quick_validation_misses_only_what_the_page_says() {
    let desk = TempDir::new().expect("a folder");
    let done = validate(&desk, &["--quick"]);
    let text = said(&done);
    let errors = String::from_utf8_lossy(&done.stderr);
    let unexpected: Vec<&str> =
        text.lines().filter(|line| line.ends_with("MISSES") || line.ends_with("UNEXPECTED")).collect();
    assert!(unexpected.is_empty(), "{unexpected:#?}\n{errors}");
    assert_eq!(done.status.code(), Some(0), "{text}\n{errors}");
    assert!(text.contains("known miss") && text.contains("known to miss: "), "{text}");
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "more than 80 columns: {line}");
    }
    let table = std::fs::read_to_string(desk.path().join("outputs/validation/validation.csv")).expect("the table");
    let dictionary = std::fs::read_to_string(desk.path().join("outputs/validation/dictionary.csv")).expect("its words");
    for heading in table.lines().next().expect("a heading").split(',') {
        assert!(dictionary.contains(&format!("\nvalidation.csv,{heading},")), "{heading}");
    }
}

#[test]
fn a_shown_study_is_an_ordinary_scenario() {
    let desk = TempDir::new().expect("a folder");
    let shown = validate(&desk, &["--show", "half-life"]);
    std::fs::write(desk.path().join("half-life.toml"), &shown.stdout).expect("a file");
    let checked = Command::new(env!("CARGO_BIN_EXE_canvass"))
        .args(["check", "half-life.toml"])
        .current_dir(desk.path())
        .output()
        .expect("the program starts");
    assert!(checked.status.success(), "{checked:?}");
    assert_eq!(validate(&desk, &["--show", "half-live"]).status.code(), Some(2));
}

/// Numbers that are wrong by a fifth, and the studies that must notice.
const BROKEN: [(&str, &str); 8] = [
    ("closed-forms", "narrative.story.branching=61.6%"),
    ("closed-forms", "platform.chirp.label-cut=16%"),
    ("closed-forms", "platform.chirp.removal-caught=72%"),
    ("late-cuts", "narrative.story.drive=300min"),
    ("takedown-each", "narrative.story.self-exciting.exponent=0.2"),
    ("queue", "platform.chirp.review=exponential(mean 12min)"),
    ("audit-comparison", "jurisdiction.vale.audit.risk-limit=8%"),
    ("takedown-delay", "narrative.story.drive=2.4d"),
];

fn notices(study: &str, change: &str) {
    let desk = TempDir::new().expect("a folder");
    let done = validate(&desk, &[study, "--quick", "--set", change]);
    assert_eq!(done.status.code(), Some(3), "{study} does not notice {change}\n{}", said(&done));
}

#[test]
fn a_branching_ratio_wrong_by_a_fifth_is_noticed() {
    notices(BROKEN[0].0, BROKEN[0].1);
}

#[test]
fn a_risk_limit_wrong_by_a_fifth_is_noticed() {
    notices(BROKEN[6].0, BROKEN[6].1);
}

#[test]
#[ignore = "takes a minute: cargo test --release --test validate -- --ignored"]
fn every_number_wrong_by_a_fifth_is_noticed() {
    for (study, change) in BROKEN {
        notices(study, change);
    }
}

#[test]
fn a_change_that_leads_nowhere_is_refused_with_a_mend() {
    let desk = TempDir::new().expect("a folder");
    for change in ["narrative.story.branchin=1", "nothing"] {
        let done = validate(&desk, &["half-life", "--quick", "--set", change]);
        assert_eq!(done.status.code(), Some(2), "{change}");
        assert!(String::from_utf8_lossy(&done.stderr).contains("help"), "{change}");
    }
    assert_eq!(validate(&desk, &["--set", "a=b"]).status.code(), Some(2));
}
