//! What documents before an exercise are made from: the plan, and a rehearsal of it with nobody at the
//! table.

use hotwash_engine::{Calendar, DecisionId, SimTime};
use hotwash_exercise::record::Line as Entry;
use hotwash_exercise::{Act, FACILITATOR, Nowhere, Plan, Session, cue};
use hotwash_scenario::{CueSpec, DecisionSpec, InjectSpec, Objective, Scenario, Words};

use super::model::{Audience, Block, Blocks, Document, Line, blank};

/// A plan and its rehearsal.
pub(super) struct Setting<'a> {
    pub(super) plan: &'a Plan,
    /// The whole run in which the policy decides everything.
    rehearsal: Session,
}

impl<'a> Setting<'a> {
    /// Plays the plan through; none when it cannot be built or played.
    pub(super) fn of(plan: &'a Plan) -> Option<Setting<'a>> {
        let mut rehearsal = Session::begin(plan.clone(), Box::new(Nowhere), 0).ok()?;
        rehearsal.act(FACILITATOR, Act::Endex, 0).ok()?;
        Some(Setting { plan, rehearsal })
    }

    pub(super) fn scenario(&self) -> &'a Scenario {
        &self.plan.scenario
    }

    pub(super) fn calendar(&self) -> &Calendar {
        self.scenario().calendar()
    }

    /// The exercise's name for players, which gives nothing away.
    pub(super) fn exercise(&self) -> &str {
        self.scenario().briefing().map_or(self.scenario().title(), |b| &b.title)
    }

    pub(super) fn waits_for(&self, cue: &CueSpec) -> String {
        cue::waits_for(self.scenario(), self.rehearsal.sim().catalogue(), cue)
    }

    /// Levers as the plan sets them.
    pub(super) fn levers(&self) -> &[hotwash_engine::LeverInfo] {
        &self.rehearsal.sim().catalogue().levers
    }

    /// When a decision comes up in the rehearsal.
    pub(super) fn asked(&self, decision: &DecisionSpec) -> Option<SimTime> {
        let number = self.scenario().decisions().iter().position(|d| d.name == decision.name)?;
        self.rehearsal.sim().decision_state(DecisionId(number as u16)).asked_at
    }

    /// When an inject is delivered in the rehearsal.
    pub(super) fn delivered(&self, inject: &InjectSpec) -> Option<SimTime> {
        let number = self.scenario().injects().iter().position(|i| i.name == inject.name)?;
        self.rehearsal.sim().inject_delivered(number)
    }

    /// The turning points of the rehearsal.
    pub(super) fn turning_points(&self) -> impl Iterator<Item = &Entry> {
        self.rehearsal.lines().iter().filter(|line| line.weight == "milestone")
    }

    /// Who decides in the rehearsal, as a clause.
    pub(super) fn decides(&self) -> String {
        match &self.plan.policy {
            Some(policy) => {
                format!("the policy \u{201c}{}\u{201d} decides everything", policy.name())
            }
            None => "every decision takes its default".to_owned(),
        }
    }

    /// Title of the role that decides.
    pub(super) fn role(&self, decision: &DecisionSpec) -> &'a str {
        let role = self.scenario().roles().iter().find(|r| r.name == decision.role);
        role.map_or("", |r| &r.title)
    }

    pub(super) fn objective(&self, decision: &DecisionSpec) -> Option<&'a Objective> {
        self.scenario().objectives().iter().find(|o| Some(o.name) == decision.objective)
    }

    /// Decisions that exercise an objective.
    pub(super) fn exercises(&self, objective: &Objective) -> Vec<&'a DecisionSpec> {
        let decisions = self.scenario().decisions().iter();
        decisions.filter(|d| d.objective == Some(objective.name)).collect()
    }

    /// A date and time with its place in the exercise: `2019-08-17 10:00 (T+16d 01:00)`.
    pub(super) fn date(&self, at: SimTime) -> String {
        format!("{} ({at})", self.calendar().date_time(at))
    }

    /// A document about this plan.
    pub(super) fn document(
        &self,
        kind: &'static str,
        audience: Audience,
        blocks: Blocks,
    ) -> Document {
        let exercise = match audience {
            Audience::Players => self.exercise().to_owned(),
            Audience::Controllers | Audience::Planners => self.full_name(),
        };
        let startex = self.calendar().date_time(SimTime::STARTEX);
        let facts = vec![
            ("Exercise date".to_owned(), blank("date and time")),
            ("Place".to_owned(), blank("place")),
            ("Sponsor".to_owned(), blank("sponsor")),
            ("STARTEX, in the exercise".to_owned(), Line::from(startex)),
            ("Protective marking".to_owned(), blank("marking of your organisation, if any")),
        ];
        Document {
            kind,
            exercise,
            audience,
            words: Words::ENGLISH,
            has_title_page: true,
            facts,
            blocks: blocks.0,
        }
    }

    /// The exercise's name and, for those who may know, the scenario's title.
    pub(super) fn full_name(&self) -> String {
        let (name, title) = (self.exercise(), self.scenario().title());
        if name == title { name.to_owned() } else { format!("{name} ({title})") }
    }
}

/// The table of contents, at the front of a long document.
pub(super) fn contents(blocks: &mut Blocks) {
    blocks.0.push(Block::Contents);
}
