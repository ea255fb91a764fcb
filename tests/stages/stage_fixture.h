// Jobs run as command and worker run them, in a folder of the test's own.
#pragma once
#include "core/job/error.h"
#include "core/job/job.h"
#include "core/job/run.h"
#include "core/stages/stage.h"

#include <QTemporaryDir>
#include <QtTest>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace moequant {

struct StageFixture {
    QTemporaryDir dir;
    Session session;
    std::vector<Event> events;
    std::stop_source stop;

    StageFixture() { // no corpora of the machine, no runs in the user's folder
        qunsetenv("MOEQUANT_DATA");
        qputenv("XDG_DATA_HOME", dir.filePath("data-home").toUtf8());
    }

    std::string path(const std::string& name) const { return dir.path().toStdString() + "/" + name; }

    std::string write(const std::string& name, const std::string& text) const {
        std::ofstream(path(name), std::ios::binary) << text;
        return path(name);
    }

    static Job make(const std::string& kind, const std::string& model,
                    nlohmann::json options = nlohmann::json::object(), std::vector<std::string> corpus = {}) {
        Job job;
        job.kind = kind;
        job.model = model;
        job.options = std::move(options);
        job.options["device"] = "cpu";
        job.corpus = std::move(corpus);
        return job;
    }

    /// Prepares and runs; the run folder is `name`.
    nlohmann::json run(Job job, const std::string& name) {
        job.run = path(name);
        resolve_defaults(job);
        check_job(job);
        prepare_job(job);
        Run folder(job);
        if (folder.stored_result())
            return *folder.stored_result();
        StageContext context{session, &folder, [this](const Event& event) { events.push_back(event); },
                             stop.get_token()};
        nlohmann::json result = run_job(job, context);
        folder.finish(result);
        return result;
    }

    /// What a refused job says.
    std::string refusal(Job job) {
        try {
            resolve_defaults(job);
            check_job(job);
            prepare_job(job);
        } catch (const RequestError& error) {
            return error.what();
        }
        return "";
    }
};

} // namespace moequant
