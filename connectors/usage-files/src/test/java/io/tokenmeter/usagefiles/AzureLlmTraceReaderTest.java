package io.tokenmeter.usagefiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.schemas.UsageEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AzureLlmTraceReaderTest {

  private static final String HEADER = "TIMESTAMP,ContextTokens,GeneratedTokens";

  @Test
  void trace_asPublished_isReadWhole() throws Exception {
    // CRLF, seven decimals and no newline at the end, as in the files of 2023.
    List<UsageLine> lines =
        read(
            HEADER
                + "\r\n2023-11-16 18:15:46.6805900,374,44\r\n"
                + "2023-11-16 18:15:50.9951697,396,109");

    assertThat(lines).hasSize(2);
    UsageEvent first = event(lines.get(0));
    assertThat(first.getOccurredAt()).isEqualTo(Instant.parse("2023-11-16T18:15:46.680590Z"));
    assertThat(first.getProvider()).isEqualTo("openai");
    assertThat(first.getModel()).isEqualTo("gpt-4o");
    assertThat(first.getInputTokens()).isEqualTo(374);
    assertThat(first.getOutputTokens()).isEqualTo(44);
    assertThat(event(lines.get(1)).getOccurredAt())
        .as("seventh decimal is cut off, not rounded")
        .isEqualTo(Instant.parse("2023-11-16T18:15:50.995169Z"));
  }

  @Test
  void eventIds_areTheSameInEveryReadAndDifferBetweenEqualLines() throws Exception {
    String text = HEADER + "\n2023-11-16 18:15:46.0,1,2\n2023-11-16 18:15:46.0,1,2\n";

    List<String> ids = read(text).stream().map(line -> event(line).getEventId()).toList();

    assertThat(ids).doesNotHaveDuplicates().hasSize(2).allMatch(id -> id.length() == 38);
    assertThat(read(text).stream().map(line -> event(line).getEventId())).isEqualTo(ids);
    assertThat(read(text.replace("\n", "\r\n")).stream().map(line -> event(line).getEventId()))
        .as("line ends are no part of an event")
        .isEqualTo(ids);
  }

  @Test
  void eventIds_differBetweenModels() throws Exception {
    String text = HEADER + "\n2023-11-16 18:15:46.0,1,2\n";

    assertThat(event(read(text, "gpt-4o-mini").get(0)).getEventId())
        .isNotEqualTo(event(read(text, "gpt-4o").get(0)).getEventId());
  }

  @Test
  void byteOrderMarkBlankLinesAndQuotes_areRead() throws Exception {
    List<UsageLine> lines =
        read(
            "\uFEFF\"TIMESTAMP\",\"ContextTokens\",\"GeneratedTokens\"\n\n"
                + "\"2023-11-16 18:15:46.6805900\",\"374\", 44 \n\n");

    assertThat(lines).hasSize(1);
    assertThat(lines.get(0).number()).isEqualTo(3);
    assertThat(event(lines.get(0)).getOutputTokens()).isEqualTo(44);
  }

  @Test
  void timeWithOffset_asInLaterTraces_isRead() throws Exception {
    List<UsageLine> lines = read(HEADER + "\n2024-05-10 02:00:00.009930+02:00,1,2\n");

    assertThat(event(lines.get(0)).getOccurredAt())
        .isEqualTo(Instant.parse("2024-05-10T00:00:00.009930Z"));
  }

  @Test
  void badLines_sayWhatIsWrongAndTheRestGoesOn() throws Exception {
    List<UsageLine> lines =
        read(
            HEADER
                + "\nyesterday,1,2"
                + "\n2023-11-16 18:15:46,1"
                + "\n2023-11-16 18:15:46,,2"
                + "\n2023-11-16 18:15:46,1.5,2"
                + "\n2023-11-16 18:15:46,1,2");

    assertThat(lines.subList(0, 4))
        .containsExactly(
            new UsageLine.Unreadable(
                2, "expected a time such as 2023-11-16 18:15:46.6805900, found 'yesterday'"),
            new UsageLine.Unreadable(3, "expected 3 columns, found 2"),
            new UsageLine.Unreadable(4, "ContextTokens: expected a whole number, found ''"),
            new UsageLine.Unreadable(5, "ContextTokens: expected a whole number, found '1.5'"));
    assertThat(lines.get(4)).isInstanceOf(UsageLine.Event.class);
  }

  @Test
  void fileWithoutTheHeader_isRefusedAsAWhole() {
    for (String text : new String[] {"", "\n", "2023-11-16 18:15:46,1,2\n", "{\"event_id\":1}"}) {
      assertThatThrownBy(() -> read(text))
          .isInstanceOf(WrongFormatException.class)
          .hasMessage("no header " + HEADER + " on the first line");
    }
  }

  private static UsageEvent event(UsageLine line) {
    return ((UsageLine.Event) line).event();
  }

  private static List<UsageLine> read(String text) throws IOException {
    return read(text, "gpt-4o");
  }

  private static List<UsageLine> read(String text, String model) throws IOException {
    List<UsageLine> lines = new ArrayList<>();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (AzureLlmTraceReader reader =
        new AzureLlmTraceReader(new ByteArrayInputStream(bytes), "openai", model)) {
      for (UsageLine line = reader.next(); line != null; line = reader.next()) {
        lines.add(line);
      }
    }
    return lines;
  }
}
