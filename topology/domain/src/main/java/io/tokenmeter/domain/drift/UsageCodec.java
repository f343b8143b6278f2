package io.tokenmeter.domain.drift;

import io.tokenmeter.domain.drivers.ModelUsage;
import org.jspecify.annotations.Nullable;

/** Writes and reads what is usual of each model. */
final class UsageCodec {
  private UsageCodec() {}

  static void write(@Nullable ModelUsage[] usage, StateWriter out) {
    for (ModelUsage model : usage) {
      out.number(model == null ? 0 : 1);
      if (model != null) {
        out.real(model.requests()).real(model.retries()).real(model.inputTokens());
        out.real(model.cacheReadTokens()).real(model.cacheWriteTokens());
        out.real(model.outputTokens()).real(model.inputCost());
        out.real(model.cacheReadCost()).real(model.cacheWriteCost());
        out.real(model.outputCost()).real(model.cost());
      }
    }
  }

  static void read(@Nullable ModelUsage[] usage, StateReader in) {
    for (int model = 0; model < usage.length; model++) {
      usage[model] = in.count(1) == 0 ? null : read(in);
    }
  }

  private static ModelUsage read(StateReader in) {
    return new ModelUsage(
        in.real(), in.real(), in.real(), in.real(), in.real(), in.real(), in.real(), in.real(),
        in.real(), in.real(), in.real());
  }
}
