//! The report on the exercise, and what will be done: filled in as far as the scenario and its runs go.

use super::material::{Material, empty_rows, rating_boxes, ratings, short_forms, whom};
use super::paper::{Block, Paper, Table, Text};
use super::vocabulary::{Words, capital};
use crate::report::words::plural;

/// The report on the exercise.
pub(super) fn after_action(material: &Material<'_>, words: &Words) -> Paper {
    let about = &material.scenario.scenario;
    let kind = format!("{} and {}", words.report, words.plan);
    let mut paper = Paper::new("after-action-report", &kind, &about.title, about.tlp, words.size);
    let what = Text::strong("What this is. ").and(format!(
        "The skeleton of the {} for whoever led the exercise. What the scenario knows is filled in; the rest is to be written from the {}s, \
         the {} and the {}s.",
        words.report,
        words.evaluation_guide,
        words.hot_wash,
        words.feedback,
    ));
    let handling = format!("Draft until every {} has agreed to what is said of it.", words.organisation);
    material.about(&mut paper, what, &handling, &material.figures());
    paper.add(Block::Contents);

    paper.section("Summary");
    paper.words("In half a page: why it was held, what was found, and the three things that matter most.");
    paper.add(Block::Lines(5));
    paper.heading("Major strengths");
    paper.add(Block::Lines(3));
    paper.heading("Primary areas for improvement");
    paper.add(Block::Lines(3));

    overview(material, words, &mut paper);
    design(material, words, &mut paper);
    analysis(material, words, &mut paper);
    conclusion(words, &mut paper);
    improvement(material, words, &mut paper);
    events(material, words, &mut paper);
    paper.appendix("Feedback of participants");
    paper.words(format!("Counted from the {}s.", words.feedback));
    let mut table = Table::new(&[("Statement", 55), ("How many answered", 20), ("Mean (1 to 5)", 25)]);
    empty_rows(&mut table, 6, 1);
    paper.table(table);
    paper.heading("What they said");
    paper.add(Block::Lines(4));
    paper.heading(capital(words.lessons));
    paper.words("What others could learn from this, apart from us.");
    paper.add(Block::Lines(4));
    short_forms(words, &mut paper);
    paper
}

fn overview(material: &Material<'_>, words: &Words, paper: &mut Paper) {
    let (about, exercise) = (&material.scenario.scenario, &material.scenario.exercise);
    paper.section("Overview of the exercise");
    let mut facts = Table::facts();
    facts.fact("Name", &*about.title);
    facts.fact("Question", &*about.question);
    facts.fact("Date and place", "");
    for (name, value) in [("Sponsor", &exercise.sponsor), ("Contact", &exercise.contact), ("Scope", &exercise.scope)] {
        if let Some(value) = value {
            facts.fact(name, &**value);
        }
    }
    if let Some(duration) = &exercise.duration {
        facts.fact("Duration", duration.describe());
    }
    let all: Vec<String> = material.responders().map(|(title, _)| title).collect();
    facts.fact(capital(words.organisations), all.join("\n"));
    facts.fact(
        "Number of participants",
        format!("{}:      {}:      {}:", capital(words.players), words.controllers, words.evaluators),
    );
    paper.table(facts);
    material.missing_of_exercise(paper, &["sponsor", "contact", "scope", "duration"]);
}

fn design(material: &Material<'_>, words: &Words, paper: &mut Paper) {
    let about = &material.scenario.scenario;
    paper.section("How it was designed");
    paper.words(format!(
        "The story begins on {} and covers {}. It has {}, of which {} are {}. Before the exercise it was played in {} of plan {}.",
        material.beginning(),
        material.horizon(),
        plural_of(material.injects().len(), words),
        material.injects().iter().filter(|numbered| numbered.is_contingent()).count(),
        words.contingency_injects,
        plural(material.runs, "simulated run"),
        material.plan_title(),
    ));
    if !about.sources.is_empty() {
        paper.heading("Where the story comes from");
        paper.bullets(about.sources.iter().map(String::as_str));
    }
    paper.heading("What was feared, and what was played");
    if material.feared.is_empty() {
        paper.missing("It names nothing that is feared.", "[contingency.NAME] title = …, when = …");
    } else {
        paper.table(material.feared_and_played());
    }
}

fn plural_of(injects: usize, words: &Words) -> String {
    format!("{injects} {}", if injects == 1 { words.inject } else { words.injects })
}

fn analysis(material: &Material<'_>, words: &Words, paper: &mut Paper) {
    paper.section(&format!("What was found, by {}", words.capability));
    if material.scenario.objective.is_empty() {
        material.no_objectives(paper, words);
        return;
    }
    let mut table = Table::new(&[(&*capital(words.objective), 42), (&*capital(words.capability), 28), ("Rating", 30)]);
    for (position, _, objective) in material.objectives() {
        table.row([
            format!("{position}. {}", objective.title).into(),
            objective.capability.clone().unwrap_or_default().into(),
            rating_boxes(),
        ]);
    }
    paper.table(table);
    paper.table(ratings(words));
    for (position, _, objective) in material.objectives() {
        paper.heading(format!("{position}. {}", objective.title));
        let mut facts = Table::facts();
        for (name, value) in [(words.capability, &objective.capability), (words.target, &objective.target)] {
            if let Some(value) = value {
                facts.fact(capital(name), &**value);
            }
        }
        if !objective.tasks.is_empty() {
            facts.fact_of(capital(words.tasks), objective.tasks.iter().map(|task| Text::from(task.as_str())).collect());
        }
        facts.row_to_write([Text::strong("Strengths"), Text::default()], 3);
        facts.row_to_write([Text::strong("Areas for improvement"), Text::default()], 3);
        facts.row_to_write([Text::strong("Plan or rule it refers to"), Text::default()], 1);
        facts.row_to_write([Text::strong("Analysis: why it came so"), Text::default()], 3);
        paper.table(facts);
    }
}

fn conclusion(words: &Words, paper: &mut Paper) {
    paper.section("Conclusion");
    paper.words(format!(
        "What the {} will do, who watches over it, and when it is exercised again.",
        words.organisations
    ));
    paper.add(Block::Lines(5));
}

fn improvement(material: &Material<'_>, words: &Words, paper: &mut Paper) {
    paper.turn();
    paper.appendix(words.plan);
    if material.scenario.objective.is_empty() {
        material.no_objectives(paper, words);
        paper.turn();
        return;
    }
    paper.words(format!(
        "One row for each {}: what is weak, what will be done, of which kind it is, who sees to it, and from when to when. {}",
        words.action,
        "A row without a name and a date is a wish.",
    ));
    let mut table = Table::new(&[
        (&*format!("{} ({})", capital(words.objective), words.capability), 16),
        ("Area for improvement", 15),
        (&*capital(words.action), 17),
        (&*capital(words.element), 14),
        (&*capital(words.owner), 13),
        ("Contact", 8),
        ("Start", 7),
        ("Completion", 11),
    ]);
    for (position, _, objective) in material.objectives() {
        for row in 0..2 {
            let mut head = vec![Text::strong(format!("{position}. ")).and(&*objective.title)];
            head.extend(objective.capability.as_ref().filter(|_| row == 0).map(|capability| Text::from(&**capability)));
            let elements = words.elements.iter().fold(Text::default(), |all, element| all.and_tick(element).and("  "));
            let blank = || vec![Text::default()];
            table.push(vec![head, blank(), blank(), vec![elements], blank(), blank(), blank(), blank()], 3);
        }
    }
    paper.table(table);
    paper.turn();
}

fn events(material: &Material<'_>, words: &Words, paper: &mut Paper) {
    paper.appendix("What was given, and what was done");
    let injects = material.injects();
    if injects.is_empty() {
        paper.missing(
            &format!("It has no {}.", words.injects),
            "[inject.NAME] title = …, at = …, text = …, expected = …",
        );
        return;
    }
    let mut table = Table::new(&[
        ("No.", 8),
        (&*capital(words.inject), 30),
        ("To", 18),
        ("Planned", 18),
        ("Given at", 10),
        ("What was done", 16),
    ]);
    for numbered in &injects {
        table.row([
            numbered.number.clone().into(),
            (&*numbered.inject.title).into(),
            whom(numbered, material, words).into(),
            material.when_given(numbered).into(),
            Text::default(),
            Text::default(),
        ]);
    }
    paper.table(table);
}
