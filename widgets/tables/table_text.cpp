#include "widgets/tables/table_text.h"

#include <QAbstractItemModel>
#include <QFont>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace moequant {
namespace {

QString quoted(const QString& cell) {
    if (!cell.contains(',') && !cell.contains('"') && !cell.contains('\n') && !cell.contains('\r'))
        return cell;
    return '"' + QString(cell).replace('"', QLatin1String("\"\"")) + '"';
}

QString raw_text(const QModelIndex& index) {
    const QVariant raw = index.data(raw_role);
    if (raw.userType() == QMetaType::Double)
        return std::isfinite(raw.toDouble()) ? QString::number(raw.toDouble(), 'g', 12) : QString();
    return raw.isValid() ? raw.toString() : index.data().toString();
}

bool is_number(const QString& cell) {
    static const QRegularExpression pattern(QStringLiteral("^[−+-]?[0-9∞]"));
    return cell.isEmpty() || cell == QStringLiteral("–") || pattern.match(cell).hasMatch();
}

/// Columns whose cells are all numbers.
QVector<bool> number_columns(const TextTable& table) {
    QVector<bool> numbers(table.columns.size(), !table.rows.isEmpty());
    for (const auto& row : table.rows)
        for (qsizetype i = 0; i < numbers.size(); ++i)
            numbers[i] = numbers[i] && is_number(row.value(i));
    return numbers;
}

QString latex_text(const QString& text) {
    QString safe;
    for (const QChar c : text)
        switch (c.unicode()) {
        case '\\':
            safe += QStringLiteral("\\textbackslash{}");
            break;
        case '~':
            safe += QStringLiteral("\\textasciitilde{}");
            break;
        case '^':
            safe += QStringLiteral("\\textasciicircum{}");
            break;
        case '&':
        case '%':
        case '$':
        case '#':
        case '_':
        case '{':
        case '}':
            safe += '\\';
            safe += c;
            break;
        case u'†':
            safe += QStringLiteral("$^\\dagger$");
            break;
        case u'−':
            safe += QStringLiteral("$-$");
            break;
        case u'±':
            safe += QStringLiteral("$\\pm$");
            break;
        case u'≈':
            safe += QStringLiteral("$\\approx$");
            break;
        case u'∞':
            safe += QStringLiteral("$\\infty$");
            break;
        case u'τ':
            safe += QStringLiteral("$\\tau$");
            break;
        case u'σ':
            safe += QStringLiteral("$\\sigma$");
            break;
        case u'–':
            safe += QStringLiteral("--");
            break;
        default:
            safe += c;
        }
    return safe;
}

} // namespace

QString to_markdown(const TextTable& table) {
    const auto numbers = number_columns(table);
    const auto line = [](const QStringList& cells) {
        QStringList safe;
        for (QString cell : cells)
            safe.append(cell.replace('|', QLatin1String("\\|")).replace('\n', ' '));
        return QStringLiteral("| ") + safe.join(QStringLiteral(" | ")) + QStringLiteral(" |\n");
    };
    QString text = line(table.columns) + '|';
    for (const bool number : numbers)
        text += number ? QStringLiteral(" ---: |") : QStringLiteral(" --- |");
    text += '\n';
    for (const auto& row : table.rows)
        text += line(row);
    return text;
}

QString to_latex(const TextTable& table, const QVector<QVector<int>>& bold) {
    QString text = QStringLiteral("\\begin{tabular}{");
    for (const bool number : number_columns(table))
        text += number ? 'r' : 'l';
    text += QStringLiteral("}\n\\toprule\n");
    const auto line = [](const QStringList& cells) {
        return cells.join(QStringLiteral(" & ")) + QStringLiteral(" \\\\\n");
    };
    QStringList heads;
    for (const QString& column : table.columns)
        heads.append(latex_text(column));
    text += line(heads) + QStringLiteral("\\midrule\n");
    for (qsizetype row = 0; row < table.rows.size(); ++row) {
        QStringList cells;
        for (int column = 0; column < table.rows[row].size(); ++column) {
            const QString cell = latex_text(table.rows[row][column]);
            const bool strong = row < bold.size() && bold[row].contains(column);
            cells.append(strong ? QStringLiteral("\\textbf{%1}").arg(cell) : cell);
        }
        text += line(cells);
    }
    return text + QStringLiteral("\\bottomrule\n\\end{tabular}\n");
}

ShownTable shown_text(const QAbstractItemModel& model) {
    ShownTable shown;
    for (int column = 0; column < model.columnCount(); ++column)
        shown.text.columns.append(model.headerData(column, Qt::Horizontal).toString());
    for (int row = 0; row < model.rowCount(); ++row) {
        QStringList cells;
        QVector<int> bold;
        for (int column = 0; column < model.columnCount(); ++column) {
            const QModelIndex index = model.index(row, column);
            cells.append(index.data().toString());
            if (column > 0 && index.data(Qt::FontRole).value<QFont>().bold())
                bold.append(column);
        }
        shown.text.rows.append(cells);
        shown.bold.append(bold);
    }
    return shown;
}

QString to_csv(const TextTable& table) {
    QString text;
    const auto append = [&text](const QStringList& cells) {
        for (int i = 0; i < cells.size(); ++i)
            text += (i ? "," : "") + quoted(cells[i]);
        text += '\n';
    };
    append(table.columns);
    for (const auto& row : table.rows)
        append(row);
    return text;
}

TextTable text_of(const QAbstractItemModel& model) {
    TextTable table;
    for (int column = 0; column < model.columnCount(); ++column)
        table.columns.append(model.headerData(column, Qt::Horizontal).toString());
    for (int row = 0; row < model.rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < model.columnCount(); ++column)
            cells.append(raw_text(model.index(row, column)));
        table.rows.append(cells);
    }
    return table;
}

QString to_tsv(const QModelIndexList& cells) {
    QModelIndexList sorted = cells;
    std::sort(sorted.begin(), sorted.end(), [](const QModelIndex& a, const QModelIndex& b) {
        return a.row() != b.row() ? a.row() < b.row() : a.column() < b.column();
    });
    QString text;
    for (int i = 0; i < sorted.size(); ++i) {
        if (i > 0)
            text += sorted[i].row() == sorted[i - 1].row() ? '\t' : '\n';
        text += sorted[i].data().toString().replace('\t', ' ').replace('\n', ' ');
    }
    return text;
}

} // namespace moequant
