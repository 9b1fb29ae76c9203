//! Owns checking who is who: the agency and its head, the county body, the officials, the organization, and their addresses.

use super::check::{Check, date, sourced, text, yes};
use super::choices::{AgencyKind, Honorific, OrganizationKind, Selected};
use super::raw;
use super::{Address, Agency, Body, Official, Organization, Person, Place};
use crate::diagnostic::{Diagnostic, Spot};
use crate::facts::State;
use crate::values::Field;

/// The family name: as given, or the last word of the name without `Jr.` and the like.
pub(super) fn family_name(name: Option<&str>, last: Option<String>) -> Option<String> {
    const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii", "iv"];
    last.or_else(|| {
        let suffix = |word: &&str| SUFFIXES.contains(&word.trim_matches(['.', ',']).to_lowercase().as_str());
        let mut words: Vec<&str> = name?.split_whitespace().collect();
        while words.last().is_some_and(suffix) {
            words.pop();
        }
        let mut start = words.len().checked_sub(1)?;
        // van der Berg, de la Cruz: what is written small before it belongs to the name.
        while start > 1 && words[start - 1].chars().all(char::is_lowercase) {
            start -= 1;
        }
        Some(words[start..].join(" ").trim_end_matches(',').to_string())
    })
}

impl Check<'_> {
    pub(super) fn address(&mut self, raw: raw::Address, code: Option<&str>) -> Address {
        let raw::Address { street, unit, city, state, zip } = raw;
        let street = match (text(street), text(unit)) {
            (Some(street), Some(unit)) => Some(format!("{street}, {unit}")),
            (street, unit) => street.or(unit),
        };
        let state = text(state).or_else(|| code.map(str::to_string)).unwrap_or_default();
        let city_line = text(city).map(|city| match zip.take() {
            Some(zip) => format!("{city}, {state} {}", zip.0),
            None => format!("{city}, {state}"),
        });
        Address { street, city_line }
    }

    pub(super) fn agency(&mut self, raw: raw::Agency, state: Option<&State>) -> Option<Agency> {
        let code = state.map(|state| state.code.as_str());
        let raw::Agency { name, kind, head, jail, mail, phone, email, source: _, as_of: _ } = raw;
        let name = self.needed(name, "agency", "name", "\"Kandiyohi County Sheriff's Office\"");
        let kind = self.needed(kind, "agency", "kind", "\"sheriff\"");
        let raw::Head { title, name: person, last, selected, honorific, term_end, confirmed, source, as_of } = head;
        let selected = selected.take();
        let honorable = match honorific.take() {
            Some(honorific) => honorific == Honorific::Honorable,
            None => selected == Some(Selected::Elected),
        };
        let spot = self.table_spot("agency.head");
        let person = text(person);
        let head = Person {
            last: family_name(person.as_deref(), text(last)),
            name: person,
            honorable,
            term_end: date(term_end),
            confirmed: confirmed.take(),
            sourced: sourced(source, Field::default(), as_of),
            spot,
        };
        let usual = kind.and_then(|kind| match kind {
            AgencyKind::Sheriff => Some("Sheriff"),
            AgencyKind::Police | AgencyKind::Campus => Some("Police Chief"),
            AgencyKind::Constable => Some("Constable"),
            AgencyKind::Corrections | AgencyKind::State | AgencyKind::Other => None,
        });
        let title = text(title).or_else(|| usual.map(str::to_string));
        Some(Agency {
            name: name?.0,
            kind: kind?,
            jail: yes(jail).unwrap_or(match kind? {
                AgencyKind::Sheriff => state.is_none_or(|state| state.sheriff_jails),
                kind => kind == AgencyKind::Corrections,
            }),
            title,
            selected,
            head,
            mail: self.address(mail, code),
            phone: phone.take(),
            email: email.take(),
        })
    }

    pub(super) fn body(
        &mut self,
        raw: raw::Body,
        place: Option<&Place>,
        state: Option<&State>,
        code: Option<&str>,
    ) -> Body {
        let raw::Body { name, short, member, members, lead, mail, source, as_of } = raw;
        // A city has its council, whatever the state's counties have.
        let city = place.is_some_and(|place| place.kind.suffix().is_none());
        let state = state.filter(|_| !city);
        let usual = |pick: fn(&State) -> &Option<String>| state.and_then(|state| pick(state).clone());
        let usual_name = usual(|state| &state.body).or_else(|| city.then(|| "City Council".to_string()));
        let name = text(name).or_else(|| {
            let (place, usual) = (place?, usual_name.as_deref()?);
            // "County Commission" already says what the place is: Washington County Commission.
            let twice = place.kind.suffix().is_some_and(|suffix| usual.starts_with(&format!("{suffix} ")));
            Some(format!("{} {usual}", if twice { &place.bare } else { &place.name }))
        });
        let short = text(short).or_else(|| {
            let called = usual_name.as_deref().or(name.as_deref())?;
            match place?.kind.suffix() {
                Some(kind) if called.contains("Board") => Some(format!("{kind} Board")),
                _ => usual_name.clone(),
            }
        });
        let member = text(member)
            .or_else(|| usual(|state| &state.member))
            .or_else(|| city.then(|| "Council Member".to_string()));
        let members = text(members).or_else(|| member.as_deref().map(plural));
        Body {
            name,
            short,
            members,
            member,
            lead: text(lead).or_else(|| usual(|state| &state.lead)),
            mail: self.address(mail, code),
            sourced: sourced(source, Field::default(), as_of),
        }
    }

    pub(super) fn official(&mut self, raw: raw::Official, code: Option<&str>) -> Option<Official> {
        let raw::Official {
            role,
            name,
            last,
            title,
            district,
            lead,
            honorific,
            mail,
            phone,
            email,
            term_end,
            confirmed,
            source,
            as_of,
        } = raw;
        let span = if name.get().is_some() { name.span() } else { role.span() };
        let role = self.needed(role, "official", "role", "\"county-body\"")?;
        let name = text(name);
        let person = Person {
            last: family_name(name.as_deref(), text(last)),
            name,
            honorable: honorific.take().unwrap_or(Honorific::Honorable) == Honorific::Honorable,
            term_end: date(term_end),
            confirmed: confirmed.take(),
            sourced: sourced(source, Field::default(), as_of),
            spot: Some(Spot::Text(self.file.clone(), span)),
        };
        Some(Official {
            role,
            title: text(title),
            district: text(district),
            lead: yes(lead).unwrap_or(false),
            person,
            mail: self.address(mail, code),
            phone: phone.take(),
            email: email.take(),
        })
    }

    /// Nobody gets two letters, and a body has one head.
    pub(super) fn twins(&mut self, officials: &[Official]) {
        for (at, official) in officials.iter().enumerate() {
            let Some(name) = &official.person.name else { continue };
            let same = |other: &&Official| {
                other.role == official.role
                    && other.district == official.district
                    && other.person.name.as_ref().is_some_and(|other| other.eq_ignore_ascii_case(name))
            };
            if officials[..at].iter().any(|other| same(&other)) {
                self.problems.push(
                    Diagnostic::error(format!("{name} stands twice among the officials, with the same office"))
                        .spot(official.person.spot.clone())
                        .hint("take one out, in campaign.toml or in officials.csv; or tell two people apart by `district`"),
                );
            }
        }
        let leads: Vec<&Official> = officials.iter().filter(|official| official.lead).collect();
        for official in leads.iter().skip(1).filter(|official| official.role == leads[0].role) {
            self.problems.push(
                Diagnostic::error("two officials are said to lead the same body")
                    .spot(official.person.spot.clone())
                    .hint("keep `lead` with the one who chairs it now"),
            );
        }
    }

    pub(super) fn organization(&mut self, raw: raw::Organization, code: Option<&str>) -> Organization {
        let raw::Organization { name, kind, contact, phone, email, url, mail, disclaimer, union_bug } = raw;
        Organization {
            name: text(name),
            kind: kind.take().unwrap_or(OrganizationKind::C3),
            contact: text(contact),
            phone: phone.take(),
            email: email.take(),
            url: url.take(),
            mail: self.address(mail, code),
            disclaimer: text(disclaimer),
            union_bug: yes(union_bug).unwrap_or(false),
        }
    }
}

/// The English plural of an office: Commissioner, Justice of the Peace, Police Juror.
fn plural(member: &str) -> String {
    match member.split_once(" of ") {
        Some((head, rest)) => format!("{} of {rest}", plural(head)),
        None if member.ends_with("man") => format!("{}men", member.strip_suffix("man").unwrap_or(member)),
        None => format!("{member}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::{family_name, plural};

    #[test]
    fn names_and_plurals() {
        assert_eq!(family_name(Some("Roger Imdieke"), None).as_deref(), Some("Imdieke"));
        assert_eq!(family_name(Some("John Q. Public, Jr."), None).as_deref(), Some("Public"));
        assert_eq!(family_name(Some("Dee van der Berg"), None).as_deref(), Some("van der Berg"));
        assert_eq!(family_name(Some("Ana de la Cruz"), Some("de la Cruz".into())).as_deref(), Some("de la Cruz"));
        assert_eq!(plural("Justice of the Peace"), "Justices of the Peace");
        assert_eq!(plural("Selectman"), "Selectmen");
    }
}
