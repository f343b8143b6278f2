package io.tokenmeter.domain.alert;

import java.util.List;

/** Tells whether what explains a broader subject's change explains a narrower one's as well. */
final class SharedDriver {
  /** The part of all changes that retries must be to matter: they seldom change. */
  private static final double RETRIES_MATTER = 0.15;

  private SharedDriver() {}

  /**
   * Whether both are due to retries or, for a broader subject whose models are known, mainly to the
   * same driver, mere volume apart. Of the others a mix that changes may look like anything else.
   */
  static boolean of(Member narrow, Member broad) {
    List<Driver> ours = narrow.began.drivers();
    List<Driver> theirs = broad.began.drivers();
    if (ours.isEmpty() || theirs.isEmpty()) {
      return false;
    }
    Driver.Kind kind = theirs.get(0).kind();
    boolean telling = (broad.isWorkflow() || broad.isModel()) && kind != Driver.Kind.REQUEST_VOLUME;
    return telling && kind == ours.get(0).kind() || retriesMatter(ours) && retriesMatter(theirs);
  }

  private static boolean retriesMatter(List<Driver> drivers) {
    double all = 0;
    double retries = 0;
    for (Driver driver : drivers) {
      double part = driver.part().toBigDecimal().doubleValue();
      all += Math.abs(part);
      retries += driver.kind() == Driver.Kind.RETRIES ? part : 0;
    }
    return retries > 0 && retries >= RETRIES_MATTER * all;
  }
}
