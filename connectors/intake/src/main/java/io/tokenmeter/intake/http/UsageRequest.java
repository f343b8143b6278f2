package io.tokenmeter.intake.http;

import io.tokenmeter.intake.config.Attribution;
import io.tokenmeter.intake.config.UsageFormat;

/**
 * What a request's headers say about its body.
 *
 * @param path where it was sent
 * @param format what it holds
 * @param decompression how it is packed
 * @param attribution what is said about all usage in it
 */
record UsageRequest(
    String path, UsageFormat format, Decompression decompression, Attribution attribution) {}
