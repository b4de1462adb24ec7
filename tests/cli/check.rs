//! `check` and `new`.

use crate::program::Desk;

#[test]
fn a_new_scenario_checks_clean() {
    let desk = Desk::new();
    desk.call(&["new", "my-county"]).succeeds().out_has("wrote my-county.toml").out_has("canvass batch my-county.toml");
    let said =
        desk.call(&["check", "my-county.toml", "--deny-warnings"]).succeeds().out_has("✓ my-county.toml is sound");
    assert_eq!(said.err, "");
}

#[test]
fn new_overwrites_nothing_and_takes_only_names() {
    let desk = Desk::with_starter();
    desk.write("starter.toml", "mine");
    desk.call(&["new", "starter"]).ends_with(2).err_has("exists already");
    assert_eq!(desk.read("starter.toml"), "mine");
    desk.call(&["new", "My County"]).ends_with(2).err_has("lower-case letters");
    desk.call(&["new", "nowhere/x"]).ends_with(2).err_has("make the folder first");
}

#[test]
fn every_mistake_is_shown_at_once() {
    let desk = Desk::with_starter();
    let text = desk
        .read("starter.toml")
        .replace("take   =", "tkae   =")
        .replace("without = [\"mirror\"]", "without = [\"miror\"]");
    desk.write("bad.toml", &text);
    let said =
        desk.call(&["check", "bad.toml"]).ends_with(2).out_has("bad.toml:").out_has("`take`").out_has("`mirror`");
    assert!(!said.out.contains('\u{1b}'), "no colour in a pipe");
    let said = desk.call(&["check", "bad.toml", "--format", "json"]).ends_with(2);
    let problems: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert!(problems.as_array().unwrap().len() >= 2);
    for command in ["run", "batch"] {
        let said = desk.call(&[command, "bad.toml"]).ends_with(2).err_has("`mirror`");
        assert_eq!(said.out, "");
    }
    assert!(!desk.path("outputs").exists());
}

#[test]
fn the_exercise_is_looked_at_as_well() {
    let desk = Desk::with_starter();
    let objective = "\n[objective.voice]\ntitle = \"One voice\"\nowner = \"county\"\n";
    let inject = |more: &str| format!("\n[inject.ring]\ntitle = \"It rings\"\nat = \"start\"\n{more}\n");
    let add = |more: &str| desk.write("mine.toml", &(desk.read("starter.toml") + objective + more));
    add("");
    desk.call(&["check", "mine.toml"]).succeeds().out_has("no inject serves objective `voice`");
    add(&inject("objective = \"voice\""));
    desk.call(&["check", "mine.toml", "--deny-warnings"]).succeeds();
    let never = "[inject.never]\ntitle = \"Never\"\nwhen = \"asset.results-page.compromised\"\n";
    add(&(inject("objective = \"voice\"\nbranch-of = \"never\"") + never));
    desk.call(&["check", "mine.toml"]).succeeds().out_has("`never`, behind which it lies, never is");
    add(&inject("objective = \"voise\"\nmethod = \"fone\"\nbranch-of = \"rign\""));
    desk.call(&["check", "mine.toml"]).ends_with(2).out_has("`voice`").out_has("`phone`").out_has("`ring`");
}

#[test]
fn a_statement_about_what_is_not_there_is_a_mistake() {
    let desk = Desk::with_starter();
    let text = desk.read("starter.toml").replace("share(dark-page, today)", "share(drak-page, todya)");
    desk.write("bad.toml", &text);
    desk.call(&["check", "bad.toml"])
        .ends_with(2)
        .out_has("did you mean `dark-page`?")
        .out_has("did you mean `today`?");
}

#[test]
fn a_path_that_leads_nowhere_gets_a_suggestion() {
    let desk = Desk::with_starter();
    desk.call(&["check", "satrter.toml"]).ends_with(2).err_has("did you mean `starter.toml`?");
    std::fs::create_dir(desk.path("scenarios")).unwrap();
    std::fs::rename(desk.path("starter.toml"), desk.path("scenarios/starter.toml")).unwrap();
    desk.call(&["check", "starter"]).ends_with(2).err_has("did you mean `scenarios/starter.toml`?");
}

#[test]
fn colour_comes_when_asked_for() {
    let desk = Desk::with_starter();
    let coloured = |arguments: &[&str]| desk.call(arguments).succeeds().out.contains('\u{1b}');
    assert!(coloured(&["check", "starter.toml", "--color", "always"]));
    assert!(!coloured(&["check", "starter.toml", "--color", "never"]));
    assert!(!coloured(&["check", "starter.toml"]));
}

#[test]
fn a_catalogue_names_the_techniques_and_counts_the_rest() {
    let desk = Desk::with_starter();
    desk.write("list.csv", "disarm_id,name\nT1498,Overload a service\nT0046,Another\n");
    desk.call(&["check", "starter.toml", "--catalogue", "list.csv"])
        .succeeds()
        .out_has("attack:T1498  Overload a service")
        .out_has("1 of 2 in the catalogue are not in the scenario")
        .out_has("T0046 Another");
    desk.write(
        "bundle.json",
        r#"{"type":"bundle","objects":[
            {"type":"attack-pattern","name":"Overload","external_references":[{"source_name":"mitre-attack","external_id":"T1498"}]},
            {"type":"attack-pattern","name":"Old","revoked":true,"external_references":[{"source_name":"mitre-attack","external_id":"T1"}]},
            {"type":"identity","name":"Somebody"}]}"#,
    );
    desk.call(&["check", "starter.toml", "--catalogue", "bundle.json"])
        .succeeds()
        .out_has("attack:T1498  Overload\n")
        .out_has("0 of 1 in the catalogue");
    desk.write("wrong.csv", "a,b\n1,2\n");
    desk.call(&["check", "starter.toml", "--catalogue", "wrong.csv"]).ends_with(2).err_has("there is no column `id`");
}
