//! What stands in the files, to the byte.

use crate::fake::{Fake, columns};
use canvass::report::{
    BatchFiles, Cell, FORMAT, Field, FolderError, GeneratorRecord, Manifest, RunsRecord, ScenarioRecord, Table,
};
use canvass::study::batch::{self, Settings};
use canvass::study::{Columns, Tally};
use canvass::world::{Ledger, Outcome, Unit};
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::atomic::AtomicBool;

/// Stands for the text of a scenario.
const SCENARIO: &str = "# as it was run\n";

fn manifest() -> Manifest {
    Manifest {
        format: FORMAT,
        canvass: "0.0.0",
        scenario: ScenarioRecord {
            id: "fake".into(),
            title: "A fake".into(),
            sha256: "00".into(),
            ..ScenarioRecord::default()
        },
        seed: 7,
        generator: GeneratorRecord { name: "ChaCha8", layout: 1 },
        plans: vec!["today".into(), "later".into()],
        runs: RunsRecord { first: 0, count: 300, requested: 300 },
        complete: true,
        files: Vec::new(),
    }
}

/// Writes a whole batch of the fake.
fn write(folder: &Path, threads: usize) -> Result<(), FolderError> {
    let columns = columns();
    let plans = [Fake::new(0), Fake::new(2)];
    let names = ["today".to_owned(), "later".to_owned()];
    let mut tallies = [Tally::new(&columns), Tally::new(&columns)];
    let mut files = BatchFiles::open(folder, &columns, &names)?;
    let settings = Settings { seed: 7, runs: 0..300, threads: NonZeroUsize::new(threads).unwrap() };
    batch::run(&plans, &settings, &AtomicBool::new(false), |run, outcomes| {
        tallies.iter_mut().zip(outcomes).for_each(|(tally, outcome)| tally.push(&columns, outcome));
        files.write(run, outcomes)
    })
    .unwrap();
    files.publish(&tallies, SCENARIO, &Ledger::default(), manifest())?;
    Ok(())
}

fn contents(folder: &Path) -> BTreeMap<String, String> {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let text = std::fs::read_to_string(entry.path()).unwrap();
            (entry.file_name().into_string().unwrap(), text)
        })
        .collect()
}

#[test]
fn every_file_is_the_same_bytes_on_any_number_of_threads() {
    let (one, eight) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    write(one.path(), 1).unwrap();
    write(eight.path(), 8).unwrap();
    let files = contents(one.path());
    assert_eq!(files, contents(eight.path()));
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "contingencies.csv",
            "datapackage.json",
            "dictionary.csv",
            "evidence.csv",
            "fake.toml",
            "manifest.json",
            "runs.csv",
            "series.csv",
            "summary.csv"
        ]
    );
}

#[test]
fn the_columns_stand_in_the_promised_order() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), 2).unwrap();
    let files = contents(folder.path());
    let head = |name: &str| files[name].lines().next().unwrap().to_owned();
    assert_eq!(
        head("runs.csv"),
        "plan,run,status,u_outage_length,m_swing,m_first_dark,k_dark_page,k_dark_page_onset_h"
    );
    assert_eq!(head("summary.csv"), "plan,outcome,unit,stat,value,ci_lo,ci_hi,n,method");
    assert_eq!(head("series.csv"), "plan,measure,unit,time_h,clock,p5,p25,p50,p75,p95,mean,n");
    assert!(head("contingencies.csv").starts_with("plan,run,contingency,onset_h,duration_h,severity"));
    assert_eq!(head("dictionary.csv"), "file,column,meaning,unit,source");
    assert_eq!(files["runs.csv"].lines().count(), 1 + 2 * 300);
    assert!(!files["runs.csv"].contains('\r'));
    assert!(files["runs.csv"].lines().any(|line| line.starts_with("later,13,runaway,")));
}

#[test]
fn the_dictionary_knows_every_column_of_every_file() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), 2).unwrap();
    let files = contents(folder.path());
    let mut reader = csv::Reader::from_reader(files["dictionary.csv"].as_bytes());
    let known: Vec<(String, String)> = reader
        .records()
        .map(|record| record.unwrap())
        .map(|record| (record[0].to_owned(), record[1].to_owned()))
        .collect();
    for (name, text) in files.iter().filter(|(name, _)| name.ends_with(".csv")) {
        for column in text.lines().next().unwrap().split(',') {
            assert!(known.contains(&(name.clone(), column.to_owned())), "{column} of {name}");
        }
    }
}

#[test]
fn the_summary_can_be_worked_out_from_the_runs() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), 2).unwrap();
    let files = contents(folder.path());
    let mut reader = csv::Reader::from_reader(files["runs.csv"].as_bytes());
    let mut onsets: Vec<f64> = Vec::new();
    let (mut hits, mut n) = (0, 0);
    for record in reader.records().map(|record| record.unwrap()) {
        if &record[0] == "later" && &record[2] == "ok" {
            n += 1;
            hits += record[6].parse::<u64>().unwrap();
            onsets.extend(record[7].parse::<f64>());
        }
    }
    onsets.sort_by(f64::total_cmp);
    let median = onsets[onsets.len().div_ceil(2) - 1];
    let expected = format!("later,dark-page,1,share,{},", hits as f64 / n as f64);
    let share = files["summary.csv"].lines().find(|line| line.starts_with(&expected)).expect(&expected);
    assert!(share.ends_with(&format!(",{n},wilson")), "{share}");
    let expected = format!("later,dark-page,h,onset_p50,{median},");
    assert!(files["summary.csv"].lines().any(|line| line.starts_with(&expected)), "{expected}");
}

#[test]
fn the_manifest_carries_the_sums_of_the_files() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), 2).unwrap();
    let files = contents(folder.path());
    let manifest: serde_json::Value = serde_json::from_str(&files["manifest.json"]).unwrap();
    assert_eq!(manifest["format"], FORMAT);
    let records = manifest["files"].as_array().unwrap();
    assert_eq!(records.len(), 8);
    assert_eq!(files["fake.toml"], SCENARIO);
    for record in records {
        use sha2::Digest as _;
        let text = &files[record["name"].as_str().unwrap()];
        let sum: String = sha2::Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(record["sha256"], sum);
        assert_eq!(record["bytes"], text.len());
        let is_table = record["name"].as_str().unwrap().ends_with(".csv");
        let counted = is_table.then(|| csv::Reader::from_reader(text.as_bytes()).records().count() as u64);
        assert_eq!(record["rows"].as_u64(), counted);
    }
}

#[test]
fn results_are_replaced_and_other_peoples_files_are_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), 2).unwrap();
    std::fs::write(folder.path().join("notes.txt"), "mine").unwrap();
    write(folder.path(), 2).unwrap();
    assert_eq!(contents(folder.path())["notes.txt"], "mine");

    let foreign = tempfile::tempdir().unwrap();
    std::fs::write(foreign.path().join("runs.csv"), "mine").unwrap();
    assert!(matches!(write(foreign.path(), 2), Err(FolderError::Foreign { .. })));
    assert_eq!(contents(foreign.path()).len(), 1);
}

#[test]
fn a_batch_that_fails_leaves_no_half_file() {
    let folder = tempfile::tempdir().unwrap();
    let columns = columns();
    let names = ["today".to_owned()];
    let files = BatchFiles::open(folder.path(), &columns, &names).unwrap();
    for name in contents(folder.path()).keys() {
        assert!(name.starts_with(".canvass-"), "{name} has its name too early");
    }
    drop(files);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn text_cannot_become_a_formula_and_numbers_stay_what_they_are() {
    let mut table =
        Table::new(Vec::new(), Path::new("x"), &[Field::new("a", "", ""), Field::new("b", "", "")]).unwrap();
    for text in ["=1+1", "+1", "-1", "@sum", "\tx", "\rx", "plain", "a=b", "", "say \"no\", twice"] {
        table.row([Cell::Text(text), Cell::Number(-5.0)]).unwrap();
    }
    for number in [0.1 + 0.2, -0.0, 1e-7, 12.0, f64::NAN] {
        table.row([Cell::Number(number), Cell::Maybe(None)]).unwrap();
    }
    let (bytes, rows) = table.finish().unwrap();
    assert_eq!(rows, 15);
    assert_eq!(
        String::from_utf8(bytes).unwrap(),
        "a,b\n'=1+1,-5\n'+1,-5\n'-1,-5\n'@sum,-5\n'\tx,-5\n\"'\rx\",-5\nplain,-5\na=b,-5\n,-5\n\
         \"say \"\"no\"\", twice\",-5\n0.30000000000000004,\n0,\n0.0000001,\n12,\n,\n"
    );
}

#[test]
fn a_choice_is_written_by_name() {
    let mut columns = columns();
    columns.uncertainties[0].unit = Unit::Choice(vec!["-low".into(), "high".into()]);
    columns.measures.clear();
    columns.contingencies.clear();
    let folder = tempfile::tempdir().unwrap();
    let names = ["today".to_owned()];
    let mut files = BatchFiles::open(folder.path(), &columns, &names).unwrap();
    for (run, choice) in [(0, 0.0), (1, 1.0)] {
        files.write(run, &[Outcome { drawn: vec![choice], ..Outcome::default() }]).unwrap();
    }
    files.publish(&[Tally::new(&columns)], SCENARIO, &Ledger::default(), manifest()).unwrap();
    let text = &contents(folder.path())["runs.csv"];
    assert!(text.ends_with("today,0,ok,'-low\ntoday,1,ok,high\n"), "{text}");
}

#[test]
fn columns_of_plans_must_agree() {
    let ours = columns();
    assert_eq!(ours.first_difference(&columns()), None);
    let mut theirs = columns();
    theirs.measures[1].unit = Unit::Number;
    assert_eq!(ours.first_difference(&theirs), Some("first-dark"));
    let mut theirs = columns();
    theirs.contingencies.clear();
    assert_eq!(ours.first_difference(&theirs), Some("dark-page"));
    assert_eq!(Columns::default().first_difference(&Columns::default()), None);
}
