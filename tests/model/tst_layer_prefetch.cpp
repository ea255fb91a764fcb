// Layers loaded one ahead in a thread: the same tensors, errors where they belong, an end at any time.
#include "core/job/error.h"
#include "core/model/layer_prefetch.h"
#include "core/model/replaced_tensors.h"
#include "core/model/safetensors.h"
#include "tests/strict_main.h"

#include <atomic>
#include <chrono>
#include <functional>
#include <semaphore>
#include <thread>

using namespace moequant;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

constexpr auto kSoon = 20s; // far more than the tiny files need

struct Checkpoint {
    explicit Checkpoint(const std::string& name)
        : folder(fs::path(MOEQUANT_SOURCE_DIR) / "tests/data/decoder" / name),
          config(read_config(folder)),
          source(std::make_shared<SafetensorsFolder>(folder)) {}

    int layers() const { return int(config.layers.size()); }

    fs::path folder;
    ModelConfig config;
    std::shared_ptr<const TensorSource> source;
};

/// Tells of every tensor before it is loaded.
class WatchedTensors : public ReplacedTensors {
  public:
    WatchedTensors(std::shared_ptr<const TensorSource> source, std::function<void(const std::string&)> told)
        : ReplacedTensors(std::move(source), {}), told_(std::move(told)) {}
    at::Tensor load(const std::string& name) const override {
        told_(name);
        return ReplacedTensors::load(name);
    }

  private:
    std::function<void(const std::string&)> told_;
};

bool in_layer(const std::string& name, int layer) {
    return name.starts_with(layer_prefix(layer) + ".");
}

std::vector<at::Tensor> tensors(const ModelConfig& config, int layer, LayerWeights weights) {
    std::vector<at::Tensor> all = {weights.input_norm, weights.post_norm, weights.q_bias,
                                   weights.k_bias,     weights.v_bias,    weights.o_bias};
    for (const LinearInfo& linear : layer_linears(config, layer))
        all.push_back(linear_weight(weights, linear));
    return all;
}

/// How many tensors differ in bits, dtype or being there; -1 when their number does.
int differences(const Checkpoint& checkpoint, int layer, const LayerWeights& weights,
                const Compute& compute = {}) {
    const auto ours = tensors(checkpoint.config, layer, weights);
    const auto theirs =
        tensors(checkpoint.config, layer, load_layer(*checkpoint.source, checkpoint.config, layer, compute));
    int count = ours.size() == theirs.size() ? 0 : -1;
    for (std::size_t i = 0; i < theirs.size() && count >= 0; ++i) {
        const at::Tensor &a = ours[i], &b = theirs[i];
        const bool same = a.defined() == b.defined() &&
                          (!a.defined() || (a.scalar_type() == b.scalar_type() && at::equal(a, b)));
        count += same ? 0 : 1;
    }
    return count;
}

} // namespace

class TestLayerPrefetch : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void gives_what_a_direct_load_gives_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("narrow");
        for (const char* name : {"deepseek", "deepseek_variant", "mixtral", "qwen2_moe", "qwen2_moe_variant"})
            for (const bool narrow : {false, true})
                QTest::addRow("%s, %s", name, narrow ? "bfloat16" : "float32") << name << narrow;
    }
    void gives_what_a_direct_load_gives() {
        QFETCH(QString, name);
        QFETCH(bool, narrow);
        const Checkpoint checkpoint(name.toStdString());
        const Compute compute{at::kCPU, narrow ? at::kBFloat16 : at::kFloat};
        LayerPrefetch prefetch(checkpoint.source, checkpoint.config, compute);
        for (int pass = 0; pass < 2; ++pass) // mixed precision goes through the layers twice
            for (int i = 0; i < checkpoint.layers(); ++i) {
                const LayerWeights weights = prefetch.take(i);
                QCOMPARE(weights.q.scalar_type(), compute.dtype);
                QCOMPARE(differences(checkpoint, i, weights, compute), 0);
            }
    }

    void the_next_layer_is_loaded_by_another_thread() {
        const Checkpoint checkpoint("deepseek");
        std::binary_semaphore begun(0);
        std::atomic<int> first = 0, second = 0, here = 0;
        const auto self = std::this_thread::get_id();
        const auto watched = std::make_shared<WatchedTensors>(checkpoint.source, [&](const auto& name) {
            here += std::this_thread::get_id() == self;
            first += in_layer(name, 0);
            second += in_layer(name, 2);
            if (in_layer(name, 1) && name.ends_with(".input_layernorm.weight"))
                begun.release();
        });
        LayerPrefetch prefetch(watched, checkpoint.config, {});
        QCOMPARE(first.load(), 0); // nothing before it is wanted
        const LayerWeights weights = prefetch.take(0);
        QVERIFY(begun.try_acquire_for(kSoon));
        QCOMPARE(second.load(), 0); // one ahead, not two
        QCOMPARE(here.load(), 0);
        QVERIFY(first.load() > 0);
    }

    void layers_in_any_order() {
        const Checkpoint checkpoint("qwen2_moe_variant");
        LayerPrefetch prefetch(checkpoint.source, checkpoint.config, {});
        for (const int layer : {3, 4, 1, 1, 5, 0, 2, 5}) // a resumed run begins in the middle
            QCOMPARE(differences(checkpoint, layer, prefetch.take(layer)), 0);
    }

    void errors_come_with_their_layer_data() {
        QTest::addColumn<QString>("fault");
        for (const char* fault : {"unreadable", "not a float", "no memory"})
            QTest::addRow("%s", fault) << fault;
    }
    void errors_come_with_their_layer() {
        QFETCH(QString, fault);
        const Checkpoint checkpoint("deepseek_variant");
        const std::string bad = layer_prefix(2) + ".self_attn.k_proj.weight";
        std::map<std::string, at::Tensor> replaced;
        if (fault == "not a float")
            replaced[bad] = at::zeros(checkpoint.source->shape(bad), at::kInt);
        std::counting_semaphore<> reached(0);
        std::atomic<bool> broken = true;
        const auto source = std::make_shared<WatchedTensors>(
            std::make_shared<ReplacedTensors>(checkpoint.source, replaced), [&](const std::string& name) {
                if (!in_layer(name, 2))
                    return;
                reached.release();
                if (broken && fault == "unreadable")
                    throw RequestError("model.safetensors", "cannot be read");
                if (broken && fault == "no memory")
                    throw std::bad_alloc();
            });
        LayerPrefetch prefetch(source, checkpoint.config, {});
        QCOMPARE(differences(checkpoint, 0, prefetch.take(0)), 0);
        QCOMPARE(differences(checkpoint, 1, prefetch.take(1)), 0);
        QVERIFY(reached.try_acquire_for(kSoon)); // layer 2 fails by itself, and nobody hears of it yet
        if (fault == "no memory")
            QVERIFY_THROWS_EXCEPTION(std::bad_alloc, prefetch.take(2));
        else
            QVERIFY_THROWS_EXCEPTION(RequestError, prefetch.take(2));
        QCOMPARE(differences(checkpoint, 3, prefetch.take(3)), 0);
        broken = false;
        if (replaced.empty())
            QCOMPARE(differences(checkpoint, 2, prefetch.take(2)), 0);
        else
            QVERIFY_THROWS_EXCEPTION(RequestError, prefetch.take(2));
    }

    void an_error_of_a_layer_that_nobody_takes_is_nobodys() {
        const Checkpoint checkpoint("deepseek");
        std::binary_semaphore failed(0);
        const auto source = std::make_shared<WatchedTensors>(checkpoint.source, [&](const auto& name) {
            if (in_layer(name, 1)) {
                failed.release();
                throw RequestError("model.safetensors", "cannot be read");
            }
        });
        LayerPrefetch prefetch(source, checkpoint.config, {});
        QCOMPARE(differences(checkpoint, 0, prefetch.take(0)), 0);
        QVERIFY(failed.try_acquire_for(kSoon));
        QCOMPARE(differences(checkpoint, 2, prefetch.take(2)), 0);
    }

    void destruction_gives_up_a_load_in_the_middle() {
        const Checkpoint checkpoint("deepseek");
        std::counting_semaphore<> begun(0);
        std::atomic<int> loaded = 0;
        const auto source = std::make_shared<WatchedTensors>(checkpoint.source, [&](const auto& name) {
            if (in_layer(name, 1)) {
                ++loaded;
                begun.release();
                std::this_thread::sleep_for(100ms);
            }
        });
        {
            LayerPrefetch prefetch(source, checkpoint.config, {});
            QCOMPARE(differences(checkpoint, 0, prefetch.take(0)), 0);
            QVERIFY(begun.try_acquire_for(kSoon));
        }
        const int whole = int(layer_linears(checkpoint.config, 1).size()) + 2;
        QVERIFY2(loaded > 0 && loaded < whole, qPrintable(QString("%1 of %2").arg(loaded).arg(whole)));
    }
};

STRICT_TEST_MAIN(TestLayerPrefetch)
#include "tst_layer_prefetch.moc"
