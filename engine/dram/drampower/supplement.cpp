#include "engine/dram/drampower/supplement.h"

#include "engine/dram/keys.h"

#include <algorithm>
#include <array>

namespace engine::dram::drampower {

namespace {

using S = Supplement;

// A word, for the readers of keys know no optional numbers.
bool setRho(Supplement& supplement, std::string_view word)
{
    double value = 0;
    if (!parseNumber(word, value) || value < 0 || value > 1)
        return false;
    supplement.rho = value;
    return true;
}

bool setBeta(Supplement& supplement, std::string_view word)
{
    double value = 0;
    if (!parseNumber(word, value) || value < 0)
        return false;
    supplement.Ibeta = value;
    return true;
}

std::span<const Key<Supplement>> keys()
{
    static const std::array<Key<Supplement>, 11> list = { {
        { "rho", setRho, Missing::Silent, "the numbers from 0 to 1" },
        { "IBETA", setBeta, Missing::Silent, "the numbers from 0" },
        { "VPP", &S::VPP },
        { "IPP0", &S::IPP0 },
        { "IPP2N", &S::IPP2N },
        { "IPP2P", &S::IPP2P },
        { "IPP3N", &S::IPP3N },
        { "IPP4R", &S::IPP4R },
        { "IPP4W", &S::IPP4W },
        { "IPP5", &S::IPP5 },
        { "IPP6", &S::IPP6 },
    } };
    return list;
}

} // namespace

std::vector<std::string_view> supplementKeys()
{
    std::vector<std::string_view> names;
    for (const Key<Supplement>& key : keys())
        names.push_back(key.name);
    return names;
}

Supplement readSupplement(std::span<const IniEntry> entries, const std::string& place)
{
    const std::vector<std::string_view> names = supplementKeys();
    std::vector<IniEntry> known;
    std::copy_if(entries.begin(), entries.end(), std::back_inserter(known), [&](const IniEntry& entry) {
        return std::find(names.begin(), names.end(), entry.key) != names.end();
    });
    return readKeys<Supplement>({}, keys(), known, place).value;
}

} // namespace engine::dram::drampower
