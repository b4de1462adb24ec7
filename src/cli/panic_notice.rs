//! What is said if the program itself is wrong. That should never happen; if it does, the report should be of use.

/// Says, on a panic, what to send to those who can mend it.
pub(super) fn install() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let message = panic.payload_as_str().unwrap_or("no message");
        anstream::eprintln!(
            "\nCanvass has come upon a mistake of its own. No half-written file is left.\n\
             Please send these lines, the scenario file and the command you gave:\n\n  \
             canvass {} on {} {}\n  {place}: {message}\n  {}\n",
            env!("CARGO_PKG_VERSION"),
            std::env::consts::OS,
            std::env::consts::ARCH,
            std::env::args().collect::<Vec<_>>().join(" "),
        );
    }));
}
