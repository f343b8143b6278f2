/** The command {@code reconcile}: a provider's bill against what was metered. */
@NullMarked
package io.tokenmeter.cli.reconcile;

import org.jspecify.annotations.NullMarked;
