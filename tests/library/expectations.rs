//! What the authors of the scenarios expect comes true, at their own number of runs and their own seed.

use crate::catalogue::says_what_the_batch_says;
use crate::shelf::{plan, scenario};
use canvass::scenario::Loaded;
use canvass::study::batch::{self, Settings};
use canvass::study::expectation::read_checks;
use canvass::study::{Columns, Tally};
use canvass::world::Model;
use std::convert::Infallible;
use std::num::NonZeroUsize;
use std::sync::atomic::AtomicBool;

/// Runs all plans of a scenario as a batch does, at its own number of runs and its own seed.
pub(crate) fn batch(loaded: &Loaded) -> (Columns, Vec<Tally>) {
    let about = &loaded.scenario().unwrap().scenario;
    let models: Vec<Model> = loaded.plans().iter().map(|name| Model::compile(&plan(loaded, name)).unwrap()).collect();
    let plans: Vec<&Model> = models.iter().collect();
    let columns = Columns::of(&models[0]);
    let mut tallies = vec![Tally::new(&columns); plans.len()];
    let settings = Settings {
        seed: about.seed,
        runs: 0..about.runs,
        threads: std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
    };
    let made = batch::run(&plans, &settings, &AtomicBool::new(false), |_, outcomes| {
        tallies.iter_mut().zip(outcomes).for_each(|(tally, outcome)| tally.push(&columns, outcome));
        Ok::<_, Infallible>(())
    });
    assert_eq!(made.unwrap(), settings.runs);
    (columns, tallies)
}

/// Holds a scenario's own `[[checks]]`, and what the catalogue says of it, against what its batch shows.
fn comes_true(name: &str) {
    let loaded = scenario(name);
    let (columns, tallies) = batch(&loaded);
    assert!(tallies.iter().all(|tally| tally.unfinished == 0), "{name}: runs that never ended");
    says_what_the_batch_says(&loaded, &columns, &tallies);
    let tallies: Vec<Option<&Tally>> = tallies.iter().map(Some).collect();
    for expectation in read_checks(loaded.scenario().unwrap(), &columns.measures).unwrap() {
        let verdict = expectation.judge(&tallies).unwrap();
        assert!(verdict.holds, "{name}: {verdict:#?}");
    }
}

#[test]
fn of_the_template() {
    comes_true("starter-template");
}

#[test]
fn of_the_results_site() {
    comes_true("starter-results-site");
}

#[test]
#[cfg_attr(debug_assertions, ignore = "minutes without optimisation: cargo test --release --test library")]
fn of_the_wrong_numbers() {
    comes_true("county-wrong-numbers");
}

#[test]
#[cfg_attr(debug_assertions, ignore = "minutes without optimisation: cargo test --release --test library")]
fn of_the_threat_mails() {
    comes_true("threat-mails");
}

#[test]
#[cfg_attr(debug_assertions, ignore = "minutes without optimisation: cargo test --release --test library")]
fn of_the_silence_window() {
    comes_true("silence-window");
}

#[test]
#[cfg_attr(debug_assertions, ignore = "minutes without optimisation: cargo test --release --test library")]
fn of_the_virtual_convention() {
    comes_true("virtual-convention");
}

#[test]
#[cfg_attr(debug_assertions, ignore = "minutes without optimisation: cargo test --release --test library")]
fn of_the_annulled_runoff() {
    comes_true("annulled-runoff");
}

#[test]
#[cfg_attr(debug_assertions, ignore = "minutes without optimisation: cargo test --release --test library")]
fn of_the_online_vote() {
    comes_true("online-vote");
}

#[test]
#[cfg_attr(debug_assertions, ignore = "minutes without optimisation: cargo test --release --test library")]
fn of_the_registration_deadline() {
    comes_true("registration-deadline");
}

#[test]
#[cfg_attr(debug_assertions, ignore = "minutes without optimisation: cargo test --release --test library")]
fn of_the_ballot_hoax_threats() {
    comes_true("ballot-hoax-threats");
}

#[test]
#[cfg_attr(debug_assertions, ignore = "minutes without optimisation: cargo test --release --test library")]
fn of_the_county_ransomware() {
    comes_true("county-ransomware");
}

#[test]
#[cfg_attr(debug_assertions, ignore = "minutes without optimisation: cargo test --release --test library")]
fn of_the_election_night_delay() {
    comes_true("election-night-delay");
}

#[test]
#[cfg_attr(debug_assertions, ignore = "minutes without optimisation: cargo test --release --test library")]
fn of_the_certification() {
    comes_true("certification");
}

#[test]
#[cfg_attr(debug_assertions, ignore = "minutes without optimisation: cargo test --release --test library")]
fn of_the_national_election() {
    comes_true("national-2020-style");
}
