#include "analysis/unit.h"

#include <QStringView>

namespace analysis {

QString shownUnit(const QString& unit)
{
    const auto isMicro = [&](qsizetype at) {
        const bool begins = at == 0 || !unit[at - 1].isLetter();
        const bool ends = at + 2 >= unit.size() || !unit[at + 2].isLetter();
        return unit[at] == u'u' && begins && ends && at + 1 < unit.size()
            && QStringView(u"JsmAWV").contains(unit[at + 1]);
    };
    QString shown = unit;
    for (qsizetype at = 0; at < unit.size(); ++at)
        if (isMicro(at))
            shown[at] = u'\u00b5';
    return shown;
}

} // namespace analysis
