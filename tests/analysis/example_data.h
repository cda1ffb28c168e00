#pragma once

#include "tests/analysis/sample_data.h"

/// The example network and its pictures, as the program ships them.
namespace example {

inline QString file(const QString& name)
{
    return QStringLiteral(TESSERA_SOURCE_DIR "/resources/example/") + name;
}

inline analysis::DatasetPtr open(const QString& name)
{
    return analysis::openDataset(file(name), {});
}

inline std::map<QString, analysis::Value> onPictures(std::map<QString, analysis::Value> changed = {})
{
    changed.try_emplace(QStringLiteral("images"), file(QStringLiteral("digits-images.idx3-ubyte")));
    changed.try_emplace(QStringLiteral("preset"), QStringLiteral("unit"));
    return changed;
}

/// Says stop once `fraction` of the work is done.
class StopAt {
public:
    explicit StopAt(double fraction)
    {
        m_control.stop = m_source.get_token();
        m_control.progress = [this, fraction](double done, const std::string&) {
            if (done >= fraction)
                m_source.request_stop();
        };
    }
    const engine::Control& control() const { return m_control; }

private:
    std::stop_source m_source;
    engine::Control m_control;
};

} // namespace example
