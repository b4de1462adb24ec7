//! The list as an archive for OpenAEV: one JSON file in a zip, whose entry says in its comment that it is a scenario.
//!
//! A contingency inject is switched off, so that the clock does not give it; a branch hangs on its parent. What players are expected to do
//! is an expectation that somebody judges by hand. Rows for controllers alone are not given to anybody, and are left out; so are beginning and end.

use super::{ALL_PLAYERS, Kind, Msel, Row};
use crate::report::msel::cut;
use serde_json::{Value, json};
use std::io::{self, Cursor, Write as _};
use zip::write::{FileOptions, FullFileOptions};
use zip::{CompressionMethod, DateTime, ZipWriter};

/// What an entry must say of itself to be read.
const COMMENT: &str = "Scenario";
/// The built-in kind of inject that somebody carries out.
const BY_HAND: &str = "d02e9132-b9d0-4daa-b3b1-4b9871f8472c";
/// How long an expectation waits, in seconds: six hours, as in the tool's own.
const PATIENCE: u32 = 21_600;
/// A branch follows its parent by at least so many seconds.
const GAP: i64 = 60;

/// The bytes of the archive.
pub(super) fn archive(msel: &Msel) -> io::Result<Vec<u8>> {
    let mut json = serde_json::to_vec_pretty(&scenario(msel))?;
    json.push(b'\n');
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options: FullFileOptions = FileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
        .with_file_comment(COMMENT);
    zip.start_file(format!("{}.json", msel.scenario.id), options)?;
    zip.write_all(&json)?;
    Ok(zip.finish()?.into_inner())
}

fn scenario(msel: &Msel) -> Value {
    let marking = msel.marking();
    let title = if msel.scenario.title.is_empty() { &msel.scenario.id } else { &msel.scenario.title };
    let given: Vec<&Row> = msel.rows.iter().filter(|row| is_given(row)).collect();
    let teams: Vec<Value> = msel
        .teams
        .iter()
        .map(|team| {
            json!({
                "team_id": msel.uuid("team", &team.id),
                "team_name": team.title,
                "team_description": "A team of players of a simulated exercise",
                "team_contextual": true,
                "team_tags": [],
                "team_users": [],
            })
        })
        .collect();
    let objectives: Vec<Value> = msel
        .objectives
        .iter()
        .enumerate()
        .map(|(place, objective)| {
            let parts = [objective.capability.as_str(), objective.target.as_str()];
            let about: Vec<&str> = parts.into_iter().chain(objective.tasks.iter().map(String::as_str)).collect();
            json!({
                "objective_id": msel.uuid("objective", &objective.id),
                "objective_title": cut(&objective.title, 255),
                "objective_description": about.into_iter().filter(|part| !part.is_empty()).collect::<Vec<&str>>().join("; "),
                "objective_priority": place + 1,
            })
        })
        .collect();
    json!({
        "export_version": 1,
        "scenario_information": {
            "scenario_id": msel.uuid("list", ""),
            "scenario_name": cut(title, 255),
            "scenario_description": format!("{marking}\n\n{}\n\n{}", msel.scenario.question, msel.why),
            "scenario_subtitle": format!("{} · simulated, exercise data", msel.scenario.tlp.marking()),
            "scenario_category": "tabletop",
            "scenario_main_focus": Value::Null,
            "scenario_message_header": "SIMULATED – EXERCISE – EXERCISE",
            "scenario_message_footer": format!("SIMULATED – EXERCISE – EXERCISE · {}", msel.scenario.tlp.marking()),
            "scenario_mail_from": Value::Null,
            "scenario_tags": [],
        },
        "scenario_teams": teams,
        "scenario_objectives": objectives,
        "scenario_users": [],
        "scenario_organizations": [],
        "scenario_injects": given.iter().map(|row| inject(msel, row, &given)).collect::<Vec<Value>>(),
        "scenario_tags": [],
        "scenario_documents": [],
        "scenario_channels": [],
        "scenario_articles": [],
        "scenario_challenges": [],
        "scenario_lessons_categories": [],
        "scenario_lessons_questions": [],
        "scenario_variables": [],
    })
}

/// Whether a row is for players.
fn is_given(row: &Row) -> bool {
    match row.kind {
        Kind::Inject | Kind::ExpectedAction => true,
        // What the world does by itself is not given: it is so, or is not.
        Kind::Contingency => row.path.starts_with("inject."),
        Kind::Administrative | Kind::Contextual => false,
    }
}

fn inject(msel: &Msel, row: &Row, given: &[&Row]) -> Value {
    let own = id(msel, row);
    let parent = given.iter().find(|other| other.number == row.branch_of);
    let seconds = |row: &Row| row.at.as_ref().map_or(msel.end.ms, |at| at.ms) / 1_000;
    let due = parent.map_or(seconds(row), |parent| seconds(row).max(seconds(parent) + GAP));
    let depends: Vec<Value> = parent
        .iter()
        .map(|parent| {
            json!({
                "dependency_relationship": { "inject_parent_id": id(msel, parent), "inject_children_id": own },
                "dependency_condition": {
                    "mode": "and",
                    "conditions": [{ "key": "Execution", "operator": "eq", "value": true }],
                },
            })
        })
        .collect();
    let everybody = row.to.iter().any(|to| to == ALL_PLAYERS);
    let teams: Vec<String> = msel
        .teams
        .iter()
        .filter(|team| !everybody && row.to.contains(&team.title))
        .map(|team| msel.uuid("team", &team.id))
        .collect();
    let expectations: Vec<Value> = (!row.expected.is_empty())
        .then(|| {
            json!({
                "expectation_type": "MANUAL",
                "expectation_name": cut(&row.expected, 200),
                "expectation_description": row.expected,
                "expectation_score": 100.0,
                "expectation_expectation_group": false,
                "expectation_expiration_time": PATIENCE,
            })
        })
        .into_iter()
        .collect();
    json!({
        "inject_id": own,
        "inject_title": cut(&format!("{} {}", row.number, row.title), 255),
        "inject_description": description(row),
        "inject_country": Value::Null,
        "inject_city": Value::Null,
        "inject_enabled": row.kind != Kind::Contingency,
        "inject_content": { "expectations": expectations },
        "inject_all_teams": everybody,
        "inject_depends_on": depends,
        "inject_depends_duration": due,
        "inject_injector_contract": { "injector_contract_id": BY_HAND, "injector_contract_payload": Value::Null },
        "inject_tags": [],
        "inject_teams": teams,
        "inject_documents": [],
    })
}

fn id(msel: &Msel, row: &Row) -> String {
    msel.uuid("inject", &row.number)
}

/// Everything that the tool has no field for, a line each.
fn description(row: &Row) -> String {
    let kind = row.kind.hseep();
    let chance = row.chance();
    let (median, most) = (row.median_offset(), row.most_offsets());
    let line = |name: &str, text: &str| (!text.is_empty()).then(|| format!("{name}: {text}"));
    let lines = [
        line("Simulated", kind),
        (!row.description.is_empty()).then(|| row.description.clone()),
        line("From", &row.from),
        line("To", &row.to.join("; ")),
        line("By", row.method),
        line("Given by", &row.controller),
        line("Storyline", &row.track),
        line("Condition", &row.fires_when),
        line("In simulated runs", &chance),
        line("Offset, median", &median),
        line("Offset, most", &most),
        line("Notes", &row.notes),
    ];
    lines.into_iter().flatten().collect::<Vec<String>>().join("\n")
}
