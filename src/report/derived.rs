//! The files that are made from the tables of a folder. New tables take them away: beside those they would speak of others.

use std::path::{Path, PathBuf};

/// Name of the workbook in its folder.
pub const WORKBOOK: &str = "report.xlsx";

/// Name of the page in its folder.
pub const PAGE: &str = "report.html";

/// Name of the library of trials in its folder.
pub const LIBRARY: &str = "sipmath.xlsx";

/// How the names of tables end that are written once more.
pub(super) const EXCEL: &str = "excel.csv";
pub(super) const EXCEL_EU: &str = "excel-eu.csv";
pub(super) const PARQUET: &str = "parquet";

/// A table once more: `runs.parquet` for `runs.csv`.
pub(super) fn once_more(table: &Path, end: &str) -> PathBuf {
    table.with_extension(end)
}

/// All files that may have been made from these tables of a folder.
pub(super) fn made_from<'a>(folder: &Path, files: impl Iterator<Item = &'a PathBuf>) -> Vec<PathBuf> {
    let tables = files.filter(|path| path.extension().is_some_and(|end| end == "csv"));
    let again = tables.flat_map(|table| [EXCEL, EXCEL_EU, PARQUET].map(|end| once_more(table, end)));
    let mut all: Vec<PathBuf> = again.chain([WORKBOOK, PAGE, LIBRARY].map(|name| folder.join(name))).collect();
    all.sort_unstable();
    all.dedup();
    all
}
