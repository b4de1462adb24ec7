//! Identifiers for other people's programs, made from names: the same thing has the same one in every file and every version.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// A UUID from names, in the form of one made from a name (RFC 9562, version 5), but with SHA-256.
pub(super) fn uuid(names: &[&str]) -> String {
    let mut digest = Sha256::new();
    for name in names {
        // Lengths keep ("a", "bc") and ("ab", "c") apart.
        digest.update((name.len() as u64).to_be_bytes());
        digest.update(name.as_bytes());
    }
    let mut bytes = digest.finalize();
    bytes[6] = bytes[6] & 0x0f | 0x50;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut text = String::with_capacity(36);
    for (place, byte) in bytes[..16].iter().enumerate() {
        if matches!(place, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::uuid;

    #[test]
    fn names_are_kept_apart_and_the_form_is_that_of_a_uuid() {
        let one = uuid(&["a", "bc"]);
        assert_ne!(one, uuid(&["ab", "c"]));
        assert_eq!(one, uuid(&["a", "bc"]));
        assert_eq!((one.len(), &one[14..15]), (36, "5"));
        assert!(matches!(&one[19..20], "8" | "9" | "a" | "b"), "{one}");
    }
}
