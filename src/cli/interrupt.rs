//! Ctrl-C: the first asks for an orderly end, the second ends at once.

use super::exit::Exit;
use super::failure::Failure;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// A flag that becomes true when the user asks for the end.
pub(super) fn watch() -> Result<Arc<AtomicBool>, Failure> {
    let asked = Arc::new(AtomicBool::new(false));
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
        // In this order, so that the first signal finds the flag still down.
        signal_hook::flag::register_conditional_shutdown(signal, Exit::Interrupted as i32, Arc::clone(&asked))
            .and_then(|_| signal_hook::flag::register(signal, Arc::clone(&asked)))
            .map_err(|error| Failure::failed(format!("cannot listen for an interruption: {error}")))?;
    }
    Ok(asked)
}
