//! `compare`, `choose` and `--until` as their users meet them.

use crate::program::{Desk, is_whole, rows};

/// A forum that shortens the time until something is known, helps confidence, and leaves turnout alone.
const FORUM: &str = include_str!("forum.toml");

fn desk() -> Desk {
    let desk = Desk::with_starter();
    desk.write("forum.toml", FORUM);
    desk
}

#[test]
fn a_comparison_ends_with_a_table_verdicts_a_sentence_and_files() {
    let said = desk()
        .call(&["compare", "starter.toml"])
        .succeeds()
        .out_has("2 plans on the same 2,000 runs")
        .out_has("Against today")
        .out_has("with-mirror: better on")
        .out_has("together (Holm)")
        .out_has("outputs/starter-compare/compare.csv");
    let sentence = said.out.replace('\n', " ");
    assert!(sentence.contains("runs under these assumptions, the gain of plan with-mirror"), "{sentence}");
    for line in said.out.lines() {
        assert!(line.chars().count() <= 80, "more than 80 columns: {line}");
    }
}

#[test]
fn the_files_of_a_comparison_are_whole_and_in_the_dictionary() {
    let desk = desk();
    desk.call(&["compare", "starter.toml", "--runs", "500"]).succeeds();
    let manifest = is_whole(&desk.path("outputs/starter-compare"));
    assert_eq!((&manifest["format"], &manifest["options"]["against"]), (&"canvass-compare-1".into(), &"today".into()));
    let dictionary = desk.read("outputs/starter-compare/dictionary.csv");
    for file in ["compare.csv", "plans.csv", "verdicts.csv", "outcomes.csv", "evidence.csv"] {
        let table = desk.read(&format!("outputs/starter-compare/{file}"));
        assert!(rows(&table) > 0, "{file}");
        for heading in table.lines().next().unwrap().split(',') {
            assert!(dictionary.contains(&format!("\n{file},{heading},")), "{file}: {heading}");
        }
    }
}

#[test]
fn threads_change_no_byte_of_a_comparison_or_a_choice() {
    let desk = desk();
    for (threads, folder) in [("1", "a"), ("4", "b")] {
        let common = ["--runs", "400", "--threads", threads, "-q"];
        desk.call(&[&["compare", "starter.toml", "-o", folder][..], &common].concat()).succeeds();
        let out = format!("{folder}-choice");
        let choose = ["choose", "starter.toml", "--budget", "9", "--for", "dark-page", "-o", &out];
        desk.call(&[&choose[..], &common].concat()).succeeds();
    }
    for (one, other) in [("a", "b"), ("a-choice", "b-choice")] {
        for file in desk.list(one) {
            assert!(desk.read(&format!("{one}/{file}")) == desk.read(&format!("{other}/{file}")), "{one}/{file}");
        }
    }
}

/// What somebody would say of a forum: it buys hours and confidence, not votes.
#[test]
fn a_gain_in_hours_and_confidence_but_not_turnout_is_said_so() {
    let said = desk().call(&["compare", "forum.toml", "-q"]).succeeds();
    let sentence = said.out.split("\n\n").last().unwrap().replace('\n', " ");
    for part in [
        "the gain of plan forum over plan no-forum is in",
        "“Hours until it is known who did it” (",
        " h less on average",
        "“Confidence that votes count as cast” (",
        "not in “Share of people kept from voting”, where no difference is shown",
    ] {
        assert!(sentence.contains(part), "{part:?} is not in: {sentence}");
    }
}

#[test]
fn plans_of_several_files_and_grids_are_held_against_one_another() {
    let desk = desk();
    desk.write("other.toml", &desk.read("starter.toml"));
    let said = desk
        .call(&["compare", "starter.toml", "other.toml", "--plan", "today", "--runs", "200"])
        .succeeds()
        .out_has("Against starter/today");
    assert!(said.out.contains("other/today: no difference shown"), "{}", said.out);
    let grid = ["--grid", "response.mirror.takes=2min,3h", "--plan", "with-mirror", "--runs", "500"];
    desk.call(&[&["compare", "starter.toml"][..], &grid].concat())
        .succeeds()
        .out_has("Against with-mirror takes=2min")
        .out_has("with-mirror takes=3h: worse on");
}

#[test]
fn what_cannot_be_compared_is_refused_before_the_first_run() {
    let desk = desk();
    let refused = |options: &[&str], error: &str, help: &str| {
        desk.call(&[&["compare", "starter.toml"][..], options].concat()).ends_with(2).err_has(error).err_has(help);
    };
    refused(&["--plan", "today"], "only one plan", "--grid");
    refused(&["--plan", "tody"], "no plan `tody`", "did you mean `today`?");
    refused(&["--against", "mirror"], "no plan `mirror`", "with-mirror");
    refused(&["--grid", "response.mirror.takes"], "is no grid", "--grid");
    refused(&["--grid", "response.mirror.take=2min"], "has no key `take`", "did you mean");
    refused(&["--grid", "response.mirror.takes=2mni"], "2mni", "");
    refused(&["--until", "dark-pag within 1 %"], "dark-pag", "did you mean `dark-page`?");
    assert!(!desk.path("outputs").exists());
}

#[test]
fn a_batch_goes_on_until_a_share_is_known() {
    let desk = desk();
    desk.call(&["batch", "starter.toml", "--until", "dark-page within 2 %", "--max-runs", "20000"])
        .succeeds()
        .out_has("✓ known as well as was wanted")
        .out_has("share(dark-page, with-mirror) is");
    let manifest = is_whole(&desk.path("outputs/starter"));
    assert_eq!(manifest["complete"], true);
    assert_eq!(manifest["runs"]["count"], manifest["runs"]["requested"]);
    desk.call(&["batch", "starter.toml", "--runs", "100", "--until", "dark-page within 0.01 %", "--max-runs", "400"])
        .succeeds()
        .out_has("– not yet known as well as was wanted: 400 runs, wave 3 of at most 3");
}

#[test]
fn a_choice_ends_with_a_frontier_a_sentence_and_a_plan() {
    let desk = desk();
    let said = desk
        .call(&["choose", "starter.toml", "--budget", "9", "--for", "dark-page", "--runs", "500"])
        .succeeds()
        .out_has("▸ ")
        .out_has("this picks it with a")
        .out_has("of simulated runs under these assumptions")
        .out_has("[plan.chosen]");
    for line in said.out.lines() {
        assert!(line.chars().count() <= 80, "more than 80 columns: {line}");
    }
    is_whole(&desk.path("outputs/starter-choose"));
    let refused = |options: &[&str], error: &str| {
        desk.call(&[&["choose", "starter.toml"][..], options].concat()).ends_with(2).err_has(error);
    };
    refused(&["--budget", "1", "--for", "dark-pag"], "did you mean `dark-page`?");
    refused(&["--budget", "-1", "--for", "dark-page"], "--budget");
    refused(&["--budget", "1", "--for", "dark-page", "--worth", "5min"], "does not fit");
}
