//! What STIX calls the kinds of the cast.

use crate::scenario::Tag;
use crate::scenario::model::{AdversaryKind, Objective, ResponderKind, Tlp};
use serde_json::{Value, json};

/// The extension by which STIX 2.1 carries the second version of the Traffic Light Protocol, as OASIS publishes it, and when its
/// markings were made.
pub(super) const TLP_EXTENSION: &str = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";
pub(super) const TLP_CREATED: &str = "2022-10-01T00:00:00.000Z";

/// The marking of a word of the protocol: its published identifier, and the word.
pub(super) fn tlp(tlp: Tlp) -> (&'static str, &'static str) {
    match tlp {
        Tlp::Clear => ("marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487", "clear"),
        Tlp::Green => ("marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb", "green"),
        Tlp::Amber => ("marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421", "amber"),
        Tlp::AmberStrict => ("marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003", "amber+strict"),
        Tlp::Red => ("marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1", "red"),
    }
}

/// What kind of threat actor an adversary is.
pub(super) fn threat_actor_type(kind: AdversaryKind) -> &'static str {
    match kind {
        AdversaryKind::State => "nation-state",
        AdversaryKind::Criminal => "criminal",
        AdversaryKind::Hacktivist => "activist",
        AdversaryKind::Insider => "insider-disgruntled",
        AdversaryKind::Contractor => "unknown",
    }
}

/// How skilled an adversary of a tier is; tier 1 is the most.
pub(super) fn sophistication(tier: u8) -> &'static str {
    match tier {
        0 | 1 => "strategic",
        2 => "expert",
        3 => "advanced",
        4 => "intermediate",
        _ => "minimal",
    }
}

/// What an adversary wants, in words.
pub(super) fn goal(objective: Objective) -> &'static str {
    match objective {
        Objective::DelegitimiseProcess => "doubt about how the election is run",
        Objective::DelegitimiseResult => "doubt about the result of the election",
        Objective::Harm => "harm to one camp",
        Objective::Assist => "help for one camp",
        Objective::SuppressParticipation => "fewer people taking part",
        Objective::Divide => "division as an end in itself",
        Objective::DisruptService => "a service that does not work",
        Objective::Profit => "money",
        Objective::Attention => "attention",
    }
}

/// The sector of a responder; nothing where STIX has no word for it.
pub(super) fn sector(kind: ResponderKind) -> Option<&'static str> {
    match kind {
        ResponderKind::LocalElectionOffice | ResponderKind::CanvassBoard => Some("government-local"),
        ResponderKind::StateElectionOffice => Some("government-regional"),
        ResponderKind::CyberAgency
        | ResponderKind::Intelligence
        | ResponderKind::Justice
        | ResponderKind::Legislature
        | ResponderKind::Court => Some("government"),
        ResponderKind::LawEnforcement => Some("government-public-services"),
        ResponderKind::MilitaryCyber => Some("defense"),
        ResponderKind::Platform | ResponderKind::Vendor => Some("technology"),
        ResponderKind::Media => Some("communications"),
        ResponderKind::CivilSociety => Some("non-profit"),
        ResponderKind::SharingCentre | ResponderKind::FactChecker | ResponderKind::Party => None,
    }
}

/// A technique tag as a reference: its catalogue and its number there.
pub(super) fn reference(tag: &Tag) -> Value {
    match tag.0.split_once(':') {
        Some(("attack", number)) => json!({ "source_name": "mitre-attack", "external_id": number }),
        Some((_, number)) => json!({ "source_name": "DISARM", "external_id": number }),
        None => json!({ "source_name": "tag", "external_id": tag.0 }),
    }
}

/// What a technique is called where only its number is known.
pub(super) fn technique(tag: &Tag) -> String {
    match tag.0.split_once(':') {
        Some(("attack", number)) => format!("ATT&CK technique {number}"),
        Some((_, number)) => format!("DISARM technique {number}"),
        None => tag.0.clone(),
    }
}
