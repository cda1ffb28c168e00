#pragma once

#include "widgets/parts/section.h"
#include "widgets/session/session.h"

#include <QList>
#include <QString>

namespace widgets {

struct TensorFacts;

/// What the inspector writes about a data set, a tensor, a layer and the result of an analysis.
QString datasetKind(const DatasetItem& item); ///< "ONNX network, 74 layers"
QList<Fact> datasetFacts(const DatasetItem& item);
QString tensorTitle(const engine::Tensor& tensor);
QString tensorKind(const engine::Tensor& tensor); ///< "Activation after Relu, 1 x 16 x 32 x 32"
/// `facts` null: only what the file says.
QList<Fact> tensorFactRows(const engine::Tensor& tensor, const TensorFacts* facts);
QList<Fact> layerFacts(const Selection& selection);
/// With a capital at the front, for a line of help that stands alone.
QString asSentence(const QString& help);
/// With thin spaces and the scalar's own decimals, without the unit.
QString scalarNumber(const analysis::Scalar& scalar);
QList<Fact> resultFacts(const AnalysisItem& item);
/// What the report remarks, one row each.
QList<Fact> remarkFacts(const AnalysisItem& item);
/// File, digest and, for analyses, the source they implement.
QList<Fact> provenanceFacts(const Session& session, const DatasetItem* item, const QString& source);

} // namespace widgets
