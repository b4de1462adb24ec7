//! Everything the seed article names has an element of `national-2020-style` that stands for it: fifty rows, by number.

use std::path::{Path, PathBuf};
use toml::{Table, Value};

/// A row: its number, what the article names, and the elements that stand for it. A path leads through tables by their keys;
/// `=` after it asks for a value, in a list or by itself.
const ROWS: [(u32, &str, &[&str]); 50] = [
    (
        1,
        "online voting",
        &["asset.evote-portal", "jurisdiction.us-az.online.portal=evote-portal", "contingency.portal"],
    ),
    (
        2,
        "preserving election security",
        &["measure.confidence", "measure.called", "measure.lost", "contingency.missed"],
    ),
    (3, "US Cyber Command", &["responder.cyber-command.kind=military-cyber", "response.disrupt-abroad.effect.deter"]),
    (4, "NSA", &["responder.nsa.kind=intelligence", "response.insight.effect.tell"]),
    (5, "the biggest threat of 2016", &["adversary.northgate.tier=1", "campaign.leak.by=northgate"]),
    (6, "new threats, more players", &["adversary.saltmarsh", "adversary.eastmere", "adversary.criminals"]),
    (7, "cyber operations", &["campaign.leak.step.effect.compromise", "campaign.flood.step.effect.disrupt"]),
    (8, "covert influence", &["campaign.newspaper.step.effect.publish", "campaign.accounts.step.effect.publish"]),
    (9, "assist or harm", &["adversary.northgate.objectives.assist", "adversary.saltmarsh.objectives.harm"]),
    (10, "campaigns", &["asset.campaign-mail", "responder.campaigns.kind=party"]),
    (
        11,
        "public officials",
        &[
            "campaign.named-officials.step.effect.staff",
            "contingency.officials",
            "inject.named",
            "hazard.crowd.effect.staff",
        ],
    ),
    (12, "creating information online", &["campaign.newspaper.step.tags", "campaign.accounts.step.tags"]),
    (13, "adversarial nations", &["adversary.northgate.kind=state", "adversary.eastmere.kind=state"]),
    (
        14,
        "proxy groups",
        &["adversary.northgate.proxy.writers", "adversary.eastmere.proxy.firm", "adversary.saltmarsh.proxy.imitators"],
    ),
    (15, "discord", &["adversary.eastmere.objectives.divide", "narrative.two-countries"]),
    (16, "influence on opinion", &["segment.first", "segment.second", "segment.uncommitted", "measure.gap"]),
    (17, "law enforcement and intelligence enlist technology", &["channel.agencies-firms.forum"]),
    (18, "FBI", &["responder.fbi.kind=law-enforcement", "response.tip-newspaper.effect.tip", "response.psa-mails"]),
    (19, "Department of Justice", &["responder.doj.kind=justice", "response.indict.effect.deter"]),
    (20, "ODNI", &["responder.odni.kind=intelligence", "response.attribution.effect.attribute"]),
    (21, "CISA", &["responder.cisa.kind=cyber-agency", "response.rumor-control", "response.joint-statement"]),
    (22, "warnings of FBI and CISA", &["response.prebunk-delay.effect.prebunk"]),
    (23, "Facebook", &["platform.facebook", "responder.facebook.platform=facebook"]),
    (24, "Google", &["platform.youtube", "responder.google.platform=youtube", "response.curated-results.owner=google"]),
    (25, "Twitter", &["platform.twitter", "responder.twitter.platform=twitter", "response.friction.owner=twitter"]),
    (26, "LinkedIn", &["platform.linkedin", "responder.linkedin.platform=linkedin", "response.approaches"]),
    (27, "Microsoft", &["responder.microsoft.kind=vendor", "response.botnet", "response.notify"]),
    (28, "Pinterest", &["platform.pinterest", "responder.pinterest.platform=pinterest", "response.search-terms"]),
    (29, "Reddit", &["platform.reddit", "responder.reddit.platform=reddit", "response.moderators"]),
    (
        30,
        "Verizon",
        &["platform.verizon-media", "responder.verizon-media.platform=verizon-media", "response.news-module"],
    ),
    (
        31,
        "Wikimedia Foundation",
        &["platform.wikipedia", "responder.wikimedia.platform=wikipedia", "response.protected-pages"],
    ),
    (
        32,
        "executives met agencies",
        &["milestone.industry-meeting.meeting=fbi", "milestone.industry-meeting.meeting=wikimedia"],
    ),
    (
        33,
        "regular meetings",
        &["milestone.industry-meeting.every", "milestone.industry-weekly.every", "milestone.industry-daily.every"],
    ),
    (34, "statement of the group", &["response.joint-statement.effect.inform"]),
    (
        35,
        "sharing information",
        &["channel.firms-agencies", "channel.networks-seen", "channel.agencies-firms.clearance"],
    ),
    (36, "resilience", &["response.harden.effect.shield", "response.drilled-backup", "response.harden.cost"]),
    (
        37,
        "the relationship with the tech sector",
        &["hazard.quarrel", "contingency.forum-breaks", "plan.measures-no-meeting"],
    ),
    (
        38,
        "two conventions, largely online",
        &[
            "milestone.convention-democratic",
            "milestone.convention-republican",
            "asset.convention-stream",
            "asset.delegate-vote",
        ],
    ),
    (39, "preparations for the conventions", &["response.second-picture", "response.read-aloud"]),
    (
        40,
        "planning for results",
        &[
            "milestone.national-tabletop",
            "contingency.no-winner",
            "contingency.mirage",
            "contingency.early-claim",
            "contingency.mails-spread",
        ],
    ),
    (41, "state and local partners", &["responder.states", "responder.local-offices", "responder.ei-isac"]),
    (
        42,
        "private partners",
        &["responder.researchers", "responder.newsrooms", "response.tickets", "response.calls-explained"],
    ),
    (43, "the public has a role", &["responder.public", "channel.public-reports"]),
    (44, "transparency on risks", &["response.disclose", "hazard.told-by-others"]),
    (45, "details under wraps", &["channel.federal.clearance", "response.attribution.clearance", "inject.uncleared"]),
    (46, "voting information center", &["response.info-center.effect.information-centre", "uncertainty.centre-uptake"]),
    (
        47,
        "registering voters",
        &["response.registration-drive", "milestone.registration-deadline", "asset.registration-portal"],
    ),
    (
        48,
        "poll workers",
        &["response.poll-worker-drive", "uncertainty.poll-workers", "jurisdiction.us-wi.lines.staffing"],
    ),
    (
        49,
        "curated news",
        &["response.curated-results.effect.information-centre", "response.news-module.effect.information-centre"],
    ),
    (
        50,
        "a platform is itself a target",
        &["hazard.lockdown", "response.second-voice", "asset.official-accounts.fallback"],
    ),
];

/// The file and its parts as one table: what stands in the file goes before what a part says.
fn together(path: &Path) -> Table {
    let mut table: Table = std::fs::read_to_string(path).unwrap().parse().unwrap();
    let parts: Vec<PathBuf> = table
        .get("scenario")
        .and_then(|about| about.get("extends"))
        .and_then(Value::as_array)
        .map(|names| names.iter().map(|name| path.parent().unwrap().join(name.as_str().unwrap())).collect())
        .unwrap_or_default();
    for part in parts {
        under(&mut table, together(&part));
    }
    table
}

fn under(table: &mut Table, part: Table) {
    for (key, value) in part {
        match (table.get_mut(&key), value) {
            (Some(Value::Table(table)), Value::Table(part)) => under(table, part),
            (Some(_), _) => {}
            (None, value) => {
                table.insert(key, value);
            }
        }
    }
}

/// Whether the path leads somewhere: in a list, through any of its entries.
fn leads(value: &Value, path: &[&str], wanted: Option<&str>) -> bool {
    match (value, path) {
        (Value::Array(entries), _) => entries.iter().any(|entry| leads(entry, path, wanted)),
        (Value::Table(table), [first, rest @ ..]) => table.get(*first).is_some_and(|next| leads(next, rest, wanted)),
        (_, [_, ..]) => false,
        (Value::String(text), []) => wanted.is_none_or(|wanted| wanted == text),
        (Value::Integer(number), []) => wanted.is_none_or(|wanted| wanted == number.to_string()),
        (_, []) => wanted.is_none(),
    }
}

fn stands(scenario: &Value, element: &str) -> bool {
    let (path, wanted) = element.split_once('=').map_or((element, None), |(path, wanted)| (path, Some(wanted)));
    leads(scenario, &path.split('.').collect::<Vec<_>>(), wanted)
}

fn national() -> Value {
    Value::Table(together(&Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/national-2020-style.toml")))
}

#[test]
fn every_row_of_the_seed_article_has_its_element() {
    let scenario = national();
    let mut gone = Vec::new();
    for (position, (number, what, elements)) in ROWS.iter().enumerate() {
        assert_eq!(*number as usize, position + 1, "{what}");
        assert!(!elements.is_empty(), "{number}");
        let missing = elements.iter().filter(|element| !stands(&scenario, element));
        gone.extend(missing.map(|element| format!("row {number}, {what}: {element} is gone")));
    }
    assert!(gone.is_empty(), "{gone:#?}");
}

#[test]
fn the_nation_has_51_jurisdictions_with_538_electors_and_names_nobody() {
    let scenario = national();
    let states = scenario["jurisdiction"].as_table().unwrap();
    assert_eq!(states.len(), 51);
    let electors: i64 = states.values().map(|state| state["electors"]["value"].as_integer().unwrap()).sum();
    assert_eq!(electors, 538);
    assert_eq!(scenario["scenario"]["illustrative"], Value::Boolean(true));
    let meeting = |name: &str| scenario["milestone"][name]["meeting"].as_array().unwrap().len();
    assert!(["industry-meeting", "industry-weekly", "industry-daily"].map(meeting).iter().all(|seats| *seats >= 13));
}

#[test]
fn what_is_not_in_a_scenario_is_not_found_in_it() {
    let scenario = national();
    assert!(!stands(&scenario, "responder.nsa.kind=platform"));
    assert!(!stands(&scenario, "responder.nobody"));
    assert!(!stands(&scenario, "responder.nsa.kind.more"));
}
