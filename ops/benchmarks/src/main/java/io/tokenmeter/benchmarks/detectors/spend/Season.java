package io.tokenmeter.benchmarks.detectors.spend;

import java.util.SplittableRandom;

/**
 * How busy a key is at a minute, relative to its mean over a week, before noise. A pure function of
 * the seed and the minute.
 */
final class Season {
  private static final int MINUTES_PER_DAY = 1440;
  private static final int MINUTES_PER_WEEK = 7 * MINUTES_PER_DAY;
  private static final int MOST_JOBS_A_DAY = 3;
  private static final int STRIDE = 3;

  private final Rhythm rhythm;
  private final long seed;
  private final int offset;
  private final double swing;
  private final double weekend;
  private final double nightShare;
  private final int peak;
  private final int jobStart;
  private final int jobLength;
  private final double mean;
  private final double active;
  private long jobsDay = Long.MIN_VALUE;
  private final int[] jobStarts = new int[MOST_JOBS_A_DAY];
  private final int[] jobEnds = new int[MOST_JOBS_A_DAY];
  private final double[] jobSizes = new double[MOST_JOBS_A_DAY];

  Season(Rhythm rhythm, long seed) {
    this.rhythm = rhythm;
    this.seed = seed;
    SplittableRandom random = Dice.at(seed, 1);
    offset = 60 * random.nextInt(-8, 9);
    swing = Dice.between(random, 0.3, 0.7);
    weekend = Dice.between(random, 0.5, 1.0);
    nightShare = Dice.between(random, 0.01, 0.05);
    peak = random.nextInt(12 * 60, 18 * 60);
    jobStart = random.nextInt(60, 5 * 60);
    jobLength = rhythm == Rhythm.HOURLY ? random.nextInt(5, 12) : random.nextInt(45, 150);
    double sum = 0;
    double squares = 0;
    int weeks = rhythm == Rhythm.BURSTY ? 8 : 1;
    for (long minute = 0; minute < (long) weeks * MINUTES_PER_WEEK; minute += STRIDE) {
      double raw = raw(minute);
      sum += raw;
      squares += raw * raw;
    }
    mean = sum * STRIDE / weeks / MINUTES_PER_WEEK;
    active = squares / sum / mean;
  }

  /** Relative activity at a minute, minutes since the epoch; 1 on average over a week. */
  double at(long minute) {
    return raw(minute) / mean;
  }

  /** Relative activity at the time of the average request. */
  double whileActive() {
    return active;
  }

  Rhythm rhythm() {
    return rhythm;
  }

  private double raw(long utcMinute) {
    long minute = utcMinute + offset;
    int ofDay = (int) Math.floorMod(minute, MINUTES_PER_DAY);
    long day = Math.floorDiv(minute, MINUTES_PER_DAY);
    // 1970-01-01 was a Thursday.
    boolean weekendDay = Math.floorMod(day + 3, 7) >= 5;
    return switch (rhythm) {
      case ALWAYS -> (weekendDay ? weekend : 1) * dayWave(ofDay);
      case OFFICE -> weekendDay ? nightShare : Math.max(nightShare, officeHours(ofDay));
      case NIGHTLY -> within(ofDay, nightStart(day), jobLength) ? 1 : 0;
      case HOURLY -> ofDay % 60 < jobLength ? 1 : 0.02;
      case BURSTY -> 0.01 + jobs(day, ofDay);
    };
  }

  private double dayWave(int ofDay) {
    return 1 + swing * Math.cos(2 * Math.PI * (ofDay - peak) / MINUTES_PER_DAY);
  }

  /** Rises from 8 to 10, dips at noon, falls from 17 to 20. */
  private static double officeHours(int ofDay) {
    double rise = Math.min(1, Math.max(0, (ofDay - 480) / 120.0));
    double fall = Math.min(1, Math.max(0, (1200 - ofDay) / 180.0));
    double lunch = ofDay >= 720 && ofDay < 780 ? 0.7 : 1;
    return rise * fall * lunch;
  }

  private int nightStart(long day) {
    return jobStart + Dice.at(seed, 2, day).nextInt(-20, 21);
  }

  private static boolean within(int ofDay, int start, int length) {
    return ofDay >= start && ofDay < start + length;
  }

  private double jobs(long day, int ofDay) {
    if (day != jobsDay) {
      drawJobs(day);
    }
    double sum = 0;
    for (int job = 0; job < MOST_JOBS_A_DAY; job++) {
      if (ofDay >= jobStarts[job] && ofDay < jobEnds[job]) {
        sum += jobSizes[job];
      }
    }
    return sum;
  }

  private void drawJobs(long day) {
    SplittableRandom random = Dice.at(seed, 3, day);
    int count = random.nextInt(MOST_JOBS_A_DAY + 1);
    for (int job = 0; job < MOST_JOBS_A_DAY; job++) {
      jobStarts[job] = random.nextInt(0, MINUTES_PER_DAY - 60);
      jobEnds[job] = job < count ? jobStarts[job] + random.nextInt(10, 60) : 0;
      jobSizes[job] = Math.exp(0.4 * random.nextGaussian());
    }
    jobsDay = day;
  }
}
