#include "app/cli_options.h"

#include "app/cli_help.h"
#include "engine/base/error.h"

#include <QFileInfo>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>

namespace app {

namespace {

using analysis::Parameter;
using analysis::ParameterType;

[[noreturn]] void refuse(const QString& sentence)
{
    throw engine::ParameterError(sentence.toStdString());
}

/// What the parser writes into while it reads one analysis' arguments.
struct TypedValue {
    const Parameter* parameter = nullptr;
    CLI::Option* option = nullptr;
    std::string text = {};
    bool flag = false;
};

/// A verb of the command line with room for its arguments.
struct VerbArguments {
    const analysis::Analysis* analysis = nullptr;
    CLI::App* app = nullptr;
    Request::Verb verb = Request::Verb::Nothing;
    std::vector<std::string> words = {};
    std::vector<std::unique_ptr<TypedValue>> values = {};
    std::vector<std::string> charts = {};
    std::string csvFolder = {};
    std::string out = {};
    std::string preset = {};
    double width = 0;
    double height = 0;
    bool json = false;
};

void addParameter(VerbArguments& verb, const Parameter& parameter)
{
    auto typed = std::make_unique<TypedValue>();
    typed->parameter = &parameter;
    const std::string name = "--" + parameter.id.toStdString();
    if (parameter.type == ParameterType::Flag)
        typed->option = verb.app->add_flag(name + ",!--no-" + parameter.id.toStdString(), typed->flag,
                                           helpText(parameter).toStdString());
    else
        typed->option = verb.app->add_option(name, typed->text, helpText(parameter).toStdString())
                            ->type_name(placeholder(parameter.type).toStdString());
    verb.values.push_back(std::move(typed));
}

bool hasParameter(const analysis::Analysis& row, const char* id)
{
    return std::ranges::find(row.parameters, QLatin1String(id), &Parameter::id) != row.parameters.end();
}

/// Options every analysis has; a parameter of the same name wins.
void addGeneralOptions(VerbArguments& verb)
{
    CLI::App& app = *verb.app;
    const analysis::Analysis& row = *verb.analysis;
    if (!hasParameter(row, "csv"))
        app.add_option("--csv", verb.csvFolder, "write every table as FOLDER/<table>.csv")
            ->type_name("FOLDER");
    if (!hasParameter(row, "chart"))
        app.add_option("--chart", verb.charts, "write a chart: NAME=FILE.pdf, .svg, .png, .tex or .csv")
            ->type_name("NAME=FILE")
            ->expected(1)
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    if (!hasParameter(row, "out"))
        app.add_option("--out", verb.out, "write the JSON report to a file too")->type_name("FILE");
    app.add_option("--chart-width", verb.width, "width of the charts [mm]")
        ->type_name("X")
        ->check(CLI::Range(10.0, 1000.0));
    app.add_option("--chart-height", verb.height, "height of the charts [mm]")
        ->type_name("X")
        ->check(CLI::Range(10.0, 1000.0));
    app.add_option("--chart-preset", verb.preset, "journal preset of .pdf, .svg and .png: ieee-column ...")
        ->type_name("ID");
}

/// The parser with every verb on it.
class Parser {
public:
    explicit Parser(std::span<const analysis::Analysis> analyses)
        : m_app("Compression, data movement and compute-in-memory of neural networks.", "tessera-cli")
    {
        m_app.set_version_flag("--version", "tessera-cli " TESSERA_VERSION, "print the version");
        m_app.set_help_flag("-h,--help", "print this help");
        m_app.add_option("--threads", m_threads, "threads to use; 0 = one per core")
            ->type_name("N")
            ->check(CLI::Range(0U, 1024U));
        m_app.require_subcommand(1);
        m_app.get_formatter()->column_width(32);
        addVerb("list", "every analysis: id, title, source, input", Request::Verb::List);
        VerbArguments& describe =
            addVerb("describe", "parameters and outputs of an analysis", Request::Verb::Describe);
        describe.app->add_option("ID", describe.words, "analysis")->required()->expected(1);
        VerbArguments& info = addVerb("info", "what a file is: format, layers, tensors, shapes, types, zeros",
                                      Request::Verb::Info);
        info.app->add_option("FILE", info.words, "file or folder to read")->required()->expected(1);
        for (const analysis::Analysis& row : analyses)
            addAnalysis(row);
    }

    Request parse(const QStringList& arguments);

private:
    VerbArguments& addVerb(const std::string& name, const std::string& help, Request::Verb kind)
    {
        auto verb = std::make_unique<VerbArguments>();
        verb->verb = kind;
        verb->app = m_app.add_subcommand(name, help);
        verb->app->fallthrough();
        verb->app->add_flag("--json", verb->json, "print one JSON object");
        m_verbs.push_back(std::move(verb));
        return *m_verbs.back();
    }

    void addAnalysis(const analysis::Analysis& row)
    {
        VerbArguments& verb = addVerb(row.id.toStdString(), row.help.toStdString(), Request::Verb::Run);
        verb.analysis = &row;
        verb.app->add_option("INPUT", verb.words, "files or folders to read")->required();
        if (!row.source.isEmpty())
            verb.app->footer("Source: " + row.source.toStdString());
        addGeneralOptions(verb);
        for (const Parameter& parameter : row.parameters)
            addParameter(verb, parameter);
    }

    QString verbNames() const
    {
        QStringList names;
        for (const auto& verb : m_verbs)
            names += QString::fromStdString(verb->app->get_name());
        return names.join(QStringLiteral(", "));
    }

    void checkVerb(const QStringList& arguments) const;

    CLI::App m_app;
    std::vector<std::unique_ptr<VerbArguments>> m_verbs;
    unsigned m_threads = 0;
};

/// CLI11 would only say that a word was not expected.
void Parser::checkVerb(const QStringList& arguments) const
{
    qsizetype first = 1;
    while (first < arguments.size() && arguments[first].startsWith(u'-'))
        first += arguments[first] == QStringLiteral("--threads") ? 2 : 1;
    if (first >= arguments.size())
        refuse(QStringLiteral("a command is wanted; there are: ") + verbNames());
    const auto named = [&](const auto& verb) {
        return verb->app->get_name() == arguments[first].toStdString();
    };
    if (std::ranges::none_of(m_verbs, named))
        refuse(QStringLiteral("\"%1\" is not a command; there are: %2").arg(arguments[first], verbNames()));
}

ChartRequest chartRequest(const std::string& text)
{
    static const QStringList suffixes = { QStringLiteral("pdf"), QStringLiteral("svg"), QStringLiteral("png"),
                                          QStringLiteral("tex"), QStringLiteral("csv") };
    const QString spec = QString::fromStdString(text);
    const qsizetype equals = spec.indexOf(u'=');
    if (equals <= 0 || equals + 1 == spec.size())
        refuse(QStringLiteral("chart: \"%1\" is not of the form NAME=FILE").arg(spec));
    ChartRequest request { spec.left(equals), spec.mid(equals + 1) };
    if (!suffixes.contains(request.suffix()))
        refuse(QStringLiteral("chart: \"%1\" does not end in one of .%2")
                   .arg(request.file, suffixes.join(QStringLiteral(", ."))));
    return request;
}

analysis::Values valuesOf(const VerbArguments& verb)
{
    analysis::Values values(verb.analysis->parameters);
    for (const auto& typed : verb.values) {
        if (typed->option->count() == 0)
            continue;
        const Parameter& parameter = *typed->parameter;
        const bool isFlag = parameter.type == ParameterType::Flag;
        const analysis::Value value =
            isFlag ? analysis::Value(typed->flag) : parameter.parse(QString::fromStdString(typed->text));
        values.set(verb.analysis->parameters, parameter.id, value);
    }
    return values;
}

Request requestOf(const VerbArguments& verb)
{
    Request request;
    request.verb = verb.verb;
    request.analysis = verb.analysis;
    request.json = verb.json;
    for (const std::string& word : verb.words)
        request.inputs += QString::fromStdString(word);
    if (verb.verb != Request::Verb::Run)
        return request;
    request.values = valuesOf(verb);
    request.csvFolder = QString::fromStdString(verb.csvFolder);
    request.out = QString::fromStdString(verb.out);
    request.chartPreset = QString::fromStdString(verb.preset);
    if (verb.width > 0)
        request.chartWidthMm = verb.width;
    if (verb.height > 0)
        request.chartHeightMm = verb.height;
    for (const std::string& chart : verb.charts)
        request.charts.push_back(chartRequest(chart));
    return request;
}

Request Parser::parse(const QStringList& arguments)
{
    std::vector<std::string> words;
    for (const QString& argument : arguments)
        words.push_back(argument.toStdString());
    std::vector<const char*> pointers;
    for (const std::string& word : words)
        pointers.push_back(word.c_str());
    try {
        m_app.parse(static_cast<int>(pointers.size()), pointers.data());
    } catch (const CLI::CallForHelp&) {
        return { .text = QString::fromStdString(m_app.help()).trimmed() };
    } catch (const CLI::CallForVersion& version) {
        return { .text = QString::fromUtf8(version.what()) };
    } catch (const CLI::ParseError& error) {
        checkVerb(arguments);
        refuse(QString::fromUtf8(error.what()).section(u'\n', 0, 0));
    }
    for (const auto& verb : m_verbs) {
        if (!verb->app->parsed())
            continue;
        Request request = requestOf(*verb);
        request.threads = m_threads;
        return request;
    }
    refuse(QStringLiteral("a command is wanted; there are: ") + verbNames());
}

} // namespace

QString ChartRequest::suffix() const
{
    return QFileInfo(file).suffix().toLower();
}

Request parseCommandLine(const QStringList& arguments, std::span<const analysis::Analysis> analyses)
{
    return Parser(analyses).parse(arguments);
}

} // namespace app
