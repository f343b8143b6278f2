package io.tokenmeter.domain.usage;

import static io.tokenmeter.domain.usage.Unit.CACHE_AUDIO_READ;
import static io.tokenmeter.domain.usage.Unit.CACHE_READ;
import static io.tokenmeter.domain.usage.Unit.CACHE_TEXT_READ;
import static io.tokenmeter.domain.usage.Unit.CACHE_WRITE;
import static io.tokenmeter.domain.usage.Unit.CACHE_WRITE_1H;
import static io.tokenmeter.domain.usage.Unit.INPUT;
import static io.tokenmeter.domain.usage.Unit.INPUT_AUDIO;
import static io.tokenmeter.domain.usage.Unit.INPUT_TEXT;
import static io.tokenmeter.domain.usage.Unit.OUTPUT;
import static io.tokenmeter.domain.usage.Unit.OUTPUT_REASONING;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UsageCellsTest {

  private final UsageQuantities usage = new UsageQuantities();
  private final UsageCells cells = new UsageCells();

  @Test
  void parts_areTakenOutOfTheirTotals() {
    usage.set(INPUT, 1000).set(CACHE_READ, 300).set(CACHE_WRITE, 200).set(CACHE_WRITE_1H, 50);
    usage.set(OUTPUT, 80).set(OUTPUT_REASONING, 80);
    split();
    assertThat(cells.cell(INPUT)).isEqualTo(500);
    assertThat(cells.cell(CACHE_READ)).isEqualTo(300);
    assertThat(cells.cell(CACHE_WRITE)).isEqualTo(150);
    assertThat(cells.cell(CACHE_WRITE_1H)).isEqualTo(50);
    assertThat(cells.cell(OUTPUT)).isZero();
    assertThat(cells.cell(OUTPUT_REASONING)).isEqualTo(80);
  }

  @Test
  void commonPart_isTakenOutOnce() {
    usage.set(INPUT, 1000).set(CACHE_READ, 400).set(INPUT_AUDIO, 300).set(CACHE_AUDIO_READ, 100);
    split();
    assertThat(cells.cell(CACHE_AUDIO_READ)).isEqualTo(100);
    assertThat(cells.cell(CACHE_READ)).isEqualTo(300);
    assertThat(cells.cell(INPUT_AUDIO)).isEqualTo(200);
    assertThat(cells.cell(INPUT)).isEqualTo(400);
  }

  @Test
  void absentTotal_isTheSumOfItsParts() {
    usage.set(CACHE_READ, 300).set(INPUT_AUDIO, 20);
    split();
    assertThat(cells.total(INPUT)).isEqualTo(320);
    assertThat(cells.cell(INPUT)).isZero();
  }

  @Test
  void reportedZero_isNotTheSameAsAbsent() {
    usage.set(INPUT, 0).set(CACHE_READ, 1);
    assertThat(cells.split(usage)).isNotNull();
  }

  @Test
  void partAboveItsTotal_isAContradictionAndNeverClamped() {
    usage.set(INPUT, 100).set(CACHE_READ, 200);
    Rejection rejection = cells.split(usage);
    assertThat(rejection).isNotNull();
    assertThat(rejection.reason()).isEqualTo(RejectionReason.CONTRADICTORY_COUNTS);
    assertThat(rejection.message())
        .isEqualTo("input_tokens is 100, but its reported parts add up to 200");
  }

  @Test
  void partsOfOneKind_mayNotOverlap() {
    usage.set(INPUT, 100).set(CACHE_READ, 60).set(CACHE_WRITE, 60);
    assertThat(cells.split(usage)).isNotNull();
    usage.clear();
    usage.set(INPUT, 100).set(INPUT_TEXT, 60).set(INPUT_AUDIO, 60);
    assertThat(cells.split(usage)).isNotNull();
  }

  // A chat that is all text reports 1000 text tokens of 1000, and 400 cache reads of the same 1000.
  @Test
  void partsOfDifferentKinds_overlapAsFarAsTheTotalDemands() {
    usage.set(INPUT, 1000).set(INPUT_TEXT, 1000).set(CACHE_READ, 400);
    split();
    assertThat(cells.cell(CACHE_TEXT_READ)).isEqualTo(400);
    assertThat(cells.cell(INPUT_TEXT)).isEqualTo(600);
    assertThat(cells.cell(CACHE_READ)).isZero();
    assertThat(cells.cell(INPUT)).isZero();
    assertThat(cells.total(CACHE_READ)).isEqualTo(400);
  }

  // OpenAI's realtime reports text and audio, which fill the input, and how much audio was cached.
  @Test
  void rest_ofACacheReadFindsItsModality() {
    usage.set(INPUT, 100).set(INPUT_TEXT, 40).set(INPUT_AUDIO, 60);
    usage.set(CACHE_READ, 50).set(CACHE_AUDIO_READ, 20);
    split();
    assertThat(cells.cell(CACHE_TEXT_READ)).isEqualTo(30);
    assertThat(cells.cell(CACHE_AUDIO_READ)).isEqualTo(20);
    assertThat(cells.cell(INPUT_TEXT)).isEqualTo(10);
    assertThat(cells.cell(INPUT_AUDIO)).isEqualTo(40);
  }

  @Test
  void reportedCommonPart_leavesNothingToAssume() {
    usage.set(INPUT, 100).set(INPUT_AUDIO, 60).set(CACHE_READ, 60).set(CACHE_AUDIO_READ, 10);
    assertThat(cells.split(usage)).isNotNull();
  }

  private void split() {
    assertThat(cells.split(usage)).isNull();
  }
}
