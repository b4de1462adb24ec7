//! From what papers are made: the scenario, and what its runs showed.

use super::paper::{Block, Row, Table};
use super::paper::{Paper, Text, Tone};
use super::vocabulary::{Words, capital};
use crate::report::script::{Numbered, Script};
use crate::report::words::{count, hours, plural, share};
use crate::scenario::model::{ExerciseObjective, Inject, Method, Responder, Scenario, Tlp};
use crate::scenario::{Calendar, Moment, Value};
use crate::study::exemplar::{Exemplar, Happening, Spread};
use crate::study::statistics::Share;
use crate::world::Entry;

/// From what papers are made.
pub struct Material<'a> {
    /// Name of the scenario's file, without its ending.
    pub id: &'a str,
    /// The scenario under the plan.
    pub scenario: &'a Scenario,
    /// The plan.
    pub plan: &'a str,
    /// The master seed.
    pub seed: u64,
    /// How many runs count.
    pub runs: u64,
    /// On what the figures rest, in a sentence.
    pub rests_on: String,
    /// How often everything happened and when, contingencies too.
    pub happenings: Vec<Happening>,
    /// What the planner fears: its name and its title, in the order of the file.
    pub feared: Vec<(String, String)>,
    /// The run that stands for all, if there is one.
    pub exemplar: Option<Exemplar>,
    /// What happened in it.
    pub story: Vec<Entry>,
}

impl<'a> Material<'a> {
    fn happening(&self, path: &str) -> Option<&Happening> {
        self.happenings.iter().find(|happening| happening.path == path)
    }

    /// What the planner fears: its title, and how often it happened.
    pub(super) fn contingencies(&self) -> impl Iterator<Item = (&str, &Happening)> {
        self.feared.iter().filter_map(|(id, title)| Some((&**title, self.happening(&format!("contingency.{id}"))?)))
    }

    fn script(&self) -> Script<'_> {
        Script { scenario: self.scenario, happenings: &self.happenings }
    }

    /// All injects as they are given, with their numbers.
    pub(super) fn injects(&self) -> Vec<Numbered<'_>> {
        self.script().injects()
    }

    /// A moment that is the same in every run, in milliseconds since the start.
    pub(super) fn fixed(&self, moment: &Moment) -> Option<i64> {
        self.script().fixed(moment)
    }

    /// Whether an inject opens the exercise: it is given at the start whatever happens.
    pub(super) fn opens(&self, inject: &Inject) -> bool {
        inject.when.is_none()
            && inject.branch_of.is_none()
            && inject.chance.as_ref().is_none_or(|chance| matches!(chance.value, Value::Fixed(share) if share >= 1.0))
            && inject.at.as_ref().and_then(|at| self.fixed(at)) == Some(0)
    }

    /// A moment by the clock on the wall.
    pub(super) fn clock(&self, ms: i64) -> String {
        let about = &self.scenario.scenario;
        let horizon = about.end.unix_ms - about.start.unix_ms;
        match Calendar::new(about.start, about.zone.as_deref(), horizon) {
            Ok(calendar) => calendar.label(ms),
            Err(_) => hours(ms as f64 / 3_600_000.0),
        }
    }

    /// The day and the hour at which the scenario begins.
    pub(super) fn beginning(&self) -> String {
        let about = &self.scenario.scenario;
        let written = about.start.to_string();
        let year = written.split('-').next().unwrap_or_default();
        let label = crate::scenario::label(about.start, about.zone.as_deref(), 0);
        match label.rsplit_once(' ') {
            Some((day, time)) => format!("{day} {year}, {time}"),
            None => label,
        }
    }

    /// How long the scenario lasts in its own time.
    pub(super) fn horizon(&self) -> String {
        let about = &self.scenario.scenario;
        hours((about.end.unix_ms - about.start.unix_ms) as f64 / 3_600_000.0)
    }

    /// What a responder is called.
    pub(super) fn responder_title(&self, name: &str) -> String {
        self.scenario.responder.get(name).and_then(|who| who.title.clone()).unwrap_or_else(|| name.to_owned())
    }

    /// What several responders are called.
    pub(super) fn responder_titles(&self, names: &[String]) -> String {
        names.iter().map(|name| self.responder_title(name)).collect::<Vec<_>>().join(", ")
    }

    /// All responders with what they are called.
    pub(super) fn responders(&self) -> impl Iterator<Item = (String, &Responder)> {
        self.scenario.responder.iter().map(|(name, who)| (self.responder_title(name), who))
    }

    /// Objectives with their number.
    pub(super) fn objectives(&self) -> impl Iterator<Item = (usize, &str, &ExerciseObjective)> {
        self.scenario
            .objective
            .iter()
            .enumerate()
            .map(|(place, (name, objective))| (place + 1, name.as_str(), objective))
    }

    /// The plan as it is called, in quotes.
    pub(super) fn plan_title(&self) -> String {
        let title = self.scenario.plan.get(self.plan).and_then(|plan| plan.title.as_deref());
        format!("“{}”", title.unwrap_or(self.plan))
    }

    /// The middle of some moments and how far they lie apart, by the clock: `Tue 3 Nov 20:55` and `20:36 to 21:16`. A day that was
    /// said is not said again.
    pub(super) fn moments(&self, spread: Option<Spread>) -> Option<(String, String)> {
        let spread = spread?;
        let [p10, median, p90] = [spread.p10, spread.median, spread.p90].map(|span| self.clock(span.0));
        let day = |label: &str| label.rsplit_once(' ').map(|(day, _)| day.to_owned());
        let after = |label: &str, before: &str| match label.rsplit_once(' ') {
            Some((own, time)) if day(before).as_deref() == Some(own) => time.to_owned(),
            _ => label.to_owned(),
        };
        let from = after(&p10, &median);
        // What ends on the day of the middle, and began on another, has its day.
        let until = if from == p10 { after(&p90, &p10) } else { after(&p90, &median) };
        let between = if p10 == p90 { "always then".to_owned() } else { format!("{from} to {until}") };
        Some((median, between))
    }

    /// When an inject is given, for the list of events: by the clock if it is planned so, or by what the runs showed.
    pub(super) fn when_given(&self, numbered: &Numbered<'_>) -> String {
        if let Some(ms) = numbered.inject.at.as_ref().and_then(|at| self.fixed(at)) {
            return self.clock(ms);
        }
        match self.moments(numbered.seen.and_then(|seen| seen.offset)) {
            Some((median, between)) => format!("about {median} ({between})"),
            None => "in no run".to_owned(),
        }
    }

    /// The paper's first words: what it is, for whom, and what its figures are.
    pub(super) fn about(&self, paper: &mut Paper, what: Text, handling: &str, figures: &str) {
        let tlp = self.scenario.scenario.tlp;
        paper.add(Block::Box(
            Tone::About,
            vec![
                what,
                Text::strong("Handling. ").and(format!("{handling} {}: {}", tlp.marking(), audience(tlp))),
                Text::strong("Simulated, exercise data. ").and(figures),
            ],
        ));
    }

    /// What the figures of a paper are.
    pub(super) fn figures(&self) -> String {
        format!(
            "Its figures are shares of {} under these assumptions: scenario {}, plan {}, seed {}, Canvass {}. They are no forecast of any \
             election. {}",
            plural(self.runs, "simulated run"),
            self.id,
            self.plan,
            self.seed,
            env!("CARGO_PKG_VERSION"),
            self.rests_on,
        )
    }

    /// The same for a paper that prints none.
    pub(super) fn no_figures(&self) -> String {
        format!(
            "Everything in it is made up for an exercise. It was made from scenario {}; what is said elsewhere of its results are shares of \
             simulated runs under these assumptions, and no forecast of any election.",
            self.id
        )
    }

    /// What `[exercise]` does not say, of those keys.
    pub(super) fn missing_of_exercise(&self, paper: &mut Paper, keys: &[&str]) {
        let exercise = &self.scenario.exercise;
        let lacks = |key: &&&str| match **key {
            "sponsor" => exercise.sponsor.is_none(),
            "contact" => exercise.contact.is_none(),
            "scope" => exercise.scope.is_none(),
            "duration" => exercise.duration.is_none(),
            "assumptions" => exercise.assumptions.is_empty(),
            _ => false,
        };
        let missing: Vec<&str> = keys.iter().filter(lacks).copied().collect();
        if !missing.is_empty() {
            let keys = missing.iter().map(|key| format!("{key} = …")).collect::<Vec<_>>().join(", ");
            paper.missing("The exercise is not described in full.", &format!("[exercise] {keys}"));
        }
    }

    /// That there are no objectives, and how to add one.
    pub(super) fn no_objectives(&self, paper: &mut Paper, words: &Words) {
        paper.missing(
            &format!("It has no {}, so there is nothing to evaluate.", words.objectives),
            "[objective.NAME] title = …, capability = …, target = …, tasks = […], questions = […], owner = […]",
        );
    }

    /// The injects that serve an objective.
    pub(super) fn serving<'n>(&self, injects: &'n [Numbered<'n>], objective: &str) -> Vec<&'n Numbered<'n>> {
        injects.iter().filter(|numbered| numbered.inject.objective.iter().any(|name| name == objective)).collect()
    }

    /// How often each contingency happened, with a box to tick for whether it did in the exercise.
    pub(super) fn feared_and_played(&self) -> Table {
        let mut table = Table::new(&[
            ("What was feared", 46),
            ("Share of simulated runs", 22),
            ("About when", 14),
            ("In the exercise", 18),
        ]);
        for (title, happening) in self.contingencies() {
            let when = self.moments(happening.offset).map_or_else(|| "in no run".to_owned(), |(median, _)| median);
            table.row([
                title.into(),
                odds(happening.share).into(),
                when.into(),
                Text::tick("came true").and("   ").and_tick("no"),
            ]);
        }
        table
    }
}

/// `37 % (35 to 39 %)`; what happened in all runs or in none is said so.
pub(super) fn odds(of: Share) -> String {
    let n = count(of.n);
    match of.wilson() {
        None => "in no run".to_owned(),
        Some(_) if of.hits == 0 => format!("in none of {n}"),
        Some(_) if of.hits == of.n => format!("in all of {n}"),
        // A number and its sign stay on one line.
        Some(interval) => share(of.value(), interval).replace(" %", "\u{a0}%"),
    }
}

/// To whom something with this marking may be shown.
fn audience(tlp: Tlp) -> &'static str {
    match tlp {
        Tlp::Clear => "it may be shown to anybody.",
        Tlp::Green => "it may be shown within the community, and not in public.",
        Tlp::Amber => {
            "it may be shown within the organisations that received it and to their clients who need to know."
        }
        Tlp::AmberStrict => "it may be shown within the organisation that received it, and nowhere else.",
        Tlp::Red => "it is for those who were given it by name, and nobody else.",
    }
}

/// How an inject reaches players, in words.
pub(super) fn method(method: Method, words: &Words) -> String {
    match method {
        Method::Email => "e-mail".to_owned(),
        Method::Phone => "telephone".to_owned(),
        Method::TextMessage => "text message".to_owned(),
        Method::Radio => "radio".to_owned(),
        Method::InPerson => "in person".to_owned(),
        Method::Paper => "paper".to_owned(),
        Method::SocialMedia => "social media".to_owned(),
        Method::News => "news report".to_owned(),
        Method::SimulationCell => words.control.to_owned(),
    }
}

/// Who gives an inject, or a line to write it on.
pub(super) fn whom(numbered: &Numbered<'_>, material: &Material<'_>, words: &Words) -> String {
    if numbered.inject.to.is_empty() {
        format!("all {}", words.players)
    } else {
        material.responder_titles(&numbered.inject.to)
    }
}

/// The ratings, with what they mean, in our words.
pub(super) fn ratings(words: &Words) -> Table {
    let mut table = Table::new(&[("Rating", 26), ("It is given when", 74)]);
    let aim = format!("the {} and its {}", words.target, words.tasks);
    for (letter, name, meaning) in [
        (
            "P",
            "performed without challenges",
            format!(
                "{aim} were met in a way that reached the objective and harmed nothing else: no other activity, nobody's health or \
             safety, and no plan, rule or law."
            ),
        ),
        (
            "S",
            "performed with some challenges",
            format!("{aim} were met in the same way, but it could have been done faster, with less or more surely."),
        ),
        (
            "M",
            "performed with major challenges",
            format!(
                "{aim} were met, but at least one thing suffered: another activity, somebody's health or safety, or a plan, rule or law."
            ),
        ),
        ("U", "unable to be performed", format!("{aim} were not met in a way that reached the objective.")),
    ] {
        table.row([Text::strong(format!("{letter}  ")).and(name), capital(&meaning).into()]);
    }
    table
}

/// Boxes for the four ratings.
pub(super) fn rating_boxes() -> Text {
    Text::tick("P").and("   ").and_tick("S").and("   ").and_tick("M").and("   ").and_tick("U")
}

/// The short forms that a paper uses, at its end.
pub(super) fn short_forms(words: &Words, paper: &mut Paper) {
    let mut table = Table::new(&[("Short form", 22), ("What it stands for", 78)]);
    for (short, long) in words.short_forms.iter().filter(|(short, _)| paper.says(short)) {
        table.row([(*short).into(), (*long).into()]);
    }
    table.row(["TLP".into(), "Traffic Light Protocol 2.0: to whom something may be shown".into()]);
    paper.section("Short forms");
    paper.table(table);
}

/// Empty rows to write on.
pub(super) fn empty_rows(table: &mut Table, rows: usize, lines: u32) {
    let columns = table.widths.len();
    let row = || Row { cells: vec![vec![Text::default()]; columns], lines };
    table.rows.extend(std::iter::repeat_with(row).take(rows));
}
