//! The kernel through its public interface.

mod clock;
mod counts;
mod event_list;
mod queueing_theory;
mod shifts;
mod staffed_queue;
mod streams;
mod trace;
mod variate;
