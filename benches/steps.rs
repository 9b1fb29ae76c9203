//! Where the time goes when one campaign's five documents are made: `cargo bench --profile dev`.

use std::path::{Path, PathBuf};

use divan::{Bencher, black_box};
use handbill::compose::{Settings, compose};
use handbill::context::Run;
use handbill::diagnostic::Diagnostics;
use handbill::kit::Kit;
use handbill::make::{Formats, Workshop};
use handbill::plan::Wanted;
use handbill::typeset::Press;

fn main() {
    divan::main();
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("campaigns/kandiyohi-county-mn")
}

fn settings() -> Settings {
    Settings { today: "2026-11-21".parse().expect("a date"), blanks: false, allow_overdue: false, sheets: None }
}

fn workshop() -> Workshop {
    Workshop::open(&folder(), &mut Diagnostics::default()).expect("the example opens")
}

/// Facts, contracts and words read and checked.
#[divan::bench]
fn read_kit() -> Kit {
    Kit::for_campaign(&folder(), &mut Diagnostics::default())
}

/// Fonts and layouts made ready; the fonts are parsed once in a process.
#[divan::bench]
fn ready_press(bencher: Bencher) {
    let kit = Kit::built_in(&mut Diagnostics::default());
    bencher.bench_local(|| Press::new(black_box(&kit.library)));
}

/// The whole catalogue filled, made into blocks and checked, nothing set.
#[divan::bench(sample_count = 10)]
fn compose_catalogue(bencher: Bencher) {
    let mut workshop = workshop();
    let plan = workshop.plan(&Wanted::everything(), &settings(), &mut Diagnostics::default());
    bencher.bench_local(|| {
        for job in &plan.jobs {
            black_box(compose(
                &workshop.kit,
                &workshop.campaign,
                job,
                &settings(),
                &plan.run,
                &|_| true,
                &mut Diagnostics::default(),
            ));
        }
    });
}

/// The whole catalogue composed and set.
#[divan::bench(sample_count = 5)]
fn set_catalogue(bencher: Bencher) {
    let mut workshop = workshop();
    let plan = workshop.plan(&Wanted::everything(), &settings(), &mut Diagnostics::default());
    bencher.bench_local(|| {
        for job in &plan.jobs {
            black_box(workshop.make(job, &settings(), &mut Diagnostics::default()));
        }
    });
}

/// Every job filled, made into blocks and checked, nothing set.
#[divan::bench]
fn compose_all(bencher: Bencher) {
    let mut workshop = workshop();
    let jobs = workshop.plan(&Wanted::default(), &settings(), &mut Diagnostics::default()).jobs;
    bencher.bench_local(|| {
        for job in &jobs {
            black_box(compose(
                &workshop.kit,
                &workshop.campaign,
                job,
                &settings(),
                &Run::default(),
                &|_| true,
                &mut Diagnostics::default(),
            ));
        }
    });
}

/// Every job composed and set, with the engine's memo as warm as a long run has it.
#[divan::bench]
fn set_all(bencher: Bencher) {
    let mut workshop = workshop();
    let jobs = workshop.plan(&Wanted::default(), &settings(), &mut Diagnostics::default()).jobs;
    bencher.bench_local(|| {
        for job in &jobs {
            black_box(workshop.make(job, &settings(), &mut Diagnostics::default()));
        }
    });
}

/// Every job exported to PDF/UA.
#[divan::bench]
fn export_all(bencher: Bencher) {
    let mut workshop = workshop();
    let jobs = workshop.plan(&Wanted::default(), &settings(), &mut Diagnostics::default()).jobs;
    let made: Vec<_> =
        jobs.iter().filter_map(|job| workshop.make(job, &settings(), &mut Diagnostics::default())).collect();
    bencher.bench_local(|| {
        for made in &made {
            black_box(workshop.outputs(made, Formats { pdf: true, png: false }, &mut Diagnostics::default()));
        }
    });
}

/// All of it, as `handbill build` does it, but for writing the files.
#[divan::bench]
fn whole_campaign(bencher: Bencher) {
    bencher.bench_local(|| {
        let mut workshop = workshop();
        let jobs = workshop.plan(&Wanted::default(), &settings(), &mut Diagnostics::default()).jobs;
        for job in &jobs {
            let made = workshop.make(job, &settings(), &mut Diagnostics::default()).expect("it is made");
            black_box(workshop.outputs(&made, Formats { pdf: true, png: false }, &mut Diagnostics::default()));
        }
    });
}
