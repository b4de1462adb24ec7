//! Every help text, as it is printed. After a change that is meant: `UPDATE=1 cargo test --test cli help`.

use crate::program::Desk;
use std::fmt::Write as _;
use std::path::Path;

const COMMANDS: [&[&str]; 24] = [
    &[],
    &["new"],
    &["import"],
    &["check"],
    &["run"],
    &["batch"],
    &["compare"],
    &["choose"],
    &["drivers"],
    &["discover"],
    &["explain"],
    &["evidence"],
    &["sweep"],
    &["shard"],
    &["shard", "plan"],
    &["shard", "run"],
    &["shard", "missing"],
    &["shard", "merge"],
    &["shard", "verify"],
    &["shard", "sbatch"],
    &["validate"],
    &["export"],
    &["schema"],
    &["completions"],
];

#[test]
fn help_is_what_it_was() {
    let desk = Desk::new();
    let mut found = desk.call(&[]).succeeds().out;
    for command in COMMANDS {
        let said = desk.call(&[command, &["--help"]].concat()).succeeds();
        assert_eq!(said.err, "");
        write!(found, "\n$ canvass {}\n{}", [command, &["--help"]].concat().join(" "), said.out).unwrap();
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/help.txt");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &found).unwrap();
    }
    let stored = std::fs::read_to_string(&path).unwrap();
    assert!(stored == found, "the help has changed:\n{found}");
    for line in found.lines() {
        assert!(line.chars().count() <= 80, "more than 80 columns: {line}");
    }
}

#[test]
fn every_command_teaches_by_three_examples() {
    for command in &COMMANDS[1..] {
        let said = Desk::new().call(&[*command, &["--help"]].concat()).succeeds().out_has("Examples:");
        assert_eq!(said.out.matches("\n  canvass ").count() + said.out.matches("\n  echo ").count(), 3, "{command:?}");
    }
}

#[test]
fn a_bare_call_names_every_command() {
    let said = Desk::new().call(&[]).succeeds();
    for command in COMMANDS.iter().flat_map(|command| command.first()) {
        assert!(said.out.contains(&format!("canvass {command}")), "{command}");
    }
}

#[test]
fn a_slip_of_the_hand_gets_a_suggestion() {
    let desk = Desk::new();
    desk.call(&["bacth"]).ends_with(2).err_has("'batch'");
    desk.call(&["batch", "x.toml", "--run", "5"]).ends_with(2).err_has("'--runs'");
    desk.call(&["batch", "x.toml", "--runs", "many"]).ends_with(2).err_has("a whole number is needed");
    desk.call(&["batch", "x.toml", "--runs", "0"]).ends_with(2).err_has("at least 1");
}

#[test]
fn completions_are_made_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        Desk::new().call(&["completions", shell]).succeeds().out_has("canvass");
    }
}

#[test]
fn the_schema_is_json() {
    let said = Desk::new().call(&["schema"]).succeeds();
    let schema: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert!(schema["properties"]["contingency"].is_object());
}
