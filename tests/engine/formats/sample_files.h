#pragma once

#include "engine/network/dataset.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <cstring>
#include <filesystem>
#include <functional>
#include <vector>

/// Files of every kind, made byte by byte, so that the tests need no other program.
namespace samples {

/// Values as they lie in memory (little-endian).
template <typename T>
QByteArray raw(std::initializer_list<T> values)
{
    QByteArray bytes;
    for (const T value : values)
        bytes.append(reinterpret_cast<const char*>(&value), sizeof(T));
    return bytes;
}

/// The same with the bytes of every value reversed.
template <typename T>
QByteArray swapped(std::initializer_list<T> values)
{
    QByteArray bytes;
    for (const T value : values) {
        const QByteArray one = raw({ value });
        for (auto byte = one.crbegin(); byte != one.crend(); ++byte)
            bytes.append(*byte);
    }
    return bytes;
}

/// 0, 1, 2 ... as float32.
QByteArray counting(int count);

struct NpyOptions {
    bool fortran = false;
    int version = 1;
};

/// `descr` and `shape` as Python writes them: "'<f4'", "(2, 3)".
QByteArray npy(const QByteArray& descr, const QByteArray& shape, const QByteArray& data,
               const NpyOptions& options = {});
/// An .npy file with this header text.
QByteArray npyWithText(const QByteArray& text, const QByteArray& data, int version = 1);

struct ZipItem {
    QByteArray name;
    QByteArray data;
    bool deflated = false;
    qint64 claimedBytes = -1; ///< what the directory says it unpacks to; -1 = the truth
    int method = -1; ///< written instead of the true one
    int flags = 0; ///< 1 = encrypted
};
QByteArray zip(const QList<ZipItem>& items);
QByteArray gzip(const QByteArray& data);

QByteArray safetensors(const QByteArray& header, const QByteArray& data);
/// `type` is the third byte of the file; the data is big-endian.
QByteArray idx(int type, const QList<quint32>& extents, const QByteArray& data);
/// Records of CIFAR-10 (labelBytes 1) or CIFAR-100 (2); picture i is filled with i + 1, 50 + i, 100 + i.
QByteArray cifar(int records, int labelBytes = 1);

/// Writes a file into a folder; the name may hold any letters.
std::filesystem::path write(const QString& folder, const QString& name, const QByteArray& bytes);

/// The reader that recognises the file opens it.
engine::Dataset open(const std::filesystem::path& path);
/// The sentence of the engine::Error that `work` throws; empty when it throws none.
QString failure(const std::function<void()>& work);
QString failureOfOpening(const std::filesystem::path& path);

/// Elements of the tensor of this name; empty when there is none.
std::vector<float> values(const engine::Dataset& dataset, const std::string& tensor);

} // namespace samples
