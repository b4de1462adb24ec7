//! The value of a bound expression, and the next moment at which time alone may change it.
//!
//! Between two events every term runs in a straight line: its value now, and its slope per millisecond. Only the present moment and
//! the times since something happened have a slope. So the moment at which a comparison turns over is the crossing of two lines, and
//! nothing needs to be asked again before it.

use super::{Bound, Operator, Term};

/// What a bound expression reads during a run.
pub trait Board {
    /// The value of a slot in canonical units; truth is 1 or 0.
    fn value(&self, slot: u32) -> f64;
    /// When the truth in a slot last became true, in milliseconds since the start; nothing if it never was.
    fn since_ms(&self, slot: u32) -> Option<i64>;
    /// The present, in milliseconds since the start.
    fn now_ms(&self) -> i64;
}

/// The value of an expression, and until when it is sure to stay as it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    /// In canonical units; truth is 1 or 0.
    pub value: f64,
    /// By how much it grows in a millisecond, up to the next moment.
    pub slope: f64,
    /// The next moment at which it may change otherwise without any slot changing, always later than now; `i64::MAX` for never. A
    /// condition stays as it is until then.
    pub next_ms: i64,
}

/// A value with its course: `value + slope * (t - now)` for every whole millisecond t from now to before `until`.
#[derive(Clone, Copy)]
struct Course {
    value: f64,
    slope: f64,
    until: i64,
}

impl Course {
    fn still(value: f64) -> Self {
        Course { value, slope: 0.0, until: i64::MAX }
    }
}

/// Farthest crossing that is looked for, in milliseconds: beyond it whole milliseconds have no exact `f64`.
const FARTHEST: f64 = 9e15;

impl Bound {
    /// The value now. A division by a slot that is zero gives what IEEE 754 says; comparisons with no number are false.
    #[inline]
    pub fn value<B: Board>(&self, board: &B) -> f64 {
        // Many a measure is a quantity and no formula.
        if let Term::Slot(slot) = self.root { board.value(slot) } else { self.root.value(board) }
    }

    /// The value now, and the next moment at which time alone may change it.
    pub fn read<B: Board>(&self, board: &B) -> Reading {
        let course = course(&self.root, board, board.now_ms());
        Reading { value: course.value, slope: course.slope, next_ms: course.until }
    }
}

impl Term {
    /// The value now of a part of a bound expression.
    pub fn value<B: Board>(&self, board: &B) -> f64 {
        value_at(self, board, board.now_ms())
    }

    /// Whether its value may change without any slot changing.
    pub fn moves_with_time(&self) -> bool {
        match self {
            Term::Now | Term::Held(_) | Term::Since(_) => true,
            Term::Constant(_) | Term::Slot(_) | Term::Ever(_) => false,
            Term::Not(inner) | Term::Negate(inner) => inner.moves_with_time(),
            Term::Binary(_, left, right) => left.moves_with_time() || right.moves_with_time(),
            Term::Min(terms) | Term::Max(terms) | Term::Count(terms) => terms.iter().any(Term::moves_with_time),
        }
    }
}

/// The value at a moment if no slot changes until then.
fn value_at<B: Board>(term: &Term, board: &B, now: i64) -> f64 {
    match term {
        Term::Constant(value) => *value,
        Term::Now => now as f64,
        Term::Slot(slot) => board.value(*slot),
        Term::Held(slot) if board.value(*slot) == 0.0 => 0.0,
        Term::Held(slot) => now.saturating_sub(board.since_ms(*slot).unwrap_or(0)) as f64,
        Term::Since(slot) => board.since_ms(*slot).map_or(f64::INFINITY, |since| now.saturating_sub(since) as f64),
        Term::Ever(slot) => truth(board.since_ms(*slot).is_some()),
        Term::Not(inner) => truth(value_at(inner, board, now) == 0.0),
        Term::Negate(inner) => negate(value_at(inner, board, now)),
        Term::Binary(Operator::And, left, right) => {
            truth(value_at(left, board, now) != 0.0 && value_at(right, board, now) != 0.0)
        }
        Term::Binary(Operator::Or, left, right) => {
            truth(value_at(left, board, now) != 0.0 || value_at(right, board, now) != 0.0)
        }
        Term::Binary(operator, left, right) => {
            combine(*operator, value_at(left, board, now), value_at(right, board, now))
        }
        Term::Min(terms) => terms.iter().map(|term| value_at(term, board, now)).fold(f64::INFINITY, f64::min),
        Term::Max(terms) => terms.iter().map(|term| value_at(term, board, now)).fold(f64::NEG_INFINITY, f64::max),
        Term::Count(terms) => terms.iter().filter(|term| value_at(term, board, now) != 0.0).count() as f64,
    }
}

fn course<B: Board>(term: &Term, board: &B, now: i64) -> Course {
    match term {
        Term::Constant(_) | Term::Slot(_) | Term::Ever(_) => Course::still(value_at(term, board, now)),
        Term::Now => Course { value: now as f64, slope: 1.0, until: i64::MAX },
        Term::Held(slot) => {
            Course { slope: truth(board.value(*slot) != 0.0), ..Course::still(value_at(term, board, now)) }
        }
        Term::Since(slot) => {
            Course { slope: truth(board.since_ms(*slot).is_some()), ..Course::still(value_at(term, board, now)) }
        }
        Term::Not(inner) => {
            let inner = course(inner, board, now);
            Course { value: truth(inner.value == 0.0), ..inner }
        }
        Term::Negate(inner) => {
            let inner = course(inner, board, now);
            Course { value: negate(inner.value), slope: negate(inner.slope), until: inner.until }
        }
        Term::Binary(operator @ (Operator::And | Operator::Or), left, right) => {
            let decides = *operator == Operator::Or;
            let left = course(left, board, now);
            if left.until == i64::MAX && (left.value != 0.0) == decides {
                // What one side decides for good does not depend on the other.
                return Course::still(truth(decides));
            }
            join(left, course(right, board, now), decides)
        }
        Term::Binary(operator, left, right) => {
            let (a, b) = (course(left, board, now), course(right, board, now));
            let until = a.until.min(b.until);
            let value = combine(*operator, a.value, b.value);
            let slope = match operator {
                Operator::Add => a.slope + b.slope,
                Operator::Subtract => a.slope - b.slope,
                // At most one factor has a slope, and no divisor has: the binder sees to it.
                Operator::Multiply => product(a.slope, b.value) + product(b.slope, a.value),
                Operator::Divide => {
                    if a.slope == 0.0 {
                        0.0
                    } else {
                        a.slope / b.value
                    }
                }
                _ => {
                    let later = |at| combine(*operator, value_at(left, board, at), value_at(right, board, at)) != value;
                    return Course { value, slope: 0.0, until: until.min(crossing(*operator, a, b, now, later)) };
                }
            };
            Course { value, slope, until }
        }
        Term::Min(terms) => extreme(terms, board, now, 1.0),
        Term::Max(terms) => extreme(terms, board, now, -1.0),
        Term::Count(terms) => {
            let mut sum = Course::still(0.0);
            for term in terms {
                let one = course(term, board, now);
                sum.value += truth(one.value != 0.0);
                sum.until = sum.until.min(one.until);
            }
            sum
        }
    }
}

/// `and` and `or`: one operand that `decides` settles the matter, and so do two of them until the later one changes.
fn join(left: Course, right: Course, decides: bool) -> Course {
    let (a, b) = ((left.value != 0.0) == decides, (right.value != 0.0) == decides);
    let until = match (a, b) {
        (true, true) => left.until.max(right.until),
        (true, false) => left.until,
        (false, true) => right.until,
        (false, false) => left.until.min(right.until),
    };
    Course { value: truth((a || b) == decides), slope: 0.0, until }
}

/// The next moment at which a comparison turns over, if the lines of its sides hold that long. `turned` says whether it has, at a
/// moment; asking it around the crossing of the lines keeps the rounding of that crossing from mattering.
fn crossing(operator: Operator, left: Course, right: Course, now: i64, turned: impl Fn(i64) -> bool) -> i64 {
    let slope = left.slope - right.slope;
    let wait = (right.value - left.value) / slope;
    // Not a number, for parallel lines too, and a crossing in the past end here.
    if slope == 0.0 || !(0.0..=FARTHEST).contains(&wait) {
        return i64::MAX;
    }
    let at = now.saturating_add(wait.floor() as i64);
    if matches!(operator, Operator::Equal | Operator::NotEqual) {
        // Lines that meet between two milliseconds are never equal at one.
        let nearest = at.max(now.saturating_add(1));
        return (nearest..=at.saturating_add(1)).find(|&at| turned(at)).unwrap_or(i64::MAX);
    }
    // By how many milliseconds the crossing may be misjudged; a slope near the rounding error of the values makes it many.
    let rounding = 4.0 * f64::EPSILON * (left.value.abs() + right.value.abs()) / slope.abs();
    let margin = 2 + rounding.min(1e9) as i64;
    let (mut before, mut after) = (at.saturating_sub(margin).max(now), at.saturating_add(margin));
    if before > now && turned(before) {
        before = now;
    }
    if !turned(after) {
        return after;
    }
    while after - before > 1 {
        let middle = before + (after - before) / 2;
        if turned(middle) {
            after = middle;
        } else {
            before = middle;
        }
    }
    after
}

/// The least of several lines (`sign` 1) or the greatest (-1), until another line may take over.
fn extreme<B: Board>(terms: &[Term], board: &B, now: i64, sign: f64) -> Course {
    let mut best = Course::still(sign * f64::INFINITY);
    let mut until = i64::MAX;
    for term in terms {
        let one = course(term, board, now);
        until = until.min(one.until);
        let ahead = sign * (one.value - best.value);
        let (under, over) = if ahead < 0.0 || (ahead == 0.0 && sign * one.slope < sign * best.slope) {
            (one, best)
        } else {
            (best, one)
        };
        best = under;
        // The line that is not the best now takes over where the two cross.
        let wait = (over.value - under.value) / (under.slope - over.slope);
        if wait > 0.0 && wait <= FARTHEST {
            until = until.min(now.saturating_add((wait.floor() as i64).max(1)));
        }
    }
    Course { until, ..best }
}

/// `x * y` where nothing times infinity is nothing: a side without slope adds none, however large the other is.
fn product(slope: f64, value: f64) -> f64 {
    if slope == 0.0 { 0.0 } else { slope * value }
}

/// `left operator right`, for constants and for values alike.
pub(super) fn combine(operator: Operator, left: f64, right: f64) -> f64 {
    match operator {
        Operator::And => truth(left != 0.0 && right != 0.0),
        Operator::Or => truth(left != 0.0 || right != 0.0),
        Operator::Less => truth(left < right),
        Operator::LessOrEqual => truth(left <= right),
        Operator::Greater => truth(left > right),
        Operator::GreaterOrEqual => truth(left >= right),
        Operator::Equal => truth(left == right),
        Operator::NotEqual => truth(left != right),
        Operator::Add => left + right,
        Operator::Subtract => left - right,
        Operator::Multiply => left * right,
        Operator::Divide => left / right,
    }
}

/// `-value`, without a negative zero.
pub(super) fn negate(value: f64) -> f64 {
    0.0 - value
}

fn truth(holds: bool) -> f64 {
    f64::from(u8::from(holds))
}
