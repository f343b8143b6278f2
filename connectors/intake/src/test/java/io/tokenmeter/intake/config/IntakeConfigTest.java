package io.tokenmeter.intake.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.schemas.GeneratedClasses;
import io.tokenmeter.schemas.UsageEvent;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class IntakeConfigTest {
  private static final String HASH = TokenHash.of("secret").toString();

  @Test
  void token_isFoundByItselfAndByNothingElse() {
    IntakeConfig config = with(Map.of("tokens.a.sha256", HASH, "tokens.b.sha256", hash("other")));

    assertThat(config.tokens().find("secret")).map(ApiToken::name).hasValue("a");
    assertThat(config.tokens().find("other")).map(ApiToken::name).hasValue("b");
    assertThat(config.tokens().find(HASH)).isEmpty();
    assertThat(config.tokens().find("")).isEmpty();
  }

  @Test
  void newTokens_areLongAndDiffer() {
    String first = TokenHash.newToken(new SecureRandom());

    assertThat(first)
        .startsWith("tmk_")
        .hasSize(4 + 43)
        .isNotEqualTo(TokenHash.newToken(new SecureRandom()));
  }

  @Test
  void attribution_fillsInWhatIsDefaultAndReplacesWhatIsAlways() {
    GeneratedClasses.trust();
    IntakeConfig config =
        with(
            Map.of(
                "tokens.a.sha256", HASH,
                "tokens.a.always.team", "search",
                "tokens.a.default.project", "catalogue"));
    Attribution attribution = config.tokens().find("secret").orElseThrow().attribution();
    UsageEvent bare = event().build();
    UsageEvent full = event().setTeam("another").setProject("own").build();

    attribution.applyTo(bare);
    attribution.applyTo(full);

    assertThat(bare.getTeam()).isEqualTo("search");
    assertThat(bare.getProject()).isEqualTo("catalogue");
    assertThat(full.getTeam()).isEqualTo("search");
    assertThat(full.getProject()).isEqualTo("own");
  }

  @Test
  void authRequired_withoutTokens_saysHowToMakeOne() {
    assertFails(Map.of(), "auth.required", "tokenmeter intake token NAME");
  }

  @Test
  void wrongSettings_areNamed() {
    assertFails(Map.of("tokens.a.sha256", "secret"), "tokens.a.sha256", "never the token itself");
    assertFails(Map.of("tokens.a.sha256", HASH.substring(2)), "tokens.a.sha256");
    assertFails(Map.of("tokens.a.team", "x", "tokens.a.sha256", HASH), "tokens.a.team");
    assertFails(Map.of("tokens.sha256", HASH), "tokens.sha256");
    assertFails(
        Map.of("tokens.a.sha256", HASH, "tokens.a.always.model", "x"), "tokens.a.always.model");
    assertFails(open("sources.1.topic", "t"), "sources.1.format is missing");
    assertFails(open("sources.1.format", "otlp_proto"), "sources.1.topic is missing");
    assertFails(
        open("sources.1.topic", "t", "sources.1.format", "xml"), "sources.1.format", "otlp_json");
    assertFails(
        open(
            "sources.1.topic",
            "t",
            "sources.1.format",
            "litellm",
            "sources.2.topic",
            "t",
            "sources.2.format",
            "litellm"),
        "topic t is read by two sources");
    assertFails(open("request.max.byte", "1"), "unknown setting request.max.byte");
    assertFails(open("request.max.bytes", "1"), "request.max.bytes");
  }

  @Test
  void settingsOfTheApplication_mayStandInTheSameFile() {
    assertThat(with(open("rollup.time.zone", "Europe/Berlin")).sources()).isEmpty();
  }

  private static Map<String, String> open(String... settings) {
    Map<String, String> all = new HashMap<>(Map.of("auth.required", "false"));
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    return all;
  }

  private static void assertFails(Map<String, String> settings, String... words) {
    assertThatThrownBy(() -> with(settings))
        .isInstanceOf(ConfigException.class)
        .message()
        .contains(words);
  }

  private static IntakeConfig with(Map<String, String> further) {
    Map<String, String> settings = new HashMap<>(further);
    settings.put("bootstrap.servers", "localhost:9092");
    settings.put("registry.url", "http://localhost:8080");
    return new IntakeConfig(settings);
  }

  private static String hash(String token) {
    return TokenHash.of(token).toString();
  }

  private static UsageEvent.Builder event() {
    return UsageEvent.newBuilder()
        .setEventId("e")
        .setOccurredAt(Instant.EPOCH)
        .setProvider("openai")
        .setModel("gpt-4o");
  }
}
