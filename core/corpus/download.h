// One file over http(s), resumable.
#pragma once
#include "core/job/event.h"

#include <filesystem>
#include <stop_token>
#include <string>

namespace moequant {

/// Downloads `url` to `target` by way of `target`.part, which a broken or stopped download leaves behind and
/// the next one goes on with (when the server offers ranges and the file there is still the same; otherwise
/// from the start). A dropped connection is taken up again a few times. Progress in bytes as stage "fetch".
/// Throws RequestError for an address that is not http or https, RunError naming the address when the server
/// or the network fails or the disk is full, Cancelled.
void download(const std::string& url, const std::filesystem::path& target, const EventSink& emit,
              const std::stop_token& stop);

} // namespace moequant
