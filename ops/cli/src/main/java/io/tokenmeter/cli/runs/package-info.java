/** Shows runs of workflows: what each cost, and its steps as a tree. */
@NullMarked
package io.tokenmeter.cli.runs;

import org.jspecify.annotations.NullMarked;
