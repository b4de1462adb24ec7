//! The tables once more: for spreadsheets, as a data package, as a library of trials.

use crate::program::{Desk, rows};
use crate::with_batch;
use calamine::{Reader, Xlsx, open_workbook};

#[test]
fn plain_tables_do_not_change_and_profiles_say_the_same() {
    let desk = with_batch("40");
    let plain = desk.read("outputs/starter/runs.csv");
    let common = ["starter.toml", "-q", "--runs", "40", "-o"];
    desk.call(&[&["batch"], &common[..], &["one", "--csv", "excel-eu"]].concat()).succeeds();
    desk.call(&[&["batch"], &common[..], &["two", "--csv", "plain"]].concat()).succeeds();
    assert_eq!(plain, desk.read("one/runs.csv"));
    assert_eq!(desk.list("two"), desk.list("outputs/starter"));
    desk.call(&["export", "one", "--csv", "excel"]).succeeds().out_has("runs.excel.csv");
    let cells = |text: &str, delimiter: u8| -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).delimiter(delimiter).from_reader(text.as_bytes());
        reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
    };
    for table in ["runs", "summary", "series", "contingencies", "evidence", "dictionary"] {
        let plain = cells(&desk.read(&format!("one/{table}.csv")), b',');
        for (profile, delimiter) in [("excel", b','), ("excel-eu", b';')] {
            let text = desk.read(&format!("one/{table}.{profile}.csv"));
            let text = text.strip_prefix('\u{feff}').expect("a mark at the beginning");
            assert!(
                text.contains("\r\n") && !text.replace("\r\n", "").contains('\n'),
                "{table}: lines end as on Windows"
            );
            let found = cells(text, delimiter);
            assert_eq!(found.len(), plain.len());
            for (row, stored) in found.iter().zip(&plain) {
                for (cell, known) in row.iter().zip(stored) {
                    let number = known.parse::<f64>().is_ok();
                    let expected =
                        if profile == "excel-eu" && number { known.replace('.', ",") } else { known.clone() };
                    assert_eq!(*cell, expected, "{table}, {profile}");
                }
            }
        }
    }
    desk.call(&["batch", "starter.toml", "--csv", "lotus"]).ends_with(2).err_has("excel-eu");
}

#[test]
fn every_study_leaves_a_package_that_names_its_tables_and_types() {
    let desk = with_batch("60");
    desk.call(&["compare", "starter.toml", "-q", "--runs", "60"]).succeeds();
    for folder in ["outputs/starter", "outputs/starter-compare"] {
        let read =
            |name: &str| serde_json::from_str::<serde_json::Value>(&desk.read(&format!("{folder}/{name}"))).unwrap();
        let (package, manifest) = (read("datapackage.json"), read("manifest.json"));
        let described = package["resources"].as_array().unwrap();
        let tables = manifest["files"].as_array().unwrap().iter().filter(|file| file["rows"].is_u64());
        assert_eq!(described.len(), tables.clone().count());
        for (resource, file) in described.iter().zip(tables) {
            assert_eq!((&resource["path"], &resource["bytes"]), (&file["name"], &file["bytes"]));
            assert_eq!(resource["hash"], format!("sha256:{}", file["sha256"].as_str().unwrap()));
            let text = desk.read(&format!("{folder}/{}", file["name"].as_str().unwrap()));
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            let headings = reader.headers().unwrap().clone();
            let fields = resource["schema"]["fields"].as_array().unwrap();
            let names: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
            assert_eq!(names, headings.iter().collect::<Vec<_>>());
            for record in reader.records() {
                for (cell, field) in record.unwrap().iter().zip(fields).filter(|(cell, _)| !cell.is_empty()) {
                    match field["type"].as_str().unwrap() {
                        "number" => assert!(cell.parse::<f64>().is_ok(), "{field}: {cell}"),
                        "integer" => assert!(["0", "1"].contains(&cell), "{field}: {cell}"),
                        kind => assert_eq!(kind, "string"),
                    }
                }
            }
        }
    }
}

#[test]
fn a_library_of_trials_holds_every_run_under_every_plan() {
    let desk = with_batch("70");
    desk.call(&["export", "outputs/starter", "--sipmath"]).succeeds().out_has("sipmath.xlsx");
    let path = desk.path("outputs/starter/sipmath.xlsx");
    let mut book: Xlsx<_> = open_workbook(&path).unwrap();
    let names: Vec<(String, String)> = book.defined_names().to_vec();
    let value = |wanted: &str| names.iter().find(|(name, _)| name == wanted).map(|(_, range)| range.clone());
    assert_eq!(value("PM_Trials").unwrap().replace('\'', ""), "Library!$B$1");
    assert_eq!(value("PM_Lib_Provenance").unwrap().replace('\'', ""), "Library!$B$2");
    let sheet = book.worksheet_range("Library").unwrap();
    let text = |row, column| sheet.get_value((row, column)).map(ToString::to_string).unwrap_or_default();
    assert_eq!((text(0, 0), text(0, 1), text(1, 0)), ("PM_Trials".into(), "70".into(), "PM_Lib_Provenance".into()));
    let runs = desk.read("outputs/starter/runs.csv");
    let mut reader = csv::Reader::from_reader(runs.as_bytes());
    let headings = reader.headers().unwrap().clone();
    let stored: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let width = sheet.end().unwrap().1;
    assert!(width > 4);
    for column in 2..=width {
        let name = text(5, column);
        let range = value(&name).unwrap_or_else(|| panic!("no name {name}"));
        assert!(range.ends_with("$76") && range.contains("$7:"), "{name}: {range}");
        let place = headings.iter().position(|heading| name.starts_with(&format!("{heading}_"))).unwrap();
        let plan = name[headings[place].len() + 1..].replace('_', "-");
        let own = stored.iter().filter(|run| run[0] == *plan);
        for (trial, run) in own.enumerate() {
            assert_eq!(text(6 + trial as u32, column), &run[place], "{name}, trial {trial}");
        }
    }
    let batchless = Desk::with_starter();
    batchless.call(&["compare", "starter.toml", "-q", "--runs", "40"]).succeeds();
    batchless.call(&["export", "outputs/starter-compare", "--sipmath"]).ends_with(2).err_has("runs.csv");
    assert_eq!(rows(&runs), stored.len());
}
