#include "app/workbench/what_loads.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <set>

namespace moequant {
namespace {

using nlohmann::json;
using Loads = LoadAnswer::Loads;

QString say(const char* text) {
    return QCoreApplication::translate("WhatLoads", text);
}

/// `*` stands for any characters and `?` for one, as in --override.
bool matches(const char* pattern, const char* name) {
    for (; *pattern != '\0'; ++pattern, ++name) {
        if (*pattern == '*') {
            while (*pattern == '*')
                ++pattern;
            if (*pattern == '\0')
                return true;
            for (; *name != '\0'; ++name)
                if (matches(pattern, name))
                    return true;
            return false;
        }
        if (*name == '\0' || (*pattern != '?' && *pattern != *name))
            return false;
    }
    return *name == '\0';
}

struct Change {
    std::string pattern;
    bool skip = false;
    std::optional<int> bits, group_size;
    std::optional<bool> asymmetric;
};

/// `PATTERN=bits:8,group_size:32,sym:true` or `PATTERN=skip`; what is malformed is left to the worker to
/// refuse.
Change read_change(const std::string& text) {
    Change change;
    const QString whole = QString::fromStdString(text);
    const auto equals = whole.lastIndexOf('=');
    change.pattern = whole.left(equals).toStdString();
    const QString rest = whole.mid(equals + 1);
    change.skip = rest == u"skip";
    for (const QString& part : rest.split(',')) {
        const QString key = part.section(':', 0, 0).trimmed(), value = part.section(':', 1).trimmed();
        if (key == u"bits")
            change.bits = value.toInt();
        else if (key == u"group_size")
            change.group_size = value.toInt();
        else if (key == u"sym")
            change.asymmetric = value != u"true";
    }
    return change;
}

/// Linears that servers build as one matrix have one name here.
std::string fused_name(const std::string& name) {
    const auto dot = name.rfind('.');
    const std::string block = name.substr(0, dot), part = name.substr(dot + 1);
    if (part == "q_proj" || part == "k_proj" || part == "v_proj")
        return block + ".qkv";
    return part == "gate_proj" || part == "up_proj" || part == "w1" || part == "w3" ? block + ".gate_up"
                                                                                    : name;
}

struct Tally {
    CheckpointShape& shape;
    std::map<std::string, Grid> fused;
    std::map<int, Grid> layers; ///< of the first routed expert
    std::optional<Grid> routed, rest;

    void take(const std::string& name, int layer, bool expert, const Grid& grid) {
        if (!shape.grids.contains(grid))
            shape.grids.append(grid);
        if (expert) {
            shape.asymmetric_experts |= grid.asymmetric;
            const Grid& first = layers.try_emplace(layer, grid).first->second;
            shape.experts_differ |= !(first == grid);
            routed = routed.value_or(first);
            shape.layers_differ |= !(first == *routed);
        } else {
            const Grid& first = fused.try_emplace(fused_name(name), grid).first->second;
            shape.fused_differ |= !(first == grid);
            rest = rest.value_or(grid);
            shape.rest_differs |= !(*rest == grid);
        }
    }
};

int number(const json& object, const char* name) {
    return object.contains(name) && object[name].is_number() ? object[name].get<int>() : 0;
}

QString bits_text(const CheckpointShape& shape) {
    QStringList texts;
    for (const Grid& grid : shape.grids)
        if (const QString text = QString::number(grid.bits); !texts.contains(text))
            texts.append(text);
    return texts.join(QStringLiteral(", "));
}

bool any(const CheckpointShape& shape, bool (*is)(const Grid&)) {
    return std::any_of(shape.grids.begin(), shape.grids.end(), is);
}

/// What vLLM does with it, by its source.
LoadAnswer in_vllm(const CheckpointShape& shape) {
    const auto no = [](const char* text) { return LoadAnswer{QStringLiteral("vLLM"), Loads::No, say(text)}; };
    const bool gptq = shape.format == u"gptq", packed = shape.format == u"compressed-tensors";
    if (shape.format == u"float")
        return {QStringLiteral("vLLM"), Loads::Yes,
                say(QT_TRANSLATE_NOOP("WhatLoads", "loads this at TP 1"))};
    if (shape.quantized_router)
        return no(QT_TRANSLATE_NOOP("WhatLoads", "refuses a quantized router: it builds routers as float"));
    if (gptq && any(shape, [](const Grid& grid) { return grid.asymmetric; }))
        return no(QT_TRANSLATE_NOOP("WhatLoads", "refuses asymmetric gptq checkpoints"));
    if (gptq && any(shape, [](const Grid& grid) { return grid.bits != 4 && grid.bits != 8; }))
        return no(QT_TRANSLATE_NOOP("WhatLoads", "loads gptq of 4 or 8 bits only"));
    if (packed && shape.asymmetric_experts)
        return no(
            QT_TRANSLATE_NOOP("WhatLoads", "loads no experts with zero points from compressed-tensors"));
    if (shape.experts_differ)
        return no(
            packed ? QT_TRANSLATE_NOOP("WhatLoads", "reads all experts of a layer with the first one's bits")
                   : QT_TRANSLATE_NOOP("WhatLoads", "refuses experts of one layer with different grids"));
    if (shape.fused_differ)
        return no(QT_TRANSLATE_NOOP("WhatLoads", "refuses different grids inside q/k/v or gate/up"));
    if (any(shape, [](const Grid& grid) {
            return grid.group_size != -1 && grid.group_size != 32 && grid.group_size != 64 &&
                   grid.group_size != 128;
        }))
        return {QStringLiteral("vLLM"), Loads::Through,
                say(QT_TRANSLATE_NOOP(
                    "WhatLoads", "loads this at TP 1, but its fast kernels know groups of 32, 64, 128 or a "
                                 "whole row only"))};
    return {QStringLiteral("vLLM"), Loads::Yes, say(QT_TRANSLATE_NOOP("WhatLoads", "loads this at TP 1"))};
}

LoadAnswer in_transformers(const CheckpointShape& shape) {
    const auto answer = [](Loads loads, const char* text) {
        return LoadAnswer{QStringLiteral("transformers"), loads, say(text)};
    };
    if (shape.format == u"float")
        return answer(Loads::Yes, QT_TRANSLATE_NOOP("WhatLoads", "loads this"));
    if (shape.format == u"gptq") {
        if (shape.experts_differ || shape.layers_differ || shape.rest_differs || shape.fused_differ)
            return answer(Loads::No, QT_TRANSLATE_NOOP("WhatLoads", "ignores the rules for mixed grids"));
        return answer(Loads::Through, QT_TRANSLATE_NOOP("WhatLoads", "loads this through GPTQModel"));
    }
    if (shape.format == u"awq")
        return answer(Loads::Through,
                      QT_TRANSLATE_NOOP("WhatLoads", "loads this through AutoAWQ or GPTQModel"));
    if (shape.asymmetric_experts)
        return answer(Loads::No, QT_TRANSLATE_NOOP("WhatLoads", "loads no experts with zero points"));
    if (shape.experts_differ || shape.layers_differ)
        return answer(Loads::No,
                      QT_TRANSLATE_NOOP("WhatLoads", "misreads routed experts on different grids"));
    return answer(Loads::Yes, QT_TRANSLATE_NOOP("WhatLoads", "loads this (tried with 5.23)"));
}

} // namespace

CheckpointShape checkpoint_shape(const Job& quantize, const json& inspection) {
    const json& options = quantize.options;
    CheckpointShape shape;
    shape.format = QString::fromStdString(options.value("format", "gptq"));
    if (inspection.is_object())
        shape.model_type = QString::fromStdString(inspection.value("model_type", ""));
    const Grid grid{options.value("bits", 4), options.value("group_size", 128), options.value("asym", false)};
    shape.quantized_router = options.value("quantize_router", false);
    shape.act_order = options.value("act_order", false);
    std::vector<Change> changes;
    if (options.contains("override") && options["override"].is_array())
        for (const json& text : options["override"])
            if (text.is_string())
                changes.push_back(read_change(text.get<std::string>()));
    if (options.contains("average_bits") && options["average_bits"].is_number()) {
        (options.value("mixed_unit", "expert") == "layer" ? shape.layers_differ : shape.experts_differ) =
            true;
        shape.grids.clear();
        if (options.contains("bit_choices") && options["bit_choices"].is_array())
            for (const json& bits : options["bit_choices"])
                if (bits.is_number())
                    shape.grids.append({bits.get<int>(), grid.group_size, grid.asymmetric});
        if (!shape.grids.contains(grid))
            shape.grids.append(grid);
    } else {
        shape.grids = {grid};
    }
    shape.asymmetric_experts = grid.asymmetric;
    if (!inspection.is_object() || !inspection.contains("layers") || !inspection["layers"].is_array())
        return shape;
    if (!changes.empty())
        shape.asymmetric_experts = false;
    // Only a pattern with a number in it can tell a layer's experts apart.
    const bool one_by_one = std::any_of(changes.begin(), changes.end(), [](const Change& change) {
        return change.pattern.find_first_of("0123456789?") != std::string::npos;
    });
    Tally tally{shape, {}, {}, {}, {}};
    for (const json& layer : inspection["layers"]) {
        if (!layer.is_object() || !layer.contains("linears") || !layer["linears"].is_array())
            continue;
        for (const json& linear : layer["linears"]) {
            std::string name = linear.value("name", "");
            const int rows = number(linear, "rows"), columns = number(linear, "columns");
            const std::string part = name.substr(name.rfind('.') + 1);
            if (!shape.quantized_router &&
                (part == "gate" || part == "shared_expert_gate" || part == "router"))
                continue;
            const auto expert_at = name.find(".experts.0.");
            const int copies = expert_at != std::string::npos && one_by_one ? number(layer, "experts") : 1;
            const std::string head = expert_at == std::string::npos ? name : name.substr(0, expert_at + 9),
                              tail = expert_at == std::string::npos ? std::string()
                                                                    : name.substr(expert_at + 10);
            for (int expert = 0; expert < copies; ++expert) {
                if (expert_at != std::string::npos)
                    name = head + std::to_string(expert) + tail;
                Grid here = grid;
                bool skip = false;
                for (const Change& change : changes)
                    if (matches(change.pattern.c_str(), name.c_str())) {
                        skip = change.skip;
                        here.bits = change.bits.value_or(here.bits);
                        here.group_size = change.group_size.value_or(here.group_size);
                        here.asymmetric = change.asymmetric.value_or(here.asymmetric);
                    }
                if (skip)
                    continue;
                if (!changes.empty())
                    tally.take(name, number(layer, "index"), expert_at != std::string::npos, here);
                if (rows % 32 != 0 && shape.odd_rows == 0 && part != "gate" && part != "shared_expert_gate")
                    shape.odd_rows = rows;
                if (columns % 32 != 0 && shape.odd_columns == 0)
                    shape.odd_columns = columns;
                const int group = shape.format == u"awq" && here.group_size == -1 ? 128 : here.group_size;
                if (group > 0 && columns % group != 0 && shape.unfit_columns == 0)
                    shape.unfit_columns = columns;
            }
        }
    }
    if (tally.rest && tally.routed)
        shape.rest_differs |= !(*tally.rest == *tally.routed);
    return shape;
}

QVector<LoadAnswer> what_loads(const CheckpointShape& shape) {
    QVector<LoadAnswer> answers{in_vllm(shape), in_transformers(shape)};
    if (shape.format == u"gptq" || shape.format == u"awq")
        answers.append({QStringLiteral("GPTQModel"), Loads::Yes,
                        say(QT_TRANSLATE_NOOP("WhatLoads", "loads this (by its source)"))});
    return answers;
}

QString cannot_hold(const CheckpointShape& shape) {
    static const std::map<QString, std::set<int>> known = {{QStringLiteral("gptq"), {2, 3, 4, 8}},
                                                           {QStringLiteral("compressed-tensors"), {4, 8}},
                                                           {QStringLiteral("awq"), {4}},
                                                           {QStringLiteral("float"), {2, 3, 4, 5, 6, 7, 8}}};
    const auto found = known.find(shape.format);
    if (found == known.end())
        return say(QT_TRANSLATE_NOOP("WhatLoads", "unknown format"));
    for (const Grid& grid : shape.grids)
        if (!found->second.contains(grid.bits))
            return say(QT_TRANSLATE_NOOP("WhatLoads", "%1 cannot hold %2 bits"))
                .arg(shape.format, bits_text(shape));
    if (shape.format == u"float")
        return {};
    if (shape.format == u"awq" && std::any_of(shape.grids.begin(), shape.grids.end(), [&](const Grid& grid) {
            return grid.group_size != shape.grids.first().group_size;
        }))
        return say(QT_TRANSLATE_NOOP("WhatLoads", "awq holds one group size"));
    if (shape.unfit_columns > 0)
        return say(QT_TRANSLATE_NOOP("WhatLoads", "%1 columns are no multiple of the group size"))
            .arg(shape.unfit_columns);
    if (shape.format == u"gptq" && shape.odd_columns > 0)
        return say(QT_TRANSLATE_NOOP("WhatLoads", "gptq packs multiples of 32 columns, not %1"))
            .arg(shape.odd_columns);
    if (shape.format != u"compressed-tensors" && shape.odd_rows > 0)
        return say(QT_TRANSLATE_NOOP("WhatLoads", "%1 packs multiples of 32 rows, not %2"))
            .arg(shape.format)
            .arg(shape.odd_rows);
    return {};
}

QVector<VerdictLine> load_lines(const CheckpointShape& shape) {
    using Tone = VerdictLine::Tone;
    QVector<VerdictLine> lines;
    if (const QString why = cannot_hold(shape); !why.isEmpty())
        return {{Tone::Bad, say(QT_TRANSLATE_NOOP("WhatLoads", "Format")), why}};
    for (const LoadAnswer& answer : what_loads(shape))
        lines.append({answer.loads == Loads::No        ? Tone::Warning
                      : answer.loads == Loads::Untried ? Tone::Neutral
                                                       : Tone::Good,
                      answer.software, answer.text});
    return lines;
}

QVector<LoadCommand> load_commands(const CheckpointShape& shape, const QString& folder) {
    const QString path = QString::fromStdString(shell_quote(folder.toStdString()));
    QString in_python = folder;
    in_python.replace('\\', QStringLiteral("\\\\")).replace('\'', QStringLiteral("\\'"));
    const bool own_code = shape.model_type == u"deepseek"; // its modelling code lies in the folder
    const auto python = [&](const QString& program) {
        return QStringLiteral("python -c ") + QString::fromStdString(shell_quote(program.toStdString()));
    };
    QVector<LoadCommand> commands;
    for (const LoadAnswer& answer : what_loads(shape)) {
        if (answer.loads == Loads::No)
            continue;
        if (answer.software == u"vLLM") {
            QString line = QStringLiteral("vllm serve %1 --tensor-parallel-size 1").arg(path);
            if (shape.format == u"gptq" || shape.format == u"awq") // their scales are fp16
                line += QStringLiteral(" --dtype float16");
            if (own_code)
                line += QStringLiteral(" --trust-remote-code");
            commands.append({answer.software, line});
        } else if (answer.software == u"transformers") {
            commands.append({answer.software,
                             python(QStringLiteral("from transformers import AutoModelForCausalLM as Model; "
                                                   "model = Model.from_pretrained('%1', device_map='auto'%2)")
                                        .arg(in_python, own_code ? QStringLiteral(", trust_remote_code=True")
                                                                 : QString()))});
        } else {
            commands.append({answer.software, python(QStringLiteral("from gptqmodel import GPTQModel; "
                                                                    "model = GPTQModel.load('%1')")
                                                         .arg(in_python))});
        }
    }
    return commands;
}

} // namespace moequant
