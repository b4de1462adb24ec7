//! The paper for players: the exercise, who is who, and how it stands when it begins. It holds nothing of what comes: no later inject, no
//! branch, no odds, nothing that an adversary or a rumour does, and nothing that anybody is expected to do.

use super::material::{Material, short_forms};
use super::paper::{Block, Paper, Table, Text};
use super::vocabulary::{Words, capital};
use crate::report::words::number;
use crate::scenario::authority::{Authority, RULES, kind_in_words};
use crate::scenario::model::{Forum, Responder, ResponderKind};
use crate::scenario::{Hours, OpenHours, Value};
use std::collections::BTreeSet;

/// Questions that fit every exercise, in our words.
const STANDING: [&str; 6] = [
    "What do you know for certain, from whom, and what do you not know yet?",
    "Who decides what is done next, and who may stand in?",
    "Whom do you tell, by which channel, and how soon? Who tells you?",
    "What do you say in public within the next half hour, and who says it?",
    "Which plan, procedure or agreement covers this, and where is it at this moment?",
    "What if it is still so in six hours?",
];

/// The paper for players.
pub(super) fn situation_manual(material: &Material<'_>, words: &Words) -> Paper {
    let about = &material.scenario.scenario;
    let mut paper = Paper::new("situation-manual", words.situation_manual, &about.title, about.tlp, words.size);
    let what = Text::strong("What this is. ").and(format!(
        "The {} tells {} and {} what the exercise is about, who takes part, and how things stand when it begins. It does not tell \
         what happens then.",
        words.situation_manual, words.players, words.evaluators,
    ));
    let handling = format!("Give it to everybody who takes part, before {}.", words.startex);
    material.about(&mut paper, what, &handling, &material.no_figures());
    paper.add(Block::Contents);
    overview(material, words, &mut paper);
    rules(material, words, &mut paper);
    cast(material, words, &mut paper);
    opening(material, words, &mut paper);
    discussion(material, words, &mut paper);
    short_forms(words, &mut paper);
    paper
}

fn overview(material: &Material<'_>, words: &Words, paper: &mut Paper) {
    let exercise = &material.scenario.exercise;
    let about = &material.scenario.scenario;
    paper.section("The exercise");
    let mut facts = Table::facts();
    facts.fact("Name", &*about.title);
    facts.fact("Question", &*about.question);
    facts.fact("Date and place", "");
    facts.fact("Kind", "Discussion around a table");
    if let Some(duration) = &exercise.duration {
        facts.fact("Duration", duration.describe());
    }
    if let Some(scope) = &exercise.scope {
        facts.fact("Scope", &**scope);
    }
    facts.fact("Time in the story", format!("{}, and {} from then", material.beginning(), material.horizon()));
    facts.fact(
        capital(words.organisations),
        material.responders().map(|(title, _)| title).collect::<Vec<_>>().join("\n"),
    );
    if let Some(sponsor) = &exercise.sponsor {
        facts.fact("Sponsor", &**sponsor);
    }
    if let Some(contact) = &exercise.contact {
        facts.fact("Contact", &**contact);
    }
    paper.table(facts);
    material.missing_of_exercise(paper, &["sponsor", "contact", "scope", "duration"]);
    paper.heading(capital(words.objectives));
    if material.scenario.objective.is_empty() {
        material.no_objectives(paper, words);
        return;
    }
    let (capability, target) = (capital(words.capability), capital(words.target));
    let mut table = Table::new(&[("No.", 7), (&*capital(words.objective), 45), (&*capability, 20), (&*target, 28)]);
    for (position, _, objective) in material.objectives() {
        let text = |value: &Option<String>| Text::from(value.clone().unwrap_or_default());
        table.row([
            position.to_string().into(),
            (&*objective.title).into(),
            text(&objective.capability),
            text(&objective.target),
        ]);
    }
    paper.table(table);
}

fn rules(material: &Material<'_>, words: &Words, paper: &mut Paper) {
    paper.section("How it is played");
    let mut roles = Table::facts();
    roles.fact(
        capital(words.players),
        "Discuss and decide as they would in their own post, with the plans, people and means they really have.",
    );
    roles.fact(
        capital(words.facilitator),
        "Tells the story, asks, keeps the time, and sees to it that everybody is heard.",
    );
    roles.fact(
        capital(words.controllers),
        format!("Give the {}, and speak for everybody who is not in the room.", words.injects),
    );
    roles.fact(
        capital(words.evaluators),
        format!("Watch and write down what is said and decided, by the {}. They take no part.", words.evaluation_guide),
    );
    paper.table(roles);
    paper.heading("Ground rules");
    paper.bullets([
        "Nobody is tested: plans, agreements and means are. Different views are wanted.",
        "Answer from what you know at this moment of the story, not from what you guess the author meant.",
        "The story is plausible and made up. Do not fight it; note what you find odd, and go on.",
        "A decision counts when somebody who may take it has said it aloud.",
        "Everything said to the outside is said to the room. Nothing is sent to anybody who does not take part.",
        "For a real emergency say “no play”, and the exercise stops.",
    ]);
    paper.heading("What is taken as given");
    if material.scenario.exercise.assumptions.is_empty() {
        paper.missing("It does not say what is taken as given.", "[exercise] assumptions = [\"…\"]");
    } else {
        paper.bullets(material.scenario.exercise.assumptions.iter().map(String::as_str));
    }
}

fn cast(material: &Material<'_>, words: &Words, paper: &mut Paper) {
    paper.section("Who takes part, and what is in whose hands");
    if material.scenario.responder.is_empty() {
        paper.missing(&format!("It has no {}.", words.organisations), "[responder.NAME] kind = …, title = …");
        return;
    }
    let runs: Vec<Vec<String>> = material.scenario.responder.keys().map(|name| systems_of(material, name)).collect();
    let columns = [(&*capital(words.organisation), 34), ("Kind", 22), ("At work", 20), ("Runs", 24)];
    let anything = runs.iter().any(|systems| !systems.is_empty());
    let mut table = Table::new(if anything { &columns } else { &columns[..3] });
    for ((title, who), systems) in material.responders().zip(runs) {
        let kind = without_article(kind_in_words(who.kind).0);
        let mut cells = vec![vec![Text::strong(title)], vec![kind.into()], at_work(who)];
        if anything {
            cells.push(vec![systems.join(", ").into()]);
        }
        table.push(cells, 0);
    }
    paper.table(table);
    paper.heading("What is in whose hands");
    paper.words(
        "By its office each may do what few others may. This is a summary for an exercise, not a statement of the law. Speaking for \
         itself, and passing on what it knows, is open to everybody.",
    );
    let mut table = Table::new(&[("Kind", 26), ("May", 74)]);
    let kinds: BTreeSet<ResponderKind> = material.scenario.responder.values().map(|who| who.kind).collect();
    for kind in kinds {
        let deeds = in_its_hands(kind);
        if !deeds.is_empty() {
            table.row([capital(without_article(kind_in_words(kind).0)).into(), deeds.join(", ").into()]);
        }
    }
    if !table.rows.is_empty() {
        paper.table(table);
    }
    let links = &material.scenario.channel;
    if !links.is_empty() {
        paper.heading("Standing links");
        paper.words("By these, word reaches those who were not there.");
        let columns = [("From", 36), ("To", 44), ("They meet", 20)];
        let meetings = links.values().any(|link| link.forum != Forum::None);
        let mut table = Table::new(if meetings { &columns } else { &columns[..2] });
        for link in links.values() {
            let mut cells: Vec<Text> =
                vec![material.responder_title(&link.from).into(), material.responder_titles(&link.to).into()];
            if meetings {
                cells.push(meet(link.forum).into());
            }
            table.push(cells.into_iter().map(|cell| vec![cell]).collect(), 0);
        }
        paper.table(table);
    }
}

fn meet(forum: Forum) -> &'static str {
    match forum {
        Forum::None => "by agreement",
        Forum::Monthly => "every month",
        Forum::Weekly => "every week",
        Forum::Daily => "every day",
    }
}

fn without_article(words: &str) -> &str {
    words.strip_prefix("a ").or_else(|| words.strip_prefix("an ")).unwrap_or(words)
}

/// Systems that a responder runs, by their titles.
fn systems_of(material: &Material<'_>, responder: &str) -> Vec<String> {
    let own = material.scenario.asset.iter().filter(|(_, asset)| asset.owner.as_deref() == Some(responder));
    let systems = own.map(|(name, asset)| asset.title.clone().unwrap_or_else(|| name.clone()));
    let who = material.scenario.responder.get(responder);
    let platform = who.and_then(|who| who.platform.as_ref()).map(|name| {
        let platform = material.scenario.platform.get(name);
        platform.and_then(|platform| platform.title.clone()).unwrap_or_else(|| name.clone())
    });
    systems.chain(platform).collect()
}

/// What few besides a kind of responder may do.
fn in_its_hands(kind: ResponderKind) -> Vec<&'static str> {
    let may = |authority: &Authority| match authority {
        Authority::These(kinds) => kinds.contains(&kind),
        Authority::OwnerOr(kinds) => kinds.contains(&kind),
        Authority::RunsThePlatform => kind == ResponderKind::Platform,
        Authority::Everybody | Authority::NotThese(_) | Authority::Nobody => false,
    };
    RULES.iter().filter(|rule| may(&rule.authority)).map(|rule| rule.deed).collect()
}

fn at_work(who: &Responder) -> Vec<Text> {
    let mut lines = match &who.hours {
        Hours::Always => vec![Text::from("day and night")],
        Hours::Weekly(weekly) => weekly.iter().map(|open| Text::from(open_hours(open))).collect(),
    };
    if let Some(Value::Fixed(staff)) = who.staff.as_ref().map(|staff| &staff.value) {
        lines.push(format!("{} tasks at once", number(*staff)).into());
    }
    lines
}

/// `Mon to Fri 08:00 to 18:00`.
fn open_hours(open: &OpenHours) -> String {
    const NAMES: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let mut spells: Vec<(usize, usize)> = Vec::new();
    for day in (0..7).filter(|&day| open.days[day]) {
        match spells.last_mut() {
            Some((_, last)) if *last + 1 == day => *last = day,
            _ => spells.push((day, day)),
        }
    }
    let spell = |(first, last): &(usize, usize)| match last - first {
        0 => NAMES[*first].to_owned(),
        _ => format!("{} to {}", NAMES[*first], NAMES[*last]),
    };
    let days: Vec<String> = spells.iter().map(spell).collect();
    let clock = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    format!("{} {} to {}", days.join(", "), clock(open.from), clock(open.until))
}

fn opening(material: &Material<'_>, words: &Words, paper: &mut Paper) {
    let scenario = material.scenario;
    paper.section(&format!("{}: how things stand at {}", capital(words.opening), words.startex));
    paper.words(format!(
        "It is {}. The story goes on for {} of its own time.",
        material.beginning(),
        material.horizon()
    ));
    let title = |name: &String, title: &Option<String>| title.clone().unwrap_or_else(|| name.clone());
    let contests: Vec<String> = scenario.contest.iter().map(|(name, contest)| title(name, &contest.title)).collect();
    let places: Vec<String> = scenario.jurisdiction.iter().map(|(name, place)| title(name, &place.title)).collect();
    let systems: Vec<String> = scenario.asset.iter().map(|(name, asset)| title(name, &asset.title)).collect();
    let platforms: Vec<String> = scenario.platform.iter().map(|(name, on)| title(name, &on.title)).collect();
    let mut facts = Table::facts();
    for (name, all) in [
        ("What is voted on", contests),
        ("Where it is counted", places),
        ("Systems in use", systems),
        ("Where people talk", platforms),
    ] {
        if !all.is_empty() {
            facts.fact(name, listed(&all));
        }
    }
    if !facts.rows.is_empty() {
        paper.table(facts);
    }
    let mut dates: Vec<(i64, String)> = scenario
        .milestone
        .iter()
        .filter_map(|(name, milestone)| Some((material.fixed(&milestone.at)?, title(name, &milestone.title))))
        .filter(|(at, _)| *at >= 0)
        .collect();
    dates.sort();
    if !dates.is_empty() {
        paper.heading("The calendar");
        let mut table = Table::new(&[("When", 28), ("What", 72)]);
        for (at, what) in dates {
            table.row([material.clock(at).into(), what.into()]);
        }
        paper.table(table);
    }
    let first: Vec<_> = material.injects().into_iter().filter(|numbered| material.opens(numbered.inject)).collect();
    for numbered in &first {
        paper.heading(&*numbered.inject.title);
        if let Some(text) = &numbered.inject.text {
            paper.words(&**text);
        }
    }
    if first.is_empty() {
        paper.missing(
            &format!("Nothing is told to {} at {}.", words.players, words.startex),
            "[inject.NAME] title = …, at = \"start\", text = …",
        );
    }
}

/// Names in one line, or the first of very many.
fn listed(names: &[String]) -> String {
    const MOST: usize = 12;
    match names.len().checked_sub(MOST) {
        None | Some(0) => names.join(", "),
        Some(more) => format!("{}, and {more} more", names[..MOST].join(", ")),
    }
}

fn discussion(material: &Material<'_>, words: &Words, paper: &mut Paper) {
    paper.section("What to discuss");
    paper.words(format!(
        "The {} picks from these as the story goes on. There is room for your notes.",
        words.facilitator
    ));
    for (position, _, objective) in material.objectives().filter(|(_, _, objective)| !objective.questions.is_empty()) {
        paper.heading(format!("{} {position}: {}", capital(words.objective), objective.title));
        for question in &objective.questions {
            paper.ask(question.as_str(), 2);
        }
    }
    paper.heading(format!("After every {}", words.inject));
    for question in STANDING {
        paper.ask(question, 2);
    }
    if material.scenario.objective.values().all(|objective| objective.questions.is_empty()) {
        paper.missing("It has no questions of its own.", "[objective.NAME] questions = [\"…\"]");
    }
}
