//! Kills, full disks, folders that cannot be written to, two writers: a correct result or a clear refusal, never half a file.

use crate::desk::{contents, planned, run_shards, same, scattered};
use crate::program::{Desk, Said, is_whole};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Runs a shell script on a desk, with the program as `$canvass`.
fn shell(desk: &Desk, wrapper: &[&str], script: &str) -> Said {
    let line = [wrapper, &["sh", "-c", script]].concat();
    let mut command = Command::new(line[0]);
    command.args(&line[1..]).current_dir(desk.path(".")).env("canvass", env!("CARGO_BIN_EXE_canvass"));
    command.stdin(Stdio::null()).output().unwrap().into()
}

/// Whether file systems can be mounted within a process of its own; if not, says why.
fn can_mount() -> bool {
    let tried = Command::new("unshare").args(["-rm", "sh", "-c", "mount -t tmpfs none /mnt"]).output();
    match tried {
        Ok(output) if output.status.success() => true,
        Ok(output) => {
            eprintln!("left out, nothing can be mounted: {}", String::from_utf8_lossy(&output.stderr));
            false
        }
        Err(error) => {
            eprintln!("left out, there is no unshare: {error}");
            false
        }
    }
}

/// Asserts that whatever has a name in a folder is whole.
#[track_caller]
fn has_no_half_file(desk: &Desk, folder: &str) {
    let path = desk.path(folder);
    if path.join("manifest.json").exists() {
        let names = desk.list(folder);
        let manifest: serde_json::Value = serde_json::from_str(&desk.read(&format!("{folder}/manifest.json"))).unwrap();
        for file in manifest["files"].as_array().unwrap() {
            let name = file["name"].as_str().unwrap();
            assert!(names.iter().any(|known| known == name), "{name} is missing");
            let bytes = std::fs::read(path.join(name)).unwrap();
            assert_eq!(bytes.len() as u64, file["bytes"].as_u64().unwrap(), "{name}");
        }
    }
}

/// Each kill comes at another moment, most of them while runs are made and some while files are given their names.
#[cfg(unix)]
#[test]
fn a_hundred_kills_at_any_moment_never_leave_a_wrong_file() {
    let desk = Desk::with_starter();
    let batch = ["batch", "starter.toml", "--runs", "3000", "-q", "--resume", "--threads", "2", "-o"];
    let begun = Instant::now();
    let whole = desk.call(&[&batch[..], &["one"]].concat()).code;
    let longest = begun.elapsed().as_micros() as u64;
    let (mut kills, mut ends) = (0, 0);
    for moment in scattered(longest) {
        let mut child = desk.command(&[&batch[..], &["out"]].concat()).spawn().unwrap();
        std::thread::sleep(Duration::from_micros(moment));
        child.kill().unwrap();
        let said = child.wait_with_output().unwrap();
        let status = said.status;
        if status.code().is_some() {
            assert_eq!(status.code(), whole, "{}", String::from_utf8_lossy(&said.stderr));
            same(&desk, "one", "out");
            ends += 1;
            // Every other time the next batch writes over the results of this one.
            if ends % 2 == 0 {
                std::fs::remove_dir_all(desk.path("out")).unwrap();
            }
        } else {
            kills += 1;
            if desk.path("out").exists() {
                has_no_half_file(&desk, "out");
            }
        }
        if kills == 100 {
            break;
        }
    }
    assert_eq!(desk.call(&[&batch[..], &["out"]].concat()).code, whole);
    same(&desk, "one", "out");
    is_whole(&desk.path("out"));
}

#[cfg(unix)]
#[test]
fn a_killed_shard_leaves_no_part() {
    let desk = Desk::with_starter();
    desk.call(&["batch", "starter.toml", "--runs", "4000", "-q", "-o", "one"]);
    planned(&desk, 4_000, 2);
    for (shard, moment) in [0, 1].into_iter().cycle().zip(scattered(150)).take(20) {
        let mut child = desk.command(&["shard", "run", "big", &shard.to_string()]).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(moment));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    desk.call(&["shard", "missing", "big"]).succeeds();
    for shard in ["0", "1"] {
        desk.call(&["shard", "run", "big", shard]).succeeds();
    }
    desk.call(&["shard", "merge", "big", "-q", "-o", "merged"]);
    same(&desk, "one", "merged");
}

/// Half of the kills come while the parts are read, the rest while tables are written and get their names.
#[cfg(unix)]
#[test]
fn a_killed_merge_leaves_the_parts_and_no_half_file() {
    let desk = Desk::with_starter();
    desk.call(&["batch", "starter.toml", "--runs", "4000", "-q", "-o", "one"]);
    planned(&desk, 4_000, 4);
    run_shards(&desk, 0..4);
    let parts = contents(&desk.path("big"));
    let merge = ["shard", "merge", "big", "-q", "-o", "merged"];
    let begun = Instant::now();
    let whole = desk.call(&merge).code;
    let longest = begun.elapsed().as_micros() as u64;
    for moment in scattered(longest).take(30) {
        let mut child = desk.command(&merge).spawn().unwrap();
        std::thread::sleep(Duration::from_micros(moment));
        child.kill().unwrap();
        child.wait().unwrap();
        has_no_half_file(&desk, "merged");
        assert!(contents(&desk.path("big")) == parts);
    }
    assert_eq!(desk.call(&merge).code, whole);
    same(&desk, "one", "merged");
    is_whole(&desk.path("merged"));
}

/// A limit on the size of files stops a write in its middle, as a full disk does, and needs no rights.
#[cfg(unix)]
#[test]
fn a_disk_that_fills_up_ends_in_an_error_and_the_batch_can_go_on() {
    let desk = Desk::with_starter();
    desk.call(&["batch", "starter.toml", "--runs", "3000", "-q", "-o", "one"]);
    // 20 KiB hold the journal's beginning, 100 the journal but no table of the runs.
    for blocks in [40, 200] {
        shell(
            &desk,
            &[],
            &format!("trap '' XFSZ; ulimit -f {blocks}; exec $canvass batch starter.toml --runs 3000 -q -o out"),
        )
        .ends_with(1)
        .err_has("cannot write out/")
        .err_has("--resume");
        let left = desk.list("out");
        assert!(left.iter().all(|name| name == ".canvass-unfinished"), "{left:?}");
        let said = desk.call(&["batch", "starter.toml", "-q", "-o", "out", "--resume"]);
        assert!(matches!(said.code, Some(0 | 3)), "{}", said.err);
        same(&desk, "one", "out");
        std::fs::remove_dir_all(desk.path("out")).unwrap();
    }
    planned(&desk, 3_000, 1);
    shell(&desk, &[], "trap '' XFSZ; ulimit -f 40; exec $canvass shard run big 0")
        .ends_with(1)
        .err_has("cannot write big/");
    assert_eq!(desk.list("big"), ["manifest.json", "starter.toml"]);
    run_shards(&desk, [0]);
    shell(&desk, &[], "trap '' XFSZ; ulimit -f 40; exec $canvass shard merge big -o merged")
        .ends_with(1)
        .err_has("cannot write merged/");
    assert!(desk.list("merged").is_empty(), "{:?}", desk.list("merged"));
    desk.call(&["shard", "merge", "big", "-q", "-o", "merged"]);
    same(&desk, "one", "merged");
}

#[cfg(target_os = "linux")]
#[test]
fn a_small_disk_that_is_really_full_ends_in_an_error_and_the_batch_can_go_on() {
    if !can_mount() {
        return;
    }
    let desk = Desk::with_starter();
    desk.call(&["batch", "starter.toml", "--runs", "3000", "-q", "-o", "one"]);
    let script = "mkdir disk && mount -t tmpfs -o size=128k none disk || exit 99
        $canvass batch starter.toml --runs 3000 -q -o disk/out 2> said
        echo $? > code
        ls -A disk/out > left
        mount -o remount,size=64m none disk || exit 98
        $canvass batch starter.toml -q -o disk/out --resume || [ $? = 3 ] || exit 97
        cp -r disk/out out";
    shell(&desk, &["unshare", "-rm"], script).succeeds();
    assert_eq!(desk.read("code"), "1\n");
    assert_eq!(desk.read("left"), ".canvass-unfinished\n");
    let said = desk.read("said");
    assert!(said.contains("No space left") || said.contains("no storage space"), "{said}");
    same(&desk, "one", "out");
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_written_to_is_refused() {
    let desk = Desk::with_starter();
    planned(&desk, 300, 1);
    desk.write("file", "a file where a folder should be");
    desk.call(&["shard", "plan", "starter.toml", "--shards", "2", "-o", "file/big"])
        .ends_with(1)
        .err_has("cannot make file/big");
    desk.call(&["batch", "starter.toml", "-o", "file/out", "--resume"]).ends_with(1).err_has("file/out");
    if !can_mount() {
        return;
    }
    let script = "mkdir out && mount --bind big big && mount -o remount,bind,ro big || exit 99
        mount --bind out out && mount -o remount,bind,ro out || exit 98
        $canvass shard run big 0; echo $? >> codes
        $canvass batch starter.toml -o out; echo $? >> codes
        $canvass batch starter.toml -o out --resume; echo $? >> codes";
    shell(&desk, &["unshare", "-rm"], script)
        .succeeds()
        .err_has("cannot write big/part-00000.runs")
        .err_has("cannot write out");
    assert_eq!(desk.read("codes"), "1\n1\n1\n");
    assert_eq!(desk.list("big"), ["manifest.json", "starter.toml"]);
    assert!(desk.list("out").is_empty());
}

/// Whoever comes second either waits for nothing and is refused, or comes after the first and writes the same.
#[test]
fn two_merges_into_one_folder_leave_the_bytes_of_one() {
    let desk = Desk::with_starter();
    desk.call(&["batch", "starter.toml", "--runs", "2000", "-q", "-o", "one"]);
    planned(&desk, 2_000, 2);
    run_shards(&desk, 0..2);
    for _ in 0..5 {
        let merge = |_| desk.command(&["shard", "merge", "big", "-q", "-o", "merged"]).spawn().unwrap();
        let both: Vec<_> = (0..2).map(merge).collect();
        let said: Vec<Said> = both.into_iter().map(|child| child.wait_with_output().unwrap().into()).collect();
        assert!(said.iter().any(|said| matches!(said.code, Some(0 | 3))), "{}", said[0].err);
        for said in said {
            if !matches!(said.code, Some(0 | 3)) {
                said.ends_with(1).err_has("another Canvass is writing to merged");
            }
        }
        same(&desk, "one", "merged");
        std::fs::remove_dir_all(desk.path("merged")).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn one_writer_a_folder() {
    let desk = Desk::with_starter();
    let mut first = desk.command(&["batch", "starter.toml", "--runs", "100000000", "-o", "out"]).spawn().unwrap();
    while std::fs::metadata(desk.path("out/.canvass-unfinished")).map_or(0, |found| found.len()) < 10_000 {
        std::thread::sleep(Duration::from_millis(2));
    }
    for options in [&[][..], &["--resume"]] {
        desk.call(&[&["batch", "starter.toml", "--runs", "100000000", "-o", "out"], options].concat())
            .ends_with(1)
            .err_has("another Canvass is writing to out")
            .err_has("choose another folder");
    }
    assert!(first.try_wait().unwrap().is_none());
    first.kill().unwrap();
    first.wait().unwrap();
    desk.call(&["batch", "starter.toml", "--runs", "2000", "-o", "out"]).succeeds();
    assert!(is_whole(&desk.path("out"))["complete"] == true);
}
