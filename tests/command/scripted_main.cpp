#include "app/command/main_command.h"

int main(int argc, char** argv) {
    moequant::choose_matrix_mode();
    return moequant::run_command({argv + 1, argv + argc});
}
