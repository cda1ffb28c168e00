#pragma once

#include "analysis/catalogue.h"
#include "analysis/dram/run.h"

#include <QFile>
#include <QTemporaryDir>

/// A small trace and what the analysis makes of it: rows hit and missed, in conflict, and refreshes.
class SampleRun {
public:
    explicit SampleRun(const QString& device = {})
    {
        QFile file(path());
        if (!file.open(QIODevice::WriteOnly))
            return;
        quint64 random = 7;
        for (int i = 0; i < 6000; ++i) {
            random = random * 6364136223846793005U + 1442695040888963407U;
            const quint64 address = i % 3 == 0 ? (random >> 20) % (1U << 30) : quint64(i) * 64;
            file.write("0x" + QByteArray::number(address & ~quint64(63), 16)
                       + (i % 4 == 0 ? " WRITE " : " READ ") + QByteArray::number(i * 9) + '\n');
        }
        file.close();
        const analysis::Analysis& row = analysis::findAnalysis(QStringLiteral("dram"));
        analysis::Values values(row.parameters);
        values.set(row.parameters, QStringLiteral("timeline"), true);
        if (!device.isEmpty())
            values.set(row.parameters, QStringLiteral("device"), device);
        analysis::Inputs inputs;
        inputs.datasets = { analysis::openDataset(path(), {}) };
        report = std::make_shared<const analysis::Report>(analysis::runAnalysis(row, inputs, values, {}));
    }

    QString path() const { return m_folder.filePath(QStringLiteral("mase_sample.trc")); }

    analysis::ReportPtr report;

private:
    QTemporaryDir m_folder;
};
