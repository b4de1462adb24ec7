//! A folder that several machines work on: the plan of its shards, the scenario, and the parts that are finished.
//!
//! Nobody has to hold a lock: a part is written under a temporary name and renamed, and whoever makes it makes the same bytes.

use super::folder::{FolderError, StagedFile, UNFINISHED};
use super::manifest::MANIFEST;
use super::part::{Origin, PART_FORMAT, PartError, PartHead, PartReader, PartWriter};
use crate::study::Columns;
use crate::study::shards::Shards;
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufReader, Write as _};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// The format of a folder of shards.
pub const SHARDS_FORMAT: &str = "canvass-shards-1";

/// What is to be run, and how it is divided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShardPlan {
    /// [`SHARDS_FORMAT`].
    pub format: String,
    /// What the runs depend on.
    pub origin: Origin,
    /// The first run.
    pub first: u64,
    /// How many runs.
    pub runs: u64,
    /// How many shards they are divided into.
    pub shards: u64,
}

impl ShardPlan {
    /// How the runs are divided.
    pub fn shards(&self) -> Shards {
        Shards { runs: self.first..self.first.saturating_add(self.runs), count: self.shards }
    }
}

/// Why a folder cannot be worked on.
#[derive(Debug, thiserror::Error)]
pub enum ShardsError {
    /// It has no plan.
    #[error("{} holds no plan of shards", .0.display())]
    Unplanned(PathBuf),
    /// Its plan is another.
    #[error("{} is planned otherwise: {differences}", folder.display())]
    Other {
        /// The folder.
        folder: PathBuf,
        /// What differs.
        differences: String,
    },
    /// It holds files that are not ours.
    #[error("{} holds files that are not from Canvass, such as {}", folder.display(), example.display())]
    Foreign {
        /// The folder.
        folder: PathBuf,
        /// One of the files.
        example: PathBuf,
    },
    /// A file cannot be written.
    #[error(transparent)]
    Folder(#[from] FolderError),
}

/// The state of a shard.
#[derive(Debug)]
pub enum PartState {
    /// Its part is there and whole.
    Good,
    /// There is no part.
    Missing,
    /// There is something else, and what is wrong with it.
    Bad(String),
}

/// A folder of shards with its plan.
pub struct ShardFolder {
    /// Where it is.
    pub path: PathBuf,
    /// What is to be run.
    pub plan: ShardPlan,
}

impl ShardFolder {
    /// Writes a plan and its scenario, as one text, into a folder that is empty or holds the same plan already.
    ///
    /// # Errors
    ///
    /// When the folder holds something else, or cannot be written to.
    pub fn create(path: &Path, plan: ShardPlan, scenario: &str) -> Result<Self, ShardsError> {
        let made = |cause| FolderError::Io { action: "make", path: path.to_owned(), cause };
        std::fs::create_dir_all(path).map_err(made)?;
        match ShardFolder::open(path) {
            Ok(found) if found.plan == plan => return Ok(found),
            Ok(found) => {
                let mut differences = plan.origin.differences(&found.plan.origin, "there");
                let runs =
                    |plan: &ShardPlan| format!("{} runs from {} in {} shards", plan.runs, plan.first, plan.shards);
                if runs(&plan) != runs(&found.plan) {
                    differences.push(format!("{} are wanted, there {}", runs(&plan), runs(&found.plan)));
                }
                return Err(ShardsError::Other { folder: path.to_owned(), differences: differences.join("; ") });
            }
            Err(_) => {}
        }
        let folder = ShardFolder { path: path.to_owned(), plan };
        let copy = folder.scenario();
        let entries = std::fs::read_dir(path).map_err(made)?.filter_map(Result::ok);
        // The very copy that would be written is what an earlier call leaves if it is killed.
        let copied = std::fs::read(&copy).is_ok_and(|text| text == scenario.as_bytes());
        let is_copy = |name: &OsString| copied && Some(name.as_os_str()) == copy.file_name();
        let strange = |name: &OsString| !is_copy(name) && !name.to_string_lossy().starts_with(UNFINISHED);
        if let Some(name) = entries.map(|entry| entry.file_name()).find(strange) {
            return Err(ShardsError::Foreign { folder: path.to_owned(), example: name.into() });
        }
        write_whole(&copy, scenario.as_bytes())?;
        let mut text = serde_json::to_vec_pretty(&folder.plan).map_err(io::Error::from).map_err(made)?;
        text.push(b'\n');
        write_whole(&path.join(MANIFEST), &text)?;
        Ok(folder)
    }

    /// Opens a folder with a plan.
    ///
    /// # Errors
    ///
    /// When it has none.
    pub fn open(path: &Path) -> Result<Self, ShardsError> {
        let unplanned = || ShardsError::Unplanned(path.to_owned());
        let text = std::fs::read(path.join(MANIFEST)).map_err(|_| unplanned())?;
        let plan: ShardPlan = serde_json::from_slice(&text).map_err(|_| unplanned())?;
        let sound = plan.format == SHARDS_FORMAT && plan.shards > 0 && plan.first.checked_add(plan.runs).is_some();
        if sound { Ok(ShardFolder { path: path.to_owned(), plan }) } else { Err(unplanned()) }
    }

    /// The copy of the scenario.
    pub fn scenario(&self) -> PathBuf {
        self.path.join(format!("{}.toml", self.plan.origin.scenario))
    }

    /// The part of a shard.
    pub fn part(&self, shard: u64) -> PathBuf {
        self.path.join(format!("part-{shard:05}.runs"))
    }

    /// The runs of a shard.
    pub fn runs_of(&self, shard: u64) -> Range<u64> {
        self.plan.shards().runs_of(shard)
    }

    fn head(&self, shard: u64) -> PartHead {
        let runs = self.runs_of(shard);
        PartHead {
            format: PART_FORMAT.to_owned(),
            origin: self.plan.origin.clone(),
            first: runs.start,
            requested: runs.end - runs.start,
            until: None,
        }
    }

    /// Begins the part of a shard under a temporary name.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn begin(&self, shard: u64) -> Result<PartWriter<StagedFile>, FolderError> {
        let path = self.part(shard);
        PartWriter::new(StagedFile::new(&path)?, &path, &self.head(shard))
    }

    /// Reads the part of a shard; refuses one of another study.
    ///
    /// # Errors
    ///
    /// When it is not there, cannot be read, or is of something else.
    pub fn read<'c>(&self, shard: u64, columns: &'c Columns) -> Result<PartReader<'c, BufReader<File>>, PartError> {
        let path = self.part(shard);
        let reader = PartReader::open(&path, columns)?;
        let (found, wanted) = (reader.head(), self.head(shard));
        if *found == wanted {
            return Ok(reader);
        }
        let mut differences = found.origin.differences(&wanted.origin, "in the plan");
        if differences.is_empty() {
            let runs = |head: &PartHead| format!("{} runs from {}", head.requested, head.first);
            differences.push(format!("it holds {}, in the plan {}", runs(found), runs(&wanted)));
        }
        Err(PartError::Other { path, differences: differences.join("; ") })
    }

    /// Reads the whole part of a shard and says in what state it is.
    pub fn state(&self, shard: u64, columns: &Columns) -> PartState {
        match self.read(shard, columns).and_then(|mut part| {
            let mut runs = 0;
            while part.next_run()?.is_some() {
                runs += 1;
            }
            Ok(runs)
        }) {
            Ok(runs) if runs == self.head(shard).requested => PartState::Good,
            Ok(runs) => PartState::Bad(format!("{} holds only {runs} runs", self.part(shard).display())),
            Err(PartError::Io { cause, .. }) if cause.kind() == io::ErrorKind::NotFound => PartState::Missing,
            Err(error) => PartState::Bad(error.to_string()),
        }
    }
}

fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), FolderError> {
    let mut file = StagedFile::new(path)?;
    file.write_all(bytes).map_err(|cause| FolderError::write(path, cause))?;
    file.publish()?;
    Ok(())
}
