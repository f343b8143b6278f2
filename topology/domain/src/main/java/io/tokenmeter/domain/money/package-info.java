/** Exact money: whole pico-dollars in 128 bits. */
@NullMarked
package io.tokenmeter.domain.money;

import org.jspecify.annotations.NullMarked;
