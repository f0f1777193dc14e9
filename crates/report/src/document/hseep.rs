//! HSEEP's vocabulary: core capabilities and their mission areas, ratings with their definitions,
//! capability elements. The definitions are those of the programme's own templates, which are in the
//! public domain.

use hotwash_exercise::Rating;

/// The mission areas, in the order of the National Preparedness Goal.
const AREAS: [&str; 5] = ["Prevention", "Protection", "Mitigation", "Response", "Recovery"];

/// The core capabilities of the National Preparedness Goal that an incident at a company can exercise,
/// each with its mission areas by position.
const CAPABILITIES: [(&str, &[usize]); 14] = [
    ("Planning", &[0, 1, 2, 3, 4]),
    ("Public Information and Warning", &[0, 1, 2, 3, 4]),
    ("Operational Coordination", &[0, 1, 2, 3, 4]),
    ("Forensics and Attribution", &[0]),
    ("Intelligence and Information Sharing", &[0, 1]),
    ("Interdiction and Disruption", &[0, 1]),
    ("Screening, Search, and Detection", &[0, 1]),
    ("Access Control and Identity Verification", &[1]),
    ("Cybersecurity", &[1]),
    ("Risk Management for Protection Programs and Activities", &[1]),
    ("Supply Chain Integrity and Security", &[1]),
    ("Logistics and Supply Chain Management", &[3]),
    ("Operational Communications", &[3]),
    ("Situational Assessment", &[3]),
];

/// The mission areas that these core capabilities belong to. A capability of an organisation's own
/// belongs to none, and the three that belong to all areas tell nothing about which.
pub(super) fn mission_areas<'a>(
    capabilities: impl IntoIterator<Item = &'a str>,
) -> Vec<&'static str> {
    let mut found = [false; AREAS.len()];
    for capability in capabilities {
        let known = CAPABILITIES.iter().find(|(name, _)| *name == capability);
        let areas = known.map(|(_, areas)| *areas).filter(|areas| areas.len() < AREAS.len());
        areas.into_iter().flatten().for_each(|area| found[*area] = true);
    }
    AREAS.iter().zip(found).filter(|(_, is_in)| *is_in).map(|(area, _)| *area).collect()
}

/// What stands where an objective has no core capability.
pub(super) const NO_CAPABILITY: &str = "no core capability fits";

/// A rating's definition in full.
pub(super) const fn definition(rating: Rating) -> &'static str {
    match rating {
        Rating::P => {
            "The targets and critical tasks associated with the core capability were completed in a manner \
             that achieved the objective(s) and did not negatively impact the performance of other activities. \
             Performance of this activity did not contribute to additional health and/or safety risks for the \
             public or for emergency workers, and it was conducted in accordance with applicable plans, \
             policies, procedures, regulations, and laws."
        }
        Rating::S => {
            "The targets and critical tasks associated with the core capability were completed in a manner \
             that achieved the objective(s) and did not negatively impact the performance of other activities. \
             Performance of this activity did not contribute to additional health and/or safety risks for the \
             public or for emergency workers, and it was conducted in accordance with applicable plans, \
             policies, procedures, regulations, and laws. However, opportunities to enhance effectiveness \
             and/or efficiency were identified."
        }
        Rating::M => {
            "The targets and critical tasks associated with the core capability were completed in a manner \
             that achieved the objective(s), but some or all of the following were observed: demonstrated \
             performance had a negative impact on the performance of other activities; contributed to \
             additional health and/or safety risks for the public or for emergency workers; and/or was not \
             conducted in accordance with applicable plans, policies, procedures, regulations, and laws."
        }
        Rating::U => {
            "The targets and critical tasks associated with the core capability were not performed in a manner \
             that achieved the objective(s)."
        }
    }
}

/// What a corrective action changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Element {
    /// What is written down.
    Planning,
    /// Who does what.
    Organization,
    /// Tools and data.
    Equipment,
    /// What people can do.
    Training,
    /// What is practised.
    Exercises,
}

impl Element {
    /// As HSEEP names it.
    pub const fn name(self) -> &'static str {
        match self {
            Element::Planning => "Planning",
            Element::Organization => "Organization",
            Element::Equipment => "Equipment",
            Element::Training => "Training",
            Element::Exercises => "Exercises",
        }
    }
}

/// Questions for a discussion of a core capability, before anything has happened.
pub(super) fn questions(capability: &str) -> &'static [&'static str] {
    match capability {
        "Situational Assessment" => &[
            "Who in our organisation would see the first sign of trouble, and whom would they tell?",
            "What must come together before we treat something as an incident, and who decides that we do?",
            "Which records could answer our first questions, how far back do they go, and who can read them tonight?",
            "How do we keep apart what we know, what we think likely, and what we only hope?",
        ],
        "Cybersecurity" => &[
            "Who may shut an account, a machine or a service, at what hour, and at what cost to the business?",
            "What evidence must be kept before we change anything, and who sees to it?",
            "What would make us sure that it is over?",
        ],
        "Public Information and Warning" => &[
            "Who speaks for us, who must agree before words go out, and how long does that take at a weekend?",
            "How would we reach the people concerned, and how long would it take to reach most of them?",
            "How sure must we be before we say something? What do we say while we are not?",
            "How do we put right something that we have said and that turns out to be wrong?",
        ],
        "Forensics and Attribution" => &[
            "Who can secure evidence so that it holds in court, and how soon are they here?",
            "When do we need to know who did it, and for what?",
        ],
        "Intelligence and Information Sharing" => &[
            "From whom outside could we hear of it first, and would their word reach somebody who reads it?",
            "Whom do we tell what, how soon, and who may decide to?",
        ],
        "Operational Coordination" => &[
            "Who leads when something happens, and who stands in for them?",
            "How do departments that seldom work together share what they know?",
        ],
        "Planning" => &[
            "Which plan applies, who knows where it is, and when was it last used?",
            "What does it leave to be decided on the day?",
        ],
        _ => &[
            "What do we do today to meet this objective, and where is it written down?",
            "Who decides, who must be asked, and who stands in for them?",
            "What could keep us from meeting it in time?",
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mission_areas_are_those_of_known_capabilities() {
        assert_eq!(mission_areas(["Cybersecurity"]), ["Protection"]);
        assert_eq!(
            mission_areas(["Situational Assessment", "Forensics and Attribution"]),
            ["Prevention", "Response"]
        );
        assert_eq!(mission_areas(["Our own"]), Vec::<&str>::new());
        assert!(mission_areas(["Planning"]).is_empty());
    }

    #[test]
    fn each_rating_is_defined_differently() {
        let all: std::collections::BTreeSet<&str> =
            Rating::ALL.map(definition).into_iter().collect();
        assert_eq!(all.len(), 4);
    }
}
