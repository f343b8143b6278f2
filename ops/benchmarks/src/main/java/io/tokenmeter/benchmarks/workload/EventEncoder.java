package io.tokenmeter.benchmarks.workload;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;

/**
 * Encodes generated events as records of the usage-events topic: the run as the key; magic byte,
 * schema id and Avro body as the value.
 *
 * <p>It writes the fields of the current UsageEvent schema one after the other, which is ten times
 * faster than filling the generated class; a test decodes its output with that class. Not safe for
 * use by several threads.
 */
public final class EventEncoder {
  private static final List<byte[]> PROVIDERS =
      PriceSheet.MODELS.stream().map(model -> AvroBytes.string(model.provider())).toList();
  private static final List<byte[]> MODELS =
      PriceSheet.MODELS.stream().map(model -> AvroBytes.string(model.model())).toList();
  private static final byte[] CHAT = AvroBytes.string("chat");
  private static final byte[] PRODUCTION = AvroBytes.string("production");
  private static final byte[] TIMEOUT = AvroBytes.string("timeout");
  private static final byte[] KEY_PREFIX = "key-".getBytes(US_ASCII);
  private static final byte[] PROJECT_PREFIX = "project-".getBytes(US_ASCII);
  private static final byte[] TEAM_PREFIX = "team-".getBytes(US_ASCII);
  private static final byte[] CUSTOMER_PREFIX = "customer-".getBytes(US_ASCII);
  private static final byte[] WORKFLOW_PREFIX = "workflow-".getBytes(US_ASCII);
  private static final byte[] RUN_PREFIX = "run-".getBytes(US_ASCII);
  private static final byte[] STEP_PREFIX = "s".getBytes(US_ASCII);
  private static final byte[] STEP_NAME_PREFIX = "step-".getBytes(US_ASCII);

  private final int schemaId;
  private final AvroBytes out = new AvroBytes();

  /**
   * Encodes with the id under which the registry knows the current UsageEvent schema.
   *
   * @param schemaId the id
   */
  public EventEncoder(int schemaId) {
    this.schemaId = schemaId;
  }

  /** The record's key. */
  public byte[] key(GeneratedEvent event) {
    out.clear();
    return out.raw(RUN_PREFIX).hex(event.run, 16).toByteArray();
  }

  /** The record's value. */
  public byte[] value(GeneratedEvent event) {
    out.clear();
    out.raw(0).raw(schemaId >>> 24).raw(schemaId >>> 16).raw(schemaId >>> 8).raw(schemaId);
    identity(event);
    subject(event);
    run(event);
    usage(event);
    return out.toByteArray();
  }

  private void identity(GeneratedEvent event) {
    uuid(event.idHigh, event.idLow);
    out.number(event.occurredAtMicros);
    out.raw(PROVIDERS.get(event.model)).raw(MODELS.get(event.model));
    out.absent(); // requested_model
    out.present().raw(CHAT);
    out.absent(2); // service_tier, region
  }

  private void subject(GeneratedEvent event) {
    numbered(KEY_PREFIX, event.apiKey, 7);
    numbered(PROJECT_PREFIX, event.project, 2);
    numbered(TEAM_PREFIX, event.team, 2);
    out.absent(); // user_id
    if (event.customer < 0) {
      out.absent();
    } else {
      numbered(CUSTOMER_PREFIX, event.customer, 4);
    }
    out.present().raw(PRODUCTION);
  }

  private void run(GeneratedEvent event) {
    numbered(WORKFLOW_PREFIX, event.workflow, 2);
    out.present().number(RUN_PREFIX.length + 16).raw(RUN_PREFIX).hex(event.run, 16);
    stepId(event.step);
    if (event.step == 0) {
      out.absent();
    } else {
      stepId(event.step - 1);
    }
    numbered(STEP_NAME_PREFIX, event.step % 10, 1);
    out.absent(); // agent
    if (event.retried) {
      out.presentNumber(2);
      out.present();
      uuid(event.idLow, event.idHigh);
    } else {
      out.presentNumber(1).absent();
    }
  }

  private void usage(GeneratedEvent event) {
    out.number(0); // cost_role LEAF
    out.absent(); // outcome
    out.number(event.failed ? 1 : 0); // status ERROR or OK
    if (event.failed) {
      out.present().raw(TIMEOUT);
    } else {
      out.absent();
    }
    out.presentNumber(event.latencyMillis).presentNumber(event.timeToFirstTokenMillis);
    out.absent(); // max_output_tokens
    out.number(0); // usage_source PROVIDER
    out.presentNumber(event.inputTokens);
    optionalCount(event.cacheReadTokens);
    optionalCount(event.cacheWriteTokens);
    out.absent(); // cache_write_1h_tokens
    out.presentNumber(event.outputTokens);
    optionalCount(event.reasoningTokens);
    out.absent(3); // extra_units, provider_reported_cost_usd, tags
  }

  private void optionalCount(long count) {
    if (count == 0) {
      out.absent();
    } else {
      out.presentNumber(count);
    }
  }

  private void stepId(int step) {
    numbered(STEP_PREFIX, step, step < 10 ? 1 : 6);
  }

  private void numbered(byte[] prefix, int number, int width) {
    out.present().number(prefix.length + width).raw(prefix).digits(number, width);
  }

  private void uuid(long high, long low) {
    out.number(36);
    out.hex(high >>> 32, 8).raw('-').hex(high >>> 16, 4).raw('-');
    out.raw('4').hex(high, 3).raw('-'); // version 4
    out.hex(low >>> 62 | 0x8, 1).hex(low >>> 48, 3).raw('-').hex(low, 12); // variant 1
  }
}
