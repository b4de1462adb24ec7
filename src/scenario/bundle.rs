//! A scenario and its parts as files that can be taken elsewhere together.

use super::loaded::Loaded;
use std::path::{Component, Path, PathBuf};

impl Loaded {
    /// All files with their paths below one common folder, so that the scenario, which comes first, finds its parts there as it does here.
    pub fn bundle(&self) -> Vec<(PathBuf, String)> {
        let paths: Vec<PathBuf> = self.files().iter().map(|file| plain(Path::new(&file.name))).collect();
        let mut common = paths.first().and_then(|path| path.parent()).map(Path::to_owned).unwrap_or_default();
        while !paths.iter().all(|path| path.starts_with(&common)) && common.pop() {}
        let below = |path: &PathBuf| path.strip_prefix(&common).map(Path::to_owned).unwrap_or_else(|_| path.clone());
        paths.iter().map(below).zip(self.files().iter().map(|file| file.text.clone())).collect()
    }
}

/// An absolute path without `.` and `..`.
fn plain(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut plain = PathBuf::new();
    for component in absolute.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}
