//! What a command says when it cannot do what it was asked.

use super::exit::Exit;
use super::style;
use crate::report::FolderError;
use std::io;

/// Why a command ends early, in words, with what to do about it.
#[derive(Debug)]
pub(super) struct Failure {
    message: String,
    hints: Vec<String>,
    exit: Exit,
}

impl Failure {
    /// The command line or the scenario is wrong.
    pub(super) fn bad_input(message: impl Into<String>) -> Self {
        Failure { message: message.into(), hints: Vec::new(), exit: Exit::BadInput }
    }

    /// Something else went wrong.
    pub(super) fn failed(message: impl Into<String>) -> Self {
        Failure { exit: Exit::Failed, ..Failure::bad_input(message) }
    }

    /// Everything there is to say has been said already.
    pub(super) fn silent(exit: Exit) -> Self {
        Failure { message: String::new(), hints: Vec::new(), exit }
    }

    /// The same failure with a word on how to mend it.
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Says it, and returns the exit code.
    pub(super) fn report(&self) -> Exit {
        if !self.message.is_empty() {
            anstream::eprintln!("{}error{}: {}", style::BAD, style::BAD.render_reset(), self.message);
        }
        for hint in &self.hints {
            anstream::eprintln!("  {}help{}: {hint}", style::GOOD, style::GOOD.render_reset());
        }
        self.exit
    }
}

/// Writing to the terminal failed. If the reader hung up, that is his right.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::silent(Exit::Done),
            _ => Failure::failed(format!("cannot write the results: {error}")),
        }
    }
}

impl From<FolderError> for Failure {
    fn from(error: FolderError) -> Self {
        let failure = Failure::failed(error.to_string());
        match error {
            FolderError::Foreign { .. } => failure.hint("choose another folder with `-o DIR`; nothing was written"),
            FolderError::Busy { .. } => failure.hint("wait until it has ended, or choose another folder with `-o DIR`"),
            FolderError::Edited { .. } => failure
                .hint("choose another folder with `-o DIR`, or take that file out of this one; nothing was written"),
            FolderError::Io { .. } => {
                failure.hint("choose a place you may write to; no half-written file was left there")
            }
        }
    }
}
