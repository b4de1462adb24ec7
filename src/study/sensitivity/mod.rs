//! Which inputs move an outcome, from runs that were made anyway.

pub mod design;
mod drawn;
mod first_order;
mod rank;
mod resampling;
mod sample;

pub use drawn::Drawn;
pub use first_order::{Binned, bins_for};
pub use rank::{normal_bar, ranks, spearman, spearman_interval};
pub(super) use resampling::Dice;
pub use resampling::Resampling;
pub use sample::{InputColumn, OutcomeColumn, Sample};
