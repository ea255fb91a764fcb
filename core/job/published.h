// Figures that papers state, from resources/published: to stand beside measured ones, never to be mistaken
// for them.
#pragma once
#include "core/job/result_facts.h"

#include <string>
#include <vector>

namespace moequant {

struct PublishedRow {
    std::string name;   ///< "MoEQuant++, 4 bits"
    std::string model;  ///< as its publisher calls it
    std::string source; ///< the paper and where in it
    std::string about;  ///< what to know before comparing
    std::string url;
    std::vector<std::string> match; ///< folder names of checkpoints of this model, lower case
    std::vector<Fact> facts;        ///< keys as in result_facts, SPECs without their options
    /// Is the checkpoint (a path, or any name) one of this model?
    bool of_model(const std::string& checkpoint) const;
};

/// All of them, in the files' order.
const std::vector<PublishedRow>& published_rows();

/// A column's key without the options of its SPEC: "perplexity/wikitext2?length=512" gives
/// "perplexity/wikitext2".
std::string published_key(const std::string& key);

} // namespace moequant
