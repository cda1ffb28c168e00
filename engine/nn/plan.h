#pragma once

#include "engine/tensor/shape.h"

#include <dnnl.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <utility>
#include <variant>
#include <vector>

namespace engine::nn {

/// A piece of memory of a plan: an activation in one layout, or a constant.
enum class SlotId : std::size_t {};

struct Slot {
    dnnl::memory::desc desc;
    SlotId base {}; ///< the slot whose memory this is; itself when it has its own
    /// For a constant: makes its row-major values, which are then reordered from `plain` to `desc`.
    std::function<std::vector<float>()> make;
    dnnl::memory::desc plain;
};

/// A oneDNN primitive; each argument is (DNNL_ARG_..., slot).
struct PrimitiveCall {
    dnnl::primitive primitive;
    std::vector<std::pair<int, SlotId>> reads;
    SlotId output {};
    int outputArgument = DNNL_ARG_DST;
    dnnl::memory::desc scratchpad;
    bool accumulates = false; ///< adds onto what lies in `output`
};

/// Computation of our own on row-major values.
struct PlainCall {
    std::function<void(std::span<const float* const> inputs, float* output)> compute;
    std::vector<SlotId> reads;
    SlotId output {};
};

/// Shows row-major values of a node to the one who asked for them.
struct TapCall {
    std::size_t node = 0;
    SlotId slot {};
    Shape shape; ///< with the batch
};

/// Lets somebody change the values of a node before its consumers read them.
struct EditCall {
    std::size_t node = 0;
    SlotId slot {};
    Shape shape; ///< with the batch
};

struct Step {
    std::size_t node = 0; ///< for which node of the graph it works
    std::variant<PrimitiveCall, PlainCall, TapCall, EditCall> call;
    bool inPlace = false; ///< the output may lie where the first input did
};

/// A network laid out for one batch size and one set of tapped nodes: steps in order and where values lie.
/// Shared by the threads; each runs it in an Execution of its own.
struct Plan {
    std::size_t batch = 1;
    bool keepsAll = false; ///< every value has memory of its own and stays until the end
    std::vector<Slot> slots;
    std::vector<Step> steps;
    SlotId input {};
    SlotId output {};
    Shape outputShape; ///< with the batch

    std::vector<dnnl::memory> constants; ///< by slot; empty where the slot is none
    std::vector<std::size_t> offsets; ///< by slot: where it lies in the arena [byte]
    std::size_t arenaBytes = 0;
    std::size_t scratchpadBytes = 0;

    const Slot& at(SlotId id) const { return slots[static_cast<std::size_t>(id)]; }
    bool isConstant(SlotId id) const { return static_cast<bool>(at(id).make); }
};

std::vector<SlotId> readsOf(const Step& step);
std::optional<SlotId> outputOf(const Step& step); ///< nothing for a tap; of an edit what it changes

/// Gives every slot its place in the arena: slots that do not live at the same time share memory, and a step
/// that allows it works in place. A plan that keeps all shares nothing.
void layOutMemory(Plan& plan);

/// Makes the constants. Later calls find them made.
void makeConstants(Plan& plan);

/// The one processor engine of oneDNN.
const dnnl::engine& processor();

/// Row-major float32.
dnnl::memory::desc plainDesc(const Shape& shape);

/// While it lives, oneDNN uses only this thread: the work is split over images, and OpenMP's barriers
/// collapse when anything else runs.
class SingleThreaded {
public:
    SingleThreaded();
    ~SingleThreaded();
    SingleThreaded(const SingleThreaded&) = delete;
    SingleThreaded& operator=(const SingleThreaded&) = delete;

private:
    int m_before;
};

} // namespace engine::nn
