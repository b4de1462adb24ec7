//! `canvass new`: a commented scenario to start from.

use super::exit::Exit;
use super::failure::Failure;
use super::{Global, style};
use std::io::{self, Write as _};
use std::path::PathBuf;

const TEMPLATE: &str = include_str!("../../scenarios/starter-template.toml");

const EXAMPLES: &str = "\
Examples:
  canvass new my-county
      Write my-county.toml, a small scenario with every part explained.
  canvass new exercises/spring-drill
      Write exercises/spring-drill.toml.
  canvass new my-county && canvass batch my-county.toml
      Go from nothing to a table of odds.";

/// Write a commented scenario to start from
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct New {
    /// Name of the scenario, in lower case with dashes; its file gets the ending .toml
    name: PathBuf,
}

impl New {
    pub(super) fn perform(&self, global: &Global) -> Result<Exit, Failure> {
        let path = if self.name.extension().is_some_and(|ending| ending == "toml") {
            self.name.clone()
        } else {
            let mut name = self.name.clone().into_os_string();
            name.push(".toml");
            PathBuf::from(name)
        };
        let id = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        if !is_id(&id) {
            return Err(Failure::bad_input(format!("`{id}` cannot be the name of a scenario"))
                .hint("use lower-case letters, digits and dashes, and a letter first, as `my-county`"));
        }
        let mut file = std::fs::File::create_new(&path).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => Failure::bad_input(format!("{} exists already", path.display()))
                .hint("choose another name; nothing was overwritten"),
            io::ErrorKind::NotFound => {
                Failure::bad_input(format!("there is no folder for {}", path.display())).hint("make the folder first")
            }
            _ => Failure::failed(format!("cannot write {}: {error}", path.display())),
        })?;
        file.write_all(TEMPLATE.as_bytes())
            .map_err(|error| Failure::failed(format!("cannot write {}: {error}", path.display())))?;
        if !global.quiet {
            let mut out = anstream::stdout();
            writeln!(out, "{} {}", style::paint(style::GOOD, "wrote"), path.display())?;
            writeln!(out, "Next:  canvass batch {}", path.display())?;
        }
        Ok(Exit::Done)
    }
}

/// Whether a scenario may have this name.
pub(super) fn is_id(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-')
}
