//! Who injects are given to: cells with one recipient or several, and a responder for each.

use super::cell::is_blank;
use super::heading::normal;
use super::names::{Names, slug};
use crate::scenario::model::ResponderKind;
use std::collections::{BTreeMap, BTreeSet};

/// Longest name of a responder.
const LONGEST_NAME: usize = 32;

/// A recipient as the list calls it.
#[derive(Debug)]
pub(super) struct Player {
    /// Its name in the scenario.
    pub(super) name: String,
    /// What the list calls it, as it stands there first.
    pub(super) title: String,
    /// What kind of organisation it seems to be.
    pub(super) kind: ResponderKind,
    /// Whether its own words say so.
    pub(super) is_known: bool,
}

/// All recipients of a list.
#[derive(Debug, Default)]
pub(super) struct Cast {
    pub(super) players: Vec<Player>,
    by_text: BTreeMap<String, usize>,
    names: Names,
}

/// Whom a cell names.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Named {
    /// Places in the cast, each once.
    pub(super) players: Vec<usize>,
    /// Whether everybody is meant.
    pub(super) everybody: bool,
}

/// Recipients of a list, told apart in two steps: what is certainly one name is found first, and names joined by `and`, `&` or `/` are
/// taken apart only where each part is a name elsewhere.
pub(super) fn cast(cells: &[Vec<String>]) -> (Cast, Vec<Named>) {
    let parts: Vec<Vec<String>> =
        cells.iter().map(|cells| cells.iter().flat_map(|cell| split(cell)).collect()).collect();
    let alone: BTreeSet<String> =
        parts.iter().flatten().filter(|part| loosely(part).len() == 1).map(|part| normal_or_whole(part)).collect();
    let mut cast = Cast::default();
    let mut named = Vec::new();
    for parts in &parts {
        let mut here = Named::default();
        for part in parts {
            let loose = loosely(part);
            let apart = loose.len() > 1
                && loose.iter().all(|name| alone.contains(&normal_or_whole(name)) || is_everybody(name));
            let names = if apart { loose } else { vec![part.clone()] };
            for name in names {
                if is_everybody(&name) {
                    here.everybody = true;
                } else if !is_nobody(&name) {
                    let place = cast.place(&name);
                    if !here.players.contains(&place) {
                        here.players.push(place);
                    }
                }
            }
        }
        named.push(here);
    }
    if cast.players.is_empty() && named.iter().any(|named| named.everybody) {
        cast.place("All players");
    }
    for named in named.iter_mut().filter(|named| named.everybody) {
        named.players = (0..cast.players.len()).collect();
    }
    (cast, named)
}

impl Cast {
    fn place(&mut self, text: &str) -> usize {
        let key = normal_or_whole(text);
        if let Some(place) = self.by_text.get(&key) {
            return *place;
        }
        let name = self.names.take(&slug(text, LONGEST_NAME), "player");
        let (kind, is_known) = match kind(text) {
            Some(kind) => (kind, true),
            None => (ResponderKind::CivilSociety, false),
        };
        self.players.push(Player { name, title: one_line(text), kind, is_known });
        self.by_text.insert(key, self.players.len() - 1);
        self.players.len() - 1
    }
}

/// Two spellings of one name have this in common; a name of signs alone, or in no script with letters, is itself.
fn normal_or_whole(text: &str) -> String {
    let normal = normal(text);
    if normal.is_empty() { text.trim().to_owned() } else { normal }
}

/// Names that stand in lines of their own, or between semicolons, bars, bullets or commas. What stands in brackets stays together.
fn split(cell: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    let mut depth = 0_u32;
    for letter in cell.chars() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let parts =
            matches!(letter, '\n' | ';' | '|' | '•' | '·' | '；') || depth == 0 && matches!(letter, ',' | '，' | '、');
        match names.last_mut() {
            Some(name) if !parts => name.push(letter),
            _ => names.push(String::new()),
        }
    }
    let trimmed = names
        .iter()
        .map(|name| name.trim_matches(|letter: char| is_blank(letter) || matches!(letter, '-' | '–' | '*' | '.')));
    trimmed.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// Names joined by words or signs that may as well belong to one name.
fn loosely(name: &str) -> Vec<String> {
    let spread = name.replace(" and ", "\n").replace(" AND ", "\n").replace(" & ", "\n").replace(['/', '+'], "\n");
    spread.split('\n').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn is_everybody(name: &str) -> bool {
    matches!(
        normal(name).as_str(),
        "all"
            | "all players"
            | "everyone"
            | "everybody"
            | "all participants"
            | "all teams"
            | "all agencies"
            | "all units"
            | "all groups"
            | "whole exercise"
            | "all stations"
            | "all responders"
    )
}

fn is_nobody(name: &str) -> bool {
    let signs = name.chars().all(|letter| matches!(letter, '-' | '–' | '—' | '.' | '?' | '/' | ' '));
    signs || matches!(normal(name).as_str(), "n a" | "na" | "none" | "nobody" | "tbd" | "tba" | "unknown")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What kind of organisation a name sounds like.
fn kind(name: &str) -> Option<ResponderKind> {
    use ResponderKind as Kind;
    const SIGNS: &[(ResponderKind, &[&str])] = &[
        (
            Kind::SharingCentre,
            &["isac", "ei isac", "ms isac", "fusion center", "fusion centre", "sharing center", "information sharing"],
        ),
        (Kind::CanvassBoard, &["canvass", "canvassing", "canvassers", "certification board"]),
        (
            Kind::StateElectionOffice,
            &[
                "secretary of state",
                "sos",
                "state election",
                "state elections",
                "state board",
                "election commission",
                "electoral commission",
                "state office",
            ],
        ),
        (Kind::Court, &["court", "courts", "judge", "judiciary", "tribunal"]),
        (
            Kind::Justice,
            &["attorney general", "prosecutor", "district attorney", "department of justice", "doj", "us attorney"],
        ),
        (
            Kind::LawEnforcement,
            &[
                "police",
                "sheriff",
                "fbi",
                "law enforcement",
                "trooper",
                "troopers",
                "state patrol",
                "marshal",
                "security",
            ],
        ),
        (Kind::CyberAgency, &["cisa", "cyber", "cert", "csirt", "soc", "ncsc", "information security"]),
        (Kind::Intelligence, &["intelligence", "odni", "intel"]),
        (Kind::MilitaryCyber, &["cyber command", "national guard", "guard"]),
        (
            Kind::Vendor,
            &[
                "vendor",
                "supplier",
                "isp",
                "hosting",
                "provider",
                "it",
                "it staff",
                "it department",
                "help desk",
                "information technology",
            ],
        ),
        (Kind::FactChecker, &["fact checker", "fact checkers", "researchers", "university"]),
        (
            Kind::Legislature,
            &["legislature", "parliament", "senate", "congress", "assembly", "council", "commissioners"],
        ),
        (Kind::Party, &["party", "campaign", "candidate", "candidates"]),
        (
            Kind::Media,
            &["media", "press", "newsroom", "newspaper", "broadcaster", "reporter", "journalist", "tv station"],
        ),
        (
            Kind::LocalElectionOffice,
            &[
                "election",
                "elections",
                "clerk",
                "registrar",
                "county",
                "city",
                "municipal",
                "poll",
                "polling",
                "precinct",
                "ballot",
                "ballots",
                "eoc",
                "pio",
                "public information",
                "warehouse",
                "tabulation",
                "voter",
                "returning officer",
            ],
        ),
    ];
    let name = format!(" {} ", normal(name));
    SIGNS.iter().find(|(_, words)| words.iter().any(|word| name.contains(&format!(" {word} ")))).map(|(kind, _)| *kind)
}

/// The word of the scenario language for a kind of organisation.
pub(super) fn kind_word(kind: ResponderKind) -> String {
    let mut word = String::new();
    for letter in format!("{kind:?}").chars() {
        if letter.is_uppercase() && !word.is_empty() {
            word.push('-');
        }
        word.extend(letter.to_lowercase());
    }
    word
}
