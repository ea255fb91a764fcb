// A measure by layer, one line a source.
#pragma once
#include "widgets/plots/plot_view.h"

class QCPGraph;
class QCPItemRect;

namespace moequant {

class LayerLines : public PlotView {
    Q_OBJECT
  public:
    explicit LayerLines(const QString& title, QWidget* parent = nullptr);
    /// `value_title` is the vertical axis' title with its unit.
    void set_lines(const QVector<LineSeries>& lines, const QString& value_title);
    /// What the horizontal axis counts, "Layer" unless set.
    void set_step_title(const QString& title);
    void select_layer(int layer);
    TextTable data() const override;

  Q_SIGNALS:
    void layer_selected(int layer);

  protected:
    void apply_style(const PlotStyle& style) override;
    QVector<KeyEntry> key() const override;
    void reset_axes() override;
    QString readout(const QPoint& position) const override;
    void clicked(const QPoint& position) override;
    void step_selection(int layers, int experts) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    int layer_at(const QPoint& position) const;
    QVector<LineSeries> lines_;
    QVector<QCPGraph*> graphs_;
    QCPItemRect* band_;
    QString value_title_, step_title_;
    double first_ = 0, last_ = 1, top_ = 1;
    int selected_ = -1;
};

} // namespace moequant
