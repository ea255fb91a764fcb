#include "core/model/beam_attention.h"

#include "core/model/lanes.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>

namespace moequant {
namespace {

constexpr std::int64_t most_parts = 32; ///< head dimensions up to 512

/// One query against its past and itself. `keys` and `values` belong to one sequence and key head.
struct Query {
    const float *q, *k, *v;
    const float *keys, *values;
    const std::uint8_t* path;
    std::int64_t from, past, width, dim;
    float scale;
    float* scores; ///< past − from + 1 entries, rounded up to whole lanes
    float* out;
};

/// Parts: dim / 16, or 0 when known at run time only.
template <int Parts>
MOEQUANT_INLINE void attend_parts(const Query& a) {
    constexpr int held = Parts > 0 ? Parts : most_parts;
    const std::int64_t parts = Parts > 0 ? Parts : a.dim / lane_count;
    Lanes q[held];
    for (std::int64_t c = 0; c < parts; ++c) {
        load(a.q + c * lane_count, q[c]);
        q[c] = q[c] * a.scale;
    }
    const auto dot = [&](const float* key) __attribute__((always_inline)) {
        Lanes sum, part;
        load(key, part);
        sum = q[0] * part;
        for (std::int64_t c = 1; c < parts; ++c) {
            load(key + c * lane_count, part);
            sum = sum + q[c] * part;
        }
        return sum_lanes(sum);
    };
    std::int64_t count = 0;
    for (std::int64_t p = a.from; p < a.past; ++p)
        a.scores[count++] = dot(a.keys + (p * a.width + a.path[p]) * a.dim);
    a.scores[count++] = dot(a.k);

    const std::int64_t padded = (count + lane_count - 1) / lane_count * lane_count;
    std::fill(a.scores + count, a.scores + padded, -1e30F);
    Lanes top, total, x;
    load(a.scores, top);
    for (std::int64_t i = lane_count; i < padded; i += lane_count) {
        load(a.scores + i, x);
        top = x > top ? x : top;
    }
    const float greatest = max_lanes(top);
    fill(0, total);
    for (std::int64_t i = 0; i < padded; i += lane_count) {
        load(a.scores + i, x);
        x = x - greatest;
        exp_lanes(x);
        store(x, a.scores + i);
        total = total + x;
    }

    // Even and odd positions apart: two chains of sums hide each other's latency.
    Lanes even[held], odd[held];
    for (std::int64_t c = 0; c < parts; ++c) {
        fill(0, even[c]);
        fill(0, odd[c]);
    }
    const auto add = [&](Lanes * sum, const float* value, float weight) __attribute__((always_inline)) {
        for (std::int64_t c = 0; c < parts; ++c) {
            Lanes part;
            load(value + c * lane_count, part);
            sum[c] = sum[c] + part * weight;
        }
    };
    const auto value_at = [&](std::int64_t p) __attribute__((always_inline)) {
        return a.values + (p * a.width + a.path[p]) * a.dim;
    };
    std::int64_t p = a.from;
    const float* weight = a.scores;
    for (; p + 1 < a.past; p += 2, weight += 2) {
        add(even, value_at(p), weight[0]);
        add(odd, value_at(p + 1), weight[1]);
    }
    if (p < a.past)
        add(even, value_at(p), *weight++);
    add(odd, a.v, *weight);
    const float share = 1 / sum_lanes(total);
    for (std::int64_t c = 0; c < parts; ++c) {
        const Lanes sum = (even[c] + odd[c]) * share;
        store(sum, a.out + c * lane_count);
    }
}

MOEQUANT_CLONES void attend_query(const Query& query) {
    switch (query.dim / lane_count) {
    case 1:
        attend_parts<1>(query);
        break;
    case 2:
        attend_parts<2>(query);
        break;
    case 4:
        attend_parts<4>(query);
        break;
    case 8:
        attend_parts<8>(query);
        break;
    default:
        attend_parts<0>(query);
    }
}

at::Tensor attend_cpu(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v,
                      std::span<const BeamRow> rows, const BeamPast& past) {
    const std::int64_t heads = q.size(1), kv_heads = k.size(1), dim = q.size(2), group = heads / kv_heads;
    const std::int64_t positions = past.keys.size(2), width = past.keys.size(3);
    TORCH_CHECK(dim % lane_count == 0 && dim <= most_parts * lane_count, "head dimension ", dim);
    // Where each sequence's rows begin; sequences without a row are left out.
    std::vector<std::int64_t> begin;
    for (std::size_t r = 0; r < rows.size(); ++r)
        if (r == 0 || rows[r].sequence != rows[r - 1].sequence)
            begin.push_back(std::int64_t(r));
    const std::int64_t sequences = std::int64_t(begin.size());
    begin.push_back(std::int64_t(rows.size()));
    at::Tensor out = at::empty_like(q);
    const float *queries = q.const_data_ptr<float>(), *fresh_k = k.const_data_ptr<float>(),
                *fresh_v = v.const_data_ptr<float>();
    const float *keys = past.keys.const_data_ptr<float>(), *values = past.values.const_data_ptr<float>();
    float* result = out.data_ptr<float>();
    const std::int64_t block = positions * width * dim;
    at::parallel_for(0, sequences * kv_heads, 1, [&](std::int64_t first, std::int64_t last) {
        std::vector<float> scores(std::size_t(past.past - past.from + 1 + lane_count));
        for (std::int64_t task = first; task < last; ++task) {
            const std::int64_t h = task % kv_heads;
            for (std::int64_t r = begin[std::size_t(task / kv_heads)];
                 r < begin[std::size_t(task / kv_heads) + 1]; ++r) {
                const BeamRow& row = rows[std::size_t(r)];
                const std::int64_t at_block = (row.sequence * kv_heads + h) * block;
                for (std::int64_t g = 0; g < group; ++g) {
                    const std::int64_t head = (r * heads + h * group + g) * dim,
                                       kv = (r * kv_heads + h) * dim;
                    attend_query({queries + head, fresh_k + kv, fresh_v + kv, keys + at_block,
                                  values + at_block,
                                  past.paths + (row.sequence * width + row.parent) * positions, past.from,
                                  past.past, width, dim, float(past.scale), scores.data(), result + head});
                }
            }
        }
    });
    return out;
}

} // namespace

at::Tensor attend_gathered(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v,
                           std::span<const BeamRow> rows, const BeamPast& past) {
    constexpr std::int64_t gathered_bytes = std::int64_t(2) << 30;
    const std::int64_t kv_heads = k.size(1), dim = q.size(2), group = q.size(1) / kv_heads;
    const std::int64_t positions = past.keys.size(2), width = past.keys.size(3), span = past.past - past.from;
    const std::int64_t each = 2 * kv_heads * (span + 1) * dim * std::int64_t(k.element_size());
    const std::int64_t slice = std::clamp<std::int64_t>(gathered_bytes / each, 1, std::int64_t(rows.size()));
    at::Tensor out = at::empty_like(q);
    for (std::int64_t first = 0; first < std::int64_t(rows.size()); first += slice) {
        const std::int64_t count = std::min(slice, std::int64_t(rows.size()) - first);
        at::Tensor entry = at::empty({count, 1, span}, at::kLong);
        at::Tensor head = at::empty({count, kv_heads, 1}, at::kLong);
        auto* e = entry.data_ptr<std::int64_t>();
        auto* b = head.data_ptr<std::int64_t>();
        for (std::int64_t r = 0; r < count; ++r) {
            const BeamRow& row = rows[std::size_t(first + r)];
            const std::uint8_t* path = past.paths + (row.sequence * width + row.parent) * positions;
            for (std::int64_t p = past.from; p < past.past; ++p)
                *e++ = p * width + path[p];
            for (std::int64_t h = 0; h < kv_heads; ++h)
                *b++ = (row.sequence * kv_heads + h) * positions * width;
        }
        const at::Tensor index = (entry.to(q.device()) + head.to(q.device())).view({-1});
        const auto with_fresh = [&](const at::Tensor& cache, const at::Tensor& fresh) {
            const at::Tensor seen =
                cache.view({-1, dim}).index_select(0, index).view({count, kv_heads, span, dim});
            return at::cat({seen, fresh.narrow(0, first, count).unsqueeze(2)}, 2);
        };
        const at::Tensor keys = with_fresh(past.keys, k), values = with_fresh(past.values, v);
        const at::Tensor queries = q.narrow(0, first, count).view({count, kv_heads, group, dim});
        const at::Tensor scores = at::matmul(queries, keys.transpose(2, 3)).to(at::kFloat) * past.scale;
        out.narrow(0, first, count)
            .copy_(at::matmul(at::softmax(scores, -1).to(values.scalar_type()), values)
                       .view({count, kv_heads * group, dim}));
    }
    return out;
}

at::Tensor attend_beams(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v,
                        std::span<const BeamRow> rows, const BeamPast& past) {
    return q.is_cpu() ? attend_cpu(q, k, v, rows, past) : attend_gathered(q, k, v, rows, past);
}

} // namespace moequant
