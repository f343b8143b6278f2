-- The highest revision of each record, in Spark's SQL: what was read again or revised counts once.
CREATE OR REPLACE VIEW tokenmeter.costed_usage_latest AS
SELECT * FROM (
  SELECT *, row_number() OVER (PARTITION BY event_id, occurred_at ORDER BY revision DESC) AS newest
  FROM tokenmeter.costed_usage) AS ranked
WHERE newest = 1;

CREATE OR REPLACE VIEW tokenmeter.usage_rollups_latest AS
SELECT * FROM (
  SELECT *, row_number() OVER (
    PARTITION BY granularity, window_start, dimension, key, sub_key ORDER BY revision DESC) AS newest
  FROM tokenmeter.usage_rollups) AS ranked
WHERE newest = 1;

CREATE OR REPLACE VIEW tokenmeter.workflow_runs_latest AS
SELECT * FROM (
  SELECT *, row_number() OVER (PARTITION BY run_id ORDER BY revision DESC) AS newest
  FROM tokenmeter.workflow_runs) AS ranked
WHERE newest = 1;

CREATE OR REPLACE VIEW tokenmeter.alerts_latest AS
SELECT * FROM (
  SELECT *, row_number() OVER (PARTITION BY alert_id ORDER BY updated_at DESC, state DESC) AS newest
  FROM tokenmeter.alerts) AS ranked
WHERE newest = 1;
