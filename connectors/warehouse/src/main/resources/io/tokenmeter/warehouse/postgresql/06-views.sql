-- Money stays numeric everywhere; shares and percentages are rounded for reading.

CREATE OR REPLACE VIEW tokenmeter.spend_by_day AS
SELECT
  (window_start AT TIME ZONE time_zone)::date AS day,
  time_zone,
  dimension,
  key,
  sub_key,
  requests,
  errors,
  retries,
  unpriced_requests,
  input_tokens,
  cache_read_tokens,
  cache_write_tokens,
  output_tokens,
  reasoning_tokens,
  cost_usd,
  input_cost_usd,
  cache_read_cost_usd,
  cache_write_cost_usd,
  output_cost_usd,
  fee_cost_usd,
  batch_cost_usd
FROM tokenmeter.usage_rollups
WHERE granularity = 'DAY';
COMMENT ON VIEW tokenmeter.spend_by_day IS
  'Spend and usage by day for every dimension. Each dimension holds all spend, so sum within one only; an empty key is what does not carry it.';

CREATE OR REPLACE VIEW tokenmeter.model_mix AS
WITH by_model AS (
  SELECT day, 'all' AS subject_dimension, '' AS subject, key AS model, requests, cost_usd
  FROM tokenmeter.spend_by_day
  WHERE dimension = 'model'
  UNION ALL
  SELECT day, split_part(dimension, '+', 1), key, sub_key, requests, cost_usd
  FROM tokenmeter.spend_by_day
  WHERE dimension LIKE '%+model'
)
SELECT
  day,
  subject_dimension,
  subject,
  model,
  requests,
  round(100 * requests::numeric / nullif(sum(requests) OVER subjects, 0), 2) AS requests_percent,
  cost_usd,
  round(100 * cost_usd / nullif(sum(cost_usd) OVER subjects, 0), 2) AS cost_percent,
  round(cost_usd / nullif(requests, 0), 12) AS cost_per_request_usd
FROM by_model
WINDOW subjects AS (PARTITION BY day, subject_dimension, subject);
COMMENT ON VIEW tokenmeter.model_mix IS
  'Which models serve a subject''s requests and take its spend, by day: of everything (all), and of each api_key and workflow.';

CREATE OR REPLACE VIEW tokenmeter.cost_per_run AS
SELECT
  (window_start AT TIME ZONE time_zone)::date AS day,
  key AS workflow,
  runs,
  successful_runs,
  round(run_steps::numeric / nullif(runs, 0), 2) AS steps_per_run,
  run_cost_usd AS cost_usd,
  round(run_cost_usd / nullif(runs, 0), 12) AS cost_per_run_usd,
  cost_per_successful_run_usd,
  run_cost_p50_usd,
  run_cost_p95_usd,
  run_cost_p99_usd,
  run_cost_max_usd,
  round(100 * run_retry_cost_usd / nullif(run_cost_usd, 0), 2) AS retry_cost_percent
FROM tokenmeter.usage_rollups
WHERE granularity = 'DAY' AND dimension = 'workflow' AND runs > 0;
COMMENT ON VIEW tokenmeter.cost_per_run IS
  'What a run of a workflow costs, by the day on which it began, of runs that have closed; percentiles are within 1 %.';

CREATE OR REPLACE VIEW tokenmeter.cost_per_outcome AS
SELECT
  (first_event_at AT TIME ZONE 'UTC')::date AS day,
  workflow,
  outcome,
  count(*) AS runs,
  sum(steps) AS steps,
  sum(cost_usd) AS cost_usd,
  round(sum(cost_usd) / count(*), 12) AS cost_per_run_usd,
  percentile_disc(0.5) WITHIN GROUP (ORDER BY cost_usd) AS median_cost_usd,
  max(cost_usd) AS max_cost_usd,
  sum(retry_cost_usd) AS retry_cost_usd
FROM tokenmeter.workflow_runs
WHERE status = 'CLOSED'
GROUP BY 1, 2, 3;
COMMENT ON VIEW tokenmeter.cost_per_outcome IS
  'What runs that ended in one outcome cost, by workflow and the day on which they began (UTC), of runs that have closed.';

CREATE OR REPLACE VIEW tokenmeter.unpriced_usage AS
SELECT
  (occurred_at AT TIME ZONE 'UTC')::date AS day,
  provider,
  model,
  unpriced_reason,
  count(*) AS requests,
  sum(input_tokens) AS input_tokens,
  sum(output_tokens) AS output_tokens,
  min(occurred_at) AS first_seen,
  max(occurred_at) AS last_seen
FROM tokenmeter.costed_usage
WHERE pricing_status = 'UNPRICED'
GROUP BY 1, 2, 3, 4;
COMMENT ON VIEW tokenmeter.unpriced_usage IS
  'Usage that has no price yet, by day (UTC). Its cost is unknown, not zero, and in no total; it leaves this view when a price is published.';

CREATE OR REPLACE VIEW tokenmeter.budget_status AS
WITH spending AS (
  SELECT
    b.budget_id,
    date_trunc(lower(b.period), r.window_start AT TIME ZONE b.time_zone) AS local_start,
    sum(r.cost_usd) AS spent_usd,
    sum(r.unpriced_requests) AS unpriced_requests
  FROM tokenmeter.budgets b
  JOIN tokenmeter.usage_rollups r
    ON r.granularity = 'MINUTE' AND r.dimension = b.dimension AND r.key = b.key AND r.sub_key = ''
  GROUP BY 1, 2
), periods AS (
  SELECT budget_id, local_start FROM spending
  UNION
  SELECT budget_id, date_trunc(lower(period), now() AT TIME ZONE time_zone) FROM tokenmeter.budgets
)
SELECT
  b.budget_id,
  b.owner,
  b.dimension,
  b.key,
  b.period,
  p.local_start AT TIME ZONE b.time_zone AS period_start,
  (p.local_start + ('1 ' || b.period)::interval) AT TIME ZONE b.time_zone AS period_end,
  b.limit_usd,
  coalesce(s.spent_usd, 0) AS spent_usd,
  b.limit_usd - coalesce(s.spent_usd, 0) AS remaining_usd,
  round(100 * coalesce(s.spent_usd, 0) / nullif(b.limit_usd, 0), 2) AS spent_percent,
  (SELECT max(threshold::integer)
   FROM jsonb_array_elements_text(b.thresholds_percent) AS threshold
   WHERE 100 * coalesce(s.spent_usd, 0) >= threshold::integer * b.limit_usd) AS reached_threshold_percent,
  coalesce(s.unpriced_requests, 0) AS unpriced_requests,
  p.local_start = date_trunc(lower(b.period), now() AT TIME ZONE b.time_zone) AS is_current
FROM periods p
JOIN tokenmeter.budgets b USING (budget_id)
LEFT JOIN spending s USING (budget_id, local_start);
COMMENT ON VIEW tokenmeter.budget_status IS
  'How far each budget is spent, in the running period and in every earlier one that has spend, in the budget''s own time zone; summed from minutes.';
