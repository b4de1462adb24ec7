//! The list as JSON for Blueprint: the route on which moments survive, as seconds from the start.
//!
//! Names are in the case that Blueprint reads, and what it counts as kinds are numbers. Identifiers are given anew on the way in; they
//! need only fit one another.

use super::columns::COLUMNS;
use super::{Kind, Msel, Row};
use serde_json::{Value, json};

/// Blueprint's number for a field of text.
const STRING: u32 = 0;

/// The bytes of the file.
pub(super) fn json(msel: &Msel) -> Vec<u8> {
    let fields: Vec<Value> = COLUMNS
        .iter()
        .enumerate()
        .map(|(place, column)| {
            json!({
                "Id": field(msel, column.heading),
                "Name": column.heading,
                "DataType": STRING,
                "DisplayOrder": place + 1,
                "OnScenarioEventList": true,
                "OnExerciseView": true,
                "DataOptions": [],
            })
        })
        .collect();
    let phases: Vec<Value> = msel
        .phases
        .iter()
        .enumerate()
        .map(|(place, phase)| {
            json!({
                "Id": msel.uuid("move", &place.to_string()),
                "MoveNumber": place,
                "Title": phase.title,
                "Description": phase.title,
                "DeltaSeconds": phase.begins.ms / 1_000,
                "SituationTime": phase.begins.utc,
                "SituationDescription": phase.title,
            })
        })
        .collect();
    let teams: Vec<Value> = msel
        .teams
        .iter()
        .map(|team| json!({ "Id": msel.uuid("team", &team.id), "Name": team.title, "ShortName": team.id, "Email": "" }))
        .collect();
    let list = json!({
        "Id": msel.uuid("list", ""),
        "Name": if msel.scenario.title.is_empty() { &msel.scenario.id } else { &msel.scenario.title },
        "Description": format!("{} {}", msel.marking(), msel.why),
        "StartTime": msel.start.utc,
        "DurationSeconds": (msel.end.ms - msel.start.ms) / 1_000,
        "IsTemplate": false,
        "DataFields": fields,
        "Moves": phases,
        "Teams": teams,
        "Organizations": [],
        "ScenarioEvents": events(msel),
    });
    let mut bytes = serde_json::to_vec_pretty(&list).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn field(msel: &Msel, heading: &str) -> String {
    msel.uuid("field", heading)
}

fn events(msel: &Msel) -> Vec<Value> {
    let seconds = |row: &Row| row.at.as_ref().map_or(msel.end.ms, |at| at.ms) / 1_000;
    let mut events = Vec::new();
    for (place, row) in msel.rows.iter().enumerate() {
        // Events of one second keep the order of the list.
        let group = msel.rows[..place].iter().filter(|other| seconds(other) == seconds(row)).count();
        let values: Vec<Value> = COLUMNS
            .iter()
            .map(|column| {
                let value = guarded((column.cell)(msel, row));
                json!({
                    "Id": msel.uuid("value", &format!("{}/{}", row.number, column.heading)),
                    "DataFieldId": field(msel, column.heading),
                    "Value": value,
                })
            })
            .collect();
        events.push(json!({
            "Id": msel.uuid("event", &row.number),
            "DeltaSeconds": seconds(row),
            "GroupOrder": group,
            "IsHidden": false,
            "ScenarioEventType": kind(row.kind),
            "Description": row.title,
            "DataValues": values,
        }));
    }
    events
}

/// Blueprint's number for what a row is: an inject, information, or for the facilitators.
fn kind(kind: Kind) -> u32 {
    match kind {
        Kind::Inject | Kind::Contingency => 10,
        Kind::ExpectedAction => 20,
        Kind::Administrative | Kind::Contextual => 30,
    }
}

/// A text that looks like an identifier would be taken for one, and lost.
fn guarded(text: String) -> String {
    let bare: String = text.trim().trim_matches(['{', '}', '(', ')']).chars().filter(|letter| *letter != '-').collect();
    match bare.len() == 32 && bare.chars().all(|letter| letter.is_ascii_hexdigit()) {
        true => format!("“{text}”"),
        false => text,
    }
}
