//! `docs/outputs.md` lists every column that a batch writes, with the words of its dictionary.

use super::{is_fresh, with_part};
use std::fmt::Write as _;
use std::process::Command;
use tempfile::TempDir;

#[test]
fn every_column_is_listed() {
    let desk = TempDir::new().unwrap();
    let scenario = std::path::absolute("scenarios/starter-template.toml").unwrap();
    let done = Command::new(env!("CARGO_BIN_EXE_canvass"))
        .args(["batch", scenario.to_str().unwrap(), "--runs", "10", "-q", "-o", "out"])
        .current_dir(desk.path())
        .output()
        .unwrap();
    // With ten runs a check of the scenario may fail; the files are written all the same.
    assert!(matches!(done.status.code(), Some(0 | 3)), "{done:?}");
    let mut made = String::new();
    let mut last = String::new();
    let mut reader = csv::Reader::from_path(desk.path().join("out/dictionary.csv")).unwrap();
    for record in reader.records().map(|record| record.unwrap()) {
        let (file, column, meaning, unit) = (&record[0], &record[1], &record[2], &record[3]);
        if last != file {
            write!(made, "\n### {file}\n\n| column | meaning | unit |\n|---|---|---|\n").unwrap();
            last = file.to_owned();
        }
        if !["u_", "m_", "k_"].iter().any(|prefix| column.starts_with(prefix)) {
            writeln!(made, "| `{column}` | {meaning} | {unit} |").unwrap();
        } else if column.starts_with("m_") && file == "runs.csv" {
            made.push_str("| `u_<uncertainty>` | What this run drew | its own |\n");
            made.push_str("| `m_<measure>` | What this run gave; empty if it had no value | its own |\n");
            made.push_str("| `k_<contingency>` | Whether it happened | 0/1 |\n");
            made.push_str("| `k_<contingency>_onset_h` | When it first happened, since the start; empty if it did not | h |\n");
        }
    }
    let page = std::fs::read_to_string("docs/outputs.md").unwrap().replace("\r\n", "\n");
    is_fresh("docs/outputs.md", &with_part(&page, "columns", made.trim()));
}
