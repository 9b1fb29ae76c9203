//! Many campaigns in one run: all of them or none, whatever befalls the run, and told so that a person can read it.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use serde_json::Value;

use common::{TODAY, files, root};

fn build(campaigns: &Path, out: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_handbill"));
    command.current_dir(root()).env("NO_COLOR", "1").env_remove("SOURCE_DATE_EPOCH");
    command.arg("build").arg(campaigns).arg("-o").arg(out).args(more);
    if !more.contains(&"--date") {
        command.args(["--date", TODAY]);
    }
    command
}

fn run(mut command: Command) -> Output {
    command.output().expect("the program runs")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("it ended by itself")
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// So many campaigns of one example under names of their own.
fn campaigns(home: &Path, number: usize) -> PathBuf {
    let text = fs::read_to_string(root().join("campaigns/stearns-county-mn/campaign.toml")).expect("it is there");
    let all = home.join("campaigns");
    for at in 1..=number {
        let folder = all.join(format!("county-{at:03}"));
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join("campaign.toml"), &text).expect("a file");
    }
    all
}

/// Puts a key that nobody knows into a campaign.
fn spoil(campaign: &Path) {
    let path = campaign.join("campaign.toml");
    let text = fs::read_to_string(&path).expect("it is there");
    fs::write(&path, text.replacen("[place]", "[place]\nriver = \"Sauk\"", 1)).expect("a file");
}

/// Everything under a folder, by path, with its bytes.
fn standing(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    files(folder).into_iter().map(|path| (path.clone(), fs::read(path).expect("it is there"))).collect()
}

/// The folders of unfinished files that stand in an output folder.
fn stages(out: &Path) -> Vec<PathBuf> {
    let listing = fs::read_dir(out).into_iter().flatten().flatten();
    listing
        .map(|entry| entry.path())
        .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(".handbill")))
        .collect()
}

/// Begins a run and waits until it has some finished files beside those that earlier runs left.
fn begin(mut command: Command, out: &Path, left: &[PathBuf]) -> Child {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program runs");
    let own = |stage: &PathBuf| if left.contains(stage) { 0 } else { files(stage).len() };
    while stages(out).iter().map(own).sum::<usize>() < 4 {
        assert!(child.try_wait().expect("it can be asked").is_none(), "it ended before it was stopped");
        std::thread::sleep(Duration::from_millis(5));
    }
    child
}

#[test]
fn an_error_in_one_campaign_keeps_back_all() {
    let home = tempfile::tempdir().expect("a folder");
    let (all, out) = (campaigns(home.path(), 5), home.path().join("deep/out"));
    spoil(&all.join("county-005"));
    let refused = run(build(&all, &out, &["-d", "petition"]));
    assert_eq!(code(&refused), 1, "{}", told(&refused));
    assert!(told(&refused).contains("nothing was written"), "{}", told(&refused));
    assert!(!home.path().join("deep").exists(), "nor a folder");

    // What an earlier run made stays as it is, though four campaigns would now print something else.
    assert_eq!(code(&run(build(&all.join("county-001"), &out, &["-d", "petition"]))), 0);
    let before = standing(&out);
    assert_eq!(code(&run(build(&all, &out, &["-d", "petition", "--sheets", "2"]))), 1);
    assert_eq!(standing(&out), before);
}

#[test]
fn a_file_of_somebody_elses_in_one_folder_keeps_back_all() {
    let home = tempfile::tempdir().expect("a folder");
    let (all, out) = (campaigns(home.path(), 4), home.path().join("out"));
    fs::create_dir_all(out.join("county-004")).expect("a folder");
    fs::write(out.join("county-004/petition.pdf"), "mine").expect("a file");
    let before = standing(&out);
    let refused = run(build(&all, &out, &["-d", "petition"]));
    assert_eq!(code(&refused), 3);
    assert!(told(&refused).contains("county-004/petition.pdf"), "{}", told(&refused));
    assert_eq!(standing(&out), before);
    assert_eq!(fs::read_dir(&out).expect("it is there").count(), 1, "no empty folders either");
    // Nor is anything half done where a folder cannot be made.
    fs::remove_dir_all(out.join("county-004")).expect("it goes");
    fs::write(out.join("county-004"), "mine").expect("a file");
    assert_eq!(code(&run(build(&all, &out, &["-d", "petition"]))), 3);
    assert_eq!(fs::read_dir(&out).expect("it is there").count(), 1);
}

#[test]
#[cfg(unix)]
fn an_interrupted_run_leaves_nothing() {
    let home = tempfile::tempdir().expect("a folder");
    let (all, out) = (campaigns(home.path(), 40), home.path().join("out"));
    let child = begin(build(&all, &out, &["--set", "launch"]), &out, &[]);
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("it runs").success());
    let stopped = child.wait_with_output().expect("it ends");
    assert_eq!(code(&stopped), 130, "{}", told(&stopped));
    assert!(told(&stopped).contains("nothing was written"), "{}", told(&stopped));
    assert!(stopped.stdout.is_empty(), "{}", said(&stopped));
    assert!(!out.exists());
}

#[test]
#[cfg(unix)]
fn what_a_killed_run_left_is_cleared_and_a_run_at_work_is_let_be() {
    let home = tempfile::tempdir().expect("a folder");
    let (all, out) = (campaigns(home.path(), 12), home.path().join("out"));
    let mut killed = begin(build(&all, &out, &["--set", "launch"]), &out, &[]);
    killed.kill().expect("it can be killed");
    killed.wait().expect("it ends");
    let left = stages(&out);
    assert_eq!(left.len(), 1, "a killed run cannot clear up");
    assert!(!out.join("county-001").exists(), "and has written nothing");

    // A run at work holds its own, and the next one clears only what nobody holds.
    let at_work = begin(build(&all, &out, &["--set", "launch", "--quiet"]), &out, &left);
    assert!(!left[0].exists());
    let held = stages(&out);
    assert_eq!(code(&run(build(&all.join("county-001"), &out, &["-d", "map"]))), 0);
    assert_eq!(stages(&out), held);
    let done = at_work.wait_with_output().expect("it ends");
    assert_eq!(code(&done), 0, "{}", told(&done));
    assert_eq!((said(&done), told(&done)), (String::new(), String::new()), "quiet is quiet");
    assert_eq!(stages(&out), Vec::<PathBuf>::new());
    assert_eq!(fs::read_dir(&out).expect("it is there").count(), 12);
}

#[test]
#[cfg(unix)]
fn a_disk_that_takes_no_more_is_said_and_changes_nothing() {
    let home = tempfile::tempdir().expect("a folder");
    let (all, out) = (campaigns(home.path(), 4), home.path().join("out"));
    assert_eq!(code(&run(build(&all, &out, &["-d", "petition"]))), 0);
    let before = standing(&out);
    // A limit on the size of files stands in for the disk's: four kilobytes, and no signal.
    let full = build(&all, &out, &["-d", "petition", "--sheets", "3"]);
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' XFSZ; ulimit -f 8; exec \"$@\"", "sh"]).arg(full.get_program()).args(full.get_args());
    let refused = run(command);
    assert_eq!(code(&refused), 3, "{}", told(&refused));
    let words = told(&refused);
    assert!(words.contains("cannot write") && words.contains("make room"), "{words}");
    assert!(!words.contains(".handbill"), "a hidden folder is nothing to a person: {words}");
    assert_eq!(standing(&out), before);
    assert_eq!(stages(&out), Vec::<PathBuf>::new());
}

#[test]
fn many_campaigns_are_summed_up() {
    let home = tempfile::tempdir().expect("a folder");
    let (all, out) = (campaigns(home.path(), 5), home.path().join("out"));
    let documents = ["-d", "petition", "-d", "fact-sheet"];
    let first = said(&run(build(&all, &out, &documents)));
    for (part, times) in [
        ("Stearns County, Minnesota", 5),
        ("2 files", 5),
        ("county-003\n", 1),
        ("5 campaigns: 10 files, 15 sides on 10 sheets, one copy of each", 1),
        ("all 5: left as lines to write on", 1),
        ("Print next:", 1),
        ("both sides, flip on the long edge", 1),
    ] {
        assert_eq!(first.matches(part).count(), times, "{part}: {first}");
    }
    // Only what changed has a line of its own.
    let path = all.join("county-002/campaign.toml");
    let text = fs::read_to_string(&path).expect("it is there");
    fs::write(&path, format!("{text}\n[petition]\nsheets = 2\n")).expect("a file");
    let again = said(&run(build(&all, &out, &documents)));
    assert!(again.contains("county-002") && !again.contains("county-003"), "{again}");
    assert!(again.contains("4 campaigns as they were"), "{again}");
    let all = run(build(&all, &out, &["-d", "petition", "--json"]));
    let made: Value = serde_json::from_slice(&all.stdout).expect("JSON");
    assert_eq!(made["campaigns"].as_array().map(Vec::len), Some(5));
}

#[test]
fn what_is_wrong_with_many_campaigns_is_told_once() {
    let home = tempfile::tempdir().expect("a folder");
    let (all, out) = (campaigns(home.path(), 9), home.path().join("out"));
    (1..=8).for_each(|at| spoil(&all.join(format!("county-{at:03}"))));
    let refused = run(build(&all, &out, &["-d", "petition"]));
    let words = told(&refused);
    assert_eq!((code(&refused), words.matches("`river`").count()), (1, 1), "{words}");
    assert!(words.contains("the same in 7 other campaigns") && words.contains("and 2 more"), "{words}");
    assert!(words.contains("8 errors in 8 campaigns"), "{words}");
    let data = run(build(&all, &out, &["-d", "petition", "--json"]));
    let data: Value = serde_json::from_slice(&data.stdout).expect("JSON");
    let problems = data["problems"].as_array().expect("a list");
    assert_eq!((data["ok"].as_bool(), problems.len()), (Some(false), 8));
    assert!(problems[7]["campaign"].as_str().is_some_and(|folder| folder.ends_with("county-008")), "{}", problems[7]);
}

#[test]
fn a_problem_of_the_paper_says_whose_it_is() {
    let home = tempfile::tempdir().expect("a folder");
    let (all, out) = (campaigns(home.path(), 2), home.path().join("out"));
    // Its place is a built-in file, which tells nobody where to look.
    let late = run(build(&all, &out, &["-d", "fact-sheet", "--date", "2029-01-01"]));
    assert_eq!(code(&late), 1);
    let words = told(&late);
    assert!(words.contains("found in") && words.contains("the same in 1 other campaign"), "{words}");
}
