//! Reading again what was drawn and what came of it: `inputs.csv`, or where there is none `runs.csv`.

use super::{inputs, runs};
use crate::scenario::Basis;
use crate::study::sensitivity::{InputColumn, OutcomeColumn, Sample};
use crate::world::{Column, Unit};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Why a stored table cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum StoredError {
    /// There is no table to read.
    #[error("{} holds neither runs.csv nor inputs.csv", .0.display())]
    Missing(PathBuf),
    /// The table is not what it should be.
    #[error("{}: {what}", path.display())]
    Broken {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// It has no runs of this plan.
    #[error("there are no runs of plan `{plan}`; there is {known}")]
    NoSuchPlan {
        /// The plan asked for.
        plan: String,
        /// The plans there are.
        known: String,
    },
}

/// Reads the inputs and outcomes of one plan, the first if none is named, from a folder of results.
///
/// # Errors
///
/// When the folder holds no table of runs, or one that is broken or has no such plan.
pub fn read_sample(folder: &Path, plan: Option<&str>) -> Result<Sample, StoredError> {
    let name = [inputs::NAME, runs::NAME].into_iter().find(|name| folder.join(name).is_file());
    let name = name.ok_or_else(|| StoredError::Missing(folder.to_owned()))?;
    let path = folder.join(name);
    let broken = |what: String| StoredError::Broken { path: path.clone(), what };
    let dictionary = read_dictionary(folder, name);
    let mut reader = csv::Reader::from_path(&path).map_err(|error| broken(error.to_string()))?;
    let headings = reader.headers().map_err(|error| broken(error.to_string()))?.clone();
    let place = |wanted: &str| headings.iter().position(|heading| heading == wanted);
    let (plan_place, run_place) =
        place("plan").zip(place("run")).ok_or_else(|| broken("no columns `plan` and `run`".into()))?;
    let mut rows: Vec<csv::StringRecord> = Vec::new();
    let mut plans: Vec<String> = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| broken(error.to_string()))?;
        if !plans.iter().any(|known| *known == record[plan_place]) {
            plans.push(record[plan_place].to_owned());
        }
        let kept = plan.map_or(record[plan_place] == plans[0], |plan| record[plan_place] == *plan);
        if kept && place("status").is_none_or(|status| &record[status] == "ok") {
            rows.push(record);
        }
    }
    let chosen = plan.or(plans.first().map(String::as_str)).unwrap_or_default().to_owned();
    if rows.is_empty() {
        let known = plans.iter().map(|plan| format!("`{plan}`")).collect::<Vec<_>>().join(", ");
        return Err(StoredError::NoSuchPlan { plan: chosen, known });
    }
    let mut sample = Sample { plan: chosen, ..Sample::default() };
    for row in &rows {
        sample.runs.push(row[run_place].parse().map_err(|_| broken(format!("`{}` is no run", &row[run_place])))?);
    }
    for (column_place, heading) in headings.iter().enumerate() {
        let Some((kind, id)) = heading.split_once('_').filter(|(kind, _)| matches!(*kind, "u" | "m" | "k")) else {
            continue;
        };
        if heading.strip_suffix("_onset_h").is_some_and(|contingency| place(contingency).is_some()) {
            continue;
        }
        let (meaning, unit, source) = dictionary.get(heading).cloned().unwrap_or_default();
        let cells: Vec<&str> = rows.iter().map(|row| &row[column_place]).collect();
        let (unit, values) = values(&cells, &unit).map_err(&broken)?;
        let column = Column {
            id: id.replace('_', "-"),
            title: meaning.split(": as it is first drawn").next().unwrap_or_default().to_owned(),
            unit,
            source,
            better_higher: None,
        };
        if kind == "u" && values.iter().all(|value| value.is_nan()) {
            // Another plan's.
            continue;
        }
        if kind == "u" {
            sample.inputs.push(InputColumn { basis: basis_of(&column.source), column, values });
        } else {
            sample.outcomes.push(OutcomeColumn { column, contingency: kind == "k", values });
        }
    }
    Ok(sample)
}

/// Meaning, unit and source of every column of one file. A folder without a dictionary still has its numbers.
fn read_dictionary(folder: &Path, file: &str) -> BTreeMap<String, (String, String, String)> {
    let records = csv::Reader::from_path(folder.join(super::dictionary::NAME)).into_iter();
    records
        .flat_map(csv::Reader::into_records)
        .filter_map(Result::ok)
        .filter(|record| record.get(0) == Some(file))
        .filter_map(|record| {
            let cell = |place: usize| record.get(place).map(str::to_owned);
            Some((cell(1)?, (cell(2)?, cell(3)?, cell(4)?)))
        })
        .collect()
}

/// The numbers of a column, in written units; names by their place in the order of the alphabet.
fn values(cells: &[&str], unit: &str) -> Result<(Unit, Vec<f64>), String> {
    if unit == Unit::Choice(Vec::new()).word() {
        let mut names: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).collect();
        names.sort();
        names.dedup();
        names.retain(|name| !name.is_empty());
        let place = |cell: &&str| names.iter().position(|name| name == cell).map_or(f64::NAN, |place| place as f64);
        let places = cells.iter().map(place).collect();
        return Ok((Unit::Choice(names), places));
    }
    let number = |cell: &&str| match *cell {
        "" => Ok(f64::NAN),
        text => text.parse().map_err(|_| format!("`{text}` is no number")),
    };
    let unit = [Unit::Hours, Unit::PerHour, Unit::Truth].into_iter().find(|known| known.word() == unit);
    Ok((unit.unwrap_or(Unit::Number), cells.iter().map(number).collect::<Result<_, _>>()?))
}

/// The basis that the source of a column names.
fn basis_of(source: &str) -> Option<Basis> {
    source.split("; ").skip(1).find_map(|part| match part {
        "cited" => Some(Basis::Cited),
        "estimated" => Some(Basis::Estimated),
        "assumed" => Some(Basis::Assumed),
        _ => None,
    })
}
