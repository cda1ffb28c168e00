#pragma once

#include "analysis/parameter.h"
#include "widgets/packing/packing_scene.h"

#include <QWidget>

class QLabel;

namespace widgets {

class ParameterForm;
class Section;
class SizeTable;

/// What the inspector shows beside the packing view: the sizes of the block, those of the whole image, and
/// what can be set.
class PackingPanel : public QWidget {
    Q_OBJECT

public:
    explicit PackingPanel(QWidget* parent = nullptr);

    void showScene(const PackingScene& scene);
    void clear(const QString& sentence);

    PackingChoice choice() const;
    int wordBits() const;
    engine::codec::PackingPort port() const;
    void setWordBits(int bits);
    void setError(const QString& parameter, const QString& sentence);
    ParameterForm& form() { return *m_form; }

signals:
    void changed(); ///< by the user

private:
    void showStream(const PackedStream& stream);

    QLabel* m_title;
    QLabel* m_place;
    Section* m_block;
    SizeTable* m_sizes;
    Section* m_facts;
    Section* m_stream;
    Section* m_source;
    ParameterForm* m_form;
};

} // namespace widgets
