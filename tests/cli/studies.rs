//! What drives, where it lives, why it happened: the commands that study one plan.

use crate::program::{Desk, is_whole, rows};

fn narrow(text: &str) {
    for line in text.lines().filter(|line| !line.contains("outputs/")) {
        assert!(line.chars().count() <= 80, "more than 80 columns: {line}");
    }
}

const RUNS: [&str; 2] = ["--runs", "400"];

#[test]
fn drivers_name_what_the_answer_rests_on_and_keep_the_inputs() {
    let desk = Desk::with_starter();
    let said = desk.call(&[&["drivers", "starter.toml", "--for", "dark-page", "--one-at-a-time"][..], &RUNS].concat());
    let said = said.succeeds().out_has("rests").out_has("noise bar").out_has("One at a time");
    narrow(&said.out);
    let folder = "outputs/starter-drivers";
    is_whole(&desk.path(folder));
    assert_eq!(rows(&desk.read("outputs/starter-drivers/inputs.csv")), 400);
    let dictionary = desk.read("outputs/starter-drivers/dictionary.csv");
    for file in ["drivers.csv", "inputs.csv", "one_at_a_time.csv"] {
        for column in desk.read(&format!("{folder}/{file}")).lines().next().unwrap().split(',') {
            assert!(dictionary.contains(&format!("{file},{column},")), "{column} of {file}");
        }
    }
    // What was kept says the same when it is read again.
    let again = desk.call(&["drivers", folder, "--for", "dark-page", "-o", "again"]).succeeds();
    assert_eq!(again.out.lines().take(4).collect::<Vec<_>>(), said.out.lines().take(4).collect::<Vec<_>>());
    let table = |name: &str| {
        let text = desk.read(&format!("{name}/drivers.csv"));
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        reader
            .records()
            .map(|record| record.unwrap().iter().skip(1).take(16).map(str::to_owned).collect())
            .collect::<Vec<Vec<String>>>()
    };
    let (first, second) = (table(folder), table("again"));
    for (row, other) in first.iter().zip(&second).filter(|(row, _)| row[13] == "1") {
        assert_eq!(row, other);
    }
}

/// A batch made with --inputs holds all that a study of the scenario draws, for every plan, so that both say the same.
#[test]
fn a_batch_keeps_its_inputs_and_drivers_read_them() {
    let desk = Desk::with_starter();
    desk.call(&[&["batch", "starter.toml", "-q", "--inputs"][..], &RUNS].concat());
    desk.call(&[&["batch", "starter.toml", "-q", "-o", "plain"][..], &RUNS].concat());
    is_whole(&desk.path("outputs/starter"));
    for file in ["runs.csv", "summary.csv", "series.csv", "contingencies.csv"] {
        assert_eq!(desk.read(&format!("outputs/starter/{file}")), desk.read(&format!("plain/{file}")), "{file}");
    }
    let said = |call: &[&str]| {
        let said = desk.call(call).succeeds();
        narrow(&said.out);
        said.out.lines().filter(|line| !line.contains(".csv") && !line.contains(".json")).collect::<Vec<_>>().join("\n")
    };
    for plan in ["today", "with-mirror"] {
        let made = said(&[&["drivers", "starter.toml", "--for", "dark-page", "--plan", plan][..], &RUNS].concat());
        let kept = said(&["drivers", "outputs/starter", "--for", "dark-page", "--plan", plan]);
        assert_eq!(made.trim(), kept.trim(), "{plan}");
    }
    desk.call(&["discover", "outputs/starter", "--for", "dark-page"]).succeeds();
    let dictionary = desk.read("outputs/starter/dictionary.csv");
    // A later batch without them takes them away, and leaves what is not its own.
    desk.write("plain/notes.txt", "mine");
    desk.call(&[&["batch", "starter.toml", "-q", "--inputs", "-o", "plain"][..], &RUNS].concat());
    assert!(desk.list("plain").iter().any(|name| name == "inputs.csv"));
    desk.call(&[&["batch", "starter.toml", "-q", "-o", "plain"][..], &RUNS].concat());
    let left = desk.list("plain");
    assert!(!left.iter().any(|name| name == "inputs.csv") && left.iter().any(|name| name == "notes.txt"), "{left:?}");
    desk.call(&["drivers", "plain", "--for", "dark-page"]).ends_with(2).err_has("--inputs");
    for column in desk.read("outputs/starter/inputs.csv").lines().next().unwrap().split(',') {
        assert!(dictionary.contains(&format!("inputs.csv,{column},")), "{column}");
    }
}

#[test]
fn the_same_bytes_on_any_number_of_threads() {
    let desk = Desk::with_starter();
    for (threads, folder) in [("1", "one"), ("4", "four")] {
        let call = ["drivers", "starter.toml", "--for", "dark-page", "--threads", threads, "-o", folder];
        desk.call(&[&call[..], &RUNS].concat()).succeeds();
    }
    for name in desk.list("one") {
        assert_eq!(desk.read(&format!("one/{name}")), desk.read(&format!("four/{name}")), "{name}");
    }
}

#[test]
fn discover_speaks_of_the_half_that_was_kept_back() {
    let desk = Desk::with_starter();
    let said = desk.call(&["discover", "starter.toml", "--for", "dark-page", "--runs", "1000"]).succeeds();
    let said = said.out_has("of the bad runs lie where").out_has("overall").out_has("n = 500");
    narrow(&said.out);
    is_whole(&desk.path("outputs/starter-discover"));
}

#[test]
fn explain_tells_the_chain_and_the_last_moment_and_replays_a_batch() {
    let desk = Desk::with_starter();
    desk.call(&[&["batch", "starter.toml"][..], &RUNS].concat()).succeeds();
    let call = [
        "explain",
        "outputs/starter",
        "--contingency",
        "dark-page",
        "--plan",
        "with-mirror",
        "--worst",
        "1",
        "--typical",
    ];
    let said = desk.call(&call).succeeds().out_has("Why it happened in run").out_has("(needed)");
    let said = said.out_has("until ").out_has("of 400 runs").out_has("Chains of causes");
    narrow(&said.out);
    is_whole(&desk.path("outputs/starter-explain"));
    // The results keep the scenario they were made from: what becomes of its file is no matter.
    desk.write("starter.toml", "# gone");
    assert_eq!(desk.call(&call).succeeds().out, said.out);
}

/// What is said of one run needs no other: with a number of runs that could never be made, it is there at once.
#[test]
fn explaining_a_single_run_makes_no_others() {
    let desk = Desk::with_starter();
    let call = ["explain", "starter.toml", "--contingency", "dark-page", "--runs", "1000000000"];
    let said = desk.call(&[&call[..], &["--run", "3", "--run", "4"]].concat()).succeeds();
    narrow(&said.out);
    assert!(said.out.contains("run 3") && said.out.contains("run 4"), "{}", said.out);
    let files = desk.list("outputs/starter-explain");
    assert!(files.iter().any(|name| name == "causes.csv") && !files.iter().any(|name| name == "patterns.csv"));
}

#[test]
fn sweep_offers_three_designs() {
    let desk = Desk::with_starter();
    let base = ["sweep", "starter.toml", "--for", "dark-page", "--all-inputs"];
    desk.call(&[&base[..], &["--design", "morris", "-n", "8", "-o", "m"]].concat()).succeeds().out_has("moves it most");
    desk.call(&[&base[..], &["--design", "sobol", "-n", "64", "-o", "s"]].concat()).succeeds().out_has("largest part");
    is_whole(&desk.path("m"));
    is_whole(&desk.path("s"));
    desk.call(&["sweep", "starter.toml"]).ends_with(2).err_has("--all-inputs");
}

#[test]
fn a_wrong_name_gets_a_suggestion() {
    let desk = Desk::with_starter();
    desk.call(&["drivers", "starter.toml", "--for", "dark-pag", "--runs", "50"]).ends_with(2).err_has("`dark-page`");
    desk.call(&["discover", "starter.toml", "--for", "dark-pag", "--runs", "50"]).ends_with(2).err_has("`dark-page`");
    desk.call(&["explain", "starter.toml", "--contingency", "drak-page", "--runs", "50"]).ends_with(2);
    desk.call(&["drivers", "."]).ends_with(2).err_has("manifest.json");
}
