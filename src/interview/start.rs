//! Owns the step from answers to what a campaign begins with, and showing it before it is written.

use std::fmt::Write as _;
use std::path::Path;

use super::Interview;
use super::answers::{Ground, Step};
use crate::campaign::check::check;
use crate::campaign::choices::{AgencyKind, PlaceKind, Status};
use crate::campaign::raw;
use crate::counties::Kind;
use crate::decode::decode;
use crate::diagnostic::{Diagnostics, SourceFile};
use crate::ice::{AgencyType, ListKind, city_of, office_of, place_kind, plain, started, state_name};
use crate::starter::{self, Agreement, ICE_LISTS, Meeting, Organization, Start};

pub(super) use crate::ice::model;

/// The title that is printed if none is given.
pub fn usual_title(kind: AgencyKind) -> Option<&'static str> {
    match kind {
        AgencyKind::Sheriff => Some("Sheriff"),
        AgencyKind::Police | AgencyKind::Campus => Some("Police Chief"),
        AgencyKind::Constable => Some("Constable"),
        AgencyKind::Corrections | AgencyKind::State | AgencyKind::Other => None,
    }
}

impl Interview<'_> {
    /// What is known so far.
    pub(super) fn start(&self) -> Start {
        let answers = &self.answers;
        let text = |step: Step| answers.text(step).map(str::to_string);
        let listed = answers.listed.as_ref();
        let (place, place_kind, fips) = self.place();
        let agency = listed.map(|listed| plain(&listed.record.name)).or_else(|| text(Step::Agency));
        let agency_kind = answers.kind.filter(|_| self.is_settled(Step::Kind) || listed.is_none());
        let agency_kind = agency_kind.or_else(|| listed.map(|listed| office_of(&listed.record)));
        let agency_kind = agency_kind.unwrap_or(AgencyKind::Sheriff);
        let mut origin = format!("begun on {}", self.today);
        if let Some((kind, day, _)) = listed.and_then(|listed| listed.held.first()) {
            let _ = write!(origin, ", with ICE's list of {}", kind.title());
            if let Some(day) = day {
                let _ = write!(origin, " of {day}");
            }
        }
        Start {
            origin,
            state: answers.state.unwrap_or_default().to_string(),
            place,
            place_kind,
            fips,
            agency: agency.unwrap_or_default(),
            agency_kind,
            head: text(Step::Head),
            title: text(Step::Title).filter(|title| usual_title(agency_kind) != Some(title)),
            agreements: self.agreements(),
            body: text(Step::Body).or_else(|| self.known_body()),
            organization: Organization {
                name: text(Step::Organization),
                kind: answers.organization,
                phone: text(Step::Phone),
                email: text(Step::Email),
                url: text(Step::Url),
            },
            meeting: Meeting {
                date: answers.text(Step::MeetingDate).and_then(|day| day.parse().ok()),
                time: text(Step::MeetingTime),
                place: text(Step::MeetingPlace),
            },
        }
    }

    /// The place's name, what it is, and its code; a city's police make it the city.
    fn place(&self) -> (String, PlaceKind, Option<String>) {
        let listed = self.answers.listed.as_ref();
        let city = listed
            .filter(|listed| listed.record.kind == Some(AgencyType::Municipality))
            .and_then(|listed| city_of(&listed.record.name));
        match (self.answers.ground, city) {
            // An independent city stays what it is, with its code.
            (Some(Ground::County(county)), None) => {
                let kind = place_kind(county).unwrap_or(PlaceKind::County);
                (county.name.to_string(), kind, Some(county.fips.to_string()))
            }
            (Some(Ground::County(county)), Some(city)) if place_kind(county) == Some(PlaceKind::City) => {
                let fips = (county.name == city).then(|| county.fips.to_string());
                (city, PlaceKind::City, fips)
            }
            (Some(Ground::County(_)), Some(city)) => (plain(&city), PlaceKind::City, None),
            _ => (self.answers.text(Step::City).unwrap_or_default().to_string(), PlaceKind::City, None),
        }
    }

    /// The place as it is told.
    pub(super) fn place_told(&self) -> String {
        let start = self.start();
        let name = match start.place_kind.suffix() {
            Some(word) => format!("{} {word}", start.place),
            None => start.place,
        };
        format!("{name}, {}", state_name(&start.state).unwrap_or(&start.state))
    }

    fn agreements(&self) -> Vec<Agreement> {
        let answers = &self.answers;
        let as_of = answers.text(Step::AsOf).map(str::to_string);
        if let Some(listed) = answers.listed.as_ref().filter(|_| !self.is_settled(Step::Status)) {
            let held = listed.held.iter().map(|(kind, day, agreement)| {
                let agreement = started(agreement, *kind, *day);
                Agreement { as_of: agreement.as_of.or_else(|| as_of.clone()), ..agreement }
            });
            return held.collect();
        }
        let status = answers.status.unwrap_or(Status::Unknown);
        let said = Agreement {
            signed: answers.text(Step::Signed).and_then(|day| day.parse().ok()),
            source: answers.text(Step::Source).map(str::to_string),
            as_of,
            ..Agreement::of(status)
        };
        let from_ice = said.source.as_ref().is_some_and(|source| {
            [ListKind::Participating, ListKind::Pending].iter().any(|kind| *source == kind.source())
        });
        let said = Agreement { url: from_ice.then(|| ICE_LISTS.to_string()), ..said };
        match status {
            Status::Unknown => vec![Agreement::of(status)],
            Status::None => match self.lists.participating().filter(|_| said.source.is_none()) {
                Some(list) => vec![Agreement {
                    source: Some(ListKind::Participating.source()),
                    url: Some(ICE_LISTS.to_string()),
                    as_of: list.day.map(|day| day.to_string()).or(said.as_of),
                    ..Agreement::of(status)
                }],
                None => vec![Agreement { signed: None, ..said }],
            },
            Status::Active | Status::Ended | Status::Pending => {
                let signed = said.signed.filter(|_| status != Status::Pending);
                let each = answers.models.iter().map(|model| Agreement { model: Some(*model), signed, ..said.clone() });
                each.collect()
            }
        }
    }

    /// What the governing body is called where the loader's rule for cities does not hold.
    fn known_body(&self) -> Option<String> {
        match self.answers.ground {
            Some(Ground::City) if self.answers.state == Some("DC") => {
                Some("Council of the District of Columbia".to_string())
            }
            Some(Ground::County(county)) => match county.kind {
                Kind::CityAndBorough | Kind::Municipality => Some(format!("{} Assembly", county.name)),
                Kind::City if county.name.ends_with(" City") => Some(format!("{} Board of Supervisors", county.name)),
                _ => None,
            },
            _ => None,
        }
    }

    /// The governing body's usual name: as it is known, or as the loader works it out.
    pub(super) fn usual_body(&self) -> Option<String> {
        if let Some(known) = self.known_body() {
            return Some(known);
        }
        let bare = Start { body: None, agreements: vec![Agreement::of(Status::Unknown)], ..self.start() };
        let mut problems = Diagnostics::default();
        let file = SourceFile::new("campaign.toml", starter::write(&bare));
        let raw: raw::Campaign = decode(&file, &mut problems)?;
        check(Path::new("new"), &file, raw, Vec::new(), self.register, &mut problems)?.body.name
    }
}

/// What is known, line by line, as it is shown before it is written.
pub fn summary(start: &Start, place: &str) -> String {
    let mut text = String::new();
    let open = "open; a line to write on";
    let mut line = |what: &str, said: &str| {
        let _ = writeln!(text, "  {what:<13} {said}");
    };
    line("place", place);
    line("agency", &start.agency);
    let title = start.title.as_deref().or(usual_title(start.agency_kind)).unwrap_or_default();
    match &start.head {
        Some(head) => line("head", format!("{title} {head}").trim()),
        None => line("head", open),
    }
    for agreement in &start.agreements {
        let mut said: Vec<String> = agreement.model.iter().map(|model| model.word().to_string()).collect();
        said.push(match agreement.status {
            Status::Unknown => "not known yet".to_string(),
            status => status.word().to_string(),
        });
        said.extend(agreement.signed.map(|day| format!("signed {day}")));
        said.extend(agreement.row.map(|row| format!("row {row} of the list")));
        said.extend(agreement.as_of.as_ref().map(|day| format!("as of {day}")));
        line("agreement", &said.join(", "));
    }
    if let Some(body) = &start.body {
        line("body", body);
    }
    let organization = &start.organization;
    match &organization.name {
        Some(name) => {
            let kind = organization.kind.map(|kind| kind.word().to_string());
            let parts = [
                Some(name.clone()),
                kind,
                organization.phone.clone(),
                organization.email.clone(),
                organization.url.clone(),
            ];
            line("organization", &parts.into_iter().flatten().collect::<Vec<_>>().join(", "));
        }
        None => line("organization", open),
    }
    let meeting = &start.meeting;
    if let Some(day) = meeting.date {
        let parts = [Some(day.to_string()), meeting.time.clone(), meeting.place.clone()];
        line("meeting", &parts.into_iter().flatten().collect::<Vec<_>>().join(", "));
    }
    text
}

/// A problem's words as a sentence of their own.
pub fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let text: String = letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
    if text.ends_with(['.', '?', '!']) { text } else { format!("{text}.") }
}
