package io.tokenmeter.benchmarks.jmh;

import io.tokenmeter.benchmarks.rungs.TokenmeterInputs;
import io.tokenmeter.domain.cost.Cost;
import io.tokenmeter.domain.cost.CostCalculator;
import io.tokenmeter.domain.price.PriceBook;
import io.tokenmeter.streams.usage.MeteredEvent;
import io.tokenmeter.streams.usage.NameTable;
import io.tokenmeter.streams.usage.UsageEventDecoder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Pricing one decoded event: finding its price row, and calculating its lines and cost. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CostCalculatorBenchmark {
  private static final int COUNT = 8_192;

  private final PriceBook prices = PriceBook.of(TokenmeterInputs.priceRows());
  private final CostCalculator calculator = new CostCalculator();
  private final Cost cost = new Cost();
  private final MeteredEvent[] events = new MeteredEvent[COUNT];
  private int next;

  /** Decodes the workload's first events. */
  public CostCalculatorBenchmark() {
    EncodedEvents encoded = new EncodedEvents();
    UsageEventDecoder decoder = new UsageEventDecoder();
    NameTable names = new NameTable();
    for (int i = 0; i < COUNT; i++) {
      byte[] body = encoded.nextBody();
      events[i] = new MeteredEvent(names);
      decoder.decode(body, 0, body.length, events[i]);
    }
  }

  /** Finds the row and calculates. */
  @Benchmark
  public Cost findAndCalculate() {
    calculator.calculate(prices, events[next++ & COUNT - 1], cost);
    return cost;
  }
}
