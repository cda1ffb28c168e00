#include "engine/nn/ops_matrix.h"

#include "engine/nn/ops_elementwise.h"
#include "engine/nn/strided.h"

#include <algorithm>

namespace engine::nn {

namespace {

using Dims = dnnl::memory::dims;

/// A product with a stored matrix: (rows, inner) x (inner, columns) * scale + bias.
struct StoredProduct {
    std::int64_t rows = 0;
    std::int64_t inner = 0;
    std::int64_t columns = 0;
    Tensor matrix;
    bool transposed = false; ///< stored as (columns, inner)
    float scale = 1;
    std::vector<float> bias {}; ///< empty or one per column
};

/// The matrix as (columns, inner), scaled.
std::vector<float> weightRows(const StoredProduct& product)
{
    std::vector<float> values = readFloats(product.matrix);
    if (!product.transposed) {
        std::vector<float> turned(values.size());
        const StridedCopy copy({ product.columns, product.inner }, { { 1, product.columns } },
                               { { product.inner, 1 } });
        copy.run(values.data(), turned.data());
        values = std::move(turned);
    }
    for (float& value : values)
        value *= product.scale;
    return values;
}

dnnl::memory::desc anyLayout(const Dims& dims)
{
    return { dims, dnnl::memory::data_type::f32, dnnl::memory::format_tag::any };
}

/// Adds the product as an inner product of `source`, row-major (rows, inner).
SlotId multiply(const Site& site, SlotId source, const StoredProduct& product)
{
    PlanBuilder& plan = site.plan();
    const dnnl::memory::desc from = plan.desc(source);
    const dnnl::memory::desc weights = anyLayout({ product.columns, product.inner });
    const dnnl::memory::desc to = plainDesc(Shape { product.rows, product.columns });
    const dnnl::memory::desc bias = plainDesc(Shape { product.columns });
    const auto kind = dnnl::prop_kind::forward_inference;
    using Forward = dnnl::inner_product_forward;
    const Forward::desc desc = product.bias.empty() ? Forward::desc(kind, from, weights, to)
                                                    : Forward::desc(kind, from, weights, bias, to);
    const Forward::primitive_desc chosen(desc, withActivation(site), processor());
    Arguments reads { { DNNL_ARG_SRC, source },
                      { DNNL_ARG_WEIGHTS,
                        plan.constant(chosen.weights_desc(), Shape { product.columns, product.inner },
                                      [product] { return weightRows(product); }) } };
    if (!product.bias.empty())
        reads.emplace_back(
            DNNL_ARG_BIAS,
            plan.constant(bias, Shape { product.columns }, [values = product.bias] { return values; }));
    return plan.add<Forward>(chosen, reads);
}

std::vector<float> gemmBias(const Site& site, std::int64_t columns)
{
    if (!site.has(2))
        return {};
    std::vector<float> bias = site.floats(2, "the bias");
    const auto wanted = static_cast<std::size_t>(columns);
    if (bias.size() == 1)
        bias.resize(wanted, bias.front());
    if (bias.size() != wanted)
        site.failShape("the bias has " + std::to_string(bias.size()) + " values for "
                       + std::to_string(columns) + " columns");
    const auto beta = static_cast<float>(site.node().real("beta", 1));
    for (float& value : bias)
        value *= beta;
    return bias;
}

/// Swaps the two axes of the first operand of Gemm.
SlotId transposedInput(const Site& site, const Shape& input)
{
    site.mixesImages();
    const SlotId turned = site.plan().slot(plainDesc(Shape { input[1], input[0] }));
    const StridedCopy copy({ input[1], input[0] }, { { 1, input[1] } }, { { input[0], 1 } });
    site.plan().add({ [copy](std::span<const float* const> in, float* out) { copy.run(in[0], out); },
                      { site.plain(0) },
                      turned });
    return turned;
}

/// The operand as seen by a product of matrices: ones in front up to `rank`.
Shape lifted(const Shape& shape, std::size_t rank)
{
    Extents extents(rank - shape.rank(), 1);
    extents.insert(extents.end(), shape.extents().begin(), shape.extents().end());
    return Shape(extents);
}

void multiplyStored(const Site& site)
{
    const Shape& input = site.shape(0);
    const Tensor& matrix = site.constant(1, "the matrix");
    StoredProduct product { .inner = matrix.shape[0], .columns = matrix.shape[1], .matrix = matrix };
    if (input[input.rank() - 1] != product.inner || product.inner == 0)
        site.failShape("matrices of " + toString(input) + " and " + toString(matrix.shape)
                       + " cannot be multiplied");
    product.rows = static_cast<std::int64_t>(input.elements()) / product.inner;
    const SlotId source = site.plan().view(site.plain(0), plainDesc(Shape { product.rows, product.inner }));
    Extents extents = input.extents();
    extents.back() = product.columns;
    const Shape shape(extents);
    site.define(shape, site.plan().view(multiply(site, source, product), plainDesc(shape)));
}

void multiplyComputed(const Site& site)
{
    const Shape& a = site.shape(0);
    const Shape& b = site.shape(1);
    const std::size_t rank = std::max(a.rank(), b.rank());
    if (std::min(a.rank(), b.rank()) < 2 || a[a.rank() - 1] != b[b.rank() - 2])
        site.failShape("matrices of " + toString(a) + " and " + toString(b) + " cannot be multiplied");
    for (const std::size_t i : { 0U, 1U })
        if (site.plan().perImage(site.input(i)) && (rank == 2 || site.shape(i).rank() != rank))
            site.mixesImages();
    Extents outerA = lifted(a, rank).extents();
    Extents outerB = lifted(b, rank).extents();
    outerA.resize(rank - 2);
    outerB.resize(rank - 2);
    const auto outer = broadcastShape(Shape(outerA), Shape(outerB));
    if (!outer)
        site.failShape("matrices of " + toString(a) + " and " + toString(b) + " cannot be multiplied");
    Extents extents = outer->extents();
    extents.push_back(a[a.rank() - 2]);
    extents.push_back(b[b.rank() - 1]);
    PlanBuilder& plan = site.plan();
    const SlotId first = plan.view(site.plain(0), plainDesc(lifted(a, rank)));
    const SlotId second = plan.view(site.plain(1), plainDesc(lifted(b, rank)));
    const dnnl::matmul::desc desc(plan.desc(first), plan.desc(second), plainDesc(Shape(extents)));
    site.define(Shape(extents),
                plan.add<dnnl::matmul>({ desc, userScratchpad(), processor() },
                                       { { DNNL_ARG_SRC, first }, { DNNL_ARG_WEIGHTS, second } }));
}

} // namespace

void buildGemm(const Site& site)
{
    Shape input = site.shape(0);
    const Tensor& matrix = site.constant(1, "the matrix");
    if (input.rank() != 2 || matrix.shape.rank() != 2)
        site.failShape("operands of " + toString(input) + " and " + toString(matrix.shape)
                       + " are no matrices");
    SlotId source = site.plain(0);
    if (site.node().integer("transA", 0) != 0) {
        source = transposedInput(site, input);
        input = Shape { input[1], input[0] };
    }
    StoredProduct product { .rows = input[0], .matrix = matrix };
    product.transposed = site.node().integer("transB", 0) != 0;
    product.inner = matrix.shape[product.transposed ? 1 : 0];
    product.columns = matrix.shape[product.transposed ? 0 : 1];
    product.scale = static_cast<float>(site.node().real("alpha", 1));
    if (input[1] != product.inner || product.columns == 0)
        site.failShape("matrices of " + toString(input) + " and " + toString(matrix.shape)
                       + " cannot be multiplied");
    product.bias = gemmBias(site, product.columns);
    site.define(Shape { product.rows, product.columns }, multiply(site, source, product));
}

void buildMatMul(const Site& site)
{
    const Tensor* stored = site.plan().graph().constant(site.input(1));
    if (stored != nullptr && stored->shape.rank() == 2 && site.shape(0).rank() >= 2)
        multiplyStored(site);
    else
        multiplyComputed(site);
}

} // namespace engine::nn
