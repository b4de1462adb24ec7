//! The rules of dimensions: what may be added to, divided by or compared with what, and the words for what may not.

use super::{Operator, TextProblem};
use crate::scenario::units::Dimension::{self, Choice, Instant, Number, Period, Rate, Truth};
use std::ops::Range;

/// Dimension of `left operator right`, or the problem with it.
pub(super) fn result_of(
    operator: Operator,
    left: Dimension,
    right: Dimension,
    at: &Range<usize>,
) -> Result<Dimension, TextProblem> {
    use Operator::{Add, And, Divide, Equal, Multiply, NotEqual, Or, Subtract};
    let found = match (operator, left, right) {
        (And | Or, Truth, Truth) => Some(Truth),
        (Add | Subtract, Number, Number) => Some(Number),
        (Add | Subtract, Period, Period) | (Subtract, Instant, Instant) => Some(Period),
        (Add | Subtract, Rate, Rate) => Some(Rate),
        (Add | Subtract, Instant, Period) | (Add, Period, Instant) => Some(Instant),
        (Multiply, Number, x @ (Number | Period | Rate)) | (Multiply, x @ (Period | Rate), Number) => Some(x),
        (Multiply, Rate, Period) | (Multiply, Period, Rate) => Some(Number),
        (Divide, x @ (Number | Period | Rate), Number) => Some(x),
        (Divide, Period, Period) | (Divide, Rate, Rate) => Some(Number),
        (Divide, Number, Period) => Some(Rate),
        (Divide, Number, Rate) => Some(Period),
        (Equal | NotEqual, Truth | Choice, _) if left == right => Some(Truth),
        (_, Number | Period | Rate | Instant, _) if operator.is_comparison() && left == right => Some(Truth),
        _ => None,
    };
    found.ok_or_else(|| refusal(operator, left, right, at.clone()))
}

fn refusal(operator: Operator, left: Dimension, right: Dimension, at: Range<usize>) -> TextProblem {
    let verb = match operator {
        Operator::Add => format!("cannot add {right} to {left}"),
        Operator::Subtract => format!("cannot subtract {right} from {left}"),
        Operator::Multiply => format!("cannot multiply {left} by {right}"),
        Operator::Divide => format!("cannot divide {left} by {right}"),
        Operator::And | Operator::Or => {
            format!("cannot join {left} and {right} with `{}`", operator.sign())
        }
        _ if left == right => format!("cannot order {left} with `{}`", operator.sign()),
        _ => format!("cannot compare {left} with {right}"),
    };
    let problem = TextProblem::new(at, verb);
    let pair = |a, b| (left, right) == (a, b) || (left, right) == (b, a);
    let additive = matches!(operator, Operator::Add | Operator::Subtract);
    if (operator.is_comparison() || additive) && pair(Period, Number) {
        problem.help("give the number a unit, as `24h`")
    } else if (operator.is_comparison() || additive) && pair(Rate, Number) {
        problem.help("give the number a unit, as `40/h`")
    } else if operator.is_comparison() && pair(Instant, Period) {
        problem.help("count from a moment, as `start + 2h`")
    } else if operator.is_comparison() && (left == Truth || right == Truth) {
        problem.help("a condition is already true or false: write it alone, or with `not`")
    } else if left == Choice || right == Choice {
        problem.help("a choice is compared with one of its names, as `== low`")
    } else if (left, right) == (Instant, Instant) && operator == Operator::Add {
        problem.help("subtract them for the time between")
    } else if (left, right) == (Period, Period) && operator == Operator::Multiply {
        problem.help("one of the two must be a plain number")
    } else {
        problem
    }
}
