package io.tokenmeter.warehouse;

import java.sql.SQLException;

/** Rows as the sinks write them, with what tests do not care about filled in. */
final class Rows {

  private static final String COSTED =
      """
      {"event_id": "%s", "occurred_at": "%s", "provider": "openai", "model": "gpt-4o", "cost_role": "LEAF",
       "status": "OK", "usage_source": "PROVIDER", "pricing_status": "PRICED", "pricing_fallbacks": [],
       "lines": [], "revision": 1""";
  private static final String ROLLUP =
      """
      {"granularity": "%s", "window_start": "%s", "window_end": "%2$s", "time_zone": "UTC", "dimension": "%s",
       "key": "%s", "sub_key": "%s", "revision": 1, "requests": 1, "errors": 0, "retries": 0,
       "unpriced_requests": 0, "fallback_requests": 0, "input_tokens": 0, "cache_read_tokens": 0,
       "cache_write_tokens": 0, "output_tokens": 0, "reasoning_tokens": 0, "cost_usd": 0, "input_cost_usd": 0,
       "cache_read_cost_usd": 0, "cache_write_cost_usd": 0, "output_cost_usd": 0, "fee_cost_usd": 0,
       "batch_cost_usd": 0, "batch_input_cost_usd": 0, "batch_cache_read_cost_usd": 0,
       "batch_cache_write_cost_usd": 0, "batch_output_cost_usd": 0, "batch_fee_cost_usd": 0,
       "latency_count": 0""";
  private static final String RUN =
      """
      {"run_id": "%s", "workflow": "helpdesk", "status": "CLOSED", "outcome": "%s", "revision": 1,
       "first_event_at": "2026-11-20T10:00:00Z", "last_event_at": "2026-11-20T10:00:09Z", "steps": 5,
       "errors": 0, "retries": 0, "unpriced_steps": 0, "input_tokens": 0, "output_tokens": 0, "cost_usd": %s,
       "duration_ms": 0, "critical_path_ms": 0, "latency_ms": 0, "depth": 1, "spans": 0, "fallback_steps": 0,
       "identical_steps": 0, "cache_read_tokens": 0, "cache_write_tokens": 0, "reasoning_tokens": 0,
       "retry_cost_usd": 0, "dearest_minute_usd": 0, "by_model": [], "by_step_name": [], "by_agent": [],
       "dearest_steps": []}""";

  private Rows() {}

  /**
   * Writes a costed event.
   *
   * @param more further fields as JSON, such as {@code "team": "search"}; they stand over the
   *     defaults
   */
  static void costed(Warehouse warehouse, String id, String at, String more) throws SQLException {
    warehouse.upsert(
        "costed_usage", "event_id, occurred_at", COSTED.formatted(id, at) + ", " + more + "}");
  }

  /** Writes a roll-up; further fields as for costed events. */
  static void rollup(
      Warehouse warehouse,
      String granularity,
      String start,
      String dimension,
      String key,
      String more)
      throws SQLException {
    String[] parts = key.split("\\|", 2);
    warehouse.upsert(
        "usage_rollups",
        "granularity, window_start, dimension, key, sub_key",
        ROLLUP.formatted(granularity, start, dimension, parts[0], parts.length > 1 ? parts[1] : "")
            + ", "
            + more
            + "}");
  }

  /** Writes a run of the workflow helpdesk that closed. */
  static void run(Warehouse warehouse, String id, String outcome, String cost) throws SQLException {
    warehouse.upsert("workflow_runs", "run_id", RUN.formatted(id, outcome, cost));
  }
}
