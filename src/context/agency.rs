//! Owns the values of the agency: who heads it, its agreements, and what the state's law says of them.

use jiff::civil;
use serde_json::{Value, json};

use super::{Context, Piece, titled};
use crate::campaign::Campaign;
use crate::campaign::choices::{AgencyKind, AgreementRule, Approval, Model, Selected};
use crate::lexicon::Lexicon;
use crate::values::thousands;

/// Puts what the agency is and who heads it.
pub(super) fn agency(c: &mut Context, campaign: &Campaign, lexicon: &Lexicon) {
    let agency = &campaign.agency;
    c.text("agency.name", Some(agency.name.clone()));
    c.choice("agency.kind", agency.kind.word());
    let deputies = matches!(agency.kind, AgencyKind::Sheriff | AgencyKind::Constable);
    let (one, several) = match deputies {
        true => ("officer-deputies", "officers-deputies"),
        false => ("officer-officers", "officers-officers"),
    };
    c.text("agency.officer", Some(lexicon.label(one).to_string()));
    c.text("agency.officers", Some(lexicon.label(several).to_string()));
    c.flag("agency.has_jail", agency.jail);
    c.text("agency.phone", agency.phone.as_ref().map(|phone| phone.0.clone()));
    c.text("head.title", agency.title.clone());
    c.text("head.title_lower", agency.title.as_deref().map(lower_title));
    c.text("head.name", agency.head.name.clone());
    c.pieces("head.full", titled(agency.title.as_deref(), "head.title", agency.head.name.as_deref(), "head.name"));
    // A chief of police is spoken to as Chief.
    let spoken_title = agency.title.as_deref().map(|title| if title.contains("Chief") { "Chief" } else { title });
    c.pieces("head.salutation", titled(spoken_title, "head.title", agency.head.last.as_deref(), "head.name"));
    c.flag("head.elected", agency.selected == Some(Selected::Elected));
}

/// A title inside a sentence: sheriff, chief of police.
pub(super) fn lower_title(title: &str) -> String {
    title.to_lowercase()
}

/// Puts its agreements.
pub(super) fn agreements(c: &mut Context, campaign: &Campaign, lexicon: &Lexicon) {
    let models = campaign.models();
    let current: Vec<_> = campaign.current().collect();
    c.choice("agreement.status", campaign.status().word());
    c.put("agreement.models", json!(models.iter().map(|model| model.word()).collect::<Vec<_>>()));
    c.optional("agreement.model_names", (!models.is_empty()).then(|| lexicon.models(&models)));
    c.flag("agreement.several", models.len() > 1);
    c.flag("agreement.task_force", models.contains(&Model::TaskForce));
    c.flag("agreement.jail_only", !models.is_empty() && !models.contains(&Model::TaskForce));
    let date = |date: Option<civil::Date>| date.map(|date| lexicon.date(date));
    c.optional("agreement.signed", date(current.iter().filter_map(|agreement| agreement.signed).min()));
    c.optional("agreement.ended", date(current.iter().filter_map(|agreement| agreement.ended).max()));
    c.optional("agreement.applied", date(current.iter().filter_map(|agreement| agreement.applied).min()));
    c.optional("agreement.asked_on", date(current.iter().filter_map(|agreement| agreement.asked_on).max()));
    let checked = current.iter().filter_map(|agreement| agreement.sourced.as_ref()?.as_of).min();
    c.optional("agreement.checked", checked.map(|as_of| lexicon.as_of(as_of)));
    // The least that is known of all of them: one unapproved agreement is not made good by another.
    let approved = [Approval::No, Approval::Unknown, Approval::Later, Approval::Yes]
        .into_iter()
        .find(|answer| current.iter().any(|agreement| agreement.approved == *answer))
        .unwrap_or(Approval::Unknown);
    c.choice("agreement.board_approved", approved.word());
    let approval_known = current.iter().filter_map(|agreement| agreement.approval_sourced.as_ref()?.as_of).min();
    c.optional("agreement.board_as_of", approval_known.map(|as_of| lexicon.as_of(as_of)));
    c.optional("agreement.signer", current.iter().find_map(|agreement| agreement.signed_by.clone()));
    let published = current.iter().find_map(|agreement| agreement.moa_url.as_ref());
    c.optional("agreement.moa_url", published.map(|url| url.printed().to_string()));
    let officers = ["agreement.officers_authorized", "agreement.officers_trained", "agreement.officers_active"];
    for (at, path) in officers.into_iter().enumerate() {
        // Officers are counted together where there are several agreements, if each says how many.
        let counts: Option<Vec<u32>> = current.iter().map(|agreement| agreement.officers[at]).collect();
        let sum = counts.filter(|counts| !counts.is_empty()).map(|counts| counts.into_iter().map(u64::from).sum());
        c.optional(path, sum.map(thousands));
    }
    let mut list = Vec::new();
    for agreement in &campaign.agreements {
        let Some(model) = agreement.model else { continue };
        let name = c.token("agreements.model_name", vec![Piece::Text(lexicon.model(model).to_string())]);
        let mut dated = |path: &str, day: Option<civil::Date>| match day {
            Some(day) => c.token(path, vec![Piece::Text(lexicon.date(day))]),
            None => Value::Null,
        };
        list.push(json!({
            "model": model.word(),
            "model_name": name,
            "status": agreement.status.word(),
            "signed": dated("agreements.signed", agreement.signed),
            "ended": dated("agreements.ended", agreement.ended),
        }));
    }
    c.put("agreements", Value::Array(list));
}

/// Puts what the law says of them, and so what may be asked.
pub(super) fn law(c: &mut Context, campaign: &Campaign) {
    let rules = &campaign.state.rules;
    c.choice("law.end", campaign.state.end.word());
    c.flag("law.requires", campaign.required());
    c.flag("law.prohibits", rules.contains(&AgreementRule::Prohibits));
    c.flag("law.board", rules.contains(&AgreementRule::Board));
    c.flag("law.limits", rules.contains(&AgreementRule::Limits));
    c.flag("law.known", !rules.contains(&AgreementRule::Unknown));
    c.choice("law.detainers", campaign.state.detainers.word());
    c.choice("stance", campaign.stance().word());
}
