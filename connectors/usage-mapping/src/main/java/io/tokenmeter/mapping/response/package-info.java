/** What providers' APIs answer, whole or streamed. */
@NullMarked
package io.tokenmeter.mapping.response;

import org.jspecify.annotations.NullMarked;
