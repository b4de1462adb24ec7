//! `datapackage.json`: the tables as a Data Package (<https://datapackage.org>, version 2), so that other tools know their types.

use super::folder::FileRecord;
use super::table::Field;
use serde_json::{Value, json};

/// Its name in a folder.
pub(super) const PACKAGE: &str = "datapackage.json";

/// Describes the tables of a folder, with what the manifest says of the scenario.
pub(super) fn describe<'a>(manifest: &Value, tables: impl Iterator<Item = (FileRecord, &'a Vec<Field>)>) -> Value {
    let scenario = manifest.get("scenario").unwrap_or(&manifest["scenarios"][0]);
    let resources: Vec<Value> = tables.map(|(record, fields)| resource(&record, fields)).collect();
    json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": scenario["id"].as_str().unwrap_or("canvass"),
        "title": scenario["title"].as_str().unwrap_or_default(),
        "description": "Simulated, exercise data: shares of simulated runs under stated assumptions.",
        "tlp": scenario["tlp"],
        "simulated": true,
        "resources": resources,
    })
}

fn resource(record: &FileRecord, fields: &[Field]) -> Value {
    let name = record.name.trim_end_matches(".csv").replace('_', "-");
    let mut schema = json!({
        "fields": fields.iter().map(field).collect::<Vec<Value>>(),
        "missingValues": [""],
    });
    if record.name == super::runs::NAME {
        schema["primaryKey"] = json!(["plan", "run"]);
    }
    json!({
        "name": name,
        "path": record.name,
        "type": "table",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": record.bytes,
        "hash": format!("sha256:{}", record.sha256),
        "schema": schema,
    })
}

fn field(field: &Field) -> Value {
    let mut described = json!({ "name": field.name, "description": field.meaning });
    match field.unit.as_str() {
        "" | "name" => described["type"] = json!("string"),
        "0/1" => {
            described["type"] = json!("integer");
            described["constraints"] = json!({ "minimum": 0, "maximum": 1 });
        }
        unit => {
            described["type"] = json!("number");
            described["unit"] = json!(unit);
        }
    }
    if !field.source.is_empty() {
        described["source"] = json!(field.source);
    }
    described
}
