//! What security knows and has in hand, and the few things all its handlers do with it.

use std::collections::VecDeque;

use hotwash_engine::{Cx, NoteId, SimDuration, SimTime, state};
use hotwash_incident::events::HoursWorked;
use hotwash_incident::{EvidenceId, Ledgers, Observation, Party};

use super::IntruderCrewMoved;
use super::decisions::{Channel, Suspect, crosses};
use super::ids::{Common, LeakIds};
use super::queue::{self, Demand, Queue};

/// Days in a week.
const WEEK: i64 = 7;

/// Complaints on their way from the desk to security.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Batch {
    /// Civil day on which the desk took the first of them.
    pub(super) day: i64,
    /// When somebody at security reads them.
    pub(super) due: SimTime,
    /// How many.
    pub(super) pieces: u64,
    /// Those with the ticket's number.
    pub(super) detailed: u64,
    /// Share of complaints that come with it under the desk's rules of that day.
    pub(super) details: f64,
    /// Remarks that there are many.
    pub(super) clusters: u64,
}

impl Batch {
    /// Puts another one with it.
    pub(super) fn add(&mut self, other: &Batch) {
        let pieces = self.pieces + other.pieces;
        if pieces > 0 {
            let sum = self.details * self.pieces as f64 + other.details * other.pieces as f64;
            self.details = sum / pieces as f64;
        }
        self.pieces = pieces;
        self.detailed += other.detailed;
        self.clusters += other.clusters;
    }
}

/// The support desk.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Desk {
    /// Complaints with a ticket received.
    pub(super) received: u64,
    /// Of these, seen as leak indicators.
    pub(super) recognised: u64,
    /// Of all, those whose ticket is written down.
    pub(super) detailed: u64,
    /// Recognised ones whose ticket is not.
    pub(super) undetailed: u64,
    /// Called back for their tickets so far.
    pub(super) called_back: u64,
    /// Not yet worked through at this instant.
    pub(super) today: u64,
    /// The first entry of this instant in which a caller knew a ticket: what the desk acts on.
    pub(super) told: Option<NoteId>,
    /// Whether that is under way.
    pub(super) is_open: bool,
    /// Complaints of the ordinary kind that security has not heard of.
    pub(super) general: u64,
    /// Week in which it last did.
    pub(super) general_week: i64,
    /// Complaints that still count as being at once.
    pub(super) pile: f64,
    /// When that was worked out.
    pub(super) pile_at: SimTime,
    /// Hazard gathered towards a desk lead's noticing.
    pub(super) hazard: f64,
    /// A desk lead has noticed that there are many.
    pub(super) is_primed: bool,
    /// Ordered to route such complaints to security.
    pub(super) is_routed: bool,
    /// Ordered to ask for tickets.
    pub(super) asks_details: bool,
    /// Complaints that security has read.
    pub(super) read: u64,
    /// Security has remarked by itself that there are many.
    pub(super) is_cluster_told: bool,
}

/// What the vendor holds the matter to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum CaseState {
    /// No case.
    #[default]
    None,
    /// A leak, being worked on.
    Leak,
    /// Ordinary fraud, closed.
    Scam,
    /// The leak is stopped.
    Done,
}

/// The people of a case.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Crew {
    /// Analysts asked for; none while no case is open.
    pub(super) asked: f64,
    /// Analysts taken from the queue.
    pub(super) taken: f64,
    /// People from elsewhere.
    pub(super) escalated: f64,
    /// Outside responders. They are paid by contract, so that their hours are not told.
    pub(super) hired: f64,
}

impl Crew {
    /// People at work.
    pub(super) fn team(&self) -> f64 {
        self.own() + self.hired
    }

    /// Of these, the vendor's own.
    pub(super) fn own(&self) -> f64 {
        self.taken + self.escalated
    }
}

/// The leak case.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Case {
    pub(super) state: CaseState,
    pub(super) crew: Crew,
    /// When evidence last came in.
    pub(super) last_lead: SimTime,
    /// Which opening it is, so that an old weekly entry is known.
    pub(super) opening: u32,
}

/// One kind of hunt.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Hunt {
    /// Under way.
    pub(super) is_running: bool,
    /// How often begun.
    pub(super) rounds: u64,
    /// Complainants with tickets when last begun.
    pub(super) pool: u64,
    /// Usable complainants already told as evidence.
    pub(super) counted: u64,
}

/// What is to be done about the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum Containment {
    /// Nothing has been ordered.
    #[default]
    None,
    /// Shut it.
    Suspend,
    /// Leave it open under watch, then shut it.
    Watch(SimDuration),
}

/// Who is suspected and what is done about it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Suspicion {
    pub(super) suspect: Suspect,
    pub(super) order: Containment,
    /// An account is about to be shut.
    pub(super) is_shutting: bool,
    /// The bystander's account is shut.
    pub(super) is_wrong_shut: bool,
    /// The insider's account is shut.
    pub(super) is_contained: bool,
    /// Until when an account is watched.
    pub(super) watched_until: Option<SimTime>,
}

/// What the queue's demand hangs on and one run does not change.
#[derive(Clone, Copy, Debug)]
struct Rota {
    alerts_per_day: f64,
    usable: f64,
    shift: f64,
    shifts: f64,
    /// Analyst hours per alert.
    work: f64,
    max_age: f64,
}

/// How many alerts come in a week, against an ordinary one: what one ticket says.
#[derive(Clone, Copy, Debug)]
struct Swing {
    /// The ticket's first bits. No other ticket has them.
    ticket: u64,
    times: f64,
}

/// Truth about the theft that decides what the logs hold; security does not see it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Theft {
    /// First and last reading.
    pub(super) read: Option<(SimTime, SimTime)>,
    /// Batches sold since canaries were planted.
    pub(super) batches: u64,
}

/// What has come in, and what metrics read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    pub(super) real_alerts: u64,
    pub(super) false_alerts: u64,
    pub(super) missed_alerts: u64,
    /// Alerts taken seriously, real or not.
    pub(super) taken_alerts: u64,
    pub(super) tips: u64,
    /// Canary calls that nobody has seen yet.
    pub(super) canary_calls: u64,
    pub(super) is_canary_due: bool,
    /// How often somebody has seen some.
    pub(super) canary_looks: u64,
    /// Canaries of a hunt stand in the store since then.
    pub(super) planted_at: Option<SimTime>,
    pub(super) found_by: Option<Channel>,
    /// What first set the vendor looking.
    pub(super) first_lead: Option<Channel>,
    /// Person-hours on the incident.
    pub(super) hours: f64,
    pub(super) wrong_suspensions: u64,
}

state! {
    /// Security operations and the support desk's intake.
    pub(super) struct Soc {
        pub(super) queue: Queue,
        /// Once somebody has asked for it.
        rota: Option<Rota>,
        /// Of the week that was asked for last.
        swing: Option<Swing>,
        /// Until when the hours of all cases' people are told.
        pub(super) paid_at: SimTime,
        /// Those at work on an intrusion.
        pub(super) intruder_crew: Crew,
        pub(super) desk: Desk,
        pub(super) batches: VecDeque<Batch>,
        pub(super) case: Case,
        /// By `HuntMethod`.
        pub(super) hunts: [Hunt; 3],
        pub(super) suspicion: Suspicion,
        pub(super) theft: Theft,
        pub(super) tally: Tally,
    }
}

/// One finding as security believes it.
#[derive(Clone, Copy)]
pub(super) struct Piece {
    pub(super) evidence: EvidenceId,
    pub(super) credibility: f64,
    pub(super) pieces: u64,
    pub(super) channel: Channel,
}

impl Rota {
    /// The numbers of this run.
    fn of_run(cx: &mut Cx, common: &Common) -> Self {
        let q = &common.queue;
        let nights = if common.night_shift { cx.value(q.night_shifts_per_week) } else { 0.0 };
        let shifts = cx.value(q.shifts_per_week) + nights;
        let (usable, shift) = (cx.value(q.usable), cx.value(q.shift));
        Rota {
            alerts_per_day: cx.value(q.alerts_per_day),
            usable,
            shift,
            shifts,
            work: cx.value_span(q.triage).hours(),
            max_age: cx.value(q.max_age),
        }
    }
}

impl Soc {
    pub(super) fn new(start: SimTime) -> Self {
        Soc {
            queue: Queue::new(start),
            rota: None,
            swing: None,
            paid_at: start,
            intruder_crew: Crew::default(),
            desk: Desk { pile_at: start, ..Desk::default() },
            batches: VecDeque::new(),
            case: Case { last_lead: start, ..Case::default() },
            hunts: [Hunt::default(); 3],
            suspicion: Suspicion::default(),
            theft: Theft::default(),
            tally: Tally::default(),
        }
    }

    pub(super) fn has_leak_case(&self) -> bool {
        self.case.state == CaseState::Leak
    }

    /// People on the leak.
    pub(super) fn team(&self) -> f64 {
        self.case.crew.team()
    }

    /// Analysts left for the alerts.
    pub(super) fn left(&self, common: &Common) -> f64 {
        common.analysts - self.case.crew.taken - self.intruder_crew.taken
    }

    /// What the queue faces at an instant.
    pub(super) fn demand(&mut self, cx: &mut Cx, common: &Common, at: SimTime) -> Demand {
        let week = cx.calendar().day_number(at).div_euclid(WEEK);
        let swing = self.swing(cx, common, week);
        let rota = *self.rota.get_or_insert_with(|| Rota::of_run(cx, common));
        let Rota { usable, shift, shifts, .. } = rota;
        Demand {
            alerts: rota.alerts_per_day * swing / SimDuration::DAY.hours(),
            work: rota.work,
            capacity: queue::capacity(self.left(common), usable, shift, shifts),
            standing: queue::capacity(common.analysts, usable, shift, shifts),
            max_age: rota.max_age,
        }
    }

    /// The swing of a week, which is worked out anew only when its ticket is not that of the last one.
    fn swing(&mut self, cx: &mut Cx, common: &Common, week: i64) -> f64 {
        let mut draw = cx.draw_at(common.swing, week as u64);
        let ticket = draw.clone().bits();
        match self.swing {
            Some(swing) if swing.ticket == ticket => swing.times,
            _ => {
                let times = cx.sample(common.queue.swing, &mut draw);
                self.swing = Some(Swing { ticket, times });
                times
            }
        }
    }

    /// Works the queue out until now, week by week as the load changes.
    pub(super) fn work_queue(&mut self, cx: &mut Cx, common: &Common) {
        let now = cx.now();
        while self.queue.at < now {
            let at = self.queue.at;
            let calendar = cx.calendar();
            let week = calendar.day_number(at).div_euclid(WEEK);
            let until = calendar.start_of_day((week + 1) * WEEK).min(now);
            let demand = self.demand(cx, common, at);
            self.queue.advance(until, &demand);
        }
    }

    /// When something that arrives at security at an instant is read there.
    pub(super) fn read_at(&mut self, cx: &mut Cx, common: &Common, arrives: SimTime) -> SimTime {
        self.work_queue(cx, common);
        let wait = SimDuration::from_hours_f64(self.queue.wait);
        on_shift(cx, common, arrives + wait)
    }

    /// Tells the hours of all cases' people since they were last told.
    pub(super) fn pay(&mut self, cx: &mut Cx, common: &Common) {
        let now = cx.now();
        let weeks = (now - self.paid_at).days() / WEEK as f64;
        self.paid_at = now;
        let week = cx.value(common.staff.week);
        for crew in [self.case.crew, self.intruder_crew] {
            self.work(cx, crew.own() * week * weeks);
        }
    }

    /// Gives the open cases their people, after what they ask for has changed. With two cases each
    /// gets its part of what the alerts can spare.
    pub(super) fn share_out(&mut self, cx: &mut Cx, common: &Common) {
        self.pay(cx, common);
        self.work_queue(cx, common);
        let now = cx.now();
        let before = self.demand(cx, common, now).capacity;
        let largest = cx.value(common.staff.staff_share);
        let asked = [self.case.crew.asked, self.intruder_crew.asked];
        let [leak, intruder] = queue::staff_split(asked, largest, common.analysts);
        self.case.crew.taken = leak;
        let moved = self.intruder_crew.taken != intruder;
        self.intruder_crew.taken = intruder;
        let after = self.demand(cx, common, now);
        self.queue.lose_capacity(before, &after);
        if moved {
            cx.send(IntruderCrewMoved {});
        }
    }

    /// Tells the vendor's ledger, and remembers what first made the vendor suspect.
    pub(super) fn tell(&mut self, cx: &mut Cx, ledgers: &mut Ledgers, ids: &LeakIds, piece: Piece) {
        if piece.pieces == 0 {
            return;
        }
        self.case.last_lead = cx.now();
        let before = ledgers.belief(Party::Vendor, ids.records);
        let observation = Observation {
            party: Party::Vendor,
            evidence: piece.evidence,
            credibility: piece.credibility,
            pieces: piece.pieces,
        };
        ledgers.observe(cx, observation);
        let after = ledgers.belief(Party::Vendor, ids.records);
        let bar = cx.value(ids.common.staff.suspects_at);
        // Searches are ordered when complaints pile up, unless something else came first.
        let channel = match piece.channel {
            Channel::Search => self.tally.first_lead.unwrap_or(Channel::Complaints),
            other => {
                self.tally.first_lead.get_or_insert(other);
                other
            }
        };
        if self.tally.found_by.is_none() && crosses(before, after, bar) {
            self.tally.found_by = Some(channel);
        }
    }

    /// The same, and the reasonable investigator sees it with full belief.
    pub(super) fn find(&mut self, cx: &mut Cx, ledgers: &mut Ledgers, ids: &LeakIds, piece: Piece) {
        hindsight(cx, ledgers, piece.evidence, piece.pieces);
        self.tell(cx, ledgers, ids, piece);
    }

    /// Counts work on the incident and tells the ledger.
    pub(super) fn work(&mut self, cx: &mut Cx, hours: f64) {
        if hours > 0.0 {
            self.tally.hours += hours;
            cx.send(HoursWorked { hours });
        }
    }
}

/// What reached the vendor, as a reasonable investigator would have seen it.
pub(super) fn hindsight(cx: &mut Cx, ledgers: &mut Ledgers, evidence: EvidenceId, pieces: u64) {
    let observation = Observation { party: Party::Hindsight, evidence, credibility: 1.0, pieces };
    ledgers.observe(cx, observation);
}

/// When the team of a case reads what arrives at an instant.
pub(super) fn team_looks(cx: &mut Cx, common: &Common, arrives: SimTime) -> SimTime {
    let looks = arrives + cx.value_span(common.staff.look);
    on_shift(cx, common, looks)
}

/// The first instant from `t` on at which somebody is there to act on it.
pub(super) fn on_shift(cx: &Cx, common: &Common, t: SimTime) -> SimTime {
    if common.night_shift { t } else { cx.calendar().next_open(t) }
}
