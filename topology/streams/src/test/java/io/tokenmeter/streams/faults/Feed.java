package io.tokenmeter.streams.faults;

import io.tokenmeter.streams.cluster.UsageProducer;
import java.util.HashMap;
import java.util.Map;

/** Sends a workload, at once or in the background while other things happen. */
final class Feed {
  private final Workload workload;
  private final UsageProducer producer;

  Feed(Workload workload, UsageProducer producer) {
    this.workload = workload;
    this.producer = producer;
  }

  /** Sends so many records and waits until the broker has them. */
  void send(int records) {
    for (int i = 0; i < records; i++) {
      Message message = workload.next();
      producer.send(message.key(), message.value());
    }
    producer.flush();
  }

  /** Sends so many records in a transaction that is aborted; some of them come again later. */
  void sendAndAbort(int records) {
    Map<String, byte[]> aborted = new HashMap<>();
    for (int i = 0; i < records; i++) {
      Message message = workload.next();
      aborted.put(message.key(), message.value());
    }
    producer.sendAndAbort(aborted);
  }

  /** Sends so many records in the background, in steps that take up the time given. */
  Thread sendOver(int records, int seconds) {
    int perStep = Math.max(1, records / (seconds * 20));
    Thread sender =
        new Thread(
            () -> {
              for (int sent = 0; sent < records; sent += perStep) {
                send(Math.min(perStep, records - sent));
                sleep();
              }
            },
            "feed");
    sender.start();
    return sender;
  }

  private static void sleep() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
