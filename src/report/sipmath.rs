//! `sipmath.xlsx`: the raw trials as a SIPmath 2.0 library (ProbabilityManagement.org), for models that live in a spreadsheet.
//!
//! One trial is one run under every plan: values of one row belong together, so that sums and differences of them are coherent.

use super::folder::StagedFile;
use super::kept::{Kept, Stream};
use super::runs;
use super::stored::StoredError;
use super::text::{SIMULATED, fit};
use super::workbook::{Problem, properties};
use rust_xlsxwriter::{Workbook, utility::row_col_to_cell_absolute};
use std::path::{Path, PathBuf};

const SHEET: &str = "Library";

/// Row of the names, and column of the first of them, as the format has them.
const NAMES: u32 = 5;
const FIRST: u16 = 2;

/// Trials that a sheet holds.
const MOST: u64 = 1_048_576 - NAMES as u64 - 1;

/// A stochastic information packet: all trials of one number under one plan.
struct Packet {
    name: String,
    /// Position of the plan among the rows of a run, and of the column.
    plan: usize,
    column: usize,
    meaning: String,
    unit: String,
}

/// Writes the library of a batch.
///
/// # Errors
///
/// When the runs cannot be read or the library cannot be written.
pub fn write_sipmath(folder: &Kept, target: &Path) -> Result<PathBuf, Problem> {
    let open = || {
        let missing =
            StoredError::Broken { path: folder.path.clone(), what: "there is no runs.csv; name a batch".to_owned() };
        folder.stream(runs::NAME)?.ok_or(missing)
    };
    let packets = packets(folder, &open()?.headings);
    let plans = folder.manifest.plans.len();
    let mut trials = 0;
    each_trial(open()?, plans, |_| {
        trials += 1;
        Ok(())
    })?;
    let trials: u64 = std::cmp::min(trials, MOST);

    let manifest = &folder.manifest;
    let scenario = manifest.scenarios.first().cloned().unwrap_or_default();
    let marking = scenario.tlp.marking();
    let provenance = format!(
        "{marking}, {SIMULATED}. Canvass {}, scenario {} (SHA-256 {}), seed {}",
        manifest.canvass, scenario.id, scenario.sha256, manifest.seed
    );
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(&scenario)?);
    let sheet = workbook.add_worksheet_with_low_memory()?;
    sheet.set_name(SHEET)?.set_column_width(0, 20)?;
    sheet.write_string(0, 0, "PM_Trials")?.write_number(0, 1, trials as f64)?;
    sheet.write_string(1, 0, "PM_Lib_Provenance")?.write_string(1, 1, fit(&provenance))?;
    for (place, packet) in packets.iter().enumerate() {
        sheet.write_string(NAMES, FIRST + place as u16, &packet.name)?;
    }
    let mut trial = 0;
    each_trial(open()?, plans, |rows| {
        if u64::from(trial) == trials {
            return Ok(());
        }
        trial += 1;
        let at = NAMES + trial;
        sheet.write_string(at, FIRST - 1, trial.to_string())?;
        for (place, packet) in packets.iter().enumerate() {
            let cell = rows.get(packet.plan).and_then(|row| row.get(packet.column)).unwrap_or_default();
            if let Ok(value) = cell.parse::<f64>() {
                sheet.write_number(at, FIRST + place as u16, value)?;
            }
        }
        Ok(())
    })?;
    let sheet = workbook.add_worksheet();
    sheet.set_name("Meaning")?.set_column_width(0, 44)?.set_column_width(1, 70)?;
    sheet.write_string(0, 0, "Name")?.write_string(0, 1, "Meaning")?.write_string(0, 2, "Unit")?;
    for (place, packet) in packets.iter().enumerate() {
        let row = place as u32 + 1;
        sheet.write_string(row, 0, &packet.name)?.write_string(row, 1, fit(&packet.meaning))?;
        sheet.write_string(row, 2, fit(&packet.unit))?;
    }
    workbook.define_name("PM_Trials", &format!("={SHEET}!$B$1"))?;
    workbook.define_name("PM_Lib_Provenance", &format!("={SHEET}!$B$2"))?;
    for (place, packet) in packets.iter().enumerate() {
        let column = FIRST + place as u16;
        let from = row_col_to_cell_absolute(NAMES + 1, column);
        let to = row_col_to_cell_absolute(NAMES + trials.max(1) as u32, column);
        workbook.define_name(&packet.name, &format!("={SHEET}!{from}:{to}"))?;
        workbook.define_name(format!("{}.MD", packet.name), &format!("={SHEET}!{from}:{to}"))?;
    }
    let mut file = StagedFile::new(target)?;
    workbook.save_to_writer(&mut file)?;
    Ok(file.publish()?)
}

/// Every number of every plan that each run has: inputs once, outcomes plan by plan. Onsets are left out: most runs have none.
fn packets(folder: &Kept, headings: &[String]) -> Vec<Packet> {
    let mut packets = Vec::new();
    for (plan, plan_name) in folder.manifest.plans.iter().enumerate() {
        for (column, heading) in headings.iter().enumerate() {
            let Some(meaning) = folder.meaning(runs::NAME, heading).filter(|meaning| !meaning.is_text()) else {
                continue;
            };
            let input = heading.starts_with("u_");
            let outcome = heading.starts_with("m_") || (heading.starts_with("k_") && meaning.unit == "0/1");
            if !(outcome || input && plan == 0) {
                continue;
            }
            let name = if input { heading.clone() } else { format!("{heading}_{}", named(plan_name)) };
            let told = if input { meaning.meaning.clone() } else { format!("{} (plan {plan_name})", meaning.meaning) };
            packets.push(Packet { name, plan, column, meaning: told, unit: meaning.unit.clone() });
        }
    }
    packets
}

/// A plan as part of a name that formulas may use.
fn named(plan: &str) -> String {
    plan.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' }).collect()
}

/// Calls for each run that was finished under every plan, with its rows in the order of the plans.
fn each_trial(
    mut stream: Stream,
    plans: usize,
    mut take: impl FnMut(&[csv::StringRecord]) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let status = stream.place("status");
    let mut rows: Vec<csv::StringRecord> = Vec::new();
    while let Some(row) = stream.next_row()? {
        rows.push(row.clone());
        if rows.len() == plans {
            let finished = |row: &csv::StringRecord| status.is_none_or(|place| row.get(place) == Some("ok"));
            if rows.iter().all(finished) {
                take(&rows)?;
            }
            rows.clear();
        }
    }
    Ok(())
}
