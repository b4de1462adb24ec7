//! The same forms as values of a TOML file, and their place in the schema.

use canvass::scenario::{Basis, Condition, DateTime, Hours, Moment, Period, Quantity, Share, Value};
use serde::Deserialize;
use serde::de::DeserializeOwned;

#[derive(Debug, Deserialize)]
struct Holder<T> {
    x: T,
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    toml::from_str::<Holder<T>>(text).map(|holder| holder.x).map_err(|error| error.message().to_owned())
}

#[test]
fn a_quantity_is_a_number_a_text_or_a_table() {
    let bare: Quantity<Share> = read("x = 0.35").expect("a number");
    assert!(matches!(bare.value, Value::Fixed(0.35)));
    assert_eq!((bare.written.as_str(), bare.basis, bare.source), ("0.35", None, None));
    let text: Quantity<Period> = read(r#"x = "36h""#).expect("a text");
    assert!(matches!(text.value, Value::Fixed(129_600_000.0)));
    let table: Quantity<Share> =
        read(r#"x = { value = "35 %", basis = "cited", source = "a study" }"#).expect("a table");
    assert!(matches!(table.value, Value::Fixed(0.35)));
    assert_eq!((table.basis, table.source.as_deref()), (Some(Basis::Cited), Some("a study")));
    assert_eq!(read::<Quantity<Share>>("x = 35").unwrap_err(), "`35` is more than 100 %; write `35 %` or `0.35`");
    assert!(read::<Quantity<Share>>("x = { value = 0.5, bias = 1 }").unwrap_err().contains("unknown field `bias`"));
    assert!(read::<Quantity<Share>>(r#"x = { source = "a study" }"#).unwrap_err().contains("missing field `value`"));
}

#[test]
fn times_are_toml_dates_or_texts() {
    let start: DateTime = read("x = 2026-11-03T19:00:00-05:00").expect("a date-time");
    // 2026-11-04T00:00:00Z
    assert_eq!(start, DateTime { unix_ms: 1_793_750_400_000, offset_s: -18_000 });
    assert_eq!(start.to_string(), "2026-11-03T19:00:00-05:00");
    assert!(read::<DateTime>("x = 2026-11-03T19:00:00").unwrap_err().contains("give it an offset, as `-05:00`"));
    assert!(matches!(read::<Moment>("x = 2026-11-03T19:00:00-05:00"), Ok(Moment::At(at)) if at == start));
    assert!(matches!(read::<Moment>(r#"x = "polls-close + 3d""#), Ok(Moment::Relative { .. })));
    assert_eq!(read::<Hours>(r#"x = "always""#), Ok(Hours::Always));
    assert_eq!(read::<Condition>(r#"x = "a && b""#).unwrap_err(), "`&&` is not part of this language; write `and`");
}

#[test]
fn the_schema_names_the_format_of_each() {
    let quantity = serde_json::to_value(schemars::schema_for!(Quantity<Share>)).expect("a schema");
    assert_eq!(quantity["x-quantity"], "share");
    assert_eq!(quantity["anyOf"][0]["type"], "number");
    assert_eq!(quantity["anyOf"][2]["additionalProperties"], false);
    for (schema, format) in [
        (schemars::schema_for!(Condition), "condition"),
        (schemars::schema_for!(Moment), "moment"),
        (schemars::schema_for!(DateTime), "date-time"),
        (schemars::schema_for!(Hours), "hours"),
    ] {
        assert_eq!(serde_json::to_value(schema).expect("a schema")["format"], format);
    }
}
