/** Usage events out of a Java application, with the contract's rules built in. */
@NullMarked
package io.tokenmeter.producer;

import org.jspecify.annotations.NullMarked;
