//! Reading a scenario and the parts it is built on.

use super::problem::{Place, Problem};
use super::suggest;
use super::syntax::{self, BrokenLines};
use super::tree::{Kind, Node, SourceFile};
use std::path::{Path, PathBuf};

/// A file that could not be read at all. What is wrong *in* a file is a [`Problem`].
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file is not there, or may not be read.
    #[error("cannot read {name}: {source}")]
    Io {
        /// The path as given.
        name: String,
        /// Why.
        source: std::io::Error,
    },
    /// The file is not UTF-8 text.
    #[error("{name} is not UTF-8 text (line {line}); save it as UTF-8")]
    NotText {
        /// The path as given.
        name: String,
        /// The first line that is not text.
        line: usize,
    },
}

/// The files of a scenario, merged into one tree.
pub(super) struct Gathered {
    pub(super) files: Vec<SourceFile>,
    pub(super) tree: Node,
    pub(super) broken: BrokenLines,
    pub(super) problems: Vec<Problem>,
}

pub(super) fn read_text(path: &Path) -> Result<String, ReadError> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|source| ReadError::Io { name: name.clone(), source })?;
    String::from_utf8(bytes).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        ReadError::NotText { name, line: 1 + valid.iter().filter(|byte| **byte == b'\n').count() }
    })
}

/// Parses a scenario and whatever it extends, and merges them: what a file says goes before what its parts say.
pub(super) fn gather(path: &Path, text: String) -> Gathered {
    let mut gathered = Gathered {
        files: vec![SourceFile { name: path.display().to_string(), text }],
        tree: Node { key: None, place: Place { file: 0, span: 0..0 }, kind: Kind::Table(Default::default()) },
        broken: BrokenLines::default(),
        problems: Vec::new(),
    };
    let mut seen = vec![identity(path)];
    let mut open = seen.clone();
    gathered.tree = gathered.load(0, path, &mut seen, &mut open);
    gathered
}

fn identity(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

impl Gathered {
    fn load(&mut self, file: usize, path: &Path, seen: &mut Vec<PathBuf>, open: &mut Vec<PathBuf>) -> Node {
        let mut tree = syntax::parse(file, &self.files[file], &mut self.problems, &mut self.broken);
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        let mentioned: Vec<(String, Place)> = match tree.get("scenario").and_then(|about| about.get("extends")) {
            Some(Node { kind: Kind::List(parts), .. }) => {
                parts.iter().filter_map(|part| Some((part.text()?.to_owned(), part.place.clone()))).collect()
            }
            _ => Vec::new(),
        };
        for (position, (mention, place)) in mentioned.into_iter().enumerate() {
            let part = folder.join(&mention);
            let at = format!("scenario.extends[{position}]");
            let known = identity(&part);
            if open.contains(&known) {
                let problem =
                    Problem::error(at, format!("`{mention}` is already being read: the parts go round in a circle"))
                        .help("remove this entry, or move what both need into a part of its own");
                self.problems.push(Problem { place: Some(place), ..problem });
                continue;
            }
            if seen.contains(&known) {
                continue;
            }
            match read_text(&part) {
                Ok(text) => {
                    seen.push(known.clone());
                    open.push(known);
                    self.files.push(SourceFile { name: part.display().to_string(), text });
                    let node = self.load(self.files.len() - 1, &part, seen, open);
                    open.pop();
                    tree.fill_from(node);
                }
                Err(error) => {
                    self.problems.push(Problem { place: Some(place), ..unreadable(at, &mention, &part, &error) });
                }
            }
        }
        tree
    }
}

fn unreadable(at: String, mention: &str, part: &Path, error: &ReadError) -> Problem {
    let name = part.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let beside: Vec<String> =
        std::fs::read_dir(part.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")))
            .into_iter()
            .flatten()
            .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
            .filter(|other| other.ends_with(".toml"))
            .collect();
    match error {
        ReadError::Io { source, .. } if source.kind() == std::io::ErrorKind::NotFound => {
            let problem = Problem::error(at, format!("there is no part `{mention}`"));
            match suggest::closest(&name, beside.iter().map(String::as_str)) {
                Some(other) => problem.help(format!("did you mean `{}`?", mention.replace(&name, other))),
                None => problem.help("paths of parts are seen from the file that names them"),
            }
        }
        ReadError::Io { source, .. } => Problem::error(at, format!("the part `{mention}` cannot be read: {source}")),
        ReadError::NotText { line, .. } => {
            Problem::error(at, format!("the part `{mention}` is not UTF-8 text (line {line})")).help("save it as UTF-8")
        }
    }
}
