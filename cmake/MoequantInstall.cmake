# cmake --install: the two programs, the sample model and the desktop entry.
include(GNUInstallDirs)
if(TARGET moequant)
install(TARGETS moequant RUNTIME)
endif()
if(TARGET moequant-workbench)
  install(TARGETS moequant-workbench RUNTIME)
endif()
install(DIRECTORY resources/ DESTINATION ${CMAKE_INSTALL_DATADIR}/moequant)
