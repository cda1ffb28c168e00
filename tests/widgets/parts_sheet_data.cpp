#include "tests/widgets/parts_sheet.h"

namespace gallery {

using namespace widgets;

namespace {

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

} // namespace

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

} // namespace gallery
