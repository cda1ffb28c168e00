#include "engine/formats/labels.h"

#include "engine/base/error.h"
#include "engine/base/file.h"
#include "engine/formats/catalogue.h"
#include "engine/formats/guard.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <string_view>

namespace engine::formats {

namespace {

constexpr std::size_t headBytes = 4096;
constexpr double largestLabel = std::numeric_limits<int>::max();

std::string_view trimmed(std::string_view text)
{
    static constexpr std::string_view blanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// Calls body(line number from 1, trimmed line) for every line.
template <typename Body>
void forEachLine(std::string_view text, const Body& body)
{
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = text.find('\n');
        body(number, trimmed(text.substr(0, end)));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
}

std::optional<int> wholeNumber(std::string_view text)
{
    int value = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (status != std::errc() || end != text.data() + text.size() || value < 0)
        return std::nullopt;
    return value;
}

std::string_view unquoted(std::string_view text)
{
    text = trimmed(text);
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"')
        return text.substr(1, text.size() - 2);
    return text;
}

/// Cells of a CSV line; a comma between quotation marks does not part.
std::vector<std::string_view> cells(std::string_view line)
{
    std::vector<std::string_view> result;
    std::size_t start = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '"')
            quoted = !quoted;
        if (line[i] != ',' || quoted)
            continue;
        result.push_back(unquoted(line.substr(start, i - start)));
        start = i + 1;
    }
    result.push_back(unquoted(line.substr(start)));
    return result;
}

std::optional<std::size_t> labelColumn(std::string_view header)
{
    static constexpr std::array<std::string_view, 4> names = { "class_index", "label", "class", "target" };
    const std::vector<std::string_view> columns = cells(header);
    for (const std::string_view name : names) {
        const auto found = std::ranges::find(columns, name);
        if (found != columns.end())
            return static_cast<std::size_t>(found - columns.begin());
    }
    return std::nullopt;
}

/// Reads one label per line: the whole line, or one column once a header has named it.
class TextLabels {
public:
    explicit TextLabels(std::string place)
        : m_place(std::move(place))
    {
    }

    void add(std::size_t number, std::string_view line)
    {
        if (line.empty())
            return;
        if (m_first) {
            m_first = false;
            m_column = labelColumn(line);
            if (m_column)
                return;
        }
        m_labels.push_back(parse(number, line));
    }

    std::vector<int> take() { return std::move(m_labels); }

private:
    int parse(std::size_t number, std::string_view line) const
    {
        std::string_view cell = line;
        if (m_column) {
            const std::vector<std::string_view> columns = cells(line);
            cell = *m_column < columns.size() ? columns[*m_column] : std::string_view();
        }
        if (const auto value = wholeNumber(cell))
            return *value;
        throw FormatError(m_place + ": line " + std::to_string(number) + " holds " + shown(cell)
                          + " where a class index 0, 1, 2 ... is expected (one number a line, or CSV with a "
                            "column class_index or label)");
    }

    std::string m_place;
    bool m_first = true;
    std::optional<std::size_t> m_column;
    std::vector<int> m_labels;
};

std::string_view textOf(const MappedFile& file)
{
    std::string_view text(reinterpret_cast<const char*>(file.bytes().data()), file.bytes().size());
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    return text;
}

std::vector<int> readTextLabels(const std::filesystem::path& path)
{
    const auto file = MappedFile::open(path);
    TextLabels labels(path.string());
    forEachLine(textOf(*file),
                [&labels](std::size_t number, std::string_view line) { labels.add(number, line); });
    return labels.take();
}

const Reader* readerFor(const std::filesystem::path& path)
{
    const std::string head = readHead(path, headBytes);
    for (const Reader& row : catalogue()) {
        if ((row.id == "idx" || row.id == "npy") && row.recognise(head, path))
            return &row;
    }
    return nullptr;
}

} // namespace

std::vector<int> readLabels(const std::filesystem::path& path)
{
    const Reader* reader = readerFor(path);
    if (reader == nullptr)
        return readTextLabels(path);
    const Dataset dataset = reader->read(path, {});
    if (dataset.tensors.size() != 1)
        throw FormatError(path.string() + ": holds " + std::to_string(dataset.tensors.size())
                          + " arrays where one of labels is expected");
    return labelValues(dataset.tensors.front());
}

std::vector<int> labelValues(const Tensor& tensor)
{
    const Shape& shape = tensor.shape;
    if (shape.rank() == 0 || !isInteger(tensor.type)
        || shape.elements() != static_cast<std::uint64_t>(shape[0]))
        throw FormatError(tensor.name + ": labels are whole numbers in one column, not "
                          + std::string(name(tensor.type)) + " of " + toString(shape));
    std::vector<std::byte> bytes(shape.elements() * byteSize(tensor.type));
    const std::vector<std::int64_t> start(shape.rank(), 0);
    tensor.source->read(start, shape.extents(), bytes);
    std::vector<int> labels(shape.elements());
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const double value = toDouble(tensor.type, bytes.data() + i * byteSize(tensor.type));
        if (value < 0 || value > largestLabel)
            throw FormatError(tensor.name + ": label " + std::to_string(i) + " is "
                              + std::to_string(std::llround(value)) + ", outside 0.."
                              + std::to_string(std::numeric_limits<int>::max()));
        labels[i] = static_cast<int>(value);
    }
    return labels;
}

std::vector<std::string> readLines(const std::filesystem::path& path)
{
    const auto file = MappedFile::open(path);
    std::vector<std::string> lines;
    forEachLine(textOf(*file), [&lines](std::size_t, std::string_view line) {
        if (!line.empty())
            lines.emplace_back(line);
    });
    return lines;
}

} // namespace engine::formats
