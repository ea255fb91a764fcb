// Draws for the word problems: numbers, people, things, and sums spelt out with calculator marks.
#pragma once
#include "core/corpus/draw.h"

#include <array>
#include <string>

namespace moequant {

struct Person {
    const char *name, *they, *their; ///< "Mira", "she", "her"
};

/// A problem and its worked answer; `result` is what follows "####".
struct MathsProblem {
    std::string question, answer;
    std::int64_t result;
};

class MathsDraw {
  public:
    explicit MathsDraw(std::uint64_t seed) : engine_(seed) {}
    std::int64_t number(std::int64_t least, std::int64_t most) {
        return least + std::int64_t(draw_below(engine_, std::uint64_t(most - least + 1)));
    }
    template <std::size_t N>
    const char* pick(const char* const (&texts)[N]) {
        return texts[draw_below(engine_, N)];
    }
    Person person();
    Person other_than(const Person& first);
    std::string place();

  private:
    std::mt19937_64 engine_;
};

/// "3 * 4 = <<3*4=12>>12"; `unit` ("$") stands before every number outside the mark. The sign is + - * or /.
std::string sum(std::int64_t a, char sign, std::int64_t b, const std::string& unit = "");

inline std::string str(std::int64_t number) {
    return std::to_string(number);
}
/// "1 apple", "3 apples".
std::string many(std::int64_t number, const std::string& one);

using MathsTemplate = MathsProblem (*)(MathsDraw&);
extern const std::array<MathsTemplate, 16> calibration_templates;
extern const std::array<MathsTemplate, 8> held_out_templates;

} // namespace moequant
