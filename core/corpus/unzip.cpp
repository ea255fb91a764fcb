#include "core/corpus/unzip.h"

#include "core/job/error.h"

#include <zip.h>

#include <fstream>
#include <memory>
#include <vector>

namespace moequant {
namespace {

struct CloseZip {
    void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct CloseMember {
    void operator()(zip_file_t* member) const { zip_fclose(member); }
};

std::unique_ptr<zip_t, CloseZip> open_zip(const std::filesystem::path& file) {
    int code = 0;
    std::unique_ptr<zip_t, CloseZip> archive(zip_open(file.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &code));
    if (!archive) {
        zip_error_t error;
        zip_error_init_with_code(&error, code);
        const std::string text = zip_error_strerror(&error);
        zip_error_fini(&error);
        throw RunError(file.string() + ": is no readable zip archive: " + text);
    }
    return archive;
}

} // namespace

void unzip_member(const std::filesystem::path& file, const std::string& name,
                  const std::filesystem::path& target) {
    const auto archive = open_zip(file);
    const auto index = zip_name_locate(archive.get(), name.c_str(), ZIP_FL_NODIR);
    if (index < 0)
        throw RunError(file.string() + ": holds no '" + name + "'");
    const std::unique_ptr<zip_file_t, CloseMember> member(
        zip_fopen_index(archive.get(), zip_uint64_t(index), 0));
    if (!member)
        throw RunError(file.string() + ": '" + name + "' cannot be read: " + zip_strerror(archive.get()));
    const std::filesystem::path part = target.string() + ".part";
    std::ofstream out(part, std::ios::binary | std::ios::trunc);
    std::vector<char> buffer(1 << 18);
    for (;;) {
        const auto count = zip_fread(member.get(), buffer.data(), buffer.size());
        if (count < 0)
            throw RunError(file.string() + ": '" + name + "' is damaged: " + zip_file_strerror(member.get()));
        if (count == 0)
            break;
        out.write(buffer.data(), count);
    }
    out.close();
    if (!out)
        throw RunError(part.string() + ": cannot be written (is the disk full?)");
    std::filesystem::rename(part, target);
}

} // namespace moequant
