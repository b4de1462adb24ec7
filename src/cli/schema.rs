//! `canvass schema`: the schema with which editors check a scenario while it is typed.

use super::exit::Exit;
use super::failure::Failure;
use std::io::Write as _;

const EXAMPLES: &str = "\
Examples:
  canvass schema > scenario.schema.json
      Keep the schema beside your scenarios.
  canvass schema | jq '.properties | keys'
      See which tables a scenario may have.
  echo '#:schema ./scenario.schema.json' | cat - my.toml > new.toml
      Tell editors with a TOML extension where it is: first line of the file.";

/// Print the JSON Schema of scenario files
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Schema {}

impl Schema {
    pub(super) fn perform(&self) -> Result<Exit, Failure> {
        let mut out = std::io::stdout().lock();
        serde_json::to_writer_pretty(&mut out, &crate::scenario::schema()).map_err(std::io::Error::from)?;
        out.write_all(b"\n")?;
        out.flush()?;
        Ok(Exit::Done)
    }
}
