#pragma once

#include "app/cli_options.h"

#include <memory>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
} // namespace CLI

namespace app {

/// What the parser writes into while it reads one option.
struct TypedValue {
    const analysis::Parameter* parameter = nullptr;
    CLI::Option* option = nullptr;
    CLI::Option* negation = nullptr; ///< "--no-hash" of a flag
    std::string text = {};
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
    std::string width = {};
    std::string height = {};
    bool json = false;
};

CLI::Option* addTextOption(CLI::App& app, const analysis::Parameter& parameter, std::string& text);
void addParameter(VerbArguments& verb, const analysis::Parameter& parameter);
/// Options every analysis has; a parameter of the same name wins.
void addGeneralOptions(VerbArguments& verb);

/// What was typed for it. Errors  engine::ParameterError.
Request requestOf(const VerbArguments& verb);

} // namespace app
