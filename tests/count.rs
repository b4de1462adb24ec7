//! The count, from ballots to electors, against the record, against theory and against what can be worked out by hand.

#[path = "count/case.rs"]
mod case;

#[path = "count/record.rs"]
mod record;
