//! Owns the pictures' data: the state's counties with their models, and agreements by month, as a layout draws them.

use serde_json::{Map, Value, json};

use crate::campaign::Campaign;
use crate::context::listed::worth_a_chart;
use crate::contract::{Contract, Picture};
use crate::counties::{self, County};
use crate::lexicon::Lexicon;
use crate::roll::{Counts, Tally};
use crate::shapes;
use crate::values::thousands;

/// The pictures a document gets for a campaign: those it always has, and the one the campaign asks for where it may stand.
pub fn wanted(contract: &Contract, campaign: &Campaign) -> Vec<Picture> {
    let asked = campaign.picture.filter(|picture| contract.pictures_if_asked.contains(picture));
    Picture::ALL
        .iter()
        .copied()
        .filter(|picture| contract.pictures.contains(picture) || asked == Some(*picture))
        .collect()
}

/// Adds the data of the pictures to the values of a layout.
pub fn add(values: &mut Value, pictures: &[Picture], campaign: &Campaign, counts: &Counts, lexicon: &Lexicon) {
    let Some(values) = values.as_object_mut() else { return };
    for picture in pictures {
        let value = match picture {
            Picture::Map => map(campaign, counts),
            Picture::Growth => growth(campaign, counts, lexicon),
        };
        values.insert(picture.word().to_string(), value);
    }
    if let Some(asked) = campaign.picture.filter(|asked| pictures.contains(asked)) {
        values.insert("picture".to_string(), json!(asked.word()));
    }
}

/// The counties of the campaign's state; `null` where there is no shape of it.
fn map(campaign: &Campaign, counts: &Counts) -> Value {
    let Some(state) = shapes::state(&campaign.state.code) else { return Value::Null };
    let held = &counts.state(&campaign.state.code).counties;
    let own = campaign.place.fips.as_ref().map(|fips| fips.0.as_str());
    let counties: Vec<Value> = state
        .counties
        .iter()
        .map(|county| {
            let models: Vec<&str> = held.get(county.fips).into_iter().flatten().map(|model| model.word()).collect();
            json!({
                "fips": county.fips,
                "name": counties::by_fips(county.fips).map(County::full_name).unwrap_or_default(),
                "own": own == Some(county.fips),
                "models": models,
                "rings": flat(&county.rings),
                "mark": [county.mark.0, county.mark.1],
                "room": county.room,
            })
        })
        .collect();
    json!({ "width": state.width, "height": state.height, "border": flat(&state.border), "counties": counties })
}

/// Rings as rows of numbers: x, y, x, y.
fn flat(rings: &[Vec<(i32, i32)>]) -> Vec<Vec<i32>> {
    rings.iter().map(|ring| ring.iter().flat_map(|(x, y)| [*x, *y]).collect()).collect()
}

/// Agreements on the list by month of signing, for the nation and the state.
fn growth(campaign: &Campaign, counts: &Counts, lexicon: &Lexicon) -> Value {
    let months = counts.months();
    let state = counts.state(&campaign.state.code);
    let series = |tally: &Tally| {
        let mut one = Map::new();
        let bars: Vec<usize> = months.iter().map(|month| tally.months.in_month(*month)).collect();
        one.insert("said".to_string(), json!(bars.iter().map(|count| thousands(*count as u64)).collect::<Vec<_>>()));
        one.insert("bars".to_string(), json!(bars));
        one.insert("before".to_string(), json!(tally.months.before(counts.first_month())));
        one.insert("unsettled".to_string(), json!(tally.months.unsettled));
        one
    };
    json!({
        "months": months.iter().map(|(year, month)| format!("{year}-{month:02}")).collect::<Vec<_>>(),
        "names": months.iter().map(|month| lexicon.month(*month)).collect::<Vec<_>>(),
        "partial": counts.as_of != counts.as_of.last_of_month(),
        "nation": series(&counts.nation),
        "state": if worth_a_chart(state, counts) { json!(series(state)) } else { Value::Null },
        "nation_name": lexicon.label("place-nation"),
        "state_name": campaign.state.name,
    })
}

#[cfg(test)]
mod tests {
    use super::{growth, map};
    use crate::diagnostic::{Diagnostics, SourceFile};
    use crate::kit::Kit;
    use crate::make::Workshop;
    use crate::roll::read;

    const ROLL: &str = "as_of\t2026-05-18\nMN\t27035\tc\ttask-force:2025-03-25 warrant:2025-06-01\n\
        MN\t27035\tm\ttask-force:2025-03-02\nMN\t27067\tc\tjail:2024-12-30\nMN\t\ts\tjail:\nTX\t\ts\tjail:2026-05-05\n";

    #[test]
    fn pictures_hold_what_the_list_says() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("campaigns/kandiyohi-county-mn");
        let mut problems = Diagnostics::default();
        let Workshop { campaign, .. } = Workshop::open(&folder, &mut problems).expect("the example opens");
        let counts = read(&SourceFile::new("agreements.tsv", ROLL), &mut problems).expect("it is whole").counts();
        let kit = Kit::built_in(&mut problems);

        let map = map(&campaign, &counts);
        let counties = map["counties"].as_array().expect("counties");
        assert_eq!(counties.len(), 87);
        let county = |fips: &str| counties.iter().find(|county| county["fips"] == fips).expect("the county is there");
        assert_eq!(county("27035")["models"], serde_json::json!(["warrant", "task-force"]));
        assert_eq!((&county("27067")["own"], &county("27035")["own"]), (&true.into(), &false.into()));

        let growth = growth(&campaign, &counts, &kit.languages["en"].lexicon);
        assert_eq!(growth["months"].as_array().expect("months").len(), 17);
        assert_eq!(
            growth["nation"]["bars"].as_array().expect("bars").iter().filter_map(|n| n.as_u64()).sum::<u64>(),
            4
        );
        assert_eq!((&growth["nation"]["before"], &growth["nation"]["unsettled"]), (&1.into(), &1.into()));
        // Three agreements are told in a sentence.
        assert!(growth["state"].is_null() && growth["partial"] == true);
    }
}
