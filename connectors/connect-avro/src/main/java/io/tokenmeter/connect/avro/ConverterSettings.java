package io.tokenmeter.connect.avro;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/** The converter's settings, as a connector gives them with the prefix {@code value.converter.}. */
final class ConverterSettings extends AbstractConfig {

  static final String URL = "schema.registry.url";
  static final String USER_INFO = "basic.auth.user.info";
  static final String TIMEOUT_MS = "schema.registry.timeout.ms";
  static final String NESTED_FORMAT = "nested.format";
  static final String EMPTY_TEXT_FIELDS = "empty.text.fields";

  static final ConfigDef DEFINITION =
      new ConfigDef()
          .define(
              URL,
              Type.LIST,
              ConfigDef.NO_DEFAULT_VALUE,
              Importance.HIGH,
              "Addresses of the registry's Confluent-compatible API, such as"
                  + " http://registry:8080/apis/ccompat/v7; tried in this order.")
          .define(
              USER_INFO,
              Type.PASSWORD,
              "",
              Importance.MEDIUM,
              "USER:PASSWORD for HTTP basic authentication. Empty: none.")
          .define(
              TIMEOUT_MS,
              Type.INT,
              10_000,
              ConfigDef.Range.between(1, 600_000),
              Importance.LOW,
              "How long an address has to answer, milliseconds.")
          .define(
              NESTED_FORMAT,
              Type.STRING,
              "json",
              ConfigDef.ValidString.in("json", "struct"),
              Importance.MEDIUM,
              "What becomes of fields that hold records, arrays or maps: json is one JSON text per"
                  + " field (io.debezium.data.Json), struct keeps Connect's nested types.")
          .define(
              EMPTY_TEXT_FIELDS,
              Type.LIST,
              List.of(),
              Importance.MEDIUM,
              "Optional text fields of the record that are read as empty text where they are"
                  + " absent, because a column of a primary key cannot be null.");

  ConverterSettings(Map<String, ?> values) {
    super(DEFINITION, values, false);
    if (addresses().isEmpty()) {
      throw new ConfigException(URL, "", "must name an address");
    }
  }

  /** Where the registry's API is, without a slash at the end. */
  List<URI> addresses() {
    return getList(URL).stream().map(ConverterSettings::address).toList();
  }

  Duration timeout() {
    return Duration.ofMillis(getInt(TIMEOUT_MS));
  }

  /** The header that authenticates; null without credentials. */
  @Nullable String authorization() {
    Password userInfo = getPassword(USER_INFO);
    if (userInfo.value().isEmpty()) {
      return null;
    }
    byte[] bytes = userInfo.value().getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  boolean nestedAsJson() {
    return getString(NESTED_FORMAT).equals("json");
  }

  Set<String> emptyTextFields() {
    return Set.copyOf(getList(EMPTY_TEXT_FIELDS));
  }

  private static URI address(String text) {
    String trimmed = text.strip().replaceAll("/+$", "");
    if (!trimmed.toLowerCase(Locale.ROOT).matches("https?://.+")) {
      throw new ConfigException(URL, text, "must begin with http:// or https://");
    }
    try {
      URI address = URI.create(trimmed);
      if (address.getUserInfo() != null) {
        // The address stands in messages. So this one does not repeat it.
        throw new ConfigException(URL + " holds credentials; give them as " + USER_INFO);
      }
      return address;
    } catch (IllegalArgumentException e) {
      throw new ConfigException(URL, text, e.getMessage());
    }
  }
}
