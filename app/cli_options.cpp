#include "app/cli_options.h"

#include "analysis/export/figure_presets.h"
#include "app/cli_verb.h"
#include "engine/base/error.h"

#include <QFileInfo>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>

namespace app {

namespace {

using analysis::Parameter;

[[noreturn]] void refuse(const QString& sentence)
{
    throw engine::ParameterError(sentence.toStdString());
}

const Parameter& threadCount()
{
    static const Parameter parameter { .id = QStringLiteral("threads"),
                                       .title = QStringLiteral("threads"),
                                       .unit = {},
                                       .fallback = qint64 { 0 },
                                       .minimum = 0,
                                       .maximum = 1024,
                                       .help = QStringLiteral("threads to use; 0 = one per core") };
    return parameter;
}

/// The parser with every verb on it.
class Parser {
public:
    explicit Parser(std::span<const analysis::Analysis> analyses)
        : m_app("Compression, data movement and compute-in-memory of neural networks.", "tessera-cli")
    {
        m_app.set_version_flag("--version", "tessera-cli " TESSERA_VERSION, "print the version");
        m_app.set_help_flag("-h,--help", "print this help");
        addTextOption(m_app, threadCount(), m_threads);
        m_app.require_subcommand(1);
        m_app.get_formatter()->column_width(32);
        addVerb("list", "every analysis: id, title, source, input", Request::Verb::List);
        VerbArguments& describe =
            addVerb("describe", "parameters and outputs of an analysis", Request::Verb::Describe);
        describe.app->add_option("ID", describe.words, "analysis")->required()->type_name("")->expected(1);
        VerbArguments& info = addVerb("info", "what a file is: format, layers, tensors, shapes, types, zeros",
                                      Request::Verb::Info);
        info.app->add_option("FILE", info.words, "file or folder to read")
            ->required()
            ->type_name("")
            ->expected(1);
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
        verb.app->add_option("INPUT", verb.words, "files or folders to read")
            ->required(row.needsInput)
            ->type_name("");
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
    void checkUnexpected() const;

    CLI::App m_app;
    std::vector<std::unique_ptr<VerbArguments>> m_verbs;
    std::string m_threads;
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

/// CLI11 would name neither the command nor where its options are listed.
void Parser::checkUnexpected() const
{
    const std::vector<std::string> words = m_app.remaining(true);
    const auto verb = std::ranges::find_if(m_verbs, [](const auto& one) { return one->app->parsed(); });
    if (words.empty() || verb == m_verbs.end())
        return;
    const auto unknown =
        std::ranges::find_if(words, [](const std::string& word) { return word.starts_with('-'); });
    const QString name = QString::fromStdString((*verb)->app->get_name());
    if (unknown == words.end())
        refuse(QStringLiteral("%1: \"%2\" is one argument too many")
                   .arg(name, QString::fromStdString(words.front())));
    refuse(QStringLiteral("%1 has no option %2; \"tessera-cli %1 --help\" lists those there are")
               .arg(name, QString::fromStdString(*unknown).section(u'=', 0, 0)));
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
        checkUnexpected();
        refuse(QString::fromUtf8(error.what()).section(u'\n', 0, 0));
    }
    for (const auto& verb : m_verbs) {
        if (!verb->app->parsed())
            continue;
        Request request = requestOf(*verb);
        if (!m_threads.empty())
            request.threads = static_cast<unsigned>(
                std::get<qint64>(threadCount().parse(QString::fromStdString(m_threads))));
        return request;
    }
    refuse(QStringLiteral("a command is wanted; there are: ") + verbNames());
}

} // namespace

QString ChartRequest::suffix() const
{
    return QFileInfo(file).suffix().toLower();
}

analysis::FigureSize Request::figureSize() const
{
    analysis::FigureSize size =
        chartPreset.isEmpty() ? analysis::FigureSize {} : analysis::figurePreset(chartPreset).size();
    size.widthMm = chartWidthMm.value_or(size.widthMm);
    size.heightMm = chartHeightMm.value_or(size.heightMm);
    return size;
}

Request parseCommandLine(const QStringList& arguments, std::span<const analysis::Analysis> analyses)
{
    return Parser(analyses).parse(arguments);
}

} // namespace app
