#include "engine/base/error.h"
#include "engine/nn/preprocess.h"
#include "engine/nn/resample.h"

#include <QTest>

#include <cmath>
#include <functional>

using namespace engine;
using nn::Recipe;

namespace {

/// Pixel (c, y, x) has the value 100 c + 10 y + x.
Image ramp(int channels, int height, int width)
{
    Image image { channels, height, width, {} };
    for (int c = 0; c < channels; ++c)
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x)
                image.values.push_back(static_cast<float>(100 * c + 10 * y + x));
    return image;
}

QString messageOf(const std::function<void()>& action)
{
    try {
        action();
    } catch (const Error& error) {
        return QString::fromUtf8(error.what());
    }
    return QStringLiteral("nothing was thrown");
}

} // namespace

class PreprocessTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void presetsAreSound();
    void crops_data();
    void crops();
    void channelsAndScale();
    void greyIsRepeated();
    void flatInput();
    void fittingPictureIsTakenAsItIs();
    void resamplesLikePillow();
    void shortSideKeepsProportion();
    void refuses_data();
    void refuses();
};

void PreprocessTest::presetsAreSound()
{
    for (const nn::Preset& preset : nn::presets()) {
        QCOMPARE(nn::findPreset(preset.id).recipe, preset.recipe);
        QVERIFY(!preset.title.empty() && !preset.help.empty());
    }
    const QString text = messageOf([] { nn::findPreset("none-such"); });
    QVERIFY(text.contains(QStringLiteral("none-such")) && text.contains(QStringLiteral("imagenet-torch")));
}

void PreprocessTest::crops_data()
{
    QTest::addColumn<int>("height");
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("crop");
    QTest::addColumn<int>("first"); // value of the first pixel: 10 top + left
    QTest::newRow("as it is") << 4 << 4 << 0 << 0;
    QTest::newRow("to the network's input") << 7 << 8 << 0 << 12;
    QTest::newRow("asked for") << 7 << 8 << 4 << 12;
    QTest::newRow("wide") << 4 << 9 << 4 << 2;
}

void PreprocessTest::crops()
{
    QFETCH(int, height);
    QFETCH(int, width);
    QFETCH(int, crop);
    QFETCH(int, first);
    const auto values = nn::prepare(ramp(1, height, width), { .crop = crop }, Shape { 1, 4, 4 });
    QCOMPARE(values.size(), 16U);
    for (int i = 0; i < 16; ++i)
        QCOMPARE(values[static_cast<std::size_t>(i)], static_cast<float>(first + i / 4 * 10 + i % 4));
}

void PreprocessTest::channelsAndScale()
{
    const Recipe recipe {
        .channels = nn::ChannelOrder::Bgr, .scale = 0.5, .mean = { 1, 2, 3 }, .std = { 2, 4, 8 }
    };
    const auto values = nn::prepare(ramp(3, 2, 2), recipe, Shape { 3, 2, 2 });
    QCOMPARE(values[0], (200 * 0.5F - 1) / 2); // blue first
    QCOMPARE(values[4], (100 * 0.5F - 2) / 4);
    QCOMPARE(values[11], (11 * 0.5F - 3) / 8);
}

void PreprocessTest::greyIsRepeated()
{
    const auto values = nn::prepare(ramp(1, 2, 2), { .mean = { 0, 1, 2 } }, Shape { 3, 2, 2 });
    QCOMPARE(values, (std::vector<float> { 0, 1, 10, 11, -1, 0, 9, 10, -2, -1, 8, 9 }));
}

void PreprocessTest::flatInput()
{
    QCOMPARE(nn::prepare(ramp(1, 2, 3), {}, Shape { 6 }), (std::vector<float> { 0, 1, 2, 10, 11, 12 }));
    QCOMPARE(nn::prepare(ramp(2, 1, 2), {}, Shape { 4 }), (std::vector<float> { 0, 1, 100, 101 }));
}

void PreprocessTest::fittingPictureIsTakenAsItIs()
{
    const Recipe recipe { .size = 8 };
    const auto values = nn::prepare(ramp(1, 4, 4), recipe, Shape { 1, 4, 4 });
    QCOMPARE(values[5], 11.0F);
    const auto scaled = nn::prepare(ramp(1, 5, 5), recipe, Shape { 1, 4, 4 });
    QVERIFY(scaled[5] != 11.0F);
}

void PreprocessTest::resamplesLikePillow()
{
    // Halving with a triangle of radius 2 about 1 and 3: weights 3/8 3/8 1/8 over the pixels that exist.
    const Image tall { 1, 4, 4, { 0, 8, 16, 24, 0, 8, 16, 24, 0, 8, 16, 24, 0, 8, 16, 24 } };
    const Image half = nn::scaleShortSide(tall, 2);
    QCOMPARE(half.width, 2);
    const double left = (0 * 3 + 8 * 3 + 16 * 1) / 7.0;
    QVERIFY(std::abs(static_cast<double>(half.values[0]) - left) < 1e-5);
    QVERIFY(std::abs(static_cast<double>(half.values[1]) - (24 - left)) < 1e-5);
    // Doubling: centres at 0.25 and 0.75 of a pixel.
    const Image twice = nn::scaleShortSide({ 1, 2, 2, { 0, 8, 0, 8 } }, 4);
    QCOMPARE(std::vector<float>(twice.values.begin(), twice.values.begin() + 4),
             (std::vector<float> { 0, 2, 6, 8 }));
}

void PreprocessTest::shortSideKeepsProportion()
{
    const Image image = nn::scaleShortSide(ramp(3, 10, 15), 7);
    QCOMPARE(image.height, 7);
    QCOMPARE(image.width, 10);
    QCOMPARE(image.values.size(), std::size_t { 3 * 7 * 10 });
}

void PreprocessTest::refuses_data()
{
    QTest::addColumn<int>("channels");
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("crop");
    QTest::addColumn<double>("deviation");
    QTest::addColumn<QStringList>("parts");
    const auto list = [](const char* text) { return QString::fromUtf8(text).split(QLatin1Char('|')); };
    QTest::newRow("small") << 1 << 0 << 0 << 1.0 << list("6 \u00d7 6|9 \u00d7 9|--size 9");
    QTest::newRow("small for the crop") << 1 << 0 << 9 << 1.0 << list("6 \u00d7 6|9 \u00d7 9|--size 9");
    QTest::newRow("crop does not fit") << 1 << 20 << 8 << 1.0 << list("8 \u00d7 8|9 \u00d7 9");
    QTest::newRow("colour for grey") << 3 << 9 << 0 << 1.0 << list("3 channels|1 \u00d7 9");
    QTest::newRow("negative size") << 1 << -3 << 0 << 1.0 << list("--size|-3");
    QTest::newRow("deviation") << 1 << 9 << 0 << 0.0 << list("--std|0");
}

void PreprocessTest::refuses()
{
    QFETCH(int, channels);
    QFETCH(int, size);
    QFETCH(int, crop);
    QFETCH(double, deviation);
    QFETCH(QStringList, parts);
    const Recipe recipe { .size = size, .crop = crop, .std = { deviation, 1, 1 } };
    const QString text = messageOf([&] { nn::prepare(ramp(channels, 6, 6), recipe, Shape { 1, 9, 9 }); });
    for (const QString& part : parts)
        QVERIFY2(text.contains(part), qPrintable(text));
}

QTEST_GUILESS_MAIN(PreprocessTest)
#include "preprocess_test.moc"
