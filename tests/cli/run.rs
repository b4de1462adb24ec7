//! `run`: a story, its events, and the proof that it can be told again.

use crate::program::{Desk, rows};

#[test]
fn a_story_is_told_in_eighty_columns() {
    let desk = Desk::with_starter();
    for run in ["0", "1", "2", "3"] {
        let said = desk
            .call(&["run", "starter.toml", "--run", run])
            .succeeds()
            .out_has("plan today")
            .out_has("What the planner feared");
        for line in said.out.lines() {
            assert!(line.chars().count() <= 80, "more than 80 columns: {line}");
        }
    }
}

#[test]
fn the_same_run_is_the_same_story() {
    let desk = Desk::with_starter();
    let tell = |run| desk.call(&["run", "starter.toml", "--run", run, "--all"]).succeeds().out;
    assert_eq!(tell("7"), tell("7"));
    assert_ne!(tell("7"), tell("8"));
}

#[test]
fn a_story_agrees_with_its_row_in_the_batch() {
    let desk = Desk::with_starter();
    desk.call(&["batch", "starter.toml", "--runs", "40", "--plan", "today"]);
    let table = desk.read("outputs/starter/runs.csv");
    for record in csv::Reader::from_reader(table.as_bytes()).records().map(|record| record.unwrap()) {
        let said = desk.call(&["run", "starter.toml", "--plan", "today", "--run", &record[1]]).succeeds();
        let happened = !said.out.contains("did not happen  The results page");
        assert_eq!(happened, &record[4] == "1", "run {}:\n{}", &record[1], said.out);
    }
}

#[test]
fn events_are_kept_and_a_replay_is_verified_to_the_first_difference() {
    let desk = Desk::with_starter();
    desk.call(&["run", "starter.toml", "--run", "3", "--events", "e.csv"]).succeeds().out_has("e.csv");
    let events = desk.read("e.csv");
    assert!(events.starts_with("run,id,cause,time_h,clock,process,subject,text,because\n"));
    assert!(rows(&events) > 0);
    desk.call(&["run", "starter.toml", "--run", "3", "--verify", "e.csv"]).succeeds().out_has("the replay is the same");
    desk.write("changed.csv", &events.replacen("\n3,", "\n4,", 1));
    desk.call(&["run", "starter.toml", "--run", "3", "--verify", "changed.csv"])
        .ends_with(1)
        .out_has("the replay differs at line 2");
    desk.call(&["run", "starter.toml", "--verify", "missing.csv"]).ends_with(2).err_has("cannot read missing.csv");
}

#[test]
fn an_unknown_plan_gets_a_suggestion() {
    let desk = Desk::with_starter();
    desk.call(&["run", "starter.toml", "--plan", "tody"]).ends_with(2).err_has("did you mean `today`?");
    desk.call(&["run", "starter.toml", "--plan", "nothing-like-it"]).ends_with(2).err_has("`today` and `with-mirror`");
}
