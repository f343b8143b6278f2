package io.tokenmeter.intake.http;

import io.tokenmeter.intake.kafka.MappedBody;

/** How a source of usage wants to be answered. */
interface AnswerStyle {

  /** Kafka has what was accepted of the body. */
  Answer mapped(MappedBody body);

  /** Nothing was taken. */
  Answer refused(Refusal refusal);
}
