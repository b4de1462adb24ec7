//! What is promised of every scenario in the library, held to on the built program.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

fn library() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir("scenarios")
        .unwrap()
        .map(|entry| std::path::absolute(entry.unwrap().path()).unwrap())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

fn batch(scenario: &Path, folder: &Path, options: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_canvass"));
    command.arg("batch").arg(scenario).arg("-q").arg("-o").arg(folder).args(options);
    command.stdout(Stdio::null());
    command
}

/// All files of a batch, with their names, in order.
fn files(scenario: &Path, folder: &Path, options: &[&str]) -> Vec<(String, Vec<u8>)> {
    let code = batch(scenario, folder, options).status().unwrap().code();
    // With so few runs a check of the scenario may fail; the files are written all the same.
    assert!(matches!(code, Some(0 | 3)), "{}: {code:?}", scenario.display());
    let mut files: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(path).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn threads_and_repetition_change_no_byte_of_any_file() {
    // Weeks of a count take a build without optimisation seconds a run. Otherwise there are more than workers take at a time.
    let runs = if cfg!(debug_assertions) { "4" } else { "70" };
    for scenario in library() {
        let desk = TempDir::new().unwrap();
        let first = files(&scenario, &desk.path().join("first"), &["--runs", runs, "--threads", "1"]);
        for (name, threads) in [("again", "1"), ("two", "2"), ("eight", "8")] {
            let other = files(&scenario, &desk.path().join(name), &["--runs", runs, "--threads", threads]);
            assert!(first == other, "{} differs ({name})", scenario.display());
        }
    }
}

#[test]
fn a_tenth_of_the_runs_are_the_first_of_all() {
    for scenario in library() {
        let quick = scenario.file_stem().is_some_and(|name| name.to_string_lossy().starts_with("starter"));
        let (few, many) = match (quick, cfg!(debug_assertions)) {
            (true, _) => ("100", "1000"),
            (false, true) => ("1", "10"),
            (false, false) => ("15", "150"),
        };
        let desk = TempDir::new().unwrap();
        let runs = |folder: &str, number: &str| {
            let folder = desk.path().join(folder);
            let found = files(&scenario, &folder, &["--runs", number]);
            found.into_iter().find(|(name, _)| name == "runs.csv").unwrap().1
        };
        let (few, many) = (runs("few", few), runs("many", many));
        assert!(many.starts_with(&few) && many.len() > 5 * few.len(), "{}", scenario.display());
    }
}

/// The most memory a batch held at any time, in KiB, as the system counted it.
#[cfg(target_os = "linux")]
fn peak_memory(scenario: &Path, runs: u64) -> u64 {
    let desk = TempDir::new().unwrap();
    let runs = runs.to_string();
    let mut child = batch(scenario, &desk.path().join("out"), &["--runs", &runs, "--threads", "2"]).spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    // The figure only grows while the program lives, so the last one that could be read is the peak.
    while child.try_wait().unwrap().is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        peak = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok()).unwrap_or(peak);
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    assert!(peak > 0, "the program ended before it could be looked at");
    peak
}

/// Rows are streamed: kept as numbers, those of these runs would add 48 MB. What grows are the sketches of the percentiles, with the
/// logarithm of the number of runs, as rarer values fill buckets of their own: 17.3 MB at 2,000 runs, 20.4 at 100,000, 20.9 at 400,000.
#[cfg(target_os = "linux")]
#[cfg_attr(
    debug_assertions,
    ignore = "a hundred thousand runs want a build for speed: cargo test --release --test acceptance"
)]
#[test]
fn memory_does_not_grow_with_the_number_of_runs() {
    let scenario = std::path::absolute("scenarios/starter-results-site.toml").unwrap();
    let (few, many) = (peak_memory(&scenario, 2_000), peak_memory(&scenario, 100_000));
    eprintln!("{few} KiB for 2,000 runs, {many} KiB for 100,000");
    assert!(many * 4 < few * 5, "{few} KiB for 2,000 runs, {many} KiB for 100,000");
}
