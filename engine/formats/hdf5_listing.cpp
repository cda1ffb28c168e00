#include "engine/formats/hdf5_listing.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <string_view>
#include <utility>

namespace engine::formats {

namespace {

constexpr std::size_t deepest = 64;
constexpr std::size_t mostSentences = 20;
constexpr std::array rootFacts = { "schema",  "network",       "framework", "dataset",
                                   "created", "keras_version", "backend" };

struct Link {
    std::string name;
    H5L_type_t kind;
};

extern "C" herr_t collectLink(hid_t, const char* name, const H5L_info_t* info, void* data)
{
    try {
        static_cast<std::vector<Link>*>(data)->push_back({ name, info->type });
        return 0;
    } catch (...) {
        return -1;
    }
}

std::size_t digitsAt(std::string_view text, std::size_t place)
{
    std::size_t end = place;
    while (end < text.size() && std::isdigit(static_cast<unsigned char>(text[end])) != 0)
        ++end;
    return end - place;
}

/// "conv2" before "conv10".
bool naturalLess(std::string_view a, std::string_view b)
{
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < a.size() && j < b.size()) {
        const std::size_t inA = digitsAt(a, i);
        const std::size_t inB = digitsAt(b, j);
        if (inA > 0 && inB > 0) {
            if (inA != inB)
                return inA < inB;
            if (const int order = a.substr(i, inA).compare(b.substr(j, inB)); order != 0)
                return order < 0;
        } else if (a[i] != b[j]) {
            return a[i] < b[j];
        }
        i += std::max<std::size_t>(inA, 1);
        j += std::max<std::size_t>(inB, 1);
    }
    return a.size() - i < b.size() - j;
}

class Lister {
public:
    explicit Lister(const Hdf5File& file)
        : m_file(file)
    {
    }

    Hdf5Listing list()
    {
        const Hdf5Session session;
        const Hdf5Handle root(H5Oopen(m_file.id(), "/", H5P_DEFAULT), H5Oclose);
        if (!root)
            refuseDamaged(m_file, "/");
        for (const char* name : rootFacts) {
            if (auto text = hdf5Text(root.id(), name))
                m_listing.facts.emplace(name, std::move(*text));
        }
        m_listing.isKeras = H5Aexists(root.id(), "model_config") > 0
            || H5Aexists(root.id(), "keras_version") > 0 || H5Aexists(root.id(), "layer_names") > 0;
        object(root, "", 0);
        return std::move(m_listing);
    }

private:
    void skip(const std::string& path, const std::string& why)
    {
        ++m_listing.skippedCount;
        if (m_listing.skipped.size() < mostSentences)
            m_listing.skipped.push_back(path + " " + why);
    }

    void object(const Hdf5Handle& handle, const std::string& path, std::size_t depth)
    {
        H5O_info_t info = {};
        if (H5Oget_info2(handle.id(), &info, H5O_INFO_BASIC) < 0)
            refuseDamaged(m_file, path);
        if (!m_visited.insert(info.addr).second)
            return;
        if (path == "accuracy") {
            m_listing.top1 = hdf5Number(handle.id(), "top1");
            m_listing.top5 = hdf5Number(handle.id(), "top5");
        }
        if (info.type == H5O_TYPE_GROUP)
            group(handle.id(), path, depth);
        else if (info.type == H5O_TYPE_DATASET)
            dataset(handle.id(), path);
    }

    void group(hid_t id, const std::string& path, std::size_t depth)
    {
        if (depth >= deepest) {
            skip(path, "lies too deep");
            return;
        }
        for (const Link& link : links(id, path)) {
            const std::string inner = path.empty() ? link.name : path + "/" + link.name;
            if (link.kind == H5L_TYPE_EXTERNAL)
                skip(inner, "is in another file");
            if (link.kind != H5L_TYPE_HARD)
                continue;
            const Hdf5Handle handle(H5Oopen(id, link.name.c_str(), H5P_DEFAULT), H5Oclose);
            if (!handle)
                refuseDamaged(m_file, inner);
            object(handle, inner, depth + 1);
        }
    }

    std::vector<Link> links(hid_t id, const std::string& path) const
    {
        unsigned order = 0;
        const Hdf5Handle properties(H5Gget_create_plist(id), H5Pclose);
        if (properties)
            H5Pget_link_creation_order(properties.id(), &order);
        const bool kept = (order & H5P_CRT_ORDER_INDEXED) != 0;
        std::vector<Link> result;
        if (H5Literate(id, kept ? H5_INDEX_CRT_ORDER : H5_INDEX_NAME, H5_ITER_INC, nullptr, collectLink,
                       &result)
            < 0)
            refuseDamaged(m_file, path.empty() ? "/" : path);
        if (!kept)
            std::ranges::sort(result, naturalLess, &Link::name);
        sortAsKeras(result, hdf5Texts(id, "layer_names"));
        return result;
    }

    static void sortAsKeras(std::vector<Link>& links, const std::vector<std::string>& names)
    {
        std::map<std::string_view, std::size_t> places;
        for (const std::string& name : names)
            places.emplace(name, places.size());
        std::ranges::stable_sort(links, {}, [&places](const Link& link) {
            const auto found = places.find(link.name);
            return found == places.end() ? places.size() : found->second;
        });
    }

    void dataset(hid_t id, const std::string& path)
    {
        try {
            m_listing.datasets.push_back(describeHdf5(m_file, id, path));
        } catch (const Hdf5Skipped& skipped) {
            skip(path, skipped.why);
        }
    }

    const Hdf5File& m_file;
    Hdf5Listing m_listing;
    std::set<haddr_t> m_visited; ///< objects, by address: links may lead in circles
};

} // namespace

Hdf5Listing listHdf5(const Hdf5File& file)
{
    return Lister(file).list();
}

} // namespace engine::formats
