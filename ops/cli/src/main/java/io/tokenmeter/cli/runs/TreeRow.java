package io.tokenmeter.cli.runs;

/**
 * One line of a tree of steps.
 *
 * @param branch lines that lead from the root to here, such as {@code │ ├─ }
 * @param name the step, or how many are left out
 * @param models the models that served it
 * @param sums the step and all below it
 * @param leftOut whether this line stands for steps that are not shown
 */
record TreeRow(String branch, String name, String models, StepNode.Sums sums, boolean leftOut) {}
