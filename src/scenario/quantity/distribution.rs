//! `pert(2h, 8h, 30h)` and its like: the arguments of a distribution, their units, and their order.

use super::Value;
use super::interval::beta_interval;
use super::parse::{Number, Reader, number};
use crate::engine::variate::{Distribution, ParameterError};
use crate::scenario::expression::TextProblem;
use crate::scenario::expression::lexer::{Token, TokenKind};
use crate::scenario::text::closest;
use crate::scenario::units::{Dimension, format_share};
use std::ops::Range;

/// The distributions an author may write.
pub(super) const DISTRIBUTIONS: [&str; 9] =
    ["pert", "triangular", "uniform", "normal", "lognormal", "exponential", "beta", "poisson", "choice"];

/// How far from 100 % the chances of a choice may sum, for the sake of `33.3 %` written three times.
const CHANCE_TOLERANCE: f64 = 0.001;

type Found = Result<(Value, Dimension), Vec<TextProblem>>;

/// Reads a distribution; `list` starts with its name and a bracket.
pub(super) fn read(reader: &Reader<'_>, list: &[Token]) -> Found {
    let name = reader.written(&list[0].span);
    if !DISTRIBUTIONS.contains(&name) {
        let problem = TextProblem::new(list[0].span.clone(), format!("no distribution `{name}`"));
        return Err(vec![match closest(name, DISTRIBUTIONS) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem.help(format!("distributions are {}", DISTRIBUTIONS.join(", "))),
        }]);
    }
    let inside = &list[2..];
    let Some(close) = inside.iter().position(|token| token.kind == TokenKind::Close) else {
        return Err(vec![TextProblem::new(list[1].span.clone(), "this bracket is never closed").help("add a `)`")]);
    };
    if let Some(after) = inside.get(close + 1) {
        let message = format!("nothing may follow `{name}(…)`");
        let help = "name the distribution under [uncertainty] and use that name in a formula";
        return Err(vec![TextProblem::new(after.span.clone(), message).help(help)]);
    }
    let arguments: Vec<&[Token]> = match &inside[..close] {
        [] => Vec::new(),
        tokens => tokens.split(|token| token.kind == TokenKind::Comma).collect(),
    };
    let call = Call { reader, name, arguments, span: list[0].span.start..inside[close].span.end };
    match name {
        "pert" => call.three_points(Distribution::pert),
        "triangular" => call.three_points(Distribution::triangular),
        "uniform" => call.uniform(),
        "normal" => call.normal(),
        "lognormal" => call.lognormal(),
        "exponential" => call.exponential(),
        "beta" => call.beta(),
        "poisson" => call.poisson(),
        _ => call.choice(),
    }
}

impl Reader<'_> {
    /// `A to B`.
    pub(super) fn interval(&self, low: &Number, high: &Number) -> Found {
        let whole = low.span.start..high.span.end;
        let dimension = self.same_kind(&[low, high])?;
        let (a, b) = (self.written(&low.span), self.written(&high.span));
        let mut problems = Vec::new();
        for end in [low, high] {
            if end.value <= 0.0 {
                let message = format!("a range with `to` needs numbers above zero, not `{}`", self.written(&end.span));
                problems.push(TextProblem::new(end.span.clone(), message).help(format!("write `uniform({a}, {b})`")));
            } else if let Err(problem) = self.wanted.accept_range(self.written(&end.span), end) {
                problems.push(problem);
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        if low.value == high.value {
            return Err(vec![
                TextProblem::new(whole, "both ends of this range are the same").help(format!("write `{a}`")),
            ]);
        }
        if low.value > high.value {
            let problem = TextProblem::new(whole, format!("`{a}` is more than `{b}`"));
            return Err(vec![problem.help(format!("write `{b} to {a}`"))]);
        }
        let shares = low.percent && high.percent && high.value <= 1.0;
        let law = if shares || self.wanted.is_share() {
            if high.value >= 1.0 {
                let message = "a range of shares with `to` needs its upper end below 100 %";
                let help = format!("5 % of the draws lie above it; write `uniform({a}, {b})`");
                return Err(vec![TextProblem::new(high.span.clone(), message).help(help)]);
            }
            match beta_interval(low.value, high.value) {
                Some(law) => law,
                None => {
                    let problem =
                        TextProblem::new(whole, "no distribution of shares has 90 % of its draws in this range");
                    return Err(vec![problem.help(format!("write `uniform({a}, {b})`"))]);
                }
            }
        } else {
            Distribution::lognormal_interval(low.value, high.value)
        };
        drawn(law, &whole, dimension)
    }

    /// The one dimension of several numbers; a zero may stand without unit.
    fn same_kind(&self, numbers: &[&Number]) -> Result<Dimension, Vec<TextProblem>> {
        let mut problems = Vec::new();
        let first = numbers.iter().find(|number| !number.is_plain_zero());
        let dimension = self.wanted.dimension.or(first.map(|number| number.dimension)).unwrap_or(Dimension::Number);
        for number in numbers {
            let written = self.written(&number.span);
            if let Err(problem) = self.wanted.accept_dimension(written, number) {
                problems.push(problem);
            } else if number.dimension != dimension && !number.is_plain_zero() {
                let message = format!("`{written}` is {}, but the number before it is {dimension}", number.dimension);
                problems.push(TextProblem::new(number.span.clone(), message).help("write all in one kind of unit"));
            }
        }
        if problems.is_empty() { Ok(dimension) } else { Err(problems) }
    }
}

/// A distribution with its arguments.
struct Call<'a> {
    reader: &'a Reader<'a>,
    name: &'a str,
    arguments: Vec<&'a [Token]>,
    /// From its name to its closing bracket.
    span: Range<usize>,
}

impl Call<'_> {
    /// How the distribution is written, in the unit of the field.
    fn usage(&self) -> &'static str {
        let plain = self.reader.wanted.dimension == Some(Dimension::Number);
        match (self.name, plain) {
            ("pert", false) => "pert(2h, 8h, 30h)",
            ("pert", true) => "pert(10 %, 20 %, 50 %)",
            ("triangular", false) => "triangular(2h, 8h, 30h)",
            ("triangular", true) => "triangular(10 %, 20 %, 50 %)",
            ("uniform", false) => "uniform(1h, 3h)",
            ("uniform", true) => "uniform(10 %, 50 %)",
            ("normal", false) => "normal(10h, 2h)",
            ("normal", true) => "normal(50 %, 5 %)",
            ("lognormal", false) => "lognormal(p50 1h, p90 4h)` or `lognormal(median 1h, sigma 0.8)",
            ("lognormal", true) => "lognormal(p50 100, p90 400)` or `lognormal(median 100, sigma 0.8)",
            ("exponential", false) => "exponential(mean 12h)",
            ("exponential", true) => "exponential(mean 12)",
            ("beta", _) => "beta(2, 5)",
            ("poisson", _) => "poisson(3)",
            (_, false) => "choice(2h 60 %, 8h 40 %)",
            (_, true) => "choice(20 % 60 %, 50 % 40 %)",
        }
    }

    fn misused(&self, message: impl Into<String>) -> Vec<TextProblem> {
        vec![TextProblem::new(self.span.clone(), message).help(format!("write it as `{}`", self.usage()))]
    }

    fn argument_span(&self, argument: &[Token]) -> Range<usize> {
        match (argument.first(), argument.last()) {
            (Some(first), Some(last)) => first.span.start..last.span.end,
            _ => self.span.clone(),
        }
    }

    /// Exactly so many bare numbers.
    fn numbers(&self, count: usize, meaning: &str) -> Result<Vec<Number>, Vec<TextProblem>> {
        if self.arguments.len() != count {
            let message = format!("`{}` takes {meaning}, but {} stand here", self.name, self.arguments.len());
            return Err(self.misused(message));
        }
        let mut numbers = Vec::new();
        let mut problems = Vec::new();
        for argument in &self.arguments {
            let mut at = 0;
            match number(argument, &mut at) {
                Some(number) if at == argument.len() => numbers.push(number),
                _ => {
                    let span = self.argument_span(argument);
                    let message = format!("`{}` is not a number", self.reader.written(&span));
                    problems.push(TextProblem::new(span, message).help(format!("write it as `{}`", self.usage())));
                }
            }
        }
        if problems.is_empty() { Ok(numbers) } else { Err(problems) }
    }

    /// Numbers that each follow a word, as `median 1h`, in any order; one of each.
    fn labelled(&self) -> Result<Vec<(&str, Number)>, Vec<TextProblem>> {
        let mut found: Vec<(&str, Number)> = Vec::new();
        let mut problems = Vec::new();
        for argument in &self.arguments {
            let mut at = 1;
            let span = self.argument_span(argument);
            match (argument.first().map(|token| token.kind), number(argument, &mut at)) {
                (Some(TokenKind::Name), Some(number)) if at == argument.len() => {
                    let word = self.reader.written(&argument[0].span);
                    if found.iter().any(|(known, _)| *known == word) {
                        problems.push(TextProblem::new(span, format!("`{word}` stands here twice")));
                    } else {
                        found.push((word, number));
                    }
                }
                _ => {
                    let message = format!("`{}` is not a word and a number", self.reader.written(&span));
                    problems.push(TextProblem::new(span, message).help(format!("write it as `{}`", self.usage())));
                }
            }
        }
        if problems.is_empty() { Ok(found) } else { Err(problems) }
    }

    /// Checks that numbers are of one kind and inside the range of the field.
    fn places(&self, numbers: &[&Number]) -> Result<Dimension, Vec<TextProblem>> {
        let dimension = self.reader.same_kind(numbers)?;
        let problems: Vec<TextProblem> = numbers
            .iter()
            .filter_map(|number| self.reader.wanted.accept_range(self.reader.written(&number.span), number).err())
            .collect();
        if problems.is_empty() { Ok(dimension) } else { Err(problems) }
    }

    fn three_points(&self, make: fn(f64, f64, f64) -> Result<Distribution, ParameterError>) -> Found {
        let numbers = self.numbers(3, "three numbers: low, most likely, high")?;
        let [low, likely, high] = &numbers[..] else {
            return Err(self.misused("three numbers are needed"));
        };
        let dimension = self.places(&[low, likely, high])?;
        if low.value > likely.value || likely.value > high.value {
            return Err(vec![self.out_of_order(low, likely, high)]);
        }
        drawn(make(low.value, likely.value, high.value), &self.span, dimension)
    }

    /// Says which of low, most likely and high looks out of order.
    fn out_of_order(&self, low: &Number, likely: &Number, high: &Number) -> TextProblem {
        let written = |number: &Number| self.reader.written(&number.span);
        let (odd, message) = if low.value <= high.value && likely.value > high.value {
            (
                likely,
                format!("the most likely value `{}` is more than the highest, `{}`", written(likely), written(high)),
            )
        } else if low.value <= high.value {
            (likely, format!("the most likely value `{}` is less than the lowest, `{}`", written(likely), written(low)))
        } else if likely.value >= low.value {
            (high, format!("the highest value `{}` is less than the lowest, `{}`", written(high), written(low)))
        } else if likely.value <= high.value {
            (low, format!("the lowest value `{}` is more than the highest, `{}`", written(low), written(high)))
        } else {
            (low, format!("the lowest value `{}` is more than the most likely, `{}`", written(low), written(likely)))
        };
        let mut sorted = [low, likely, high];
        sorted.sort_by(|a, b| a.value.total_cmp(&b.value));
        let [a, b, c] = sorted.map(written);
        TextProblem::new(odd.span.clone(), message)
            .help(format!("the order is low, most likely, high: `{}({a}, {b}, {c})`", self.name))
    }

    fn uniform(&self) -> Found {
        let numbers = self.numbers(2, "two numbers: low and high")?;
        let [low, high] = &numbers[..] else {
            return Err(self.misused("two numbers are needed"));
        };
        let dimension = self.places(&[low, high])?;
        let (a, b) = (self.reader.written(&low.span), self.reader.written(&high.span));
        if low.value > high.value {
            let problem =
                TextProblem::new(low.span.clone(), format!("the lowest value `{a}` is more than the highest, `{b}`"));
            return Err(vec![problem.help(format!("write `uniform({b}, {a})`"))]);
        }
        drawn(Distribution::uniform(low.value, high.value), &self.span, dimension)
    }

    fn normal(&self) -> Found {
        let numbers = self.numbers(2, "two numbers: mean and standard deviation")?;
        let [mean, sd] = &numbers[..] else {
            return Err(self.misused("two numbers are needed"));
        };
        let dimension = self.reader.same_kind(&[mean, sd])?;
        self.places(&[mean])?;
        if sd.value < 0.0 {
            let problem = TextProblem::new(sd.span.clone(), "the standard deviation must not be negative");
            return Err(vec![problem.help(format!("write it as `{}`", self.usage()))]);
        }
        drawn(Distribution::normal(mean.value, sd.value), &self.span, dimension)
    }

    fn lognormal(&self) -> Found {
        let found = self.labelled()?;
        let [(first, a), (second, b)] = &found[..] else {
            return Err(self.misused("`lognormal` takes two percentiles, or the median and sigma"));
        };
        if let (Some(p), Some(q)) = (percentile(first), percentile(second)) {
            let dimension = self.places(&[a, b])?;
            return drawn(Distribution::lognormal_quantiles(p, a.value, q, b.value), &self.span, dimension);
        }
        let (median, sigma) = match (*first, *second) {
            ("median", "sigma") => (a, b),
            ("sigma", "median") => (b, a),
            _ => {
                return Err(self.misused("`lognormal` takes two percentiles, or the median and sigma"));
            }
        };
        let dimension = self.places(&[median])?;
        if sigma.dimension != Dimension::Number {
            let problem = TextProblem::new(sigma.span.clone(), "sigma is a plain number: the spread of the logarithm");
            return Err(vec![problem.help("write it as `sigma 0.8`")]);
        }
        if median.value <= 0.0 {
            return Err(vec![TextProblem::new(median.span.clone(), "the median must be above zero")]);
        }
        drawn(Distribution::lognormal(libm::log(median.value), sigma.value), &self.span, dimension)
    }

    fn exponential(&self) -> Found {
        let usage = "`exponential` takes its mean";
        if self.arguments.len() != 1 {
            return Err(self.misused(usage));
        }
        let mut at = 0;
        if let Some(bare) = number(self.arguments[0], &mut at).filter(|_| at == self.arguments[0].len()) {
            let written = self.reader.written(&bare.span);
            return Err(vec![
                TextProblem::new(bare.span.clone(), usage).help(format!("write `exponential(mean {written})`")),
            ]);
        }
        let found = self.labelled()?;
        let [("mean", mean)] = &found[..] else {
            return Err(self.misused(usage));
        };
        let dimension = self.places(&[mean])?;
        drawn(Distribution::exponential(mean.value), &self.span, dimension)
    }

    fn beta(&self) -> Found {
        let numbers = self.numbers(2, "two numbers: its shapes a and b")?;
        let [a, b] = &numbers[..] else {
            return Err(self.misused("two numbers are needed"));
        };
        for shape in [a, b] {
            if shape.dimension != Dimension::Number || shape.percent {
                let problem =
                    TextProblem::new(shape.span.clone(), "the shapes of a beta distribution are plain numbers");
                return Err(vec![problem.help(format!("write it as `{}`", self.usage()))]);
            }
        }
        self.gives(Dimension::Number, "a share")?;
        drawn(Distribution::beta(a.value, b.value), &self.span, Dimension::Number)
    }

    fn poisson(&self) -> Found {
        let numbers = self.numbers(1, "one number: its mean, or a rate")?;
        let [mean] = &numbers[..] else {
            return Err(self.misused("one number is needed"));
        };
        if mean.value < 0.0 {
            return Err(vec![TextProblem::new(mean.span.clone(), "the mean must not be negative")]);
        }
        match mean.dimension {
            // Events that come at random at a rate: whoever reads the rate draws the events.
            Dimension::Rate => {
                self.gives(Dimension::Rate, "a rate")?;
                Ok((Value::Fixed(mean.value), Dimension::Rate))
            }
            Dimension::Number => {
                self.gives(Dimension::Number, "a count")?;
                if self.reader.wanted.high.is_finite() {
                    let message =
                        format!("{} is needed here, but `poisson` gives a count", self.reader.wanted.article());
                    return Err(vec![
                        TextProblem::new(self.span.clone(), message).help(self.reader.wanted.as_written()),
                    ]);
                }
                drawn(Distribution::poisson(mean.value), &self.span, Dimension::Number)
            }
            other => {
                let message = format!("`poisson` takes a number or a rate, not {other}");
                Err(vec![
                    TextProblem::new(mean.span.clone(), message).help("write it as `poisson(3)` or `poisson(3/d)`"),
                ])
            }
        }
    }

    /// Refuses the distribution where its values are of the wrong kind.
    fn gives(&self, dimension: Dimension, what: &str) -> Result<(), Vec<TextProblem>> {
        let wanted = &self.reader.wanted;
        if wanted.dimension.is_none_or(|wanted| wanted == dimension) {
            return Ok(());
        }
        let message = format!("{} is needed here, but `{}` gives {what}", wanted.article(), self.name);
        Err(vec![TextProblem::new(self.span.clone(), message).help(wanted.as_written())])
    }

    fn choice(&self) -> Found {
        let mut values: Vec<Number> = Vec::new();
        let mut names: Vec<String> = Vec::new();
        let mut chances: Vec<f64> = Vec::new();
        let mut problems = Vec::new();
        for argument in &self.arguments {
            let span = self.argument_span(argument);
            let mut at = 0;
            let value = number(argument, &mut at);
            let name = match argument.first() {
                Some(token) if value.is_none() && token.kind == TokenKind::Name => {
                    at = 1;
                    Some(self.reader.written(&token.span))
                }
                _ => None,
            };
            let chance = number(argument, &mut at).filter(|_| at == argument.len());
            let Some(chance) = chance.filter(|_| value.is_some() || name.is_some()) else {
                let message = format!("`{}` is not a value and its chance", self.reader.written(&span));
                problems.push(TextProblem::new(span, message).help(format!("write it as `{}`", self.usage())));
                continue;
            };
            if chance.dimension != Dimension::Number || !(0.0..=1.0).contains(&chance.value) {
                let written = self.reader.written(&chance.span);
                let problem = TextProblem::new(chance.span.clone(), format!("`{written}` is not a chance"));
                problems.push(problem.help("a chance lies between 0 % and 100 %, as `60 %`"));
            }
            chances.push(chance.value);
            if let Some(name) = name {
                if name.contains('.') || names.iter().any(|known| known == name) {
                    let words = if name.contains('.') { "is not a name of a choice" } else { "stands here twice" };
                    problems.push(TextProblem::new(argument[0].span.clone(), format!("`{name}` {words}")));
                }
                names.push(name.to_owned());
            }
            values.extend(value);
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        if chances.len() < 2 {
            return Err(self.misused("`choice` takes at least two values, each with its chance"));
        }
        let sum: f64 = chances.iter().sum();
        if (sum - 1.0).abs() > CHANCE_TOLERANCE + f64::EPSILON {
            let message = format!("the chances sum to {}, not 100 %", format_share(sum));
            return Err(vec![TextProblem::new(self.span.clone(), message)]);
        }
        if names.is_empty() {
            let dimension = self.places(&values.iter().collect::<Vec<_>>())?;
            let weighted: Vec<(f64, f64)> = values.iter().map(|value| value.value).zip(chances).collect();
            return drawn(Distribution::choice(&weighted), &self.span, dimension);
        }
        if !values.is_empty() {
            return Err(self.misused("the values of a choice are all names or all numbers"));
        }
        if self.reader.wanted.dimension.is_some() {
            let message = format!("{} is needed here, but this chooses among names", self.reader.wanted.article());
            let help = "named choices stand under [uncertainty] and are compared, as `environment == low`";
            return Err(vec![TextProblem::new(self.span.clone(), message).help(help)]);
        }
        let weighted: Vec<(f64, f64)> =
            chances.into_iter().enumerate().map(|(at, chance)| (at as f64, chance)).collect();
        match Distribution::choice(&weighted) {
            Ok(law) => Ok((Value::Choice(law, names), Dimension::Choice)),
            Err(error) => Err(vec![TextProblem::new(self.span.clone(), error.reason())]),
        }
    }
}

/// The probability in `p90`.
fn percentile(word: &str) -> Option<f64> {
    let number: u8 = word.strip_prefix('p')?.parse().ok()?;
    (1..=99).contains(&number).then(|| f64::from(number) / 100.0)
}

fn drawn(law: Result<Distribution, ParameterError>, span: &Range<usize>, dimension: Dimension) -> Found {
    match law {
        Ok(law) => Ok((Value::Distribution(law), dimension)),
        Err(error) => Err(vec![TextProblem::new(span.clone(), error.reason())]),
    }
}
