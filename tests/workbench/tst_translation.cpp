// The window's translations: complete, with the same places for values as the English, and in use.
#include "app/workbench/main_window.h"
#include "app/workbench/translation.h"
#include "core/job/option_table.h"

#include <QApplication>
#include <QFile>
#include <QMap>
#include <QMenuBar>
#include <QProcess>
#include <QRegularExpression>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>

#include <algorithm>

using namespace moequant;

namespace {

struct Message {
    QString source;
    QStringList translations; ///< several for numbers
    bool unfinished = false;
};

/// By context.
QMap<QString, QVector<Message>> read_messages(const QString& path) {
    QMap<QString, QVector<Message>> contexts;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return contexts;
    QXmlStreamReader xml(&file);
    QString context;
    Message message;
    while (!xml.atEnd()) {
        const auto token = xml.readNext();
        if (token == QXmlStreamReader::StartElement) {
            if (xml.name() == u"name")
                context = xml.readElementText();
            else if (xml.name() == u"message")
                message = {};
            else if (xml.name() == u"source")
                message.source = xml.readElementText();
            else if (xml.name() == u"translation") {
                message.unfinished = xml.attributes().value("type") == u"unfinished";
                QString text;
                while (!(xml.readNext() == QXmlStreamReader::EndElement && xml.name() == u"translation")) {
                    if (xml.isStartElement() && xml.name() == u"numerusform")
                        message.translations.append(xml.readElementText());
                    else if (xml.isCharacters())
                        text += xml.text();
                }
                if (message.translations.isEmpty())
                    message.translations.append(text);
            }
        } else if (token == QXmlStreamReader::EndElement && xml.name() == u"message") {
            contexts[context].append(message);
        }
    }
    return contexts;
}

QStringList all_matches(const QString& text, const QString& pattern) {
    QStringList found;
    auto it = QRegularExpression(pattern).globalMatch(text);
    while (it.hasNext())
        found.append(it.next().captured());
    found.sort();
    return found;
}

QString ts_file(const QString& language) {
    return QStringLiteral(MOEQUANT_SOURCE_DIR "/resources/translations/moequant_%1.ts").arg(language);
}

} // namespace

class TestTranslation : public QObject {
    Q_OBJECT
    void languages() {
        QTest::addColumn<QString>("language");
        QTest::newRow("German") << "de";
        QTest::newRow("Chinese") << "zh_CN";
    }

  private Q_SLOTS:
    void every_text_is_translated_data() { languages(); }
    void every_text_is_translated() {
        QFETCH(QString, language);
        QStringList faults;
        int count = 0;
        const auto contexts = read_messages(ts_file(language));
        for (auto it = contexts.cbegin(); it != contexts.cend(); ++it)
            for (const Message& message : it.value()) {
                ++count;
                const QString where = it.key() + ": " + message.source.left(60) + ": ";
                if (message.unfinished)
                    faults.append(where + "unfinished");
                for (const QString& text : message.translations) {
                    if (text.trimmed().isEmpty())
                        faults.append(where + "empty");
                    // %n may be left out of a form ("one row").
                    if (all_matches(text, "%L?[0-9]+") != all_matches(message.source, "%L?[0-9]+"))
                        faults.append(where + "other places for values");
                    if (all_matches(text, "</?[a-z]+") != all_matches(message.source, "</?[a-z]+"))
                        faults.append(where + "other tags");
                    if (text.endsWith(u'…') != message.source.endsWith(u'…'))
                        faults.append(where + "dots at the end");
                }
            }
        QVERIFY2(count > 300, "the file could not be read");
        QVERIFY2(faults.isEmpty(), qPrintable('\n' + faults.join('\n')));
    }

    void no_text_of_the_source_is_missing_data() { languages(); }
    void no_text_of_the_source_is_missing() {
        QFETCH(QString, language);
        if (!QFile::exists(LUPDATE))
            QSKIP("lupdate is not installed");
        QTemporaryDir folder;
        QProcess lupdate;
        lupdate.setWorkingDirectory(MOEQUANT_SOURCE_DIR);
        const QString fresh = folder.filePath("fresh.ts");
        lupdate.start(LUPDATE, {"-silent", "-I", ".", "-locations", "none", "-source-language", "en",
                                "app/workbench", "widgets", "-ts", fresh});
        QVERIFY(lupdate.waitForFinished(60000));
        QCOMPARE(lupdate.exitCode(), 0);
        const auto known = read_messages(ts_file(language)), now = read_messages(fresh);
        QVERIFY(!now.isEmpty());
        QStringList missing;
        const auto has = [](const QVector<Message>& messages, const QString& source) {
            return std::any_of(messages.cbegin(), messages.cend(),
                               [&](const Message& message) { return message.source == source; });
        };
        for (auto it = now.cbegin(); it != now.cend(); ++it)
            for (const Message& message : it.value())
                if (!has(known.value(it.key()), message.source))
                    missing.append(it.key() + ": " + message.source);
        for (const char* kind : {"profile", "sample", "quantize", "export", "evaluate", "hessian-lab"})
            for (const Option& option : find_kind(kind).options)
                if (!has(known.value("Options"), QString::fromStdString(option.help)))
                    missing.append("Options: " + QString::fromStdString(option.help));
        QVERIFY2(missing.isEmpty(),
                 qPrintable("run resources/translations/update.sh and translate\n" + missing.join('\n')));
    }

    void the_window_speaks_it_data() {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QString>("file_menu");
        QTest::newRow("German") << "de"
                                << "Datei";
        QTest::newRow("Chinese") << "zh_CN"
                                 << "文件";
    }
    void the_window_speaks_it() {
        QFETCH(QString, language);
        QFETCH(QString, file_menu);
        QTemporaryDir config;
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, config.path());
        install_translation(*qApp, language);
        {
            MainWindow window(WorkerCommand{FAKE_WORKER, {"model"}});
            const QString text = window.menuBar()->actions().first()->text().remove('&');
            QVERIFY2(text.startsWith(file_menu), qPrintable(text));
        }
        for (auto* translator : qApp->findChildren<QTranslator*>())
            delete translator;
    }
};

QTEST_MAIN(TestTranslation)
#include "tst_translation.moc"
