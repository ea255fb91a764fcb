// RUN/top_tokens.safetensors of `profile --top-tokens N`: the tokens that every expert likes best.
#pragma once
#include <QByteArray>
#include <QString>
#include <QVector>

namespace moequant {

struct TopTokenFile {
    qint64 layers = 0, experts = 0, count = 0;
    QVector<qint32> ids;     ///< [layers, experts, count], −1: the expert saw fewer tokens
    QVector<float> affinity; ///< the same shape: sum of the router's coefficients
    /// Ids and affinities of one expert, greatest first; `row` counts MoE layers.
    void expert(int row, int expert, QVector<int>& ids, QVector<double>& affinity) const;
};

/// Throws RequestError naming the file when a tensor is missing or has another type or shape.
TopTokenFile read_top_tokens(const QByteArray& bytes, const QString& name);

} // namespace moequant
