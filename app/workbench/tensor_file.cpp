#include "app/workbench/tensor_file.h"

#include "core/job/error.h"

#include <QtEndian>

#include <cstring>

namespace moequant {
namespace {

using nlohmann::json;

constexpr qint64 most_values = qint64(1) << 28;

/// −1: no such tensor, or its entry is malformed.
qint64 values_of(const json& entry) {
    if (!entry.is_object() || !entry.contains("shape") || !entry["shape"].is_array())
        return -1;
    qint64 values = 1;
    for (const json& extent : entry["shape"]) {
        if (!extent.is_number_unsigned() || extent.get<quint64>() > quint64(most_values))
            return -1;
        values *= extent.get<qint64>();
        if (values > most_values)
            return -1;
    }
    return values;
}

} // namespace

TensorFile::TensorFile(const QByteArray& bytes, const QString& name) : name_(name) {
    if (bytes.size() < 8)
        refuse("is no safetensors file");
    const auto length = qFromLittleEndian<quint64>(bytes.constData());
    if (length > quint64(bytes.size() - 8))
        refuse("is cut short: the header does not fit");
    header_ = json::parse(bytes.cbegin() + 8, bytes.cbegin() + 8 + qsizetype(length), nullptr, false);
    if (!header_.is_object())
        refuse("has no JSON header");
    data_ = bytes.mid(8 + qsizetype(length));
}

void TensorFile::refuse(const std::string& fault) const {
    throw RequestError(name_.toStdString(), fault);
}

QVector<qint64> TensorFile::shape(const char* tensor) const {
    if (!header_.contains(tensor) || values_of(header_[tensor]) < 0)
        return {};
    const auto extents = header_[tensor]["shape"].get<std::vector<qint64>>();
    return {extents.begin(), extents.end()};
}

std::string TensorFile::metadata(const char* key) const {
    const json all = header_.value("__metadata__", json());
    return all.is_object() && all.contains(key) && all[key].is_string() ? all[key].get<std::string>()
                                                                        : std::string();
}

template <typename T>
QVector<T> TensorFile::read(const char* tensor, const char* type, const QVector<qint64>& shape) const {
    const std::string quoted = std::string("tensor '") + tensor + "'";
    if (!header_.contains(tensor))
        refuse("holds no " + quoted);
    const json& entry = header_[tensor];
    const qint64 values = values_of(entry);
    if (values < 0 || entry.value("dtype", json()) != type || this->shape(tensor) != shape)
        refuse(quoted + " has another type or shape");
    const json offsets = entry.value("data_offsets", json());
    if (!offsets.is_array() || offsets.size() != 2 || !offsets[0].is_number_unsigned() ||
        !offsets[1].is_number_unsigned())
        refuse(quoted + " says not where its data lies");
    const auto begin = offsets[0].get<quint64>(), end = offsets[1].get<quint64>();
    if (begin > end || end > quint64(data_.size()) || end - begin != quint64(values) * sizeof(T))
        refuse(quoted + " lies outside the file");
    QVector<T> read(values);
    std::memcpy(read.data(), data_.constData() + begin, std::size_t(values) * sizeof(T));
    return read;
}

QVector<float> TensorFile::floats(const char* tensor, const QVector<qint64>& shape) const {
    return read<float>(tensor, "F32", shape);
}

QVector<qint32> TensorFile::integers(const char* tensor, const QVector<qint64>& shape) const {
    return read<qint32>(tensor, "I32", shape);
}

QVector<quint8> TensorFile::bytes(const char* tensor, const QVector<qint64>& shape) const {
    return read<quint8>(tensor, "U8", shape);
}

} // namespace moequant
