package io.tokenmeter.streams.detect;

import io.tokenmeter.domain.alert.Subject;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/** Keys of the stores that hold a state for each subject: dimension, a zero byte, key. */
final class SubjectKey {
  private SubjectKey() {}

  static Bytes of(Subject subject) {
    String text = subject.dimension() + '\0' + subject.key();
    return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  static Subject subject(Bytes key) {
    String text = new String(key.get(), StandardCharsets.UTF_8);
    int end = text.indexOf('\0');
    return new Subject(text.substring(0, end), text.substring(end + 1));
  }
}
