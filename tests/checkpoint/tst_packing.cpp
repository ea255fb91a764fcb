// Packing: known words (made by the formats' own packers), and back again.
#include "core/checkpoint/packing.h"
#include "core/job/error.h"

#include <QCryptographicHash>
#include <QtTest>

using namespace moequant;

namespace {

QString words(const at::Tensor& tensor) {
    const at::Tensor flat = tensor.contiguous().view(-1);
    QStringList text;
    for (std::int64_t i = 0; i < flat.numel(); ++i)
        text << QString("%1").arg(static_cast<quint32>(flat[i].item<int>()), 8, 16, QChar('0'));
    return text.join(' ');
}

QByteArray sha256(const at::Tensor& tensor) {
    const at::Tensor flat = tensor.contiguous();
    const QByteArray bytes(static_cast<const char*>(flat.const_data_ptr()), static_cast<int>(flat.nbytes()));
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

at::Tensor find(const NamedTensors& tensors, const std::string& name) {
    for (const auto& [key, tensor] : tensors)
        if (key == name)
            return tensor;
    return {};
}

/// q[n][k] = (3n + 5k + 1) mod 2^bits, scale 2⁻⁶.
QuantizedLinear linear_of(std::int64_t rows, std::int64_t cols, int bits, std::int64_t group,
                          const at::Tensor& zeros) {
    const at::Tensor n = at::arange(rows, at::kLong).unsqueeze(1),
                     k = at::arange(cols, at::kLong).unsqueeze(0);
    return {.codes = (n * 3 + k * 5 + 1).remainder(1 << bits).to(at::kByte),
            .scales = at::full(zeros.sizes(), 1.0 / 64),
            .zeros = zeros.to(at::kInt),
            .group_of = at::arange(cols, at::kInt).floor_divide_(group),
            .bits = bits,
            .group_size = group,
            .symmetric = false};
}

QuantizedLinear golden() { // z[n][G] = 1 + (n + 2G) mod 15
    const at::Tensor zeros = (at::arange(64).unsqueeze(1) + 2 * at::arange(4).unsqueeze(0)).remainder(15) + 1;
    return linear_of(64, 128, 4, 32, zeros);
}

} // namespace

class TestPacking : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void known_words() {
        const QuantizedLinear linear = linear_of(8, 8, 4, 8, at::arange(1, 9).unsqueeze(1));
        const QString codes = "4fa50b61 72d83e94 a50b61c7 d83e94fa 0b61c72d 3e94fa50 61c72d83 94fa50b6";
        const NamedTensors gptq = pack_linear(Format::gptq, "p", linear);
        QCOMPARE(words(find(gptq, "p.qweight")), codes);
        QCOMPARE(find(gptq, "p.qweight").sizes().vec(), (std::vector<std::int64_t>{1, 8}));
        QCOMPARE(words(find(gptq, "p.qzeros")), QString("76543210"));
        const NamedTensors compressed = pack_linear(Format::compressed_tensors, "p", linear);
        QCOMPARE(words(find(compressed, "p.weight_packed")), codes);
        QCOMPARE(find(compressed, "p.weight_packed").sizes().vec(), (std::vector<std::int64_t>{8, 1}));
        QCOMPARE(words(find(compressed, "p.weight_zero_point")), QString("87654321"));
        const NamedTensors awq = pack_linear(Format::awq, "p", linear);
        QCOMPARE(words(find(awq, "p.qweight")),
                 QString("60a43d71 b5f982c6 0a4ed71b 5f932c60 a4e871b5 f93dc60a 4e821b5f 93d760a4"));
        QCOMPARE(find(awq, "p.qweight").sizes().vec(), (std::vector<std::int64_t>{8, 1}));
        QCOMPARE(words(find(awq, "p.qzeros")), QString("86427531"));
    }

    void awq_unpacks() {
        at::manual_seed(3);
        const at::Tensor codes = at::randint(0, 16, {5, 40}, at::kByte);
        QVERIFY(at::equal(unpack_awq(pack_awq(codes), 40), codes));
    }

    void awq_repeats_the_scale_of_a_row() {
        QuantizedLinear linear = linear_of(32, 384, 4, 384, at::arange(32).remainder(16).unsqueeze(1));
        linear.group_size = -1;
        const NamedTensors tensors = pack_linear(Format::awq, "p", linear);
        QCOMPARE(find(tensors, "p.scales").sizes().vec(), (std::vector<std::int64_t>{3, 32}));
        const at::Tensor zeros = unpack_awq(find(tensors, "p.qzeros"), 32);
        for (int g = 0; g < 3; ++g)
            QVERIFY(at::equal(zeros[g].to(at::kInt), linear.zeros.select(1, 0)));
    }

    void three_bits_are_a_dense_stream() {
        const at::Tensor codes = (at::arange(32) * 5 + 3).remainder(8).to(at::kByte).unsqueeze(0);
        QCOMPARE(words(pack_bits(codes, 3)), QString("43c67543 7543c675 c67543c6"));
    }

    void golden_hashes() {
        const NamedTensors gptq = pack_linear(Format::gptq, "p", golden());
        QCOMPARE(words(find(gptq, "p.qweight")[0].slice(0, 0, 4)),
                 QString("4fa50b61 72d83e94 a50b61c7 d83e94fa"));
        QCOMPARE(sha256(find(gptq, "p.qweight")),
                 QByteArray("e7f1bd964b3944f62c875956f06c6ab682a4ebc37de84de0d5e07958f8cab88f"));
        QCOMPARE(words(find(gptq, "p.qzeros")[0].slice(0, 0, 4)),
                 QString("76543210 0edcba98 87654321 10edcba9"));
        QCOMPARE(sha256(find(gptq, "p.qzeros")),
                 QByteArray("64e5e919fd0b6c5b41c6211e1dd9ecc2fbe3c377f1efdc1425fe2f274fd35a2b"));
        const NamedTensors compressed = pack_linear(Format::compressed_tensors, "p", golden());
        QCOMPARE(words(find(compressed, "p.weight_packed")[0].slice(0, 0, 4)),
                 QString("4fa50b61 c72d83e9 4fa50b61 c72d83e9"));
        QCOMPARE(sha256(find(compressed, "p.weight_packed")),
                 QByteArray("62dce8816a1fc78ae9d1ab03be719fd76905fb8c04bda0ed72ee92c31f513c71"));
        QCOMPARE(words(find(compressed, "p.weight_zero_point")[0]),
                 QString("87654321 a9876543 cba98765 edcba987"));
        QCOMPARE(sha256(find(compressed, "p.weight_zero_point")),
                 QByteArray("936bcd26d3e99f6112296efccfb1729bdbd96f7b5fd9b4773aeaec86e73dbd26"));
        const NamedTensors awq = pack_linear(Format::awq, "p", golden());
        QCOMPARE(words(find(awq, "p.qweight")[0].slice(0, 0, 4)),
                 QString("60a43d71 e82cb5f9 60a43d71 e82cb5f9"));
        QCOMPARE(sha256(find(awq, "p.qweight")),
                 QByteArray("fb9c8fb366c165c5e56632fe7b19e4bc22316de338915341583fc91a1e666fd4"));
        QCOMPARE(words(find(awq, "p.qzeros")[0].slice(0, 0, 4)),
                 QString("86427531 1ecafdb9 97538642 2fdb1eca"));
        QCOMPARE(sha256(find(awq, "p.qzeros")),
                 QByteArray("78f3d764f907bc65025658bb7415e3e8187541b1591807286818869301058624"));
        QVERIFY(find(awq, "p.scales").scalar_type() == at::kHalf);
    }

    void symmetric_zero_constants_data() {
        QTest::addColumn<int>("bits");
        QTest::addColumn<int>("word");
        QTest::newRow("2 bits") << 2 << 1431655765;
        QTest::newRow("4 bits") << 4 << 2004318071;
        QTest::newRow("8 bits") << 8 << 2139062143;
    }
    void symmetric_zero_constants() {
        QFETCH(int, bits);
        QFETCH(int, word);
        QuantizedLinear linear = linear_of(32, 64, bits, 32, at::full({32, 2}, 1 << (bits - 1)));
        linear.symmetric = true;
        QVERIFY(find(pack_linear(Format::gptq, "p", linear), "p.qzeros").eq(word).all().item<bool>());
    }

    void unpacking_inverts_data() {
        QTest::addColumn<int>("bits");
        QTest::addColumn<int>("n");
        for (int bits = 2; bits <= 8; ++bits)
            for (int n : {1, 31, 32, 33, 96, 1000})
                QTest::addRow("%d codes of %d bits", n, bits) << bits << n;
    }
    void unpacking_inverts() {
        QFETCH(int, bits);
        QFETCH(int, n);
        at::manual_seed(n);
        const at::Tensor codes = at::randint(0, 1 << bits, {70, n}, at::kByte);
        const at::Tensor packed = pack_bits(codes, bits);
        QCOMPARE(packed.size(1), (n * bits + 31) / 32);
        QVERIFY(at::equal(unpack_bits(packed, bits, n), codes));
        QVERIFY_THROWS_EXCEPTION(RunError, unpack_bits(packed, bits, n + 32));
    }

    void layout_foretells_the_tensors_data() {
        QTest::addColumn<QString>("format");
        QTest::addColumn<int>("bits");
        QTest::addColumn<bool>("symmetric");
        QTest::addColumn<int>("group");
        for (const char* format : {"gptq", "compressed-tensors", "awq"})
            for (int bits : {2, 3, 4, 8})
                for (bool symmetric : {true, false})
                    for (int group : {-1, 32})
                        if (bits == 4 || (bits == 8 && format[0] != 'a') || format[0] == 'g')
                            QTest::addRow("%s %d bits %s group %d", format, bits, symmetric ? "sym" : "asym",
                                          group)
                                << format << bits << symmetric << group;
    }
    void layout_foretells_the_tensors() {
        QFETCH(QString, format);
        QFETCH(int, bits);
        QFETCH(bool, symmetric);
        QFETCH(int, group);
        const Format kind = parse_format(format.toStdString());
        QuantizedLinear linear =
            linear_of(64, 256, bits, group == -1 ? 256 : group, at::full({64, group == -1 ? 1 : 8}, 1));
        linear.symmetric = symmetric;
        linear.group_size = group;
        const NamedTensors tensors = pack_linear(kind, "p", linear);
        const auto layout =
            packed_layout(kind, {.bits = bits, .group_size = group, .symmetric = symmetric}, 64, 256);
        QCOMPARE(layout.size(), tensors.size());
        for (std::size_t i = 0; i < layout.size(); ++i) {
            QCOMPARE("p" + layout[i].suffix, tensors[i].first);
            QVERIFY(layout[i].dtype == tensors[i].second.scalar_type());
            QCOMPARE(layout[i].shape, tensors[i].second.sizes().vec());
        }
    }

    void refuses_what_would_be_stored_wrongly() {
        QuantizedLinear linear = golden();
        linear.zeros[3][1] = 0;
        QVERIFY_THROWS_EXCEPTION(RequestError, pack_linear(Format::gptq, "p", linear));
        linear = golden();
        linear.scales[2][2] = 1.0 / 3; // no fp16 value
        QVERIFY_THROWS_EXCEPTION(RequestError, pack_linear(Format::gptq, "p", linear));
        QVERIFY_THROWS_EXCEPTION(RequestError, pack_linear(Format::compressed_tensors, "p", linear));
        linear = golden();
        linear.group_of = linear.group_of.flip(0).contiguous(); // only gptq has a group for each column
        pack_linear(Format::gptq, "p", linear);
        QVERIFY_THROWS_EXCEPTION(RequestError, pack_linear(Format::compressed_tensors, "p", linear));
        QVERIFY_THROWS_EXCEPTION(RequestError, pack_linear(Format::awq, "p", linear));
        linear = linear_of(64, 128, 8, 32, golden().zeros);
        QVERIFY_THROWS_EXCEPTION(RequestError, pack_linear(Format::awq, "p", linear));
    }
};

QTEST_GUILESS_MAIN(TestPacking)
#include "tst_packing.moc"
