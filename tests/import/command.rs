//! `canvass import` as its users meet it.

use crate::books::{book, page, row};
use crate::program::{Desk, rows};

const LIST: &str = "\
Operation Paper Trail
#,Time,Title,Description,To,From,Method,Type
1,1900,The polls close,It is eight,County; State,,radio,Inject
2,1930,The page is down,The results page shows an error,County,Web host,phone,Inject
2-A,2000,A reporter asks,Has the count stopped?,County,Reporter,phone,Contingency
3,whenever,Figures differ,Two pages show two totals,State,,pigeon,Inject
,,,,,,,=1+1
";

#[test]
fn a_list_becomes_a_scenario_that_checks_clean_and_runs() {
    let desk = Desk::new();
    desk.write("list.csv", LIST);
    let said = desk
        .call(&[
            "import",
            "list.csv",
            "-o",
            "paper-trail.toml",
            "--start",
            "2026-11-03T19:00-05:00",
            "--unread",
            "unread.csv",
        ])
        .succeeds()
        .out_has("wrote paper-trail.toml")
        .out_has("4 injects, 1 of them on a branch, 2 responders")
        .out_has("list.csv, row 6, column B (Time): it is no time that is understood")
        .out_has("list.csv, row 7: it has neither a title nor a description")
        .out_has("canvass check paper-trail.toml");
    assert_eq!(said.err, "");
    assert!(said.out.lines().all(|line| line.chars().count() <= 80), "{}", said.out);
    desk.call(&["check", "paper-trail.toml", "--deny-warnings"]).succeeds().out_has("is sound");
    desk.call(&["run", "paper-trail.toml"]).succeeds().out_has("19:30  The page is down");
    desk.call(&["batch", "paper-trail.toml", "--runs", "20", "-q"]).succeeds();
    let unread = desk.read("unread.csv");
    assert_eq!(unread.lines().next(), Some("sheet,row,column,state,what,why,mend"));
    assert_eq!(rows(&unread), 5, "{unread}");
    assert!(unread.contains("list.csv,7,,not understood,'=1+1,"), "{unread}");
    assert_eq!(desk.list("."), ["list.csv", "outputs", "paper-trail.toml", "unread.csv"]);
}

#[test]
fn nothing_is_overwritten_and_nothing_is_half_written() {
    let desk = Desk::new();
    desk.write("list.csv", LIST);
    desk.write("mine.toml", "mine");
    desk.call(&["import", "list.csv", "-o", "mine.toml"])
        .ends_with(2)
        .err_has("mine.toml exists already")
        .err_has("nothing was overwritten");
    assert_eq!(desk.read("mine.toml"), "mine");
    desk.call(&["import", "list.csv", "-o", "new.toml", "--unread", "mine.toml"])
        .ends_with(2)
        .err_has("exists already");
    desk.call(&["import", "list.csv", "-o", "nowhere/new.toml"]).ends_with(2).err_has("make the folder first");
    desk.call(&["import", "list.csv", "-o", "My List.toml"]).ends_with(2).err_has("lower-case letters");
    desk.call(&["import", "list.csv", "-o", "list.txt"]).ends_with(2).err_has("the ending .toml");
    desk.write("empty.csv", "Time,Title,To\n0900,,county\n");
    desk.call(&["import", "empty.csv", "--unread", "u.csv"])
        .ends_with(2)
        .err_has("none of its 2 rows makes an inject")
        .err_has("row 2");
    desk.call(&["import", "missing.csv"]).ends_with(2).err_has("missing.csv");
    assert_eq!(desk.list("."), ["empty.csv", "list.csv", "mine.toml"]);
    // Without a name, the scenario is named after the list.
    desk.call(&["import", "list.csv", "-q"]).succeeds();
    assert_eq!(desk.list("."), ["empty.csv", "list.csv", "list.toml", "mine.toml"]);
}

#[test]
fn a_wrong_option_says_how_to_write_it() {
    let desk = Desk::new();
    desk.write("list.csv", LIST);
    desk.call(&["import", "list.csv", "--start", "tomorrow"]).ends_with(2).err_has("2026-11-03T08:00-05:00");
    desk.call(&["import", "list.csv", "--zone", "America/Detriot"]).ends_with(2).err_has("America/Detroit");
    desk.call(&["import", "list.csv", "--sheet", "list.cvs"]).ends_with(2).err_has("did you mean `list.csv`?");
    assert_eq!(desk.list("."), ["list.csv"]);
}

#[test]
fn the_same_list_gives_the_same_bytes() {
    let desk = Desk::new();
    let (bytes, _) = book(vec![page("MSEL", vec![row!["Time", "Title", "To"], row!["0900", "a", "x"]])]);
    std::fs::write(desk.path("list.xlsx"), bytes).unwrap();
    desk.call(&["import", "list.xlsx", "-o", "a.toml", "-q"]).succeeds();
    desk.call(&["import", "list.xlsx", "-o", "b.toml", "-q"]).succeeds();
    assert_eq!(desk.read("a.toml"), desk.read("b.toml"));
}
