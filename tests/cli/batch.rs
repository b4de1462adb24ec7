//! `batch`: odds, files, exit codes, and what happens when it is cut short.

use crate::program::{Desk, is_whole, rows};
use std::io::Read as _;
use std::process::{Command, Stdio};
use std::time::Duration;

#[test]
fn a_batch_ends_with_odds_a_sentence_and_files() {
    let desk = Desk::with_starter();
    let said = desk
        .call(&["batch", "starter.toml"])
        .succeeds()
        .out_has("✓ share(dark-page, with-mirror) < share(dark-page, today)")
        .out_has("95 % interval")
        .out_has("2,000 runs each")
        .out_has("of 2,000 simulated runs under these assumptions")
        .out_has("outputs/starter/runs.csv");
    assert_eq!(said.err, "", "nothing but results when there is no terminal");
    for line in said.out.lines() {
        assert!(line.chars().count() <= 80, "more than 80 columns: {line}");
    }
    assert_eq!(
        desk.list("outputs/starter"),
        [
            "contingencies.csv",
            "datapackage.json",
            "dictionary.csv",
            "evidence.csv",
            "manifest.json",
            "runs.csv",
            "series.csv",
            "starter.toml",
            "summary.csv"
        ]
    );
    let manifest = is_whole(&desk.path("outputs/starter"));
    assert_eq!(manifest["complete"], true);
    assert_eq!(manifest["plans"], serde_json::json!(["today", "with-mirror"]));
    assert_eq!(rows(&desk.read("outputs/starter/runs.csv")), 4_000);
}

#[test]
fn results_hold_the_scenario_they_were_made_from() {
    let desk = Desk::with_starter();
    let original = desk.read("starter.toml");
    desk.call(&["batch", "starter.toml", "--runs", "50", "-o", "kept", "-q"]);
    assert_eq!(desk.read("kept/starter.toml"), original);
    desk.write("starter.toml", &original.replace("runs", "# runs"));
    let story = desk.call(&["run", "kept", "--run", "7"]).succeeds().out;
    desk.write("starter.toml", &original);
    assert_eq!(story, desk.call(&["run", "starter.toml", "--run", "7"]).succeeds().out);
    // A copy that somebody has changed does not pass for what was run.
    desk.write("kept/starter.toml", &format!("{original}\n# changed"));
    std::fs::remove_file(desk.path("starter.toml")).unwrap();
    desk.call(&["explain", "kept", "--contingency", "dark-page"]).ends_with(2).err_has("`starter.toml` has changed");
}

#[test]
fn threads_and_repetition_change_no_byte() {
    let desk = Desk::with_starter();
    for (threads, folder) in [("1", "a"), ("2", "b"), ("8", "c"), ("8", "d")] {
        desk.call(&["batch", "starter.toml", "--runs", "500", "--threads", threads, "-o", folder, "-q"]);
    }
    for file in desk.list("a") {
        let one = desk.read(&format!("a/{file}"));
        for folder in ["b", "c", "d"] {
            assert!(desk.read(&format!("{folder}/{file}")) == one, "{folder}/{file}");
        }
    }
}

#[test]
fn fewer_runs_are_the_beginning_of_more_and_first_gives_the_rest() {
    let desk = Desk::with_starter();
    desk.call(&["batch", "starter.toml", "--runs", "1000", "-o", "whole"]);
    desk.call(&["batch", "starter.toml", "--runs", "100", "-o", "beginning"]);
    desk.call(&["batch", "starter.toml", "--first", "100", "--runs", "900", "-o", "rest"]);
    let whole = desk.read("whole/runs.csv");
    let beginning = desk.read("beginning/runs.csv");
    assert!(whole.starts_with(&beginning));
    let rest = desk.read("rest/runs.csv");
    let (_, rest) = rest.split_once('\n').unwrap();
    assert!(whole == beginning + rest);
}

#[test]
fn a_plan_runs_alone_as_it_runs_beside_others() {
    let desk = Desk::with_starter();
    desk.call(&["batch", "starter.toml", "--runs", "200", "-o", "both"]);
    desk.call(&["batch", "starter.toml", "--runs", "200", "-o", "one", "--plan", "with-mirror"])
        .succeeds()
        .out_has("1 check not made");
    let both = desk.read("both/runs.csv");
    let of_mirror: Vec<&str> = both.lines().filter(|line| !line.starts_with("today,")).collect();
    assert_eq!(desk.read("one/runs.csv").lines().collect::<Vec<_>>(), of_mirror);
}

#[test]
fn the_seed_changes_the_runs() {
    let desk = Desk::with_starter();
    desk.call(&["batch", "starter.toml", "--runs", "100", "-o", "a", "--seed", "1"]);
    desk.call(&["batch", "starter.toml", "--runs", "100", "-o", "b", "--seed", "2"]);
    assert_ne!(desk.read("a/runs.csv"), desk.read("b/runs.csv"));
}

#[test]
fn a_check_that_fails_is_shown_first_and_in_the_exit_code() {
    let desk = Desk::with_starter();
    let text = desk.read("starter.toml").replace("share(dark-page, with-mirror) <", "share(dark-page, with-mirror) >");
    desk.write("pessimist.toml", &text);
    desk.call(&["batch", "pessimist.toml"]).ends_with(3).out_has("✗ share").out_has("expected because: A mirror");
    is_whole(&desk.path("outputs/pessimist"));
}

#[test]
fn too_few_runs_are_doubted_aloud() {
    let desk = Desk::with_starter();
    let said = desk.call(&["batch", "starter.toml", "--runs", "100"]).out_has("points at worst; --runs 1000 gives");
    assert!(said.code == Some(0) || said.code == Some(3));
}

#[test]
fn quiet_says_only_results() {
    let desk = Desk::with_starter();
    let said = desk.call(&["batch", "starter.toml", "--runs", "200", "-q"]).out_has("95 % interval");
    assert!(!said.out.contains("outputs/") && said.err.is_empty());
}

#[test]
fn a_folder_that_will_not_do_is_found_out_before_the_first_run() {
    let desk = Desk::with_starter();
    desk.write("blocked", "a file where a folder should be");
    desk.call(&["batch", "starter.toml", "-o", "blocked/results", "--runs", "100000000"])
        .ends_with(1)
        .err_has("cannot make blocked/results");
    desk.call(&["batch", "starter.toml", "-o", ".", "--runs", "100000000"])
        .ends_with(1)
        .err_has("holds files that are not from Canvass");
    assert_eq!(desk.list("."), ["blocked", "starter.toml"]);
}

#[cfg(unix)]
#[test]
fn an_interruption_keeps_the_finished_runs_and_says_how_to_go_on() {
    let desk = Desk::with_starter();
    let child = desk.command(&["batch", "starter.toml", "--runs", "100000000", "--threads", "2"]).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(1_500));
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    let said: crate::program::Said = child.wait_with_output().unwrap().into();
    let said = said.ends_with(130).err_has("interrupted after").err_has("--first").out_has("95 % interval");
    let manifest = is_whole(&desk.path("outputs/starter"));
    assert_eq!(manifest["complete"], false);
    let finished = manifest["runs"]["count"].as_u64().unwrap();
    assert!(finished > 0 && finished < 100_000_000);
    assert!(said.err.contains(&format!("--first {finished} --runs {}", 100_000_000 - finished)), "{}", said.err);
    assert_eq!(rows(&desk.read("outputs/starter/runs.csv")) as u64, 2 * finished);
}

#[cfg(unix)]
#[test]
fn a_killed_batch_leaves_no_file_by_its_name_and_the_folder_can_be_used_again() {
    let desk = Desk::with_starter();
    let mut child = desk.command(&["batch", "starter.toml", "--runs", "100000000"]).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(700));
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(desk.list("outputs/starter").iter().all(|name| name.starts_with(".canvass-")));
    desk.call(&["batch", "starter.toml", "--runs", "2000"]).succeeds();
}

#[test]
fn a_reader_who_hangs_up_is_no_error() {
    let desk = Desk::with_starter();
    for arguments in [&["schema"][..], &["batch", "starter.toml", "--runs", "2000"], &["run", "starter.toml"]] {
        let mut child = desk.command(arguments).spawn().unwrap();
        drop(child.stdout.take());
        let status = child.wait().unwrap();
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        assert_eq!((status.code(), err.as_str()), (Some(0), ""), "{arguments:?}");
    }
    is_whole(&desk.path("outputs/starter"));
}

#[test]
fn a_full_disk_is_a_failure_and_not_a_fault() {
    if !std::path::Path::new("/dev/full").exists() {
        return;
    }
    let desk = Desk::with_starter();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = desk.command(&["schema"]).stdout(Stdio::from(full)).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("cannot write the results"));
}
