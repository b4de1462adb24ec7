//! The paper for whoever leads the exercise: everything that comes, with the branches and how often they were taken.

use super::material::{Material, method, odds, short_forms, whom};
use super::paper::{Block, Paper, Table, Text, Tone};
use super::vocabulary::{Words, capital};
use crate::report::script::Numbered;
use crate::report::words::{count, hours, plural};
use crate::scenario::model::Inject;
use crate::study::exemplar::Spread;
use crate::world::Entry;
use std::collections::BTreeSet;

/// Most lines of the story that are printed.
const MOST_LINES: usize = 150;

/// The paper for whoever leads the exercise.
pub(super) fn facilitator_guide(material: &Material<'_>, words: &Words) -> Paper {
    let about = &material.scenario.scenario;
    let mut paper = Paper::new("facilitator-guide", words.facilitator_guide, &about.title, about.tlp, words.size);
    let what = Text::strong("What this is. ").and(format!(
        "The {} is for the {} and the {}: what is given to {} and when, where the story may branch and how often it did in \
         simulated runs, and how to lead the talk.",
        words.facilitator_guide, words.facilitator, words.controllers, words.players,
    ));
    let handling = format!("Keep it from the {}: it says what comes.", words.players);
    material.about(&mut paper, what, &handling, &material.figures());
    paper.add(Block::Contents);
    let injects = material.injects();
    glance(material, words, &injects, &mut paper);
    findings(material, &mut paper);
    branches(words, &injects, &mut paper);
    leading(material, words, &injects, &mut paper);
    running_order(material, words, &injects, &mut paper);
    cards(material, words, &injects, &mut paper);
    one_run(material, words, &mut paper);
    short_forms(words, &mut paper);
    paper
}

fn glance(material: &Material<'_>, words: &Words, injects: &[Numbered<'_>], paper: &mut Paper) {
    let (about, exercise) = (&material.scenario.scenario, &material.scenario.exercise);
    paper.section("The exercise at a glance");
    let mut facts = Table::facts();
    facts.fact("Question", &*about.question);
    facts.fact("Date and place", "");
    facts.fact("Time in the story", format!("{}, and {} from then", material.beginning(), material.horizon()));
    if let Some(duration) = &exercise.duration {
        facts.fact("Duration", duration.describe());
    }
    facts.fact(capital(words.players), material.responders().map(|(title, _)| title).collect::<Vec<_>>().join("\n"));
    let branches = injects.iter().filter(|numbered| numbered.is_contingent()).count();
    facts.fact(capital(words.injects), format!("{}, {branches} of them {}", injects.len(), words.contingency_injects));
    facts.fact("Plan the figures are of", material.plan_title());
    paper.table(facts);
    material.missing_of_exercise(paper, &["duration"]);
    paper.heading(capital(words.objectives));
    if material.scenario.objective.is_empty() {
        material.no_objectives(paper, words);
        return;
    }
    let mut table = Table::new(&[("No.", 7), (&*capital(words.objective), 55), ("Served by", 38)]);
    let mut idle = Vec::new();
    for (position, name, objective) in material.objectives() {
        let serving = material.serving(injects, name);
        if serving.is_empty() {
            idle.push(name);
        }
        let numbers: Vec<&str> = serving.iter().map(|numbered| numbered.number.as_str()).collect();
        let served = if numbers.is_empty() { "nothing yet".to_owned() } else { numbers.join(", ") };
        table.row([position.to_string().into(), (&*objective.title).into(), served.into()]);
    }
    paper.table(table);
    if !idle.is_empty() {
        let names: Vec<String> = idle.iter().map(|name| format!("\"{name}\"")).collect();
        paper.missing(
            &format!("No {} serves {}.", words.inject, plural(idle.len() as u64, "objective")),
            &format!("[inject.NAME] objective = [{}]", names.join(", ")),
        );
    }
}

fn findings(material: &Material<'_>, paper: &mut Paper) {
    paper.section("What simulated runs showed");
    if material.feared.is_empty() {
        paper.missing("It names nothing that is feared.", "[contingency.NAME] title = …, when = …");
        return;
    }
    paper.words(format!(
        "Shares of {} of plan {}, each with its 95 % interval; the interval is wide where runs are few, and says nothing of whether the \
         assumptions are right.",
        plural(material.runs, "simulated run"),
        material.plan_title(),
    ));
    let mut table = Table::new(&[
        ("What was feared", 36),
        ("Share of runs", 21),
        ("Half by", 18),
        ("One in ten by, nine in ten by", 25),
    ]);
    for (title, happening) in material.contingencies() {
        let (median, between) = material.moments(happening.offset).unwrap_or_default();
        table.row([title.into(), odds(happening.share).into(), median.into(), between.into()]);
    }
    paper.table(table);
    if material.scenario.plan.len() > 1 {
        paper.words(
            Text::from("For the other plans, make the papers with ")
                .and_code("--plan NAME")
                .and(", or compare them with ")
                .and_code("canvass compare")
                .and("."),
        );
    }
}

fn running_order(material: &Material<'_>, words: &Words, injects: &[Numbered<'_>], paper: &mut Paper) {
    paper.turn();
    paper.section(words.events_list);
    if injects.is_empty() {
        paper.missing(
            &format!("It has no {}: there is nothing to give to {}.", words.injects, words.players),
            "[inject.NAME] title = …, at = …, to = […], text = …, expected = …",
        );
        paper.turn();
        return;
    }
    paper.words(format!(
        "Times are those of the story. Where one waits for something, the time is that of half of the runs in which it was given, with \
         that of one in ten and nine in ten. A number with a letter is a {}.",
        words.contingency_inject
    ));
    let mut table = Table::new(&[
        ("No.", 6),
        ("When", 15),
        (&*capital(words.inject), 22),
        ("To", 18),
        ("How", 9),
        ("Given by", 11),
        ("Share of runs", 11),
        ("Given at", 9),
    ]);
    for numbered in injects {
        table.row([
            numbered.number.clone().into(),
            material.when_given(numbered).into(),
            (&*numbered.inject.title).into(),
            whom(numbered, material, words).into(),
            numbered.inject.method.map(|how| method(how, words)).unwrap_or_default().into(),
            numbered.inject.controller.clone().unwrap_or_default().into(),
            numbered.seen.map(|seen| odds(seen.share)).unwrap_or_default().into(),
            Text::default(),
        ]);
    }
    paper.table(table);
    lacking(words, injects, paper);
    paper.turn();
}

/// What injects do not say, key by key.
fn lacking(words: &Words, injects: &[Numbered<'_>], paper: &mut Paper) {
    let lacks = |inject: &Inject, key: &str| match key {
        "text" => inject.text.is_none(),
        "expected" => inject.expected.is_none(),
        "to" => inject.to.is_empty(),
        "from" => inject.from.is_none(),
        "method" => inject.method.is_none(),
        _ => inject.controller.is_none(),
    };
    for key in ["text", "expected", "to", "from", "method", "controller"] {
        let names: Vec<&str> =
            injects.iter().filter(|numbered| lacks(numbered.inject, key)).map(|numbered| numbered.name).collect();
        if let Some(first) = names.first() {
            let what = match names.len() {
                1 => format!("One {} has no {key}.", words.inject),
                n => format!("{n} {} have no {key}: {}.", words.injects, names.join(", ")),
            };
            paper.missing(&what, &format!("[inject.{first}] {key} = …"));
        }
    }
}

fn branches(words: &Words, injects: &[Numbered<'_>], paper: &mut Paper) {
    paper.section("Where the story may branch");
    let branches: Vec<&Numbered<'_>> = injects.iter().filter(|numbered| numbered.is_contingent()).collect();
    if branches.is_empty() {
        paper.missing(
            &format!(
                "It has no {}, so what {} do changes nothing of what they are given.",
                words.contingency_injects, words.players
            ),
            "[inject.NAME] branch-of = \"OTHER\", when = …",
        );
        return;
    }
    paper.words(format!(
        "A {} is given only if the story takes its branch. The condition is what the simulation waits for; in the room you judge \
         whether what the {} did or left undone comes to the same. The share is of those runs in which the one before was given.",
        words.contingency_inject, words.players,
    ));
    let mut table = Table::new(&[
        ("No.", 8),
        (&*capital(words.contingency_inject), 28),
        ("Given once", 28),
        ("Share of runs", 18),
        ("After the one before", 18),
    ]);
    for numbered in &branches {
        let behind = numbered.seen.and_then(|seen| seen.behind.as_ref());
        table.row([
            numbered.number.clone().into(),
            (&*numbered.inject.title).into(),
            condition(numbered),
            behind.map(|behind| odds(behind.share)).unwrap_or_default().into(),
            behind.and_then(|behind| behind.offset).map(apart).unwrap_or_else(|| "in no run".to_owned()).into(),
        ]);
    }
    paper.table(table);
    let never: Vec<&str> = branches
        .iter()
        .filter(|numbered| numbered.seen.is_some_and(|seen| seen.share.hits == 0))
        .map(|numbered| numbered.number.as_str())
        .collect();
    if !never.is_empty() {
        paper.words(format!(
            "No run took the branch of {}. Have it ready all the same, or ask whether its condition can come about.",
            never.join(", ")
        ));
    }
}

/// `25 min (10 min to 1.5 h)`.
fn apart(spread: Spread) -> String {
    let [p10, median, p90] = [spread.p10, spread.median, spread.p90].map(|span| match span.hours() {
        0.0 => "at once".to_owned(),
        later => hours(later),
    });
    if p10 == p90 { median } else { format!("{median} ({p10} to {p90})") }
}

/// What an inject waits for, as it was written.
fn condition(numbered: &Numbered<'_>) -> Text {
    let inject = numbered.inject;
    let mut text = Text::default();
    if let Some(when) = &inject.when {
        text = text.and_code(&*when.0.text);
    }
    if let Some(hold) = &inject.hold {
        text = text.and(format!(" for {}", hold.written));
    }
    match &inject.chance {
        Some(chance) => text.and(format!(" (by a chance of {})", chance.describe())),
        None => text,
    }
}

fn cards(material: &Material<'_>, words: &Words, injects: &[Numbered<'_>], paper: &mut Paper) {
    if injects.is_empty() {
        return;
    }
    paper.section_on_new_page(&format!("{} one by one", capital(words.injects)));
    for numbered in injects {
        let inject = numbered.inject;
        let branch = if numbered.is_contingent() { format!(" ({})", words.contingency_inject) } else { String::new() };
        paper.heading(format!("{}  {}{branch}", numbered.number, inject.title));
        let mut facts = Table::facts();
        facts.fact("When", material.when_given(numbered));
        if inject.when.is_some() {
            facts.fact("Given once", condition(numbered));
        }
        facts.fact("To", whom(numbered, material, words));
        if let Some(from) = &inject.from {
            facts.fact("From (simulated)", &**from);
        }
        if let Some(how) = inject.method {
            facts.fact("How", method(how, words));
        }
        if let Some(controller) = &inject.controller {
            facts.fact("Given by", &**controller);
        }
        let served: Vec<String> = material
            .objectives()
            .filter(|(_, name, _)| inject.objective.iter().any(|own| own == name))
            .map(|(position, _, objective)| format!("{position}. {}", objective.title))
            .collect();
        if !served.is_empty() {
            facts.fact(capital(words.objectives), served.join("\n"));
        }
        if let Some(track) = &inject.track {
            facts.fact("Storyline", &**track);
        }
        if let Some(seen) = numbered.seen {
            facts.fact("Share of simulated runs", odds(seen.share));
        }
        paper.table(facts);
        if let Some(text) = &inject.text {
            paper.add(Block::Box(Tone::Aloud, vec![Text::from(&**text)]));
        }
        let follow: Vec<Text> = injects
            .iter()
            .filter(|other| other.inject.branch_of.as_deref() == Some(numbered.name))
            .map(|other| Text::from(format!("{}, {}", other.number, other.inject.title)))
            .collect();
        let mut after = Table::facts();
        if let Some(expected) = &inject.expected {
            after.fact("What is expected", &**expected);
        }
        if let Some(because) = &inject.because {
            after.fact("Why it matters", &**because);
        }
        if !follow.is_empty() {
            after.fact_of("May be followed by", follow);
        }
        after.row_to_write([Text::strong("Given at; decision, by whom, why"), Text::default()], 2);
        paper.table(after);
    }
}

fn one_run(material: &Material<'_>, words: &Words, paper: &mut Paper) {
    paper.section_on_new_page("One run from beginning to end");
    let Some(exemplar) = &material.exemplar else {
        paper.words("No run was finished, so there is none to tell.");
        return;
    };
    paper.words(format!(
        "How the story may go if nobody at the table changes it. It is one of {}; use it to fill the gaps between {}, not as \
         what must happen. {}",
        plural(material.runs, "run"),
        words.injects,
        exemplar.why,
    ));
    let all: Vec<&Entry> = material.story.iter().filter(|entry| entry.story).collect();
    let told = within(all.clone(), MOST_LINES);
    if told.is_empty() {
        paper.words("Nothing happens in it.");
        return;
    }
    let reasons = told.iter().any(|entry| entry.because.is_some());
    let columns = [("No.", 7), ("When", 20), ("What happens", 43), ("Why", 30)];
    let mut table = Table::new(if reasons { &columns } else { &columns[..3] });
    for (position, entry) in told.iter().enumerate() {
        let mut cells: Vec<Text> =
            vec![(position + 1).to_string().into(), material.clock(entry.time.0).into(), entry.text.as_str().into()];
        if reasons {
            cells.push(entry.because.clone().unwrap_or_default().into());
        }
        table.push(cells.into_iter().map(|cell| vec![cell]).collect(), 0);
    }
    paper.table(table);
    if told.len() < all.len() {
        paper.words(format!(
            "{} more lines are left out here: what was told before, dates of the calendar, and, if need be, the end.",
            count((all.len() - told.len()) as u64)
        ));
    }
    let command = format!(
        "canvass run {}.toml --plan {} --seed {} --run {}",
        material.id, material.plan, material.seed, exemplar.run
    );
    paper.words(Text::from("It can be told again with ").and_code(command).and("."));
}

/// At most so many lines of a story: repetitions go first, then dates that stand in the calendar, then the end.
fn within(mut told: Vec<&Entry>, most: usize) -> Vec<&Entry> {
    if told.len() > most {
        let mut known = BTreeSet::new();
        told.retain(|entry| known.insert(entry.text.as_str()));
    }
    if told.len() > most {
        told.retain(|entry| entry.process != "milestone");
    }
    told.truncate(most);
    told
}

fn leading(material: &Material<'_>, words: &Words, injects: &[Numbered<'_>], paper: &mut Paper) {
    paper.section("Leading the talk");
    paper.heading(format!("Before {}", words.startex));
    paper.bullets([
        format!(
            "Give out the {}; keep this paper, and the {}s, from the {}.",
            words.situation_manual, words.evaluation_guide, words.players
        ),
        format!(
            "Go through the list of {} with the {}: who gives what, by which means, and who says “stop”.",
            words.injects, words.controllers
        ),
        format!(
            "See that each {} can decide: somebody who may, or may telephone somebody who may.",
            words.organisation
        ),
        "Choose the word that stops the exercise for a real emergency, and say it aloud at the beginning.".to_owned(),
    ]);
    paper.heading("To open");
    let first = material.scenario.scenario.title.clone();
    paper.add(Block::Box(
        Tone::Aloud,
        vec![
            format!(
                "Welcome to “{first}”. Everything we talk about today is made up. Nobody is tested; our plans are. There is no trick: the \
                 story is there to be talked about."
            )
            .into(),
            format!(
                "It is {}. Answer as you would in your own post, with what you know at this moment. Say decisions aloud, and say what \
                 they rest on. “No play” means that something is real. {}.",
                material.beginning(),
                words.startex,
            )
            .into(),
        ],
    ));
    paper.heading(format!("After each {}", words.inject));
    paper.add(Block::Steps(vec![
        "Read it aloud, or have it given as the list says. Wait: silence is work.".into(),
        "Ask whom it reaches first, what is known, and who decides.".into(),
        "Ask for the decision, its owner, and its reason; write down all three with the time.".into(),
        "Ask who must be told, and what the public hears.".into(),
        format!(
            "Choose what comes next: the next number, or a {} if the story took its branch.",
            words.contingency_inject
        )
        .into(),
    ]));
    let asking: Vec<_> = material.objectives().filter(|(_, _, objective)| !objective.questions.is_empty()).collect();
    if !asking.is_empty() {
        paper.heading("Questions by objective");
        for (position, _, objective) in asking {
            paper.subheading(format!("{position}. {}", objective.title));
            paper.bullets(objective.questions.iter().map(String::as_str));
        }
    }
    paper.heading("If time runs short");
    let dispensable: Vec<String> = injects
        .iter()
        .filter(|numbered| !numbered.is_contingent() && numbered.inject.objective.is_empty())
        .map(|numbered| numbered.number.clone())
        .collect();
    if dispensable.is_empty() || dispensable.len() == injects.len() {
        paper.words(format!(
            "Leave out {} first; then those whose {} another one serves as well.",
            words.contingency_injects, words.objective
        ));
    } else {
        paper.words(format!("Leave out {} first: they serve no {}.", dispensable.join(", "), words.objective));
    }
    paper.heading(format!("To close: {} and {}", words.endex, words.hot_wash));
    paper.words(format!(
        "Say {} aloud and ask everybody to write for two minutes before anybody speaks. Then go through the paper for the {}, \
         and collect the {}s and the {}s before people leave.",
        words.endex, words.hot_wash, words.evaluation_guide, words.feedback,
    ));
}
