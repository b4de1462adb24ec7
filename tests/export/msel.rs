//! Lists of events, read back by the rules of the tools that take them.

use crate::program::Desk;
use crate::{blueprint, cadence, openaev};
use calamine::{Reader, Xlsx, open_workbook};
use canvass::scenario::{Loaded, Moment};
use std::collections::BTreeMap;

const EXERCISE: &str = include_str!("../fixtures/exercise.toml");
const FORMS: &str = "cadence,hseep,blueprint-json,openaev,csv";

/// A row of a list: heading by heading.
pub(crate) type Row = BTreeMap<String, String>;

pub(crate) fn desk_with(scenario: &str) -> Desk {
    let desk = Desk::new();
    desk.write("evening.toml", scenario);
    desk
}

/// Exports a list in all forms. Returns what the names of the files begin with.
fn exported(desk: &Desk, more: &[&str]) -> String {
    let base = ["export", "evening.toml", "-q", "--msel", FORMS, "--plan", "today", "--runs", "120"];
    let said = desk.call(&[&base, more].concat()).succeeds();
    let first = said.out.lines().next().unwrap();
    first.strip_suffix("msel.xlsx").unwrap().to_owned()
}

fn csv_rows(text: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headings = reader.headers().unwrap().clone();
    let row =
        |record: csv::StringRecord| headings.iter().zip(&record).map(|(a, b)| (a.to_owned(), b.to_owned())).collect();
    reader.records().map(|record| row(record.unwrap())).collect()
}

fn rows(desk: &Desk, stem: &str) -> Vec<Row> {
    csv_rows(&desk.read(&format!("{stem}msel.csv")))
}

fn by_title<'r>(rows: &'r [Row], title: &str) -> &'r Row {
    rows.iter().find(|row| row["Title"] == title).unwrap_or_else(|| panic!("no row {title:?}"))
}

#[test]
fn every_form_is_accepted_by_the_rules_of_its_tool() {
    let desk = desk_with(EXERCISE);
    for more in [&["--of", "median"][..], &["--of", "bad"], &["--of", "scripted"], &["--run", "7"]] {
        let stem = exported(&desk, more);
        let rows = rows(&desk, &stem);
        for (form, titled) in [("msel.xlsx", true), ("msel-hseep.xlsx", false)] {
            let path = desk.path(&format!("{stem}{form}"));
            let events = blueprint::accepts_workbook(&path);
            assert_eq!(events.len(), rows.len(), "{form}");
            if titled {
                cadence::accepts(&path, rows.len());
                let shown: Vec<&str> = events.iter().map(|event| event["Title"].as_str()).collect();
                assert_eq!(shown, rows.iter().map(|row| row["Title"].as_str()).collect::<Vec<&str>>());
            }
        }
        blueprint::accepts_json(&desk.read(&format!("{stem}msel-blueprint.json")), &rows);
        openaev::accepts(&desk.path(&format!("{stem}msel-openaev.zip")));
    }
}

#[test]
fn a_list_holds_the_script_the_world_the_expected_actions_and_the_branches() {
    let desk = desk_with(EXERCISE);
    let base = ["export", "evening.toml", "-q", "--msel", "csv", "--plan", "with-statement", "--runs", "120"];
    let said = desk.call(&[&base[..], &["--of", "bad", "--contingency", "dark-page"]].concat()).succeeds();
    let rows = csv_rows(&desk.read(said.out.trim()));
    assert_eq!((rows[0]["Title"].as_str(), rows[0]["Scheduled Time"].as_str()), ("STARTEX", "19:00"));
    assert_eq!(by_title(&rows, "ENDEX")["Scenario Day"], "2");
    for part in
        ["TLP:GREEN", "simulated, exercise data", "scenario evening", "plan with-statement", "seed 7", "SHA-256"]
    {
        assert!(rows[0]["Notes"].contains(part), "no {part} in {}", rows[0]["Notes"]);
    }

    let reporter = by_title(&rows, "A reporter asks whether the count has stopped");
    for (heading, cell) in [
        ("From", "a reporter of a local newsroom"),
        ("To", "County election office"),
        ("Delivery Method", "In person"),
        ("Track", "Press"),
        ("Controller", "Desk 1"),
        ("Inject Type", "Standard"),
        ("Trigger Type", "Conditional"),
        ("Fire Condition", "asset.results-page.dark > 20min"),
        (
            "Objective",
            "Within half an hour the public hears from the county why the page is dark; Newsrooms have figures although the page is down",
        ),
    ] {
        assert_eq!(reporter[heading], cell, "{heading}");
    }
    assert!(reporter["Expected Action"].starts_with("Says that the page shows the count"));

    let clerk = by_title(&rows, "The clerk says what has happened");
    assert_eq!((clerk["Inject Type"].as_str(), clerk["To"].as_str()), ("Expected Action", "County election office"));
    let noticed = by_title(&rows, "The outage of the results page is noticed");
    assert_eq!((noticed["From"].as_str(), noticed["To"].as_str()), ("SimCell", "County election office"));
    assert_eq!(by_title(&rows, "An outage of the results page begins")["To"], "Controllers");
    assert_eq!(by_title(&rows, "The polls close")["To"], "All players");
}

#[test]
fn branches_stand_behind_their_parents_and_are_numbered_after_them() {
    let desk = desk_with(EXERCISE);
    let stem = exported(&desk, &["--of", "scripted"]);
    let rows = rows(&desk, &stem);
    let numbers: Vec<(&str, &str)> = rows.iter().map(|row| (row["#"].as_str(), row["Title"].as_str())).collect();
    let expected = [
        ("1", "STARTEX"),
        ("2", "The evening before it begins"),
        ("3", "A reporter asks whether the count has stopped"),
        ("3-A", "The reporter is on the air without an answer"),
        ("3-A-A", "The governor's office wants to know who is in charge"),
        ("3-B", "The page is back, with a queue of questions"),
        ("4", "ENDEX"),
    ];
    assert_eq!(numbers, expected);
    let minister = &rows[4];
    assert_eq!((minister["Branch Of"].as_str(), minister["Inject Type"].as_str()), ("3-A", "Contingency"));
    assert!(minister["Median Offset"].ends_with(" after 3-A"), "{}", minister["Median Offset"]);
    assert!(rows[5]["Notes"].contains("of the runs in which 3 is given"), "{}", rows[5]["Notes"]);
}

/// Who holds a list in one hand and the guide in the other finds every inject in both.
#[test]
fn the_number_in_the_papers_stands_beside_every_inject() {
    let desk = desk_with(EXERCISE);
    let papers =
        ["export", "evening.toml", "-q", "--papers", "markdown", "--plan", "today", "--runs", "120", "-o", "papers"];
    desk.call(&papers).succeeds();
    let guide = desk.read("papers/facilitator-guide.md");
    for more in [["--of", "median"], ["--of", "scripted"]] {
        let stem = exported(&desk, &more);
        let rows = rows(&desk, &stem);
        let mut found = 0;
        for row in &rows {
            let Some((_, number)) = row["Notes"].rsplit_once("No. ") else { continue };
            let number = number.strip_suffix(" in the papers").expect("the last of the notes");
            let heading = format!("### {number}  {}", row["Title"]);
            assert!(guide.lines().any(|line| line.starts_with(&heading)), "{heading}");
            found += 1;
        }
        assert_eq!(found, guide.lines().filter(|line| line.starts_with("### ") && line.contains("  ")).count());
        assert!(found >= 5, "{found}");
    }
}

#[test]
fn odds_are_those_of_the_batch() {
    let desk = desk_with(EXERCISE);
    desk.call(&["batch", "evening.toml", "-q", "--runs", "120"]);
    let stem = exported(&desk, &["--of", "median"]);
    let rows = rows(&desk, &stem);
    let summary = csv_rows(&desk.read("outputs/evening/summary.csv"));
    let mut compared = 0;
    for (id, title) in [
        ("dark-page", "The results page is dark for more than 15 minutes"),
        ("long-outage", "The results page is dark for more than an hour"),
    ] {
        let found = summary
            .iter()
            .find(|row| {
                row["plan"] == "today" && row["stat"] == "share" && row["outcome"].contains(&id.replace('-', "_"))
            })
            .or_else(|| {
                summary.iter().find(|row| row["plan"] == "today" && row["stat"] == "share" && row["outcome"] == id)
            })
            .unwrap_or_else(|| panic!("no share of {id}"));
        let share: f64 = found["value"].parse().unwrap();
        assert_eq!(by_title(&rows, title)["P(fires)"], format!("{:.1} %", share * 100.0));
        compared += 1;
    }
    assert_eq!(compared, 2);
    // Made from the folder, the files are the same.
    let files = ["msel.xlsx", "msel-hseep.xlsx", "msel-blueprint.json", "msel-openaev.zip", "msel.csv"];
    let bytes = |stem: &str| files.map(|file| std::fs::read(desk.path(&format!("{stem}{file}"))).unwrap());
    let before = bytes(&stem);
    let base = ["export", "outputs/evening", "-q", "--threads", "1", "--msel", FORMS, "--plan", "today", "-o", "again"];
    let said = desk.call(&base).succeeds();
    let again = said.out.lines().next().unwrap().strip_suffix("msel.xlsx").unwrap().to_owned();
    assert!(before == bytes(&again), "the same runs make the same bytes");
}

#[test]
fn an_exported_list_is_imported_with_the_same_injects_times_and_recipients() {
    let scenario = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/starter-results-site.toml");
    for which in ["scripted", "bad"] {
        let desk = Desk::new();
        let of = ["--plan", "nothing-prepared", "--runs", "400", "--of", which, "-o", "."];
        let said = desk.call(&[&["export", scenario, "-q", "--msel", "cadence,csv"][..], &of].concat()).succeeds();
        let files: Vec<&str> = said.out.lines().collect();
        let rows = csv_rows(&desk.read(files[1]));
        desk.call(&["import", files[0], "-o", "back.toml"]).succeeds();
        desk.call(&["check", "back.toml"]).succeeds();
        let loaded = Loaded::read(&desk.path("back.toml")).unwrap();
        let back = loaded.scenario().unwrap();
        // What is expected of the players joins the inject that asks for it.
        let given: Vec<&Row> = rows.iter().filter(|row| row["Inject Type"] != "Expected Action").collect();
        assert_eq!(back.inject.len(), given.len(), "{which}");
        for (row, inject) in given.into_iter().zip(back.inject.values()) {
            assert_eq!(inject.title, row["Title"]);
            if let (Some((hours, minutes)), Some(Moment::At(at))) = (row["Scenario Time"].split_once(':'), &inject.at) {
                let number = |text: &str| text.parse::<i64>().unwrap();
                let minute =
                    (number(&row["Scenario Day"]) - 1) * 1_440 + number(hours) * 60 + number(minutes) - 19 * 60;
                assert_eq!((at.unix_ms - back.scenario.start.unix_ms) / 60_000, minute, "{}", inject.title);
            } else {
                assert_eq!(row["Scenario Time"], "", "{} has lost its time", inject.title);
            }
            let to: Vec<&str> = inject.to.iter().filter_map(|id| back.responder[id].title.as_deref()).collect();
            match row["To"].as_str() {
                "All players" => assert_eq!(to.len(), back.responder.len()),
                named => assert_eq!(to.join("; "), named),
            }
        }
    }
}

#[test]
fn no_word_of_a_scenario_becomes_a_formula_or_breaks_a_file() {
    let words = [
        "=cmd|' /C calc'!A0".to_owned(),
        "+1".to_owned(),
        "-2".to_owned(),
        "@x".to_owned(),
        "\t=1+1".to_owned(),
        "d02e9132-b9d0-4daa-b3b1-4b9871f8472c".to_owned(),
        "http://example.invalid/?a=b".to_owned(),
        "מבחן בעברית \u{202e}gpj.exe".to_owned(),
        "🗳️ & <b> \"quoted\" ]]>; two, three".to_owned(),
        "bell \u{7} not XML \u{fffe}".to_owned(),
        "long ".repeat(8_000),
    ];
    let mut scenario =
        "[scenario]\ntitle = \"=1+1\"\nquestion = \"@SUM(A1)\"\nstart = 2026-11-03T19:00:00-05:00\nend = \
                        2026-11-04T01:00:00-05:00\nruns = 5\n[plan.today]\n"
            .to_owned();
    for (place, word) in words.iter().enumerate() {
        // JSON escapes are TOML escapes, and what JSON leaves as it is TOML wants escaped.
        let escaped = serde_json::to_string(word).unwrap().replace('\u{7f}', "\\u007f");
        scenario.push_str(&format!(
            "[responder.r{place}]\ntitle = {escaped}\nkind = \"media\"\n[objective.o{place}]\ntitle = {escaped}\n[inject.i{place}]\ntitle \
             = {escaped}\nat = \"start + {place}min\"\nto = \"r{place}\"\ntext = {escaped}\nexpected = {escaped}\nfrom = {escaped}\n\
             controller = {escaped}\ntrack = {escaped}\nbecause = {escaped}\nobjective = \"o{place}\"\n"
        ));
    }
    let desk = desk_with(&scenario);
    let stem = exported(&desk, &["--stix"]);
    let rows = rows(&desk, &stem);
    assert_eq!(rows.len(), words.len() + 2);
    for form in ["msel.xlsx", "msel-hseep.xlsx"] {
        let path = desk.path(&format!("{stem}{form}"));
        let events = blueprint::accepts_workbook(&path);
        assert_eq!(events.len(), words.len() + 2);
        let mut book: Xlsx<_> = open_workbook(&path).unwrap();
        for name in book.sheet_names() {
            assert_eq!(book.worksheet_formula(&name).unwrap().used_cells().count(), 0, "{form} {name}");
        }
        for (part, text) in crate::parts(&path) {
            assert!(!text.contains("<hyperlink") && !text.contains("TargetMode=\"External\""), "{part}");
        }
    }
    let path = desk.path(&format!("{stem}msel.xlsx"));
    cadence::accepts(&path, words.len() + 2);
    blueprint::accepts_json(&desk.read(&format!("{stem}msel-blueprint.json")), &rows);
    openaev::accepts(&desk.path(&format!("{stem}msel-openaev.zip")));
    // In CSV, an apostrophe stands before what a spreadsheet would run.
    let starts = ['=', '+', '-', '@', '\t', '\r'];
    assert!(rows.iter().flat_map(BTreeMap::values).all(|cell| !cell.starts_with(starts)));
    let events = blueprint::accepts_workbook(&path);
    assert_eq!(events[1]["Title"], words[0], "in a workbook it stands as it is");
}

#[test]
fn what_cannot_be_made_is_said_and_nothing_is_written() {
    let desk = desk_with(EXERCISE);
    let refused = |more: &[&str], word: &str| {
        desk.call(&[&["export", "evening.toml", "-q", "--runs", "20"], more].concat()).ends_with(2).err_has(word);
        assert!(!desk.path("outputs").exists(), "{more:?} left something behind");
    };
    refused(&["--msel", "csv", "--of", "typical"], "--contingency ID");
    refused(&["--stix", "--of", "scripted"], "the script alone is no run");
    refused(&["--msel", "csv", "--of", "scripted", "--contingency", "dark-page"], "leave one of them out");
    refused(&["--msel", "csv", "--of", "bad", "--run", "3"], "cannot be used with");
    refused(&["--msel", "csv", "--contingency", "dark-pages"], "did you mean `dark-page`?");
    refused(&["--msel", "excel"], "invalid value");
    refused(&["--xlsx", "-o", "there"], "are for papers and exercise files");
    let never = EXERCISE.replace("asset.results-page.dark > 15min", "asset.results-page.dark > 300h");
    desk.write("evening.toml", &never);
    refused(&["--msel", "csv", "--contingency", "dark-page"], "happened in none of 20 runs");
}
