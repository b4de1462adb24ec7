//! The elections domain: a scenario compiled once, and run as often as wanted.
//!
//! Processes never import one another. Each offers named quantities on the board and takes verbs; conditions read the board,
//! steps, hazards, injects and responses call verbs, and only this file knows all of them.

mod adversary;
pub mod allocation;
mod asset;
mod audience;
mod board;
mod calendar;
mod caller;
mod causes;
mod certification;
mod channel;
mod compile;
mod contest;
mod contingency;
mod count;
mod curbs;
mod deeds;
pub mod defaults;
mod draw;
mod event;
mod fuel;
mod hazard;
mod inject;
mod intervention;
mod ledger;
mod lint;
mod measure;
mod model;
mod narrative;
mod online;
mod outcome;
mod platform;
mod polling;
mod probe;
mod push;
mod record;
mod response;
mod run;
pub mod sampling;
mod spread;
mod track;
mod uncertainty;
mod verb;
mod virality;
mod votes;
mod watch;

pub use causes::{Account, Cause};
pub use ledger::{Assumption, Entry as LedgerEntry, Ledger, Origin, Shares, Standing};
pub use model::{Model, World};
pub use outcome::{Column, ContingencyOutcome, Entry, Outcome, Status, Unit};
pub use probe::Input;
