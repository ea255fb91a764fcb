#include "app/workbench/top_token_file.h"

#include "app/workbench/tensor_file.h"

namespace moequant {

void TopTokenFile::expert(int row, int expert, QVector<int>& ids, QVector<double>& affinity) const {
    ids.clear();
    affinity.clear();
    if (row < 0 || row >= layers || expert < 0 || expert >= experts)
        return;
    for (qint64 i = 0; i < count; ++i) {
        const qint64 at = (row * experts + expert) * count + i;
        if (this->ids[at] < 0)
            return;
        ids.append(this->ids[at]);
        affinity.append(double(this->affinity[at]));
    }
}

TopTokenFile read_top_tokens(const QByteArray& bytes, const QString& name) {
    const TensorFile file(bytes, name);
    const auto shape = file.shape("ids");
    if (shape.size() != 3)
        file.refuse("holds no top tokens");
    return {shape[0], shape[1], shape[2], file.integers("ids", shape), file.floats("affinity", shape)};
}

} // namespace moequant
