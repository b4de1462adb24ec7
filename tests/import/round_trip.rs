//! A list of events that this program has written is read again: the same injects, times and recipients.

use crate::program::Desk;
use crate::{at, import_book, scenario, start};
use calamine::{Reader as _, Xlsx, open_workbook};
use canvass::intake::{Import, Options};
use canvass::scenario::model::Scenario;
use std::collections::BTreeMap;

const STARTER: &str = include_str!("../../scenarios/starter-results-site.toml");

/// A row of an exported list, as a person reads it.
struct Told {
    number: String,
    title: String,
    text: String,
    to: Vec<String>,
    kind: String,
    expected: String,
    method: String,
}

/// The rows of the first sheet, and the local time of each number from the sheet of times.
fn told(desk: &Desk, file: &str) -> (Vec<Told>, BTreeMap<String, String>) {
    let mut book: Xlsx<_> = open_workbook(desk.path(file)).unwrap();
    let table = |book: &mut Xlsx<_>, name: &str, first: &str| -> Vec<Vec<String>> {
        let range = book.worksheet_range(name).unwrap();
        let rows: Vec<Vec<String>> = range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
        let head = rows.iter().position(|row| row[0] == first).unwrap();
        rows[head..].to_vec()
    };
    let list = table(&mut book, "MSEL", "#");
    let place = |heading: &str| list[0].iter().position(|own| own == heading).unwrap_or_else(|| panic!("no {heading}"));
    let rows = list[1..]
        .iter()
        .map(|row| {
            let cell = |heading: &str| row[place(heading)].clone();
            Told {
                number: cell("#"),
                title: cell("Title"),
                text: cell("Description"),
                to: cell("To").split("; ").map(str::to_owned).collect(),
                kind: cell("Inject Type"),
                expected: cell("Expected Action"),
                method: cell("Delivery Method"),
            }
        })
        .collect();
    let times = table(&mut book, "Times", "#");
    (rows, times[1..].iter().map(|row| (row[0].clone(), row[2].clone())).collect())
}

fn titles(made: &Scenario, names: &[String]) -> Vec<String> {
    names.iter().map(|name| made.responder[name].title.clone().unwrap()).collect()
}

fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names
}

/// A moment to the second, without the way its offset is written.
fn seconds(moment: &str) -> i64 {
    canvass::scenario::DateTime::parse(moment).unwrap().unix_ms / 1_000
}

fn imported(desk: &Desk, file: &str, options: &Options) -> Import {
    import_book(file, &std::fs::read(desk.path(file)).unwrap(), options)
}

#[test]
fn a_list_of_the_starter_comes_back_with_its_injects_times_and_recipients() {
    let desk = Desk::new();
    desk.write("starter-results-site.toml", STARTER);
    for (which, file) in [("scripted", "script"), ("median", "median"), ("bad", "bad")] {
        let arguments = [
            "export",
            "starter-results-site.toml",
            "--msel",
            "cadence",
            "--of",
            which,
            "--runs",
            "200",
            "-o",
            file,
            "-q",
        ];
        desk.call(&arguments).succeeds();
        let name = desk.list(file).into_iter().find(|name| name.ends_with("msel.xlsx")).unwrap();
        let path = format!("{file}/{name}");
        let (rows, times) = told(&desk, &path);
        let import = imported(&desk, &path, &Options::default());
        let made = scenario(&import);
        let given: Vec<&Told> = rows.iter().filter(|row| row.kind != "Expected Action").collect();
        assert!(given.len() >= 3, "{which}");
        assert_eq!(made.inject.len(), given.len(), "{which}");
        let everybody: Vec<String> =
            made.responder.values().map(|responder| responder.title.clone().unwrap()).collect();
        for ((name, inject), row) in made.inject.iter().zip(&given) {
            assert!(name.ends_with(&row.number.to_lowercase()), "{name}: {}", row.number);
            assert_eq!(inject.title, row.title);
            assert_eq!(inject.text.as_deref().unwrap_or_default(), row.text, "{name}");
            let to = if row.to == ["All players"] { everybody.clone() } else { row.to.clone() };
            assert_eq!(sorted(titles(&made, &inject.to)), sorted(to), "{name}");
            if !times[&row.number].is_empty() {
                assert_eq!(seconds(&at(inject)), seconds(&times[&row.number]), "{name}");
            }
            assert_eq!(inject.method.is_some(), !row.method.is_empty(), "{name}");
            assert!(inject.expected.as_deref().unwrap_or_default().starts_with(&row.expected), "{name}");
        }
        assert_eq!(import.account.with(canvass::intake::Fate::NotUnderstood), 0);
        // What the planner wrote is there in the same words.
        let reporter = made.inject.values().find(|inject| inject.title.starts_with("A reporter asks")).unwrap();
        let written = desk.read("starter-results-site.toml");
        assert!(written.contains(reporter.text.as_deref().unwrap()));
        assert_eq!(made.scenario.start.offset_s, -5 * 3600);
    }
}

#[test]
fn the_other_forms_of_the_list_come_back_the_same() {
    let desk = Desk::new();
    desk.write("starter-results-site.toml", STARTER);
    let arguments = [
        "export",
        "starter-results-site.toml",
        "--msel",
        "cadence,hseep,csv",
        "--of",
        "median",
        "--runs",
        "200",
        "-o",
        "x",
        "-q",
    ];
    desk.call(&arguments).succeeds();
    let file = |end: &str| {
        desk.list("x").into_iter().find(|name| name.ends_with(end)).map(|name| format!("x/{name}")).unwrap()
    };
    let options = start("2026-11-03T19:00-05:00");
    let short = |import: &Import| -> Vec<String> {
        let made = scenario(import);
        let line = |(name, inject): (&String, &_)| {
            let inject: &canvass::scenario::model::Inject = inject;
            format!("{name} {} [{}]", &at(inject)[..16], inject.to.join(" "))
        };
        made.inject.iter().map(line).collect()
    };
    let workbook = imported(&desk, &file("median-msel.xlsx"), &options);
    let table = imported(&desk, &file("msel.csv"), &options);
    assert_eq!(short(&table), short(&workbook));
    let hseep = imported(&desk, &file("hseep.xlsx"), &options);
    assert_eq!(short(&hseep), short(&workbook));
}
