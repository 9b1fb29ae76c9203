//! Owns the conditions under which a fact may be said.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::campaign::choices::{AgreementRule, DetainerRule, Model, OrganizationKind, Status};

/// The conditions of a fact; each that is given must hold, by any of its values.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct When {
    /// The agency holds one of these models.
    pub models: Option<Vec<Model>>,
    /// The agency holds none of these models.
    pub without_models: Option<Vec<Model>>,
    /// The agreements stand so.
    pub status: Option<Vec<Status>>,
    /// The agreements do not stand so.
    pub not_status: Option<Vec<Status>>,
    /// The place is in one of these states.
    pub states: Option<Vec<String>>,
    /// The place is in none of these states.
    pub not_states: Option<Vec<String>>,
    /// The place is in one of these federal circuits: `1` to `11`, `dc`.
    pub circuits: Option<Vec<String>>,
    /// The place is in none of these federal circuits.
    pub not_circuits: Option<Vec<String>>,
    /// The state has one of these rules about agreements.
    pub agreements: Option<Vec<AgreementRule>>,
    /// The state has none of these rules about agreements.
    pub not_agreements: Option<Vec<AgreementRule>>,
    /// The state's rule about detainers.
    pub detainers: Option<Vec<DetainerRule>>,
    /// Not the state's rule about detainers.
    pub not_detainers: Option<Vec<DetainerRule>>,
    /// The kind of organization that speaks.
    pub organization: Option<Vec<OrganizationKind>>,
    /// Not the kind of organization that speaks.
    pub not_organization: Option<Vec<OrganizationKind>>,
}

/// What conditions are held against: one campaign, seen from its facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Situation {
    /// Models held.
    pub models: Vec<Model>,
    /// Where the agreements stand.
    pub status: Status,
    /// Two-letter code.
    pub state: String,
    /// `1` to `11`, `dc`.
    pub circuit: String,
    /// The state's rules about agreements.
    pub agreements: Vec<AgreementRule>,
    /// The state's rule about detainers.
    pub detainers: DetainerRule,
    /// Who speaks.
    pub organization: OrganizationKind,
}

impl When {
    /// The first condition that does not hold, in words; `None` if all hold.
    pub fn broken_by(&self, here: &Situation) -> Option<String> {
        // Without `..`, so that a new condition does not compile until it is held against something.
        let When {
            models,
            without_models,
            status,
            not_status,
            states,
            not_states,
            circuits,
            not_circuits,
            agreements,
            not_agreements,
            detainers,
            not_detainers,
            organization,
            not_organization,
        } = self;
        [
            any("models", models, &here.models, Model::word),
            none("models", without_models, &here.models, Model::word),
            any("status", status, &[here.status], Status::word),
            none("status", not_status, &[here.status], Status::word),
            any_name("states", states, &here.state),
            none_name("states", not_states, &here.state),
            any_name("circuits", circuits, &here.circuit),
            none_name("circuits", not_circuits, &here.circuit),
            any("agreements", agreements, &here.agreements, AgreementRule::word),
            none("agreements", not_agreements, &here.agreements, AgreementRule::word),
            any("detainers", detainers, &[here.detainers], DetainerRule::word),
            none("detainers", not_detainers, &[here.detainers], DetainerRule::word),
            any("organization", organization, &[here.organization], OrganizationKind::word),
            none("organization", not_organization, &[here.organization], OrganizationKind::word),
        ]
        .into_iter()
        .flatten()
        .next()
    }
}

fn list<T: Copy>(items: &[T], word: fn(T) -> &'static str) -> String {
    match items {
        [] => "none".to_string(),
        _ => items.iter().map(|item| word(*item)).collect::<Vec<_>>().join(", "),
    }
}

fn any<T: Copy + PartialEq>(
    name: &str,
    wanted: &Option<Vec<T>>,
    found: &[T],
    word: fn(T) -> &'static str,
) -> Option<String> {
    let wanted = wanted.as_ref()?;
    let holds = wanted.iter().any(|item| found.contains(item));
    (!holds).then(|| format!("{name}: needs {}, here {}", list(wanted, word), list(found, word)))
}

fn none<T: Copy + PartialEq>(
    name: &str,
    barred: &Option<Vec<T>>,
    found: &[T],
    word: fn(T) -> &'static str,
) -> Option<String> {
    let barred = barred.as_ref()?;
    let broken = barred.iter().any(|item| found.contains(item));
    broken.then(|| format!("{name}: not with {}, here {}", list(barred, word), list(found, word)))
}

fn any_name(name: &str, wanted: &Option<Vec<String>>, found: &str) -> Option<String> {
    let wanted = wanted.as_ref()?;
    let holds = wanted.iter().any(|item| item == found);
    (!holds).then(|| format!("{name}: needs {}, here {found}", wanted.join(", ")))
}

fn none_name(name: &str, barred: &Option<Vec<String>>, found: &str) -> Option<String> {
    let barred = barred.as_ref()?;
    barred.iter().any(|item| item == found).then(|| format!("{name}: not in {found}"))
}
