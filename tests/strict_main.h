// main() of the tests that compute: strict matrix products are asked for before the first ATen call, as the
// programs do.
#pragma once
#include <QCoreApplication>
#include <QtTest>

#define STRICT_TEST_MAIN(Test)                                                                               \
    int main(int argc, char** argv) {                                                                        \
        qputenv("MKL_CBWR", __builtin_cpu_supports("avx512f") ? "AVX512,STRICT" : "AVX2,STRICT");            \
        QCoreApplication app(argc, argv);                                                                    \
        Test test;                                                                                           \
        return QTest::qExec(&test, argc, argv);                                                              \
    }
