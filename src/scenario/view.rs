//! One place of the schema, as the walk sees it.

use serde_json::{Map, Value};

/// A schema with its references followed: what stands nearer goes before what it refers to.
#[derive(Clone)]
pub(super) struct View<'s> {
    pub(super) layers: Vec<&'s Map<String, Value>>,
}

impl<'s> View<'s> {
    pub(super) fn of(root: &'s Value, schema: &'s Value) -> Self {
        let mut layers = Vec::new();
        let mut next = schema.as_object();
        while let Some(layer) = next {
            layers.push(layer);
            next = layer
                .get("$ref")
                .and_then(Value::as_str)
                .and_then(|reference| root.pointer(reference.strip_prefix('#')?))
                .and_then(Value::as_object);
        }
        View { layers }
    }

    pub(super) fn get(&self, key: &str) -> Option<&'s Value> {
        self.layers.iter().find_map(|layer| layer.get(key))
    }

    pub(super) fn text(&self, key: &str) -> Option<&'s str> {
        self.get(key).and_then(Value::as_str)
    }

    pub(super) fn properties(&self) -> Option<&'s Map<String, Value>> {
        self.get("properties").and_then(Value::as_object)
    }

    /// The first sentence of the description.
    pub(super) fn description(&self) -> Option<String> {
        let text = self.text("description")?;
        let sentence = text.split_once(". ").map_or(text, |(first, _)| first);
        let mut letters = sentence.trim_end_matches('.').chars();
        let first = letters.next()?;
        Some(first.to_lowercase().collect::<String>() + letters.as_str())
    }

    /// The values a choice allows, if this is one.
    pub(super) fn choices(&self) -> Option<Vec<&'s str>> {
        if let Some(values) = self.get("enum").and_then(Value::as_array) {
            return Some(values.iter().filter_map(Value::as_str).collect());
        }
        let arms = self.get("oneOf").and_then(Value::as_array)?;
        Some(
            arms.iter()
                .flat_map(|arm| {
                    let one = arm.get("const").and_then(Value::as_str);
                    let several =
                        arm.get("enum").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
                    one.into_iter().chain(several)
                })
                .collect(),
        )
    }

    /// How a quantity may be written.
    pub(super) fn examples(&self) -> Option<String> {
        let examples: Vec<_> = self.get("examples")?.as_array()?.iter().map(Value::to_string).collect();
        Some(format!("write it as {}", examples.join(" or ")))
    }

    /// What stands here, in an author's words.
    pub(super) fn expectation(&self) -> String {
        if self.get("anyOf").is_some() {
            return "a name in quotes, or a list of names".to_owned();
        }
        match (self.text("type"), self.text("format")) {
            (Some("string"), Some("date-time")) => {
                "a date and time with its offset, as 2026-11-03T19:00:00-05:00".to_owned()
            }
            (Some("string"), Some(format @ ("moment" | "condition" | "formula" | "statement"))) => {
                format!("a {format} in quotes")
            }
            (Some("string"), Some("hours")) => "working hours in quotes, as \"Mon-Fri 08:00-18:00\"".to_owned(),
            (Some("string"), _) if self.get("x-ref").is_some() => "a name in quotes".to_owned(),
            (Some("string"), _) => "text in quotes".to_owned(),
            (Some("integer"), _) => "a whole number".to_owned(),
            (Some("number"), _) => "a number".to_owned(),
            (Some("boolean"), _) => "true or false".to_owned(),
            (Some("array"), _) => "a list".to_owned(),
            _ => "a table".to_owned(),
        }
    }
}
