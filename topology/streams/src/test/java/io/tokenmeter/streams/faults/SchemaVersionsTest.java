package io.tokenmeter.streams.faults;

import static io.tokenmeter.streams.cluster.Deployment.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.schemas.UsageEvent;
import io.tokenmeter.streams.TokenmeterApplication;
import io.tokenmeter.streams.cluster.Cluster;
import io.tokenmeter.streams.cluster.Deployment;
import io.tokenmeter.streams.cluster.UsageProducer;
import io.tokenmeter.streams.proof.Proof;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** Producers that write with other schemas than the application was built with. */
class SchemaVersionsTest {

  @Test
  void events_ofOtherSchemas_areMeteredLikeThoseOfTheCurrentOne() throws Exception {
    try (Deployment deployment = new Deployment(Cluster.shared(), "schemas", 2);
        UsageProducer producer = new UsageProducer(deployment);
        Proof proof = new Proof(deployment, ZoneOffset.UTC)) {
      TestPrices.initial().forEach(producer::publish);
      proof.withModelsPricedLate();
      List<Schema> writers =
          List.of(
              OlderSchemas.small(),
              OlderSchemas.reversed(),
              OlderSchemas.extended(),
              OlderSchemas.otherText());
      Workload workload = new Workload("schemas", 23, producer);
      for (Schema writer : writers) {
        int id = producer.register(writer);
        for (int i = 0; i < 200; i++) {
          UsageEvent event = workload.nextEvent();
          producer.send(
              UsageProducer.key(event),
              UsageProducer.encode(OlderSchemas.convert(event, writer), id));
          producer.send(workload.nextEvent());
        }
      }
      Schema incompatible = OlderSchemas.withoutModel();
      int incompatibleId = producer.register(incompatible);
      UsageEvent event = workload.nextEvent();
      producer.send(
          "incompatible",
          UsageProducer.encode(OlderSchemas.convert(event, incompatible), incompatibleId));
      try (TokenmeterApplication application = deployment.start()) {
        proof.await(PATIENCE);
        assertThat(application.isRunning()).isTrue();
      }
      assertThat(proof.events()).isEqualTo(1600);
      assertThat(proof.rejects()).isEqualTo(1);
    }
  }
}
