//! The vocabulary that agents share: who can see what, propositions and the three ledgers over them
//! (truth, belief, claim), statements, populations, and the events by which agents meet.
//!
//! No agent's behaviour lives here. Agents never import one another; they meet through these types.

pub mod case;
pub mod cohort;
pub mod estate;
pub mod events;
pub mod ledgers;
pub mod matter;
pub mod milestones;
pub mod network;
pub mod party;
pub mod reflect;
pub mod statement;
pub mod view;

pub use case::{Case, CaseBook, EvidenceId, PropositionId};
pub use cohort::{Cohort, CohortBook, CohortId};
pub use estate::{AccessMonitoring, EstateBook};
pub use ledgers::{Claim, Ledgers, Observation};
pub use matter::{Matter, MatterId};
pub use network::{Act, Footprints, NetworkBook, SegmentId, StoreId, StoreKind};
pub use party::Party;
pub use reflect::{Directory, EventInfo, EventVisitor, FieldInfo, FieldValue, Reflect};
pub use statement::{
    Audiences, ClaimSpec, Polarity, Specific, Specifics, Statement, StatementBook, StatementId,
    Wording,
};
