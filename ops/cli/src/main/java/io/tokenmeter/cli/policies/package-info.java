/** Commands that keep budgets and detector policies: apply a file, list, remove. */
@NullMarked
package io.tokenmeter.cli.policies;

import org.jspecify.annotations.NullMarked;
