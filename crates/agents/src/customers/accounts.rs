//! Business customers: each week in which there is news they weigh whether to prepare a switch, and
//! the prepared switch at their renewal or upon a further signal.
//!
//! After the critics' advice: watch whether the vendor has confirmed, whether new exploits are seen and
//! whether there has been a categorical denial, and prepare a switch before the facts are in.

use std::sync::Arc;

use hotwash_engine::{
    Actor, ActorId, Cx, End, Event, MilestoneId, NoteId, On, Problem, Query, SimBuilder, SimTime,
    Single, state,
};
use hotwash_incident::case::SharedCase;
use hotwash_incident::events::{
    ArticlePublished, Bearer, ClaimRefuted, CostIncurred, CostKind, CustomersBriefed, ExploitUsed,
    ResearchPublished, ResearcherRebutted, StatementReleased,
};
use hotwash_incident::statement::SharedStatements;
use hotwash_incident::{
    Audiences, Cohort, Ledgers, MatterId, Party, Polarity, PropositionId, Specific, Statement,
    Wording, milestones,
};

use super::config::{AccountsConfig, DoubtIds, SwitchingIds};
use super::doubt::{self, Pace, Signals, Standing, Weights};
use super::kinds;
use super::metrics;
use super::state::Customers;

/// What critics ask a vendor to say.
const SPECIFICS: [Specific; 4] = [Specific::What, Specific::Age, Specific::Dwell, Specific::Limits];
/// The story that tells of a breach and does not say whose.
const UNNAMED: &str = "unnamed-victims";
/// Switching is told once this share has.
const TELL_SWITCHED: f64 = 0.005;
/// Calm is told when those preparing have fallen to this share of their highest number.
const TELL_CALM: f64 = 0.5;

/// They weigh it again.
#[derive(Clone, Copy, Debug)]
struct Review;

impl Event for Review {
    const NAME: &'static str = "customers.accounts-review";
}

/// What moved them; later ones count for more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Why {
    Briefed,
    Named,
    Spoke,
    Rebutted,
    Refuted,
    Confirmed,
    Exploited,
}

impl Why {
    const fn name(self) -> &'static str {
        match self {
            Why::Briefed => "since the vendor told some of them in confidence",
            Why::Named => "since the vendor was named",
            Why::Spoke => "since the vendor spoke",
            Why::Rebutted => "since the researcher contradicted the vendor",
            Why::Refuted => "since the vendor's word no longer stands",
            Why::Confirmed => "since the vendor confirmed that source code was taken",
            Why::Exploited => "since customers were attacked through the product",
        }
    }
}

state! {
    /// All business customers together.
    pub struct Accounts {
        /// Where they stand.
        pub standing: Standing,
        /// Highest share preparing.
        pub highest: f64,
        /// Doubt at the last review, 0 to 1, and the highest.
        pub doubt: [f64; 2],
        /// How many leave; known at the end of the run.
        pub lost: Option<f64>,
        /// Share told in confidence.
        briefed: f64,
        /// Contradictions heard, by credibility.
        rebuttals: f64,
        /// Attacks seen.
        exploits: f64,
        /// Which specific things the vendor has said.
        specifics: [bool; SPECIFICS.len()],
        /// Whether the vendor has said that source was taken.
        is_confirmed: bool,
        /// Whether there is news since the last review, and its strength.
        has_news: bool,
        signal: f64,
        /// What weighed most among the last news, and the journal's entry that led to it.
        why: Why,
        because: NoteId,
        news_at: SimTime,
        is_reviewing: bool,
        has_told_switching: bool,
        has_told_calm: bool,
    }
}

/// Fixed facts.
struct Wiring {
    who: ActorId,
    case: SharedCase,
    source: PropositionId,
    matter: MatterId,
    doubt: DoubtIds,
    switching: SwitchingIds,
    preparing: MilestoneId,
}

impl Accounts {
    fn new() -> Self {
        Accounts {
            standing: Standing::default(),
            highest: 0.0,
            doubt: [0.0; 2],
            lost: None,
            briefed: 0.0,
            rebuttals: 0.0,
            exploits: 0.0,
            specifics: [false; SPECIFICS.len()],
            is_confirmed: false,
            has_news: false,
            signal: 0.0,
            why: Why::Named,
            because: NoteId::default(),
            news_at: SimTime::STARTEX,
            is_reviewing: false,
            has_told_switching: false,
            has_told_calm: false,
        }
    }

    /// Something that concerns them happened; from now on they weigh it every week.
    fn hear(&mut self, cx: &mut Cx, why: Why, strength: f64) {
        if !self.has_news || why >= self.why {
            self.why = why;
            self.because = cx.cause();
        }
        self.has_news = true;
        self.signal = (self.signal + strength).min(1.0);
        self.news_at = cx.now();
        if !self.is_reviewing {
            self.is_reviewing = true;
            cx.after(doubt::WEEK, Review);
        }
    }
}

type Mine<'w, 's> = Single<'w, 's, &'static mut Accounts>;

/// Adds business customers to the actor of all customers.
pub(super) fn build(
    config: AccountsConfig,
    actor: Actor,
    case: &SharedCase,
    sim: &mut SimBuilder,
) -> Result<(), Problem> {
    let place = "accounts.source";
    let source = case.proposition(config.source.as_str()).map_err(|p| p.at(place))?;
    let matter = case.require_matter(source).map_err(|p| p.at(place))?;
    sim.add(actor, Accounts::new());
    let who = sim.actor("business customers");
    sim.entitle(who, "Business customers");
    let wiring = Arc::new(Wiring {
        who,
        case: Arc::clone(case),
        source,
        matter,
        doubt: config.doubt.register("accounts.doubt", sim),
        switching: config.switching.register("accounts.switching", sim),
        preparing: case.mark(
            sim,
            matter,
            milestones::PREPARING,
            "many business customers prepare to switch to another vendor",
        ),
    });
    wire_news(sim, &wiring);
    let w = Arc::clone(&wiring);
    sim.on(
        move |mut on: On<'_, Review>,
              mut mine: Mine<'_, '_>,
              all: Single<'_, '_, &Customers>,
              cohorts: Query<'_, '_, &Cohort>,
              ledgers: Single<'_, '_, &Ledgers>| {
            let trust_lost = trust_lost(&all, &cohorts, on.now());
            let signals = signals(&mine, &ledgers, (trust_lost, all.harshness), &w);
            review(&mut on, &mut mine, &signals, &w);
        },
    );
    let w = Arc::clone(&wiring);
    sim.on(move |mut on: On<'_, End>, mut mine: Mine<'_, '_>| settle(&mut on, &mut mine, &w));
    metrics::accounts(sim, actor);
    Ok(())
}

fn wire_news(sim: &mut SimBuilder, wiring: &Arc<Wiring>) {
    let matter = wiring.matter;
    sim.on(move |mut on: On<'_, ArticlePublished>, mut mine: Mine<'_, '_>| {
        if on.event.matter == matter && on.event.story.as_str() != UNNAMED {
            mine.hear(&mut on, Why::Named, 0.0);
        }
    });
    sim.on(|mut on: On<'_, ResearchPublished>, mut mine: Mine<'_, '_>| {
        if on.event.is_named {
            mine.hear(&mut on, Why::Named, 0.0);
        }
    });
    sim.on(|mut on: On<'_, ResearcherRebutted>, mut mine: Mine<'_, '_>| {
        let credibility = on.event.credibility;
        mine.rebuttals += credibility;
        mine.hear(&mut on, Why::Rebutted, credibility);
    });
    sim.on(|mut on: On<'_, ExploitUsed>, mut mine: Mine<'_, '_>| {
        mine.exploits += 1.0;
        mine.hear(&mut on, Why::Exploited, 1.0);
    });
    sim.on(|mut on: On<'_, CustomersBriefed>, mut mine: Mine<'_, '_>| {
        mine.briefed = super::decisions::union(mine.briefed, on.event.reach);
        mine.hear(&mut on, Why::Briefed, 0.0);
    });
    let w = Arc::clone(wiring);
    sim.on(
        move |mut on: On<'_, ClaimRefuted>,
              mut mine: Mine<'_, '_>,
              ledgers: Single<'_, '_, &Ledgers>| {
            let claim = ledgers.claims().get(usize::from(on.event.claim));
            if claim.is_some_and(|c| w.case.matter_of(c.proposition) == Some(matter)) {
                let severity = on.event.severity;
                mine.hear(&mut on, Why::Refuted, severity);
            }
        },
    );
    let w = Arc::clone(wiring);
    sim.once_built(move |sim| {
        let Ok(statements) = sim.shared::<SharedStatements>() else { return Ok(()) };
        sim.on(move |mut on: On<'_, StatementReleased>, mut mine: Mine<'_, '_>| {
            let statement = statements.get(on.event.statement);
            spoke(&mut on, &mut mine, statement, &w);
        });
        Ok(())
    });
}

/// The vendor spoke in public of the matter that they watch.
fn spoke(on: &mut On<'_, StatementReleased>, mine: &mut Accounts, said: &Statement, w: &Wiring) {
    let is_about = |p: PropositionId| w.case.matter_of(p) == Some(w.matter);
    if said.to != Audiences::Public || !said.claims.iter().any(|(p, _)| is_about(*p)) {
        return;
    }
    for (known, specific) in mine.specifics.iter_mut().zip(SPECIFICS) {
        *known |= said.specifics.has(specific);
    }
    let confirms =
        said.claims.iter().any(|(p, c)| *p == w.source && c.perceived == Polarity::Affirms);
    if confirms && !mine.is_confirmed {
        mine.is_confirmed = true;
        mine.hear(on, Why::Confirmed, 1.0);
    } else {
        mine.hear(on, Why::Spoke, 0.0);
    }
}

/// Mean points of trust that all customers have lost.
fn trust_lost(all: &Customers, cohorts: &Query<'_, '_, &Cohort>, now: SimTime) -> f64 {
    let (mut lost, mut people) = (0.0, 0.0);
    let recovered = all.recovered(now);
    for cohort in cohorts.iter() {
        lost += (all.initial - recovered(cohort.trust)) * cohort.size as f64;
        people += cohort.size as f64;
    }
    if people > 0.0 { lost / people } else { 0.0 }
}

fn signals(
    mine: &Accounts,
    ledgers: &Ledgers,
    (trust_lost, harshness): (f64, f64),
    w: &Wiring,
) -> Signals {
    let is_denied = ledgers.claims().iter().any(|c| {
        let stands = c.is_public && c.refuted_at.is_none() && c.walked_back_at.is_none();
        let denies = c.perceived == Polarity::Denies && c.wording == Wording::Categorical;
        stands && denies && w.case.matter_of(c.proposition) == Some(w.matter)
    });
    Signals {
        belief: ledgers.belief(Party::Public, w.source),
        specifics: mine.specifics.iter().filter(|is_said| **is_said).count() as f64,
        is_denied,
        rebuttals: mine.rebuttals,
        exploits: mine.exploits,
        trust_lost,
        harshness,
    }
}

fn weights(cx: &mut Cx, w: &Wiring) -> Weights {
    Weights {
        per_specific: cx.value(w.doubt.per_specific),
        denial: cx.value(w.doubt.denial),
        rebuttal: cx.value(w.doubt.rebuttal),
        exploit: cx.value(w.doubt.exploit),
        per_ten_points: cx.value(w.doubt.per_ten_points),
    }
}

fn pace(cx: &mut Cx, w: &Wiring) -> Pace {
    let (churn, reference) = (cx.value(w.switching.churn), cx.value(w.switching.reference));
    Pace {
        prepare: cx.value(w.switching.prepare_per_week),
        stand_down: cx.value(w.switching.stand_down_per_week),
        leaves_at_renewal: doubt::leaves_at_renewal(churn, reference),
        leaves_on_signal: cx.value(w.switching.leaves_on_signal),
    }
}

fn review(on: &mut On<'_, Review>, mine: &mut Accounts, signals: &Signals, w: &Wiring) {
    let (weights, pace) = (weights(on, w), pace(on, w));
    let briefing = on.value(w.doubt.briefed);
    let doubt = doubt::mean_doubt(signals, &weights, mine.briefed, briefing);
    let before = mine.standing;
    mine.standing = doubt::week_later(before, doubt, mine.signal, &pace);
    mine.doubt = [doubt, mine.doubt[1].max(doubt)];
    (mine.has_news, mine.signal) = (false, 0.0);
    on.because(mine.because);
    tell(on, mine, before, w);
    mine.highest = mine.highest.max(mine.standing.preparing);
    let quiet_after = on.value_span(w.switching.quiet_after);
    if on.now() - mine.news_at < quiet_after {
        on.after(doubt::WEEK, Review);
    } else {
        mine.is_reviewing = false;
    }
}

fn tell(cx: &mut Cx, mine: &mut Accounts, before: Standing, w: &Wiring) {
    let Standing { preparing, switched } = mine.standing;
    let many = cx.value(w.switching.many);
    let (why, highest) = (mine.why.name(), mine.highest);
    if doubt::passes(highest.max(before.preparing), preparing, many) {
        cx.note(&kinds::PREPARING, w.who, |n| n.with("share", preparing).with("why", why));
        if preparing >= many {
            cx.reach(w.preparing);
        }
    }
    if switched >= TELL_SWITCHED && !mine.has_told_switching {
        mine.has_told_switching = true;
        let accounts = switched * cx.value(w.switching.accounts);
        cx.note(&kinds::SWITCHING, w.who, |n| n.with("accounts", accounts).with("why", why));
    }
    let is_calm = highest >= doubt::TOLD[0] && preparing <= highest * TELL_CALM;
    if is_calm && !mine.has_told_calm {
        mine.has_told_calm = true;
        cx.note(&kinds::CALMED, w.who, |n| n.with("share", preparing).with("highest", highest));
    }
}

/// Counts who is lost: whoever has switched, and of those still preparing whoever will at the next
/// renewal.
fn settle(on: &mut On<'_, End>, mine: &mut Accounts, w: &Wiring) {
    let accounts = on.value(w.switching.accounts);
    let margin = on.value(w.switching.account_margin_usd);
    let leaves = pace(on, w).leaves_at_renewal;
    let switched = accounts * mine.standing.switched;
    let expected = accounts * mine.standing.preparing * leaves;
    mine.lost = Some(switched + expected);
    let usd = (switched + expected) * margin;
    if mine.highest <= 0.0 {
        return;
    }
    on.note(&kinds::ACCOUNTS_LOST, w.who, |n| {
        n.with("switched", switched).with("expected", expected).with("usd", usd)
    });
    on.send(CostIncurred { kind: CostKind::LostBusiness, bearer: Bearer::Vendor, usd });
}
