//! Every state with every status and set of models: all five documents must fill, fit and say nothing that does not hold there.

mod common;

use std::collections::BTreeMap;

use common::{root, settings};
use handbill::campaign::choices::{AgencyKind, Model, Status};
use handbill::campaign::{Agreement, Campaign};
use handbill::compose::compose;
use handbill::diagnostic::Diagnostics;
use handbill::make::Workshop;

/// The sets of models an agency may hold that read differently.
const MODELS: &[&[Model]] = &[
    &[Model::Warrant],
    &[Model::Jail],
    &[Model::TaskForce],
    &[Model::TaskForce, Model::Warrant],
    &[Model::Jail, Model::Warrant, Model::TaskForce],
];

/// States whose law, circuit and words for offices differ most.
const SET: &[&str] = &["AR", "FL", "IL", "LA", "MN", "NH", "TX"];

fn agreements(campaign: &Campaign, status: Status, models: &[Model]) -> Vec<Agreement> {
    let first = campaign.agreements[0].clone();
    let one = |model: Option<Model>| Agreement {
        model,
        status,
        signed: first.signed.filter(|_| matches!(status, Status::Active | Status::Ended)),
        ended: (status == Status::Ended).then(|| "2026-01-14".parse().expect("a date")),
        ..first.clone()
    };
    match status {
        Status::None | Status::Unknown => vec![one(None)],
        _ => models.iter().map(|model| one(Some(*model))).collect(),
    }
}

/// What must never stand on paper whose agreement and state law are these.
fn forbidden(campaign: &Campaign) -> Vec<&'static str> {
    let mut words =
        vec!["Medium risk", "no legal obligation", "297(g)", "violates the Fourth", "largest budget", "641"];
    let held = !campaign.models().is_empty();
    if held && !campaign.models().contains(&Model::TaskForce) {
        words.push("traffic stop");
    }
    if campaign.state.code != "MN" {
        // Only Minnesota's Attorney General says that a board must approve; in Pennsylvania a court has said otherwise.
        words.push("and the approval of the");
    }
    if campaign.required() && campaign.status() == Status::Active {
        words.extend(["end the agreement", "End the 287(g)", "end this agreement", "ends this agreement", "withdraw"]);
    }
    words
}

#[test]
fn every_combination_fills_fits_and_holds() {
    let mut problems = Diagnostics::default();
    let mut workshop = Workshop::open(&root().join("campaigns/kandiyohi-county-mn"), &mut problems).expect("it opens");
    let first = workshop.campaign.clone();
    let states: Vec<_> = workshop.kit.register.states.values().cloned().collect();
    let mut wrong: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut made = 0;
    for state in &states {
        for kind in [AgencyKind::Sheriff, AgencyKind::Police] {
            for status in Status::ALL {
                for models in MODELS.iter().filter(|_| kind == AgencyKind::Sheriff || *status == Status::Active) {
                    let mut campaign = first.clone();
                    campaign.state = state.clone();
                    campaign.agency.kind = kind;
                    if kind == AgencyKind::Police {
                        campaign.agency.name = "Springfield Police Department".to_string();
                        campaign.agency.title = Some("Chief of Police".to_string());
                    }
                    campaign.agreements = agreements(&first, *status, models);
                    // One letter stands for all: they differ in the address alone.
                    campaign.officials.truncate(1);
                    workshop.campaign = campaign;
                    let mut problems = Diagnostics::default();
                    let jobs = workshop.plan(&[], &[], &mut problems);
                    let campaign = &workshop.campaign.clone();
                    let case = format!(
                        "{} {} {} {:?} {}",
                        state.code,
                        kind.word(),
                        status.word(),
                        models,
                        campaign.stance().word()
                    );
                    for job in &jobs {
                        let mut own = Diagnostics::default();
                        // Setting takes longest: the states that read most unlike one another show whether the words fit.
                        let composed = if SET.contains(&state.code.as_str()) {
                            workshop.make(job, &settings(), &mut own).map(|made| made.composed)
                        } else {
                            compose(&workshop.kit, campaign, job, &settings(), &|_| true, &mut own)
                        };
                        made += 1;
                        for problem in own.iter() {
                            wrong.entry(problem.render(false)).or_default().push(case.clone());
                        }
                        let Some(composed) = composed else { continue };
                        let text: String = composed.runs.iter().map(|(_, text)| text.as_str()).collect();
                        for words in forbidden(campaign) {
                            if text.contains(words) {
                                wrong.entry(format!("{} says `{words}`", job.document)).or_default().push(case.clone());
                            }
                        }
                        for slip in [
                            "  ",
                            " ,",
                            " .",
                            "..",
                            "{{",
                            "}}",
                            " a agreement",
                            "the the",
                            " an the",
                            "()",
                            "undefined",
                            "null",
                        ] {
                            if text.contains(slip) {
                                wrong
                                    .entry(format!("{} prints `{slip}`", job.document))
                                    .or_default()
                                    .push(case.clone());
                            }
                        }
                    }
                    if matches!(status, Status::None | Status::Unknown) {
                        // Without an agreement there are no models to tell apart.
                        break;
                    }
                }
            }
        }
    }
    let list: Vec<String> = wrong
        .iter()
        .map(|(what, cases)| format!("{what}\n    in {} cases, such as {}", cases.len(), cases[0]))
        .collect();
    assert!(list.is_empty(), "{made} papers made\n\n{}", list.join("\n\n"));
}
