package io.tokenmeter.streams.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tokenmeter.domain.run.RunState;
import io.tokenmeter.schemas.GeneratedClasses;
import io.tokenmeter.schemas.WorkflowRun;
import io.tokenmeter.streams.avro.RecordJson;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Answers what is known of a run now, from the instance that has it, whichever is asked. An answer
 * is as of the last commit.
 *
 * <p>The other instances are all asked, because not every client's partitioner can be known here.
 */
public final class RunQueries {
  /** Where runs are: this, and the run id, URL-encoded. */
  public static final String PATH = "/runs/";

  /** Tells a request of another instance, which is not forwarded again. */
  public static final String FORWARDED = "X-Tokenmeter-Forwarded";

  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final JsonFactory JSON = new JsonFactory();

  static {
    GeneratedClasses.trust();
  }

  private final KafkaStreams streams;
  private final String self;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final SpecificDatumReader<WorkflowRun> reader =
      new SpecificDatumReader<>(WorkflowRun.class);

  /**
   * Queries of an application.
   *
   * @param self host:port at which other instances reach this one; empty if they cannot
   */
  public RunQueries(KafkaStreams streams, String self) {
    this.streams = streams;
    this.self = self;
  }

  /**
   * A run as JSON, with the fields of WorkflowRun; null if nobody knows it.
   *
   * @param forwarded whether another instance asks, which has asked the others itself
   * @throws org.apache.kafka.streams.errors.InvalidStateStoreException if this instance cannot say
   *     now, for it is starting or being rebalanced
   */
  public @Nullable String run(String runId, boolean forwarded) throws IOException {
    ReadOnlyKeyValueStore<Bytes, byte[]> runs =
        streams.store(
            StoreQueryParameters.fromNameAndType(
                TrackRun.RUNS, QueryableStoreTypes.keyValueStore()));
    byte[] state = runs.get(Bytes.wrap(runId.getBytes(StandardCharsets.UTF_8)));
    if (state != null) {
      return json(runId, RunState.decode(state));
    }
    return forwarded ? null : askOthers(runId);
  }

  private String json(String runId, RunState state) throws IOException {
    byte[] body = new WorkflowRunWriter(new byte[0]).value(runId, state);
    WorkflowRun run;
    synchronized (reader) {
      run =
          reader.read(
              new WorkflowRun(), DecoderFactory.get().binaryDecoder(body, 0, body.length, null));
    }
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      RecordJson.writeFields(json, run);
      json.writeEndObject();
    }
    return text.append('\n').toString();
  }

  private @Nullable String askOthers(String runId) {
    Collection<StreamsMetadata> instances = streams.streamsMetadataForStore(TrackRun.RUNS);
    for (StreamsMetadata instance : instances) {
      HostInfo host = instance.hostInfo();
      if (!host.equals(HostInfo.unavailable()) && !self.equals(host.host() + ":" + host.port())) {
        String answer = ask(host, runId);
        if (answer != null) {
          return answer;
        }
      }
    }
    return null;
  }

  private @Nullable String ask(HostInfo host, String runId) {
    String path = PATH + URLEncoder.encode(runId, StandardCharsets.UTF_8).replace("+", "%20");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + host.host() + ":" + host.port() + path))
            .timeout(TIMEOUT)
            .header(FORWARDED, "1")
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      return response.statusCode() == 200 ? response.body() : null;
    } catch (IOException e) {
      return null; // it has gone; whoever takes its tasks over will answer
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
