//! The files a batch leaves behind, one module a format. They know results, never the engine.
//!
//! All tables are RFC 4180 with line feeds, UTF-8, one header line, numbers in their shortest exact form, an empty
//! cell where there is no value, and times in decimal hours. What each column means stands in `dictionary.csv`.

mod batch;
mod choose;
mod compare;
mod contingencies;
mod derived;
mod dictionary;
mod discover;
mod drivers;
mod events;
mod evidence;
mod explain;
mod folder;
mod html;
mod identifier;
mod inputs;
mod kept;
mod lock;
mod manifest;
mod msel;
mod pack;
mod package;
mod papers;
#[cfg(feature = "parquet")]
mod parquet;
mod part;
mod profile;
mod results;
mod runs;
mod scan;
mod script;
mod series;
mod shards;
mod sipmath;
mod stix;
mod stored;
mod study;
mod summary;
mod sweep;
mod table;
mod telling;
mod text;
mod validation;
mod verdict;
pub mod words;
mod workbook;

pub use batch::BatchFiles;
pub use choose::{ChooseFiles, ChosenAmong, FORMAT as CHOOSE_FORMAT};
pub use compare::{CompareFiles, FORMAT as COMPARE_FORMAT};
pub use derived::{LIBRARY, PAGE, WORKBOOK};
pub use discover::{DISCOVER_FORMAT, write_discovery};
pub use drivers::{DRIVERS_FORMAT, write_assumptions, write_drivers, write_swings};
pub use events::{event_lines, write_events};
pub use evidence::{evidence_text, write_evidence};
pub use explain::{EXPLAIN_FORMAT, write_causes, write_last_moments, write_patterns, write_together};
pub use folder::{FileRecord, Folder, FolderError, StagedFile};
pub use html::{Page, Told, Wanted};
pub use inputs::write_inputs;
pub use kept::{Kept, KeptManifest, KeptRow, KeptTable, Meaning, Stream};
pub use manifest::{FORMAT, GeneratorRecord, Manifest, RunsRecord, ScenarioRecord, StudyManifest};
pub use msel::{
    Form, Kind as RowKind, Moment as StoryMoment, Msel, MselProblem, Objective, Phase, Row, Source as MselSource, Team,
    Trigger,
};
pub use pack::same_bits;
pub use papers::{Material, PAPERS_FORMAT, PaperFiles, PaperForm, Vocabulary};
#[cfg(feature = "parquet")]
pub use parquet::write_parquet;
pub use part::{Origin, PART_FORMAT, PartError, PartHead, PartReader, PartWriter, ResumeError, Resumption, Waiting};
pub use profile::{Profile, Unwritten, write_profile};
pub use shards::{PartState, SHARDS_FORMAT, ShardFolder, ShardPlan, ShardsError};
pub use sipmath::write_sipmath;
pub use stix::Bundle;
pub use stored::{StoredError, read_sample};
pub use study::StudyFiles;
pub use sweep::{SWEEP_FORMAT, SweepRow, write_indices, write_points};
pub use table::{Cell, Field, Table};
pub use telling::told_causes;
pub use validation::{VALIDATION_FORMAT, Validated, figure_words, write_page, write_validation};
pub use workbook::{MOST_ROWS, Problem as WorkbookProblem, RUN_ROWS, write_workbook};
