package io.tokenmeter.webhook;

import java.util.Map;

/**
 * What is posted of one alert.
 *
 * @param body JSON
 * @param headers besides the content type
 */
record AlertRequest(String body, Map<String, String> headers) {}
