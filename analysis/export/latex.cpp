#include "analysis/export/latex.h"

#include <algorithm>
#include <array>

namespace analysis {

namespace {

struct Command {
    char16_t character;
    const char* latex;
};

constexpr std::array commands = {
    Command { u'\\', "\\textbackslash{}" },
    Command { u'{', "\\{" },
    Command { u'}', "\\}" },
    Command { u'#', "\\#" },
    Command { u'$', "\\$" },
    Command { u'%', "\\%" },
    Command { u'&', "\\&" },
    Command { u'_', "\\_" },
    Command { u'~', "\\textasciitilde{}" },
    Command { u'^', "\\textasciicircum{}" },
    Command { u'<', "\\textless{}" },
    Command { u'>', "\\textgreater{}" },
    Command { u'|', "\\textbar{}" },
    Command { u'"', "''" },
    // After a line end of a tabular these two would be taken for its options.
    Command { u'[', "{[}" },
    Command { u'*', "{*}" },
    Command { u']', "{]}" },
    Command { u'\u00b0', "$^\\circ$" },
    Command { u'\u00b1', "$\\pm$" },
    Command { u'\u00b2', "$^2$" },
    Command { u'\u00b3', "$^3$" },
    Command { u'\u00b5', "$\\mu$" },
    Command { u'\u00b7', "$\\cdot$" },
    Command { u'\u00d7', "$\\times$" },
    Command { u'\u0394', "$\\Delta$" },
    Command { u'\u03bc', "$\\mu$" },
    Command { u'\u03c3', "$\\sigma$" },
    Command { u'\u2009', "\\," },
    Command { u'\u2013', "--" },
    Command { u'\u2014', "---" },
    Command { u'\u2026', "\\ldots{}" },
    Command { u'\u2190', "$\\leftarrow$" },
    Command { u'\u2192', "$\\rightarrow$" },
    Command { u'\u2212', "$-$" },
    Command { u'\u221e', "$\\infty$" },
    Command { u'\u2248', "$\\approx$" },
    Command { u'\u2264', "$\\leq$" },
    Command { u'\u2265', "$\\geq$" },
};

} // namespace

QString latexEscaped(const QString& text)
{
    QString result;
    for (const QChar c : text) {
        const auto found = std::ranges::find(commands, c.unicode(), &Command::character);
        if (found != commands.end())
            result += QLatin1String(found->latex);
        else
            result += c < u' ' ? QChar(u' ') : c;
    }
    return result;
}

bool isHostileToTex(const QString& text)
{
    return std::ranges::any_of(text,
                               [](QChar c) { return c < u' ' || QStringLiteral("#{}\\~,\"").contains(c); });
}

} // namespace analysis
