//! Which inputs move an outcome, from runs that were made anyway.

mod first_order;
mod rank;
mod resampling;
mod sample;
pub mod design;

pub use first_order::{Binned, bins_for};
pub use rank::{normal_bar, ranks, spearman, spearman_interval};
pub use resampling::Resampling;
pub(super) use resampling::Dice;
pub use sample::{InputColumn, OutcomeColumn, Recorded, Sample};
