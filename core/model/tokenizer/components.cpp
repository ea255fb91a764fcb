#include "core/model/tokenizer/components.h"

namespace moequant::tokenizer {
namespace {

constexpr int greatest_depth = 32;

std::int32_t pair_id(const JsonField& pair) {
    auto parts = pair.elements();
    if (parts.size() != 2)
        pair.fail("must be a token and its id");
    parts[0].string();
    return parts[1].id();
}

Affixes read_template(const JsonField& component) {
    Affixes affixes;
    bool inside = false;
    for (const JsonField& piece : component.at("single").elements()) {
        if (auto sequence = piece.find("Sequence")) {
            if (inside || sequence->at("id").string() != "A")
                sequence->fail("the template of a single text must hold sequence A once");
            inside = true;
            continue;
        }
        JsonField name = piece.at("SpecialToken").at("id");
        JsonField special = component.at("special_tokens").at(name.string());
        for (const JsonField& id : special.at("ids").elements())
            (inside ? affixes.after : affixes.before).push_back(id.id());
    }
    if (!inside)
        component.at("single").fail("the template of a single text must hold sequence A once");
    return affixes;
}

} // namespace

void for_each_component(const JsonField& description, const std::string& list,
                        const std::function<void(const std::string&, const JsonField&)>& visit, int depth) {
    if (description.is_null())
        return;
    if (depth > greatest_depth)
        description.fail("sequences are nested too deep");
    const std::string& type = description.at("type").string();
    if (type != "Sequence")
        return visit(type, description);
    for (const JsonField& component : description.at(list).elements()) {
        if (component.is_null())
            component.fail("must be an object");
        for_each_component(component, list, visit, depth + 1);
    }
}

bool contains_component(const JsonField& description, const std::string& type, const std::string& list) {
    bool found = false;
    for_each_component(description, list,
                       [&](const std::string& name, const JsonField&) { found = found || name == type; });
    return found;
}

Affixes read_post_processor(const JsonField& description) {
    Affixes all;
    for_each_component(description, "processors", [&](const std::string& type, const JsonField& component) {
        Affixes own;
        if (type == "TemplateProcessing")
            own = read_template(component);
        else if (type == "BertProcessing" || type == "RobertaProcessing")
            own = {{pair_id(component.at("cls"))}, {pair_id(component.at("sep"))}};
        else if (type != "ByteLevel") // which only moves offsets
            component.fail("unsupported post-processor \"" + type + "\"");
        all.before.insert(all.before.begin(), own.before.begin(), own.before.end());
        all.after.insert(all.after.end(), own.after.begin(), own.after.end());
    });
    return all;
}

} // namespace moequant::tokenizer
