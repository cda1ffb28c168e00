#include "widgets/form/file_edit.h"

#include "widgets/form/calm_combo.h"
#include "widgets/form/path_line.h"
#include "widgets/parts/buttons.h"

#include <QCompleter>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QToolButton>
#include <QUrl>

namespace widgets {

namespace {

QString droppedFile(const QMimeData* data)
{
    const QList<QUrl> urls = data->urls();
    return urls.isEmpty() || !urls.first().isLocalFile() ? QString() : urls.first().toLocalFile();
}

} // namespace

FileEdit::FileEdit(FileRole role, QWidget* parent)
    : QWidget(parent)
    , m_role(role)
    , m_combo(new CalmCombo(this))
    , m_browse(iconButton(QStringLiteral("folder"), tr("Browse..."), this))
{
    setAcceptDrops(true);
    m_combo->setLineEdit(new PathLine); // makes it editable
    m_combo->setInsertPolicy(QComboBox::NoInsert);
    m_combo->lineEdit()->setPlaceholderText(role == FileRole::Write       ? tr("not written")
                                                : role == FileRole::Named ? tr("name or file")
                                                                          : tr("file or folder"));
    m_combo->setMaxVisibleItems(24);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
    row->addWidget(m_combo, 1);
    row->addWidget(m_browse);
    connect(m_combo->lineEdit(), &QLineEdit::textEdited, this, &FileEdit::edited);
    connect(m_combo, &QComboBox::activated, this,
            [this](int index) { take(m_combo->itemData(index).toString()); });
    makeBrowse();
    setFocusProxy(m_combo);
}

void FileEdit::makeBrowse()
{
    if (m_role != FileRole::Read) {
        connect(m_browse, &QToolButton::clicked, this, [this] { browse(false); });
        return;
    }
    auto* menu = new QMenu(this);
    menu->addAction(tr("File..."), this, [this] { browse(false); });
    menu->addAction(tr("Folder..."), this, [this] { browse(true); });
    m_browse->setMenu(menu);
    m_browse->setPopupMode(QToolButton::InstantPopup);
}

QString FileEdit::path() const
{
    return m_combo->currentText().trimmed();
}

void FileEdit::setPath(const QString& path)
{
    m_combo->setEditText(path);
}

QWidget* FileEdit::field() const
{
    return m_combo;
}

void FileEdit::setOffers(const std::vector<analysis::Choice>& offers)
{
    const QString kept = path();
    m_combo->clear();
    for (const analysis::Choice& offer : offers)
        m_combo->addItem(offer.title, offer.id);
    if (m_role == FileRole::Named) {
        m_combo->completer()->setFilterMode(Qt::MatchContains);
        m_combo->completer()->setCompletionMode(QCompleter::PopupCompletion);
    }
    setPath(kept);
}

void FileEdit::browse(bool folder)
{
    auto* dialog = new QFileDialog(
        window(), m_role == FileRole::Write ? tr("Choose where to write") : tr("Choose what to read"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(m_role == FileRole::Write ? QFileDialog::AcceptSave : QFileDialog::AcceptOpen);
    dialog->setFileMode(folder                          ? QFileDialog::Directory
                            : m_role == FileRole::Write ? QFileDialog::AnyFile
                                                        : QFileDialog::ExistingFile);
    if (const QFileInfo now(path()); !path().isEmpty() && now.dir().exists())
        dialog->setDirectory(now.absolutePath());
    connect(dialog, &QFileDialog::fileSelected, this, &FileEdit::take);
    dialog->open();
}

void FileEdit::take(const QString& path)
{
    setPath(path);
    emit edited();
}

void FileEdit::dragEnterEvent(QDragEnterEvent* event)
{
    if (!droppedFile(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void FileEdit::dropEvent(QDropEvent* event)
{
    event->acceptProposedAction();
    take(droppedFile(event->mimeData()));
}

} // namespace widgets
