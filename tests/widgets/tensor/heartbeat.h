#pragma once

#include "analysis/dataset/dataset.h"
#include "widgets/page/layer_page.h"
#include "widgets/page/layer_view.h"
#include "widgets/tensor/value_map.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <functional>
#include <vector>

/// How long the GUI thread was ever busy while something large opened.
namespace heartbeat {

struct Result {
    double longestMs = 0; ///< between two beats of 10 ms
    double openedMs = 0; ///< until the map shows it
    double peakMb = 0; ///< of the process's resident memory
    bool shown = false;
};

/// Beats every 10 ms while it lives.
class Heart {
public:
    Heart()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        QObject::connect(&m_timer, &QTimer::timeout, [this] {
            m_longest = std::max(m_longest, static_cast<double>(m_since.nsecsElapsed()) / 1e6);
            m_since.start();
        });
        m_since.start();
        m_timer.start(10);
    }

    double longestMs() const { return m_longest; }

private:
    QTimer m_timer;
    QElapsedTimer m_since;
    double m_longest = 0;
};

/// A .npy of float32 with a pattern that is half zeros.
inline void writeMatrix(const QString& path, qint64 rows, qint64 columns)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("cannot write the matrix");
    QByteArray header = QByteArrayLiteral("{'descr': '<f4', 'fortran_order': False, 'shape': (")
        + QByteArray::number(rows) + ", " + QByteArray::number(columns) + "), }";
    header = header.leftJustified(117, ' ') + '\n';
    file.write(QByteArray("\x93NUMPY\x01\x00", 8) + static_cast<char>(header.size()) + '\0' + header);
    std::vector<float> line(static_cast<std::size_t>(columns));
    for (qint64 row = 0; row < rows; ++row) {
        for (std::size_t i = 0; i < line.size(); ++i)
            line[i] =
                static_cast<float>(std::max<qint64>(0, (row * 31 + static_cast<qint64>(i) * 17) % 255 - 127));
        file.write(reinterpret_cast<const char*>(line.data()), columns * 4);
    }
}

inline double peakMb()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray& line : status.readAll().split('\n')) {
        if (line.startsWith("VmHWM:"))
            return line.mid(6).trimmed().split(' ').first().toDouble() / 1024;
    }
    return 0;
}

inline bool waitFor(const std::function<bool()>& done, int milliseconds)
{
    QElapsedTimer clock;
    clock.start();
    while (!done() && clock.elapsed() < milliseconds)
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 5);
    return done();
}

/// Opens a matrix as the window does, and shows it.
inline Result openMatrix(qint64 rows, qint64 columns)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("matrix.npy"));
    writeMatrix(path, rows, columns);
    widgets::SelectionModel selection;
    analysis::JobQueue jobs;
    widgets::LayerPage page(selection, jobs);
    page.resize(1100, 800);
    page.show();
    QCoreApplication::processEvents();
    Result result;
    QElapsedTimer clock;
    clock.start();
    const Heart heart;
    analysis::Job* opening =
        jobs.start(QStringLiteral("Opening"), [path](const engine::Control& control) -> std::any {
            return analysis::openDataset(path, control);
        });
    QObject::connect(opening, &analysis::Job::finished, &page, [&selection, opening] {
        selection.select({ .dataset = opening->result<analysis::DatasetPtr>(), .layer = 0, .tensor = 0 });
    });
    const widgets::ValueMap& map = page.view().map();
    result.shown = waitFor([&map] { return map.pyramid() && map.drawnLevel() > 0; }, 300000);
    result.openedMs = static_cast<double>(clock.elapsed());
    waitFor([] { return false; }, 200); // what follows the first picture counts too
    result.longestMs = heart.longestMs();
    result.peakMb = peakMb();
    return result;
}

} // namespace heartbeat
