//! One scenario with something of everything, in pieces that can be put together in any order.

const TEXT: &str = include_str!("../fixtures/rich.toml");

/// Tables that others do not depend on the order of; `#----` stands between them.
pub(crate) fn pieces() -> Vec<&'static str> {
    TEXT.split("#----\n").collect()
}

/// The pieces in the order of the file.
pub(crate) fn rich() -> String {
    pieces().concat()
}
