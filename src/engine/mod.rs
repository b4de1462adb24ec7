//! The kernel: clock, future event list, random streams, variates, staffed queues, trace. It knows nothing of elections.
//!
//! Every part is plain data that is cleared between runs without giving its memory back, and every part is deterministic
//! to the bit: time is an integer, ties have a published order, streams are named, and variates use portable functions.

pub mod clock;
pub mod event_list;
pub mod shifts;
pub mod staffed_queue;
pub mod streams;
pub mod trace;
pub mod variate;

pub use clock::{Span, Time};
pub use event_list::{EventId, EventList, Fault, Fired, Handle, Phase};
pub use shifts::Shifts;
pub use staffed_queue::{StaffedQueue, Started, Ticket};
pub use streams::{LAYOUT_VERSION, StreamId, Streams};
pub use trace::Trace;
pub use variate::{
    Distribution, ParameterError, exponential_quantile, lognormal_cdf, negative_binomial_quantile, normal_cdf,
    normal_quantile, poisson_quantile,
};
