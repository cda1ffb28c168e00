#include "widgets/page/packing_header.h"

#include "widgets/parts/buttons.h"
#include "widgets/parts/segmented.h"
#include "widgets/theme/theme.h"

#include <QAction>
#include <QCheckBox>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>

#include <algorithm>

namespace widgets {
namespace {

constexpr int roomForChecks = 880; ///< narrower, they are in the menu alone [px]

} // namespace

PackingHeader::PackingHeader(QWidget* parent)
    : PanelHeader(tr("Bit-level packing"), HeaderKind::View, parent)
    , m_direction(new Segmented(tr("Direction")))
    , m_block(new QSpinBox)
    , m_count(new QLabel)
    , m_menu(new QMenu(this))
{
    m_direction->add(tr("Compress"), tr("From the words to the stream"));
    m_direction->add(tr("Decompress"), tr("From the stream back to the words"));
    addLeft(m_direction);
    auto* label = new QLabel(tr("Block"));
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setBuddy(m_block);
    m_block->setAccessibleName(tr("Block"));
    m_block->setKeyboardTracking(false);
    m_block->setMinimumWidth(84);
    m_count->setForegroundRole(QPalette::PlaceholderText);
    addLeft(label);
    addLeft(m_block);
    addLeft(m_count);
    m_linkBox = addCheck(tr("Link to source"), m_link);
    m_linkBox->setToolTip(tr("The element that is selected and the word that is selected are one"));
    m_hexBox = addCheck(tr("Values in hex"), m_hex);
    m_link->setChecked(true);
    buildRight();
    connect(m_direction, &Segmented::chosen, this, &PackingHeader::directionChanged);
    connect(m_block, &QSpinBox::valueChanged, this,
            [this](int block) { emit blockChosen(static_cast<quint64>(block)); });
    connect(m_hex, &QAction::toggled, this, &PackingHeader::hexChanged);
    setBlocks(0, false);
}

QCheckBox* PackingHeader::addCheck(const QString& text, QAction*& action)
{
    auto* box = new QCheckBox(text);
    action = m_menu->addAction(text);
    action->setCheckable(true);
    connect(box, &QCheckBox::toggled, action, &QAction::setChecked);
    connect(action, &QAction::toggled, box, &QCheckBox::setChecked);
    addLeft(box);
    return box;
}

void PackingHeader::buildRight()
{
    m_next = compactButton(tr("Next bypassed"), QStringLiteral("forward"));
    connect(m_next, &QPushButton::clicked, this, &PackingHeader::nextRawRequested);
    QToolButton* more = iconButton(QStringLiteral("more"), tr("More about this view"));
    more->setMenu(m_menu);
    more->setPopupMode(QToolButton::InstantPopup);
    m_menu->addSeparator();
    m_export = m_menu->addAction(icon(QStringLiteral("export")), tr("Export figure…"));
    connect(m_export, &QAction::triggered, this, &PackingHeader::exportRequested);
    addRight(m_next);
    addRight(more);
}

void PackingHeader::resizeEvent(QResizeEvent* event)
{
    PanelHeader::resizeEvent(event);
    const bool wide = width() >= roomForChecks;
    m_linkBox->setVisible(wide);
    m_hexBox->setVisible(wide);
}

PackingDirection PackingHeader::direction() const
{
    return m_direction->current() == 0 ? PackingDirection::Compress : PackingDirection::Decompress;
}

bool PackingHeader::linksToSource() const
{
    return m_link->isChecked();
}

bool PackingHeader::showsHex() const
{
    return m_hex->isChecked();
}

void PackingHeader::setBlocks(std::uint64_t count, bool anyRaw)
{
    const QSignalBlocker quiet(m_block);
    constexpr std::uint64_t most = 1U << 30;
    m_block->setRange(0, static_cast<int>(std::clamp<std::uint64_t>(count, 1, most)) - 1);
    m_block->setEnabled(count > 0);
    m_count->setText(count == 0 ? QString() : tr("of %1").arg(formatCount(static_cast<qint64>(count))));
    m_next->setEnabled(anyRaw);
    m_next->setToolTip(anyRaw
                           ? tr("The next block that is written as it is, since packing would not shorten it")
                           : tr("No block of this image is bypassed"));
    m_export->setEnabled(count > 0);
}

void PackingHeader::setBlock(std::uint64_t block)
{
    const QSignalBlocker quiet(m_block);
    m_block->setValue(static_cast<int>(block));
}

} // namespace widgets
