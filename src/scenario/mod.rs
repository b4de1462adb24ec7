//! The scenario file: what an author may write, how it is read, and what is said when it is wrong.
//!
//! A file is read in steps: a recoverable TOML parse, a walk of the spanned tree against the schema
//! made from the [`model`] types (which finds every mistake at once, with its position), and only
//! then `serde`. Whoever checks meaning later reports a [`Problem`] with the path of the value, and
//! the file shows where it stands.

mod added;
pub mod authority;
mod consistency;
mod evidence;
pub mod expression;
mod ledger;
mod load;
mod loaded;
pub mod model;
mod moment;
mod names;
mod numbers;
mod one_file;
mod overrides;
mod problem;
mod quantity;
mod reference;
mod render;
mod schema;
mod suggest;
mod syntax;
mod text;
mod tree;
mod units;
mod view;
mod walk;

pub use added::{ACCURATE_HELD_BACK, COST, STAFF, WRONG_ACTIONS, hides_speech_costs};
pub use expression::{Condition, Expression, Formula, Statement};
pub use ledger::Number;
pub use load::ReadError;
pub use loaded::{Loaded, ONLY_PLAN};
pub(crate) use moment::zone;
pub use moment::{Anchor, Calendar, DateTime, Hours, Moment, OpenHours, label};
pub use names::{Names, Tag, Tags};
pub use problem::{Place, Problem, Severity};
pub use quantity::{
    Amount, Basis, Dimensioned, Frequency, Grade, Period, Plain, Quantity, Share, Shift, Unbound, Value, check_number,
    check_quantity, describe, number_quantity, parse_quantity,
};
pub use render::{Style, render, render_json};
pub use schema::schema;
pub(crate) use suggest::{closest, list};
pub use text::check_text;
pub use tree::SourceFile;
pub use units::{Dimension, format_share, format_value};
pub(crate) use walk::is_taken;
