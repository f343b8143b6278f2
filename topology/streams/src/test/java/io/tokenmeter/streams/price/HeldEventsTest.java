package io.tokenmeter.streams.price;

import static io.tokenmeter.streams.fixture.Usage.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.streams.fixture.TestRegistrySerializer;
import io.tokenmeter.streams.usage.MeteredEvent;
import io.tokenmeter.streams.usage.NameTable;
import io.tokenmeter.streams.usage.UsageEventDecoder;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

class HeldEventsTest {
  private static final long NOON = Instant.parse("2026-03-15T12:00:00Z").toEpochMilli();
  private static final long NEXT_DAY = NOON + 86_400_000;

  @Test
  void key_tellsProviderAndModel() {
    Bytes key = key("azure", "gpt-4o-größer", "e", NOON);
    assertThat(HeldEvents.provider(key)).isEqualTo("azure");
    assertThat(HeldEvents.model(key)).isEqualTo("gpt-4o-größer");
  }

  @Test
  void keys_areOrderedByDayOfArrivalThenModel() {
    List<Bytes> ordered =
        List.of(
            HeldEvents.firstOfDay(HeldEvents.day(NOON)),
            key("azure", "gpt-4o", "a", NOON + 1),
            key("azure", "gpt-4o", "b", NOON),
            HeldEvents.behindModel(key("azure", "gpt-4o", "a", NOON)),
            key("azure", "gpt-4p", "a", NOON),
            key("azure", "gpt-4o-mini", "a", NOON),
            key("openai", "gpt-4o", "a", NOON),
            HeldEvents.firstOfDay(HeldEvents.day(NEXT_DAY)),
            key("azure", "gpt-4o", "a", NEXT_DAY));
    assertThat(new TreeSet<>(ordered)).containsExactlyElementsOf(ordered);
  }

  @Test
  void behindModel_isAheadOfNoEventOfTheModel() {
    Bytes behind = HeldEvents.behindModel(key("p", "m", "a", NOON));
    assertThat(behind).isGreaterThan(key("p", "m", "\uffff".repeat(300), NOON));
    assertThat(behind).isLessThan(key("p", "n", "", NOON));
    assertThat(behind).isLessThan(key("p", "m-longer", "", NOON));
  }

  @Test
  void behindAModelThatEndsInTheHighestByte_isTheNextPrefix() {
    Bytes key = key("p", "\udbff\udfff", "a", NOON);
    assertThat(HeldEvents.behindModel(key)).isGreaterThan(key);
  }

  @Test
  void oneEventThatArrivesTwice_hasTwoKeys() {
    assertThat(key("p", "m", "e", NOON)).isNotEqualTo(key("p", "m", "e", NOON + 1));
  }

  @Test
  void arrivalsBeforeTheEpoch_areOnTheDayBefore() {
    assertThat(HeldEvents.day(-1)).isEqualTo(-1);
    assertThat(HeldEvents.day(0)).isZero();
  }

  private static Bytes key(String provider, String model, String id, long arrival) {
    byte[] body =
        TestRegistrySerializer.body(request(id).setProvider(provider).setModel(model).build());
    MeteredEvent event = new MeteredEvent(new NameTable());
    new UsageEventDecoder().decode(body, 0, body.length, event);
    return HeldEvents.key(event, arrival);
  }
}
