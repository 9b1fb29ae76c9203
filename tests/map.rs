//! Owns the tests of the document `map`: every state on its page, what it says, and who gets the shapes.

mod common;

use std::collections::BTreeSet;
use std::fs;

use common::{root, settings, told};
use handbill::counties;
use handbill::diagnostic::Diagnostics;
use handbill::make::{Made, Workshop};
use handbill::plan::Wanted;

fn make(folder: &std::path::Path, document: &str) -> Made {
    let wanted = Wanted { documents: vec![document.to_string()], ..Wanted::default() };
    let mut problems = Diagnostics::default();
    let mut workshop =
        Workshop::open_for(folder, &wanted, &mut problems).unwrap_or_else(|| panic!("{}", told(&problems)));
    let settings = handbill::compose::Settings { blanks: true, ..settings() };
    let jobs = workshop.plan(&wanted, &settings, &mut problems).jobs;
    let made = jobs.first().and_then(|job| workshop.make(job, &settings, &mut problems));
    assert!(!problems.has_errors(), "{}\n{}", folder.display(), told(&problems));
    made.unwrap_or_else(|| panic!("{} makes no {document}", folder.display()))
}

/// The page's words, however they are broken into lines.
fn words(made: &Made) -> String {
    made.pages.text().iter().flat_map(|page| page.split_whitespace()).collect::<Vec<_>>().join(" ")
}

/// What stands in the section of the alternative text, run together.
fn alternative(made: &Made) -> String {
    fn letters(value: &serde_json::Value, all: &mut String) {
        match value {
            serde_json::Value::Array(items) => items.iter().for_each(|item| letters(item, all)),
            serde_json::Value::Object(object) => {
                if let Some(text) = object.get("text").and_then(serde_json::Value::as_str) {
                    all.push_str(text);
                }
                object.values().for_each(|value| letters(value, all));
            }
            _ => {}
        }
    }
    let sections = made.composed.data["sections"].as_array().expect("sections");
    let mut all = String::new();
    letters(sections.iter().find(|section| section["id"] == "alt").expect("it has one"), &mut all);
    all
}

#[test]
fn the_map_says_where_and_its_words_say_the_same() {
    let made = make(&root().join("campaigns/crow-wing-county-mn"), "map");
    let page = words(&made);
    assert!(page.contains("287(g) agreements in Minnesota"), "{page}");
    assert!(page.contains("Task Force + Warrant Service Officer"), "a way to be joined is explained: {page}");
    assert!(!page.contains("+ Jail"), "what does not occur is not: {page}");
    let said = alternative(&made);
    for (model, county) in
        [("Task Force Model", "Itasca"), ("Warrant Service Officer Model", "Kandiyohi"), ("Jail", "Sherburne")]
    {
        let from = said.find(model).unwrap_or_else(|| panic!("{model} in {said}"));
        assert!(said[from..].contains(county), "{county} in {said}");
    }
    let own = |county: &&serde_json::Value| county["own"] == true;
    let counties = made.composed.data["values"]["map"]["counties"].as_array().expect("counties");
    assert_eq!(counties.iter().filter(own).map(|county| &county["name"]).collect::<Vec<_>>(), ["Crow Wing County"]);
}

#[test]
fn every_state_fits_on_one_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let states: BTreeSet<&str> = counties::all().iter().map(|county| county.state).collect();
    for state in states.into_iter().filter(|state| !["AS", "GU", "MP", "PR", "VI"].contains(state)) {
        // The longest name is the hardest to place.
        let here = counties::all().iter().filter(|county| county.state == state && !county.former);
        let county = here.max_by_key(|county| county.full_name().len()).expect("it has one");
        let campaign = folder.path().join(state.to_lowercase());
        fs::create_dir(&campaign).expect("a folder");
        fs::write(
            campaign.join("campaign.toml"),
            format!(
                "format = 1\n\n[place]\nstate = \"{state}\"\nname = \"{}\"\nkind = \"county\"\nfips = \"{}\"\n\n[agency]\n\
                 name = \"Sheriff's Office\"\nkind = \"sheriff\"\n\n[agency.head]\nselected = \"elected\"\n\n[[agreement]]\n\
                 status = \"none\"\nsource = \"ICE, list of participating agencies\"\nas_of = 2026-05-18\n\n[body]\n\
                 name = \"Board\"\nshort = \"Board\"\n",
                county.name, county.fips
            ),
        )
        .expect("it can be written");
        let made = make(&campaign, "map");
        assert_eq!((made.pages.count(), made.pages.overflows(1).len()), (1, 0), "{state}");
        let page = words(&made);
        assert!(page.contains(&county.full_name()), "{state}: {} in {page}", county.full_name());
    }
}

#[test]
fn only_layouts_that_draw_the_map_get_its_shapes() {
    let made = make(&root().join("campaigns/crow-wing-county-mn"), "flyer");
    assert!(made.composed.data["values"].get("map").is_none());
}
