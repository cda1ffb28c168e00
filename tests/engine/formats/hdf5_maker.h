#pragma once

#include <QByteArray>
#include <QString>

#include <hdf5.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

/// HDF5 files for tests, made with the C API.
namespace hdf5maker {

using Extents = std::vector<hsize_t>;

/// How a data set is stored.
struct Options {
    hid_t type = H5T_IEEE_F32LE;
    Extents chunk = {}; ///< empty = in one run
    Extents largest = {}; ///< empty = the extents
    bool shuffle = false;
    int deflate = 0;
    bool sum = false;
    bool compact = false;
    bool written = true;
    int filter = 0; ///< id of another filter
    const float* fill = nullptr;
};

class File {
public:
    explicit File(const QString& path, hsize_t userBlock = 0)
    {
        const hid_t creation = H5Pcreate(H5P_FILE_CREATE);
        H5Pset_userblock(creation, userBlock);
        m_id = H5Fcreate(path.toUtf8().constData(), H5F_ACC_TRUNC, creation, H5P_DEFAULT);
        H5Pclose(creation);
        m_links = H5Pcreate(H5P_LINK_CREATE);
        H5Pset_create_intermediate_group(m_links, 1);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File()
    {
        H5Pclose(m_links);
        H5Fclose(m_id);
    }

    hid_t id() const { return m_id; }

    /// Elements as bytes of `options.type`.
    void add(const char* path, const Extents& extents, const void* elements,
             const Options& options = {}) const
    {
        H5Dclose(create(path, extents, elements, options));
    }

    /// 0, 1, 2 ... as float.
    void counting(const char* path, const Extents& extents, Options options = {}) const
    {
        hsize_t count = 1;
        for (const hsize_t extent : extents)
            count *= extent;
        std::vector<float> values(options.written ? count : 0);
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = static_cast<float>(i);
        options.type = H5T_IEEE_F32LE;
        add(path, extents, values.data(), options);
    }

    /// Packed bytes of the chunk at the origin, as they are.
    void addChunk(const char* path, const Extents& extents, const QByteArray& packed, Options options) const
    {
        options.written = false;
        options.chunk = extents;
        const hid_t set = create(path, extents, nullptr, options);
        const Extents origin(extents.size(), 0);
        H5Dwrite_chunk(set, H5P_DEFAULT, 0, origin.data(), static_cast<std::size_t>(packed.size()),
                       packed.constData());
        H5Dclose(set);
    }

    void group(const char* path) const
    {
        H5Gclose(H5Gcreate2(m_id, path, m_links, H5P_DEFAULT, H5P_DEFAULT));
    }

    void text(const char* object, const char* name, const char* value, bool variable = false) const
    {
        const hid_t type = H5Tcopy(H5T_C_S1);
        H5Tset_size(type, variable ? H5T_VARIABLE : qstrlen(value));
        const hid_t target = H5Oopen(m_id, object, H5P_DEFAULT);
        const hid_t space = H5Screate(H5S_SCALAR);
        const hid_t attribute = H5Acreate2(target, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
        H5Awrite(attribute, type, variable ? static_cast<const void*>(&value) : value);
        H5Aclose(attribute);
        H5Sclose(space);
        H5Oclose(target);
        H5Tclose(type);
    }

    void number(const char* object, const char* name, double value) const
    {
        const hid_t target = H5Oopen(m_id, object, H5P_DEFAULT);
        const hid_t space = H5Screate(H5S_SCALAR);
        const hid_t attribute = H5Acreate2(target, name, H5T_NATIVE_DOUBLE, space, H5P_DEFAULT, H5P_DEFAULT);
        H5Awrite(attribute, H5T_NATIVE_DOUBLE, &value);
        H5Aclose(attribute);
        H5Sclose(space);
        H5Oclose(target);
    }

private:
    hid_t create(const char* path, const Extents& extents, const void* elements, const Options& options) const
    {
        const auto rank = static_cast<int>(extents.size());
        const hid_t space = rank == 0
            ? H5Screate(H5S_SCALAR)
            : H5Screate_simple(rank, extents.data(),
                               options.largest.empty() ? nullptr : options.largest.data());
        const hid_t properties = H5Pcreate(H5P_DATASET_CREATE);
        if (!options.chunk.empty())
            H5Pset_chunk(properties, rank, options.chunk.data());
        if (options.shuffle)
            H5Pset_shuffle(properties);
        if (options.deflate > 0)
            H5Pset_deflate(properties, static_cast<unsigned>(options.deflate));
        if (options.sum)
            H5Pset_fletcher32(properties);
        if (options.filter == H5Z_FILTER_SCALEOFFSET)
            H5Pset_scaleoffset(properties, H5Z_SO_INT, 0);
        else if (options.filter != 0)
            H5Pset_filter(properties, options.filter, H5Z_FLAG_OPTIONAL, 0, nullptr);
        if (options.compact)
            H5Pset_layout(properties, H5D_COMPACT);
        if (options.fill != nullptr)
            H5Pset_fill_value(properties, H5T_NATIVE_FLOAT, options.fill);
        const hid_t set = H5Dcreate2(m_id, path, options.type, space, m_links, properties, H5P_DEFAULT);
        if (options.written)
            H5Dwrite(set, options.type, H5S_ALL, H5S_ALL, H5P_DEFAULT, elements);
        H5Pclose(properties);
        H5Sclose(space);
        return set;
    }

    hid_t m_id;
    hid_t m_links;
};

} // namespace hdf5maker
