//! From what an author writes to a value in canonical units.

use super::distribution::{self, DISTRIBUTIONS};
use super::{Amount, Dimensioned, Frequency, Period, Plain, Share, Shift, Unbound, Value};
use crate::scenario::expression::lexer::{Token, TokenKind, Tokens, tokens};
use crate::scenario::expression::{Expression, Kind, Meaning, Node, Operator, TextProblem, Vocabulary, bind};
use crate::scenario::units::{Dimension, format_share, format_value};
use std::ops::Range;

/// What a field of the scenario wants of a number.
#[derive(Clone, Copy)]
pub(super) struct Wanted {
    pub(super) name: &'static str,
    pub(super) dimension: Option<Dimension>,
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) examples: &'static [&'static str],
}

const fn wanted<D: Dimensioned>() -> Wanted {
    Wanted { name: D::NAME, dimension: D::DIMENSION, low: D::LOW, high: D::HIGH, examples: D::EXAMPLES }
}

const ALL: [Wanted; 7] = [
    wanted::<Share>(),
    wanted::<Shift>(),
    wanted::<Period>(),
    wanted::<Frequency>(),
    wanted::<Amount>(),
    wanted::<Plain>(),
    wanted::<Unbound>(),
];

/// Reads a quantity: a value, a range `2h to 30h`, a distribution `pert(2h, 8h, 30h)`, or a formula over uncertainties.
///
/// A range is the lognormal law with 5 % of its draws below the first number and 5 % above the second; a range of shares is the beta
/// law of which the same is true, so that no draw leaves 0 to 1. The dimension of a formula is `expected`, or a plain number, until
/// its names are bound.
///
/// # Errors
///
/// Everything that is wrong with the text, each with its bytes: its words and their order, its unit, a number outside `low` to
/// `high`, distributions whose parameters are out of order.
pub fn parse_quantity(
    text: &str,
    expected: Option<Dimension>,
    low: f64,
    high: f64,
) -> Result<(Value, Dimension), Vec<TextProblem>> {
    let wanted = Wanted::new(expected, low, high);
    let Tokens { list, problems, broken } = tokens(text);
    if broken {
        return Err(problems);
    }
    if list.is_empty() {
        return Err(vec![
            TextProblem::new(0..text.len(), format!("{} is needed here", wanted.article())).help(wanted.as_written()),
        ]);
    }
    let reader = Reader { text, wanted };
    // What a wrong word makes of the rest would be a guess.
    if problems.is_empty() { reader.quantity(&list) } else { Err(problems) }
}

/// Reads a quantity written as a bare number.
///
/// # Errors
///
/// When the number lies outside `low` to `high`, or the field wants a unit. Zero needs none.
pub fn number_quantity(
    number: f64,
    expected: Option<Dimension>,
    low: f64,
    high: f64,
) -> Result<(Value, Dimension), TextProblem> {
    let wanted = Wanted::new(expected, low, high);
    let text = number.to_string();
    let literal = Number { value: number, dimension: Dimension::Number, percent: false, span: 0..text.len() };
    let dimension = wanted.accept(&text, &literal)?;
    Ok((Value::Fixed(number), dimension))
}

/// Checks a text for the field of a schema whose `x-quantity` is `name`. A name that is no quantity's passes.
///
/// # Errors
///
/// As [`parse_quantity`].
pub fn check_quantity(name: &str, text: &str) -> Result<(), Vec<TextProblem>> {
    read_as(name, text).map(drop)
}

/// What a text says in the field of a schema whose `x-quantity` is `name`; nothing for a name that is no quantity's.
pub(crate) fn read_as(name: &str, text: &str) -> Result<Option<Read>, Vec<TextProblem>> {
    let Some(wanted) = ALL.iter().find(|wanted| wanted.name == name) else {
        return Ok(None);
    };
    let (value, dimension) = parse_quantity(text, wanted.dimension, wanted.low, wanted.high)?;
    Ok(Some(Read { value, dimension, range: (wanted.low, wanted.high) }))
}

/// What a text says: its value in canonical units, its dimension, and the range its draws are kept to.
pub(crate) struct Read {
    pub(crate) value: Value,
    pub(crate) dimension: Dimension,
    pub(crate) range: (f64, f64),
}

/// Checks a bare number for the field of a schema whose `x-quantity` is `name`. A name that is no quantity's passes.
///
/// # Errors
///
/// As [`number_quantity`].
pub fn check_number(name: &str, number: f64) -> Result<(), TextProblem> {
    match ALL.iter().find(|wanted| wanted.name == name) {
        Some(wanted) => number_quantity(number, wanted.dimension, wanted.low, wanted.high).map(drop),
        None => Ok(()),
    }
}

/// A number in a text, with its sign.
#[derive(Clone, Debug)]
pub(super) struct Number {
    pub(super) value: f64,
    pub(super) dimension: Dimension,
    pub(super) percent: bool,
    pub(super) span: Range<usize>,
}

impl Number {
    /// Nothing is nothing in any unit.
    pub(super) fn is_plain_zero(&self) -> bool {
        self.value == 0.0 && self.dimension == Dimension::Number && !self.percent
    }
}

impl Wanted {
    fn new(expected: Option<Dimension>, low: f64, high: f64) -> Self {
        let same = |wanted: &&Wanted| wanted.dimension == expected && wanted.low == low && wanted.high == high;
        let kin = |wanted: &&Wanted| wanted.dimension == expected;
        let known = ALL.iter().find(same).or_else(|| ALL.iter().rfind(kin)).unwrap_or(&ALL[ALL.len() - 1]);
        Wanted { dimension: expected, low, high, ..*known }
    }

    /// The name with its article: `a share`.
    pub(super) fn article(&self) -> String {
        let article = if self.name.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
        format!("{article} {}", self.name)
    }

    pub(super) fn as_written(&self) -> String {
        format!("write it as `{}`", self.examples[0])
    }

    /// Whether draws must lie between 0 and 1.
    pub(super) fn is_share(&self) -> bool {
        self.low == 0.0 && self.high == 1.0
    }

    /// Checks the dimension and the range of a number; gives its dimension in this field.
    pub(super) fn accept(&self, written: &str, number: &Number) -> Result<Dimension, TextProblem> {
        let dimension = self.accept_dimension(written, number)?;
        self.accept_range(written, number)?;
        Ok(dimension)
    }

    pub(super) fn accept_dimension(&self, written: &str, number: &Number) -> Result<Dimension, TextProblem> {
        if !number.value.is_finite() {
            return Err(TextProblem::new(number.span.clone(), format!("`{written}` is not a number to reckon with")));
        }
        match self.dimension {
            None => Ok(number.dimension),
            Some(dimension) if dimension == number.dimension || number.is_plain_zero() => Ok(dimension),
            Some(_) => Err(self.wrong_kind(written, number)),
        }
    }

    fn wrong_kind(&self, written: &str, number: &Number) -> TextProblem {
        let is = match number.dimension {
            Dimension::Number if number.percent => "is a share",
            Dimension::Number => "has no unit",
            Dimension::Period => "is a period",
            Dimension::Rate => "is a rate",
            Dimension::Truth | Dimension::Instant | Dimension::Choice => "is no number",
        };
        let problem =
            TextProblem::new(number.span.clone(), format!("{} is needed here, but `{written}` {is}", self.article()));
        if matches!(self.dimension, Some(Dimension::Number)) {
            return problem.help(format!("write it without a unit of time, as `{}`", self.examples[0]));
        }
        problem.help(format!("write it with a unit, as `{}`", self.examples[0]))
    }

    pub(super) fn accept_range(&self, written: &str, number: &Number) -> Result<(), TextProblem> {
        let value = number.value;
        if (self.low..=self.high).contains(&value) {
            return Ok(());
        }
        let (side, end) = if value > self.high { ("more", self.high) } else { ("less", self.low) };
        let limit = if self.high == 1.0 { format_share(end) } else { format_value(end, Dimension::Number) };
        let problem = TextProblem::new(number.span.clone(), format!("`{written}` is {side} than {limit}"));
        let percent = value > 1.0 && value <= 100.0 && !number.percent;
        Err(if self.high == 1.0 && percent {
            problem.help(format!("write `{written} %` or `{}`", value / 100.0))
        } else if self.is_share() {
            problem.help("a share lies between 0 % and 100 %")
        } else if self.low == -1.0 && self.high == 1.0 {
            problem.help("a shift lies between -100 % and 100 %")
        } else {
            problem.help(format!("{} must not be negative", self.article()))
        })
    }
}

/// A text and what it is read for.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) wanted: Wanted,
}

type Found = Result<(Value, Dimension), Vec<TextProblem>>;

impl Reader<'_> {
    pub(super) fn written(&self, span: &Range<usize>) -> &str {
        &self.text[span.clone()]
    }

    fn quantity(&self, list: &[Token]) -> Found {
        let mut at = 0;
        if let Some(first) = number(list, &mut at) {
            if at == list.len() {
                let dimension =
                    self.wanted.accept(self.written(&first.span), &first).map_err(|problem| vec![problem])?;
                return Ok((Value::Fixed(first.value), dimension));
            }
            if list[at].kind == TokenKind::Name && self.written(&list[at].span) == "to" {
                at += 1;
                return match number(list, &mut at) {
                    Some(second) if at == list.len() => self.interval(&first, &second),
                    Some(_) => {
                        let span = list[at].span.clone();
                        Err(vec![
                            TextProblem::new(span, "nothing may follow the second number of a range")
                                .help("name the range under [uncertainty] to use it in a formula"),
                        ])
                    }
                    None => {
                        let span = list.get(at).map_or(list[at - 1].span.clone(), |token| token.span.clone());
                        Err(vec![
                            TextProblem::new(span, "a number is missing after `to`").help("write it as `2h to 30h`"),
                        ])
                    }
                };
            }
        }
        if let [name, open, ..] = list
            && name.kind == TokenKind::Name
            && open.kind == TokenKind::Open
            && !["min", "max"].contains(&self.written(&name.span))
        {
            return distribution::read(self, list);
        }
        self.formula()
    }

    fn formula(&self) -> Found {
        let expression = Expression::parse(self.text)?;
        let mut problems = Vec::new();
        let names = self.check_formula(&expression.root, &mut problems);
        if !problems.is_empty() {
            return Err(problems);
        }
        if names {
            return Ok((Value::Formula(expression), self.wanted.dimension.unwrap_or(Dimension::Number)));
        }
        let bound = bind(&expression, &NoNames)?;
        let crate::scenario::expression::Term::Constant(value) = bound.root else {
            let problem = TextProblem::new(0..self.text.len(), "a number cannot depend on the present moment");
            return Err(vec![problem]);
        };
        let span = 0..self.text.len();
        let number = Number { value, dimension: bound.dimension, percent: false, span };
        let dimension = self.wanted.accept(self.text.trim(), &number).map_err(|problem| vec![problem])?;
        Ok((Value::Fixed(value), dimension))
    }

    /// Whether the formula has names; adds what a quantity may not hold.
    fn check_formula(&self, node: &Node, problems: &mut Vec<TextProblem>) -> bool {
        match &node.kind {
            Kind::Literal(_, Dimension::Truth) => {
                problems.push(self.no_condition(node));
                false
            }
            Kind::Literal(..) => false,
            Kind::Name(name) if name == "now" => {
                let problem =
                    TextProblem::new(node.span.clone(), "a quantity is drawn once and cannot depend on `now`");
                problems.push(problem);
                true
            }
            Kind::Name(_) => true,
            Kind::Not(_) => {
                problems.push(self.no_condition(node));
                false
            }
            Kind::Negate(inner) => self.check_formula(inner, problems),
            Kind::Binary(Operator::Add | Operator::Subtract | Operator::Multiply | Operator::Divide, left, right) => {
                let left = self.check_formula(left, problems);
                self.check_formula(right, problems) || left
            }
            Kind::Binary(..) => {
                problems.push(self.no_condition(node));
                false
            }
            Kind::Call(name, arguments) if name == "min" || name == "max" => {
                let mut any = false;
                for argument in arguments {
                    any |= self.check_formula(argument, problems);
                }
                any
            }
            Kind::Call(name, _) => {
                let problem = if DISTRIBUTIONS.contains(&name.as_str()) {
                    TextProblem::new(node.span.clone(), format!("`{name}(…)` must stand alone"))
                        .help("name it under [uncertainty] and use that name in the formula")
                } else {
                    TextProblem::new(node.span.clone(), format!("no function `{name}` in a quantity"))
                        .help("a formula may use + - * /, min and max")
                };
                problems.push(problem);
                false
            }
        }
    }

    fn no_condition(&self, node: &Node) -> TextProblem {
        TextProblem::new(node.span.clone(), format!("{} is needed here, not a condition", self.wanted.article()))
            .help(self.wanted.as_written())
    }
}

/// Reads a number with its sign at `at`, and moves on.
pub(super) fn number(list: &[Token], at: &mut usize) -> Option<Number> {
    let (negative, start) = match list.get(*at)?.kind {
        TokenKind::Operator(Operator::Subtract) => (true, *at + 1),
        _ => (false, *at),
    };
    let token = list.get(start)?;
    let TokenKind::Literal(value, dimension, percent) = token.kind else {
        return None;
    };
    if dimension == Dimension::Truth {
        return None;
    }
    let span = list[*at].span.start..token.span.end;
    *at = start + 1;
    Some(Number { value: if negative { 0.0 - value } else { value }, dimension, percent, span })
}

/// No names at all.
struct NoNames;

impl Vocabulary for NoNames {
    fn meaning(&self, _: &str) -> Option<Meaning> {
        None
    }
    fn names(&self) -> Vec<String> {
        Vec::new()
    }
    fn choice(&self, _: u32, _: &str) -> Option<f64> {
        None
    }
}
