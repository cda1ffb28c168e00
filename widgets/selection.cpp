#include "widgets/selection.h"

#include <algorithm>
#include <utility>

namespace widgets {
namespace {

constexpr std::size_t historyLimit = 200;

/// A step worth going back to: another data set, layer or tensor.
bool isStep(const Selection& now, const Selection& before)
{
    return now.dataset != before.dataset || now.layer != before.layer || now.tensor != before.tensor;
}

} // namespace

const engine::Tensor* Selection::tensorInfo() const
{
    if (!dataset || tensor < 0 || static_cast<std::size_t>(tensor) >= dataset->content.tensors.size())
        return nullptr;
    return &dataset->content.tensors[static_cast<std::size_t>(tensor)];
}

void SelectionModel::select(const Selection& selection)
{
    if (selection == m_current)
        return;
    if (isStep(selection, m_current)) {
        if (m_current.dataset)
            m_back.push_back(m_current);
        if (m_back.size() > historyLimit)
            m_back.erase(m_back.begin());
        m_forward.clear();
    }
    apply(selection);
}

void SelectionModel::clearLevel()
{
    Selection next = m_current;
    if (next.bit >= 0)
        next.bit = -1;
    else if (next.row >= 0 || next.column >= 0)
        next.row = next.column = -1;
    else if (next.channel >= 0)
        next.channel = -1;
    else if (next.tensor >= 0)
        next.tensor = -1;
    else
        next.layer = -1;
    select(next);
}

void SelectionModel::back()
{
    if (m_back.empty())
        return;
    const Selection target = m_back.back();
    m_back.pop_back();
    if (m_current.dataset)
        m_forward.push_back(m_current);
    apply(target);
}

void SelectionModel::forward()
{
    if (m_forward.empty())
        return;
    const Selection target = m_forward.back();
    m_forward.pop_back();
    if (m_current.dataset)
        m_back.push_back(m_current);
    apply(target);
}

void SelectionModel::forget(const analysis::DatasetPtr& dataset)
{
    const auto belongs = [&dataset](const Selection& selection) { return selection.dataset == dataset; };
    std::erase_if(m_back, belongs);
    std::erase_if(m_forward, belongs);
    if (m_current.dataset == dataset)
        apply({});
}

void SelectionModel::hover(const std::optional<Hover>& hover)
{
    emit hovered(hover);
}

void SelectionModel::apply(const Selection& selection)
{
    if (selection == m_current)
        return;
    const Selection before = std::exchange(m_current, selection);
    // A copy: a receiver may select again while the signal is on its way.
    const Selection now = m_current;
    emit changed(now, before);
}

} // namespace widgets
