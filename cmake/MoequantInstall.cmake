# cmake --install: the two programs, the sample model and the desktop entry.
include(GNUInstallDirs)
install(TARGETS moequant RUNTIME)
if(MOEQUANT_GUI)
  install(TARGETS moequant-workbench RUNTIME)
endif()
install(DIRECTORY resources/ DESTINATION ${CMAKE_INSTALL_DATADIR}/moequant)
