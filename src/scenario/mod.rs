//! The scenario file: what an author may write, how it is read, and what is said when it is wrong.
//!
//! A file is read in steps: a recoverable TOML parse, a walk of the spanned tree against the schema
//! made from the [`model`] types (which finds every mistake at once, with its position), and only
//! then `serde`. Whoever checks meaning later reports a [`Problem`] with the path of the value, and
//! the file shows where it stands.

pub mod expression;
pub mod model;
mod moment;
mod names;
mod problem;
mod quantity;
mod text;
mod units;

pub use expression::{Condition, Expression, Formula, Statement};
pub use moment::{Anchor, Calendar, DateTime, Hours, Moment, OpenHours, label};
pub use names::{Names, Tag, Tags};
pub use problem::{Place, Problem, Severity};
pub use quantity::{
    Amount, Basis, Dimensioned, Frequency, Period, Plain, Quantity, Share, Shift, Unbound, Value,
    check_number, check_quantity, describe, number_quantity, parse_quantity,
};
pub use text::check_text;
pub use units::{Dimension, format_share, format_value};
