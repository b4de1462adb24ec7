//! Moments, date-times and hours as values of the scenario file.

use super::{DateTime, Hours, Moment};
use crate::scenario::text::one_line;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use std::borrow::Cow;

impl<'de> Deserialize<'de> for DateTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = match toml::Value::deserialize(deserializer)? {
            toml::Value::Datetime(datetime) => datetime.to_string(),
            toml::Value::String(text) => text,
            other => {
                return Err(D::Error::custom(format!("`{other}` is not a date and time")));
            }
        };
        DateTime::parse(&text).map_err(|problem| D::Error::custom(one_line(&[problem])))
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = match toml::Value::deserialize(deserializer)? {
            toml::Value::Datetime(datetime) => {
                let text = datetime.to_string();
                return DateTime::parse(&text)
                    .map(Moment::At)
                    .map_err(|problem| D::Error::custom(one_line(&[problem])));
            }
            toml::Value::String(text) => text,
            other => return Err(D::Error::custom(format!("`{other}` is not a moment"))),
        };
        Moment::parse(&text).map_err(|problems| D::Error::custom(one_line(&problems)))
    }
}

impl<'de> Deserialize<'de> for Hours {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Hours::parse(&text).map_err(|problems| D::Error::custom(one_line(&problems)))
    }
}

macro_rules! text_schema {
    ($name:ident, $label:literal, $format:literal) => {
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

text_schema!(DateTime, "DateTime", "date-time");
text_schema!(Moment, "Moment", "moment");
text_schema!(Hours, "Hours", "hours");
