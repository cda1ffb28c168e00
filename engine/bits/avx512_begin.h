// What follows, up to avx512_end.h, is compiled for AVX-512 with VBMI2, and may run only where the processor
// has it. A region rather than a whole file, so that what other headers define is not compiled for it.
// Include <immintrin.h> and everything else before.
#if defined(__clang__)
#pragma clang attribute push(                                                                                \
    __attribute__((target("avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,"              \
                          "bmi,bmi2,lzcnt,popcnt"))),                                                        \
    apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,bmi,bmi2,lzcnt,popcnt")
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wuninitialized" // GCC 12 suspects its own _mm512_undefined_epi32()
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
