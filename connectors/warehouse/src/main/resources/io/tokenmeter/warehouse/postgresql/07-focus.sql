-- FOCUS 1.2 (https://focus.finops.org/focus-specification/v1-2/): one row for each line item of a priced request.

CREATE TABLE IF NOT EXISTS tokenmeter.billing_accounts (
  provider TEXT NOT NULL PRIMARY KEY,
  billing_account_id TEXT NOT NULL,
  billing_account_name TEXT,
  billing_account_type TEXT NOT NULL,
  invoice_issuer_name TEXT NOT NULL
);
COMMENT ON TABLE tokenmeter.billing_accounts IS
  'Who bills what a provider serves. Yours to fill: events do not carry it. Providers that are not in it bill under their own name.';
COMMENT ON COLUMN tokenmeter.billing_accounts.provider IS
  'Provider as usage events name it.';
COMMENT ON COLUMN tokenmeter.billing_accounts.billing_account_id IS
  'Identifier of your account with that provider: FOCUS BillingAccountId.';
COMMENT ON COLUMN tokenmeter.billing_accounts.billing_account_name IS
  'Display name of the account: FOCUS BillingAccountName.';
COMMENT ON COLUMN tokenmeter.billing_accounts.billing_account_type IS
  'What the provider calls such an account, such as Organization: FOCUS BillingAccountType.';
COMMENT ON COLUMN tokenmeter.billing_accounts.invoice_issuer_name IS
  'Who sends the invoice: FOCUS InvoiceIssuerName.';

CREATE OR REPLACE FUNCTION tokenmeter.line_items(lines jsonb)
RETURNS TABLE (line_number bigint, unit text, quantity numeric, unit_price_usd numeric, cost_usd numeric)
LANGUAGE sql IMMUTABLE AS $$
  SELECT
    number,
    item ->> 'unit',
    (item ->> 'quantity')::numeric(18,6),
    (item ->> 'unit_price_usd')::numeric(38,12),
    (item ->> 'cost_usd')::numeric(38,12)
  FROM jsonb_array_elements(lines) WITH ORDINALITY AS line (item, number)
$$;
COMMENT ON FUNCTION tokenmeter.line_items IS
  'The line items of a costed request as rows; they add up to its cost_usd.';

CREATE OR REPLACE FUNCTION tokenmeter.focus_unit(unit text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN unit LIKE '%tokens' THEN 'Tokens'
    WHEN unit LIKE '%seconds' THEN 'Seconds'
    WHEN unit LIKE '%minutes' THEN 'Minutes'
    WHEN unit LIKE '%hours' THEN 'Hours'
    WHEN unit LIKE '%requests' THEN 'Requests'
    ELSE initcap(replace(unit, '_', ' '))
  END
$$;
COMMENT ON FUNCTION tokenmeter.focus_unit IS
  'The unit of a line item as FOCUS writes units: what is counted, capitalised and in the plural.';

CREATE OR REPLACE VIEW tokenmeter.focus_1_2 AS
SELECT
  l.cost_usd AS "BilledCost",
  coalesce(a.billing_account_id, u.provider) AS "BillingAccountId",
  coalesce(a.billing_account_name, u.provider) AS "BillingAccountName",
  coalesce(a.billing_account_type, 'Account') AS "BillingAccountType",
  'USD'::text AS "BillingCurrency",
  (date_trunc('month', u.occurred_at AT TIME ZONE 'UTC') + interval '1 month') AT TIME ZONE 'UTC' AS "BillingPeriodEnd",
  date_trunc('month', u.occurred_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AS "BillingPeriodStart",
  'Usage'::text AS "ChargeCategory",
  NULL::text AS "ChargeClass",
  initcap(replace(l.unit, '_', ' ')) || ' of ' || u.model || ' by ' || u.provider AS "ChargeDescription",
  'Usage-Based'::text AS "ChargeFrequency",
  (date_trunc('hour', u.occurred_at AT TIME ZONE 'UTC') + interval '1 hour') AT TIME ZONE 'UTC' AS "ChargePeriodEnd",
  date_trunc('hour', u.occurred_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AS "ChargePeriodStart",
  l.quantity AS "ConsumedQuantity",
  tokenmeter.focus_unit(l.unit) AS "ConsumedUnit",
  l.cost_usd AS "ContractedCost",
  l.unit_price_usd AS "ContractedUnitPrice",
  l.cost_usd AS "EffectiveCost",
  NULL::text AS "InvoiceId",
  coalesce(a.invoice_issuer_name, u.provider) AS "InvoiceIssuerName",
  l.cost_usd AS "ListCost",
  l.unit_price_usd AS "ListUnitPrice",
  'Standard'::text AS "PricingCategory",
  l.quantity AS "PricingQuantity",
  tokenmeter.focus_unit(l.unit) AS "PricingUnit",
  u.provider AS "ProviderName",
  u.provider AS "PublisherName",
  u.region AS "RegionId",
  u.region AS "RegionName",
  'AI and Machine Learning'::text AS "ServiceCategory",
  u.provider || ' model inference' AS "ServiceName",
  'Generative AI'::text AS "ServiceSubcategory",
  concat_ws('/', u.provider, u.model, l.unit) AS "SkuId",
  initcap(replace(l.unit, '_', ' ')) AS "SkuMeter",
  jsonb_strip_nulls(jsonb_build_object(
    'x_Model', u.model,
    'x_ServiceTier', u.price_service_tier,
    'x_ContextThresholdTokens', u.price_context_threshold,
    'x_TimeWindow', u.price_time_window)) AS "SkuPriceDetails",
  concat_ws('/', u.price_key, u.provider, u.model, l.unit, u.price_service_tier,
    '>' || u.price_context_threshold, u.price_time_window) AS "SkuPriceId",
  u.project AS "SubAccountId",
  u.project AS "SubAccountName",
  CASE WHEN u.project IS NOT NULL THEN 'Project' END AS "SubAccountType",
  coalesce(u.tags, '{}'::jsonb) || jsonb_strip_nulls(jsonb_build_object(
    'tokenmeter:api_key', u.api_key_id,
    'tokenmeter:team', u.team,
    'tokenmeter:user', u.user_id,
    'tokenmeter:customer', u.customer_id,
    'tokenmeter:environment', u.environment,
    'tokenmeter:workflow', u.workflow,
    'tokenmeter:run', u.run_id,
    'tokenmeter:agent', u.agent)) AS "Tags",
  u.event_id AS "x_EventId",
  l.line_number AS "x_LineNumber",
  u.occurred_at AS "x_OccurredAt",
  u.revision AS "x_Revision",
  -- The key of a price row of one project or team says so behind its start; a | in a name is escaped.
  coalesce(u.price_key ~ '[|](project|team)=', false) AS "x_PriceIsNegotiated"
FROM tokenmeter.costed_usage u
CROSS JOIN LATERAL tokenmeter.line_items(u.lines) AS l
LEFT JOIN tokenmeter.billing_accounts a ON a.provider = u.provider
WHERE u.pricing_status <> 'UNPRICED';
COMMENT ON VIEW tokenmeter.focus_1_2 IS
  'Charges by the FinOps Open Cost and Usage Specification 1.2, one row for each line item of a priced request. ListUnitPrice and ListCost are the negotiated ones where x_PriceIsNegotiated. Usage without a price is in unpriced_usage. Export with SET TIME ZONE ''UTC''.';
