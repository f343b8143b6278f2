/** LiteLLM's standard logging payload. */
@NullMarked
package io.tokenmeter.mapping.litellm;

import org.jspecify.annotations.NullMarked;
