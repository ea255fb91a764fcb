// Hashes of what a job reads, and the machine it runs on: both are kept in job.json.
#pragma once
#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace moequant {

/// `{"<role>/<file name>": {"size": bytes, "sha256": …}, …}`: of a safetensors file the hash covers the
/// header alone (8 bytes of length and the JSON), of every other file all bytes. `role` says what the files
/// are (`model`, `corpus`, `against`, …); where they lie does not enter. A second file of one name becomes
/// `name#2`. Throws RequestError.
nlohmann::json hash_inputs(const std::string& role, const std::vector<std::filesystem::path>& files);

/// Version of the program, processor and its features, host, MKL_CBWR. Asks neither libtorch nor CUDA.
nlohmann::json machine_environment();

/// Devices found without loading CUDA: `[{"name": "cpu", "description": …}, {"name": "cuda:0", …}]`.
nlohmann::json list_devices();

/// What MKL_CBWR must be for products that do not depend on threads and rows (docs/determinism.md): by
/// processor.
const char* strict_matrix_mode();

} // namespace moequant
