package io.tokenmeter.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.cli.demo.SpendBoard.Spend;
import io.tokenmeter.schemas.GeneratedClasses;
import io.tokenmeter.schemas.Granularity;
import io.tokenmeter.schemas.UsageRollup;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SpendBoardTest {
  private static final Instant FROM = Instant.parse("2026-11-22T10:10:00Z");

  static {
    GeneratedClasses.trust();
  }

  private final SpendBoard board = new SpendBoard(FROM);

  @Test
  void laterRevision_replacesTheEarlierOneOfItsMinute() {
    board.accept(minute(FROM, "gpt-4o", 1, 3, "0.3"));
    board.accept(minute(FROM.plusSeconds(60), "gpt-4o", 1, 1, "0.1"));
    board.accept(minute(FROM, "gpt-4o", 2, 5, "0.5"));
    board.accept(minute(FROM, "gpt-4o", 1, 3, "0.3"));

    assertThat(board.byCost("model"))
        .containsExactly(new Spend("gpt-4o", 6, 0, 60, new BigDecimal("0.6")));
  }

  @Test
  void whatIsBeforeItsTime_doesNotCount() {
    board.accept(minute(FROM.minusSeconds(60), "gpt-4o", 9, 3, "0.3"));
    assertThat(board.total().requests()).isZero();
  }

  @Test
  void keys_areSortedByCost() {
    board.accept(minute(FROM, "cheap", 1, 9, "0.1"));
    board.accept(minute(FROM, "dear", 1, 1, "0.2"));

    assertThat(board.byCost("model")).extracting(Spend::key).containsExactly("dear", "cheap");
    assertThat(board.total().costUsd()).isEqualByComparingTo("0.3");
  }

  private static UsageRollup minute(
      Instant start, String model, long revision, long requests, String cost) {
    UsageRollup rollup = new UsageRollup();
    rollup.setGranularity(Granularity.MINUTE);
    rollup.setWindowStart(start);
    rollup.setDimension("model");
    rollup.setKey(model);
    rollup.setRevision(revision);
    rollup.setRequests(requests);
    rollup.setInputTokens(10 * requests);
    rollup.setCostUsd(new BigDecimal(cost));
    return rollup;
  }
}
