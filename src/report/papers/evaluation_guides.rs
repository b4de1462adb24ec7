//! The sheets for those who watch: one an objective, from objective to capability, target, tasks, observations and rating.

use super::material::{Material, empty_rows, rating_boxes, ratings};
use super::paper::{Block, Paper, Table, Text};
use super::vocabulary::{Words, capital};
use crate::report::script::Numbered;

/// Rows for observations on each sheet.
const OBSERVATIONS: usize = 6;

/// The sheets for those who watch.
pub(super) fn evaluation_guides(material: &Material<'_>, words: &Words) -> Paper {
    let about = &material.scenario.scenario;
    let kind = format!("{}s", words.evaluation_guide);
    let mut paper = Paper::new("evaluation-guides", &kind, &about.title, about.tlp, words.size);
    let what = Text::strong("What this is. ").and(format!(
        "One {} for each {}, for the {}: what to watch for, room to write down what was seen, and the rating. Each begins on a page of \
         its own and can be given out by itself.",
        words.evaluation_guide, words.objective, words.evaluators,
    ));
    let handling = format!("Not for {} before {}: it says what they are expected to do.", words.players, words.endex);
    material.about(&mut paper, what, &handling, &material.figures());
    paper.add(Block::Contents);
    how_to(words, &mut paper);
    if material.scenario.objective.is_empty() {
        material.no_objectives(&mut paper, words);
    }
    let injects = material.injects();
    for (position, name, _) in material.objectives() {
        guide(material, words, position, name, &injects, &mut paper);
    }
    paper
}

fn how_to(words: &Words, paper: &mut Paper) {
    paper.section("How to use it");
    paper.bullets([
        format!(
            "Read the {} and its {} before {}, and know the {} that serve it.",
            words.target, words.tasks, words.startex, words.injects
        ),
        "Write what you see and hear, with the time, who said it, and which plan it rests on. Judge later.".to_owned(),
        format!(
            "Note how long each {} took, and what helped or hindered. What was not said is an observation too.",
            words.task
        ),
        format!(
            "Rate each {} first, then the {}, then the {} as a whole. Give the reason beside the rating.",
            words.task, words.target, words.capability
        ),
        format!("Bring the sheet to the {}, and hand it in the same day.", words.hot_wash),
    ]);
    paper.heading("Ratings");
    paper.table(ratings(words));
}

fn guide(
    material: &Material<'_>,
    words: &Words,
    position: usize,
    name: &str,
    injects: &[Numbered<'_>],
    paper: &mut Paper,
) {
    let objective = &material.scenario.objective[name];
    paper.section_on_new_page(&format!("{} {position}: {}", capital(words.objective), objective.title));
    let mut facts = Table::facts();
    for (name, value) in [(words.capability, &objective.capability), (words.target, &objective.target)] {
        if let Some(value) = value {
            facts.fact(capital(name), &**value);
        }
    }
    let who = if objective.owner.is_empty() {
        format!("all {}", words.players)
    } else {
        material.responder_titles(&objective.owner)
    };
    facts.fact("Whom to watch", who);
    facts.fact(format!("{}, date, place", capital(words.evaluator)), "");
    paper.table(facts);
    let lacking: Vec<&str> =
        [("capability = …", objective.capability.is_none()), ("target = …", objective.target.is_none())]
            .iter()
            .filter(|(_, lacks)| *lacks)
            .map(|(key, _)| *key)
            .collect();
    if !lacking.is_empty() {
        paper.missing(
            "This objective does not say all that a rating rests on.",
            &format!("[objective.{name}] {}", lacking.join(", ")),
        );
    }

    let serving = material.serving(injects, name);
    paper.heading("What brings it about");
    if serving.is_empty() {
        paper.missing(
            &format!("No {} serves this {}.", words.inject, words.objective),
            &format!("[inject.NAME] objective = [\"{name}\"]"),
        );
    } else {
        let mut table =
            Table::new(&[("No.", 8), (&*capital(words.inject), 34), ("When", 22), ("What is expected", 36)]);
        for numbered in serving {
            table.row([
                numbered.number.clone().into(),
                (&*numbered.inject.title).into(),
                material.when_given(numbered).into(),
                numbered.inject.expected.clone().unwrap_or_default().into(),
            ]);
        }
        paper.table(table);
    }

    paper.heading(capital(words.tasks));
    if objective.tasks.is_empty() {
        paper.missing(&format!("It has no {}.", words.tasks), &format!("[objective.{name}] tasks = [\"…\"]"));
    } else {
        let mut table = Table::new(&[
            (&*capital(words.task), 34),
            ("What was seen, when, and why it is rated so", 44),
            ("Rating", 22),
        ]);
        for task in &objective.tasks {
            table.row_to_write([task.as_str().into(), Text::default(), rating_boxes()], 3);
        }
        paper.table(table);
    }

    paper.heading("Observations");
    let mut table = Table::new(&[("Time", 12), ("What was said or done, by whom", 68), (&*capital(words.inject), 20)]);
    empty_rows(&mut table, OBSERVATIONS, 2);
    paper.table(table);

    paper.heading("Rating");
    let mut table = Table::facts();
    table.push(vec![vec![Text::strong(capital(words.target))], vec![rating_boxes(), "Because:".into()]], 2);
    table.push(
        vec![
            vec![Text::strong(format!("{} as a whole", capital(words.capability)))],
            vec![rating_boxes(), "Because:".into()],
        ],
        3,
    );
    table.row_to_write([Text::strong("Strengths"), Text::default()], 2);
    table.row_to_write([Text::strong("Areas for improvement"), Text::default()], 2);
    paper.table(table);
    paper.table(ratings(words));
}
