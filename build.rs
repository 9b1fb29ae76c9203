//! Has the program built anew when an embedded template or fact changes, which the embedding macro cannot see by itself.

fn main() {
    println!("cargo::rerun-if-changed=templates");
    println!("cargo::rerun-if-changed=facts");
}
