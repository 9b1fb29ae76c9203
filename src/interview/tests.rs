use super::Outcome;
use super::answers::{Answers, Given, Step};
use super::ask::Silent;
use super::lines::Lines;
use crate::campaign::choices::{AgencyKind, Model, OrganizationKind, PlaceKind, Status};
use crate::starter::Start;
use script::Move::{self, Back, Enter, Quit, Say};
use script::{Script, World};

mod script;

fn written(outcome: Outcome) -> (String, Start) {
    match outcome {
        Outcome::Write { folder, start } => (folder, *start),
        other => panic!("{other:?}"),
    }
}

/// The questions of a county with a sheriff, each passed over with its usual answer.
const PLAIN: [(&str, Move); 9] = [
    ("Which state", Say("Minnesota")),
    ("Which county", Say("Crow Wing")),
    ("Which agency", Enter),
    ("What is it", Enter),
    ("Who heads", Enter),
    ("title", Enter),
    ("stand?", Enter),
    ("governing body called", Enter),
    ("Who makes the paper", Enter),
];

fn with(end: &[(&'static str, Move)]) -> Script {
    Script::of(&[&PLAIN[..], end].concat())
}

#[test]
fn the_usual_answers_make_a_campaign_that_claims_nothing() {
    let mut script = with(&[("meet next", Enter), ("Write campaigns/crow-wing-county-mn", Enter)]);
    let (folder, start) = written(World::new().run(Given::default(), &mut script));
    assert_eq!(folder, "crow-wing-county-mn");
    assert_eq!(start.agency, "Crow Wing County Sheriff's Office");
    assert_eq!((start.place_kind, start.fips.as_deref()), (PlaceKind::County, Some("27035")));
    assert_eq!((start.agreements.len(), start.agreements[0].status), (1, Status::Unknown));
    assert_eq!(script.usual("governing body called"), "Crow Wing County Board of Commissioners");
    assert_eq!((start.head, start.title, start.organization.name), (None, None, None));
    assert!(script.answers.is_empty());
}

#[test]
fn back_asks_the_question_before_with_its_answer() {
    let mut script = with(&[
        ("meet next", Say("1/19/2027")),
        ("At what time", Back),
        ("meet next", Back),
        ("Who makes the paper", Say("Example Neighbors")),
        ("What kind", Say("informal")),
        ("phone", Say("555")),
        ("phone", Say("(320) 555-0100")),
        ("e-mail", Enter),
        ("web address", Say("example.org")),
        ("meet next", Enter),
        ("At what time", Say("9 a.m.")),
        ("Where", Enter),
        ("Write", Say("no, back")),
        ("Where", Say("County Boardroom")),
        ("Write", Enter),
    ]);
    let (_, start) = written(World::new().run(Given::default(), &mut script));
    assert_eq!(script.usual("meet next"), "2027-01-19", "a day is kept over going back");
    assert_eq!(start.meeting.date.map(|day| day.to_string()).as_deref(), Some("2027-01-19"));
    assert_eq!(start.meeting.place.as_deref(), Some("County Boardroom"));
    assert_eq!(start.organization.kind, Some(OrganizationKind::Informal));
    assert_eq!(start.organization.phone.as_deref(), Some("320-555-0100"));
    assert_eq!(start.organization.url.as_deref(), Some("https://example.org"));
    assert!(script.refused[0].contains("not a phone number"), "{:?}", script.refused);
}

#[test]
fn another_state_forgets_the_county_and_what_hangs_on_it() {
    let mut script = Script::of(&[
        ("Which state", Say("Minnesota")),
        ("Which county", Say("Cook")),
        ("Which agency", Back),
        ("Which county", Back),
        ("Which state", Back),
        ("Which state", Say("Louisiana")),
        ("Which parish", Say("Orleans")),
        ("Which agency", Enter),
        ("What is it", Quit),
        ("Stop here", Enter),
    ]);
    let (folder, start) = written(World::new().run(Given::default(), &mut script));
    assert_eq!((folder.as_str(), start.agency.as_str()), ("orleans-parish-la", "Orleans Parish Sheriff's Office"));
    assert!(script.told.iter().any(|told| told.contains("first question")));
}

#[test]
fn stopping_writes_what_is_answered_or_nothing_or_goes_on() {
    let world = World::new();
    let mut script =
        with(&[("meet next", Quit), ("Stop here", Say("go on")), ("meet next", Quit), ("Stop here", Enter)]);
    let (folder, start) = written(world.run(Given::default(), &mut script));
    assert_eq!((folder.as_str(), start.meeting.date), ("crow-wing-county-mn", None));
    let mut script = with(&[("meet next", Quit), ("Stop here", Quit)]);
    assert!(matches!(world.run(Given::default(), &mut script), Outcome::Nothing));
    let mut early = Script::of(&[("Which state", Say("Minnesota")), ("Which county", Quit)]);
    assert!(matches!(world.run(Given::default(), &mut early), Outcome::Nothing));
    assert!(early.told.iter().any(|told| told.contains("not enough")));
}

#[test]
fn stopping_before_the_source_leaves_the_agreement_open() {
    let mut script = Script::of(&PLAIN[..6]);
    script.answers.extend([
        ("stand?", Say("active")),
        ("Which models", Say("jail task-force")),
        ("When were they signed", Say("3/25/2025")),
        ("know that from", Enter),
        ("Of which day", Say("2027-01-01")),
        ("Of which day", Quit),
        ("Stop here", Enter),
    ]);
    let (_, start) = written(World::new().run(Given::default(), &mut script));
    assert_eq!(start.agreements[0].status, Status::Unknown);
    assert!(script.refused[0].contains("still to come"), "{:?}", script.refused);
    assert!(script.told.iter().any(|told| told.contains("source")), "{:?}", script.told);
}

#[test]
fn a_city_has_its_own_police_and_places_without_counties_are_explained() {
    let end = [
        ("Who heads", Enter),
        ("title", Enter),
        ("stand?", Enter),
        ("governing body called", Enter),
        ("Who makes the paper", Enter),
        ("meet next", Enter),
        ("Write", Enter),
    ];
    let mut script = Script::of(&[
        ("Which state", Say("Guam")),
        ("Which state", Say("Connecticut")),
        ("Which county", Enter),
        ("Which city", Say("Wells")),
        ("Which agency", Enter),
        ("What is it", Enter),
    ]);
    script.answers.extend(end);
    let (folder, start) = written(World::new().run(Given::default(), &mut script));
    assert_eq!((folder.as_str(), start.place.as_str()), ("wells-police-department-ct", "Wells"));
    assert_eq!((start.agency_kind, start.place_kind), (AgencyKind::Police, PlaceKind::City));
    assert!(script.told.iter().any(|told| told.contains("Guam")));
    assert_eq!(script.usual("governing body called"), "Wells City Council");
}

#[test]
fn names_that_several_places_have_are_asked() {
    for (state, name, expected) in [
        ("MD", "Baltimore", "Baltimore County; Baltimore city"),
        ("MO", "Saint Louis", "St. Louis County; St. Louis city"),
        ("VA", "Richmond", "Richmond County; Richmond city"),
    ] {
        let state = crate::library::STATES.iter().find(|code| **code == state).copied();
        let given = Given {
            county: Some(name.to_string()),
            answers: Answers { state, ..Answers::default() },
            ..Given::default()
        };
        let Outcome::Stuck(problem) = World::new().run(given.clone(), &mut Silent::default()) else { panic!("{name}") };
        assert!(problem.hints.iter().any(|hint| hint.contains(expected)), "{problem:?}");
        let mut script = Script::of(&[("Which county", Quit)]);
        assert!(matches!(World::new().run(given, &mut script), Outcome::Nothing));
        assert!(script.told[0].contains("may be"), "{:?}", script.told);
    }
}

#[test]
fn the_list_answers_for_the_agency() {
    let mut script = Script::of(&[
        ("Which state", Say("Minnesota")),
        ("Which county", Say("Cass")),
        ("Which agency", Enter),
        ("Who heads", Enter),
        ("title", Enter),
        ("governing body called", Enter),
        ("Who makes the paper", Enter),
        ("meet next", Enter),
        ("Write", Enter),
    ]);
    let (_, start) = written(World::with_lists().run(Given::default(), &mut script));
    let held: Vec<_> = start.agreements.iter().map(|held| (held.model, held.status)).collect();
    assert_eq!(
        held,
        [
            (Some(Model::TaskForce), Status::Active),
            (Some(Model::Warrant), Status::Active),
            (Some(Model::Jail), Status::Pending)
        ]
    );
    assert!(start.agreements.iter().all(|held| held.as_of.as_deref() == Some("2026-05-18")));
    assert!(script.told.iter().any(|told| told.contains("task-force, active, signed 2025-04-01")), "{:?}", script.told);
}

#[test]
fn what_is_not_on_the_list_is_none_by_the_list_and_lookalikes_are_asked() {
    let world = World::with_lists();
    let end =
        [("governing body called", Enter), ("Who makes the paper", Enter), ("meet next", Enter), ("Write", Enter)];
    let mut script = Script::of(&PLAIN[..7]);
    script.answers.extend(end.clone());
    let (_, start) = written(world.run(Given::default(), &mut script));
    let none = &start.agreements[0];
    assert_eq!((none.status, none.as_of.as_deref()), (Status::None, Some("2026-05-18")));
    assert!(none.source.as_ref().is_some_and(|source| source.contains("participating agencies")));
    // The list leaves this county open and writes the name in short.
    let mut script = Script::of(&[
        ("Which state", Say("Minnesota")),
        ("Which county", Say("Polk")),
        ("Which agency", Say("Polk Co.")),
        ("Who heads", Enter),
        ("title", Enter),
    ]);
    script.answers.extend(end.clone());
    let (folder, start) = written(world.run(Given::default(), &mut script));
    assert_eq!((folder.as_str(), start.agreements[0].model), ("polk-county-mn", Some(Model::Jail)));
    // A police department of a city in the county makes the city the place.
    let mut script = Script::of(&[
        ("Which state", Say("Minnesota")),
        ("Which county", Say("Mille Lacs")),
        ("Which agency", Say("Isle")),
        ("Who heads", Enter),
        ("title", Enter),
    ]);
    script.answers.extend(end);
    let (_, start) = written(world.run(Given::default(), &mut script));
    assert_eq!((start.place.as_str(), start.place_kind, start.fips), ("Isle", PlaceKind::City, None));
}

#[test]
fn without_a_person_nothing_unclear_is_taken() {
    let world = World::with_lists();
    let state = Some("MN");
    let given = |county: &str, agency: Option<&str>| {
        let mut answers = Answers { state, ..Answers::default() };
        answers.typed.extend(agency.map(|name| (Step::Agency, name.to_string())));
        Given { county: Some(county.to_string()), folder: None, answers }
    };
    let (folder, start) = written(world.run(given("Cass", None), &mut Silent::default()));
    assert_eq!((folder.as_str(), start.agreements.len(), start.body), ("cass-county-mn", 3, None));
    assert!(matches!(world.run(given("Polk", None), &mut Silent::default()), Outcome::Stuck(_)));
    let (_, start) = written(world.run(given("Polk", Some("Polk Co. Sheriff's Office")), &mut Silent::default()));
    assert_eq!(start.agreements[0].model, Some(Model::Jail));
    let alike = world.run(given("Cass", Some("Cas County Sheriff's Office")), &mut Silent::default());
    let Outcome::Stuck(problem) = alike else { panic!("{alike:?}") };
    assert!(problem.message.contains("Cass County"), "{problem:?}");
    let there = world.run_where(given("Cass", None), &|name| name == "cass-county-mn", &mut Silent::default());
    assert!(matches!(there, Outcome::There(name) if name == "cass-county-mn"));
}

#[test]
fn a_folder_that_is_there_gets_another_name_offered() {
    let taken = |name: &str| matches!(name, "crow-wing-county-mn" | "crow-wing-county-mn-2");
    let mut script = with(&[
        ("meet next", Enter),
        ("Name of the new folder", Say("crow-wing-county-mn")),
        ("Name of the new folder", Enter),
        ("Write campaigns/crow-wing-county-mn-3", Enter),
    ]);
    let (folder, _) = written(World::new().run_where(Given::default(), &taken, &mut script));
    assert_eq!(folder, "crow-wing-county-mn-3");
    assert!(script.refused[0].contains("another name"), "{:?}", script.refused);
}

#[test]
fn options_answer_their_questions() {
    let mut answers = Answers { state: Some("MN"), status: Some(Status::Ended), ..Answers::default() };
    answers.models = vec![Model::Warrant];
    for (step, text) in
        [(Step::Source, "The Tribune, January 14, 2026"), (Step::AsOf, "2026-01"), (Step::Head, "Pat Sample")]
    {
        answers.typed.insert(step, text.to_string());
    }
    let given = Given { county: Some("Crow Wing".to_string()), folder: None, answers };
    let mut script = Script::of(&[
        ("Which agency", Enter),
        ("What is it", Enter),
        ("title", Enter),
        ("When was it signed", Back),
        ("title", Enter),
        ("When was it signed", Enter),
        ("governing body called", Enter),
        ("Who makes the paper", Enter),
        ("meet next", Enter),
        ("Write", Enter),
    ]);
    let (_, start) = written(World::new().run(given, &mut script));
    let ended = &start.agreements[0];
    assert_eq!(
        (ended.model, ended.status, ended.as_of.as_deref()),
        (Some(Model::Warrant), Status::Ended, Some("2026-01"))
    );
    assert_eq!(start.head.as_deref(), Some("Pat Sample"));
}

#[test]
fn line_by_line_the_same_conversation_is_held() {
    let typed = "minnesota\nxyz\n1\n";
    let mut output = Vec::new();
    let outcome = World::new().run(Given::default(), &mut Lines::new(typed.as_bytes(), &mut output));
    let output = String::from_utf8(output).expect("text");
    assert!(output.contains("Nothing of that name"), "{output}");
    assert!(matches!(outcome, Outcome::Nothing), "an end of the input stops: {outcome:?}");
    let typed = "minnesota\ncrow\n\n\nPat Sample\nback\nLee Sample\n\n\n\n\n\nyes\n";
    let mut output = Vec::new();
    let outcome = World::new().run(Given::default(), &mut Lines::new(typed.as_bytes(), &mut output));
    let (_, start) = written(outcome);
    assert_eq!(start.place, "Crow Wing", "{}", String::from_utf8_lossy(&output));
}
