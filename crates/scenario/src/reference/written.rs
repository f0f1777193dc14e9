//! The fields that the loader reads by hand, file by file and item by item: one table each, from which the
//! reader takes the names and the reference what they mean.

/// Whether a field must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Must {
    /// Always.
    Be,
    /// In the first file, or the only one; who reads the version checks it.
    Begin,
    /// It may be left out, and is then this; empty where that goes without saying.
    Or(&'static str),
}

/// A field.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    pub(crate) name: &'static str,
    /// What is written there, in words.
    pub(crate) form: &'static str,
    pub(crate) must: Must,
    pub(crate) about: &'static str,
}

/// A group of fields.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Written {
    /// With its article, as mistakes call it.
    pub(crate) what: &'static str,
    pub(crate) rows: &'static [Row],
}

impl Written {
    /// All names, in order.
    pub(crate) fn names(&self) -> Vec<&'static str> {
        self.rows.iter().map(|row| row.name).collect()
    }

    /// Names of the fields that must be there.
    pub(crate) fn needed(&self) -> Vec<&'static str> {
        self.rows.iter().filter(|row| row.must == Must::Be).map(|row| row.name).collect()
    }
}

const fn row(name: &'static str, form: &'static str, must: Must, about: &'static str) -> Row {
    Row { name, form, must, about }
}

/// May be left out, and is then nothing.
const FREE: Must = Must::Or("");

const VERSION: Row = row(
    "version",
    "the number 1",
    Must::Begin,
    "The version of the format. Another one is refused.",
);

/// A scenario's file, the first one or one that is included.
pub(crate) const SCENARIO: Written = Written {
    what: "a scenario",
    rows: &[
        VERSION,
        row("name", "name", Must::Be, "Unique among the scenarios of a house."),
        row("title", "text", Must::Be, "For people who look for a scenario."),
        row("summary", "text", Must::Be, "What it is about, in a few sentences."),
        row("sources", "text", Must::Be, "What it is modelled on."),
        row(
            "contested",
            "list of texts",
            FREE,
            "What of the events behind it nobody knows to this day.",
        ),
        row("briefing", "group, see `describe briefing`", FREE, "What players know at STARTEX."),
        row(
            "headline",
            "list of metrics",
            FREE,
            "The metrics that tell most, first things first: what comparisons show unless told otherwise.",
        ),
        row(
            "startex",
            "date and time",
            Must::Be,
            "When the exercise begins, in the vendor's local time: the scenario's zero.",
        ),
        row(
            "lead_in",
            "duration",
            Must::Be,
            "How long the world runs before STARTEX; `\"0d\"` is not at all.",
        ),
        row("horizon", "duration", Must::Be, "How long it runs after STARTEX."),
        row(
            "calendar",
            "group, see `describe calendar`",
            Must::Or("Monday to Friday, 09:00 to 18:00, no holidays"),
            "Business hours and holidays of the vendor.",
        ),
        row("seed", "text or whole number", Must::Or("0"), "Which world is played unless asked."),
        row(
            "include",
            "list of texts",
            FREE,
            "More files: a path within the scenario's folder, `\"library:NAME\"`, or `\"library:SCENARIO/NAME\"` \
             for a file of a shipped scenario (without `.ron`).",
        ),
        row(
            "base",
            "text",
            FREE,
            "The scenario that this one is a change to: `\"library:SCENARIO\"` for a shipped one, or the path of its \
             first file. What is written here wins over it. Only the first file has one.",
        ),
        row(
            "drop",
            "list of paths",
            FREE,
            "What is taken away: `\"decisions.NAME\"`, `\"injects.NAME\"`, a plugin, an item or a field of its section; \
             `\"headline\"` or `\"contested\"` of the base.",
        ),
        row(
            "change",
            "map from path to value",
            FREE,
            "What is put in the place of something: `\"soc.queue.capacity\"`, `\"decisions.NAME.limit\"`.",
        ),
        row(
            "parameters",
            "map from name to parameter, see `describe parameter`",
            FREE,
            "Values that flags, policies, sweeps and courses may set, as levers `scenario.NAME`.",
        ),
        row(
            "plugins",
            "map from plugin to its section",
            FREE,
            "What the world is made of. A plugin without a section is not in it. `describe PLUGIN` says what \
             its section looks like.",
        ),
        row(
            "levers",
            "map from lever to number, true, false or text",
            FREE,
            "The vendor as it was. A policy's levers win over these, and those given to the program over both.",
        ),
        row(
            "orders",
            "map from name to list of orders",
            FREE,
            "Orders under a name, for plugins that give orders which the scenario names.",
        ),
        row("roles", "list, see `describe role`", FREE, "Who takes part."),
        row("objectives", "list, see `describe objective`", FREE, "What is to be exercised."),
        row("decisions", "list, see `describe decision`", FREE, "What players are asked."),
        row("injects", "list, see `describe inject`", FREE, "Messages that players get."),
    ],
};

/// A role.
pub(crate) const ROLE: Written = Written {
    what: "a role",
    rows: &[
        row("name", "name", Must::Be, "Unique among the roles."),
        row("title", "text", Must::Be, "For people."),
        row(
            "sees",
            "list of viewers",
            Must::Be,
            "A role sees the entries of the journal that any of these sees: soc, support, comms, legal, \
             executive, customers, press, regulators, researchers, police, criminals.",
        ),
    ],
};

/// An objective.
pub(crate) const OBJECTIVE: Written = Written {
    what: "an objective",
    rows: &[
        row("name", "name", Must::Be, "Unique among the objectives."),
        row("text", "text", Must::Be, "What shall be shown that the players can do."),
        row(
            "capability",
            "text",
            FREE,
            "The core capability that it belongs to, as the National Preparedness Goal or your house lists them.",
        ),
    ],
};

const WHEN: Row =
    row("when", "see `describe when`", Must::Be, "What it waits for: a date or milestones.");
const DELAY: Row = row("delay", "duration", Must::Or("\"0d\""), "How long after that.");

/// A decision.
pub(crate) const DECISION: Written = Written {
    what: "a decision",
    rows: &[
        row(
            "name",
            "name",
            Must::Be,
            "Unique among the decisions. An option taken is the milestone `chose/DECISION/OPTION`.",
        ),
        row("ask", "text", Must::Be, "The question."),
        row("role", "name of a role", Must::Be, "Who decides, and so who sees it."),
        WHEN,
        DELAY,
        row(
            "unless",
            "list of milestones",
            FREE,
            "If one of them was reached by then, the decision does not come up.",
        ),
        row("limit", "duration", Must::Be, "Time to decide; after it the default is taken."),
        row("objective", "name of an objective", FREE, "The objective that it exercises."),
        row("expected", "name of an option", FREE, "The option that the authors expect."),
        row("default", "name of an option", Must::Be, "The option taken when nobody decides."),
        row("options", "list, see `describe option`", Must::Be, "1 to 20 ways to answer."),
    ],
};

/// An option of a decision.
pub(crate) const OPTION: Written = Written {
    what: "an option",
    rows: &[
        row("name", "name", Must::Be, "Unique within the decision."),
        row("text", "text", Must::Be, "What players read."),
        row("orders", "list, see `describe order`", FREE, "What happens when it is taken."),
    ],
};

/// An inject.
pub(crate) const INJECT: Written = Written {
    what: "an inject",
    rows: &[
        row("name", "name", Must::Be, "Unique among the injects."),
        WHEN,
        DELAY,
        row(
            "unless",
            "list of milestones",
            FREE,
            "If one of them was reached by then, the inject does not come.",
        ),
        row("from", "text", Must::Be, "Who it is from, as printed."),
        row(
            "form",
            "text",
            Must::Or("\"memo\""),
            "In which form players find it: alert, ticket, call, inquiry, article, email, letter or memo.",
        ),
        row("text", "text", Must::Be, "What it says."),
        row(
            "to",
            "list of roles and viewers",
            Must::Be,
            "Who gets it: roles of the scenario, or viewers as in `describe role`.",
        ),
        row("orders", "list, see `describe order`", FREE, "What happens when it comes."),
    ],
};

/// A policy's file.
pub(crate) const POLICY: Written = Written {
    what: "a policy",
    rows: &[
        VERSION,
        row("name", "name", Must::Be, "The name of its file, without `.ron`."),
        row("summary", "text", Must::Be, "What this vendor is like, in one sentence."),
        row(
            "levers",
            "map from lever to number, true, false or text",
            FREE,
            "How the vendor has prepared. They win over the scenario's.",
        ),
        row(
            "decisions",
            "map from decision to answer, see `describe answer`",
            FREE,
            "How it answers. A decision that is not named takes its default.",
        ),
    ],
};

/// The record of real events, `hindcast.ron`.
pub(crate) const HINDCAST: Written = Written {
    what: "a record",
    rows: &[
        VERSION,
        row("about", "text", Must::Be, "Which events, and where they are documented."),
        row("rows", "list, see `describe row`", Must::Be, "1 to 200 quantities on record."),
    ],
};

/// A course's file.
pub(crate) const COURSE: Written = Written {
    what: "a course",
    rows: &[
        VERSION,
        row("title", "text", Must::Be, "For people."),
        row("summary", "text", Must::Be, "What it is about."),
        row("lessons", "list, see `describe lesson`", Must::Be, "1 to 50 lessons in order."),
    ],
};
