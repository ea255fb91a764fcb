#include "core/checkpoint/reader.h"

#include "core/checkpoint/packing.h"
#include "core/job/error.h"

#include <algorithm>
#include <fstream>

namespace moequant {
namespace {

nlohmann::json read_json(const std::filesystem::path& path) {
    std::ifstream file(path);
    if (!file)
        throw RequestError(path.string(), "cannot be read");
    try {
        return nlohmann::json::parse(file);
    } catch (const nlohmann::json::exception&) {
        throw RequestError(path.string(), "is no JSON document");
    }
}

/// quantization_config of config.json, or quantize_config.json of the first GPTQ tools; null for a float
/// checkpoint.
nlohmann::json read_quantization_config(const std::filesystem::path& folder) {
    const nlohmann::json config = read_json(folder / "config.json");
    if (config.is_object() && config.contains("quantization_config") &&
        !config["quantization_config"].is_null())
        return config["quantization_config"];
    if (std::filesystem::exists(folder / "quantize_config.json"))
        return read_json(folder / "quantize_config.json");
    return nullptr;
}

bool ends_with(const std::string& name, std::string_view suffix, std::string& rest) {
    if (!name.ends_with(suffix))
        return false;
    rest = name.substr(0, name.size() - suffix.size());
    return true;
}

std::string shape_text(const std::vector<std::int64_t>& shape) {
    std::string text = "[";
    for (const std::int64_t size : shape)
        text += (text.size() > 1 ? ", " : "") + std::to_string(size);
    return text + "]";
}

} // namespace

QuantizedCheckpoint::QuantizedCheckpoint(const std::filesystem::path& folder)
    : folder_(folder),
      files_(folder),
      config_(read_quantization_config(folder)),
      schemes_(config_, (folder / "config.json").string()) {
    const bool compressed = format() == Format::compressed_tensors;
    const std::vector<std::string> stored = files_.names();
    for (const std::string& name : stored) {
        std::string linear;
        if (!ends_with(name, compressed ? ".weight_packed" : ".qweight", linear))
            continue;
        if (files_.has(linear + ".weight"))
            fail(name, "the same linear also has a float weight");
        layouts_[linear] = compressed                ? compressed_layout(linear)
                           : format() == Format::awq ? awq_layout(linear)
                                                     : gptq_layout(linear);
        linear_names_.push_back(linear);
        names_.push_back(linear + ".weight");
        for (const char* suffix : {".qweight", ".qzeros", ".scales", ".g_idx", ".weight_packed",
                                   ".weight_scale", ".weight_shape", ".weight_zero_point", ".weight_g_idx"})
            hidden_.insert(linear + suffix);
    }
    if (layouts_.empty())
        throw RequestError(folder.string(), "config.json announces quantized weights and no file holds any");
    for (const std::string& name : stored)
        if (!hidden_.contains(name))
            names_.push_back(name);
    std::sort(names_.begin(), names_.end());
}

void QuantizedCheckpoint::fail(const std::string& tensor, const std::string& fault) const {
    std::string file = folder_.string();
    for (const SafetensorsFile& candidate : files_.files())
        if (candidate.entries().contains(tensor))
            file = candidate.path().string();
    throw RequestError(file, "tensor " + tensor + ": " + fault);
}

void QuantizedCheckpoint::expect(const std::string& name, std::initializer_list<at::ScalarType> dtypes,
                                 const std::vector<std::int64_t>& shape) const {
    if (!files_.has(name))
        throw RequestError(folder_.string(), "tensor " + name + " is missing");
    const TensorEntry& entry = files_.entry(name);
    if (std::find(dtypes.begin(), dtypes.end(), entry.dtype) == dtypes.end())
        fail(name, std::string("has dtype ") + c10::toString(entry.dtype));
    if (entry.shape != shape)
        fail(name, "has shape " + shape_text(entry.shape) + ", expected " + shape_text(shape));
}

QuantizedCheckpoint::Layout QuantizedCheckpoint::gptq_layout(const std::string& linear) const {
    const TensorEntry& words = files_.entry(linear + ".qweight");
    if (words.dtype != at::kInt || words.shape.size() != 2 || words.shape[0] < 1 || words.shape[1] < 1)
        fail(linear + ".qweight", "is no int32 matrix");
    Layout layout{schemes_.of(linear), words.shape[1], 0, 0};
    int& bits = layout.scheme.bits;
    layout.cols = words.shape[0] * 32 / bits;
    if (files_.has(linear + ".g_idx")) {
        const TensorEntry& index = files_.entry(linear + ".g_idx");
        if (index.shape.size() != 1 || index.shape[0] < 1)
            fail(linear + ".g_idx", "is no vector");
        layout.cols = index.shape[0];
        bits =
            static_cast<int>(words.shape[0] * 32 / layout.cols); // the words themselves, whatever a rule says
        expect(linear + ".g_idx", {at::kInt, at::kLong}, {layout.cols});
    }
    const std::set<int> known{2, 3, 4, 8};
    if (!known.contains(bits) || layout.cols * bits != words.shape[0] * 32)
        fail(linear + ".qweight", "its " + std::to_string(words.shape[0]) + " words do not hold " +
                                      std::to_string(layout.cols) + " columns");
    if (!files_.has(linear + ".scales"))
        throw RequestError(folder_.string(), "tensor " + linear + ".scales is missing");
    const std::vector<std::int64_t> scales = files_.entry(linear + ".scales").shape;
    layout.groups = scales.empty() ? 0 : scales[0];
    if (layout.groups < 1 || layout.groups > layout.cols)
        fail(linear + ".scales", "has shape " + shape_text(scales));
    expect(linear + ".scales", {at::kHalf, at::kBFloat16, at::kFloat}, {layout.groups, layout.rows});
    expect(linear + ".qzeros", {at::kInt}, {layout.groups, (layout.rows * bits + 31) / 32});
    return layout;
}

QuantizedCheckpoint::Layout QuantizedCheckpoint::awq_layout(const std::string& linear) const {
    const TensorEntry& words = files_.entry(linear + ".qweight");
    if (words.dtype != at::kInt || words.shape.size() != 2 || words.shape[0] < 1 || words.shape[1] < 1)
        fail(linear + ".qweight", "is no int32 matrix");
    Layout layout{schemes_.of(linear), words.shape[1] * 8, words.shape[0], 0};
    if (!files_.has(linear + ".scales"))
        throw RequestError(folder_.string(), "tensor " + linear + ".scales is missing");
    const std::vector<std::int64_t> scales = files_.entry(linear + ".scales").shape;
    layout.groups = scales.empty() ? 0 : scales[0];
    if (layout.groups < 1 || layout.cols % layout.groups != 0)
        fail(linear + ".scales", "has shape " + shape_text(scales));
    expect(linear + ".scales", {at::kHalf, at::kBFloat16, at::kFloat}, {layout.groups, layout.rows});
    expect(linear + ".qzeros", {at::kInt}, {layout.groups, words.shape[1]});
    return layout;
}

QuantizedCheckpoint::Layout QuantizedCheckpoint::compressed_layout(const std::string& linear) const {
    expect(linear + ".weight_shape", {at::kLong, at::kInt}, {2});
    const at::Tensor size = files_.load(linear + ".weight_shape").to(at::kLong);
    Layout layout{schemes_.of(linear), size[0].item<std::int64_t>(), size[1].item<std::int64_t>(), 0};
    const int bits = layout.scheme.bits;
    constexpr std::int64_t greatest = std::int64_t(1) << 40;
    if (layout.rows < 1 || layout.cols < 1 || layout.rows > greatest || layout.cols > greatest)
        fail(linear + ".weight_shape", "holds no shape of a matrix");
    expect(linear + ".weight_packed", {at::kInt}, {layout.rows, (layout.cols * bits + 31) / 32});
    if (!files_.has(linear + ".weight_scale"))
        throw RequestError(folder_.string(), "tensor " + linear + ".weight_scale is missing");
    const std::vector<std::int64_t> scales = files_.entry(linear + ".weight_scale").shape;
    layout.groups = scales.size() == 2 ? scales[1] : 0;
    if (layout.groups < 1 || layout.groups > layout.cols)
        fail(linear + ".weight_scale", "has shape " + shape_text(scales));
    expect(linear + ".weight_scale", {at::kHalf, at::kBFloat16, at::kFloat}, {layout.rows, layout.groups});
    if (!layout.scheme.symmetric)
        expect(linear + ".weight_zero_point", {at::kInt}, {(layout.rows * bits + 31) / 32, layout.groups});
    if (files_.has(linear + ".weight_g_idx"))
        expect(linear + ".weight_g_idx", {at::kInt, at::kLong}, {layout.cols});
    return layout;
}

at::Tensor QuantizedCheckpoint::load_scales(const std::string& name) const {
    const at::Tensor scales = files_.load(name).to(at::kFloat);
    if (!at::isfinite(scales).all().item<bool>())
        fail(name, "holds NaN or infinite scales");
    return scales;
}

at::Tensor QuantizedCheckpoint::load_groups(const std::string& name, const Layout& layout) const {
    if (files_.has(name)) {
        const at::Tensor groups = files_.load(name).to(at::kInt);
        if (groups.min().item<int>() < 0 || groups.max().item<int>() >= layout.groups)
            fail(name, "names a group beyond the " + std::to_string(layout.groups) + " that have scales");
        return groups;
    }
    const std::int64_t width = (layout.cols + layout.groups - 1) / layout.groups;
    return at::arange(layout.cols, at::kInt).floor_divide_(width);
}

/// The config's, unless the scales say otherwise.
std::int64_t QuantizedCheckpoint::group_size_of(const Layout& layout) {
    const std::int64_t said = layout.scheme.group_size;
    const std::int64_t width = said > 0 ? said : layout.cols;
    if (said != 0 && (layout.cols + width - 1) / width == layout.groups)
        return said;
    return layout.groups == 1 ? -1 : layout.cols / layout.groups;
}

QuantizedLinear QuantizedCheckpoint::load_gptq(const std::string& linear, const Layout& layout) const {
    const int bits = layout.scheme.bits;
    const at::Tensor zeros = unpack_bits(files_.load(linear + ".qzeros"), bits, layout.rows).to(at::kInt);
    return {.codes = unpack_bits(files_.load(linear + ".qweight").t(), bits, layout.cols),
            .scales = load_scales(linear + ".scales").t().contiguous(),
            .zeros =
                zeros.add_(schemes_.zeros_minus_one() ? 1 : 0).bitwise_and_((1 << bits) - 1).t().contiguous(),
            .group_of = load_groups(linear + ".g_idx", layout),
            .bits = bits,
            .group_size = group_size_of(layout),
            .symmetric = layout.scheme.symmetric,
            .act_order = layout.scheme.act_order,
            .scale_dtype = files_.entry(linear + ".scales").dtype};
}

QuantizedLinear QuantizedCheckpoint::load_awq(const std::string& linear, const Layout& layout) const {
    const at::Tensor zeros =
        unpack_awq(files_.load(linear + ".qzeros"), layout.rows).to(at::kInt).t().contiguous();
    return {.codes = unpack_awq(files_.load(linear + ".qweight"), layout.rows).t().contiguous(),
            .scales = load_scales(linear + ".scales").t().contiguous(),
            .zeros = zeros,
            .group_of = load_groups(linear + ".g_idx", layout),
            .bits = 4,
            .group_size = group_size_of(layout),
            .symmetric = zeros.eq(8).all().item<bool>(), // the config cannot say it
            .act_order = false,
            .scale_dtype = files_.entry(linear + ".scales").dtype};
}

QuantizedLinear QuantizedCheckpoint::load_compressed(const std::string& linear, const Layout& layout) const {
    const int bits = layout.scheme.bits;
    at::Tensor zeros = at::full({layout.rows, layout.groups}, 1 << (bits - 1), at::kInt);
    if (!layout.scheme.symmetric)
        zeros = unpack_bits(files_.load(linear + ".weight_zero_point").t(), bits, layout.rows)
                    .to(at::kInt)
                    .t()
                    .contiguous();
    return {.codes = unpack_bits(files_.load(linear + ".weight_packed"), bits, layout.cols),
            .scales = load_scales(linear + ".weight_scale").contiguous(),
            .zeros = zeros,
            .group_of = load_groups(linear + ".weight_g_idx", layout),
            .bits = bits,
            .group_size = group_size_of(layout),
            .symmetric = layout.scheme.symmetric,
            .act_order = layout.scheme.act_order,
            .scale_dtype = files_.entry(linear + ".weight_scale").dtype};
}

const QuantizedCheckpoint::Layout* QuantizedCheckpoint::find(const std::string& name) const {
    std::string linear;
    if (!ends_with(name, ".weight", linear))
        return nullptr;
    const auto found = layouts_.find(linear);
    return found == layouts_.end() ? nullptr : &found->second;
}

bool QuantizedCheckpoint::has(const std::string& name) const {
    return find(name) != nullptr || (files_.has(name) && !hidden_.contains(name));
}

std::vector<std::int64_t> QuantizedCheckpoint::shape(const std::string& name) const {
    if (const Layout* layout = find(name))
        return {layout->rows, layout->cols};
    return files_.shape(name);
}

at::Tensor QuantizedCheckpoint::load(const std::string& name) const {
    if (find(name) != nullptr)
        return load_quantized(name.substr(0, name.size() - std::string_view(".weight").size())).dequantize();
    return files_.load(name);
}

std::vector<std::string> QuantizedCheckpoint::names() const {
    return names_;
}

const QuantizedCheckpoint::Layout& QuantizedCheckpoint::layout_of(const std::string& linear) const {
    const auto found = layouts_.find(linear);
    if (found == layouts_.end())
        throw RequestError(folder_.string(), "linear " + linear + " is not quantized");
    return found->second;
}

QuantizedLinear QuantizedCheckpoint::load_quantized(const std::string& linear) const {
    const Layout& layout = layout_of(linear);
    switch (format()) {
    case Format::gptq:
        return load_gptq(linear, layout);
    case Format::awq:
        return load_awq(linear, layout);
    default:
        return load_compressed(linear, layout);
    }
}

GridOptions QuantizedCheckpoint::grid_of(const std::string& linear) const {
    const Layout& layout = layout_of(linear);
    const bool awq = format() == Format::awq;
    const bool symmetric =
        awq ? unpack_awq(files_.load(linear + ".qzeros"), layout.rows).eq(8).all().item<bool>()
            : layout.scheme.symmetric;
    const char* scales = format() == Format::compressed_tensors ? ".weight_scale" : ".scales";
    return {layout.scheme.bits, group_size_of(layout), symmetric, files_.entry(linear + scales).dtype,
            format() == Format::gptq ? 1 : 0};
}

QuantizationRecord read_record(const QuantizedCheckpoint& checkpoint) {
    QuantizationRecord record;
    const nlohmann::json& config = checkpoint.quantization_config();
    record.format = checkpoint.format();
    if (config.contains("meta") && config["meta"].is_object() && config["meta"].contains("damp_percent") &&
        config["meta"]["damp_percent"].is_number())
        record.damp = config["meta"]["damp_percent"];
    bool all_symmetric = true;
    for (const std::string& name : checkpoint.linears()) {
        record.linears[name] = checkpoint.grid_of(name);
        record.act_order |= checkpoint.act_order(name);
        all_symmetric &= record.linears[name].symmetric;
    }
    if (record.format == Format::awq && !all_symmetric) // a linear may have every zero at 8 by chance
        for (auto& entry : record.linears)
            entry.second.symmetric = false;
    record.grid = majority_grid(record.linears);
    return record;
}

bool is_quantized_checkpoint(const std::filesystem::path& folder) {
    return !read_quantization_config(folder).is_null();
}

std::unique_ptr<TensorSource> open_checkpoint(const std::filesystem::path& folder) {
    if (is_quantized_checkpoint(folder))
        return std::make_unique<QuantizedCheckpoint>(folder);
    return std::make_unique<SafetensorsFolder>(folder);
}

} // namespace moequant
