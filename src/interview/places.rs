//! Owns the questions on the place and its agency: state, county or city, which agency, what it is.

use super::answers::{Ground, Step, accept};
use super::ask::{Asker, Choose, Offer, Turn, Typed};
use super::listed::{Listed, is_sheriff};
use super::{Interview, start};
use crate::campaign::choices::AgencyKind;
use crate::counties::{self, County, Found, Kind};
use crate::ice::{ListKind, kind_by_name, state_name};
use crate::library::STATES;

/// Territories, for which no campaign can be made.
const TERRITORIES: [&str; 5] = ["AS", "GU", "MP", "PR", "VI"];
/// Where no county has a sheriff, so that no name is offered.
const NO_COUNTY_SHERIFFS: [&str; 5] = ["AK", "CT", "DC", "HI", "RI"];

/// Why a territory will not do.
pub fn no_territory(code: &str) -> String {
    format!(
        "no campaign can be made for {} yet: the law of the territories is not in the register",
        state_name(code).unwrap_or(code)
    )
}

impl Interview<'_> {
    pub(super) fn ask_state(&mut self, asker: &mut dyn Asker) -> Result<bool, Turn> {
        let mut codes: Vec<&'static str> = STATES.to_vec();
        codes.sort_by_key(|code| state_name(code));
        codes.extend(TERRITORIES);
        let label = |code: &&str| {
            let name = state_name(code).unwrap_or(code);
            if TERRITORIES.contains(code) { format!("{name} (no campaigns yet)") } else { format!("{name} ({code})") }
        };
        let question = Choose {
            flag: "--state",
            question: "Which state?".to_string(),
            help: "Type the first letters of its name".to_string(),
            offers: codes.iter().map(label).map(Offer::new).collect(),
            usual: self.answers.state.and_then(|state| codes.iter().position(|code| *code == state)),
            because: None,
        };
        loop {
            let code = codes[asker.choose(&question)?];
            if TERRITORIES.contains(&code) {
                asker.tell(&start::sentence(&no_territory(code)));
                continue;
            }
            if self.answers.state != Some(code) {
                self.answers.state = Some(code);
                self.answers.ground =
                    self.answers.ground.filter(|ground| *ground == Ground::City && self.is_settled(Step::City));
                self.answers.forget_agency(&self.given.answers);
            }
            return Ok(true);
        }
    }

    pub(super) fn ask_place(&mut self, asker: &mut dyn Asker) -> Result<bool, Turn> {
        let Some(state) = self.answers.state else { return Ok(false) };
        if self.is_settled(Step::City) {
            self.set_ground(Ground::City);
            return Ok(false);
        }
        if state == "DC" {
            // The District is one city, and no county.
            self.set_ground(Ground::City);
            self.answers.typed.insert(Step::City, "Washington".to_string());
            return Ok(false);
        }
        let all: Vec<&'static County> = counties::all().iter().filter(|county| offered(county, state)).collect();
        let (mut shown, mut because) = (all.clone(), None);
        if let Some(name) = self.given.county.clone() {
            match counties::find(Some(state), &name) {
                Found::One(county) if county.kind == Kind::PlanningRegion => {
                    because =
                        Some(format!("{} has no government of its own; choose a city or town", county.full_name()));
                }
                Found::One(county) => {
                    if county.former {
                        asker.tell(FORMER);
                    }
                    self.set_ground(Ground::County(county));
                    return Ok(false);
                }
                Found::Several(several) => {
                    because = Some(format!("`{name}` may be {}", listed_names(&several)));
                    shown = several;
                }
                Found::None { near } => {
                    let state = state_name(state).unwrap_or(state);
                    let near: Vec<&County> = near.into_iter().filter(|county| all.contains(county)).collect();
                    because = Some(match near.is_empty() {
                        true => format!("{state} has no county `{name}`"),
                        false => format!("{state} has no county `{name}`; did you mean {}?", listed_names(&near)),
                    });
                }
            }
        }
        let mut offers: Vec<Offer> = shown.iter().map(|county| Offer::new(county_label(county, &all))).collect();
        offers.push(Offer::always("a city or town with its own police"));
        let usual = match self.answers.ground {
            Some(Ground::City) => Some(shown.len()),
            Some(Ground::County(county)) => shown.iter().position(|other| *other == county),
            None if state == "CT" => Some(shown.len()),
            None => None,
        };
        let silent = !asker.asks_a_person();
        let question = Choose {
            flag: "--county or --city",
            question: format!("Which {}?", county_word(state)),
            help: "Type the first letters; for a city police department choose the last".to_string(),
            offers,
            // Without a person the usual answer is only what a person chose before.
            usual: if silent && self.answers.ground.is_none() { None } else { usual },
            because,
        };
        let chosen = asker.choose(&question)?;
        let ground = shown.get(chosen).map_or(Ground::City, |county| Ground::County(county));
        if let Ground::County(county) = ground
            && county.former
        {
            asker.tell(FORMER);
        }
        self.set_ground(ground);
        Ok(true)
    }

    fn set_ground(&mut self, ground: Ground) {
        if self.answers.ground != Some(ground) {
            self.answers.ground = Some(ground);
            self.answers.forget_agency(&self.given.answers);
        }
    }

    /// The list's agencies that may be the one, if a list is at hand.
    pub(super) fn offered(&self) -> Vec<Listed> {
        match (self.answers.ground, self.answers.state, self.answers.text(Step::City)) {
            (Some(Ground::County(county)), ..) => self.lists.in_county(county),
            (Some(Ground::City), Some(state), Some(city)) => self.lists.in_city(state, city),
            _ => Vec::new(),
        }
    }

    pub(super) fn ask_listed(&mut self, asker: &mut dyn Asker) -> Result<bool, Turn> {
        let found = self.offered();
        let mut offers: Vec<Offer> = found.iter().map(|listed| Offer::new(listed_label(listed))).collect();
        offers.push(Offer::always("another agency, not on the list"));
        let held = self.answers.listed.as_ref().filter(|_| !self.answers.by_name);
        let kept = held.and_then(|held| found.iter().position(|other| other.record.name == held.record.name));
        let sheriffs: Vec<usize> = found
            .iter()
            .enumerate()
            .filter(|(_, listed)| listed.sure && is_sheriff(&listed.record.name))
            .map(|(at, _)| at)
            .collect();
        // The sheriff is who is meant in a county; where the list has other agencies only, it is the one it does not have.
        let usual = match (self.answers.ground, sheriffs.as_slice(), found.as_slice()) {
            (Some(Ground::County(_)), [sheriff], _) => Some(*sheriff),
            (Some(Ground::County(_)), [], _) if found.iter().all(|listed| listed.sure) => Some(found.len()),
            (Some(Ground::City), _, [only]) if only.sure => Some(0),
            _ => None,
        };
        let question = Choose {
            flag: "--agency",
            question: "Which agency?".to_string(),
            help: "What ICE's list has for this place".to_string(),
            offers,
            usual: kept.or(usual),
            because: None,
        };
        let chosen = asker.choose(&question)?;
        self.take_listed(found.into_iter().nth(chosen), false, asker);
        Ok(true)
    }

    fn take_listed(&mut self, listed: Option<Listed>, by_name: bool, asker: &mut dyn Asker) {
        for open in listed.iter().flat_map(|listed| &listed.open) {
            asker.tell(&format!("Left for you: {open}."));
        }
        if self.is_settled(Step::Status)
            && let Some(listed) = &listed
        {
            asker.tell(&format!("The list has {}. Your own `--status` is written instead.", listed_label(listed)));
        }
        self.answers.by_name = by_name && listed.is_some();
        self.answers.listed = listed;
    }

    pub(super) fn ask_agency(&mut self, asker: &mut dyn Asker) -> Result<bool, Turn> {
        let Some(state) = self.answers.state else { return Ok(false) };
        let settled = self.is_settled(Step::Agency);
        if !settled {
            let usual = self.answers.text(Step::Agency).map_or_else(|| self.usual_agency(), str::to_string);
            let name = asker.typed(&Typed {
                flag: "--agency",
                question: "Which agency? Its full name".to_string(),
                help: "The sheriff's office or police department, as it writes itself".to_string(),
                usual,
                check: &|text| match accept(Step::Agency, text, self.today)?.is_empty() {
                    true => Err("every sheet names the agency".to_string()),
                    false => Ok(()),
                },
            })?;
            self.answers.typed.insert(Step::Agency, name.trim().to_string());
        }
        let name = self.answers.text(Step::Agency).unwrap_or_default().to_string();
        if let Some(listed) = self.lists.named(state, &name) {
            asker.tell(&format!("On ICE's list: {}.", listed_label(&listed)));
            self.take_listed(Some(listed), true, asker);
            return Ok(!settled);
        }
        let county = match self.answers.ground {
            Some(Ground::County(county)) => Some(county),
            _ => None,
        };
        let alike = self.lists.alike(state, &name, county);
        let mut taken = None;
        if !alike.is_empty() {
            let mut offers: Vec<Offer> = alike.iter().map(|listed| Offer::new(listed_label(listed))).collect();
            offers.push(Offer::always(format!("no, {name} is another agency")));
            let names: Vec<String> = alike.iter().map(|listed| format!("`{}`", listed.record.name)).collect();
            let question = Choose {
                flag: "--agency, with the name as the list has it",
                question: "Is it this one on ICE's list?".to_string(),
                help: "The names look alike".to_string(),
                offers,
                usual: None,
                because: Some(format!("`{name}` is not on ICE's list, but {} is", names.join(" and "))),
            };
            taken = alike.into_iter().nth(asker.choose(&question)?);
        }
        self.take_listed(taken, true, asker);
        Ok(!settled)
    }

    /// The name an agency has as a rule; empty where there is no rule.
    fn usual_agency(&self) -> String {
        match self.answers.ground {
            Some(Ground::County(county)) if NO_COUNTY_SHERIFFS.contains(&county.state) => String::new(),
            Some(Ground::County(county)) => {
                let name = match county.kind {
                    Kind::City if !county.name.ends_with(" City") => format!("{} City", county.name),
                    _ => county.full_name(),
                };
                format!("{name} Sheriff's Office")
            }
            Some(Ground::City) if self.answers.state == Some("DC") => "Metropolitan Police Department".to_string(),
            Some(Ground::City) => {
                self.answers.text(Step::City).map(|city| format!("{city} Police Department")).unwrap_or_default()
            }
            None => String::new(),
        }
    }

    pub(super) fn ask_kind(&mut self, asker: &mut dyn Asker) -> Result<bool, Turn> {
        let labels = [
            (AgencyKind::Sheriff, "a sheriff's office"),
            (AgencyKind::Police, "a police department"),
            (AgencyKind::Corrections, "a jail or corrections department that is not the sheriff's"),
            (AgencyKind::Constable, "a constable's office"),
            (AgencyKind::Campus, "a campus police force"),
            (AgencyKind::State, "a state agency"),
            (AgencyKind::Other, "any other"),
        ];
        let name = self.answers.text(Step::Agency).unwrap_or_default();
        let usual = self.answers.kind.unwrap_or_else(|| kind_by_name(name));
        let question = Choose {
            flag: "--agency-kind",
            question: "What is it?".to_string(),
            help: "Decides what state law says of it, and what its people are called".to_string(),
            offers: labels.iter().map(|(_, label)| Offer::new(*label)).collect(),
            usual: labels.iter().position(|(kind, _)| *kind == usual),
            because: None,
        };
        self.answers.kind = Some(labels[asker.choose(&question)?].0);
        Ok(true)
    }
}

/// What is said of Connecticut's counties.
const FORMER: &str = "Connecticut's counties have no government, no sheriff and no jail, and the Census Bureau no longer counts by them. \
An agreement there would be a town's, a city's or the state's.";

/// Whether a county is offered: planning regions govern nothing, and nothing is made for them.
fn offered(county: &County, state: &str) -> bool {
    county.state == state && county.kind != Kind::PlanningRegion
}

/// What a state's counties are called.
fn county_word(state: &str) -> &'static str {
    match state {
        "LA" => "parish",
        "AK" => "borough or census area",
        "VA" | "MD" | "MO" | "NV" => "county or independent city",
        _ => "county",
    }
}

/// A county's full name, with a word where it could be taken for something else.
fn county_label(county: &County, all: &[&County]) -> String {
    let twin = all.iter().any(|other| other.name == county.name && other.fips != county.fips);
    match county.kind {
        Kind::City if twin => format!("{} (the city, which is in no county)", county.full_name()),
        Kind::City => format!("{} (a city of its own)", county.full_name()),
        _ if county.former => format!("{} (no government of its own)", county.full_name()),
        _ => county.full_name(),
    }
}

fn listed_names(counties: &[&County]) -> String {
    let names: Vec<String> = counties.iter().map(|county| county.full_name()).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => names.concat(),
    }
}

/// An agency with what the lists say of it.
fn listed_label(listed: &Listed) -> String {
    let models: Vec<String> = listed
        .held
        .iter()
        .map(|(kind, _, agreement)| {
            let model = start::model(agreement.model).word();
            match kind {
                ListKind::Participating => model.to_string(),
                ListKind::Pending => format!("{model} (pending)"),
            }
        })
        .collect();
    let unsure = if listed.sure { "" } else { "; the list leaves its county open" };
    format!("{}: {}{unsure}", listed.record.name, models.join(", "))
}
