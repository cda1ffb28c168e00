#include "tests/engine/dram/golden.h"

#include "engine/dram/dramsim2/files.h"
#include "engine/dram/dramsim3/files.h"

#include <QFile>
#include <QJsonDocument>
#include <QLocale>

namespace dramgolden {

namespace {

using engine::dram::Read;

std::string iniText(const QJsonObject& object)
{
    std::string text;
    for (auto at = object.begin(); at != object.end(); ++at) {
        if (at->isObject()) {
            text.append("[").append(at.key().toStdString()).append("]\n").append(iniText(at->toObject()));
            continue;
        }
        const QString value = at->isDouble()
            ? QString::number(at->toDouble(), 'g', QLocale::FloatingPointShortest)
            : at->isBool() ? (at->toBool() ? QStringLiteral("true") : QStringLiteral("false"))
                           : at->toString();
        text.append(at.key().toStdString()).append(" = ").append(value.toStdString()).append("\n");
    }
    return text;
}

} // namespace

QJsonObject file(const QString& model)
{
    QFile file(QStringLiteral(TESSERA_SOURCE_DIR "/tests/golden/dram/") + model + QStringLiteral(".json"));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

Read<engine::dram::dramsim2::Config> dramsim2Config(const QJsonObject& file, const QString& name)
{
    namespace model = engine::dram::dramsim2;
    const QJsonObject entry = file[QStringLiteral("configs")][name].toObject();
    const QString device = entry[QStringLiteral("device")].toString();
    Read<model::Device> parts =
        model::readDevice(iniText(file[QStringLiteral("devices")][device].toObject()), "device.ini");
    Read<model::System> system =
        model::readSystem(iniText(entry[QStringLiteral("system")].toObject()), "system.ini");
    system.value.capacity = static_cast<std::uint32_t>(entry[QStringLiteral("megs")].toInt());
    parts.warnings.insert(parts.warnings.end(), system.warnings.begin(), system.warnings.end());
    return { { device.toStdString(), parts.value, system.value }, parts.remarks, parts.warnings };
}

Read<engine::dram::dramsim3::Config> dramsim3Config(const QJsonObject& file, const QString& name)
{
    const QJsonObject entry = file[QStringLiteral("configs")][name].toObject();
    Read<engine::dram::dramsim3::Config> read =
        engine::dram::dramsim3::readConfig(iniText(entry), "config.ini");
    read.value.name = name.toStdString();
    return read;
}

QString digits(double value, int count)
{
    return QString::number(value, 'g', count);
}

} // namespace dramgolden
