#include "widgets/page/inspector.h"

#include "widgets/dram/currents_panel.h"
#include "widgets/form/parameter_form.h"
#include "widgets/page/inspector_facts.h"
#include "widgets/parts/buttons.h"
#include "widgets/parts/section.h"
#include "widgets/session/first_values.h"
#include "widgets/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

namespace widgets {

namespace {

/// A run that took no longer than this follows the form by itself.
constexpr double liveSeconds = 0.3;
constexpr int liveDelayMs = 150;

} // namespace

Inspector::Inspector(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_stack(new QStackedWidget)
    , m_foreign(new QScrollArea)
    , m_title(new QLabel)
    , m_kind(new QLabel)
    , m_facts(new Section(tr("Facts")))
    , m_more(new Section({}))
    , m_remarks(new Section(tr("Remarks")))
    , m_supplies(new Section(tr("Currents, supply and clock, costed at once")))
    , m_currents(new CurrentsPanel)
    , m_parameters(new Section(tr("Parameters")))
    , m_provenance(new Section(tr("Provenance")))
    , m_live(new QTimer(this))
{
    m_title->setFont(uiFont(14, true));
    m_title->setWordWrap(true);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_kind->setWordWrap(true);
    m_kind->setForegroundRole(QPalette::PlaceholderText);

    auto* body = new QWidget;
    body->setBackgroundRole(QPalette::Base);
    body->setAutoFillBackground(true);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    // Narrow docks squeeze the rows instead of cutting them off.
    body->setMinimumWidth(1);
    auto* heading = new QVBoxLayout;
    heading->setContentsMargins(12, 12, 12, 12);
    heading->setSpacing(2);
    heading->addWidget(m_title);
    heading->addWidget(m_kind);
    column->addLayout(heading);
    for (Section* section : { m_facts, m_more, m_remarks, m_supplies, m_parameters, m_provenance })
        column->addWidget(section);
    column->addStretch(1);

    auto* scroll = new QScrollArea;
    scroll->setWidget(body);
    for (QScrollArea* area : { scroll, m_foreign }) {
        area->setWidgetResizable(true);
        area->setFrameShape(QFrame::NoFrame);
        area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        m_stack->addWidget(area);
    }
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_stack);
    buildForm();
    showNothing();
}

void Inspector::buildForm()
{
    m_buttons = new QWidget;
    auto* row = new QHBoxLayout(m_buttons);
    row->setContentsMargins(0, 4, 0, 0);
    row->setSpacing(8);
    m_run = primaryButton(tr("Run"), QStringLiteral("run"));
    m_copy = plainButton(tr("Copy as command"), QStringLiteral("copy"));
    row->addWidget(m_run);
    row->addWidget(m_copy);
    row->addStretch(1);
    m_supplies->addWidget(m_currents);
    connect(m_currents, &CurrentsPanel::changed, this, [this](const analysis::ChangedSupplies& changed) {
        m_currents->setError(m_session.setSupplies(m_analysis, changed));
    });
    m_form = new ParameterForm;
    connect(m_form, &ParameterForm::valuesChanged, this, &Inspector::valuesEdited);
    connect(m_form, &ParameterForm::validChanged, this, &Inspector::refreshRun);
    m_parameters->addWidget(m_form);
    m_parameters->addWidget(m_buttons);
    m_live->setSingleShot(true);
    m_live->setInterval(liveDelayMs);
    connect(m_live, &QTimer::timeout, this, [this] { emit runRequested(m_analysis); });
    connect(m_run, &QPushButton::clicked, this, [this] {
        const AnalysisItem* item = m_session.analysisItem(m_analysis);
        if (item != nullptr && item->state == AnalysisState::Running)
            m_session.cancel(m_analysis);
        else
            emit runRequested(m_analysis);
    });
    connect(m_copy, &QPushButton::clicked, this, &Inspector::copyCommandRequested);
    connect(&m_session, &Session::analysisChanged, this, [this](int id) {
        if (id == m_analysis)
            showAnalysis(id);
    });
}

void Inspector::setObject(const QString& title, const QString& kind)
{
    m_stack->setCurrentIndex(0);
    m_title->setText(title);
    m_kind->setText(asSentence(kind));
    m_kind->setVisible(!kind.isEmpty());
}

void Inspector::setFormVisible(bool visible)
{
    m_parameters->setVisible(visible);
    if (visible)
        return;
    m_remarks->hide();
    m_supplies->hide();
    m_analysis = 0;
}

void Inspector::showPanel(QWidget* panel)
{
    m_analysis = 0;
    if (m_foreign->widget() != panel) {
        if (QWidget* before = m_foreign->takeWidget())
            before->hide();
        m_foreign->setWidget(panel);
    }
    panel->show();
    m_stack->setCurrentWidget(m_foreign);
}

void Inspector::showNothing()
{
    setObject(tr("Nothing is open"), tr("Open a network or drop a file on the window."));
    m_facts->hide();
    m_more->hide();
    m_provenance->hide();
    setFormVisible(false);
}

void Inspector::showProvenance(const DatasetItem* item, const QString& source)
{
    m_provenance->setFacts(provenanceFacts(m_session, item, source));
    m_provenance->show();
}

void Inspector::showDataset(int id)
{
    const DatasetItem* item = m_session.dataset(id);
    if (item == nullptr) {
        showNothing();
        return;
    }
    setFormVisible(false);
    m_more->hide();
    setObject(item->title, item->problem.isEmpty() ? datasetKind(*item) : item->problem);
    m_facts->setFacts(datasetFacts(*item));
    m_facts->setVisible(item->dataset != nullptr);
    showProvenance(item, {});
}

void Inspector::showTensor(const Selection& selection, const std::shared_ptr<const TensorFacts>& facts)
{
    const engine::Tensor* tensor = selection.tensorInfo();
    if (tensor == nullptr) {
        showNothing();
        return;
    }
    setFormVisible(false);
    setObject(tensorTitle(*tensor), tensorKind(*tensor));
    m_facts->setFacts(tensorFactRows(*tensor, facts.get()));
    m_facts->show();
    const QList<Fact> layer = layerFacts(selection);
    m_more->setTitle(tr("Layer"));
    m_more->setFacts(layer);
    m_more->setVisible(!layer.isEmpty());
    showProvenance(m_session.find(selection.dataset), {});
}

void Inspector::showAnalysis(int id)
{
    const AnalysisItem* item = m_session.analysisItem(id);
    if (item == nullptr) {
        showNothing();
        return;
    }
    m_analysis = id;
    if (m_formRow != item->row) {
        m_formRow = item->row;
        m_form->setParameters(item->row->parameters);
    }
    m_form->setOffers(offers());
    if (m_form->values() != item->values)
        m_form->setValues(item->values);
    const DatasetItem* subject = m_session.dataset(item->subject);
    setObject(item->row->title, item->row->help);
    m_facts->setFacts(resultFacts(*item));
    m_facts->setVisible(item->report != nullptr);
    m_more->hide();
    const QList<Fact> remarks = remarkFacts(*item);
    m_remarks->setFacts(remarks);
    m_remarks->setVisible(!remarks.isEmpty());
    m_parameters->show();
    refreshCurrents(*item);
    refreshRun();
    showProvenance(subject, item->row->source);
}

std::vector<analysis::Choice> Inspector::offers() const
{
    std::vector<analysis::Choice> choices;
    for (const DatasetItem& item : m_session.datasets())
        if (item.dataset && item.dataset->content.images && !item.path.isEmpty())
            choices.push_back({ item.path, item.title });
    return choices;
}

void Inspector::refreshCurrents(const AnalysisItem& item)
{
    const bool simulated = item.report && item.report->dram;
    m_supplies->setVisible(simulated);
    if (simulated)
        m_currents->setReports(item.simulated ? *item.simulated : *item.report, *item.report, item.supplies);
}

void Inspector::refreshRun()
{
    const AnalysisItem* item = m_session.analysisItem(m_analysis);
    const bool running = item != nullptr && item->state == AnalysisState::Running;
    m_run->setText(running ? tr("Stop") : tr("Run"));
    m_run->setEnabled(running || m_form->isValid());
    m_run->setToolTip(m_form->isValid() ? QString() : tr("A parameter is outside its range"));
}

void Inspector::valuesEdited(const analysis::Values& values)
{
    const AnalysisItem* item = m_session.analysisItem(m_analysis);
    if (item == nullptr)
        return;
    const bool live = item->report && item->seconds < liveSeconds && item->state != AnalysisState::Running;
    m_session.setValues(m_analysis, followPreset(*item->row, item->values, values));
    refreshRun();
    if (live && m_form->isValid())
        m_live->start();
}

} // namespace widgets
