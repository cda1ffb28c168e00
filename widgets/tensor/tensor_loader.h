#pragma once

#include "analysis/dataset/dataset.h"
#include "engine/tensor/pyramid.h"
#include "widgets/tensor/latest_job.h"
#include "widgets/tensor/tensor_facts.h"

#include <QObject>

#include <cstdint>
#include <deque>
#include <memory>

namespace widgets {

/// What a view of a plane shows: the plane, and the facts about the tensor it is part of.
struct TensorPlane {
    std::shared_ptr<const engine::Pyramid> pyramid;
    std::shared_ptr<const TensorFacts> facts;
};

/// Gets planes of tensors ready in the background; the newest request wins. The last few stay at hand.
///
/// Tensors that do not lie in memory are read into it, unless they take more than the cap; of those, the
/// plane alone is read.
class TensorLoader : public QObject {
    Q_OBJECT

public:
    struct Request {
        analysis::DatasetPtr dataset;
        std::size_t tensor = 0; ///< index into content.tensors
        engine::PlaneSelector plane;
        int wordBits = 0; ///< 0 = as stored
    };

    explicit TensorLoader(QObject* parent = nullptr);

    /// Long work is shown among the jobs of this queue, which must outlive this.
    void setQueue(analysis::JobQueue* queue) { m_queue = queue; }
    void setMemoryCap(std::uint64_t bytes) { m_cap = bytes; } ///< [byte], at first a quarter of the RAM

    void load(const Request& request); ///< answers at once, before it returns, when it is at hand
    void cancel();
    void forget(const analysis::DatasetPtr& dataset);
    bool isLoading() const { return m_job.isActive(); }

signals:
    void started(); ///< the answer is not at hand
    void ready(const widgets::TensorPlane& plane);
    void failed(const QString& sentence);

private:
    struct Plane {
        engine::PlaneSelector selector; ///< of the tensor; the pyramid may be that of a copy
        std::shared_ptr<const engine::Pyramid> pyramid;
    };

    struct Entry {
        std::weak_ptr<const analysis::Dataset> dataset;
        std::size_t tensor = 0;
        std::shared_ptr<const TensorFacts> facts;
        std::deque<Plane> planes; ///< newest first

        std::uint64_t heldBytes() const; ///< read into memory for us
    };

    std::deque<Entry>::iterator find(const Request& request);
    TensorPlane atHand(const Request& request);
    void accept(analysis::Job* job);
    void keep(const Request& request, const TensorPlane& answer);
    void trim();
    static TensorPlane work(const Request& request, const TensorPlane& known, std::uint64_t cap,
                            const engine::Control& control);

    analysis::JobQueue* m_queue = nullptr;
    LatestJob m_job;
    Request m_request; ///< of the running job
    std::deque<Entry> m_entries; ///< newest first
    std::uint64_t m_cap;
};

/// The same tensor over elements in memory; itself when it lies there. Null elements when stopped.
/// Errors  engine::IoError, engine::FormatError.
engine::Tensor readIntoMemory(const engine::Tensor& tensor, const engine::Control& control);

/// RAM of this machine [byte].
std::uint64_t physicalMemory();

} // namespace widgets
