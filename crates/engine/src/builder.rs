//! The builder: what plugins may declare. A half-built simulation is a `SimBuilder`, never a
//! [`Simulation`](crate::Simulation).

use std::any::TypeId;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use bevy_ecs::component::ComponentId;
use bevy_ecs::system::SystemParamFunction;
use bevy_ecs::world::World;

use crate::actor::{Actor, ActorId};
use crate::agenda::Agenda;
use crate::calendar::Calendar;
use crate::catalogue::Catalogue;
use crate::cx::{Cx, ParamSlot};
use crate::decision::{Decision, DecisionId, Inject, OrderBox, Placed};
use crate::director::{self, Act, Director, When};
use crate::event::{AnySlab, End, Event, EventIndex, Slab, Start};
use crate::handler::{Handler, On, handler};
use crate::lever::LeverInfo;
use crate::metric::{Metric, MetricInfo, View};
use crate::milestone::{MilestoneId, MilestoneInfo, Milestones};
use crate::names::Names;
use crate::param::{Param, ParamId, ParamInfo, Unit};
use crate::plugin::{Plugin, Problem};
use crate::reach::Reach;
use crate::shared::Shared;
use crate::simulation::{Invariant, Simulation};
use crate::snapshot::{Restore, Snapshot, State};
use crate::streams::{StreamId, Streams, address_hash};
use crate::time::SimTime;

struct EventSlot {
    name: &'static str,
    key: u64,
    type_id: TypeId,
    slab: Box<dyn AnySlab>,
    handlers: Vec<Box<dyn Handler>>,
}

/// Wiring that a plugin put off until all plugins are built.
type Later = Box<dyn FnOnce(&mut SimBuilder) -> Result<(), Problem>>;

/// The innermost name of a type, such as `NetworkBook` for an `Arc` of it: what an author can look up.
fn short_type_name<T>() -> &'static str {
    let name = std::any::type_name::<T>();
    let inner = name.rsplit('<').next().unwrap_or(name).trim_end_matches('>');
    inner.rsplit("::").next().unwrap_or(inner)
}

/// Assembles a simulation out of plugins.
pub struct SimBuilder {
    world: World,
    calendar: Calendar,
    start: SimTime,
    horizon: SimTime,
    pub(crate) plugin: &'static str,
    actors: Vec<String>,
    streams: Streams,
    param_stream: StreamId,
    params: Vec<ParamSlot>,
    param_infos: Vec<ParamInfo>,
    milestones: Vec<MilestoneInfo>,
    events: Vec<EventSlot>,
    metrics: Vec<Metric>,
    invariants: Vec<Invariant>,
    pub(crate) levers: Vec<LeverInfo>,
    pub(crate) settings: BTreeMap<String, String>,
    snapshots: BTreeMap<ComponentId, Box<dyn Restore>>,
    shared: Shared,
    decisions: Vec<Placed>,
    injects: Vec<(Inject, ActorId)>,
    director: Director,
    plugins: Vec<(&'static str, &'static str)>,
    pub(crate) reach: Reach,
    later: Vec<(&'static str, Later)>,
    pub(crate) problems: Vec<Problem>,
    prepared: BTreeMap<String, Vec<OrderBox>>,
    /// Names for orders and references.
    pub names: Names,
}

impl SimBuilder {
    /// A simulation that runs from `start` (zero or before) to `horizon`, with lever values as text.
    ///
    /// # Panics
    /// Never in practice: the first stream cannot collide with another.
    pub fn new(
        calendar: Calendar,
        start: SimTime,
        horizon: SimTime,
        settings: BTreeMap<String, String>,
    ) -> Self {
        let mut streams = Streams::new();
        let Ok(param_stream) = streams.add("engine", "params", "value") else {
            unreachable!("the first stream has no twin")
        };
        let mut builder = SimBuilder {
            world: World::new(),
            calendar,
            start: start.min(SimTime::STARTEX),
            horizon,
            plugin: "engine",
            actors: vec!["exercise".to_owned()],
            streams,
            param_stream,
            params: Vec::new(),
            param_infos: Vec::new(),
            milestones: Vec::new(),
            events: Vec::new(),
            metrics: Vec::new(),
            invariants: Vec::new(),
            levers: Vec::new(),
            settings,
            snapshots: BTreeMap::new(),
            shared: Shared::default(),
            decisions: Vec::new(),
            injects: Vec::new(),
            director: Director::default(),
            plugins: Vec::new(),
            reach: Reach::default(),
            later: Vec::new(),
            problems: Vec::new(),
            prepared: BTreeMap::new(),
            names: Names::default(),
        };
        builder.event::<Start>();
        builder.event::<End>();
        builder
    }

    /// Builds a plugin in; what it declares from here on is its own.
    pub fn plugin<P: Plugin>(&mut self, config: P::Config) {
        self.plugin = P::NAME;
        self.plugins.push((P::NAME, P::ABOUT));
        if let Err(problem) = P::build(config, self) {
            self.problem(problem);
        }
        self.plugin = "engine";
    }

    /// Puts off wiring until all plugins are built: for what needs something that a plugin built
    /// after this one shares. Handlers registered there run after those of all plugins.
    pub fn once_built(
        &mut self,
        wire: impl FnOnce(&mut SimBuilder) -> Result<(), Problem> + 'static,
    ) {
        self.later.push((self.plugin, Box::new(wire)));
    }

    fn wire_late(&mut self) {
        for (plugin, wire) in std::mem::take(&mut self.later) {
            self.plugin = plugin;
            if let Err(problem) = wire(self) {
                self.problem(problem);
            }
            self.plugin = "engine";
        }
    }

    /// Reports a mistake of the author and goes on, so that all are found at once.
    pub fn problem(&mut self, mut problem: Problem) {
        if problem.plugin.is_empty() && self.plugin != "engine" {
            self.plugin.clone_into(&mut problem.plugin);
        }
        self.problems.push(problem);
    }

    /// Civil time of the scenario.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// When the run starts: STARTEX less the lead-in.
    pub fn start(&self) -> SimTime {
        self.start
    }

    /// When the run ends.
    pub fn horizon(&self) -> SimTime {
        self.horizon
    }

    /// An actor by name; the same one whoever asks.
    pub fn actor(&mut self, name: &str) -> ActorId {
        let known = self.actors.iter().position(|a| a == name);
        let index = known.unwrap_or_else(|| {
            self.actors.push(name.to_owned());
            self.actors.len() - 1
        });
        ActorId(index as u16)
    }

    /// A new actor with state.
    pub fn spawn<T: State>(&mut self, name: &str, state: T) -> Actor {
        let id = self.actor(name);
        let entity = self.world.spawn(state).id();
        self.track::<T>();
        Actor { id, entity }
    }

    /// More state for an actor.
    pub fn add<T: State>(&mut self, actor: Actor, state: T) {
        self.world.entity_mut(actor.entity).insert(state);
        self.track::<T>();
    }

    fn track<T: State>(&mut self) {
        let id = self.world.register_component::<T>();
        if !self.snapshots.contains_key(&id) {
            let snapshot = Snapshot::<T>::new(&mut self.world);
            self.snapshots.insert(id, Box::new(snapshot));
        }
    }

    /// A stream of chance for one actor and purpose of this plugin.
    pub fn stream(&mut self, actor: &str, purpose: &str) -> StreamId {
        match self.streams.add(self.plugin, actor, purpose) {
            Ok(id) => id,
            Err(message) => {
                self.problem(Problem::new(message));
                self.param_stream
            }
        }
    }

    /// Catalogues a number of the scenario and makes it usable. `name` is its field path within the
    /// plugin's section.
    pub fn param<U: Unit>(&mut self, name: &str, param: Param<U>) -> ParamId<U> {
        let path = format!("{}.{name}", self.plugin);
        let occurrence = address_hash(&[&path]) >> 32;
        if let Some(twin) = self.params.iter().position(|p| p.occurrence == occurrence) {
            let twin = self.param_infos[twin].path.clone();
            self.problem(Problem::new(format!("number `{path}` has the address of `{twin}`")));
        }
        self.param_infos.push(ParamInfo {
            path,
            unit: U::NAME,
            dist: param.dist.clone(),
            is_read_at_build: param.is_read_at_build(),
            source: param.source,
            firmness: param.firmness,
            scale: U::SCALE,
            legal: (U::MIN, U::MAX),
        });
        self.params.push(ParamSlot::new(param.dist, occurrence));
        ParamId::new(self.params.len() as u32 - 1)
    }

    /// A milestone by name; the same one whoever asks. The first who says what it means is believed.
    pub fn milestone(&mut self, name: &str, about: &str) -> MilestoneId {
        let known = self.milestones.iter().position(|m| m.name == name);
        let index = known.unwrap_or_else(|| {
            let (name, about, by) = (name.to_owned(), String::new(), self.plugin);
            self.milestones.push(MilestoneInfo { name, about, by });
            self.milestones.len() - 1
        });
        let info = &mut self.milestones[index];
        if info.about.is_empty() {
            about.clone_into(&mut info.about);
        }
        MilestoneId(index as u16)
    }

    /// A milestone that some plugin has declared.
    ///
    /// # Errors
    /// A problem with the nearest name, when there is none.
    pub fn known_milestone(&self, name: &str) -> Result<MilestoneId, Problem> {
        match self.milestones.iter().position(|m| m.name == name) {
            Some(index) => Ok(MilestoneId(index as u16)),
            None => Err(Problem::new(format!("no milestone is called `{name}`"))
                .hint_names(name, self.milestones.iter().map(|m| m.name.as_str()))),
        }
    }

    /// Runs a system whenever the event falls due. Order is plugin order, then call order.
    pub fn on<E: Event, M: 'static>(
        &mut self,
        system: impl SystemParamFunction<M, In = On<'static, E>, Out = ()>,
    ) {
        self.on_when(|_: &E| true, system);
    }

    /// As [`SimBuilder::on`], for those events only that the handler `wants`: of what is sent to many and
    /// concerns few, such as news of a belief. It spares looking up state that is not looked at.
    pub fn on_when<E: Event, M: 'static>(
        &mut self,
        wants: impl Fn(&E) -> bool + Send + 'static,
        system: impl SystemParamFunction<M, In = On<'static, E>, Out = ()>,
    ) {
        let slot = self.event::<E>();
        self.events[slot].handlers.push(handler::<E, _, M, _>(wants, system));
    }

    fn event<E: Event>(&mut self) -> usize {
        if let Some(slot) = self.events.iter().position(|e| e.key == E::KEY) {
            let known = &self.events[slot];
            assert!(
                known.type_id == TypeId::of::<E>(),
                "two event types are called `{}` and `{}`: rename one",
                known.name,
                E::NAME
            );
            return slot;
        }
        self.events.push(EventSlot {
            name: E::NAME,
            key: E::KEY,
            type_id: TypeId::of::<E>(),
            slab: Box::new(Slab::<E>::new()),
            handlers: Vec::new(),
        });
        self.events.len() - 1
    }

    /// Declares a metric and how it is read; `None` means that it has no value in this run.
    pub fn metric(
        &mut self,
        info: MetricInfo,
        read: impl Fn(&View<'_>) -> Option<f64> + Send + Sync + 'static,
    ) {
        if self.metrics.iter().any(|m| m.info.name == info.name) {
            self.problem(Problem::new(format!("two metrics are called `{}`", info.name)));
        }
        let by = self.plugin;
        self.metrics.push(Metric { info, by, read: Box::new(read) });
    }

    /// Declares what must hold after every entry; checked when the simulation is asked to.
    pub fn invariant(
        &mut self,
        name: &'static str,
        holds: impl Fn(&View<'_>) -> Result<(), String> + Send + Sync + 'static,
    ) {
        self.invariants.push(Invariant { name, holds: Box::new(holds) });
    }

    /// Hands something to the plugins that are built after this one, and to who reads a run: see
    /// [`Catalogue::shared`].
    pub fn share<T: Send + Sync + 'static>(&mut self, value: T) {
        self.shared.put(value);
    }

    /// What another plugin shared.
    ///
    /// # Errors
    /// A problem saying that the plugin which shares it is missing.
    pub fn shared<T: Clone + 'static>(&self) -> Result<T, Problem> {
        self.shared.get().ok_or_else(|| {
            Problem::new(format!(
                "needs {}, which no plugin in this scenario provides",
                short_type_name::<T>()
            ))
            .hint("add the section of the plugin that provides it")
        })
    }

    /// Adds a decision; each option becomes the milestone `chose/DECISION/OPTION`.
    pub fn decision(&mut self, decision: Decision) -> DecisionId {
        let who = self.actor(&decision.role);
        let chosen = decision
            .options
            .iter()
            .map(|option| {
                let about = format!("{}: {}", decision.ask, option.text);
                self.milestone(&chosen_name(decision.name.as_str(), option.name.as_str()), &about)
            })
            .collect();
        let number = self.decisions.len() as u16;
        self.director.add(decision.cue.clone(), Act::Ask(number));
        self.decisions.push(Placed { decision, who, chosen });
        DecisionId(number)
    }

    /// Adds an inject.
    pub fn inject(&mut self, inject: Inject) {
        let who = self.actor(&inject.from);
        self.director.add(inject.cue.clone(), Act::Inject(self.injects.len() as u16));
        self.injects.push((inject, who));
    }

    /// Lays out orders under a name, for plugins that give orders which the scenario names.
    pub fn prepare(&mut self, name: &str, orders: Vec<OrderBox>) {
        self.prepared.insert(name.to_owned(), orders);
    }

    /// Orders that the scenario has laid out under a name, for [`Cx::give`].
    ///
    /// # Errors
    /// A problem with the nearest name, when there are none.
    pub fn prepared(&self, name: &str) -> Result<Vec<OrderBox>, Problem> {
        self.prepared.get(name).cloned().ok_or_else(|| {
            Problem::new(format!("no orders are called `{name}`"))
                .hint_names(name, self.prepared.keys().map(String::as_str))
        })
    }

    fn check(&mut self) {
        let known: BTreeSet<&str> = self.levers.iter().map(|l| l.name.as_str()).collect();
        let mut problems = Vec::new();
        for name in self.settings.keys().filter(|n| !known.contains(n.as_str())) {
            let problem =
                Problem::new(format!("no lever is called `{name}`")).at(format!("levers.{name}"));
            problems.push(problem.hint_names(name, known.iter().copied()));
        }
        for placed in &self.decisions {
            for option in &placed.decision.options {
                let place = format!("decisions.{}.{}", placed.decision.name, option.name);
                let wrong = option.orders.iter().filter_map(|o| o.check(&self.names).err());
                problems.extend(wrong.map(|p| p.at(place.clone())));
            }
        }
        for (inject, _) in &self.injects {
            let place = format!("injects.{}", inject.name);
            let wrong = inject.orders.iter().filter_map(|o| o.check(&self.names).err());
            problems.extend(wrong.map(|p| p.at(place.clone())));
        }
        for (name, orders) in &self.prepared {
            let wrong = orders.iter().filter_map(|o| o.check(&self.names).err());
            problems.extend(wrong.map(|p| p.at(format!("orders.{name}"))));
        }
        if self.horizon <= SimTime::STARTEX {
            problems.push(Problem::new("the horizon must lie after STARTEX").at("horizon"));
        }
        for (cue, place) in self
            .decisions
            .iter()
            .map(|p| (&p.decision.cue, format!("decisions.{}", p.decision.name)))
            .chain(self.injects.iter().map(|(i, _)| (&i.cue, format!("injects.{}", i.name))))
        {
            if matches!(cue.when, When::At(at) if at < self.start) {
                problems.push(Problem::new("this lies before the lead-in begins").at(place));
            }
        }
        self.problems.append(&mut problems);
    }

    /// Finishes the simulation.
    ///
    /// # Errors
    /// All of the author's mistakes.
    pub fn finish(mut self) -> Result<Simulation, Vec<Problem>> {
        self.wire_late();
        self.check();
        if !self.problems.is_empty() {
            return Err(self.problems);
        }
        let (keys, slabs, handlers) = number_events(self.events, &mut self.world);
        let mut director = self.director;
        director.index(self.milestones.len());
        let mut snapshots: Vec<Box<dyn Restore>> = self.snapshots.into_values().collect();
        for snapshot in &mut snapshots {
            snapshot.save(&mut self.world);
        }
        let cx = Cx {
            now: self.start,
            horizon: self.horizon,
            calendar: self.calendar,
            agenda: Agenda::default(),
            soon: VecDeque::new(),
            payloads: (0..slabs.len() as u16)
                .filter(|n| slabs[usize::from(*n)].has_payloads())
                .collect(),
            is_stored: vec![false; slabs.len()],
            slabs,
            index: EventIndex::new(&keys),
            streams: self.streams,
            params: self.params,
            param_stream: self.param_stream,
            epoch: 0,
            milestones: Milestones { reached: vec![None; self.milestones.len()] },
            director,
            journal: None,
            notes: 0,
            cause: 0,
            entries_run: 0,
            failed: None,
        };
        let catalogue = Catalogue {
            actors: self.actors,
            milestones: self.milestones,
            levers: self.levers,
            params: self.param_infos,
            plugins: self.plugins,
            inbox: self.reach.inbox,
            digests: self.reach.digests,
            clocks: self.reach.clocks,
            titles: self.reach.titles,
            shared: self.shared,
        };
        Ok(Simulation::new(
            self.world,
            cx,
            handlers,
            snapshots,
            catalogue,
            self.metrics,
            self.invariants,
            self.decisions,
            self.injects,
            self.start,
        ))
    }
}

/// Keys, slabs and handlers by the event's number; the handlers are made ready for the finished world.
/// The engine's own entries come first. An event that nobody handles has no number: sending it does
/// nothing.
#[expect(clippy::type_complexity, reason = "three lists of one length, taken apart at once")]
fn number_events(
    events: Vec<EventSlot>,
    world: &mut World,
) -> (Vec<u64>, Vec<Box<dyn AnySlab>>, Vec<Vec<Box<dyn Handler>>>) {
    let mut keys: Vec<u64> = (0..u64::from(director::RESERVED)).collect();
    let mut slabs: Vec<Box<dyn AnySlab>> = Vec::new();
    let mut handlers: Vec<Vec<Box<dyn Handler>>> = Vec::new();
    for _ in 0..director::RESERVED {
        slabs.push(Box::new(Slab::<Start>::new()));
        handlers.push(Vec::new());
    }
    for mut event in events.into_iter().filter(|e| !e.handlers.is_empty()) {
        for handler in &mut event.handlers {
            handler.prepare(world);
        }
        keys.push(event.key);
        slabs.push(event.slab);
        handlers.push(event.handlers);
    }
    assert!(keys.len() <= Agenda::EVENTS, "more than {} kinds of events", Agenda::EVENTS);
    (keys, slabs, handlers)
}

/// The milestone of an option: `chose/DECISION/OPTION`.
pub fn chosen_name(decision: &str, option: &str) -> String {
    format!("chose/{decision}/{option}")
}
