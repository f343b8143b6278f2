-- The highest revision is the truth. A sink that reads a topic again from its start writes older revisions over newer
-- ones until it is through; with this they are passed over, and totals never step back meanwhile.
CREATE OR REPLACE FUNCTION tokenmeter.keep_newer() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RETURN NULL;
END $$;
COMMENT ON FUNCTION tokenmeter.keep_newer IS
  'Passes an update over; its triggers call it for rows that are older than what is there.';

CREATE OR REPLACE TRIGGER keep_newer BEFORE UPDATE ON tokenmeter.costed_usage
  FOR EACH ROW WHEN (NEW.revision < OLD.revision) EXECUTE FUNCTION tokenmeter.keep_newer();
CREATE OR REPLACE TRIGGER keep_newer BEFORE UPDATE ON tokenmeter.usage_rollups
  FOR EACH ROW WHEN (NEW.revision < OLD.revision) EXECUTE FUNCTION tokenmeter.keep_newer();
CREATE OR REPLACE TRIGGER keep_newer BEFORE UPDATE ON tokenmeter.workflow_runs
  FOR EACH ROW WHEN (NEW.revision < OLD.revision) EXECUTE FUNCTION tokenmeter.keep_newer();
CREATE OR REPLACE TRIGGER keep_newer BEFORE UPDATE ON tokenmeter.alerts
  FOR EACH ROW WHEN (NEW.updated_at < OLD.updated_at) EXECUTE FUNCTION tokenmeter.keep_newer();
