//! Reading a folder of results again: its manifest, its dictionary and its tables.

use super::dictionary;
use super::folder::FileRecord;
use super::manifest::{MANIFEST, RunsRecord, ScenarioRecord};
use super::stored::StoredError;
use super::table::unguarded;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What a manifest says, whichever kind of study it is of.
#[derive(Clone, Debug, Deserialize)]
pub struct KeptManifest {
    /// The kind of study, with the version of its files.
    pub format: String,
    /// The version of the program that made it.
    pub canvass: String,
    /// The scenarios; one for most studies.
    #[serde(alias = "scenario", deserialize_with = "one_or_several")]
    pub scenarios: Vec<ScenarioRecord>,
    /// The master seed.
    pub seed: u64,
    /// The plans.
    #[serde(default)]
    pub plans: Vec<String>,
    /// What else was asked for.
    #[serde(default)]
    pub options: BTreeMap<String, String>,
    /// The runs it rests on.
    pub runs: RunsRecord,
    /// False if it was interrupted.
    pub complete: bool,
    /// The files beside it.
    pub files: Vec<FileRecord>,
}

fn one_or_several<'de, D: serde::Deserializer<'de>>(reader: D) -> Result<Vec<ScenarioRecord>, D::Error> {
    let value = serde_json::Value::deserialize(reader)?;
    let list = if value.is_array() { value } else { serde_json::Value::Array(vec![value]) };
    serde_json::from_value(list).map_err(serde::de::Error::custom)
}

/// What the dictionary says of a column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Meaning {
    /// What it means.
    pub meaning: String,
    /// Its unit; empty for text.
    pub unit: String,
    /// Where it comes from.
    pub source: String,
}

impl Meaning {
    /// Whether its cells are words rather than numbers.
    pub fn is_text(&self) -> bool {
        matches!(self.unit.as_str(), "" | "name")
    }
}

/// A folder of results.
pub struct Kept {
    /// Where it is.
    pub path: PathBuf,
    /// What was run.
    pub manifest: KeptManifest,
    /// What its columns mean: file, column, meaning; in the order of the dictionary.
    pub dictionary: Vec<(String, String, Meaning)>,
}

impl Kept {
    /// Reads the manifest and the dictionary of a folder.
    ///
    /// # Errors
    ///
    /// When there is no manifest, or it or the dictionary cannot be read.
    pub fn open(path: &Path) -> Result<Self, StoredError> {
        let manifest = path.join(MANIFEST);
        let broken = |what: String| StoredError::Broken { path: manifest.clone(), what };
        let bytes = std::fs::read(&manifest).map_err(|error| broken(error.to_string()))?;
        let manifest = serde_json::from_slice(&bytes).map_err(|error| broken(error.to_string()))?;
        let mut kept = Kept { path: path.to_owned(), manifest, dictionary: Vec::new() };
        for row in kept.table(dictionary::NAME)?.iter().flat_map(KeptTable::rows) {
            let meaning = Meaning {
                meaning: row.text("meaning").to_owned(),
                unit: row.text("unit").to_owned(),
                source: row.text("source").to_owned(),
            };
            kept.dictionary.push((row.text("file").to_owned(), row.text("column").to_owned(), meaning));
        }
        Ok(kept)
    }

    /// What the dictionary says of a column.
    pub fn meaning(&self, file: &str, column: &str) -> Option<&Meaning> {
        self.dictionary.iter().find(|(of, name, _)| of == file && name == column).map(|(_, _, meaning)| meaning)
    }

    /// The tables it holds, in the order of the manifest.
    pub fn tables(&self) -> impl Iterator<Item = &str> {
        self.manifest.files.iter().map(|file| file.name.as_str()).filter(|name| name.ends_with(".csv"))
    }

    /// A table as a whole; nothing if the folder has none of this name.
    ///
    /// # Errors
    ///
    /// When it is there and cannot be read.
    pub fn table(&self, name: &str) -> Result<Option<KeptTable>, StoredError> {
        let Some(mut stream) = self.stream(name)? else { return Ok(None) };
        let mut rows = Vec::new();
        while let Some(row) = stream.next_row()? {
            rows.push(row.iter().map(|cell| unguarded(cell).to_owned()).collect());
        }
        Ok(Some(KeptTable { headings: stream.headings, rows }))
    }

    /// A table row by row; nothing if the folder has none of this name.
    ///
    /// # Errors
    ///
    /// When it is there and cannot be read.
    pub fn stream(&self, name: &str) -> Result<Option<Stream>, StoredError> {
        let path = self.path.join(name);
        if !path.is_file() {
            return Ok(None);
        }
        let broken = |error: csv::Error| StoredError::Broken { path: path.clone(), what: error.to_string() };
        let mut reader = csv::Reader::from_path(&path).map_err(broken)?;
        let headings = reader.headers().map_err(broken)?.iter().map(str::to_owned).collect();
        Ok(Some(Stream { path, reader, headings, record: csv::StringRecord::new() }))
    }
}

/// A table being read row by row.
pub struct Stream {
    path: PathBuf,
    reader: csv::Reader<std::fs::File>,
    /// Its headings.
    pub headings: Vec<String>,
    record: csv::StringRecord,
}

impl Stream {
    /// The next row, as it stands in the file.
    ///
    /// # Errors
    ///
    /// When the file is broken.
    pub fn next_row(&mut self) -> Result<Option<&csv::StringRecord>, StoredError> {
        match self.reader.read_record(&mut self.record) {
            Ok(true) => Ok(Some(&self.record)),
            Ok(false) => Ok(None),
            Err(error) => Err(StoredError::Broken { path: self.path.clone(), what: error.to_string() }),
        }
    }

    /// The place of a heading.
    pub fn place(&self, heading: &str) -> Option<usize> {
        self.headings.iter().position(|known| known == heading)
    }
}

/// A table that was read as a whole.
#[derive(Clone, Debug, Default)]
pub struct KeptTable {
    headings: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl KeptTable {
    /// Its rows.
    pub fn rows(&self) -> impl Iterator<Item = KeptRow<'_>> {
        self.rows.iter().map(|cells| KeptRow { headings: &self.headings, cells })
    }
}

/// A row of a table.
#[derive(Clone, Copy, Debug)]
pub struct KeptRow<'a> {
    headings: &'a [String],
    cells: &'a [String],
}

impl<'a> KeptRow<'a> {
    /// The text under a heading; empty if there is none.
    pub fn text(&self, heading: &str) -> &'a str {
        let place = self.headings.iter().position(|known| known == heading);
        place.and_then(|place| self.cells.get(place)).map_or("", String::as_str)
    }

    /// The number under a heading, if there is one.
    pub fn number(&self, heading: &str) -> Option<f64> {
        self.text(heading).parse().ok()
    }
}
