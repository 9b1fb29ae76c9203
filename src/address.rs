//! Owns how an address is printed: on one line, and as the four lines that show in a window envelope.

use crate::campaign::choices::{AgencyKind, Role};
use crate::campaign::{Address, Campaign, Official, Person};
use crate::context::{Piece, official_title};
use crate::contract::Recipient;
use crate::lexicon::Lexicon;

/// An address on one line, if all of it is known.
pub fn one_line(address: &Address) -> Option<String> {
    Some(format!("{}, {}", address.street.as_deref()?, address.city_line.as_deref()?))
}

/// The four lines of a window envelope; what is missing is a write-in line. `to` says whom a letter goes to that names no official.
pub fn address_lines(
    campaign: &Campaign,
    official: Option<&Official>,
    to: Recipient,
    lexicon: &Lexicon,
) -> Vec<Vec<Piece>> {
    let found = |role: Role| campaign.officials.iter().find(|official| official.role == role);
    match (official, to) {
        (Some(official), _) => to_official(campaign, official, lexicon),
        (None, Recipient::Head) => to_head(campaign, lexicon),
        (None, Recipient::Body) => to_body(campaign, None),
        (None, Recipient::Clerk) => match found(Role::Clerk) {
            Some(clerk) => to_office(campaign, clerk, body_name(campaign), &campaign.body.mail),
            None => to_body(campaign, Some(lexicon.label("clerk"))),
        },
        (None, Recipient::Custodian) => match found(Role::RecordsCustodian) {
            Some(custodian) => to_office(campaign, custodian, named(&campaign.agency.name), &campaign.agency.mail),
            None => {
                let title = campaign
                    .state
                    .records
                    .as_ref()
                    .map_or_else(|| lexicon.label("records-custodian").to_string(), |law| law.custodian.clone());
                with_mail(vec![named(&capital(&title)), named(&campaign.agency.name)], &campaign.agency.mail)
            }
        },
        (None, Recipient::Ice) => {
            lexicon.label("ice-foia-address").split(" / ").map(|line| vec![Piece::Text(line.to_string())]).collect()
        }
        (None, Recipient::Nobody) => Vec::new(),
    }
}

fn named(text: &str) -> Vec<Piece> {
    vec![Piece::Text(text.to_string())]
}

fn or_blank(value: &Option<String>, path: &'static str) -> Vec<Piece> {
    vec![value.clone().map_or(Piece::Blank { path }, Piece::Text)]
}

/// The first letter large.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// Lines with street and city after them.
fn with_mail(mut lines: Vec<Vec<Piece>>, mail: &Address) -> Vec<Vec<Piece>> {
    lines.push(or_blank(&mail.street, "mail.street"));
    lines.push(or_blank(&mail.city_line, "mail.city_line"));
    lines
}

fn body_name(campaign: &Campaign) -> Vec<Piece> {
    or_blank(&campaign.body.name, "body.name")
}

fn to_body(campaign: &Campaign, attention: Option<&str>) -> Vec<Vec<Piece>> {
    let mut lines: Vec<Vec<Piece>> = attention.map(named).into_iter().collect();
    lines.push(body_name(campaign));
    with_mail(lines, &campaign.body.mail)
}

/// An official at an office, without "The Honorable": a clerk, who answers for records.
fn to_office(campaign: &Campaign, official: &Official, office: Vec<Piece>, mail: &Address) -> Vec<Vec<Piece>> {
    let mut line = Vec::new();
    if let Some(title) = official_title(campaign, official) {
        line.push(Piece::Text(format!("{title} ")));
    }
    line.push(official.person.name.clone().map_or(Piece::Blank { path: "official.name" }, Piece::Text));
    let own = official.mail.street.is_some() || official.mail.city_line.is_some();
    with_mail(vec![line, office], if own { &official.mail } else { mail })
}

fn to_official(campaign: &Campaign, official: &Official, lexicon: &Lexicon) -> Vec<Vec<Piece>> {
    let mut line = honorable(&official.person, lexicon);
    line.push(official.person.name.clone().map_or(Piece::Blank { path: "official.name" }, Piece::Text));
    let seat = official.district.as_ref().map_or(String::new(), |district| format!(", {district}"));
    let state = &campaign.state;
    let or = |house: &Option<String>, usual: &str| house.clone().unwrap_or_else(|| usual.to_string());
    let office = match official.role {
        Role::StateSenator => Some(format!("{} {}{seat}", state.name, or(&state.upper_house, lexicon.label("senate")))),
        Role::StateRepresentative => {
            Some(format!("{} {}{seat}", state.name, or(&state.lower_house, lexicon.label("house"))))
        }
        Role::UsSenator => Some(lexicon.label("us-senate").to_string()),
        Role::UsRepresentative => Some(lexicon.label("us-house").to_string()),
        Role::Governor | Role::AttorneyGeneral => official_title(campaign, official)
            .map(|title| lexicon.label("title-of-state").replace("{title}", &title).replace("{state}", &state.name)),
        // Whose city it is, only the campaign can say: in the title or the district.
        Role::CityCouncil if campaign.place.kind.suffix().is_some() => {
            official_title(campaign, official).map(|title| format!("{title}{seat}"))
        }
        _ => official_title(campaign, official).map(|title| format!("{}{seat}", title_of_place(campaign, &title))),
    };
    let office = match office {
        Some(office) => vec![Piece::Text(office)],
        None => vec![Piece::Text(format!("{} ", campaign.place.name)), Piece::Blank { path: "official.title" }],
    };
    let own = official.mail.street.is_some() || official.mail.city_line.is_some();
    let body = matches!(official.role, Role::CountyBody)
        || (official.role == Role::CityCouncil && campaign.place.kind.suffix().is_none());
    let nowhere = Address::default();
    let mail = match (own, official.role) {
        (true, _) => &official.mail,
        (false, Role::UsSenator | Role::UsRepresentative) => {
            let label = if official.role == Role::UsSenator { "us-senate-city" } else { "us-house-city" };
            return vec![line, office, named(lexicon.label(label))];
        }
        (false, _) if body => &campaign.body.mail,
        (false, _) => &nowhere,
    };
    with_mail(vec![line, office], mail)
}

fn honorable(person: &Person, lexicon: &Lexicon) -> Vec<Piece> {
    match person.honorable {
        true => vec![Piece::Text(format!("{} ", lexicon.label("the-honorable")))],
        false => Vec::new(),
    }
}

fn to_head(campaign: &Campaign, lexicon: &Lexicon) -> Vec<Vec<Piece>> {
    let agency = &campaign.agency;
    let mut line = honorable(&agency.head, lexicon);
    let sheriff = agency.kind == AgencyKind::Sheriff && agency.head.honorable;
    if !sheriff && !agency.head.honorable {
        line.push(agency.title.clone().map_or(Piece::Blank { path: "head.title" }, Piece::Text));
        line.push(Piece::Text(" ".into()));
    }
    line.push(agency.head.name.clone().map_or(Piece::Blank { path: "head.name" }, Piece::Text));
    let office = match (sheriff, &agency.title) {
        (true, Some(title)) => title_of_place(campaign, title),
        _ => agency.name.clone(),
    };
    with_mail(vec![line, named(&office)], &agency.mail)
}

/// An office with its place, without saying "County" twice: Galveston County Judge.
fn title_of_place(campaign: &Campaign, title: &str) -> String {
    let place = &campaign.place;
    match place.kind.suffix() {
        Some(suffix) if title.starts_with(suffix) => format!("{} {title}", place.bare),
        _ => format!("{} {title}", place.name),
    }
}
