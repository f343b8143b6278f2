package io.tokenmeter.connect.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.schemas.Alert;
import io.tokenmeter.schemas.Budget;
import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.schemas.UsageRollup;
import io.tokenmeter.schemas.WorkflowRun;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.connect.data.Field;
import org.junit.jupiter.api.Test;

/** What sinks see of the records that the application writes. */
class OutputTopicsTest {

  private static final ConverterSettings SETTINGS =
      new ConverterSettings(Map.of("schema.registry.url", "http://127.0.0.1:1"));

  @Test
  void everyOutputTopic_hasOneColumnForEachField() {
    for (Schema schema :
        List.of(
            CostedUsage.SCHEMA$,
            UsageRollup.SCHEMA$,
            WorkflowRun.SCHEMA$,
            Alert.SCHEMA$,
            Budget.SCHEMA$)) {
      List<Field> columns = new ValueMappings(SETTINGS).ofRecord(schema).schema().fields();

      assertThat(columns)
          .extracting(Field::name)
          .containsExactlyElementsOf(schema.getFields().stream().map(Schema.Field::name).toList());
      assertThat(columns).allMatch(column -> column.schema().type().isPrimitive());
    }
  }
}
