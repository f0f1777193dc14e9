//! What entries and propositions mean in VERIS's words. A table: what is not in it is not guessed.

/// Something that an entry says of an incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fact {
    /// An actor of the victim's own, by VERIS's variety.
    Internal(&'static str),
    /// An actor from outside.
    External(&'static str),
    /// Why the actors of the matter do it.
    Motive(&'static str),
    /// An action: category, variety, vector.
    Action(&'static str, &'static str, &'static str),
    /// What an action of this category led to.
    Result(&'static str, &'static str),
    /// What was affected.
    Asset(&'static str),
    /// Harm to integrity.
    Integrity(&'static str),
    /// Kind of data that got out.
    Data(&'static str),
}

use Fact::{Action, Asset, Data, External, Integrity, Internal, Motive, Result};

/// The reading of the journal's kinds, by name.
pub(super) const KINDS: [(&str, &[Fact]); 19] = [
    (
        "insider.first-read",
        &[
            Internal("Call center"),
            Action("misuse", "Privilege abuse", "LAN access"),
            Asset("S - Database"),
        ],
    ),
    ("insider.read", &[]),
    ("insider.first-sale", &[Motive("Financial"), Result("misuse", "Exfiltrate")]),
    ("insider.sale", &[Motive("Financial"), Result("misuse", "Exfiltrate")]),
    ("intruder.knocking", &[External("Organized crime")]),
    ("intruder.entered", ENTERED),
    ("intruder.came-back", ENTERED),
    (
        "intruder.set-up",
        &[
            Action("malware", "Backdoor", "Direct install"),
            Integrity("Software installation"),
            Integrity("Created account"),
        ],
    ),
    ("intruder.moved-on", MOVED),
    ("intruder.moved", MOVED),
    (
        "intruder.directory",
        &[Result("hacking", "Elevate"), Asset("S - Directory"), Data("Credentials")],
    ),
    ("intruder.first-haul", &[Result("hacking", "Exfiltrate"), Asset("S - File")]),
    ("intruder.haul", &[Result("hacking", "Exfiltrate"), Asset("S - File")]),
    ("market.offer", &[Motive("Financial")]),
    (
        "leaver.planted",
        &[
            Internal("System admin"),
            Action("misuse", "Privilege abuse", "LAN access"),
            Action("malware", "Spyware/Keylogger", "Direct install"),
            Asset("U - Desktop or laptop"),
            Integrity("Software installation"),
        ],
    ),
    ("leaver.entered", CAME_AS_ANOTHER),
    ("leaver.used", CAME_AS_ANOTHER),
    ("leaver.first-taken", TOOK_DOCUMENTS),
    ("leaver.taken", TOOK_DOCUMENTS),
];

const ENTERED: &[Fact] = &[
    External("Organized crime"),
    Action("hacking", "Use of stolen creds", "Unknown"),
    Result("hacking", "Infiltrate"),
];

const MOVED: &[Fact] = &[
    Action("hacking", "Use of stolen creds", "Desktop sharing software"),
    Action("hacking", "Use of stolen creds", "Other network service"),
    Result("hacking", "Lateral movement"),
];

const CAME_AS_ANOTHER: &[Fact] = &[
    External("Former employee"),
    Action("hacking", "Use of stolen creds", "Unknown"),
    Result("hacking", "Infiltrate"),
];

const TOOK_DOCUMENTS: &[Fact] =
    &[Result("hacking", "Exfiltrate"), Asset("S - File"), Data("Internal")];

/// Kinds with a word of how access was had: field, its text, what that means.
pub(super) const BY_FIELD: [(&str, &str, &str, Fact); 2] = [
    ("intruder.entered", "how", "a guessed password", Action("hacking", "Brute force", "Unknown")),
    (
        "intruder.came-back",
        "how",
        "a guessed password",
        Action("hacking", "Brute force", "Unknown"),
    ),
];

/// Entries of truth that say how things go on and mean nothing more to VERIS.
pub(super) const NOTHING_MORE: [&str; 31] = [
    "insider.finished",
    "insider.scared",
    "insider.undeterred",
    "insider.shut-out",
    "insider.last-sale",
    "intruder.refused",
    "intruder.stopped",
    "intruder.has-worth",
    "intruder.done",
    "intruder.cut-off",
    "intruder.went-on",
    "intruder.evicted",
    "intruder.gave-up",
    "leaver.forestalled",
    "leaver.forgotten",
    "leaver.finished",
    "leaver.shut-out",
    "leaver.keyloggers-removed",
    "leaver.credentials-void",
    "market.waits",
    "market.behind-the-offer",
    "market.buyer",
    "market.trial",
    "market.sale",
    "market.lapsed",
    "market.first-resale",
    "market.resale",
    "market.exploit-built",
    "market.exploit-built-without",
    "law.raid-elsewhere",
    "law.records-found",
];

/// Plugins whose truth is about what others suffer from it, or about how the vendor overlooks it: no
/// part of the victim's incident.
pub(super) const NOT_THE_VICTIMS: [&str; 5] = ["scam", "customers", "estate", "soc", "case"];

/// What a proposition that is true means: kind of data, whose, and the metric with its amount.
pub(super) const PROPOSITIONS: [(&str, Option<Held>); 12] = [
    (
        "records-taken",
        Some(Held { data: "Personal", whose: "Customer", amount: Some("records-taken") }),
    ),
    (
        "source-taken",
        Some(Held { data: "Source code", whose: "Victim organization", amount: None }),
    ),
    (
        "documents-taken",
        Some(Held { data: "Internal", whose: "Victim organization", amount: None }),
    ),
    ("contacts-taken", Some(Held { data: "Personal", whose: "Customer", amount: None })),
    ("insider", None),
    ("callers-have-our-data", None),
    ("network-entered", None),
    ("beyond-lab", None),
    ("beyond-office", None),
    ("vault-reachable", None),
    ("access-sold", None),
    ("code-within-reach", None),
];

/// Data that are held to have got out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Held {
    pub(super) data: &'static str,
    pub(super) whose: &'static str,
    /// The outcome that counts them.
    pub(super) amount: Option<&'static str>,
}

/// By which entry among the causes of the vendor's belief it was found out: VERIS's place and variety.
pub(super) const DISCOVERY: [(&str, &str, &str); 17] = [
    ("customers.complained", "external", "Customer"),
    ("customers.complaint-surge", "external", "Customer"),
    ("researcher.told-vendor", "external", "Security researcher"),
    ("researcher.sample", "external", "Security researcher"),
    ("researcher.published", "external", "Security researcher"),
    ("press.inquiry", "external", "Unrelated 3rd party"),
    ("press.inquiry-on", "external", "Unrelated 3rd party"),
    ("press.story", "external", "Unrelated 3rd party"),
    ("press.exposed", "external", "Unrelated 3rd party"),
    ("law.records-found", "external", "Law enforcement"),
    ("law.raid-elsewhere", "external", "Law enforcement"),
    ("leaver.seen", "internal", "Offboarding"),
    ("leaver.noticed", "internal", "Reported by employee"),
    ("leaver.noticed-again", "internal", "Reported by employee"),
    ("estate.alerts", "internal", "Security alarm"),
    ("estate.host-alerts", "internal", "Security alarm"),
    ("soc.hunt-found", "internal", "Log review"),
];
