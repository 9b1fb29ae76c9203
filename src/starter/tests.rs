use std::path::Path;

use proptest::prelude::*;

use super::{Agreement, Meeting, Organization, Start, agreement_lines, write};
use crate::campaign::check::check;
use crate::campaign::choices::{AgencyKind, Model, OrganizationKind, PlaceKind, Status};
use crate::campaign::{Campaign, raw};
use crate::decode::decode;
use crate::diagnostic::{Diagnostics, SourceFile};
use crate::facts::Register;
use crate::kit::Kit;
use crate::values::{Text, read};

fn start(agreements: Vec<Agreement>) -> Start {
    Start {
        origin: "begun on 2026-11-21".to_string(),
        state: "MN".to_string(),
        place: "Kandiyohi".to_string(),
        place_kind: PlaceKind::County,
        fips: Some("27067".to_string()),
        agency: "Kandiyohi County Sheriff's Office".to_string(),
        agency_kind: AgencyKind::Sheriff,
        head: None,
        title: None,
        agreements,
        body: None,
        organization: Organization::default(),
        meeting: Meeting::default(),
    }
}

fn agreement(model: Option<Model>, status: Status) -> Agreement {
    let said = Agreement::of(status);
    match status {
        Status::Unknown => said,
        _ => Agreement {
            model,
            source: Some("ICE, list of participating agencies".to_string()),
            as_of: Some("2026-05-18".to_string()),
            ..said
        },
    }
}

fn register() -> Register {
    let mut problems = Diagnostics::default();
    Kit::built_in_register(&mut problems)
}

/// The campaign of a text; any problem at all fails the test.
fn load(text: &str, register: &Register) -> Campaign {
    let mut problems = Diagnostics::default();
    let file = SourceFile::new("campaign.toml", text);
    let raw: Option<raw::Campaign> = decode(&file, &mut problems);
    let campaign = raw.and_then(|raw| check(Path::new("new"), &file, raw, Vec::new(), register, &mut problems));
    let told: Vec<String> = problems.iter().map(|problem| problem.render(false)).collect();
    assert!(told.is_empty(), "{}\n\n{text}", told.join("\n"));
    campaign.expect("there were no problems")
}

/// The file as it is when a person took every `#` away and wrote the examples between the quotes.
fn completed(text: &str) -> (String, usize) {
    let mut keys = 0;
    let lines = text.lines().map(|line| {
        let Some(example) =
            line.strip_prefix('#').filter(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase() || c == '['))
        else {
            return line.to_string();
        };
        let Some((key, example)) = example.split_once("# ") else { return example.to_string() };
        keys += 1;
        let (key, example) = (key.trim_end(), example.split(';').next().unwrap_or_default());
        match key.strip_suffix("[]") {
            Some(key) => format!("{key}[{example}]"),
            None => format!("{}\"{example}\"", key.strip_suffix("\"\"").unwrap_or_else(|| panic!("{line}"))),
        }
    });
    let lines: Vec<String> = lines.collect();
    (lines.join("\n"), keys)
}

#[test]
fn every_example_loads_when_it_is_used() {
    let register = register();
    for status in Status::ALL {
        let held = matches!(status, Status::Active | Status::Pending | Status::Ended).then_some(Model::Warrant);
        let text = write(&start(vec![agreement(held, *status)]));
        load(&text, &register);
        let (whole, keys) = completed(&text);
        assert!(keys > 80, "{keys} keys\n{whole}");
        let campaign = load(&whole, &register);
        assert_eq!(campaign.agency.head.name.as_deref(), Some("Pat Sample"));
        assert_eq!(campaign.organizing.hotline.phone.as_deref(), Some("320-555-0199"));
        assert_eq!((campaign.officials.len(), campaign.organizing.bills.len(), campaign.costs.known.len()), (1, 1, 1));
        assert_eq!(campaign.rules.time_limit, Some(180));
    }
}

#[test]
fn every_table_of_a_campaign_is_offered() {
    let (whole, _) = completed(&write(&start(vec![agreement(None, Status::Unknown)])));
    let offered: toml::Table = toml::from_str(&whole).expect("it is TOML");
    let full = include_str!("../../tests/campaigns/example-county-mn/campaign.toml");
    let full: toml::Table = toml::from_str(full).expect("it is TOML");
    for key in full.keys() {
        assert!(offered.contains_key(key), "{key}");
    }
}

#[test]
fn a_month_and_an_unsettled_day_are_written_so_that_they_load() {
    let lines = agreement_lines(&Agreement {
        row: Some(8),
        unsettled: Some("7/72025".to_string()),
        as_of: Some("2026-05".to_string()),
        ..agreement(Some(Model::Jail), Status::Active)
    });
    assert!(lines.contains("as_of = \"2026-05\"") && lines.contains("the list says \"7/72025\""), "{lines}");
    let text = write(&start(vec![Agreement {
        as_of: Some("2026-05".to_string()),
        ..agreement(Some(Model::Jail), Status::Active)
    }]));
    let campaign = load(&text, &register());
    assert!(
        campaign.agreements[0].sourced.as_ref().and_then(|sourced| sourced.as_of).is_some_and(|day| day.month_only)
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn whatever_was_typed_is_what_is_read(
        texts in proptest::array::uniform5(any::<String>()),
        quoted in "[\"'\\\\#=\\[\\]{}\\t \u{1F600}a-c\n]{0,12}",
    ) {
        let register = register();
        // What the interview would refuse does not come this far.
        let sound: Vec<Option<String>> = texts.iter().chain([&quoted]).map(|text| {
            read::<Text>(text).ok().flatten().map(|text| text.0)
        }).collect();
        let [agency, head, name, time, source, body] = <[Option<String>; 6]>::try_from(sound).expect("six");
        let said = agreement(Some(Model::Jail), Status::Active);
        let begun = Start {
            agency: agency.clone().unwrap_or_else(|| "Office".to_string()),
            head: head.clone(),
            agreements: vec![Agreement { source: source.clone().or(said.source.clone()), ..said }],
            body: body.clone(),
            organization: Organization {
                name: name.clone(),
                kind: Some(OrganizationKind::Informal),
                ..Organization::default()
            },
            meeting: Meeting { date: "2026-12-01".parse().ok(), time: time.clone(), place: None },
            ..start(Vec::new())
        };
        let campaign = load(&write(&begun), &register);
        prop_assert_eq!(campaign.agency.name, begun.agency);
        prop_assert_eq!(campaign.agency.head.name, head);
        prop_assert_eq!(campaign.organization.name, name);
        prop_assert_eq!(campaign.meeting.time, time);
        if let Some(body) = body {
            prop_assert_eq!(campaign.body.name, Some(body));
        }
    }
}
