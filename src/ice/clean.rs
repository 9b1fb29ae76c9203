//! Owns what the text of a cell means: white space, apostrophes, states, types and models, exact or misspelt.

use super::names::STATES;
use super::{AgencyType, Model};
use strsim::damerau_levenshtein;

/// What a cell was read as.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Reading<T> {
    /// It says exactly this, but for case and white space.
    Plain(T),
    /// It is taken to mean this.
    Corrected(T),
    /// A person has to say.
    Unknown,
}

/// The text with single spaces and without invisible characters.
pub(super) fn tidy(text: &str) -> String {
    let seen: String = text
        .chars()
        .filter(|letter| !matches!(letter, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}'))
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An agency's name with single spaces and typographic apostrophes. The lists mix both styles of apostrophe within one agency.
pub(super) fn agency_name(text: &str) -> String {
    tidy(text).replace(['\'', '‘', '´', '`', '′', 'ʼ', '＇'], "’")
}

/// The form in which names are compared: lower case, one style of apostrophe, single spaces.
pub fn fold(text: &str) -> String {
    agency_name(text).to_lowercase()
}

/// Only letters and digits, upper case.
pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

/// How many slips of the finger lie between two texts. Texts of very different length are not compared, so a huge cell costs nothing.
pub(crate) fn slips(one: &str, other: &str) -> usize {
    let gap = one.chars().count().abs_diff(other.chars().count());
    if gap > 4 { gap } else { damerau_levenshtein(one, other) }
}

/// Whether a cell says that there is nothing to say, as text or as an Excel error.
pub(super) fn says_nothing(text: &str) -> bool {
    let text = text.trim();
    (text.starts_with('#') && text.len() <= 9) || matches!(letters(text).as_str(), "" | "NA" | "NONE" | "TBD" | "NULL")
}

/// The postal code of a state or territory; forgives case, spaces and a small misspelling that can mean only one.
pub fn state_code(text: &str) -> Option<&'static str> {
    match state(text) {
        Reading::Plain(code) | Reading::Corrected(code) => Some(code),
        Reading::Unknown => None,
    }
}

/// The full name behind a postal code.
pub fn state_name(code: &str) -> Option<&'static str> {
    STATES.iter().find(|(known, _)| *known == code).map(|(_, name)| *name)
}

pub(super) fn state(text: &str) -> Reading<&'static str> {
    let plain = tidy(text).to_uppercase();
    if let Some((code, _)) = STATES.iter().find(|(code, name)| *code == plain || name.eq_ignore_ascii_case(&plain)) {
        return Reading::Plain(*code);
    }
    let found = letters(text);
    if found.len() < 4 {
        return Reading::Unknown;
    }
    let mut near: Vec<(usize, &'static str)> = STATES
        .iter()
        .map(|(code, name)| (slips(&found, &letters(name)), *code))
        .filter(|(distance, _)| *distance <= 2)
        .collect();
    near.sort();
    match near.as_slice() {
        [(_, code)] => Reading::Corrected(*code),
        // Two states may be two letters apart (North and South Dakota), so the nearest counts only when it is clearly nearer.
        [(best, code), (next, _), ..] if best < next && *best <= 1 => Reading::Corrected(*code),
        _ => Reading::Unknown,
    }
}

pub(super) fn kind(text: &str) -> Reading<AgencyType> {
    let found = letters(text);
    let known = [
        ("COUNTY", AgencyType::County),
        ("MUNICIPALITY", AgencyType::Municipality),
        ("STATEAGENCY", AgencyType::State),
        ("PARISH", AgencyType::County),
        ("STATE", AgencyType::State),
        ("CITY", AgencyType::Municipality),
        ("MUNICIPAL", AgencyType::Municipality),
    ];
    for (place, (name, kind)) in known.iter().enumerate() {
        if found == *name {
            return if place < 3 { Reading::Plain(*kind) } else { Reading::Corrected(*kind) };
        }
    }
    for (name, kind) in &known[..3] {
        if slips(&found, name) <= 2 {
            return Reading::Corrected(*kind);
        }
    }
    Reading::Unknown
}

/// The title ICE itself gives a model.
pub(super) fn model_title(model: Model) -> &'static str {
    match model {
        Model::Jail => "Jail Enforcement Model",
        Model::Warrant => "Warrant Service Officer",
        Model::TaskForce => "Task Force Model",
    }
}

/// The models a cell names: one as a rule, several where a cell lists them.
pub(super) fn models(text: &str) -> Reading<Vec<Model>> {
    let found = letters(text);
    let all =
        [(Model::Jail, "JAIL", "JEM"), (Model::Warrant, "WARRANT", "WSO"), (Model::TaskForce, "TASKFORCE", "TFM")];
    if let Some((model, ..)) = all.iter().find(|(model, ..)| letters(model_title(*model)) == found) {
        return Reading::Plain(vec![*model]);
    }
    let named: Vec<Model> = all
        .iter()
        .filter(|(_, word, short)| {
            found.contains(word)
                || text.split(|c: char| !c.is_alphanumeric()).any(|part| part.eq_ignore_ascii_case(short))
        })
        .map(|(model, ..)| *model)
        .collect();
    if !named.is_empty() {
        return Reading::Corrected(named);
    }
    let mut near: Vec<(usize, Model)> = all
        .iter()
        .map(|(model, ..)| (slips(&found, &letters(model_title(*model))), *model))
        .filter(|(distance, _)| *distance <= 4)
        .collect();
    near.sort();
    match near.first() {
        Some((_, model)) => Reading::Corrected(vec![*model]),
        None => Reading::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::{Reading, agency_name, fold, kind, models, says_nothing, state, state_code};
    use crate::ice::{AgencyType, Model};

    #[test]
    fn states_are_read_when_misspelt_but_never_between_two() {
        assert_eq!(state("WEST VIRGINIA "), Reading::Plain("WV"));
        assert_eq!(state("WEST VIRIGINIA"), Reading::Corrected("WV"));
        assert_eq!(state("PENNSLYVANIA"), Reading::Corrected("PA"));
        assert_eq!(state("New Hamsphire"), Reading::Corrected("NH"));
        assert_eq!(state("mn"), Reading::Plain("MN"));
        assert_eq!(state("RKANSAS"), Reading::Unknown);
        assert_eq!(state("SORTH DAKOTA"), Reading::Unknown);
        assert_eq!(state("Total"), Reading::Unknown);
        assert_eq!(state_code("Ohoi"), Some("OH"));
    }

    #[test]
    fn models_and_types_are_read_when_misspelt() {
        assert_eq!(models("Jail Enforcement Model "), Reading::Plain(vec![Model::Jail]));
        assert_eq!(models("Warrant Services Officer"), Reading::Corrected(vec![Model::Warrant]));
        assert_eq!(models("Jail Enforcment Model"), Reading::Corrected(vec![Model::Jail]));
        assert_eq!(models("Task Force Officer"), Reading::Corrected(vec![Model::TaskForce]));
        assert_eq!(models("Tsak Froce Model"), Reading::Corrected(vec![Model::TaskForce]));
        assert_eq!(models("JEM & WSO"), Reading::Corrected(vec![Model::Jail, Model::Warrant]));
        assert_eq!(models("Other"), Reading::Unknown);
        assert_eq!(kind("Muncipality "), Reading::Corrected(AgencyType::Municipality));
        assert_eq!(kind("State  Agency"), Reading::Plain(AgencyType::State));
        assert_eq!(kind("Tribe"), Reading::Unknown);
    }

    #[test]
    fn apostrophes_and_spaces_become_one_style() {
        assert_eq!(agency_name(" Bee  County\u{a0}Sheriff's Office "), "Bee County Sheriff’s Office");
        assert_eq!(fold("BEE County Sheriff‘s Office"), fold("Bee County Sheriff's  office"));
        assert!(["#N/A", "#NA", "N/A", " "].iter().all(|text| says_nothing(text)));
        assert!(!says_nothing("Nassau County"));
    }
}
