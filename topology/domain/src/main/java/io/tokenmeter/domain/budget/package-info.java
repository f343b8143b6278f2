/** Spending limits: when a period's spend crosses a share of its limit, or is going to. */
@NullMarked
package io.tokenmeter.domain.budget;

import org.jspecify.annotations.NullMarked;
