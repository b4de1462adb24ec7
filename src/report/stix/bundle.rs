//! The objects of a run, and how they refer to one another.

use super::actors::{
    TLP_CREATED, TLP_EXTENSION, goal, reference, sector, sophistication, technique, threat_actor_type, tlp,
};
use crate::report::identifier::uuid;
use crate::report::msel::Source;
use crate::report::text::SIMULATED;
use crate::scenario::model::{Effect, Step};
use crate::scenario::{Calendar, Tag};
use crate::world::{Cause, Entry};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// A run, to be written as a bundle.
pub struct Bundle<'a> {
    /// What the scenario says, and from what the run was made.
    pub source: &'a Source<'a>,
    /// The number of the run.
    pub run: u64,
    /// Its story.
    pub story: &'a [Entry],
    /// Why each contingency came about; nothing for one that did not.
    pub causes: &'a [Option<Cause>],
}

impl Bundle<'_> {
    /// The bundle.
    pub(super) fn json(&self) -> Value {
        let mut maker = Maker::new(self);
        maker.cast();
        maker.campaigns();
        maker.responses();
        maker.contingencies();
        maker.notes();
        maker.finish()
    }
}

struct Maker<'a> {
    bundle: &'a Bundle<'a>,
    calendar: Option<Calendar>,
    /// Markings first, then everything that is marked with them.
    objects: Vec<Value>,
    statement: String,
    author: String,
    /// What stands in the bundle for a thing of the scenario, as `asset.results-page`.
    ids: BTreeMap<String, String>,
}

impl<'a> Maker<'a> {
    fn new(bundle: &'a Bundle<'a>) -> Self {
        let about = &bundle.source.scenario.scenario;
        let horizon = about.end.unix_ms - about.start.unix_ms;
        let mut maker = Maker {
            bundle,
            calendar: Calendar::new(about.start, about.zone.as_deref(), horizon).ok(),
            objects: Vec::new(),
            statement: String::new(),
            author: String::new(),
            ids: BTreeMap::new(),
        };
        maker.statement = maker.id("marking-definition", "simulated");
        maker.author = maker.id("identity", "canvass");
        maker.markings();
        maker
    }

    fn id(&self, kind: &str, name: &str) -> String {
        let source = self.bundle.source;
        let (seed, run) = (source.seed.to_string(), self.bundle.run.to_string());
        format!("{kind}--{}", uuid(&["canvass", "stix", &source.record.sha256, source.plan, &seed, &run, kind, name]))
    }

    fn moment(&self, ms: i64) -> String {
        self.calendar.as_ref().and_then(|calendar| calendar.utc(ms)).unwrap_or_default()
    }

    fn markings(&mut self) {
        let (marking, word) = tlp(self.bundle.source.record.tlp);
        let start = self.moment(0);
        self.objects.push(json!({
            "type": "marking-definition",
            "spec_version": "2.1",
            "id": self.statement,
            "created": start,
            "name": SIMULATED,
            "definition_type": "statement",
            "definition": {
                "statement": format!(
                    "SIMULATED, EXERCISE DATA. Nothing in this bundle has happened; whoever and whatever it names belongs to an exercise. {}",
                    self.origin()
                ),
            },
        }));
        self.objects.push(json!({
            "type": "marking-definition",
            "spec_version": "2.1",
            "id": marking,
            "created": TLP_CREATED,
            "name": self.bundle.source.record.tlp.marking(),
            "extensions": { TLP_EXTENSION: { "extension_type": "property-extension", "tlp_2_0": word } },
        }));
        let author = json!({
            "name": "Canvass, a simulator",
            "identity_class": "system",
            "description": format!("{SIMULATED}: {}", self.origin()),
        });
        self.add("identity", "canvass", 0, author);
    }

    fn origin(&self) -> String {
        let source = self.bundle.source;
        format!(
            "Made by canvass {} from scenario {}, plan {}, seed {}, run {}; SHA-256 of the scenario {}.",
            source.canvass, source.record.id, source.plan, source.seed, self.bundle.run, source.record.sha256
        )
    }

    /// Adds an object with what all have in common. Returns its identifier.
    fn add(&mut self, kind: &str, name: &str, ms: i64, own: Value) -> String {
        let id = self.id(kind, name);
        let moment = self.moment(ms);
        let (marking, _) = tlp(self.bundle.source.record.tlp);
        let mut object = Map::new();
        object.insert("type".to_owned(), json!(kind));
        object.insert("spec_version".to_owned(), json!("2.1"));
        object.insert("id".to_owned(), json!(id));
        object.insert("created".to_owned(), json!(moment));
        object.insert("modified".to_owned(), json!(moment));
        if id != self.author {
            object.insert("created_by_ref".to_owned(), json!(self.author));
        }
        if let Value::Object(own) = own {
            object.extend(own.into_iter().filter(|(_, value)| !is_empty(value)));
        }
        object.insert("labels".to_owned(), json!(["simulated", "exercise"]));
        object.insert("object_marking_refs".to_owned(), json!([self.statement, marking]));
        self.objects.push(Value::Object(object));
        id
    }

    /// Adds an object that stands for a thing of the scenario.
    fn stand_for(&mut self, path: &str, kind: &str, ms: i64, own: Value) -> String {
        let id = self.add(kind, path, ms, own);
        self.ids.insert(path.to_owned(), id.clone());
        id
    }

    fn relate(&mut self, from: &str, how: &str, to: &str, ms: i64, words: &str) {
        let name = format!("{from} {how} {to}");
        let own = json!({ "relationship_type": how, "source_ref": from, "target_ref": to, "description": words });
        self.add("relationship", &name, ms, own);
    }

    /// Responders, and the systems they own.
    fn cast(&mut self) {
        let scenario = self.bundle.source.scenario;
        for (name, responder) in &scenario.responder {
            let own = json!({
                "name": responder.title.as_ref().unwrap_or(name),
                "identity_class": "organization",
                "roles": ["responder"],
                "sectors": sector(responder.kind).into_iter().collect::<Vec<&str>>(),
            });
            self.stand_for(&format!("responder.{name}"), "identity", 0, own);
        }
        for (name, asset) in &scenario.asset {
            let title = asset.title.as_ref().unwrap_or(name);
            let own = json!({ "name": title, "identity_class": "system", "description": "A system of the election" });
            let id = self.stand_for(&format!("asset.{name}"), "identity", 0, own);
            let owner = asset.owner.as_ref().and_then(|owner| self.ids.get(&format!("responder.{owner}")).cloned());
            if let Some(owner) = owner {
                self.relate(&owner, "related-to", &id, 0, "Owns this system");
            }
        }
    }

    /// Campaigns of which anything happened in this run, with who is behind them and the techniques that were used.
    fn campaigns(&mut self) {
        let scenario = self.bundle.source.scenario;
        for (name, campaign) in &scenario.campaign {
            let path = format!("campaign.{name}");
            let told: Vec<&Entry> = self.bundle.story.iter().filter(|entry| entry.subject == path).collect();
            let (Some(first), Some(last)) = (told.first(), told.last()) else { continue };
            let (first, last) = (first.time.0, last.time.0);
            let own = json!({
                "name": campaign.title.as_ref().unwrap_or(name),
                "first_seen": self.moment(first),
                "last_seen": self.moment(last),
            });
            let id = self.stand_for(&path, "campaign", first, own);
            let actor = self.actor(&campaign.by, first);
            self.relate(&id, "attributed-to", &actor, first, "As the scenario says");
            for step in &campaign.step {
                let done = told.iter().find(|entry| entry.story && is_step(step, &entry.text));
                let Some(done) = done.map(|entry| entry.time.0) else { continue };
                self.step(&id, step, done);
            }
        }
    }

    fn actor(&mut self, name: &str, ms: i64) -> String {
        let path = format!("adversary.{name}");
        if let Some(known) = self.ids.get(&path) {
            return known.clone();
        }
        let adversary = self.bundle.source.scenario.adversary.get(name);
        let goals: Vec<&str> =
            adversary.iter().flat_map(|each| each.objectives.keys()).map(|each| goal(*each)).collect();
        let own = json!({
            "name": adversary.and_then(|adversary| adversary.title.as_deref()).unwrap_or(name),
            "threat_actor_types": adversary.iter().map(|each| threat_actor_type(each.kind)).collect::<Vec<&str>>(),
            "sophistication": adversary.and_then(|adversary| adversary.tier).map(sophistication),
            "goals": goals,
        });
        self.stand_for(&path, "threat-actor", ms, own)
    }

    /// The techniques of a step that succeeded, and the systems it was aimed at.
    fn step(&mut self, campaign: &str, step: &Step, ms: i64) {
        let aims: Vec<String> =
            targets(&step.effect).iter().filter_map(|name| self.ids.get(&format!("asset.{name}")).cloned()).collect();
        let title = step.title.clone().unwrap_or_default();
        for tag in &step.tags {
            let pattern = self.pattern(tag);
            self.relate(campaign, "uses", &pattern, ms, &title);
            for aim in &aims {
                self.relate(&pattern, "targets", aim, ms, &title);
            }
        }
        for aim in &aims {
            self.relate(campaign, "targets", aim, ms, &title);
        }
    }

    fn pattern(&mut self, tag: &Tag) -> String {
        let path = format!("tag.{}", tag.0);
        if let Some(known) = self.ids.get(&path) {
            return known.clone();
        }
        let own = json!({ "name": technique(tag), "external_references": [reference(tag)] });
        self.stand_for(&path, "attack-pattern", 0, own)
    }

    /// Responses that took effect, with who carried them out.
    fn responses(&mut self) {
        let scenario = self.bundle.source.scenario;
        for (name, response) in &scenario.response {
            let path = format!("response.{name}");
            let title = response.title.clone().unwrap_or_else(|| name.replace('-', " "));
            let done = self.bundle.story.iter().find(|entry| entry.subject == path && entry.story);
            let Some(ms) = done.map(|entry| entry.time.0) else { continue };
            let references: Vec<Value> = response.tags.iter().map(reference).collect();
            let own = json!({
                "name": title,
                "description": response.because.clone().unwrap_or_default(),
                "external_references": references,
            });
            let id = self.stand_for(&path, "course-of-action", ms, own);
            if let Some(owner) = self.ids.get(&format!("responder.{}", response.owner)).cloned() {
                self.relate(&owner, "related-to", &id, ms, "Carries it out");
            }
        }
    }

    /// What the planner feared and what came about, with what brought it about.
    fn contingencies(&mut self) {
        let bundle = self.bundle;
        for (column, tree) in bundle.source.contingencies.iter().zip(bundle.causes) {
            let Some(tree) = tree else { continue };
            let ms = tree.time.0;
            let own = json!({
                "name": column.title,
                "description": format!("What the planner feared: {}", column.source),
            });
            let id = self.stand_for(&format!("contingency.{}", column.id), "incident", ms, own);
            for subject in subjects(tree) {
                let Some(cause) = self.ids.get(&subject).filter(|cause| **cause != id).cloned() else { continue };
                let words = match subject.split_once('.') {
                    Some(("asset", _)) => "Concerns this system",
                    _ => "Contributed to it, as far as the conditions of the scenario say",
                };
                self.relate(&cause, "related-to", &id, ms, words);
            }
        }
    }

    /// The story, an entry a note, each about what it concerns.
    fn notes(&mut self) {
        let bundle = self.bundle;
        for (place, entry) in bundle.story.iter().enumerate().filter(|(_, entry)| entry.story) {
            let mut about: Vec<String> = self.ids.get(&entry.subject).cloned().into_iter().collect();
            for (column, tree) in bundle.source.contingencies.iter().zip(bundle.causes) {
                let names = tree.as_ref().is_some_and(|tree| subjects(tree).contains(&entry.subject));
                if let (true, Some(id)) = (names, self.ids.get(&format!("contingency.{}", column.id))) {
                    about.push(id.clone());
                }
            }
            if about.is_empty() {
                about.push(self.author.clone());
            }
            let mut once = BTreeSet::new();
            about.retain(|id| once.insert(id.clone()));
            let because = entry.because.iter().map(|because| format!("\n{because}"));
            let content = std::iter::once(entry.text.clone()).chain(because).collect::<String>();
            let own = json!({ "abstract": entry.process, "content": content, "object_refs": about });
            self.add("note", &place.to_string(), entry.time.0, own);
        }
    }

    /// Everything in one group, and the bundle around it.
    fn finish(mut self) -> Value {
        let source = self.bundle.source;
        let marked = self.objects.iter().filter(|object| object["type"] != "marking-definition");
        let refs: Vec<Value> = marked.map(|object| object["id"].clone()).collect();
        let title = if source.record.title.is_empty() { &source.record.id } else { &source.record.title };
        let own = json!({
            "name": format!("{title} (simulated, run {})", self.bundle.run),
            "description": format!("{} {}", self.origin(), source.why),
            "context": "unspecified",
            "object_refs": refs,
        });
        self.add("grouping", "run", 0, own);
        json!({ "type": "bundle", "id": self.id("bundle", "run"), "objects": self.objects })
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(list) => list.is_empty(),
        Value::String(text) => text.is_empty(),
        _ => false,
    }
}

/// Whether a line of the story tells of a step: it begins with a capital there.
fn is_step(step: &Step, text: &str) -> bool {
    step.title.as_ref().is_some_and(|title| {
        let mut letters = title.chars();
        let first = letters.next().map(|first| first.to_uppercase().collect::<String>()).unwrap_or_default();
        text.strip_prefix(first.as_str()) == Some(letters.as_str())
    })
}

/// The systems that an effect strikes.
fn targets(effect: &Effect) -> Vec<&String> {
    let verbs = [
        effect.disrupt.as_ref().map(|verb| &verb.asset),
        effect.compromise.as_ref().map(|verb| &verb.asset),
        effect.alter.as_ref().map(|verb| &verb.asset),
    ];
    let mut named: Vec<&String> = verbs.into_iter().flatten().flat_map(|names| names.iter()).collect();
    named.sort_unstable();
    named.dedup();
    named
}

/// Whatever a tree of causes names.
fn subjects(tree: &Cause) -> BTreeSet<String> {
    let below = tree.causes.iter().flat_map(subjects);
    std::iter::once(tree.subject.clone()).chain(below).collect()
}
