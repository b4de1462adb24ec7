//! The talk right after the exercise: questions, room for notes, and what the runs showed to hold against what was played.

use super::material::{Material, empty_rows};
use super::paper::{Paper, Table, Text};
use super::vocabulary::{Words, capital};

/// The paper for the talk right after the exercise.
pub(super) fn hot_wash(material: &Material<'_>, words: &Words) -> Paper {
    let about = &material.scenario.scenario;
    let mut paper = Paper::new("hot-wash", words.hot_wash, &about.title, about.tlp, words.size);
    let what = Text::strong("What this is. ").and(format!(
        "Questions for the talk that the {} leads right after {}, while everybody still knows what happened. Half an hour is enough.",
        words.facilitator, words.endex,
    ));
    let handling = format!(
        "For the {} and whoever takes notes; not for {} before {}.",
        words.facilitator, words.players, words.endex
    );
    material.about(&mut paper, what, &handling, &material.figures());
    let mut facts = Table::facts();
    facts.fact("Date, place, led by", "");
    facts.fact("Notes taken by", "");
    paper.table(facts);

    paper.section("To begin with");
    paper.words("One round: each in one sentence, the youngest in office first, the leader last.");
    for question in [
        "What did we do well that we should always do?",
        "What surprised us?",
        "What would have gone wrong on a real day, and who would have noticed first?",
    ] {
        paper.ask(question, 3);
    }

    paper.section(&format!("By {}", words.objective));
    if material.scenario.objective.is_empty() {
        material.no_objectives(&mut paper, words);
    }
    for (position, _, objective) in material.objectives() {
        paper.heading(format!("{position}. {}", objective.title));
        if let Some(target) = &objective.target {
            paper.words(Text::strong(format!("{}: ", capital(words.target))).and(&**target));
        }
        paper.ask("Was it reached? How do we know?", 2);
        paper.ask("Which plan, person, tool or agreement made the difference, or was missing?", 2);
    }

    paper.section("Between us");
    for question in [
        "What did one of us know that another needed, and when did it arrive?",
        "Where was it unclear who decides?",
        "What did the public hear from us, and did it hear the same from all of us?",
    ] {
        paper.ask(question, 3);
    }

    paper.section("What was feared, and what was played");
    if material.feared.is_empty() {
        paper.missing("It names nothing that is feared.", "[contingency.NAME] title = …, when = …");
    } else {
        paper.words(format!(
            "How often each came about in {} of plan {}, and whether it did in the room. What was rare there and happened here is worth \
             a minute; so is what was common there and was prevented here.",
            crate::report::words::plural(material.runs, "simulated run"),
            material.plan_title(),
        ));
        paper.table(material.feared_and_played());
    }

    paper.section("What follows");
    paper.words(format!("What is written here goes into the {}.", words.plan));
    let mut table = Table::new(&[
        ("Keep, or change", 46),
        (&*capital(words.element), 20),
        ("Who takes it on", 20),
        ("By when", 14),
    ]);
    empty_rows(&mut table, 6, 2);
    paper.table(table);
    paper
}
