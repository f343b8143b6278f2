package io.tokenmeter.streams.run;

import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.run.Breakdown;
import io.tokenmeter.domain.run.PackedStep;
import io.tokenmeter.domain.run.RunDetails;
import io.tokenmeter.domain.run.RunShape;
import io.tokenmeter.domain.run.RunState;
import io.tokenmeter.domain.run.StepTotals;
import io.tokenmeter.streams.avro.AvroBodyWriter;
import java.util.List;

/**
 * Writes WorkflowRun records: the fields of WorkflowRun.avsc one after the other, in the schema's
 * order. A test compares it with the generated class. Not thread-safe.
 */
final class WorkflowRunWriter {
  private final byte[] wireHeader;
  private final AvroBodyWriter out = new AvroBodyWriter();

  WorkflowRunWriter(byte[] wireHeader) {
    this.wireHeader = wireHeader;
  }

  /** The record's value in the registry's wire format. */
  byte[] value(String runId, RunState run) {
    StepTotals totals = run.totals();
    RunDetails details = run.details();
    out.reset()
        .writeRaw(wireHeader)
        .writeString(runId)
        .writeOptionalString(run.workflow())
        .writeLong(run.life().isClosed() ? 1 : 0)
        .writeOptionalString(run.outcome())
        .writeLong(run.life().revision())
        .writeLong(run.firstMicros())
        .writeLong(run.lastMicros())
        .writeLong(totals.steps())
        .writeLong(totals.errors())
        .writeLong(totals.retries())
        .writeLong(totals.unpricedSteps())
        .writeLong(totals.inputTokens())
        .writeLong(totals.outputTokens());
    writeMoney(totals.cost());
    writeShape(run, details.shape());
    out.writeLong(run.spans())
        .writeLong(totals.fallbackSteps())
        .writeLong(details.identicalSteps())
        .writeLong(totals.cacheReadTokens())
        .writeLong(totals.cacheWriteTokens())
        .writeLong(totals.reasoningTokens());
    writeMoney(totals.retryCost());
    writeMoney(details.dearestMinute());
    writeParts(details.byModel());
    writeParts(details.byStepName());
    writeParts(details.byAgent());
    writeDearest(details.dearestSteps());
    return out.toByteArray();
  }

  private void writeShape(RunState run, RunShape shape) {
    out.writeLong((run.lastEndMicros() - run.firstMicros()) / 1000)
        .writeLong(shape.criticalPathMillis())
        .writeLong(run.totals().latencyMillis())
        .writeLong(shape.depth());
  }

  private void writeParts(List<Breakdown.Part> parts) {
    if (!parts.isEmpty()) {
      out.writeLong(parts.size());
      for (Breakdown.Part part : parts) {
        writePart(part);
      }
    }
    out.writeLong(0);
  }

  private void writePart(Breakdown.Part part) {
    StepTotals totals = part.totals();
    out.writeOptionalString(part.name())
        .writeLong(totals.steps())
        .writeLong(totals.errors())
        .writeLong(totals.retries())
        .writeLong(totals.unpricedSteps())
        .writeLong(totals.inputTokens())
        .writeLong(totals.outputTokens())
        .writeLong(totals.latencyMillis());
    writeMoney(totals.cost());
    writeMoney(totals.retryCost());
  }

  private void writeDearest(List<PackedStep> steps) {
    if (!steps.isEmpty()) {
      out.writeLong(steps.size());
      for (PackedStep step : steps) {
        writeStep(step);
      }
    }
    out.writeLong(0);
  }

  private void writeStep(PackedStep step) {
    out.writeString(step.eventId())
        .writeOptionalString(step.stepId())
        .writeOptionalString(step.stepName())
        .writeOptionalString(step.agent())
        .writeString(step.model())
        .writeLong(step.occurredAtMicros());
    if (step.latencyMillis() < 0) {
      out.writeNull();
    } else {
      out.writePresent().writeLong(step.latencyMillis());
    }
    out.writeLong(step.attempt())
        .writeRawByte(step.failed() ? 1 : 0)
        .writeLong(step.inputTokens())
        .writeLong(step.outputTokens());
    out.writeDecimal(step.costHigh(), step.costLow());
  }

  private void writeMoney(Money money) {
    out.writeDecimal(money.hi(), money.lo());
  }
}
