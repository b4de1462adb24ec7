//! What Cadence's import wizard does with a workbook, done again here: how it finds the headings, maps them and checks the rows.

use calamine::{Data, Reader, Xlsx, open_workbook};
use std::collections::BTreeMap;
use std::path::Path;

/// Words by which the row of headings is found, among the first ten rows.
const HEADINGS: [&str; 10] = ["title", "subject", "time", "dtg", "inject", "description", "text", "from", "to", "msel"];

/// Its fields, the heading that must be mapped to each (nothing for none), and the words that a heading of it may hold.
const FIELDS: [(&str, &str, &str); 19] = [
    ("InjectNumber", "#", "#|number|inject number|inj #|inject #|inject no|no|id|msel number|msel #|msel no|inj#"),
    ("Title", "Title", "title|inject title|name|inject name|event|event title|inject|subject"),
    ("Description", "Description", "description|desc|details|narrative|text|detailed statement|script"),
    ("ScheduledTime", "Scheduled Time", "time|scheduled|wall clock|dtg|date time"),
    ("ScenarioDay", "Scenario Day", "day|scenario day|exercise day|sim day"),
    ("ScenarioTime", "Scenario Time", "scenario time|sim time|story time|exercise time"),
    ("Source", "From", "source|from|sender|originator|sent by|initiated by"),
    ("Target", "To", "target|to|recipient|receiver|for"),
    ("Track", "Track", "track|lane|functional area|area|storyline|thread|esf"),
    ("DeliveryMethod", "Delivery Method", "method|delivery|means|inject mode|modality"),
    ("ExpectedAction", "Expected Action", "expected action|expected response|response|action|expected outcome"),
    ("Notes", "Notes", "notes|comments|remarks"),
    ("Phase", "Phase", "phase"),
    ("Priority", "Priority", "priority|importance"),
    ("LocationName", "", "location|place|venue"),
    ("LocationType", "", "location type|venue type"),
    ("ResponsibleController", "Controller", "controller|assigned to|owner|injected by|poc|inject author"),
    ("InjectType", "Inject Type", "inject type|category|inject category"),
    ("TriggerType", "Trigger Type", "trigger|activation|fire mode"),
];

/// Words for types that it knows.
const TYPES: [&str; 5] = ["standard", "contingency", "administrative", "contextual", "expected action"];
const TRIGGERS: [&str; 3] = ["manual", "scheduled", "conditional"];

/// Takes the first sheet of a workbook without an error and with every column where it belongs.
pub(crate) fn accepts(path: &Path, rows: usize) {
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    assert_eq!(book.sheet_names()[0], "MSEL");
    let range = book.worksheet_range("MSEL").unwrap();
    let (height, width) = range.get_size();
    assert!(height <= 5_000 && width <= 100, "{height} × {width}");
    let table: Vec<Vec<String>> = range
        .rows()
        .map(|row| {
            let text = |cell: &Data| match cell {
                Data::String(text) => text.clone(),
                Data::Empty => String::new(),
                other => panic!("{other:?} is no text"),
            };
            row.iter().map(text).collect()
        })
        .collect();
    let known = |row: &Vec<String>| {
        row.iter().filter(|cell| HEADINGS.iter().any(|word| cell.to_lowercase().contains(word))).count()
    };
    let header = (0..table.len().min(10)).max_by_key(|&place| (known(&table[place]), usize::MAX - place)).unwrap();
    assert_eq!(header, 0, "the headings are found in the first row");

    let headings = &table[0];
    let mut columns = BTreeMap::new();
    for (field, expected, words) in FIELDS {
        let holds = |heading: &String| words.split('|').any(|word| heading.to_lowercase().contains(word));
        let found = headings.iter().position(holds);
        assert_eq!(found.map_or("", |place| headings[place].as_str()), expected, "{field}");
        columns.extend(found.map(|place| (field, place)));
    }
    assert_eq!(table.len() - 1, rows);
    for row in &table[1..] {
        let cell = |field: &str| row[columns[field]].as_str();
        assert!(!cell("Title").trim().is_empty(), "a title is required");
        assert!(cell("Title").chars().count() <= 200 && cell("Description").chars().count() <= 4_000);
        for field in ["ScheduledTime", "ScenarioTime"] {
            assert!(cell(field).is_empty() || is_time(cell(field)), "{}", cell(field));
        }
        let day: Option<u32> = cell("ScenarioDay").parse().ok();
        assert!(
            cell("ScenarioDay").is_empty() || day.is_some_and(|day| (1..=99).contains(&day)),
            "{}",
            cell("ScenarioDay")
        );
        assert!(TYPES.contains(&cell("InjectType").to_lowercase().as_str()), "{}", cell("InjectType"));
        assert!(TRIGGERS.contains(&cell("TriggerType").to_lowercase().as_str()), "{}", cell("TriggerType"));
        assert!(cell("Priority").is_empty() || matches!(cell("Priority").parse(), Ok(1..=5)));
    }
}

/// Hours and minutes, as `20:05`.
fn is_time(text: &str) -> bool {
    let numbers: Option<(u32, u32)> =
        text.split_once(':').and_then(|(hours, minutes)| Some((hours.parse().ok()?, minutes.parse().ok()?)));
    text.len() == 5 && numbers.is_some_and(|(hours, minutes)| hours < 24 && minutes < 60)
}
