package io.tokenmeter.domain.drift;

/** Requests by model in one hour of the day, over many days; weighted by how recent they are. */
final class HourMix {
  private final double[] requests = new double[ModelIndex.SIZE];
  private double hours;
  private double total;

  /**
   * Adds requests.
   *
   * @param hoursSeen how much of an hour they are the requests of
   * @param weight of all of them
   */
  void add(double[] more, double hoursSeen, double weight) {
    for (int model = 0; model < requests.length; model++) {
      requests[model] += weight * more[model];
      total += weight * more[model];
    }
    hours += weight * hoursSeen;
  }

  double of(int model) {
    return requests[model];
  }

  double total() {
    return total;
  }

  /** Requests an hour; 0 where no hour was seen as a whole. */
  double perHour() {
    return hours == 0 ? 0 : total / hours;
  }

  void scale(double factor) {
    for (int model = 0; model < requests.length; model++) {
      requests[model] *= factor;
    }
    hours *= factor;
    total *= factor;
  }

  /** Moves a model's requests to the other models. */
  void fold(int model) {
    requests[ModelIndex.OTHER] += requests[model];
    requests[model] = 0;
  }

  void write(StateWriter out) {
    int used = 0;
    for (double each : requests) {
      used += each != 0 ? 1 : 0;
    }
    out.number(used);
    for (int model = 0; model < requests.length; model++) {
      if (requests[model] != 0) {
        out.number(model).real(requests[model]);
      }
    }
    out.real(hours).real(total);
  }

  static HourMix read(StateReader in) {
    HourMix hour = new HourMix();
    for (int left = in.count(ModelIndex.SIZE); left > 0; left--) {
      hour.requests[in.count(ModelIndex.OTHER)] = in.real();
    }
    hour.hours = in.real();
    hour.total = in.real();
    return hour;
  }
}
