//! The world, tested through its public interface on scenarios small enough to be worked out by hand.

#[path = "world/trial.rs"]
mod trial;

#[path = "world/rich.rs"]
mod rich;

#[path = "world/actors.rs"]
mod actors;
#[path = "world/assets.rs"]
mod assets;
#[path = "world/document.rs"]
mod document;
#[path = "world/house.rs"]
mod house;
#[path = "world/ledger.rs"]
mod ledger;
#[path = "world/promises.rs"]
mod promises;
#[path = "world/properties.rs"]
mod properties;
#[path = "world/public.rs"]
mod public;
#[path = "world/robustness.rs"]
mod robustness;
#[path = "world/spread.rs"]
mod spread;
#[path = "world/watches.rs"]
mod watches;
