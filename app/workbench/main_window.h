// The frame: title strip, rail, pages, inspector, run strip; menus and keys.
#pragma once
#include "app/workbench/workbench.h"

#include <QMainWindow>

#include <vector>

class QActionGroup;
class QDockWidget;
class QLabel;
class QMenu;
class QStackedWidget;
class QToolBar;
class QToolButton;

namespace moequant {

class CalibrationPage;
class EbssPage;
class ErrorsPage;
class LogPage;
class MessageBar;
class Page;
class QuantizePage;
class RunStrip;

/// The pages in the rail's order.
enum PageNumber { ModelNumber, CalibrationNumber, EbssNumber, QuantizeNumber, ErrorsNumber, LogNumber };

class MainWindow : public QMainWindow {
    Q_OBJECT
  public:
    explicit MainWindow(const WorkerCommand& worker, QWidget* parent = nullptr);
    /// `sample`, or a checkpoint folder. A run folder of a quantization opens on the Errors page.
    void open(const QString& what);
    Workbench& workbench() { return workbench_; }
    void show_page(int page); ///< a PageNumber
    Page* page(int number) const;
    int page_count() const { return int(pages_.size()); }
    RunStrip& run_strip() { return *strip_; }
    MessageBar& banner() { return *banner_; }

  protected:
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

  private:
    void build_frame();
    void build_pages();
    void build_menus();
    void add_page(Page* page, const char* icon, const QString& name, const QString& tip);
    void recolor_icons();
    void choose_model();
    void fill_recent(QMenu* menu);
    void copy_command();
    void show_model();
    void show_worker();
    void show_jobs();
    void reset_layout();
    Page* current() const;

    Workbench workbench_;
    QStackedWidget* stack_;
    QToolBar* rail_;
    QActionGroup* rail_group_;
    std::vector<Page*> pages_;
    std::vector<QAction*> rail_actions_;
    std::vector<const char*> icons_;
    QToolButton *model_button_, *worker_button_;
    QLabel* summary_;
    QDockWidget* inspector_;
    MessageBar* banner_;
    RunStrip* strip_;
    QAction *open_sample_, *open_model_, *run_action_, *stop_action_, *copy_action_;
    CalibrationPage* calibration_ = nullptr;
    EbssPage* ebss_ = nullptr;
    QuantizePage* quantize_ = nullptr;
    ErrorsPage* errors_ = nullptr;
    LogPage* log_ = nullptr;
    QByteArray first_layout_;
};

} // namespace moequant
