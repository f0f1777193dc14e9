//! Events as plain named values, for those who cannot name a Rust type: scripts, tables, documents.
//! The `events!` macro makes all of it; nobody lists events or fields by hand.

use hotwash_engine::{Event, SimBuilder, Slug};

use crate::case::{EvidenceId, PropositionId, SharedCase};
use crate::cohort::{CohortId, SharedCohorts};
use crate::events::{Bearer, CostKind, Teller};
use crate::matter::MatterId;
use crate::network::{Act, SegmentId, SharedNetwork, StoreId, StoreKind};
use crate::party::Party;
use crate::statement::{SharedStatements, StatementId};

/// An event whose fields can be read by name.
pub trait Reflect: Event {
    /// Its fields, in order.
    fn fields(&self) -> impl Iterator<Item = (&'static str, FieldValue)>;
}

/// Something that wants to know the type of an event by its name: see [`visit`](crate::events::visit).
pub trait EventVisitor {
    /// What it makes of it.
    type Out;
    /// Is shown the type.
    fn visit<E: Reflect>(self) -> Self::Out;
}

/// The value of an event's field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FieldValue {
    /// There is none.
    Nothing,
    /// True or false.
    Flag(bool),
    /// A whole number.
    Int(i64),
    /// A number.
    Num(f64),
    /// Two numbers, the lower first.
    Pair(f64, f64),
    /// One of a few words.
    Word(&'static str),
    /// A name.
    Name(Slug),
    /// Something of the scenario, by number: see [`Directory::name`].
    Of(Reference),
}

/// Something of a scenario that events name by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reference {
    /// A matter of the case.
    Matter(MatterId),
    /// A proposition of the case.
    Proposition(PropositionId),
    /// A kind of evidence of the case.
    Evidence(EvidenceId),
    /// A segment of the network.
    Segment(SegmentId),
    /// A store of the network.
    Store(StoreId),
    /// A statement of the vendor.
    Statement(StatementId),
    /// A cohort of customers: its country.
    Cohort(CohortId),
}

/// An event, for those who write about it.
#[derive(Clone, Debug)]
pub struct EventInfo {
    /// Its name: `area.what`.
    pub name: &'static str,
    /// What happened.
    pub about: &'static str,
    /// Its fields.
    pub fields: Vec<FieldInfo>,
}

/// A field of an event, for those who write about it.
#[derive(Clone, Debug)]
pub struct FieldInfo {
    /// Its name.
    pub name: &'static str,
    /// What it says.
    pub about: &'static str,
    /// What its values are, in words.
    pub kind: String,
}

/// A type that fields of events have.
pub(crate) trait Field {
    /// What its values are, in words.
    fn kind() -> String;
    /// The value.
    fn value(&self) -> FieldValue;
}

macro_rules! plain {
    ($($type:ty, $kind:literal, $value:expr;)*) => {$(
        impl Field for $type {
            fn kind() -> String { $kind.to_owned() }
            fn value(&self) -> FieldValue { let value: fn($type) -> FieldValue = $value; value(*self) }
        }
    )*};
}

plain! {
    bool, "true or false", FieldValue::Flag;
    u16, "whole number", |n| FieldValue::Int(i64::from(n));
    u64, "whole number", |n| FieldValue::Int(i64::try_from(n).unwrap_or(i64::MAX));
    i64, "whole number", FieldValue::Int;
    f64, "number", FieldValue::Num;
    (f64, f64), "`low` and `high`, two numbers", |(low, high)| FieldValue::Pair(low, high);
    Slug, "name", FieldValue::Name;
    Party, "name of a party", |p| FieldValue::Word(p.name());
    MatterId, "name of a matter", |id| FieldValue::Of(Reference::Matter(id));
    PropositionId, "name of a proposition", |id| FieldValue::Of(Reference::Proposition(id));
    EvidenceId, "name of a kind of evidence", |id| FieldValue::Of(Reference::Evidence(id));
    SegmentId, "name of a segment", |id| FieldValue::Of(Reference::Segment(id));
    StoreId, "name of a store", |id| FieldValue::Of(Reference::Store(id));
    StatementId, "name of a statement", |id| FieldValue::Of(Reference::Statement(id));
    CohortId, "country of a cohort", |id| FieldValue::Of(Reference::Cohort(id));
}

impl<T: Field> Field for Option<T> {
    fn kind() -> String {
        format!("{}; or nothing, `()`", T::kind())
    }
    fn value(&self) -> FieldValue {
        self.as_ref().map_or(FieldValue::Nothing, Field::value)
    }
}

/// Words as they are spelled in Rust and in scenarios. A word that is missing here does not compile.
macro_rules! words {
    ($($type:ident { $($word:ident),* $(,)? })*) => {$(
        impl Field for $type {
            fn kind() -> String {
                let words = [$(concat!("`", stringify!($word), "`")),*];
                format!("one of {}", words.join(", "))
            }
            fn value(&self) -> FieldValue {
                FieldValue::Word(match self { $($type::$word => stringify!($word)),* })
            }
        }
    )*};
}

words! {
    Act {
        Guess, Login, Move, Directory, RemoteTool, BackDoor, Collect, Transfer, Keylog, OldAccount,
    }
    StoreKind { SourceCode, DebugSymbols, Documents, Models }
    Teller { PressOffice, Colleague, Reviewer }
    Bearer { Vendor, Victims }
    CostKind {
        Investigation, Notification, Legal, Communication, Fines, Disruption, LostBusiness, Fraud,
    }
}

/// The names behind the numbers that events carry, as far as the scenario has them.
#[derive(Clone, Default)]
pub struct Directory {
    case: Option<SharedCase>,
    network: Option<SharedNetwork>,
    statements: Option<SharedStatements>,
    cohorts: Option<SharedCohorts>,
}

impl Directory {
    /// What the plugins built so far have shared.
    pub fn of(sim: &SimBuilder) -> Self {
        Directory {
            case: sim.shared().ok(),
            network: sim.shared().ok(),
            statements: sim.shared().ok(),
            cohorts: sim.shared().ok(),
        }
    }

    /// The name of what an event names by number, if there is such a thing.
    pub fn name(&self, reference: Reference) -> Option<&str> {
        match reference {
            Reference::Matter(id) => {
                let matter = self.case.as_ref()?.matters.get(usize::from(id.0))?;
                Some(matter.name.as_str())
            }
            Reference::Proposition(id) => {
                let proposition = self.case.as_ref()?.propositions.get(usize::from(id.0))?;
                Some(proposition.name.as_str())
            }
            Reference::Evidence(id) => {
                Some(self.case.as_ref()?.evidence.get(usize::from(id.0))?.name.as_str())
            }
            Reference::Segment(id) => {
                Some(self.network.as_ref()?.segments.get(usize::from(id.0))?.name.as_str())
            }
            Reference::Store(id) => {
                Some(self.network.as_ref()?.stores.get(usize::from(id.0))?.name.as_str())
            }
            Reference::Statement(id) => {
                Some(self.statements.as_ref()?.statements.get(usize::from(id.0))?.name.as_str())
            }
            Reference::Cohort(id) => {
                Some(self.cohorts.as_ref()?.cohorts.get(usize::from(id.0))?.country.as_str())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::{self, ArticlePublished, HostAlert, StatementReleased};

    #[test]
    fn an_event_is_read_by_name() {
        let event = HostAlert {
            act: Act::Transfer,
            segment: SegmentId(3),
            is_real: true,
            count: u64::MAX,
            origin: 7,
        };
        let fields: Vec<_> = event.fields().collect();
        assert_eq!(
            fields,
            [
                ("act", FieldValue::Word("Transfer")),
                ("segment", FieldValue::Of(Reference::Segment(SegmentId(3)))),
                ("is_real", FieldValue::Flag(true)),
                ("count", FieldValue::Int(i64::MAX)),
                ("origin", FieldValue::Int(7)),
            ]
        );
        let statement = StatementReleased { statement: StatementId(0), records: None };
        assert_eq!(statement.fields().nth(1), Some(("records", FieldValue::Nothing)));
    }

    #[test]
    fn the_list_has_every_event_with_what_its_fields_are() {
        let all = events::all();
        assert_eq!(all.len(), events::NAMES.len());
        let article = all.iter().find(|e| e.name == ArticlePublished::NAME).unwrap();
        assert_eq!(article.about, "The press published.");
        let kinds: Vec<_> = article.fields.iter().map(|f| (f.name, f.kind.as_str())).collect();
        assert_eq!(
            kinds,
            [
                ("story", "name"),
                ("matter", "name of a matter"),
                ("reach", "number"),
                ("severity", "number"),
            ]
        );
        assert!(all.iter().all(|e| !e.about.is_empty() && !e.about.contains("  ")));
    }

    #[test]
    fn a_name_finds_its_type_and_no_other() {
        struct Size;
        impl EventVisitor for Size {
            type Out = &'static str;
            fn visit<E: Reflect>(self) -> &'static str {
                E::NAME
            }
        }
        for name in events::NAMES {
            assert_eq!(events::visit(name, Size), Some(*name));
        }
        assert_eq!(events::visit("network.unheard-of", Size), None);
    }
}
