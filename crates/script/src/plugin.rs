//! The plugin `script`: builds the agents of its section and wires them to what they hear.

use std::sync::Arc;

use hotwash_engine::{
    Better, End, Event, JsonSchema, MetricInfo, Names, On, Order, Plugin, Problem, Query,
    SimBuilder, Slug, Start, intern, schemars,
};
use hotwash_incident::events;
use hotwash_incident::reflect::{EventVisitor, Reflect};
use hotwash_incident::{Directory, Ledgers};
use serde::Deserialize;

use crate::agent::{Agent, Memory};
use crate::build::{self, AGENT, Behaviour, Place, TOLD};
use crate::config::{AgentConfig, Concerns, Direction, MetricConfig, ScriptConfig};
use crate::host::{Account, Host};
use crate::program::{Call, Program, Trouble};
use crate::script::ScriptProgram;

/// What agents with a script can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub enum ScriptOrder {
    /// Calls the agent's function `told` with a word.
    Tell {
        /// Which agent.
        agent: Slug,
        /// What it is told: one of its `told`.
        what: Slug,
    },
}

impl Event for ScriptOrder {
    const NAME: &'static str = "script.order";
}

impl Order for ScriptOrder {
    fn check(&self, names: &Names) -> Result<(), Problem> {
        let ScriptOrder::Tell { agent, what } = self;
        names.require(AGENT, agent.as_str())?;
        names.require(TOLD, &format!("{agent}: {what}"))
    }
}

/// A timer of an agent is due.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ScriptDue {
    pub(crate) agent: u16,
    pub(crate) what: Slug,
}

impl Event for ScriptDue {
    const NAME: &'static str = "script.due";
}

/// Agents whose behaviour stands beside the scenario.
#[derive(Debug)]
pub struct Scripts;

impl Plugin for Scripts {
    const NAME: &'static str = "script";
    const ABOUT: &'static str = "agents of the scenario's own: declared in its section, their behaviour in a script beside it";
    type Config = ScriptConfig;
    type Order = ScriptOrder;

    fn build(config: ScriptConfig, sim: &mut SimBuilder) -> Result<(), Problem> {
        for (i, agent) in config.agents.into_iter().enumerate() {
            let place = Place(format!("agents[{i}]"));
            if !sim.names.declare(AGENT, agent.name.as_str()) {
                let problem = Problem::new(format!("two agents are called `{}`", agent.name));
                sim.problem(problem.at(place.0));
                continue;
            }
            if let Err(problem) = build_agent(sim, agent, i as u16, &place) {
                sim.problem(problem);
            }
        }
        Ok(())
    }
}

fn build_agent(
    sim: &mut SimBuilder,
    mut config: AgentConfig,
    number: u16,
    place: &Place,
) -> Result<(), Problem> {
    let declared = build::declare(sim, &mut config, number, place);
    let host = Host::new(declared);
    let (file, program) = match build::behaviour(&config, place)? {
        Behaviour::Script(file) => {
            let program =
                ScriptProgram::new(&file.text, &host).map(|p| Program::Script(Box::new(p)));
            (file, program)
        }
        #[cfg(feature = "wasm")]
        Behaviour::Module(file) => {
            let program = crate::module::ModuleProgram::new(&file.text, &host)
                .map(|p| Program::Module(Box::new(p)));
            (file, program)
        }
        #[cfg(not(feature = "wasm"))]
        Behaviour::Module(_) => {
            let problem = Problem::new("this program was built without modules");
            let hint = "build it with `--features wasm`, or write the agent as a script";
            return Err(problem.hint(hint).at(format!("{}.module", place.0)));
        }
    };
    let program = match program {
        Ok(program) => program,
        Err(troubles) => {
            for Trouble { message, hint, at } in troubles {
                let problem = Problem { hint, ..Problem::new(message).at(place.0.clone()) };
                // What has no place in the file is about the section, which its message quotes.
                sim.problem(match at {
                    Some((line, column)) => problem.in_file(file.name.clone(), line, column),
                    None => problem,
                });
            }
            return Ok(());
        }
    };
    let memory =
        Memory { keep: program.keep(), account: Account::new(host.declared.metrics.len()) };
    let actor = sim.spawn(config.name.as_str(), memory);
    let agent = Arc::new(Agent {
        actor,
        host,
        program,
        file: file.name.clone(),
        place: place.0.clone(),
        directory: Directory::of(sim),
    });
    metrics(sim, &agent, &config.metrics);
    wire(sim, &agent);
    Ok(())
}

fn metrics(sim: &mut SimBuilder, agent: &Agent, configs: &[MetricConfig]) {
    for (i, config) in configs.iter().enumerate() {
        let info = MetricInfo {
            name: intern(config.name.as_str()),
            unit: intern(&config.unit),
            better: match config.better {
                Direction::Lower => Better::Lower,
                Direction::Higher => Better::Higher,
                Direction::Neither => Better::Neither,
            },
            bearer: match config.bearer {
                Concerns::Vendor => "vendor",
                Concerns::Victims => "victims",
                Concerns::Customers => "customers",
                Concerns::Public => "public",
            },
            about: intern(&config.about),
        };
        let actor = agent.actor;
        sim.metric(info, move |view| view.get::<Memory>(actor).account.metrics[i]);
    }
}

/// What the handlers of agents work with.
type Memories<'w, 's, 'a> = Query<'w, 's, &'a mut Memory>;
type AllLedgers<'w, 's, 'a> = Query<'w, 's, &'a mut Ledgers>;

/// Registers a handler that calls the agent, unless the event is none of its business.
fn handle<E: Event>(
    sim: &mut SimBuilder,
    agent: &Arc<Agent>,
    call: impl for<'e> Fn(&'e E) -> Option<Call<'e>> + Send + Sync + 'static,
) {
    let own = Arc::clone(agent);
    sim.on(
        move |mut on: On<'_, E>,
              mut memories: Memories<'_, '_, '_>,
              mut ledgers: AllLedgers<'_, '_, '_>| {
            let event = on.event.clone();
            if let (Some(call), Ok(mut memory)) = (call(&event), memories.get_mut(own.actor.entity))
            {
                let mut ledgers = ledgers.iter_mut().next();
                own.call(&mut on, &mut memory, ledgers.as_deref_mut(), call);
            }
        },
    );
}

fn wire(sim: &mut SimBuilder, agent: &Arc<Agent>) {
    let (number, name) = (agent.host.declared.number, agent.host.declared.name);
    handle::<Start>(sim, agent, |_| Some(Call::Start));
    for (number, event) in agent.host.declared.hears.iter().enumerate() {
        let hearing = Hearing { sim: &mut *sim, agent, number };
        if events::visit(event, hearing).is_none() {
            unreachable!("`{event}` is in the list of events")
        }
    }
    handle::<ScriptDue>(sim, agent, move |due| {
        (due.agent == number).then_some(Call::Due(due.what.as_str()))
    });
    handle::<ScriptOrder>(sim, agent, move |order| {
        let ScriptOrder::Tell { agent, what } = order;
        (*agent == name).then_some(Call::Told(what.as_str()))
    });
    handle::<End>(sim, agent, |_| Some(Call::Finish));
}

/// Makes an agent hear an event whose type is known here only.
struct Hearing<'a> {
    sim: &'a mut SimBuilder,
    agent: &'a Arc<Agent>,
    number: usize,
}

impl EventVisitor for Hearing<'_> {
    type Out = ();

    fn visit<E: Reflect>(self) {
        let Hearing { sim, agent, number } = self;
        let own = Arc::clone(agent);
        sim.on(
            move |mut on: On<'_, E>,
                  mut memories: Memories<'_, '_, '_>,
                  mut ledgers: AllLedgers<'_, '_, '_>| {
                let Ok(mut memory) = memories.get_mut(own.actor.entity) else { return };
                let mut ledgers = ledgers.iter_mut().next();
                let values: Vec<_> = on.event.fields().collect();
                let fields: Vec<_> =
                    values.iter().map(|(name, value)| (*name, own.word(value))).collect();
                let call = Call::Hear { number, fields: &fields };
                own.call(&mut on, &mut memory, ledgers.as_deref_mut(), call);
            },
        );
    }
}
