package io.tokenmeter.benchmarks.detectors.spend;

import java.util.SplittableRandom;

/**
 * How much more or less than its season a key is used: growth from week to week, days and hours
 * that differ, and busy spells that are nobody's fault.
 */
final class Busyness {
  private static final double MINUTES_PER_WEEK = 10080;
  private static final int MINUTES_PER_DAY = 1440;
  private static final double SPELL_A_DAY = 0.3;

  private final long seed;
  private final long originMinute;
  private final double weeklyGrowth;
  private final double hourly;
  private final double daily;
  private final SmoothNoise minutes;
  private final SmoothNoise hours;
  private long day = Long.MIN_VALUE;
  private double dayFactor;
  private long spellStart;
  private long spellEnd;
  private double spellFactor;

  Busyness(long seed, long originMinute) {
    this.seed = seed;
    this.originMinute = originMinute;
    SplittableRandom random = Dice.at(seed, 1);
    weeklyGrowth = Dice.between(random, -0.03, 0.10);
    hourly = Dice.between(random, 0.06, 0.2);
    daily = Dice.between(random, 0.04, 0.15);
    minutes = new SmoothNoise(Dice.mix(seed, 2), 15);
    hours = new SmoothNoise(Dice.mix(seed, 3), 150);
  }

  /** Growth alone, as a factor. */
  double trend(long minute) {
    return Math.pow(1 + weeklyGrowth, (minute - originMinute) / MINUTES_PER_WEEK);
  }

  /** Everything together, as a factor. */
  double at(long minute) {
    long today = Math.floorDiv(minute, MINUTES_PER_DAY);
    if (today != day) {
      drawDay(today);
    }
    double spell = minute >= spellStart && minute < spellEnd ? spellFactor : 1;
    double noise = hourly * (0.6 * minutes.at(minute) + hours.at(minute));
    return trend(minute) * dayFactor * spell * Math.exp(noise);
  }

  private void drawDay(long today) {
    SplittableRandom random = Dice.at(seed, 4, today);
    dayFactor = Math.exp(daily * random.nextGaussian());
    boolean busy = random.nextDouble() < SPELL_A_DAY;
    spellStart = today * MINUTES_PER_DAY + random.nextInt(0, MINUTES_PER_DAY - 90);
    spellEnd = busy ? spellStart + random.nextInt(20, 90) : 0;
    spellFactor = Dice.between(random, 1.3, 1.8);
    day = today;
  }
}
