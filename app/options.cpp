#include "app/options.h"

#include "analysis/catalogue.h"

#include <QCommandLineParser>
#include <QRegularExpression>

namespace app {

namespace {

const QCommandLineOption& option(const QString& name)
{
    using Option = QCommandLineOption;
    static const std::map<QString, Option> all = [] {
        std::map<QString, Option> options;
        const auto add = [&](const QString& id, const QString& help, const QString& value = {}) {
            options.emplace(id, Option(id, help, value));
        };
        add(QStringLiteral("example"), QStringLiteral("Open the example workspace."));
        add(QStringLiteral("theme"), QStringLiteral("light, dark or system."), QStringLiteral("name"));
        add(QStringLiteral("size"), QStringLiteral("Size of the window, as 1600x1000."),
            QStringLiteral("WxH"));
        add(QStringLiteral("page"),
            QStringLiteral("Page to show: overview, layer, or the id of an analysis."), QStringLiteral("id"));
        add(QStringLiteral("screenshot"),
            QStringLiteral("Draw the window into a PNG and quit; needs no display."), QStringLiteral("file"));
        add(QStringLiteral("render"),
            QStringLiteral("Draw a chart file of tessera-cli and quit; needs no display."),
            QStringLiteral("file"));
        add(QStringLiteral("out"), QStringLiteral("With --render: .pdf, .svg or .png to write."),
            QStringLiteral("file"));
        add(QStringLiteral("preset"), QStringLiteral("With --render: figure preset, as ieee-column."),
            QStringLiteral("id"));
        add(QStringLiteral("width"), QStringLiteral("With --render: width in mm."), QStringLiteral("mm"));
        add(QStringLiteral("height"), QStringLiteral("With --render: height in mm."), QStringLiteral("mm"));
        return options;
    }();
    return all.at(name);
}

Options refuse(Options options, const QString& sentence)
{
    options.exitStatus = 2;
    options.text = sentence;
    return options;
}

std::optional<widgets::ThemeChoice> themeNamed(const QString& name)
{
    if (name == QLatin1String("light"))
        return widgets::ThemeChoice::Light;
    if (name == QLatin1String("dark"))
        return widgets::ThemeChoice::Dark;
    if (name == QLatin1String("system"))
        return widgets::ThemeChoice::System;
    return std::nullopt;
}

std::optional<QSize> sizeFrom(const QString& text)
{
    static const QRegularExpression pattern(QStringLiteral("\\A(\\d{2,5})x(\\d{2,5})\\z"));
    const QRegularExpressionMatch match = pattern.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    return QSize(match.captured(1).toInt(), match.captured(2).toInt());
}

QStringList pageIds()
{
    QStringList ids { QStringLiteral("overview"), QStringLiteral("layer"), QStringLiteral("packing") };
    for (const analysis::Analysis& row : analysis::catalogue())
        ids << row.id;
    return ids;
}

} // namespace

Options parseOptions(const QStringList& arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral(
        "Tessera opens neural networks and activation dumps and shows what compression does to them."));
    parser.addPositionalArgument(QStringLiteral("files"),
                                 QStringLiteral("Networks, dumps, pictures or a workspace (.tessera)."),
                                 QStringLiteral("[files...]"));
    for (const char* name :
         { "example", "theme", "size", "page", "screenshot", "render", "out", "preset", "width", "height" })
        parser.addOption(option(QString::fromLatin1(name)));
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();

    Options options;
    if (!parser.parse(arguments))
        return refuse(std::move(options), QStringLiteral("tessera: ") + parser.errorText());
    if (parser.isSet(help) || parser.isSet(version)) {
        options.exitStatus = 0;
        options.text = parser.isSet(version)
            ? QStringLiteral("tessera " TESSERA_VERSION)
            : parser.helpText().trimmed().replace(QStringLiteral("<executable_name>"),
                                                  QStringLiteral("tessera"));
        return options;
    }
    const auto value = [&](const char* name) { return parser.value(option(QString::fromLatin1(name))); };
    const auto given = [&](const char* name) { return parser.isSet(option(QString::fromLatin1(name))); };
    options.files = parser.positionalArguments();
    options.example = given("example");
    options.page = value("page");
    options.screenshot = value("screenshot");
    options.render = value("render");
    options.out = value("out");
    options.preset = value("preset");
    options.widthMm = value("width").toDouble();
    options.heightMm = value("height").toDouble();
    if (given("theme") && !(options.theme = themeNamed(value("theme"))))
        return refuse(
            std::move(options),
            QStringLiteral("tessera: theme \"%1\" is not light, dark or system").arg(value("theme")));
    if (given("size") && !(options.size = sizeFrom(value("size"))))
        return refuse(std::move(options),
                      QStringLiteral("tessera: size \"%1\" is not of the form 1600x1000").arg(value("size")));
    if (!options.page.isEmpty() && !pageIds().contains(options.page))
        return refuse(std::move(options),
                      QStringLiteral("tessera: page \"%1\" is not one of %2")
                          .arg(value("page"), pageIds().join(QStringLiteral(", "))));
    if (!options.render.isEmpty() && options.out.isEmpty())
        return refuse(std::move(options), QStringLiteral("tessera: --render wants --out FILE"));
    return options;
}

} // namespace app
