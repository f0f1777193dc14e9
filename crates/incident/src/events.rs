//! The events by which agents meet. Orders belong to the plugin that obeys them, not here.

use hotwash_engine::{Event, Slug};

use crate::case::{EvidenceId, PropositionId};
use crate::cohort::CohortId;
use crate::matter::MatterId;
use crate::network::{Act, SegmentId, StoreId, StoreKind};
use crate::party::Party;
use crate::reflect::{EventInfo, EventVisitor, Field, FieldInfo, FieldValue, Reflect};
use crate::statement::StatementId;

/// Who tells security something in person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Teller {
    /// The press office, whom a journalist has asked: the question tells something by itself.
    PressOffice,
    /// A colleague to whom something looked odd.
    Colleague,
    /// Somebody who looks through records of work, such as privileged sessions.
    Reviewer,
}

impl Teller {
    /// Half a sentence: what security heard.
    pub const fn what(self) -> &'static str {
        match self {
            Teller::PressOffice => "from the press office what a journalist had asked",
            Teller::Colleague => "from a colleague of something odd",
            Teller::Reviewer => "what a review had found",
        }
    }
}

macro_rules! events {
    ($($(#[doc = $doc:literal])* $name:ident $text:literal {
        $($(#[doc = $fdoc:literal])* $field:ident : $type:ty),* $(,)?
    })*) => {
        $(
            $(#[doc = $doc])*
            #[derive(Clone, Copy, Debug, PartialEq)]
            pub struct $name { $($(#[doc = $fdoc])* pub $field: $type),* }

            impl Event for $name { const NAME: &'static str = $text; }

            impl Reflect for $name {
                fn fields(&self) -> impl Iterator<Item = (&'static str, FieldValue)> {
                    [$((stringify!($field), Field::value(&self.$field))),*].into_iter()
                }
            }
        )*

        /// All of these events, as they can be written about: name, what it is, fields.
        pub fn all() -> Vec<EventInfo> {
            vec![$(EventInfo {
                name: $text,
                about: concat!($($doc),*).trim(),
                fields: vec![$(FieldInfo {
                    name: stringify!($field),
                    about: concat!($($fdoc),*).trim(),
                    kind: <$type as Field>::kind(),
                }),*],
            }),*]
        }

        /// Their names, in order.
        pub const NAMES: &[&str] = &[$($text),*];

        /// Shows a visitor the type of the event with this name; `None` when there is none.
        pub fn visit<V: EventVisitor>(name: &str, visitor: V) -> Option<V::Out> {
            match name {
                $($text => Some(visitor.visit::<$name>()),)*
                _ => None,
            }
        }
    };
}

/// Who pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bearer {
    /// The vendor.
    Vendor,
    /// Those who lost money.
    Victims,
}

/// What a cost is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CostKind {
    /// Finding out and putting right.
    Investigation,
    /// Telling people and helping them.
    Notification,
    /// Lawyers.
    Legal,
    /// Press work.
    Communication,
    /// Fines and settlements.
    Fines,
    /// Work that stood still.
    Disruption,
    /// Customers who left.
    LostBusiness,
    /// Money that victims lost.
    Fraud,
}

events! {
    /// An insider read records beyond need on one working day; truth.
    RecordsRead "insider.records-read" {
        /// How many.
        count: u64,
    }

    /// Records left the vendor and were sold; truth.
    LeadsSold "insider.leads-sold" {
        /// Records in the batch.
        records: u64,
        /// Share of them with a telephone number.
        phone_share: f64,
        /// Canary records among them.
        canaries: u64,
    }

    /// One calling day in one cohort; truth.
    CustomersCalled "scam.customers-called" {
        /// Place in the cohort book.
        cohort: CohortId,
        /// Calls that somebody answered.
        answered: u64,
        /// Of these, who went along.
        engaged: u64,
        /// Of these, who lost money.
        victims: u64,
        /// What they lost, USD.
        loss_usd: f64,
    }

    /// A caller rang a canary's number: known to the vendor if it listens.
    CanaryCalled "scam.canary-called" {
        /// Canary calls on this day.
        calls: u64,
    }

    /// Customers complained to support about callers.
    Complaints "customers.complaints" {
        /// Place in the cohort book.
        cohort: CohortId,
        /// Complaints in which the caller knew a ticket.
        with_ticket: u64,
        /// Complaints about any fraud call, knowing nothing.
        general: u64,
    }

    /// A monitor raised an alert on record access.
    AccessAlert "estate.access-alert" {
        /// Whether it is the insider's doing.
        is_real: bool,
    }

    /// A tip from outside reached the vendor: police, a partner, a researcher.
    OutsideTip "law.outside-tip" {
        /// Evidence kind that it amounts to.
        evidence: EvidenceId,
        /// How far the teller is to be believed, 0 to 1.
        credibility: f64,
    }

    /// Somebody at the vendor tells security something in person: it is heard within hours.
    SecurityTold "vendor.security-told" {
        /// On which matter.
        matter: MatterId,
        /// Who.
        by: Teller,
        /// Evidence kind that it amounts to.
        evidence: EvidenceId,
        /// How far it is to be believed, 0 to 1.
        credibility: f64,
    }

    /// A hostile act in the vendor's network; truth.
    HostileAct "network.hostile-act" {
        /// What.
        act: Act,
        /// Where.
        segment: SegmentId,
        /// How much of it: tries for [`Act::Guess`], Mbit/s for [`Act::Transfer`], otherwise 1.
        amount: f64,
    }

    /// Data left the network; truth.
    DataTaken "network.data-taken" {
        /// Out of which store.
        store: StoreId,
        /// How much.
        tb: f64,
        /// At which rate.
        mbit_s: f64,
    }

    /// A monitor raised an alert in the network.
    HostAlert "estate.host-alert" {
        /// On what.
        act: Act,
        /// Where.
        segment: SegmentId,
        /// Whether it is an intruder's doing.
        is_real: bool,
        /// How many of them at once.
        count: u64,
        /// What raised it, by a number that is its own among alerts on such acts and that seeing
        /// more or less of other things does not move: of a real one the act's running number, of
        /// a false one that of its week and control. Chance about the alert goes by it.
        origin: u64,
    }

    /// The vendor cut a segment off.
    SegmentQuarantined "soc.segment-quarantined" {
        /// Which.
        segment: SegmentId,
    }

    /// The vendor let a segment back in.
    SegmentReleased "soc.segment-released" {
        /// Which.
        segment: SegmentId,
    }

    /// The vendor made every password new.
    CredentialsReset "soc.credentials-reset" {}

    /// The vendor blocked remote-administration tools, or let them in again.
    RemoteToolsBlocked "soc.remote-tools-blocked" {
        /// Whether they are blocked from now on.
        is_blocked: bool,
    }

    /// The vendor looked for back doors and closed what it found.
    BackDoorsHunted "soc.back-doors-hunted" {
        /// Where; everywhere when absent.
        segment: Option<SegmentId>,
        /// Chance that each back door there was found and closed.
        thoroughness: f64,
    }

    /// The vendor set up machines anew.
    MachinesReimaged "soc.machines-reimaged" {
        /// Where; everywhere when absent.
        segment: Option<SegmentId>,
    }

    /// An offer of stolen data or access appeared where criminals trade; truth until somebody sees it.
    OfferPosted "market.offer-posted" {
        /// Terabytes that the seller claims.
        claimed_tb: f64,
        /// Price asked, USD.
        ask_usd: f64,
        /// Kind of the proofs shown, if any.
        proof: Option<StoreKind>,
    }

    /// Stolen data were sold; truth.
    LootSold "market.loot-sold" {
        /// Price, USD.
        usd: f64,
        /// Whether access to the network went with it.
        has_access: bool,
    }

    /// Customers were attacked through the vendor's product; seen by those hit.
    ExploitUsed "market.exploit-used" {
        /// Which one, from 1.
        number: u64,
        /// Whether stolen source code went into it; truth.
        is_from_source: bool,
        /// Share of business customers hit.
        hit: f64,
    }

    /// The researcher told the public what it has seen.
    ResearchPublished "researcher.published" {
        /// Whether it names the vendor.
        is_named: bool,
        /// How far it is to be believed, 0 to 1.
        credibility: f64,
    }

    /// The researcher contradicted the vendor's words in public.
    ResearcherRebutted "researcher.rebutted" {
        /// How far it is to be believed, 0 to 1.
        credibility: f64,
    }

    /// The researcher took back what it had said of another firm.
    AccusationWithdrawn "researcher.withdrew" {}

    /// The researcher gave the vendor a sample of what is on offer.
    SampleHandedOver "researcher.sample" {
        /// What the sample is.
        kind: StoreKind,
    }

    /// Business customers were told in confidence before the public.
    CustomersBriefed "pr.customers-briefed" {
        /// Share of them that it reached.
        reach: f64,
    }

    /// What business customers were told in confidence reached a journalist.
    BriefingLeaked "pr.briefing-leaked" {
        /// On which matter.
        matter: MatterId,
    }

    /// A party's belief in a proposition moved.
    BeliefMoved "case.belief-moved" {
        /// Whose.
        party: Party,
        /// In what.
        proposition: PropositionId,
        /// From this probability.
        from: f64,
        /// To this.
        to: f64,
    }

    /// The insider's account was shut.
    AccountSuspended "soc.account-suspended" {}

    /// The suspect's account stays open under watch until an instant, so that police may follow.
    SuspectWatched "soc.suspect-watched" {
        /// When it ends, milliseconds since STARTEX.
        until_ms: i64,
    }

    /// The insider noticed that somebody is looking.
    InsiderAlarmed "soc.insider-alarmed" {}

    /// The vendor released a statement.
    StatementReleased "pr.statement-released" {
        /// Which.
        statement: StatementId,
        /// Records affected as it gives them, low and high; equal for a plain number.
        records: Option<(f64, f64)>,
    }

    /// Customers at risk were told specifically what to beware of.
    CustomersWarned "pr.customers-warned" {
        /// Share of those at risk whom it reached.
        reach: f64,
        /// Whether it says that callers know their case.
        is_specific: bool,
    }

    /// Letters to those whose data were taken went out.
    PeopleNotified "pr.people-notified" {
        /// How many letters.
        letters: u64,
        /// Of these, to people whose data were taken.
        affected: u64,
    }

    /// The press published.
    ArticlePublished "press.article-published" {
        /// What about, by slug: `scam-wave`, `leak-exposed`, `disclosure`, `number-inflated`, `contradiction`,
        /// `unnamed-victims`, `statement`, `rebuttal`, `exploit`.
        story: Slug,
        /// On which matter.
        matter: MatterId,
        /// Share of the public it reached.
        reach: f64,
        /// How bad for the vendor, 0 to 1.
        severity: f64,
    }

    /// Outside evidence contradicted a claim of the vendor.
    ClaimRefuted "case.claim-refuted" {
        /// Place in the ledgers' list of claims.
        claim: u16,
        /// How hard, 0 to 1: firm words and long standing make it worse, hedges milder.
        severity: f64,
    }

    /// Police ask that nothing be said to some until an instant.
    PoliceHold "law.hold" {
        /// On which matter; those of others are not held.
        matter: MatterId,
        /// When it ends, milliseconds since STARTEX.
        until_ms: i64,
    }

    /// The call centre was shut down.
    CallCentreRaided "law.raid" {}

    /// Somebody spent or lost money.
    CostIncurred "ledger.cost" {
        /// For what.
        kind: CostKind,
        /// Who bears it.
        bearer: Bearer,
        /// USD.
        usd: f64,
    }

    /// Analysts and others spent working hours on the incident.
    HoursWorked "ledger.hours" {
        /// Hours.
        hours: f64,
    }

    /// A share of customers left, as settled at the end of the run.
    CustomersLost "customers.lost" {
        /// Expected number over twelve months.
        customers: f64,
    }
}
