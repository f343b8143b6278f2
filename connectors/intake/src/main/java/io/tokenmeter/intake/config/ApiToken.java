package io.tokenmeter.intake.config;

/**
 * A token that senders of usage may use.
 *
 * @param name name in the configuration, which may stand in logs and metrics
 * @param hash what the configuration holds of the token itself
 * @param attribution what is said about all usage that comes with it
 */
public record ApiToken(String name, TokenHash hash, Attribution attribution) {}
