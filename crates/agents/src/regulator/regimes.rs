//! The plugin `regimes`: reads the law as data and shares it. It has no behaviour of its own, so that
//! one library of law serves every scenario, whatever its breach is.

use std::sync::Arc;

use hotwash_engine::{
    Count, Days, Hours, NoOrder, ParamId, Plugin, Problem, Share, SimBuilder, SimDuration, SimTime,
    Slug, Usd,
};

use super::config::{ClockConfig, DutyTo, InForce, Needs, RegimeConfig, RegimesConfig};

/// One body of rules, with its numbers registered.
#[derive(Clone, Debug)]
pub struct Regime {
    /// Unique name.
    pub id: Slug,
    /// As printed.
    pub name: String,
    /// Where it protects customers; empty if it binds the vendor as such.
    pub countries: Vec<Slug>,
    /// First instant in force.
    pub from: SimTime,
    /// First instant no longer in force.
    pub until: Option<SimTime>,
    /// What must have been exposed.
    pub needs: Needs,
    /// Belief at which its clock starts.
    pub awareness: ParamId<Share>,
    /// Chance that its harm test is met.
    pub applies: ParamId<Share>,
    /// What is owed.
    pub duties: Vec<Duty>,
    /// Whether the police may have notice to people put off.
    pub police_may_hold: bool,
    /// Highest fine.
    pub fine_max: ParamId<Usd>,
    /// Chance that lateness is fined.
    pub fine_if_late: ParamId<Share>,
}

/// What is owed to whom by when.
#[derive(Clone, Debug)]
pub struct Duty {
    /// Unique within the regime.
    pub id: Slug,
    /// To whom.
    pub to: DutyTo,
    /// By when.
    pub clock: Clock,
    /// Whether an early warning meets it.
    pub is_early_warning: bool,
}

/// A clock's length as a registered number.
#[derive(Clone, Copy, Debug)]
pub enum Clock {
    /// Hours.
    Hours(ParamId<Hours>),
    /// Days.
    Days(ParamId<Days>),
    /// Business days.
    BusinessDays(ParamId<Count>),
    /// Days drawn from practice.
    Elastic(ParamId<Days>),
}

/// All regimes, in the order of the library.
#[derive(Clone, Debug, Default)]
pub struct RegimeBook {
    /// The regimes.
    pub regimes: Vec<Regime>,
}

/// The book as plugins share it.
pub type SharedRegimes = Arc<RegimeBook>;

/// The law as a plugin.
pub struct Regimes;

impl Plugin for Regimes {
    const NAME: &'static str = "regimes";
    const ABOUT: &'static str = "the law on telling of breaches, as data: regimes, duties, clocks";
    type Config = RegimesConfig;
    type Order = NoOrder;

    fn build(config: RegimesConfig, sim: &mut SimBuilder) -> Result<(), Problem> {
        let mut book = RegimeBook::default();
        for (i, regime) in config.regimes.into_iter().enumerate() {
            if !sim.names.declare("regime", regime.id.as_str()) {
                return Err(Problem::new(format!("two regimes are called `{}`", regime.id))
                    .at(format!("regimes[{i}].id")));
            }
            let regime = build_regime(i, regime, sim)?;
            book.regimes.push(regime);
        }
        sim.share::<SharedRegimes>(Arc::new(book));
        Ok(())
    }
}

fn build_regime(
    index: usize,
    config: RegimeConfig,
    sim: &mut SimBuilder,
) -> Result<Regime, Problem> {
    let place = format!("regimes[{index}]");
    let (from, until) =
        dates(&config.in_force, sim).map_err(|p| p.at(format!("{place}.in_force")))?;
    let path = |field: &str| format!("{}.{field}", config.id);
    let mut duties: Vec<Duty> = Vec::new();
    for duty in config.duties {
        if duties.iter().any(|d| d.id == duty.id) {
            return Err(Problem::new(format!("two duties are called `{}`", duty.id))
                .at(format!("{place}.duties")));
        }
        let clock_path = path(&format!("duties.{}", duty.id));
        let clock = match duty.clock {
            ClockConfig::Hours(p) => Clock::Hours(sim.param(&clock_path, p)),
            ClockConfig::Days(p) => Clock::Days(sim.param(&clock_path, p)),
            ClockConfig::BusinessDays(p) => Clock::BusinessDays(sim.param(&clock_path, p)),
            ClockConfig::Elastic(p) => Clock::Elastic(sim.param(&clock_path, p)),
        };
        let is_early_warning = duty.is_early_warning;
        duties.push(Duty { id: duty.id, to: duty.to, clock, is_early_warning });
    }
    Ok(Regime {
        id: config.id,
        name: config.name,
        countries: config.countries,
        from,
        until,
        needs: config.needs,
        awareness: sim.param(&path("awareness"), config.awareness),
        applies: sim.param(&path("applies"), config.applies),
        duties,
        police_may_hold: config.police_may_hold,
        fine_max: sim.param(&path("fine_max_usd"), config.fine_max_usd),
        fine_if_late: sim.param(&path("fine_if_late"), config.fine_if_late),
    })
}

/// The first instant in force and the first no longer in force.
fn dates(in_force: &InForce, sim: &SimBuilder) -> Result<(SimTime, Option<SimTime>), Problem> {
    let instant = |date: &str| sim.calendar().instant(date).map_err(Problem::new);
    let from = instant(&in_force.from)?;
    let until = match &in_force.to {
        Some(last_day) => Some(instant(last_day)? + SimDuration::DAY),
        None => None,
    };
    match until {
        Some(until) if until <= from => {
            Err(Problem::new("it would pass out of force before it comes into force"))
        }
        _ => Ok((from, until)),
    }
}
