//! What Blueprint does with an upload, done again here: its rules for workbooks and for JSON.

use crate::msel::Row;
use crate::parts;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Columns that the tool has of its own.
const OWN: [&str; 3] = ["Time", "Move", "Group"];

/// What stands between two marks, from a place on.
fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    let start = text.find(before)? + before.len();
    let end = text[start..].find(after)?;
    Some(&text[start..start + end])
}

/// Takes a workbook as the tool does: the first sheet, its first row as fields, every other row as an event whose values are fetched by
/// the letter of the field's place. Returns the events.
pub(crate) fn accepts_workbook(path: &Path) -> Vec<Row> {
    let parts: BTreeMap<String, String> = parts(path).into_iter().collect();
    let shared: Vec<String> = parts["xl/sharedStrings.xml"]
        .split("<si>")
        .skip(1)
        .map(|item| plain(between(item, "<t", "</t>").unwrap()))
        .collect();
    let sheet = &parts["xl/worksheets/sheet1.xml"];
    let mut fields: Vec<String> = Vec::new();
    let mut events = Vec::new();
    for (place, row) in sheet.split("<row ").skip(1).enumerate() {
        let number: usize = between(row, "r=\"", "\"").expect("every row has its number").parse().unwrap();
        assert_eq!(number, place + 1, "an empty row would become an empty event");
        let mut cells: BTreeMap<String, String> = BTreeMap::new();
        for (present, cell) in row.split("<c ").skip(1).enumerate() {
            let head = &cell[..cell.find('>').unwrap()];
            let reference = between(head, "r=\"", "\"").expect("every cell has its reference");
            let column: String = reference.chars().take_while(char::is_ascii_alphabetic).collect();
            assert_eq!(reference, format!("{column}{number}"));
            if place == 0 {
                assert_eq!(column, letters(present), "a gap among the headings shifts what stands below");
            }
            if head.ends_with('/') {
                continue;
            }
            assert_eq!(between(head, "t=\"", "\""), Some("s"), "{reference} is no text");
            let index: usize = between(cell, "<v>", "</v>").unwrap().parse().unwrap();
            cells.insert(column, shared[index].clone());
        }
        if place == 0 {
            fields = cells.values().cloned().collect();
            fields = (0..fields.len()).map(|place| cells[&letters(place)].trim().to_owned()).collect();
            assert!(fields.iter().all(|field| !field.is_empty() && !OWN.contains(&field.as_str())), "{fields:?}");
            assert_eq!(
                fields.iter().collect::<BTreeSet<_>>().len(),
                fields.len(),
                "a heading twice breaks the download"
            );
        } else {
            let value = |(place, field): (usize, &String)| {
                (field.clone(), cells.get(&letters(place)).cloned().unwrap_or_default())
            };
            events.push(fields.iter().enumerate().map(value).collect());
        }
    }
    let styles = &parts["xl/styles.xml"];
    assert!(["<cellXfs", "<fills", "<fonts"].iter().all(|part| styles.contains(part)));
    assert!(!styles.contains("gradientFill"), "a gradient is not read");
    assert!(!styles.contains("applyNumberFormat=\"1\""), "a number format changes the type of a field");
    let header = between(styles, "<fonts", "</fonts>").unwrap();
    let bold =
        header.split("<font>").find(|font| font.contains("<b/>") && font.contains("rgb=")).expect("a heading in RGB");
    assert!(!bold.contains("theme=") || bold.contains("rgb="));
    events
}

fn plain(text: &str) -> String {
    let text = text.split_once('>').map_or(text, |(_, text)| text);
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

fn letters(place: usize) -> String {
    assert!(place < 26);
    char::from(b'A' + place as u8).to_string()
}

fn is_guid(text: &str) -> bool {
    let bare: String = text.trim().trim_matches(['{', '}', '(', ')']).chars().filter(|letter| *letter != '-').collect();
    bare.len() == 32 && bare.chars().all(|letter| letter.is_ascii_hexdigit())
}

/// Takes JSON as the tool does: identifiers that fit one another, kinds as numbers, moments with a `Z`.
pub(crate) fn accepts_json(text: &str, rows: &[Row]) {
    let list: serde_json::Value = serde_json::from_str(text).unwrap();
    let texts = |key: &str| list[key].as_str().unwrap_or_else(|| panic!("no {key}")).to_owned();
    assert!(!texts("Name").is_empty() && texts("Description").contains("simulated, exercise data"));
    assert!(texts("StartTime").ends_with('Z'));
    let duration = list["DurationSeconds"].as_i64().unwrap();
    let mut ids = BTreeSet::new();
    let mut fresh = |value: &serde_json::Value| {
        let id = value["Id"].as_str().unwrap().to_owned();
        assert!(is_guid(&id) && ids.insert(id.clone()), "{id}");
        id
    };
    let mut fields = BTreeMap::new();
    for (place, field) in list["DataFields"].as_array().unwrap().iter().enumerate() {
        assert_eq!((field["DataType"].as_u64(), field["DisplayOrder"].as_u64()), (Some(0), Some(place as u64 + 1)));
        fields.insert(fresh(field), field["Name"].as_str().unwrap().to_owned());
    }
    for (place, phase) in list["Moves"].as_array().unwrap().iter().enumerate() {
        fresh(phase);
        assert_eq!(phase["MoveNumber"].as_u64(), Some(place as u64));
        assert!(phase["SituationTime"].as_str().unwrap().ends_with('Z'));
    }
    list["Teams"].as_array().unwrap().iter().for_each(|team| {
        fresh(team);
    });
    let events = list["ScenarioEvents"].as_array().unwrap();
    assert_eq!(events.len(), rows.len());
    let mut places = BTreeSet::new();
    for (event, row) in events.iter().zip(rows) {
        fresh(event);
        let seconds = event["DeltaSeconds"].as_i64().unwrap();
        assert!((0..=duration).contains(&seconds));
        assert!(places.insert((seconds, event["GroupOrder"].as_u64().unwrap())), "two events in one place");
        assert!(matches!(event["ScenarioEventType"].as_u64(), Some(10 | 20 | 30)));
        if !row["Scheduled Time"].is_empty() {
            let minutes = (19 * 60 + seconds / 60) % 1_440;
            assert_eq!(row["Scheduled Time"], format!("{:02}:{:02}", minutes / 60, minutes % 60), "{}", row["Title"]);
        }
        for value in event["DataValues"].as_array().unwrap() {
            fresh(value);
            assert!(fields.contains_key(value["DataFieldId"].as_str().unwrap()), "a value without a field");
            assert!(!is_guid(value["Value"].as_str().unwrap()), "what looks like an identifier would be lost");
        }
    }
}
