package io.tokenmeter.benchmarks;

/** The ways to do the work, from the least to what Tokenmeter does. */
public enum Rung {
  /** Decodes and adds into hash maps; no fault tolerance, no output. */
  PLAIN_CONSUMER("a", "plain_consumer", "plain consumer, hash maps"),
  /** The same, and costed records in transactions of about a second. */
  TRANSACTIONAL_COPY("b", "transactional_copy", "the same + transactional copy"),
  /** Tokenmeter's work as one would write it from the documentation of Kafka Streams. */
  IDIOMATIC_DSL("c", "idiomatic_dsl", "idiomatic Kafka Streams DSL"),
  /** A global-table join and three one-minute aggregations, nothing else. */
  LIGHT_DSL("c'", "light_dsl", "light DSL: join, 3 windows"),
  /** Tokenmeter with its detectors switched off: what they cost is the difference to (d). */
  TOKENMETER_UNWATCHED("d-", "tokenmeter_without_detectors", "Tokenmeter, no detectors"),
  /** Tokenmeter whole, through its real application. */
  TOKENMETER("d", "tokenmeter", "Tokenmeter");

  private final String letter;
  private final String id;
  private final String title;

  Rung(String letter, String id, String title) {
    this.letter = letter;
    this.id = id;
    this.title = title;
  }

  /** The letter in the documentation. */
  public String letter() {
    return letter;
  }

  /** The name on the command line and in JSON. */
  public String id() {
    return id;
  }

  /** Whether it is Tokenmeter's own application, which needs a registry. */
  public boolean isTokenmeter() {
    return this == TOKENMETER || this == TOKENMETER_UNWATCHED;
  }

  /** What the table calls it. */
  public String title() {
    return title;
  }

  /**
   * The rung of an {@link #id} or letter.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static Rung of(String text) {
    for (Rung rung : values()) {
      if (rung.id.equals(text) || rung.letter.equals(text)) {
        return rung;
      }
    }
    throw new IllegalArgumentException("no such rung: " + text);
  }
}
