-- Costed usage and minutes are by day (UTC), so that old days are dropped and not deleted row by row. What has no
-- partition of its own is in the default one, so a record is never refused, however old or far ahead it is.
CREATE TABLE IF NOT EXISTS tokenmeter.costed_usage_default
  PARTITION OF tokenmeter.costed_usage DEFAULT;
CREATE TABLE IF NOT EXISTS tokenmeter.usage_rollups_minute
  PARTITION OF tokenmeter.usage_rollups FOR VALUES IN ('MINUTE') PARTITION BY RANGE (window_start);
CREATE TABLE IF NOT EXISTS tokenmeter.usage_rollups_minute_default
  PARTITION OF tokenmeter.usage_rollups_minute DEFAULT;
CREATE TABLE IF NOT EXISTS tokenmeter.usage_rollups_hour
  PARTITION OF tokenmeter.usage_rollups FOR VALUES IN ('HOUR');
CREATE TABLE IF NOT EXISTS tokenmeter.usage_rollups_day
  PARTITION OF tokenmeter.usage_rollups FOR VALUES IN ('DAY');
CREATE TABLE IF NOT EXISTS tokenmeter.usage_rollups_month
  PARTITION OF tokenmeter.usage_rollups FOR VALUES IN ('MONTH');

CREATE OR REPLACE FUNCTION tokenmeter.create_day(parent text, time_column text, day date) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  partition_name text := parent || '_' || to_char(day, 'YYYY_MM_DD');
  day_start timestamptz := day::timestamp AT TIME ZONE 'UTC';
  day_end timestamptz := (day + 1)::timestamp AT TIME ZONE 'UTC';
BEGIN
  IF to_regclass(format('tokenmeter.%I', partition_name)) IS NOT NULL THEN
    RETURN false;
  END IF;
  EXECUTE format('LOCK TABLE tokenmeter.%I IN ACCESS EXCLUSIVE MODE', parent || '_default');
  EXECUTE format('CREATE TABLE tokenmeter.%I (LIKE tokenmeter.%I INCLUDING ALL)', partition_name, parent);
  EXECUTE format(
    'WITH moved AS (DELETE FROM tokenmeter.%I WHERE %I >= %L AND %I < %L RETURNING *) '
    'INSERT INTO tokenmeter.%I SELECT * FROM moved',
    parent || '_default', time_column, day_start, time_column, day_end, partition_name);
  EXECUTE format(
    'ALTER TABLE tokenmeter.%I ATTACH PARTITION tokenmeter.%I FOR VALUES FROM (%L) TO (%L)',
    parent, partition_name, day_start, day_end);
  RETURN true;
END $$;
COMMENT ON FUNCTION tokenmeter.create_day IS
  'Creates one day''s partition of one table, and moves into it what the default partition holds of that day. False if it is there.';

CREATE OR REPLACE FUNCTION tokenmeter.create_days(first_day date, last_day date) RETURNS integer
LANGUAGE sql AS $$
  SELECT count(*) FILTER (WHERE tokenmeter.create_day(parent, time_column, day::date))::integer
  FROM (VALUES ('costed_usage', 'occurred_at'), ('usage_rollups_minute', 'window_start')) AS t (parent, time_column),
    generate_series(first_day, last_day, interval '1 day') AS day
$$;
COMMENT ON FUNCTION tokenmeter.create_days IS
  'Creates the partitions of these days, the last included (UTC), where they are missing; returns how many it created. Run it daily for the days ahead.';

CREATE OR REPLACE FUNCTION tokenmeter.drop_days(before_day date) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  partition_name text;
  dropped integer := 0;
BEGIN
  FOR partition_name IN
    SELECT c.relname
    FROM pg_inherits i
    JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent IN ('tokenmeter.costed_usage'::regclass, 'tokenmeter.usage_rollups_minute'::regclass)
      AND c.relname ~ '_\d{4}_\d{2}_\d{2}$'
      AND to_date(right(c.relname, 10), 'YYYY_MM_DD') < before_day
  LOOP
    EXECUTE format('DROP TABLE tokenmeter.%I', partition_name);
    dropped := dropped + 1;
  END LOOP;
  DELETE FROM tokenmeter.costed_usage_default WHERE occurred_at < before_day::timestamp AT TIME ZONE 'UTC';
  DELETE FROM tokenmeter.usage_rollups_minute_default WHERE window_start < before_day::timestamp AT TIME ZONE 'UTC';
  RETURN dropped;
END $$;
COMMENT ON FUNCTION tokenmeter.drop_days IS
  'Drops costed usage and minutes of days before this one (UTC); hours, days, months, runs and alerts stay. Returns how many partitions it dropped. The budgets'' view needs the minutes of the running month.';
