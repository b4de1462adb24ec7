//! Who may do what: the whole table, one verb and one kind of responder at a time.

use super::{errors, scenario_with};
use canvass::scenario::Loaded;

const KINDS: [&str; 17] = [
    "local-election-office",
    "state-election-office",
    "sharing-centre",
    "cyber-agency",
    "law-enforcement",
    "intelligence",
    "justice",
    "military-cyber",
    "platform",
    "vendor",
    "media",
    "fact-checker",
    "court",
    "canvass-board",
    "legislature",
    "party",
    "civil-society",
];

/// The verb, an effect with it, and the kinds that may have that effect on what is not their own.
const ALLOWED: [(&str, &str, &[&str]); 21] = [
    ("disrupt", "asset = \"portal\"", &[]),
    ("compromise", "asset = \"portal\"", &[]),
    ("alter", "asset = \"portal\"", &[]),
    ("shake", "confidence = \"-3 %\"", &[]),
    ("publish", "narrative = \"rigged\"", &[]),
    ("publish", "narrative = \"facts\"", &KINDS),
    ("restore", "asset = \"portal\"", &["vendor", "cyber-agency"]),
    ("shield", "asset = \"portal\"", &["vendor", "cyber-agency"]),
    ("inspect", "asset = \"portal\"", &["vendor", "cyber-agency"]),
    ("correct", "asset = \"portal\"", &["local-election-office", "state-election-office"]),
    ("fail-over", "asset = \"portal\"", &[]),
    ("label", "narrative = \"rigged\", on = \"photogram\"", &["platform"]),
    ("downrank", "narrative = \"rigged\"", &["platform"]),
    ("remove", "narrative = \"rigged\", on = [\"photogram\"]", &["platform"]),
    ("takedown", "adversary = \"flooders\"", &["platform"]),
    ("reviewers", "add = 3", &["platform"]),
    ("tip", "narrative = \"rigged\"", &KINDS),
    (
        "declare",
        "winner = \"alder\"",
        &["local-election-office", "state-election-office", "canvass-board", "court", "media"],
    ),
    (
        "attribute",
        "adversary = \"flooders\"",
        &["intelligence", "law-enforcement", "justice", "cyber-agency", "vendor"],
    ),
    (
        "deter",
        "adversary = \"flooders\", cut = 0.5",
        &["justice", "law-enforcement", "military-cyber", "vendor", "court"],
    ),
    ("staff", "responder = \"keeper\", change = 2", &KINDS),
];

const WORLD: &str = r#"
[platform.photogram]
[platform.chatter]
[segment.town]
share = 0.5
camp = "alder"
[narrative.rigged]
about = "The count is being changed"
[narrative.facts]
about = "The count goes on"
accurate = true
[adversary.flooders]
kind = "hacktivist"
[asset.portal]
owner = "keeper"
[responder.keeper]
kind = "sharing-centre"
"#;

fn acting(kind: &str, owner: &str, verb: &str, target: &str) -> Loaded {
    let platform = if kind == "platform" { "platform = \"photogram\"\n" } else { "" };
    scenario_with(&format!(
        "{WORLD}[responder.actor]\nkind = \"{kind}\"\n{platform}[response.act]\nowner = \"{owner}\"\nat = \"start\"\neffect = {{ {verb} = {{ {target} }} }}\n"
    ))
}

#[test]
fn each_kind_may_do_what_the_table_says_and_nothing_else() {
    for (verb, target, allowed) in ALLOWED {
        for kind in KINDS {
            let loaded = acting(kind, "actor", verb, target);
            let found = errors(&loaded);
            assert_eq!(found.is_empty(), allowed.contains(&kind), "{kind} and {verb}: {found:?}");
            assert!(
                found.iter().all(|message| message.starts_with("`actor` (") && message.contains(" may not ")),
                "{found:?}"
            );
        }
    }
}

#[test]
fn an_owner_may_mend_its_own_system() {
    for verb in ["restore", "correct", "shield", "fail-over", "inspect"] {
        assert_eq!(errors(&acting("media", "keeper", verb, "asset = \"portal\"")), Vec::<&str>::new());
    }
}

#[test]
fn a_platform_acts_on_itself_only() {
    for verb in ["friction", "nudge", "ban", "information-centre"] {
        assert_eq!(errors(&acting("platform", "actor", verb, "")), Vec::<&str>::new(), "{verb}");
        let elsewhere = acting("platform", "actor", verb, "on = \"chatter\"");
        assert_eq!(errors(&elsewhere).len(), 1, "{verb}");
        assert!(errors(&elsewhere)[0].starts_with("`actor` runs `photogram` and may not "), "{:?}", errors(&elsewhere));
    }
}

#[test]
fn the_refusal_says_who_may_and_stands_at_the_verb() {
    let loaded = acting("cyber-agency", "actor", "remove", "narrative = \"rigged\"");
    assert_eq!(
        errors(&loaded),
        ["`actor` (a cyber agency) may not remove posts; only the responder that runs the platform may"]
    );
    let span = loaded.locate(&loaded.problems()[0]).span;
    assert_eq!(&loaded.files()[0].text[span], "remove");
}

#[test]
fn adversaries_harm_and_injects_do_anything() {
    let step = |effect: &str| {
        scenario_with(&format!(
            "{WORLD}[campaign.flood]\nby = \"flooders\"\n[[campaign.flood.step]]\nat = \"start\"\neffect = {effect}\n"
        ))
    };
    for effect in [
        "{ disrupt = { asset = \"portal\" } }",
        "{ publish = { narrative = \"rigged\" } }",
        "{ staff = { responder = \"keeper\", change = -2 } }",
    ] {
        assert_eq!(errors(&step(effect)), Vec::<&str>::new());
    }
    for effect in [
        "{ remove = { narrative = \"rigged\" } }",
        "{ inform = {} }",
        "{ staff = { responder = \"keeper\", change = 2 } }",
    ] {
        assert_eq!(errors(&step(effect)).len(), 1, "{effect}");
    }
    for (verb, target, _) in ALLOWED {
        let inject = scenario_with(&format!(
            "{WORLD}[inject.note]\ntitle = \"A note\"\nat = \"start\"\neffect = {{ {verb} = {{ {target} }} }}\n"
        ));
        assert_eq!(errors(&inject), Vec::<&str>::new(), "{verb}");
    }
}
