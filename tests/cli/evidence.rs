//! `canvass evidence`, and the share of the numbers that every result rests on.

use crate::program::{Desk, rows};

fn narrow(text: &str) {
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "more than 80 columns: {line}");
    }
}

#[test]
fn the_ledger_lists_what_is_written_and_what_is_built_in() {
    let desk = Desk::with_starter();
    let said = desk
        .call(&["evidence", "starter.toml"])
        .succeeds()
        .out_has("numbers are assumed")
        .out_has("asset.results-page.recover")
        .out_has("built in")
        .out_has("starter.toml:")
        .out_has("This rests on");
    narrow(&said.out);
    // What is doubtful comes first.
    let (assumed, estimated) = (said.out.find("numbers are assumed"), said.out.find("are estimated"));
    assert!(assumed.is_some() && assumed < estimated, "{}", said.out);
    assert_eq!(said.err, "");
}

#[test]
fn the_table_is_the_same_on_the_screen_in_a_file_and_among_the_files_of_a_batch() {
    let desk = Desk::with_starter();
    let printed = desk.call(&["evidence", "starter.toml", "--csv"]).succeeds().out;
    desk.call(&["evidence", "starter.toml", "-o", "ledger.csv"]).succeeds().out_has("ledger.csv");
    assert_eq!(desk.read("ledger.csv"), printed);
    desk.call(&["batch", "starter.toml", "--runs", "100"]).out_has("This rests on");
    assert_eq!(desk.read("outputs/starter/evidence.csv"), printed);
    desk.call(&["compare", "starter.toml", "--runs", "100"]).succeeds().out_has("This rests on");
    assert_eq!(desk.read("outputs/starter-compare/evidence.csv"), printed);
    assert!(rows(&printed) > 15);
    assert!(printed.starts_with("plan,path,origin,place,keys,value,unit,p5,p50,p95,basis,grade,source\n"));
    assert!(printed.contains("\n,asset.results-page.recover,written,starter.toml:"), "{printed}");
    assert!(printed.contains("\nwith-mirror,response.mirror.takes,written,starter.toml:"), "{printed}");
}

#[test]
fn one_plan_alone_and_a_plan_that_is_not_there() {
    let desk = Desk::with_starter();
    let today = desk.call(&["evidence", "starter.toml", "--csv", "--plan", "today"]).succeeds().out;
    assert!(!today.contains("response.mirror"), "a response that is left out rests on nothing");
    let wrong = desk.call(&["evidence", "starter.toml", "--plan", "tomorrow"]);
    wrong.ends_with(2).err_has("there is no plan `tomorrow`");
}
