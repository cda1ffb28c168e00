#include "engine/dram/trace/format.h"

#include "engine/base/error.h"
#include "engine/base/file.h"
#include "engine/dram/printable.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace engine::dram {

namespace {

bool isOneOf(std::string_view word, std::initializer_list<std::string_view> words)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool isWrite(Cursor& cursor, std::initializer_list<std::string_view> reads,
             std::initializer_list<std::string_view> writes)
{
    const std::string_view word = cursor.word();
    if (isOneOf(word, writes))
        return true;
    if (!isOneOf(word, reads))
        cursor.failAtWord("\"" + printable(word) + "\" is no access; " + std::string(*reads.begin()) + " or "
                          + std::string(*writes.begin()) + " is expected");
    return false;
}

std::string hexadecimal(std::uint64_t value)
{
    std::array<char, 24> text {};
    std::snprintf(text.data(), text.size(), "0x%llx", static_cast<unsigned long long>(value));
    return text.data();
}

Request parseStamped(Cursor& cursor, std::initializer_list<std::string_view> reads,
                     std::initializer_list<std::string_view> writes)
{
    Request request;
    request.address = cursor.hexadecimal();
    request.write = isWrite(cursor, reads, writes);
    request.cycle = cursor.decimal();
    cursor.expectEnd();
    return request;
}

Request parseK6(Cursor& cursor, const AddressMap&)
{
    return parseStamped(cursor, { "P_MEM_RD", "P_FETCH", "P_LOCK_RD", "P_LOCK_WR" }, { "P_MEM_WR", "BOFF" });
}

Request parseMase(Cursor& cursor, const AddressMap&)
{
    return parseStamped(cursor, { "READ", "IFETCH" }, { "WRITE" });
}

Request parseMisc(Cursor& cursor, const AddressMap&)
{
    Request request;
    request.address = cursor.hexadecimal();
    request.write = isWrite(cursor, { "read" }, { "write" });
    if (!cursor.atEnd()) {
        const std::string_view data = cursor.word();
        if (data.find_first_not_of("0123456789abcdefABCDEFx") != std::string_view::npos)
            cursor.failAtWord("hexadecimal data is expected");
    }
    cursor.expectEnd();
    return request;
}

// Whatever is no write is a read, as the simulator takes it.
Request parseDramSim3(Cursor& cursor, const AddressMap&)
{
    Request request;
    request.address = cursor.hexadecimal();
    const std::string_view word = cursor.word();
    if (word.empty())
        cursor.fail("READ or WRITE is expected");
    request.write = isOneOf(word, { "WRITE", "write", "P_MEM_WR", "BOFF" });
    request.cycle = cursor.decimal();
    cursor.expectEnd();
    return request;
}

Request parseLoadStore(Cursor& cursor, const AddressMap&)
{
    Request request;
    request.write = isWrite(cursor, { "LD" }, { "ST" });
    request.address = cursor.number();
    cursor.expectEnd();
    return request;
}

Request parseRamulator1(Cursor& cursor, const AddressMap&)
{
    Request request;
    request.address = cursor.hexadecimal();
    request.write = isWrite(cursor, { "R" }, { "W" });
    cursor.expectEnd();
    return request;
}

Request parseVector(Cursor& cursor, const AddressMap& map)
{
    Request request;
    request.write = isWrite(cursor, { "R" }, { "W" });
    const std::array<BitField, 6> fields { map.channel, map.rank, map.group, map.bank, map.row, map.column };
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (i > 0)
            cursor.expect(',');
        const std::uint64_t value = cursor.decimal();
        if (value >> fields[i].bits != 0)
            cursor.fail("the value before is beyond its field of " + std::to_string(fields[i].bits)
                        + " bits");
        request.address |= value << fields[i].shift;
    }
    cursor.expectEnd();
    return request;
}

Request parseStl(Cursor& cursor, const AddressMap&)
{
    Request request;
    request.cycle = cursor.decimal();
    cursor.expect(':');
    cursor.skipBlanks();
    if (cursor.peek() == '(') {
        cursor.expect('(');
        cursor.decimal();
        cursor.expect(')');
    }
    request.write = isWrite(cursor, { "read" }, { "write" });
    request.address = cursor.hexadecimal();
    if (!cursor.atEnd())
        cursor.word(); // the data
    cursor.expectEnd();
    return request;
}

std::string stamped(const Request& request, const char* read, const char* write)
{
    return hexadecimal(request.address) + ' ' + (request.write ? write : read) + ' '
        + std::to_string(request.cycle);
}

std::string formatVector(const Request& request, const AddressMap& map)
{
    std::string text = request.write ? "W " : "R ";
    for (const BitField& field : { map.channel, map.rank, map.group, map.bank, map.row, map.column }) {
        text += std::to_string(field.of(request.address));
        text += ',';
    }
    text.pop_back();
    return text;
}

std::string formatK6(const Request& r, const AddressMap&)
{
    return stamped(r, "P_MEM_RD", "P_MEM_WR");
}
std::string formatMase(const Request& r, const AddressMap&)
{
    return stamped(r, "READ", "WRITE");
}
std::string formatMisc(const Request& r, const AddressMap&)
{
    return hexadecimal(r.address) + (r.write ? " write" : " read");
}
std::string formatLoadStore(const Request& r, const AddressMap&)
{
    return (r.write ? "ST " : "LD ") + hexadecimal(r.address);
}
std::string formatRamulator1(const Request& r, const AddressMap&)
{
    return hexadecimal(r.address) + (r.write ? " W" : " R");
}
std::string formatStl(const Request& r, const AddressMap&)
{
    return std::to_string(r.cycle) + ":\t" + (r.write ? "write " : "read ") + hexadecimal(r.address);
}

constexpr std::array<TraceFormat, 8> formats = { {
    { "dramsim2-mase", "DRAMSim2, mase", "mase_", "", true, parseMase, formatMase },
    { "dramsim2-k6", "DRAMSim2, k6", "k6_", "", true, parseK6, formatK6 },
    { "dramsim2-misc", "DRAMSim2, misc", "misc_", "", false, parseMisc, formatMisc },
    { "dramsim3", "DRAMsim3", "", "", true, parseDramSim3, formatMase },
    { "ramulator2-ls", "Ramulator 2, load and store", "", "", false, parseLoadStore, formatLoadStore },
    { "ramulator2-rw", "Ramulator 2, address vectors", "", "", false, parseVector, formatVector },
    { "ramulator1", "Ramulator 1", "", "", false, parseRamulator1, formatRamulator1 },
    { "dramsys-stl", "DRAMSys", "", ".stl", true, parseStl, formatStl },
} };

// The start of a file, without a last line that may be cut off.
std::string headOf(const std::filesystem::path& path)
{
    constexpr std::size_t enough = 4096;
    std::string head = readHead(path, enough);
    if (head.size() == enough && head.find('\n') != std::string::npos)
        head.resize(head.rfind('\n'));
    return head;
}

/// How many lines of the start of a file a format understands before it meets one that it does not.
struct Understood {
    std::size_t lines = 0;
    bool all = true;
};

Understood understand(const TraceFormat& format, std::string_view head)
{
    AddressMap map; // Vectors are only looked at for their form.
    for (BitField* field : { &map.channel, &map.rank, &map.group, &map.bank, &map.row, &map.column })
        field->bits = 32;
    Understood result;
    while (!head.empty()) {
        const std::size_t end = head.find('\n');
        std::string_view line = head.substr(0, end);
        head.remove_prefix(end == std::string_view::npos ? head.size() : end + 1);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (isTraceComment(line))
            continue;
        try {
            Cursor cursor(line);
            format.parse(cursor, map);
            ++result.lines;
        } catch (const LineError&) {
            result.all = false;
            break;
        }
    }
    return result;
}

// The first format that understands the whole start; else the one that comes furthest, so that the line it
// does not understand can be named.
const TraceFormat* recogniseHead(std::string_view head)
{
    const TraceFormat* best = nullptr;
    std::size_t most = 0;
    for (const TraceFormat& format : formats) {
        const Understood understood = understand(format, head);
        if (understood.lines > 0 && understood.all)
            return &format;
        if (understood.lines > most) {
            best = &format;
            most = understood.lines;
        }
    }
    return best;
}

} // namespace

bool isTraceComment(std::string_view line)
{
    const std::size_t first = line.find_first_not_of(" \t\r");
    return first == std::string_view::npos || line[first] == '#' || line[first] == ';';
}

std::span<const TraceFormat> traceFormats()
{
    return formats;
}

const TraceFormat& findTraceFormat(std::string_view id)
{
    std::string all;
    for (const TraceFormat& format : formats) {
        if (format.id == id)
            return format;
        all += (all.empty() ? "" : ", ") + std::string(format.id);
    }
    throw ParameterError("Trace format: " + std::string(id) + " is not one of " + all);
}

const TraceFormat& recogniseTrace(const std::filesystem::path& path)
{
    const std::string name = path.filename().string();
    for (const TraceFormat& format : formats) {
        if ((!format.prefix.empty() && name.starts_with(format.prefix))
            || (!format.suffix.empty() && name.ends_with(format.suffix)))
            return format;
    }
    const std::string head = headOf(path);
    if (head.empty())
        throw FormatError(path.string() + ": is empty");
    const TraceFormat* const format = recogniseHead(head);
    if (format == nullptr)
        throw FormatError(path.string() + ": its first line is no request in any known trace format");
    return *format;
}

} // namespace engine::dram
