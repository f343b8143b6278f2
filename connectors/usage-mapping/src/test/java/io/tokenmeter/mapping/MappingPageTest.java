package io.tokenmeter.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.schemas.UsageEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables of README.md promise nothing that no fixture shows. */
class MappingPageTest {

  private static final Pattern NAME = Pattern.compile("`([A-Za-z_.0-9-]+[A-Za-z_0-9])`");

  @ParameterizedTest
  @CsvSource({
    "OpenTelemetry, OTLP_JSON, 0, 1",
    "LiteLLM,       LITELLM, 0, 1",
    "CloudEvents,   CLOUD_EVENTS, 0, 1",
    "usage-json,    USAGE_JSON, 1, 2"
  })
  void everyRow_namesFieldsThatAFixtureHasAndThatTheEventHas(
      String section, UsageFormat format, int sourceColumn, int eventColumn) throws IOException {
    String bodies =
        Golden.all(format)
            .map(golden -> new String(golden.body(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("\n"));

    List<String> missing = new ArrayList<>();
    List<String[]> rows = rows(section);
    for (String[] row : rows) {
      for (String name : names(row[sourceColumn])) {
        if (!bodies.contains('"' + name + '"')) {
          missing.add("no fixture of " + format + " has " + name);
        }
      }
      for (String name : names(row[eventColumn])) {
        if (UsageEvent.getClassSchema().getField(name) == null) {
          missing.add("the usage event has no " + name);
        }
      }
    }

    assertThat(missing).isEmpty();
    assertThat(rows).hasSizeGreaterThan(5);
  }

  /** The rows of a section's table without its head, by column. */
  private static List<String[]> rows(String section) throws IOException {
    String page = Files.readString(Path.of("README.md"));
    int start = page.indexOf("\n## " + section + "\n");
    assertThat(start).as("section " + section).isPositive();
    int end = page.indexOf("\n## ", start + 1);
    return (end < 0 ? page.substring(start) : page.substring(start, end))
        .lines()
        .filter(line -> line.startsWith("|"))
        .skip(2)
        .map(line -> line.substring(1).split("\\|"))
        .toList();
  }

  /** The names in backticks, but not the beginnings of names, which end in a dot. */
  private static List<String> names(String cell) {
    return NAME.matcher(cell)
        .results()
        .map(MatchResult::group)
        .map(n -> n.replace("`", ""))
        .toList();
  }
}
