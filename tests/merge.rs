//! Letters for many signers, made as a person makes them: checked first, interrupted, killed, continued, shared among machines, joined.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use serde_json::Value;

/// The officials of the example.
const OFFICIALS: usize = 5;

fn handbill(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_handbill"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments).env("NO_COLOR", "1");
    command
}

fn build(list: &Path, out: &Path, more: &[&str]) -> Command {
    let mut command = handbill(&["build", "campaigns/kandiyohi-county-mn", "--date", "2026-11-22"]);
    command.args(["-d", "letter-commissioner"]).arg("--signers").arg(list).arg("-o").arg(out).args(more);
    command
}

fn run(mut command: Command) -> Output {
    command.output().expect("the program runs")
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", told(output)))
}

/// A list of made-up signers: numbers, not people.
fn list(folder: &Path, rows: usize) -> PathBuf {
    let mut text = "Full Name,Street Address,City,ZIP,Own Words,Joined\n".to_string();
    for at in 1..=rows {
        let own = if at % 5 == 0 { "\"I've lived here, \"\"for years\"\", and I ask you to listen.\"" } else { "" };
        let _ = writeln!(text, "Signer Numbered{at},{at} Example Street,Willmar,{:05},{own},2024", 56201 + at % 50);
    }
    let path = folder.join("members.csv");
    fs::write(&path, text).unwrap();
    path
}

fn folder(out: &Path) -> PathBuf {
    out.join("kandiyohi-county-mn/letter-commissioner")
}

/// Every file of a mailing by its name; a half file under a final name fails.
fn letters(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let Ok(listing) = fs::read_dir(folder) else { return BTreeMap::new() };
    listing
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "pdf"))
        .map(|path| {
            let bytes = fs::read(&path).unwrap();
            let whole = bytes.starts_with(b"%PDF-") && bytes.trim_ascii_end().ends_with(b"%%EOF");
            assert!(whole, "{} is half written", path.display());
            (path.file_name().unwrap().to_string_lossy().into_owned(), bytes)
        })
        .collect()
}

fn wait_for(folder: &Path, files: usize, child: &mut Child) {
    loop {
        let there = fs::read_dir(folder).map_or(0, |listing| listing.count());
        if there >= files {
            return;
        }
        assert!(child.try_wait().unwrap().is_none(), "it ended before it was stopped, with {there} files");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn start(mut command: Command) -> Child {
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program runs")
}

/// Ten thousand letters on three machines, one interrupted, one killed twice: all there, none twice, each as if made alone.
#[test]
#[cfg(unix)]
fn ten_thousand_letters_survive_what_befalls_them() {
    let rows = 10_000 / OFFICIALS;
    let lab = tempfile::tempdir().unwrap();
    let list = list(lab.path(), rows);
    let outs: Vec<PathBuf> = (1..=3).map(|part| lab.path().join(format!("machine-{part}"))).collect();
    let part = |at: usize, more: &[&str]| {
        let mut command = build(&list, &outs[at - 1], &["--shard", &format!("{at}/3"), "--json"]);
        command.args(more);
        command
    };

    // The first is told to stop: it finishes what it has in hand and says so.
    let mut child = start(part(1, &[]));
    wait_for(&folder(&outs[0]), 400, &mut child);
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let stopped = child.wait_with_output().unwrap();
    assert_eq!(stopped.status.code(), Some(130), "{}", told(&stopped));
    let made = json(&stopped)["mailings"][0]["letters"].as_u64().unwrap() as usize;
    let there = letters(&folder(&outs[0])).len();
    assert!(made == there && (400..3333).contains(&there), "{made} {there}");

    // The second is killed, goes on, and is killed again.
    for files in [300, 900] {
        let mut child = start(part(2, &[]));
        wait_for(&folder(&outs[1]), files, &mut child);
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(letters(&folder(&outs[1])).len() < 3333);
    }
    let mut early = handbill(&["gather"]);
    early.args(&outs[..2]);
    assert_eq!(run(early).status.code(), Some(1), "a part is missing");

    // The same commands make what is missing, and only that.
    let mut made_in_all = made;
    for at in 1..=3 {
        let before = letters(&folder(&outs[at - 1])).len();
        let done = run(part(at, &[]));
        assert_eq!(done.status.code(), Some(0), "{}", told(&done));
        let mailing = &json(&done)["mailings"][0];
        let (made, kept) = (mailing["letters"].as_u64().unwrap(), mailing["unchanged"].as_u64().unwrap());
        assert!(made + kept >= 3333, "{mailing}");
        assert!(kept as usize == before || (at == 2 && before - kept as usize <= 2), "{before} {mailing}");
        made_in_all += if at == 1 { made as usize } else { (made + kept) as usize };
    }
    assert_eq!(made_in_all, 10_000);
    assert!(fs::read_dir(folder(&outs[1])).unwrap().all(|entry| {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        name == ".handbill-keys" || !name.starts_with(".handbill")
    }));

    // One file changed by accident, one lost: gathering notices, and building again mends the loss.
    let third = folder(&outs[2]);
    let names: Vec<String> = letters(&third).into_keys().collect();
    let whole = fs::read(third.join(&names[0])).unwrap();
    fs::write(third.join(&names[0]), &whole[..whole.len() - 1]).unwrap();
    let all = lab.path().join("all");
    let gather = || {
        let mut command = handbill(&["gather", "--json", "--out"]);
        command.arg(&all).args(&outs);
        run(command)
    };
    assert_eq!(gather().status.code(), Some(1));
    assert!(!all.exists(), "nothing is joined unless all is there");
    fs::remove_file(third.join(&names[0])).unwrap();
    assert_eq!(run(part(3, &[])).status.code(), Some(0));
    let gathered = gather();
    assert_eq!(gathered.status.code(), Some(0), "{}", told(&gathered));
    assert_eq!(json(&gathered)[0]["files"], 10_000);

    let joined = letters(&folder(&all));
    assert_eq!(joined.len(), 10_000);
    let distinct: BTreeSet<&Vec<u8>> = joined.values().collect();
    assert_eq!(distinct.len(), 10_000, "no letter twice");

    // What three machines made together is what one makes alone, and the joined folder is one to go on from.
    let alone = lab.path().join("alone");
    assert_eq!(run(build(&list, &alone, &["--rows", "5-6"])).status.code(), Some(0));
    for (name, bytes) in letters(&folder(&alone)) {
        assert_eq!(joined[&name], bytes, "{name}");
    }
    let again = run(build(&list, &all, &["--json"]));
    let mailing = &json(&again)["mailings"][0];
    assert_eq!((mailing["letters"].as_u64(), mailing["unchanged"].as_u64()), (Some(0), Some(10_000)), "{mailing}");

    // Nobody's name, street or words stand in a record.
    for entry in fs::read_dir(folder(&all)).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "pdf") {
            let text = fs::read_to_string(&path).unwrap();
            assert!(!text.contains("Numbered") && !text.contains("Example Street"), "{}", path.display());
        }
    }
}

#[test]
fn only_what_changed_is_made_again_and_what_nobody_signs_goes() {
    let lab = tempfile::tempdir().unwrap();
    let path = list(lab.path(), 4);
    let out = lab.path().join("out");
    let counts = |output: &Output| {
        let mailing = &json(output)["mailings"][0];
        ["letters", "unchanged", "removed"].map(|key| mailing[key].as_u64().unwrap())
    };
    assert_eq!(counts(&run(build(&path, &out, &["--json"]))), [20, 0, 0]);
    assert_eq!(counts(&run(build(&path, &out, &["--json"]))), [0, 20, 0]);
    assert_eq!(counts(&run(build(&path, &out, &["--json", "--fresh"]))), [20, 0, 0]);
    // One moves house, one signs no more.
    let text = fs::read_to_string(&path).unwrap().replace("2 Example Street", "22 Example Street");
    let text: String = text.split_inclusive('\n').filter(|line| !line.contains("Numbered4")).collect();
    fs::write(&path, text).unwrap();
    assert_eq!(counts(&run(build(&path, &out, &["--json"]))), [5, 10, 5]);
    assert_eq!(letters(&folder(&out)).len(), 15);
    // A part of the list takes nothing away.
    assert_eq!(counts(&run(build(&path, &out, &["--json", "--rows", "2"]))), [0, 5, 0]);
    assert_eq!(letters(&folder(&out)).len(), 15);
    // What a person changed is not overwritten.
    let first = folder(&out).join(letters(&folder(&out)).keys().next().unwrap());
    fs::write(&first, "a note").unwrap();
    let refused = run(build(&path, &out, &[]));
    assert_eq!(refused.status.code(), Some(3));
    assert!(told(&refused).contains("changed since"), "{}", told(&refused));
    assert_eq!(fs::read(&first).unwrap(), b"a note");
    assert_eq!(counts(&run(build(&path, &out, &["--json", "--force"]))), [1, 14, 0]);
}

#[test]
fn every_bad_row_is_told_by_its_place_and_nothing_is_written() {
    let lab = tempfile::tempdir().unwrap();
    let path = lab.path().join("members.csv");
    let long = "word ".repeat(200);
    let rows = [
        "Name,Street,City,Zip,State,Email,Paragraph".to_string(),
        "Ida Secretname,1 Hidden Lane,Willmar,56201,MN,,".to_string(),
        "Una Secretname,2 Hidden Lane,Willmar,4401,MN,,".to_string(),
        ",3 Hidden Lane,Willmar,56201,Minnesotta,not-an-address,".to_string(),
        format!("Ada Secretname,4 Hidden Lane,Willmar,56201,MN,,{long}"),
        "Eva Secretname \u{1F9FF}\u{13080},5 Hidden Lane,Willmar,56201,MN,,".to_string(),
    ];
    fs::write(&path, rows.join("\n")).unwrap();
    let out = lab.path().join("out");
    let refused = run(build(&path, &out, &[]));
    assert_eq!(refused.status.code(), Some(1));
    assert!(!out.exists());
    let said = told(&refused);
    for part in ["row 3", "row 4", "row 5", "row 6", "Zip", "State", "Email", "Paragraph", "fewer than five digits"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    for secret in ["Secretname", "Hidden", "4401", "Minnesotta", "not-an-address", "word word"] {
        assert!(!said.contains(secret), "{secret}: {said}");
    }
    let skipped = run(build(&path, &out, &["--skip-bad", "--json"]));
    assert_eq!(skipped.status.code(), Some(0), "{}", told(&skipped));
    assert_eq!(json(&skipped)["mailings"][0]["letters"], OFFICIALS);
    assert_eq!(json(&skipped)["bad_rows"], 4);
    // The bad rows, mended in the table they were written to, make their letters.
    let bad = fs::read_to_string(out.join("bad-rows.csv")).unwrap();
    assert_eq!(bad.lines().count(), 5, "{bad}");
    let mended =
        bad.replace(",4401,", ",04401,").replace(",3 Hidden", "Ola Secretname,3 Hidden").replace("Minnesotta", "MN");
    let mended = mended.replace("not-an-address", "").replace(long.trim(), "").replace("\u{1F9FF}\u{13080}", "");
    fs::write(&path, mended).unwrap();
    let done = run(build(&path, &out, &["--json"]));
    assert_eq!(done.status.code(), Some(0), "{}", told(&done));
    assert_eq!(json(&done)["mailings"][0]["letters"], 4 * OFFICIALS);
}

#[test]
fn letters_are_picked_named_and_sorted() {
    let lab = tempfile::tempdir().unwrap();
    let path = list(lab.path(), 12);
    let out = lab.path().join("out");
    let planned = |more: &[&str]| {
        let mut all = vec!["--dry-run", "--json"];
        all.extend(more);
        let output = run(build(&path, &out, &all));
        assert_eq!(output.status.code(), Some(0), "{}", told(&output));
        json(&output)["mailings"][0]["letters"].as_u64().unwrap() as usize
    };
    assert_eq!(planned(&[]), 60);
    assert_eq!(planned(&["--rows", "5-6,9"]), 15);
    assert_eq!(planned(&["--limit", "2"]), 10);
    assert_eq!(planned(&["--where", "zip = 56203"]), 5);
    assert_eq!(planned(&["--where", "official.last = Gardner and zip < 56205"]), 3);
    assert_eq!(planned(&["--where", "district = 4 or joined = 1999"]), 12);
    assert_eq!(planned(&["--sample"]), 2, "with words of one's own and without");
    assert!(!out.exists(), "a dry run writes nothing");

    let wrong = run(build(&path, &out, &["--where", "ziip = 56203"]));
    assert_eq!(wrong.status.code(), Some(2));
    assert!(told(&wrong).contains("did you mean `ZIP`"), "{}", told(&wrong));
    let twins = run(build(&path, &out, &["--name", "{official.last}"]));
    assert_eq!(twins.status.code(), Some(1));
    assert!(told(&twins).contains("same name") && told(&twins).contains("{row}"), "{}", told(&twins));

    run(build(
        &path,
        &out,
        &["--rows", "2", "--name", "{zip} {official.last}-{signer.last}", "--where", "official.last = Gardner"],
    ));
    assert_eq!(letters(&folder(&out)).into_keys().collect::<Vec<_>>(), ["56202 gardner-numbered1.pdf"]);
    let out = lab.path().join("anonymous");
    run(build(&path, &out, &["--anonymous-names", "--limit", "1", "--zip"]));
    let names: Vec<String> = letters(&folder(&out)).into_keys().collect();
    assert_eq!(names, ["01-0002.pdf", "02-0002.pdf", "03-0002.pdf", "04-0002.pdf", "05-0002.pdf"]);
    let mut archive = zip::ZipArchive::new(fs::File::open(folder(&out).join("letters.zip")).unwrap()).unwrap();
    assert_eq!(archive.len(), 5);
    assert_eq!(
        std::io::copy(&mut archive.by_name("03-0002.pdf").unwrap(), &mut std::io::sink()).unwrap() as usize,
        letters(&folder(&out))["03-0002.pdf"].len()
    );
}

#[test]
fn stacks_hold_every_letter_in_the_order_asked_for() {
    let lab = tempfile::tempdir().unwrap();
    let path = list(lab.path(), 6);
    let out = lab.path().join("out");
    let made =
        run(build(&path, &out, &["--stack", "--stack-size", "12", "--sort", "zip,signer", "--duplex", "--json"]));
    assert_eq!(made.status.code(), Some(0), "{}", told(&made));
    let mailing = &json(&made)["mailings"][0];
    assert_eq!((mailing["letters"].as_u64(), mailing["sides"].as_u64()), (Some(30), Some(60)));
    let stacks = letters(&folder(&out));
    assert_eq!(stacks.keys().collect::<Vec<_>>(), ["stack-001.pdf", "stack-002.pdf", "stack-003.pdf"]);
    let again =
        run(build(&path, &out, &["--stack", "--stack-size", "12", "--sort", "zip,signer", "--duplex", "--json"]));
    assert_eq!(json(&again)["mailings"][0]["unchanged"], 3);

    let by = lab.path().join("by");
    run(build(&path, &by, &["--stack", "--stack-by", "official"]));
    let names: Vec<String> = letters(&folder(&by)).into_keys().collect();
    assert_eq!(names.len(), OFFICIALS);
    assert!(names.contains(&"stack-gardner.pdf".to_string()), "{names:?}");
}

#[test]
fn an_empty_sheet_has_the_titles_that_are_read() {
    let sheet = run(handbill(&["fields", "letter-commissioner", "--csv"]));
    let titles = String::from_utf8(sheet.stdout).unwrap();
    assert!(titles.starts_with("name,first,last,"), "{titles}");
    let lab = tempfile::tempdir().unwrap();
    let path = lab.path().join("members.csv");
    let cells = titles.trim().split(',').map(|title| match title {
        "name" => "Signer One",
        "street" => "1 Example Street",
        "city" => "Willmar",
        "zip" => "56201",
        _ => "",
    });
    fs::write(&path, format!("{titles}{}\n", cells.collect::<Vec<_>>().join(","))).unwrap();
    let made = run(build(&path, &lab.path().join("out"), &["--json"]));
    assert_eq!(json(&made)["mailings"][0]["letters"], OFFICIALS, "{}", told(&made));
    assert_eq!(run(handbill(&["fields", "petition", "--csv"])).status.code(), Some(2));
}

#[test]
fn what_is_wrong_with_the_table_is_told_once_and_with_the_rows() {
    let lab = tempfile::tempdir().unwrap();
    let path = lab.path().join("members.csv");
    fs::write(&path, "Name,Street,Ctiy\nSigner One,1 Example Street,Willmar\n,,Willmar\n").unwrap();
    let out = lab.path().join("out");
    // A campaign in which all is known, and nothing may be left to write in.
    let campaign = lab.path().join("example-county-mn");
    fs::create_dir(&campaign).unwrap();
    let known = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/campaigns/example-county-mn/campaign.toml");
    let known = fs::read_to_string(known).unwrap();
    assert!(known.contains("blanks = true"));
    fs::write(campaign.join("campaign.toml"), known.replace("blanks = true", "blanks = false")).unwrap();
    let mut command = handbill(&["build", "--date", "2026-11-21"]);
    command.arg(&campaign).args(["-d", "letter-commissioner"]).arg("--signers").arg(&path).arg("-o").arg(&out);
    let refused = run(command);
    assert_eq!(refused.status.code(), Some(1));
    let said = told(&refused);
    for (part, times) in [
        ("unknown column `Ctiy`", 1),
        ("did you mean `city`?", 1),
        ("no column `city`", 1),
        ("no column `zip`", 1),
        ("nobody is named", 1),
        ("the street is missing", 1),
        // It leaves out rows, and the table would still be wrong.
        ("--skip-bad", 0),
    ] {
        assert_eq!(said.matches(part).count(), times, "{part}: {said}");
    }
    assert!(!out.exists());
}

#[test]
#[cfg(unix)]
fn a_folder_that_cannot_be_written_is_said_plainly() {
    let lab = tempfile::tempdir().unwrap();
    let list = list(lab.path(), 2);
    // A file where the folder should be stands in the way of everybody, root too.
    let out = lab.path().join("out");
    fs::write(&out, "mine").unwrap();
    let refused = run(build(&list, &out, &[]));
    assert_eq!(refused.status.code(), Some(3));
    assert!(told(&refused).contains("cannot write"), "{}", told(&refused));
    assert_eq!(fs::read(&out).unwrap(), b"mine");
}

#[test]
fn every_letter_that_is_signed_has_room_for_words_of_ones_own() {
    let lab = tempfile::tempdir().unwrap();
    let path = lab.path().join("members.csv");
    let own = "I have lived here for many years, and I ask you to listen. ".repeat(2);
    fs::write(&path, format!("name,street,city,zip,paragraph\nSigner One,1 Example Street,Willmar,56201,\"{own}\"\n"))
        .unwrap();
    for document in ["letter-commissioner", "letter-sheriff", "letter-congress"] {
        let mut command = handbill(&["build", "campaigns/kandiyohi-county-mn", "--date", "2026-11-22", "--blanks"]);
        command.args(["-d", document, "--dry-run"]).arg("--signers").arg(&path).arg("-o").arg(lab.path().join("out"));
        let fits = run(command);
        assert_eq!(fits.status.code(), Some(0), "{document}: {}", told(&fits));
    }
}
