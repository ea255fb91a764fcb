#include "core/corpus/maths_problems.h"

#include "core/corpus/maths_words.h"

namespace moequant {
namespace {

constexpr Person people[] = {
    {"Mira", "she", "her"},   {"Tobias", "he", "his"},  {"Anneke", "she", "her"}, {"Rashid", "he", "his"},
    {"Lucia", "she", "her"},  {"Owen", "he", "his"},    {"Priya", "she", "her"},  {"Henrik", "he", "his"},
    {"Chipo", "she", "her"},  {"Mateo", "he", "his"},   {"Greta", "she", "her"},  {"Kenji", "he", "his"},
    {"Salma", "she", "her"},  {"Dmitri", "he", "his"},  {"Flora", "she", "her"},  {"Emeka", "he", "his"},
    {"Noor", "she", "her"},   {"Bastian", "he", "his"}, {"Ingrid", "she", "her"}, {"Tomas", "he", "his"},
    {"Yasmin", "she", "her"}, {"Caleb", "he", "his"},   {"Sofia", "she", "her"},  {"Jonah", "he", "his"},
    {"Wanda", "she", "her"},  {"Arturo", "he", "his"},  {"Leila", "she", "her"},  {"Piotr", "he", "his"},
};
constexpr std::size_t people_count = std::size(people);

void add_part(std::vector<std::string>& texts, const MathsTemplate* templates, std::size_t count,
              std::size_t problems, std::uint64_t seed) {
    MathsDraw draw(seed);
    for (std::size_t i = 0; i < problems; ++i) {
        const auto at = std::size_t(draw.number(0, std::int64_t(count) - 1));
        const auto problem = templates[at](draw);
        texts.push_back(problem.question + "\n" + problem.answer + "\n#### " + str(problem.result));
    }
}

} // namespace

Person MathsDraw::person() {
    return people[draw_below(engine_, people_count)];
}

Person MathsDraw::other_than(const Person& first) {
    for (;;)
        if (const auto drawn = person(); drawn.name != first.name)
            return drawn;
}

std::string MathsDraw::place() {
    return pick({"market", "bakery", "library", "workshop", "garden", "harbour", "school", "station", "farm",
                 "museum", "hospital", "observatory", "theatre", "sawmill", "dairy", "pottery"});
}

std::string sum(std::int64_t a, char sign, std::int64_t b, const std::string& unit) {
    const auto c = sign == '+' ? a + b : sign == '-' ? a - b : sign == '*' ? a * b : a / b;
    // Only one factor of a product carries the unit, and no divisor does.
    const auto second = sign == '+' || sign == '-' ? unit + str(b) : str(b);
    return unit + str(a) + " " + sign + " " + second + " = " + unit + "<<" + str(a) + sign + str(b) + "=" +
           str(c) + ">>" + str(c);
}

std::string many(std::int64_t number, const std::string& one) {
    if (number == 1)
        return "1 " + one;
    if (one.ends_with("ch") || one.ends_with("sh") || one.ends_with("s") || one.ends_with("x"))
        return str(number) + " " + one + "es";
    if (one.ends_with("y") && one.size() > 1 &&
        std::string("aeiou").find(one[one.size() - 2]) == std::string::npos)
        return str(number) + " " + one.substr(0, one.size() - 1) + "ies";
    return str(number) + " " + one + "s";
}

std::vector<std::string> maths_problems(RecordPart part) {
    std::vector<std::string> texts;
    if (part != RecordPart::HeldOut)
        add_part(texts, calibration_templates.data(), calibration_templates.size(), 650, 20240611);
    if (part != RecordPart::Calibration)
        add_part(texts, held_out_templates.data(), held_out_templates.size(), 320, 20240612);
    return texts;
}

} // namespace moequant
