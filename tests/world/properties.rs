//! What must hold whatever the numbers are: more of a good thing is never worse in the median, nothing of it changes nothing, and
//! what carries another name does the same. Runs share their random draws, so plans are held against one another run by run.

use crate::trial::{Trial, accident, asset, last, office, taken, text};
use canvass::world::World;

const SEEDS: [u64; 3] = [1, 2_026, 20_261_103];
const RUNS: u64 = 80;
const HOURS: i64 = 72;

/// A measure in every run of a seed.
fn column(trial: &Trial, seed: u64, measure: &str) -> Vec<f64> {
    let columns = trial.model.measures();
    let position = columns.iter().position(|column| column.id == measure).expect("a measure of the fixture");
    let mut world = World::new(&trial.model, seed);
    (0..RUNS).map(|run| world.run(run).measures[position]).collect()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    (values[middle] + values[values.len() - 1 - middle]) / 2.0
}

/// Asserts that the median of a measure, of which less is better, never rises along scenarios that are better and better
/// prepared, under any seed; and that the last is truly better than the first.
fn never_worse(measure: &str, worst_to_best: &[String]) {
    let trials: Vec<Trial> = worst_to_best.iter().map(|body| Trial::new(HOURS, body)).collect();
    for seed in SEEDS {
        let medians: Vec<f64> = trials.iter().map(|trial| median(column(trial, seed, measure))).collect();
        assert!(medians.windows(2).all(|pair| pair[1] <= pair[0]), "{measure} under seed {seed}: {medians:?}");
        assert!(medians[medians.len() - 1] < medians[0], "{measure} under seed {seed} does not move: {medians:?}");
    }
}

/// Every number of every run, to the bit, but for the number of events.
fn bits(trial: &Trial, seed: u64) -> Vec<(Vec<u64>, String)> {
    let mut world = World::new(&trial.model, seed);
    let of_run = |run| {
        let outcome = world.run(run);
        let numbers = outcome.drawn.iter().chain(&outcome.measures).chain(&outcome.series);
        let happened: Vec<_> =
            outcome.contingencies.iter().map(|found| (found.onset, found.duration, found.severity)).collect();
        (numbers.map(|value| value.to_bits()).collect(), format!("{happened:?}"))
    };
    (0..RUNS / 4).map(of_run).collect()
}

/// A rumour on a platform of this name and another, with the team of each, offices, and what is measured.
fn night(first: &str, second: &str, platforms: &str, more: &str) -> String {
    format!(
        "[platform.{first}]\nreach = \"40 %\"\ntriage = \"20min to 60min\"\nmeasure = \"remove\"\ncoverage = \"80 %\"\n{platforms}\n\
         [platform.{second}]\nreach = \"40 %\"\ntriage = \"20min to 60min\"\ncoverage = \"80 %\"\nreviewers = 4\n\
         [segment.reds]\nshare = \"50 %\"\ncamp = \"red\"\n[segment.blues]\nshare = \"50 %\"\ncamp = \"blue\"\n\
         [narrative.rigged]\nabout = \"a rumour\"\nat = \"start\"\nposts = \"5_000 to 40_000\"\non = {{ {first} = \"70 %\", {second} = \"30 %\" }}\n\
         [responder.{first}-team]\nkind = \"platform\"\nplatform = \"{first}\"\n"
    ) + &office("office", "staff = 4\nnotices = \"30min\"")
        + &asset("page", "")
        + &accident("fault", 60, "disrupt = { asset = \"page\" }")
        + &last(&[
            ("posts", "narrative.rigged.posts"),
            ("first", &format!("narrative.rigged.{first}.posts")),
            ("second", &format!("narrative.rigged.{second}.posts")),
            ("reach", "reach.rigged"),
            ("reds", "confidence.reds"),
            ("blues", "confidence.blues"),
            ("curbed", "narrative.rigged.curbed"),
            ("wrong", &format!("platform.{first}.wrong-actions + platform.{second}.wrong-actions")),
        ])
        + &taken("time-true", &[("dark", "asset.page.dark")])
        + more
}

fn usual(more: &str) -> String {
    night("chirp", "plaza", "reviewers = 10", more)
}

#[test]
fn more_reviewers_are_never_worse_and_beyond_the_load_they_change_nothing() {
    let hurried = |reviewers: u32| {
        let desk = format!("reviewers = {reviewers}\nother-reports = \"20/h\"\nreview = \"2h\"\n");
        night("chirp", "plaza", &desk, "")
    };
    // Twenty reports an hour of two hours each keep forty people at work.
    never_worse("posts", &[0, 1, 5, 60].map(hurried));
    never_worse("reach", &[0, 1, 5, 60].map(hurried));
    let (enough, many) = (Trial::new(24, &hurried(300)), Trial::new(24, &hurried(3_000)));
    for seed in SEEDS {
        assert_eq!(bits(&enough, seed), bits(&many, seed), "seed {seed}");
    }
}

#[test]
fn an_earlier_prebunk_is_never_worse() {
    let told = |hours: i64| {
        let effect = "prebunk = { narrative = \"rigged\", reach = \"60 %\", cut = \"30 %\" }";
        usual(&format!("[response.prebunk]\nowner = \"office\"\nat = \"start + {hours}h\"\neffect = {{ {effect} }}\n"))
    };
    // Once the rumour is about; what is said long before it has worn off a little by then.
    never_worse("posts", &[48, 12, 4, 0].map(told));
    never_worse("reach", &[48, 12, 4, 0].map(told));
}

#[test]
fn a_shorter_clearance_is_never_worse() {
    let cleared = |hours: &str| {
        usual(&format!(
            "[response.answer]\nowner = \"office\"\nwhen = \"narrative.rigged.surfaced\"\nclearance = \"{hours}\"\n\
             effect = {{ debunk = {{ narrative = \"rigged\", cut = \"40 %\" }} }}\n"
        ))
    };
    never_worse("posts", &["48h", "12h to 24h", "2h to 6h", "0h"].map(cleared));
    never_worse("reach", &["48h", "12h to 24h", "2h to 6h", "0h"].map(cleared));
}

#[test]
fn a_mirror_is_never_worse_in_any_run() {
    let mirror = |takes: &str| {
        usual(&format!(
            "[response.mirror]\nowner = \"office\"\nwhen = \"asset.page.down\"\ntakes = \"{takes}\"\n\
             effect = {{ restore = {{ asset = \"page\" }} }}\n"
        ))
    };
    never_worse("dark", &[usual(""), mirror("20min"), mirror("5min"), mirror("0min")]);
    let (without, with) = (Trial::new(HOURS, &usual("")), Trial::new(HOURS, &mirror("2min to 8min")));
    for seed in SEEDS {
        let pairs = column(&without, seed, "dark").into_iter().zip(column(&with, seed, "dark"));
        pairs.enumerate().for_each(|(run, (without, with))| assert!(with <= without, "run {run} of seed {seed}"));
    }
}

#[test]
fn a_measure_of_no_strength_changes_nothing() {
    let on_posts = ["label", "downrank", "remove"]
        .map(|verb| ("chirp-team", format!("{verb} = {{ narrative = \"rigged\", on = \"chirp\", cut = \"0 %\" }}")));
    let on_platforms = ["friction", "nudge", "ban"]
        .map(|verb| ("chirp-team", format!("{verb} = {{ on = \"chirp\", cut = \"0 %\" }}")));
    let others = [
        ("chirp-team", "information-centre = { on = \"chirp\", reach = \"50 %\", cut = \"0 %\" }".to_owned()),
        ("chirp-team", "reviewers = { on = \"chirp\", add = 0 }".to_owned()),
        ("office", "prebunk = { narrative = \"rigged\", reach = \"0 %\" }".to_owned()),
        ("office", "prebunk = { narrative = \"rigged\", cut = \"0 %\" }".to_owned()),
        ("office", "debunk = { narrative = \"rigged\", cut = \"0 %\" }".to_owned()),
        ("office", "inform = { reach = \"50 %\", trust = \"0 %\" }".to_owned()),
        ("office", "inform = { reach = \"0 %\", trust = \"5 %\" }".to_owned()),
        ("office", "shield = { asset = \"page\", stops = \"0 %\", shortens = \"0 %\" }".to_owned()),
    ];
    for (owner, effect) in on_posts.into_iter().chain(on_platforms).chain(others) {
        let response = format!("[response.idle]\nowner = \"{owner}\"\nat = \"start\"\neffect = {{ {effect} }}\n");
        let plans = "[plan.without]\nwithout = \"idle\"\n[plan.with]\n";
        let body = text(HOURS, &usual(&(response + plans)));
        let (without, with) = (Trial::planned(&body, "without"), Trial::planned(&body, "with"));
        for seed in SEEDS {
            assert_eq!(bits(&with, seed), bits(&without, seed), "{effect} under seed {seed}");
        }
    }
}

#[test]
fn displacement_needs_a_platform_to_go_to() {
    let removed = |on: &str, displacement: &str| {
        let text = usual(
            "[response.removal]\nowner = \"chirp-team\"\nat = \"start + 30min\"\neffect = { remove = { narrative = \"rigged\", on = \"chirp\" } }\n",
        );
        text.replace("on = { chirp = \"70 %\", plaza = \"30 %\" }", on)
            .replace("[platform.chirp]\n", &format!("[platform.chirp]\ndisplacement = \"{displacement}\"\n"))
    };
    let alone = |displacement: &str| {
        let body = removed("on = { chirp = \"100 %\" }", displacement);
        Trial::new(HOURS, &body.replace("narrative.rigged.plaza.posts", "platform.plaza.reviewed"))
    };
    let both =
        |displacement: &str| Trial::new(HOURS, &removed("on = { chirp = \"70 %\", plaza = \"30 %\" }", displacement));
    for seed in SEEDS {
        let (none, half) = (alone("0 %"), alone("50 %"));
        assert_eq!(bits(&none, seed), bits(&half, seed), "there is nowhere to go");
        let elsewhere = column(&half, seed, "second");
        assert!(elsewhere.iter().all(|reviewed| *reviewed == 0.0), "nothing comes to the other platform's desk");
        let (none, half) = (both("0 %"), both("50 %"));
        assert_eq!(column(&none, seed, "first"), column(&half, seed, "first"), "what is left behind does not change");
        assert!(median(column(&half, seed, "second")) > median(column(&none, seed, "second")));
    }
}

#[test]
fn platforms_that_exchange_their_names_exchange_what_befalls_them() {
    let plain = Trial::new(HOURS, &night("chirp", "plaza", "reviewers = 10", ""));
    let renamed = Trial::new(HOURS, &night("plaza", "chirp", "reviewers = 10", ""));
    // A name is the key of its draws: single runs differ, what they add up to does not.
    for measure in ["posts", "first", "second", "reach"] {
        let of = |trial: &Trial| SEEDS.iter().flat_map(|&seed| column(trial, seed, measure)).collect::<Vec<f64>>();
        let (one, error) = crate::trial::mean(of(&plain).into_iter());
        let (other, also) = crate::trial::mean(of(&renamed).into_iter());
        let error = (error * error + also * also).sqrt();
        assert!((one - other).abs() < 4.0 * error, "{measure}: {one} and {other}, standard error {error}");
    }
}
