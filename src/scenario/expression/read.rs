//! Conditions, formulas and statements as values of the scenario file.

use super::bind::check_calls;
use super::{Condition, Expression, Formula, Kind, Node, Operator, Statement, TextProblem};
use crate::scenario::text::one_line;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer};
use std::borrow::Cow;

impl Condition {
    /// Reads a condition. Whether it turns out true or false is for [`super::bind_condition`] to say; a bare number or a sum is
    /// refused here.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the text by itself.
    pub fn parse(text: &str) -> Result<Self, Vec<TextProblem>> {
        let expression = checked(text)?;
        let arithmetic = match &expression.root.kind {
            Kind::Literal(_, dimension) => *dimension != super::Dimension::Truth,
            Kind::Negate(_) => true,
            Kind::Binary(operator, ..) => operator.is_arithmetic(),
            _ => false,
        };
        if arithmetic {
            let problem = TextProblem::new(expression.root.span.clone(), "this is neither true nor false");
            return Err(vec![problem.help("compare it, as `… > 0`")]);
        }
        Ok(Condition(expression))
    }

    /// This condition, once the named truth holds as well. The name has no place in the text.
    #[must_use]
    pub fn once(&self, name: &str) -> Self {
        let Expression { text, root } = self.0.clone();
        let span = root.span.clone();
        let first = Node { kind: Kind::Name(name.to_owned()), span: span.clone() };
        let root = Node { kind: Kind::Binary(Operator::And, Box::new(first), Box::new(root)), span };
        Condition(Expression { text, root })
    }
}

impl Formula {
    /// Reads a formula.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the text by itself.
    pub fn parse(text: &str) -> Result<Self, Vec<TextProblem>> {
        checked(text).map(Formula)
    }
}

impl Statement {
    /// Reads a statement about results. Its functions are those of a study and are checked there.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the text by itself.
    pub fn parse(text: &str) -> Result<Self, Vec<TextProblem>> {
        Expression::parse(text).map(Statement)
    }
}

fn checked(text: &str) -> Result<Expression, Vec<TextProblem>> {
    let expression = Expression::parse(text)?;
    let mut problems = Vec::new();
    check_calls(&expression.root, &mut problems);
    if problems.is_empty() { Ok(expression) } else { Err(problems) }
}

macro_rules! text_value {
    ($name:ident, $label:literal, $format:literal) => {
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                $name::parse(&text).map_err(|problems| serde::de::Error::custom(one_line(&problems)))
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                $label.into()
            }
            fn inline_schema() -> bool {
                true
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "format": $format })
            }
        }
    };
}

text_value!(Condition, "Condition", "condition");
text_value!(Formula, "Formula", "formula");
text_value!(Statement, "Statement", "statement");
