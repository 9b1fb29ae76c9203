//! Every state with every status and set of models: all five documents must fill, fit and say nothing that does not hold there.

mod common;

use std::collections::BTreeMap;

use common::{root, settings, told};
use handbill::campaign::choices::{AgencyKind, Model, Status};
use handbill::campaign::{Agreement, Campaign};
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
    if !campaign.models().contains(&Model::TaskForce) {
        words.push("traffic stop");
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
                for models in MODELS {
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
                        let Some(paper) = workshop.make(job, &settings(), &mut own) else {
                            wrong.entry(told(&own)).or_default().push(case.clone());
                            continue;
                        };
                        made += 1;
                        for problem in own.iter() {
                            wrong.entry(problem.render(false)).or_default().push(case.clone());
                        }
                        let text = paper.pages.text().join("\n");
                        let flat = text.replace('\n', " ");
                        for words in forbidden(campaign) {
                            if flat.contains(words) {
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
                            let runs: String = paper.composed.runs.iter().map(|(_, text)| text.as_str()).collect();
                            if runs.contains(slip) {
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
