//! Quantities as values of the scenario file: a number, a text, or a table with the value and its evidence.

use super::{Basis, Dimensioned, Grade, Quantity};
use crate::scenario::text::one_line;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use std::borrow::Cow;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WithEvidence {
    value: toml::Value,
    basis: Option<Basis>,
    source: Option<String>,
    grade: Option<Grade>,
}

fn bare<D: Dimensioned, E: Error>(value: toml::Value) -> Result<Quantity<D>, E> {
    match value {
        toml::Value::Integer(number) => {
            Quantity::number(number as f64).map_err(|problem| E::custom(one_line(&[problem])))
        }
        toml::Value::Float(number) => Quantity::number(number).map_err(|problem| E::custom(one_line(&[problem]))),
        toml::Value::String(text) => Quantity::parse(&text).map_err(|problems| E::custom(one_line(&problems))),
        other => Err(E::custom(format!("`{other}` is not a {}", D::NAME))),
    }
}

impl<'de, D: Dimensioned> Deserialize<'de> for Quantity<D> {
    fn deserialize<R: Deserializer<'de>>(deserializer: R) -> Result<Self, R::Error> {
        match toml::Value::deserialize(deserializer)? {
            toml::Value::Table(table) => {
                let with = WithEvidence::deserialize(table).map_err(|error| R::Error::custom(error.message()))?;
                let WithEvidence { value, basis, source, grade } = with;
                Ok(Quantity { basis, source, grade, ..bare(value)? })
            }
            value => bare(value),
        }
    }
}

impl<D: Dimensioned> JsonSchema for Quantity<D> {
    fn schema_name() -> Cow<'static, str> {
        format!("quantity-{}", D::NAME).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let examples: Vec<String> = D::EXAMPLES.iter().map(|example| format!("`{example}`")).collect();
        let basis = generator.subschema_for::<Basis>();
        let grade = generator.subschema_for::<Grade>();
        json_schema!({
            "description": format!("A {}, as {}.", D::NAME, examples.join(" or ")),
            "anyOf": [
                { "type": "number" },
                { "type": "string" },
                {
                    "type": "object",
                    "properties": {
                        "value": { "description": "The value itself.", "type": ["number", "string"] },
                        "basis": basis,
                        "source": { "description": "Where it comes from.", "type": "string" },
                        "grade": grade
                    },
                    "required": ["value"],
                    "additionalProperties": false
                }
            ],
            "x-quantity": D::NAME,
            "examples": D::EXAMPLES
        })
    }
}
