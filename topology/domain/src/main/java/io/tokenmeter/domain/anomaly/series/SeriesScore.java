package io.tokenmeter.domain.anomaly.series;

/**
 * What one row of a series is worth a look.
 *
 * @param score 0 to 1, rising with abnormality; 0 for a missing value. It is comparable between
 *     series. The rows at which an event begins stand out, those that follow it less so
 * @param abnormality the same without regard to the rows before: it stays high while the event
 *     lasts
 * @param usual what the value usually is at this time, in units of the series; NaN while unknown
 * @param lower lower edge of the normal band; NaN while unknown
 * @param upper upper edge of the normal band; NaN while unknown
 */
public record SeriesScore(
    double score, double abnormality, double usual, double lower, double upper) {}
