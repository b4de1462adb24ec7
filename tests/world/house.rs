//! The house holds: processes never import one another, and the rooms' arrows point down.

use std::fs;
use std::path::{Path, PathBuf};

const PROCESSES: [&str; 17] = [
    "adversary",
    "asset",
    "audience",
    "calendar",
    "caller",
    "certification",
    "channel",
    "contest",
    "contingency",
    "count",
    "hazard",
    "inject",
    "narrative",
    "online",
    "platform",
    "polling",
    "response",
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry that can be read").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else {
            found.push(path);
        }
    }
    found
}

#[test]
fn processes_never_import_one_another() {
    for process in PROCESSES {
        let path = format!("src/world/{process}.rs");
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        for other in PROCESSES.iter().filter(|other| **other != process) {
            assert!(!text.contains(&format!("use super::{other}::")), "{path} imports {other}");
        }
    }
}

#[test]
fn arrows_between_rooms_point_down() {
    let above: [(&str, &[&str]); 6] = [
        ("engine", &["scenario", "world", "study", "report", "intake", "cli"]),
        ("scenario", &["world", "study", "report", "intake", "cli"]),
        ("world", &["study", "report", "intake", "cli"]),
        ("study", &["cli", "report", "intake"]),
        ("report", &["cli", "intake"]),
        // It makes scenarios and runs none.
        ("intake", &["cli", "report", "study", "world", "engine"]),
    ];
    for (room, forbidden) in above {
        for path in sources(&Path::new("src").join(room)) {
            let text = fs::read_to_string(&path).expect("a source that can be read");
            for other in forbidden {
                assert!(!text.contains(&format!("use crate::{other}::")), "{} reaches up to {other}", path.display());
            }
        }
    }
}
