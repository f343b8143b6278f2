/** What is going to be spent, by what was spent before. */
@NullMarked
package io.tokenmeter.domain.forecast;

import org.jspecify.annotations.NullMarked;
