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

#[test]
fn a_part_is_used_by_two_scenarios_or_more() {
    let texts: Vec<String> = files("scenarios").iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    for part in files("scenarios/parts") {
        let name = format!("\"parts/{}\"", part.file_name().unwrap().to_str().unwrap());
        let users = texts.iter().filter(|text| text.contains(&name)).count();
        assert!(users >= 2, "{name} is used {users} times");
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
