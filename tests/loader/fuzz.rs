//! Whatever a file holds, it is answered: the whole way from its text to a run, on mutants of all scenarios there are.
//!
//! The short test is part of every test run. The long one is for the eve of a release and after changes to the language:
//! `CANVASS_FUZZ_MINUTES=10 cargo test --release --test loader fuzz_for_minutes -- --ignored --nocapture`

use super::mutator::Mutator;
use canvass::scenario::{Loaded, Severity, Style, render, render_json};
use canvass::world::{Model, World};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// A run of a mutant whose story lasts longer than this would only test patience.
const LONGEST_HOURS: f64 = 24.0 * 60.0;

/// How long one mutant may take before the test gives up on it.
const PATIENCE: Duration = Duration::from_secs(120);

/// All scenario files of the repository, right and wrong. The right ones count thrice: what is wrong already seldom comes to run.
fn corpus() -> Vec<String> {
    let mut files: Vec<_> = ["scenarios", "scenarios/parts", "tests/good", "tests/bad"]
        .iter()
        .filter_map(|folder| std::fs::read_dir(folder).ok())
        .flatten()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    files.sort();
    let right = |path: &&std::path::PathBuf| path.starts_with("scenarios") || path.starts_with("tests/good");
    let right: Vec<_> = files.iter().filter(right).cloned().collect();
    files.iter().chain(&right).chain(&right).map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

/// From a text to what is said of it, and, where nothing is wrong, through one run of every plan. True if a run was made.
fn goes_all_the_way(text: &str) -> bool {
    let mut loaded = Loaded::from_text("scenarios/mutant.toml", text);
    let mut ran = false;
    for name in loaded.plans() {
        let Ok(scenario) = loaded.plan(&name) else { continue };
        match Model::compile(&scenario) {
            Err(problems) => loaded.add(problems),
            Ok(model) => {
                loaded.add(model.warnings().to_vec());
                if model.end().hours() <= LONGEST_HOURS {
                    let outcome = World::new(&model, 7).run(0).clone();
                    assert_eq!(outcome.measures.len(), model.measures().len());
                    assert!(outcome.measures.iter().all(|value| !value.is_infinite()), "an infinite measure");
                    ran = true;
                }
            }
        }
    }
    let _ = render(&loaded, loaded.problems(), Style::default());
    let _ = render_json(&loaded, loaded.problems());
    let sound = loaded.problems().iter().all(|problem| problem.severity != Severity::Error);
    assert!(sound || !loaded.problems().is_empty());
    ran
}

/// Sends mutants the whole way for a time, or until so many were sent; returns how many there were and how many ran.
fn fuzz(seed: u64, time: Duration, most: u64) -> (u64, u64) {
    let corpus = corpus();
    assert!(corpus.len() > 20, "is this the folder of the package?");
    let at_hand: Arc<Mutex<Option<(Instant, String)>>> = Arc::default();
    let watched = Arc::downgrade(&at_hand);
    std::thread::spawn(move || {
        while let Some(at_hand) = watched.upgrade() {
            if let Some((since, text)) = &*at_hand.lock().unwrap()
                && since.elapsed() > PATIENCE
            {
                keep(text, "it takes too long");
                std::process::exit(1);
            }
            drop(at_hand);
            std::thread::sleep(Duration::from_millis(200));
        }
    });
    let mut mutator = Mutator::new(seed);
    let began = Instant::now();
    let (mut sent, mut ran) = (0, 0);
    while began.elapsed() < time && sent < most {
        let mutant = mutator.mutant(&corpus);
        *at_hand.lock().unwrap() = Some((Instant::now(), mutant.clone()));
        match catch_unwind(AssertUnwindSafe(|| goes_all_the_way(&mutant))) {
            Ok(run) => ran += u64::from(run),
            Err(_) => {
                keep(&mutant, "it panics");
                panic!("mutant {sent} of seed {seed} panics");
            }
        }
        sent += 1;
    }
    (sent, ran)
}

/// Leaves a finding where it can be looked at.
fn keep(text: &str, why: &str) {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("finding.toml");
    std::fs::write(&path, text).unwrap();
    eprintln!("{}: {why}", path.display());
}

#[test]
fn mutants_of_every_scenario_go_all_the_way() {
    let (sent, ran) = fuzz(1, Duration::MAX, 40);
    assert!(sent == 40 && ran > 0, "{sent} sent, {ran} ran");
}

#[test]
#[ignore = "takes as many minutes as CANVASS_FUZZ_MINUTES says, or one"]
fn fuzz_for_minutes() {
    let wish = std::env::var("CANVASS_FUZZ_MINUTES").ok();
    let minutes: u64 = wish.map_or(1, |minutes| minutes.parse().expect("CANVASS_FUZZ_MINUTES is a whole number"));
    let seed = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let (sent, ran) = fuzz(seed, Duration::from_secs(60 * minutes), u64::MAX);
    eprintln!("seed {seed}: {sent} mutants answered, {ran} of them run");
}
