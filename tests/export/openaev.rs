//! What OpenAEV does with an archive, done again here: it reads entries by their comments, and injects from the parents down.

use serde_json::Value;
use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::Path;

/// The built-in kind of inject that somebody carries out.
const BY_HAND: &str = "d02e9132-b9d0-4daa-b3b1-4b9871f8472c";

/// Takes an archive.
pub(crate) fn accepts(path: &Path) {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    assert_eq!(archive.len(), 1);
    let mut entry = archive.by_index(0).unwrap();
    assert_eq!(entry.comment(), "Scenario", "an entry without this comment is refused");
    assert!(entry.name().unwrap().ends_with(".json"));
    let mut text = String::new();
    entry.read_to_string(&mut text).unwrap();
    let read: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(read["export_version"].as_u64(), Some(1));

    let about = read["scenario_information"].as_object().unwrap();
    let nodes = "name description subtitle category main_focus message_header message_footer mail_from";
    for node in nodes.split(' ') {
        assert!(about.contains_key(&format!("scenario_{node}")), "no scenario_{node}");
    }
    assert!(about["scenario_subtitle"].as_str().unwrap().contains("simulated, exercise data"));
    let list = |key: &str| read[key].as_array().unwrap_or_else(|| panic!("no {key}"));
    for key in
        "tags documents organizations users channels articles challenges lessons_categories lessons_questions variables"
            .split(' ')
    {
        list(&format!("scenario_{key}"));
    }
    let teams: BTreeSet<&str> = list("scenario_teams").iter().map(|team| team["team_id"].as_str().unwrap()).collect();
    for objective in list("scenario_objectives") {
        let node = |key: &str| objective[key].as_str().unwrap_or_else(|| panic!("no {key}"));
        assert!(!node("objective_id").is_empty() && !node("objective_title").is_empty());
        node("objective_description");
    }

    let injects = list("scenario_injects");
    for inject in injects {
        let node = inject.as_object().unwrap();
        for key in "id title description country city content all_teams depends_on depends_duration enabled".split(' ')
        {
            assert!(node.contains_key(&format!("inject_{key}")), "no inject_{key}");
        }
        let contract = node["inject_injector_contract"].as_object().unwrap();
        assert_eq!(contract["injector_contract_id"].as_str(), Some(BY_HAND));
        assert!(contract.contains_key("injector_contract_payload"), "looked at where the contract is not known");
        assert!(node["inject_depends_duration"].as_i64().unwrap() >= 0);
        assert!(node["inject_title"].as_str().unwrap().chars().count() <= 255);
        for team in node["inject_teams"].as_array().unwrap() {
            assert!(teams.contains(team.as_str().unwrap()), "a team that is not in the archive");
        }
        for expectation in node["inject_content"]["expectations"].as_array().unwrap() {
            assert_eq!(expectation["expectation_type"].as_str(), Some("MANUAL"));
            assert!(expectation["expectation_score"].as_f64().is_some());
        }
    }
    taken_from_the_parents_down(injects);
}

/// First those that are nobody's children, then in each round the children of those that were made in the last.
fn taken_from_the_parents_down(injects: &[Value]) {
    let id = |inject: &Value| inject["inject_id"].as_str().unwrap().to_owned();
    let parents = |inject: &Value| -> Vec<String> {
        let depends = inject["inject_depends_on"].as_array().expect("a list, though it be empty");
        let parent = |each: &Value| {
            let relation = &each["dependency_relationship"];
            assert_eq!(relation["inject_children_id"].as_str().unwrap(), id(inject));
            let condition = &each["dependency_condition"];
            assert!(matches!(condition["mode"].as_str(), Some("and" | "or")));
            assert_eq!(condition["conditions"][0]["operator"].as_str(), Some("eq"));
            assert!(condition["conditions"][0]["value"].is_boolean());
            relation["inject_parent_id"].as_str().unwrap().to_owned()
        };
        depends.iter().map(parent).collect()
    };
    let due = |wanted: &str| {
        let inject = injects.iter().find(|inject| id(inject) == wanted).expect("a parent that is in the archive");
        inject["inject_depends_duration"].as_i64().unwrap()
    };
    let mut made: BTreeSet<String> = BTreeSet::new();
    let mut last: Vec<&Value> = injects.iter().filter(|inject| parents(inject).is_empty()).collect();
    while !last.is_empty() {
        for inject in &last {
            assert!(made.insert(id(inject)), "made twice");
            for parent in parents(inject) {
                assert!(made.contains(&parent), "a child before its parent");
                assert!(due(&id(inject)) >= due(&parent) + 60, "a child follows its parent by a minute at least");
                assert_eq!(inject["inject_enabled"].as_bool(), Some(false), "the clock must not give a branch");
            }
        }
        let fresh: Vec<String> = last.iter().map(|inject| id(inject)).collect();
        last = injects.iter().filter(|inject| parents(inject).iter().any(|parent| fresh.contains(parent))).collect();
    }
    assert_eq!(made.len(), injects.len(), "an inject was left behind");
}
