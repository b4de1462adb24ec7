//! The form for those who took part.

use super::material::{Material, empty_rows};
use super::paper::{Block, Paper, Table, Text};
use super::vocabulary::{Words, capital};

/// The form for those who took part.
pub(super) fn feedback(material: &Material<'_>, words: &Words) -> Paper {
    let about = &material.scenario.scenario;
    let mut paper = Paper::new("participant-feedback", words.feedback, &about.title, about.tlp, words.size);
    let what = Text::strong("What this is. ").and(format!(
        "A form for everybody who took part, to fill in after the {}. It takes ten minutes. You need not give your name.",
        words.hot_wash
    ));
    material.about(&mut paper, what, "Give it back before you leave.", &material.no_figures());
    let mut facts = Table::facts();
    facts.fact(format!("Name (optional), {}", words.organisation), "");
    let role = Text::tick(&capital(words.player))
        .and("   ")
        .and_tick(&capital(words.facilitator))
        .and("   ")
        .and_tick(&capital(words.controller))
        .and("   ")
        .and_tick(&capital(words.evaluator))
        .and("   ")
        .and_tick("Guest");
    facts.fact("I took part as", role);
    paper.table(facts);

    paper.section("How far do you agree?");
    paper.words("1 stands for “not at all” and 5 for “entirely”.");
    let mut table = Table::new(&[("Statement", 65), ("1", 7), ("2", 7), ("3", 7), ("4", 7), ("5", 7)]);
    let fixed = [
        "What I was given beforehand prepared me for my part.".to_owned(),
        "The story was plausible for us.".to_owned(),
        format!("The right people and {} were in the room.", words.organisations),
        "The pace left time to think, and none to doze.".to_owned(),
        "I could say what I had to say, and was heard.".to_owned(),
        "I know better now what others can do and what they cannot.".to_owned(),
        "I know which of our plans I would change tomorrow.".to_owned(),
    ];
    let own = material
        .objectives()
        .map(|(_, _, objective)| format!("We are better prepared for this now: {}", objective.title));
    for statement in fixed.into_iter().chain(own) {
        let tick = || Text::tick("");
        table.row([statement.into(), tick(), tick(), tick(), tick(), tick()]);
    }
    paper.table(table);
    if material.scenario.objective.is_empty() {
        paper.missing(&format!("It has no {} to ask about.", words.objectives), "[objective.NAME] title = …");
    }

    paper.section("What we did well");
    paper.add(Block::Lines(4));
    paper.section("What we should do next");
    let mut table = Table::new(&[("What", 50), ("Why", 30), ("Who could do it", 20)]);
    empty_rows(&mut table, 4, 2);
    paper.table(table);
    paper.section("What would make the next exercise better");
    paper.add(Block::Lines(4));
    paper
}
