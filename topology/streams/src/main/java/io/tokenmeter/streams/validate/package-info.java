/** The stage that decodes and checks usage events, and what becomes of those that fail. */
@NullMarked
package io.tokenmeter.streams.validate;

import org.jspecify.annotations.NullMarked;
