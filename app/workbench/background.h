// Work in a thread of the pool whose outcome comes back to the window's thread.
#pragma once
#include "core/job/error.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

namespace moequant {

/// Runs `work` and then `done(outcome, fault)` on the window's thread, unless `context` is gone; `fault` is
/// the text of a RequestError, and the outcome then a default one.
template <typename Work, typename Done>
void in_background(QObject* context, Work work, Done done) {
    QThreadPool::globalInstance()->start([context = QPointer<QObject>(context), work, done] {
        decltype(work()) outcome{};
        QString fault;
        try {
            outcome = work();
        } catch (const RequestError& error) {
            fault = QString::fromUtf8(error.what());
        }
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [context, done, outcome, fault] {
                if (context)
                    done(outcome, fault);
            },
            Qt::QueuedConnection);
    });
}

} // namespace moequant
