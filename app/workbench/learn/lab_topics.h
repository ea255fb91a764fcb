// The lesson's last chapter: how well a Hessian is known from n tokens, and what that does to an expert.
#pragma once
#include "app/workbench/learn/topics.h"

namespace moequant {

QVector<Topic> lab_topics();

} // namespace moequant
