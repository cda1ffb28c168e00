#include "tests/engine/formats/sample_files.h"

#include "engine/base/error.h"
#include "engine/formats/catalogue.h"

#include <QDir>
#include <QFile>
#include <QtEndian>

#include <zlib.h>

namespace samples {

namespace {

void append16(QByteArray& bytes, quint64 value)
{
    bytes.append(raw({ static_cast<quint16>(value) }));
}

void append32(QByteArray& bytes, quint64 value)
{
    bytes.append(raw({ static_cast<quint32>(value) }));
}

/// windowBits: negative = bare deflate, above 16 = gzip.
QByteArray deflated(const QByteArray& data, int windowBits)
{
    z_stream stream {};
    if (deflateInit2(&stream, 9, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        qFatal("deflateInit2");
    QByteArray in = data;
    QByteArray out(static_cast<qsizetype>(deflateBound(&stream, static_cast<uLong>(data.size()))) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    if (deflate(&stream, Z_FINISH) != Z_STREAM_END)
        qFatal("deflate");
    out.resize(static_cast<qsizetype>(stream.total_out));
    deflateEnd(&stream);
    return out;
}

/// The part that local header and directory record share.
QByteArray commonFields(const ZipItem& item, const QByteArray& packed)
{
    QByteArray fields;
    append16(fields, 20);
    append16(fields, static_cast<quint64>(item.flags));
    append16(fields, static_cast<quint64>(item.method >= 0 ? item.method : item.deflated ? 8 : 0));
    append32(fields, 0x21'0000); // 1980-01-01
    append32(
        fields,
        crc32(0, reinterpret_cast<const Bytef*>(item.data.constData()), static_cast<uInt>(item.data.size())));
    append32(fields, static_cast<quint64>(packed.size()));
    append32(fields, static_cast<quint64>(item.claimedBytes >= 0 ? item.claimedBytes : item.data.size()));
    append16(fields, static_cast<quint64>(item.name.size()));
    append16(fields, 0);
    return fields;
}

} // namespace

QByteArray counting(int count)
{
    QByteArray bytes;
    for (int i = 0; i < count; ++i)
        bytes.append(raw({ static_cast<float>(i) }));
    return bytes;
}

QByteArray npyWithText(const QByteArray& text, const QByteArray& data, int version)
{
    QByteArray bytes("\x93NUMPY", 6);
    bytes.append(static_cast<char>(version)).append('\0');
    if (version == 1)
        append16(bytes, static_cast<quint64>(text.size()));
    else
        append32(bytes, static_cast<quint64>(text.size()));
    return bytes + text + data;
}

QByteArray npy(const QByteArray& descr, const QByteArray& shape, const QByteArray& data,
               const NpyOptions& options)
{
    QByteArray text = "{'descr': " + descr + ", 'fortran_order': " + (options.fortran ? "True" : "False")
        + ", 'shape': " + shape + ", }";
    const qsizetype prefix = options.version == 1 ? 10 : 12;
    while ((prefix + text.size() + 1) % 64 != 0)
        text.append(' ');
    return npyWithText(text + '\n', data, options.version);
}

QByteArray zip(const QList<ZipItem>& items)
{
    QByteArray bytes;
    QByteArray directory;
    for (const ZipItem& item : items) {
        const QByteArray packed = item.deflated ? deflated(item.data, -MAX_WBITS) : item.data;
        const QByteArray fields = commonFields(item, packed);
        directory.append("PK\x01\x02");
        append16(directory, 20);
        directory.append(fields);
        append16(directory, 0);
        append16(directory, 0);
        append16(directory, 0);
        append32(directory, 0);
        append32(directory, static_cast<quint64>(bytes.size()));
        directory.append(item.name);
        bytes.append("PK\x03\x04").append(fields).append(item.name).append(packed);
    }
    const auto start = static_cast<quint64>(bytes.size());
    bytes.append(directory).append("PK\x05\x06");
    append32(bytes, 0);
    append16(bytes, static_cast<quint64>(items.size()));
    append16(bytes, static_cast<quint64>(items.size()));
    append32(bytes, static_cast<quint64>(directory.size()));
    append32(bytes, start);
    append16(bytes, 0);
    return bytes;
}

QByteArray gzip(const QByteArray& data)
{
    return deflated(data, 16 + MAX_WBITS);
}

QByteArray safetensors(const QByteArray& header, const QByteArray& data)
{
    return raw({ static_cast<quint64>(header.size()) }) + header + data;
}

QByteArray idx(int type, const QList<quint32>& extents, const QByteArray& data)
{
    QByteArray bytes(2, '\0');
    bytes.append(static_cast<char>(type)).append(static_cast<char>(extents.size()));
    for (const quint32 extent : extents)
        bytes.append(swapped({ extent }));
    return bytes + data;
}

QByteArray cifar(int records, int labelBytes)
{
    QByteArray bytes;
    for (int i = 0; i < records; ++i) {
        for (int label = 0; label < labelBytes; ++label)
            bytes.append(static_cast<char>((i + 3 * label) % 10));
        bytes.append(1024, static_cast<char>(i + 1));
        bytes.append(1024, static_cast<char>(50 + i));
        bytes.append(1024, static_cast<char>(100 + i));
    }
    return bytes;
}

std::filesystem::path write(const QString& folder, const QString& name, const QByteArray& bytes)
{
    const QString path = folder + QLatin1Char('/') + name;
    QDir().mkpath(path.section(QLatin1Char('/'), 0, -2));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(bytes) != bytes.size())
        qFatal("cannot write the sample file");
    return QFile::encodeName(path).toStdString();
}

engine::Dataset open(const std::filesystem::path& path)
{
    return engine::formats::recognise(engine::formats::catalogue(), path).read(path, {});
}

QString failure(const std::function<void()>& work)
{
    try {
        work();
    } catch (const engine::Error& error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

QString failureOfOpening(const std::filesystem::path& path)
{
    return failure([&path] { open(path); });
}

std::vector<float> values(const engine::Dataset& dataset, const std::string& tensor)
{
    const engine::Tensor* found = dataset.find(tensor);
    return found == nullptr ? std::vector<float>() : engine::readFloats(*found);
}

} // namespace samples
