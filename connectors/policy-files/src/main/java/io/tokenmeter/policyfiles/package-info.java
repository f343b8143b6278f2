/** YAML files of policies and budgets, read with errors that name the line, and written. */
@NullMarked
package io.tokenmeter.policyfiles;

import org.jspecify.annotations.NullMarked;
