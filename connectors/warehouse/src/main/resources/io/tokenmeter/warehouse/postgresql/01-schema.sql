-- Needs PostgreSQL 14 or later. Every file may be run again: it changes nothing that is there, and replaces views and functions.
CREATE SCHEMA IF NOT EXISTS tokenmeter;
COMMENT ON SCHEMA tokenmeter IS
  'What LLM inference costs: written by Kafka Connect from the topics of Tokenmeter.';
