#pragma once

#include "widgets/session/session.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QScrollArea;
class QStackedWidget;
class QTimer;

namespace widgets {

class CurrentsPanel;
class ParameterForm;
class Section;
struct TensorFacts;

/// The right dock: facts, parameters and provenance of what is in front: a data set, a tensor or an analysis.
class Inspector : public QWidget {
    Q_OBJECT

public:
    explicit Inspector(Session& session, QWidget* parent = nullptr);

    void showNothing();
    void showDataset(int id);
    /// `facts` null: not read yet.
    void showTensor(const Selection& selection, const std::shared_ptr<const TensorFacts>& facts);
    void showAnalysis(int id);
    /// What a page brings along; it stays the page's.
    void showPanel(QWidget* panel);

signals:
    void runRequested(int analysis);
    void copyCommandRequested();

private:
    void buildForm();
    void setObject(const QString& title, const QString& kind);
    void showProvenance(const DatasetItem* item, const QString& source);
    void setFormVisible(bool visible);
    void valuesEdited(const analysis::Values& values);
    void refreshRun();
    void refreshCurrents(const AnalysisItem& item);
    std::vector<analysis::Choice> offers() const;

    Session& m_session;
    int m_analysis = 0;
    QStackedWidget* m_stack;
    QScrollArea* m_foreign; ///< of the panels of pages
    QLabel* m_title;
    QLabel* m_kind;
    Section* m_facts;
    Section* m_more;
    Section* m_remarks;
    Section* m_supplies;
    CurrentsPanel* m_currents;
    Section* m_parameters;
    Section* m_provenance;
    ParameterForm* m_form = nullptr;
    const analysis::Analysis* m_formRow = nullptr;
    QPushButton* m_run = nullptr;
    QPushButton* m_copy = nullptr;
    QWidget* m_buttons = nullptr;
    QTimer* m_live;
};

} // namespace widgets
