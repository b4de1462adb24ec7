//! From a syntax tree to a bound expression: names found, dimensions checked, constants worked out.

use super::evaluate::{combine, negate};
use super::infer::result_of;
use super::{Bound, Expression, Kind, Meaning, Node, Operator, Term, TextProblem, Vocabulary};
use crate::scenario::text::closest;
use crate::scenario::units::Dimension;
use std::ops::Range;

/// Functions with what each wants, for messages.
const FUNCTIONS: [(&str, &str); 6] = [
    ("min", "min(a, b)"),
    ("max", "max(a, b)"),
    ("held", "held(asset.portal.down)"),
    ("since", "since(asset.portal.down)"),
    ("ever", "ever(asset.portal.down)"),
    ("count", "count(asset.*.down)"),
];

/// Binds the names of an expression and checks its dimensions.
///
/// # Errors
///
/// Everything that is wrong: names without meaning, operations without sense, and times that change multiplied or divided by each
/// other, whose course between two events is no straight line.
pub fn bind(expression: &Expression, vocabulary: &dyn Vocabulary) -> Result<Bound, Vec<TextProblem>> {
    let mut binder = Binder { vocabulary, problems: Vec::new() };
    let typed = binder.node(&expression.root);
    match typed {
        Some(typed) if binder.problems.is_empty() => {
            let mut reads = Vec::new();
            collect(&typed.term, &mut reads);
            reads.sort_unstable();
            reads.dedup();
            Ok(Bound { root: typed.term, dimension: typed.dimension, reads })
        }
        _ => Err(binder.problems),
    }
}

/// Binds an expression that must turn out true or false.
///
/// # Errors
///
/// As [`bind`]; also a value that is neither true nor false.
pub fn bind_condition(expression: &Expression, vocabulary: &dyn Vocabulary) -> Result<Bound, Vec<TextProblem>> {
    let bound = bind(expression, vocabulary)?;
    if bound.dimension == Dimension::Truth {
        return Ok(bound);
    }
    Err(vec![not_a_condition(&expression.root, bound.dimension)])
}

/// Checks what needs no vocabulary: the names of functions and how many arguments they take.
pub(crate) fn check_calls(node: &Node, problems: &mut Vec<TextProblem>) {
    match &node.kind {
        Kind::Literal(..) | Kind::Name(_) => {}
        Kind::Not(inner) | Kind::Negate(inner) => check_calls(inner, problems),
        Kind::Binary(_, left, right) => {
            check_calls(left, problems);
            check_calls(right, problems);
        }
        Kind::Call(name, arguments) => {
            problems.extend(check_call(name, arguments.len(), &node.span));
            for argument in arguments {
                check_calls(argument, problems);
            }
        }
    }
}

fn check_call(name: &str, arguments: usize, at: &Range<usize>) -> Option<TextProblem> {
    let Some((_, usage)) = FUNCTIONS.iter().find(|(known, _)| *known == name) else {
        let problem = TextProblem::new(at.clone(), format!("no function `{name}`"));
        let names = FUNCTIONS.iter().map(|&(name, _)| name);
        return Some(match closest(name, names) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem.help("functions are min, max, held, since, ever and count"),
        });
    };
    let enough = match name {
        "min" | "max" => arguments >= 2,
        "count" => arguments >= 1,
        _ => arguments == 1,
    };
    let wanted = match name {
        "min" | "max" => "at least two values",
        "count" => "at least one condition",
        _ => "one name",
    };
    (!enough).then(|| {
        TextProblem::new(at.clone(), format!("`{name}` takes {wanted}")).help(format!("write it as `{usage}`"))
    })
}

fn not_a_condition(node: &Node, dimension: Dimension) -> TextProblem {
    let than = match dimension {
        Dimension::Period => "> 15min",
        Dimension::Rate => "> 40/h",
        Dimension::Instant => "< now",
        Dimension::Choice => "== …",
        Dimension::Number | Dimension::Truth => "> 0",
    };
    let subject = match &node.kind {
        Kind::Name(name) => name.as_str(),
        _ => "…",
    };
    TextProblem::new(extent(node), format!("a condition is needed here, but this is {dimension}"))
        .help(format!("compare it, as `{subject} {than}`"))
}

/// The bytes of a node with its arguments.
fn extent(node: &Node) -> Range<usize> {
    match &node.kind {
        Kind::Call(_, arguments) => {
            node.span.start..arguments.iter().map(|argument| extent(argument).end).max().unwrap_or(node.span.end)
        }
        _ => node.span.clone(),
    }
}

/// A term with its dimension.
struct Typed {
    term: Term,
    dimension: Dimension,
    /// Whether its value changes with time alone.
    moves: bool,
}

impl Typed {
    fn still(term: Term, dimension: Dimension) -> Self {
        Typed { term, dimension, moves: false }
    }

    fn moving(term: Term, dimension: Dimension) -> Self {
        Typed { term, dimension, moves: true }
    }

    fn is_zero(&self) -> bool {
        self.term == Term::Constant(0.0)
    }
}

struct Binder<'a> {
    vocabulary: &'a dyn Vocabulary,
    problems: Vec<TextProblem>,
}

impl Binder<'_> {
    fn fail(&mut self, problem: TextProblem) -> Option<Typed> {
        self.problems.push(problem);
        None
    }

    fn node(&mut self, node: &Node) -> Option<Typed> {
        match &node.kind {
            Kind::Literal(value, dimension) => Some(Typed::still(Term::Constant(*value), *dimension)),
            Kind::Name(name) => self.name(name, &node.span),
            Kind::Not(inner) => {
                let truth = self.truth(inner)?;
                Some(Typed::still(
                    match truth.term {
                        Term::Constant(value) => Term::Constant(f64::from(value == 0.0)),
                        term => Term::Not(Box::new(term)),
                    },
                    Dimension::Truth,
                ))
            }
            Kind::Negate(inner) => {
                let typed = self.node(inner)?;
                match typed.dimension {
                    Dimension::Number | Dimension::Period | Dimension::Rate => Some(Typed {
                        term: match typed.term {
                            Term::Constant(value) => Term::Constant(negate(value)),
                            term => Term::Negate(Box::new(term)),
                        },
                        ..typed
                    }),
                    Dimension::Truth => self.fail(
                        TextProblem::new(node.span.clone(), "cannot put `-` before a condition").help("write `not`"),
                    ),
                    other => self.fail(TextProblem::new(node.span.clone(), format!("cannot put `-` before {other}"))),
                }
            }
            Kind::Binary(operator, left, right) => self.binary(*operator, left, right, &node.span),
            Kind::Call(name, arguments) => self.call(name, arguments, &node.span),
        }
    }

    fn truth(&mut self, node: &Node) -> Option<Typed> {
        let typed = self.node(node)?;
        if typed.dimension == Dimension::Truth {
            return Some(typed);
        }
        self.fail(not_a_condition(node, typed.dimension))
    }

    fn name(&mut self, name: &str, span: &Range<usize>) -> Option<Typed> {
        if name == "now" {
            return Some(Typed::moving(Term::Now, Dimension::Instant));
        }
        if is_pattern(name) {
            let problem = TextProblem::new(span.clone(), "`*` stands for several quantities, so it needs `count`");
            return self.fail(problem.help(format!("write `count({name}) > 0`")));
        }
        match self.vocabulary.meaning(name) {
            Some(Meaning::Slot(slot, dimension)) => Some(Typed::still(Term::Slot(slot), dimension)),
            Some(Meaning::Constant(value, dimension)) => Some(Typed::still(Term::Constant(value), dimension)),
            None => {
                let problem = self.unknown(name, span);
                self.fail(problem)
            }
        }
    }

    fn unknown(&self, name: &str, span: &Range<usize>) -> TextProblem {
        let names = self.vocabulary.names();
        let problem = TextProblem::new(span.clone(), format!("no quantity `{name}`"));
        // `a-b` where `a` is known was probably meant as a subtraction.
        let minus = name.match_indices('-').find(|&(at, _)| {
            self.vocabulary.meaning(&name[..at]).is_some() && self.vocabulary.meaning(&name[at + 1..]).is_some()
        });
        if let Some((at, _)) = minus {
            return problem.help(format!(
                "to subtract, put spaces around the minus: `{} - {}`",
                &name[..at],
                &name[at + 1..]
            ));
        }
        if let Some(near) = closest(name, names.iter().map(String::as_str)) {
            return problem.help(format!("did you mean `{near}`?"));
        }
        // What there is under the longest part of the name that exists.
        let mut prefix = name;
        while let Some((shorter, _)) = prefix.rsplit_once('.') {
            prefix = shorter;
            let mut below: Vec<&str> = names
                .iter()
                .filter_map(|name| name.strip_prefix(prefix)?.strip_prefix('.'))
                .map(|rest| rest.split('.').next().unwrap_or(rest))
                .collect();
            below.sort_unstable();
            below.dedup();
            if !below.is_empty() {
                return problem.help(format!("under `{prefix}` there is {}", listed(&below)));
            }
        }
        let mut first: Vec<&str> = names.iter().map(|name| name.split('.').next().unwrap_or(name)).collect();
        first.sort_unstable();
        first.dedup();
        if first.is_empty() {
            problem.help("there are no quantities here")
        } else {
            problem.help(format!("there is {}", listed(&first)))
        }
    }

    fn binary(&mut self, operator: Operator, left: &Node, right: &Node, span: &Range<usize>) -> Option<Typed> {
        if matches!(operator, Operator::And | Operator::Or) {
            let (left, right) = (self.truth(left), self.truth(right));
            let (left, right) = (left?, right?);
            return Some(Typed::still(fold(operator, left.term, right.term), Dimension::Truth));
        }
        if matches!(operator, Operator::Equal | Operator::NotEqual)
            && let Some(bound) = self.choice(operator, left, right).or_else(|| self.choice(operator, right, left))
        {
            return bound;
        }
        let (a, b) = (self.node(left), self.node(right));
        let (mut a, mut b) = (a?, b?);
        if operator.is_comparison() {
            a = Self::timed(a, &b);
            b = Self::timed(b, &a);
        }
        if operator.is_comparison() || matches!(operator, Operator::Add | Operator::Subtract) {
            // Nothing is nothing in any unit.
            let plain_zero = |this: &Typed| this.is_zero() && this.dimension == Dimension::Number;
            let scalar = |this: &Typed| matches!(this.dimension, Dimension::Period | Dimension::Rate);
            if plain_zero(&a) && scalar(&b) {
                a.dimension = b.dimension;
            } else if plain_zero(&b) && scalar(&a) {
                b.dimension = a.dimension;
            }
        }
        let dimension = match result_of(operator, a.dimension, b.dimension, span) {
            Ok(dimension) => dimension,
            Err(problem) => return self.fail(problem),
        };
        if operator == Operator::Divide && b.is_zero() {
            return self.fail(TextProblem::new(extent(right), "this divides by zero"));
        }
        let bent = match operator {
            Operator::Multiply => a.moves && b.moves,
            Operator::Divide => b.moves,
            _ => false,
        };
        if bent {
            let verb = if operator == Operator::Divide { "divide by" } else { "multiply by" };
            let problem = TextProblem::new(extent(right), format!("cannot {verb} a time that keeps changing"));
            return self.fail(problem.help("compare the time itself, as `held(x) > 2h`"));
        }
        let moves = (a.moves || b.moves) && dimension != Dimension::Truth;
        Some(Typed { term: fold(operator, a.term, b.term), dimension, moves })
    }

    /// A truth compared with a period stands for how long it has held.
    fn timed(typed: Typed, other: &Typed) -> Typed {
        match typed.term {
            Term::Slot(slot) if typed.dimension == Dimension::Truth && other.dimension == Dimension::Period => {
                Typed::moving(Term::Held(slot), Dimension::Period)
            }
            _ => typed,
        }
    }

    /// `environment == narrow`; nothing if `slot` is no choice or `label` no bare name.
    fn choice(&mut self, operator: Operator, slot: &Node, label: &Node) -> Option<Option<Typed>> {
        let (Kind::Name(name), Kind::Name(word)) = (&slot.kind, &label.kind) else {
            return None;
        };
        let Some(Meaning::Slot(slot, Dimension::Choice)) = self.vocabulary.meaning(name) else {
            return None;
        };
        if let Some(position) = self.vocabulary.choice(slot, word) {
            return Some(Some(Typed::still(
                fold(operator, Term::Slot(slot), Term::Constant(position)),
                Dimension::Truth,
            )));
        }
        if self.vocabulary.meaning(word).is_some() {
            return None;
        }
        let choices = self.vocabulary.choices(slot);
        let problem = TextProblem::new(label.span.clone(), format!("`{word}` is not one of the choices of `{name}`"));
        let choices: Vec<&str> = choices.iter().map(String::as_str).collect();
        Some(self.fail(match closest(word, choices.iter().copied()) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None if choices.is_empty() => problem,
            None => problem.help(format!("there is {}", listed(&choices))),
        }))
    }

    fn call(&mut self, name: &str, arguments: &[Node], span: &Range<usize>) -> Option<Typed> {
        if let Some(problem) = check_call(name, arguments.len(), span) {
            return self.fail(problem);
        }
        match name {
            "min" | "max" => self.extreme(name == "min", arguments, span),
            "count" => self.count(arguments),
            _ => self.timing(name, &arguments[0]),
        }
    }

    fn extreme(&mut self, least: bool, arguments: &[Node], span: &Range<usize>) -> Option<Typed> {
        let typed: Vec<Option<Typed>> = arguments.iter().map(|argument| self.node(argument)).collect();
        let mut typed = typed.into_iter().collect::<Option<Vec<Typed>>>()?;
        let dimension = typed
            .iter()
            .find(|one| !(one.is_zero() && one.dimension == Dimension::Number))
            .map_or(Dimension::Number, |one| one.dimension);
        if matches!(dimension, Dimension::Truth | Dimension::Choice) {
            let word = if least { "and" } else { "or" };
            let problem = TextProblem::new(span.clone(), format!("{dimension} has no order"));
            return self.fail(if dimension == Dimension::Truth {
                problem.help(format!("join conditions with `{word}`"))
            } else {
                problem
            });
        }
        for (one, node) in typed.iter_mut().zip(arguments) {
            if one.is_zero() && matches!(dimension, Dimension::Period | Dimension::Rate) {
                one.dimension = dimension;
            }
            if one.dimension != dimension {
                let message = format!("cannot compare {dimension} with {}", one.dimension);
                return self.fail(TextProblem::new(extent(node), message).help("all values must be of one kind"));
            }
        }
        let moves = typed.iter().any(|one| one.moves);
        let terms: Vec<Term> = typed.into_iter().map(|one| one.term).collect();
        let constants: Option<Vec<f64>> = terms.iter().map(constant).collect();
        let term = match (constants, least) {
            (Some(values), true) => Term::Constant(values.into_iter().fold(f64::INFINITY, f64::min)),
            (Some(values), false) => Term::Constant(values.into_iter().fold(f64::NEG_INFINITY, f64::max)),
            (None, true) => Term::Min(terms),
            (None, false) => Term::Max(terms),
        };
        Some(Typed { term, dimension, moves })
    }

    fn count(&mut self, arguments: &[Node]) -> Option<Typed> {
        let mut terms = Vec::new();
        let mut complete = true;
        for argument in arguments {
            match &argument.kind {
                Kind::Name(pattern) if is_pattern(pattern) => match self.matching(pattern, &argument.span) {
                    Some(found) => terms.extend(found),
                    None => complete = false,
                },
                _ => match self.truth(argument) {
                    Some(typed) => terms.push(typed.term),
                    None => complete = false,
                },
            }
        }
        let constants: Option<Vec<f64>> = terms.iter().map(constant).collect();
        let term = match constants {
            Some(values) => Term::Constant(values.iter().filter(|&&value| value != 0.0).count() as f64),
            None => Term::Count(terms),
        };
        complete.then(|| Typed::still(term, Dimension::Number))
    }

    fn matching(&mut self, pattern: &str, span: &Range<usize>) -> Option<Vec<Term>> {
        let mut terms = Vec::new();
        let mut other = None;
        for name in self.vocabulary.names().iter().filter(|name| matches_pattern(pattern, name)) {
            match self.vocabulary.meaning(name) {
                Some(Meaning::Slot(slot, Dimension::Truth)) => terms.push(Term::Slot(slot)),
                Some(Meaning::Constant(value, Dimension::Truth)) => terms.push(Term::Constant(value)),
                Some(Meaning::Slot(_, dimension) | Meaning::Constant(_, dimension)) => {
                    other = Some((name.clone(), dimension));
                }
                None => {}
            }
        }
        if let Some((name, dimension)) = other {
            let message = format!("`count` counts conditions, but `{name}` is {dimension}");
            self.fail(TextProblem::new(span.clone(), message));
            return None;
        }
        if terms.is_empty() {
            self.fail(TextProblem::new(span.clone(), format!("no quantity matches `{pattern}`")));
            return None;
        }
        Some(terms)
    }

    /// `held`, `since` and `ever`.
    fn timing(&mut self, function: &str, argument: &Node) -> Option<Typed> {
        let typed = self.node(argument)?;
        let dimension = if function == "ever" { Dimension::Truth } else { Dimension::Period };
        let moves = function != "ever";
        if function == "since" && typed.dimension == Dimension::Instant {
            // since(now) is no time at all.
            let moves = !typed.moves;
            return Some(Typed { term: fold(Operator::Subtract, Term::Now, typed.term), dimension, moves });
        }
        if typed.dimension != Dimension::Truth {
            let wanted = if function == "since" { "a condition or a moment" } else { "a condition" };
            let message = format!("`{function}` takes {wanted}, but this is {}", typed.dimension);
            return self.fail(TextProblem::new(extent(argument), message));
        }
        let term = match (function, typed.term) {
            ("held", Term::Slot(slot)) => Term::Held(slot),
            ("since", Term::Slot(slot)) => Term::Since(slot),
            ("ever", Term::Slot(slot)) => Term::Ever(slot),
            ("ever", Term::Constant(value)) => Term::Constant(value),
            // What always holds has held since the start; what never does, never.
            (_, Term::Constant(value)) if value != 0.0 => Term::Now,
            ("held", Term::Constant(_)) => Term::Constant(0.0),
            (_, Term::Constant(_)) => Term::Constant(f64::INFINITY),
            _ => {
                let message = format!("`{function}` takes one name, not a condition made of several");
                let help = "write the condition under `when` and the time under `for`";
                return self.fail(TextProblem::new(extent(argument), message).help(help));
            }
        };
        Some(Typed { term, dimension, moves })
    }
}

fn fold(operator: Operator, left: Term, right: Term) -> Term {
    match (constant(&left), constant(&right)) {
        (Some(a), Some(b)) => Term::Constant(combine(operator, a, b)),
        _ => Term::Binary(operator, Box::new(left), Box::new(right)),
    }
}

fn constant(term: &Term) -> Option<f64> {
    match term {
        Term::Constant(value) => Some(*value),
        _ => None,
    }
}

fn is_pattern(name: &str) -> bool {
    name.split('.').any(|part| part == "*")
}

fn matches_pattern(pattern: &str, name: &str) -> bool {
    pattern.split('.').count() == name.split('.').count()
        && pattern.split('.').zip(name.split('.')).all(|(part, own)| part == "*" || part == own)
}

/// The first few of several names, in words.
fn listed(names: &[&str]) -> String {
    const MOST: usize = 8;
    let shown: Vec<String> = names.iter().take(MOST).map(|name| format!("`{name}`")).collect();
    let rest = names.len().saturating_sub(MOST);
    if rest > 0 { format!("{} and {rest} more", shown.join(", ")) } else { shown.join(", ") }
}

fn collect(term: &Term, reads: &mut Vec<u32>) {
    match term {
        Term::Constant(_) | Term::Now => {}
        Term::Slot(slot) | Term::Held(slot) | Term::Since(slot) | Term::Ever(slot) => reads.push(*slot),
        Term::Not(inner) | Term::Negate(inner) => collect(inner, reads),
        Term::Binary(_, left, right) => {
            collect(left, reads);
            collect(right, reads);
        }
        Term::Min(terms) | Term::Max(terms) | Term::Count(terms) => {
            for term in terms {
                collect(term, reads);
            }
        }
    }
}
