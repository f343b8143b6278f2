package io.tokenmeter.domain.alert;

/** Names of causes that more than one detector may show: parts of alerts' ids. */
public final class Causes {
  /** Spend far above what is normal. */
  public static final String SPEND_UP = "spend-up";

  /** Spend far below what is normal. */
  public static final String SPEND_DOWN = "spend-down";

  /** Requests have moved to dearer models. */
  public static final String DEARER_MODELS = "dearer-models";

  /** Requests have moved to cheaper models. */
  public static final String CHEAPER_MODELS = "cheaper-models";

  /** A subject that always reports has stopped. */
  public static final String SILENT = "silent";

  private Causes() {}
}
