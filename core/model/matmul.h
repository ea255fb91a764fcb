// Matrix products whose bits depend neither on the number of threads nor on how many rows share a call.
#pragma once
#include <ATen/ATen.h>

namespace moequant {

/// While alive, BLAS and LAPACK calls of this thread run on one thread. MKL splits a product (also along its
/// inner dimension) by the number of threads, so equal bits need one thread a call and parallelism over
/// calls.
class OneThreadBlas {
  public:
    OneThreadBlas();
    ~OneThreadBlas();
    OneThreadBlas(const OneThreadBlas&) = delete;
    OneThreadBlas& operator=(const OneThreadBlas&) = delete;

  private:
    int previous_ = 0;
};

/// x [M, K] times w [N, K] transposed: [M, N]. On the CPU fixed tiles, each on one thread, tiles in parallel;
/// a row's result is the same whatever rows stand beside it (needs MKL_CBWR=…,STRICT, which the programs set
/// at start). Elsewhere, and in float64, at::mm, which autograd can go through.
at::Tensor matmul_transposed(const at::Tensor& x, const at::Tensor& w);

} // namespace moequant
