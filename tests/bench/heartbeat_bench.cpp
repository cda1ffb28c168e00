#include "tests/widgets/tensor/heartbeat.h"

#include <QApplication>

#include <cstdio>

/// Opens 25088 x 4096 floats (411 MB) and tells how long the GUI thread was ever busy. Aim: 100 ms; resident
/// memory at most 1.4 times the file plus 150 MB.
int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    const heartbeat::Result result = heartbeat::openMatrix(25088, 4096);
    std::printf("shown after %.0f ms, longest busy %.1f ms, peak memory %.0f MB\n", result.openedMs,
                result.longestMs, result.peakMb);
    return result.shown ? 0 : 1;
}
