//! The files a batch leaves behind, one module a format. They know results, never the engine.
//!
//! All tables are RFC 4180 with line feeds, UTF-8, one header line, numbers in their shortest exact form, an empty
//! cell where there is no value, and times in decimal hours. What each column means stands in `dictionary.csv`.

mod batch;
mod choose;
mod compare;
mod contingencies;
mod dictionary;
mod events;
mod folder;
mod manifest;
mod runs;
mod series;
mod summary;
mod table;

pub use batch::BatchFiles;
pub use choose::{ChooseFiles, ChosenAmong, FORMAT as CHOOSE_FORMAT};
pub use compare::{CompareFiles, FORMAT as COMPARE_FORMAT};
pub use events::{event_lines, write_events};
pub use folder::{FileRecord, Folder, FolderError, StagedFile};
pub use manifest::{FORMAT, GeneratorRecord, Manifest, RunsRecord, ScenarioRecord, StudyManifest};
pub use table::{Cell, Field, Table};
