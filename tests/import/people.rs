//! Headings, recipients, numbers, objectives and ways of delivery, in all the ways in which planners write them.

use crate::{import_table, lines, scenario, unread};
use canvass::intake::{FIELDS, Fate, Field, KINDS, METHODS, Options, method_word};
use std::collections::BTreeSet;

/// Recipients of each row.
fn recipients(cells: &[&str]) -> Vec<String> {
    let rows: String = cells.iter().map(|cell| format!("0900,t,\"{cell}\"\n")).collect();
    let import = import_table(&format!("Time,Title,To\n{rows}"), &Options::default());
    scenario(&import).inject.values().map(|inject| inject.to.join(" ")).collect()
}

#[test]
fn several_recipients_in_a_cell() {
    assert_eq!(
        recipients(&["Clerk, Sheriff", "Clerk; Sheriff", "Clerk\nSheriff", "• Clerk\n• Sheriff"]),
        ["clerk sheriff"; 4]
    );
    assert_eq!(recipients(&["Clerk", "CLERK ", "clerk."]), ["clerk"; 3]);
    assert_eq!(recipients(&["Clerk (day, night)"]), ["clerk-day-night"]);
}

#[test]
fn names_joined_by_a_word_are_told_apart_only_where_each_is_a_name_elsewhere() {
    assert_eq!(
        recipients(&["Fire and Rescue", "Health & Safety", "Fire/EMS"]),
        ["fire-and-rescue", "health-safety", "fire-ems"]
    );
    assert_eq!(recipients(&["Fire and Rescue", "Fire", "Rescue"]), ["fire rescue", "fire", "rescue"]);
    assert_eq!(recipients(&["Clerk/Sheriff", "Sheriff", "Clerk"]), ["clerk sheriff", "sheriff", "clerk"]);
}

#[test]
fn everybody_is_everybody_who_is_named() {
    assert_eq!(recipients(&["All", "Clerk", "Sheriff", "N/A", ""]), ["clerk sheriff", "clerk", "sheriff", "", ""]);
    assert_eq!(recipients(&["All players"]), ["all-players"]);
}

#[test]
fn every_recipient_gets_a_name_that_a_scenario_can_have() {
    let made = recipients(&[
        "Bürgermeisterin",
        "מוקד",
        "选举办公室",
        "911 Center",
        "now",
        "(!)",
        "École élémentaire",
        "A very long name of an office that goes on and on",
    ]);
    assert_eq!(
        made,
        [
            "buergermeisterin",
            "player",
            "player-2",
            "player-911-center",
            "player-now",
            "player-3",
            "ecole-elementaire",
            "a-very-long-name-of-an-office"
        ]
    );
    let import = import_table("Time,Title,To\n0900,t,מוקד\n", &Options::default());
    assert_eq!(scenario(&import).responder["player"].title.as_deref(), Some("מוקד"));
}

#[test]
fn kinds_of_responders_are_guessed_from_their_names() {
    let import = import_table(
        "Time,Title,To\n0900,t,\"County Clerk, Secretary of State, Sheriff, Local TV station, Web vendor, EI-ISAC, Acme Catering, Circuit Court\"\n",
        &Options::default(),
    );
    let kinds: Vec<String> =
        scenario(&import).responder.values().map(|responder| format!("{:?}", responder.kind)).collect();
    assert_eq!(
        kinds,
        [
            "LocalElectionOffice",
            "StateElectionOffice",
            "LawEnforcement",
            "Media",
            "Vendor",
            "SharingCentre",
            "CivilSociety",
            "Court"
        ]
    );
    assert!(import.scenario.contains("kind  = \"civil-society\" # a guess"));
}

/// Every heading of the table in docs/import.md is understood as the field it stands for.
#[test]
fn every_known_heading_is_understood_as_what_it_means() {
    let mut all = BTreeSet::new();
    for known in FIELDS {
        for heading in known.headings {
            assert!(all.insert(*heading), "`{heading}` stands for two fields");
        }
    }
    for (field, value, sign) in [
        (Field::From, "a voter", "from ".to_owned()),
        (Field::Method, "fax", "method".to_owned()),
        (Field::Controller, "Lee", "controller".to_owned()),
        (Field::Track, "roads", "track".to_owned()),
        (Field::Expected, "calls", "expected".to_owned()),
        (Field::Objective, "speak", "[objective.speak]".to_owned()),
        (Field::Chance, "40 %", "40 %".to_owned()),
        (Field::Elapsed, "+00:30", "08:30:00".to_owned()),
    ] {
        let known = FIELDS.iter().find(|known| known.field == field).unwrap();
        for heading in known.headings {
            let mut table = csv::Writer::from_writer(Vec::new());
            table.write_record(["Subject", "Description", "Send to", &heading.to_uppercase()]).unwrap();
            table.write_record(["t", "d", "x", value]).unwrap();
            let text = String::from_utf8(table.into_inner().unwrap()).unwrap();
            let import = import_table(&text, &Options::default());
            let wanted = sign.split(' ').next().unwrap_or_default();
            let found = if sign.contains('%') || sign.contains(':') {
                import.scenario.contains(&sign)
            } else {
                import.scenario.contains(wanted)
            };
            assert!(found, "{heading}: {}", import.scenario);
            assert!(
                !import.scenario.contains(&format!("# {}:", heading.to_uppercase())),
                "{heading} is kept as a comment"
            );
        }
    }
}

#[test]
fn a_misspelt_heading_is_understood_and_said() {
    let import = import_table("Scheduled Tiem,Titel,Desciption,Recipeint\n0900,t,d,x\n", &Options::default());
    assert_eq!(lines(&import), ["t 2026-11-03T09:00:00+00:00 [] t"].map(|line| line.replace("[]", "[x]")));
    assert!(import.assumed.iter().any(|said| said.contains("Desciption")), "{:?}", import.assumed);
}

#[test]
fn every_word_for_a_method_and_a_kind_is_understood() {
    let words =
        || METHODS.iter().flat_map(|(method, words)| words.iter().map(move |word| (*method, word.to_uppercase())));
    let own = METHODS.iter().map(|(method, _)| (*method, method_word(*method).to_owned()));
    let cases: Vec<_> = words().chain(own).collect();
    let rows: String = cases.iter().map(|(_, word)| format!("0900,t,x,{word}\n")).collect();
    let import = import_table(&format!("Time,Title,To,Method\n{rows}"), &Options::default());
    for (inject, (method, word)) in scenario(&import).inject.values().zip(&cases) {
        assert_eq!(inject.method, Some(*method), "{word}");
    }
    assert_eq!(unread(&import, Fate::Read), [""; 0]);

    let words: Vec<&str> = KINDS.iter().flat_map(|(_, words)| words.iter().copied()).collect();
    let rows: String = words.iter().map(|word| format!("0910,t,x,{word}\n")).collect();
    let import = import_table(&format!("Time,Title,To,Type\n0900,t,x,Inject\n{rows}"), &Options::default());
    let doubts = unread(&import, Fate::Read);
    assert!(!doubts.iter().any(|note| note.contains("(Type)")), "{doubts:?}");
    assert_eq!(import.account.with(Fate::Read), words.len() + 1);
}

#[test]
fn several_methods_and_words_around_them() {
    let read = |cell: &str| {
        let import = import_table(&format!("Time,Title,To,Method\n0900,t,x,\"{cell}\"\n"), &Options::default());
        (scenario(&import).inject["t"].method.map(method_word), unread(&import, Fate::Read).len())
    };
    assert_eq!(read("Phone or radio"), (Some("phone"), 1));
    assert_eq!(read("Phone call to the duty officer"), (Some("phone"), 0));
    assert_eq!(read("Inject card (printed)"), (Some("paper"), 0));
    assert_eq!(read("-"), (None, 0));
    assert_eq!(read("smoke signals at dawn"), (None, 1));
}

#[test]
fn numbers_that_come_twice_and_parents_that_are_not_there() {
    let import = import_table(
        "#,Time,Title,To,Branch of\n5,0900,a,x,\n5,0910,b,x,\n9-A,0920,c,x,\n6,0930,d,x,77\n7,0940,e,x,8\n8,0950,f,x,7\n9.1,1000,g,x,\nMSEL-010,1010,h,x,\n10-b,1005,i,x,\n",
        &Options::default(),
    );
    let made = scenario(&import);
    let told: Vec<String> = made
        .inject
        .iter()
        .map(|(name, inject)| format!("{name}<{}", inject.branch_of.as_deref().unwrap_or("")))
        .collect();
    // Of 7 and 8, which lie behind one another, one stands by itself; and 10-b cannot come before 010.
    assert_eq!(
        told,
        [
            "inject-5<",
            "inject-5-2<",
            "inject-9-a<",
            "inject-6<",
            "inject-8<",
            "inject-7<inject-8",
            "inject-9-1<",
            "msel-010<",
            "inject-10-b<msel-010"
        ]
    );
    assert_eq!(crate::at(&made.inject["inject-10-b"]), "2026-11-03T10:10:00+00:00");
    let doubts = unread(&import, Fate::Read);
    assert_eq!(doubts.len(), 5, "{doubts:?}");
}

#[test]
fn objectives_by_number_by_title_and_by_both() {
    let import = import_table(
        "Time,Title,To,Objectives\n0900,a,x,\"1, 2\"\n0910,b,x,Objective 1: Keep the count going\n0920,c,x,2. Speak with one voice; Keep the count going\n0930,d,x,Tell the courts\n0940,e,x,911 dispatchers are told\n",
        &Options::default(),
    );
    let made = scenario(&import);
    let titles: Vec<(&str, &str)> =
        made.objective.iter().map(|(name, aim)| (name.as_str(), aim.title.as_str())).collect();
    assert_eq!(
        titles,
        [
            ("objective-1", "Keep the count going"),
            ("objective-2", "Speak with one voice"),
            ("tell-the-courts", "Tell the courts"),
            ("objective-911-dispatchers-are-told", "911 dispatchers are told"),
        ]
    );
    let served: Vec<String> = made.inject.values().map(|inject| inject.objective.join(" ")).collect();
    assert_eq!(
        served,
        [
            "objective-1 objective-2",
            "objective-1",
            "objective-2 objective-1",
            "tell-the-courts",
            "objective-911-dispatchers-are-told"
        ]
    );
}

#[test]
fn a_branch_at_the_moment_of_its_parent_is_given_all_the_same() {
    let import = import_table(
        "#,Time,Title,To,P(fires)\n1,0900,a,x,100 %\n1-A,0900,b,x,100 %\n1-B,,c,x,100 %\n",
        &Options::default(),
    );
    assert!(!import.scenario.contains("chance"), "{}", import.scenario);
    let desk = crate::program::Desk::new();
    desk.write("list.toml", &import.scenario);
    desk.call(&["run", "list.toml"]).succeeds().out_has("09:00  A").out_has("09:00  B").out_has("09:00  C");
}
