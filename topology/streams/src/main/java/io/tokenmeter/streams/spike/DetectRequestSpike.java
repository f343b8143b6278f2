package io.tokenmeter.streams.spike;

import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.FindingCodec;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.policy.DetectorPolicies;
import io.tokenmeter.domain.policy.PolicyDefinitions;
import io.tokenmeter.domain.rollup.Dimension.Field;
import io.tokenmeter.domain.spike.SpikeDetector;
import io.tokenmeter.domain.spike.SpikeDetector.Request;
import io.tokenmeter.domain.spike.SpikePolicy;
import io.tokenmeter.domain.usage.Unit;
import io.tokenmeter.domain.usage.UsageQuantities;
import io.tokenmeter.streams.Meters;
import io.tokenmeter.streams.policy.PolicyLookup;
import io.tokenmeter.streams.usage.MeteredEvent;
import io.tokenmeter.streams.usage.Name;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Finds single requests that cost or write too much. Of those of one subject it reports at most one
 * a minute, so that a flood of them does not flood whoever joins the findings.
 *
 * <p>What it has reported is only in memory: after a restart it may report once more within the
 * minute, which makes no further alert.
 */
public final class DetectRequestSpike implements Processor<byte[], MeteredEvent, byte[], byte[]> {
  /** Name of the stage. */
  public static final String NAME = "detect-request-spike";

  private static final long PAUSE_MICROS = 60_000_000L;
  private static final int REMEMBERED = 10_000;

  /** The attributes of which the first that an event carries names the subject. */
  private static final Field[] NARROWEST = {
    Field.API_KEY, Field.WORKFLOW, Field.CUSTOMER, Field.TEAM, Field.PROJECT, Field.MODEL
  };

  private final PolicyLookup<SpikePolicy> policies;
  private final Meters meters;
  private final Map<String, Long> reportedMicros =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > REMEMBERED;
        }
      };
  private ProcessorContext<byte[], byte[]> context;

  @SuppressWarnings("NullAway.Init")
  private DetectRequestSpike(Supplier<DetectorPolicies> policies, Meters meters) {
    this.policies = new PolicyLookup<>(policies, PolicyDefinitions.REQUEST_SPIKE);
    this.meters = meters;
  }

  /** The stage. */
  public static ProcessorSupplier<byte[], MeteredEvent, byte[], byte[]> supplier(
      Supplier<DetectorPolicies> policies, Meters meters) {
    return () -> new DetectRequestSpike(policies, meters);
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
    reportedMicros.clear();
  }

  @Override
  public void process(Record<byte[], MeteredEvent> record) {
    MeteredEvent event = record.value();
    Subject subject = subject(event);
    Finding finding = SpikeDetector.judge(request(event), subject, policies.of(subject));
    if (finding == null || isRepeated(finding)) {
      return;
    }
    meters.finding(finding.detector());
    context.forward(
        new Record<>(
            subject.toString().getBytes(StandardCharsets.UTF_8),
            FindingCodec.encode(finding),
            record.timestamp()));
  }

  private boolean isRepeated(Finding finding) {
    String cause = finding.cause() + " " + finding.subject();
    Long last = reportedMicros.get(cause);
    if (last != null && Math.abs(finding.atMicros() - last) < PAUSE_MICROS) {
      return true;
    }
    reportedMicros.put(cause, finding.atMicros());
    return false;
  }

  private static Request request(MeteredEvent event) {
    UsageQuantities quantities = event.quantities();
    return new Request(
        event.eventId(),
        event.model(),
        event.occurredAtMicros(),
        quantities.has(Unit.INPUT) ? quantities.get(Unit.INPUT) : 0,
        quantities.has(Unit.OUTPUT) ? quantities.get(Unit.OUTPUT) : 0,
        event.maxOutputTokens(),
        event.cost().hasCost() ? event.cost().totalCost() : null);
  }

  private static Subject subject(MeteredEvent event) {
    for (Field field : NARROWEST) {
      Name name = event.name(field);
      if (name != null) {
        return new Subject(field.name().toLowerCase(Locale.ROOT), name.text());
      }
    }
    throw new IllegalStateException("an event without a model");
  }
}
