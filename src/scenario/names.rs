//! Names and tags: references to other tables, and technique identifiers.

use super::expression::TextProblem;
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

impl Tag {
    /// Reads a tag.
    ///
    /// # Errors
    ///
    /// When the text has not the shape of a DISARM or ATT&CK technique or countermeasure.
    pub fn parse(text: &str) -> Result<Tag, TextProblem> {
        let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
        let technique =
            |text: &str| match text.strip_prefix('T').map(|rest| rest.split_once('.').unwrap_or((rest, "000"))) {
                Some((number, part)) => digits(number, 4) && digits(part, 3),
                None => false,
            };
        let fits = match text.split_once(':') {
            Some(("disarm", code)) => technique(code) || code.strip_prefix('C').is_some_and(|rest| digits(rest, 5)),
            Some(("attack", code)) => technique(code) && code.starts_with("T1"),
            _ => false,
        };
        if fits {
            return Ok(Tag(text.to_owned()));
        }
        Err(TextProblem::new(0..text.len(), format!("`{text}` is not a tag"))
            .help("tags are `disarm:T0046`, `disarm:C00125` or `attack:T1498.001`"))
    }
}
