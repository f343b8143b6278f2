package io.tokenmeter.domain.spike;

import io.tokenmeter.domain.alert.Detector;
import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.Severity;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.money.Money;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds single requests that cost more than they should, or write until their cap cuts them off.
 * What it finds is not ended by another finding, but by none for as long as its window.
 */
public final class SpikeDetector {
  /** The cause of a request that costs more than the limit. */
  public static final String COST = "cost";

  /** The cause of a request whose output is almost its cap. */
  public static final String OUTPUT_CAP = "output-cap";

  private SpikeDetector() {}

  /**
   * One request.
   *
   * @param eventId its event id
   * @param model model as served
   * @param occurredAtMicros when it happened, microseconds since the epoch
   * @param inputTokens input tokens
   * @param outputTokens output tokens
   * @param maxOutputTokens cap on the output, tokens; 0 or less: none
   * @param cost what it cost; null where it has no price
   */
  public record Request(
      String eventId,
      String model,
      long occurredAtMicros,
      long inputTokens,
      long outputTokens,
      long maxOutputTokens,
      @Nullable Money cost) {}

  /**
   * Judges a request.
   *
   * @return a finding if it is over a limit, otherwise null
   */
  public static @Nullable Finding judge(Request request, Subject subject, SpikePolicy policy) {
    if (!policy.enabled()) {
      return null;
    }
    Money cost = request.cost();
    if (cost != null && policy.limit().signum() > 0 && cost.compareTo(policy.limit()) > 0) {
      String limit = ", over the limit of $" + policy.limit().toPlainString() + " for one request.";
      return finding(request, subject, policy, COST, policy.limit(), limit);
    }
    if (policy.outputPercent() > 0
        && request.maxOutputTokens() > 0
        && request.outputTokens() >= policy.minimumOutputTokens()
        && capShare(request) >= policy.outputPercent()) {
      String cap =
          text(
              ": its output is %d %% of its cap of %,d tokens. Look whether it repeats itself.",
              (long) capShare(request), request.maxOutputTokens());
      return finding(request, subject, policy, OUTPUT_CAP, null, cap);
    }
    return null;
  }

  /** Output as a share of its cap, percent. */
  private static double capShare(Request request) {
    return 100.0 * request.outputTokens() / request.maxOutputTokens();
  }

  private static Finding finding(
      Request request,
      Subject subject,
      SpikePolicy policy,
      String cause,
      @Nullable Money threshold,
      String why) {
    Money cost = request.cost();
    Money stake = cost == null ? Money.ZERO : cost;
    String sentence =
        text(
            "Request %s of %s to %s read %,d and wrote %,d tokens and cost %s%s",
            request.eventId(),
            subject,
            request.model(),
            request.inputTokens(),
            request.outputTokens(),
            cost == null ? "what is not known" : "$" + cost.toPlainString(),
            why);
    return new Finding(
        Detector.REQUEST_SPIKE,
        cause,
        subject,
        true,
        request.occurredAtMicros(),
        request.occurredAtMicros(),
        request.occurredAtMicros(),
        request.occurredAtMicros() + policy.quiet().toMillis() * 1000,
        cost,
        null,
        threshold,
        stake,
        severity(stake, policy),
        List.of(),
        sentence);
  }

  private static Severity severity(Money stake, SpikePolicy policy) {
    if (stake.compareTo(policy.critical()) >= 0) {
      return Severity.CRITICAL;
    }
    return stake.compareTo(policy.warning()) >= 0 ? Severity.WARNING : Severity.INFO;
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
