//! How the program ends, for scripts to read.

use std::process::ExitCode;

/// The exit codes of every command. They are part of the interface and do not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Everything was done. A reader who hangs up early, as `head` does, counts as done.
    Done = 0,
    /// Something failed that is not the scenario's fault: a disk that is full, a replay that differs.
    Failed = 1,
    /// The command line or the scenario is wrong; nothing was run.
    BadInput = 2,
    /// The runs are made and kept, but one of the scenario's `[[checks]]` does not hold.
    CheckFailed = 3,
    /// Interrupted; the runs that were finished are kept.
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}
