//! The schema in the repository is the one the types make.

use canvass::scenario::schema;

const PATH: &str = "schema/scenario.schema.json";

#[test]
fn the_schema_in_the_repository_is_fresh() {
    let made = format!("{:#}\n", schema());
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(PATH, &made).unwrap();
    }
    let kept = std::fs::read_to_string(PATH).unwrap_or_default().replace("\r\n", "\n");
    assert!(kept == made, "{PATH} is stale; refresh it with: canvass schema > {PATH}");
}

#[test]
fn the_schema_is_simple_enough_for_editors() {
    let schema = schema();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert_eq!(schema["title"], "Canvass scenario");
    let text = schema.to_string();
    assert!(!text.contains("\"null\""), "TOML has no null");
    assert!(text.len() < 100_000, "{} bytes: are quantities still shared?", text.len());
    assert!(schema["$defs"]["quantity-period"]["x-quantity"] == "period");
    for (name, table) in schema["properties"].as_object().unwrap() {
        assert!(table["description"].is_string(), "`{name}` has no description");
    }
}
