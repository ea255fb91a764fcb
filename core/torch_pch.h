// Precompiled for every room that uses libtorch: the narrow ATen headers, not torch/torch.h (half the compile time).
#pragma once
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>
