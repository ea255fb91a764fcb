// The frame: title strip, rail, pages, inspector, run strip; menus and keys.
#pragma once
#include "app/workbench/forms/settings_undo.h"
#include "app/workbench/workbench.h"

#include <QMainWindow>
#include <QMap>

#include <functional>
#include <vector>

class QDockWidget;
class QLabel;
class QMenu;
class QSplitter;
class QStackedWidget;
class QToolButton;

namespace moequant {

class CalibrationPage;
class CommandPalette;
class EbssPage;
class ErrorsPage;
class LabPage;
class LogPage;
class MessageBar;
class Page;
class QuantizePage;
class Rail;
class RunStrip;

/// The pages in the rail's order.
enum PageNumber {
    ModelNumber,
    CalibrationNumber,
    EbssNumber,
    QuantizeNumber,
    ErrorsNumber,
    CompareNumber,
    ExportNumber,
    LabNumber,
    LearnNumber,
    LogNumber
};

class MainWindow : public QMainWindow {
    Q_OBJECT
  public:
    explicit MainWindow(const WorkerCommand& worker, QWidget* parent = nullptr);
    /// `sample`, or a checkpoint folder. A finished run's folder opens on the page of its kind.
    void open(const QString& what);
    Workbench& workbench() { return workbench_; }
    void show_page(int page); ///< a PageNumber
    Page* page(int number) const;
    int page_count() const { return int(pages_.size()); }
    RunStrip& run_strip() { return *strip_; }
    MessageBar& banner() { return *banner_; }
    SettingsUndo& undo() { return undo_; }

  protected:
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

  private:
    void build_frame();
    void build_pages();
    void add_page(Page* page, const char* icon, const QString& name, const QString& tip, int digit);
    void connect_workbench();
    // main_window_menus.cpp
    void make_actions();
    void build_menus();
    void add_edit_menu();
    void add_view_menu();
    void add_help_menu();
    void choose_model();
    void choose_run();
    void fill_recent(QMenu* menu, const QStringList& folders, const QString& none);
    void copy_command();

    void open_run(const QString& folder); ///< on the page of its kind
    void compare_sources();
    void take_lost(const QString& text, bool again);
    void show_model();
    void show_jobs();
    void restore_layout();
    void reset_layout();
    /// Calls `act` with every splitter of the pages and the name it is remembered by.
    void for_splitters(const std::function<void(QSplitter& splitter, const QString& name)>& act);
    Page* current() const;

    Workbench workbench_;
    SettingsUndo undo_;
    QStackedWidget* stack_;
    Rail* rail_;
    std::vector<Page*> pages_;
    QToolButton* model_button_;
    QLabel* summary_;
    QDockWidget* inspector_;
    MessageBar* banner_;
    RunStrip* strip_;
    CommandPalette* palette_;
    QAction *open_sample_, *open_model_, *open_run_, *run_action_, *stop_action_, *copy_action_, *compare_;
    CalibrationPage* calibration_ = nullptr;
    EbssPage* ebss_ = nullptr;
    QuantizePage* quantize_ = nullptr;
    ErrorsPage* errors_ = nullptr;
    LabPage* lab_ = nullptr;
    LogPage* log_ = nullptr;
    QByteArray first_layout_;
    QMap<QString, QByteArray> first_splitters_;
};

} // namespace moequant
