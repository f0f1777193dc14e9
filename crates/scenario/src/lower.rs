//! Lowering: a scenario's values into a `SimBuilder`, and the problems that plugins report back into
//! places of the scenario's files.

use std::collections::BTreeMap;

use hotwash_engine::{
    Choice, Cue, Decision, Inject, MilestoneId, Problem, SimBuilder, SimTime, Simulation, Spot,
    When, chosen_name,
};

use crate::diagnostic::{Diagnostic, DiagnosticKind as Is, Place};
use crate::doc::Doc;
use crate::fields::LeverSetting;
use crate::format::{CueSpec, DecisionSpec, InjectSpec, OrderSpec, WhenSpec};
use crate::locate;
use crate::policy::Policy;
use crate::read::{did_you_mean, shorten};
use crate::scenario::Scenario;
use crate::tree::Node;

/// Values of levers as text, with how a file set each unless it came from outside.
type Layers = BTreeMap<String, (String, Option<LeverSetting>)>;

/// How the engine's problem with an unknown lever begins.
const NO_LEVER: &str = "no lever is called `";

impl Scenario {
    /// Builds without a policy and with each, and reports what is wrong.
    pub(crate) fn try_builds(&self, out: &mut Vec<Diagnostic>) {
        let plain = match self.assemble(&BTreeMap::new(), None) {
            Ok(sim) => {
                self.check_headline(&sim, out);
                if let Some(record) = &self.hindcast {
                    record.check(&sim, out);
                }
                if let Some(expectations) = &self.expectations {
                    expectations.check(&sim, out);
                }
                sim
            }
            Err(wrong) => {
                out.extend(wrong);
                // With the same mistakes in it, no policy tells more.
                return;
            }
        };
        for policy in &self.policies {
            // Of a policy, a simulation is built from its levers alone.
            if policy.levers.is_empty() {
                policy.check(&plain, out);
            } else {
                self.try_policy(policy, out);
            }
        }
        // A policy that cannot be built with would be blamed on the expectations' levers.
        if let Some(expectations) = &self.expectations
            && out.iter().all(|d| !d.is_error())
        {
            expectations.try_levers(self, out);
        }
    }

    /// A simulation, when the names that it was not built from exist in it: those of the headline, and those
    /// in the policy's rules. Loading has looked them up, unless it was to be quick.
    pub(crate) fn tried(
        &self,
        sim: Simulation,
        policy: Option<&Policy>,
    ) -> Result<Simulation, Vec<Diagnostic>> {
        let mut out = Vec::new();
        if !self.is_tried {
            self.check_headline(&sim, &mut out);
            if let Some(policy) = policy {
                policy.check(&sim, &mut out);
            }
        }
        if out.is_empty() { Ok(sim) } else { Err(out) }
    }

    fn check_headline(&self, sim: &Simulation, out: &mut Vec<Diagnostic>) {
        let known: Vec<&str> = sim.metrics().map(|m| m.name).collect();
        for (name, place) in &self.about.headline {
            if !known.contains(&name.as_str()) {
                let message = format!("no metric is called `{name}`");
                out.push(Diagnostic::at(Is::Name, place, message).hint(did_you_mean(name, &known)));
            }
        }
    }

    pub(crate) fn try_policy(&self, policy: &Policy, out: &mut Vec<Diagnostic>) {
        match self.assemble(&BTreeMap::new(), Some(policy)) {
            Ok(sim) => policy.check(&sim, out),
            Err(wrong) => out.extend(wrong),
        }
    }

    pub(crate) fn assemble(
        &self,
        settings: &BTreeMap<String, String>,
        policy: Option<&Policy>,
    ) -> Result<Simulation, Vec<Diagnostic>> {
        let layers = self.layers(settings, policy);
        let values =
            layers.iter().map(|(name, (value, _))| (name.clone(), value.clone())).collect();
        let start = SimTime::STARTEX - self.lead_in;
        let horizon = SimTime::STARTEX + self.horizon;
        let mut sim = SimBuilder::new(self.calendar.clone(), start, horizon, values);
        let mut out = Vec::new();
        for prepared in &self.orders {
            sim.prepare(&prepared.name, orders(&prepared.orders));
        }
        let values: Vec<(String, String)> =
            self.parameters.iter().map(|p| (p.name.clone(), p.declare(&mut sim))).collect();
        for section in &self.sections {
            if let Err(wrong) = section.build(&values, &mut sim) {
                out.push(*wrong);
            }
        }
        self.options(&mut sim);
        for decision in &self.decisions {
            self.decide(decision, &mut sim, &mut out);
        }
        for inject in &self.injects {
            self.inject(inject, &mut sim, &mut out);
        }
        match sim.finish() {
            Ok(sim) if out.is_empty() => Ok(sim),
            Ok(_) => Err(out),
            Err(problems) => Err(self.diagnose_all(&problems, &layers, out)),
        }
    }

    fn layers(&self, settings: &BTreeMap<String, String>, policy: Option<&Policy>) -> Layers {
        let files = self.levers.iter().chain(policy.into_iter().flat_map(|p| &p.levers));
        let files = files.map(|(name, s)| (name.clone(), (s.value.clone(), Some(s.clone()))));
        files.chain(settings.iter().map(|(name, v)| (name.clone(), (v.clone(), None)))).collect()
    }

    /// Declares the milestones of all options, so that any decision may wait for any other.
    fn options(&self, sim: &mut SimBuilder) {
        for decision in &self.decisions {
            for option in &decision.options {
                let name = chosen_name(decision.name.as_str(), option.name.as_str());
                sim.milestone(&name, &format!("{}: {}", decision.ask, option.text));
            }
        }
    }

    fn decide(&self, spec: &DecisionSpec, sim: &mut SimBuilder, out: &mut Vec<Diagnostic>) {
        let Some(cue) = self.cue(&spec.cue, &spec.place, sim, out) else { return };
        let options = spec.options.iter().map(|option| Choice {
            name: option.name,
            text: option.text.clone(),
            orders: orders(&option.orders),
        });
        sim.decision(Decision {
            name: spec.name,
            ask: spec.ask.clone(),
            role: spec.role.as_str().to_owned(),
            cue,
            options: options.collect(),
            limit: spec.limit,
            default: spec.default,
            expected: spec.expected,
            objective: spec.objective.map(|o| o.as_str().to_owned()).unwrap_or_default(),
            audience: spec.audience,
        });
    }

    fn inject(&self, spec: &InjectSpec, sim: &mut SimBuilder, out: &mut Vec<Diagnostic>) {
        let Some(cue) = self.cue(&spec.cue, &spec.place, sim, out) else { return };
        sim.inject(Inject {
            name: spec.name,
            cue,
            from: spec.from.clone(),
            text: spec.text.clone(),
            audience: spec.audience,
            orders: orders(&spec.orders),
        });
    }

    fn cue(
        &self,
        spec: &CueSpec,
        place: &Place,
        sim: &SimBuilder,
        out: &mut Vec<Diagnostic>,
    ) -> Option<Cue> {
        let mut resolve = |names: &[String], field: &str| -> Option<Vec<MilestoneId>> {
            let ids = names.iter().map(|name| {
                let known = sim.known_milestone(name);
                known.map_err(|problem| out.push(self.in_item(place, field, name, &problem))).ok()
            });
            // All are looked up before giving up.
            let ids: Vec<Option<MilestoneId>> = ids.collect();
            ids.into_iter().collect()
        };
        let unless = resolve(&spec.unless, "unless");
        let when = match &spec.when {
            WhenSpec::At(date) => When::At(sim.calendar().instant(date).ok()?),
            WhenSpec::Reached(name) => When::Any(resolve(std::slice::from_ref(name), "when")?),
            WhenSpec::All(names) => When::All(resolve(names, "when")?),
            WhenSpec::Any(names) => When::Any(resolve(names, "when")?),
        };
        Some(Cue { when, delay: spec.delay, unless: unless? })
    }

    /// The document and value at a place, which was a value when it was read.
    fn value_at(&self, place: &Place) -> Option<(&Doc, &Node)> {
        let doc = self.docs.iter().find(|d| d.place(0..0).file == place.file)?;
        let mut node = &doc.root;
        while node.span != place.span {
            let holds =
                |n: &&Node| n.span.start <= place.span.start && place.span.end <= n.span.end;
            node = node.children().into_iter().find(holds)?;
        }
        Some((doc, node))
    }

    /// A problem with a text in a field of a decision or inject.
    fn in_item(&self, place: &Place, field: &str, name: &str, problem: &Problem) -> Diagnostic {
        let found = self.value_at(place).and_then(|(doc, item)| {
            let value = &item.field(field)?.value;
            let text = locate::first_text(value, &doc.text, name).unwrap_or(value);
            Some(doc.place(locate::head(text)))
        });
        let place = found.as_ref().unwrap_or(place);
        Diagnostic::at(Is::Name, place, problem.message.clone())
            .hint(problem.hint.clone().map(shorten))
    }

    /// What plugins and the engine found. A plugin that stopped half-way has not declared all its
    /// levers, milestones and names, so what names them is not judged then.
    fn diagnose_all(
        &self,
        problems: &[Problem],
        layers: &Layers,
        mut out: Vec<Diagnostic>,
    ) -> Vec<Diagnostic> {
        let stopped: Vec<&str> =
            problems.iter().map(|p| p.plugin.as_str()).filter(|p| !p.is_empty()).collect();
        if !stopped.is_empty() {
            out.retain(|d| d.kind != Is::Name);
        }
        // What a stopped plugin should have shared is missing to those after it.
        let lacks = |p: &Problem| p.message.ends_with("which no plugin in this scenario provides");
        let is_cause = problems.iter().any(|p| !p.plugin.is_empty() && !lacks(p));
        let is_noise = |p: &&Problem| {
            let lever = p.message.strip_prefix(NO_LEVER).and_then(|rest| rest.split('.').next());
            let names = ["decisions.", "injects."].iter().any(|s| p.path.starts_with(s));
            (is_cause && lacks(p))
                || lever.is_some_and(|plugin| stopped.contains(&plugin))
                || (names && p.message.starts_with("no ") && !stopped.is_empty())
        };
        let problems = problems.iter().filter(|p| !is_noise(p));
        out.extend(problems.map(|p| self.diagnose(p, layers)));
        out
    }

    /// A mistake of the author that showed only while a simulation ran, at its place in the files.
    pub fn blame(&self, problem: &Problem) -> Diagnostic {
        self.diagnose(problem, &Layers::new())
    }

    /// The place in an attached file that a problem speaks of.
    fn spot(&self, problem: &Problem) -> Option<Place> {
        let Spot { file, line, column } = &**problem.spot.as_ref()?;
        let file = self.attached.iter().find(|attached| attached.path == *file)?;
        Some(Place { span: locate::word_at(&file.text, *line, *column), file: file.clone() })
    }

    /// A plugin's problem, at the place in the files that it speaks of.
    fn diagnose(&self, problem: &Problem, layers: &Layers) -> Diagnostic {
        if let Some(place) = self.spot(problem) {
            return Diagnostic::at(Is::Model, &place, problem.message.clone())
                .hint(problem.hint.clone().map(shorten));
        }
        let at = |place: &Place| {
            Diagnostic::at(Is::Model, place, problem.message.clone())
                .hint(problem.hint.clone().map(shorten))
        };
        if let Some(lever) = problem.path.strip_prefix("levers.") {
            return match layers.get(lever) {
                // An unknown lever is wrong in its name, any other in its value.
                Some((_, Some(set))) if problem.message.starts_with(NO_LEVER) => at(&set.key),
                Some((_, Some(set))) => at(&set.place),
                _ => Diagnostic::nowhere(Is::Model, problem.message.clone())
                    .hint(problem.hint.clone().map(shorten)),
            };
        }
        let found = self
            .item_place(&problem.path)
            .and_then(|place| self.value_at(&place))
            .map(|(doc, node)| doc.place(narrow(doc, node, &problem.message)))
            .or_else(|| self.section_place(problem));
        match found {
            Some(place) => at(&place),
            None => {
                let parts = [problem.plugin.as_str(), problem.path.as_str()];
                let parts: Vec<&str> = parts.into_iter().filter(|p| !p.is_empty()).collect();
                let message = if parts.is_empty() {
                    problem.message.clone()
                } else {
                    format!("{}: {}", parts.join("."), problem.message)
                };
                Diagnostic::nowhere(Is::Model, message).hint(problem.hint.clone().map(shorten))
            }
        }
    }

    /// The place of `decisions.NAME`, `decisions.NAME.OPTION` or `injects.NAME`.
    fn item_place(&self, path: &str) -> Option<Place> {
        if let Some(name) = path.strip_prefix("injects.") {
            return Some(self.injects.iter().find(|i| i.name.as_str() == name)?.place.clone());
        }
        if let Some(name) = path.strip_prefix("orders.") {
            return Some(self.orders.iter().find(|o| o.name == name)?.place.clone());
        }
        let rest = path.strip_prefix("decisions.")?;
        // Names may have dots in them.
        self.decisions.iter().find_map(|decision| {
            let left = rest.strip_prefix(decision.name.as_str())?;
            if left.is_empty() {
                return Some(decision.place.clone());
            }
            let name = left.strip_prefix('.')?;
            let option = decision.options.iter().find(|o| o.name.as_str() == name)?;
            Some(option.place.clone())
        })
    }

    fn section_place(&self, problem: &Problem) -> Option<Place> {
        let section = self.sections.iter().find(|s| s.entry.name() == problem.plugin)?;
        let doc = &section.doc;
        let path = problem.path.strip_prefix(problem.plugin.as_str());
        let path = path.and_then(|p| p.strip_prefix('.')).unwrap_or(&problem.path);
        let node = locate::walk(&doc.root, &doc.text, path);
        let span = narrow(doc, node, &problem.message);
        // A problem with the section as a whole is shown at its name.
        if node == &doc.root && span == locate::head(node) {
            return Some(section.place.clone());
        }
        Some(doc.place(span))
    }
}

/// Within a value, the text that the message quotes in backticks; else the value's head. Of two that
/// are alike, the second is the mistake.
fn narrow(doc: &Doc, node: &Node, message: &str) -> std::ops::Range<usize> {
    let mut quoted = message.split('`').skip(1).step_by(2);
    let find = if message.starts_with("two ") { locate::last_text } else { locate::first_text };
    let text = quoted.find_map(|word| find(node, &doc.text, word));
    locate::head(text.unwrap_or(node))
}

fn orders(specs: &[OrderSpec]) -> Vec<hotwash_engine::OrderBox> {
    specs.iter().map(|spec| spec.order.clone()).collect()
}
