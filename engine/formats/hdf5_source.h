#pragma once

#include "engine/formats/hdf5_chunk_cache.h"
#include "engine/formats/hdf5_dataset.h"
#include "engine/formats/hdf5_file.h"
#include "engine/tensor/tensor.h"

#include <cstddef>
#include <memory>

namespace engine::formats {

/// The elements of a data set, read when asked for: from the mapped file where they lie unpacked, else chunk
/// by chunk; the library's lock is held while packed bytes are fetched, not while they are unpacked.
/// Errors  of read(): FormatError naming file, data set and chunk.
std::shared_ptr<const TensorSource> hdf5Source(std::shared_ptr<const Hdf5File> file, Hdf5Dataset dataset,
                                               std::shared_ptr<Hdf5ChunkCache> cache, std::size_t number);

} // namespace engine::formats
