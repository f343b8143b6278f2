package io.tokenmeter.domain.alert;

/**
 * What is watched: one key of a dimension, such as {@code api_key:prod-1}.
 *
 * @param dimension name of the dimension as configured, such as {@code api_key}
 * @param key the key; empty for usage that does not carry the attribute
 */
public record Subject(String dimension, String key) {
  @Override
  public String toString() {
    return dimension + ":" + key;
  }
}
