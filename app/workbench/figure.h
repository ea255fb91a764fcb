// moequant-workbench --figure: the window's plots as files, without a display.
#pragma once
#include <QStringList>

namespace moequant {

/// Arguments after the program's name, `--figure` among them. Needs a QApplication. Prints the path written
/// (or one line on stderr) and returns the exit code: 0 done, 1 the file could not be written, 2 the request
/// was wrong.
int run_figure(const QStringList& arguments);

/// What --help says about figures.
const char* figure_help();

} // namespace moequant
