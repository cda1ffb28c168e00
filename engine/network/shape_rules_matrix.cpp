#include "engine/base/error.h"
#include "engine/network/shape_rules.h"

#include <array>

namespace engine::shapes {

namespace {

[[noreturn]] void refuse(const Extents& a, const Extents& b)
{
    throw ShapeError(toString(Shape(a)) + " and " + toString(Shape(b)) + " cannot be multiplied");
}

Outputs gemm(const NodeView& view)
{
    const Extents& a = view.input(0);
    const Extents& b = view.input(1);
    if (a.size() != 2 || b.size() != 2)
        refuse(a, b);
    const std::size_t transposedA = view.node().integer("transA", 0) != 0 ? 1 : 0;
    const std::size_t transposedB = view.node().integer("transB", 0) != 0 ? 1 : 0;
    if (a[1 - transposedA] != b[transposedB])
        refuse(a, b);
    return { { a[transposedA], b[1 - transposedB] } };
}

/// As numpy.matmul: the last two axes are matrices, the others are broadcast.
Extents matrixProduct(const Extents& a, const Extents& b)
{
    if (a.empty() || b.empty())
        refuse(a, b);
    const bool isRow = a.size() == 1;
    const bool isColumn = b.size() == 1;
    const std::int64_t inner = isColumn ? b.front() : b[b.size() - 2];
    if (a.back() != inner)
        refuse(a, b);
    Extents output = broadcast(isRow ? Extents() : Extents(a.begin(), a.end() - 2),
                               isColumn ? Extents() : Extents(b.begin(), b.end() - 2));
    if (!isRow)
        output.push_back(a[a.size() - 2]);
    if (!isColumn)
        output.push_back(b.back());
    return output;
}

Outputs matMul(const NodeView& view)
{
    return { matrixProduct(view.input(0), view.input(1)) };
}

Outputs quantisedMatMul(const NodeView& view)
{
    return { matrixProduct(view.input(0), view.input(3)) };
}

/// RNN, GRU, LSTM: the whole sequence, the last state, and for LSTM the last cell.
Outputs recurrent(const NodeView& view)
{
    const Extents& input = view.input(0);
    const Extents& recurrence = view.input(2);
    if (input.size() != 3 || recurrence.size() != 3)
        throw ShapeError("input and recurrent weight need 3 axes");
    const bool batchFirst = view.node().integer("layout", 0) != 0;
    const std::int64_t directions = recurrence[0];
    const std::int64_t hidden = recurrence[2];
    if (batchFirst) {
        const Extents last = { input[0], directions, hidden };
        return { { input[0], input[1], directions, hidden }, last, last };
    }
    const Extents last = { directions, input[1], hidden };
    return { { input[0], directions, input[1], hidden }, last, last };
}

constexpr std::array rules = {
    Rule { "GRU", 3, recurrent },        Rule { "Gemm", 2, gemm },
    Rule { "LSTM", 3, recurrent },       Rule { "MatMul", 2, matMul },
    Rule { "MatMulInteger", 2, matMul }, Rule { "QLinearMatMul", 4, quantisedMatMul },
    Rule { "RNN", 3, recurrent },
};

} // namespace

std::span<const Rule> matrixRules()
{
    return rules;
}

} // namespace engine::shapes
