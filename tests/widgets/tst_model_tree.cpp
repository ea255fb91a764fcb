#include "widgets/tables/model_tree.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace moequant;

class TestModelTree : public QObject {
    Q_OBJECT
    static QVector<TreeLayer> layers() {
        const QVector<TreeLinear> mlp = {{"gate_proj", 8, 4}, {"up_proj", 8, 4}, {"down_proj", 4, 8}};
        return {{0, {{"Attention", {{"q_proj", 4, 4}}}, {"MLP", mlp}}, 0, {}},
                {1, {{"Attention", {{"q_proj", 4, 4}}}}, 3, mlp}};
    }

  private Q_SLOTS:
    void it_is_a_proper_model() {
        ModelTree tree;
        QAbstractItemModelTester tester(&tree, QAbstractItemModelTester::FailureReportingMode::QtTest);
        tree.set_layers(layers());
        QCOMPARE(tree.rowCount(), 2);
        QCOMPARE(tree.rowCount(tree.index(0, 0)), 2);
        QCOMPARE(tree.rowCount(tree.index(1, 0)), 4);
        tree.set_layers({});
        QCOMPARE(tree.rowCount(), 0);
    }

    void rows_and_places_data() {
        QTest::addColumn<int>("layer");
        QTest::addColumn<int>("expert");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("parameters");
        QTest::newRow("layer") << 1 << -1 << "Layer 1"
                               << "304";
        QTest::newRow("first expert") << 1 << 0 << "Expert 0"
                                      << "96";
        QTest::newRow("last expert") << 1 << 2 << "Expert 2"
                                     << "96";
        QTest::newRow("no such expert: its layer") << 1 << 9 << "Layer 1"
                                                   << "304";
        QTest::newRow("a dense layer has none") << 0 << 1 << "Layer 0"
                                                << "112";
    }
    void rows_and_places() {
        QFETCH(int, layer);
        QFETCH(int, expert);
        QFETCH(QString, name);
        ModelTree tree;
        tree.set_layers(layers());
        const QModelIndex found = tree.find(layer, expert);
        QCOMPARE(found.data().toString(), name);
        QTEST(found.siblingAtColumn(2).data().toString(), "parameters");
        const auto place = tree.place(found);
        QCOMPARE(place.layer, layer);
        QCOMPARE(place.expert, name.startsWith("Expert") ? expert : -1);
    }

    void linears_belong_to_their_expert() {
        ModelTree tree;
        tree.set_layers(layers());
        const QModelIndex up = tree.index(1, 0, tree.find(1, 2));
        QCOMPARE(up.data().toString(), QString("up_proj"));
        QCOMPARE(up.siblingAtColumn(1).data().toString(), QString("8 × 4"));
        QCOMPARE(tree.place(up).expert, 2);
        QVERIFY(!tree.find(7, 0).isValid());
    }
};

QTEST_MAIN(TestModelTree)
#include "tst_model_tree.moc"
