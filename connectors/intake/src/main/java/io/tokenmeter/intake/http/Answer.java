package io.tokenmeter.intake.http;

import java.util.Map;

/**
 * What a client gets.
 *
 * @param contentType type of the body
 * @param body the body
 * @param headers further headers
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Answer(int status, String contentType, byte[] body, Map<String, String> headers) {}
