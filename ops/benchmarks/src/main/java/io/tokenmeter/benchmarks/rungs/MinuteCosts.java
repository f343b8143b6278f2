package io.tokenmeter.benchmarks.rungs;

import io.tokenmeter.schemas.UsageEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests, tokens and cost per default dimension, key and minute, in plain hash maps. */
final class MinuteCosts {
  static final List<String> DIMENSIONS =
      List.of(
          "model",
          "api_key",
          "workflow",
          "project",
          "team",
          "customer",
          "api_key+model",
          "workflow+model");

  private final List<Map<CellKey, Cell>> cells = new ArrayList<>();
  private final CellKey probe = new CellKey();

  MinuteCosts() {
    DIMENSIONS.forEach(dimension -> cells.add(new HashMap<>()));
  }

  void add(UsageEvent event, long picos) {
    long minute = event.getOccurredAt().getEpochSecond() / 60;
    long tokens = orZero(event.getInputTokens()) + orZero(event.getOutputTokens());
    String model = event.getModel();
    String apiKey = orEmpty(event.getApiKeyId());
    String workflow = orEmpty(event.getWorkflow());
    add(0, minute, model, "", tokens, picos);
    add(1, minute, apiKey, "", tokens, picos);
    add(2, minute, workflow, "", tokens, picos);
    add(3, minute, orEmpty(event.getProject()), "", tokens, picos);
    add(4, minute, orEmpty(event.getTeam()), "", tokens, picos);
    add(5, minute, orEmpty(event.getCustomerId()), "", tokens, picos);
    add(6, minute, apiKey, model, tokens, picos);
    add(7, minute, workflow, model, tokens, picos);
  }

  private void add(
      int dimension, long minute, String first, String second, long tokens, long picos) {
    Map<CellKey, Cell> map = cells.get(dimension);
    Cell cell = map.get(probe.set(minute, first, second));
    if (cell == null) {
      cell = new Cell();
      map.put(probe.copy(), cell);
    }
    cell.requests++;
    cell.tokens += tokens;
    cell.picos += picos;
  }

  /** Requests of all cells of a dimension. */
  long requests(int dimension) {
    return cells.get(dimension).values().stream().mapToLong(cell -> cell.requests).sum();
  }

  /** Cost of all cells of a dimension, USD 1e-12. */
  long picos(int dimension) {
    return cells.get(dimension).values().stream().mapToLong(cell -> cell.picos).sum();
  }

  private static long orZero(@Nullable Long count) {
    return count == null ? 0 : count;
  }

  private static String orEmpty(@Nullable String name) {
    return name == null ? "" : name;
  }

  private static final class Cell {
    long requests;

    @SuppressWarnings("UnusedVariable") // summed because Tokenmeter sums it too
    long tokens;

    long picos;
  }
}
