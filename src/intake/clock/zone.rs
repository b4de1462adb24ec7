//! Zones as people write them behind a time.

/// Seconds east of universal time of an abbreviation. `L`, `local`, `ET` and their like say no more than that the clock on the wall is
/// meant: they give no offset.
pub(super) fn offset(word: &str) -> Option<Option<i32>> {
    const HALF_HOURS: [(&str, i32); 34] = [
        ("utc", 0),
        ("gmt", 0),
        ("zulu", 0),
        ("est", -10),
        ("edt", -8),
        ("cst", -12),
        ("cdt", -10),
        ("mst", -14),
        ("mdt", -12),
        ("pst", -16),
        ("pdt", -14),
        ("akst", -18),
        ("akdt", -16),
        ("hst", -20),
        ("ast", -8),
        ("adt", -6),
        ("nst", -7),
        ("ndt", -5),
        ("wet", 0),
        ("west", 2),
        ("bst", 2),
        ("cet", 2),
        ("cest", 4),
        ("eet", 4),
        ("eest", 6),
        ("msk", 6),
        ("jst", 18),
        ("awst", 16),
        ("acst", 19),
        ("acdt", 21),
        ("aest", 20),
        ("aedt", 22),
        ("nzst", 24),
        ("nzdt", 26),
    ];
    if matches!(
        word,
        "l" | "lt" | "j" | "local" | "et" | "ct" | "mt" | "pt" | "eastern" | "central" | "mountain" | "pacific"
    ) {
        return Some(None);
    }
    HALF_HOURS.iter().find(|(name, _)| *name == word).map(|(_, half_hours)| Some(half_hours * 1800)).or_else(|| {
        let mut letters = word.chars();
        letters.next().filter(|_| letters.next().is_none()).and_then(letter).map(Some)
    })
}

/// Seconds east of universal time of a letter of a date-time group. `L` and `J` are not among them: they mean the clock on the wall.
pub(super) fn letter(letter: char) -> Option<i32> {
    let hours = match letter {
        'z' => 0,
        'a'..='i' => letter as i32 - 'a' as i32 + 1,
        'k' | 'm' => letter as i32 - 'k' as i32 + 10,
        'n'..='y' => -(letter as i32 - 'n' as i32 + 1),
        _ => return None,
    };
    Some(hours * 3600)
}
