/** A Kafka Connect sink that posts alerts to Slack, PagerDuty and webhooks. */
@NullMarked
package io.tokenmeter.webhook;

import org.jspecify.annotations.NullMarked;
