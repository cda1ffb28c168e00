#include "widgets/page/layer_header.h"

#include "widgets/parts/buttons.h"
#include "widgets/parts/segmented.h"
#include "widgets/tensor/axes_selector.h"
#include "widgets/theme/theme.h"

#include <QActionGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QSignalBlocker>
#include <QToolButton>

#include <array>

namespace widgets {
namespace {

constexpr std::array<double, 3> clips { 1.0, 0.999, 0.99 };

} // namespace

LayerHeader::LayerHeader(QWidget* parent)
    : PanelHeader(QString(), HeaderKind::View, parent)
    , m_modes(new Segmented(tr("Map")))
    , m_axes(new AxesSelector)
    , m_clipLabel(new QLabel(tr("Clip")))
    , m_clip(new QComboBox)
    , m_plane(new QComboBox)
    , m_menu(new QMenu(this))
    , m_right(new QWidget)
{
    m_modes->add(tr("Sparsity"), tr("Zeros in their own colour, the rest by magnitude"));
    m_modes->add(tr("Value"), tr("Values by size and sign"));
    m_modes->add(tr("Bits"), tr("Bits each word needs, or one bit of all words"));
    addLeft(m_modes);
    addLeft(m_axes);
    buildRight();
    addRight(m_right);
    connect(m_modes, &Segmented::chosen, this, [this](int index) {
        m_mode = static_cast<MapMode>(index);
        showMode();
        emit lookChanged();
    });
    connect(m_menu, &QMenu::aboutToShow, this, &LayerHeader::fillMenu);
    setSigned(false);
    showMode();
}

void LayerHeader::buildRight()
{
    m_clip->setAccessibleName(tr("Clip"));
    m_clip->setToolTip(tr("How much of the values the colours cover; larger ones take the last colour"));
    m_plane->setAccessibleName(tr("Bit plane"));
    m_plane->setToolTip(tr("Which bit of the words the map shows"));
    m_clipLabel->setForegroundRole(QPalette::PlaceholderText);
    QToolButton* home = iconButton(QStringLiteral("home"), tr("Show the whole plane"));
    QToolButton* more = iconButton(QStringLiteral("more"), tr("More about this map"));
    more->setMenu(m_menu);
    more->setPopupMode(QToolButton::InstantPopup);
    auto* row = new QHBoxLayout(m_right);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    for (QWidget* part : std::initializer_list<QWidget*> { m_clipLabel, m_clip, m_plane, home, more })
        row->addWidget(part);
    connect(home, &QToolButton::clicked, this, &LayerHeader::homeRequested);
    connect(m_clip, &QComboBox::currentIndexChanged, this, &LayerHeader::lookChanged);
    connect(m_plane, &QComboBox::currentIndexChanged, this,
            [this] { emit bitChosen(m_plane->currentData().toInt()); });
}

double LayerHeader::clip() const
{
    return m_clip->currentIndex() < 0 ? 1.0 : m_clip->currentData().toDouble();
}

void LayerHeader::resizeEvent(QResizeEvent* event)
{
    PanelHeader::resizeEvent(event);
    constexpr int roomForAll = 840;
    const bool wide = width() >= roomForAll;
    m_axes->setSlidersShown(wide);
    m_clipLabel->setVisible(wide || m_mode == MapMode::Bits);
}

void LayerHeader::setMode(MapMode mode)
{
    m_mode = mode;
    m_modes->setCurrent(static_cast<int>(mode));
    showMode();
}

void LayerHeader::showMode()
{
    const std::array<QString, 3> titles { tr("Sparsity map"), tr("Value map"), tr("Bit map") };
    setTitle(titles[static_cast<std::size_t>(m_mode)]);
    const bool bits = m_mode == MapMode::Bits;
    m_clip->setVisible(!bits);
    m_plane->setVisible(bits);
    m_clipLabel->setText(bits ? tr("Plane") : tr("Clip"));
}

void LayerHeader::setBits(int count, int chosen)
{
    const QSignalBlocker blocker(m_plane);
    if (count != m_bitCount) {
        m_bitCount = count;
        m_plane->clear();
        m_plane->addItem(tr("all bits"), -1);
        for (int bit = count - 1; bit >= 0; --bit)
            m_plane->addItem(tr("bit %1").arg(bit), bit);
    }
    m_plane->setCurrentIndex(chosen >= 0 && chosen < count ? count - chosen : 0);
}

void LayerHeader::setSigned(bool hasNegatives)
{
    if (m_signed == (hasNegatives ? 1 : 0))
        return;
    m_signed = hasNegatives ? 1 : 0;
    const QSignalBlocker blocker(m_clip);
    const int current = std::max(0, m_clip->currentIndex());
    m_clip->clear();
    const QString lead = hasNegatives ? tr("± %1") : tr("0 … %1");
    m_clip->addItem(lead.arg(tr("max")), clips[0]);
    m_clip->addItem(lead.arg(formatPercent(clips[1])), clips[1]);
    m_clip->addItem(lead.arg(formatPercent(clips[2], 0)), clips[2]);
    m_clip->setCurrentIndex(current);
}

void LayerHeader::setControlsEnabled(bool enabled)
{
    m_modes->setEnabled(enabled);
    m_axes->setVisible(enabled);
    m_right->setVisible(enabled);
}

void LayerHeader::fillMenu()
{
    m_menu->clear();
    struct Row {
        CellStatistic statistic;
        QString title;
    };
    const std::array<Row, 4> rows { { { CellStatistic::Maximum, tr("Maximum of the values under a pixel") },
                                      { CellStatistic::Mean, tr("Mean") },
                                      { CellStatistic::Minimum, tr("Minimum") },
                                      { CellStatistic::Nonzero, tr("Fraction that is not zero") } } };
    auto* group = new QActionGroup(m_menu);
    for (const Row& row : rows) {
        QAction* action = m_menu->addAction(row.title);
        action->setCheckable(true);
        action->setChecked(row.statistic == m_statistic);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, statistic = row.statistic] {
            m_statistic = statistic;
            emit lookChanged();
        });
    }
    m_menu->addSeparator();
    m_axes->addAxisChoices(*m_menu);
    m_menu->addSeparator();
    connect(m_menu->addAction(icon(QStringLiteral("export")), tr("Export map…")), &QAction::triggered, this,
            &LayerHeader::exportRequested);
}

} // namespace widgets
