#pragma once

#include "analysis/catalogue.h"
#include "analysis/dram/recost.h"
#include "analysis/job.h"
#include "analysis/workspace.h"
#include "widgets/selection.h"

#include <QObject>

#include <map>
#include <memory>
#include <set>
#include <vector>

namespace widgets {

enum class DatasetState { Loading, Ready, Changed, Missing, Failed };

/// A data set of the workspace, whether it could be opened or not.
struct DatasetItem {
    int id = 0;
    int parent = 0; ///< the network a derived data set came from; 0 = opened from a file
    QString path = {};
    QString title = {};
    DatasetState state = DatasetState::Loading;
    QString problem = {}; ///< one sentence when Failed, Missing or Changed
    analysis::DatasetPtr dataset = {}; ///< null until Ready
    std::shared_ptr<const analysis::Table> overview = {}; ///< zeros and ratio per layer; null until computed
    QString knownSha256 = {}; ///< as the workspace remembers it; empty for a new one
};

/// In place of the id of a data set: the analysis makes its data itself.
inline constexpr int noSubject = -1;

enum class AnalysisState { Idle, Running, Done, Stale, Failed };

/// An analysis of the workspace with its newest report.
struct AnalysisItem {
    int id = 0;
    const analysis::Analysis* row = nullptr;
    int subject = 0; ///< id of a DatasetItem, or noSubject; 0 = waits for a derived data set
    int derivedOf = 0; ///< set while it waits
    analysis::Values values = {};
    analysis::ReportPtr report = {};
    analysis::ReportPtr simulated = {}; ///< what the run found, where `report` is costed with other currents
    analysis::ChangedSupplies supplies = {}; ///< these
    analysis::ChangedSupplies remembered = {}; ///< of a workspace, for the next report
    AnalysisState state = AnalysisState::Idle;
    QString error = {};
    double seconds = 0; ///< of the last run
    double fraction = 0; ///< of the running one
};

/// Everything that is open: data sets, analyses, their jobs, the selection and the workspace they are saved
/// in. Views read it and call it; it knows no view.
class Session : public QObject {
    Q_OBJECT

public:
    explicit Session(QObject* parent = nullptr);
    ~Session() override;

    analysis::JobQueue& jobs() { return m_jobs; }
    SelectionModel& selection() { return m_selection; }

    const std::vector<DatasetItem>& datasets() const { return m_datasets; }
    const std::vector<AnalysisItem>& analyses() const { return m_analyses; }
    const DatasetItem* dataset(int id) const;
    const AnalysisItem* analysisItem(int id) const;
    const DatasetItem* find(const analysis::DatasetPtr& dataset) const;

    /// A file, folder or workspace (.tessera); in the background. Opening the same path again selects it.
    void open(const QString& path);
    void closeDataset(int id); ///< with what is derived from it and the analyses on it
    void reload(int id);

    /// The item of this kind on this data set, made when there is none. Parameters start sensibly.
    /// `subject` may be noSubject for one that needs no input.
    int analysisFor(const analysis::Analysis& row, int subject);
    void setValues(int id, const analysis::Values& values); ///< marks the report stale
    /// Costs the run of a report with other currents, at once; none = as simulated. Returns why it cannot be,
    /// in one sentence; empty when it could.
    QString setSupplies(int id, const analysis::ChangedSupplies& changed);
    /// Another look at what the report of an analysis holds already, such as another point of a front: shown
    /// in its place, everywhere, until it is run again.
    void setReport(int id, const analysis::ReportPtr& variant);
    void run(int id);
    void cancel(int id);
    void removeAnalysis(int id);

    QString workspacePath() const { return m_workspacePath; }
    bool isModified() const { return m_modified; }
    bool isEmpty() const { return m_datasets.empty() && m_analyses.empty(); }
    void clear(); ///< a new, empty workspace
    /// In the background; files that are missing or have changed are shown as such.
    void openWorkspace(const QString& path);
    /// Errors  engine::IoError.
    void saveWorkspace(const QString& path, const QJsonObject& layout);

signals:
    void datasetsChanged();
    void datasetOpened(int id);
    void analysesChanged();
    void analysisChanged(int id); ///< values, state or report of one
    void workspaceOpened(const QJsonObject& layout);
    void workspaceChanged(); ///< path or modified
    void message(analysis::Level level, const QString& text);
    void logged(analysis::Level level, const QString& text); ///< shown where it happened; for the log only

private:
    DatasetItem* item(int id);
    AnalysisItem* analysisPtr(int id);
    analysis::Inputs inputsFor(const DatasetItem* subject) const;
    int addDataset(const QString& path, const QString& knownSha256, int parent = 0);
    void load(int id);
    void take(int id, const analysis::DatasetPtr& dataset);
    void offerPictures(const QString& path); ///< to captures that name none yet
    void computeOverview(int id);
    void addDerived(int parent, const std::shared_ptr<const analysis::Dataset>& dataset);
    void finishRun(int id, const analysis::ReportPtr& report, double seconds);
    void applyWorkspace(const analysis::Workspace& workspace);
    analysis::Workspace toWorkspace(const QString& path) const;
    void runPending(int subject);
    void setModified(bool modified);

    analysis::JobQueue m_jobs;
    SelectionModel m_selection;
    std::vector<DatasetItem> m_datasets;
    std::vector<AnalysisItem> m_analyses;
    std::set<int> m_runWhenOpened; ///< analyses of a workspace that is being opened
    std::map<int, analysis::Job*> m_running; ///< by analysis id
    QString m_workspacePath;
    QString m_notes;
    QJsonObject m_others; ///< of the workspace; kept for a newer version
    int m_nextId = 1;
    bool m_modified = false;
};

} // namespace widgets
