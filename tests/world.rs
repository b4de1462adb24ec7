//! The world, tested through its public interface on scenarios small enough to be worked out by hand.

#[path = "world/trial.rs"]
mod trial;

#[path = "world/rich.rs"]
mod rich;

#[path = "world/assets.rs"]
mod assets;
#[path = "world/promises.rs"]
mod promises;
#[path = "world/watches.rs"]
mod watches;
