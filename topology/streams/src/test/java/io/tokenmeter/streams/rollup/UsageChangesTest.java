package io.tokenmeter.streams.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.rollup.Dimension;
import io.tokenmeter.domain.rollup.RollupTotals;
import io.tokenmeter.domain.rollup.Window;
import io.tokenmeter.streams.avro.AvroBodyWriter;
import io.tokenmeter.streams.avro.Slice;
import io.tokenmeter.streams.rollup.ChangedUsage.OfMinute;
import io.tokenmeter.streams.rollup.ChangedUsage.OfModel;
import io.tokenmeter.streams.rollup.ChangedUsage.OfSubject;
import io.tokenmeter.streams.usage.Name;
import io.tokenmeter.streams.usage.NameTable;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

class UsageChangesTest {
  private final NameTable names = new NameTable();
  private final Map<Bytes, RollupTotals> sums = new HashMap<>();

  @Test
  void pairWithTheModel_standsForItsFirstPart() {
    add("api_key", "a", null, 7, 5);
    add("api_key+model", "a", "mini", 7, 3);
    add("api_key+model", "a", "large", 7, 2);
    OfSubject subject = only(changed("api_key", "api_key+model"));
    assertThat(subject.subject()).isEqualTo(new Subject("api_key", "a"));
    assertThat(subject.minutes()).hasSize(1);
    assertThat(subject.minutes().get(0).models())
        .extracting(OfModel::model)
        .containsExactlyInAnyOrder("mini", "large");
    assertThat(subject.minutes().get(0).total().requests()).isEqualTo(5);
  }

  @Test
  void dimensionWithoutAPair_hasNoModels() {
    add("team", "t", null, 7, 5);
    OfSubject subject = only(changed("team", "api_key+model"));
    assertThat(subject.subject()).isEqualTo(new Subject("team", "t"));
    assertThat(subject.minutes().get(0).models())
        .singleElement()
        .satisfies(used -> assertThat(used.model()).isNull());
  }

  @Test
  void model_isItsOwnModel() {
    add("model", "mini", null, 7, 5);
    assertThat(only(changed("model")).minutes().get(0).models().get(0).model()).isEqualTo("mini");
  }

  @Test
  void minutes_comeInTheirOrder() {
    for (long minute : new long[] {9, 7, 8}) {
      add("team", "t", null, minute, 1);
    }
    assertThat(only(changed("team")).minutes())
        .extracting(OfMinute::minute)
        .containsExactly(7L, 8L, 9L);
  }

  @Test
  void pairsWithoutAModel_areNotWatched() {
    add("team+project", "t", "p", 7, 5);
    assertThat(changed("team", "team+project")).isEmpty();
  }

  @Test
  void sumsWithoutUsage_areNone() {
    add("workflow", "w", null, 7, 0);
    assertThat(changed("workflow")).isEmpty();
    RollupTotals priced = new RollupTotals();
    priced.unpricedRequests = -1;
    put("workflow", "w", null, 7, priced);
    assertThat(only(changed("workflow")).minutes().get(0).total().unpricedRequests()).isEqualTo(-1);
  }

  private static OfSubject only(List<OfSubject> changed) {
    assertThat(changed).hasSize(1);
    return changed.get(0);
  }

  private List<OfSubject> changed(String... dimensions) {
    return new UsageChanges(List.of(dimensions).stream().map(Dimension::parse).toList()).of(sums);
  }

  private void add(String dimension, String key, String second, long minute, long requests) {
    RollupTotals totals = new RollupTotals();
    totals.requests = requests;
    put(dimension, key, second, minute, totals);
  }

  private void put(String dimension, String key, String second, long minute, RollupTotals totals) {
    AvroBodyWriter out = new AvroBodyWriter();
    RollupBundle.begin(out, 0);
    RollupBundle.append(
        out,
        dimension.getBytes(StandardCharsets.UTF_8),
        new PartialSums.Partial(name(key), second == null ? null : name(second), minute, totals));
    RollupBundle.read(
        out.toByteArray(),
        entry -> sums.put(WindowKey.of(Window.MINUTE, minute, entry.subject()), totals));
  }

  private Name name(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return names.of(utf8, Slice.of(0, utf8.length));
  }
}
