//! `canvass batch --resume`: what was interrupted goes on, and ends with the same bytes.

use crate::desk::same;
use crate::program::{Desk, Said, is_whole};
use std::process::Command;
use std::time::Duration;

const JOURNAL: &str = "out/.canvass-unfinished";

/// Starts a batch and ends it in this way once it has finished some runs.
fn cut_short(desk: &Desk, arguments: &[&str], signal: &str) -> Said {
    let mut child = desk.command(arguments).spawn().unwrap();
    while std::fs::metadata(desk.path(JOURNAL)).map_or(0, |found| found.len()) < 50_000 {
        assert!(child.try_wait().unwrap().is_none(), "the batch was over before it could be cut short");
        std::thread::sleep(Duration::from_millis(2));
    }
    assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
    child.wait_with_output().unwrap().into()
}

const LONG: [&str; 6] = ["batch", "starter.toml", "--runs", "20000", "-o", "out"];

#[test]
fn an_interrupted_batch_goes_on_with_the_options_it_had() {
    let desk = Desk::with_starter();
    desk.call(&["batch", "starter.toml", "--runs", "20000", "--seed", "5", "--plan", "today", "-o", "one"]);
    let options = ["--seed", "5", "--plan", "today"];
    cut_short(&desk, &[&LONG, &options[..]].concat(), "-INT")
        .ends_with(130)
        .err_has("canvass batch starter.toml -o out --resume")
        .out_has("95 % interval");
    assert_eq!(is_whole(&desk.path("out"))["complete"], false);
    let said = desk.call(&["batch", "starter.toml", "-o", "out", "--resume"]).err_has("going on after");
    assert!(matches!(said.code, Some(0 | 3)), "{}", said.err);
    same(&desk, "one", "out");
}

#[test]
fn a_batch_killed_and_killed_again_goes_on() {
    let desk = Desk::with_starter();
    desk.call(&[&LONG[..4], &["-o", "one"]].concat());
    cut_short(&desk, &LONG, "-KILL");
    let length = || std::fs::metadata(desk.path(JOURNAL)).unwrap().len();
    let before = length();
    // What was not written out whole is cut off and made again.
    let file = std::fs::File::options().write(true).open(desk.path(JOURNAL)).unwrap();
    file.set_len(before - 11).unwrap();
    let mut child = desk.command(&[&LONG[..], &["--resume"]].concat()).spawn().unwrap();
    while length() < before + 50_000 {
        assert!(child.try_wait().unwrap().is_none());
        std::thread::sleep(Duration::from_millis(2));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    desk.call(&[&LONG[..], &["--resume"]].concat()).err_has("going on after");
    same(&desk, "one", "out");
}

#[test]
fn a_batch_in_waves_goes_on() {
    let desk = Desk::with_starter();
    let waves = ["--runs", "500", "--until", "share(dark-page, today) within 0.3 %", "--max-runs", "20000"];
    desk.call(&[&["batch", "starter.toml", "-o", "one"], &waves[..]].concat());
    cut_short(&desk, &[&["batch", "starter.toml", "-o", "out"], &waves[..]].concat(), "-KILL");
    desk.call(&["batch", "starter.toml", "-o", "out", "--resume", "--until", "share(dark-page, today) within 2 %"])
        .ends_with(2)
        .err_has("--until")
        .err_has("leave out --resume");
    desk.call(&["batch", "starter.toml", "-o", "out", "--resume"]).err_has("going on after").out_has("wave");
    same(&desk, "one", "out");
}

#[test]
fn what_differs_is_named_and_nothing_is_lost() {
    let desk = Desk::with_starter();
    desk.call(&[&LONG[..4], &["-o", "one"]].concat());
    cut_short(&desk, &LONG, "-KILL");
    let kept = std::fs::read(desk.path(JOURNAL)).unwrap();
    let refused = |options: &[&str], what: &str| {
        desk.call(&[&["batch", "starter.toml", "-o", "out", "--resume"], options].concat()).ends_with(2).err_has(what);
        assert!(std::fs::read(desk.path(JOURNAL)).unwrap() == kept);
    };
    refused(&["--seed", "6"], "was asked for with --seed 20261103, not 6");
    refused(&["--runs", "30000"], "was asked for with --runs 20000, not 30000");
    refused(&["--first", "7"], "was asked for with --first 0, not 7");
    refused(&["--plan", "today"], "the list of plans is today, in the interrupted batch today, with-mirror");
    let text = desk.read("starter.toml");
    desk.write("starter.toml", &text.replace("uniform(2min, 8min)", "uniform(2min, 9min)"));
    refused(&[], "the scenario is starter (");
    desk.write("starter.toml", &text);
    let version = format!("\"canvass\":\"{}\"", env!("CARGO_PKG_VERSION")).into_bytes();
    let place = kept.windows(version.len()).position(|window| window == version).unwrap() + version.len() - 2;
    let mut other = kept.clone();
    other[place] = b'x';
    std::fs::write(desk.path(JOURNAL), other).unwrap();
    desk.call(&["batch", "starter.toml", "-o", "out", "--resume"]).ends_with(2).err_has("the version of Canvass is");
    std::fs::write(desk.path(JOURNAL), kept).unwrap();
    desk.call(&["batch", "starter.toml", "-o", "out", "--resume"]).err_has("going on after");
    same(&desk, "one", "out");
}

#[test]
fn with_nothing_to_go_on_with_it_begins() {
    let desk = Desk::with_starter();
    desk.call(&["batch", "starter.toml", "--runs", "2000", "-o", "one"]).succeeds();
    desk.call(&["batch", "starter.toml", "--runs", "2000", "-o", "out", "--resume"])
        .succeeds()
        .err_has("beginning with run 0");
    same(&desk, "one", "out");
    desk.call(&["batch", "starter.toml", "--runs", "2000", "-o", "out", "--resume"]).succeeds();
    same(&desk, "one", "out");
}
