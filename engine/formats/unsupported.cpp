#include "engine/formats/unsupported.h"

#include "engine/formats/guard.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace engine::formats {

namespace {

constexpr std::string_view legacyTorch = "\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19";

/// One kind. In `remedy`, {f} stands for the file's name and {s} for the name without its suffix.
struct Kind {
    std::string_view what;
    bool (*inside)(std::string_view head); ///< null: the name alone tells
    std::array<std::string_view, 4> suffixes;
    std::string_view remedy;
};

bool holds(std::string_view head, std::string_view text)
{
    return head.find(text) != std::string_view::npos;
}

bool isZip(std::string_view head)
{
    return head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06");
}

/// Protocol 2 to 5, then an opcode that may begin an object.
bool isPickle(std::string_view head)
{
    constexpr std::string_view first = "\x95(])}NKJMIFGXBCUTScV\x88\x89\x8a\x8b\x8c\x8d\x8e\x8f\x96";
    return head.size() > 2 && head[0] == '\x80' && head[1] >= 2 && head[1] <= 5
        && first.find(head[2]) != std::string_view::npos;
}

bool isPicture(std::string_view head)
{
    return head.starts_with("\x89PNG\r\n") || head.starts_with("\xff\xd8\xff") || head.starts_with("GIF8");
}

bool isWebPage(std::string_view head)
{
    std::string start(head.substr(0, 64));
    std::ranges::transform(start, start.begin(), [](unsigned char c) { return std::tolower(c); });
    return start.starts_with("<!doctype html") || start.starts_with("<html");
}

constexpr std::string_view torchRemedy =
    "convert it with: python3 -c \"import torch, safetensors.torch as s; d = torch.load('{f}', "
    "map_location='cpu'); d = d.get('state_dict', d); s.save_file({k: v.clone().contiguous() for k, v in "
    "d.items() if torch.is_tensor(v)}, '{s}.safetensors')\"";
constexpr std::string_view kerasRemedy = "convert it with: python3 -c \"import keras; "
                                         "keras.models.load_model('{f}').save_weights('{s}.weights.h5')\"";
constexpr std::string_view caffeRemedy =
    "convert it with: python3 -c \"import caffe, numpy; n = caffe.Net('{s}.prototxt', '{s}.caffemodel', "
    "caffe.TEST); numpy.savez('{s}.npz', **{k + '.' + w: b.data for k, v in n.params.items() for w, b in "
    "zip(('weight', 'bias', 'scale'), v)})\"";

/// Those that stand first are the more special ones.
constexpr std::array kinds = {
    Kind {
        "a TorchScript archive",
        [](std::string_view head) {
            return isZip(head) && (holds(head, "constants.pkl") || holds(head, "/code/"));
        },
        { ".torchscript", ".ptl" },
        "convert it with: python3 -c \"import torch, safetensors.torch as s; s.save_file({k: v.clone() for "
        "k, v in torch.jit.load('{f}', 'cpu').state_dict().items()}, '{s}.safetensors')\"" },
    Kind { "a PyTorch checkpoint",
           [](std::string_view head) { return isZip(head) && holds(head, "data.pkl"); },
           { ".pt", ".pth", ".th", ".ckpt" },
           torchRemedy },
    Kind { "a PyTorch checkpoint of the old kind (pickle)",
           [](std::string_view head) { return head.starts_with(legacyTorch); },
           {},
           torchRemedy },
    Kind { "a Keras 3 model",
           [](std::string_view head) {
               return isZip(head) && (holds(head, "metadata.json") || holds(head, "model.weights.h5"));
           },
           { ".keras" },
           kerasRemedy },
    Kind { "a zip archive", isZip, { ".zip" }, "unpack it and open what is inside" },
    Kind {
        "a Python pickle",
        isPickle,
        { ".pkl", ".pickle" },
        "opening a pickle runs code, so convert it only if you trust it: python3 -c \"import pickle, numpy; "
        "numpy.savez('{s}.npz', **pickle.load(open('{f}', 'rb')))\"" },
    Kind { "a TensorFlow Lite model",
           [](std::string_view head) { return head.size() >= 8 && head.substr(4, 4) == "TFL3"; },
           { ".tflite", ".lite" },
           "convert it with: python3 -m tf2onnx.convert --tflite '{f}' --output '{s}.onnx'" },
    Kind { "a GGUF model",
           [](std::string_view head) { return head.starts_with("GGUF"); },
           { ".gguf" },
           "convert it with: python3 -c \"from gguf import GGUFReader; import numpy; numpy.savez('{s}.npz', "
           "**{t.name: t.data for t in GGUFReader('{f}').tensors})\"" },
    Kind { "a MATLAB file",
           [](std::string_view head) { return head.starts_with("MATLAB 5.0 MAT-file"); },
           { ".mat" },
           "convert it with: python3 -c \"import scipy.io, numpy; numpy.savez('{s}.npz', **{k: v for k, v in "
           "scipy.io.loadmat('{f}').items() if k[0] != '_'})\"" },
    Kind { "a picture", isPicture, {}, "open the folder that holds it" },
    Kind { "a Git LFS pointer, not the file itself",
           [](std::string_view head) { return head.starts_with("version https://git-lfs.github.com/spec/"); },
           {},
           "fetch the file with: git lfs pull" },
    Kind { "a web page", isWebPage, {}, "download the file itself" },
    Kind { "a gzip-compressed file",
           [](std::string_view head) { return head.starts_with("\x1f\x8b"); },
           { ".gz" },
           "unpack it with: gunzip -k '{f}'" },
    Kind { "a tar archive",
           [](std::string_view head) { return head.size() > 262 && head.substr(257, 5) == "ustar"; },
           { ".tar" },
           "unpack it with: tar xf '{f}'" },
    Kind { "a TensorFlow graph",
           nullptr,
           { ".pb" },
           "convert the folder of the SavedModel with: python3 -m tf2onnx.convert --saved-model . --output "
           "'{s}.onnx'" },
    Kind { "a Caffe network", nullptr, { ".caffemodel", ".prototxt" }, caffeRemedy },
};

/// The name goes into a command line in quotation marks; one that would end them is replaced.
std::string quotable(const std::string& name)
{
    const bool plain = std::ranges::none_of(name, [](unsigned char c) {
        return c < ' ' || std::string_view("'\"\\$`").find(static_cast<char>(c)) != std::string_view::npos;
    });
    return plain ? name : "model";
}

std::string filled(std::string_view pattern, const std::filesystem::path& path)
{
    std::string text(pattern);
    const auto replaceAll = [&text](std::string_view mark, const std::string& value) {
        for (std::size_t at = text.find(mark); at != std::string::npos;
             at = text.find(mark, at + value.size()))
            text.replace(at, mark.size(), value);
    };
    replaceAll("{f}", quotable(path.filename().string()));
    replaceAll("{s}", quotable(titleOf(path)));
    return text;
}

bool named(const Kind& kind, const std::filesystem::path& path)
{
    return std::ranges::any_of(kind.suffixes, [&path](std::string_view suffix) {
        return !suffix.empty() && hasSuffix(path, suffix);
    });
}

/// A safetensors file that is cut off: the length before its header may begin like anything, a pickle or
/// gzip, but its upper half is zero and JSON follows; of one shorter than that only the name is left.
bool mayBeSafetensors(std::string_view head, const std::filesystem::path& path)
{
    constexpr std::string_view lengthEnd("\0\0\0\0{", 5);
    return head.size() < 4 + lengthEnd.size() ? hasSuffix(path, ".safetensors")
                                              : head.substr(4, lengthEnd.size()) == lengthEnd;
}

} // namespace

std::optional<Unsupported> detectUnsupported(std::string_view head, const std::filesystem::path& path,
                                             bool bySuffix)
{
    if (!bySuffix && mayBeSafetensors(head, path))
        return std::nullopt;
    for (const Kind& kind : kinds) {
        if (bySuffix ? named(kind, path) : kind.inside != nullptr && kind.inside(head))
            return Unsupported { std::string(kind.what), filled(kind.remedy, path) };
    }
    return std::nullopt;
}

} // namespace engine::formats
