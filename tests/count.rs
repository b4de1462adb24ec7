//! The count, from ballots to electors, against the record, against theory and against what can be worked out by hand.

#[path = "count/case.rs"]
mod case;

#[path = "count/audits.rs"]
mod audits;
#[path = "count/awards.rs"]
mod awards;
#[path = "count/calendar.rs"]
mod calendar;
#[path = "count/conservation.rs"]
mod conservation;
#[path = "count/correlations.rs"]
mod correlations;
#[path = "count/lines.rs"]
mod lines;
#[path = "count/mirror.rs"]
mod mirror;
#[path = "count/national.rs"]
mod national;
#[path = "count/night.rs"]
mod night;
#[path = "count/record.rs"]
mod record;
#[path = "count/rounds.rs"]
mod rounds;
#[path = "count/standard.rs"]
mod standard;
