//! Owns the tests of `edit`.

use super::{Added, Change, Changes, Entries, Refusal};
use std::collections::BTreeMap;

const OLD: &str = "# mine\nformat = 1\n[[agreement]]   # row 7\nmodel = \"jail\"  # why\nstatus = \"active\"\n# signed = 2026-01-01\nas_of = 2025-06-17 # old\n\n# about the body\n[body]\nname = \"x\"\n";

fn set(pairs: &[(&'static str, &str)]) -> Change {
    Change { set: pairs.iter().map(|(key, value)| (*key, value.to_string())).collect(), ..Change::default() }
}

fn change(at: usize, change: Change) -> Changes {
    Changes { entries: BTreeMap::from([(at, change)]), added: Vec::new() }
}

fn added() -> Vec<Added> {
    let lines = "[[agreement]]                  # row 9\nmodel = \"warrant\"\nstatus = \"active\"\n".to_string();
    vec![Added { lines, fields: vec![("model", "\"warrant\"".to_string()), ("status", "\"active\"".to_string())] }]
}

fn applied(text: &str, changes: &Changes) -> String {
    Entries::read(text).unwrap().apply(changes).unwrap()
}

#[test]
fn values_are_replaced_and_new_keys_have_their_place() {
    let changes = change(0, set(&[("as_of", "2026-05-18"), ("signed", "2025-03-26")]));
    let expected = OLD
        .replace("2025-06-17", "2026-05-18")
        .replace("status = \"active\"\n", "status = \"active\"\nsigned = 2025-03-26\n");
    assert_eq!(applied(OLD, &changes), expected);
    let crlf = OLD.replace('\n', "\r\n");
    assert_eq!(applied(&crlf, &changes), expected.replace('\n', "\r\n"));
    let marked = format!("\u{feff}{OLD}");
    assert_eq!(applied(&marked, &changes), format!("\u{feff}{expected}"));
}

#[test]
fn what_may_not_stand_becomes_a_comment() {
    let mut gone = set(&[("status", "\"unknown\"")]);
    gone.retire = vec!["model".to_string()];
    gone.remark = Some("it left the list".to_string());
    let expected = OLD
        .replace("# row 7\n", "# row 7\n# it left the list\n")
        .replace("model = ", "# model = ")
        .replace("\"active\"", "\"unknown\"");
    assert_eq!(applied(OLD, &change(0, gone.clone())), expected);

    let inline = "agreement = [\n  { model = \"jail\", status = \"active\", signed = 2025-01-01 }, # kept\n]\n";
    gone.retire.push("signed".to_string());
    assert_eq!(
        applied(inline, &change(0, gone.clone())),
        "agreement = [\n  # it left the list; here stood: model = \"jail\", signed = 2025-01-01\n  { status = \"unknown\" }, # kept\n]\n"
    );
    let spread = "agreement = [{\n  model = \"jail\", # a\n  status = \"active\",\n  signed = 2025-01-01 # b\n}]\n";
    assert_eq!(
        applied(spread, &change(0, gone.clone())),
        "# it left the list\nagreement = [{\n#   model = \"jail\", # a\n  status = \"unknown\",\n#   signed = 2025-01-01 # b\n}]\n"
    );
    let tangled = "agreement = [{ status = \"active\", # a\n  model = \"jail\", signed = 2025-01-01 }]\n";
    assert!(matches!(Entries::read(tangled).unwrap().apply(&change(0, gone)), Err(Refusal::Form(_))));
}

#[test]
fn agreements_are_added_after_the_last_one() {
    let changes = Changes { added: added(), ..Changes::default() };
    let block = "[[agreement]]                  # row 9\nmodel = \"warrant\"\nstatus = \"active\"\n";
    assert_eq!(applied(OLD, &changes), OLD.replace("# old\n", &format!("# old\n\n{block}")));
    let tight = "[[agreement]]\nstatus = \"active\"\n# about the body\n[body]\n";
    assert_eq!(
        applied(tight, &changes),
        format!("[[agreement]]\nstatus = \"active\"\n\n{block}\n# about the body\n[body]\n")
    );
    let with_comment = "[[agreement]]\nstatus = \"active\"\n# signed = ?\n\n[body]\n";
    assert_eq!(
        applied(with_comment, &changes),
        format!("[[agreement]]\nstatus = \"active\"\n# signed = ?\n\n{block}\n[body]\n")
    );
    let open = "[[agreement]]\nstatus = \"active\"";
    assert_eq!(applied(open, &changes), format!("{open}\n\n{}", block.trim_end()));
    let mut both = change(0, set(&[("as_of", "2026-05-18")]));
    both.added = added();
    assert_eq!(applied(open, &both), format!("{open}\nas_of = 2026-05-18\n\n{}", block.trim_end()));
}

#[test]
fn inline_tables_stay_inline() {
    let changes = Changes { added: added(), ..Changes::default() };
    let new = "{ model = \"warrant\", status = \"active\" }";
    for (old, expected) in [
        ("agreement = [{ status = \"none\" }] # e\n", format!("agreement = [{{ status = \"none\" }}, {new}] # e\n")),
        (
            "agreement = [\n  { status = \"none\" }, # c\n]\n",
            format!("agreement = [\n  {{ status = \"none\" }}, # c\n  {new},\n]\n"),
        ),
        (
            "agreement = [\r\n\t{ status = \"none\" } # c\r\n]\r\n",
            format!("agreement = [\r\n\t{{ status = \"none\" }}, # c\r\n\t{new}\r\n]\r\n"),
        ),
    ] {
        assert_eq!(applied(old, &changes), expected);
    }
    let changes = change(0, set(&[("model", "\"jail\""), ("status", "\"active\""), ("as_of", "2026-05-18")]));
    assert_eq!(
        applied("agreement = [{status=\"none\",\"source\"='s'}]", &changes),
        "agreement = [{model = \"jail\", status=\"active\",\"source\"='s', as_of = 2026-05-18}]"
    );
}

#[test]
fn a_value_over_several_lines_is_one_value() {
    let old = "[[agreement]]\nstatus = \"active\"\nmodel = \"\"\"\\\n  jail\"\"\" # m\nas_of = 2025-06-17\n";
    let mut gone = set(&[("status", "\"unknown\""), ("source", "\"ICE\"")]);
    gone.retire = vec!["model".to_string()];
    assert_eq!(
        applied(old, &change(0, gone)),
        "[[agreement]]\nstatus = \"unknown\"\nsource = \"ICE\"\n# model = \"\"\"\\\n#   jail\"\"\" # m\nas_of = 2025-06-17\n"
    );
}
