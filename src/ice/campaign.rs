//! Owns the step from an agency on ICE's list to a campaign's folder: its name and its `campaign.toml`.

use jiff::civil::Date;

use super::{AgencyRecord, AgencyType, Agreement, CountyCell, DateCell, ListKind, Model};
use crate::campaign::choices::{self, AgencyKind, PlaceKind, Status};
use crate::counties::{self, County, Found, Kind};
use crate::plan::slug;
use crate::starter::{self, ICE_LISTS, Start};

/// What becomes of an agency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Draft {
    /// A campaign: the folder's name and the text of its file.
    Campaign {
        /// The folder's name.
        folder: String,
        /// The file.
        text: String,
    },
    /// None, and why.
    LeftOut(String),
}

/// Ends of a city agency's name that are not the city's.
const CITY_ENDS: &[&str] = &[
    " Police Department",
    " Police Dept.",
    " Police Dept",
    " Department of Public Safety",
    " Public Safety Department",
    " Department of Police",
    " Marshal\u{2019}s Office",
    " Marshal Office",
    " Police",
];
/// Beginnings of such a name.
const CITY_STARTS: &[&str] = &["City of ", "Town of ", "Village of ", "Borough of ", "Township of "];

/// Drafts the campaign of an agency. `listed` says which list it stands on and of which day.
pub fn draft(agency: &AgencyRecord, kind: ListKind, listed: Option<Date>) -> Draft {
    let office = office_of(agency);
    let county = match &agency.county {
        CountyCell::Named(name) => match counties::find(Some(agency.state), name) {
            Found::One(county) => Some(county),
            _ => None,
        },
        CountyCell::Missing | CountyCell::Unsettled { .. } => None,
    };
    let city = (agency.kind == Some(AgencyType::Municipality)).then(|| city_of(&agency.name)).flatten();
    let (place, place_kind, fips, slugged) = match (city, county) {
        (Some(city), _) => (city, PlaceKind::City, None, slug(&agency.name)),
        (None, _) if agency.kind == Some(AgencyType::State) => {
            return Draft::LeftOut("a state agency belongs to no one place: make its campaign by hand".to_string());
        }
        (None, Some(county)) => {
            let Some(kind) = place_kind(county) else {
                return Draft::LeftOut(format!("campaigns cannot be made for {county} yet"));
            };
            let sheriff = office == AgencyKind::Sheriff;
            let slugged = if sheriff { slug(&county.full_name()) } else { slug(&agency.name) };
            (county.name.to_string(), kind, Some(county.fips.to_string()), slugged)
        }
        (None, None) => return Draft::LeftOut(county_open(&agency.county)),
    };
    if !crate::library::STATES.contains(&agency.state) {
        return Draft::LeftOut("campaigns are made for the states and DC, not yet for territories".to_string());
    }
    let text = starter::write(&Start {
        origin: format!("from ICE\u{2019}s list of {}", kind.title()),
        state: agency.state.to_string(),
        place: plain(&place),
        place_kind,
        fips,
        agency: plain(&agency.name),
        agency_kind: office,
        head: None,
        title: None,
        agreements: agency.agreements.iter().map(|agreement| started(agreement, kind, listed)).collect(),
        body: None,
        organization: starter::Organization::default(),
        meeting: starter::Meeting::default(),
    });
    Draft::Campaign { folder: format!("{slugged}-{}", agency.state.to_lowercase()), text }
}

/// A list's agreement as a campaign says it.
pub fn started(agreement: &Agreement, kind: ListKind, listed: Option<Date>) -> starter::Agreement {
    let (status, signed) = match kind {
        ListKind::Participating => (Status::Active, agreement.signed.day()),
        ListKind::Pending => (Status::Pending, None),
    };
    let usable = |url: &&String| url.starts_with("http") && !url.contains(char::is_whitespace);
    starter::Agreement {
        row: Some(agreement.row),
        model: Some(model(agreement.model)),
        status,
        signed,
        unsettled: match &agreement.signed {
            DateCell::Unsettled { found, .. } => Some(found.clone()),
            DateCell::Day(_) | DateCell::Missing => None,
        },
        moa_url: agreement.moa.as_ref().filter(usable).cloned(),
        source: Some(kind.source()),
        url: Some(ICE_LISTS.to_string()),
        as_of: listed.map(|day| day.to_string()),
    }
}

/// The lines of one `[[agreement]]` of a campaign, from a list's agreement.
pub fn agreement_lines(agreement: &Agreement, kind: ListKind, listed: Option<Date>) -> String {
    starter::agreement_lines(&started(agreement, kind, listed))
}

/// The keys of an agreement and their values as TOML writes them; what the list does not settle is left out.
pub fn agreement_fields(agreement: &Agreement, kind: ListKind, listed: Option<Date>) -> Vec<(&'static str, String)> {
    let started = started(agreement, kind, listed);
    let text = |text: Option<String>| text.map(|text| starter::quoted(&text));
    let fields = [
        ("model", started.model.map(|model| starter::quoted(model.word()))),
        ("status", Some(starter::quoted(started.status.word()))),
        ("signed", started.signed.map(|day| day.to_string())),
        ("moa_url", text(started.moa_url)),
        ("source", text(started.source)),
        ("url", text(started.url)),
        ("as_of", Some(started.as_of.unwrap_or_else(|| starter::quoted("")))),
    ];
    fields.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
}

/// The model as campaigns name it.
pub fn model(model: Model) -> choices::Model {
    match model {
        Model::Jail => choices::Model::Jail,
        Model::Warrant => choices::Model::Warrant,
        Model::TaskForce => choices::Model::TaskForce,
    }
}

/// What kind of agency it is, by its name and the list's TYPE column.
pub fn office_of(agency: &AgencyRecord) -> AgencyKind {
    match kind_by_name(&agency.name) {
        kind @ (AgencyKind::Sheriff | AgencyKind::Campus) => kind,
        _ if agency.kind == Some(AgencyType::State) => AgencyKind::State,
        kind => kind,
    }
}

/// What kind of agency it is, by its name alone.
pub fn kind_by_name(name: &str) -> AgencyKind {
    let name = name.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if says(&["sheriff"]) {
        AgencyKind::Sheriff
    } else if says(&["universit", "college", "campus"]) {
        AgencyKind::Campus
    } else if says(&["constable"]) {
        AgencyKind::Constable
    } else if says(&["correction", "jail", "detention", "prison"]) {
        AgencyKind::Corrections
    } else if says(&["police", "public safety", "marshal"]) {
        AgencyKind::Police
    } else {
        AgencyKind::Other
    }
}

/// The city in a police department's name; `None` where the name does not end as they do.
pub fn city_of(name: &str) -> Option<String> {
    let rest = CITY_ENDS.iter().find_map(|end| name.strip_suffix(end))?;
    let rest = CITY_STARTS.iter().find_map(|start| rest.strip_prefix(start)).unwrap_or(rest);
    let city = rest.trim();
    (!city.is_empty() && !city.contains("County")).then(|| city.to_string())
}

/// What a campaign calls such a place; `None` where none is made.
pub fn place_kind(county: &County) -> Option<PlaceKind> {
    Some(match county.kind {
        Kind::County => PlaceKind::County,
        Kind::Parish => PlaceKind::Parish,
        Kind::Borough => PlaceKind::Borough,
        Kind::CensusArea => PlaceKind::CensusArea,
        // A borough that is one with its city goes by the city's name.
        Kind::City | Kind::CityAndBorough => PlaceKind::City,
        Kind::Municipality if county.state == "AK" => PlaceKind::Municipality,
        _ => return None,
    })
}

fn county_open(county: &CountyCell) -> String {
    match county {
        CountyCell::Named(name) => format!("which county `{name}` is has to be settled by a person"),
        CountyCell::Missing => "the list names no county".to_string(),
        CountyCell::Unsettled { found, candidates } if candidates.is_empty() => {
            format!("the list's county `{found}` is not one of the state's")
        }
        CountyCell::Unsettled { found, candidates } => {
            format!("the list's county is `{found}`; it may be {}", candidates.join(" or "))
        }
    }
}

/// A list's name with the apostrophe of the keyboard, which layouts set well.
pub fn plain(text: &str) -> String {
    text.replace('\u{2019}', "'")
}

#[cfg(test)]
mod tests {
    use super::{Draft, city_of, draft};
    use crate::ice::{AgencyRecord, AgencyType, Agreement, CountyCell, DateCell, ListKind, Model};

    fn sheriff() -> AgencyRecord {
        let day = |text: &str| DateCell::Day(text.parse().expect("a date"));
        let agreement = |model, signed, row| Agreement { model, signed, row, moa: None, addendum: None };
        AgencyRecord {
            state: "MN",
            name: "Crow Wing County Sheriff\u{2019}s Office".to_string(),
            kind: Some(AgencyType::County),
            county: CountyCell::Named("Crow Wing County".to_string()),
            agreements: vec![
                agreement(Model::TaskForce, day("2025-03-25"), 7),
                agreement(Model::Warrant, DateCell::Unsettled { found: "7/72025".to_string(), candidates: vec![] }, 8),
            ],
        }
    }

    #[test]
    fn one_agency_with_two_models_is_one_campaign() {
        let Draft::Campaign { folder, text } = draft(&sheriff(), ListKind::Participating, "2026-05-18".parse().ok())
        else {
            panic!("left out")
        };
        assert_eq!(folder, "crow-wing-county-mn");
        assert_eq!(text.matches("[[agreement]]").count(), 2);
        assert!(text.contains("fips = \"27035\"") && text.contains("signed = 2025-03-25"), "{text}");
        assert!(text.contains("# 2026-01-01; the list says \"7/72025\""), "{text}");
        toml::from_str::<toml::Value>(&text).expect("it is TOML");
    }

    #[test]
    fn an_open_county_is_left_to_a_person() {
        let open =
            CountyCell::Unsettled { found: "Crow".to_string(), candidates: vec!["Crow Wing County".to_string()] };
        let agency = AgencyRecord { county: open, ..sheriff() };
        let Draft::LeftOut(why) = draft(&agency, ListKind::Participating, None) else { panic!("not left out") };
        assert!(why.contains("Crow Wing County"), "{why}");
    }

    #[test]
    fn cities_are_read_from_the_names_of_their_police() {
        assert_eq!(city_of("Isle Police Department").as_deref(), Some("Isle"));
        assert_eq!(city_of("Town of Wells Police Department").as_deref(), Some("Wells"));
        assert_eq!(city_of("Nassau County Police Department"), None);
        assert_eq!(city_of("Metro Authority"), None);
    }
}
