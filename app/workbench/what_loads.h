// Which software loads a quantized checkpoint, and which format can hold it: docs/formats.md, "What loads
// them", as a pure function.
#pragma once
#include "core/job/job.h"
#include "widgets/verdict_card.h"

#include <QString>
#include <QVector>

namespace moequant {

struct Grid {
    int bits = 4;
    int group_size = 128; ///< -1: the whole row
    bool asymmetric = false;
    bool operator==(const Grid&) const = default;
};

/// What a checkpoint is, as far as software that loads it cares.
struct CheckpointShape {
    QString format = QStringLiteral("gptq"); ///< gptq, compressed-tensors, awq, float
    QString model_type;                      ///< as in config.json; empty: unknown
    QVector<Grid> grids = QVector<Grid>(1);         ///< every grid that occurs, each once
    bool asymmetric_experts = false;         ///< a routed expert has zero points
    bool experts_differ = false;             ///< within a layer, routed experts have different grids
    bool layers_differ = false;              ///< the routed experts of different layers do
    bool fused_differ = false;               ///< inside q/k/v or gate/up
    bool rest_differs = false;               ///< attention or shared experts against the routed ones
    bool quantized_router = false;
    bool act_order = false;
    int odd_rows = 0, odd_columns = 0; ///< the first size of a linear that is no multiple of 32; 0: none
    int unfit_columns = 0;             ///< the first that is no multiple of its group size; 0: none
};

/// What a quantize job makes of the model that `inspection` (the result of `inspect`) describes. Overrides
/// count for the linears that their patterns match; mixed precision counts as different grids.
CheckpointShape checkpoint_shape(const Job& quantize, const nlohmann::json& inspection);

struct LoadAnswer {
    enum class Loads { Yes, Through, No, Untried };
    QString software; ///< vLLM, transformers, GPTQModel
    Loads loads = Loads::Yes;
    QString text; ///< "loads this at TP 1"
};
QVector<LoadAnswer> what_loads(const CheckpointShape& shape);

/// Why the format cannot hold it; empty when it can, as far as this can be told before the work.
QString cannot_hold(const CheckpointShape& shape);

/// The answers as lines of a verdict; with `cannot_hold` first where there is one.
QVector<VerdictLine> load_lines(const CheckpointShape& shape);

/// A command line that loads the checkpoint in `folder`, for each software that does.
struct LoadCommand {
    QString software, line;
};
QVector<LoadCommand> load_commands(const CheckpointShape& shape, const QString& folder);

} // namespace moequant
