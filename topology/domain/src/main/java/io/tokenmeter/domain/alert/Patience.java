package io.tokenmeter.domain.alert;

/**
 * How long a finding waits for one of a narrower subject, in which the cause shows more clearly, if
 * nothing that was found explains it: an alert does not name who comes later until it is over.
 */
final class Patience {
  private static final int NONE = 0;

  private static final int BROAD = 8;

  /** A fall of fewer requests takes minutes longer to be sure of, and costs nothing meanwhile. */
  private static final int FALL = 60;

  private Patience() {}

  /** In multiples of the wait for siblings. */
  static int of(Member member) {
    Direction direction = Direction.of(member.began);
    if (member.rank() == 0 || member.priced() != null || direction == Direction.NEITHER) {
      return NONE;
    }
    return direction == Direction.DOWN ? FALL : BROAD;
  }
}
