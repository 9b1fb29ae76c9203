//! Turns a folder of local details into print-ready paper for people who organize about 287(g) agreements.

pub mod address;
pub mod blocks;
pub mod campaign;
pub mod cli;
pub mod commands;
pub mod compose;
pub mod confirm;
pub mod context;
pub mod contract;
pub mod decode;
pub mod deliver;
pub mod diagnostic;
pub mod facts;
pub mod fields;
pub mod fill;
pub mod kit;
pub mod lexicon;
pub mod library;
pub mod make;
pub mod markdown;
pub mod plan;
pub mod reading;
pub mod sources;
pub mod typeset;
pub mod values;
pub mod words;
