package io.tokenmeter.domain.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.domain.rollup.Dimension.Attribute;
import io.tokenmeter.domain.rollup.Dimension.Field;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DimensionTest {
  @Test
  void everyField_isNamedAsInLowerCase() {
    assertThat(Arrays.stream(Field.values()).filter(field -> field != Field.TAG))
        .allSatisfy(
            field -> {
              String name = field.name().toLowerCase(Locale.ROOT);
              assertThat(Dimension.parse(name))
                  .isEqualTo(new Dimension(name, new Attribute(field, null), null));
            });
  }

  @Test
  void pair_keepsTheOrderOfItsParts() {
    Dimension pair = Dimension.parse("api_key+model");
    assertThat(pair.isPair()).isTrue();
    assertThat(pair.first()).isEqualTo(new Attribute(Field.API_KEY, null));
    assertThat(pair.second()).isEqualTo(new Attribute(Field.MODEL, null));
  }

  @Test
  void tag_isKnownByItsNameWhateverItHolds() {
    assertThat(Dimension.parse("tag:cost-center").first())
        .isEqualTo(new Attribute(Field.TAG, "cost-center"));
    assertThat(Dimension.parse("tag:a:b").first()).isEqualTo(new Attribute(Field.TAG, "a:b"));
    assertThat(Dimension.parse("tag:env+model").second())
        .isEqualTo(new Attribute(Field.MODEL, null));
  }

  @Test
  void blanksAround_areLeftOut() {
    assertThat(Dimension.parse(" team ").name()).isEqualTo("team");
  }

  @Test
  void defaults_areDimensions() {
    assertThat(Dimension.DEFAULTS).allSatisfy(name -> Dimension.parse(name));
  }

  @Test
  void unknownName_isRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> Dimension.parse("modle"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "unknown part 'modle' in dimension 'modle'; known are model, api_key, workflow,"
                + " project, team, customer, provider, environment, user, region, agent,"
                + " service_tier, operation, tag:NAME");
  }

  @Test
  void unknownPartOfAPair_isNamed() {
    assertThatThrownBy(() -> Dimension.parse("team+colour"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("unknown part 'colour' in dimension 'team+colour'; known are");
  }

  @Test
  void emptyParts_areRefused() {
    assertThat(Stream.of("", "+", "model+", "+model", "tag:", "tag", "MODEL"))
        .allSatisfy(
            text ->
                assertThatThrownBy(() -> Dimension.parse(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("unknown part"));
  }

  @Test
  void threeParts_areRefused() {
    assertThatThrownBy(() -> Dimension.parse("team+api_key+model"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "dimension 'team+api_key+model' has more than two parts; use NAME or NAME+NAME");
  }

  /** Partitions are chosen by it: another value would send a running subject to another task. */
  @Test
  void stableHash_neverChanges() {
    assertThat(new Attribute(Field.MODEL, null).stableHash()).isEqualTo(31 * "MODEL".hashCode());
    assertThat(new Attribute(Field.TAG, "env").stableHash())
        .isEqualTo(31 * "TAG".hashCode() + "env".hashCode());
  }
}
