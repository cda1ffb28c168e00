#pragma once

namespace analysis {
struct Analysis;
}

namespace widgets {

class AnalysisPage;
class Session;

/// The page of a row of the catalogue: one of its own where it has views of its own, else the one that serves
/// every analysis. To add one, append a row in analysis_pages.cpp.
AnalysisPage* makeAnalysisPage(Session& session, const analysis::Analysis& row);

} // namespace widgets
