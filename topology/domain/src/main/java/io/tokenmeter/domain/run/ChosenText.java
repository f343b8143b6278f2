package io.tokenmeter.domain.run;

import org.jspecify.annotations.Nullable;

/**
 * The text of the step that ranks highest of all that carry one; the same whatever order they come
 * in.
 */
final class ChosenText {
  private @Nullable String text;
  private long rank;
  private long order;
  private long key;

  /**
   * Considers a text.
   *
   * @param newRank decides first, the highest wins
   * @param newOrder decides among equal ranks, the highest wins
   * @param step its event's key decides among the rest, so that one always wins
   */
  void offer(@Nullable String offered, long newRank, long newOrder, RunStep step) {
    if (offered == null || (text != null && !isHigher(newRank, newOrder, step))) {
      return;
    }
    text = ShortText.of(offered, PackedStep.NAME_LENGTH);
    rank = newRank;
    order = newOrder;
    key = step.eventKey();
  }

  private boolean isHigher(long newRank, long newOrder, RunStep step) {
    if (newRank != rank) {
      return newRank > rank;
    }
    return newOrder != order ? newOrder > order : step.eventKey() > key;
  }

  @Nullable String text() {
    return text;
  }

  void encode(StateWriter out) {
    out.text(text);
    if (text != null) {
      out.number(rank).number(order).hash(key);
    }
  }

  static ChosenText decode(StateReader in) {
    ChosenText chosen = new ChosenText();
    chosen.text = in.text();
    if (chosen.text != null) {
      chosen.rank = in.number();
      chosen.order = in.number();
      chosen.key = in.hash();
    }
    return chosen;
  }
}
