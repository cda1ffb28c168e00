// Renders every small part in both themes, as the design's sheet of parts shows them: for looking at our own
// work. Usage: parts_gallery DIR writes DIR/parts-light.png and DIR/parts-dark.png.

#include "widgets/form/parameter_form.h"
#include "widgets/job/job_bar.h"
#include "widgets/job/job_list.h"
#include "widgets/job/job_strip.h"
#include "widgets/job/log_view.h"
#include "widgets/parts/badge.h"
#include "widgets/parts/buttons.h"
#include "widgets/parts/empty_state.h"
#include "widgets/parts/message_bar.h"
#include "widgets/parts/panel_header.h"
#include "widgets/parts/readout_bar.h"
#include "widgets/parts/section.h"
#include "widgets/parts/segmented.h"
#include "widgets/parts/value_tip.h"
#include "widgets/table/table_view.h"
#include "widgets/theme/colour_map.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPainter>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollBar>
#include <QSlider>
#include <QSplitter>
#include <QTabBar>
#include <QTest>
#include <QTextStream>
#include <QToolButton>
#include <QTreeWidget>

using namespace widgets;

namespace {

/// A strip of 256 colours, or of icons, drawn by hand.
class Strip : public QWidget {
public:
    Strip(std::function<void(QPainter&, const QRect&)> draw, QSize size, QWidget* parent)
        : QWidget(parent)
        , m_draw(std::move(draw))
    {
        setFixedSize(size);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        m_draw(painter, rect());
    }

private:
    std::function<void(QPainter&, const QRect&)> m_draw;
};

class Sheet : public QWidget {
public:
    Sheet()
    {
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(20, 16, 20, 16);
        row->setSpacing(20);
        m_columns = { new QVBoxLayout, new QVBoxLayout, new QVBoxLayout };
        for (QVBoxLayout* column : m_columns) {
            column->setSpacing(8);
            row->addLayout(column, 1);
        }
        buttons();
        form();
        messages();
        jobs();
        badges();
        icons();
        table();
        maps();
        empty();
        containers();
        for (QVBoxLayout* column : m_columns)
            column->addStretch(1);
    }

private:
    void head(std::size_t column, const QString& text)
    {
        auto* label = new QLabel(text, this);
        label->setFont(uiFont(12, true));
        label->setForegroundRole(QPalette::PlaceholderText);
        m_columns[column]->addSpacing(4);
        m_columns[column]->addWidget(label);
    }

    QHBoxLayout* line(std::size_t column)
    {
        auto* row = new QHBoxLayout;
        row->setSpacing(10);
        m_columns[column]->addLayout(row);
        return row;
    }

    void buttons();
    void form();
    void messages();
    void jobs();
    void badges();
    void icons();
    void table();
    void maps();
    void empty();
    void containers();

    std::vector<QVBoxLayout*> m_columns;
    analysis::JobQueue m_queue;
    LogModel m_log;
};

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

void Sheet::icons()
{
    head(0, QStringLiteral("Icons, 16 and 24 px"));
    const QStringList names = QDir(QStringLiteral(":/icons")).entryList();
    m_columns[0]->addWidget(new Strip(
        [names](QPainter& painter, const QRect& rect) {
            int x = 0;
            int y = 0;
            for (const QString& name : names) {
                const QIcon drawn = icon(name.chopped(4));
                drawn.paint(&painter, x, y, 16, 16);
                drawn.paint(&painter, x, y + 62, 24, 24);
                x += 28;
                if (x + 24 > rect.width()) {
                    x = 0;
                    y += 30;
                }
            }
        },
        { 600, 160 }, this));
}

TablePtr sampleTable()
{
    using analysis::ColumnKind;
    analysis::Table table { .id = QStringLiteral("layers"), .partial = true };
    table.columns = {
        { .name = QStringLiteral("layer"), .title = QStringLiteral("Layer") },
        { .name = QStringLiteral("zero"),
          .title = QStringLiteral("Zeros"),
          .kind = ColumnKind::Fraction,
          .decimals = 1 },
        { .name = QStringLiteral("payload"),
          .title = QStringLiteral("Coded"),
          .unit = QStringLiteral("B"),
          .kind = ColumnKind::Bytes,
          .bar = true,
          .overhead = QStringLiteral("header") },
        { .name = QStringLiteral("header"),
          .title = QStringLiteral("Header"),
          .unit = QStringLiteral("B"),
          .kind = ColumnKind::Bytes },
        { .name = QStringLiteral("ratio"), .title = QStringLiteral("Ratio"), .kind = ColumnKind::Ratio },
        { .name = QStringLiteral("macs"), .title = QStringLiteral("MACs"), .kind = ColumnKind::Count },
    };
    const auto row = [&](const char* name, double zeros, qint64 payload, qint64 header, qint64 macs) {
        table.rows.push_back(
            { QString::fromLatin1(name), zeros, payload, header, 16384.0 / double(payload + header), macs });
    };
    row("conv1", 0.384, 8600, 2100, 442368);
    row("layer1.0.conv1", 0.513, 6800, 2048, 2359296);
    row("layer1.1.conv1", 0.485, 6700, 2300, 2359296);
    row("layer1.2.conv1", 0.641, 4400, 2300, 2359296);
    row("layer2.0.conv1", 0.607, 2700, 1100, 1179648);
    row("layer2.1.conv1", 0.756, 1700, 1150, 2359296);
    row("layer2.2.conv1", 0.813, 1250, 1150, 2359296);
    table.rows.push_back({ QStringLiteral("layer3.2.conv1"), {}, {}, {}, {}, {} });
    return std::make_shared<analysis::Table>(table);
}

void Sheet::table()
{
    head(1, QStringLiteral("Table with inline bars"));
    auto* header = new PanelHeader(QStringLiteral("Layers"), HeaderKind::Panel, this);
    header->setRemark(QStringLiteral("payload plain, overhead hatched"));
    header->addRight(iconButton(QStringLiteral("more"), QStringLiteral("More")));
    m_columns[1]->addWidget(header);
    auto* view = new TableView(QStringLiteral("Layers"), this);
    view->setTable(sampleTable());
    view->selectRow(2);
    view->setFixedHeight(270);
    m_columns[1]->addWidget(view);
}

void Sheet::maps()
{
    head(1, QStringLiteral("Categories, maps"));
    m_columns[1]->addWidget(new Strip(
        [](QPainter& painter, const QRect&) {
            int x = 0;
            for (const QColor& colour : Theme::current().categories) {
                painter.fillRect(x, 0, 32, 20, colour);
                x += 36;
            }
            for (int id = 0; id < 6; ++id) {
                const ColourMap& map = ColourMap::get(static_cast<ColourMapId>(id), Theme::current().isDark);
                for (int i = 0; i < 256; ++i)
                    painter.fillRect(i, 30 + id * 20, 1, 14, QColor::fromRgb(map.entries[std::size_t(i)]));
            }
        },
        { 300, 152 }, this));
}

void Sheet::empty()
{
    head(1, QStringLiteral("Empty window"));
    auto* state = new EmptyState(this);
    state->setFormats(QStringLiteral("ONNX, HDF5, safetensors, NumPy, IDX, CIFAR, pictures"));
    state->setRecent(
        { { QStringLiteral("resnet20-cifar10"), {} }, { QStringLiteral("lenet5-entropy"), {} } });
    state->setExamples({ { QStringLiteral("Small trained net"), {} } });
    state->setFixedHeight(220);
    m_columns[1]->addWidget(state);
    head(1, QStringLiteral("Log"));
    m_log.add(analysis::Level::Note, QStringLiteral("open"), QStringLiteral("lenet5.onnx opened in 0.1 s"));
    m_log.add(analysis::Level::Warning, QStringLiteral("conv1"), QStringLiteral("kept dense: 92 % non-zero"));
    m_log.add(analysis::Level::Problem, QStringLiteral("acts.h5"), QStringLiteral("not HDF5 at byte 0"));
    auto* view = new LogView(&m_log, this);
    view->setFixedHeight(150);
    m_columns[1]->addWidget(view);
}

void Sheet::containers()
{
    head(2, QStringLiteral("Tabs, tree, sections, menu"));
    auto* menus = new QMenuBar(this);
    for (const char* word : { "&File", "&Edit", "&View" })
        menus->addMenu(QLatin1String(word));
    m_columns[2]->addWidget(menus);
    auto* tabs = new QTabBar(this);
    tabs->setDocumentMode(true);
    tabs->setExpanding(false);
    for (const char* word : { "Overview", "Layer", "Entropy", "Codecs" })
        tabs->addTab(QLatin1String(word));
    tabs->setCurrentIndex(1);
    m_columns[2]->addWidget(tabs);
    auto* dock = new PanelHeader(QStringLiteral("Workspace"), HeaderKind::Dock, this);
    dock->addRight(iconButton(QStringLiteral("search"), QStringLiteral("Search")));
    m_columns[2]->addWidget(dock);
    auto* tree = new QTreeWidget(this);
    tree->setHeaderHidden(true);
    auto* sets = new QTreeWidgetItem(tree, { QStringLiteral("Datasets") });
    auto* net = new QTreeWidgetItem(sets, { QStringLiteral("ResNet-20") });
    net->setIcon(0, icon(QStringLiteral("network")));
    auto* layer = new QTreeWidgetItem(net, { QStringLiteral("conv1") });
    new QTreeWidgetItem(net, { QStringLiteral("layer1.0.conv1") });
    auto* more = new QTreeWidgetItem(tree, { QStringLiteral("Analyses") });
    new QTreeWidgetItem(more, { QStringLiteral("Sparsity") });
    sets->setExpanded(true);
    net->setExpanded(true);
    tree->setCurrentItem(layer);
    tree->setFixedHeight(170);
    m_columns[2]->addWidget(tree);
    auto* facts = new Section(QStringLiteral("Facts"), this);
    facts->setFacts({ { QStringLiteral("Zeros"), QStringLiteral("48.5 %"),
                        QStringLiteral("7\u2009948 of 16\u2009384"), true },
                      { QStringLiteral("Entropy"), QStringLiteral("4.30 bit / value") },
                      { QStringLiteral("File"), QStringLiteral("sha256 5e1f\u2026c07a"), {}, false, true } });
    m_columns[2]->addWidget(facts);
    auto* combo = new QComboBox(this);
    combo->addItems({ QStringLiteral("layer1.1.conv1"), QStringLiteral("layer1.2.conv1") });
    m_columns[2]->addWidget(combo);
    auto* menu = new QMenu(this);
    menu->setWindowFlags(Qt::Widget);
    menu->addAction(icon(QStringLiteral("copy")), QStringLiteral("Copy"), QKeySequence::Copy, [] {});
    QAction* checked = menu->addAction(QStringLiteral("Zeros (%)"));
    checked->setCheckable(true);
    checked->setChecked(true);
    menu->addSeparator();
    menu->addAction(QStringLiteral("Not now"))->setEnabled(false);
    menu->setActiveAction(checked);
    m_columns[2]->addWidget(menu);
    menu->show();
    auto* bar = new QScrollBar(Qt::Horizontal, this);
    bar->setRange(0, 100);
    bar->setPageStep(30);
    m_columns[2]->addWidget(bar);
    auto* split = new QSplitter(this);
    split->addWidget(new QLineEdit(QStringLiteral("a field")));
    split->addWidget(new QLineEdit);
    m_columns[2]->addWidget(split);
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    if (argc != 2) {
        QTextStream(stderr) << "usage: parts_gallery DIR\n";
        return 2;
    }
    const double scale = qEnvironmentVariable("GALLERY_SCALE", QStringLiteral("1")).toDouble();
    for (const ThemeChoice choice : { ThemeChoice::Light, ThemeChoice::Dark }) {
        ThemeManager::instance().apply(choice);
        Sheet sheet;
        sheet.resize(1900, 1000);
        sheet.show();
        sheet.activateWindow();
        QTest::qWait(600);
        sheet.findChild<QPushButton*>(QStringLiteral("focused"))->setFocus(Qt::TabFocusReason);
        QTest::qWait(50);
        QImage image(sheet.size() * scale, QImage::Format_RGB32);
        image.setDevicePixelRatio(scale);
        sheet.render(&image);
        const bool dark = choice == ThemeChoice::Dark;
        image.save(
            QDir(QString::fromLocal8Bit(argv[1]))
                .filePath(dark ? QStringLiteral("parts-dark.png") : QStringLiteral("parts-light.png")));
    }
    return 0;
}
