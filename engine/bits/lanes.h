#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace engine {

/// Eight 8-bit or four 16-bit words side by side in 64 bits, lane 0 lowest.
template <std::unsigned_integral Word>
struct Lanes {
    static constexpr unsigned bits = sizeof(Word) * 8;
    static constexpr unsigned count = 64 / bits;
    static constexpr std::uint64_t ones = ~std::uint64_t { 0 } / Word(~Word { 0 }); ///< bit 0 of every lane
    static constexpr std::uint64_t tops = ones << (bits - 1); ///< the highest bit of every lane

    /// The highest bit of every lane that is not zero.
    static constexpr std::uint64_t nonzero(std::uint64_t x) { return (((x & ~tops) + ~tops) | x) & tops; }

    /// Whole lanes from their highest bits.
    static constexpr std::uint64_t fill(std::uint64_t top) { return (top << 1) - (top >> (bits - 1)); }

    /// The low `width` bits of every lane; width is 1..bits.
    static constexpr std::uint64_t low(unsigned width) { return ones * ((std::uint64_t { 1 } << width) - 1); }

    /// Highest bits to a mask of `count` bits.
    static constexpr std::uint64_t toMask(std::uint64_t top)
    {
        constexpr std::uint64_t gather = bits == 8 ? 0x0102040810204080U : 0x1000200040008000U;
        return ((top >> (bits - 1)) * gather) >> (64 - count);
    }

    /// A mask of `count` bits to highest bits.
    static constexpr std::uint64_t fromMask(std::uint64_t mask)
    {
        if constexpr (bits == 8)
            return (((mask & 0x7F) * 0x0000040810204081U & ones) | mask >> 7 << 56) << 7;
        else
            return (mask * 0x0000200040008001U & ones) << 15;
    }

    /// All lanes joined with "or".
    static constexpr std::uint64_t join(std::uint64_t x)
    {
        x |= x >> 32;
        x |= x >> 16;
        if constexpr (bits == 8)
            x |= x >> 8;
        return x & ((std::uint64_t { 1 } << bits) - 1);
    }
};

/// Packing of lanes in portable C++: the same results as LanePackingBmi2 bit for bit.
struct LanePackingPortable {
    /// How many lanes are marked, by their highest bits.
    template <std::unsigned_integral Word>
    static unsigned count(std::uint64_t top)
    {
        constexpr unsigned bits = Lanes<Word>::bits;
        return static_cast<unsigned>(((top >> (bits - 1)) * Lanes<Word>::ones) >> (64 - bits));
    }

    template <std::unsigned_integral Word>
    static std::uint64_t toMask(std::uint64_t top)
    {
        return Lanes<Word>::toMask(top);
    }

    template <std::unsigned_integral Word>
    static std::uint64_t fromMask(std::uint64_t mask)
    {
        return Lanes<Word>::fromMask(mask);
    }

    /// The low `width` bits of the lanes marked in `filled`, one after the other; the rest of x is zero.
    template <std::unsigned_integral Word>
    static std::uint64_t pack(std::uint64_t x, std::uint64_t filled, unsigned width)
    {
        constexpr unsigned bits = Lanes<Word>::bits;
        std::uint64_t packed = 0;
        unsigned at = 0;
        for (unsigned lane = 0; lane < Lanes<Word>::count; ++lane) {
            packed |= static_cast<std::uint64_t>(Word(x >> lane * bits)) << at;
            at += static_cast<unsigned>(filled >> lane * bits) & width;
        }
        return packed;
    }

    /// The reverse of pack(): lanes that are not marked become zero.
    template <std::unsigned_integral Word>
    static std::uint64_t unpack(std::uint64_t packed, std::uint64_t filled, unsigned width)
    {
        constexpr unsigned bits = Lanes<Word>::bits;
        const std::uint64_t wanted = filled & Lanes<Word>::low(width);
        std::uint64_t x = 0;
        for (unsigned lane = 0; lane < Lanes<Word>::count; ++lane) {
            x |= (packed & Word(wanted >> lane * bits)) << lane * bits;
            packed >>= static_cast<unsigned>(filled >> lane * bits) & width;
        }
        return x;
    }

    /// Stores the bytes of x that `top` marks one after the other, and up to 8 bytes in all. Returns their
    /// end.
    static std::byte* store(std::byte* to, std::uint64_t x, std::uint64_t top)
    {
        for (unsigned lane = 0; lane < 8; ++lane) {
            *to = static_cast<std::byte>(x >> lane * 8);
            to += top >> (lane * 8 + 7) & 1;
        }
        return to;
    }

    /// The reverse of store(): bytes that are not marked become zero. Reads up to 9 bytes.
    static const std::byte* load(const std::byte* from, std::uint64_t& x, std::uint64_t top)
    {
        x = 0;
        for (unsigned lane = 0; lane < 8; ++lane) {
            const std::uint64_t marked = top >> (lane * 8 + 7) & 1;
            x |= (std::to_integer<std::uint64_t>(*from) & (0 - marked)) << lane * 8;
            from += marked;
        }
        return from;
    }
};

#if defined(__x86_64__)
/// The same with the processor's bit gather and scatter. Inline assembly, because a template over the
/// instruction set cannot carry a target attribute. Check for "bmi2" and "popcnt" first.
struct LanePackingBmi2 {
    template <std::unsigned_integral Word>
    static unsigned count(std::uint64_t top)
    {
        std::uint64_t lanes = 0;
        asm("popcnt %1, %0" : "=r"(lanes) : "r"(top) : "cc");
        return static_cast<unsigned>(lanes);
    }

    template <std::unsigned_integral Word>
    static std::uint64_t toMask(std::uint64_t top)
    {
        return extract(top, Lanes<Word>::tops);
    }

    template <std::unsigned_integral Word>
    static std::uint64_t fromMask(std::uint64_t mask)
    {
        return deposit(mask, Lanes<Word>::tops);
    }

    template <std::unsigned_integral Word>
    static std::uint64_t pack(std::uint64_t x, std::uint64_t filled, unsigned width)
    {
        return extract(x, filled & Lanes<Word>::low(width));
    }

    template <std::unsigned_integral Word>
    static std::uint64_t unpack(std::uint64_t packed, std::uint64_t filled, unsigned width)
    {
        return deposit(packed, filled & Lanes<Word>::low(width));
    }

    static std::byte* store(std::byte* to, std::uint64_t x, std::uint64_t top)
    {
        const std::uint64_t packed = extract(x, Lanes<std::uint8_t>::fill(top));
        std::memcpy(to, &packed, sizeof packed);
        return to + count<std::uint8_t>(top);
    }

    static const std::byte* load(const std::byte* from, std::uint64_t& x, std::uint64_t top)
    {
        std::uint64_t packed = 0;
        std::memcpy(&packed, from, sizeof packed);
        x = deposit(packed, Lanes<std::uint8_t>::fill(top));
        return from + count<std::uint8_t>(top);
    }

private:
    static std::uint64_t extract(std::uint64_t from, std::uint64_t mask)
    {
        std::uint64_t to = 0;
        asm("pext %2, %1, %0" : "=r"(to) : "r"(from), "r"(mask));
        return to;
    }

    static std::uint64_t deposit(std::uint64_t from, std::uint64_t mask)
    {
        std::uint64_t to = 0;
        asm("pdep %2, %1, %0" : "=r"(to) : "r"(from), "r"(mask));
        return to;
    }
};
#endif

} // namespace engine
