-- The tables: one column for each field of the topics' records, with the fields' own descriptions.

CREATE TABLE IF NOT EXISTS tokenmeter.costed_usage (
  event_id TEXT NOT NULL,
  occurred_at TIMESTAMPTZ NOT NULL,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  requested_model TEXT,
  operation TEXT,
  service_tier TEXT,
  region TEXT,
  api_key_id TEXT,
  project TEXT,
  team TEXT,
  user_id TEXT,
  customer_id TEXT,
  environment TEXT,
  workflow TEXT,
  run_id TEXT,
  step_id TEXT,
  parent_step_id TEXT,
  step_name TEXT,
  agent TEXT,
  attempt INTEGER,
  retry_of TEXT,
  cost_role TEXT NOT NULL,
  outcome TEXT,
  status TEXT NOT NULL,
  error_type TEXT,
  latency_ms BIGINT,
  time_to_first_token_ms BIGINT,
  max_output_tokens BIGINT,
  usage_source TEXT NOT NULL,
  input_tokens BIGINT,
  cache_read_tokens BIGINT,
  cache_write_tokens BIGINT,
  cache_write_1h_tokens BIGINT,
  output_tokens BIGINT,
  reasoning_tokens BIGINT,
  extra_units JSONB,
  provider_reported_cost_usd NUMERIC(38,12),
  tags JSONB,
  cost_usd NUMERIC(38,12),
  input_cost_usd NUMERIC(38,12),
  output_cost_usd NUMERIC(38,12),
  cache_read_cost_usd NUMERIC(38,12),
  cache_write_cost_usd NUMERIC(38,12),
  fee_cost_usd NUMERIC(38,12),
  pricing_status TEXT NOT NULL,
  unpriced_reason TEXT,
  price_key TEXT,
  price_effective_from TIMESTAMPTZ,
  price_service_tier TEXT,
  price_context_threshold BIGINT,
  price_time_window TEXT,
  pricing_fallbacks JSONB NOT NULL,
  lines JSONB NOT NULL,
  revision INTEGER NOT NULL,
  PRIMARY KEY (event_id, occurred_at)
) PARTITION BY RANGE (occurred_at);

COMMENT ON TABLE tokenmeter.costed_usage IS
  'A usage event with its exact cost. The event''s own fields come first, in the order of UsageEvent, and the cost follows, so that the Avro body begins with the event''s own bytes.';
COMMENT ON COLUMN tokenmeter.costed_usage.event_id IS
  'Identity of the event. A resent event carries the same id and is counted once.';
COMMENT ON COLUMN tokenmeter.costed_usage.occurred_at IS
  'When the request was made, microseconds since 1970-01-01T00:00:00Z. Prices are looked up as of this instant.';
COMMENT ON COLUMN tokenmeter.costed_usage.provider IS
  'Who serves and bills the request, such as openai, anthropic, azure or bedrock; not the vendor of the model.';
COMMENT ON COLUMN tokenmeter.costed_usage.model IS
  'Model as served, as the provider names it.';
COMMENT ON COLUMN tokenmeter.costed_usage.requested_model IS
  'Model the caller asked for, where it differs from the one served.';
COMMENT ON COLUMN tokenmeter.costed_usage.operation IS
  'Kind of request: chat, embeddings, text_completion, generate_content and so on (OpenTelemetry gen_ai.operation.name).';
COMMENT ON COLUMN tokenmeter.costed_usage.service_tier IS
  'Service tier as served: standard, batch, flex, priority or provisioned. Absent means standard.';
COMMENT ON COLUMN tokenmeter.costed_usage.region IS
  'Region that served the request, where the provider has regions.';
COMMENT ON COLUMN tokenmeter.costed_usage.api_key_id IS
  'Alias or hash of the API key. Never the secret itself.';
COMMENT ON COLUMN tokenmeter.costed_usage.project IS
  'Project the spend belongs to.';
COMMENT ON COLUMN tokenmeter.costed_usage.team IS
  'Team the spend belongs to.';
COMMENT ON COLUMN tokenmeter.costed_usage.user_id IS
  'End user on whose behalf the request was made.';
COMMENT ON COLUMN tokenmeter.costed_usage.customer_id IS
  'Customer (tenant) on whose behalf the request was made.';
COMMENT ON COLUMN tokenmeter.costed_usage.environment IS
  'Deployment environment, such as production or staging.';
COMMENT ON COLUMN tokenmeter.costed_usage.workflow IS
  'Name of the workflow (agent, pipeline, feature) the request is part of.';
COMMENT ON COLUMN tokenmeter.costed_usage.run_id IS
  'One execution of the workflow. All events of a run share it, and it is the record key where present.';
COMMENT ON COLUMN tokenmeter.costed_usage.step_id IS
  'This step within the run.';
COMMENT ON COLUMN tokenmeter.costed_usage.parent_step_id IS
  'The step that caused this one.';
COMMENT ON COLUMN tokenmeter.costed_usage.step_name IS
  'Name of the step, the same in every run.';
COMMENT ON COLUMN tokenmeter.costed_usage.agent IS
  'Name of the agent that made the request.';
COMMENT ON COLUMN tokenmeter.costed_usage.attempt IS
  'Number of this attempt, counted from 1.';
COMMENT ON COLUMN tokenmeter.costed_usage.retry_of IS
  'event_id of the attempt that this one repeats.';
COMMENT ON COLUMN tokenmeter.costed_usage.cost_role IS
  'LEAF: a request that is billed. ROLLUP: a span that repeats its children''s usage; it carries structure, never cost.';
COMMENT ON COLUMN tokenmeter.costed_usage.outcome IS
  'Outcome of the run or step as the application judges it, such as resolved or escalated.';
COMMENT ON COLUMN tokenmeter.costed_usage.status IS
  'How the request ended.';
COMMENT ON COLUMN tokenmeter.costed_usage.error_type IS
  'Class of the error, such as rate_limit or timeout.';
COMMENT ON COLUMN tokenmeter.costed_usage.latency_ms IS
  'Time from request to last byte, milliseconds.';
COMMENT ON COLUMN tokenmeter.costed_usage.time_to_first_token_ms IS
  'Time from request to first token, milliseconds.';
COMMENT ON COLUMN tokenmeter.costed_usage.max_output_tokens IS
  'Cap on output tokens that the caller set.';
COMMENT ON COLUMN tokenmeter.costed_usage.usage_source IS
  'PROVIDER: reported by the provider. ESTIMATED: counted elsewhere. PARTIAL: the response was cut off.';
COMMENT ON COLUMN tokenmeter.costed_usage.input_tokens IS
  'All input tokens, tokens; includes cache reads and cache writes. Absent is not zero.';
COMMENT ON COLUMN tokenmeter.costed_usage.cache_read_tokens IS
  'Input tokens read from the provider''s prompt cache, tokens; part of input_tokens.';
COMMENT ON COLUMN tokenmeter.costed_usage.cache_write_tokens IS
  'Input tokens written to the provider''s prompt cache, tokens; part of input_tokens.';
COMMENT ON COLUMN tokenmeter.costed_usage.cache_write_1h_tokens IS
  'Cache writes kept for one hour, tokens; part of cache_write_tokens.';
COMMENT ON COLUMN tokenmeter.costed_usage.output_tokens IS
  'All output tokens, tokens; includes reasoning tokens. Absent is not zero.';
COMMENT ON COLUMN tokenmeter.costed_usage.reasoning_tokens IS
  'Output tokens spent on reasoning, tokens; part of output_tokens.';
COMMENT ON COLUMN tokenmeter.costed_usage.extra_units IS
  'Further quantities by unit name, such as input_audio_tokens, web_searches, images or audio_seconds; up to 6 decimals, token counts whole.';
COMMENT ON COLUMN tokenmeter.costed_usage.provider_reported_cost_usd IS
  'What the provider or gateway itself says the request cost, USD. Kept for comparison, never used to price.';
COMMENT ON COLUMN tokenmeter.costed_usage.tags IS
  'Free labels. A tag can be made a dimension of the roll-ups.';
COMMENT ON COLUMN tokenmeter.costed_usage.cost_usd IS
  'What the request cost, USD, exact: the sum of the lines. Absent while unpriced and for ROLLUP spans; absent is not zero.';
COMMENT ON COLUMN tokenmeter.costed_usage.input_cost_usd IS
  'Cost of the input side, USD; includes cache reads and writes.';
COMMENT ON COLUMN tokenmeter.costed_usage.output_cost_usd IS
  'Cost of the output side, USD; includes reasoning.';
COMMENT ON COLUMN tokenmeter.costed_usage.cache_read_cost_usd IS
  'Cost of cache reads, USD; part of input_cost_usd.';
COMMENT ON COLUMN tokenmeter.costed_usage.cache_write_cost_usd IS
  'Cost of cache writes, USD; part of input_cost_usd.';
COMMENT ON COLUMN tokenmeter.costed_usage.fee_cost_usd IS
  'Flat fees (requests, searches, images, seconds), USD; in neither the input nor the output cost.';
COMMENT ON COLUMN tokenmeter.costed_usage.pricing_status IS
  'PRICED: every unit at its own rate. FALLBACK: a unit or the service tier had no rate of its own, see pricing_fallbacks. UNPRICED: no price covers the event; it is held and priced later. ROLLUP spans are PRICED and have no cost.';
COMMENT ON COLUMN tokenmeter.costed_usage.unpriced_reason IS
  'Why there is no cost, where pricing_status is UNPRICED.';
COMMENT ON COLUMN tokenmeter.costed_usage.price_key IS
  'Key of the price row in the price table.';
COMMENT ON COLUMN tokenmeter.costed_usage.price_effective_from IS
  'From when the price row applies, microseconds since the epoch. Absent where the row has no start.';
COMMENT ON COLUMN tokenmeter.costed_usage.price_service_tier IS
  'Service tier whose rates were used.';
COMMENT ON COLUMN tokenmeter.costed_usage.price_context_threshold IS
  'Context tier used: the crossed threshold in input tokens. Absent at the base rate.';
COMMENT ON COLUMN tokenmeter.costed_usage.price_time_window IS
  'Name of the time-of-day window whose rates were used. Absent outside such windows.';
COMMENT ON COLUMN tokenmeter.costed_usage.pricing_fallbacks IS
  'What was billed at another unit''s or tier''s rate, as ''output_reasoning_tokens -> output_tokens''.';
COMMENT ON COLUMN tokenmeter.costed_usage.lines IS
  'The line items that add up to cost_usd.';
COMMENT ON COLUMN tokenmeter.costed_usage.revision IS
  '1 for the first record of an event; a higher revision replaces a lower one.';

CREATE TABLE IF NOT EXISTS tokenmeter.usage_rollups (
  granularity TEXT NOT NULL,
  window_start TIMESTAMPTZ NOT NULL,
  window_end TIMESTAMPTZ NOT NULL,
  time_zone TEXT NOT NULL,
  dimension TEXT NOT NULL,
  key TEXT NOT NULL,
  sub_key TEXT NOT NULL,
  revision BIGINT NOT NULL,
  requests BIGINT NOT NULL,
  errors BIGINT NOT NULL,
  retries BIGINT NOT NULL,
  unpriced_requests BIGINT NOT NULL,
  fallback_requests BIGINT NOT NULL,
  input_tokens BIGINT NOT NULL,
  cache_read_tokens BIGINT NOT NULL,
  cache_write_tokens BIGINT NOT NULL,
  output_tokens BIGINT NOT NULL,
  reasoning_tokens BIGINT NOT NULL,
  cost_usd NUMERIC(38,12) NOT NULL,
  input_cost_usd NUMERIC(38,12) NOT NULL,
  cache_read_cost_usd NUMERIC(38,12) NOT NULL,
  cache_write_cost_usd NUMERIC(38,12) NOT NULL,
  output_cost_usd NUMERIC(38,12) NOT NULL,
  fee_cost_usd NUMERIC(38,12) NOT NULL,
  batch_cost_usd NUMERIC(38,12) NOT NULL,
  batch_input_cost_usd NUMERIC(38,12) NOT NULL,
  batch_cache_read_cost_usd NUMERIC(38,12) NOT NULL,
  batch_cache_write_cost_usd NUMERIC(38,12) NOT NULL,
  batch_output_cost_usd NUMERIC(38,12) NOT NULL,
  batch_fee_cost_usd NUMERIC(38,12) NOT NULL,
  latency_count BIGINT NOT NULL,
  latency_p50_ms DOUBLE PRECISION,
  latency_p95_ms DOUBLE PRECISION,
  latency_p99_ms DOUBLE PRECISION,
  latency_sketch BYTEA,
  runs BIGINT,
  successful_runs BIGINT,
  run_steps BIGINT,
  run_retries BIGINT,
  run_cost_usd NUMERIC(38,12),
  run_retry_cost_usd NUMERIC(38,12),
  cost_per_successful_run_usd NUMERIC(38,12),
  run_cost_p50_usd NUMERIC(38,12),
  run_cost_p95_usd NUMERIC(38,12),
  run_cost_p99_usd NUMERIC(38,12),
  run_cost_max_usd NUMERIC(38,12),
  run_cost_sketch BYTEA,
  PRIMARY KEY (granularity, window_start, dimension, key, sub_key)
) PARTITION BY LIST (granularity);

COMMENT ON TABLE tokenmeter.usage_rollups IS
  'Totals of one window, dimension and key. Absolute, never a difference: the highest revision is the truth.';
COMMENT ON COLUMN tokenmeter.usage_rollups.granularity IS
  'Length of the window.';
COMMENT ON COLUMN tokenmeter.usage_rollups.window_start IS
  'Start of the window, inclusive, microseconds since the epoch.';
COMMENT ON COLUMN tokenmeter.usage_rollups.window_end IS
  'End of the window, exclusive, microseconds since the epoch.';
COMMENT ON COLUMN tokenmeter.usage_rollups.time_zone IS
  'Zone in which hours, days and months begin.';
COMMENT ON COLUMN tokenmeter.usage_rollups.dimension IS
  'What the key names: model, api_key, workflow, project, team, customer, tag:NAME, or a pair such as api_key+model.';
COMMENT ON COLUMN tokenmeter.usage_rollups.key IS
  'Value of the dimension; of its first part, for a pair. Empty for events that do not carry it.';
COMMENT ON COLUMN tokenmeter.usage_rollups.sub_key IS
  'Value of a pair''s second part. Empty for single dimensions.';
COMMENT ON COLUMN tokenmeter.usage_rollups.revision IS
  'Rises with every record of the same key.';
COMMENT ON COLUMN tokenmeter.usage_rollups.requests IS
  'Billed requests (LEAF events).';
COMMENT ON COLUMN tokenmeter.usage_rollups.errors IS
  'Requests that ended in ERROR or ABORTED.';
COMMENT ON COLUMN tokenmeter.usage_rollups.retries IS
  'Requests that repeat an earlier attempt.';
COMMENT ON COLUMN tokenmeter.usage_rollups.unpriced_requests IS
  'Requests without a price so far. Their cost is not in the totals; they are counted again as priced when a price arrives.';
COMMENT ON COLUMN tokenmeter.usage_rollups.fallback_requests IS
  'Requests priced by a fallback.';
COMMENT ON COLUMN tokenmeter.usage_rollups.input_tokens IS
  'Input tokens; includes cache reads and writes.';
COMMENT ON COLUMN tokenmeter.usage_rollups.cache_read_tokens IS
  'Cache reads, tokens.';
COMMENT ON COLUMN tokenmeter.usage_rollups.cache_write_tokens IS
  'Cache writes, tokens.';
COMMENT ON COLUMN tokenmeter.usage_rollups.output_tokens IS
  'Output tokens; includes reasoning.';
COMMENT ON COLUMN tokenmeter.usage_rollups.reasoning_tokens IS
  'Reasoning tokens.';
COMMENT ON COLUMN tokenmeter.usage_rollups.cost_usd IS
  'Total cost, USD, exact: the sum of the five kinds.';
COMMENT ON COLUMN tokenmeter.usage_rollups.input_cost_usd IS
  'Cost of uncached input, USD.';
COMMENT ON COLUMN tokenmeter.usage_rollups.cache_read_cost_usd IS
  'Cost of cache reads, USD.';
COMMENT ON COLUMN tokenmeter.usage_rollups.cache_write_cost_usd IS
  'Cost of cache writes, USD.';
COMMENT ON COLUMN tokenmeter.usage_rollups.output_cost_usd IS
  'Cost of output, USD.';
COMMENT ON COLUMN tokenmeter.usage_rollups.fee_cost_usd IS
  'Cost of flat fees, USD.';
COMMENT ON COLUMN tokenmeter.usage_rollups.batch_cost_usd IS
  'Part of cost_usd that was served in the batch tier, USD.';
COMMENT ON COLUMN tokenmeter.usage_rollups.batch_input_cost_usd IS
  'Batch tier''s part of the cost of uncached input, USD.';
COMMENT ON COLUMN tokenmeter.usage_rollups.batch_cache_read_cost_usd IS
  'Batch tier''s part of the cost of cache reads, USD.';
COMMENT ON COLUMN tokenmeter.usage_rollups.batch_cache_write_cost_usd IS
  'Batch tier''s part of the cost of cache writes, USD.';
COMMENT ON COLUMN tokenmeter.usage_rollups.batch_output_cost_usd IS
  'Batch tier''s part of the cost of output, USD.';
COMMENT ON COLUMN tokenmeter.usage_rollups.batch_fee_cost_usd IS
  'Batch tier''s part of the cost of flat fees, USD.';
COMMENT ON COLUMN tokenmeter.usage_rollups.latency_count IS
  'Requests that reported a latency.';
COMMENT ON COLUMN tokenmeter.usage_rollups.latency_p50_ms IS
  'Median latency, milliseconds, within 1 %.';
COMMENT ON COLUMN tokenmeter.usage_rollups.latency_p95_ms IS
  '95th percentile of latency, milliseconds, within 1 %.';
COMMENT ON COLUMN tokenmeter.usage_rollups.latency_p99_ms IS
  '99th percentile of latency, milliseconds, within 1 %.';
COMMENT ON COLUMN tokenmeter.usage_rollups.latency_sketch IS
  'Mergeable DDSketch of latencies in milliseconds, as written by DDSketch.encode of Datadog''s sketches-java.';
COMMENT ON COLUMN tokenmeter.usage_rollups.runs IS
  'Runs of the workflow that began in the window and have closed. Dimension workflow only.';
COMMENT ON COLUMN tokenmeter.usage_rollups.successful_runs IS
  'Those of these runs whose outcome is a success. Dimension workflow only.';
COMMENT ON COLUMN tokenmeter.usage_rollups.run_steps IS
  'Billed steps of these runs, whenever they happened. Dimension workflow only.';
COMMENT ON COLUMN tokenmeter.usage_rollups.run_retries IS
  'Those of the steps that repeat an earlier attempt. Dimension workflow only.';
COMMENT ON COLUMN tokenmeter.usage_rollups.run_cost_usd IS
  'Cost of these runs, USD. Dimension workflow only.';
COMMENT ON COLUMN tokenmeter.usage_rollups.run_retry_cost_usd IS
  'Part of it that retries cost, USD. Dimension workflow only.';
COMMENT ON COLUMN tokenmeter.usage_rollups.cost_per_successful_run_usd IS
  'Cost of all these runs divided by the successful ones, USD, rounded half-even. Absent without any. Dimension workflow only.';
COMMENT ON COLUMN tokenmeter.usage_rollups.run_cost_p50_usd IS
  'Median cost of a run, USD, within 1 %. Dimension workflow only.';
COMMENT ON COLUMN tokenmeter.usage_rollups.run_cost_p95_usd IS
  '95th percentile of the cost of a run, USD, within 1 %. Dimension workflow only.';
COMMENT ON COLUMN tokenmeter.usage_rollups.run_cost_p99_usd IS
  '99th percentile of the cost of a run, USD, within 1 %. Dimension workflow only.';
COMMENT ON COLUMN tokenmeter.usage_rollups.run_cost_max_usd IS
  'Cost of the dearest run, USD, exact. Dimension workflow only.';
COMMENT ON COLUMN tokenmeter.usage_rollups.run_cost_sketch IS
  'Mergeable DDSketch of the costs of runs in USD, as written by DDSketch.encode of Datadog''s sketches-java. Dimension workflow only.';

CREATE TABLE IF NOT EXISTS tokenmeter.workflow_runs (
  run_id TEXT NOT NULL,
  workflow TEXT,
  status TEXT NOT NULL,
  outcome TEXT,
  revision BIGINT NOT NULL,
  first_event_at TIMESTAMPTZ NOT NULL,
  last_event_at TIMESTAMPTZ NOT NULL,
  steps BIGINT NOT NULL,
  errors BIGINT NOT NULL,
  retries BIGINT NOT NULL,
  unpriced_steps BIGINT NOT NULL,
  input_tokens BIGINT NOT NULL,
  output_tokens BIGINT NOT NULL,
  cost_usd NUMERIC(38,12) NOT NULL,
  duration_ms BIGINT NOT NULL,
  critical_path_ms BIGINT NOT NULL,
  latency_ms BIGINT NOT NULL,
  depth INTEGER NOT NULL,
  spans BIGINT NOT NULL,
  fallback_steps BIGINT NOT NULL,
  identical_steps BIGINT NOT NULL,
  cache_read_tokens BIGINT NOT NULL,
  cache_write_tokens BIGINT NOT NULL,
  reasoning_tokens BIGINT NOT NULL,
  retry_cost_usd NUMERIC(38,12) NOT NULL,
  dearest_minute_usd NUMERIC(38,12) NOT NULL,
  by_model JSONB NOT NULL,
  by_step_name JSONB NOT NULL,
  by_agent JSONB NOT NULL,
  dearest_steps JSONB NOT NULL,
  PRIMARY KEY (run_id)
);

COMMENT ON TABLE tokenmeter.workflow_runs IS
  'Totals of one run of a workflow. Absolute: the highest revision is the truth.';
COMMENT ON COLUMN tokenmeter.workflow_runs.run_id IS
  'Identity of the run.';
COMMENT ON COLUMN tokenmeter.workflow_runs.workflow IS
  'Name of the workflow.';
COMMENT ON COLUMN tokenmeter.workflow_runs.status IS
  'Whether steps are still expected.';
COMMENT ON COLUMN tokenmeter.workflow_runs.outcome IS
  'Outcome of the run.';
COMMENT ON COLUMN tokenmeter.workflow_runs.revision IS
  'Rises with every record of the run.';
COMMENT ON COLUMN tokenmeter.workflow_runs.first_event_at IS
  'Earliest event, microseconds since the epoch.';
COMMENT ON COLUMN tokenmeter.workflow_runs.last_event_at IS
  'Latest event, microseconds since the epoch.';
COMMENT ON COLUMN tokenmeter.workflow_runs.steps IS
  'Billed steps.';
COMMENT ON COLUMN tokenmeter.workflow_runs.errors IS
  'Steps that failed.';
COMMENT ON COLUMN tokenmeter.workflow_runs.retries IS
  'Steps that repeat an earlier attempt.';
COMMENT ON COLUMN tokenmeter.workflow_runs.unpriced_steps IS
  'Steps without a price so far.';
COMMENT ON COLUMN tokenmeter.workflow_runs.input_tokens IS
  'Input tokens.';
COMMENT ON COLUMN tokenmeter.workflow_runs.output_tokens IS
  'Output tokens.';
COMMENT ON COLUMN tokenmeter.workflow_runs.cost_usd IS
  'Cost of all priced steps, USD.';
COMMENT ON COLUMN tokenmeter.workflow_runs.duration_ms IS
  'From the earliest event to the end of the last one, milliseconds.';
COMMENT ON COLUMN tokenmeter.workflow_runs.critical_path_ms IS
  'Latency of the chain of steps, each waiting for the one before, whose latencies add up to most, milliseconds.';
COMMENT ON COLUMN tokenmeter.workflow_runs.latency_ms IS
  'Sum of all latencies that were reported, milliseconds.';
COMMENT ON COLUMN tokenmeter.workflow_runs.depth IS
  'Steps and spans from a root to the deepest one, both counted.';
COMMENT ON COLUMN tokenmeter.workflow_runs.spans IS
  'Spans: ROLLUP events, which are not billed.';
COMMENT ON COLUMN tokenmeter.workflow_runs.fallback_steps IS
  'Steps priced by a fallback.';
COMMENT ON COLUMN tokenmeter.workflow_runs.identical_steps IS
  'Repetitions of the most repeated step: same name, agent, model and input tokens. At least as many, beyond 32 different steps.';
COMMENT ON COLUMN tokenmeter.workflow_runs.cache_read_tokens IS
  'Cache reads, tokens; part of input_tokens.';
COMMENT ON COLUMN tokenmeter.workflow_runs.cache_write_tokens IS
  'Cache writes, tokens; part of input_tokens.';
COMMENT ON COLUMN tokenmeter.workflow_runs.reasoning_tokens IS
  'Reasoning tokens; part of output_tokens.';
COMMENT ON COLUMN tokenmeter.workflow_runs.retry_cost_usd IS
  'Cost of the steps that repeat an earlier attempt, USD.';
COMMENT ON COLUMN tokenmeter.workflow_runs.dearest_minute_usd IS
  'Cost in the dearest minute of the clock, USD.';
COMMENT ON COLUMN tokenmeter.workflow_runs.by_model IS
  'The run by model, the dearest first.';
COMMENT ON COLUMN tokenmeter.workflow_runs.by_step_name IS
  'The run by step name, the dearest first.';
COMMENT ON COLUMN tokenmeter.workflow_runs.by_agent IS
  'The run by agent, the dearest first.';
COMMENT ON COLUMN tokenmeter.workflow_runs.dearest_steps IS
  'The ten steps that cost most, the dearest first.';

CREATE TABLE IF NOT EXISTS tokenmeter.alerts (
  alert_id TEXT NOT NULL,
  state TEXT NOT NULL,
  detector TEXT NOT NULL,
  severity TEXT NOT NULL,
  dimension TEXT NOT NULL,
  key TEXT NOT NULL,
  since TIMESTAMPTZ NOT NULL,
  updated_at TIMESTAMPTZ NOT NULL,
  observed_usd NUMERIC(38,12),
  expected_usd NUMERIC(38,12),
  threshold_usd NUMERIC(38,12),
  at_stake_usd NUMERIC(38,12),
  sentence TEXT NOT NULL,
  cause TEXT NOT NULL,
  also JSONB NOT NULL,
  window_start TIMESTAMPTZ,
  window_end TIMESTAMPTZ,
  resolved_at TIMESTAMPTZ,
  drivers JSONB NOT NULL,
  PRIMARY KEY (alert_id)
);

COMMENT ON TABLE tokenmeter.alerts IS
  'Something a person should look at. One record per change of state, under one id.';
COMMENT ON COLUMN tokenmeter.alerts.alert_id IS
  'Identity of the alert, the same while it fires and when it is resolved.';
COMMENT ON COLUMN tokenmeter.alerts.state IS
  'Whether the cause persists.';
COMMENT ON COLUMN tokenmeter.alerts.detector IS
  'Detector that raised it.';
COMMENT ON COLUMN tokenmeter.alerts.severity IS
  'How urgent it is.';
COMMENT ON COLUMN tokenmeter.alerts.dimension IS
  'Dimension of the subject.';
COMMENT ON COLUMN tokenmeter.alerts.key IS
  'The subject.';
COMMENT ON COLUMN tokenmeter.alerts.since IS
  'When the cause began, microseconds since the epoch.';
COMMENT ON COLUMN tokenmeter.alerts.updated_at IS
  'When this state was reached, microseconds since the epoch.';
COMMENT ON COLUMN tokenmeter.alerts.observed_usd IS
  'Observed spend, USD.';
COMMENT ON COLUMN tokenmeter.alerts.expected_usd IS
  'Expected spend, USD.';
COMMENT ON COLUMN tokenmeter.alerts.threshold_usd IS
  'Limit that was crossed, USD.';
COMMENT ON COLUMN tokenmeter.alerts.at_stake_usd IS
  'Dollars at stake, USD.';
COMMENT ON COLUMN tokenmeter.alerts.sentence IS
  'One sentence a person can act on.';
COMMENT ON COLUMN tokenmeter.alerts.cause IS
  'Tells several causes of one detector and subject apart, such as spend-up, or 80% of a budget.';
COMMENT ON COLUMN tokenmeter.alerts.also IS
  'Other subjects that the same cause shows in, as DIMENSION:KEY.';
COMMENT ON COLUMN tokenmeter.alerts.window_start IS
  'Start of the window that was judged, microseconds since the epoch.';
COMMENT ON COLUMN tokenmeter.alerts.window_end IS
  'End of the window that was judged, exclusive, microseconds since the epoch.';
COMMENT ON COLUMN tokenmeter.alerts.resolved_at IS
  'When the cause had ended, microseconds since the epoch; null while it persists.';
COMMENT ON COLUMN tokenmeter.alerts.drivers IS
  'Parts of observed_usd - expected_usd, the largest first; they add up to it exactly.';

CREATE TABLE IF NOT EXISTS tokenmeter.budgets (
  budget_id TEXT NOT NULL,
  dimension TEXT NOT NULL,
  key TEXT NOT NULL,
  period TEXT NOT NULL,
  limit_usd NUMERIC(38,12) NOT NULL,
  time_zone TEXT NOT NULL,
  thresholds_percent JSONB NOT NULL,
  owner TEXT,
  PRIMARY KEY (budget_id)
);

COMMENT ON TABLE tokenmeter.budgets IS
  'A spending limit for one subject.';
COMMENT ON COLUMN tokenmeter.budgets.budget_id IS
  'Identity of the budget.';
COMMENT ON COLUMN tokenmeter.budgets.dimension IS
  'Dimension of the subject: api_key, project, team, model, workflow or customer.';
COMMENT ON COLUMN tokenmeter.budgets.key IS
  'The subject: a value of the dimension.';
COMMENT ON COLUMN tokenmeter.budgets.period IS
  'Period the limit covers.';
COMMENT ON COLUMN tokenmeter.budgets.limit_usd IS
  'Limit per period, USD.';
COMMENT ON COLUMN tokenmeter.budgets.time_zone IS
  'Zone in which the period begins.';
COMMENT ON COLUMN tokenmeter.budgets.thresholds_percent IS
  'Shares of the limit that raise an alert, percent, ascending.';
COMMENT ON COLUMN tokenmeter.budgets.owner IS
  'Who to tell.';
