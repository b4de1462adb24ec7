//! A call of the program in a folder of its own.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// A folder in which the program is called.
pub(crate) struct Desk {
    folder: TempDir,
}

/// What a call left on the terminal.
pub(crate) struct Said {
    pub(crate) out: String,
    pub(crate) err: String,
    pub(crate) code: Option<i32>,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Desk { folder: TempDir::new().unwrap() }
    }

    /// A desk with the starter scenario on it, as `starter.toml`.
    pub(crate) fn with_starter() -> Self {
        let desk = Desk::new();
        desk.call(&["new", "starter"]).succeeds();
        desk
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    /// The names in a folder, sorted.
    pub(crate) fn list(&self, name: &str) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(self.path(name))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_canvass"));
        command.args(arguments).current_dir(self.folder.path());
        command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").env("TERM", "xterm");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub(crate) fn call(&self, arguments: &[&str]) -> Said {
        self.command(arguments).output().unwrap().into()
    }
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        Said {
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
            code: output.status.code(),
        }
    }
}

impl Said {
    #[track_caller]
    pub(crate) fn ends_with(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "stdout:\n{}\nstderr:\n{}", self.out, self.err);
        self
    }

    #[track_caller]
    pub(crate) fn succeeds(self) -> Self {
        self.ends_with(0)
    }

    #[track_caller]
    pub(crate) fn out_has(self, part: &str) -> Self {
        assert!(self.out.contains(part), "no {part:?} in stdout:\n{}", self.out);
        self
    }

    #[track_caller]
    pub(crate) fn err_has(self, part: &str) -> Self {
        assert!(self.err.contains(part), "no {part:?} in stderr:\n{}", self.err);
        self
    }
}

/// The rows of a table, below its heading.
#[allow(dead_code, reason = "not every file of tests counts rows")]
pub(crate) fn rows(text: &str) -> usize {
    let records: Result<Vec<_>, _> = csv::Reader::from_reader(text.as_bytes()).records().collect();
    records.unwrap().len()
}

/// Asserts that a folder holds a manifest and exactly the files it lists, with the sums it lists; and if it was interrupted, what
/// `--resume` goes on with.
#[track_caller]
pub(crate) fn is_whole(folder: &Path) -> serde_json::Value {
    use sha2::Digest as _;
    let manifest: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.join("manifest.json")).unwrap()).unwrap();
    let files = manifest["files"].as_array().unwrap();
    for file in files {
        let bytes = std::fs::read(folder.join(file["name"].as_str().unwrap())).unwrap();
        let sum: String = sha2::Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(file["sha256"], sum, "{}", file["name"]);
    }
    let interrupted = usize::from(manifest["complete"] == false && folder.join(".canvass-unfinished").exists());
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), files.len() + 1 + interrupted);
    manifest
}
