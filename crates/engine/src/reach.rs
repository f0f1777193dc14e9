//! How what is in the journal reaches people: as messages, in digests, by clocks, and under names
//! that people use. Nothing here is read by a run: what is declared changes no journal.

use std::collections::BTreeMap;

use crate::actor::ActorId;
use crate::builder::SimBuilder;
use crate::journal::Kind;
use crate::time::SimDuration;

/// Entries that reach those who see them as a message.
#[derive(Clone, Copy, Debug)]
pub struct InboxInfo {
    /// Name of their kind.
    pub kind: &'static str,
    /// The form of the message: an alert, a letter.
    pub form: &'static str,
    /// The message in the sender's own words, with the entry's fields in braces; the journal's
    /// sentence where there is none.
    pub says: Option<&'static str>,
}

impl InboxInfo {
    /// Puts the message into the sender's own words; `{field}` stands for the entry's own.
    pub fn says(&mut self, says: &'static str) -> &mut Self {
        self.says = Some(says);
        self
    }
}

/// A clock that entries of one kind start and of others stop.
#[derive(Clone, Copy, Debug)]
pub struct ClockInfo {
    /// Name of the kind that starts it.
    pub starts: &'static str,
    /// The field with the instant, the date in words, or the length of time, at which it runs out.
    pub due: &'static str,
    /// What it counts, with the entry's fields in braces; the kind's sentence unless told otherwise.
    pub says: &'static str,
    /// Only entries with this text in this field start it.
    pub only: Option<(&'static str, &'static str)>,
    /// Names of the kinds that stop it. Where there is none, it just runs out.
    pub stops: &'static [&'static str],
}

impl ClockInfo {
    /// Says in a few words what is counted; `{field}` stands for the entry's own.
    pub fn says(&mut self, says: &'static str) -> &mut Self {
        self.says = says;
        self
    }

    /// Counts only entries with this text in this field.
    pub fn only(&mut self, field: &'static str, text: &'static str) -> &mut Self {
        self.only = Some((field, text));
        self
    }
}

/// One message in place of many entries: how often, in which form, and what it says.
#[derive(Clone, Copy, Debug)]
pub struct Digest {
    /// Its form, as for [`SimBuilder::inbox`].
    pub form: &'static str,
    /// Who sends it, for people.
    pub from: &'static str,
    /// Its sentence: `{field}` stands for the sum of the entries' numbers, `{entries}` for how many
    /// entries there were.
    pub says: &'static str,
    /// How long it gathers. Periods are counted from STARTEX.
    pub every: SimDuration,
}

/// What plugins have declared of how entries reach people.
#[derive(Debug, Default)]
pub(crate) struct Reach {
    pub(crate) inbox: Vec<InboxInfo>,
    pub(crate) digests: Vec<(&'static str, Digest)>,
    pub(crate) clocks: Vec<ClockInfo>,
    pub(crate) titles: BTreeMap<u16, String>,
}

impl SimBuilder {
    /// Says that entries of this kind reach those who see them as a message in this form: an alert, a
    /// letter. The vocabulary above the engine names the forms.
    pub fn inbox(&mut self, kind: &'static Kind, form: &'static str) -> &mut InboxInfo {
        self.reach.inbox.push(InboxInfo { kind: kind.name, form, says: None });
        let last = self.reach.inbox.len() - 1;
        &mut self.reach.inbox[last]
    }

    /// Says that entries of this kind reach those who see them gathered into one message for each
    /// period: what is too much to be read one by one.
    pub fn digest(&mut self, kind: &'static Kind, digest: Digest) {
        self.reach.digests.push((kind.name, digest));
    }

    /// Says that entries of a kind start a clock, which runs out at what their field `due` says and is
    /// stopped by entries with one of these names.
    pub fn clock(
        &mut self,
        starts: &'static Kind,
        due: &'static str,
        stops: &'static [&'static str],
    ) -> &mut ClockInfo {
        let (starts, says) = (starts.name, starts.says);
        self.reach.clocks.push(ClockInfo { starts, due, says, only: None, stops });
        let last = self.reach.clocks.len() - 1;
        &mut self.reach.clocks[last]
    }

    /// Gives an actor the name by which people know it. The journal keeps the actor's own.
    pub fn entitle(&mut self, actor: ActorId, title: &str) {
        self.reach.titles.insert(actor.0, title.to_owned());
    }
}
