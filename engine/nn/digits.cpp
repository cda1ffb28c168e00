#include "engine/nn/digits.h"

#include "engine/base/error.h"
#include "engine/nn/digit_strokes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace engine::nn {

namespace {

/// The part of the picture's height a digit takes, as in MNIST (20 of 28 pixels).
constexpr double bodyHeight = 20.0 / 28;
constexpr double widthToHeight = 0.74;
constexpr int piecesPerSpan = 8;
/// Greys below this are paper.
constexpr double paper = 20;

/// A smooth random displacement: a few waves of the paper.
class Bend {
public:
    Bend(Random& random, double strength)
    {
        const double each = strength / std::sqrt(static_cast<double>(m_waves.size()) / 2);
        for (Wave& wave : m_waves) {
            const double direction = random.uniform(0, 2 * std::numbers::pi);
            const double frequency = random.uniform(2.5, 6.5);
            wave = { frequency * std::cos(direction), frequency * std::sin(direction),
                     random.uniform(0, 2 * std::numbers::pi), each * random.normal(),
                     each * random.normal() };
        }
    }

    PenPoint operator()(PenPoint point) const
    {
        PenPoint moved = point;
        for (const Wave& wave : m_waves) {
            const double height = std::sin(wave.kx * point.x + wave.ky * point.y + wave.phase);
            moved.x += wave.dx * height;
            moved.y += wave.dy * height;
        }
        return moved;
    }

private:
    struct Wave {
        double kx, ky, phase, dx, dy;
    };
    std::array<Wave, 4> m_waves {};
};

/// From the unit box of a digit to pixels: stretch, slant, turn.
class Placement {
public:
    Placement(Random& random, const DigitOptions& options)
    {
        const auto within = [&](double bound) { return random.uniform(-bound, bound); };
        const double height = options.size * bodyHeight * (1 + within(options.stretch));
        const double width = options.size * bodyHeight * widthToHeight * (1 + within(options.stretch));
        const double angle = within(options.rotation) * std::numbers::pi / 180;
        const double slant = within(options.slant);
        const double cosine = std::cos(angle);
        const double sine = std::sin(angle);
        m_xx = cosine * width;
        m_xy = -(cosine * slant + sine) * height;
        m_yx = sine * width;
        m_yy = (cosine - sine * slant) * height;
    }

    PenPoint operator()(PenPoint point) const
    {
        return { m_xx * point.x + m_xy * point.y, m_yx * point.x + m_yy * point.y };
    }

private:
    double m_xx, m_xy, m_yx, m_yy;
};

/// A point of the Catmull-Rom curve between b and c.
PenPoint between(PenPoint a, PenPoint b, PenPoint c, PenPoint d, double t)
{
    const auto mix = [t](double p, double q, double r, double s) {
        return q + 0.5 * t * (r - p + t * (2 * p - 5 * q + 4 * r - s + t * (3 * (q - r) + s - p)));
    };
    return { mix(a.x, b.x, c.x, d.x), mix(a.y, b.y, c.y, d.y) };
}

std::vector<PenPoint> curve(const PenStroke& stroke)
{
    std::vector<PenPoint> points;
    for (std::size_t i = 0; i + 1 < stroke.size(); ++i) {
        const PenPoint before = stroke[i == 0 ? 0 : i - 1];
        const PenPoint after = stroke[std::min(i + 2, stroke.size() - 1)];
        for (int piece = 0; piece < piecesPerSpan; ++piece)
            points.push_back(
                between(before, stroke[i], stroke[i + 1], after, static_cast<double>(piece) / piecesPerSpan));
    }
    points.push_back(stroke.back());
    return points;
}

double distance(PenPoint p, PenPoint a, PenPoint b)
{
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    const double length = dx * dx + dy * dy;
    const double along =
        length > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length, 0.0, 1.0) : 0.0;
    return std::hypot(p.x - a.x - along * dx, p.y - a.y - along * dy);
}

/// Ink per pixel, 0..1.
class Paper {
public:
    explicit Paper(int size)
        : m_size(size)
        , m_ink(side() * side(), 0)
    {
    }

    void draw(PenPoint a, PenPoint b, double pen)
    {
        const double reach = pen / 2 + edge;
        const auto first = [&](double p, double q) {
            return std::clamp(static_cast<int>(std::floor(std::min(p, q) - reach)), 0, m_size);
        };
        const auto last = [&](double p, double q) {
            return std::clamp(static_cast<int>(std::ceil(std::max(p, q) + reach)), 0, m_size);
        };
        for (int y = first(a.y, b.y); y < last(a.y, b.y); ++y)
            for (int x = first(a.x, b.x); x < last(a.x, b.x); ++x) {
                const double outside = distance({ x + 0.5, y + 0.5 }, a, b) - pen / 2;
                double& ink = m_ink[static_cast<std::size_t>(y) * side() + static_cast<std::size_t>(x)];
                ink = std::max(ink, std::clamp(0.5 - outside / (2 * edge), 0.0, 1.0));
            }
    }

    const std::vector<double>& ink() const { return m_ink; }

private:
    std::size_t side() const { return static_cast<std::size_t>(m_size); }

    static constexpr double edge = 0.7; ///< half the width over which a line fades [pixel]
    int m_size;
    std::vector<double> m_ink;
};

using Lines = std::vector<std::vector<PenPoint>>;

/// The lines of a style as one hand writes it this time, about the middle of the picture [pixel].
Lines write(const DigitStyle& style, Random& random, const DigitOptions& options)
{
    const Bend bend(random, options.elastic);
    const Placement place(random, options);
    Lines lines;
    PenPoint low { 1e9, 1e9 };
    PenPoint high { -1e9, -1e9 };
    for (const PenStroke& stroke : style) {
        lines.push_back(curve(stroke));
        for (PenPoint& point : lines.back()) {
            point = place(bend(point));
            low = { std::min(low.x, point.x), std::min(low.y, point.y) };
            high = { std::max(high.x, point.x), std::max(high.y, point.y) };
        }
    }
    const double right = options.size / 2.0 + random.uniform(-options.shift, options.shift);
    const double down = options.size / 2.0 + random.uniform(-options.shift, options.shift);
    for (auto& line : lines)
        for (PenPoint& point : line) {
            point.x += right - (low.x + high.x) / 2;
            point.y += down - (low.y + high.y) / 2;
        }
    return lines;
}

class DigitSet : public ImageSet {
public:
    DigitSet(std::size_t count, std::uint64_t seed, const DigitOptions& options)
        : m_count(count)
        , m_seed(seed)
        , m_options(options)
    {
    }

    std::size_t size() const override { return m_count; }
    Image read(std::size_t index) const override
    {
        Random random(m_seed, index);
        return drawDigit(digit(index), random, m_options);
    }
    std::optional<int> label(std::size_t index) const override { return digit(index); }
    std::string name(std::size_t index) const override
    {
        return std::to_string(digit(index)) + " (digit " + std::to_string(index) + ")";
    }

private:
    static int digit(std::size_t index) { return static_cast<int>(index % 10); }

    std::size_t m_count;
    std::uint64_t m_seed;
    DigitOptions m_options;
};

} // namespace

Image drawDigit(int digit, Random& random, const DigitOptions& options)
{
    if (digit < 0 || digit > 9)
        throw ParameterError("digit: " + std::to_string(digit) + " is outside 0..9");
    if (options.size < 8 || options.size > 4096)
        throw ParameterError("size of a digit: " + std::to_string(options.size) + " is outside 8..4096");
    const auto styles = digitStyles(digit);
    const Lines lines = write(styles[random.below(styles.size())], random, options);
    const double pen = random.uniform(options.thinnest, options.thickest) * options.size / 28.0;
    const double pressure = random.uniform(0.85, 1.0);
    Paper page(options.size);
    for (const auto& line : lines)
        for (std::size_t i = 0; i + 1 < line.size(); ++i)
            page.draw(line[i], line[i + 1], pen);
    Image image { 1, options.size, options.size, {} };
    image.values.reserve(page.ink().size());
    for (const double ink : page.ink()) {
        const double grey = 255 * pressure * ink + options.noise * random.normal();
        image.values.push_back(grey < paper ? 0.0F : static_cast<float>(std::min(255.0, std::round(grey))));
    }
    return image;
}

std::shared_ptr<const ImageSet> digitSet(std::size_t count, std::uint64_t seed, const DigitOptions& options)
{
    return std::make_shared<DigitSet>(count, seed, options);
}

} // namespace engine::nn
