package io.tokenmeter.benchmarks.detectors.spend;

/** When a key is used. */
enum Rhythm {
  /** A product, around the clock, with fewer users at night and at the weekend. */
  ALWAYS,
  /** People at work: next to nothing at night and at the weekend. */
  OFFICE,
  /** One job a night, which starts within twenty minutes of its time and lasts an hour or two. */
  NIGHTLY,
  /** A job in the first minutes of every hour. */
  HOURLY,
  /** Jobs of any size at any time, up to three a day, some days none. */
  BURSTY
}
