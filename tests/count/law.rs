//! The parts of law in the library: each can be built on, and keeps the dates of its law.

use crate::case::{Case, HOUR, Seen, taken};
use canvass::scenario::Loaded;
use canvass::world::Model;
use std::path::Path;

/// A small nation built on parts of the library.
fn nation(parts: &[&str], contest: &str, start: &str, end: &str, more: &str) -> String {
    let names: Vec<String> = parts.iter().map(|part| format!("\"scenarios/parts/law/{part}.toml\"")).collect();
    format!(
        "[scenario]\ntitle = \"A small nation\"\nquestion = \"Does the law hold?\"\nstart = {start}T00:00:00-05:00\nend = {end}T00:00:00-05:00\nextends = [{}]\n{more}\n\
         [contest.{contest}]\ncandidates = [\"ash\", \"birch\"]\n\
         [jurisdiction.vale]\ncontest = \"{contest}\"\nballots = {{ value = 1_000_000, basis = \"assumed\" }}\nelectors = {{ value = 300, basis = \"assumed\" }}\nmargin = {{ value = \"30 %\", basis = \"assumed\" }}\ncloses = \"election-day + 20h\"\ncertification = {{ local = \"election-day + 14d\", state = \"election-day + 20d\", refuses = {{ value = 0, basis = \"assumed\" }} }}\n",
        names.join(", ")
    )
}

fn federal(year: u32, rules: &str, measures: &[(&str, &str)]) -> Seen {
    let calendar = format!("calendar-us-{year}");
    let (start, end) = (format!("{year}-11-02"), format!("{}-01-31", year + 1));
    Case::of(&(nation(&[&calendar, rules], "president", &start, &end, "") + &taken("first-time", measures))).run()
}

#[test]
fn federal_calendars_keep_the_dates_of_their_law() {
    // Hours from the second of November, at the offset of Washington.
    let days = |year: u32, rules: &str| {
        let measures = [
            ("day", "now >= election-day"),
            ("ascertainment", "now >= ascertainment"),
            ("voted", "nation.electors-voted"),
            ("received", "now >= certificates-received"),
            ("congress", "now >= new-congress"),
            ("final", "nation.final"),
            ("inauguration", "now >= inauguration"),
        ];
        let seen = federal(year, rules, &measures);
        let hours = measures.map(|(id, _)| seen.measure(id) / HOUR);
        let day = hours[0];
        hours.map(|at| ((at - day) / 24.0).floor() as i64)
    };
    // Election day, safe harbour or ascertainment, electors' vote, receipt, new Congress, joint session, inauguration.
    assert_eq!(days(2020, "rules-us-2020"), [0, 35, 41, 50, 61, 64, 78]);
    assert_eq!(days(2024, "rules-us-ecra"), [0, 36, 42, 50, 59, 62, 76]);
}

#[test]
fn the_rule_set_says_who_votes_when_and_how_many_electors_win() {
    let measures = [
        ("majority", "nation.final"),
        ("called", "contest.president.called"),
        ("missed", "nation.ascertainment-missed"),
    ];
    let seen = federal(2024, "rules-us-ecra", &measures);
    assert!(seen.measure("called") > 0.0 && seen.measure("majority") > 0.0, "300 of 270 needed");
    assert!(seen.measure("missed").is_nan());
}

#[test]
fn a_generic_rule_set_counts_its_dates_from_election_day() {
    let day = "[milestone.election-day]\nat = 2027-05-09T00:00:00-05:00\n";
    let text = nation(&["rules-generic"], "national", "2027-05-08", "2027-07-31", day);
    let measures = [
        ("result", "now >= official-result"),
        ("complaints", "now >= complaints-due"),
        ("court", "now >= court-rules"),
        ("office", "now >= takes-office"),
    ];
    let seen = Case::of(&(text + &taken("first-time", &measures))).run();
    assert_eq!(measures.map(|(id, _)| seen.measure(id) / HOUR / 24.0), [8.0, 11.0, 25.0, 61.0]);
}

#[test]
fn the_dates_of_a_state_are_counted_from_the_close() {
    let day = "[milestone.election-day]\nat = 2026-11-03T00:00:00-05:00\n[milestone.polls-close]\nat = \"election-day + 20h\"\n";
    let text = nation(&["calendar-us-state", "rules-us-state"], "governor", "2026-11-03", "2026-12-31", day);
    let measures = [("counties", "now >= county-date"), ("state", "now >= state-date")];
    let seen = Case::of(&(text + &taken("first-time", &measures))).run();
    assert_eq!(measures.map(|(id, _)| seen.measure(id) / HOUR), [14.0 * 24.0 + 20.0, 20.0 * 24.0 + 20.0]);
}

#[test]
fn every_part_of_law_says_on_what_it_rests() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/parts/law");
    let mut parts = 0;
    for part in std::fs::read_dir(folder).unwrap() {
        let path = part.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        parts += 1;
        let (contest, year) = match name.as_str() {
            "rules-generic" => ("national", 2027),
            "rules-us-state" | "calendar-us-state" => ("governor", 2026),
            _ => ("president", 2020),
        };
        // A calendar has its own year; a rule set stands with one.
        let year = if name.ends_with("2024") { 2024 } else { year };
        let own = format!("[milestone.election-day]\nat = {year}-11-04T00:00:00-05:00\n");
        let close = format!("{own}[milestone.polls-close]\nat = \"election-day + 20h\"\n");
        let more = match name.as_str() {
            "calendar-us-state" => &close,
            _ if name.starts_with("calendar") => "",
            _ => &own,
        };
        let text = nation(&[&name], contest, &format!("{year}-11-02"), &format!("{}-01-31", year + 1), more);
        let loaded = Loaded::from_text("law.toml", &text);
        assert_eq!(loaded.problems(), [], "{name}");
        let scenario = loaded.scenario().unwrap();
        Model::compile(scenario).unwrap_or_else(|problems| panic!("{name}: {problems:#?}"));
        for (milestone, entry) in
            scenario.milestone.iter().filter(|(id, _)| !["election-day", "polls-close"].contains(&id.as_str()))
        {
            assert!(entry.basis.is_some() && entry.source.is_some(), "{name}: {milestone}");
        }
    }
    assert_eq!(parts, 7);
}
