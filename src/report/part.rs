//! Runs kept for later: a shard's part of a study, or the finished runs of a batch that is under way.
//!
//! The first line says in JSON what was run. Blocks of consecutive runs follow, each with its length and a checksum that is
//! chained to that line, so that a block is good only in the file for which it was made. A part ends with an empty block; a batch under way
//! just stops, perhaps within a block that was not written out.

use super::folder::FolderError;
use super::manifest::Manifest;
use super::pack::{Unpacking, pack};
use crate::study::{Columns, Past};
use crate::world::Outcome;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// The format of kept runs. It changes when their bytes are to be read in another way.
pub const PART_FORMAT: &str = "canvass-runs-1";

/// Runs in a block: as many as a batch hands over at a time.
const BLOCK: usize = 64;

/// Bytes before the runs of a block: number of the first, how many, how many bytes.
const BLOCK_HEAD: usize = 8 + 4 + 4;

/// Bytes of a checksum.
const SUM: usize = 32;

/// No first line is longer. A file that claims otherwise is not one of ours.
const LONGEST_HEAD: u64 = 1 << 20;

/// Everything on which a run depends, apart from its number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The version of the program.
    pub canvass: String,
    /// The scenario's id.
    pub scenario: String,
    /// Of the scenario's file and all its parts, in hexadecimal.
    pub scenario_sha256: String,
    /// The master seed.
    pub seed: u64,
    /// The generator of random numbers, and the version of the layout of its streams.
    pub generator: String,
    /// The plans, in order.
    pub plans: Vec<String>,
    /// Of the columns that are kept of each run, in hexadecimal.
    pub columns_sha256: String,
}

impl Origin {
    /// What the runs of a manifest depend on.
    pub fn of(manifest: &Manifest, columns: &Columns) -> Self {
        let Manifest { canvass, scenario, seed, generator, plans, .. } = manifest;
        Origin {
            canvass: (*canvass).to_owned(),
            scenario: scenario.id.clone(),
            scenario_sha256: scenario.sha256.clone(),
            seed: *seed,
            generator: format!("{} layout {}", generator.name, generator.layout),
            plans: plans.clone(),
            columns_sha256: hexadecimal(Sha256::digest(format!("{columns:?}"))),
        }
    }

    /// What differs between these runs and others, in words; `there` names the others.
    pub fn differences(&self, other: &Origin, there: &str) -> Vec<String> {
        let text = |origin: &Origin| format!("{} ({}…)", origin.scenario, short(&origin.scenario_sha256));
        let compared = [
            ("the scenario", text(self), text(other)),
            ("the seed", self.seed.to_string(), other.seed.to_string()),
            ("the version of Canvass", self.canvass.clone(), other.canvass.clone()),
            ("the generator", self.generator.clone(), other.generator.clone()),
            ("the list of plans", self.plans.join(", "), other.plans.join(", ")),
        ];
        let differ = compared.into_iter().filter(|(_, ours, theirs)| ours != theirs);
        let mut found: Vec<String> =
            differ.map(|(what, ours, theirs)| format!("{what} is {ours}, {there} {theirs}")).collect();
        if found.is_empty() && self != other {
            found.push(format!("the columns kept of each run are others than {there}"));
        }
        found
    }
}

fn short(sum: &str) -> &str {
    sum.get(..8).unwrap_or(sum)
}

fn hexadecimal(bytes: impl AsRef<[u8]>) -> String {
    bytes.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The first line of kept runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartHead {
    /// [`PART_FORMAT`].
    pub format: String,
    /// What the runs depend on.
    pub origin: Origin,
    /// The first run.
    pub first: u64,
    /// How many runs were asked for.
    pub requested: u64,
    /// What was waited for, if the number of runs was left open.
    pub until: Option<Waiting>,
}

/// A wish for precision, as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// The figure and how well it is to be known.
    pub figure: String,
    /// The most runs.
    pub most: u64,
}

/// What is wrong with kept runs.
#[derive(Debug, thiserror::Error)]
pub enum PartError {
    /// The file cannot be read.
    #[error("cannot read {}: {cause}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// The file is cut off or has been changed.
    #[error("{} is damaged: {what}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// The file holds runs of something else.
    #[error("{} is of another study: {differences}", path.display())]
    Other {
        /// The file.
        path: PathBuf,
        /// What differs.
        differences: String,
    },
}

/// Kept runs being written.
pub struct PartWriter<W> {
    target: W,
    path: PathBuf,
    chain: Sha256,
    /// The runs of the block at hand.
    runs: Range<u64>,
    block: Vec<u8>,
}

impl<W: Write> PartWriter<W> {
    /// Begins with the first line. The path is for error messages.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn new(target: W, path: &Path, head: &PartHead) -> Result<Self, FolderError> {
        let mut line = serde_json::to_vec(head).map_err(|error| FolderError::write(path, error.into()))?;
        line.push(b'\n');
        let mut writer = PartWriter::after(target, path, &line, head.first);
        writer.target.write_all(&line).map_err(|error| FolderError::write(path, error))?;
        Ok(writer)
    }

    fn after(target: W, path: &Path, line: &[u8], next: u64) -> Self {
        let chain = Sha256::new_with_prefix(line);
        PartWriter { target, path: path.to_owned(), chain, runs: next..next, block: vec![0; BLOCK_HEAD] }
    }

    /// Takes up a run under every plan. Runs come in order; one that is kept already is passed over.
    ///
    /// # Errors
    ///
    /// When a block cannot be written.
    pub fn push(&mut self, run: u64, outcomes: &[Outcome]) -> Result<(), FolderError> {
        if run < self.runs.end {
            return Ok(());
        }
        outcomes.iter().for_each(|outcome| pack(outcome, &mut self.block));
        self.runs.end = run + 1;
        if self.runs.end - self.runs.start >= BLOCK as u64 { self.put_down() } else { Ok(()) }
    }

    /// Writes out what there is of the block at hand.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn put_down(&mut self) -> Result<(), FolderError> {
        if self.runs.is_empty() { Ok(()) } else { self.write_block() }
    }

    fn write_block(&mut self) -> Result<(), FolderError> {
        let runs = (self.runs.end - self.runs.start) as u32;
        let length = (self.block.len() - BLOCK_HEAD) as u32;
        self.block[..8].copy_from_slice(&self.runs.start.to_le_bytes());
        self.block[8..12].copy_from_slice(&runs.to_le_bytes());
        self.block[12..BLOCK_HEAD].copy_from_slice(&length.to_le_bytes());
        let sum = self.chain.clone().chain_update(&self.block).finalize();
        self.block.extend_from_slice(&sum);
        self.target.write_all(&self.block).map_err(|error| FolderError::write(&self.path, error))?;
        self.block.truncate(BLOCK_HEAD);
        self.runs.start = self.runs.end;
        Ok(())
    }

    /// Ends the part with its closing block, and gives back what it was written to.
    ///
    /// # Errors
    ///
    /// When the last of it cannot be written.
    pub fn finish(mut self) -> Result<W, FolderError> {
        self.put_down()?;
        self.write_block()?;
        Ok(self.target)
    }
}

/// Kept runs being read, from the first on.
pub struct PartReader<'a, R> {
    source: R,
    path: PathBuf,
    head: PartHead,
    line: Vec<u8>,
    chain: Sha256,
    columns: &'a Columns,
    block: Vec<u8>,
    /// Where in the block the next run begins.
    place: usize,
    /// The runs of the block that are still to come.
    runs: Range<u64>,
    /// Bytes of the file up to the end of the block.
    good: u64,
    closed: bool,
    outcomes: Vec<Outcome>,
}

impl<'a> PartReader<'a, BufReader<File>> {
    /// Opens a file of kept runs.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or does not begin as kept runs do.
    pub fn open(path: &Path, columns: &'a Columns) -> Result<Self, PartError> {
        let file = File::open(path).map_err(|cause| PartError::Io { path: path.to_owned(), cause })?;
        PartReader::new(BufReader::new(file), path, columns)
    }
}

impl<'a, R: BufRead> PartReader<'a, R> {
    /// Reads the first line. The path is for error messages.
    ///
    /// # Errors
    ///
    /// When the source cannot be read, or does not begin as kept runs do.
    pub fn new(mut source: R, path: &Path, columns: &'a Columns) -> Result<Self, PartError> {
        let mut line = Vec::new();
        let read = source.by_ref().take(LONGEST_HEAD).read_until(b'\n', &mut line);
        read.map_err(|cause| PartError::Io { path: path.to_owned(), cause })?;
        let damaged = |what: &str| PartError::Damaged { path: path.to_owned(), what: what.to_owned() };
        if line.last() != Some(&b'\n') {
            return Err(damaged("its first line is cut off"));
        }
        let head: PartHead = serde_json::from_slice(&line).map_err(|_| damaged("its first line is not one of ours"))?;
        if head.format != PART_FORMAT {
            return Err(damaged(&format!("its format is `{}`, not `{PART_FORMAT}`", head.format)));
        }
        Ok(PartReader {
            source,
            path: path.to_owned(),
            good: line.len() as u64,
            chain: Sha256::new_with_prefix(&line),
            outcomes: vec![Outcome::default(); head.origin.plans.len()],
            runs: head.first..head.first,
            head,
            line,
            columns,
            block: Vec::new(),
            place: 0,
            closed: false,
        })
    }

    /// The first line.
    pub fn head(&self) -> &PartHead {
        &self.head
    }

    /// The next run with its outcome under every plan; nothing at the end of a part.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, is cut off, or is not as it was written.
    pub fn next_run(&mut self) -> Result<Option<(u64, &[Outcome])>, PartError> {
        while self.runs.is_empty() {
            if self.closed {
                return Ok(None);
            }
            self.read_block()?;
        }
        let mut unpacking = Unpacking::new(&self.block[self.place..]);
        let columns = self.columns;
        if self.outcomes.iter_mut().any(|outcome| unpacking.outcome(columns, outcome).is_none()) {
            return Err(self.damaged(format!("run {} cannot be read", self.runs.start)));
        }
        self.place = self.block.len() - unpacking.left();
        let run = self.runs.start;
        self.runs.start += 1;
        Ok(Some((run, &self.outcomes)))
    }

    fn read_block(&mut self) -> Result<(), PartError> {
        let first = self.runs.end;
        let mut head = [0; BLOCK_HEAD];
        self.fill(&mut head)?;
        let number = |bytes: &[u8]| bytes.iter().rev().fold(0, |number: u64, byte| number << 8 | u64::from(*byte));
        let (start, runs, length) = (number(&head[..8]), number(&head[8..12]), number(&head[12..]));
        self.block.clear();
        let mut sum = [0; SUM];
        let read = self.source.by_ref().take(length).read_to_end(&mut self.block);
        read.map_err(|cause| PartError::Io { path: self.path.clone(), cause })?;
        self.fill(&mut sum)?;
        let expected = self.chain.clone().chain_update(head).chain_update(&self.block).finalize();
        if start != first || expected[..] != sum {
            return Err(self.damaged(format!("the block that begins with run {first} is not as it was written")));
        }
        self.good += BLOCK_HEAD as u64 + length + SUM as u64;
        self.runs = start..start + runs;
        self.place = 0;
        self.closed = runs == 0;
        let mut more = [0];
        let rest = if self.closed { self.source.read(&mut more) } else { Ok(0) };
        match rest {
            Ok(0) => Ok(()),
            Ok(_) => Err(self.damaged("something follows its end".to_owned())),
            Err(cause) => Err(PartError::Io { path: self.path.clone(), cause }),
        }
    }

    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), PartError> {
        self.source.read_exact(bytes).map_err(|cause| match cause.kind() {
            io::ErrorKind::UnexpectedEof => self.damaged(format!("it is cut off at run {}", self.runs.end)),
            _ => PartError::Io { path: self.path.clone(), cause },
        })
    }

    fn damaged(&self, what: String) -> PartError {
        PartError::Damaged { path: self.path.clone(), what }
    }
}

/// What is good in the runs of a batch that was cut short, and a writer that goes on behind it.
pub struct Resumption<'a> {
    /// The runs that are good.
    pub past: PartReader<'a, BufReader<File>>,
    /// Goes on behind them.
    pub writer: PartWriter<File>,
    /// How many there are.
    pub runs: u64,
}

impl<'a> Resumption<'a> {
    /// Finds the good beginning of the kept runs and cuts off what follows it.
    ///
    /// # Errors
    ///
    /// When the file cannot be read or written, or does not begin as kept runs do.
    pub fn open(path: &Path, columns: &'a Columns) -> Result<Self, ResumeError> {
        let mut scan = PartReader::open(path, columns)?;
        let mut good = scan.good;
        let mut next = scan.head.first;
        // What is wrong ends the good beginning: that is how a batch that was killed looks.
        while let Ok(Some((run, _))) = scan.next_run() {
            if scan.runs.is_empty() {
                (good, next) = (scan.good, run + 1);
            }
        }
        let written = |cause| FolderError::write(path, cause);
        let file = File::options().append(true).open(path).map_err(written)?;
        file.set_len(good).map_err(written)?;
        let writer = PartWriter::after(file, path, &scan.line, next);
        let past = PartReader::open(path, columns)?;
        let runs = next - past.head.first;
        Ok(Resumption { past, writer, runs })
    }
}

/// Why kept runs cannot be gone on with.
#[derive(Debug, thiserror::Error)]
pub enum ResumeError {
    /// They cannot be read.
    #[error(transparent)]
    Part(#[from] PartError),
    /// They cannot be written to.
    #[error(transparent)]
    Folder(#[from] FolderError),
}

/// Runs that can no longer be read are made again.
impl<R: BufRead> Past for PartReader<'_, R> {
    fn next(&mut self) -> Option<(u64, &[Outcome])> {
        self.next_run().ok().flatten()
    }
}
