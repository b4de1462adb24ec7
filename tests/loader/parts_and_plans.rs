//! Scenarios built on parts, and what each plan sees.

use super::{errors, good, scenario_with};
use canvass::scenario::{Loaded, Problem, Value};

#[test]
fn what_the_scenario_says_goes_before_what_its_parts_say() {
    let loaded = good("built-on-parts.toml");
    assert_eq!(errors(&loaded), Vec::<&str>::new());
    let scenario = loaded.scenario().unwrap();
    assert_eq!(scenario.scenario.title, "Built on parts");
    let portal = &scenario.asset["portal"];
    assert_eq!(portal.detect.as_ref().unwrap().written, "10min");
    assert_eq!(portal.recover.as_ref().unwrap().written, "4h");
    assert_eq!(portal.owner.as_deref(), Some("county"));
    assert_eq!(*portal.depends, ["database"], "a list replaces, it does not join");
    assert_eq!(scenario.asset.keys().collect::<Vec<_>>(), ["portal", "database", "network"]);
    assert!(scenario.milestone.contains_key("polls-close"));
}

#[test]
fn a_part_is_read_once_and_places_know_their_file() {
    let loaded = good("built-on-parts.toml");
    let names: Vec<_> = loaded.files().iter().map(|file| file.name.replace('\\', "/")).collect();
    assert_eq!(
        names,
        ["tests/good/built-on-parts.toml", "tests/good/parts/office.toml", "tests/good/parts/calendar.toml"]
    );
    let place = |path: &str| loaded.locate(&Problem::error(path, "")).file;
    assert_eq!(
        (place("asset.portal.detect"), place("asset.portal.recover"), place("milestone.polls-close")),
        (0, 1, 2)
    );
}

#[test]
fn a_part_may_give_what_the_scenario_must_have() {
    let loaded = Loaded::from_text(
        "tests/good/whole.toml",
        "[scenario]\nquestion = \"?\"\nstart = 2026-11-03T19:00:00-05:00\nend = 2026-11-04T19:00:00-05:00\nextends = [\"parts/calendar.toml\"]\n",
    );
    assert_eq!(errors(&loaded), Vec::<&str>::new());
}

#[test]
fn the_hash_covers_the_scenario_and_its_parts() {
    // FIPS 180-4's digest of the empty message.
    let empty = Loaded::from_text("empty.toml", "");
    assert_eq!(empty.sha256(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_ne!(scenario_with("").sha256(), scenario_with("\n").sha256());
    assert_ne!(
        good("built-on-parts.toml").sha256(),
        Loaded::from_text("x.toml", &good("built-on-parts.toml").files()[0].text).sha256()
    );
}

#[test]
fn a_scenario_with_parts_is_the_same_scenario_as_one_file() {
    let parted = good("built-on-parts.toml");
    let text = parted.one_file();
    let folded = Loaded::from_text("built-on-parts.toml", &text);
    assert_eq!(folded.files().len(), 1);
    assert_eq!(errors(&folded), Vec::<&str>::new());
    assert_eq!(folded.one_file(), text, "folding again changes nothing");
    assert_eq!(folded.sha256(), parted.sha256());
    for plan in parted.plans() {
        let (mut one, mut other) = (parted.plan(&plan).unwrap(), folded.plan(&plan).unwrap());
        one.scenario.extends.clear();
        other.scenario.extends.clear();
        assert_eq!(format!("{one:?}"), format!("{other:?}"), "{plan}");
    }
}

#[test]
fn plans_leave_out_responses_and_whoever_waited_no_longer_does() {
    let loaded = good("built-on-parts.toml");
    assert_eq!(loaded.plans(), ["full", "quiet", "only-inform", "slow"]);
    let responses = |plan: &str| loaded.plan(plan).unwrap().response.keys().cloned().collect::<Vec<_>>();
    assert_eq!(responses("full"), ["inform", "repair", "inspect"]);
    assert_eq!(responses("quiet"), ["repair", "inspect"]);
    assert_eq!(responses("only-inform"), ["inform"]);
    let quiet = loaded.plan("quiet").unwrap();
    assert_eq!(*quiet.response["repair"].after, ["inspect"]);
    assert!(quiet.response["inspect"].after.is_empty());
}

#[test]
fn plans_override_values_and_may_add_keys() {
    let loaded = good("built-on-parts.toml");
    let slow = loaded.plan("slow").unwrap();
    assert_eq!(slow.asset["portal"].recover.as_ref().unwrap().written, "9h");
    assert!(matches!(slow.asset["portal"].hardened.as_ref().unwrap().value, Value::Fixed(share) if share == 0.2));
    let inform = slow.response["inform"].effect.inform.as_ref().unwrap();
    assert!(matches!(inform.reach.as_ref().unwrap().value, Value::Fixed(share) if share == 0.5));
    assert_eq!(loaded.plan("full").unwrap().asset["portal"].recover.as_ref().unwrap().written, "4h");
}

#[test]
fn without_plans_there_is_one() {
    let loaded = scenario_with("");
    assert_eq!(loaded.plans(), ["all"]);
    assert!(loaded.plan("all").is_ok());
    let unknown = good("built-on-parts.toml").plan("quit").unwrap_err();
    assert_eq!(unknown[0].help.as_deref(), Some("did you mean `quiet`?"));
}

#[test]
fn a_plan_that_breaks_the_scenario_is_shown_where_it_does() {
    let loaded = scenario_with(
        "[asset.portal]\ndetect = \"1h\"\n[plan.back.set]\n\"scenario.end\" = 2026-11-01T00:00:00-05:00\n",
    );
    assert_eq!(errors(&loaded), ["the scenario ends before it begins (in plan `back`)"]);
    let span = loaded.locate(&loaded.problems()[0]).span;
    assert_eq!(&loaded.files()[0].text[span], "2026-11-01T00:00:00-05:00");
}

#[test]
fn a_plan_that_adds_half_a_table_is_told_what_is_missing() {
    let loaded =
        scenario_with("[asset.portal]\ndetect = \"1h\"\n[plan.paper.set]\n\"asset.portal.fallback.takes\" = \"2h\"\n");
    assert_eq!(errors(&loaded), ["`asset.portal.fallback` needs `rate` (in plan `paper`)"]);
    let span = loaded.locate(&loaded.problems()[0]).span;
    assert_eq!(&loaded.files()[0].text[span], "\"asset.portal.fallback.takes\"");
}

#[test]
fn a_plan_cannot_close_a_circle() {
    let loaded = scenario_with(
        "[uncertainty.one]\nvalue = \"uniform(0, 1)\"\n[uncertainty.two]\nvalue = \"one + 1\"\n[plan.round.set]\n\"uncertainty.one.value\" = \"two / 2\"\n",
    );
    assert_eq!(
        errors(&loaded),
        ["uncertainties are worked out from one another in a circle: `one` → `two` → `one` (in plan `round`)"]
    );
}
