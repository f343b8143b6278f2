package io.tokenmeter.streams.endtoend;

import io.tokenmeter.streams.cluster.Cluster;

/** On the embedded broker and registry. */
class EmbeddedEndToEndTest extends EndToEndTest {
  @Override
  Cluster cluster() {
    return Cluster.shared();
  }
}
