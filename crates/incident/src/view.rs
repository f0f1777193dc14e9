//! Who may see a journal entry, and the lanes entries run in.

use hotwash_engine::Audience;

/// Analysts and security leads of the vendor.
pub const SOC: Audience = Audience(1);
/// The vendor's customer support.
pub const SUPPORT: Audience = Audience(1 << 1);
/// The vendor's press office.
pub const COMMS: Audience = Audience(1 << 2);
/// The vendor's lawyers and privacy office.
pub const LEGAL: Audience = Audience(1 << 3);
/// The vendor's management.
pub const EXECUTIVE: Audience = Audience(1 << 4);
/// Everybody at the vendor.
pub const VENDOR: Audience = Audience(0b1_1111);
/// The vendor's customers.
pub const CUSTOMERS: Audience = Audience(1 << 5);
/// Journalists.
pub const PRESS: Audience = Audience(1 << 6);
/// Regulators.
pub const REGULATORS: Audience = Audience(1 << 7);
/// Independent researchers.
pub const RESEARCHERS: Audience = Audience(1 << 8);
/// Police and prosecutors.
pub const POLICE: Audience = Audience(1 << 9);
/// Those who attack, sell and call.
pub const CRIMINALS: Audience = Audience(1 << 10);
/// Everybody.
pub const PUBLIC: Audience = Audience(0b111_1111_1111);

/// Each viewer's name, by bit.
pub const VIEWERS: [(&str, Audience); 11] = [
    ("soc", SOC),
    ("support", SUPPORT),
    ("comms", COMMS),
    ("legal", LEGAL),
    ("executive", EXECUTIVE),
    ("customers", CUSTOMERS),
    ("press", PRESS),
    ("regulators", REGULATORS),
    ("researchers", RESEARCHERS),
    ("police", POLICE),
    ("criminals", CRIMINALS),
];

/// What happened in the simulated world; the facilitator's alone unless somebody saw it.
pub const TRUTH: &str = "truth";
/// What a party has come to believe.
pub const BELIEF: &str = "belief";
/// What the vendor has said.
pub const CLAIM: &str = "claim";
/// What the vendor does.
pub const RESPONSE: &str = "response";
/// What others do in the open.
pub const WORLD: &str = "world";

/// Forms in which a message reaches somebody.
pub mod form {
    /// A tool's alert.
    pub const ALERT: &str = "alert";
    /// A ticket of the support desk.
    pub const TICKET: &str = "ticket";
    /// A note of a call.
    pub const CALL: &str = "call";
    /// A journalist's question.
    pub const INQUIRY: &str = "inquiry";
    /// Something printed.
    pub const ARTICLE: &str = "article";
    /// An e-mail from outside.
    pub const EMAIL: &str = "email";
    /// An authority's letter.
    pub const LETTER: &str = "letter";
    /// Word from within the company.
    pub const MEMO: &str = "memo";

    /// All of them.
    pub const ALL: [&str; 8] = [ALERT, TICKET, CALL, INQUIRY, ARTICLE, EMAIL, LETTER, MEMO];
}
