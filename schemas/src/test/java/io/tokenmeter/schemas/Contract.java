package io.tokenmeter.schemas;

import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** The schemas of all topics, and those inside them. */
final class Contract {
  private Contract() {}

  /** The schema of each topic's value. */
  static List<Schema> schemas() {
    GeneratedClasses.trust();
    return List.of(
        Alert.getClassSchema(),
        Budget.getClassSchema(),
        CostedUsage.getClassSchema(),
        DetectorPolicy.getClassSchema(),
        Price.getClassSchema(),
        RejectedEvent.getClassSchema(),
        UsageEvent.getClassSchema(),
        UsageRollup.getClassSchema(),
        WorkflowRun.getClassSchema());
  }

  /** A schema and all that it is made of. */
  static Stream<Schema> parts(Schema schema) {
    return Stream.concat(
        Stream.of(schema),
        switch (schema.getType()) {
          case RECORD -> schema.getFields().stream().flatMap(field -> parts(field.schema()));
          case ARRAY -> parts(schema.getElementType());
          case MAP -> parts(schema.getValueType());
          case UNION -> schema.getTypes().stream().flatMap(Contract::parts);
          default -> Stream.empty();
        });
  }
}
