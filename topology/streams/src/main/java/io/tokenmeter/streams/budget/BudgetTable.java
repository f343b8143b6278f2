package io.tokenmeter.streams.budget;

import io.tokenmeter.domain.budget.Budget;
import io.tokenmeter.domain.budget.Budgets;
import io.tokenmeter.domain.rollup.Dimension;
import io.tokenmeter.streams.Meters;
import io.tokenmeter.streams.table.LiveTable;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** The budgets as one immutable {@link Budgets} for the whole process. */
public final class BudgetTable {
  /** Name of the processor that reads the table. */
  public static final String NAME = "budgets";

  private final List<String> dimensions;
  private final AtomicLong versions = new AtomicLong();
  private final LiveTable<Budget, Budgets> table =
      new LiveTable<>(NAME, budgets -> Budgets.of(budgets, versions.getAndIncrement()));

  /** An empty table of budgets in the given dimensions, which are those that are rolled up. */
  public BudgetTable(List<Dimension> dimensions) {
    this.dimensions = dimensions.stream().map(Dimension::name).toList();
  }

  /** All budgets read so far. Cheap enough to ask for with every event. */
  public Budgets budgets() {
    return table.value();
  }

  /** The global store: the records' bytes, which nothing reads. */
  public static StoreBuilder<KeyValueStore<Bytes, byte[]>> store() {
    return LiveTable.store(NAME);
  }

  /** What reads the table. */
  public ProcessorSupplier<byte[], byte[], Void, Void> supplier(
      String topic, Supplier<Deserializer<Object>> deserializers, Meters meters) {
    return table.supplier(
        topic,
        deserializers,
        (key, record, arrivalMillis) ->
            watched(BudgetRecords.fromRecord(key, (io.tokenmeter.schemas.Budget) record)),
        meters::badBudget);
  }

  private Budget watched(Budget budget) {
    String dimension = budget.subject().dimension();
    if (!dimensions.contains(dimension)) {
      throw new IllegalArgumentException(
          "dimension '"
              + dimension
              + "' is not in rollup.dimensions, which are "
              + dimensions.stream().collect(Collectors.joining(", ")));
    }
    return budget;
  }
}
