#include "app/workbench/frame/worker_button.h"

#include <QInputDialog>
#include <QMenu>
#include <QProcess>

namespace moequant {

WorkerButton::WorkerButton(Workbench& workbench, QWidget* parent)
    : QToolButton(parent), workbench_(workbench) {
    setAutoRaise(true);
    setPopupMode(QToolButton::InstantPopup);
    setToolButtonStyle(Qt::ToolButtonTextOnly);
    setAccessibleName(tr("Worker"));
    setFocusPolicy(Qt::TabFocus);
    auto* menu = new QMenu(this);
    menu->addAction(tr("&Start the worker"), this, [this] { workbench_.worker().start(); });
    menu->addAction(tr("&Release the model's memory"), this, [this] { workbench_.worker().drop_model(); });
    menu->addSeparator();
    machine_ = menu->addAction(tr("Work on &another machine…"), this, &WorkerButton::choose_machine);
    here_ = menu->addAction(tr("Work on &this machine"), this, &WorkerButton::use_this_machine);
    setMenu(menu);
    connect(&workbench_.worker(), &WorkerClient::state_changed, this, &WorkerButton::refresh);
    connect(&workbench_, &Workbench::jobs_changed, this, &WorkerButton::refresh);
    refresh();
}

void WorkerButton::choose_machine() {
    auto* dialog = new QInputDialog(window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Work on another machine"));
    dialog->setLabelText(tr("The command that starts a worker there. It must ask for no password.\n"
                            "Folders of models and runs are then those of that machine."));
    const QStringList known = workbench_.settings().worker_command();
    dialog->setTextValue(known.isEmpty() ? QStringLiteral("ssh HOST moequant worker") : known.join(' '));
    connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString& text) {
        QStringList words = QProcess::splitCommand(text);
        if (words.isEmpty())
            return;
        workbench_.settings().set_worker_command(words);
        const QString program = words.takeFirst();
        workbench_.worker().use({program, words});
    });
    dialog->open();
}

void WorkerButton::use_this_machine() {
    workbench_.settings().set_worker_command({});
    workbench_.worker().use(WorkerCommand::local());
}

void WorkerButton::refresh() {
    const auto& client = workbench_.worker();
    const QStringList command = workbench_.settings().worker_command();
    const QString where = command.isEmpty() ? tr("local") : command.value(command.size() > 2 ? 1 : 0);
    const QString device = client.device().isEmpty() ? tr("ready") : client.device();
    switch (client.state()) {
    case WorkerClient::State::Ready:
        setText(tr("● %1 · %2").arg(where, device));
        break;
    case WorkerClient::State::Starting:
        setText(tr("◌ worker starting"));
        break;
    case WorkerClient::State::Lost:
        setText(tr("⚠ worker lost"));
        break;
    case WorkerClient::State::Stopped:
        setText(tr("○ no worker"));
        break;
    }
    setToolTip(command.isEmpty() ? tr("The process that does the work")
                                 : tr("The process that does the work: %1").arg(command.join(' ')));
    const bool idle = workbench_.jobs().empty();
    machine_->setEnabled(idle);
    here_->setEnabled(idle && !command.isEmpty());
}

} // namespace moequant
