// A small HTTP server on the local machine, in a thread of its own, that can misbehave on request.
#pragma once
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>

#include <atomic>
#include <functional>
#include <map>
#include <mutex>

/// What the server does with a path.
struct Page {
    QByteArray body{};
    QByteArray etag{};      ///< sent when not empty, and compared with If-Range
    int status = 200;       ///< of the answer; others than 200 send no body
    bool ranges = true;     ///< answers Range with 206
    qint64 drop_after = -1; ///< closes the connection after so many bytes of the body, as long as `drops` > 0
    int drops = 0;
    QByteArray location{};    ///< for 302
    bool wrong_range = false; ///< answers 206 with another start than was asked for
};

class HttpServer : public QThread {
  public:
    HttpServer() {
        start();
        while (port_ == 0)
            QThread::msleep(1);
    }
    ~HttpServer() override {
        quit();
        wait();
    }
    void put(const QByteArray& path, const Page& page) {
        const std::lock_guard lock(mutex_);
        pages_[path] = page;
    }
    std::string url(const QByteArray& path) const {
        return "http://127.0.0.1:" + std::to_string(port_) + path.toStdString();
    }
    /// The requests so far, each as its path and, after a blank, the value of Range if there was one.
    QList<QByteArray> requests() {
        const std::lock_guard lock(mutex_);
        return requests_;
    }
    qint64 body_bytes_sent() {
        const std::lock_guard lock(mutex_);
        return sent_;
    }

  protected:
    void run() override {
        QTcpServer server;
        server.listen(QHostAddress::LocalHost);
        QObject::connect(&server, &QTcpServer::newConnection, &server, [&] {
            auto* socket = server.nextPendingConnection();
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
                auto& text = pending_[socket] += socket->readAll();
                if (text.endsWith("\r\n\r\n")) {
                    answer(*socket, text);
                    pending_.erase(socket);
                }
            });
            QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        });
        port_ = server.serverPort();
        exec();
    }

  private:
    static QByteArray header(const QByteArray& request, const QByteArray& name) {
        for (const auto& line : request.split('\n'))
            if (line.toLower().startsWith(name.toLower() + ":"))
                return line.mid(name.size() + 1).trimmed();
        return {};
    }

    void answer(QTcpSocket& socket, const QByteArray& request) {
        const std::lock_guard lock(mutex_);
        const auto path = request.split(' ').value(1);
        const auto range = header(request, "Range");
        requests_ += range.isEmpty() ? path : path + " " + range;
        if (!pages_.contains(path))
            return finish(socket, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        auto& page = pages_[path];
        if (page.status != 200)
            return finish(
                socket, "HTTP/1.1 " + QByteArray::number(page.status) + " No\r\nContent-Length: 0\r\n" +
                            (page.location.isEmpty() ? "" : "Location: " + page.location + "\r\n") + "\r\n");
        const auto if_range = header(request, "If-Range");
        const bool partial =
            page.ranges && range.startsWith("bytes=") && (if_range.isEmpty() || if_range == page.etag);
        auto start = partial ? range.mid(6).split('-').first().toLongLong() : 0;
        if (partial && start >= page.body.size())
            return finish(socket, "HTTP/1.1 416 No\r\nContent-Length: 0\r\n\r\n");
        if (partial && page.wrong_range)
            start = 0;
        auto body = page.body.mid(start);
        QByteArray head = partial ? "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes " +
                                        QByteArray::number(start) + "-" +
                                        QByteArray::number(page.body.size() - 1) + "/" +
                                        QByteArray::number(page.body.size()) + "\r\n"
                                  : QByteArray("HTTP/1.1 200 OK\r\n");
        if (!page.etag.isEmpty())
            head += "ETag: " + page.etag + "\r\n";
        head += "Content-Length: " + QByteArray::number(body.size()) + "\r\nConnection: close\r\n\r\n";
        if (page.drops > 0 && page.drop_after >= 0) {
            --page.drops;
            body.truncate(page.drop_after);
        }
        sent_ += body.size();
        finish(socket, head + body);
    }

    static void finish(QTcpSocket& socket, const QByteArray& text) {
        socket.write(text);
        socket.disconnectFromHost(); // after all has been written
    }

    std::atomic<int> port_ = 0;
    std::mutex mutex_;
    std::map<QByteArray, Page> pages_;
    std::map<QTcpSocket*, QByteArray> pending_;
    QList<QByteArray> requests_;
    qint64 sent_ = 0;
};
