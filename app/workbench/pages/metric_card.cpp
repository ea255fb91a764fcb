#include "app/workbench/pages/metric_card.h"

#include <QComboBox>
#include <QLabel>

#include <algorithm>

namespace moequant {
namespace {

constexpr const char* chosen_property = "chosen_by_hand";

/// Fills a box with keys and their titles; what was chosen by hand stays, else the first is chosen.
void fill(QComboBox* box, const std::vector<std::string>& keys, const std::vector<FactColumn>& columns) {
    const QString before = box->currentData().toString();
    box->clear();
    for (const std::string& key : keys)
        box->addItem(column_title(columns, key), QString::fromStdString(key));
    const int index = box->property(chosen_property).toBool() ? box->findData(before) : 0;
    box->setCurrentIndex(std::max(0, index));
}

} // namespace

MetricCard::MetricCard(QWidget* parent)
    : MetricChart(tr("Metric against setting"), parent),
      metric_(new QComboBox),
      setting_(new QComboBox),
      form_(new QComboBox) {
    metric_->setAccessibleName(tr("Metric"));
    metric_->setToolTip(tr("What the vertical axis shows"));
    setting_->setAccessibleName(tr("Setting"));
    setting_->setToolTip(tr("What the horizontal axis shows"));
    form_->setObjectName(QStringLiteral("form"));
    form_->setAccessibleName(tr("Form of the chart"));
    form_->setToolTip(tr("Bars begin at 0; lines and points fill the height"));
    form_->addItem(tr("Lines"), int(MetricForm::Lines));
    form_->addItem(tr("Points"), int(MetricForm::Points));
    form_->addItem(tr("Bars"), int(MetricForm::Bars));
    for (QComboBox* box : {metric_, setting_, form_}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        if (box == setting_)
            add_header_widget(new QLabel(tr("against")));
        add_header_widget(box);
        connect(box, &QComboBox::activated, this, [this, box] {
            box->setProperty(chosen_property, true);
            draw_chart();
        });
    }
    set_explanation(
        tr("<p>Any number that runs have in common, against any setting in which they differ. Runs that "
           "differ in a second setting are series of their own.</p><p>Whiskers are 95 % intervals. Grey "
           "hollow marks with † are figures that papers state; they were not measured here.</p>"));
}

void MetricCard::set_runs(const std::vector<ComparedRun>& runs, const std::vector<FactColumn>& columns) {
    runs_ = runs;
    columns_ = columns;
    fill(metric_, chart_metrics(runs, columns), columns);
    fill(setting_, chart_settings(columns), columns);
    draw_chart();
}

QString MetricCard::metric() const {
    return metric_->currentData().toString();
}

QString MetricCard::setting() const {
    return setting_->currentData().toString();
}

void MetricCard::choose(const QString& metric, const QString& setting) {
    if (const int index = metric_->findData(metric); index >= 0)
        metric_->setCurrentIndex(index);
    metric_->setProperty(chosen_property, true);
    setting_->setProperty(chosen_property, true);
    if (const int index = setting_->findData(setting); index >= 0)
        setting_->setCurrentIndex(index);
    draw_chart();
}

void MetricCard::draw_chart() {
    const auto column = std::find_if(columns_.begin(), columns_.end(), [this](const FactColumn& each) {
        return QString::fromStdString(each.key) == metric();
    });
    for (QComboBox* box : {metric_, setting_, form_})
        box->setEnabled(column != columns_.end());
    if (column == columns_.end())
        return set_data({}, MetricForm::Points);
    const MetricData data = metric_data(runs_, *column, setting().toStdString(), setting_->currentText());
    // A line joins values of a number; between runs or methods there is nothing.
    if (!form_->property(chosen_property).toBool()) {
        const auto usual = data.categories.isEmpty() ? MetricForm::Lines : MetricForm::Points;
        form_->setCurrentIndex(form_->findData(int(usual)));
    }
    set_data(data, MetricForm(form_->currentData().toInt()));
}

} // namespace moequant
