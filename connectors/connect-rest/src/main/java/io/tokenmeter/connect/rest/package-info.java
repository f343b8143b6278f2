/** Talks to a Kafka Connect cluster. */
@NullMarked
package io.tokenmeter.connect.rest;

import org.jspecify.annotations.NullMarked;
