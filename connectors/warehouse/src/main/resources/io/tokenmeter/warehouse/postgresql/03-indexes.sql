-- Few, because every one is paid for by every write. The primary keys serve the sink.
CREATE INDEX IF NOT EXISTS costed_usage_by_time ON tokenmeter.costed_usage (occurred_at);
CREATE INDEX IF NOT EXISTS costed_usage_by_run ON tokenmeter.costed_usage (run_id) WHERE run_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS costed_usage_unpriced ON tokenmeter.costed_usage (provider, model, occurred_at)
  WHERE pricing_status = 'UNPRICED';
CREATE INDEX IF NOT EXISTS usage_rollups_by_subject ON tokenmeter.usage_rollups (dimension, key, window_start);
CREATE INDEX IF NOT EXISTS workflow_runs_by_time ON tokenmeter.workflow_runs (first_event_at);
CREATE INDEX IF NOT EXISTS workflow_runs_by_workflow ON tokenmeter.workflow_runs (workflow, first_event_at);
CREATE INDEX IF NOT EXISTS alerts_by_time ON tokenmeter.alerts (since);
