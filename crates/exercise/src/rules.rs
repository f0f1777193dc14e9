//! Who may do what. The server asks here, so that no page can be talked into more.

use crate::act::Act;
use crate::error::Refusal;
use crate::seat::Seat;

/// Whether somebody with these seats may do this; `decides` is the role that takes the decision that
/// the act names, if it names one.
pub(crate) fn may(seats: &[Seat], act: &Act, decides: Option<&str>) -> Result<(), Refusal> {
    if seats.contains(&Seat::Facilitator) {
        return Ok(());
    }
    let plays = seats.iter().any(|s| matches!(s, Seat::Role(_)));
    let evaluates = seats.contains(&Seat::Evaluator);
    let is_allowed = match act {
        Act::Decide { .. } => {
            decides.is_some_and(|role| seats.contains(&Seat::Role(role.to_owned())))
        }
        Act::Vote { .. } | Act::Share { .. } | Act::Consent { .. } => plays,
        Act::Note { .. } => plays || evaluates,
        Act::Rate { .. } | Act::Expected { .. } => evaluates,
        Act::Open(_)
        | Act::Join { .. }
        | Act::Reseat { .. }
        | Act::Run { .. }
        | Act::Pause
        | Act::Reached
        | Act::Inject { .. }
        | Act::Message { .. }
        | Act::ProposeRewind { .. }
        | Act::Rewind { .. }
        | Act::Endex => false,
    };
    if is_allowed {
        return Ok(());
    }
    Err(Refusal::NotYours(match (act, decides) {
        (Act::Decide { .. }, Some(role)) => {
            format!("this decision is for the {role} to take; you can vote on it")
        }
        (Act::Decide { .. } | Act::Vote { .. }, _) => "only players decide and vote".to_owned(),
        (Act::Rate { .. } | Act::Expected { .. }, _) => "only evaluators rate".to_owned(),
        _ => "only the facilitator does that".to_owned(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decide() -> Act {
        Act::Decide {
            decision: "d".to_owned(),
            option: "o".to_owned(),
            confidence: None,
            reason: String::new(),
        }
    }

    #[test]
    fn only_the_role_asked_decides() {
        let soc = Seat::Role("soc-lead".to_owned());
        assert!(may(std::slice::from_ref(&soc), &decide(), Some("soc-lead")).is_ok());
        assert!(may(std::slice::from_ref(&soc), &decide(), Some("counsel")).is_err());
        assert!(may(&[Seat::Evaluator, Seat::Screen], &decide(), Some("soc-lead")).is_err());
        assert!(may(&[Seat::Facilitator], &decide(), Some("counsel")).is_ok());
    }

    #[test]
    fn nobody_but_the_facilitator_moves_the_clock_or_the_seats() {
        let all = [Seat::Role("counsel".to_owned()), Seat::Evaluator, Seat::Screen];
        let reseat = Act::Reseat { person: "p1".to_owned(), seats: vec![Seat::Facilitator] };
        for act in [Act::Pause, Act::Run { pace: 1 }, Act::Endex, reseat] {
            assert!(may(&all, &act, None).is_err(), "{act:?}");
            assert!(may(&[Seat::Facilitator], &act, None).is_ok());
        }
    }
}
