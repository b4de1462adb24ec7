//! From a scenario and what its runs tell to the rows of the list.

use super::{ALL_PLAYERS, CONTROLLERS, Kind, Moment, Msel, Objective, Phase, Row, SIMULATION_CELL, Team, Trigger};
use crate::engine::{EventId, Time};
use crate::report::manifest::ScenarioRecord;
use crate::report::script::{Script, letters};
use crate::report::words::percent_in_column;
use crate::scenario::model::{Effect, Inject, Method, Scenario, Step};
use crate::scenario::{Calendar, Condition, Period, Quantity};
use crate::study::exemplar::Happening;
use crate::world::{Column, Entry};
use std::collections::BTreeSet;

/// What a list is made from.
#[derive(Clone, Debug)]
pub struct Source<'a> {
    /// The scenario as the plan sees it.
    pub scenario: &'a Scenario,
    /// What is said of the scenario.
    pub record: ScenarioRecord,
    /// The version of this program.
    pub canvass: &'static str,
    /// The master seed.
    pub seed: u64,
    /// The plan.
    pub plan: &'a str,
    /// How many runs the odds rest on.
    pub runs: u64,
    /// Why this run, in whole sentences.
    pub why: String,
    /// What the planner fears, with its condition as its source.
    pub contingencies: &'a [Column],
    /// How often and when everything happens over all runs.
    pub happenings: &'a [Happening],
}

impl Msel {
    /// The list of a run: what is given and told in it, what players are expected to do, and what other runs hold in
    /// store.
    pub fn of_run(source: &Source, run: u64, story: &[Entry]) -> Msel {
        let maker = Maker::new(source, story);
        let rows = maker.told(story);
        maker.list(Some(run), rows)
    }

    /// The list of the scripted injects alone, each at the middle of the moments at which it is given.
    pub fn scripted(source: &Source) -> Msel {
        let maker = Maker::new(source, &[]);
        let rows = maker.script();
        maker.list(None, rows)
    }
}

struct Maker<'a> {
    source: &'a Source<'a>,
    /// Nothing if the scenario's zone does not exist, which no scenario that loads can say.
    calendar: Option<Calendar>,
    end: i64,
    teams: Vec<Team>,
    phases: Vec<Phase>,
    /// Which responder has learnt of what, when and in which event.
    words: Vec<Word<'a>>,
}

struct Word<'a> {
    id: EventId,
    time: Time,
    responder: &'a str,
    about: &'a str,
}

impl<'a> Maker<'a> {
    fn new(source: &'a Source<'a>, story: &'a [Entry]) -> Self {
        let about = &source.scenario.scenario;
        let end = about.end.unix_ms - about.start.unix_ms;
        let title = |(id, responder): (&String, &crate::scenario::model::Responder)| Team {
            id: id.clone(),
            title: team_title(responder.title.as_deref().unwrap_or(id)),
        };
        let word = |entry: &'a Entry| {
            let (responder, about) = (entry.subject.strip_prefix("responder.")?, entry.about.as_deref()?);
            Some(Word { id: entry.id, time: entry.time, responder, about })
        };
        let mut maker = Maker {
            source,
            calendar: Calendar::new(about.start, about.zone.as_deref(), end).ok(),
            end,
            teams: source.scenario.responder.iter().map(title).collect(),
            phases: Vec::new(),
            words: story.iter().filter_map(word).collect(),
        };
        maker.phases = maker.phases_of(story);
        maker
    }

    fn moment(&self, ms: i64) -> Moment {
        let calendar = self.calendar.as_ref();
        let (day, clock) = calendar.and_then(|calendar| calendar.day_and_time(ms)).unwrap_or_default();
        let local = calendar.and_then(|calendar| calendar.iso(ms)).unwrap_or_default();
        let utc = calendar.and_then(|calendar| calendar.utc(ms)).unwrap_or_default();
        Moment { ms, day, clock, local, utc }
    }

    /// Stretches between the milestones; one that comes again and again counts once.
    fn phases_of(&self, story: &[Entry]) -> Vec<Phase> {
        let mut phases = vec![Phase { title: "Start".to_owned(), begins: self.moment(0) }];
        for entry in story.iter().filter(|entry| entry.process == "milestone" && entry.story) {
            if !phases.iter().any(|phase| phase.title == entry.text) {
                phases.push(Phase { title: entry.text.clone(), begins: self.moment(entry.time.0) });
            }
        }
        phases
    }

    fn phase_at(&self, ms: i64) -> usize {
        self.phases.iter().rposition(|phase| phase.begins.ms <= ms).unwrap_or(0)
    }

    fn team(&self, id: &str) -> String {
        self.teams.iter().find(|team| team.id == id).map_or_else(|| team_title(id), |team| team.title.clone())
    }

    fn odds(&self, path: &str) -> Option<&'a Happening> {
        self.source.happenings.iter().find(|happening| happening.path == path)
    }

    /// A row with nothing in it but what it is and when.
    fn row(&self, kind: Kind, path: &str, title: &str, at: Option<i64>) -> Row {
        Row {
            number: String::new(),
            path: path.to_owned(),
            kind,
            title: title.to_owned(),
            description: String::new(),
            at: at.map(|ms| self.moment(ms)),
            from: String::new(),
            to: Vec::new(),
            method: "",
            track: String::new(),
            phase: at.map_or(0, |ms| self.phase_at(ms)),
            expected: String::new(),
            notes: String::new(),
            controller: String::new(),
            trigger: Trigger::Scheduled,
            objectives: Vec::new(),
            branch_of: String::new(),
            fires_when: String::new(),
            odds: self.odds(path).cloned(),
        }
    }

    /// The rows of a run, in the order of its story.
    fn told(&self, story: &[Entry]) -> Vec<Row> {
        story.iter().filter(|entry| entry.story).map(|entry| self.entry(entry)).collect()
    }

    fn entry(&self, entry: &Entry) -> Row {
        let because = entry.because.clone().unwrap_or_default();
        let scenario = self.source.scenario;
        let name = entry.subject.split_once('.').map_or("", |(_, name)| name);
        match entry.process {
            "inject" => match scenario.inject.get(name) {
                Some(inject) => self.inject(name, inject, Some(entry.time.0)),
                None => self.row(Kind::Inject, &entry.subject, &entry.text, Some(entry.time.0)),
            },
            "response" => {
                let response = scenario.response.get(name);
                let when = response.and_then(|response| response.when.as_ref());
                Row {
                    to: response.map(|response| self.team(&response.owner)).into_iter().collect(),
                    expected: entry.text.clone(),
                    description: because,
                    fires_when: condition(when, response.and_then(|response| response.hold.as_ref())),
                    trigger: Trigger::Conditional,
                    ..self.row(Kind::ExpectedAction, &entry.subject, &entry.text, Some(entry.time.0))
                }
            }
            _ => self.event(entry, because),
        }
    }

    /// What happens in the simulated world: told to those who hear of it, or known to the controllers alone.
    fn event(&self, entry: &Entry, because: String) -> Row {
        let path = self.act(entry);
        let mut row = Row {
            description: because,
            fires_when: self.condition_of(&path),
            ..self.row(Kind::Contextual, &path, &entry.text, Some(entry.time.0))
        };
        // That something feared is over has no odds of its own.
        if self.feared(&path).is_some_and(|column| capital(&column.title) != entry.text) {
            row = Row { fires_when: String::new(), odds: None, ..row };
        }
        let (to, method) = match entry.process {
            "campaign" | "hazard" if self.effect(&path).is_some_and(is_public) => {
                (vec![ALL_PLAYERS.to_owned()], "Simulation")
            }
            "contingency" | "audience" | "hazard" => (Vec::new(), ""),
            "asset" | "campaign" | "adversary" => (self.hearers(entry), "Simulation"),
            "narrative" => (vec![ALL_PLAYERS.to_owned()], "Social media"),
            _ => (vec![ALL_PLAYERS.to_owned()], "Simulation"),
        };
        if to.is_empty() {
            return Row { to: vec![CONTROLLERS.to_owned()], ..row };
        }
        let cell = || SIMULATION_CELL.to_owned();
        Row { kind: Kind::Inject, from: cell(), controller: cell(), to, method, ..row }
    }

    /// Who learns of something in the same event, or has known of it before.
    fn hearers(&self, entry: &Entry) -> Vec<String> {
        let knows = |word: &&Word| word.about == entry.subject && (word.id == entry.id || word.time < entry.time);
        let heard: BTreeSet<&str> = self.words.iter().filter(knows).map(|word| word.responder).collect();
        self.teams.iter().filter(|team| heard.contains(team.id.as_str())).map(|team| team.title.clone()).collect()
    }

    /// The path of what an entry tells: that of the step, for a campaign.
    fn act(&self, entry: &Entry) -> String {
        let campaign = entry.subject.strip_prefix("campaign.").and_then(|name| self.source.scenario.campaign.get(name));
        let step = campaign.and_then(|campaign| campaign.step.iter().position(|step| title_of(step) == entry.text));
        match step {
            Some(step) => format!("{}.step[{step}]", entry.subject),
            None => entry.subject.clone(),
        }
    }

    /// The condition of a hazard, a step or a contingency.
    fn condition_of(&self, path: &str) -> String {
        let scenario = self.source.scenario;
        match path.split_once('.') {
            Some(("hazard", name)) => scenario
                .hazard
                .get(name)
                .map_or_else(String::new, |hazard| condition(hazard.when.as_ref(), hazard.hold.as_ref())),
            Some(("campaign", _)) => {
                self.step(path).map_or_else(String::new, |step| condition(step.when.as_ref(), step.hold.as_ref()))
            }
            Some(("contingency", name)) => {
                let hold = scenario.contingency.get(name).and_then(|contingency| contingency.hold.as_ref());
                self.feared(path).map_or_else(String::new, |column| held(&column.source, hold))
            }
            _ => String::new(),
        }
    }

    fn feared(&self, path: &str) -> Option<&'a Column> {
        let id = path.strip_prefix("contingency.")?;
        self.source.contingencies.iter().find(|column| column.id == id)
    }

    fn step(&self, path: &str) -> Option<&'a Step> {
        let (name, place) = path.strip_prefix("campaign.")?.split_once(".step[")?;
        let place: usize = place.strip_suffix(']')?.parse().ok()?;
        self.source.scenario.campaign.get(name)?.step.get(place)
    }

    /// What a hazard or a step does.
    fn effect(&self, path: &str) -> Option<&'a Effect> {
        let hazard = path.strip_prefix("hazard.").and_then(|name| self.source.scenario.hazard.get(name));
        hazard.map(|hazard| &hazard.effect).or_else(|| self.step(path).map(|step| &step.effect))
    }

    fn inject(&self, name: &str, inject: &Inject, at: Option<i64>) -> Row {
        let objectives = &self.source.scenario.objective;
        let words = |text: &Option<String>| text.clone().unwrap_or_default();
        let branch = inject.branch_of.is_some();
        Row {
            description: words(&inject.text),
            from: words(&inject.from),
            to: match inject.to.is_empty() {
                true => vec![ALL_PLAYERS.to_owned()],
                false => inject.to.iter().map(|id| self.team(id)).collect(),
            },
            method: inject.method.map_or("", method),
            track: words(&inject.track),
            expected: words(&inject.expected),
            notes: words(&inject.because),
            controller: words(&inject.controller),
            trigger: if branch || inject.when.is_some() { Trigger::Conditional } else { Trigger::Scheduled },
            objectives: inject.objective.iter().filter_map(|id| objectives.get_index_of(id)).collect(),
            fires_when: condition(inject.when.as_ref(), inject.hold.as_ref()),
            ..self.row(
                if branch { Kind::Contingency } else { Kind::Inject },
                &format!("inject.{name}"),
                &inject.title,
                at,
            )
        }
    }

    /// The scripted injects that are no branches, in the order of their moments.
    fn script(&self) -> Vec<Row> {
        let planned = self.source.scenario.inject.iter().filter(|(_, inject)| inject.branch_of.is_none());
        let mut rows: Vec<Row> = planned
            .filter_map(|(name, inject)| {
                let at = self.odds(&format!("inject.{name}"))?.offset?.median.0;
                Some(self.inject(name, inject, Some(at)))
            })
            .collect();
        rows.sort_by_key(|row| row.at.as_ref().map(|at| at.ms));
        rows
    }

    /// The whole list: beginning and end, numbers, branches, and what other runs hold in store.
    fn list(self, run: Option<u64>, rows: Vec<Row>) -> Msel {
        let Source { scenario, record, canvass, seed, plan, runs, why, .. } = self.source;
        let mut msel = Msel {
            scenario: record.clone(),
            canvass,
            seed: *seed,
            plan: (*plan).to_owned(),
            run,
            runs: *runs,
            why: why.clone(),
            teams: self.teams.clone(),
            objectives: objectives(scenario, |id| self.team(id)),
            phases: self.phases.clone(),
            start: self.moment(0),
            end: self.moment(self.end),
            rows: Vec::new(),
        };
        let edge = |path, title: &str, ms, notes: String| Row {
            to: vec![ALL_PLAYERS.to_owned()],
            trigger: Trigger::Manual,
            notes,
            ..self.row(Kind::Administrative, path, title, Some(ms))
        };
        let first = Row { description: scenario.scenario.title.clone(), ..edge("", "STARTEX", 0, msel.marking()) };
        let mut all = vec![first];
        all.extend(rows);
        all.push(edge("", "ENDEX", self.end, String::new()));
        for (place, row) in all.iter_mut().enumerate() {
            row.number = (place + 1).to_string();
        }
        self.name_parents(&mut all);
        self.add_branches(&mut all);
        self.add_others(&mut all, run.is_some());
        self.refer_to_papers(&mut all);
        msel.rows = all;
        msel
    }

    /// A list numbers everything, the papers number the script: beside the one number stands the other.
    fn refer_to_papers(&self, rows: &mut [Row]) {
        for numbered in (Script { scenario: self.source.scenario, happenings: self.source.happenings }).injects() {
            let path = format!("inject.{}", numbered.name);
            for row in rows.iter_mut().filter(|row| row.path == path) {
                note(row, &format!("No. {} in the papers", numbered.number));
            }
        }
    }

    fn parent(&self, path: &str) -> Option<String> {
        let inject = self.source.scenario.inject.get(path.strip_prefix("inject.")?)?;
        inject.branch_of.as_ref().map(|parent| format!("inject.{parent}"))
    }

    fn name_parents(&self, rows: &mut [Row]) {
        for place in 0..rows.len() {
            let Some(parent) = self.parent(&rows[place].path) else { continue };
            let number = rows.iter().find(|row| row.path == parent).map(|row| row.number.clone());
            rows[place].branch_of = number.unwrap_or_default();
        }
    }

    /// Puts the branches that are not taken behind what they branch off from: 5-A, 5-B and so on.
    fn add_branches(&self, rows: &mut Vec<Row>) {
        let mut waiting: Vec<(&String, &Inject)> =
            self.source.scenario.inject.iter().filter(|(_, inject)| inject.branch_of.is_some()).collect();
        loop {
            let before = waiting.len();
            waiting.retain(|(name, inject)| !self.add_branch(name, inject, rows));
            if waiting.len() == before {
                return;
            }
        }
    }

    /// Says whether it stands in the list.
    fn add_branch(&self, name: &str, inject: &Inject, rows: &mut Vec<Row>) -> bool {
        let path = format!("inject.{name}");
        if rows.iter().any(|row| row.path == path) {
            return true;
        }
        let parent = self.parent(&path);
        let Some(above) = rows.iter().position(|row| Some(&row.path) == parent.as_ref()) else { return false };
        let parent = rows[above].number.clone();
        let own = format!("{parent}-");
        let sisters = rows.iter().filter(|row| row.branch_of == parent && row.number.starts_with(&own)).count();
        let after = rows.iter().rposition(|row| row.number == parent || row.number.starts_with(&own)).unwrap_or(above);
        let odds = self.odds(&path);
        let behind = odds.and_then(|odds| odds.behind.as_ref());
        let since_parent = behind.and_then(|behind| behind.offset).zip(rows[above].at.as_ref());
        let at = match since_parent {
            Some((offset, at)) => Some((at.ms + offset.median.0).min(self.end)),
            None => odds.and_then(|odds| odds.offset).map(|offset| offset.median.0),
        };
        let mut row = self.inject(name, inject, at);
        row.number = format!("{own}{}", letters(sisters));
        row.branch_of.clone_from(&parent);
        if let Some(behind) = behind.filter(|behind| behind.share.n > 0) {
            let share = percent_in_column(behind.share.value());
            note(&mut row, &format!("Given in {share} of the runs in which {parent} is given"));
        }
        rows.insert(after + 1, row);
        true
    }

    /// What does not happen here and does elsewhere: injects, then, behind the list of a run, what the world does and what is feared.
    fn add_others(&self, rows: &mut Vec<Row>, told: bool) {
        let there: BTreeSet<String> = rows.iter().map(|row| row.path.clone()).collect();
        let scenario = self.source.scenario;
        let median = |path: &str| self.odds(path).and_then(|odds| odds.offset).map(|offset| offset.median.0);
        let kept = |row: Row| Row { kind: Kind::Contingency, trigger: Trigger::Conditional, ..row };
        let mut others = Vec::new();
        for (name, inject) in &scenario.inject {
            others.push(kept(self.inject(name, inject, median(&format!("inject.{name}")))));
        }
        let happens = |happening: &&Happening| told && happening.share.hits > 0;
        for happening in self.source.happenings.iter().filter(happens) {
            let path = happening.path.as_str();
            let title = match path.split_once('.') {
                Some(("hazard", name)) => scenario.hazard.get(name).and_then(|hazard| hazard.title.clone()),
                Some(("campaign", _)) => self.step(path).map(title_of).filter(|title| !title.is_empty()),
                Some(("contingency", _)) => self.feared(path).map(|column| column.title.clone()),
                _ => None,
            };
            let Some(title) = title else { continue };
            let row = self.row(Kind::Contingency, path, &title, median(path));
            let to = vec![CONTROLLERS.to_owned()];
            others.push(kept(Row { to, fires_when: self.condition_of(path), ..row }));
        }
        others.retain(|row| !there.contains(&row.path));
        others.sort_by_key(|row| row.at.as_ref().map_or(i64::MAX, |at| at.ms));
        for (place, mut row) in others.into_iter().enumerate() {
            row.number = format!("C{}", place + 1);
            if row.at.is_none() {
                note(&mut row, "It never came about in these runs");
            }
            rows.push(row);
        }
    }
}

fn objectives(scenario: &Scenario, team: impl Fn(&str) -> String) -> Vec<Objective> {
    let objective = |(id, objective): (&String, &crate::scenario::model::ExerciseObjective)| Objective {
        id: id.clone(),
        title: objective.title.clone(),
        capability: objective.capability.clone().unwrap_or_default(),
        target: objective.target.clone().unwrap_or_default(),
        tasks: objective.tasks.clone(),
        owners: objective.owner.iter().map(|id| team(id)).collect(),
    };
    scenario.objective.iter().map(objective).collect()
}

/// Whether everybody sees what an effect does: it speaks to the public.
fn is_public(effect: &Effect) -> bool {
    effect.publish.is_some() || effect.inform.is_some() || effect.shake.is_some()
}

fn note(row: &mut Row, words: &str) {
    if !row.notes.is_empty() {
        row.notes.push_str(". ");
    }
    row.notes.push_str(words);
}

/// The words for a method. Cadence knows the first six and the last; to others it gives its own "other".
fn method(method: Method) -> &'static str {
    match method {
        Method::Email => "Email",
        Method::Phone => "Phone",
        Method::TextMessage => "SMS",
        Method::Radio => "Radio",
        Method::InPerson => "In person",
        Method::Paper => "Paper",
        Method::SocialMedia => "Social media",
        Method::News => "News",
        Method::SimulationCell => "Simulation",
    }
}

fn condition(when: Option<&Condition>, hold: Option<&Quantity<Period>>) -> String {
    when.map_or_else(String::new, |when| held(&when.0.text, hold))
}

fn held(text: &str, hold: Option<&Quantity<Period>>) -> String {
    match hold {
        Some(hold) => format!("{text}, for {}", hold.written),
        None => text.to_owned(),
    }
}

/// A step's title, as the story has it: with a capital.
fn title_of(step: &Step) -> String {
    let title = step.title.as_deref().unwrap_or_default();
    capital(title)
}

/// What a responder is called as a team: without its article, and with a capital.
fn team_title(title: &str) -> String {
    let plain = title.replace('-', " ");
    let name = if plain.contains(' ') && !title.contains(' ') { plain.as_str() } else { title };
    let article = ["the ", "The ", "a ", "A ", "an ", "An "];
    capital(article.iter().find_map(|article| name.strip_prefix(article)).unwrap_or(name))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
