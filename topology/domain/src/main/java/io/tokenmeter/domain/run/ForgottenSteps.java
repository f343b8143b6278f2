package io.tokenmeter.domain.run;

/** What is left of the children of one parent, and of the parent, that a run no longer knows. */
final class ForgottenSteps {
  /** The path that leads to the parent and through it, milliseconds, and its depth. */
  long path;

  int depth;

  /** The longest path through a forgotten child, milliseconds. */
  long pathBelow;

  /** When the last of the forgotten children had ended with all below it, microseconds. */
  long endBelow = Long.MIN_VALUE;

  void add(StepNode child) {
    pathBelow = Math.max(pathBelow, child.pathBelow);
    endBelow = Math.max(endBelow, child.endBelow);
  }

  void encode(StateWriter out) {
    out.number(path).number(depth).number(pathBelow).number(endBelow);
  }

  static ForgottenSteps decode(StateReader in) {
    ForgottenSteps forgotten = new ForgottenSteps();
    forgotten.path = in.number();
    forgotten.depth = in.count();
    forgotten.pathBelow = in.number();
    forgotten.endBelow = in.number();
    return forgotten;
  }
}
