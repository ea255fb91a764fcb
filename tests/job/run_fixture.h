// A job and a folder for the tests of runs.
#pragma once
#include "core/job/atomic_file.h"
#include "core/job/error.h"
#include "core/job/option_table.h"
#include "core/job/run.h"

#include <QTemporaryDir>
#include <QTest>

#include <functional>
#include <memory>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

namespace moequant {

using nlohmann::json;
namespace fs = std::filesystem;

inline std::string refusal(const std::function<void()>& action) {
    try {
        action();
    } catch (const RequestError& error) {
        return error.what();
    }
    return "";
}

inline bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// Runs `action` in a child process; its exit code is what action returns.
inline int in_child(const std::function<int()>& action) {
    const pid_t child = ::fork();
    if (child == 0) {
        int code = 99;
        try {
            code = action();
        } catch (...) {
        }
        ::_exit(code);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

/// A folder for each test function, and a job whose run lies in it.
class RunTest : public QObject {
  protected:
    void new_folder() {
        folder_ = std::make_unique<QTemporaryDir>();
        qputenv("XDG_DATA_HOME", folder_->filePath("data").toUtf8());
    }
    Job job() const {
        Job job = parse_job({{"kind", "quantize"},
                             {"model", "/models/my model"},
                             {"corpus", {"c4"}},
                             {"run", run().string()}});
        resolve_defaults(job);
        job.inputs = {{"model/config.json", {{"size", 2}, {"sha256", "aa"}}}};
        return job;
    }
    fs::path root() const { return folder_->path().toStdString(); }
    fs::path run() const { return root() / "run"; }
    std::unique_ptr<QTemporaryDir> folder_;
};

} // namespace moequant
