//! The count, from ballots to electors, against the record, against theory and against what can be worked out by hand.

#[path = "count/case.rs"]
mod case;
#[path = "count/vale.rs"]
mod vale;

#[path = "count/arrivals.rs"]
mod arrivals;
#[path = "count/audits.rs"]
mod audits;
#[path = "count/awards.rs"]
mod awards;
#[path = "count/calendar.rs"]
mod calendar;
#[path = "count/claims.rs"]
mod claims;
#[path = "count/conservation.rs"]
mod conservation;
#[path = "count/correlations.rs"]
mod correlations;
#[path = "count/courts.rs"]
mod courts;
#[path = "count/law.rs"]
mod law;
#[path = "count/lines.rs"]
mod lines;
#[path = "count/mirror.rs"]
mod mirror;
#[path = "count/national.rs"]
mod national;
#[path = "count/night.rs"]
mod night;
#[path = "count/portal.rs"]
mod portal;
#[path = "count/record.rs"]
mod record;
#[path = "count/reviews.rs"]
mod reviews;
#[path = "count/rounds.rs"]
mod rounds;
#[path = "count/standard.rs"]
mod standard;
#[path = "count/voided.rs"]
mod voided;
