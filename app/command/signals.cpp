#include "app/command/signals.h"

#include <csignal>
#include <pthread.h>
#include <thread>
#include <unistd.h>

namespace moequant {
namespace {

sigset_t interrupts() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    return set;
}

} // namespace

void watch_interrupts(std::function<void()> stop) {
    const sigset_t set = interrupts();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::thread([set, stop = std::move(stop)] {
        int signal = 0;
        sigwait(&set, &signal);
        static constexpr char note[] = "\nstopping; once more to end at once\n";
        if (::write(2, note, sizeof note - 1) < 0) {
            // nobody reads it
        }
        stop();
        sigwait(&set, &signal);
        ::_exit(130);
    }).detach();
}

} // namespace moequant
