//! The words of lists of events for kinds of injects, ways of delivery and states of the work.

use super::heading::normal;
use crate::scenario::model::Method;

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An inject that is given in any case.
    Scripted,
    /// An inject that is given only if it is needed.
    Contingency,
    /// What players should do: no inject, but what the one above it is to bring about.
    ExpectedAction,
}

/// Words for the kind of a row.
pub const KINDS: &[(Kind, &[&str])] = &[
    (
        Kind::Contingency,
        &[
            "contingency",
            "contingency inject",
            "contingent",
            "contingent inject",
            "branch",
            "conditional",
            "backup",
            "back up",
            "fallback",
            "adaptive",
            "decision",
            "decision point",
            "on order",
            "on call",
            "optional",
            "reserve",
            "spare",
            "if needed",
            "as needed",
            "alternate",
            "alternative",
            "sequel",
            "escalation",
            "complexity",
            "dynamic",
        ],
    ),
    (
        Kind::ExpectedAction,
        &[
            "expected action",
            "expected player action",
            "expected participant action",
            "player action",
            "expected response",
            "expected event",
            "expected outcome",
            "expected",
        ],
    ),
    (
        Kind::Scripted,
        &[
            "inject",
            "standard",
            "scripted",
            "scheduled",
            "planned",
            "contextual",
            "contextual inject",
            "administrative",
            "admin",
            "controller action",
            "actor action",
            "information",
            "info",
            "facilitation",
            "event",
            "key event",
            "key",
            "enabling",
            "supporting",
            "implementer",
            "message",
            "main",
            "msel",
            "primary",
            "normal",
            "routine",
            "startex",
            "endex",
            "time",
            "manual",
            "automatic",
            "other",
            "milestone",
            "background",
            "exercise control",
        ],
    ),
];

/// Words for ways of delivery.
pub const METHODS: &[(Method, &[&str])] = &[
    (
        Method::Email,
        &["email", "e mail", "mail", "emails", "e mails", "electronic mail", "outlook", "webeoc", "web eoc"],
    ),
    (
        Method::TextMessage,
        &[
            "text message",
            "sms",
            "text",
            "texts",
            "whatsapp",
            "signal",
            "chat",
            "instant message",
            "im",
            "teams",
            "slack",
            "messenger",
            "pager",
        ],
    ),
    (
        Method::Phone,
        &[
            "phone",
            "telephone",
            "phone call",
            "telephone call",
            "call",
            "tel",
            "landline",
            "cell phone",
            "cell",
            "mobile",
            "mobile phone",
            "conference call",
            "video call",
            "video conference",
            "videoconference",
            "vtc",
            "voip",
            "satellite phone",
            "hotline",
        ],
    ),
    (
        Method::Radio,
        &[
            "radio",
            "radio call",
            "radio message",
            "handheld",
            "vhf",
            "uhf",
            "hf",
            "walkie talkie",
            "radio traffic",
            "tactical radio",
        ],
    ),
    (
        Method::InPerson,
        &[
            "in person",
            "inperson",
            "face to face",
            "f2f",
            "verbal",
            "verbally",
            "oral",
            "briefing",
            "brief",
            "role player",
            "actor",
            "walk in",
            "visit",
            "meeting",
            "live",
            "on scene",
            "person",
            "runner",
            "controller to player",
            "spoken",
        ],
    ),
    (
        Method::Paper,
        &[
            "paper",
            "written",
            "writing",
            "letter",
            "fax",
            "facsimile",
            "memo",
            "memorandum",
            "handout",
            "hand out",
            "hard copy",
            "hardcopy",
            "document",
            "printed",
            "print",
            "note",
            "card",
            "inject card",
            "inject form",
            "form",
            "slide",
            "powerpoint",
            "hand delivered",
            "post",
        ],
    ),
    (
        Method::SocialMedia,
        &[
            "social media",
            "social",
            "twitter",
            "tweet",
            "facebook",
            "instagram",
            "tiktok",
            "youtube",
            "reddit",
            "telegram",
            "social network",
        ],
    ),
    (
        Method::News,
        &[
            "news",
            "tv",
            "television",
            "news report",
            "news video",
            "video",
            "media",
            "press",
            "press release",
            "newspaper",
            "broadcast",
            "news broadcast",
            "vnn",
            "news article",
            "article",
            "radio news",
            "mock media",
            "news media",
            "headline",
        ],
    ),
    (
        Method::SimulationCell,
        &[
            "simulation cell",
            "simcell",
            "sim cell",
            "simulation",
            "sim",
            "simulated",
            "excon",
            "white cell",
            "exercise control",
            "control cell",
            "distaff",
            "controller",
            "simulator",
            "response cell",
            "lower control",
            "locon",
            "hicon",
            "facilitator",
        ],
    ),
];

/// States in which an inject is no longer part of the exercise.
pub const OMITTED: &[&str] = &[
    "omitted",
    "omit",
    "obsolete",
    "deferred",
    "deleted",
    "delete",
    "cancelled",
    "canceled",
    "withdrawn",
    "removed",
    "retired",
    "dropped",
    "skipped",
    "rejected",
    "not used",
    "unused",
    "void",
];

/// The kind of a row by its word; nothing if the word is not known.
pub(super) fn kind(text: &str) -> Option<Kind> {
    find(KINDS, text)
}

/// Ways of delivery by their words, in the order in which they are named, each once. A part that is no known word is given back.
pub(super) fn methods(text: &str) -> (Vec<Method>, Vec<String>) {
    if let Some(method) = find(METHODS, text) {
        return (vec![method], Vec::new());
    }
    let mut found = Vec::new();
    let mut unknown = Vec::new();
    let parts = text
        .split(['/', ',', ';', '\n', '+', '&', '|', '(', ')'])
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" or "));
    for part in parts.map(str::trim).filter(|part| !normal(part).is_empty()) {
        match find(METHODS, part).or_else(|| within(part)) {
            Some(method) if !found.contains(&method) => found.push(method),
            Some(_) => {}
            None => unknown.push(part.to_owned()),
        }
    }
    (found, unknown)
}

/// A way of delivery whose words stand within a longer text: `phone call to the duty officer`. The longest of them counts.
fn within(text: &str) -> Option<Method> {
    let text = format!(" {} ", normal(text));
    let words = METHODS.iter().flat_map(|(method, words)| words.iter().map(move |word| (*method, *word)));
    let standing = words.filter(|(_, word)| word.len() > 3 && text.contains(&format!(" {word} ")));
    standing.max_by_key(|(_, word)| word.len()).map(|(method, _)| method)
}

/// Whether a state says that the inject is not used.
pub(super) fn is_omitted(status: &str) -> bool {
    OMITTED.contains(&normal(status).as_str())
}

fn find<T: Copy>(words: &[(T, &[&str])], text: &str) -> Option<T> {
    let text = normal(text);
    let known = |words: &[&str]| {
        words.contains(&text.as_str()) || text.strip_suffix('s').is_some_and(|one| words.contains(&one))
    };
    words.iter().find(|(_, words)| known(words)).map(|(meaning, _)| *meaning)
}

/// The word of the scenario language for a way of delivery.
pub fn method_word(method: Method) -> &'static str {
    match method {
        Method::Email => "email",
        Method::Phone => "phone",
        Method::TextMessage => "text-message",
        Method::Radio => "radio",
        Method::InPerson => "in-person",
        Method::Paper => "paper",
        Method::SocialMedia => "social-media",
        Method::News => "news",
        Method::SimulationCell => "simulation-cell",
    }
}
