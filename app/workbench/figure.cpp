#include "app/workbench/figure.h"

#include "app/workbench/figures/figure.h"
#include "app/workbench/lab_panels.h"
#include "core/job/error.h"

#include <QFileInfo>

#include <algorithm>
#include <cstdio>

namespace moequant {
namespace {

double number_of(const QString& name, const QString& text) {
    bool good = false;
    const double value = text.toDouble(&good);
    if (!good)
        throw RequestError(name.toStdString(), "'" + text.toStdString() + "' is no number");
    return value;
}

int whole_of(const QString& name, const QString& text) {
    bool good = false;
    const int value = text.toInt(&good);
    if (!good)
        throw RequestError(name.toStdString(), "'" + text.toStdString() + "' is no whole number");
    return value;
}

bool is_kind(const QString& name) {
    return std::any_of(figure_kinds().begin(), figure_kinds().end(),
                       [&](const FigureKind& kind) { return name == QLatin1String(kind.name); });
}

const FigureKind& kind_of(const FigureRequest& request) {
    for (const FigureKind& kind : figure_kinds())
        if (request.kind == QLatin1String(kind.name))
            return kind;
    throw RequestError("--kind: unknown '" + request.kind.toStdString() + "' (known: " + figure_kind_names() +
                       ")");
}

bool is_notebook(const FigureRequest& request) {
    return request.kind == "hessian" && QFileInfo(request.output).suffix().toLower() == "md";
}

FigureRequest parse(const QStringList& arguments) {
    FigureRequest request;
    for (int i = 0; i < arguments.size(); ++i) {
        QString name = arguments[i];
        if (name == "--figure" || name == "--") // the runs follow, with or without options between
            continue;
        if (!name.startsWith('-')) {
            request.runs.push_back(name);
            continue;
        }
        QString value;
        if (const auto equals = name.indexOf('='); name.startsWith("--") && equals > 0) {
            value = name.mid(equals + 1);
            name.truncate(equals);
        } else if (++i < arguments.size()) {
            value = arguments[i];
        } else {
            throw RequestError(name.toStdString() + ": a value is missing");
        }
        if (name == "--kind")
            request.kind = value;
        else if (name == "-o" || name == "--output")
            request.output = value;
        else if (name == "--width")
            request.width = number_of(name, value);
        else if (name == "--height")
            request.height = number_of(name, value);
        else if (name == "--dpi")
            request.dpi = whole_of(name, value);
        else if (name == "--layer")
            request.layer = whole_of(name, value);
        else if (name == "--sequence")
            request.sequence = whole_of(name, value);
        else if (name == "--metric")
            request.metric = value;
        else if (name == "--setting")
            request.setting = value;
        else
            throw RequestError("unknown option " + name.toStdString());
    }
    // `--figure KIND RUN…` says the same; a run folder of that name is written ./KIND.
    if (request.kind.isEmpty() && !request.runs.empty() && is_kind(request.runs.front())) {
        request.kind = request.runs.front();
        request.runs.erase(request.runs.begin());
    }
    if (request.kind.isEmpty())
        throw RequestError("--kind is needed: one of " + figure_kind_names());
    kind_of(request); // an unknown one is told first
    if (request.runs.empty())
        throw RequestError("--figure: no run folder is named");
    if (request.output.isEmpty())
        throw RequestError("-o: the file to write is needed");
    const QString suffix = QFileInfo(request.output).suffix().toLower();
    if (suffix != "pdf" && suffix != "svg" && suffix != "png" && !is_notebook(request))
        throw RequestError(request.output.toStdString(), suffix == "md"
                                                             ? "only --kind hessian ends in .md"
                                                             : "a figure ends in .pdf, .svg or .png");
    return request;
}

} // namespace

int run_figure(const QStringList& arguments) {
    try {
        const FigureRequest request = parse(arguments);
        FigureSize size{170, 75, request.dpi};
        if (const QString fault =
                check_figure_size({request.width.value_or(170), request.height.value_or(75), request.dpi});
            !fault.isEmpty())
            throw RequestError(fault.toStdString());
        QString fault;
        if (is_notebook(request)) {
            fault = write_hessian_notebook(request);
        } else {
            const Figure figure = kind_of(request).draw(request);
            size.width_mm = request.width.value_or(figure.width_mm);
            size.height_mm = request.height.value_or(std::min(figure.height_mm, 1000.0));
            fault = save_figure(figure.panels, figure.columns, request.output, size);
        }
        if (!fault.isEmpty()) {
            std::fprintf(stderr, "%s\n", qPrintable(fault));
            return 1;
        }
        std::printf("%s\n", qPrintable(QFileInfo(request.output).absoluteFilePath()));
        return 0;
    } catch (const RequestError& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 2;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}

const char* figure_help() {
    static const std::string text =
        "  moequant-workbench --figure KIND RUN... -o FILE.pdf|svg|png\n"
        "                     [--width MM] [--height MM] [--dpi N] [--layer N] [--sequence N]\n"
        "                     [--metric NAME] [--setting NAME]\n"
        "                           draw a figure for a paper, without a display; kinds:\n"
        "                           " +
        figure_kind_names() +
        "\n"
        "                           hessian: --metric names one panel, of\n"
        "                           " +
        panel_names() +
        ";\n"
        "                           -o FILE.md writes a notebook with its figures in FILE_files/\n";
    return text.c_str();
}

} // namespace moequant
