//! Owns counting a list: agreements and agencies, by model, for the nation and each state.

use super::{AgencyRecord, Model};
use serde::Serialize;
use std::collections::BTreeMap;

/// A number for each model.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ByModel {
    /// Jail Enforcement Model, JEM.
    pub jail: usize,
    /// Warrant Service Officer, WSO.
    pub warrant: usize,
    /// Task Force Model, TFM.
    pub task_force: usize,
}

impl ByModel {
    fn add(&mut self, model: Model) {
        match model {
            Model::Jail => self.jail += 1,
            Model::Warrant => self.warrant += 1,
            Model::TaskForce => self.task_force += 1,
        }
    }
}

/// What was counted in the nation or in one state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Tally {
    /// Agreements, each agency's each model once for every row that was kept.
    pub agreements: usize,
    /// Agencies with at least one agreement.
    pub agencies: usize,
    /// Agencies with agreements of two or three models.
    pub with_several: usize,
    /// Agreements by model; these add up to `agreements`.
    pub agreements_by_model: ByModel,
    /// Agencies by model; an agency with two models counts under both.
    pub agencies_by_model: ByModel,
}

/// The counts of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// All states and territories together.
    pub nation: Tally,
    /// Each state or territory on the list, by postal code.
    pub states: BTreeMap<&'static str, Tally>,
}

/// Counts the agencies of a list and their agreements.
pub fn counts(agencies: &[AgencyRecord]) -> Counts {
    let mut counts = Counts::default();
    for agency in agencies {
        add(&mut counts.nation, agency);
        add(counts.states.entry(agency.state).or_default(), agency);
    }
    counts
}

fn add(tally: &mut Tally, agency: &AgencyRecord) {
    let mut models: Vec<Model> = agency.agreements.iter().map(|agreement| agreement.model).collect();
    tally.agreements += models.len();
    models.iter().for_each(|model| tally.agreements_by_model.add(*model));
    models.sort();
    models.dedup();
    models.iter().for_each(|model| tally.agencies_by_model.add(*model));
    tally.agencies += 1;
    tally.with_several += usize::from(models.len() > 1);
}
