#pragma once

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

namespace gallery {

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
        label->setFont(widgets::uiFont(12, true));
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
    widgets::LogModel m_log;
};

} // namespace gallery
