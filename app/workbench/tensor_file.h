// Small safetensors files of run folders, read without libtorch: u64 little-endian header length, JSON
// header, data (https://github.com/huggingface/safetensors).
#pragma once
#include <nlohmann/json.hpp>

#include <QByteArray>
#include <QString>
#include <QVector>

namespace moequant {

class TensorFile {
  public:
    /// Throws RequestError naming the file when the header is none, or a tensor lies outside the data.
    TensorFile(const QByteArray& bytes, const QString& name);
    /// Empty when there is no such tensor.
    QVector<qint64> shape(const char* tensor) const;
    /// A text of the metadata; empty when there is none.
    std::string metadata(const char* key) const;

    /// Throw RequestError naming file and tensor when it is missing or has another type or shape.
    QVector<float> floats(const char* tensor, const QVector<qint64>& shape) const;
    QVector<qint32> integers(const char* tensor, const QVector<qint64>& shape) const;
    QVector<quint8> bytes(const char* tensor, const QVector<qint64>& shape) const;
    [[noreturn]] void refuse(const std::string& fault) const;

  private:
    template <typename T>
    QVector<T> read(const char* tensor, const char* type, const QVector<qint64>& shape) const;
    QByteArray data_;
    QString name_;
    nlohmann::json header_;
};

} // namespace moequant
