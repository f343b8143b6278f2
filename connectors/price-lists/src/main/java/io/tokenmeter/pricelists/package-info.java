/**
 * Price lists from outside: the project's own YAML, genai-prices and LiteLLM, turned into the
 * domain's price rows. A list is never refused as a whole: what cannot be used becomes a finding
 * that names file, line and row.
 */
@NullMarked
package io.tokenmeter.pricelists;

import org.jspecify.annotations.NullMarked;
