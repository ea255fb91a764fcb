// Prints the help of the options that forms show as C++ that lupdate reads: the option table is core's and
// knows no Qt.
#include "core/job/option_table.h"

#include <cstdio>
#include <set>
#include <string>

int main() {
    std::set<std::string> texts;
    for (const char* kind : {"profile", "sample", "quantize", "export", "evaluate", "hessian-lab"})
        for (const moequant::Option& option : moequant::find_kind(kind).options)
            texts.insert(option.help);
    std::puts("#include <QCoreApplication>");
    for (std::string text : texts) {
        for (std::size_t at = 0; (at = text.find_first_of("\"\\", at)) != std::string::npos; at += 2)
            text.insert(at, 1, '\\');
        std::printf("static const char* a%zu = QT_TRANSLATE_NOOP(\"Options\", \"%s\");\n",
                    std::hash<std::string>()(text), text.c_str());
    }
}
