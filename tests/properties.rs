//! What must hold for any input: text prints as itself or is refused by name, and the same input gives the same bytes.

mod common;

use std::sync::Mutex;

use common::{examples, root, settings, told};
use handbill::blocks::typographic;
use handbill::campaign::Campaign;
use handbill::compose::Settings;
use handbill::diagnostic::Diagnostics;
use handbill::fields::{FIELDS, blank_label};
use handbill::kit::Kit;
use handbill::make::{Formats, Workshop};
use handbill::plan::Job;
use proptest::prelude::{ProptestConfig, Strategy, any, prop_oneof, proptest};
use proptest::test_runner::TestCaseError;

/// The Kandiyohi campaign on a press, opened once: parsing the kit is not what is tested here.
fn workshop() -> Workshop {
    let mut problems = Diagnostics::default();
    let folder = root().join("campaigns/kandiyohi-county-mn");
    Workshop::open(&folder, &mut problems).unwrap_or_else(|| panic!("{}", told(&problems)))
}

/// What people type, and what they should never have to fear typing.
fn wild() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[ -~]{1,60}",
        "[$#*_@\\\\`<>\\[\\]{}|~^&!\"'()+.:/-]{1,30}",
        "[a-z]{1,5} (\\{\\{\\{?place\\.name\\}?\\}\\}|<b>|</script>|//|\\*\\*|#let x|\\$1,000|@ref|1\\. |- |> |\\| a \\| b \\|)[ a-z]{0,5}",
        "[áéíóúñüÁÉÍÓÚÑÜ¿¡ạảãăắơướừệđĐ a-z]{1,40}",
        "[ابتثجحخدذرزسشصضطظعغفقكلمنهوي ]{1,30}",
        "[😀🎉✊🏽🗳️❤️ a-z]{1,10}",
    ]
}

/// What a value looks like once it is trimmed as every field is.
fn as_field(text: &str) -> Option<String> {
    handbill::values::read::<handbill::values::Text>(text).ok().flatten().map(|text| text.0)
}

/// The letters of a text, in an order that neither lines nor the direction of writing change.
fn letters(text: &str) -> Vec<char> {
    let mut letters: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    letters.sort_unstable();
    letters
}

fn with(workshop: &mut Workshop, job: &Job, change: impl FnOnce(&mut Campaign)) -> Result<Vec<String>, Diagnostics> {
    let kept = workshop.campaign.clone();
    change(&mut workshop.campaign);
    let mut problems = Diagnostics::default();
    let made = workshop.make(job, &settings(), &mut problems);
    workshop.campaign = kept;
    match made {
        Some(made) if !problems.has_errors() => Ok(made
            .composed
            .runs
            .iter()
            .map(|(origin, text)| format!("{origin}\u{0}{text}"))
            .chain(made.pages.text())
            .collect()),
        _ => Err(problems),
    }
}

fn check_prints(workshop: &mut Workshop, text: &str) -> Result<(), TestCaseError> {
    let Some(value) = as_field(text) else { return Ok(()) };
    let job = Job { document: "petition".into(), lang: "en".into(), official: None, name: "petition".into() };
    let found = with(workshop, &job, |campaign| campaign.petition.statement = Some(value.clone()));
    match found {
        Ok(texts) => {
            // As data: every run of the field, in order, is the value.
            let runs: String = texts.iter().filter_map(|text| text.strip_prefix("petition.statement\u{0}")).collect();
            let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            if plain(&runs) != plain(&typographic(&value)) {
                return Err(TestCaseError::fail(format!("{value:?} became {runs:?}")));
            }
            // On paper: every letter of the value stands on the page.
            let page = texts.iter().filter(|text| !text.contains('\u{0}')).cloned().collect::<String>();
            let mut rest = letters(&page);
            for letter in letters(&typographic(&value)).into_iter().filter(|c| !is_unseen(*c)) {
                match rest.binary_search(&letter) {
                    Ok(at) => {
                        rest.remove(at);
                    }
                    Err(_) => return Err(TestCaseError::fail(format!("{letter:?} of {value:?} is not on the page"))),
                }
            }
            Ok(())
        }
        Err(problems) => {
            let told = told(&problems);
            let fair =
                told.contains("no font can draw") || told.contains("runs over") || told.contains("past what a printer");
            if fair { Ok(()) } else { Err(TestCaseError::fail(told)) }
        }
    }
}

/// Characters that shape their neighbours and are not set themselves.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

static WORKSHOP: Mutex<Option<Workshop>> = Mutex::new(None);

fn shared(run: impl FnOnce(&mut Workshop) -> Result<(), TestCaseError>) -> Result<(), TestCaseError> {
    let mut slot = WORKSHOP.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    run(slot.get_or_insert_with(workshop))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn any_text_prints_as_itself_or_is_refused_by_name(text in wild()) {
        shared(|workshop| check_prints(workshop, &text))?;
    }
}

#[test]
fn ten_thousand_characters_are_refused_by_how_much_they_run_over() {
    for text in ["word ".repeat(2000), "x".repeat(10_000)] {
        let job = Job { document: "petition".into(), lang: "en".into(), official: None, name: "petition".into() };
        let mut workshop = workshop();
        let found = with(&mut workshop, &job, |campaign| campaign.petition.statement = Some(text.trim().to_string()));
        let told = told(&found.expect_err("it cannot fit"));
        assert!(told.contains(" in too long") || told.contains(" in past what a printer"), "{told}");
    }
}

#[test]
fn a_character_without_a_font_names_its_field() {
    let job = Job { document: "petition".into(), lang: "en".into(), official: None, name: "petition".into() };
    let mut workshop = workshop();
    let found = with(&mut workshop, &job, |campaign| campaign.petition.statement = Some("𓀀".to_string()));
    let told = told(&found.expect_err("no font has hieroglyphs"));
    assert!(told.contains("no font can draw `𓀀` (U+13000) in `petition.statement`"), "{told}");
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let formats = Formats { pdf: true, png: false };
    for folder in examples() {
        let make = || {
            let (workshop, made) = common::make_all(&folder);
            let mut problems = Diagnostics::default();
            let outputs: Vec<Vec<u8>> = made
                .iter()
                .flat_map(|made| workshop.outputs(made, formats, &mut problems))
                .map(|output| output.bytes)
                .collect();
            assert!(problems.is_empty(), "{}", told(&problems));
            outputs
        };
        assert!(make() == make(), "{}", folder.display());
    }
}

#[test]
fn every_value_of_the_list_is_worked_out_and_no_other() {
    let workshop = workshop();
    let lexicon = &workshop.kit.languages["en"].lexicon;
    let context = handbill::context::context(
        &workshop.campaign,
        &workshop.kit.register.counts,
        None,
        lexicon,
        settings().today,
        &Default::default(),
        &Default::default(),
    );
    let names: Vec<String> = handbill::context::names(&context).into_keys().collect();
    let mut listed: Vec<String> = FIELDS.iter().map(|field| field.path.to_string()).collect();
    listed.sort();
    assert_eq!(names, listed);
}

#[test]
fn the_built_in_kit_has_no_problem() {
    let mut problems = Diagnostics::default();
    let kit = Kit::built_in(&mut problems);
    assert!(problems.is_empty(), "{}", told(&problems));
    assert_eq!(kit.register.states.len(), 51, "fifty states and DC");
    for (lang, language) in &kit.languages {
        for field in FIELDS.iter().filter(|field| field.kind.may_be_blank()) {
            let label = blank_label(field.path);
            assert!(language.lexicon.has(&label), "{lang} has no label `{label}` for a write-in line");
        }
    }
}

#[test]
fn paper_says_which_facts_were_not_checked_again() {
    let mut workshop = workshop();
    let job = Job { document: "fact-sheet".into(), lang: "en".into(), official: None, name: "fact-sheet".into() };
    let late = Settings { today: "2029-01-01".parse().expect("a date"), allow_overdue: true, ..settings() };
    let mut problems = Diagnostics::default();
    let made = workshop.make(&job, &late, &mut problems).unwrap_or_else(|| panic!("{}", told(&problems)));
    let text = made.pages.text().join("\n");
    assert!(text.contains("not re-checked since June 2026"), "{text}");
}

#[test]
fn a_fact_that_is_turned_off_is_not_said() {
    let mut workshop = workshop();
    let job = Job { document: "fact-sheet".into(), lang: "en".into(), official: None, name: "fact-sheet".into() };
    let cited = |workshop: &mut Workshop| {
        let mut problems = Diagnostics::default();
        workshop.make(&job, &settings(), &mut problems).expect("it is made").composed.cited
    };
    assert!(cited(&mut workshop).contains(&"parada-citizens".to_string()));
    workshop.campaign.facts_off = vec!["parada-citizens".to_string()];
    assert!(!cited(&mut workshop).contains(&"parada-citizens".to_string()));
}
