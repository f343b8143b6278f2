package io.tokenmeter.cli.forecast;

import io.tokenmeter.domain.forecast.MonthForecast;

/** A subject's forecast. */
record SubjectForecast(String name, MonthForecast forecast) {}
