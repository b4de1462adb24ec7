//! `series.csv`: how measures move over time, as bands over the runs.

use super::folder::{Folder, FolderError};
use super::table::{Cell, Field};
use crate::study::{Columns, Tally};

pub(super) const NAME: &str = "series.csv";

/// The bands, with their headings.
const BANDS: [(&str, f64); 5] = [("p5", 0.05), ("p25", 0.25), ("p50", 0.5), ("p75", 0.75), ("p95", 0.95)];

/// The headings of `series.csv`.
pub(super) fn fields() -> Vec<Field> {
    let mut fields = vec![
        Field::new("plan", "Name of the plan", ""),
        Field::new("measure", "Id of the measure", ""),
        Field::new("unit", "Unit of the bands and the mean", ""),
        Field::new("time_h", "Moment, since the start", "h"),
        Field::new("clock", "The same moment as a clock shows it", ""),
    ];
    fields.extend(BANDS.map(|(name, q)| {
        Field::new(name, format!("{} % of the runs are at or below this, to within 0.4 % of it", q * 100.0), "unit")
    }));
    fields.push(Field::new("mean", "Mean over the runs", "unit"));
    fields.push(Field::new("n", "Number of runs with a value", "1"));
    fields
}

/// Writes `series.csv`.
pub(super) fn write_series(
    folder: &mut Folder,
    columns: &Columns,
    plans: &[(&str, &Tally)],
) -> Result<(), FolderError> {
    let mut table = folder.table(NAME, &fields())?;
    for (plan, tally) in plans {
        for (position, column) in columns.measures.iter().enumerate() {
            for (point, (&time, label)) in columns.grid.iter().zip(&columns.labels).enumerate() {
                let found = &tally.series[position * columns.grid.len() + point];
                table.cell(Cell::Text(plan))?;
                table.cell(Cell::Text(&column.id))?;
                table.cell(Cell::Text(column.unit.word()))?;
                table.cell(Cell::Number(time.hours()))?;
                table.cell(Cell::Text(label))?;
                for (_, q) in BANDS {
                    table.cell(Cell::Maybe(found.values.quantile(q)))?;
                }
                table.row([Cell::Maybe(found.moments.mean()), Cell::Whole(found.values.count())])?;
            }
        }
    }
    folder.keep(table)
}
