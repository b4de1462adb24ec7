//! A run as a STIX bundle: everything marked, everything that is referred to there, and nobody accused who only talks.

use crate::msel::desk_with;
use crate::program::Desk;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const EXERCISE: &str = include_str!("../fixtures/exercise.toml");

/// What an adversary does to the evening; a second one never acts.
const ACTORS: &str = r#"
[adversary.flooders]
kind  = "hacktivist"
title = "a group out for attention"
tier  = 4

[adversary.sleepers]
kind  = "state"
title = "a service that waits"

[campaign.flood]
by    = "flooders"
title = "A flood of requests"

[[campaign.flood.step]]
title   = "A flood of requests hits the results page"
at      = "polls-close"
effect  = { disrupt = { asset = "results-page" } }
tags    = ["attack:T1498", "disarm:T0046"]

[campaign.later]
by = "sleepers"

[[campaign.later.step]]
title  = "Something that comes too late"
at     = "start + 200h"
effect = { disrupt = { asset = "results-page" } }
tags   = ["attack:T1491.002"]
"#;

fn bundle(desk: &Desk, more: &[&str]) -> Vec<Value> {
    let base = ["export", "evening.toml", "-q", "--stix", "--plan", "with-statement", "--runs", "60"];
    let said = desk.call(&[&base, more].concat()).succeeds();
    let text = desk.read(said.out.trim());
    let read: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(read["type"], "bundle");
    read["objects"].as_array().unwrap().clone()
}

fn of_type<'o>(objects: &'o [Value], kind: &str) -> Vec<&'o Value> {
    objects.iter().filter(|object| object["type"] == kind).collect()
}

#[test]
fn every_object_is_marked_and_every_reference_leads_somewhere() {
    let desk = desk_with(&format!("{EXERCISE}{ACTORS}"));
    let objects = bundle(&desk, &["--of", "bad"]);
    let ids: BTreeSet<&str> = objects.iter().map(|object| object["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), objects.len(), "an identifier twice");
    let markings: Vec<&Value> = of_type(&objects, "marking-definition");
    let statement = markings.iter().find(|marking| marking["definition_type"] == "statement").unwrap();
    assert!(statement["definition"]["statement"].as_str().unwrap().starts_with("SIMULATED, EXERCISE DATA"));
    let tlp = "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb";
    assert!(markings.iter().any(|marking| marking["id"] == tlp && marking["name"] == "TLP:GREEN"));
    for object in objects.iter().filter(|object| object["type"] != "marking-definition") {
        assert_eq!(object["labels"], serde_json::json!(["simulated", "exercise"]), "{object}");
        assert_eq!(object["object_marking_refs"], serde_json::json!([statement["id"], tlp]), "{object}");
        for moment in ["created", "modified"] {
            let moment = object[moment].as_str().unwrap();
            assert!(("2026-11-04T00:00:00.000Z"..="2026-11-04T06:00:00.000Z").contains(&moment), "{moment}");
        }
        let kind = object["type"].as_str().unwrap();
        let id = object["id"].as_str().unwrap();
        assert_eq!((id.split_once("--").unwrap().0, id.len()), (kind, kind.len() + 38));
        let single = ["created_by_ref", "source_ref", "target_ref"].map(|key| object.get(key).and_then(Value::as_str));
        let several =
            object.get("object_refs").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        for reference in single.into_iter().flatten().chain(several) {
            assert!(ids.contains(reference), "{id} refers to {reference}, which is not there");
        }
    }
    let group = of_type(&objects, "grouping")[0];
    assert_eq!(group["object_refs"].as_array().unwrap().len() + 1, objects.len() - markings.len());
}

#[test]
fn those_who_act_are_actors_and_a_rumour_is_nobody() {
    let desk = desk_with(&format!("{EXERCISE}{ACTORS}"));
    let objects = bundle(&desk, &["--contingency", "dark-page"]);
    let names = |kind: &str| -> Vec<&str> {
        of_type(&objects, kind).iter().filter_map(|object| object["name"].as_str()).collect()
    };
    assert_eq!(names("threat-actor"), ["a group out for attention"], "who never acts is not named");
    assert_eq!(names("campaign"), ["A flood of requests"]);
    assert_eq!(names("attack-pattern"), ["ATT&CK technique T1498", "DISARM technique T0046"]);
    let pattern = of_type(&objects, "attack-pattern")[0];
    assert_eq!(pattern["external_references"][0]["external_id"], "T1498");
    let titles: BTreeMap<&str, &str> =
        objects.iter().filter_map(|object| Some((object["id"].as_str()?, object["name"].as_str()?))).collect();
    let relations: BTreeSet<(&str, &str, &str)> = of_type(&objects, "relationship")
        .iter()
        .map(|each| {
            let end = |key: &str| titles[each[key].as_str().unwrap()];
            (end("source_ref"), each["relationship_type"].as_str().unwrap(), end("target_ref"))
        })
        .collect();
    for relation in [
        ("A flood of requests", "attributed-to", "a group out for attention"),
        ("A flood of requests", "uses", "ATT&CK technique T1498"),
        ("ATT&CK technique T1498", "targets", "the results page"),
        ("A flood of requests", "related-to", "The results page is dark for more than 15 minutes"),
        ("the county election office", "related-to", "the results page"),
    ] {
        assert!(relations.contains(&relation), "no {relation:?} in {relations:#?}");
    }
    let notes: Vec<&str> = of_type(&objects, "note").iter().filter_map(|note| note["content"].as_str()).collect();
    assert!(notes.iter().any(|note| note.starts_with("People begin to say")), "{notes:?}");
}

#[test]
fn a_rumour_without_an_author_makes_no_threat_actor() {
    let desk = desk_with(EXERCISE);
    let objects = bundle(&desk, &["--of", "bad"]);
    assert!(of_type(&objects, "threat-actor").is_empty() && of_type(&objects, "campaign").is_empty());
    assert!(!of_type(&objects, "incident").is_empty());
}

#[test]
fn the_same_run_makes_the_same_bytes() {
    let desk = desk_with(&format!("{EXERCISE}{ACTORS}"));
    let made = |folder: &str, threads: &str| {
        let base = [
            "export",
            "evening.toml",
            "-q",
            "--stix",
            "--run",
            "5",
            "--runs",
            "20",
            "-o",
            folder,
            "--threads",
            threads,
        ];
        let said = desk.call(&base).succeeds();
        desk.read(said.out.trim())
    };
    assert_eq!(made("one", "1"), made("two", "2"));
}
