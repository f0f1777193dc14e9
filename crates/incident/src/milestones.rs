//! Names of the milestones that agents share. Scenarios hang decisions and metrics on them.
//!
//! Those of a matter carry its name after a slash, as in `pr.disclosed/leak`: see
//! [`CaseBook::mark`](crate::CaseBook::mark).

/// The first hostile act.
pub const FIRST_MALICIOUS_ACTION: &str = "truth.first-malicious-action";
/// The first data left the vendor.
pub const FIRST_EXFILTRATION: &str = "truth.first-exfiltration";
/// The last data left the vendor.
pub const LAST_EXFILTRATION: &str = "truth.last-exfiltration";
/// The first customer was called with stolen data.
pub const FIRST_CALL: &str = "truth.first-call";
/// Somebody told the vendor something that points at a leak, whether heard or not.
pub const FIRST_SIGNAL: &str = "vendor.first-signal";
/// The first complaint by a customer whose caller knew a ticket.
pub const FIRST_COMPLAINT: &str = "customers.first-complaint";
/// Complaints by far exceed what is usual.
pub const COMPLAINT_SURGE: &str = "customers.complaint-surge";
/// A case was opened.
pub const CASE_OPENED: &str = "soc.case-opened";
/// The vendor suspects one person, rightly or not.
pub const SUSPECT_NAMED: &str = "soc.suspect-named";
/// The vendor knows who did it.
pub const ATTRIBUTED: &str = "soc.attributed";
/// The insider's account is shut, or the intruder is out.
pub const CONTAINED: &str = "soc.contained";
/// The police were told.
pub const POLICE_TOLD: &str = "law.told";
/// The vendor said in public that data were taken.
pub const DISCLOSED: &str = "pr.disclosed";
/// The vendor's first words in public about the matter.
pub const FIRST_STATEMENT: &str = "pr.first-statement";
/// Business customers were told in confidence.
pub const BRIEFED: &str = "pr.briefed";
/// Those whose data were taken were told.
pub const PEOPLE_NOTIFIED: &str = "pr.people-notified";
/// A journalist asked.
pub const PRESS_INQUIRY: &str = "press.inquiry";
/// The press told of the leak before the vendor did.
pub const EXPOSED: &str = "press.exposed";
/// A claim of the vendor was contradicted by outside evidence.
pub const CLAIM_REFUTED: &str = "claim.refuted";
/// A hostile actor is in the network.
pub const ENTERED: &str = "truth.entered";
/// A hostile actor left the segment it came in by.
pub const MOVED_ON: &str = "truth.moved-on";
/// The hostile actor lost its last way in.
pub const EVICTED: &str = "truth.evicted";
/// It came back after that.
pub const CAME_BACK: &str = "truth.came-back";
/// Stolen data or access were offered for sale.
pub const OFFERED: &str = "truth.offered";
/// Stolen data were sold.
pub const SOLD: &str = "truth.sold";
/// Customers were attacked through the product.
pub const EXPLOITED: &str = "truth.exploited";
/// The researcher told the vendor.
pub const TIPPED: &str = "researcher.tipped";
/// The researcher told the public, without a name.
pub const PUBLISHED: &str = "researcher.published";
/// The researcher contradicted the vendor's words in public.
pub const REBUTTED: &str = "researcher.rebutted";
/// The vendor knows how far the intrusion went.
pub const SCOPED: &str = "soc.scoped";
/// The vendor believes that the intruder is out.
pub const THOUGHT_OUT: &str = "soc.thought-out";
/// Business customers prepare to switch.
pub const PREPARING: &str = "customers.preparing-to-switch";
