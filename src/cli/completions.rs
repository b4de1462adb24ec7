//! `canvass completions`: what a shell needs to finish a command.

use super::Arguments;
use super::exit::Exit;
use super::failure::Failure;
use clap::CommandFactory as _;
use std::io::Write as _;

const EXAMPLES: &str = "\
Examples:
  canvass completions bash > ~/.local/share/bash-completion/completions/canvass
      For bash, from the next shell on.
  canvass completions zsh > ~/.zfunc/_canvass
      For zsh, if ~/.zfunc is in your fpath.
  canvass completions fish > ~/.config/fish/completions/canvass.fish
      For fish.";

/// Print completions for a shell
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Completions {
    /// Which shell
    shell: clap_complete::Shell,
}

impl Completions {
    pub(super) fn perform(&self) -> Result<Exit, Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Arguments::command(), "canvass", &mut script);
        let mut out = std::io::stdout().lock();
        out.write_all(&script)?;
        out.flush()?;
        Ok(Exit::Done)
    }
}
