#include "widgets/job/strip_notice.h"

#include "widgets/parts/buttons.h"
#include "widgets/parts/elided_label.h"
#include "widgets/parts/link_button.h"
#include "widgets/theme/theme.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QToolButton>
#include <QUrl>

namespace widgets {

StripNotice::StripNotice(QWidget* parent)
    : QWidget(parent)
    , m_glyph(new QLabel(this))
    , m_sentence(new ElidedLabel({}, this))
{
    m_sentence->setFont(uiFont(12));
    m_sentence->setElideMode(Qt::ElideMiddle);
    auto* folder = new LinkButton(tr("Open folder"), this);
    auto* copy = new LinkButton(tr("Copy path"), this);
    QToolButton* close = iconButton(QStringLiteral("close"), tr("Close this message"), this);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(10);
    for (QWidget* part : std::initializer_list<QWidget*> { m_glyph, m_sentence, folder, copy, close })
        row->addWidget(part);
    for (LinkButton* link : { folder, copy })
        link->setFont(uiFont(12));
    connect(folder, &LinkButton::clicked, this, &StripNotice::openFolder);
    connect(copy, &LinkButton::clicked, this, &StripNotice::copyPath);
    connect(close, &QToolButton::clicked, this, [this] {
        clear();
        emit cleared();
    });
    connect(&ThemeManager::instance(), &ThemeManager::changed, this, &StripNotice::recolour);
    recolour();
}

void StripNotice::announce(const QString& sentence, const QString& path)
{
    m_path = path;
    m_sentence->setText(sentence);
    m_sentence->setToolTip(path);
}

void StripNotice::clear()
{
    m_path.clear();
    m_sentence->setText({});
}

void StripNotice::openFolder()
{
    const QString folder = QFileInfo(m_path).absolutePath();
    if (!QDesktopServices::openUrl(QUrl::fromLocalFile(folder)))
        emit failed(tr("No program of this desktop opens the folder %1.").arg(folder));
}

void StripNotice::copyPath() const
{
    QGuiApplication::clipboard()->setText(m_path);
}

void StripNotice::recolour()
{
    m_glyph->setPixmap(icon(QStringLiteral("check"), IconInk::Ok).pixmap(QSize(16, 16), devicePixelRatioF()));
}

} // namespace widgets
