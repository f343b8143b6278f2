/**
 * Usage as other systems report it, mapped to usage events: bytes in, events and rejections out.
 */
@NullMarked
package io.tokenmeter.mapping;

import org.jspecify.annotations.NullMarked;
