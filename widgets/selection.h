#pragma once

#include "analysis/dataset/dataset.h"

#include <QObject>

#include <optional>

namespace widgets {

/// What the user is looking at, from the whole down to one bit. A level that is not set ends the path.
struct Selection {
    analysis::DatasetPtr dataset;
    int layer = -1; ///< index into content.layers
    int tensor = -1; ///< index into content.tensors
    qint64 batch = 0;
    qint64 channel = -1;
    qint64 row = -1; ///< of the plane shown
    qint64 column = -1;
    int bit = -1;

    bool operator==(const Selection&) const = default;
    const engine::Tensor* tensorInfo() const; ///< null when none is selected
};

/// The value under the pointer, as the readout shows it.
struct Hover {
    QString path; ///< "conv1 > act > c6 > (r19, c25)"
    double value = 0;
    std::optional<qint64> code; ///< the quantised or stored integer
    int codeBits = 8;
    QString note; ///< "block 423, word 9"
    bool hasValue = true; ///< false: the path says it all
    qint64 element = -1; ///< row-major place in the whole tensor that is selected; -1 = not known
};

/// One selection shared by all views, with a history.
class SelectionModel : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    const Selection& current() const { return m_current; }
    void select(const Selection& selection); ///< kept in the history when layer or tensor change
    void clearLevel(); ///< bit -> element -> channel -> tensor -> layer
    void back();
    void forward();
    bool canGoBack() const { return !m_back.empty(); }
    bool canGoForward() const { return !m_forward.empty(); }
    /// Drops a data set that is being closed, from the history too.
    void forget(const analysis::DatasetPtr& dataset);

    void hover(const std::optional<Hover>& hover);

signals:
    void changed(const widgets::Selection& now, const widgets::Selection& before);
    void hovered(const std::optional<widgets::Hover>& hover);

private:
    void apply(const Selection& selection);

    Selection m_current;
    std::vector<Selection> m_back;
    std::vector<Selection> m_forward;
};

} // namespace widgets
