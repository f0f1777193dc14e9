//! What a search varies: levers and decisions as genes, policies as genomes, and back.

use std::collections::BTreeMap;

use hotwash_engine::{LeverInfo, LeverKind, Simulation};
use hotwash_scenario::{Policy, Scenario};

use super::Ask;
use super::levels::{levels, place};
use crate::arm::{Arm, Reply};
use crate::error::LabError;

/// Levers that are circumstances and not the vendor's choice. What else a user wants left alone is
/// fixed by setting it.
const NOT_THE_VENDORS: [&str; 1] = ["regulator.law"];

/// A policy as the position of a level in each gene.
pub(super) type Genome = Vec<u16>;

/// What answers a decision.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Way {
    /// What the base policy has.
    AsBase,
    /// This option, as soon as it is asked.
    AtOnce(usize),
    /// What another of the scenario's policies has, by its position in the space: rules or delays.
    As(usize),
}

#[derive(Clone, Debug)]
enum Sort {
    Lever(LeverKind),
    Decision { number: u16, ways: Vec<Way> },
}

/// Something that is varied.
#[derive(Clone, Debug)]
pub(super) struct Gene {
    pub(super) name: String,
    /// For people; a lever's are its values as written.
    pub(super) levels: Vec<String>,
    /// The base policy's.
    pub(super) base: u16,
    sort: Sort,
}

impl Gene {
    /// Whether neighbouring levels are alike.
    pub(super) fn is_ordered(&self) -> bool {
        matches!(&self.sort, Sort::Lever(kind) if !matches!(kind, LeverKind::Choice(_)))
    }
}

/// All that a search may try.
#[derive(Clone, Debug)]
pub(super) struct Space {
    pub(super) genes: Vec<Gene>,
    pub(super) base: Option<Policy>,
    /// The scenario's other policies.
    models: Vec<Policy>,
    /// Levers that are fixed.
    set: BTreeMap<String, String>,
    /// Decisions that are fixed.
    decide: BTreeMap<u16, usize>,
    /// By number: name, options, default.
    decisions: Vec<(String, Vec<String>, usize)>,
}

impl Space {
    /// The space around a base policy.
    pub(super) fn new(scenario: &Scenario, ask: &Ask) -> Result<Space, LabError> {
        let base_name = ask.base.as_ref().map(Policy::name);
        let others = scenario.policies().iter().filter(|p| Some(p.name()) != base_name);
        // Without a base there is no policy that an arm could follow in front of these.
        let models: Vec<Policy> = others.filter(|_| ask.base.is_some()).cloned().collect();
        let decisions = scenario.decisions().iter().map(|d| {
            let options = d.options.iter().map(|o| o.name.as_str().to_owned()).collect();
            (d.name.as_str().to_owned(), options, d.default)
        });
        let mut space = Space {
            genes: Vec::new(),
            base: ask.base.clone(),
            models,
            set: ask.set.clone(),
            decide: ask.decide.clone(),
            decisions: decisions.collect(),
        };
        if !ask.answers_only {
            space.add_levers(scenario)?;
        }
        space.add_decisions();
        if space.genes.is_empty() {
            let message = "nothing is left to vary: every lever and decision is fixed";
            return Err(LabError::usage(message).hint("give fewer --set and --decide"));
        }
        Ok(space)
    }

    fn add_levers(&mut self, scenario: &Scenario) -> Result<(), LabError> {
        let build = |policy: Option<&Policy>| {
            let sim = scenario.build(&self.set, policy).map_err(LabError::Build)?;
            Ok::<_, LabError>(sim.catalogue().levers.clone())
        };
        let base = build(self.base.as_ref())?;
        let shipped: Vec<Vec<LeverInfo>> =
            scenario.policies().iter().map(|p| build(Some(p))).collect::<Result<_, _>>()?;
        for lever in base {
            if NOT_THE_VENDORS.contains(&lever.name.as_str()) || self.set.contains_key(&lever.name)
            {
                continue;
            }
            let theirs = shipped.iter().flatten().filter(|other| other.name == lever.name);
            let known: Vec<String> = [lever.value.clone(), lever.default.clone()]
                .into_iter()
                .chain(theirs.map(|other| other.value.clone()))
                .collect();
            let levels = levels(&lever.kind, &known);
            let at = place(&lever.kind, &lever.value);
            let base = levels.iter().position(|text| place(&lever.kind, text) == at);
            if let (Some(base), true) = (base, levels.len() > 1) {
                let base = base as u16;
                let (name, sort) = (lever.name, Sort::Lever(lever.kind));
                self.genes.push(Gene { name, levels, base, sort });
            }
        }
        Ok(())
    }

    fn add_decisions(&mut self) {
        for (number, (name, options, default)) in self.decisions.iter().enumerate() {
            if self.decide.contains_key(&(number as u16)) {
                continue;
            }
            let at_once = |policy: Option<&Policy>| match policy {
                Some(policy) => policy.at_once(number, *default),
                None => Some(*default),
            };
            let base = at_once(self.base.as_ref());
            let mut ways = vec![Way::AsBase];
            let mut levels = vec![match (base, &self.base) {
                (Some(option), _) => options[option].clone(),
                (None, base) => format!("as {}", base.as_ref().map_or("defaults", Policy::name)),
            }];
            for (option, text) in options.iter().enumerate().filter(|(o, _)| Some(*o) != base) {
                ways.push(Way::AtOnce(option));
                levels.push(text.clone());
            }
            let mut plans = vec![self.base.as_ref().and_then(|p| p.answer_text(name))];
            for (position, model) in self.models.iter().enumerate() {
                let plan = model.answer_text(name);
                if at_once(Some(model)).is_none() && !plans.contains(&plan) {
                    plans.push(plan);
                    ways.push(Way::As(position));
                    levels.push(format!("as {}", model.name()));
                }
            }
            if ways.len() > 1 {
                let sort = Sort::Decision { number: number as u16, ways };
                self.genes.push(Gene { name: name.clone(), levels, base: 0, sort });
            }
        }
    }

    /// The base policy's genome.
    pub(super) fn base_genome(&self) -> Genome {
        self.genes.iter().map(|gene| gene.base).collect()
    }

    /// Whether levers are varied.
    pub(super) fn has_levers(&self) -> bool {
        self.genes.iter().any(|gene| matches!(gene.sort, Sort::Lever(_)))
    }

    /// How many genomes there are.
    pub(super) fn size(&self) -> f64 {
        self.genes.iter().map(|gene| gene.levels.len() as f64).product()
    }

    /// Genes in which a genome differs from the base.
    pub(super) fn changes(&self, genome: &Genome) -> Vec<usize> {
        (0..self.genes.len()).filter(|i| genome[*i] != self.genes[*i].base).collect()
    }

    /// What a gene's level is called: name and value.
    pub(super) fn choice(&self, genome: &Genome, gene: usize) -> (String, String) {
        let which = &self.genes[gene];
        (which.name.clone(), which.levels[usize::from(genome[gene])].clone())
    }

    /// The genome of one of the scenario's policies, and whether it is that policy in all respects:
    /// levers that are not varied may differ. `sim` was built with the policy and the fixed levers,
    /// `base` with the base policy.
    pub(super) fn express(
        &self,
        policy: &Policy,
        sim: &Simulation,
        base: &Simulation,
    ) -> (Genome, bool) {
        let mut genome = self.base_genome();
        let mut is_exact = true;
        let levers = &sim.catalogue().levers;
        for (lever, at_base) in levers.iter().zip(&base.catalogue().levers) {
            let at = place(&lever.kind, &lever.value);
            let gene = self.genes.iter().position(|g| g.name == lever.name);
            match gene {
                Some(gene) => {
                    let levels = &self.genes[gene].levels;
                    let level = levels.iter().position(|text| place(&lever.kind, text) == at);
                    is_exact &= level.is_some();
                    genome[gene] = level.map_or(self.genes[gene].base, |l| l as u16);
                }
                None => is_exact &= place(&at_base.kind, &at_base.value) == at,
            }
        }
        for (gene, which) in self.genes.iter().enumerate() {
            let Sort::Decision { number, ways } = &which.sort else { continue };
            let level = self.way(policy, *number, ways);
            is_exact &= level.is_some();
            genome[gene] = level.unwrap_or(which.base as usize) as u16;
        }
        (genome, is_exact)
    }

    /// The level of a decision that answers as a policy does.
    fn way(&self, policy: &Policy, number: u16, ways: &[Way]) -> Option<usize> {
        let (name, _, default) = &self.decisions[usize::from(number)];
        let at_once = |p: &Policy| p.at_once(usize::from(number), *default);
        let theirs = (at_once(policy), policy.answer_text(name));
        ways.iter().position(|way| {
            let model = match way {
                Way::AtOnce(option) => return theirs.0 == Some(*option),
                Way::AsBase => self.base.as_ref(),
                Way::As(position) => self.models.get(*position),
            };
            match (theirs.0, model) {
                (Some(option), Some(model)) => at_once(model) == Some(option),
                (Some(option), None) => option == *default,
                (None, model) => model.is_some_and(|m| m.answer_text(name) == theirs.1),
            }
        })
    }

    /// One of the scenario's own policies, with what is fixed.
    pub(super) fn arm_of(&self, name: &str, policy: Option<&Policy>) -> Arm {
        self.fixed(Arm::new(name, policy.cloned(), self.set.clone()))
    }

    /// A genome as an arm.
    pub(super) fn arm(&self, name: impl Into<String>, genome: &Genome) -> Arm {
        let mut set = self.set.clone();
        for gene in self.changes(genome) {
            if let Sort::Lever(_) = self.genes[gene].sort {
                let (lever, value) = self.choice(genome, gene);
                set.insert(lever, value);
            }
        }
        let arm = Arm::new(name, self.base.clone(), set);
        let mut arm = self.models.iter().fold(arm, |arm, model| arm.with_policy(model.clone()));
        for (gene, level) in self.genes.iter().zip(genome) {
            let Sort::Decision { number, ways } = &gene.sort else { continue };
            arm = match ways[usize::from(*level)] {
                Way::AsBase => arm,
                Way::AtOnce(option) => arm.with_reply(*number, Reply::AtOnce(option)),
                // The base is the arm's first policy.
                Way::As(model) => arm.with_reply(*number, Reply::Of(1 + model)),
            };
        }
        self.fixed(arm)
    }

    fn fixed(&self, arm: Arm) -> Arm {
        let replies = self.decide.iter();
        replies.fold(arm, |arm, (number, option)| arm.with_reply(*number, Reply::AtOnce(*option)))
    }

    /// The levers that a policy file of a genome sets, rising by name. What is no choice of the vendor
    /// is not among them.
    pub(super) fn levers_of(&self, genome: &Genome) -> BTreeMap<String, String> {
        let own = self.base.iter().flat_map(Policy::levers);
        let mut levers: BTreeMap<String, String> =
            own.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let is_choice = |name: &str| !NOT_THE_VENDORS.contains(&name);
        let set = self.set.iter().filter(|(name, _)| is_choice(name));
        levers.extend(set.map(|(name, value)| (name.clone(), value.clone())));
        for gene in self.changes(genome) {
            if let Sort::Lever(_) = self.genes[gene].sort {
                levers.extend([self.choice(genome, gene)]);
            }
        }
        levers
    }

    /// The answers that a policy file of a genome writes, decision by decision.
    pub(super) fn answers_of(&self, genome: &Genome) -> Vec<(String, String)> {
        let answer = |number: usize| {
            let (name, options, _) = &self.decisions[number];
            let choose = |option: usize| format!("Choose({:?})", options[option]);
            let of = |policy: Option<&Policy>| {
                policy.and_then(|p| p.answer_text(name)).unwrap_or("Default").to_owned()
            };
            if let Some(option) = self.decide.get(&(number as u16)) {
                return (name.clone(), choose(*option));
            }
            let way = self.genes.iter().zip(genome).find_map(|(gene, level)| match &gene.sort {
                Sort::Decision { number: own, ways } if usize::from(*own) == number => {
                    Some(ways[usize::from(*level)])
                }
                _ => None,
            });
            let text = match way {
                Some(Way::AtOnce(option)) => choose(option),
                Some(Way::As(model)) => of(self.models.get(model)),
                Some(Way::AsBase) | None => of(self.base.as_ref()),
            };
            (name.clone(), text)
        };
        (0..self.decisions.len()).map(answer).collect()
    }
}
