// Curves over two axes that may each be logarithmic: measured points with their errors, exact lines,
// predictions and reference slopes. Points that a warning belongs to are drawn so that it is seen.
#pragma once
#include "widgets/plots/plot_view.h"

class QCPGraph;
class QCPItemRect;
class QCPItemTracer;

namespace moequant {

struct CurvePoint {
    double x = no_value, y = no_value;
    double low = no_value, high = no_value; ///< ends of its error; NaN: none
    bool doubtful = false;                  ///< rounding is its largest error: a hollow cross, a shaded band
    bool flipped = false;                   ///< the routing changed on the way: a ring
    int id = -1;                            ///< what `point_selected` tells; -1: cannot be selected
    QString note = {};                      ///< further lines of the readout; empty: none
};

struct CurveSeries {
    enum class Line { None, Solid, Dashed, Dotted };
    QString name;               ///< in the readout, the data and, when `in_key`, the key
    QColor color;               ///< invalid: the text colour of the style
    QVector<CurvePoint> points; ///< ascending in x
    Line line = Line::Solid;
    bool markers = true;
    bool band = false; ///< the errors are a filled band instead of bars
    bool in_key = true;
    double weight = 1; ///< of the line, over the usual width
};

/// Everything one picture shows.
struct CurveSet {
    QVector<CurveSeries> series;
    QString x_title, y_title; ///< with units
    bool x_logarithmic = true, y_logarithmic = true;
    QVector<KeyEntry> key; ///< what lines and markers mean, after the series' own entries
};

class CurvePlot : public PlotView {
    Q_OBJECT
  public:
    explicit CurvePlot(const QString& title, QWidget* parent = nullptr);
    /// Values that a logarithmic axis cannot show (0, negative, NaN) are left out; `left_out` counts them.
    /// The ranges are kept where `keep_view` and something was shown before.
    void set_curves(const CurveSet& curves, bool keep_view = false);
    const CurveSet& curves() const { return curves_; }
    /// Measured points (those of series with markers) that have a value but no place on these axes.
    int left_out() const { return left_out_; }
    /// A ring around the point with this id; -1: none.
    void select_point(int id);
    TextTable data() const override;

  Q_SIGNALS:
    /// A click on a point that has an id.
    void point_selected(int id);

  protected:
    void apply_style(const PlotStyle& style) override;
    QVector<KeyEntry> key() const override;
    void reset_axes() override;
    QString readout(const QPoint& position) const override;
    void clicked(const QPoint& position) override;
    void step_selection(int layers, int experts) override;

  private:
    /// Each null where the series has nothing of that sort.
    struct Drawn {
        QCPGraph *line = nullptr, *bars = nullptr;
        QCPGraph *marks = nullptr, *crosses = nullptr, *rings = nullptr;
        QCPGraph *lower = nullptr, *upper = nullptr; ///< edges of a band
    };
    struct Place {
        int series = -1, point = -1;
    };
    void draw(const CurveSeries& series);
    bool shown(const CurvePoint& point) const;
    void shade_doubt();
    Place place_at(const QPoint& position) const;
    CurveSet curves_;
    QVector<Drawn> drawn_;
    QCPItemTracer* ring_;
    QCPItemRect* doubt_; ///< up to the last x from the left at which points are doubtful
    int left_out_ = 0, selected_ = -1;
    bool any_doubtful_ = false, any_flipped_ = false;
};

} // namespace moequant
