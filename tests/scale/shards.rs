//! `canvass shard`: plan, run, missing, merge, verify, sbatch.

use crate::desk::{planned, run_shards, same, scattered};
use crate::program::{Desk, is_whole};
use canvass::report::{PartHead, PartReader, PartWriter};
use canvass::scenario::Loaded;
use canvass::study::Columns;
use canvass::world::Model;
use std::process::Stdio;

/// The numbers of shards in an order of their own, every third twice.
fn shuffled(shards: u64) -> Vec<u64> {
    let mut order: Vec<u64> = (0..shards).chain((0..shards).step_by(3)).collect();
    for (place, other) in (1..order.len()).zip(scattered(1 << 20)) {
        order.swap(place, other as usize % (place + 1));
    }
    order
}

#[test]
fn any_number_of_shards_in_any_order_gives_the_bytes_of_one_batch() {
    let desk = Desk::with_starter();
    desk.call(&["batch", "starter.toml", "--runs", "600", "-o", "one"]).succeeds();
    for shards in [1, 7, 64] {
        planned(&desk, 600, shards);
        run_shards(&desk, shuffled(shards));
        // One part is damaged on the way.
        let bad = shards / 2;
        let path = desk.path(&format!("big/part-{bad:05}.runs"));
        let mut bytes = std::fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 16;
        std::fs::write(&path, bytes).unwrap();
        desk.call(&["shard", "merge", "big", "-o", "merged"])
            .ends_with(2)
            .err_has(&format!("part-{bad:05}.runs"))
            .err_has("is damaged")
            .err_has(&format!("1 shard to be run: {bad}"));
        assert!(!desk.path("merged").exists());
        run_shards(&desk, [bad]);
        desk.call(&["shard", "merge", "big", "-o", "merged"])
            .succeeds()
            .out_has("95 % interval")
            .out_has("600 runs each");
        same(&desk, "one", "merged");
        std::fs::remove_dir_all(desk.path("big")).unwrap();
        std::fs::remove_dir_all(desk.path("merged")).unwrap();
    }
}

#[test]
fn plans_seed_and_first_run_are_those_of_the_plan() {
    let desk = Desk::with_starter();
    let options = ["--plan", "with-mirror", "--seed", "9", "--first", "50", "--runs", "100"];
    desk.call(&[&["batch", "starter.toml", "-o", "one"], &options[..]].concat()).succeeds();
    desk.call(&[&["shard", "plan", "starter.toml", "--shards", "3", "-o", "big"], &options[..]].concat()).succeeds();
    run_shards(&desk, [2, 0, 1]);
    desk.call(&["shard", "merge", "big", "-o", "merged", "-q"]).succeeds();
    same(&desk, "one", "merged");
}

#[test]
fn a_scenario_takes_its_parts_along() {
    let desk = Desk::new();
    let library = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios");
    std::fs::create_dir_all(desk.path("here/parts/law")).unwrap();
    for file in [
        "certification.toml",
        "parts/camps-mirrored.toml",
        "parts/law/calendar-us-state.toml",
        "parts/law/rules-us-state.toml",
        "parts/offices.toml",
        "parts/platform-micro-fast.toml",
        "parts/platform-social-large.toml",
    ] {
        std::fs::copy(format!("{library}/{file}"), desk.path("here").join(file)).unwrap();
    }
    let ended = desk.call(&["batch", "here/certification.toml", "--runs", "8", "-o", "one", "-q"]).code;
    desk.call(&["shard", "plan", "here/certification.toml", "--runs", "8", "--shards", "2", "-o", "big"]).succeeds();
    std::fs::remove_dir_all(desk.path("here")).unwrap();
    run_shards(&desk, [0, 1]);
    assert_eq!(desk.call(&["shard", "merge", "big", "-o", "merged", "-q"]).code, ended);
    same(&desk, "one", "merged");
}

#[test]
fn missing_names_the_shards_as_schedulers_read_them() {
    let desk = Desk::with_starter();
    planned(&desk, 200, 20);
    assert_eq!(desk.call(&["shard", "missing", "big"]).succeeds().out, "0-19\n");
    run_shards(&desk, (0..17).filter(|shard| *shard != 3));
    assert_eq!(desk.call(&["shard", "missing", "big"]).succeeds().out, "3,17-19\n");
    assert_eq!(desk.call(&["shard", "missing", "big", "--each"]).succeeds().out, "3\n17\n18\n19\n");
    desk.call(&["shard", "sbatch", "big"]).succeeds().out_has("#SBATCH --array=3,17-19\n").out_has("/big'");
    desk.call(&["shard", "merge", "big", "-o", "merged"])
        .ends_with(2)
        .err_has("4 shards to be run: 3,17-19")
        .err_has("canvass shard run big 3");
    assert!(!desk.path("merged").exists());
    run_shards(&desk, [3, 17, 18, 19]);
    assert_eq!(desk.call(&["shard", "missing", "big"]).succeeds().out, "");
    desk.call(&["shard", "sbatch", "big"]).ends_with(2).err_has("canvass shard merge big");
}

#[test]
fn a_scheduler_may_give_the_number() {
    let desk = Desk::with_starter();
    planned(&desk, 30, 3);
    for (shard, variable) in ["SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX", "HQ_TASK_ID"].iter().enumerate() {
        let output = desk.command(&["shard", "run", "big"]).env(variable, shard.to_string()).output().unwrap();
        assert!(String::from_utf8(output.stdout).unwrap().contains(&format!("part-0000{shard}.runs")));
    }
    desk.call(&["shard", "run", "big"]).ends_with(2).err_has("which shard?").err_has("SLURM_ARRAY_TASK_ID");
    desk.call(&["shard", "run", "big", "3"]).ends_with(2).err_has("no shard 3").err_has("from 0 to 2");
    let output = desk.command(&["shard", "run", "big"]).env("HQ_TASK_ID", "many").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_folder_has_one_plan() {
    let desk = Desk::with_starter();
    planned(&desk, 30, 3);
    planned(&desk, 30, 3);
    let again =
        |options: &[&str]| desk.call(&[&["shard", "plan", "starter.toml", "-o", "big"], options].concat()).ends_with(2);
    again(&["--runs", "30", "--shards", "4"])
        .err_has("30 runs from 0 in 4 shards are wanted, there 30 runs from 0 in 3 shards");
    again(&["--runs", "30", "--shards", "3", "--seed", "1"]).err_has("the seed is 1, there");
    again(&["--runs", "2", "--shards", "3"]).err_has("at most --shards 2");
    desk.call(&["shard", "plan", "starter.toml", "--shards", "3", "-o", "."])
        .ends_with(2)
        .err_has("files that are not from Canvass");
    for step in [
        &["run", "nowhere", "0"][..],
        &["missing", "nowhere"],
        &["merge", "nowhere"],
        &["verify", "nowhere"],
        &["sbatch", "nowhere"],
    ] {
        desk.call(&[&["shard"], step].concat())
            .ends_with(2)
            .err_has("nowhere holds no plan")
            .err_has("canvass shard plan");
    }
}

#[test]
fn a_scenario_that_was_changed_after_the_plan_is_refused() {
    let desk = Desk::with_starter();
    planned(&desk, 30, 3);
    let text = desk.read("big/starter.toml");
    desk.write("big/starter.toml", &format!("{text}\n# changed\n"));
    desk.call(&["shard", "run", "big", "0"]).ends_with(2).err_has("the scenario is starter (").err_has("plan anew");
}

#[test]
fn parts_of_another_version_are_refused() {
    let desk = Desk::with_starter();
    planned(&desk, 30, 3);
    run_shards(&desk, 0..3);
    let plan = desk.read("big/manifest.json");
    let version = format!("\"canvass\": \"{}\"", env!("CARGO_PKG_VERSION"));
    assert!(plan.contains(&version));
    desk.write("big/manifest.json", &plan.replace(&version, "\"canvass\": \"9.9.9\""));
    for step in [&["run", "big", "0"][..], &["missing", "big"], &["merge", "big", "-o", "merged"], &["verify", "big"]] {
        desk.call(&[&["shard"], step].concat()).ends_with(2).err_has("the version of Canvass is").err_has("9.9.9");
    }
}

#[test]
fn a_bad_part_is_named_and_made_again() {
    let desk = Desk::with_starter();
    desk.call(&["batch", "starter.toml", "--runs", "300", "-o", "one"]).succeeds();
    planned(&desk, 300, 6);
    run_shards(&desk, 0..6);
    let path = desk.path("big/part-00004.runs");
    let good = std::fs::read(&path).unwrap();
    let other = {
        let desk = Desk::with_starter();
        desk.call(&["shard", "plan", "starter.toml", "--runs", "300", "--shards", "6", "--seed", "4", "-o", "big"])
            .succeeds();
        run_shards(&desk, [4]);
        std::fs::read(desk.path("big/part-00004.runs")).unwrap()
    };
    let elsewhere = {
        let desk = Desk::with_starter();
        let text = desk.read("starter.toml");
        desk.write("starter.toml", &text.replace("uniform(2min, 8min)", "uniform(2min, 9min)"));
        planned(&desk, 300, 6);
        run_shards(&desk, [4]);
        std::fs::read(desk.path("big/part-00004.runs")).unwrap()
    };
    let mut flipped = good.clone();
    flipped[good.len() / 2] ^= 1;
    let version = format!("\"canvass\":\"{}\"", env!("CARGO_PKG_VERSION"));
    let line = String::from_utf8_lossy(good.split(|byte| *byte == b'\n').next().unwrap())
        .replace(&version, "\"canvass\":\"9.9.9\"");
    let bad: [(Vec<u8>, &str); 8] = [
        (flipped, "is damaged"),
        (good[..good.len() - 20].to_vec(), "is cut off"),
        (good[..100].to_vec(), "its first line is cut off"),
        (Vec::new(), "its first line is cut off"),
        ([&good[..], b"more"].concat(), "something follows its end"),
        (other, "is of another study: the seed is 4"),
        (elsewhere, "is of another study: the scenario is starter ("),
        ([line.as_bytes(), b"\n"].concat(), "the version of Canvass is 9.9.9"),
    ];
    for (bytes, what) in bad {
        std::fs::write(&path, bytes).unwrap();
        desk.call(&["shard", "merge", "big", "-o", "merged"])
            .ends_with(2)
            .err_has("1 shard to be run: 4")
            .err_has("part-00004.runs")
            .err_has(what)
            .err_has("canvass shard run big 4");
        assert!(!desk.path("merged").exists());
        desk.call(&["shard", "missing", "big"]).succeeds().out_has("4\n").err_has(what);
        desk.call(&["shard", "run", "big", "4"]).succeeds().err_has("making it again");
        assert!(std::fs::read(&path).unwrap() == good);
    }
    std::fs::copy(desk.path("big/part-00003.runs"), &path).unwrap();
    desk.call(&["shard", "merge", "big"])
        .ends_with(2)
        .err_has("it holds 50 runs from 150, in the plan 50 runs from 200");
    run_shards(&desk, [4]);
    desk.call(&["shard", "merge", "big", "-o", "merged"]).succeeds();
    same(&desk, "one", "merged");
    is_whole(&desk.path("merged"));
}

#[test]
fn verify_finds_runs_that_this_machine_makes_otherwise() {
    let desk = Desk::with_starter();
    planned(&desk, 60, 3);
    run_shards(&desk, [0, 1]);
    desk.call(&["shard", "verify", "big", "--sample", "60"]).succeeds().out_has("40 runs made again, all the same");
    // A part with good checksums, made by a program that does something else in run 33.
    let loaded = Loaded::read(&desk.path("starter.toml")).unwrap();
    let model = Model::compile(&loaded.plan("today").unwrap()).unwrap();
    let columns = Columns::of(&model);
    let path = desk.path("big/part-00001.runs");
    let mut part = PartReader::open(&path, &columns).unwrap();
    let head: PartHead = part.head().clone();
    let mut forged = PartWriter::new(Vec::new(), &path, &head).unwrap();
    while let Some((run, outcomes)) = part.next_run().unwrap() {
        let mut outcomes = outcomes.to_vec();
        if run == 33 {
            outcomes[0].measures[0] += 1.0;
        }
        forged.push(run, &outcomes).unwrap();
    }
    std::fs::write(&path, forged.finish().unwrap()).unwrap();
    assert_eq!(desk.call(&["shard", "missing", "big"]).succeeds().out, "2\n");
    desk.call(&["shard", "verify", "big", "--sample", "60"])
        .ends_with(1)
        .err_has("runs 33 differ")
        .err_has("part-00001.runs");
}

#[test]
fn two_machines_may_make_the_same_shard_at_once() {
    let desk = Desk::with_starter();
    desk.call(&["batch", "starter.toml", "--runs", "2000", "-o", "one"]).succeeds();
    planned(&desk, 2_000, 1);
    let command = |_| desk.command(&["shard", "run", "big", "0"]).stdout(Stdio::null()).spawn().unwrap();
    let both: Vec<_> = (0..2).map(command).collect();
    for mut child in both {
        assert!(child.wait().unwrap().success());
    }
    desk.call(&["shard", "merge", "big", "-o", "merged"]).succeeds();
    same(&desk, "one", "merged");
}
