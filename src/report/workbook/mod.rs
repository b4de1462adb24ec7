//! `report.xlsx`: everything that folders of results say of one scenario, as a workbook to show and to print.
//!
//! Made from stored folders alone, so that a batch and a later export write the same bytes.

mod bad;
mod chart;
mod closing;
mod curves;
mod drivers;
mod page;
mod readme;
mod runs;
mod summary;

pub(super) use page::{Kind as CellKind, Page, Value, heading};
pub use runs::MOST_ROWS;

use super::folder::{FolderError, StagedFile};
use super::kept::Kept;
use super::manifest::ScenarioRecord;
use super::results::Results;
use super::scan::Scan;
use super::stored::StoredError;
use super::text::{SIMULATED, fit, short};
use super::verdict::verdict;
use chart::ChartData;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use std::path::{Path, PathBuf};

/// Rows of single runs unless another number is asked for.
pub const RUN_ROWS: u64 = 50_000;

/// Why a workbook could not be made.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// What was stored cannot be read.
    #[error(transparent)]
    Stored(#[from] StoredError),
    /// The file cannot be written.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The workbook cannot hold it.
    #[error("cannot make the workbook: {0}")]
    Xlsx(#[from] XlsxError),
}

/// Writes the workbook of some folders of results of one scenario, with at most so many rows of single runs.
///
/// # Errors
///
/// When a table cannot be read or the workbook cannot be written.
pub fn write_workbook(folders: &[Kept], run_rows: u64, target: &Path) -> Result<PathBuf, Problem> {
    let results = Results::gather(folders)?;
    let tlp = results.tlp();
    let batch = results.with(super::runs::NAME);
    let scan = batch.map(Scan::read).transpose()?.flatten();
    let mut data = ChartData::default();
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(&ScenarioRecord { tlp, ..results.scenario() })?);

    let verdict = verdict(&results)?;
    readme::readme(workbook.add_worksheet(), &results, scan.as_ref(), &verdict)?;
    summary::summary(workbook.add_worksheet(), &results, scan.as_ref(), &verdict, &mut data)?;
    if results.has_batch() {
        summary::odds(workbook.add_worksheet(), &results)?;
    }
    if let Some(table) = results.table("compare.csv")? {
        summary::compare(workbook.add_worksheet(), &results, &table)?;
    }
    if let Some(table) = results.table("drivers.csv")? {
        let swings = results.table("one_at_a_time.csv")?;
        drivers::charts(workbook.add_worksheet(), &results, &table, swings.as_ref(), &mut data)?;
        drivers::table(workbook.add_worksheet(), &results, &table)?;
    }
    if bad::is_known(&results) {
        bad::bad(workbook.add_worksheet(), &results)?;
    }
    if let Some(scan) = &scan {
        curves::percentiles(workbook.add_worksheet(), &results, scan)?;
        curves::curves(workbook.add_worksheet(), &results, scan, &mut data)?;
    }
    if let Some(table) = results.table(super::series::NAME)? {
        curves::timeline(workbook.add_worksheet(), &results, &table, &mut data)?;
        curves::series(workbook.add_worksheet(), &results, &table)?;
    }
    if let (Some(scan), Some(folder)) = (&scan, batch) {
        let rows = run_rows.min(MOST_ROWS);
        runs::runs(workbook.add_worksheet_with_low_memory()?, &results, folder, scan, rows)?;
        runs::worst(workbook.add_worksheet(), &results, folder, scan)?;
    }
    if closing::has_assumptions(&results) {
        closing::assumptions(workbook.add_worksheet(), &results)?;
    }
    closing::dictionary(workbook.add_worksheet(), &results)?;
    closing::checks(workbook.add_worksheet(), &results, scan.as_ref())?;
    data.write(workbook.add_worksheet(), tlp)?;

    let mut file = StagedFile::new(target)?;
    workbook.save_to_writer(&mut file)?;
    Ok(file.publish()?)
}

/// What the file says of itself. Its date is that of no clock: the same results make the same bytes.
pub(super) fn properties(scenario: &ScenarioRecord) -> Result<DocProperties, XlsxError> {
    let marking = scenario.tlp.marking();
    Ok(DocProperties::new()
        .set_title(short(&fit(&scenario.title), 200))
        .set_subject(format!("{marking} – {SIMULATED}"))
        .set_keywords(format!("{SIMULATED}, {marking}"))
        .set_author("Canvass")
        .set_comment("Shares of simulated runs under stated assumptions.")
        .set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?))
}
