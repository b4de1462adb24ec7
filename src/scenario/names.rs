//! Names and tags: references to other tables, and technique identifiers.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer};
use std::borrow::Cow;
use std::ops::Deref;

/// One name or several: `"portal"` or `["portal", "pollbook"]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names(pub Vec<String>);

impl Deref for Names {
    type Target = [String];
    fn deref(&self) -> &[String] {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match toml::Value::deserialize(deserializer)? {
            toml::Value::String(name) => Ok(Names(vec![name])),
            toml::Value::Array(names) => names
                .into_iter()
                .map(|name| match name {
                    toml::Value::String(name) => Ok(name),
                    other => Err(serde::de::Error::custom(format!("`{other}` is not a name"))),
                })
                .collect::<Result<_, _>>()
                .map(Names),
            other => Err(serde::de::Error::custom(format!("`{other}` is not a name"))),
        }
    }
}

impl JsonSchema for Names {
    fn schema_name() -> Cow<'static, str> {
        "Names".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] })
    }
}

/// A technique tag, checked in shape only: `disarm:T0046`, `disarm:C00125` or `attack:T1498.001`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(transparent)]
pub struct Tag(pub String);

impl JsonSchema for Tag {
    fn schema_name() -> Cow<'static, str> {
        "Tag".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "format": "tag",
            "pattern": "^(disarm:(T\\d{4}(\\.\\d{3})?|C\\d{5})|attack:T1\\d{3}(\\.\\d{3})?)$"
        })
    }
}

/// Technique tags.
pub type Tags = Vec<Tag>;
