// Controls for some options of a kind of job, made from the option table: ranges, choices, defaults and help
// come from there, so that the window can say nothing that the command cannot.
#pragma once
#include "core/job/option_table.h"

#include <nlohmann/json.hpp>

#include <QWidget>

#include <map>
#include <string>
#include <vector>

namespace moequant {

class OptionForm : public QWidget {
    Q_OBJECT
  public:
    enum class Shape { Column, Row };

    /// `keys` are JSON keys of options of `kind`, shown in this order.
    OptionForm(const std::string& kind, const std::vector<std::string>& keys, Shape shape,
               QWidget* parent = nullptr);
    /// A list that cannot be read counts as its default.
    nlohmann::json values() const;
    /// Which list cannot be read, and why; empty: all can.
    QString fault() const;
    /// Takes over what it knows; values out of range are left as they were.
    void set_values(const nlohmann::json& values);
    /// Every control at its option's default.
    void reset();
    QWidget* control(const std::string& key) const;

  Q_SIGNALS:
    void changed();

  private:
    QWidget* make_control(const Option& option);
    std::vector<Option> options_;
    std::map<std::string, QWidget*> controls_;
};

/// What a person reads beside the control.
QString option_label(const std::string& key);

} // namespace moequant
