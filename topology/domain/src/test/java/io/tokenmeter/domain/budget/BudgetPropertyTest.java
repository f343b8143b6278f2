package io.tokenmeter.domain.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.alert.Finding;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random spend, corrections, limits and restarts against sums in BigDecimal by the calendar. */
class BudgetPropertyTest {
  private static final List<String> ZONES =
      List.of("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe");

  private record Spend(Instant time, BigDecimal dollars) {}

  @Test
  void openAlerts_areAlwaysTheThresholdsReachedInThePresentPeriod() {
    for (long seed = 0; seed < 400; seed++) {
      run(seed);
    }
  }

  private static void run(long seed) {
    Random random = new Random(seed);
    ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
    boolean daily = random.nextBoolean();
    String start = random.nextBoolean() ? "2026-03-27T05:00:00Z" : "2026-10-23T05:00:00Z";
    Watched watched =
        daily
            ? Watched.daily("100", zone.getId(), start)
            : Watched.monthly("100", zone.getId(), start);
    watched.thresholdsOnly();
    List<Spend> ledger = new ArrayList<>();
    Set<String> open = new HashSet<>();
    for (int step = 0; step < 120; step++) {
      int before = watched.findings.size();
      act(watched, random, daily, ledger);
      String context = "seed " + seed + ", step " + step;
      follow(watched.findings.subList(before, watched.findings.size()), open, context);
      assertThat(open).as(context).isEqualTo(expected(watched, zone, daily, ledger));
    }
  }

  private static void act(Watched watched, Random random, boolean daily, List<Spend> ledger) {
    switch (random.nextInt(12)) {
      case 0 -> watched.limit(String.valueOf(20 + random.nextInt(300)));
      case 1 -> watched.restart();
      case 2, 3, 4 -> watched.after(Duration.ofMinutes(random.nextInt(daily ? 300 : 6 * 24 * 60)));
      case 5 -> spend(watched, random, ledger, -random.nextInt(30_000_000));
      default -> spend(watched, random, ledger, random.nextInt(30_000_000));
    }
  }

  /** Mostly now, sometimes late. */
  private static void spend(Watched watched, Random random, List<Spend> ledger, int micros) {
    Instant time = watched.now;
    if (random.nextInt(4) == 0) {
      time = time.minus(Duration.ofMinutes(random.nextInt(2000)));
    }
    BigDecimal dollars = BigDecimal.valueOf(micros, 6);
    ledger.add(new Spend(time, dollars));
    watched.spendAt(time, dollars.toPlainString());
  }

  private static void follow(List<Finding> findings, Set<String> open, String context) {
    int last = 0;
    for (Finding finding : findings) {
      if (finding.firing()) {
        assertThat(open.add(finding.cause())).as("%s: once, %s", context, finding).isTrue();
        int percent = Integer.parseInt(finding.cause().replaceAll("\\D", ""));
        assertThat(percent).as("%s: in order", context).isGreaterThan(last);
        last = percent;
      } else {
        assertThat(last).as("%s: ends come first", context).isZero();
        assertThat(open.remove(finding.cause())).as("%s: was open, %s", context, finding).isTrue();
      }
    }
  }

  private static Set<String> expected(
      Watched watched, ZoneId zone, boolean daily, List<Spend> ledger) {
    ZonedDateTime now = watched.now.atZone(zone);
    BigDecimal spent =
        ledger.stream()
            .filter(
                spend ->
                    daily
                        ? spend.time().atZone(zone).toLocalDate().equals(now.toLocalDate())
                        : YearMonth.from(spend.time().atZone(zone)).equals(YearMonth.from(now)))
            .map(Spend::dollars)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    Set<String> reached = new HashSet<>();
    for (int percent : List.of(50, 80, 100)) {
      BigDecimal threshold =
          watched.budget.limit().toBigDecimal().multiply(BigDecimal.valueOf(percent, 2));
      if (spent.compareTo(threshold) >= 0) {
        reached.add("helpdesk " + percent + "%");
      }
    }
    return reached;
  }
}
