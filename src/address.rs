//! Owns how an address is printed: on one line, and as the four lines that show in a window envelope.

use crate::campaign::choices::AgencyKind;
use crate::campaign::{Address, Campaign, Official, Person};
use crate::context::{Piece, official_title};
use crate::lexicon::Lexicon;

/// An address on one line, if all of it is known.
pub fn one_line(address: &Address) -> Option<String> {
    Some(format!("{}, {}", address.street.as_deref()?, address.city_line.as_deref()?))
}

/// The four lines of a window envelope; what is missing is a write-in line.
pub fn address_lines(campaign: &Campaign, official: Option<&Official>, lexicon: &Lexicon) -> Vec<Vec<Piece>> {
    let honorable = |person: &Person| match person.honorable {
        true => vec![Piece::Text(format!("{} ", lexicon.label("the-honorable")))],
        false => Vec::new(),
    };
    let (mut name, office, mail) = match official {
        Some(official) => {
            let mut line = honorable(&official.person);
            line.push(official.person.name.clone().map_or(Piece::Blank { path: "official.name" }, Piece::Text));
            let title = official_title(campaign, official);
            let seat = official.district.as_ref().map_or(String::new(), |district| format!(", {district}"));
            let office = match title {
                Some(title) => vec![Piece::Text(format!("{}{seat}", title_of_place(campaign, &title)))],
                None => vec![Piece::Text(format!("{} ", campaign.place.name)), Piece::Blank { path: "official.title" }],
            };
            let own = official.mail.street.is_some() || official.mail.city_line.is_some();
            (line, office, if own { &official.mail } else { &campaign.body.mail })
        }
        None => {
            let agency = &campaign.agency;
            let mut line = honorable(&agency.head);
            let sheriff = agency.kind == AgencyKind::Sheriff && agency.head.honorable;
            if !sheriff && !agency.head.honorable {
                line.push(agency.title.clone().map_or(Piece::Blank { path: "head.title" }, Piece::Text));
                line.push(Piece::Text(" ".into()));
            }
            line.push(agency.head.name.clone().map_or(Piece::Blank { path: "head.name" }, Piece::Text));
            let office = match (sheriff, &agency.title) {
                (true, Some(title)) => Piece::Text(title_of_place(campaign, title)),
                _ => Piece::Text(agency.name.clone()),
            };
            (line, vec![office], &agency.mail)
        }
    };
    name.retain(|piece| !matches!(piece, Piece::Text(text) if text.is_empty()));
    let part = |value: &Option<String>, path| vec![value.clone().map_or(Piece::Blank { path }, Piece::Text)];
    vec![name, office, part(&mail.street, "mail.street"), part(&mail.city_line, "mail.city_line")]
}

/// An office with its place, without saying "County" twice: Galveston County Judge.
fn title_of_place(campaign: &Campaign, title: &str) -> String {
    let place = &campaign.place;
    match place.kind.suffix() {
        Some(suffix) if title.starts_with(suffix) => format!("{} {title}", place.bare),
        _ => format!("{} {title}", place.name),
    }
}
