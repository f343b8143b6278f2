package io.tokenmeter.domain.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnitTest {

  @Test
  void partOf_isWhatTheNamesSay() {
    for (Unit part : Unit.values()) {
      for (Unit whole : Unit.values()) {
        boolean named = properties(part).containsAll(properties(whole));
        assertThat(part.isPartOf(whole)).as("%s is part of %s", part, whole).isEqualTo(named);
      }
    }
  }

  @Test
  void parts_standAfterTheirTotals() {
    for (Unit unit : Unit.values()) {
      assertThat(unit.ancestors()).allMatch(ancestor -> ancestor.ordinal() < unit.ordinal());
    }
  }

  @Test
  void ancestors_standNearestFirstAndTheKindOfTokenBeforeTheModality() {
    assertThat(Unit.CACHE_AUDIO_READ.ancestors())
        .containsExactly(Unit.CACHE_READ, Unit.INPUT_AUDIO, Unit.INPUT);
    assertThat(Unit.CACHE_IMAGE_WRITE_1H.ancestors())
        .containsExactly(
            Unit.CACHE_WRITE_1H,
            Unit.CACHE_IMAGE_WRITE,
            Unit.CACHE_WRITE,
            Unit.INPUT_IMAGE,
            Unit.INPUT);
    assertThat(Unit.OUTPUT_TEXT_REASONING.ancestors())
        .containsExactly(Unit.OUTPUT_REASONING, Unit.OUTPUT_TEXT, Unit.OUTPUT);
  }

  @Test
  void names_areThoseOfTheEventAndOfGenaiPrices() {
    assertThat(Unit.byName("cache_write_1h_tokens")).isSameAs(Unit.CACHE_WRITE_1H);
    assertThat(Unit.byName("cache_audio_read_tokens")).isSameAs(Unit.CACHE_AUDIO_READ);
    assertThat(Unit.byName("output_reasoning_tokens")).isSameAs(Unit.OUTPUT_REASONING);
    assertThat(Unit.byName("reasoning_tokens")).isSameAs(Unit.OUTPUT_REASONING);
    assertThat(Unit.byName("web_searches")).isNull();
    assertThat(Unit.COUNT).isEqualTo(45).isLessThanOrEqualTo(Long.SIZE);
  }

  /** The words of a name; what is cached is input, and a lifetime is one of a write. */
  private static Set<String> properties(Unit unit) {
    Set<String> words = new HashSet<>(Set.of(unit.wireName().split("_")));
    if (words.contains("cache")) {
      words.add("input");
    }
    return words;
  }
}
