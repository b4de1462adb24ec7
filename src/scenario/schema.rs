//! The JSON Schema of scenario files, for editors and for the walk.

use super::model::{Objective, Scenario};
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

/// Names of entries, as `polls-close`.
const NAME_PATTERN: &str = "^[a-z][a-z0-9-]*$";

/// The JSON Schema (draft 2020-12) of a scenario file, made from the model types.
///
/// TOML has no null, so optional values are described by what they are when present. Named tables say
/// how their entries may be called.
pub fn schema() -> Value {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let objective = generator.subschema_for::<Objective>();
    let mut root = generator.into_root_schema_for::<Scenario>().to_value();
    if let Some(objectives) = root.pointer_mut("/$defs/Adversary/properties/objectives").and_then(Value::as_object_mut)
    {
        objectives.insert("propertyNames".to_owned(), objective.to_value());
    }
    simplify(&mut root);
    let mut shared = Map::new();
    share_quantities(&mut root, &mut shared);
    if let Some(definitions) = root.get_mut("$defs").and_then(Value::as_object_mut) {
        definitions.extend(shared);
    }
    root
}

/// Moves the description of each kind of quantity to one place, to which its many uses refer.
fn share_quantities(value: &mut Value, shared: &mut Map<String, Value>) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| share_quantities(item, shared)),
        Value::Object(object) => {
            if let Some(Value::String(name)) = object.get("x-quantity") {
                let name = format!("quantity-{name}");
                let mut own = Map::new();
                for key in ["description", "default"] {
                    if let Some(said) = object.shift_remove(key) {
                        own.insert(key.to_owned(), said);
                    }
                }
                own.insert("$ref".to_owned(), format!("#/$defs/{name}").into());
                shared.entry(name).or_insert_with(|| Value::Object(std::mem::replace(object, own.clone())));
                *object = own;
            } else {
                object.values_mut().for_each(|below| share_quantities(below, shared));
            }
        }
        _ => {}
    }
}

fn simplify(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(simplify),
        Value::Object(object) => {
            drop_null(object);
            name_entries(object);
            object.values_mut().for_each(simplify);
        }
        _ => {}
    }
}

fn drop_null(object: &mut Map<String, Value>) {
    if let Some(Value::Array(types)) = object.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            object["type"] = only.clone();
        }
    }
    let Some(Value::Array(arms)) = object.get_mut("anyOf") else {
        return;
    };
    arms.retain(|arm| arm.get("type") != Some(&json!("null")));
    if let [Value::Object(only)] = arms.as_slice() {
        let only = only.clone();
        object.remove("anyOf");
        for (key, value) in only {
            object.entry(key).or_insert(value);
        }
    }
}

fn name_entries(object: &mut Map<String, Value>) {
    let named = object.get("additionalProperties").is_some_and(Value::is_object)
        && !object.contains_key("x-key-ref")
        && !object.contains_key("propertyNames");
    if named {
        object.insert("propertyNames".to_owned(), json!({ "pattern": NAME_PATTERN }));
    }
}
