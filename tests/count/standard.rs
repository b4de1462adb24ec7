//! The ready-made contingencies: each can be switched on with one line, and its thresholds can be replaced.

use canvass::scenario::Loaded;
use canvass::world::{Model, World};
use std::fmt::Write as _;

const STATE: &str = r#"
[scenario]
title    = "Every ready-made contingency"
question = "Can each be watched?"
start    = 2028-11-07T20:00:00-05:00
end      = 2029-01-20T12:00:00-05:00

[milestone.election-day]
at = "start"

[asset.page]

[contest.president]
candidates = ["harbor", "ridge"]
award      = "electors"
to-win     = 6
rules      = "us-ecra"
claims     = "100 %"

[jurisdiction.alder]
contest       = "president"
electors      = 10
ballots       = 100_000
margin        = "1 %"
closes        = "start"
feed          = "page"
modes         = { early = "20 %", mail = "30 %", drop-off = "3 %", late = 0, provisional = "1 %", overseas = 0, online = "1 %" }
certification = { local = "start + 14d", state = "start + 21d" }
recount       = { automatic = "0.5 %" }
audit         = { method = "polling" }
lines         = { places = 40, stations = 4, check-in = "2min", open = "13h", staffing = "50 %" }
online        = { portal = "page" }
"#;

fn with_all(more: &str) -> String {
    let mut text = STATE.to_owned();
    for number in 1..=25 {
        writeln!(text, "\n[contingency.c{number}]\nstandard = \"C{number}\"").expect("a string takes any text");
    }
    text + more
}

fn happened(text: &str, id: &str) -> bool {
    let loaded = Loaded::from_text("standard.toml", text);
    let scenario = loaded.scenario().unwrap_or_else(|| panic!("{:#?}", loaded.problems()));
    let model = Model::compile(scenario).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let place = model.contingencies().iter().position(|column| column.id == id).expect("the contingency is there");
    let mut world = World::new(&model, 7);
    (0..20).any(|run| world.run(run).contingencies[place].onset.is_some())
}

#[test]
fn all_twenty_five_can_be_watched_with_one_line_each() {
    let text = with_all("");
    let loaded = Loaded::from_text("standard.toml", &text);
    let scenario = loaded.scenario().unwrap_or_else(|| panic!("{:#?}", loaded.problems()));
    let model = Model::compile(scenario).unwrap_or_else(|problems| panic!("{problems:#?}"));
    assert_eq!(model.contingencies().len(), 25);
    assert!(model.contingencies().iter().all(|column| !column.title.is_empty() && !column.source.contains('{')));
}

#[test]
fn half_the_poll_workers_make_c13_and_a_lower_bar_unmakes_it() {
    assert!(happened(&with_all(""), "c13"));
    let lower = with_all("").replace("standard = \"C13\"", "standard = \"C13\"\nabove = \"40 %\"");
    assert!(!happened(&lower, "c13"));
}

#[test]
fn c4_needs_half_an_hour_of_darkness_unless_the_file_says_otherwise() {
    let outage =
        "\n[hazard.cut]\nat = \"start + 1h\"\neffect = { disrupt = { asset = \"page\", lasts = \"20min\" } }\n";
    assert!(!happened(&with_all(outage), "c4"));
    let shorter = with_all(outage).replace("standard = \"C4\"", "standard = \"C4\"\nfor = \"15min\"");
    assert!(happened(&shorter, "c4"));
}

#[test]
fn a_claim_at_once_is_premature_and_a_contest_without_its_jurisdiction_is_asked_for() {
    let at_once = with_all("").replace("claims     = \"100 %\"", "claims = \"100 %\"\nclaims-after = \"90min\"");
    assert!(happened(&at_once, "c3"));
    let two = format!("{STATE}\n{}\n[contingency.c8]\nstandard = \"C8\"\n", second_jurisdiction());
    let loaded = Loaded::from_text("standard.toml", &two);
    let scenario = loaded.scenario().unwrap_or_else(|| panic!("{:#?}", loaded.problems()));
    let problems = Model::compile(scenario).expect_err("which of the two is not said");
    assert!(problems[0].message.contains("which jurisdiction"), "{problems:?}");
}

fn second_jurisdiction() -> &'static str {
    "[jurisdiction.birch]\ncontest = \"president\"\nelectors = 4\nballots = 50_000\nmargin = \"-8 %\"\ncloses = \"start\"\n"
}
