#include "tests/widgets/parts_sheet.h"

namespace gallery {

using namespace widgets;

void Sheet::buttons()
{
    head(0, QStringLiteral("Buttons: normal, hover, primary, checked, focus, disabled"));
    QHBoxLayout* row = line(0);
    row->addWidget(plainButton(QStringLiteral("Copy")));
    QPushButton* hot = plainButton(QStringLiteral("Hover"));
    hot->setAttribute(Qt::WA_UnderMouse);
    row->addWidget(hot);
    row->addWidget(primaryButton(QStringLiteral("Run"), QStringLiteral("run")));
    QPushButton* pin = plainButton(QStringLiteral("Pin"));
    pin->setCheckable(true);
    pin->setChecked(true);
    row->addWidget(pin);
    QPushButton* focused = plainButton(QStringLiteral("Focus"));
    focused->setObjectName(QStringLiteral("focused"));
    row->addWidget(focused);
    QPushButton* off = plainButton(QStringLiteral("Run"), QStringLiteral("run"));
    off->setEnabled(false);
    row->addWidget(off);
    row->addStretch(1);
    row = line(0);
    auto* modes = new Segmented(QStringLiteral("Mode"));
    for (const char* word : { "Sparsity", "Value", "Bits" })
        modes->add(QLatin1String(word));
    row->addWidget(modes);
    row->addWidget(iconButton(QStringLiteral("lock"), QStringLiteral("Lock")));
    QToolButton* flat = iconButton(QStringLiteral("table"), QStringLiteral("Table"));
    flat->setAttribute(Qt::WA_UnderMouse);
    row->addWidget(flat);
    row->addWidget(iconButton(QStringLiteral("more"), QStringLiteral("More")));
    row->addWidget(compactButton(QStringLiteral("by value"), QStringLiteral("sort")));
    row->addStretch(1);
}

void Sheet::form()
{
    using analysis::ParameterType;
    head(0, QStringLiteral("Form rows: default, changed, out of range, disabled"));
    auto* frame = new QFrame(this);
    frame->setFrameShape(QFrame::StyledPanel);
    frame->setBackgroundRole(QPalette::Base);
    frame->setAutoFillBackground(true);
    auto* column = new QVBoxLayout(frame);
    column->setContentsMargins(12, 8, 12, 8);
    auto* form = new ParameterForm(frame);
    const std::vector<analysis::Parameter> rows {
        { .id = QStringLiteral("block"),
          .title = QStringLiteral("Block size S"),
          .type = ParameterType::Choice,
          .unit = QStringLiteral("words"),
          .fallback = QStringLiteral("16"),
          .choices = { { QStringLiteral("8"), {} }, { QStringLiteral("16"), {} } } },
        { .id = QStringLiteral("word"),
          .title = QStringLiteral("Word length"),
          .unit = QStringLiteral("bit"),
          .fallback = qint64(8),
          .minimum = 1,
          .maximum = 16 },
        { .id = QStringLiteral("k"),
          .title = QStringLiteral("K (lossy)"),
          .unit = QStringLiteral("bit"),
          .fallback = qint64(0),
          .minimum = 0,
          .maximum = 5 },
        { .id = QStringLiteral("dpi"),
          .title = QStringLiteral("Raster"),
          .unit = QStringLiteral("dpi"),
          .fallback = qint64(600),
          .minimum = 72,
          .maximum = 2400 },
        { .id = QStringLiteral("codecs"),
          .title = QStringLiteral("Codecs"),
          .type = ParameterType::Choices,
          .fallback = QStringLiteral("zvc,bzvc"),
          .choices = { { QStringLiteral("raw"), {} },
                       { QStringLiteral("zvc"), {} },
                       { QStringLiteral("bzvc"), {} } } },
        { .id = QStringLiteral("bypass"),
          .title = QStringLiteral("Bypass"),
          .type = ParameterType::Flag,
          .fallback = true },
        { .id = QStringLiteral("images"),
          .title = QStringLiteral("Images"),
          .type = ParameterType::Input,
          .fallback = QString() },
    };
    form->setParameters(rows);
    form->setRowEnabled(QStringLiteral("dpi"), false, QStringLiteral("PNG only"));
    column->addWidget(form);
    const QList<QAbstractSpinBox*> spins = form->findChildren<QAbstractSpinBox*>();
    const QStringList texts { QStringLiteral("6"), QStringLiteral("9") };
    for (qsizetype i = 0; i < texts.size(); ++i) {
        spins[i]->selectAll();
        QTest::keyClicks(spins[i], texts[i]);
    }
    auto* marks = new QHBoxLayout;
    auto* bypass = new QCheckBox(QStringLiteral("Bypass"));
    bypass->setChecked(true);
    auto* pdf = new QRadioButton(QStringLiteral("PDF"));
    pdf->setChecked(true);
    marks->addWidget(bypass);
    marks->addWidget(new QCheckBox(QStringLiteral("Midpoint")));
    marks->addWidget(pdf);
    marks->addWidget(new QRadioButton(QStringLiteral("SVG")));
    column->addLayout(marks);
    auto* slider = new QSlider(Qt::Horizontal);
    slider->setValue(33);
    column->addWidget(slider);
    m_columns[0]->addWidget(frame);
}

void Sheet::messages()
{
    head(0, QStringLiteral("Bars under the view header"));
    auto* bar = new MessageBar(this);
    bar->post({ analysis::Level::Note, QStringLiteral("An older one"), {} });
    bar->post({ analysis::Level::Problem, QStringLiteral("acts.h5: not HDF5 at byte 0; is it a .npz?"),
                QStringLiteral("The first bytes are 50 4B 03 04.") });
    bar->post({ analysis::Level::Warning, QStringLiteral("ADC codes miss 0: every sum gets a bias of 4.9"),
                QStringLiteral("Details") });
    m_columns[0]->addWidget(bar);
}

void Sheet::jobs()
{
    head(0, QStringLiteral("Jobs"));
    auto* list = new JobList(&m_queue, this);
    list->setFixedHeight(150);
    m_columns[0]->addWidget(list);
    auto* strip = new JobStrip(&m_queue, this);
    strip->setWarnings(2);
    m_columns[0]->addWidget(strip);
    auto* readout = new ReadoutBar(this);
    readout->setHover(Hover { QStringLiteral("conv1 \u203A act \u203A c6 \u203A (r19, c25)"), 1.3996, 100, 8,
                              QStringLiteral("block 423, word 9") });
    m_columns[0]->addWidget(readout);
    m_queue.start(QStringLiteral("Mixed-K, budget"), [](const engine::Control& control) {
        for (int i = 0; i < 300 && !control.stop.stop_requested(); ++i) {
            control.progress(0.61, "layer 12 of 19");
            QThread::msleep(10);
        }
        return std::any();
    });
    m_queue.start(QStringLiteral("Train, two-stage"), [](const engine::Control&) -> std::any {
        throw std::runtime_error("The estimate of 7.1 GB is above the memory cap of 6 GB.");
    });
    m_queue.start(QStringLiteral("DRAM energy"), [](const engine::Control&) { return std::any(); });
    m_queue
        .start(QStringLiteral("Entropy, XOR full"),
               [](const engine::Control& control) {
                   while (!control.stop.stop_requested())
                       QThread::msleep(5);
                   return std::any();
               })
        ->cancel();
}

void Sheet::badges()
{
    head(0, QStringLiteral("Tags, badges, tooltip"));
    QHBoxLayout* row = line(0);
    row->addWidget(new Strip(
        [](QPainter& painter, const QRect&) {
            drawSlotTag(painter, { 0, 0 }, Slot::A);
            drawSlotTag(painter, { 27, 0 }, Slot::B);
        },
        { 44, 17 }, this));
    row->addWidget(new Badge(QStringLiteral("partial"), BadgeKind::Neutral));
    row->addWidget(new Badge(QStringLiteral("stale"), BadgeKind::Warn));
    row->addWidget(new Badge(QStringLiteral("failed"), BadgeKind::Err));
    row->addWidget(new Badge(QStringLiteral("lossless"), BadgeKind::Ok));
    row->addStretch(1);
    auto* room = new QWidget(this);
    room->setFixedSize(340, 60);
    m_columns[0]->addWidget(room);
    auto* tip = new ValueTip(room);
    tip->showAt({ -12, -12 }, {},
                { QStringLiteral("1.3996"), QStringLiteral("100 = 0110 0100b"),
                  QStringLiteral("row 19, column 25; word 9 of block 423") });
}

} // namespace gallery
