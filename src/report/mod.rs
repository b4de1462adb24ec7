//! The files a batch leaves behind, one module a format. They know results, never the engine.
//!
//! All tables are RFC 4180 with line feeds, UTF-8, one header line, numbers in their shortest exact form, an empty
//! cell where there is no value, and times in decimal hours. What each column means stands in `dictionary.csv`.

mod batch;
mod choose;
mod compare;
mod contingencies;
mod dictionary;
mod discover;
mod drivers;
mod events;
mod explain;
mod folder;
mod kept;
mod manifest;
mod package;
#[cfg(feature = "parquet")]
mod parquet;
mod profile;
mod runs;
mod series;
mod sipmath;
mod stored;
mod study;
mod summary;
mod sweep;
mod table;
pub mod words;
mod workbook;

pub use batch::BatchFiles;
pub use choose::{ChooseFiles, ChosenAmong, FORMAT as CHOOSE_FORMAT};
pub use compare::{CompareFiles, FORMAT as COMPARE_FORMAT};
pub use discover::{DISCOVER_FORMAT, write_discovery};
pub use drivers::{DRIVERS_FORMAT, write_drivers, write_inputs, write_swings};
pub use events::{event_lines, write_events};
pub use explain::{EXPLAIN_FORMAT, write_causes, write_last_moments, write_patterns, write_together};
pub use folder::{FileRecord, Folder, FolderError, StagedFile};
pub use kept::{Kept, KeptManifest, KeptRow, KeptTable, Meaning, Stream};
pub use manifest::{FORMAT, GeneratorRecord, Manifest, RunsRecord, ScenarioRecord, StudyManifest};
#[cfg(feature = "parquet")]
pub use parquet::write_parquet;
pub use profile::{Profile, Unwritten, write_profile};
pub use sipmath::{LIBRARY, write_sipmath};
pub use stored::{StoredError, read_sample};
pub use study::StudyFiles;
pub use sweep::{SWEEP_FORMAT, SweepRow, write_indices, write_points};
pub use table::{Cell, Field, Table};
pub use workbook::{MOST_ROWS, Problem as WorkbookProblem, RUN_ROWS, WORKBOOK, write_workbook};
