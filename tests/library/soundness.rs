//! Nothing in the library is wrong, doubtful or without evidence, and nothing lies about unused.

use crate::shelf::{files, happened, plan};
use canvass::scenario::Loaded;
use canvass::study::Columns;
use canvass::study::expectation::read_checks;
use canvass::world::Model;
use std::path::Path;

fn all() -> Vec<Loaded> {
    files("scenarios").iter().map(|path| Loaded::read(path).unwrap()).collect()
}

#[test]
fn every_scenario_is_read_and_compiled_without_an_error_or_a_warning() {
    for scenario in all() {
        let id = scenario.id();
        assert_eq!(scenario.problems(), [], "{id}");
        let models: Vec<Model> =
            scenario.plans().iter().map(|name| Model::compile(&plan(&scenario, name)).unwrap()).collect();
        // What is idle under one plan only is what that plan is about.
        for warning in models[0].warnings() {
            assert!(!models.iter().all(|model| model.warnings().contains(warning)), "{id}: {warning:?}");
        }
        let columns = Columns::of(&models[0]);
        for model in &models[1..] {
            assert_eq!(columns.first_difference(&Columns::of(model)), None, "{id}");
        }
        assert_ne!(
            read_checks(scenario.scenario().unwrap(), &columns.measures).unwrap().len(),
            0,
            "{id} expects nothing"
        );
    }
}

#[test]
fn every_plan_of_every_scenario_runs_to_its_end_and_something_it_fears_happens() {
    for scenario in all() {
        let mut counts = Vec::new();
        for name in scenario.plans() {
            counts.push(happened(&plan(&scenario, &name), 25).iter().sum::<u64>());
        }
        assert!(counts.iter().any(|count| *count > 0), "{}: {counts:?}", scenario.id());
    }
}

/// Parts on which fewer than two scenarios stand, each with why it is kept.
const OFFERED: [(&str, &str); 6] = [
    ("law/calendar-us-2020", "the year of the national scenario, and of no other here"),
    ("law/rules-us-2020", "the law of the national scenario, and of no other here"),
    ("nation/nation-2020", "the states of the national scenario, apart from it as they fill a file of their own"),
    (
        "law/calendar-us-2024",
        "for authors: the newest federal calendar; scenarios here vote in 2020, or in invented states",
    ),
    ("law/rules-us-ecra", "for authors: the law that holds today; it goes with the calendar of 2024"),
    (
        "law/rules-generic",
        "for authors: elections elsewhere, under dates of their own; those here have their cases' dates",
    ),
];

/// How many scenarios stand on a part of the library.
fn users(part: &str) -> usize {
    let name = format!("\"parts/{part}.toml\"");
    files("scenarios").iter().filter(|path| std::fs::read_to_string(path).unwrap().contains(&name)).count()
}

/// All parts, as `extends` names them, without the ending.
fn parts() -> Vec<String> {
    let folders = ["", "law/", "nation/"];
    let in_folder = |folder: &str| {
        let name = |path: &std::path::PathBuf| format!("{folder}{}", path.file_stem().unwrap().to_str().unwrap());
        files(&format!("scenarios/parts/{folder}")).iter().map(name).collect::<Vec<_>>()
    };
    folders.into_iter().flat_map(in_folder).collect()
}

#[test]
fn a_part_is_used_by_two_scenarios_or_more_or_is_offered_for_a_reason() {
    for part in parts() {
        let users = users(&part);
        let offered = OFFERED.iter().any(|(name, _)| *name == part);
        assert_eq!(users < 2, offered, "{part} is used {users} times");
    }
}

#[test]
fn of_each_kind_of_part_one_at_least_is_used_twice() {
    for kind in ["law/calendar-", "law/rules-", "platform-", "agencies", "offices", "adversary-"] {
        assert!(parts().iter().any(|part| part.starts_with(kind) && users(part) >= 2), "{kind}");
    }
}

#[test]
fn every_part_has_a_row_in_the_catalogue() {
    let catalogue = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/README.md")).unwrap();
    for part in parts() {
        assert!(catalogue.contains(&format!("{part}.toml`")), "{part}");
    }
}

#[test]
fn every_scenario_has_a_row_in_the_catalogue() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/README.md");
    let catalogue = std::fs::read_to_string(readme).unwrap();
    for scenario in all() {
        assert!(catalogue.contains(&format!("`{}`", scenario.id())), "{}", scenario.id());
    }
}
