#include "analysis/dram/memory.h"

#include "engine/base/error.h"
#include "engine/dram/dramsim2/files.h"
#include "engine/dram/dramsim2/simulate.h"
#include "engine/dram/dramsim3/files.h"
#include "engine/dram/dramsim3/simulate.h"
#include "engine/dram/presets.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>

namespace analysis {

namespace dram = engine::dram;
namespace sim2 = engine::dram::dramsim2;
namespace sim3 = engine::dram::dramsim3;

namespace {

constexpr qint64 largestFile = 1 << 20;

std::string readText(Memory& memory, const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw engine::IoError(path.toStdString() + ": " + file.errorString().toStdString());
    if (file.size() > largestFile)
        throw engine::FormatError(path.toStdString() + ": more than 1 MiB is no configuration file");
    const QByteArray content = file.readAll();
    const QByteArray digest = QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex();
    memory.files.push_back({ path, QString::fromLatin1(digest) });
    return content.toStdString();
}

/// What is odd in a preset is known and meant so; in a file the user wants to know.
template <typename T>
T take(Memory& memory, const dram::Read<T>& read, bool isFile)
{
    for (const std::string& remark : read.remarks)
        memory.remarks << QString::fromStdString(remark);
    for (const std::string& warning : read.warnings)
        (isFile ? memory.warnings : memory.remarks) << QString::fromStdString(warning);
    return read.value;
}

[[noreturn]] void refuse(const std::string& text)
{
    throw engine::ParameterError(text);
}

// An integer parameter whose 0 means "as the file or the simulator has it".
template <typename Number>
void override(Number& to, const Values& values, const char* id)
{
    const qint64 value = values.integer(QString::fromLatin1(id));
    if (value > 0)
        to = static_cast<Number>(value);
}

bool isDefault(const QString& word)
{
    return word == QLatin1String("default");
}

void setMapping(sim2::System& system, const QString& mapping)
{
    if (isDefault(mapping))
        return;
    const QChar last = mapping.isEmpty() ? QChar() : mapping.back();
    if (!mapping.startsWith(QLatin1String("scheme")) || mapping.size() != 7 || last < u'1' || last > u'7')
        refuse("Address mapping: \"" + mapping.toStdString()
               + "\" is not scheme1..scheme7, as DRAMSim2 has them");
    system.mapping = static_cast<std::uint32_t>(last.unicode() - u'0');
}

void applySystem(sim2::System& system, const Values& values)
{
    override(system.capacity, values, "capacity");
    override(system.channels, values, "channels");
    override(system.transactionQueue, values, "trans-queue");
    override(system.commandQueue, values, "cmd-queue");
    override(system.rowAccesses, values, "row-accesses");
    setMapping(system, values.text(QStringLiteral("mapping")));
    const QString policy = values.text(QStringLiteral("row-policy"));
    if (!isDefault(policy))
        system.rowPolicy = policy == QLatin1String("open") ? sim2::RowPolicy::Open : sim2::RowPolicy::Close;
    const QString queue = values.text(QStringLiteral("queue"));
    if (!isDefault(queue))
        system.queues =
            queue == QLatin1String("per-rank") ? sim2::Queues::PerRank : sim2::Queues::PerRankPerBank;
    const QString scheduling = values.text(QStringLiteral("scheduling"));
    if (!isDefault(scheduling))
        system.scheduling = scheduling == QLatin1String("rank-then-bank") ? sim2::Scheduling::RankThenBank
                                                                          : sim2::Scheduling::BankThenRank;
    const QString power = values.text(QStringLiteral("low-power"));
    if (!isDefault(power))
        system.lowPower = power == QLatin1String("on");
}

void requireDefault(const Values& values, const char* id)
{
    const QString text = toText(values.all().at(QString::fromLatin1(id)));
    if (!isDefault(text) && text != QLatin1String("0"))
        refuse(std::string(id) + ": the model dramsim3 has no such choice");
}

void applySystem(sim3::Config& config, const Values& values)
{
    requireDefault(values, "scheduling");
    requireDefault(values, "row-accesses");
    requireDefault(values, "low-power");
    override(config.channels, values, "channels");
    if (const qint64 capacity = values.integer(QStringLiteral("capacity")); capacity > 0) {
        const qint64 channels = std::max(1, config.channels);
        if (capacity < channels)
            refuse("Capacity: " + std::to_string(capacity) + " MB is less than 1 MB for each of "
                   + std::to_string(channels) + " channels");
        config.channelSize = static_cast<std::int32_t>(capacity / channels);
    }
    override(config.transQueueSize, values, "trans-queue");
    override(config.cmdQueueSize, values, "cmd-queue");
    const QString mapping = values.text(QStringLiteral("mapping"));
    if (!isDefault(mapping))
        config.addressMapping = mapping.toStdString();
    const QString policy = values.text(QStringLiteral("row-policy"));
    if (!isDefault(policy))
        config.rowPolicy = policy == QLatin1String("open") ? sim3::RowPolicy::Open : sim3::RowPolicy::Close;
    const QString queue = values.text(QStringLiteral("queue"));
    if (!isDefault(queue))
        config.queues = queue == QLatin1String("per-rank") ? sim3::Queues::PerRank : sim3::Queues::PerBank;
}

sim2::Config dramsim2Config(Memory& memory, const Values& values, const sim2::Device& device,
                            const QString& name)
{
    sim2::Config config { .name = name.toStdString(), .device = device, .system = {} };
    const QString path = values.text(QStringLiteral("system"));
    if (!path.isEmpty())
        config.system = take(memory, sim2::readSystem(readText(memory, path), path.toStdString()), true);
    applySystem(config.system, values);
    config.check();
    return config;
}

} // namespace

QString Memory::name() const
{
    return QString::fromStdString(std::visit([](const auto& c) { return c.name; }, config));
}

QString Memory::modelName() const
{
    return isDramSim2() ? QStringLiteral("DRAMSim2") : QStringLiteral("DRAMsim3");
}

double Memory::clockNs() const
{
    if (const auto* two = std::get_if<sim2::Config>(&config))
        return static_cast<double>(two->device.tCK);
    return std::get<sim3::Config>(config).tCK;
}

std::uint32_t Memory::burstBytes() const
{
    return std::visit([](const auto& c) { return static_cast<std::uint32_t>(c.burstBytes()); }, config);
}

std::uint32_t Memory::burstCycles() const
{
    if (const auto* two = std::get_if<sim2::Config>(&config))
        return two->device.BL / 2;
    return static_cast<std::uint32_t>(std::get<sim3::Config>(config).burstCycles());
}

std::uint64_t Memory::capacity() const
{
    if (const auto* two = std::get_if<sim2::Config>(&config))
        return two->rankMegabytes() * two->ranks() * two->system.channels;
    return (std::uint64_t { 1 } << addressMap().addressBits) >> 20;
}

std::uint32_t Memory::channels() const
{
    if (const auto* two = std::get_if<sim2::Config>(&config))
        return two->system.channels;
    return static_cast<std::uint32_t>(std::get<sim3::Config>(config).channels);
}

std::uint32_t Memory::ranks() const
{
    return std::visit([](const auto& c) { return static_cast<std::uint32_t>(c.ranks()); }, config);
}

std::uint32_t Memory::banks() const
{
    if (const auto* two = std::get_if<sim2::Config>(&config))
        return two->device.banks;
    return static_cast<std::uint32_t>(std::get<sim3::Config>(config).banks());
}

dram::AddressMap Memory::addressMap() const
{
    return std::visit([](const auto& c) { return c.addressMap(); }, config);
}

dram::Increments Memory::increments() const
{
    return std::visit([](const auto& c) { return c.increments(); }, config);
}

dram::RunResult Memory::simulate(dram::RequestSource& source, const dram::RunOptions& options,
                                 const engine::Control& control) const
{
    if (const auto* two = std::get_if<sim2::Config>(&config))
        return sim2::simulate(*two, source, options, control);
    return sim3::simulate(std::get<sim3::Config>(config), source, options, control);
}

Memory makeMemory(const Values& values)
{
    Memory memory;
    const QString device = values.text(QStringLiteral("device"));
    const QString model = values.text(QStringLiteral("model"));
    const bool fixKeys = values.flag(QStringLiteral("fix-keys"));
    const auto requireModel = [&](const char* is) {
        if (model != QLatin1String("auto") && model != QLatin1String(is))
            refuse("Device: " + device.toStdString() + " is one of the model " + is + ", not of "
                   + model.toStdString());
    };
    const dram::Preset* preset = dram::findPreset(device.toStdString());
    const bool isFile = preset == nullptr;
    if (isFile && !QFileInfo::exists(device))
        refuse("Device: \"" + device.toStdString()
               + "\" is neither a file nor the name of a preset; `describe dram` lists them");
    const std::string text = isFile ? readText(memory, device) : std::string();
    const bool isTwo =
        isFile ? text.find("dram_structure") == std::string::npos : preset->model == dram::Model::DramSim2;
    requireModel(isTwo ? "dramsim2" : "dramsim3");
    const QString name = isFile ? QFileInfo(device).completeBaseName() : device;
    if (isTwo) {
        const dram::Read<sim2::Device> read =
            isFile ? sim2::readDevice(text, device.toStdString()) : dram::dramsim2Device(*preset);
        memory.config = dramsim2Config(memory, values, take(memory, read, isFile), name);
    } else {
        if (!values.text(QStringLiteral("system")).isEmpty())
            refuse("System file: the model dramsim3 has everything in its one configuration file");
        const dram::Read<sim3::Config> read = isFile ? sim3::readConfig(text, device.toStdString(), fixKeys)
                                                     : dram::dramsim3Config(*preset, fixKeys);
        sim3::Config config = take(memory, read, isFile);
        config.name = name.toStdString();
        applySystem(config, values);
        config.check();
        memory.config = std::move(config);
    }
    memory.supplement = isFile
        ? dram::drampower::readSupplement(dram::parseIni(text, device.toStdString()), device.toStdString())
        : dram::supplementOf(*preset);
    tellUnverified(memory);
    tellCapacity(memory, static_cast<std::uint64_t>(values.integer(QStringLiteral("capacity"))));
    return memory;
}

} // namespace analysis
