//! What things are called where exercises are run: one table of words for each school.
//!
//! Sources: Homeland Security Exercise and Evaluation Program (FEMA, 2020) for `hseep`; Bi-SC Collective Training and Exercise Directive
//! 075-003 (NATO, 2013) for `nato`; Exercising Best Practice Guidance (Cabinet Office, 2024) and The Exercise Planners Guide (Home Office,
//! 1998) for `uk`; Managing Exercises, handbook 3 (Australian Institute for Disaster Resilience, 2012) for `au`.

use super::paper::Size;

/// The school whose words the papers use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vocabulary {
    /// Homeland Security Exercise and Evaluation Program, United States.
    Hseep,
    /// North Atlantic Treaty Organisation.
    Nato,
    /// United Kingdom.
    Uk,
    /// Australia and New Zealand.
    Au,
}

/// What things are called, as they stand within a sentence.
#[derive(Debug)]
pub(super) struct Words {
    /// The paper papers are printed on.
    pub(super) size: Size,
    /// The paper for players.
    pub(super) situation_manual: &'static str,
    /// The paper for whoever leads the exercise.
    pub(super) facilitator_guide: &'static str,
    /// The paper for whoever watches and rates.
    pub(super) evaluation_guide: &'static str,
    /// The talk right after the exercise.
    pub(super) hot_wash: &'static str,
    /// The form for those who took part.
    pub(super) feedback: &'static str,
    /// The report on the exercise.
    pub(super) report: &'static str,
    /// Its part with what will be done.
    pub(super) plan: &'static str,
    /// The list of everything that is given to players.
    pub(super) events_list: &'static str,
    /// What is given to players.
    pub(super) inject: &'static str,
    /// Several of them.
    pub(super) injects: &'static str,
    /// What is given to players on a branch only.
    pub(super) contingency_inject: &'static str,
    /// Several of them.
    pub(super) contingency_injects: &'static str,
    /// The situation that players are told at the beginning.
    pub(super) opening: &'static str,
    /// The beginning of the exercise.
    pub(super) startex: &'static str,
    /// Its end.
    pub(super) endex: &'static str,
    /// One who plays.
    pub(super) player: &'static str,
    /// Those who play.
    pub(super) players: &'static str,
    /// Whoever leads the discussion.
    pub(super) facilitator: &'static str,
    /// Those who give what is scripted.
    pub(super) controllers: &'static str,
    /// One of them.
    pub(super) controller: &'static str,
    /// Those who run the exercise together, and speak for everybody who is not there.
    pub(super) control: &'static str,
    /// Those who watch and rate.
    pub(super) evaluators: &'static str,
    /// One of them.
    pub(super) evaluator: &'static str,
    /// What the exercise is to show.
    pub(super) objective: &'static str,
    /// Several of them.
    pub(super) objectives: &'static str,
    /// What an objective is about.
    pub(super) capability: &'static str,
    /// How much of it is wanted.
    pub(super) target: &'static str,
    /// What has to be done for it.
    pub(super) task: &'static str,
    /// Several of them.
    pub(super) tasks: &'static str,
    /// What will be done about a weakness.
    pub(super) action: &'static str,
    /// What can be learned.
    pub(super) lessons: &'static str,
    /// What a weakness is a weakness of.
    pub(super) element: &'static str,
    /// Which there are.
    pub(super) elements: &'static [&'static str],
    /// Who has to see to it.
    pub(super) owner: &'static str,
    /// An organisation.
    pub(super) organisation: &'static str,
    /// Several of them.
    pub(super) organisations: &'static str,
    /// Short forms that the papers use, with what they stand for.
    pub(super) short_forms: &'static [(&'static str, &'static str)],
}

const HSEEP: Words = Words {
    size: Size::Letter,
    situation_manual: "Situation Manual",
    facilitator_guide: "Facilitator Guide",
    evaluation_guide: "Exercise Evaluation Guide",
    hot_wash: "Hot Wash",
    feedback: "Participant Feedback Form",
    report: "After-Action Report",
    plan: "Improvement Plan",
    events_list: "Master Scenario Events List (MSEL)",
    inject: "inject",
    injects: "injects",
    contingency_inject: "contingency inject",
    contingency_injects: "contingency injects",
    opening: "scenario",
    startex: "STARTEX",
    endex: "ENDEX",
    player: "player",
    players: "players",
    facilitator: "facilitator",
    controllers: "controllers",
    controller: "controller",
    control: "the Simulation Cell (SimCell)",
    evaluators: "evaluators",
    evaluator: "evaluator",
    objective: "exercise objective",
    objectives: "exercise objectives",
    capability: "core capability",
    target: "capability target",
    task: "critical task",
    tasks: "critical tasks",
    action: "corrective action",
    lessons: "lessons learned",
    element: "POETE element",
    elements: &["Planning", "Organization", "Equipment", "Training", "Exercises"],
    owner: "primary responsible organization",
    organisation: "organization",
    organisations: "organizations",
    short_forms: &[
        ("AAR/IP", "After-Action Report and Improvement Plan"),
        ("EEG", "Exercise Evaluation Guide"),
        ("ENDEX", "end of the exercise"),
        ("HSEEP", "Homeland Security Exercise and Evaluation Program"),
        ("MSEL", "Master Scenario Events List"),
        ("POETE", "planning, organization, equipment, training, exercises"),
        ("SimCell", "Simulation Cell: those who speak for everybody who is not in the room"),
        ("SitMan", "Situation Manual"),
        ("STARTEX", "start of the exercise"),
    ],
};

const NATO: Words = Words {
    size: Size::A4,
    situation_manual: "Training Audience Handbook",
    facilitator_guide: "EXCON Handbook",
    evaluation_guide: "Training Objective Evaluation Sheet",
    hot_wash: "Hot Wash-Up",
    feedback: "Training Audience Questionnaire",
    report: "Final Exercise Report",
    plan: "Remedial Action Plan",
    events_list: "Main Events List and Main Incidents List (MEL/MIL)",
    inject: "injection",
    injects: "injections",
    contingency_inject: "dynamic injection",
    contingency_injects: "dynamic injections",
    opening: "STARTEX situation",
    startex: "STARTEX",
    endex: "ENDEX",
    player: "member of the training audience",
    players: "training audience members",
    facilitator: "exercise director",
    controllers: "DISTAFF",
    controller: "member of DISTAFF",
    control: "Exercise Control (EXCON)",
    evaluators: "evaluators",
    evaluator: "evaluator",
    objective: "training objective",
    objectives: "training objectives",
    capability: "capability",
    target: "standard",
    task: "supporting task",
    tasks: "supporting tasks",
    action: "remedial action",
    lessons: "lessons identified",
    element: "DOTMLPFI element",
    elements: &[
        "Doctrine",
        "Organisation",
        "Training",
        "Materiel",
        "Leadership",
        "Personnel",
        "Facilities",
        "Interoperability",
    ],
    owner: "action body",
    organisation: "organisation",
    organisations: "organisations",
    short_forms: &[
        ("DISTAFF", "directing staff: those who give what is scripted"),
        ("DOTMLPFI", "doctrine, organisation, training, materiel, leadership, personnel, facilities, interoperability"),
        ("ENDEX", "end of the exercise"),
        ("EXCON", "Exercise Control: those who run the exercise and speak for everybody who is not in the room"),
        ("MEL/MIL", "Main Events List and Main Incidents List"),
        ("STARTEX", "start of the exercise"),
    ],
};

const UK: Words = Words {
    size: Size::A4,
    situation_manual: "Player Handbook",
    facilitator_guide: "Directing Staff Handbook",
    evaluation_guide: "Observation Guide",
    hot_wash: "Hot Debrief",
    feedback: "Debrief Questionnaire",
    report: "Post-Exercise Report",
    plan: "Action Plan",
    events_list: "Main Events List (MEL)",
    inject: "inject",
    injects: "injects",
    contingency_inject: "reserve inject",
    contingency_injects: "reserve injects",
    opening: "opening narrative",
    startex: "STARTEX",
    endex: "ENDEX",
    player: "player",
    players: "players",
    facilitator: "facilitator",
    controllers: "directing staff",
    controller: "member of the directing staff",
    control: "Exercise Control",
    evaluators: "observers",
    evaluator: "observer",
    objective: "exercise objective",
    objectives: "exercise objectives",
    capability: "capability",
    target: "performance standard",
    task: "key task",
    tasks: "key tasks",
    action: "recommendation",
    lessons: "lessons identified",
    element: "area",
    elements: &["Plans", "Organisation", "Equipment", "Training", "Exercising"],
    owner: "lead organisation",
    organisation: "organisation",
    organisations: "organisations",
    short_forms: &[("ENDEX", "end of the exercise"), ("MEL", "Main Events List"), ("STARTEX", "start of the exercise")],
};

const AU: Words = Words {
    size: Size::A4,
    situation_manual: "Participant Handbook",
    facilitator_guide: "Exercise Control Handbook",
    evaluation_guide: "Evaluation Guide",
    hot_wash: "Hot Debrief",
    feedback: "Participant Evaluation Form",
    report: "Post-Exercise Report",
    plan: "Treatment Plan",
    events_list: "Master Schedule of Events (MSE)",
    inject: "Special Idea",
    injects: "Special Ideas",
    contingency_inject: "contingency Special Idea",
    contingency_injects: "contingency Special Ideas",
    opening: "General Idea",
    startex: "STARTEX",
    endex: "ENDEX",
    player: "participant",
    players: "participants",
    facilitator: "facilitator",
    controllers: "exercise control staff",
    controller: "member of the exercise control staff",
    control: "Exercise Control (EXCON)",
    evaluators: "evaluators",
    evaluator: "evaluator",
    objective: "exercise objective",
    objectives: "exercise objectives",
    capability: "capability",
    target: "performance indicator",
    task: "key task",
    tasks: "key tasks",
    action: "treatment",
    lessons: "lessons identified",
    element: "PPOSTTE element",
    elements: &["People", "Process", "Organisation", "Support", "Technology", "Training", "Exercise management"],
    owner: "responsible agency",
    organisation: "agency",
    organisations: "agencies",
    short_forms: &[
        ("ENDEX", "end of the exercise"),
        ("EXCON", "Exercise Control: those who run the exercise and speak for everybody who is not in the room"),
        ("General Idea", "what all participants are told before the exercise begins"),
        ("MSE", "Master Schedule of Events"),
        ("PPOSTTE", "people, process, organisation, support, technology, training, exercise management"),
        ("Special Idea", "what is given to participants in the course of the exercise"),
        ("STARTEX", "start of the exercise"),
    ],
};

impl Vocabulary {
    /// What things are called.
    pub(super) fn words(self) -> &'static Words {
        match self {
            Vocabulary::Hseep => &HSEEP,
            Vocabulary::Nato => &NATO,
            Vocabulary::Uk => &UK,
            Vocabulary::Au => &AU,
        }
    }
}

/// A term as it stands at the beginning of a sentence or in a heading.
pub(super) fn capital(term: &str) -> String {
    let mut letters = term.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
