// Ctrl+C: the first asks the work to stop, the second ends the process.
#pragma once
#include <functional>

namespace moequant {

/// Blocks SIGINT and SIGTERM for this and all later threads and hands the first one to `stop` on a thread of
/// its own; a second one ends the process with exit code 130. Call it before any other thread exists.
void watch_interrupts(std::function<void()> stop);

} // namespace moequant
