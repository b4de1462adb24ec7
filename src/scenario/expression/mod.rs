//! The language of conditions: `asset.results-page.down > 15min and reach.rigged > 10 %`.
//!
//! Words `and or not`, numbers, shares, periods, rates, dotted names, arithmetic, comparisons and a
//! few functions. No loops, no user functions. A text is parsed once into an [`Expression`]; its names
//! and dimensions are bound later by [`bind`], against whatever vocabulary its reader offers.

mod bind;
mod evaluate;
mod infer;
pub(super) mod lexer;
pub(super) mod parser;
mod read;

pub use bind::{bind, bind_condition};
pub use evaluate::{Board, Reading};

use super::units::Dimension;
use std::borrow::Cow;
use std::ops::Range;

/// A parsed text: a syntax tree with positions, names not yet bound.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// As it was written.
    pub text: String,
    /// The tree.
    pub root: Node,
}

/// A node of the syntax tree with its position in the text, in bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// Where it stands.
    pub span: Range<usize>,
}

/// What a node of the syntax tree is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A literal in canonical units.
    Literal(f64, Dimension),
    /// A dotted name; may hold `*` as one of its parts inside `count(…)`.
    Name(String),
    /// `not x`.
    Not(Box<Node>),
    /// `-x`.
    Negate(Box<Node>),
    /// `x + y` and its like.
    Binary(Operator, Box<Node>, Box<Node>),
    /// `min(x, y)` and its like; the span is that of the function's name.
    Call(String, Vec<Node>),
}

/// Operators of two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Operator {
    And,
    Or,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// A text that is wrong: where, why, and the mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextProblem {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// What is wrong, in one lower-case sentence.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
}

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Meaning {
    /// A cell of the board that changes during a run.
    Slot(u32, Dimension),
    /// A value known before the run, in canonical units.
    Constant(f64, Dimension),
}

/// The names a text may use.
pub trait Vocabulary {
    /// What a name stands for.
    fn meaning(&self, name: &str) -> Option<Meaning>;
    /// All names, for suggestions and for patterns in `count(…)`.
    fn names(&self) -> Vec<String>;
    /// Positions of the named choices of a slot, as `narrow` in `environment == narrow`.
    fn choice(&self, slot: u32, label: &str) -> Option<f64>;
    /// The named choices of a slot, for suggestions.
    fn choices(&self, _slot: u32) -> Vec<String> {
        Vec::new()
    }
}

/// An expression with every name bound and every dimension checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Bound {
    /// The tree.
    pub root: Term,
    /// What kind of thing its value is.
    pub dimension: Dimension,
    /// The slots it reads, sorted, each once.
    pub reads: Vec<u32>,
}

/// A node of a bound expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Term {
    /// A value in canonical units; truth is 1 or 0.
    Constant(f64),
    /// The present moment, in milliseconds since the start.
    Now,
    /// The value of a slot.
    Slot(u32),
    /// Time since a truth last became true while it holds, 0 while it does not: `x > 15min`, `held(x)`.
    Held(u32),
    /// Time since a truth last became true, whether or not it still holds; without end if it never was: `since(x)`.
    Since(u32),
    /// Whether a truth has held at any time: `ever(x)`.
    Ever(u32),
    /// `not x`.
    Not(Box<Term>),
    /// `-x`.
    Negate(Box<Term>),
    /// `x + y` and its like.
    Binary(Operator, Box<Term>, Box<Term>),
    /// The least of several.
    Min(Vec<Term>),
    /// The greatest of several.
    Max(Vec<Term>),
    /// How many of several truths hold.
    Count(Vec<Term>),
}

/// A condition: an expression that must turn out true or false.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition(pub Expression);

impl<'a> From<&'a Condition> for Cow<'a, Condition> {
    fn from(condition: &'a Condition) -> Self {
        Cow::Borrowed(condition)
    }
}

impl From<Condition> for Cow<'_, Condition> {
    fn from(condition: Condition) -> Self {
        Cow::Owned(condition)
    }
}

/// A formula: an expression of any dimension.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula(pub Expression);

/// A statement about results, as `share(dark-page, with-mirror) < 5 %`.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement(pub Expression);
