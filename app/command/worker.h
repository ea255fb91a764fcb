// `moequant worker`: JSON lines on stdin and stdout (docs/protocol.md).
#pragma once

namespace moequant {

/// Serves requests until the end of stdin or `quit`; returns the exit code. Takes file descriptor 1 for the
/// protocol and points it at stderr, so that nothing else prints into the lines.
int run_worker();

} // namespace moequant
