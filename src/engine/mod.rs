//! The kernel: clock, future event list, random streams, variates, staffed queues, trace. It knows nothing of elections.
