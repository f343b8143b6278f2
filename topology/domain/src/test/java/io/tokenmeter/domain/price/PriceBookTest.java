package io.tokenmeter.domain.price;

import static io.tokenmeter.domain.price.ModelPattern.contains;
import static io.tokenmeter.domain.price.ModelPattern.endsWith;
import static io.tokenmeter.domain.price.ModelPattern.equalTo;
import static io.tokenmeter.domain.price.ModelPattern.regex;
import static io.tokenmeter.domain.price.ModelPattern.startsWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.domain.usage.BillableEvent;
import io.tokenmeter.domain.usage.UsageQuantities;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PriceBookTest {

  private static final Instant T0 = Instant.parse("2025-01-01T00:00:00Z");
  private static final Instant T1 = Instant.parse("2025-06-01T00:00:00Z");
  private static final Instant T2 = Instant.parse("2025-12-01T00:00:00Z");

  // As of the event's own time.

  @Test
  void latestRowThatHasStarted_prices() {
    PriceBook book =
        PriceBook.of(List.of(row("always").build(), from("first", T0), from("second", T1)));
    assertThat(sourceAt(book, T0.minusMillis(1))).isEqualTo("always");
    assertThat(sourceAt(book, T0)).isEqualTo("first");
    assertThat(sourceAt(book, T1.minusMillis(1))).isEqualTo("first");
    assertThat(sourceAt(book, T1)).isEqualTo("second");
  }

  @Test
  void endOfARow_isExclusiveAndUncoversTheRowBelow() {
    PriceRow promotion = row("promotion").effectiveFrom(T1).effectiveTo(T2).build();
    PriceBook book = PriceBook.of(List.of(from("list", T0), promotion));
    assertThat(sourceAt(book, T2.minusMillis(1))).isEqualTo("promotion");
    assertThat(sourceAt(book, T2)).isEqualTo("list");
    assertThat(sourceAt(book, T0.minusMillis(1))).isNull();
    assertThat(book.hasAnyRowFor("openai", "gpt-4o")).isTrue();
  }

  @Test
  void nameOfAModel_standsForTheModelOfItsClosestRowWhateverItsDates() {
    PriceBook book =
        PriceBook.of(
            List.of(
                PriceRow.of("openai", "gpt-4o").pattern(startsWith("gpt-4o-")).build(),
                PriceRow.of("openai", "gpt-4o-mini").effectiveFrom(T2).build()));
    assertThat(book.modelOf("OpenAI", "gpt-4o-2024-08-06")).hasValue("gpt-4o");
    assertThat(book.modelOf("openai", "gpt-4o-mini")).hasValue("gpt-4o-mini");
    assertThat(book.modelOf("openai", "o3")).isEmpty();
    assertThat(book.modelOf("azure", "gpt-4o")).isEmpty();
  }

  // Overrides and regions.

  @Test
  void negotiatedPrice_overridesTheListPriceForItsProjectOrTeam() {
    PriceBook book =
        PriceBook.of(
            List.of(
                row("list").effectiveFrom(T1).build(),
                row("team").team("search").effectiveFrom(T0).build(),
                row("project").project("p1").effectiveFrom(T0).build()));
    assertThat(source(book, event())).isEqualTo("list");
    assertThat(source(book, event().withTeam("search"))).isEqualTo("team");
    assertThat(source(book, event().withTeam("growth"))).isEqualTo("list");
    assertThat(source(book, event().withTeam("search").withProject("p1"))).isEqualTo("project");
  }

  @Test
  void rowOfTheRegion_comesBeforeTheRowOfAll() {
    PriceBook book =
        PriceBook.of(List.of(row("everywhere").build(), row("eu").region("eu-west-1").build()));
    assertThat(source(book, event().withRegion("eu-west-1"))).isEqualTo("eu");
    assertThat(source(book, event().withRegion("us-east-1"))).isEqualTo("everywhere");
    assertThat(source(book, event())).isEqualTo("everywhere");
  }

  @Test
  void regionThatIsPricedDifferently_isNeverStrippedAway() {
    PriceBook book = PriceBook.of(List.of(row("eu").region("eu-west-1").build()));
    assertThat(source(book, event().withRegion("us-east-1"))).isNull();
    assertThat(source(book, event())).isNull();
  }

  // Names.

  @Test
  void provider_isNeverConfusedWithTheVendorOfTheModel() {
    PriceBook book = PriceBook.of(List.of(row("openai").build()));
    assertThat(source(book, event("azure", "gpt-4o"))).isNull();
    assertThat(book.hasAnyRowFor("azure", "gpt-4o")).isFalse();
    assertThat(source(book, event("OpenAI", "gpt-4o"))).isEqualTo("openai");
  }

  @Test
  void providerAlias_isTheRowsOwn() {
    PriceBook book =
        PriceBook.of(List.of(row("bedrock").provider("aws").providerAlias("aws.bedrock").build()));
    assertThat(source(book, event("aws.bedrock", "gpt-4o"))).isEqualTo("bedrock");
  }

  @Test
  void closerName_winsOverALaterStart() {
    PriceBook book =
        PriceBook.of(
            List.of(
                named("exact", "gpt-4o-mini"),
                named("equal", "a", equalTo("gpt-4o-mini"), equalTo("gpt-4o-mini-eu")),
                named("long start", "b", startsWith("gpt-4o-mini")),
                named("start", "c", startsWith("gpt-4o")),
                named("inner", "d", contains("4o-mini-2024-07-18-latest"), contains("4o")),
                named("regex", "e", regex("^gpt-[0-9]"))));
    assertThat(source(book, event("openai", "gpt-4o-mini"))).isEqualTo("exact");
    assertThat(source(book, event("openai", "gpt-4o-mini-eu"))).isEqualTo("equal");
    assertThat(source(book, event("openai", "gpt-4o-mini-2024-07-18-latest")))
        .isEqualTo("long start");
    assertThat(source(book, event("openai", "gpt-4o-2024-08-06"))).isEqualTo("start");
    assertThat(source(book, event("openai", "chatgpt-4o"))).isEqualTo("inner");
    assertThat(source(book, event("openai", "gpt-5"))).isEqualTo("regex");
    assertThat(source(book, event("openai", "o3"))).isNull();
  }

  @Test
  void patterns_ignoreCaseAndAnExactNameDoesNot() {
    PriceBook book =
        PriceBook.of(
            List.of(
                named("lower", "llama-3", endsWith("-LLAMA-3-instruct")),
                named("upper", "Llama-3")));
    assertThat(source(book, event("openai", "llama-3"))).isEqualTo("lower");
    assertThat(source(book, event("openai", "Llama-3"))).isEqualTo("upper");
    assertThat(source(book, event("openai", "Meta-Llama-3-Instruct"))).isEqualTo("lower");
  }

  // Changes.

  @Test
  void rowWithTheSameKey_isReplaced() {
    PriceBook book = PriceBook.of(List.of(from("old", T0)));
    PriceBook changed = book.with(from("new", T0));
    assertThat(sourceAt(changed, T1)).isEqualTo("new");
    assertThat(sourceAt(book, T1)).isEqualTo("old");
    assertThat(changed.size()).isEqualTo(1);
  }

  @Test
  void withdrawnRow_pricesNothingAnyMore() {
    PriceRow row = from("row", T0);
    PriceBook book = PriceBook.EMPTY.with(row);
    assertThat(sourceAt(book, T1)).isEqualTo("row");
    assertThat(sourceAt(book.without(row.key()), T1)).isNull();
    assertThat(book.without("no such key")).isSameAs(book);
    assertThat(book.get(row.key())).isEqualTo(row);
  }

  @Test
  void unusableRow_isRefusedWithItsKey() {
    TimeWindow nowhere =
        new TimeWindow("w", "Asia/Nowhere", Set.of(), LocalTime.MIN, LocalTime.NOON, List.of());
    assertThatThrownBy(() -> PriceBook.EMPTY.with(row("x").window(nowhere).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("openai|gpt-4o|always")
        .hasMessageContaining("Asia/Nowhere");
    assertThatThrownBy(() -> PriceBook.EMPTY.with(named("x", "y", regex("("))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void key_tellsRowsApart() {
    assertThat(row("x").build().key()).isEqualTo("openai|gpt-4o|always");
    assertThat(row("x").effectiveFrom(T0).region("eu").project("p|1").team("t").build().key())
        .isEqualTo("openai|gpt-4o|2025-01-01T00:00:00Z|region=eu|project=p%7C1|team=t");
  }

  private static PriceRowBuilder row(String source) {
    return PriceRow.of("openai", "gpt-4o").source(source);
  }

  private static PriceRow from(String source, Instant start) {
    return row(source).effectiveFrom(start).build();
  }

  /** Later models start later, so that only the name can decide for the earlier. */
  private static PriceRow named(String source, String model, ModelPattern... patterns) {
    return PriceRow.of("openai", model)
        .patterns(List.of(patterns))
        .effectiveFrom(T0.plusSeconds(model.charAt(0)))
        .source(source)
        .build();
  }

  private static BillableEvent event() {
    return event("openai", "gpt-4o");
  }

  private static BillableEvent event(String provider, String model) {
    return BillableEvent.of(provider, model, T2, new UsageQuantities());
  }

  private static String sourceAt(PriceBook book, Instant at) {
    return source(book, BillableEvent.of("openai", "gpt-4o", at, new UsageQuantities()));
  }

  private static String source(PriceBook book, BillableEvent event) {
    return book.find(event).map(found -> found.row().source()).orElse(null);
  }
}
