//! The `canvass` program: arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    canvass::cli::main().into()
}
