#include "tests/engine/dram/memories.h"

#include <QRegularExpression>
#include <QTest>

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::uint64_t> allocations { 0 };

void* taken(std::size_t size)
{
    ++allocations;
    void* memory = std::malloc(size > 0 ? size : 1); // NOLINT(cppcoreguidelines-no-malloc)
    if (memory == nullptr)
        throw std::bad_alloc();
    return memory;
}

} // namespace

// Counted, so that the test below sees every allocation of the program.
void* operator new(std::size_t size)
{
    return taken(size);
}
void* operator new[](std::size_t size)
{
    return taken(size);
}
void operator delete(void* memory) noexcept
{
    std::free(memory); // NOLINT(cppcoreguidelines-no-malloc)
}
void operator delete(void* memory, std::size_t) noexcept
{
    std::free(memory); // NOLINT(cppcoreguidelines-no-malloc)
}
void operator delete[](void* memory) noexcept
{
    std::free(memory); // NOLINT(cppcoreguidelines-no-malloc)
}
void operator delete[](void* memory, std::size_t) noexcept
{
    std::free(memory); // NOLINT(cppcoreguidelines-no-malloc)
}

/// The simulation takes no memory once it is under way.
class DramAllocationTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void nothingIsAllocatedInTheLoop_data();
    void nothingIsAllocatedInTheLoop();
};

void DramAllocationTest::nothingIsAllocatedInTheLoop_data()
{
    QTest::addColumn<int>("index");
    const std::vector<dramtest::Memory>& all = dramtest::memories();
    QVERIFY(all.size() >= 25);
    for (std::size_t i = 0; i < all.size(); ++i)
        QTest::newRow(all[i].name.c_str()) << static_cast<int>(i);
}

void DramAllocationTest::nothingIsAllocatedInTheLoop()
{
    QFETCH(const int, index);
    const dramtest::Memory& memory = dramtest::memories().at(static_cast<std::size_t>(index));
    dramtest::Traffic traffic(200'000, memory.capacity);
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    traffic.onRead = [&](std::size_t drawn, std::size_t left) {
        if (drawn > 1000 && first == 0)
            first = allocations;
        if (left == 0)
            last = allocations;
    };
    const engine::dram::RunResult result = memory.run(traffic, {}, {});
    QVERIFY(first > 0 && last >= first);
    // Windows and bins of latencies grow a few times, twice as far each; nothing else may.
    QVERIFY2(last - first <= 10 * result.channels.size(), std::to_string(last - first).c_str());
}

QTEST_GUILESS_MAIN(DramAllocationTest)
#include "allocation_test.moc"
