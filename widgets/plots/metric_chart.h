// Any metric of runs against any setting: bars, lines or points, with intervals where they are known.
#pragma once
#include "widgets/plots/plot_view.h"

class QCPAbstractPlottable;
class QCPBars;
class QCPErrorBars;
class QCPGraph;

namespace moequant {

struct MetricPoint {
    double x = no_value; ///< the setting; of a chart of categories the category's index
    double value = no_value;
    double margin = no_value; ///< half the width of the 95 % interval
    QString id, name;         ///< of the run
};

struct MetricSeries {
    QString name;
    QColor color;
    bool published = false; ///< hatched grey bars, hollow grey markers, a dagger in the key
    QVector<MetricPoint> points;
};

struct MetricData {
    QString metric_title, setting_title; ///< with units
    QStringList categories;              ///< empty: the setting is a number
    QVector<MetricSeries> series;
    bool percent = false; ///< values are shares, drawn times 100
};

enum class MetricForm { Bars, Lines, Points };

class MetricChart : public PlotView {
    Q_OBJECT
  public:
    explicit MetricChart(const QString& title, QWidget* parent = nullptr);
    void set_data(const MetricData& data, MetricForm form);
    /// Marks one run; empty: none.
    void select_run(const QString& id);
    TextTable data() const override;

  Q_SIGNALS:
    void run_selected(const QString& id);

  protected:
    void apply_style(const PlotStyle& style) override;
    QVector<KeyEntry> key() const override;
    void reset_axes() override;
    QString readout(const QPoint& position) const override;
    void clicked(const QPoint& position) override;
    void step_selection(int layers, int experts) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    struct Drawn {
        QCPBars* bars = nullptr;
        QCPGraph *graph = nullptr, *marked = nullptr;
        QCPErrorBars* errors = nullptr;
    };
    /// A point on the page: series and index; (−1, −1) where there is none near.
    struct Place {
        int series = -1, point = -1;
    };
    Place place_at(const QPoint& position) const;
    double x_of(int series, int point) const;
    double y_of(const MetricPoint& point) const { return point.value * (data_.percent ? 100 : 1); }
    double bar_width() const;
    void draw();
    /// Categories that would run into each other are written aslant.
    void fit_labels(const QFont& font, int width);

    MetricData data_;
    MetricForm form_ = MetricForm::Bars;
    QVector<Drawn> drawn_;
    QString selected_;
    double left_ = 0, right_ = 1, bottom_ = 0, top_ = 1;
};

} // namespace moequant
