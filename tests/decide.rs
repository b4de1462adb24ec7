//! Decisions: plans against one another, runs until a figure is known, and the choice of responses.

#[path = "decide/coin.rs"]
mod coin;
#[path = "cli/program.rs"]
#[allow(dead_code, reason = "shared with the tests of the program, which use all of it")]
mod program;

#[path = "decide/allocation.rs"]
mod allocation;
#[path = "decide/choose.rs"]
mod choose;
#[path = "decide/commands.rs"]
mod commands;
#[path = "decide/compare.rs"]
mod compare;
#[path = "decide/coverage.rs"]
mod coverage;
#[path = "decide/paired.rs"]
mod paired;
#[path = "decide/pairing.rs"]
mod pairing;
#[path = "decide/precision.rs"]
mod precision;
#[path = "decide/selection.rs"]
mod selection;
