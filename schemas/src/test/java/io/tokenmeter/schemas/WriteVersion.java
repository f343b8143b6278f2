package io.tokenmeter.schemas;

import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/**
 * Stores a new version of each schema that has changed. Not a test, and not run with them:
 *
 * <pre>mvn -q -pl schemas test -Dtest=WriteVersion</pre>
 */
class WriteVersion {
  static final String COMMAND = "mvn -q -pl schemas test -Dtest=WriteVersion";

  @Test
  void write() throws IOException {
    for (Schema schema : Contract.schemas()) {
      List<Versions.Version> stored = Versions.of(schema.getName());
      int newest = stored.isEmpty() ? 0 : stored.get(stored.size() - 1).number();
      if (newest == 0 || !stored.get(stored.size() - 1).schema().equals(Versions.present(schema))) {
        Versions.write(newest + 1, schema);
        System.out.println("wrote version " + (newest + 1) + " of " + schema.getName());
      }
    }
  }
}
