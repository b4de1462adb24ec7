//! `docs/scenario-reference.md`: every table, key and quantity, made from the program itself.

use super::is_fresh;
use canvass::scenario::authority::{Authority, RULES};
use canvass::scenario::{Loaded, schema};
use canvass::world::{Model, defaults};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write as _;

const HEAD: &str = "\
# Every table and every key

This page is made from the program (`tests/docs/reference.rs`) and is complete. How the language works is told in
[scenario-language.md](scenario-language.md). Keys in **bold** must be given; the others may be left out.
";

/// Definitions that are described beside the table that uses them first.
struct Reference {
    schema: Value,
    told: BTreeSet<String>,
    page: String,
}

impl Reference {
    fn definition(&self, name: &str) -> &Value {
        &self.schema["$defs"][name]
    }

    /// The definition a value refers to, directly or as the entries of a table or list.
    fn target(value: &Value) -> Option<&str> {
        ["/$ref", "/additionalProperties/$ref", "/items/$ref"]
            .iter()
            .find_map(|path| value.pointer(path)?.as_str()?.strip_prefix("#/$defs/"))
    }

    fn table(&mut self, heading: &str, definition: &str, about: &str) {
        let table = self.definition(definition).clone();
        write!(self.page, "\n### `{heading}`\n\n{about}\n\n| key | value | meaning |\n|---|---|---|\n").unwrap();
        let required: BTreeSet<&str> =
            table["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let properties = table["properties"].as_object().unwrap();
        let mut below = Vec::new();
        for (key, value) in properties {
            let shown = if required.contains(key.as_str()) { format!("**`{key}`**") } else { format!("`{key}`") };
            let said = cell(value["description"].as_str().unwrap_or_default());
            let default = match &value["default"] {
                Value::Bool(true) => " Otherwise true.".to_owned(),
                Value::Number(number) => format!(" Otherwise {number}."),
                Value::String(word) => format!(" Otherwise `{word}`."),
                _ => String::new(),
            };
            writeln!(self.page, "| {shown} | {} | {said}{default} |", self.kind(key, value)).unwrap();
            if let Some(name) = Self::target(value)
                && self.definition(name)["properties"].is_object()
                && !name.starts_with("quantity-")
                && self.told.insert(name.to_owned())
            {
                below.push((key.clone(), name.to_owned(), value.clone()));
            }
        }
        for (key, name, value) in below {
            let about = self.definition(&name)["description"].as_str().unwrap_or_default().to_owned();
            let heading = match (name.as_str(), value["type"].as_str()) {
                ("Effect", _) => "effect = { … }".to_owned(),
                (_, Some("array")) => format!("[[{}.{key}]]", heading.trim_matches(['[', ']'])),
                (_, Some("object")) => format!("[{}.{key}.NAME]", heading.trim_matches(['[', ']'])),
                _ if heading.starts_with("effect") => match self.users(&name) {
                    keys if keys.len() > 1 => format!("effect: {}", keys.join(", ")),
                    _ => format!("effect = {{ {key} = {{ … }} }}"),
                },
                _ => format!("[{}.{key}]", heading.trim_matches(['[', ']'])),
            };
            self.table(&heading, &name, &about);
        }
    }

    /// Which keys of an effect use a definition.
    fn users(&self, name: &str) -> Vec<String> {
        let properties = self.definition("Effect")["properties"].as_object().unwrap();
        properties.iter().filter(|(_, value)| Self::target(value) == Some(name)).map(|(key, _)| key.clone()).collect()
    }

    /// What stands behind the equals sign, in words.
    fn kind(&self, key: &str, value: &Value) -> String {
        if let Some(table) = value["x-ref"].as_str() {
            let word = if table == "subject" { "asset, narrative, adversary or campaign" } else { table };
            return if value["anyOf"].is_array() || value["type"] == "array" {
                format!("one or more names: {word}")
            } else {
                format!("a name: {word}")
            };
        }
        if let Some(table) = value["x-key-ref"].as_str() {
            return format!("a table by {table}");
        }
        if let Some(name) = Self::target(value) {
            if let Some(quantity) = name.strip_prefix("quantity-") {
                let by = if value["type"] == "object" { "a table of values: " } else { "" };
                return match quantity {
                    "quantity" => "any quantity".to_owned(),
                    word => format!("{by}{} {word}", if word.starts_with('a') { "an" } else { "a" }),
                };
            }
            let words: Vec<String> = self.definition(name)["oneOf"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|one| Some(format!("`{}`", one["const"].as_str()?)))
                .collect();
            if !words.is_empty() {
                return words.join(", ");
            }
            return match value["type"].as_str() {
                Some("array") => "a list, below".to_owned(),
                _ => "a table, below".to_owned(),
            };
        }
        match (value["format"].as_str(), value["type"].as_str()) {
            (Some(format @ ("condition" | "formula" | "moment" | "statement" | "date-time")), _) => {
                format!("a {}", format.replace("date-time", "date and time"))
            }
            (Some("hours"), _) => "working hours".to_owned(),
            (Some("zone"), _) => "a time zone".to_owned(),
            (_, Some("boolean")) => "`true` or `false`".to_owned(),
            (_, Some("integer")) => "a whole number".to_owned(),
            (_, Some("array")) => "a list of texts".to_owned(),
            (_, Some("object")) if key == "set" => "paths and values".to_owned(),
            (_, Some("string")) => "text".to_owned(),
            _ => "a value".to_owned(),
        }
    }

    fn choices(&mut self) {
        self.page.push_str("\n## Words to choose from\n");
        let definitions = self.schema["$defs"].as_object().unwrap().clone();
        for (name, definition) in &definitions {
            let Some(choices) = definition["oneOf"].as_array() else { continue };
            let about = definition["description"].as_str().unwrap_or(name);
            write!(self.page, "\n**{}**\n\n", about.trim_end_matches('.')).unwrap();
            for choice in choices {
                let (word, meaning) = (choice["const"].as_str().unwrap(), choice["description"].as_str().unwrap());
                writeln!(self.page, "- `{word}`: {meaning}").unwrap();
            }
        }
    }

    fn quantities(&mut self) {
        self.page.push_str(
            "\n## What conditions, formulas and measures may name\n\nIn place of a word in angle brackets stands a name of your own. \
             Truths hold or do not hold; everything else is a number.\n\n| name | meaning |\n|---|---|\n",
        );
        let loaded = Loaded::read("tests/docs/every-quantity.toml".as_ref()).unwrap();
        let scenario = loaded.scenario().unwrap_or_else(|| panic!("{:?}", loaded.problems()));
        let model = Model::compile(scenario).unwrap();
        let mut told = BTreeSet::new();
        for (name, meaning) in model.quantities() {
            let pattern: Vec<String> = name
                .split('.')
                .map(|part| match part.strip_prefix("a-") {
                    Some(kind) => format!("<{}>", kind.trim_end_matches(|letter: char| letter.is_ascii_digit())),
                    None => part.to_owned(),
                })
                .collect();
            let pattern = pattern.join(".");
            if told.insert(pattern.clone()) {
                writeln!(self.page, "| `{pattern}` | {meaning} |").unwrap();
            }
        }
        self.page.push_str("| `now` | the present moment |\n| `start`, `end` | the first and the last moment |\n");
    }

    fn authority(&mut self) {
        self.page.push_str(
            "\n## Who may do what\n\nA response whose owner has no right to its effect does not load. Campaigns, hazards and injects \
             are free in their effects.\n\n| effect | whose response may have it | why |\n|---|---|---|\n",
        );
        let kinds = |kinds: &[canvass::scenario::model::ResponderKind]| {
            let words: Vec<String> = kinds.iter().map(|kind| format!("`{}`", kebab(&format!("{kind:?}")))).collect();
            words.join(", ")
        };
        for rule in RULES {
            let who = match rule.authority {
                Authority::Everybody => "everybody".to_owned(),
                Authority::Nobody => "nobody".to_owned(),
                Authority::NotThese(these) => format!("everybody but {}", kinds(these)),
                Authority::These(these) => kinds(these),
                Authority::OwnerOr([]) => "the owner of the system".to_owned(),
                Authority::OwnerOr(these) => format!("the owner of the system, {}", kinds(these)),
                Authority::RunsThePlatform => "the responder that runs the platform".to_owned(),
            };
            writeln!(self.page, "| `{}` | {who} | {} |", rule.verb, cell(rule.reason)).unwrap();
        }
    }

    fn defaults(&mut self) {
        self.page.push_str(
            "\n## What holds where the file says nothing\n\nThe numbers a scenario rests on without stating them. Whatever matters to \
             your question, state yourself.\n\n| number | value | basis | grade | source |\n|---|---|---|---|---|\n",
        );
        for default in defaults::ALL {
            let (basis, grade) = (default.basis.word(), default.grade.word());
            let name = default.name.to_lowercase().replace('_', " ");
            writeln!(self.page, "| {name} | `{}` | {basis} | {grade} | {} |", default.value, cell(default.source))
                .unwrap();
        }
    }
}

/// A text that may stand in a cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

/// `LawEnforcement` as the language writes it: `law-enforcement`.
fn kebab(name: &str) -> String {
    let mut word = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !word.is_empty() {
            word.push('-');
        }
        word.extend(letter.to_lowercase());
    }
    word
}

#[test]
fn the_reference_is_what_the_program_reads() {
    let schema = schema();
    let mut reference = Reference { schema: schema.clone(), told: BTreeSet::new(), page: HEAD.to_owned() };
    reference.page.push_str("\n## Tables\n");
    for (name, table) in schema["properties"].as_object().unwrap() {
        let definition = Reference::target(table).unwrap();
        reference.told.insert(definition.to_owned());
        let heading = match table["type"].as_str() {
            Some("array") => format!("[[{name}]]"),
            Some("object") => format!("[{name}.NAME]"),
            _ => format!("[{name}]"),
        };
        let about = table["description"].as_str().unwrap();
        reference.table(&heading, definition, about);
    }
    reference.choices();
    reference.quantities();
    reference.authority();
    reference.defaults();
    is_fresh("docs/scenario-reference.md", &reference.page);
}
