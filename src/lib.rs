//! Canvass: a tabletop scenario-planning simulator for election-result contingencies.
//!
//! The folder tree is the architecture; arrows point down only:
//! `cli → intake, report, study → world → scenario → engine`.

pub mod cli;
pub mod engine;
pub mod intake;
pub mod report;
pub mod scenario;
pub mod study;
pub mod world;
