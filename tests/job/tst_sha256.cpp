// SHA-256 against the vectors of FIPS 180-4 and NIST's SHAVS, and hash_inputs.
#include "core/job/error.h"
#include "core/job/inputs.h"
#include "core/job/sha256.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>

using namespace moequant;

class TestSha256 : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void vectors_data();
    void vectors();
    void million();
    void pieces();
    void file();
    void inputs();
};

void TestSha256::vectors_data() {
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("digest");
    QTest::newRow("empty") << QByteArray()
                           << QByteArray("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    QTest::newRow("abc") << QByteArray("abc")
                         << QByteArray("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    QTest::newRow("448 bits") << QByteArray("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
                              << QByteArray(
                                     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    QTest::newRow("896 bits") << QByteArray("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmno"
                                            "ijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu")
                              << QByteArray(
                                     "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
    QTest::newRow("8 bits") << QByteArray::fromHex("d3")
                            << QByteArray("28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1");
    QTest::newRow("64 bits") << QByteArray::fromHex("5738c929c4f4ccb6")
                             << QByteArray(
                                    "963bb88f27f512777aab6c8b1a02c70ec0ad651d428f870036e1917120fb48bf");
}

void TestSha256::vectors() {
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, digest);
    QCOMPARE(QByteArray::fromStdString(sha256(std::string_view(message.data(), std::size_t(message.size())))),
             digest);
}

void TestSha256::million() {
    QCOMPARE(sha256(std::string(1000000, 'a')),
             std::string("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"));
}

void TestSha256::pieces() {
    std::string text;
    for (int i = 0; i < 1000; ++i)
        text += char(i * 37);
    for (std::size_t step : {1u, 3u, 55u, 56u, 63u, 64u, 65u, 129u, 999u}) {
        Sha256 hash;
        for (std::size_t i = 0; i < text.size(); i += step)
            hash.update(std::string_view(text).substr(i, step));
        QCOMPARE(hash.hex(), sha256(text));
    }
}

void TestSha256::file() {
    QTemporaryDir folder;
    const std::string path = folder.filePath("abc").toStdString();
    std::ofstream(path) << "abcdef";
    QCOMPARE(sha256_file(path), sha256("abcdef"));
    QCOMPARE(sha256_file(path, 3), sha256("abc"));
    QVERIFY_EXCEPTION_THROWN(sha256_file(path + "x"), RequestError);
    QVERIFY_EXCEPTION_THROWN(sha256_file(folder.path().toStdString()), RequestError);
}

void TestSha256::inputs() {
    QTemporaryDir folder;
    const std::filesystem::path root = folder.path().toStdString();
    std::filesystem::create_directories(root / "other");
    const std::string header("\x02\0\0\0\0\0\0\0{}", 10);
    std::ofstream(root / "model.safetensors", std::ios::binary) << header << "weights";
    std::ofstream(root / "config.json") << "{}";
    std::ofstream(root / "other/config.json") << "{ }";
    const auto hashes =
        hash_inputs("model", {root / "model.safetensors", root / "config.json", root / "other/config.json"});
    QCOMPARE(hashes["model/model.safetensors"]["sha256"].get<std::string>(),
             sha256(header)); // the header alone
    QCOMPARE(hashes["model/model.safetensors"]["size"].get<int>(), 17);
    QCOMPARE(hashes["model/config.json"]["sha256"].get<std::string>(), sha256("{}"));
    QCOMPARE(hashes["model/config.json#2"]["sha256"].get<std::string>(), sha256("{ }"));
    QVERIFY_EXCEPTION_THROWN(hash_inputs("model", {root / "missing"}), RequestError);
    std::ofstream(root / "bad.safetensors", std::ios::binary) << "\xff\xff\xff\xff\xff\xff\xff\xff";
    QCOMPARE(hash_inputs("model", {root / "bad.safetensors"})["model/bad.safetensors"]["size"].get<int>(), 8);
}

QTEST_APPLESS_MAIN(TestSha256)
#include "tst_sha256.moc"
