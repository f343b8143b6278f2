package io.tokenmeter.cli.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.tokenmeter.cli.CommandRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the commands print; against a real worker they run in connectors/warehouse/end-to-end. */
class WarehouseCommandTest {

  @Test
  void sql_isThatOfTheKindOfWarehouse() {
    assertThat(CommandRun.of("warehouse", "sql").out())
        .contains("CREATE SCHEMA IF NOT EXISTS tokenmeter;")
        .contains("CREATE OR REPLACE VIEW tokenmeter.focus_1_2 AS")
        .doesNotContain("USING iceberg");
    assertThat(CommandRun.of("warehouse", "sql", "--for", "iceberg").out())
        .contains("USING iceberg")
        .contains("CREATE OR REPLACE VIEW tokenmeter.costed_usage_latest AS");
  }

  @Test
  void connectors_readCommittedRecords_andKeepSecretsOutOfTheirConfiguration() throws Exception {
    for (String kind : List.of("postgresql", "iceberg")) {
      JsonNode connectors =
          new ObjectMapper()
              .readTree(
                  CommandRun.of("warehouse", "connectors", "--for", kind, "--prefix", "eu.").out());

      assertThat(connectors).isNotEmpty();
      for (JsonNode connector : connectors) {
        JsonNode config = connector.path("config");
        assertThat(config.path("consumer.override.isolation.level").asText())
            .isEqualTo("read_committed");
        assertThat(config.path("topics").asText()).startsWith("eu.");
        assertThat(config.path("connection.password").asText("${")).startsWith("${");
      }
    }
  }

  @Test
  void sinkThatFails_isNamedWithTheFirstLineOfItsReason() throws IOException {
    List<String> requests = new ArrayList<>();
    HttpServer connect =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    connect.createContext(
        "/",
        exchange -> {
          requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          byte[] status =
              """
              {"connector":{"state":"RUNNING"},
               "tasks":[{"id":0,"state":"FAILED","trace":"no such table\\n\\tat somewhere"}]}"""
                  .getBytes();
          // The first request meets a rebalance.
          exchange.sendResponseHeaders(requests.size() == 1 ? 409 : 200, status.length);
          exchange.getResponseBody().write(status);
          exchange.close();
        });
    connect.start();
    try {
      CommandRun run =
          CommandRun.of(
              "warehouse",
              "connectors",
              "--connect",
              "http://127.0.0.1:" + connect.getAddress().getPort());

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err())
          .isEqualTo("tokenmeter: tokenmeter-postgresql-costed-usage failed: no such table\n");
      assertThat(requests)
          .startsWith(
              "PUT /connectors/tokenmeter-postgresql-costed-usage/config",
              "PUT /connectors/tokenmeter-postgresql-costed-usage/config",
              "PUT /connectors/tokenmeter-postgresql-usage-rollups/config");
    } finally {
      connect.stop(0);
    }
  }

  @Test
  void workerThatDoesNotAnswer_isNamed() {
    CommandRun run = CommandRun.of("warehouse", "connectors", "--connect", "http://127.0.0.1:1");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "tokenmeter: no Connect worker answers at http://127.0.0.1:1 (ConnectException)\n");
  }
}
