//! A scenario with other injects: what somebody changed in its list of events.
//!
//! What options of decisions do cannot be changed from outside a scenario's files; injects can.

use std::collections::BTreeMap;

use hotwash_engine::{Audience, SimDuration, SimTime, Slug};
use hotwash_incident::view::{VIEWERS, form};

use crate::format::{CueSpec, InjectSpec, WhenSpec};
use crate::read::did_you_mean;
use crate::scenario::Scenario;

/// Most injects of an edited scenario.
const MOST_INJECTS: usize = 400;

/// What an inject is to be like; what is `None` stays as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InjectDraft {
    /// A civil date and time: it then waits for nothing else. What calls it off still does.
    pub at: Option<String>,
    /// Who it is from.
    pub from: Option<String>,
    /// The form it comes in: one of `hotwash_incident::view::form`.
    pub form: Option<String>,
    /// What it says.
    pub text: Option<String>,
    /// Roles, by name or title, and viewers that see it.
    pub to: Option<Vec<String>>,
}

/// A change to a scenario's injects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InjectEdit {
    /// The inject with this name is to be like this.
    Change(String, InjectDraft),
    /// The inject with this name does not come.
    Drop(String),
    /// A new inject with this name; all but its form is needed.
    Add(String, InjectDraft),
}

impl Scenario {
    /// The scenario with its injects changed. Their orders stay.
    ///
    /// # Errors
    /// All mistakes, each with the position of the edit that it is in, and how to mend it.
    pub fn with_injects(&self, edits: &[InjectEdit]) -> Result<Scenario, Vec<(usize, String)>> {
        let mut scenario = self.clone();
        let mut wrong: Vec<(usize, String)> = Vec::new();
        for (position, edit) in edits.iter().enumerate() {
            let mut problems = Vec::new();
            match edit {
                InjectEdit::Change(name, draft) => {
                    let known = scenario.injects.iter().position(|i| i.name.as_str() == name);
                    match known {
                        Some(number) => {
                            let spec = scenario.injects[number].clone();
                            scenario.injects[number] = self.drafted(spec, draft, &mut problems);
                        }
                        None => problems.push(self.no_inject(name)),
                    }
                }
                InjectEdit::Drop(name) => {
                    let before = scenario.injects.len();
                    scenario.injects.retain(|i| i.name.as_str() != name);
                    if scenario.injects.len() == before {
                        problems.push(self.no_inject(name));
                    }
                }
                InjectEdit::Add(name, draft) => {
                    if let Some(spec) = self.added(&scenario.injects, name, draft, &mut problems) {
                        scenario.injects.push(spec);
                    }
                }
            }
            wrong.extend(problems.into_iter().map(|problem| (position, problem)));
        }
        if scenario.injects.len() > MOST_INJECTS {
            let count = scenario.injects.len();
            let message = format!("these are {count} injects; there may be {MOST_INJECTS}");
            wrong.push((edits.len().saturating_sub(1), message));
        }
        if wrong.is_empty()
            && let Err(diagnostics) = scenario.assemble(&BTreeMap::new(), None)
        {
            let last = edits.len().saturating_sub(1);
            wrong.extend(diagnostics.iter().map(|d| (last, d.to_string())));
        }
        if wrong.is_empty() { Ok(scenario) } else { Err(wrong) }
    }

    fn no_inject(&self, name: &str) -> String {
        let known: Vec<&str> = self.injects.iter().map(|i| i.name.as_str()).collect();
        let hint = did_you_mean(name, &known).unwrap_or_else(|| "there are no injects".to_owned());
        format!("no inject is called `{name}` ({hint})")
    }

    fn added(
        &self,
        injects: &[InjectSpec],
        name: &str,
        draft: &InjectDraft,
        problems: &mut Vec<String>,
    ) -> Option<InjectSpec> {
        let slug: Slug = name.parse().map_err(|why| problems.push(why)).ok()?;
        if injects.iter().any(|i| i.name == slug) {
            problems.push(format!("an inject is called `{name}` already"));
        }
        for (is_missing, what) in [
            (draft.at.is_none(), "has no time: write a date and time, or T+ and how long"),
            (draft.from.is_none(), "does not say who it is from"),
            (draft.text.is_none(), "has no text"),
            (draft.to.is_none(), "does not say which player it is for"),
        ] {
            if is_missing {
                problems.push(format!("the new inject {what}"));
            }
        }
        let never = WhenSpec::All(Vec::new());
        let blank = InjectSpec {
            name: slug,
            cue: CueSpec { when: never, delay: SimDuration::ZERO, unless: Vec::new() },
            from: String::new(),
            form: form::MEMO.to_owned(),
            text: String::new(),
            to: Vec::new(),
            audience: Audience::NONE,
            orders: Vec::new(),
            place: self.docs.first()?.place(0..0),
        };
        let spec = self.drafted(blank, draft, problems);
        problems.is_empty().then_some(spec)
    }

    /// An inject as a draft wants it. What the draft says and was so already is left alone.
    fn drafted(
        &self,
        mut spec: InjectSpec,
        draft: &InjectDraft,
        problems: &mut Vec<String>,
    ) -> InjectSpec {
        if let Some(at) = draft.at.as_ref().filter(|at| !self.is_at(&spec.cue, at)) {
            match self.instant(at) {
                Ok(()) => {
                    spec.cue.when = WhenSpec::At(at.clone());
                    spec.cue.delay = SimDuration::ZERO;
                }
                Err(why) => problems.push(why),
            }
        }
        for (new, old, what) in [
            (&draft.from, &mut spec.from, "who it is from"),
            (&draft.text, &mut spec.text, "its text"),
        ] {
            match new {
                Some(new) if new.trim().is_empty() => problems.push(format!("{what} is empty")),
                Some(new) if has_control(new) => {
                    problems.push(format!("{what} has a control character; write plain text"));
                }
                Some(new) => new.clone_into(old),
                None => {}
            }
        }
        match &draft.form {
            Some(new) if form::ALL.contains(&new.as_str()) => new.clone_into(&mut spec.form),
            Some(new) => problems.push(format!(
                "`{new}` is no way to deliver a message ({})",
                did_you_mean(new, &form::ALL).unwrap_or_default()
            )),
            None => {}
        }
        if let Some(names) = &draft.to {
            let (to, audience) = self.addressed(names, problems);
            if audience != spec.audience {
                (spec.to, spec.audience) = (to, audience);
            }
        }
        spec
    }

    /// Whether a cue waits for that instant and nothing else.
    fn is_at(&self, cue: &CueSpec, at: &str) -> bool {
        let WhenSpec::At(was) = &cue.when else { return false };
        let was = self.calendar.instant(was).map(|was| was + cue.delay);
        was.is_ok() && was == self.calendar.instant(at)
    }

    fn instant(&self, at: &str) -> Result<(), String> {
        let instant = self.calendar.instant(at)?;
        let end = SimTime::STARTEX + self.horizon;
        if (SimTime::STARTEX..=end).contains(&instant) {
            return Ok(());
        }
        let (first, last) =
            (self.calendar.date_time(SimTime::STARTEX), self.calendar.date_time(end));
        Err(format!("{at} lies outside of the exercise, which runs from {first} to {last}"))
    }

    fn addressed(&self, names: &[String], problems: &mut Vec<String>) -> (Vec<String>, Audience) {
        let (mut to, mut audience) = (Vec::new(), Audience::NONE);
        for name in names {
            let is_it = |known: &str| known.eq_ignore_ascii_case(name);
            let role = self.roles.iter().find(|r| is_it(r.name.as_str()) || is_it(&r.title));
            let viewer = VIEWERS.iter().find(|(viewer, _)| is_it(viewer));
            let found = role.map(|r| (r.name.as_str(), r.audience)).or(viewer.copied());
            if let Some((name, bits)) = found {
                to.push(name.to_owned());
                audience = audience.and(bits);
                continue;
            }
            let roles = self.roles.iter().map(|r| r.name.as_str());
            let known: Vec<&str> = roles.chain(VIEWERS.iter().map(|(viewer, _)| *viewer)).collect();
            let hint = did_you_mean(name, &known).unwrap_or_default();
            problems.push(format!("no player or viewer is called `{name}` ({hint})"));
        }
        if names.is_empty() {
            problems.push("it is for nobody: name a player".to_owned());
        }
        (to, audience)
    }
}

fn has_control(text: &str) -> bool {
    text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}
