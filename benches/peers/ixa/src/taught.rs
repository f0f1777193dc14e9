//! The style that ixa's book and examples teach: segments and cohorts are entities with properties,
//! each part of the company has its own data plugin and stream, and parts tell each other what
//! happened by events to which they subscribe when the simulation is made.

use std::collections::VecDeque;

use ixa::prelude::*;
use ixa::{ExecutionPhase, IxaEvent};

use crate::measure::Outcome;
use crate::rules::{self, ANALYSTS, Cohort, HORIZON, SEGMENTS, WEEK};

define_rng!(IntruderRng);
define_rng!(NoiseRng);
define_rng!(TriageRng);
define_rng!(CustomersRng);
define_rng!(PressRng);

define_entity!(Segment);
define_property!(struct Visibility(f64), Segment, impl_eq_hash = both);
define_property!(struct Taken(u32), Segment, default_const = Taken(0));

define_entity!(Customers);
define_property!(struct Size(u64), Customers);
define_property!(struct Trust(f64), Customers, impl_eq_hash = both, default_const = Trust(1.0));

#[derive(IxaEvent)]
struct Raised {
    is_real: bool,
}

#[derive(IxaEvent)]
struct Found;

/// What is counted; the other parts report to it.
#[derive(Default)]
struct Tally {
    events: u64,
    taken: u64,
    found: u64,
    complaints: u64,
    statements: u64,
}

define_data_plugin!(TallyPlugin, Tally, Tally::default());

/// One replication.
pub(crate) fn run(seed: u64, replication: u64) -> Outcome {
    let mut context = Context::new();
    context.init_random(seed.wrapping_mul(1 << 32).wrapping_add(replication));
    context.schedule_shutdown(HORIZON);
    intruder::init(&mut context);
    soc::init(&mut context);
    press::init(&mut context);
    customers::init(&mut context);
    context.execute();
    let tally = context.get_data(TallyPlugin);
    [tally.events, tally.taken, tally.found, tally.complaints, tally.statements]
}

mod intruder {
    use super::*;

    define_data_plugin!(NetworkPlugin, Vec<SegmentId>, Vec::new());

    pub(super) fn init(context: &mut Context) {
        let segments = rules::visibility().map(|chance| {
            context.add_entity(with!(Segment, Visibility(chance))).expect("a segment")
        });
        *context.get_data_mut(NetworkPlugin) = segments.to_vec();
        context.add_plan(0.0, step);
    }

    fn step(context: &mut Context) {
        context.get_data_mut(TallyPlugin).events += 1;
        let to = context.sample_range(IntruderRng, 0..SEGMENTS);
        let segment = context.get_data(NetworkPlugin)[to];
        if context.sample_bool(IntruderRng, 0.35) {
            let Taken(hosts) = context.get_property(segment);
            context.set_property(segment, Taken(hosts + 1));
            context.get_data_mut(TallyPlugin).taken += 1;
        }
        let Visibility(chance) = context.get_property(segment);
        if context.sample_bool(IntruderRng, chance) {
            context.emit_event(Raised { is_real: true });
        }
        let wait = 9.0 * context.sample_distr::<_, f64>(IntruderRng, rand_distr::Exp1);
        context.add_plan(context.get_current_time() + wait, step);
    }
}

mod soc {
    use super::*;

    #[derive(Default)]
    struct Soc {
        busy: [bool; ANALYSTS],
        queue: VecDeque<bool>,
    }

    define_data_plugin!(SocPlugin, Soc, Soc::default());

    pub(super) fn init(context: &mut Context) {
        context.subscribe_to_event(|context, Raised { is_real }| raised(context, is_real));
        context.add_plan(0.0, noise);
    }

    fn noise(context: &mut Context) {
        context.get_data_mut(TallyPlugin).events += 1;
        context.emit_event(Raised { is_real: false });
        let wait = context.sample(NoiseRng, rules::noise);
        context.add_plan(context.get_current_time() + wait, noise);
    }

    fn raised(context: &mut Context, is_real: bool) {
        let soc = context.get_data_mut(SocPlugin);
        match soc.busy.iter().position(|busy| !busy) {
            Some(analyst) => {
                soc.busy[analyst] = true;
                assign(context, analyst, is_real);
            }
            None => soc.queue.push_back(is_real),
        }
    }

    fn assign(context: &mut Context, analyst: usize, is_real: bool) {
        let (work, recognises) = context.sample(TriageRng, rules::triage);
        context.add_plan(context.get_current_time() + work, move |context| {
            triaged(context, analyst, is_real && recognises);
        });
    }

    fn triaged(context: &mut Context, analyst: usize, is_found: bool) {
        let tally = context.get_data_mut(TallyPlugin);
        tally.events += 1;
        if is_found {
            tally.found += 1;
            context.emit_event(Found);
        }
        let soc = context.get_data_mut(SocPlugin);
        let next = soc.queue.pop_front();
        soc.busy[analyst] = next.is_some();
        if let Some(is_real) = next {
            assign(context, analyst, is_real);
        }
    }
}

mod press {
    use super::*;

    define_data_plugin!(PressPlugin, bool, false);

    pub(super) fn init(context: &mut Context) {
        context.subscribe_to_event(|context, Found| found(context));
    }

    fn found(context: &mut Context) {
        let reviewing = context.get_data_mut(PressPlugin);
        if !*reviewing {
            *reviewing = true;
            let work = context.sample(PressRng, rules::review);
            context.add_plan(context.get_current_time() + work, released);
        }
    }

    fn released(context: &mut Context) {
        *context.get_data_mut(PressPlugin) = false;
        let tally = context.get_data_mut(TallyPlugin);
        tally.events += 1;
        tally.statements += 1;
    }
}

mod customers {
    use super::*;

    pub(super) fn init(context: &mut Context) {
        let cohorts = rules::cohorts().map(|cohort| {
            context.add_entity(with!(Customers, Size(cohort.size))).expect("a cohort")
        });
        context.add_periodic_plan_with_phase(
            WEEK,
            move |context| week(context, &cohorts),
            ExecutionPhase::Normal,
        );
    }

    fn week(context: &mut Context, cohorts: &[CustomersId]) {
        // A periodic plan begins at time 0, when no week has passed.
        if context.get_current_time() == 0.0 {
            return;
        }
        context.get_data_mut(TallyPlugin).events += 1;
        for &id in cohorts {
            let (Size(size), Trust(trust)) = (context.get_property(id), context.get_property(id));
            let mut cohort = Cohort { size, trust };
            let count = context.sample(CustomersRng, |rng| rules::week(rng, &mut cohort));
            context.set_property(id, Trust(cohort.trust));
            context.get_data_mut(TallyPlugin).complaints += count;
        }
    }
}
